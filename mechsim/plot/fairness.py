"""Which outcomes are fair, and which mechanisms build there."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any, TypeAlias

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from .._numbers import Number
from ..axioms._base import positive, scale_of
from ..axioms.fair_share import IndividualFairShare, UnanimousFairShare
from ..axioms.hybrid_share import HybridFairShare
from ..axioms.intervals import fair_interval
from ..axioms.names import label
from ..axioms.nuisance_fairness import ProportionalNuisanceShare
from ..axioms.nuisance_region import HasRegion, Region, fair_region
from ..axioms.nuisance_share import IndividualNuisanceShare, UnanimousNuisanceShare
from ..axioms.proportional_fairness import ProportionallyFair
from ..lottery import Finite
from ..preferences.single_peaked import Line
from ..preferences.tastes import Hybrid, Obnoxious
from ..setting import Instance
from ._marks import ends, handle, limit, mark
from ._reading import MANY, Given, classes, drawn, instance_of, places_of, require_inside, short
from ._style import BARS, INK, LINES, SERIES, canvas, key

FAIR = (IndividualFairShare(), UnanimousFairShare(), ProportionallyFair())
"""From the weakest to the strongest, so that each interval lies in the one before."""

FAIR_FROM_NUISANCE = (
    IndividualNuisanceShare(),
    UnanimousNuisanceShare(),
    ProportionalNuisanceShare(),
)
"""The same where all mind the facility; of places in between some are not fair."""

GAP = 0.5
"""Between the bars and the mechanisms, as a share of a row."""

WIDTH = 34
"""Longer names of mechanisms are broken."""

LISTED = 4
"""More intervals are counted and not listed."""

Look: TypeAlias = tuple[float, str, str, str]
"""At which height above the bars agents are marked, the mark, its colour, and what it means."""

MINDING: Look = (-0.9, "v", INK, "agents who mind it")
WANTING: Look = (-0.6, "^", SERIES[2], "agents who want it near")


def fairness(
    reports: Given,
    outcomes: Mapping[str, Number | Finite[Any]],
    *,
    setting: Line = Line(0, 1),
    axioms: Sequence[Any] | None = None,
    unit: str = "location",
    ax: Axes | None = None,
) -> Axes:
    """The fair outcomes of each axiom as bars, and below where mechanisms build.

    From what a mechanism builds a line leads up to the bars: it ends in a dot on a bar that it is
    inside of, and crosses out one that it misses.  Below its name are the axioms that are
    satisfied; of a lottery, ex post, with the probability that they are.

    Where the facility is a nuisance to some, the fair outcomes are several intervals and points,
    and triangles above the bars show where agents are.

    Parameters
    ----------
    reports : Instance, Population, or list, tuple or array of numbers
        One report an agent.
    outcomes : mapping of a mechanism's name to its outcome or lottery
        Drawn from top to bottom in the order given.
    setting : Line
        Reads the reports, and its ends are those of the picture; it must have two finite ends.
    axioms : sequence of axioms
        Each with an interval, as `mechsim.axioms.fair_interval` finds it, or with several, as
        `mechsim.axioms.fair_region` does; by default `FAIR`, or what corresponds to it for agents
        of these tastes.
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
    if axioms is None:
        axioms = _usual(instance.setting)
    fair = {label(axiom): _region(axiom, instance) for axiom in axioms}
    lotteries = {name: drawn(outcome) for name, outcome in outcomes.items()}
    line: Line = instance.setting
    for name, lottery in lotteries.items():
        require_inside(lottery, name, line)
    scale = scale_of(line)
    first, last = len(fair) + GAP, len(fair) + GAP + len(lotteries) - 1
    axes = canvas(ax, height=1.5 + 0.5 * (last + 1))
    ticks: dict[float, str] = {}
    for row, (name, region) in enumerate(fair.items()):
        for low, high in region:
            left, width = float(low), float(high) - float(low)
            axes.barh(row, width, 0.55, left, color=BARS, edgecolor=INK, linewidth=0.8, zorder=0.5)
            bar = (left, last - first + 1, width, first - 0.5)
            axes.bar(*bar, align="edge", color=BARS, alpha=0.3, zorder=0.5)
        ticks[row] = f"{name}\n{fill(_told(region), WIDTH)}"
    crowds = _crowds(instance)
    for crowd, look in crowds:
        _draw_agents(axes, crowd, look)
    for k, (name, lottery) in enumerate(lotteries.items()):
        at = first + k
        if len(lottery.support) <= MANY:
            for place in lottery.support:
                _draw_place(axes, place, at, list(fair.values()), k, scale)
        mark(axes, lottery, at=at, half=-0.3, colour=SERIES[k % len(SERIES)])
        ticks[at] = f"{fill(name, WIDTH)}\n{_verdict(lottery, fair, scale)}"
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize="small")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(last + 0.5, -1.3 if crowds else -0.6)
    limit(axes, *ends(line, *(places_of(lottery)[0] for lottery in lotteries.values())))
    axes.set_xlabel(unit)
    key(axes, _handles(lotteries.values(), [look for _, look in crowds]))
    return axes


