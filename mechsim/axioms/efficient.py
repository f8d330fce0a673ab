r"""Efficiency: no alternative is worth more to all together.

.. math:: \sum_i v_i(\theta_i, y) \ge \gamma \sum_i v_i(\theta_i, z) \qquad \forall z,

with :math:`\gamma = 1`, or the share of welfare that is asked for.  Payments only move from one to
another; what alternatives cost is subtracted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import show
from ..setting import Instance, Priced, require


@dataclass(frozen=True)
class TotalValue:
    """What an outcome is worth to all agents of ``instance`` together."""

    instance: Instance

    def of(self, outcome: Any) -> Any:
        """The sum of values, less the cost."""
        setting: Any = self.instance.setting
        alternative = outcome.alternative if isinstance(outcome, Priced) else outcome
        profile = self.instance.profile
        worth = (setting.value(i, type_, alternative) for i, type_ in enumerate(profile))
        cost = getattr(setting, "cost", None)
        return sum(worth, Fraction(0)) - (0 if cost is None else cost(alternative))


@dataclass(frozen=True)
class Efficient:
    """Welfare is at least a ``share`` of what it can be.  The violation is what is missing.

    The setting lists what there is to choose, by ``alternatives(agents)``: O(alternatives agents).
    A share makes sense where nothing is worth less than 0.
    """

    share: Fraction = Fraction(1)

    def cases(self, instance: Instance, /) -> Iterator[TotalValue]:
        """One."""
        yield TotalValue(instance)

    def outcome_violation(self, outcome: Any, case: TotalValue, /) -> Any:
        """The most that an alternative is worth, less what this one is."""
        best, _ = _best(case)
        return self.share * best - case.of(outcome)

    def explain_outcome(self, when: str, violation: Any, case: TotalValue, /) -> str:
        """What would be better."""
        best, alternative = _best(case)
        setting: Any = case.instance.setting
        tell = getattr(setting, "tell", str)
        return (
            f"at {case.instance.tell_reports()}, {tell(alternative)} would be worth {show(best)}, "
            f"and {show(violation)} is missing of {_share(self.share)} {when}"
        )


def _share(share: Fraction) -> str:
    return "that" if share == 1 else f"{show(share)} of that"


def _best(case: TotalValue) -> tuple[Any, Any]:
    setting: Any = case.instance.setting
    require(setting, "alternatives")
    listed = setting.alternatives(case.instance.agents)
    return max(((case.of(one), one) for one in listed), key=lambda pair: pair[0])
