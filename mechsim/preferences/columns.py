"""Reports from files: one column of text, of Parquet or of numpy; what is wrong has its row named.

Numbers keep the kind that the file stores: decimals in text and whole numbers are exact, floats
stay floats, however many there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from .._numbers import show
from ..population import Population
from ._blocks import ROWS, Block, Judge
from ._parquet import ParquetColumn, chunks, named, opened, stores_floats
from .single_peaked import Line
from .sources import Stored
from .surveys import read_answers

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
    stored: Block = _mapped(path, column).view(np.ndarray)
    judge = Judge(str(path), "entry", missing, setting)

    def reports() -> Iterator[Block]:
        for first in range(0, len(stored), ROWS):
            yield judge.sift(stored[first : first + ROWS], None, first)

    if stored.dtype == np.float64 and 0 < len(stored) == sum(map(len, reports())):
        return Column(str(path), None, Population(stored), 0)
    found = judge.population(reports(), len(stored), exact=stored.dtype.kind != "f")
    return Column(str(path), None, found, len(stored) - len(found))


def _mapped(path: Path, column: str | None) -> Any:
    """The array of a .npy file, mapped."""
    if column is not None:
        raise ValueError(f"column is {column!r}: {path} has one column, and it has no name")
    try:
        stored: Any = np.lib.format.open_memmap(path, mode="r")
    except ValueError as error:  # objects, which would be pickles, are refused here too
        raise ValueError(f"{path}: it is no array of numbers: {error}") from None
    if stored.ndim != 1:
        raise ValueError(f"{path}: its shape is {stored.shape}: it must be (agents,)")
    if stored.dtype.kind not in "fiu" or stored.dtype.itemsize > 8:
        raise ValueError(f"{path}: it stores {stored.dtype}: it must store integers or floats")
    return stored


def _parquet(path: Path, column: str | None, missing: frozenset[str], setting: Line) -> Column:
    with opened(path) as file:
        name = named(file, column, path)
        judge = Judge(str(path), name, missing, setting)
        rows: int = file.metadata.num_rows
        sifted = (judge.sift(*chunk) for chunk in chunks(file, judge))
        found = judge.population(sifted, rows, exact=not stores_floats(file, name))
    return Column(str(path), name, found, rows - len(found))


@dataclass(frozen=True)
class Stream:
    """One column of a file that stores floats, not read yet: ``rows`` of them."""

    source: str
    column: str | None
    reports: Stored | ParquetColumn
    rows: int


def stream_of(
    path: str | Path, column: str | None = None, *, missing: Iterable[str] = ()
) -> Stream | None:
    """A column of floats as a source of blocks; None where a file stores something else.

    Text, and whole numbers and decimals, which are counted exactly, are for `read_reports`.

    Parameters
    ----------
    path, column, missing
        As for `read_reports`.

    Raises
    ------
    ValueError
        If the file cannot be read, or there is no such column.
    """
    path = Path(path)
    suffix, left_out = path.suffix.lower(), frozenset(missing)
    if suffix in PARQUET:
        with opened(path) as file:
            name = named(file, column, path)
            if not stores_floats(file, name):
                return None
            groups, rows = file.metadata.num_row_groups, file.metadata.num_rows
        found = ParquetColumn(str(path), name, 0, groups, 0, left_out)
        return Stream(str(path), name, found, rows)
    if suffix not in NUMPY:
        return None
    mapped = _mapped(path, column)
    if mapped.dtype.kind != "f":
        return None
    stored = Stored(str(path), mapped.offset, mapped.dtype.str, 0, len(mapped), left_out)
    return Stream(str(path), None, stored, len(mapped))
