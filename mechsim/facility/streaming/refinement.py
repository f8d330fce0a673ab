"""A further pass: the reports of some cells, collected, or counted in the parts of these cells.

A cell whose reports find room is collected and known entirely afterwards.  Others are cut into
parts of equally many floats, at most 2^14 of them, a power of two so that a report's part is found
by a shift; of each part the least and the greatest report are kept too, so that a place where very
many agents are is noticed at once.  A cell of 2^64 floats is down to single ones in five passes.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...algorithms.compiled import compiled
from ...population import CountArray, FloatArray
from ._keys import MANTISSA, keys_of
from .grids import SPLIT, Grid, linear_units
from .histogram import readable
from .steps import Flags, Steps, Sums, changed

KEPT = 2**22
"""So many reports are collected at most, 32 MB."""

PARTS = 2**14
"""A cell is cut into so many parts at most."""

ALL_PARTS = 2**20
"""All cells together are; they take 40 bytes each."""

COLLECTED = -1
"""The shift of a cell that is collected."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Which cells a pass looks into, and how; small enough to be sent to every worker.

    Parameters
    ----------
    grid : Grid
        That of the first pass.
    first, last : (k,) int64 arrays
        The least and the greatest key of each cell, increasing.
    shifts : (k,) int64 array
        Parts of cell j have ``2**shifts[j]`` floats; `COLLECTED` where reports are collected.
    """

    grid: Grid
    first: CountArray
    last: CountArray
    shifts: CountArray

    @cached_property
    def bases(self) -> CountArray:
        """What to subtract from a shifted key for the number of its part."""
        shifts = np.maximum(self.shifts, 0)
        sizes = np.where(
            self.shifts == COLLECTED, 0, (self.last >> shifts) - (self.first >> shifts) + 1
        )
        starts = np.cumsum(sizes) - sizes
        bases: CountArray = (self.first >> shifts) - starts
        return bases

    @cached_property
    def parts(self) -> int:
        """How many parts there are in all."""
        divided = np.flatnonzero(self.shifts != COLLECTED)
        if not len(divided):
            return 0
        j = int(divided[-1])
        return int((self.last[j] >> self.shifts[j]) - self.bases[j]) + 1

    @cached_property
    def wanted(self) -> CountArray:
        """1 for each cell of the grid that meets one of the cells, otherwise 0."""
        edges = self.grid.last_keys
        low, high = np.searchsorted(edges, self.first), np.searchsorted(edges, self.last)
        change = np.zeros(len(edges) + 1, np.int64)
        np.add.at(change, low, 1)
        np.add.at(change, high + 1, -1)
        return (np.cumsum(change[:-1]) > 0).astype(np.int64)


def plan(grid: Grid, steps: Steps, cells: CountArray) -> Plan:
    """Collect what finds room, the smallest cells first, and cut up the others."""
    cells = np.unique(cells)
    order = np.argsort(steps.counts[cells], kind="stable")
    found = np.cumsum(steps.counts[cells][order]) <= KEPT
    collected = np.zeros(len(cells), np.bool_)
    collected[order[found]] = True
    divided = np.flatnonzero(~collected)[: ALL_PARTS // 4]  # others have to wait
    chosen = np.union1d(np.flatnonzero(collected), divided)
    cells, collected = cells[chosen], collected[chosen]
    parts = min(PARTS, ALL_PARTS // max(1, len(divided)))
    floats = (steps.last - steps.before)[cells]
    shifts = np.zeros(len(cells), np.int64)
    for j in np.flatnonzero(~collected).tolist():
        shift = max(0, int(floats[j] - 1).bit_length() - (parts // 2).bit_length() + 1)
        shifts[j] = min(shift, MANTISSA)
    first, last = steps.before[cells] + 1, steps.last[cells]
    return Plan(grid, first, last, np.where(collected, COLLECTED, shifts))


def _nothing() -> CountArray:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Fragment:
    """Some cells, in no order: their fields as in `Steps`."""

    last: CountArray
    counts: CountArray
    atoms: Flags
    sums: Sums


@dataclass(frozen=True, eq=False)
class Refinement:
    """An accumulator: the reports in the cells of a plan.

    Attributes
    ----------
    tables : (5, parts) int64 array
        Counts, the least and the greatest key, and two halves of the sum of offsets.
    kept : list of arrays
        Reports of collected cells.
    """

    plan: Plan
    tables: CountArray = field(default_factory=_nothing)
    kept: list[FloatArray] = field(default_factory=list[FloatArray])

    def __post_init__(self) -> None:
        if self.tables.ndim == 1:
            tables = np.zeros((5, self.plan.parts), np.int64)
            tables[1], tables[2] = np.iinfo(np.int64).max, np.iinfo(np.int64).min
            object.__setattr__(self, "tables", tables)

    def fresh(self) -> "Refinement":
        """An empty one of the kind."""
        return Refinement(self.plan)

    def update(self, block: FloatArray, /) -> None:
        """Add some reports, of which all have been counted before.  O(agents)."""
        given = readable(block)
        near = np.empty(len(given) + 1)
        near = near[: self.plan.grid.select(given, self.plan.wanted, near)]
        if not len(near):
            return
        kept = np.empty(len(near))
        plan = self.plan
        edges = plan.first, plan.last, plan.shifts, plan.bases
        filled = _into_parts(keys_of(near), near, *edges, self.tables, kept)
        if filled:
            self.kept.append(kept[:filled].copy())
            if sum(map(len, self.kept[:-1])) > KEPT:
                raise changed()

    def merge(self, other: "Refinement", /) -> "Refinement":
        """Both together."""
        a, b = self.tables, other.tables
        tables = a + b
        tables[1], tables[2] = np.minimum(a[1], b[1]), np.maximum(a[2], b[2])
        return Refinement(self.plan, tables, [*self.kept, *other.kept])

    def result(self) -> Steps:
        """What is known now of the cells of the plan, and of nothing else."""
        pieces = self._collected(), self._divided()
        last = np.concatenate([piece.last for piece in pieces])
        order = np.argsort(last, kind="stable")
        return Steps(
            int(self.plan.first[0]) - 1,
            last[order],
            np.concatenate([piece.counts for piece in pieces])[order],
            np.concatenate([piece.atoms for piece in pieces])[order],
            np.concatenate([piece.sums for piece in pieces])[order],
        )

    def _collected(self) -> Fragment:
        """The places of collected reports, and what is left above them in each cell, empty."""
        plan = self.plan
        kept = np.concatenate(self.kept) if self.kept else np.empty(0)
        places, counts = np.unique(keys_of(kept), return_counts=True)
        ends = plan.last[plan.shifts == COLLECTED]
        rest = ends[~np.isin(ends, places)]
        last = np.concatenate([places, rest])
        counts = np.concatenate([counts, np.zeros(len(rest), np.int64)])
        return Fragment(last, counts, counts > 0, _zeros(len(last)))

    def _divided(self) -> Fragment:
        """The parts that have reports, cut back to these, and what is empty around them."""
        plan = self.plan
        counts, least, greatest, high, low = self.tables
        part = np.flatnonzero(counts)
        divided = np.flatnonzero(plan.shifts != COLLECTED)
        starts = (plan.first >> np.maximum(plan.shifts, 0)) - plan.bases
        cell = divided[np.searchsorted(starts[divided], part, side="right") - 1]
        sums = _zeros(len(part))
        for k, (p, c) in enumerate(zip(part.tolist(), cell.tolist(), strict=True)):
            if least[p] < greatest[p]:
                base = (p + int(plan.bases[c])) << int(plan.shifts[c])
                offsets = (int(high[p]) << SPLIT) + int(low[p])
                sums[k] = linear_units(base, int(counts[p]), offsets)
        taken, gaps = greatest[part], least[part] - 1
        gaps = gaps[gaps >= plan.first[cell]]
        empty = np.setdiff1d(np.concatenate([gaps, plan.last[divided]]), taken)
        none = np.zeros(len(empty), np.int64)
        return Fragment(
            np.concatenate([taken, empty]),
            np.concatenate([counts[part], none]),
            np.concatenate([least[part] == taken, none > 0]),
            np.concatenate([sums, _zeros(len(empty))]),
        )


def _zeros(size: int) -> Sums:
    return np.zeros(size, object)


@compiled
def _into_parts(
    keys: CountArray,
    reports: FloatArray,
    first: CountArray,
    last: CountArray,
    shifts: CountArray,
    bases: CountArray,
    tables: CountArray,
    kept: FloatArray,
) -> int:
    """Put each report into the part of its cell, or keep it; how many are kept.

    Parameters
    ----------
    keys, reports : (agents,) arrays
    first, last, shifts, bases : (cells,) int64 arrays
        The plan.
    tables : (5, parts) int64 array
    kept : (agents,) float64 array
        Becomes the reports of collected cells, in front.
    """
    filled = 0
    for place in range(len(keys)):
        key = keys[place]
        low, high = 0, len(last)
        while low < high:
            middle = (low + high) >> 1
            if last[middle] >= key:
                high = middle
            else:
                low = middle + 1
        if low == len(last) or key < first[low]:
            continue
        shift = shifts[low]
        if shift < 0:
            kept[filled] = reports[place]
            filled += 1
            continue
        part = (key >> shift) - bases[low]
        offset = key & ((1 << shift) - 1)
        tables[0, part] += 1
        tables[1, part] = min(tables[1, part], key)
        tables[2, part] = max(tables[2, part], key)
        tables[3, part] += offset >> 26
        tables[4, part] += offset & 0x3FFFFFF
    return filled
