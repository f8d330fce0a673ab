r"""What a mechanism that pays by the state may take from an agent, or pay it, at most.

With :math:`r_i(\theta)` what agent :math:`i` gets in state :math:`\theta`, liability is limited if
:math:`r_i(\theta) \ge \ell` for all states, and payments are capped if
:math:`r_i(\theta) \le M`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import Number, is_ball, show
from .._text import brief
from ..algorithms.balls import ball
from ..setting import Instance, Undecided, require, unpriced
from .money import Participation


@dataclass(frozen=True)
class LimitedLiability:
    """In no state does an agent get less than ``floor``.  The violation is by how much.

    It is about outcomes that pay by the state of the setting: that have ``rewards``, or are scores.
    """

    floor: Number = Fraction(0)

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        yield from _each(instance)

    def outcome_violation(self, outcome: Any, case: Participation, /) -> Any:
        """By how much the least reward is below the floor."""
        return _largest([_less(self.floor, paid) for paid in paid_by_state(outcome, case)])

    def explain_outcome(self, when: str, violation: Any, case: Participation, /) -> str:
        """Who may get how much less."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} may get {show(violation)} "
            f"less than {show(self.floor)} {when}"
        )


@dataclass(frozen=True)
class CappedPayments:
    """In no state does an agent get more than ``cap``.  The violation is by how much.

    It is about outcomes that pay by the state of the setting: that have ``rewards``, or are scores.
    """

    cap: Number

    def cases(self, instance: Instance, /) -> Iterator[Participation]:
        """Each agent."""
        yield from _each(instance)

    def outcome_violation(self, outcome: Any, case: Participation, /) -> Any:
        """By how much the largest reward is above the cap."""
        return _largest([-_less(self.cap, paid) for paid in paid_by_state(outcome, case)])

    def explain_outcome(self, when: str, violation: Any, case: Participation, /) -> str:
        """Who may get how much more."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {instance.name(case.agent)} may get {show(violation)} "
            f"more than {show(self.cap)} {when}"
        )


def paid_by_state(outcome: Any, case: Participation) -> list[Any]:
    """What the agent gets in each state: its ``rewards``, or the scores that the outcome is."""
    setting = case.instance.setting
    require(setting, "states")
    alternative: Any = unpriced(outcome)
    if hasattr(alternative, "rewards"):
        return list(alternative.rewards[case.agent])
    if not hasattr(alternative, "__len__") or len(alternative) != len(setting.states):
        raise Undecided(f"{brief(outcome)} does not say what it pays in each state")
    return list(alternative)


def _each(instance: Instance) -> Iterator[Participation]:
    require(instance.setting, "states")
    for agent in range(instance.agents):
        yield Participation(instance, agent)


def _less(bound: Any, paid: Any) -> Any:
    return (ball(bound) if is_ball(paid) else bound) - paid


def _largest(numbers: list[Any]) -> Any:
    """The largest, as far as overlapping balls tell."""
    best = numbers[0]
    for number in numbers[1:]:
        best = max(best, number)
    return best
