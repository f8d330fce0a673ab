"""Reports from files: one column of text, of Parquet or of numpy; what is wrong has its row named.

Numbers keep the kind that the file stores: decimals in text and whole numbers are exact, floats
stay floats, however many there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from .._numbers import show
from ..population import Population
from ._blocks import ROWS, Block, Judge, Mask
from .single_peaked import Line
from .surveys import locate, read_answers

TEXT = (".csv", ".tsv", ".txt", "")
PARQUET = (".parquet", ".pq")
NUMPY = (".npy",)


@dataclass(frozen=True)
class Column:
    """One column of a file, as reports.

    ``column`` is None where the file has one column without a name; ``missing`` rows gave no
    answer and were left out.
    """

    source: str
    column: str | None
    reports: tuple[Fraction, ...] | Population
    missing: int


def read_reports(
    path: str | Path,
    column: str | None = None,
    *,
    missing: Iterable[str] = (),
    setting: Line = Line(),
) -> tuple[Fraction, ...] | Population:
    """The reports in one column of a file; what kind of file it is, its suffix says.

    Parameters
    ----------
    path : path of a .csv, .tsv, .txt, .parquet, .pq or .npy file
        Text is read exactly, in file order.  A column of floats of a Parquet file is read piece
        by piece into one array; that of a .npy file is not read but mapped.  Whole numbers and
        decimals that such files store are counted, exactly.  Pickles are never loaded.
    column : str, optional
        May be left out where there is only one.
    missing : strings
        Entries that mean "no answer"; their rows are left out.  In files that store numbers
        ``""`` means a null, ``"nan"`` a NaN, and a number such as ``"-99"`` itself.
    setting : Line
        Reports must lie between its ends; by default they may be any finite numbers.

    Returns
    -------
    tuple of Fraction, or Population
        A population if the file stores numbers and not text.

    Raises
    ------
    ValueError
        If there is no such column, or a row is no report; the message names the file, the
        column, the entry and its row.  The rows of text are lines, and the header is line 1;
        other files have a row 0.
    """
    return load(path, column, missing=missing, setting=setting).reports


def load(
    path: str | Path,
    column: str | None = None,
    *,
    missing: Iterable[str] = (),
    setting: Line = Line(),
) -> Column:
    """What `read_reports` reads, with its source and how many rows were left out."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in TEXT:
        return _text(path, column, missing, setting)
    if suffix in NUMPY:
        return _numpy(path, column, frozenset(missing), setting)
    if suffix in PARQUET:
        return _parquet(path, column, frozenset(missing), setting)
    known = ", ".join(filter(None, (*TEXT, *PARQUET, *NUMPY)))
    raise ValueError(f"{path}: its suffix is {suffix!r}: it must be one of {known}")


def _text(path: Path, column: str | None, missing: Iterable[str], setting: Line) -> Column:
    answers = read_answers(path, column, missing)
    for place, number in enumerate(answers.numbers):
        if not setting.low <= number <= setting.high:
            ends = f"[{show(setting.low)}, {show(setting.high)}]"
            raise ValueError(f"{answers.where(place)} is {show(number)}: it must lie in {ends}")
    return Column(str(path), answers.column, answers.numbers, answers.missing)


def _numpy(path: Path, column: str | None, missing: frozenset[str], setting: Line) -> Column:
    if column is not None:
        raise ValueError(f"column is {column!r}: {path} has one column, and it has no name")
    try:
        stored: Block = np.lib.format.open_memmap(path, mode="r").view(np.ndarray)
    except ValueError as error:  # objects, which would be pickles, are refused here too
        raise ValueError(f"{path}: it is no array of numbers: {error}") from None
    if stored.ndim != 1:
        raise ValueError(f"{path}: its shape is {stored.shape}: it must be (agents,)")
    if stored.dtype.kind not in "fiu" or stored.dtype.itemsize > 8:
        raise ValueError(f"{path}: it stores {stored.dtype}: it must store integers or floats")
    judge = Judge(str(path), "entry", missing, setting)

    def reports() -> Iterator[Block]:
        for first in range(0, len(stored), ROWS):
            yield judge.sift(stored[first : first + ROWS], None, first)

    if stored.dtype == np.float64 and 0 < len(stored) == sum(map(len, reports())):
        return Column(str(path), None, Population(stored), 0)
    found = judge.population(reports(), len(stored), exact=stored.dtype.kind != "f")
    return Column(str(path), None, found, len(stored) - len(found))


def _parquet(path: Path, column: str | None, missing: frozenset[str], setting: Line) -> Column:
    arrow, parquet = _pyarrow(path)
    try:
        # without a buffer a whole column of a row group is held, with pre_buffer the whole file
        with parquet.ParquetFile(path, pre_buffer=False, buffer_size=2**20) as file:
            names = list(file.schema_arrow.names)
            name = names[locate(names, column, str(path))]
            judge = Judge(str(path), name, missing, setting)
            rows: int = file.metadata.num_rows
            exact = not arrow.types.is_floating(file.schema_arrow.field(name).type)
            found = judge.population(_sifted(arrow, file, judge), rows, exact)
    except arrow.ArrowException as error:
        raise ValueError(f"{path}: it is no Parquet file that can be read: {error}") from None
    return Column(str(path), name, found, rows - len(found))


def _pyarrow(path: Path) -> tuple[Any, Any]:
    """The library that reads Parquet, which is no dependency; it comes without types."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ValueError(
            f"{path}: reading Parquet needs pyarrow: pip install 'mechsim[data]'"
        ) from None


def _sifted(arrow: Any, file: Any, judge: Judge) -> Iterator[Block]:
    first = 0
    for batch in file.iter_batches(batch_size=ROWS, columns=[judge.column]):
        chunk: Any = batch.column(judge.column)
        null: Mask | None = chunk.is_null().to_numpy(False) if chunk.null_count else None
        if null is None or not null.all():
            yield judge.sift(_numbers(arrow, chunk, judge, first), null, first)
        else:
            judge.sift(np.zeros(len(chunk)), null, first)
        first += len(chunk)


def _numbers(arrow: Any, chunk: Any, judge: Judge, first: int) -> Block:
    """A chunk of a column as an array; where it is null, zero."""
    types = arrow.types
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
