r"""Group strategyproofness: no coalition has a joint misreport by which all its members gain.

.. math:: \nexists\, S \ne \emptyset,\ \theta,\ \theta_S':\quad
          E[v_i(\theta_i, f(\theta_S', \theta_{-S}))] > E[v_i(\theta_i, f(\theta))]
          \qquad \forall i \in S.

This is the weak form; the strong one, in which some members may merely not lose, fails for almost
every mechanism.  Coalitions of one make it strategyproofness.  On a line, a rule that no agent can
manipulate whatever its single-peaked preference, no coalition can manipulate either (Moulin 1980).

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any

from .._numbers import show, show_all, whole
from ..mechanism import Playable, play
from ..population import Reports
from ..setting import Instance
from .strategyproof import Misreport, Strategyproof, told_lottery

PROPOSED = 5
"""On a continuum, how many misreports of each member of a coalition are combined."""


@dataclass(frozen=True)
class JointMisreport:
    """Where the truth is ``instance``, the agents of ``group`` report ``lies``, one each."""

    instance: Instance
    group: tuple[int, ...]
    lies: tuple[Any, ...]

    def validate(self) -> None:
        """Raise `ValueError` unless these are different agents and each reports a type."""
        if not self.group or len(self.lies) != len(self.group):
            raise ValueError(f"lies is {show_all(self.lies)}: one for each of {self.group}")
        if list(self.group) != sorted(set(self.group)):
            raise ValueError(f"group is {self.group}: it must be increasing")
        for agent, lie in zip(self.group, self.lies, strict=True):
            Misreport(self.instance, agent, lie).validate()

    @property
    def reports(self) -> Reports:
        """What the mechanism is told."""
        told = self.instance
        for agent, lie in zip(self.group, self.lies, strict=True):
            told = told.replace(agent, lie)
        return told.reports


@dataclass(frozen=True)
class GroupStrategyproof:
    """No joint misreport is a gain for all who take part.

    The violation is the least gain, if all gain; otherwise what somebody gains who does not.

    On a finite setting every joint misreport of every coalition is a case, small coalitions
    first: with m types and n agents ``m**n - 1`` at each profile.  On a continuum coalitions of
    two or more combine the first `PROPOSED` misreports that the setting proposes for each member.

    Parameters
    ----------
    size : int, optional
        The largest coalition; by default all agents may be in one.
    """

    size: int | None = None

    def __post_init__(self) -> None:
        if self.size is not None:
            whole(self.size, "size", least=1)

    def cases(self, instance: Instance, /) -> Iterator[JointMisreport]:
        """Each coalition, each joint misreport in which no member tells the truth."""
        n = instance.agents
        for size in range(1, min(self.size or n, n) + 1):
            for group in combinations(range(n), size):
                for lies in product(*(_lies(instance, agent, size) for agent in group)):
                    yield JointMisreport(instance, group, lies)

    def violation(self, mechanism: Playable, case: JointMisreport, /) -> Any:
        """The least that a member of the coalition gains, in expectation, if all gain."""
        instance, profile = case.instance, case.instance.profile
        honest, lied = play(mechanism, instance.reports), play(mechanism, case.reports)
        gains: list[Any] = []
        for agent in case.group:
            gain = Strategyproof().between(instance, agent, profile[agent], honest, lied)
            if gain <= 0:
                return gain
            gains.append(gain)
        uncertain = [gain for gain in gains if not gain > 0]  # balls around zero
        return uncertain[0] if uncertain else min(gains)

    def explain(self, mechanism: Playable, case: JointMisreport, /) -> str:
        """The joint misreport, what it changes, and what each member gains at least."""
        instance = case.instance
        names = " and ".join(map(instance.name, case.group))
        lies = show_all([instance.tell_type(lie) for lie in case.lies])
        truths = show_all([instance.tell_type(instance.profile[agent]) for agent in case.group])
        honest = told_lottery(instance, play(mechanism, instance.reports))
        lied = told_lottery(instance, play(mechanism, case.reports))
        gain = show(self.violation(mechanism, case))
        if len(case.group) == 1:
            told, gained = f"reports {lies[1:-1]} instead of {truths[1:-1]}", f"it {gain}"
        else:
            told, gained = f"report {lies} instead of {truths}", f"each of them at least {gain}"
        return (
            f"at {instance.tell_reports()}, {names} {told}, which moves the outcome from {honest} "
            f"to {lied} and gains {gained}"
        )


def _lies(instance: Instance, agent: int, size: int) -> Iterator[Any]:
    """Misreports of an agent in a coalition of this size."""
    few = size > 1 and instance.setting.types(agent) is None
    return islice(instance.misreports(agent), PROPOSED if few else None)
