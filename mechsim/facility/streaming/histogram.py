"""The first pass: how many reports are in each cell of a grid, and what they add up to."""

from dataclasses import dataclass, field

import numpy as np

from ...population import CountArray, FloatArray
from ._keys import key_of
from .grids import _EXPONENTS, MOST_REPORTS, Grid
from .steps import Steps


class OutsideError(Exception):
    """Some report is no number of the line."""


def _no_counts() -> CountArray:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Histogram:
    """An accumulator: counts of a stream, whose blocks come in any order and in any hands.

    Parameters
    ----------
    grid : Grid
        Cells of the line.
    least, most : float
        What a report may be; both are covered by the grid.
    summed : bool
        Whether the reports of each cell are summed too, exactly.

    Attributes
    ----------
    counts : (cells,) int64 array
        131 kB for the usual grid, and all there is to send where nothing is summed.
    ends : (2,) float64 array
        The least and the greatest report so far.

    Examples
    --------
    >>> from .grids import grid
    >>> here, there = Histogram(grid(0, 1), 0, 1), Histogram(grid(0, 1), 0, 1)
    >>> here.update(np.array([0.5, 0.25]))
    >>> there.update(np.array([1.0]))
    >>> here.merge(there).result().agents
    3
    """

    grid: Grid
    least: float
    most: float
    summed: bool = False
    counts: CountArray = field(default_factory=_no_counts)
    limbs: CountArray = field(default_factory=_no_counts)
    fine: CountArray = field(default_factory=_no_counts)
    ends: FloatArray = field(default_factory=lambda: np.array([np.inf, -np.inf]))

    def __post_init__(self) -> None:
        if not len(self.counts):
            object.__setattr__(self, "counts", np.zeros(self.grid.cells, np.int64))
            if self.summed:
                object.__setattr__(self, "limbs", np.zeros((2, self.grid.cells), np.int64))
                object.__setattr__(self, "fine", np.zeros((2, _EXPONENTS, 2), np.int64))

    def fresh(self) -> "Histogram":
        """An empty one of the kind."""
        return Histogram(self.grid, self.least, self.most, self.summed)

    def update(self, block: FloatArray, /) -> None:
        """Add some reports, an (agents,) float64 array.  O(agents).

        Raises
        ------
        OutsideError
            If one of them is NaN or no number of the line; nothing is added.
        """
        if not len(block):
            return
        ends = self.ends
        low, high = block.min(), block.max()  # either is NaN if a report is
        if not (low >= self.least and high <= self.most):
            raise OutsideError
        ends[0], ends[1] = min(low, ends[0]), max(high, ends[1])
        given = readable(block)
        if self.summed:
            self.grid.tally_sums(given, self.counts, self.limbs, self.fine)
        else:
            self.grid.tally(given, self.counts)

    def merge(self, other: "Histogram", /) -> "Histogram":
        """Both together."""
        if (self.grid, self.summed) != (other.grid, other.summed):
            raise ValueError("other is of another grid: histograms that are merged share theirs")
        ends = np.array([min(self.ends[0], other.ends[0]), max(self.ends[1], other.ends[1])])
        return Histogram(
            self.grid,
            self.least,
            self.most,
            self.summed,
            self.counts + other.counts,
            self.limbs + other.limbs,
            self.fine + other.fine,
            ends,
        )

    def result(self) -> Steps:
        """What is known of the stream now.

        Raises
        ------
        ValueError
            If there are more reports than sums have room for, or none.
        """
        agents = int(self.counts.sum())
        if not agents:
            raise ValueError("source is empty: at least one agent must report")
        if agents >= MOST_REPORTS:
            raise ValueError(f"source has {agents:,} reports: a stream has fewer than 2^36")
        last = self.grid.last_keys
        sums: CountArray | None = None
        if self.summed:
            sums = np.array(self.grid.units(self.counts, self.limbs, self.fine), object)
        low, high = map(key_of, self.ends.tolist())
        first, final = np.searchsorted(last, (low, high))
        kept = slice(first, final + 1)
        last = last[kept].copy()
        last[-1] = high
        none = np.zeros(len(last), np.bool_)
        return Steps(low - 1, last, self.counts[kept], none, None if sums is None else sums[kept])


def readable(block: FloatArray) -> FloatArray:
    """A contiguous view that cannot be written to, for which kernels are compiled."""
    view = np.ascontiguousarray(block).view()
    view.flags.writeable = False
    return view
