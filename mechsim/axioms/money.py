r"""Individual rationality: nobody would rather have stayed out.

Staying out is worth 0, so at the outcome :math:`(y, t)`

.. math:: v_i(\theta_i, y) - t_i \ge 0 \qquad \forall i.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .._numbers import show
from ..setting import Instance, utility


@dataclass(frozen=True)
class Participation:
    """``agent`` takes part, and reports what is true."""

    instance: Instance
    agent: int


@dataclass(frozen=True)
class IndividuallyRational:
    """Nobody ends up with less than nothing.  The violation is what the agent loses.

    One case an agent.
    """

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        for agent in range(instance.agents):
            yield Participation(instance, agent)

    def outcome_violation(self, outcome: Any, case: Participation, /) -> Any:
        """What the agent pays, less what it gets."""
        instance, agent = case.instance, case.agent
        return -utility(instance.setting, agent, instance.profile[agent], outcome)

    def explain_outcome(self, when: str, violation: Any, case: Participation, /) -> str:
        """Who loses how much."""
        instance = case.instance
        who, lost = instance.name(case.agent), show(violation)
        return f"at {instance.tell_reports()}, {who} loses {lost} by taking part {when}"
