"""Many cases in several measures: for each thing compared a dot a case, and a bar at the median."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping
from statistics import median

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ._style import INK, SERIES
from .comparison import Columns, framed, spaced


def cases(
    table: Columns, measures: Mapping[str, str], *, compared: str, case: str, columns: int = 3
) -> Figure:
    """A panel for each measure, a line for each thing compared, a dot for each case.

    Parameters
    ----------
    table : Columns
        One row for each combination; a measure that is not a number is not drawn.
    measures : mapping of the heading of a column to words
        In reading order.
    compared, case : str
        Headings: what has a line of its own, in the order of first occurrence, and what has a dot.
        Dots of a line are spread a little, each case at its own height everywhere.
    columns : int
        Panels beside each other.

    Returns
    -------
    Figure
        It belongs to no window.
    """
    lines = list(dict.fromkeys(table.column(compared)))
    dots = list(dict.fromkeys(table.column(case)))
    rows = -(-len(measures) // columns)
    size = (2.0 + 2.6 * columns, rows * (0.75 + 0.3 * len(lines)))
    figure = plt.figure(figsize=size, layout="constrained")
    plt.close(figure)  # a notebook shows the figure that a cell ends with, once
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    keys = list(zip(table.column(compared), table.column(case), strict=True))
    for number, (measure, words) in enumerate(measures.items()):
        axes = grid[number // columns][number % columns]
        framed(axes, len(lines))
        axes.yaxis.set_visible(number % columns == 0)
        axes.set_title(words, fontsize="medium")
        found = dict(zip(keys, map(float, table.column(measure)), strict=True))
        for y, line in enumerate(lines):
            _draw(axes, y, [found.get((line, dot), float("nan")) for dot in dots])
    for axes in grid.ravel()[len(measures) :]:
        axes.set_visible(False)
    for row in grid:
        row[0].set_yticks(range(len(lines)), list(map(spaced, lines)), fontsize="small")
    return figure


def _draw(axes: Axes, y: int, values: list[float]) -> None:
    """The dots of a line, those at one place side by side, and the median."""
    count = len(values)
    height = [y + 0.62 * ((k + 0.5) / count - 0.5) for k in range(count)]
    axes.plot(
        values, height, "o", color=SERIES[0], alpha=0.55, markersize=3.5, markeredgewidth=0,
        clip_on=False,
    )  # fmt: skip
    known = [value for value in values if value == value]
    if known:
        middle = median(known)
        axes.plot([middle, middle], [y - 0.36, y + 0.36], color=INK, linewidth=1.8)
