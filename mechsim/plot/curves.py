"""Measures against a number: small panels of lines, with two standard errors either way."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

import math
from collections.abc import Mapping
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ._style import LINES, MARKERS, PALE, SERIES
from .comparison import Columns, measured, spaced

DEPTH = 1e-9
"""On a logarithmic axis, what is smaller than this share of the largest is drawn at the bottom."""

FEW = 30
"""Curves of at most so many places show them as marks."""


def curves(
    table: Columns,
    measures: Mapping[str, str],
    *,
    along: str,
    series: str,
    panels: str = "",
    label: str = "",
    log: tuple[str, ...] = (),
    title: str = "",
) -> Figure:
    """A column of panels for each measure, a row for each entry of ``panels``, a line each series.

    Parameters
    ----------
    table : Columns
        One row for each combination; beside the column of a measure may be one of its standard
        errors, whose heading ends in ``se``, drawn as a band of two of them either way.
    measures : mapping of the heading of a column to words
        From left to right.
    along : str
        The column of numbers on the horizontal axis; ``label`` says what they are.
    series, panels : str
        Headings: what has a line of its own, and what a row of panels, if there are several.
    log : tuple of headings
        Of measures, or ``along``, whose axes are logarithmic; what is less than a billionth of the
        largest number is drawn at the bottom.
    title : str
        Above the picture.

    Returns
    -------
    Figure
        It belongs to no window.
    """
    lines = list(dict.fromkeys(table.column(series)))
    across = [float(x) for x in table.column(along)]
    names = table.column(series)
    rows = list(table.column(panels)) if panels else [""] * len(names)
    circumstances = list(dict.fromkeys(rows))
    size = (1.2 + 3.0 * len(measures), 1.1 + 2.1 * len(circumstances))
    figure = plt.figure(figsize=size, layout="constrained")
    plt.close(figure)  # a notebook shows the figure that a cell ends with, once
    grid = figure.subplots(len(circumstances), len(measures), sharex=True, squeeze=False)
    for column, (measure, words) in enumerate(measures.items()):
        found = measured(table, measure)
        for row, circumstance in enumerate(circumstances):
            axes = grid[row][column]
            _frame(axes)
            if measure in log:
                axes.set_yscale("log")
            if along in log:
                axes.set_xscale("log")
            floor = DEPTH * max(mean for mean, _ in found) if measure in log else -math.inf
            for k, line in enumerate(lines):
                chosen = [
                    (x, *value)
                    for x, value, name, place in zip(across, found, names, rows, strict=True)
                    if name == line and place == circumstance
                ]
                _line(axes, sorted(chosen), k, floor)
            if row == 0:
                axes.set_title(words, fontsize="medium")
            if row == len(circumstances) - 1:
                axes.set_xlabel(label or along)
            if column == 0 and panels:
                axes.set_ylabel(f"{panels} {circumstance}", fontweight="bold")
    handles = [Line2D([], [], **_style(k), label=spaced(line)) for k, line in enumerate(lines)]
    columns = min(len(lines), max(2, 2 * len(measures)))
    figure.legend(handles=handles, loc="outside lower center", ncols=columns, frameon=False)
    figure.suptitle(title, fontsize="large")
    return figure


def _style(k: int) -> dict[str, Any]:
    return {
        "color": SERIES[k % len(SERIES)],
        "marker": MARKERS[k % len(MARKERS)],
        "linestyle": LINES[(k // len(SERIES)) % len(LINES)],
        "markersize": 4,
        "linewidth": 1.4,
    }


def _frame(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize="small")
    axes.grid(color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)


def _line(axes: Axes, chosen: list[tuple[float, float, float]], k: int, floor: float) -> None:
    """One line with its band, both above a floor."""
    kept = [row for row in chosen if not math.isnan(row[1])]
    if not kept:
        return
    xs, means, errors = map(list, zip(*kept, strict=True))
    style = _style(k)
    if len(kept) > FEW:
        style["markevery"] = max(1, len(kept) // 6)
    axes.plot(xs, [max(mean, floor) for mean in means], **style)
    spread = [0.0 if math.isnan(error) else 2 * error for error in errors]
    ends = list(zip(means, spread, strict=True))
    low, high = [max(m - s, floor) for m, s in ends], [max(m + s, floor) for m, s in ends]
    axes.fill_between(xs, low, high, color=style["color"], alpha=0.18, linewidth=0)
