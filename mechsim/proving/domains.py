"""What a proof ranges over: settings whose types are all that numbers between bounds can make."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import show
from .._text import many
from ..preferences.additive import Goods
from ..preferences.positions import Positions
from ..preferences.single_peaked import Line
from ..preferences.sponsored import Sponsored
from .affine import lowest
from .differences import Differences
from .region import Region


@dataclass(frozen=True)
class Space:
    """An agent's types: numbers, each from ``low`` to ``high``, that ``make`` puts together."""

    numbers: int
    low: Fraction | None
    high: Fraction | None
    make: Callable[[Sequence[Any]], Any]

    def told(self, agents: int) -> str:
        """All profiles, in words."""
        if self.low is None and self.high is None:
            where = "any numbers"
        elif self.high is None or self.low is None:
            end = f"from {show(self.low)}" if self.low is not None else f"up to {show(self.high)}"
            where = f"any numbers {end}"
        else:
            where = f"any numbers from {show(self.low)} to {show(self.high)}"
        return f"{many(agents, 'agent')} with {where}"

    def region(self, numbers: int) -> Region:
        """All of so many such numbers."""
        region = Region(Differences.free(numbers))
        for place in range(numbers):
            unit = tuple(int(k == place) for k in range(numbers))
            if self.low is not None:
                region = region.with_((*(-c for c in unit), lowest(self.low)), False)
            if self.high is not None:
                region = region.with_((*unit, -lowest(self.high)), False)
        return region


def single(numbers: Sequence[Any]) -> Any:
    """The type that is one number."""
    return numbers[0]


def space_of(setting: Any, agents: int) -> Space | None:
    """The types of every agent, or None where they are not known to be numbers between bounds."""
    if type(setting) is Line and setting.points is None:
        ends = (setting.low, setting.high)
        if any(isinstance(end, float) and math.isfinite(end) for end in ends):
            return None
        low, high = (end if isinstance(end, Fraction) else None for end in ends)
        return Space(1, low, high, single)
    if type(setting) is Positions or type(setting) is Sponsored:
        free = setting.prior is None and not any(map(setting.types, range(agents)))
        return Space(1, Fraction(0), None, single) if free else None
    if type(setting) is Goods and setting.grid is None:
        return Space(len(setting.names), Fraction(0), None, tuple)
    return None
