"""Survey answers as reports: one column of a CSV file, read exactly, and the survey that ships.

A decimal in a file is a rational number, so it is read as a `Fraction` and nothing is rounded.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

_NUMBER = re.compile(
    r"[+-]?(\d{1,200}(\.\d{0,200})?|\.\d{1,200})([eE][+-]?\d{1,2})?"
    r"|[+-]?\d{1,200}/0{0,200}[1-9]\d{0,200}"
)
"""Numbers short enough to compute with; others are no answer that anybody gave."""


@dataclass(frozen=True)
class Answers:
    """One column of a file.

    ``numbers[k]`` was read from line ``lines[k]`` of ``source``, where the header is line 1;
    ``missing`` rows gave no answer and were left out.
    """

    source: str
    column: str
    numbers: tuple[Fraction, ...]
    lines: tuple[int, ...]
    missing: int

    def where(self, place: int) -> str:
        """Where ``numbers[place]`` stands, for an error message."""
        return f"{self.source}, line {self.lines[place]}: {self.column}"


def read_answers(
    path: str | Path, column: str | None = None, missing: Iterable[str] = ()
) -> Answers:
    """The numbers in ``column`` of the CSV file at ``path``, exactly, in file order.

    The first line names the columns; commas, semicolons or tabs separate them.  Decimals, powers
    of ten and fractions (``1/3``) are numbers; where semicolons or tabs separate the columns a
    comma may be the decimal sign.

    Parameters
    ----------
    path : path of a UTF-8 text file
    column : str, optional
        May be left out where there is only one.
    missing : strings
        Entries that mean "no answer", such as ``""`` or ``"-99"``.  Their rows are left out and
        counted.

    Raises
    ------
    ValueError
        If the file has no header row, no such column or two of them, no rows, a row of another
        length, or an entry that is no number; the message names the file and the line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path}: {error.reason} at byte {error.start}: save it as UTF-8"
        ) from None
    return _answers(text.splitlines(keepends=True), column, str(path), frozenset(missing))


def read_column(path: str | Path, column: str) -> tuple[Fraction, ...]:
    """The numbers of `read_answers`, where every row must have one."""
    return read_answers(path, column).numbers


def _answers(text: list[str], column: str | None, source: str, missing: frozenset[str]) -> Answers:
    header = text[0] if text else ""
    separator = max(",;\t", key=header.count)
    reader = csv.reader(text, delimiter=separator, strict=True)
    names = [name.strip() for name in next(reader, list[str]())]
    place = locate(names, column, source)
    column = names[place]
    if is_number(_decimal(column, separator)):
        raise ValueError(
            f"{source}, line 1: {column} is a number: the first line must be a header row, "
            "which names the columns"
        )
    numbers: list[Fraction] = []
    lines: list[int] = []
    left_out = 0
    for line, row in _rows(reader, source):
        if len(row) != len(names):
            raise ValueError(
                f"{source}, line {line}: {len(row)} entries, but the header names {len(names)}"
            )
        entry = row[place].strip()
        if entry in missing:
            left_out += 1
            continue
        number = _decimal(entry, separator)
        if not is_number(number):
            raise ValueError(f"{source}, line {line}: {column} is {entry!r}: it must be a number")
        numbers.append(Fraction(number))
        lines.append(line)
    if not numbers:
        raise ValueError(f"{source} has no answers below its header: {column} is empty")
    return Answers(source, column, tuple(numbers), tuple(lines), left_out)


def _decimal(entry: str, separator: str) -> str:
    """The entry with a point where a comma is the decimal sign."""
    return entry.replace(",", ".") if separator != "," else entry


def _rows(reader: "Iterator[list[str]]", source: str) -> Iterator[tuple[int, list[str]]]:
    """Each row and the line of the file it starts on; blank lines after the last row are none."""
    before = 1
    blank: int | None = None
    try:
        for row in reader:
            if row and blank is not None:
                raise ValueError(f"{source}, line {blank}: it is blank")
            if row:
                yield before + 1, row
            elif blank is None:
                blank = before + 1
            before = getattr(reader, "line_num", before + 1)
    except csv.Error as error:
        raise ValueError(f"{source}, line {before + 1}: {error}") from None


def parse(text: str) -> Fraction:
    """The number that ``text`` writes, exactly, or a `ValueError`."""
    if not is_number(text):
        raise ValueError(f"{text!r} is not a number")
    return Fraction(text)


def is_number(text: str) -> bool:
    """Whether `parse` reads it."""
    return _NUMBER.fullmatch(text) is not None


def locate(names: list[str], column: str | None, source: str) -> int:
    """Where ``column`` is among ``names``, or a `ValueError`; None means the only one."""
    if column is None:
        if len(names) == 1:
            return 0
        listed = ", ".join(map(repr, names)) or "none"
        raise ValueError(f"{source} has {len(names)} columns: name one of {listed}")
    if names.count(column) == 1:
        return names.index(column)
    if column in names:
        raise ValueError(f"{source} has {names.count(column)} columns {column!r}: name one only")
    close = get_close_matches(column, names, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    listed = ", ".join(map(repr, names)) or "none"
    raise ValueError(f"{source} has no column {column!r}; its columns are: {listed}{hint}")


def anes96(column: str = "selfLR") -> tuple[Fraction, ...]:
    """One column of the American National Election Study 1996, 944 respondents (public domain).

    ``selfLR`` is where respondents place themselves from 1 (extremely liberal) to 7 (extremely
    conservative), ``PID`` their party from 0 (strong Democrat) to 6 (strong Republican).  The
    other columns are listed in ``mechsim/data/README.md``.
    """
    source = files("mechsim") / "data" / "anes96.csv"
    text = source.read_text(encoding="utf-8").splitlines(keepends=True)
    return _answers(text, column, "anes96.csv", frozenset()).numbers
