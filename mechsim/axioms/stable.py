r"""Stability: nobody has a justified claim to an object that it likes better than its own.

Objects give priority: :math:`\rho_a(i)` is the class of agent :math:`i` at object :math:`a`, 0 for
the first.  An assignment is stable if nobody prefers none to what it got, and no agent and object
*block* it,

.. math:: a \succ_i x_i \ \text{ and }\ (a \text{ is free, or }
          \rho_a(i) < \rho_a(j) \text{ for its holder } j).

Agents of one class have no claim against each other: what is stable for strict priorities is stable
for coarser ones too.

References
----------
Gale, Shapley. College admissions and the stability of marriage. American Mathematical Monthly 69,
1962.
Abdulkadiroğlu, Sönmez. School choice: a mechanism design approach. American Economic Review 93,
2003.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from .._numbers import Number, show
from ..algorithms.priorities import Priorities, read_priorities
from ..setting import Instance, require, unpriced
from .envy import ValuesShares


@dataclass(frozen=True)
class Claimed:
    """What ``agent`` thinks of ``share``: an object, or None for nothing."""

    instance: Instance
    agent: int
    share: int | None

    def validate(self) -> None:
        """Raise `ValueError` unless there is such an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")


@dataclass(frozen=True)
class Stable:
    """No agent has a justified claim.  The violation is by how much it would be better off.

    The outcome is an assignment, and the setting says what an object is worth, by
    ``share_value(agent, type, object)``; None is to have none.  Each agent with each object, and
    with none, is a case.

    Parameters
    ----------
    priorities : (objects, agents) sequences of int
        The class of each agent at each object, smaller comes first.

    Examples
    --------
    >>> from mechsim import Houses, Instance, judge
    >>> here = Instance(Houses(("attic", "barn")), ((0, 1), (0, 1)))
    >>> judge((0, 1), Stable([[1, 0], [0, 0]]), here).word
    'refuted'
    >>> judge((0, 1), Stable([[0, 0], [0, 0]]), here).word
    'proved'
    """

    priorities: Priorities

    def __post_init__(self) -> None:
        object.__setattr__(self, "priorities", read_priorities(self.priorities))

    def cases(self, instance: Instance, /) -> Iterator[Claimed]:
        """Each agent with each object and with none."""
        if len(self.priorities[0]) != instance.agents:
            raise ValueError(
                f"priorities are for {len(self.priorities[0])} agents: there are {instance.agents}"
            )
        for agent in range(instance.agents):
            for item in (*range(len(self.priorities)), None):
                yield Claimed(instance, agent, item)

    def outcome_violation(self, outcome: Any, case: Claimed, /) -> Number:
        """How much better the share is than the agent's own, if its claim is justified."""
        setting, agent = case.instance.setting, case.agent
        require(setting, "share_value")
        worth, type_ = cast(ValuesShares, setting).share_value, case.instance.profile[agent]
        held = unpriced(outcome)
        gain = worth(agent, type_, case.share) - worth(agent, type_, held[agent])
        if case.share is None or case.share not in held:
            return gain
        classes = self.priorities[case.share]
        return gain if classes[agent] < classes[held.index(case.share)] else min(gain, gain - gain)

    def explain_outcome(self, when: str, violation: Any, case: Claimed, /) -> str:
        """Who claims what, and why."""
        instance = case.instance
        tell = getattr(instance.setting, "tell_share", show)
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} likes {tell(case.share)} "
            f"better by {show(violation)} than what it has, and no holder comes before it, {when}"
        )
