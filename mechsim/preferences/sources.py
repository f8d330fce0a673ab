"""Where very many reports come from: a column, read a block at a time, as often as it takes.

A `Source` gives the same floats in the same blocks whenever it is asked, and can be cut into parts
that are sources too, for several workers.  Arrays, files and whatever makes blocks are all read
alike, and none of them is held in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast, runtime_checkable

import numpy as np

from .._numbers import whole
from ..population import FloatArray
from ._blocks import ROWS, Block, Judge
from .single_peaked import Line

ANYWHERE = Line()


@runtime_checkable
class Source(Protocol):
    """Blocks of reports, again and again."""

    def blocks(self) -> Iterator[FloatArray]:
        """The reports, (agents,) float64 arrays of any lengths; rows without an answer left out.

        A report may still be NaN or off the line: who counts them notices, and asks `require`.
        """
        ...

    def partitions(self, most: int, /) -> "tuple[Source, ...]":
        """The same reports in at most so many sources, in order."""
        ...

    def require(self, setting: Line, /) -> None:
        """Raise `ValueError` if a report is no finite number of the line; it names its row."""
        ...


@dataclass(frozen=True, eq=False)
class Rows:
    """The entries of an array.

    An array that is mapped from a file is read from it, because pages that are mapped count as
    memory for as long as the system leaves them there; and to workers its path is sent.

    Parameters
    ----------
    values : (agents,) float64 array
    first : int
        What the first entry is called in messages.
    """

    values: FloatArray
    first: int = 0

    def __post_init__(self) -> None:
        array: Any = self.values
        if type(array) not in (np.ndarray, np.memmap):
            raise ValueError(f"values is {type(array).__name__}: it must be an array of floats")
        if array.ndim != 1 or array.dtype.kind != "f":
            raise ValueError(
                f"values has the shape {array.shape} and stores {array.dtype}: "
                "it must be an (agents,) array of floats"
            )

    def blocks(self) -> Iterator[FloatArray]:
        """The entries, some at a time."""
        stored = _stored(self.values)
        if stored is not None:
            yield from stored.blocks()
            return
        for start in range(0, len(self.values), ROWS):
            yield self.values[start : start + ROWS].astype(np.float64, copy=False)

    def partitions(self, most: int, /) -> tuple[Source, ...]:
        """Stretches of about equal length."""
        stored = _stored(self.values)
        if stored is not None:
            return stored.partitions(most)
        stretches = cuts(len(self.values), most)
        return tuple(Rows(self.values[a:b], self.first + a) for a, b in stretches)

    def require(self, setting: Line, /) -> None:
        """Raise `ValueError` unless all entries are on the line."""
        _require(self.blocks(), Judge("values", "entry", frozenset(), setting), self.first)


@dataclass(frozen=True)
class Stored:
    """Floats that stand one after the other in a file: of an array, or with no header at all.

    Parameters
    ----------
    path : str
    offset : int
        Where the first row is, in bytes.
    dtype : str
        Of the floats, as numpy writes it: ``"<f8"``.
    start, stop : int
        The rows to read.
    missing : frozenset of str
        Entries that mean no answer.
    """

    path: str
    offset: int
    dtype: str
    start: int
    stop: int
    missing: frozenset[str] = frozenset()

    def blocks(self) -> Iterator[FloatArray]:
        """The rows, some at a time, in a buffer that the next block overwrites."""
        judge = Judge(self.path, "entry", self.missing, ANYWHERE)
        for first, block in self._raw():
            yield (judge.answers(block, None, first) if self.missing else block).astype(
                np.float64, copy=False
            )

    def _raw(self) -> Iterator[tuple[int, Block]]:
        buffer = np.empty(ROWS, self.dtype)
        with open(self.path, "rb", buffering=0) as file:
            file.seek(self.offset + self.start * buffer.itemsize)
            for first in range(self.start, self.stop, ROWS):
                block = buffer[: min(ROWS, self.stop - first)]
                if not _filled(file, memoryview(cast(Any, block.view(np.uint8)))):
                    raise ValueError(f"{self.path}: it ends before row {first + len(block) - 1}")
                yield first, block

    def partitions(self, most: int, /) -> tuple[Source, ...]:
        """Stretches of about equal length."""
        stretches = cuts(self.stop - self.start, most)
        return tuple(replace(self, start=self.start + a, stop=self.start + b) for a, b in stretches)

    def require(self, setting: Line, /) -> None:
        """Raise `ValueError` unless all rows are on the line."""
        judge = Judge(self.path, "entry", self.missing, setting)
        for first, block in self._raw():
            judge.sift(block, None, first)


@dataclass(frozen=True)
class Blocks:
    """Whatever makes blocks: ``make()`` is called for each pass and gives the same ones each time.

    Parameters
    ----------
    make : callable
        Returns an iterable of (agents,) float64 arrays; workers need one that can be pickled.

    Examples
    --------
    >>> halves = Blocks(lambda: (np.full(3, k / 2) for k in range(3)))
    >>> [block.tolist() for block in halves.blocks()]
    [[0.0, 0.0, 0.0], [0.5, 0.5, 0.5], [1.0, 1.0, 1.0]]
    """

    make: Callable[[], Iterable[FloatArray]]

    def blocks(self) -> Iterator[FloatArray]:
        """The blocks, made anew."""
        for block in self.make():
            yield from Rows(block).blocks()

    def partitions(self, most: int, /) -> tuple[Source, ...]:
        """It cannot be cut: it is its own only part."""
        whole(most, "most", least=1)
        return (self,)

    def require(self, setting: Line, /) -> None:
        """Raise `ValueError` unless all reports are on the line."""
        _require(self.blocks(), Judge("blocks", "entry", frozenset(), setting), 0)


@dataclass(frozen=True)
class Joined:
    """Several sources, one after the other: the partitions of somebody's own."""

    parts: tuple[Source, ...]

    def blocks(self) -> Iterator[FloatArray]:
        """Those of each part."""
        for part in self.parts:
            yield from part.blocks()

    def partitions(self, most: int, /) -> tuple[Source, ...]:
        """The parts, some of them together where there are too many."""
        return tuple(Joined(self.parts[a:b]) for a, b in cuts(len(self.parts), most))

    def require(self, setting: Line, /) -> None:
        """Raise `ValueError` unless all reports are on the line; rows are those of a part."""
        for part in self.parts:
            part.require(setting)


