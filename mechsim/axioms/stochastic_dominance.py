r"""Strategyproofness for agents of whom only the order of their likings is known.

By an order alone, one lottery is surely no worse than another if it stochastically dominates it.
So the lottery at the truth must dominate that at every lie: for the sets :math:`U_k(\theta_i)` of
the :math:`k` alternatives that agent :math:`i` likes best,

.. math:: \Pr[f(\theta) \in U_k(\theta_i)] \ge \Pr[f(\theta_i', \theta_{-i}) \in U_k(\theta_i)]
          \qquad \forall i,\ \theta,\ \theta_i',\ k.

This is strategyproofness for all utilities that agree with the order.  On a line only the peak is
known, and the sets are the intervals around it: strategyproofness for all single-peaked agents.

Where an agent minds only what it gets itself, the sets are of what it may get.

*Weakly*, no lie dominates the truth and differs from it: for each lie there is a utility that
agrees with the order and does not gain.

References
----------
Gibbard. Manipulation of schemes that mix voting with chance. Econometrica 45, 1977.
Bogomolnaia, Moulin. A new solution to the random assignment problem. Journal of Economic Theory
100, 2001.
"""

from collections.abc import Iterator, Sequence
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


class OwnShares(Orders, Protocol):
    """A setting in which agents mind what they get, and orders are of that."""

    def share(self, agent: int, alternative: Any, /) -> Any:
        """What ``agent`` gets."""
        ...

    def tell_share(self, share: Any, /) -> str:
        """It in words."""
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
        nothing = frozenset[Any](), Fraction(0), Fraction(0)
        compared = _compared(mechanism, case, self.sets)
        return max(compared, key=lambda one: one[2] - one[1], default=nothing)

    def rows(self, sought: Sought, /) -> None:
        """One row an agent, profile, lie and upper contour."""
        setting = sought.setting
        if hasattr(setting, "share"):
            dominance(sought, lambda agent, type_: _by_share(sought, agent, type_))
        elif hasattr(setting, "upper_contours"):
            dominance(sought, lambda _, type_: setting.upper_contours(type_))
        else:
            require(setting, "wanted")
            dominance(sought, lambda _, type_: setting.wanted(type_, sought.alternatives))

    def explain_mean(self, gain: float, case: Misreport, /) -> str:
        """The misreport, and by how much it seems to make something better likelier."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} reports {lie} instead of "
            f"{truth}, which raises the chance of what it likes best, or of some of the best, by "
            f"about {show(gain)}"
        )

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The misreport, and which alternatives it makes likelier."""
        instance = case.instance
        truth, lie = (instance.tell_type(t) for t in (instance.profile[case.agent], case.report))
        upper, honest, lied = self._worst(mechanism, case)
        tell = getattr(instance.setting, "tell_share", instance.tell)
        liked = " or ".join(tell(one) for one in sorted(upper, key=lambda one: (one is None, one)))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} reports {lie} instead of "
            f"{truth}, which raises the chance of {liked} from {show(honest)} to {show(lied)}"
        )


@dataclass(frozen=True)
class WeaklySDStrategyproof:
    """No lie stochastically dominates the truth and differs from it.

    The violation is the most that is gained in probability, of those lies by which every upper
    contour becomes at least as likely; of others it is minus what they lose.  Parameters and cases
    are those of `SDStrategyproof`.
    """

    sets: Ties | None = None

    deviation: ClassVar = Misreport

    def cases(self, instance: Instance, /) -> Iterator[Misreport]:
        """Each agent, each other report."""
        return SDStrategyproof(self.sets).cases(instance)

    def violation(self, mechanism: Playable, case: Misreport, /) -> Fraction:
        """What is gained for sure, or minus what may be lost."""
        compared = _compared(mechanism, case, self.sets)
        return strictly([lied - honest for _, honest, lied in compared])

    def explain(self, mechanism: Playable, case: Misreport, /) -> str:
        """The misreport, and which alternatives it makes likelier."""
        told = SDStrategyproof(self.sets).explain(mechanism, case)
        return f"{told}, and makes no other set of best ones less likely"


def strictly(gains: Sequence[Fraction]) -> Fraction:
    """The largest gain if none is negative, and else the largest loss."""
    least = min(gains, default=Fraction(0))
    return least if least < 0 else max(gains, default=Fraction(0))


def _compared(
    mechanism: Playable, case: Misreport, sets: Ties | None
) -> list[tuple[frozenset[Any], Fraction, Fraction]]:
    """Each upper contour, and how likely it is at the truth and at the lie."""
    setting, truth = case.instance.setting, case.instance.profile[case.agent]
    if not (hasattr(setting, "upper_contours") or hasattr(setting, "wanted")):
        raise Undecided(f"dominance is about an order, and {setting} gives no upper contours")
    honest = _lottery(mechanism, case, case.instance.reports, sets)
    lied = _lottery(mechanism, case, case.reports, sets)
    places = tuple(dict.fromkeys((*honest.support, *lied.support)))
    best = (
        cast(Orders, setting).upper_contours(truth)
        if hasattr(setting, "upper_contours")
        else setting.wanted(truth, places)
    )
    return [(upper, _chance(honest, upper), _chance(lied, upper)) for upper in best]


def _lottery(
    mechanism: Playable, case: Misreport, reports: Reports, sets: Ties | None
) -> Finite[Any]:
    """The lottery over single alternatives, or over what the agent gets."""
    lottery = play(mechanism, reports)
    if not is_finite(lottery):
        raise Undecided("dominance compares probabilities, and this lottery does not list them")
    setting = case.instance.setting
    if hasattr(setting, "share"):
        share, chances = cast(OwnShares, setting).share, lottery.probability.items()
        return mix((p, sure(share(case.agent, unpriced(outcome)))) for outcome, p in chances)
    if not any(isinstance(unpriced(outcome), frozenset) for outcome in lottery.support):
        return lottery
    chances = lottery.probability.items()
    return mix((p, _read(outcome, case.instance, sets)) for outcome, p in chances)


def _read(outcome: Any, instance: Instance, sets: Ties | None) -> Finite[Any]:
    """What is drawn if ``outcome``, perhaps a set, is."""
    if not isinstance(unpriced(outcome), frozenset):
        return sure(outcome)
    if sets is None:
        raise Undecided(
            f"the outcome is the set {instance.tell(outcome)}, and how agents compare sets is "
            "not said; say how one is read, as in SDStrategyproof(sets=UniformlyAtRandom())"
        )
    tied = tuple(sorted(cast(frozenset[Any], outcome)))
    drawn = sets.resolve(tied)
    return drawn if is_finite(drawn) else sure(drawn)


def _by_share(sought: Sought, agent: int, type_: Any) -> Iterator[frozenset[Any]]:
    """The alternatives that give ``agent`` one of the k best."""
    setting = cast(OwnShares, sought.setting)
    for upper in setting.upper_contours(type_):
        yield frozenset(one for one in sought.alternatives if setting.share(agent, one) in upper)


def _chance(lottery: Finite[Any], alternatives: frozenset[Any]) -> Fraction:
    """How likely it is that one of ``alternatives`` is drawn."""
    return sum((p for o, p in lottery.probability.items() if o in alternatives), Fraction(0))
