r"""The best lottery of an election, subject to axioms of expectation and of every outcome.

A lottery funds project :math:`c` with probability :math:`p_c`.  Over outcomes :math:`W` that may be
drawn, with probabilities :math:`\lambda_W`, the best one is a linear program:

.. math:: \max_{\lambda \ge 0} \sum_i u_i(p), \qquad p_c = \sum_{W \ni c} \lambda_W, \qquad
    \sum_W \lambda_W = 1, \qquad \sum_c p_c\, \mathrm{cost}(c) \le B,

with one row a class of voters for each axiom: :math:`u_i(p) \ge \tfrac{|S|}{n} V_i(B)` and the
like.  Group fair share is a flow (Hall's theorem): every voter can be given :math:`V_i(B) / n` out
of the parts of its own projects, each part given once.  Where voters give points, a project is
divided into steps, each as high as the next number of points that somebody gives it is above the
last one, and a voter takes of those up to its own.

If outcomes may cost the budget up to one project, any parts that cost :math:`B` are the marginals
of a lottery (`Rounded`), and :math:`\lambda` is not needed: `best_parts` is the small program.  If
they may not, or must satisfy an axiom each, they are listed: `best_lottery`.

Answers are exact and prove themselves: an optimum by its multipliers, and that there is no lottery
by rows that contradict each other.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import show
from .._tables import Table
from .._text import brief, many
from ..algorithms.rounding import Rounded
from ..axioms import ExPost
from ..lottery import Finite, sure
from ..objectives import Egalitarian, Utilitarian
from ..preferences.elections import Funded
from ..program import Draft, Infeasible, Optimum, Terms, irreducible
from ..setting import Instance
from ._asked import axioms_of, election_of, in_expectation, of_outcomes, outcomes_of
from ._best_program import Fair, LeximinUtility, Question
from ._demands import voters_of
from ._filling import fill

LISTED = 16
"""All outcomes are listed of elections with up to so many projects."""


@dataclass(frozen=True, repr=False)
class BestLottery:
    """A lottery that is best, and the proof.

    Parameters
    ----------
    instance : Instance
        The election and the ballots.
    lottery : Rounded or Finite
    levels : tuple of Optimum
        With multipliers that prove it best; of a leximin optimum one a level, in which those
        before it stay as they are.
    """

    instance: Instance
    lottery: Any
    levels: tuple[Optimum, ...]

    @property
    def optimum(self) -> Optimum:
        """The last of the levels, and the only one but for a leximin optimum."""
        return self.levels[-1]

    @property
    def value(self) -> Fraction:
        """The objective."""
        return self.optimum.value

    @property
    def marginals(self) -> tuple[Fraction, ...]:
        """How likely each project is funded."""
        if isinstance(self.lottery, Rounded):
            return self.lottery.marginals
        p = [Fraction(0)] * len(election_of(self.instance).costs)
        for outcome, chance in self.lottery.probability.items():
            for c in outcome:
                p[c] += chance
        return tuple(p)

    def table(self) -> Table:
        """One row a project that may be funded."""
        setting = election_of(self.instance)
        rows = (
            (setting.projects[c], show(setting.costs[c]), show(p))
            for c, p in enumerate(self.marginals)
            if p
        )
        return Table(("project", "cost", "probability"), tuple(rows))

    def __str__(self) -> str:
        rows = sum(1 for multiplier in self.optimum.dual if multiplier)
        proof = many(rows, "row")
        return f"the best lottery, {show(self.value)}, proved by {proof}\n{self.table()}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@dataclass(frozen=True, repr=False)
class NoLottery:
    """No lottery over the outcomes satisfies the axioms: these rows contradict each other.

    Parameters
    ----------
    instance : Instance
    infeasible : Infeasible
        The rows, with multipliers that combine them to a contradiction.
    """

    instance: Instance
    infeasible: Infeasible

    @property
    def core(self) -> tuple[str, ...]:
        """The rows, none of which can be spared; that no probability is negative is granted."""
        program, multipliers = self.infeasible.program, self.infeasible.multipliers
        return tuple(program.row_name(row) for row, y in enumerate(multipliers) if y)

    def __str__(self) -> str:
        rows = "\n".join(f"  {row}" for row in self.core)
        return f"no lottery satisfies these {many(len(self.core), 'row')} together\n{rows}"

    __repr__ = __str__


def best_parts(
    objective: Utilitarian | Egalitarian | LeximinUtility,
    axioms: Iterable[Any],
    instance: Instance,
    *,
    containing: Iterable[str | int] = frozenset(),
) -> BestLottery | NoLottery:
    """The best lottery whose outcomes cost the budget up to one project.

    Parameters
    ----------
    objective : Utilitarian, Egalitarian or LeximinUtility
        The sum of the voters' expected utilities; the smallest one, of voters who want something
        that the budget can pay for; all of these, from the smallest.
    axioms : iterable of axioms
        Demands in expectation: fair shares, strong ones and of groups.
    instance : Instance
        The election and the ballots, of any size: rows are added as they are broken.
    containing : set of str or int
        Projects that every outcome has, by name or number, as those of Equal Shares, so that an
        axiom which they satisfy holds of every outcome.

    Returns
    -------
    BestLottery
        With a `Rounded` lottery.  What is left of the budget pays for parts in order of projects.
    NoLottery
        Rows that contradict each other.

    Raises
    ------
    ValueError
        If an argument is not that, an axiom is no demand of this kind, or nobody wants anything
        that the budget can pay for and the least utility is asked for.

    Examples
    --------
    >>> from mechsim import Election, UnanimousFairShare
    >>> election = Election(("park", "pool"), (2, 2), 3)
    >>> town = Instance(election, election.read([["park"], ["park"], ["pool"]]))
    >>> best_parts(Utilitarian(), [], town).value
    Fraction(5, 2)
    >>> print(best_parts(Utilitarian(), [UnanimousFairShare()], town))
    the best lottery, 5/2, proved by 1 row
    project  cost  probability
    -------  ----  -----------
    park        2            1
    pool        2          1/2
    """
    setting = election_of(instance)
    question = Question(voters_of(instance), tuple(map(_ex_ante, axioms_of(axioms))), objective)
    draft = Draft()
    p = draft.variables("probability of {project}", (setting.projects,), high=1)
    costs = [Fraction(cost) for cost in setting.costs]
    fair = Fair(draft, p, question)
    fair.at_most("the budget is kept", (), Fraction(setting.budget), Terms(p, costs))
    dear = [c for c, cost in enumerate(costs) if cost > setting.budget]
    for name, chosen, part in (
        ("{0} is always funded", sorted(setting.funded(containing, "containing")), 1),
        ("{0} costs more than the budget", dear, 0),
    ):
        if chosen:
            names = [setting.projects[c] for c in chosen]
            fair.equal(name, (names,), part, Terms(p[chosen], 1, np.arange(len(chosen))))
    found = fair.solve()
    if isinstance(found, Infeasible):
        return NoLottery(instance, irreducible(found))
    parts = [Fraction(part) for part in found[-1].at(p)]
    fill(setting, parts)
    return BestLottery(instance, Rounded(tuple(parts), tuple(costs)), found)


def best_lottery(
    objective: Utilitarian | Egalitarian | LeximinUtility,
    axioms: Iterable[Any],
    instance: Instance,
    *,
    outcomes: Iterable[Iterable[str | int]] | None = None,
) -> BestLottery | NoLottery:
    """The best lottery over listed outcomes, each of which satisfies axioms as well.

    Parameters
    ----------
    objective : Utilitarian, Egalitarian or LeximinUtility
        As of `best_parts`.
    axioms : iterable of axioms
        ``ExAnte(axiom)`` and `GroupFairShare` are demands in expectation; other axioms, of
        outcomes, are required of every outcome that may be drawn.
    instance : Instance
        The election and the ballots.
    outcomes : iterable of sets of str or int, optional
        What may be drawn, of projects by name or number.  By default all sets that the budget can
        pay for, of up to 16 projects.  If some cost more, the budget is kept on average.

    Returns
    -------
    BestLottery
        With a `Finite` lottery.
    NoLottery
        Rows that contradict each other.

    Raises
    ------
    ValueError
        If an argument is not that, there are too many projects to list outcomes, or no outcome
        satisfies the axioms of outcomes; or as of `best_parts`.

    Examples
    --------
    Outcomes that cost at most 3, and a quarter for a voter: too much to ask.

    >>> from mechsim import Election, ExAnte, IndividualFairShare
    >>> from mechsim.axioms import JR
    >>> election = Election(("hall", "park"), (1, 3), 3)
    >>> town = Instance(election, election.read([["hall"], ["hall"], ["park"], ["hall"]]))
    >>> print(best_lottery(Utilitarian(), [JR(), ExAnte(IndividualFairShare())], town))
    no lottery satisfies these 2 rows together
      outcomes with park add up to its probability
      IndividualFairShare of voters for {park}
    """
    setting = election_of(instance)
    asked = axioms_of(axioms)
    ex_ante = tuple(filter(in_expectation, asked))
    ex_post = [of_outcomes(axiom) for axiom in asked if not in_expectation(axiom)]
    given = affordable(instance) if outcomes is None else outcomes_of(outcomes, setting)
    listed = allowed(ex_post, instance, given)
    if not listed:
        raise ValueError(
            f"axioms is {', '.join(map(brief, asked))}: none of {many(len(given), 'outcome')} "
            f"satisfies {', '.join(map(brief, ex_post))}, which every outcome must; what is "
            "meant in expectation is written ExAnte(axiom)"
        )
    draft = Draft()
    told = [setting.tell(chosen) for chosen in listed]
    chance = draft.variables("probability that {outcome} is drawn", (told,))
    p = draft.variables("probability of {project}", (setting.projects,), high=1)
    fair = Fair(draft, p, Question(voters_of(instance), ex_ante, objective))
    fair.equal("probabilities sum to 1", (), 1, Terms(chance))
    pairs = [(c, k) for k, chosen in enumerate(listed) for c in sorted(chosen)]
    inside = np.array(pairs, np.int64).reshape(-1, 2)
    fair.equal(
        "outcomes with {0} add up to its probability",
        (setting.projects,),
        0,
        Terms(chance[inside[:, 1]], 1, inside[:, 0]),
        Terms(p, -1, np.arange(len(p))),
    )
    costs = [setting.cost(chosen) for chosen in listed]
    if max(costs) > setting.budget:
        fair.at_most(
            "the budget is kept on average", (), Fraction(setting.budget), Terms(chance, costs)
        )
    found = fair.solve()
    if isinstance(found, Infeasible):
        return NoLottery(instance, irreducible(found))
    drawn = {o: Fraction(q) for o, q in zip(listed, found[-1].at(chance), strict=True) if q}
    return BestLottery(instance, Finite(drawn), found)


def price_of_fairness(
    objective: Utilitarian | Egalitarian, axioms: Iterable[Any], instance: Instance
) -> Fraction:
    """How many times better the best lottery is without the axioms than with them.

    Both may cost the budget up to one project; see `best_parts`.

    Raises
    ------
    ValueError
        If no lottery satisfies the axioms, or the best one is worth nothing.
    """
    free, fair = (best_parts(objective, asked, instance) for asked in ((), axioms_of(axioms)))
    if isinstance(free, NoLottery) or isinstance(fair, NoLottery):
        raise ValueError("axioms contradict each other: no lottery satisfies them")
    if not fair.value:
        raise ValueError(f"the best lottery is worth 0 by {brief(objective)}: there is no ratio")
    return free.value / fair.value


def affordable(instance: Instance) -> tuple[Funded, ...]:
    """All sets of projects that the budget can pay for, of up to `LISTED` projects.

    Raises
    ------
    ValueError
        If there are more.
    """
    budget = election_of(instance).budget
    return tuple(chosen for chosen, spent in _subsets(instance, budget) if spent <= budget)


def up_to_one(instance: Instance) -> tuple[Funded, ...]:
    """All sets of affordable projects that the budget can pay for up to one of them.

    Raises
    ------
    ValueError
        If there are more than `LISTED` projects.
    """
    setting = election_of(instance)
    budget, costs = setting.budget, setting.costs
    return tuple(
        chosen
        for chosen, spent in _subsets(instance, budget + max(costs))
        if spent - max((costs[c] for c in chosen), default=0) <= budget
    )


def _subsets(instance: Instance, most: Fraction) -> list[tuple[Funded, Fraction]]:
    """All sets of projects that cost at most so much, and what they cost."""
    setting = election_of(instance)
    projects = len(setting.costs)
    if projects > LISTED:
        raise ValueError(
            f"instance has {projects} projects: outcomes are listed of at most {LISTED}; say what "
            "the outcomes are, or use best_within_budget or best_parts, which list none"
        )
    sets: list[tuple[Funded, Fraction]] = [(frozenset(), Fraction(0))]
    for c, cost in enumerate(setting.costs):
        if cost <= setting.budget:
            sets += [(s | {c}, spent + cost) for s, spent in sets if spent + cost <= most]
    return sets


def allowed(
    axioms: Iterable[Any], instance: Instance, outcomes: Iterable[Funded]
) -> tuple[Funded, ...]:
    """The outcomes that satisfy those of the axioms that are about outcomes."""
    asked = [of_outcomes(axiom) for axiom in axioms if not in_expectation(axiom)]
    return tuple(chosen for chosen in outcomes if _satisfies(chosen, asked, instance))


def _satisfies(chosen: Funded, axioms: list[Any], instance: Instance) -> bool:
    """Whether an outcome satisfies axioms of outcomes."""
    for axiom in axioms:
        binding = getattr(axiom, "binding", None)
        cases = axiom.cases(instance) if binding is None else binding(sure(chosen), instance)
        if any(axiom.outcome_violation(chosen, case) > 0 for case in cases):
            return False
    return True


def _ex_ante(axiom: Any) -> Any:
    if isinstance(axiom, ExPost):
        raise ValueError(
            f"axioms has {brief(axiom)}: every outcome satisfies it if it contains projects that "
            "do, which `containing` says; or list outcomes, with best_lottery"
        )
    return axiom
