"""What is known of a stream: how many reports are at most each of many places."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ...population import CountArray, FloatArray, Population
from .._kernels import exact_total
from .._one_pass import Curve
from ._keys import UNIT, float_of, floats_of, key_of

Flags = npt.NDArray[np.bool_]
Sums = npt.NDArray[Any]

CHUNK = 2**12
"""Cells that are summed together."""


@dataclass(frozen=True)
class Unclear:
    """Not known yet: it depends on how the reports lie in these cells, counted from 0."""

    cells: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Steps:
    """The distribution function of a stream at the ends of cells, which cover all reports.

    Cell j has the floats with keys above those of cell j - 1 (above ``start`` for the first) and
    at most ``last[j]``.

    Parameters
    ----------
    start : int
    last : (cells,) int64 array
        Keys, increasing.
    counts : (cells,) int64 array
        How many reports are in each cell.
    atoms : (cells,) bool array
        Whether all of them are at ``last[j]``.
    sums : (cells,) array of int, optional
        What they add up to, as multiples of 2^-1074; not used of atoms.
    """

    start: int
    last: CountArray
    counts: CountArray
    atoms: Flags
    sums: Sums | None = None

    @cached_property
    def upto(self) -> CountArray:
        """How many reports are at most the end of each cell."""
        return np.cumsum(self.counts)

    @cached_property
    def before(self) -> CountArray:
        """The key before the first of each cell."""
        return np.concatenate([[self.start], self.last[:-1]]).astype(np.int64)

    @cached_property
    def places(self) -> FloatArray:
        """The greatest float of each cell."""
        return floats_of(self.last)

    @cached_property
    def firsts(self) -> FloatArray:
        """The least float of each cell, where there may be a report."""
        return np.where(self.atoms, self.places, floats_of(self.before + 1))

    @cached_property
    def clear(self) -> Flags:
        """Whether all is known of each cell: it is empty, or has one place."""
        clear: Flags = self.atoms | (self.counts == 0) | (self.last == self.before + 1)
        return clear

    @property
    def agents(self) -> int:
        """How many reports there are."""
        return int(self.upto[-1])

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest report."""
        return float_of(self.start + 1), float_of(int(self.last[-1]))

    @cached_property
    def total(self) -> Fraction:
        """The sum of all reports, exactly."""
        return self.total_before(len(self.last))

    def refined(self, part: "Steps") -> "Steps":
        """The same with all that ``part`` knows of some of the cells.

        Raises
        ------
        ValueError
            If these cells have other numbers of reports there than here.
        """
        inside = np.searchsorted(part.last, self.last)
        inside[inside == len(part.last)] = 0
        replaced = part.last[inside] == self.last
        kept = ~replaced
        last = np.concatenate([self.last[kept], part.last])
        order = np.argsort(last, kind="stable")
        sums: Sums | None = None
        if self.sums is not None and part.sums is not None:
            sums = np.concatenate([self.sums[kept], part.sums])[order]
        found = Steps(
            self.start,
            last[order],
            np.concatenate([self.counts[kept], part.counts])[order],
            np.concatenate([self.atoms[kept], part.atoms])[order],
            sums,
        )
        if not np.array_equal(found.upto[np.searchsorted(found.last, self.last)], self.upto):
            raise changed()
        return found

    def crossing(self, curve: Curve) -> float | Unclear:
        """The smallest y with ``curve(N(y)) <= y``, where N(y) reports are at most y.

        O(log cells) points of the curve, which falls, are computed.
        """
        low, high = 0, len(self.last)
        while low < high:
            middle = (low + high) // 2
            if curve(int(self.upto[middle])) <= self.places[middle]:
                high = middle
            else:
                low = middle + 1
        below = int(self.upto[low - 1]) if low else 0
        if low == len(self.last):
            return curve(below)
        if not self.clear[low]:
            return Unclear((low,))
        return min(curve(below), float(self.places[low])) + 0.0

    def ranked(self, rank: int) -> tuple[float, int] | Unclear:
        """The ``rank``-th smallest report, from 1, and how many agents make it."""
        cell = int(np.searchsorted(self.upto, rank))
        if not self.clear[cell]:
            return Unclear((cell,))
        return float(self.places[cell]) + 0.0, int(self.counts[cell])

    def upto_place(self, place: float) -> int | Unclear:
        """How many reports are at most ``place``."""
        cells = self._cells_upto(place)
        if isinstance(cells, Unclear):
            return cells
        return int(self.upto[cells - 1]) if cells else 0

    def split(self, place: float) -> tuple[int, Fraction] | Unclear:
        """How many reports are at most ``place``, and their sum, exactly."""
        cells = self._cells_upto(place)
        if isinstance(cells, Unclear):
            return cells
        return int(self.upto[cells - 1]) if cells else 0, self.total_before(cells)

    def _cells_upto(self, place: float) -> int | Unclear:
        """How many cells have nothing but reports that are at most ``place``."""
        key = key_of(place)
        cell = int(np.searchsorted(self.last, key))
        if cell == len(self.last) or key == self.last[cell]:
            return min(cell + 1, len(self.last))
        if key <= self.before[cell] or self.clear[cell]:
            return cell
        return Unclear((cell,))

    def total_before(self, cell: int) -> Fraction:
        """The sum of the reports in the cells before this one."""
        whole = cell // CHUNK
        return self._chunks[whole] + self._sum(whole * CHUNK, cell)

    @cached_property
    def _chunks(self) -> list[Fraction]:
        totals = [Fraction(0)]
        for first in range(0, len(self.last) - CHUNK + 1, CHUNK):
            totals.append(totals[-1] + self._sum(first, first + CHUNK))
        return totals

    def _sum(self, first: int, past: int) -> Fraction:
        if self.sums is None:
            raise ValueError("steps has no sums: the stream was counted without them")
        part = slice(first, past)
        one = self.clear[part] & (self.counts[part] > 0)
        total: Fraction = sum(self.sums[part][~one].tolist(), 0) * UNIT
        if one.any():
            total += exact_total(Population(self.places[part][one], self.counts[part][one]))
        return total


def changed() -> ValueError:
    """What to raise where passes do not agree."""
    return ValueError("source has changed between two passes: it must give the same reports again")


def bracketed(curve: Callable[[int], Any]) -> Curve:
    """The curve in floats."""
    return lambda k: float(curve(k))


def rounded(number: Fraction) -> float:
    """The nearest float, infinite where there is none."""
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number)
