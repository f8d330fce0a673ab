r"""Strategyproofness for agents of whom only the order of their likings is known.

By an order alone, one lottery is surely no worse than another if it stochastically dominates it.
So the lottery at the truth must dominate that at every lie: for the sets :math:`U_k(\theta_i)` of
the :math:`k` alternatives that agent :math:`i` likes best,

.. math:: \Pr[f(\theta) \in U_k(\theta_i)] \ge \Pr[f(\theta_i', \theta_{-i}) \in U_k(\theta_i)]
          \qquad \forall i,\ \theta,\ \theta_i',\ k.

This is strategyproofness for all utilities that agree with the order.  On a line only the peak is
known, and the sets are the intervals around it: strategyproofness for all single-peaked agents.

References
----------
Gibbard. Manipulation of schemes that mix voting with chance. Econometrica 45, 1977.
Bogomolnaia, Moulin. A new solution to the random assignment problem. Journal of Economic Theory
100, 2001.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol, cast

from .._numbers import show
from ..algorithms.ties import Ties
from ..lottery import Finite, is_finite, mix, sure
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance, require, unpriced
from ._base import Undecided
from ._sought import Sought, dominance
from .strategyproof import Misreport


class Orders(Protocol):
    """A setting that says which alternatives a type likes best."""

    def upper_contours(self, type_: Any, /) -> Iterator[frozenset[Any]]:
        """The sets of best alternatives, each contained in the next."""
        ...


@dataclass(frozen=True)
class SDStrategyproof:
    """The truth stochastically dominates every lie.  The violation is the gain in probability.

    The setting says what a type likes best, by ``upper_contours(type)``.  Each agent with each of
    its misreports is a case.

    Parameters
    ----------
    sets : Ties, optional
        How an outcome that is a set of tied alternatives is read.  An order of alternatives does
        not order sets of them, so without this a rule that returns sets is not judged.
    """

    sets: Ties | None = None

    deviation: ClassVar = Misreport

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each other report."""
        for agent in range(instance.agents):
            for report in instance.misreports(agent):
                yield Misreport(instance, agent, report)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Fraction:
        """The most by which the misreport makes it likelier that one of the k best is chosen."""
        _, honest, lied = self._worst(mechanism, case)
        return lied - honest

    def _worst(
        self, mechanism: Playable, case: Misreport
    ) -> tuple[frozenset[Any], Fraction, Fraction]:
        """The upper contour that gains most, and its probability at the truth and at the lie."""
        setting, truth = case.instance.setting, case.instance.profile[case.agent]
        if not (hasattr(setting, "upper_contours") or hasattr(setting, "wanted")):
            raise Undecided(f"dominance is about an order, and {setting} gives no upper contours")
        honest = self._lottery(mechanism, case.instance, case.instance.reports)
        lied = self._lottery(mechanism, case.instance, case.reports)
        places = tuple(dict.fromkeys((*honest.support, *lied.support)))
        best = (
            cast(Orders, setting).upper_contours(truth)
            if hasattr(setting, "upper_contours")
            else setting.wanted(truth, places)
        )
        chances = [(upper, _chance(honest, upper), _chance(lied, upper)) for upper in best]
        nothing = frozenset[Any](), Fraction(0), Fraction(0)
        return max(chances, key=lambda one: one[2] - one[1], default=nothing)

    def _lottery(self, mechanism: Playable, instance: Instance, reports: Reports) -> Finite[Any]:
        """The lottery over single alternatives."""
        lottery = play(mechanism, reports)
        if not is_finite(lottery):
            raise Undecided("dominance compares probabilities, and this lottery does not list them")
        if not any(isinstance(unpriced(outcome), frozenset) for outcome in lottery.support):
            return lottery
        return mix((p, self._read(outcome, instance)) for outcome, p in lottery.probability.items())

    def _read(self, outcome: Any, instance: Instance) -> Finite[Any]:
        """What is drawn if ``outcome``, perhaps a set, is."""
        if not isinstance(unpriced(outcome), frozenset):
            return sure(outcome)
        if self.sets is None:
            raise Undecided(
                f"the outcome is the set {instance.tell(outcome)}, and how agents compare sets is "
                "not said; say how one is read, as in SDStrategyproof(sets=UniformlyAtRandom())"
            )
        tied = tuple(sorted(cast(frozenset[Any], outcome)))
        drawn = self.sets.resolve(tied)
        return drawn if is_finite(drawn) else sure(drawn)

    def rows(self, sought: Sought, /) -> None:
        """One row an agent, profile, lie and upper contour."""
        setting = sought.setting
        if hasattr(setting, "upper_contours"):
            dominance(sought, lambda _, type_: setting.upper_contours(type_))
        else:
            require(setting, "wanted")
            dominance(sought, lambda _, type_: setting.wanted(type_, sought.alternatives))

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The misreport, and which alternatives it makes likelier."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        upper, honest, lied = self._worst(mechanism, case)
        liked = " or ".join(instance.tell(one) for one in sorted(upper))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} reports {lie} instead of "
            f"{truth}, which raises the chance of {liked} from {show(honest)} to {show(lied)}"
        )


def _chance(lottery: Finite[Any], alternatives: frozenset[Any]) -> Fraction:
    """How likely it is that one of ``alternatives`` is drawn."""
    return sum((p for o, p in lottery.probability.items() if o in alternatives), Fraction(0))
