"""Which outcomes are fair, and which mechanisms build there."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .._numbers import Number
from ..axioms._base import positive, scale_of
from ..axioms.fair_share import IndividualFairShare, UnanimousFairShare
from ..axioms.intervals import Interval, fair_interval
from ..axioms.names import label
from ..axioms.proportional_fairness import ProportionallyFair
from ..lottery import Finite
from ..preferences.single_peaked import Line
from ._marks import ends, handle, limit, mark
from ._reading import MANY, Given, drawn, instance_of, places_of, require_inside, short
from ._style import BARS, INK, LINES, SERIES, canvas, key

FAIR = (IndividualFairShare(), UnanimousFairShare(), ProportionallyFair())
"""From the weakest to the strongest, so that each interval lies in the one before."""

GAP = 0.5
"""Between the bars and the mechanisms, as a share of a row."""

WIDTH = 34
"""Longer names of mechanisms are broken."""


def fairness(
    reports: Given,
    outcomes: Mapping[str, Number | Finite[Any]],
    *,
    setting: Line = Line(0, 1),
    axioms: Sequence[Any] = FAIR,
    unit: str = "location",
    ax: Axes | None = None,
) -> Axes:
    """The interval of fair outcomes of each axiom as a bar, and below where mechanisms build.

    From what a mechanism builds a line leads up to the bars: it ends in a dot on a bar that it is
    inside of, and crosses out one that it misses.  Below its name are the axioms that are
    satisfied; of a lottery, ex post, with the probability that they are.

    Parameters
    ----------
    reports : Instance, Population, or list, tuple or array of numbers
        One report an agent.
    outcomes : mapping of a mechanism's name to its outcome or lottery
        Drawn from top to bottom in the order given.
    setting : Line
        Reads the reports, and its ends are those of the picture; it must have two finite ends.
    axioms : sequence of axioms
        Each with an interval, as `mechsim.axioms.fair_interval` finds it.
    unit : str
        Words below the line.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If the reports are no profile of the setting, the line has no ends, an axiom has no
        interval, or an outcome is no place on the line.

    References
    ----------
    Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
    arXiv:2111.01566.
    """
    instance = instance_of(reports, setting)
    fair = {label(axiom): fair_interval(axiom, instance) for axiom in axioms}
    lotteries = {name: drawn(outcome) for name, outcome in outcomes.items()}
    line: Line = instance.setting
    for name, lottery in lotteries.items():
        require_inside(lottery, name, line)
    scale = scale_of(line)
    first, last = len(fair) + GAP, len(fair) + GAP + len(lotteries) - 1
    axes = canvas(ax, height=1.5 + 0.5 * (last + 1))
    ticks: dict[float, str] = {}
    for row, (name, (low, high)) in enumerate(fair.items()):
        left, width = float(low), float(high) - float(low)
        axes.barh(row, width, 0.55, left, color=BARS, edgecolor=INK, linewidth=0.8, zorder=0.5)
        height = last - first + 1
        axes.bar(left, height, width, first - 0.5, align="edge", color=BARS, alpha=0.3, zorder=0.5)
        told = f"{short(low)} to {short(high)}" if low < high else f"only {short(low)}"
        ticks[row] = f"{name}\n{told}"
    for k, (name, lottery) in enumerate(lotteries.items()):
        at = first + k
        if len(lottery.support) <= MANY:
            for place in lottery.support:
                _draw_place(axes, place, at, list(fair.values()), k, scale)
        mark(axes, lottery, at=at, half=-0.3, colour=SERIES[k % len(SERIES)])
        ticks[at] = f"{fill(name, WIDTH)}\n{_verdict(lottery, fair, scale)}"
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize="small")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(last + 0.5, -0.6)
    limit(axes, *ends(line, *(places_of(lottery)[0] for lottery in lotteries.values())))
    axes.set_xlabel(unit)
    key(axes, _handles(lotteries.values()))
    return axes


def _draw_place(
    axes: Axes, place: Number, at: float, intervals: Sequence[Interval], k: int, scale: float
) -> None:
    """A line from what mechanism ``k`` builds up to the bars, with a dot or a cross at each."""
    x, colour = float(place), SERIES[k % len(SERIES)]
    style = LINES[k % len(LINES)]
    axes.plot([x, x], [at, -0.4], color=colour, linewidth=1.2, linestyle=style, zorder=1)
    for bar, interval in enumerate(intervals):
        marker = "o" if _inside(place, interval, scale) else "X"
        axes.plot([x], [bar], marker, markersize=9, color=colour, markeredgecolor="white", zorder=3)


def _inside(place: Number, interval: Interval, scale: float) -> bool:
    """Whether a place is fair, up to rounding of floats."""
    low, high = interval
    return not (positive(low - place, scale) or positive(place - high, scale))


def _verdict(lottery: Finite[Any], fair: Mapping[str, Interval], scale: float) -> str:
    """The axioms that what is built satisfies, with the probability where that is not 1."""
    told: list[str] = []
    for name, interval in fair.items():
        weights = [p for y, p in lottery.probability.items() if _inside(y, interval, scale)]
        chance = sum(weights, Fraction(0))
        if chance:
            told.append(name if chance == 1 else f"{name} {short(chance)}")
    return ", ".join(told) or "none"


def _handles(lotteries: Iterable[Finite[Any]]) -> list[Artist]:
    """The entries of the key."""
    entries: list[Artist] = [
        Patch(
            facecolor=BARS, edgecolor=INK, linewidth=0.8, label="fair outcomes (darker: by more)"
        ),
        handle("o", 7, INK, "fair"),
        handle("X", 8, INK, "not fair"),
    ]
    sizes = {min(len(lottery.support), 2) for lottery in lotteries}
    if 1 in sizes:
        entries.append(handle("D", 6, INK, "built here"))
    if 2 in sizes:
        entries.append(handle("o", 10, INK, "built here, area: probability"))
        entries.append(handle("|", 11, INK, "expected place"))
    return entries
