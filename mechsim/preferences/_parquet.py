"""Columns of Parquet files, a few rows at a time; pyarrow, which reads them, is no dependency."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ..population import FloatArray
from ._blocks import ROWS, Block, Judge, Mask
from .single_peaked import Line
from .sources import Source, cuts
from .surveys import locate

ANYWHERE = Line()


@contextmanager
def opened(path: str | Path) -> Generator[Any]:
    """The file, open for reading."""
    arrow, parquet = _pyarrow(path)
    try:
        # without a buffer a whole column of a row group is held, with pre_buffer the whole file
        with parquet.ParquetFile(path, pre_buffer=False, buffer_size=2**20) as file:
            yield file
    except arrow.ArrowException as error:
        raise ValueError(f"{path}: it is no Parquet file that can be read: {error}") from None


def named(file: Any, column: str | None, path: str | Path) -> str:
    """The column of this name, or the only one."""
    names = list(file.schema_arrow.names)
    return str(names[locate(names, column, str(path))])


def stores_floats(file: Any, column: str) -> bool:
    """Whether a column stores floats, and not exact numbers or what is no number."""
    kind = file.schema_arrow.field(column).type
    return bool(import_module("pyarrow").types.is_floating(kind))


def chunks(
    file: Any, judge: Judge, groups: range | None = None, first: int = 0
) -> Iterator[tuple[Block, Mask | None, int]]:
    """Some rows at a time: as an array, with zeros where it is null; where that is; the first row.

    ``groups`` are the row groups to read, all by default, and ``first`` is their first row.
    """
    chosen = None if groups is None else list(groups)
    for batch in file.iter_batches(batch_size=ROWS, columns=[judge.column], row_groups=chosen):
        chunk: Any = batch.column(judge.column)
        null: Mask | None = chunk.is_null().to_numpy(False) if chunk.null_count else None
        if null is None or not null.all():
            yield _numbers(chunk, judge, first), null, first
        else:
            yield np.zeros(len(chunk)), null, first
        first += len(chunk)


@dataclass(frozen=True)
class ParquetColumn:
    """A column of floats of a Parquet file; its row groups are what it can be cut into.

    Parameters
    ----------
    path, column : str
    start, stop : int
        The row groups to read.
    first : int
        The first row of these, counted from 0.
    missing : frozenset of str
        Entries that mean no answer.
    """

    path: str
    column: str
    start: int
    stop: int
    first: int = 0
    missing: frozenset[str] = frozenset()

    def blocks(self) -> Iterator[FloatArray]:
        """The rows, some at a time."""
        judge = Judge(self.path, self.column, self.missing, ANYWHERE)
        for chunk in self._chunks(judge):
            yield judge.answers(*chunk).astype(np.float64, copy=False)

    def partitions(self, most: int, /) -> tuple[Source, ...]:
        """Neighbouring row groups."""
        parts = cuts(self.stop - self.start, most)
        with opened(self.path) as file:
            rows = [file.metadata.row_group(k).num_rows for k in range(self.start, self.stop)]
        return tuple(
            replace(
                self,
                start=self.start + a,
                stop=self.start + b,
                first=self.first + sum(rows[:a]),
            )
            for a, b in parts
        )

    def require(self, setting: Line, /) -> None:
        """Raise `ValueError` unless all rows are on the line."""
        judge = Judge(self.path, self.column, self.missing, setting)
        for chunk in self._chunks(judge):
            judge.sift(*chunk)

    def _chunks(self, judge: Judge) -> Iterator[tuple[Block, Mask | None, int]]:
        with opened(self.path) as file:
            yield from chunks(file, judge, range(self.start, self.stop), self.first)


def _pyarrow(path: str | Path) -> tuple[Any, Any]:
    """The library that reads Parquet; it comes without types."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ValueError(
            f"{path}: reading Parquet needs pyarrow: pip install 'mechsim[data]'"
        ) from None


def _numbers(chunk: Any, judge: Judge, first: int) -> Block:
    """A chunk of a column as an array; where it is null, zero."""
    types = import_module("pyarrow").types
    if types.is_integer(chunk.type) or types.is_floating(chunk.type):
        filled = chunk.fill_null(0) if chunk.null_count else chunk
        numbers: Block = filled.to_numpy(zero_copy_only=False)
        return numbers
    if types.is_decimal(chunk.type):
        return np.array([Fraction(entry or 0) for entry in chunk.to_pylist()], object)
    entries = chunk.to_pylist()
    row = next(row for row, entry in enumerate(entries) if entry is not None)
    stored = f"{entries[row]!r} ({chunk.type})"
    raise judge.error(first + row, stored, "it must be a number")
