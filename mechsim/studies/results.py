"""What a study measured, as a table."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from .._numbers import Number
from .._tables import Table

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | int | Number

SHOWN = 40
"""As many rows as are printed."""


@dataclass(frozen=True)
class Records:
    """A table of texts and numbers.

    Examples
    --------
    >>> print(Records(("agents", "cost"), ((5, 0.25), (51, 0.125))))
    agents   cost
    ------  -----
    5        0.25
    51      0.125
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells below ``name``, from top to bottom."""
        place = self._place(name)
        return tuple(row[place] for row in self.rows)

    def where(self, name: str, cell: Cell) -> "Records":
        """The rows in which the column ``name`` holds ``cell``."""
        place = self._place(name)
        return Records(self.header, tuple(row for row in self.rows if row[place] == cell))

    def _place(self, name: str) -> int:
        if name not in self.header:
            raise ValueError(f"name is {name!r}: the columns are {', '.join(self.header)}")
        return self.header.index(name)

    def to_csv(self, path: str | Path) -> None:
        """Write a CSV file; floats are written so that they are read back to the last bit."""
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.header)
            writer.writerows(self.rows)

    def to_frame(self) -> "pd.DataFrame":
        """The table as a pandas data frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.header))

    def shown(self, most: int | None = None) -> Table:
        """The first rows, with numbers to four digits."""
        rows = [tuple(map(_short, row)) for row in self.rows[:most]]
        left_out = len(self.rows) - len(rows)
        if left_out:
            rows.append((f"and {left_out} more", *("" for _ in self.header[1:])))
        return Table(self.header, tuple(rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return str(self.shown(SHOWN))

    def _repr_html_(self) -> str:
        return self.shown(SHOWN)._repr_html_()


class Row(NamedTuple):
    """What was measured at a point by one replicate; ``label`` is the point as cells of a table."""

    point: Any
    label: tuple[Cell, ...]
    replicate: int
    measured: tuple[Number, ...]


@dataclass(frozen=True)
class Results:
    """One row a point and replicate, in the order of the study's points.

    ``axes`` are the fields of the points, ``measures`` the names of what was measured.
    """

    study: str
    question: str
    seed: int
    axes: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def records(self) -> Records:
        """Every row."""
        cells = ((*row.label, row.replicate, *row.measured) for row in self.rows)
        return Records((*self.axes, "replicate", *self.measures), tuple(cells))

    @property
    def summary(self) -> Records:
        r"""One row a point: mean and standard error of each measure over the replicates.

        The standard error of :math:`k` replicates is :math:`\sqrt{\sum (m - \bar m)^2 / k(k-1)}`;
        that of a single one is not a number.
        """
        rows: list[tuple[Cell, ...]] = []
        for label, group in groupby(self.rows, key=lambda row: row.label):
            columns = list(zip(*(row.measured for row in group), strict=True))
            means = [_mean(column) for column in columns]
            errors = map(_standard_error, columns)
            paired = (x for pair in zip(means, errors, strict=True) for x in pair)
            rows.append((*label, len(columns[0]), *paired))
        names = (x for measure in self.measures for x in (measure, f"{measure} se"))
        return Records((*self.axes, "replicates", *names), tuple(rows))

    def to_csv(self, path: str | Path) -> None:
        """Write every row to a CSV file."""
        self.records.to_csv(path)

    def to_frame(self) -> "pd.DataFrame":
        """Every row, as a pandas data frame."""
        return self.records.to_frame()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def title(self) -> str:
        """The study, and how much of it there is."""
        return f"{self.study}: {self.question}\nMeans of {len(self)} rows, seed {self.seed}."

    def _means(self) -> Table:
        """The means of the summary, and the largest standard error of each measure."""
        summary, first = self.summary, len(self.axes) + 1
        means = tuple((*row[:first], *row[first::2]) for row in summary.rows)
        shown = Records((*summary.header[:first], *self.measures), means).shown(SHOWN)
        errors = map(max, _columns(summary, first + 1))
        last = ("error, at most", *("" for _ in range(first - 1)), *(f"{e:.2g}" for e in errors))
        return Table(shown.header, (*shown.rows, last))

    def __str__(self) -> str:
        return f"{self.title}\n\n{self._means()}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.title)}</p>{self._means()._repr_html_()}"


def _columns(records: Records, first: int) -> list[tuple[float, ...]]:
    """Every other column of numbers."""
    columns = zip(*(row[first::2] for row in records.rows), strict=True)
    return [tuple(map(float, column)) for column in columns]


def _short(cell: Cell) -> str:
    return str(cell) if isinstance(cell, (str, int)) else f"{float(cell):.4g}"


def _mean(column: Sequence[Number]) -> float:
    return math.fsum(map(float, column)) / len(column)


def _standard_error(column: Sequence[Number]) -> float:
    if len(column) < 2:
        return math.nan
    mean = _mean(column)
    squares = math.fsum((float(number) - mean) ** 2 for number in column)
    return math.sqrt(squares / (len(column) * (len(column) - 1)))
