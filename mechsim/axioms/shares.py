r"""The maximin share (MMS): nobody gets less than it could be sure of by cutting first.

With :math:`n` agents, the share of agent :math:`i` is what its worst part is worth when it cuts
the goods into :math:`n` parts as well as possible, and an allocation should give it that much:

.. math:: v_i(A_i) \ge \max_{P_1, \dots, P_n} \min_j v_i(P_j) \qquad \forall i.

There are goods and agents for which no allocation does.

References
----------
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
Kurokawa, Procaccia, Wang. Fair enough: guaranteeing approximate maximin shares.
Journal of the ACM 65, 2018.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, cast

from .._numbers import Number, show
from ..algorithms.partition import Division
from ..setting import Instance, unpriced
from ._base import Undecided


class Cuts(Protocol):
    """A setting that says how well an agent does as the one who cuts."""

    def maximin_share(self, type_: Any, agents: int, /) -> Division:
        """What an agent of this type can be sure of among so many, and how it would cut."""
        ...


@dataclass(frozen=True)
class Cutter:
    """``agent`` asks for what it could be sure of by cutting first."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")

    @property
    def share(self) -> Division:
        """Its maximin share, and a partition that attains it."""
        setting = self.instance.setting
        if not hasattr(setting, "maximin_share"):
            raise Undecided(f"{setting} does not say what an agent can be sure of by cutting")
        type_, agents = self.instance.profile[self.agent], self.instance.agents
        return cast(Cuts, setting).maximin_share(type_, agents)


@dataclass(frozen=True)
class MaximinShare:
    """Everybody gets its maximin share.  The violation is the shortfall in value.

    The setting computes shares, by ``maximin_share(type, agents)``.  Each agent is a case.
    """

    def cases(self, instance: Instance, /) -> Iterator[Cutter]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Cutter(instance, agent)

    def outcome_violation(self, outcome: Any, case: Cutter, /) -> Number:
        """The maximin share, less what the agent gets."""
        instance, share = case.instance, case.share
        type_ = instance.profile[case.agent]
        worth: Number = instance.setting.value(case.agent, type_, unpriced(outcome))
        return share.worst - worth

    def explain_outcome(self, when: str, violation: Any, case: Cutter, /) -> str:
        """Who gets how much less than what, and how it would have cut."""
        instance, share = case.instance, case.share
        tell = getattr(instance.setting, "tell_bundle", str)
        parts = " | ".join(map(tell, share.bundles))
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} gets {show(violation)} "
            f"less than its maximin share {show(share.worst)}, which it is sure of by cutting "
            f"{parts}, {when}"
        )
