r"""What a mechanism that is sought should be good at.

Over the profiles :math:`\theta` and the lotteries :math:`p(\theta)`, with an objective :math:`c` of
outcomes (see `mechsim.objectives`) and its best value :math:`c^*(\theta)`,

.. math:: \text{worst-case ratio } \min_p \max_\theta \frac{E_p[c(\theta, y)]}{c^*(\theta)},
          \qquad
          \text{average } \min_p \sum_\theta \Pr[\theta] \, E_p[c(\theta, y)],

and with payments :math:`t` the revenue :math:`\sum_\theta \Pr[\theta] \sum_i t_i(\theta)`, less
what alternatives cost.  The setting says how likely a profile is, by ``chance(profile)``; where it
does not, all are equally likely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from .._numbers import show
from .._text import brief
from ..axioms import surplus
from ..axioms._sought import Numbers, share
from ..objectives import Objective, best_of, optimum
from ..objectives._line import wants_nearness
from ..preferences.single_peaked import Line
from ..program import Exact, Program, Terms, exact
from ..program.families import Integers, multiplied
from ..setting import Instance, Undecided
from .sought import Blueprint


class Goal(Protocol):
    """What is to be as small or as large as can be."""

    def finish(self, sought: Blueprint, /) -> Program:
        """Write rows that define the goal, if it takes any, and the objective."""
        ...


@dataclass(frozen=True)
class WorstCaseRatio:
    """How close the expected objective is to its optimum at the worst profile.

    It is at least 1 and small where the objective is to be small, else at most 1 and large.  The
    optimum is that over all outcomes where the setting knows it, else over the alternatives.  What
    agents bear must not be negative: of goods, which are worth something, the cost has no ratio.
    """

    objective: Objective

    def finish(self, sought: Blueprint, /) -> Program:
        """One row a profile."""
        _require_no_gains(sought, self)
        ratio = sought.draft.variables("ratio")
        numerator, below = _table(sought, self.objective, sought.alternatives)
        bound, over = exact(_optima(sought, self.objective), "optimum")
        rows = np.arange(len(sought.profiles))
        sign = 1 if self.objective.minimised else -1
        sought.at_most(
            "the ratio covers {0}",
            (sought.told(rows),),
            0,
            Terms(sought.lottery(sought.profiles), sign * numerator, rows[:, None], below),
            Terms(ratio, -sign * bound, rows, over),
        )
        draft = sought.draft
        return draft.minimize(Terms(ratio)) if sign > 0 else draft.maximize(Terms(ratio))


@dataclass(frozen=True)
class WorstCaseValue:
    """The expected objective at the worst profile, or by how much it misses the optimum there.

    Parameters
    ----------
    objective : Objective
    regret : bool
        Whether what is lost against the optimum counts, and not the objective itself.
    """

    objective: Objective
    regret: bool = False

    def finish(self, sought: Blueprint, /) -> Program:
        """One row a profile."""
        worst = sought.draft.variables("worst", low=None)
        numerator, below = _table(sought, self.objective, sought.alternatives)
        rows = np.arange(len(sought.profiles))
        sign = 1 if self.objective.minimised else -1
        best = _optima(sought, self.objective)
        bound: Exact = sign * best if self.regret else 0
        sought.at_most(
            "the worst case covers {0}",
            (sought.told(rows),),
            bound,
            Terms(sought.lottery(sought.profiles), sign * numerator, rows[:, None], below),
            Terms(worst, -1 if self.regret else -sign, rows),
        )
        draft, least = sought.draft, self.regret or sign > 0
        return draft.minimize(Terms(worst)) if least else draft.maximize(Terms(worst))


@dataclass(frozen=True)
class Average:
    """The expected objective over the profiles, as likely as the setting says."""

    objective: Objective

    def finish(self, sought: Blueprint, /) -> Program:
        """No rows."""
        numerator, below = _table(sought, self.objective, sought.alternatives)
        chances, over = _weights(sought)
        weight = multiplied(numerator, chances[:, None])
        terms = Terms(sought.lottery(sought.profiles), weight, denominator=below * over)
        draft = sought.draft
        return draft.minimize(terms) if self.objective.minimised else draft.maximize(terms)


@dataclass(frozen=True)
class Welfare:
    """What outcomes are worth to all agents together, less what they cost, on average."""

    def finish(self, sought: Blueprint, /) -> Program:
        """No rows."""
        lottery = sought.lottery(sought.profiles)
        chances, below = _weights(sought)
        terms: list[Terms] = []
        for agent in range(sought.agents):
            numerator, denominator = sought.values(agent)
            worth = multiplied(numerator[sought.profiles[:, agent]], chances[:, None])
            terms.append(Terms(lottery, worth, denominator=denominator * below))
        return sought.draft.maximize(*terms, *_spent(sought))


@dataclass(frozen=True)
class Revenue:
    """What agents pay, less what outcomes cost, on average."""

    needs_payments: ClassVar[bool] = True

    def finish(self, sought: Blueprint, /) -> Program:
        """No rows."""
        chances, below = _weights(sought)
        paid = sought.payments(sought.profiles)
        taken = Terms(paid, chances[:, None], denominator=below)
        return sought.draft.maximize(taken, *_spent(sought))


def evaluated(
    sought: Blueprint, objective: Objective, *, best: bool = True
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """The objective of each alternative at each profile, and the best value there."""
    distinct, which = _combined(sought, objective, sought.alternatives)
    values: list[list[Fraction]] = np.array(distinct, dtype=object)[which].tolist()
    return values, _optima(sought, objective).tolist() if best else []


def _table(
    sought: Blueprint, objective: Objective, outcomes: Sequence[Any]
) -> tuple[Integers, int]:
    """The objective of each outcome at each profile: integers over a denominator."""
    distinct, which = _combined(sought, objective, outcomes)
    numerator, denominator = exact(distinct, "objective")
    return numerator[which], denominator


def _combined(
    sought: Blueprint, objective: Objective, outcomes: Sequence[Any]
) -> tuple[list[Fraction], Numbers]:
    """Values of the objective, and which of them each outcome has at each profile.

    What an agent bears is looked up, and each combination of what agents bear is evaluated once.
    """
    of, setting = objective.measure.of, sought.setting
    known: dict[Any, int] = {}
    borne: list[Numbers] = []
    for agent, (types, column) in enumerate(zip(sought.types, sought.profiles.T, strict=True)):
        values = (of(setting, agent, type_, one) for type_ in types for one in outcomes)
        numbers = [known.setdefault((type(value), value), len(known)) for value in values]
        table = np.array(numbers, dtype=np.int64).reshape(len(types), len(outcomes))
        borne.append(table[column].ravel())
    every = np.sort(np.stack(borne), axis=0)
    code, size = every[0], len(known)
    for row in every[1:]:
        if size * len(known) >= 2**62:
            found, code = np.unique(code, return_inverse=True)
            size = len(found)
        code, size = code * len(known) + row, size * len(known)
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    numbered = [value for _, value in known]
    distinct: list[Fraction] = []
    for combination in every[:, first].T.tolist():
        value = objective.of([(numbered[k], 1) for k in combination])
        distinct.append(share(value, "an objective"))
    return distinct, which.reshape(len(sought.profiles), len(outcomes))


def _require_no_gains(sought: Blueprint, goal: WorstCaseRatio) -> None:
    """Raise `ValueError` if an agent bears less than nothing somewhere: a ratio means nothing."""
    of, setting = goal.objective.measure.of, sought.setting
    for agent, types in enumerate(sought.types):
        for type_, one in product(types, sought.alternatives):
            borne = of(setting, agent, type_, one)
            if borne < 0:
                raise ValueError(
                    f"objective is {brief(goal)}: on {brief(setting)} it has no ratio, as what "
                    f"agent {agent} bears may be negative, {show(borne)}; ask for the worst case, "
                    "the average or the welfare"
                )


def _optima(sought: Blueprint, objective: Objective) -> npt.NDArray[Any]:
    """The best value of the objective at each profile, as fractions."""
    setting = sought.setting
    outcomes: tuple[Any, ...] | None = sought.alternatives
    if isinstance(setting, Line):
        outcomes = _kinks(setting, objective, sought.agents)
    if outcomes is None:
        each = (_best(objective, here, sought.alternatives) for here in sought.instances())
        return np.array([share(best, "an optimum") for best in each], dtype=object)
    numerator, below = _table(sought, objective, outcomes)
    best = numerator.min(axis=1) if objective.minimised else numerator.max(axis=1)
    values, which = np.unique(best, return_inverse=True)
    return np.array([Fraction(k, below) for k in values.tolist()], dtype=object)[which]


def _kinks(line: Line, objective: Objective, agents: int) -> tuple[Any, ...] | None:
    """Few places one of which is best whatever the peaks are, or None where these are not known."""
    if type(line) is not Line or not line.points or not wants_nearness(line):
        return None
    kinks = line.alternatives(agents)
    few = len(kinks) <= 4 * len(line.points)
    return kinks if few and getattr(objective, "straight", False) else None


def _best(objective: Objective, instance: Instance, alternatives: tuple[Any, ...]) -> Any:
    try:
        return optimum(objective, instance).value
    except Undecided:
        return best_of(objective, instance, alternatives).value


def _weights(sought: Blueprint) -> tuple[Any, int]:
    """How likely each canonical profile is, as integers over a denominator.

    Where agents are independent the setting may say how likely each type of an agent is, by
    ``type_chances(agent)``, which is faster than asking for every profile.
    """
    chances = getattr(sought.setting, "type_chances", None)
    if chances is None or sought.anonymous or sought.renamings:
        return exact(_chances(sought), "chance")
    weights, below = np.ones(len(sought.profiles), dtype=object), 1
    for agent in range(sought.agents):
        numerator, denominator = exact(chances(agent), "chances")
        weights, below = weights * numerator[sought.profiles[:, agent]], below * denominator
    return exact(weights, "chance")[0], below


def _chances(sought: Blueprint) -> list[Fraction]:
    """How likely each canonical profile is, together with all that are like it."""
    chance = getattr(sought.setting, "chance", None)
    if chance is None:
        return sought.shares()
    if sought.anonymous or sought.renamings:
        return sought.shares(chance)
    return [share(chance(instance.profile), "a chance") for instance in sought.instances()]


def _spent(sought: Blueprint) -> Iterator[Terms]:
    """What alternatives cost on average, to be subtracted."""
    if sought.has_payments and hasattr(sought.setting, "cost"):
        left = [surplus(sought.setting, one) for one in sought.alternatives]
        weight = [[p * one for one in left] for p in _chances(sought)]
        yield Terms(sought.lottery(sought.profiles), weight)
