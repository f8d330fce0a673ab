"""Where something is built, as marks on a line, and where the line ends."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..lottery import Finite
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ._reading import MANY, places_of, short, stretches
from ._style import INK


def mark(axes: Axes, lottery: Finite[Any], *, at: float, half: float, colour: str) -> None:
    """A diamond, or discs whose area is the probability; many places as a histogram.

    It is drawn at the height ``at`` and keeps within ``half`` of it; a negative ``half`` is for
    axes that point down.  What is not sure has its mean as a short bar.
    """
    places, weights = places_of(lottery)
    if len(places) == 1:
        axes.plot(places, [at], marker="D", markersize=9, color=colour, linestyle="none")
        return
    if len(places) > MANY:
        mass, edges = stretches(places, weights)
        axes.bar(
            edges[:-1],
            2 * half * mass / mass.max(),
            width=np.diff(edges),
            align="edge",
            bottom=at - half,
            color=colour,
            alpha=0.6,
        )
    else:
        areas = 1_000 * weights
        axes.scatter(places, [at] * len(places), s=areas, color=colour, alpha=0.75, lw=0)
    mean, reach = float(lottery.expect(float)), 16 / 15 * half
    axes.plot([mean, mean], [at - reach, at + reach], color=INK, linewidth=1.5)


def mark_handles(lottery: Finite[Any], colour: str, name: str) -> list[Line2D]:
    """What `mark` draws, for the key."""
    if len(lottery.support) == 1:
        return [handle("D", 7, colour, f"{name} builds at {short(lottery.support[0])}")]
    shape = "s" if len(lottery.support) > MANY else "o"
    mean = short(lottery.expect(lambda place: place))
    return [
        handle(shape, 8, colour, f"{name}, by probability"),
        handle("|", 11, INK, f"expected place {mean}"),
    ]


def handle(marker: str, size: float, colour: str, label: str) -> Line2D:
    """An entry of the key that is a mark."""
    edge = 1.5 if marker == "|" else 0
    return Line2D(
        [], [], linestyle="none", marker=marker, markersize=size, color=colour,
        markeredgewidth=edge, label=label,
    )  # fmt: skip


def ends(line: Line, *shown: FloatArray) -> tuple[float, float]:
    """Where a picture begins and ends: with the line, if that ends and all that is shown is on it.

    Otherwise the picture reaches as far as what is shown, and a little farther where the line does.
    """
    everything = np.concatenate([*shown, [float(line.low), float(line.high)]])
    everything = everything[np.isfinite(everything)]
    low, high = float(everything.min()), float(everything.max())
    size = max(abs(low), abs(high))
    room = 0.12 * (high - low) if high - low > 1e-9 * size else max(1.0, 1e-3 * size)
    return (
        low if line.low > -np.inf else low - room,
        high if line.high < np.inf else high + room,
    )


def limit(axes: Axes, left: float, right: float) -> None:
    """Let the picture reach a little beyond both ends, so that marks there are seen whole."""
    margin = 0.04 * (right - left)
    axes.set_xlim(left - margin, right + margin)
