r"""All work is done within a part of the least possible time: a guarantee on the makespan.

.. math:: \max_i \sum_{j \in x_i} t_{ij} \le \alpha
          \min_y \max_i \sum_{j \in y_i} t_{ij}.

References
----------
Nisan, Ronen. Algorithmic mechanism design. Games and Economic Behavior 35, 2001.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .._numbers import Number, real, show
from ..setting import Instance, Priced, require
from .pareto import Everybody


@dataclass(frozen=True)
class MakespanWithin:
    """The makespan is at most ``factor`` times the least one.  The violation is the time beyond.

    What an agent's work is worth to it, by ``value(agent, type, alternative)``, is minus the time
    that it takes; payments take no time.  The least makespan is found among the setting's
    ``alternatives(agents)``.

    Parameters
    ----------
    factor : Number
        At least 1.

    Examples
    --------
    >>> from mechsim import Chores, Instance, judge
    >>> here = Instance(Chores(("build", "test")), ((-1, -1), (-1, -1)))
    >>> judge((frozenset({0, 1}), frozenset()), MakespanWithin(1.5), here).word
    'refuted'
    """

    factor: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "factor", real(self.factor, "factor"))
        if self.factor < 1:
            raise ValueError(f"factor is {show(self.factor)}: it must be at least 1")

    def cases(self, instance: Instance, /) -> Iterator[Everybody]:
        """One."""
        yield Everybody(instance)

    def outcome_violation(self, outcome: Any, case: Everybody, /) -> Number:
        """How much later than allowed the last machine is done."""
        instance = case.instance
        require(instance.setting, "alternatives")
        every = instance.setting.alternatives(instance.agents)
        least = min(_makespan(instance, one) for one in every)
        over: Number = _makespan(instance, outcome) - self.factor * least
        return over

    def explain_outcome(self, when: str, violation: Any, case: Everybody, /) -> str:
        """How late it is."""
        return (
            f"at {case.instance.tell_reports()}, all is done {show(violation)} later than "
            f"{show(self.factor)} times the least time, {when}"
        )


def _makespan(instance: Instance, outcome: Any) -> Any:
    alternative = outcome.alternative if isinstance(outcome, Priced) else outcome
    value = instance.setting.value
    return max(-value(i, type_, alternative) for i, type_ in enumerate(instance.profile))
