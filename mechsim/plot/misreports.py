"""What an agent's report costs it: whether some report serves it better than the truth."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..axioms._base import TOLERANCE
from ..mechanism import Playable
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance
from ._lies import Tried, try_reports
from ._marks import ends, limit
from ._reading import Given, instance_of, name_of, setting_of, short
from ._style import INK, SERIES, canvas, key


def misreports(
    mechanism: Playable,
    truth: Given,
    agent: int,
    *,
    setting: Line | None = None,
    unit: str = "report",
    ax: Axes | None = None,
) -> Axes:
    """The expected cost of each report to one agent, where the others report as they do.

    The cost is minus the value of what is built, so the distance to it where distance hurts.  The
    dashed line is the cost of the truth; where the curve is below it, the stretch is shaded and the
    best lie is marked.  On a setting with finitely many types every report is tried and is a dot.

    Parameters
    ----------
    mechanism : rule or mechanism
        Of a lottery the expected cost is drawn.
    truth : Instance, Population, or list, tuple or array of numbers
        What the agents' peaks are, one an agent.
    agent : int
        Who might lie, counted from 0.
    setting : Line, optional
        Reads the peaks, and its ends are those of the picture; by default that of the mechanism
        where that has ends, and else ``Line(0, 1)``.
    unit : str
        Words below the line.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If there is no such agent, or the peaks are no profile of the setting.
    Undecided
        If agents' tastes are known by their order only.

    Notes
    -----
    Exact numbers are kept exact.  The curve is tried at about 100 reports, then where straight
    pieces to the left and to the right of a bend meet, which finds the bends of a piecewise linear
    mechanism exactly, and where the cost jumps.  More than 10,000 agents are counted in floats
    by mechanisms that count.
    """
    line = setting_of(mechanism, setting)
    if setting is None and not line.bounded:
        line = Line(0, 1)
    instance = instance_of(truth, line)
    if not 0 <= agent < instance.agents:
        raise ValueError(f"agent is {agent}: there are {instance.agents} agents")
    tried = try_reports(mechanism, instance, agent)
    axes = canvas(ax)
    key(axes, _draw(axes, tried, name_of(mechanism)))
    near = isinstance(instance.setting, Line) and instance.setting.tastes == Distance()
    cost = "distance to the facility" if near else "cost (minus the value)"
    axes.set_ylabel(f"{instance.name(agent)}'s expected\n{cost}")
    axes.set_xlabel(unit)
    axes.ticklabel_format(axis="y", useOffset=False)
    limit(axes, *ends(instance.setting, tried.reports))
    return axes


def _draw(axes: Axes, tried: Tried, name: str) -> list[Artist]:
    """The curve, or a dot a type; the truth; what is better.  Returns the entries of the key."""
    x, y = tried.reports, np.array([float(cost) for cost in tried.costs.values()])
    honest, dots = float(tried.honest), tried.exhaustive
    axes.axhline(honest, color=INK, linewidth=1, linestyle="--", zorder=1)
    if dots:
        axes.vlines(x, honest, y, colors=SERIES[0], linewidth=1)
        axes.plot(x, y, "o", markersize=5, color=SERIES[0])
    else:
        axes.plot(x, y, color=SERIES[0], linewidth=1.8)
    axes.plot([float(tried.truth)], [honest], "s", markersize=8, color=INK)
    told = f"the truth, {short(tried.truth)}: cost {short(tried.honest)}"
    if not tried.gain:
        tries = "no report" if dots else f"none of {len(x)} reports tried"
        told = f"{told}; {tries} does better"
    entries: list[Artist] = [
        Line2D([], [], color=SERIES[0], marker="o" if dots else "", label=name),
        Line2D([], [], color=INK, linewidth=1, linestyle="--", marker="s", label=told),
    ]
    if tried.gain:
        entries += _draw_gain(axes, tried, x, y)
    low, high = float(y.min()), float(y.max())
    flat = high - low <= TOLERANCE * tried.scale
    room = 0.1 * tried.scale if flat else 0.08 * (high - low)
    axes.set_ylim(low - room, high + room)
    return entries


def _draw_gain(axes: Axes, tried: Tried, x: FloatArray, y: FloatArray) -> list[Artist]:
    """The reports that are better than the truth, and the best of them."""
    honest = float(tried.honest)
    entries: list[Artist] = []
    if not tried.exhaustive:
        shade = axes.fill_between(
            x,
            y,
            honest,
            where=(y < honest).tolist(),
            interpolate=True,
            facecolor="#f7d9b0",
            edgecolor=SERIES[1],
            hatch="////",
            linewidth=0,
            label="reports that do better",
        )
        entries.append(shade)
    found = "the best lie" if tried.exhaustive else "the best lie found"
    lie = f"{found}, {short(tried.best)}, gains {short(tried.gain)}"
    best, least = float(tried.best), float(tried.costs[tried.best])
    axes.plot([best], [least], "*", markersize=14, color=SERIES[1], markeredgecolor=INK)
    star = Line2D([], [], linestyle="none", marker="*", markersize=10, color=SERIES[1], label=lie)
    star.set_markeredgecolor(INK)
    return [*entries, star]
