"""How much worse than the best a mechanism can be, as the number of agents grows."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator, StrMethodFormatter
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from .._numbers import Number, real, show, whole
from ._style import LINES, MARKERS, PALE, SERIES, canvas, key

Ratios: TypeAlias = Mapping[str, Mapping[int, Number]]
"""By name and number of agents; a ratio is at least 1, and ``math.inf`` where there is no bound."""

POINTS = 200
"""A formula is drawn at up to about so many numbers of agents."""

ROUNDING = 1e-9
"""A float ratio may be less than 1 by this."""

ASIDE = 11
"""Marks of ratios without bound stand so many points apart."""

TOP = 0.94
"""Where along the height of the picture the ratios are marked that have no bound."""


def ratios(
    found: Ratios,
    formulas: Mapping[str, Callable[[int], Number]] | None = None,
    *,
    logarithmic: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Worst ratios found by search as marks, and those that theory gives as lines.

    Parameters
    ----------
    found : mapping of a name to a mapping of a number of agents to a ratio
        For example ``{"median": {2: 1, 3: Fraction(3, 2), 4: math.inf}}``.
    formulas : mapping of a name to a function of the number of agents, optional
        Drawn over all numbers of agents that occur in ``found``; a name that occurs in both has one
        colour.
    logarithmic : bool
        Whether equal factors are equally high.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If nothing was found, or a ratio is less than 1 or no number.
    """
    marks = {name: _checked(name, row) for name, row in found.items()}
    agents = sorted({n for row in marks.values() for n in row})
    if not agents:
        raise ValueError("found is empty: a picture of ratios needs at least one")
    lines = {name: _checked(name, _tabulate(f, agents)) for name, f in (formulas or {}).items()}
    axes = canvas(ax, height=4.2)
    axes.axhline(1, color=PALE, linewidth=1, zorder=0)
    names = list(dict.fromkeys((*marks, *lines)))
    drawn = [(_Look(names.index(name), line=True), row) for name, row in lines.items()]
    drawn += [(_Look(names.index(name), mark=True), row) for name, row in marks.items()]
    for look, row in drawn:
        bounded = [ratio if ratio < math.inf else math.nan for ratio in row.values()]
        axes.add_line(look.through(list(row), bounded))
    _scale(axes, [row for _, row in drawn], logarithmic)
    _draw_unbounded(axes, [(look, row) for look, row in drawn if math.inf in row.values()])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, steps=[1, 2, 5, 10]))
    axes.set_xlabel("agents")
    told = "worst ratio to the best possible"
    axes.set_ylabel(f"{told}\n(marks: found, lines: formulas)" if lines else told)
    looks = [_Look(k, mark=name in marks, line=name in lines) for k, name in enumerate(names)]
    key(axes, [look.through([], [], name) for look, name in zip(looks, names, strict=True)])
    return axes


@dataclass(frozen=True)
class _Look:
    """How the mechanism at this place in the key looks.

    Marks are hollow and get smaller from one to the next, so that none hides another.
    """

    place: int
    mark: bool = False
    line: bool = False

    def through(self, x: Sequence[float], y: Sequence[float], label: str = "") -> Line2D:
        """Marks at these points, or a line through them, or both."""
        return Line2D(
            x,
            y,
            label=label,
            color=SERIES[self.place % len(SERIES)],
            linewidth=1.5,
            linestyle=LINES[self.place % len(LINES)] if self.line else "none",
            marker=MARKERS[self.place % len(MARKERS)] if self.mark else "none",
            markersize=max(10 - 1.5 * self.place, 5),
            markerfacecolor="none",
            markeredgewidth=1.5,
        )


def _checked(name: str, row: Mapping[int, Number]) -> dict[int, float]:
    """The ratios by increasing number of agents, as floats."""
    checked: dict[int, float] = {}
    for n in sorted(row):
        whole(n, f"number of agents of {name}", least=1)
        ratio = row[n] if row[n] == math.inf else real(row[n], f"ratio of {name} at {n} agents")
        if ratio < 1 - ROUNDING:
            raise ValueError(
                f"ratio of {name} at {n} agents is {show(ratio)}: it must be at least 1"
            )
        checked[n] = float(ratio)
    return checked


def _tabulate(formula: Callable[[int], Number], agents: Sequence[int]) -> dict[int, Number]:
    """The formula from the least number of agents to the greatest, at about `POINTS` of them."""
    first, last = agents[0], agents[-1]
    step = max((last - first) // POINTS, 1)
    return {n: formula(n) for n in (*range(first, last, step), last)}


def _scale(axes: Axes, rows: Sequence[Mapping[int, float]], logarithmic: bool) -> None:
    """Room for everything found, below the row of what has no bound if there is any."""
    found = [ratio for row in rows for ratio in row.values()]
    highest = max([1.5, *(ratio for ratio in found if ratio < math.inf)])
    room = 1 / 0.85 if math.inf in found else 1.06
    locator = MaxNLocator(nbins=6, steps=[1, 2, 5, 10])
    if logarithmic:
        axes.set_yscale("log")
        axes.set_ylim(highest**-0.05, highest**room)
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axes.yaxis.set_minor_locator(NullLocator())
    else:
        axes.set_ylim(1 - 0.05 * (highest - 1), 1 + room * (highest - 1))
    decades = LogLocator(subs=(1, 2, 5)) if logarithmic and highest > 10 else locator
    ticks = decades.tick_values(1, highest)
    axes.set_yticks([tick for tick in ticks if 1 <= tick <= highest * (1 + ROUNDING)])
    agents = [n for row in rows for n in row]
    margin = max(0.5, 0.03 * (max(agents) - min(agents)))
    axes.set_xlim(min(agents) - margin, max(agents) + margin)


def _draw_unbounded(axes: Axes, unbounded: Sequence[tuple[_Look, Mapping[int, float]]]) -> None:
    """A row at the top, in which marks stand side by side."""
    if not unbounded:
        return
    marks = [look.place for look, _ in unbounded if look.mark]
    for look, row in unbounded:
        heights = [TOP if ratio == math.inf else math.nan for ratio in row.values()]
        top = look.through(list(row), heights)
        aside = ASIDE * (marks.index(look.place) - (len(marks) - 1) / 2) if look.mark else 0.0
        offset = ScaledTranslation(aside / 72, 0, axes.figure.dpi_scale_trans)
        top.set_transform(blended_transform_factory(axes.transData, axes.transAxes) + offset)
        axes.add_line(top)
    line = Line2D([0, 1], [TOP - 0.05] * 2, color=PALE, linewidth=1, transform=axes.transAxes)
    axes.add_artist(line)
    axes.text(1.01, TOP, "no bound", transform=axes.transAxes, va="center", fontsize="small")
