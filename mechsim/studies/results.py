"""What a study measured, as a table."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from .._numbers import Number
from .._tables import Table
from .._text import many
from ..algorithms.intervals import (
    Interval,
    log_log_slope,
    paired_interval,
    simultaneous_band,
    t_interval,
)
from ..population import FloatArray
from .records import SHOWN, Cell, Records

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = tuple[Number, ...]

Estimate: TypeAlias = Callable[[FloatArray, float], Interval]
"""Numbers, one a replicate, and a level to an interval for their mean."""


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


@dataclass(frozen=True, repr=False)
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

    def where(self, axis: str, cell: Cell) -> "Results":
        """The rows of points whose ``axis`` is ``cell``, as it is written in tables."""
        if axis not in self.axes:
            raise ValueError(f"axis is {axis!r}: it must be one of {', '.join(self.axes)}")
        place = self.axes.index(axis)
        return replace(self, rows=tuple(row for row in self.rows if row.label[place] == cell))

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
        header = [*self._label_names, "replicates"]
        for name in self._measured:
            header += [name, f"{name} se", f"{name} low", f"{name} high"]
        return Records(tuple(header), tuple(rows))

    @property
    def _measured(self) -> tuple[str, ...]:
        """What was measured, without the index."""
        return tuple(name for name in self.measures if name != self.index)

    def _groups(self) -> list[tuple[tuple[Cell, ...], list[Numbers]]]:
        """Points (and steps), and what the replicates measured there."""
        return [(label, list(found.values())) for label, found in self._replicates().items()]

    def paired(self, axis: str, base: Cell, level: float = 0.95) -> Records:
        """How much each measure differs from that at ``base``, on the same random numbers.

        Parameters
        ----------
        axis : str
            One of ``common``: along it replicates are paired.
        base : cell of the table
            What the others are compared with, as ``'Median'``.
        level : float
            Of Student's interval for the mean difference.

        Returns
        -------
        Records
            For each other point and each measure: the mean difference and its interval.
        """
        if axis not in self.common:
            told = ", ".join(self.common) or "none"
            raise ValueError(f"axis is {axis!r}: those with common random numbers are {told}")
        place = self.axes.index(axis)
        groups = self._replicates()
        if base not in {label[place] for label in groups}:
            raise ValueError(f"base is {base!r}: {axis} has no such entry")
        rows: list[tuple[Cell, ...]] = []
        for label, measured in groups.items():
            if label[place] == base:
                continue
            against = groups.get((*label[:place], base, *label[place + 1 :]), {})
            both = sorted(measured.keys() & against.keys())
            cells: list[Cell] = [*label, len(both)]
            for k in range(len(self._measured)):
                first, second = ([float(x[i][k]) for i in both] for x in (measured, against))
                known = len(both) and all(map(math.isfinite, (*first, *second)))
                found = paired_interval(first, second, level) if known else None
                cells += [found.estimate, found.low, found.high] if found else [math.nan] * 3
            rows.append(tuple(cells))
        header = [*self._label_names, "replicates"]
        for name in self._measured:
            header += [name, f"{name} low", f"{name} high"]
        return Records(tuple(header), tuple(rows))

    def band(self, measure: str, along: str, level: float = 0.95, seed: int = 0) -> Records:
        """Curves of a measure with bands that cover each whole curve, as often as ``level``.

        Parameters
        ----------
        measure : str
        along : str
            What numbers the curve: the index, or an axis of numbers.
        level : float
        seed : int
            Of the simulation that finds the bands' width.
        """
        rows: list[tuple[Cell, ...]] = []
        for label, (across, curves) in self._curves(measure, along).items():
            found = simultaneous_band(curves, np.random.default_rng(seed), level)
            columns = (found.estimate, found.low, found.high)
            ends = zip(*(column.tolist() for column in columns), strict=True)
            rows += [(*label, x, *row) for x, row in zip(across, ends, strict=True)]
        names = [name for name in self._label_names if name != along]
        return Records((*names, along, measure, f"{measure} low", f"{measure} high"), tuple(rows))

    def slope(self, measure: str, along: str, level: float = 0.95) -> Records:
        """The exponents of power laws: slopes of log ``measure`` on log ``along``.

        One slope a replicate, and Student's interval for their mean; all must be positive.
        """
        rows: list[tuple[Cell, ...]] = []
        for label, (across, curves) in self._curves(measure, along).items():
            found = log_log_slope([float(x) for x in across], curves, level)
            rows.append((*label, found.estimate, found.low, found.high))
        names = [name for name in self._label_names if name != along]
        return Records((*names, "slope", "slope low", "slope high"), tuple(rows))

    @property
    def _label_names(self) -> tuple[str, ...]:
        """What says where a row was measured: the axes, and the index of a curve."""
        return (*self.axes, *filter(None, [self.index]))

    def _replicates(self) -> dict[tuple[Cell, ...], dict[int, Numbers]]:
        """For each point (and step), what each replicate measured there."""
        found: dict[tuple[Cell, ...], dict[int, Numbers]] = {}
        place = self.measures.index(self.index) if self.index else None
        for row in self.rows:
            label, measured = row.label, row.measured
            if place is not None:
                label = (*label, measured[place])
                measured = (*measured[:place], *measured[place + 1 :])
            found.setdefault(label, {})[row.replicate] = measured
        return found

    def _curves(
        self, measure: str, along: str
    ) -> dict[tuple[Cell, ...], tuple[list[Number], FloatArray]]:
        """For each other label the places along an axis, and (replicates, places) measures."""
        if measure not in self._measured:
            told = ", ".join(self._measured)
            raise ValueError(f"measure is {measure!r}: what was measured is {told}")
        if along not in self._label_names:
            told = ", ".join(self._label_names)
            raise ValueError(f"along is {along!r}: it must be one of {told}")
        place, k = self._label_names.index(along), self._measured.index(measure)
        curves: dict[tuple[Cell, ...], dict[Number, dict[int, float]]] = {}
        for label, replicates in self._replicates().items():
            x = label[place]
            if isinstance(x, str):
                raise ValueError(f"along is {along!r}, which has {x!r}: it must have numbers")
            rest = (*label[:place], *label[place + 1 :])
            column = {i: float(row[k]) for i, row in replicates.items()}
            curves.setdefault(rest, {})[x] = column
        found: dict[tuple[Cell, ...], tuple[list[Number], FloatArray]] = {}
        for rest, columns in curves.items():
            first, *others = columns.values()
            whole = [i for i in sorted(first) if all(i in column for column in others)]
            matrix = [[column[i] for column in columns.values()] for i in whole]
            found[rest] = list(columns), np.array(matrix, np.float64)
        return found

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
        size = f"Means of {many(len(self), 'row')}, seed {self.seed}."
        if self._once:
            size = f"{many(len(self), 'row')}, one a point, seed {self.seed}: no error is known."
        lines = [f"{self.study}: {self.question}", size]
        return "\n".join([*lines, *filter(None, [self.conclusion, self.missing])])

    @property
    def _once(self) -> bool:
        """Whether nothing was measured twice."""
        return all(len(group) < 2 for _, group in self._groups())

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
        header = (*self._label_names, "replicates", *self._measured)
        means = tuple(
            (*label, len(group), *(mean for mean, _ in found))
            for (label, group), found in zip(groups, moments, strict=True)
        )
        shown = Records(header, means).shown(SHOWN)
        first = len(header) - len(self._measured)
        if self._once:
            return shown  # one measurement tells of no error, and the title says so
        worst = (_worst([error for _, error in column]) for column in zip(*moments, strict=True))
        return Table(
            shown.header, (*shown.rows, ("error, at most", *("" for _ in range(first - 1)), *worst))
        )

    def __str__(self) -> str:
        return f"{self.title}\n\n{self._means()}"

    __repr__ = __str__

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


def _worst(errors: Sequence[float]) -> str:
    """The largest error, if all are known."""
    return "unknown" if any(map(math.isnan, errors)) else f"{max(errors):.2g}"


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
