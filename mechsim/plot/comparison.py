"""Many things compared in several measures, under several circumstances: dots in small panels."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from matplotlib import colormaps
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ._style import INK, MARKERS, PALE

ABSENT = (float("nan"), 0.0)
"""What is drawn where the table has no row: nothing."""


class Columns(Protocol):
    """A table: the numbers and texts below each heading."""

    def column(self, name: str, /) -> Sequence[Any]:
        """One column, from top to bottom."""
        ...


def comparison(
    table: Columns,
    measures: Mapping[str, str],
    *,
    compared: str,
    panels: str,
    series: str,
    title: str = "",
) -> Figure:
    """A panel for each measure and each entry of ``panels``, a line for each that is compared.

    Parameters
    ----------
    table : Columns
        One row for each combination; beside the column of a measure may be one of its standard
        errors, whose heading ends in ``se``, drawn as a bar of two of them either way.
    measures : mapping of the heading of a column to words
        From left to right; panels of a measure share their axis.
    compared, panels, series : str
        Headings: what has a line of its own, what a row of panels, what a shade and a mark.
        Entries are drawn in the order in which they first occur.
    title : str
        Above the picture.

    Returns
    -------
    Figure
        It belongs to no window.
    """
    lines, circumstances, shades = (
        list(dict.fromkeys(table.column(name))) for name in (compared, panels, series)
    )
    rows, columns = len(circumstances), len(measures)
    size = (1.9 + 2.1 * columns, 0.9 + rows * (0.35 + 0.21 * len(lines)))
    figure = plt.figure(figsize=size, layout="constrained")
    plt.close(figure)  # a notebook shows the figure that a cell ends with, once
    grid = figure.subplots(rows, columns, sharex="col", sharey=True, squeeze=False)
    colours = _shades(len(shades))
    keys = list(zip(*map(table.column, (panels, series, compared)), strict=True))
    cells = {name: dict(zip(keys, measured(table, name), strict=True)) for name in measures}
    for row, circumstance in enumerate(circumstances):
        for axes, (measure, words) in zip(grid[row], measures.items(), strict=True):
            framed(axes, len(lines))
            axes.yaxis.set_visible(axes is grid[row][0])
            if row == 0:
                axes.set_title(words, fontsize="medium")
            for k, shade in enumerate(shades):
                places = [y + 0.6 * ((k + 0.5) / len(shades) - 0.5) for y in range(len(lines))]
                found = [cells[measure].get((circumstance, shade, x), ABSENT) for x in lines]
                _dots(axes, found, places, colours[k], MARKERS[k])
        first = grid[row][0]
        first.set_yticks(range(len(lines)), list(map(spaced, lines)), fontsize="small")
        first.set_ylabel(str(circumstance), fontweight="bold")
    handles = [
        Line2D([], [], color=c, marker=m, linestyle="none", markersize=5, label=f"{shade} {series}")
        for shade, c, m in zip(shades, colours, MARKERS, strict=False)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(shades), frameon=False)
    figure.suptitle(title, fontsize="large")
    return figure


def _shades(count: int) -> list[Any]:
    """Colours from light to dark that stay in order for every reader and in grey print."""
    return [colormaps["viridis_r"](0.12 + 0.88 * k / max(count - 1, 1)) for k in range(count)]


def framed(axes: Axes, lines: int) -> None:
    """Axes of horizontal lines of dots, every other one shaded."""
    axes.set_ylim(lines - 0.5, -0.5)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize="small")
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    for y in range(0, lines, 2):
        axes.axhspan(y - 0.5, y + 0.5, color=INK, alpha=0.04, linewidth=0)


def measured(table: Columns, measure: str) -> list[tuple[float, float]]:
    """The measure and its standard error, row by row; without errors in the table, 0."""
    means = table.column(measure)
    try:
        errors = table.column(f"{measure} se")
    except ValueError:
        errors = [0.0] * len(means)
    return [(float(mean), float(error)) for mean, error in zip(means, errors, strict=True)]


def _dots(
    axes: Axes, found: Sequence[tuple[float, float]], places: list[float], colour: Any, marker: str
) -> None:
    means, errors = zip(*found, strict=True)
    axes.errorbar(
        means,
        places,
        xerr=[2 * error for error in errors],
        fmt=marker,
        color=colour,
        markersize=4,
        elinewidth=1,
        clip_on=False,
    )


def spaced(name: object) -> str:
    """``UniformPhantom`` as ``Uniform Phantom``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(name))
