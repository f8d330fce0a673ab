r"""Which axioms of facility location follow from which, as data that is tested.

Of one outcome at one profile of an interval:

.. math::

   \mathrm{SPF} \Rightarrow \mathrm{PF} \Rightarrow \mathrm{UFS}
   \Rightarrow \mathrm{IFS}, \mathrm{PROP}, \mathrm{UNAN}, \qquad
   \mathrm{SPF} \Rightarrow \mathrm{SPROP} \Rightarrow \mathrm{PROP}, \mathrm{UNAN}, \qquad
   \mathrm{PF} \Rightarrow \mathrm{PO} \Rightarrow \mathrm{UNAN},

and nothing else; `mechsim.axioms.separations` has an outcome for each other pair.

*What no agent can manipulate, no coalition can*, if it is a rule; even where agents mind distance
alone.  Suppose all of a coalition prefer :math:`w` to :math:`y = f(x)`.  Then their peaks are on
one side of :math:`y`, say above, and :math:`y < w < 2 p - y` for the lowest peak :math:`p`.  Let
the member with the highest peak :math:`q` lie first.  It does not gain, so the outcome moves to
:math:`y' \le y` or to :math:`y' \ge 2 q - y`; in both cases :math:`y'` is no nearer to any member
than :math:`y`, and the others still prefer :math:`w`.  So they may lie one after the other, and the
last one gains by its lie alone.  A lottery may be one that only coalitions can manipulate.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .._text import brief
from ..mechanism import Playable
from ..preferences.tastes import Distance, SinglePeaked, Taste
from ..setting import Instance
from ._base import Axiom, OutcomeAxiom, Tally
from .anonymous import Anonymous
from .checking import Found, check
from .clamp import ClampIdentity
from .combinators import ExAnte, ExPost, Universally, WithProbability, lift
from .fair_share import IndividualFairShare, UnanimousFairShare
from .group_strategyproof import GroupStrategyproof
from .monotone import Monotone, StrictlyMonotone
from .names import label
from .pareto import ParetoOptimal
from .proportional import Proportional, StronglyProportional
from .proportional_fairness import ProportionallyFair, StronglyProportionallyFair
from .strategyproof import Strategyproof
from .unanimous import Unanimous


@dataclass(frozen=True)
class Asked:
    """An axiom, asked of a mechanism; for agents on an interval, who have these tastes."""

    axiom: Axiom | OutcomeAxiom
    tastes: Taste = Distance()

    def check(self, mechanism: Playable, instances: Iterable[Instance]) -> Found | Tally:
        """Try it at ``instances``, whatever the tastes there; an outcome axiom ex post."""
        return check(lift(self.axiom), mechanism, map(self._with_tastes, instances))

    def _with_tastes(self, instance: Instance) -> Instance:
        if not hasattr(instance.setting, "tastes"):
            return instance
        setting = dataclasses.replace(instance.setting, tastes=self.tastes)
        return Instance(setting, instance.reports)

    def __str__(self) -> str:
        name = label(self.axiom)
        return name if self.tastes == Distance() else f"{name} for {brief(self.tastes)}"


@dataclass(frozen=True)
class Implication:
    """Whatever satisfies all ``premises`` satisfies the ``conclusion``, ``because`` of a reason.

    It is about all profiles of some agents on an interval, or on any finite set of points of it
    that has both ends; between axioms of outcomes it holds at every single profile.  Or it is about
    divisions of goods, at every single profile.

    Parameters
    ----------
    premises : tuple of Asked
    conclusion : Asked
    because : str
    of_rules : bool
        Whether it is about mechanisms without chance only.
    """

    premises: tuple[Asked, ...]
    conclusion: Asked
    because: str
    of_rules: bool = False

    def __str__(self) -> str:
        premises = " and ".join(map(str, self.premises))
        whose = " of rules" if self.of_rules else ""
        return f"{premises} => {self.conclusion}{whose}: {self.because}"


def consequences(
    premises: Iterable[Asked],
    *,
    of_rules: bool = False,
    implications: Iterable[Implication] | None = None,
) -> frozenset[Asked]:
    """Everything that is known to follow from ``premises``, themselves included.

    Parameters
    ----------
    premises : iterable of Asked
    of_rules : bool
        Whether the mechanism is known to be without chance.
    implications : iterable of Implication, optional
        What is known; by default `IMPLICATIONS`, of facility location.

    Examples
    --------
    >>> found = consequences([Asked(ExPost(ProportionallyFair()))])
    >>> sorted(str(asked) for asked in found if isinstance(asked.axiom, ExPost))
    ['IFS ex post', 'PF ex post', 'PO ex post', 'PROP ex post', 'UFS ex post', 'UNAN ex post']
    """
    every = IMPLICATIONS if implications is None else implications
    rules = [rule for rule in every if of_rules or not rule.of_rules]
    known = frozenset(premises)
    while True:
        more = known | {rule.conclusion for rule in rules if known.issuperset(rule.premises)}
        if more == known:
            return known
        known = more


UNAN, PO = Unanimous(), ParetoOptimal()
IFS, UFS = IndividualFairShare(), UnanimousFairShare()
PF, SPF = ProportionallyFair(), StronglyProportionallyFair()
PROP, SPROP = Proportional(), StronglyProportional()
OUTCOME_AXIOMS: tuple[OutcomeAxiom, ...] = (UNAN, PO, IFS, UFS, PROP, SPROP, PF, SPF)

SP, GSP = Asked(Strategyproof()), Asked(GroupStrategyproof())
ALL_SP, ALL_GSP = Asked(SP.axiom, SinglePeaked()), Asked(GSP.axiom, SinglePeaked())
CLAMP, ANON = Asked(ClampIdentity()), Asked(Anonymous())
MON, SMON = Asked(Monotone()), Asked(StrictlyMonotone())

_OF_OUTCOMES: tuple[tuple[OutcomeAxiom, OutcomeAxiom, str], ...] = (
    (SPF, PF, "the reports span no more than the line"),
    (SPF, SPROP, "what two groups are due adds up to the distance between them"),
    (PF, UFS, "agents at one place are a group of range 0"),
    (UFS, IFS, "an agent is part of the group at its place"),
    (UFS, PROP, "what two groups are due adds up to the distance between them"),
    (UFS, UNAN, "all agents at one place are due all"),
    (PO, UNAN, "what all like best is better than anything else"),
    (SPROP, PROP, "the two places may be the ends"),
)
_OF_SURE_OUTCOMES: tuple[tuple[OutcomeAxiom, OutcomeAxiom, str], ...] = (
    *_OF_OUTCOMES,
    (PF, PO, "the group of all agents, seen from its ends"),
    (SPROP, UNAN, "all agents may be at one place"),
)


def _even(axiom: OutcomeAxiom) -> WithProbability:
    return WithProbability(axiom, Fraction(1, 2))


def _one(premise: Asked, conclusion: Asked, because: str, of_rules: bool = False) -> Implication:
    return Implication((premise,), conclusion, because, of_rules)


IMPLICATIONS: tuple[Implication, ...] = (
    *(_one(Asked(ExPost(a)), Asked(ExPost(b)), why) for a, b, why in _OF_SURE_OUTCOMES),
    *(_one(Asked(_even(a)), Asked(_even(b)), why) for a, b, why in _OF_SURE_OUTCOMES),
    *(_one(Asked(ExAnte(a)), Asked(ExAnte(b)), why) for a, b, why in _OF_OUTCOMES),
    *(_one(Asked(ExPost(a)), Asked(ExAnte(a)), "so on average") for a in OUTCOME_AXIOMS),
    *(_one(Asked(ExPost(a)), Asked(_even(a)), "with probability 1") for a in OUTCOME_AXIOMS),
    *(
        _one(Asked(ExAnte(a)), Asked(ExPost(a)), "one outcome cannot make up for another")
        for a in (UNAN, PO)
    ),
    *(
        _one(Asked(Universally(a)), Asked(ExPost(a)), "an outcome is that of a rule")
        for a in OUTCOME_AXIOMS
    ),
    *(
        _one(Asked(Universally(a.axiom), a.tastes), a, "an average over rules")
        for a in (SP, ALL_SP, ANON, MON, SMON)
    ),
    _one(Asked(Universally(CLAMP.axiom)), ALL_SP, "an average over rules that clamp"),
    _one(SMON, MON, "what rises does not fall"),
    _one(GSP, SP, "an agent is a coalition"),
    _one(ALL_GSP, ALL_SP, "an agent is a coalition"),
    _one(ALL_SP, SP, "minus the distance is single-peaked"),
    _one(ALL_GSP, GSP, "minus the distance is single-peaked"),
    _one(ALL_SP, MON, "the lottery after an increase dominates the one before"),
    _one(CLAMP, ALL_GSP, "Moulin 1980"),
    _one(CLAMP, MON, "a clamped report rises with it"),
    _one(ALL_SP, CLAMP, "see mechsim.axioms.clamp", of_rules=True),
    _one(SP, GSP, "one member after the other lies, and the last gains", of_rules=True),
    _one(SP, MON, "of what the others allow the nearest is built", of_rules=True),
    Implication((CLAMP, Asked(ExPost(UNAN))), Asked(ExPost(PO)), "Moulin 1980"),
    *(
        Implication((CLAMP, Asked(ExPost(PROP))), conclusion, "it is Uniform Phantom")
        for conclusion in (Asked(ExPost(PF)), ANON)
    ),
)
