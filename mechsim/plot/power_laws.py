"""What grows like a power of a size, beside the power that theory says."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ._style import MARKERS, PALE, SERIES
from .comparison import Columns, spaced


class Powers(Protocol):
    """What `Results` of a study offer."""

    def where(self, axis: str, cell: Any, /) -> "Powers":
        """Those of some points."""
        ...

    def summary(self) -> Columns:
        """Means, with the ends of intervals."""
        ...

    def slope(self, measure: str, along: str, /) -> Columns:
        """The exponent of a power law, with the ends of an interval."""
        ...


def power_laws(
    results: Powers,
    measures: Mapping[str, str],
    *,
    along: str,
    series: str,
    exponents: Mapping[str, Mapping[str, float]],
    label: str = "",
) -> Figure:
    r"""A panel for each measure, on logarithmic axes; dashed lines rise as theory says.

    The dashed line of a series goes through its last mean.  Beside each stand the measured exponent
    with its 95 % interval (`Results.slope`) and, in brackets, that of theory.

    Parameters
    ----------
    results : Results
        Of a study; what is drawn must be positive.
    measures : mapping of names to words
        From left to right.
    along : str
        The axis of sizes.
    series : str
        The axis whose entries have a line each.
    exponents : mapping of measures to mappings of series to float
        Only what is named here is drawn.
    label : str
        What the sizes are.

    Returns
    -------
    Figure
        It belongs to no window.
    """
    figure = plt.figure(figsize=(1.0 + 4.3 * len(measures), 4.2), layout="constrained")
    plt.close(figure)  # a notebook shows the figure that a cell ends with, once
    grid = figure.subplots(1, len(measures), squeeze=False)
    table = results.summary()
    places = [float(x) for x in table.column(along)]
    names = [str(name) for name in table.column(series)]
    order = list(dict.fromkeys(names))
    for axes, (measure, words) in zip(grid[0], measures.items(), strict=True):
        _frame(axes, words, label or along)
        columns = [table.column(f"{measure}{end}") for end in ("", " low", " high")]
        for name, exponent in exponents[measure].items():
            k = order.index(name)
            rows = [
                (x, *(float(c) for c in cells))
                for x, who, *cells in zip(places, names, *columns, strict=True)
                if who == name
            ]
            x, mean, low, high = np.array(sorted(rows)).T
            colour = SERIES[k % len(SERIES)]
            found = results.where(series, name).slope(measure, along)
            slope, below, above = (
                float(found.column(f"slope{e}")[0]) for e in ("", " low", " high")
            )
            told = f"{spaced(name)}: {slope:.3f} [{below:.3f}, {above:.3f}] ({exponent:.3g})"
            marks = {"color": colour, "marker": MARKERS[k % len(MARKERS)], "markersize": 4.0}
            axes.errorbar(
                x, mean, (mean - low, high - mean), linewidth=1.2, capsize=2, label=told, **marks
            )
            axes.plot(x, mean[-1] * (x / x[-1]) ** exponent, color=colour, ls="--", lw=1)
        axes.legend(fontsize="x-small", frameon=False, loc="upper left")
        low, high = axes.get_ylim()
        axes.set_ylim(low, high * (high / low) ** (0.09 * len(exponents[measure]) + 0.03))
    return figure


def _frame(axes: Axes, words: str, label: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(words, fontsize="medium")
    axes.set_xlabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize="small")
    axes.grid(color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
