r"""A profile of reports, and why a mechanism builds where it does.

A place :math:`y` has the share :math:`S(y) = \#\{i : x_i \ge y\}/n` of the agents at it or farther
right: a staircase that falls from 1 to 0.  The median of the reports and of phantoms
:math:`p_1 \le \dots \le p_{n-1}` is where it meets the rising curve through the points
:math:`(p_k, k/n)`.  The phantom :math:`p_k` is the median if exactly :math:`k` agents are at it or
farther right, so that a tread of the staircase meets it; the report :math:`x_i` is the median if
the staircase falls past the curve there.  The phantoms of Uniform Phantom lie on the diagonal: it
builds at the place that is as far along the line as the share of agents who are there or farther.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..mechanism import Playable, play
from ..population import FloatArray
from ..preferences.single_peaked import Line, Points
from ._marks import ends, limit, mark, mark_handles
from ._reading import (
    MANY,
    Given,
    classes,
    drawn,
    instance_of,
    name_of,
    places_of,
    setting_of,
)
from ._style import BARS, INK, SERIES, canvas, key

COUNTABLE = 100_000
"""Phantoms are asked for, and drawn, for up to so many agents."""

STRIP = -0.1
"""The height below the staircase at which it is marked what is built."""


def profile(
    mechanism: Playable,
    reports: Given,
    *,
    setting: Line | None = None,
    unit: str = "location",
    ax: Axes | None = None,
) -> Axes:
    """The share of agents at each place or farther right, the phantoms, and what is built.

    Up to `MANY` agents are dots on the staircase.  A mechanism that has a method
    ``phantoms(agents)`` has them as rings on the curve that meets the staircase at the outcome.

    Parameters
    ----------
    mechanism : rule or mechanism
        Its outcome is a diamond; of a lottery the discs have the probability as their area.
    reports : Instance, Population, or list, tuple or array of numbers
        One report an agent.
    setting : Line, optional
        Reads the reports, and its ends are those of the picture; that of the mechanism by default.
    unit : str
        Words below the line.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If the reports are no profile of the setting, the lottery does not list its places, or
        there are neither one phantom fewer than agents nor one more.
    """
    instance = instance_of(reports, setting_of(mechanism, setting))
    lottery = drawn(play(mechanism, instance.reports))
    places, counts = classes(instance)
    phantoms, heights = _phantom_curve(mechanism, instance.agents)
    left, right = ends(instance.setting, places, places_of(lottery)[0], phantoms)
    axes = canvas(ax)
    handles = [_draw_stairs(axes, places, counts, left, right)]
    curve = np.clip(phantoms, left, right), heights
    if np.isfinite(phantoms).any():
        axes.plot(*curve, color=SERIES[1], linewidth=1.4, linestyle="--")
        rings = np.isfinite(phantoms) & (len(phantoms) <= MANY + 1)
        handles.append(_draw_rings(axes, phantoms[rings], heights[rings]))
    if len(lottery.support) == 1:
        outcome = float(lottery.support[0])
        top = _meeting(outcome, places, counts, curve)
        axes.plot([outcome, outcome], [STRIP, top], color=SERIES[2], linestyle=":")
    mark(axes, lottery, at=STRIP, half=0.06, colour=SERIES[2])
    handles += mark_handles(lottery, SERIES[2], name_of(mechanism))
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_ylim(2 * STRIP, 1.05)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    axes.set_ylabel("share of agents here\nor farther right")
    limit(axes, left, right)
    axes.set_xlabel(unit)
    key(axes, handles)
    return axes


def _draw_stairs(
    axes: Axes, places: FloatArray, counts: FloatArray, left: float, right: float
) -> Line2D:
    """The staircase falls by an agent's share at each report; few agents are dots on it."""
    agents = int(counts.sum())
    corners = np.concatenate([[left], np.repeat(places, 2), [right]])
    shares = np.repeat(_shares(counts), 2)
    axes.fill_between(corners, shares, color=BARS, alpha=0.35, linewidth=0)
    axes.plot(corners, shares, color=SERIES[0], linewidth=1.8)
    if agents > MANY:
        return Line2D([], [], color=SERIES[0], linewidth=1.8, label=f"{agents:,} agents")
    dots, heights = np.repeat(places, counts.astype(int)), 1 - (np.arange(agents) + 0.5) / agents
    axes.plot(dots, heights, "o", markersize=min(7.0, 160 / agents), color=SERIES[0])
    label = "an agent" if agents == 1 else "agents, one a dot"
    return Line2D([], [], color=SERIES[0], linewidth=1.8, marker="o", markersize=6, label=label)


def _shares(counts: FloatArray) -> FloatArray:
    """The share of agents at or right of each place, in order, and right of the last: none."""
    below: FloatArray = np.concatenate([[0.0], np.cumsum(counts)])
    shares: FloatArray = 1 - below / below[-1]
    return shares


def _phantom_curve(mechanism: Playable, agents: int) -> tuple[FloatArray, FloatArray]:
    """The points ``(p_k, k/n)`` from ``k = 0`` to ``n``, or none where there are no phantoms.

    Where there are ``n - 1`` phantoms, the first and the last are infinitely far.
    """
    phantoms: Callable[[int], Points] | None = getattr(mechanism, "phantoms", None)
    if phantoms is None or agents > COUNTABLE:
        return np.empty(0), np.empty(0)
    places = np.array([float(place) for place in phantoms(agents)])
    if len(places) == agents - 1:
        places = np.concatenate([[-np.inf], places, [np.inf]])
    elif len(places) != agents + 1:
        raise ValueError(
            f"phantoms has {len(places)} entries: for {agents} agents there must be "
            f"{agents - 1} or {agents + 1}"
        )
    return places, np.linspace(0, 1, agents + 1)


def _draw_rings(axes: Axes, places: FloatArray, heights: FloatArray) -> Line2D:
    """Phantoms as rings on their curve."""
    handle = Line2D(
        [], [], color=SERIES[1], linewidth=1.4, linestyle="--", label="phantoms, the k-th at k/n"
    )
    if len(places):
        handle.set(marker="o", markersize=6, markerfacecolor="white")
        size = min(7.0, 160 / len(places))
        axes.plot(places, heights, "o", markersize=size, color=SERIES[1], markerfacecolor="white")
    return handle


def _meeting(
    outcome: float, places: FloatArray, counts: FloatArray, curve: tuple[FloatArray, FloatArray]
) -> float:
    """How high the staircase is at the outcome, or where it meets the curve there."""
    shares = _shares(counts)
    high = float(shares[np.searchsorted(places, outcome, side="left")])
    low = float(shares[np.searchsorted(places, outcome, side="right")])
    x, y = curve
    if not len(x):
        return high
    here = y[x == outcome] if np.any(x == outcome) else np.interp([outcome], x, y)
    return float(max(low, here.min()) + min(high, here.max())) / 2
