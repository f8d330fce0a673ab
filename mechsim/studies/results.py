"""What a study measured, as a table."""

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from .._numbers import Number
from .._tables import Table
from .._text import many
from ..algorithms.intervals import Interval, t_interval
from ..population import FloatArray

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | int | Number
Numbers: TypeAlias = tuple[Number, ...]

SHOWN = 40
"""As many rows as are printed."""

Estimate: TypeAlias = Callable[[FloatArray, float], Interval]
"""Numbers, one a replicate, and a level to an interval for their mean."""


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
        Path(path).write_text(self.csv(), encoding="utf-8", newline="")

    def csv(self) -> str:
        """The text of that file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return text.getvalue()

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
    """What was measured at a point by one replicate, at one step if a replicate is a curve.

    ``label`` is the point as cells of a table.
    """

    point: Any
    label: tuple[Cell, ...]
    replicate: int
    measured: Numbers


@dataclass(frozen=True)
class Failure:
    """A row that is missing, because the measure raised.

    Parameters
    ----------
    point : str
        As it is called.
    replicate, seed : int
        With the point they are what is needed to see it again.
    error : str
        The exception, in a line.
    traceback : str
        All that Python says of it.
    """

    point: str
    replicate: int
    seed: int
    error: str
    traceback: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.point}, replicate {self.replicate}, seed {self.seed}: {self.error}"


@dataclass(frozen=True)
class Results:
    """One row a point and replicate (and step), in the order of the study's points.

    ``axes`` are the fields of the points, ``measures`` the names of what was measured, the first
    of them ``index`` if a replicate is a curve.  Along the axes in ``common`` rows are paired.
    """

    study: str
    question: str
    seed: int
    axes: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[Row, ...]
    common: tuple[str, ...] = ()
    index: str = ""
    failures: tuple[Failure, ...] = ()
    conclusion: str = ""
    drawn: "Callable[[Results], Any] | None" = field(default=None, compare=False, repr=False)

    @property
    def records(self) -> Records:
        """Every row."""
        cells = ((*row.label, row.replicate, *row.measured) for row in self.rows)
        return Records((*self.axes, "replicate", *self.measures), tuple(cells))

    def summary(self, level: float = 0.95, interval: Estimate = t_interval) -> Records:
        r"""One row a point (and step): mean, standard error and interval of each measure.

        Parameters
        ----------
        level : float
            Of the intervals, each for itself.
        interval : callable
            Numbers and a level to an `Interval`: Student's, or for skewed measures of few
            replicates `bootstrapped`.

        Notes
        -----
        The standard error of :math:`k` replicates is :math:`\sqrt{\sum (m - \bar m)^2 / k(k-1)}`;
        that of a single one is not a number, and neither is any of a column with NaN.
        """
        rows: list[tuple[Cell, ...]] = []
        for label, group in self._groups():
            cells: list[Cell] = [*label, len(group)]
            for column in zip(*group, strict=True):
                mean, error = _moments(column)
                known = not math.isnan(error)
                found = interval(np.array(column, np.float64), level) if known else None
                ends = (found.low, found.high) if found else (math.nan, math.nan)
                cells += [mean, error, *ends]
            rows.append(tuple(cells))
        header = [*self.axes, *filter(None, [self.index]), "replicates"]
        for name in self._measured:
            header += [name, f"{name} se", f"{name} low", f"{name} high"]
        return Records(tuple(header), tuple(rows))

    @property
    def _measured(self) -> tuple[str, ...]:
        """What was measured, without the index."""
        return tuple(name for name in self.measures if name != self.index)

    def _groups(self) -> list[tuple[tuple[Cell, ...], list[Numbers]]]:
        """Points (and steps), and what the replicates measured there."""
        if not self.index:
            by_label = groupby(self.rows, key=lambda row: row.label)
            return [(label, [row.measured for row in group]) for label, group in by_label]
        place = self.measures.index(self.index)
        groups: dict[tuple[Cell, ...], list[Numbers]] = {}
        for row in self.rows:
            measured = (*row.measured[:place], *row.measured[place + 1 :])
            groups.setdefault((*row.label, row.measured[place]), []).append(measured)
        return list(groups.items())

    def figure(self) -> Any:
        """The study's picture of this table, a matplotlib figure."""
        if self.drawn is None:
            raise ValueError(f"{self.study}: the study has no figure")
        return self.drawn(self)

    def to_csv(self, path: str | Path) -> None:
        """Write every row to a CSV file."""
        self.records.to_csv(path)

    def to_frame(self) -> "pd.DataFrame":
        """Every row, as a pandas data frame."""
        return self.records.to_frame()

    frame = to_frame

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def title(self) -> str:
        """The study, and how much of it there is."""
        lines = [f"{self.study}: {self.question}", f"Means of {len(self)} rows, seed {self.seed}."]
        return "\n".join([*lines, *filter(None, [self.conclusion, self.missing])])

    @property
    def missing(self) -> str:
        """What failed, in a line; empty if nothing did."""
        count = len(self.failures)
        if count == 0:
            return ""
        more = f" (and {count - 1} more)" if count > 1 else ""
        return f"{many(count, 'measurement')} failed: {self.failures[0]}{more}"

    def _means(self) -> Table:
        """The means of the summary, and the largest standard error of each measure."""
        groups = self._groups()
        moments = [[_moments(column) for column in zip(*group, strict=True)] for _, group in groups]
        header = (*self.axes, *filter(None, [self.index]), "replicates", *self._measured)
        means = tuple(
            (*label, len(group), *(mean for mean, _ in found))
            for (label, group), found in zip(groups, moments, strict=True)
        )
        shown = Records(header, means).shown(SHOWN)
        first = len(header) - len(self._measured)
        worst = (max(error for _, error in column) for column in zip(*moments, strict=True))
        last = ("error, at most", *("" for _ in range(first - 1)), *(f"{e:.2g}" for e in worst))
        return Table(shown.header, (*shown.rows, last))

    def __str__(self) -> str:
        return f"{self.title}\n\n{self._means()}"

    def _repr_html_(self) -> str:
        title = "<br>".join(map(escape, self.title.splitlines()))
        picture = "" if self.drawn is None else _embedded(self.figure())
        return f"<p>{title}</p>{self._means()._repr_html_()}{picture}"


def _embedded(figure: Any) -> str:
    """A picture inside a page."""
    import base64
    import io

    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return f'<img src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">'


def _short(cell: Cell) -> str:
    return str(cell) if isinstance(cell, (str, int)) else f"{float(cell):.4g}"


def _moments(column: Sequence[Number]) -> tuple[float, float]:
    """Mean and standard error."""
    numbers = list(map(float, column))
    if not all(map(math.isfinite, numbers)):
        return sum(numbers) / len(numbers), math.nan
    mean = math.fsum(numbers) / len(numbers)
    if len(numbers) < 2:
        return mean, math.nan
    squares = math.fsum((number - mean) ** 2 for number in numbers)
    return mean, math.sqrt(squares / (len(numbers) * (len(numbers) - 1)))
