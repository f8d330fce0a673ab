"""Where agents are on the line and where mechanisms build."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .._numbers import Number
from ..lottery import Finite, is_finite, sure
from ._style import BARS, INK, SERIES


def reports(points: tuple[Number, ...], *, ax: Axes | None = None) -> Axes:
    """How many agents report each point, as bars; many different points as a histogram.

    Parameters
    ----------
    points : tuple of Number
        One report an agent, any unit of length.
    ax : Axes, optional
        Where to draw; a new figure by default.
    """
    axes = ax if ax is not None else plt.figure().add_subplot()
    count = Counter(map(float, points))
    places = sorted(count)
    if len(places) > 40:
        axes.hist(list(map(float, points)), bins="auto", color=BARS, edgecolor=INK, linewidth=0.5)
    else:
        gaps = [b - a for a, b in pairwise(places)]
        heights = [count[place] for place in places]
        axes.bar(places, heights, width=0.6 * min(gaps, default=1.0), color=BARS, edgecolor=INK)
    axes.set_ylabel("agents")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return axes


def outcomes(chosen: Mapping[str, Number | Finite[Any]], *, ax: Axes | None = None) -> Axes:
    """Where each mechanism builds: a diamond, or discs whose area is the probability.

    Parameters
    ----------
    chosen : mapping of a mechanism's name to its outcome or lottery
        Drawn from top to bottom in the order given.  A lottery's mean is a short bar.
    ax : Axes, optional
        Where to draw; a new figure by default.
    """
    axes = ax if ax is not None else plt.figure().add_subplot()
    for row, (name, outcome) in enumerate(chosen.items()):
        colour = SERIES[row % len(SERIES)]
        lottery: Finite[Any] = outcome if is_finite(outcome) else sure(outcome)
        places = [float(place) for place in lottery.support]
        weights = [float(p) for p in lottery.probability.values()]
        mean = float(lottery.expect(float))
        if len(places) > 1:
            areas = [1_000 * weight for weight in weights]
            axes.scatter(places, [row] * len(places), s=areas, color=colour, alpha=0.75, lw=0)
            axes.plot([mean, mean], [row - 0.28, row + 0.28], color=INK, linewidth=1.5)
        else:
            axes.plot(places, [row], marker="D", markersize=9, color=colour, linestyle="none")
        note = f"{name}\n{'expected ' if len(places) > 1 else ''}{mean:.4g}"
        axes.annotate(
            note,
            (1.02, row),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize="small",
            color=INK,
        )
    axes.set_ylim(len(chosen) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    return axes


def placement(
    points: tuple[Number, ...],
    chosen: Mapping[str, Number | Finite[Any]],
    *,
    title: str = "",
    unit: str = "location",
) -> Figure:
    """The agents above, and below them, on the same line, where each mechanism builds.

    Parameters
    ----------
    points : tuple of Number
        One report an agent.
    chosen : mapping of a mechanism's name to its outcome or lottery
        What to compare.
    title, unit : str
        Words above the picture and below the line.

    Returns
    -------
    Figure
        With two axes; it belongs to no window, so saving it needs no display.
    """
    figure = Figure(figsize=(8, 2.6 + 0.5 * len(chosen)), layout="constrained")
    above, below = figure.subplots(
        2, 1, sharex=True, height_ratios=[2.2, max(1.0, 0.6 * len(chosen))]
    )
    reports(points, ax=above)
    outcomes(chosen, ax=below)
    above.set_title(title, fontsize="medium", loc="left")
    below.set_xlabel(unit)
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
    return figure
