r"""Grids: how a stream is counted when nothing is known of it yet.

A `Lattice` cuts an interval into cells :math:`[k 2^q, (k+1) 2^q)`, some :math:`2^{14}` of them.
Powers of two scale floats without rounding, so that which cell a report is in, and where in it, are
known exactly.  A `Logarithmic` grid cuts the floats themselves into cells of equal numbers, for
lines without ends; it is also how cells are cut further.

The sum of the reports of a cell is kept in two int64: reports are :math:`(k + f) 2^q` with
:math:`2^{54} f = 2^{27} h + l`, and the sums of :math:`h` and of :math:`l`, each below
:math:`2^{27}`, overflow for no stream of fewer than :math:`2^{36}` reports.  Only next to zero are
floats finer than that; there mantissas are summed by their exponents.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from ...algorithms.compiled import compiled
from ...population import CountArray, FloatArray
from ._keys import MANTISSA, keys_of, units_of

CELLS = 2**14
"""A lattice has about so many cells."""

SHIFT = 48
"""A logarithmic grid has 2^SHIFT floats in a cell: 16 cells an octave."""

MOST_REPORTS = 2**36
"""No stream is longer: its sums might overflow."""

_EXPONENTS = 2**11
_LOW = 27  # bits of l
_UNDERFLOW = 1074


@dataclass(frozen=True)
class Lattice:
    """The cells from ``first * 2**q`` on, ``2**q`` wide, ``cells`` of them."""

    q: int
    first: int
    cells: int

    @property
    def last_keys(self) -> CountArray:
        """The largest key in each cell."""
        ends = np.arange(self.first + 1, self.first + self.cells + 1).astype(np.float64)
        return keys_of(np.ldexp(ends, self.q)) - 1

    @property
    def start(self) -> int:
        """The key before the first one."""
        end = np.ldexp(np.array([self.first], np.float64), self.q)
        return int(keys_of(end)[0]) - 1

    def tally(self, block: FloatArray, counts: CountArray) -> None:
        """Count a block."""
        _count_lattice(block, math.ldexp(1.0, -self.q), float(self.first), counts)

    def tally_sums(
        self, block: FloatArray, counts: CountArray, limbs: CountArray, fine: CountArray
    ) -> None:
        """Count a block and sum it."""
        scale = math.ldexp(1.0, -self.q)
        _sum_lattice(block, block.view(np.int64), scale, self.first, counts, limbs, fine)

    def select(self, block: FloatArray, wanted: CountArray, out: FloatArray) -> int:
        """Write the reports that are in cells with a ``wanted`` of 1; how many these are."""
        scale = math.ldexp(1.0, -self.q)
        return _select_lattice(block, scale, float(self.first), wanted, out)

    def units(self, counts: CountArray, limbs: CountArray, fine: CountArray) -> list[int]:
        """The sum of each cell, as a multiple of the least positive float."""
        up = self.q + _UNDERFLOW
        sums = [
            ((count * (self.first + k)) << up) + (((high << _LOW) + low) << (up - 2 * _LOW))
            for k, (count, high, low) in enumerate(
                zip(counts.tolist(), *limbs.tolist(), strict=True)
            )
        ]
        for sign, k in enumerate((-1, 0)):  # the cells below and above zero
            if 0 <= k - self.first < self.cells:
                parts = enumerate(fine[sign].tolist())
                total = sum(((h << _LOW) + low) << max(e - 1, 0) for e, (h, low) in parts)
                sums[k - self.first] = total if k == 0 else -total
        return sums


@dataclass(frozen=True)
class Logarithmic:
    """Cells of ``2**SHIFT`` neighbouring floats; ``first`` counts them from zero."""

    first: int
    cells: int

    @property
    def last_keys(self) -> CountArray:
        """The largest key in each cell."""
        past = np.arange(self.first + 1, self.first + self.cells + 1, dtype=np.int64)
        return (past << SHIFT) - 1

    @property
    def start(self) -> int:
        """The key before the first one."""
        return (self.first << SHIFT) - 1

    def tally(self, block: FloatArray, counts: CountArray) -> None:
        """Count a block."""
        _count_floats(block.view(np.int64), self.first, counts)

    def tally_sums(
        self, block: FloatArray, counts: CountArray, limbs: CountArray, fine: CountArray
    ) -> None:
        """Count a block and sum it."""
        _sum_floats(block.view(np.int64), self.first, counts, limbs)

    def select(self, block: FloatArray, wanted: CountArray, out: FloatArray) -> int:
        """Write the reports that are in cells with a ``wanted`` of 1; how many these are."""
        return _select_floats(block, block.view(np.int64), self.first, wanted, out)

    def units(self, counts: CountArray, limbs: CountArray, fine: CountArray) -> list[int]:
        """The sum of each cell, as a multiple of the least positive float."""
        return [
            linear_units((self.first + k) << SHIFT, count, (high << SPLIT) + low)
            for k, (count, high, low) in enumerate(
                zip(counts.tolist(), *limbs.tolist(), strict=True)
            )
        ]


Grid: TypeAlias = Lattice | Logarithmic

SPLIT = 26
"""An offset within a cell of at most 2^52 floats is summed in halves of so many bits."""


def linear_units(base: int, count: int, offsets: int) -> int:
    """The sum of ``count`` floats with keys ``base`` and more, these offsets in total.

    Of the floats no two differ in their exponents, but that the last may be the end of an octave.
    """
    start = units_of(base)
    return count * start + (units_of(base + 1) - start) * offsets


def grid(low: float, high: float, cells: int = CELLS) -> Grid:
    """A lattice over an interval of floats, or what suits any floats where there is none."""
    length = Fraction(high) - Fraction(low)
    if 0 < length < Fraction(2) ** 900:
        q = math.frexp(length)[1] - cells.bit_length()
        while length > cells * Fraction(2) ** q:
            q += 1
        reach = math.frexp(max(abs(low), abs(high)))[1]
        q = max(q, reach - MANTISSA)  # so that every multiple of 2^q in reach is a float
        vanishing = q > 0 and low < 0  # what is below zero by little is zero, when scaled
        if -900 <= q <= 900 and not vanishing:
            first = math.floor(Fraction(low) / Fraction(2) ** q)
            return Lattice(q, first, math.floor(Fraction(high) / Fraction(2) ** q) - first + 1)
    ends = keys_of(np.array([low, high])) >> SHIFT
    return Logarithmic(int(ends[0]), int(ends[1] - ends[0]) + 1)


@compiled
def _count_lattice(block: FloatArray, scale: float, first: float, counts: CountArray) -> None:
    cells = np.empty(512, np.int32)
    for start in range(0, len(block), 512):
        group = block[start : start + 512]
        for k in range(len(group)):  # loops that do one thing are vectorised
            cells[k] = np.int32(np.floor(group[k] * scale) - first)
        for k in range(len(group)):
            counts[np.uint32(cells[k])] += 1


@compiled
def _sum_lattice(
    block: FloatArray,
    bits: CountArray,
    scale: float,
    first: int,
    counts: CountArray,
    limbs: CountArray,
    fine: CountArray,
) -> None:
    high, low = limbs[0], limbs[1]
    for place in range(len(block)):
        scaled = block[place] * scale
        whole = np.floor(scaled)
        cell = int(whole)
        if cell == 0 or cell == -1:
            magnitude = bits[place] & 0x7FFFFFFFFFFFFFFF
            exponent = magnitude >> 52
            mantissa = magnitude & 0xFFFFFFFFFFFFF
            if exponent > 0:
                mantissa |= 0x10000000000000
            row = cell + 1
            fine[row, exponent, 0] += mantissa >> 27
            fine[row, exponent, 1] += mantissa & 0x7FFFFFF
        else:
            part = (scaled - whole) * 134217728.0
            upper = np.floor(part)
            high[cell - first] += int(upper)
            low[cell - first] += int((part - upper) * 134217728.0)
        counts[cell - first] += 1


@compiled
def _select_lattice(
    block: FloatArray, scale: float, first: float, wanted: CountArray, out: FloatArray
) -> int:
    filled = 0
    cells = np.empty(64, np.int32)
    for start in range(0, len(block), 64):
        group = block[start : start + 64]
        found = 0
        for k in range(len(group)):
            cells[k] = np.int32(np.floor(group[k] * scale) - first)
        for k in range(len(group)):
            found += wanted[np.uint32(cells[k])]
        if found:
            for k in range(len(group)):
                out[filled] = group[k]
                filled += wanted[np.uint32(cells[k])]
    return int(filled)


@compiled
def _count_floats(bits: CountArray, first: int, counts: CountArray) -> None:
    for place in range(len(bits)):
        key = bits[place]
        if key < 0:
            key = -(key & 0x7FFFFFFFFFFFFFFF)
        counts[(key >> 48) - first] += 1


@compiled
def _sum_floats(bits: CountArray, first: int, counts: CountArray, limbs: CountArray) -> None:
    for place in range(len(bits)):
        key = bits[place]
        if key < 0:
            key = -(key & 0x7FFFFFFFFFFFFFFF)
        cell = (key >> 48) - first
        offset = key & 0xFFFFFFFFFFFF
        counts[cell] += 1
        limbs[0, cell] += offset >> 26
        limbs[1, cell] += offset & 0x3FFFFFF


@compiled
def _select_floats(
    block: FloatArray, bits: CountArray, first: int, wanted: CountArray, out: FloatArray
) -> int:
    filled = 0
    for place in range(len(block)):
        key = bits[place]
        if key < 0:
            key = -(key & 0x7FFFFFFFFFFFFFFF)
        out[filled] = block[place]
        filled += wanted[(key >> 48) - first]
    return int(filled)
