"""Survey answers as reports: one column of a CSV file, read exactly, and the survey that ships.

A decimal in a file is a rational number, so it is read as a `Fraction` and nothing is rounded.
"""

import csv
import re
from collections.abc import Iterable
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?|[+-]?\d+/0*[1-9]\d*")


def read_column(path: str | Path, column: str) -> tuple[Fraction, ...]:
    """The numbers in ``column`` of the CSV file at ``path``, exactly, in file order.

    The first row names the columns.  Decimals, powers of ten and fractions (``1/3``) are numbers.

    Raises
    ------
    ValueError
        If the file has no such column, no rows, or a row whose entry is no number; the message
        names the file and the row, where the header is row 1.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return _column(lines, column, str(path))


def _column(lines: Iterable[str], column: str, source: str) -> tuple[Fraction, ...]:
    reader = csv.DictReader(lines)
    names = reader.fieldnames or ()
    if column not in names:
        listed = ", ".join(names) or "none"
        raise ValueError(f"{source} has no column {column!r}; its columns are: {listed}")
    numbers: list[Fraction] = []
    for row in reader:
        entry = (row[column] or "").strip()
        if not _NUMBER.fullmatch(entry):
            raise ValueError(
                f"{source}, row {reader.line_num}: {column} is {entry!r}: it must be a number"
            )
        numbers.append(Fraction(entry))
    if not numbers:
        raise ValueError(f"{source} has no rows below its header: {column} is empty")
    return tuple(numbers)


def anes96(column: str = "selfLR") -> tuple[Fraction, ...]:
    """One column of the American National Election Study 1996, 944 respondents (public domain).

    ``selfLR`` is where respondents place themselves from 1 (extremely liberal) to 7 (extremely
    conservative), ``PID`` their party from 0 (strong Democrat) to 6 (strong Republican).  The
    other columns are listed in ``mechsim/data/README.md``.
    """
    source = files("mechsim") / "data" / "anes96.csv"
    with source.open(encoding="utf-8") as lines:
        return _column(lines, column, "anes96.csv")
