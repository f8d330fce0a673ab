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
from ..lottery import Finite
from ..preferences.single_peaked import Line
from ._marks import mark
from ._reading import MANY, drawn, require_inside
from ._style import BARS, INK, PALE, SERIES


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
    if len(places) > MANY:
        axes.hist(list(map(float, points)), bins="auto", color=BARS, edgecolor=INK, linewidth=0.5)
    else:
        gaps = [b - a for a, b in pairwise(places)]
        heights = [count[place] for place in places]
        axes.bar(places, heights, width=0.6 * min(gaps, default=1.0), color=BARS, edgecolor=INK)
    axes.set_ylabel("agents")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, steps=[1, 2, 5, 10]))
    return axes


def outcomes(chosen: Mapping[str, Number | Finite[Any]], *, ax: Axes | None = None) -> Axes:
    """Where each mechanism builds: a diamond, or discs whose area is the probability.

    Parameters
    ----------
    chosen : mapping of a mechanism's name to its outcome or lottery
        Drawn from top to bottom in the order given.  A lottery's mean is a short bar; a lottery
        over many places is a histogram.
    ax : Axes, optional
        Where to draw; a new figure by default.
    """
    axes = ax if ax is not None else plt.figure().add_subplot()
    labels: list[str] = []
    for row, (name, outcome) in enumerate(chosen.items()):
        lottery = drawn(outcome)
        mean = float(lottery.expect(float))
        mark(axes, lottery, at=row, half=-0.3, colour=SERIES[row % len(SERIES)])
        expected = "expected " if len(lottery.support) > 1 else ""
        labels.append(f"{name}\n{expected}{mean:.4g}")
    axes.set_ylim(len(chosen) - 0.5, -0.6)
    axes.set_yticks(range(len(labels)), labels, fontsize="small")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    return axes


def placement(
    points: tuple[Number, ...],
    chosen: Mapping[str, Number | Finite[Any]],
    *,
    setting: Line = Line(0, 1),
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
    setting : Line
        Agents and outcomes are on it; its ends, where finite, are the ends of the picture.
    title, unit : str
        Words above the picture and below the line.

    Returns
    -------
    Figure
        With two axes; it belongs to no window.

    Raises
    ------
    ValueError
        If a report or an outcome is off the line.
    """
    setting.read(points)
    for name, outcome in chosen.items():
        require_inside(drawn(outcome), name, setting)
    figure = plt.figure(figsize=(8, 2.8 + 0.5 * len(chosen)), layout="constrained")
    plt.close(figure)  # a notebook shows the figure that a cell ends with, once
    above, below = figure.subplots(
        2, 1, sharex=True, height_ratios=[2.2, max(1.0, 0.6 * len(chosen))]
    )
    reports(points, ax=above)
    outcomes(chosen, ax=below)
    if setting.bounded:
        margin = 0.06 * float(setting.length)
        below.set_xlim(float(setting.low) - margin, float(setting.high) + margin)
    above.set_title(title, fontsize="medium", loc="left")
    below.set_xlabel(
        f"{unit}\n\u25c6 built here for sure   \u25cf area: probability   | expected place"
    )
    below.xaxis.label.set_fontsize("small")
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
    return figure