def _usual(line: Line) -> Sequence[Any]:
    """The axioms that are drawn unless others are asked for."""
    if isinstance(line.tastes, Hybrid):
        return (HybridFairShare(),)
    return FAIR_FROM_NUISANCE if line.tastes == Obnoxious() else FAIR


def _region(axiom: Any, instance: Instance) -> Region:
    """The intervals of an axiom, also of one that has a single one."""
    if isinstance(axiom, HasRegion):
        return fair_region(axiom, instance)
    return (fair_interval(axiom, instance),)


def _told(region: Region) -> str:
    """The intervals in words."""
    if not region:
        return "nowhere"
    if len(region) > LISTED:
        return f"{len(region)} intervals or points"
    parts = [f"{short(a)} to {short(b)}" if a < b else f"only {short(a)}" for a, b in region]
    return ", ".join(parts if len(parts) == 1 else (part.removeprefix("only ") for part in parts))


def _crowds(instance: Instance) -> list[tuple[Instance, Look]]:
    """Agents who mind the facility and those who want it, if there are any of the former."""
    tastes = instance.setting.tastes
    if tastes == Obnoxious():
        return [(instance, MINDING)]
    if not isinstance(tastes, Hybrid):
        return []
    found: list[tuple[Instance, Look]] = []
    for minds, look in ((True, MINDING), (False, WANTING)):
        profile = enumerate(instance.profile)
        reports = tuple(x for agent, x in profile if (agent in tastes.obnoxious) == minds)
        if reports:
            found.append((Instance(instance.setting, reports), look))
    return found


def _draw_agents(axes: Axes, instance: Instance, look: Look) -> None:
    """A triangle at each place where agents are, with their number if there are several."""
    places, counts = classes(instance)
    height, shape, colour, _ = look
    axes.plot(places, [height] * len(places), shape, markersize=7, color=colour)
    for place, count in zip(places.tolist(), counts.tolist(), strict=True):
        if count > 1 and len(places) <= MANY:
            axes.annotate(
                f"{count:.0f}", (place, height), (0, 6), textcoords="offset points", ha="center"
            )


def _draw_place(
    axes: Axes, place: Number, at: float, regions: Sequence[Region], k: int, scale: float
) -> None:
    """A line from what mechanism ``k`` builds up to the bars, with a dot or a cross at each."""
    x, colour = float(place), SERIES[k % len(SERIES)]
    style = LINES[k % len(LINES)]
    axes.plot([x, x], [at, -0.4], color=colour, linewidth=1.2, linestyle=style, zorder=1)
    for bar, region in enumerate(regions):
        marker = "o" if _inside(place, region, scale) else "X"
        axes.plot([x], [bar], marker, markersize=9, color=colour, markeredgecolor="white", zorder=3)


def _inside(place: Number, region: Region, scale: float) -> bool:
    """Whether a place is fair, up to rounding of floats."""
    return any(
        not (positive(low - place, scale) or positive(place - high, scale)) for low, high in region
    )


def _verdict(lottery: Finite[Any], fair: Mapping[str, Region], scale: float) -> str:
    """The axioms that what is built satisfies, with the probability where that is not 1."""
    told: list[str] = []
    for name, region in fair.items():
        weights = [p for y, p in lottery.probability.items() if _inside(y, region, scale)]
        chance = sum(weights, Fraction(0))
        if chance:
            told.append(name if chance == 1 else f"{name} {short(chance)}")
    return ", ".join(told) or "none"


def _handles(lotteries: Iterable[Finite[Any]], crowds: Sequence[Look]) -> list[Artist]:
    """The entries of the key."""
    entries: list[Artist] = [
        Patch(
            facecolor=BARS, edgecolor=INK, linewidth=0.8, label="fair outcomes (darker: by more)"
        ),
        handle("o", 7, INK, "fair"),
        handle("X", 8, INK, "not fair"),
    ]
    entries[:0] = [handle(shape, 7, colour, told) for _, shape, colour, told in crowds]
    sizes = {min(len(lottery.support), 2) for lottery in lotteries}
    if 1 in sizes:
        entries.append(handle("D", 6, INK, "built here"))
    if 2 in sizes:
        entries.append(handle("o", 10, INK, "built here, area: probability"))
        entries.append(handle("|", 11, INK, "expected place"))
    return entries