def floats_in(path: str, rows: int | None = None) -> Stored:
    """A file of float64, in this machine's order of bytes, and nothing else.

    Parameters
    ----------
    path : str
    rows : int, optional
        How many; by default the size of the file says.

    Raises
    ------
    ValueError
        If the size of the file is no multiple of 8 bytes.
    """
    with open(path, "rb") as file:
        size = file.seek(0, 2)
    if size % 8:
        raise ValueError(f"{path}: it has {size} bytes: they must be a multiple of 8")
    return Stored(path, 0, np.dtype(np.float64).str, 0, size // 8 if rows is None else rows)


def _stored(values: FloatArray) -> Stored | None:
    """The stretch of a file that an array shows, if it shows one and cannot differ from it."""
    if not isinstance(values, np.memmap) or not values.flags.c_contiguous:
        return None
    root: Any = values
    while type(root.base) is np.memmap:
        root = root.base
    if root.filename is None or root.mode == "c":
        return None
    ahead = values.ctypes.data - root.ctypes.data
    return Stored(str(root.filename), root.offset + ahead, values.dtype.str, 0, len(values))


def _filled(file: Any, room: memoryview) -> bool:
    """Whether there was enough left in a file to fill ``room``."""
    while len(room):
        read = file.readinto(room)
        if not read:
            return False
        room = room[read:]
    return True


def cuts(rows: int, most: int) -> list[tuple[int, int]]:
    """At most ``most`` stretches of ``rows`` rows, none empty but of nothing."""
    parts = max(1, min(whole(most, "most", least=1), rows))
    return [(rows * k // parts, rows * (k + 1) // parts) for k in range(parts)]


def _require(blocks: Iterable[FloatArray], judge: Judge, first: int) -> None:
    for block in blocks:
        judge.sift(block, None, first)
        first += len(block)
