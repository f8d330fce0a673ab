"""What the laws of reports on a line share: floats that lie on it, and what is asked of it."""

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import Number, show, whole
from ..population import FloatArray
from .single_peaked import Line

Size: TypeAlias = int | tuple[int, int]
"""How many agents, or how many profiles of how many agents."""


def inner_ends(line: Line) -> tuple[float, float]:
    """The smallest float that is at least ``low`` and the largest that is at most ``high``.

    A float lies on the line exactly if it lies between them, so arrays of floats are compared
    with these and never with a fraction.
    """
    low, high = float(line.low), float(line.high)
    if low < line.low:
        low = math.nextafter(low, math.inf)
    if high > line.high:
        high = math.nextafter(high, -math.inf)
    return low, high


def shape(size: Size) -> tuple[int, ...]:
    """``size`` as the shape of an array."""
    entries = size if isinstance(size, tuple) else (size,)
    if len(entries) not in (1, 2):
        raise ValueError(f"size is {size}: it must be agents or (batch, agents)")
    return tuple(whole(entry, "size", least=0) for entry in entries)


def stretch(line: Line, shares: FloatArray) -> FloatArray:
    """Shares of the way from the low end to the high end, overwritten by the places there."""
    low, high = inner_ends(line)
    if (low, high) != (0.0, 1.0):
        shares *= high - low
        shares += low
        np.minimum(shares, high, out=shares)
    return shares


def ramp(places: npt.ArrayLike, low: float, high: float) -> FloatArray:
    """The law of a uniform number between the two; a step if they are one."""
    given = np.asarray(places, np.float64)
    if low == high:
        return np.where(given >= low, 1.0, 0.0)
    return np.clip((given - low) / (high - low), 0.0, 1.0)


def require_interval(setting: Line) -> None:
    """Raise `ValueError` unless every place between two finite ends may be drawn."""
    setting.require_bounds("a law of reports")
    if setting.points is not None:
        raise ValueError(f"setting is {setting}: this law draws any place between two ends")


def require_within(setting: Line, low: Number, high: Number, name: str) -> None:
    """Raise `ValueError` unless what ``name`` is called lies on the line."""
    if low < setting.low or high > setting.high:
        ends = f"[{show(setting.low)}, {show(setting.high)}]"
        raise ValueError(f"{name} is on [{show(low)}, {show(high)}]: it must lie in {ends}")
