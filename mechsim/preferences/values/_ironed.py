"""The ironing of smooth laws, on a grid of quantiles."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...algorithms.ironing import ironed_quantiles
from ...population import FloatArray
from .law import Law, plain

CELLS = 2**12
"""Quantiles between which a smooth law is ironed."""


@dataclass(frozen=True)
class Ironed:
    """Intervals of values on which the ironed virtual value of a smooth law is one number."""

    low: FloatArray
    high: FloatArray
    levels: FloatArray

    @staticmethod
    def of(law: Law) -> "Ironed":
        """Between quantiles, the tails halved again and again."""
        tail = 0.5 ** np.arange(1, 50)
        inner = np.linspace(0, 1, CELLS + 1)[1:-1]
        shares = np.unique(np.concatenate([[0.0], tail, inner, 1 - tail]))[:-1]
        values: FloatArray = law.quantile(1 - shares[1:])
        curve = np.append(0.0, shares[1:] * values)
        levels = ironed_quantiles(shares, curve)
        same = np.flatnonzero(np.append(levels[1:] == levels[:-1], False))
        first = same[np.append(True, np.diff(same) > 1)] if len(same) else same
        last = same[np.append(np.diff(same) > 1, True)] + 1 if len(same) else same
        top = np.append(np.inf, values)  # cell k is between values k and k + 1, which fall
        return Ironed(values[last][::-1], top[first][::-1], levels[first][::-1])

    def level(self, value: FloatArray, virtual: Any) -> Any:
        """The level of the interval a value lies in, else the virtual value."""
        found = np.asarray(virtual(value), np.float64)
        for low, high, level in zip(self.low, self.high, self.levels, strict=True):
            inside = (value >= low) & (value < high)
            found = np.where(inside, level, found)
            found = np.where(value < low, np.minimum(found, level), found)
            found = np.where(value >= high, np.maximum(found, level), found)
        return plain(found)

    def least(self, level: FloatArray, virtual: Any, *, strictly: bool) -> Any:
        """Where the level is reached, or passed."""
        low, high = np.zeros_like(level), np.ones_like(level)
        while not (enough := self._reaches(high, level, virtual, strictly)).all():
            high = np.where(enough, high, 2 * high)
        for _ in range(80):
            middle = (low + high) / 2
            enough = self._reaches(middle, level, virtual, strictly)
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return plain(high)

    def _reaches(self, value: Any, level: FloatArray, virtual: Any, strictly: bool) -> Any:
        found = np.asarray(self.level(value, virtual))
        return found > level if strictly else found >= level
