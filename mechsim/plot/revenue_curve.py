"""What a law of values earns: its revenue curve, the concave hull, and the monopoly."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .._numbers import Number
from ..algorithms.ironing import ironed_quantiles
from ..population import FloatArray
from ..preferences.values import Discrete, Empirical, Law
from ._bids import LOSS_AREA, floats
from ._reading import MANY, name_of, short
from ._style import INK, PALE, SERIES, canvas, key

CLICKS, WARNING = SERIES[:2]

DRAWN = 2_000
"""Of more values than this some are left out, though none on the hull."""

SEEN = 1e-9
"""What is less than this share of the largest revenue is rounding."""

Curve = tuple[FloatArray, FloatArray]
"""Quantiles, increasing from 0, and the revenue at each."""


def revenue_curve(law: Law, *, ax: Axes | None = None) -> Axes:
    r"""The revenue of selling to the share q of bidders who would pay most: :math:`q F^{-1}(1-q)`.

    Its slopes are virtual values.  Where it is below its concave hull, it is ironed: the hull's
    slopes are the ironed virtual values, and no auction can tell such bidders apart and earn more.
    The highest point is the monopoly's; its price is the slope of the ray to it.  Of finitely many
    values each is a point.

    Parameters
    ----------
    law : Law
        Of a value; see `mechsim.preferences.values`.
    ax : Axes, optional
        Where to draw; a new figure by default.

    References
    ----------
    Bulow, Roberts. The Simple Economics of Optimal Auctions. Journal of Political Economy 97, 1989.
    """
    finite = isinstance(law, Discrete | Empirical)
    shares, curve = _points(law) if isinstance(law, Discrete | Empirical) else _smooth(law)
    slopes = ironed_quantiles(shares, curve)
    hull: FloatArray = np.append(0.0, np.cumsum(slopes * np.diff(shares)))
    axes = canvas(ax, height=4.2)
    top = float(hull.max()) or 1.0
    below = hull - curve > SEEN * top
    kept = _kept(below)
    shares, curve, hull, below = shares[kept], curve[kept], hull[kept], below[kept]
    handles = _draw_curve(axes, (shares, curve), below, finite)
    if below.any():
        handles += _draw_hull(axes, (shares, curve), hull, below)
    handles.append(_draw_monopoly(axes, law, finite))
    axes.set_title(name_of(law), loc="left", fontsize="medium")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.12 * top)
    axes.set_xlabel("q, the share of bidders who buy")
    axes.set_ylabel(r"revenue  $q\,F^{-1}(1-q)$")
    key(axes, handles)
    return axes


def _points(law: Discrete | Empirical) -> Curve:
    """The share of bidders who would pay each value, and that times the value; after (0, 0)."""
    values = floats(law.values) if isinstance(law, Discrete) else np.unique(law.samples)
    shares = np.append(1.0, 1 - law.cdf(values[:-1]))
    return np.append(0.0, shares[::-1]), np.append(0.0, (values * shares)[::-1])


def _smooth(law: Law) -> Curve:
    tail = 0.5 ** np.arange(1, 40)
    shares = np.unique(np.concatenate([[0.0], tail, 1 - tail, np.linspace(0, 1, 513)]))
    values: FloatArray = law.quantile(1 - shares[1:])
    return shares, np.append(0.0, shares[1:] * values)


def _kept(below: npt.NDArray[np.bool_]) -> Any:
    """Which points are drawn: of many those on the hull, one below each of its edges, and some."""
    if len(below) <= DRAWN:
        return slice(None)
    some = np.linspace(0, len(below) - 1, DRAWN // 2).astype(np.intp)
    turns = np.flatnonzero(below[1:] != below[:-1]) + 1
    return np.unique(np.concatenate([some, np.flatnonzero(~below), turns]))


def _draw_curve(axes: Axes, points: Curve, below: Any, finite: bool) -> list[Artist]:
    shares, curve = points
    if not finite or len(shares) > MANY:
        axes.plot(shares, curve, color=CLICKS, linewidth=1.8, zorder=3)
        return [Line2D([], [], color=CLICKS, linewidth=1.8, label="revenue")]
    axes.plot(shares, curve, color=PALE, linewidth=1, zorder=1)
    for chosen, face in ((~below, CLICKS), (below, "white")):
        axes.plot(
            shares[chosen][shares[chosen] > 0], curve[chosen][shares[chosen] > 0], "o",
            color=CLICKS, markerfacecolor=face, markersize=6, zorder=4,
        )  # fmt: skip
    return [
        Line2D([], [], linestyle="none", marker="o", color=CLICKS, label="revenue at each value")
    ]


def _draw_hull(axes: Axes, points: Curve, hull: FloatArray, below: Any) -> list[Artist]:
    """The hull, and what it adds."""
    shares, curve = points
    axes.fill_between(shares, curve, hull, color=LOSS_AREA, linewidth=0, zorder=0)
    on_chord = below | np.append(below[1:], False) | np.append(False, below[:-1])
    axes.plot(
        shares, np.where(on_chord, hull, np.nan), color=WARNING, linewidth=1.8, linestyle="--",
        zorder=3, gid="hull",
    )  # fmt: skip
    line = Line2D([], [], color=WARNING, linewidth=1.8, linestyle="--", label="concave hull")
    return [line, Patch(color=LOSS_AREA, linewidth=0, label="ironed")]


def _draw_monopoly(axes: Axes, law: Law, finite: bool) -> Artist:
    """The price at which the virtual value turns positive."""
    price: Number = law.least(0)
    below = math.nextafter(float(price), -math.inf) if finite else price
    share: Any = 1 - law.cdf(below)  # who would pay the price, too
    earned = share * price
    x, y = float(share), float(earned)
    axes.plot([0, x], [0, y], color=INK, linewidth=1, linestyle=":", zorder=2)
    axes.plot([x, x, 0], [0, y, y], color=INK, linewidth=1, linestyle="--", zorder=2)
    axes.plot([x], [y], "D", markersize=8, color=INK, zorder=5)
    told = f"monopoly: price {short(price)}, q = {short(share)}, revenue {short(earned)}"
    return Line2D([], [], color=INK, linewidth=1, linestyle="--", marker="D", label=told)
