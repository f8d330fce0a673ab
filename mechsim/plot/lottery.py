"""A lottery over places: how likely each is."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .._numbers import Number
from ..lottery import Finite
from ..preferences.single_peaked import Line
from ._marks import ends, limit
from ._reading import MANY, drawn, places_of, short, stretches
from ._style import BARS, INK, SERIES, canvas, key


def lottery(
    drawn_from: Number | Finite[Any],
    *,
    setting: Line = Line(),
    unit: str = "location",
    ax: Axes | None = None,
) -> Axes:
    """Each place as a stem as high as its probability, and the mean; many as a histogram.

    Parameters
    ----------
    drawn_from : Finite or Number
        The lottery; a place is built at surely.
    setting : Line
        Its ends, where finite, are the ends of the picture.
    unit : str
        Words below the line.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If an outcome is no number, or the lottery does not list its outcomes.
    """
    chances = drawn(drawn_from)
    axes = canvas(ax)
    places, weights = places_of(chances)
    mean = chances.expect(lambda place: place)
    if len(places) > MANY:
        heights, edges = stretches(places, weights)
        axes.stairs(heights, edges, fill=True, facecolor=BARS, edgecolor=INK, linewidth=0.5)
        axes.set_ylabel(f"probability, in {MANY} bins")
    else:
        heights = weights
        axes.vlines(places, 0, heights, colors=SERIES[0], linewidth=2)
        axes.plot(places, heights, "o", markersize=7, color=SERIES[0])
        axes.set_ylabel("probability")
    axes.axvline(float(mean), color=INK, linestyle="--", linewidth=1.2, zorder=3)
    axes.set_ylim(0, 1.08 * float(heights.max()))
    limit(axes, *ends(setting, places))
    axes.set_xlabel(unit)
    handle = Line2D([], [], color=INK, linestyle="--", label=f"mean {short(mean)}")
    key(axes, [handle])
    return axes
