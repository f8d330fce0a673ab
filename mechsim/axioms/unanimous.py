r"""Unanimity: what all agents like best is the outcome.

.. math:: \mathrm{top}_1(\theta_1) = \dots = \mathrm{top}_n(\theta_n) = a \implies f(\theta) = a.

An outcome that all agents like as well as :math:`a` counts as :math:`a`: an agent in the middle
between two ends, who wants a nuisance far away, likes both ends best.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, cast

from .._numbers import distance, is_ball, show
from ..setting import Instance, Undecided, require, unpriced
from ._chosen import Chosen


class Tops(Protocol):
    """A setting that knows what an agent likes best."""

    def top(self, agent: int, type_: Any, /) -> Any:
        """The alternative that ``agent`` likes best when its type is ``type_``."""
        ...


@dataclass(frozen=True)
class Agreement:
    """All agents of ``instance`` like the same best."""

    instance: Instance

    def validate(self) -> None:
        """Raise `ValueError` unless they do."""
        found = agreed(self.instance)
        if len(found) > 1:
            told = " and ".join(self.instance.tell(top) for top in found)
            raise ValueError(f"instance is {self.instance}: agents like different best, {told}")

    @property
    def best(self) -> Any:
        """What they like best."""
        return agreed(self.instance)[0]


def agreed(instance: Instance) -> tuple[Any, ...]:
    """What all agents like best, alone; or two things that different agents like best."""
    require(instance.setting, "top")
    setting = cast(Tops, instance.setting)
    profile = instance.profile
    first = setting.top(0, profile[0])
    for agent, type_ in enumerate(profile):
        top = setting.top(agent, type_)
        if top != first:
            return first, top
    return (first,)


@dataclass(frozen=True)
class Unanimous:
    """What all like best is the outcome.  The violation is the largest loss of an agent.

    The setting knows what agents like best, by ``top(agent, type)``.  Where it knows their tastes
    by their order only, the violation is the distance of the outcome from that place, or 1 if
    outcomes are no numbers.
    """

    def cases(self, instance: Instance, /) -> Iterator[Agreement]:
        """The instance, where all agree."""
        silent = not hasattr(instance.setting, "top")  # to be said when the case is judged
        if silent or len(agreed(instance)) == 1:
            yield Agreement(instance)

    def outcome_violation(self, outcome: Any, case: Agreement, /) -> Any:
        """What the agent loses who loses most."""
        setting, best = case.instance.setting, case.best
        outcome = unpriced(outcome)
        try:
            return max(
                setting.value(agent, type_, best) - setting.value(agent, type_, outcome)
                for agent, type_ in enumerate(case.instance.profile)
            )
        except Undecided:
            return apart(best, outcome)

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents, if tops do not differ.

        Where several things are best, what the setting calls the top need not be renamed to the
        top.
        """
        require(chosen.setting, "top")
        top = chosen.setting.top
        tops = {
            tuple(top(agent, type_) for type_ in listed)
            for agent, listed in enumerate(chosen.types)
        }
        return not chosen.renamed and len(tops) == 1

    def explain_outcome(self, when: str, violation: Any, case: Agreement, /) -> str:
        """What all like best, and what is lost."""
        instance = case.instance
        best = instance.tell(case.best)
        what = f"everybody likes {best} best and somebody loses {show(violation)}"
        return f"at {instance.tell_reports()}, {what} {when}"


def apart(first: Any, second: Any) -> Any:
    """The distance between two numbers; of other outcomes 1 if they differ, and 0 if not."""
    if is_number(first) and is_number(second):
        return distance(first, second)
    return Fraction(first != second)


def is_number(outcome: object) -> bool:
    """Whether this is a number, or a ball around one."""
    return isinstance(outcome, (int, float, Fraction)) or is_ball(outcome)
