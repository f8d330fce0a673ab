"""Agents in a plane, the places that are efficient, and what mechanisms build there."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Polygon, Rectangle

from .._numbers import Number
from .._text import brief
from ..population import tally
from ..preferences.space import EuclideanDistance, ManhattanDistance, Point, Space
from ..setting import Instance
from ._marks import handle
from ._style import BARS, INK, MARKERS, PALE, SERIES, canvas, key

UNIT_SQUARE = Space((0, 0), (1, 1))
SHAPES = MARKERS[1:]
"""Marks of mechanisms; agents are discs."""

MARGIN = 0.04
"""How far the picture reaches beyond the box, as a share of it."""


def plane(
    reports: Instance | Sequence[Any],
    outcomes: Mapping[str, Any],
    *,
    setting: Space = UNIT_SQUARE,
    ax: Axes | None = None,
) -> Axes:
    """Agents as discs, their convex hull, and what each mechanism builds as a mark.

    By Euclidean distances the places of the hull are those that are Pareto optimal for one
    facility.  A line leads from each agent to the nearest place of the first outcome.

    Parameters
    ----------
    reports : Instance, or sequence of points
        One an agent; a number beside a disc says how many are there.
    outcomes : mapping of a mechanism's name to a point, or to several where several are built
    setting : Space
        Of two dimensions; reads the reports, and its box is drawn.
    ax : Axes, optional
        Where to draw; a new figure by default.

    Raises
    ------
    ValueError
        If the setting has not two dimensions, the reports are no profile of it, or an outcome is
        none.
    """
    space: Any = reports.setting if isinstance(reports, Instance) else setting
    if not isinstance(space, Space) or space.dimensions != 2:
        raise ValueError(f"setting is {brief(space)}: the picture is of a Space of two dimensions")
    profile = reports.profile if isinstance(reports, Instance) else space.read(reports)
    for name, outcome in outcomes.items():
        if not space.admits(outcome):
            raise ValueError(f"outcomes[{name!r}] is {outcome}: it must be an outcome of {space}")
    axes = canvas(ax, width=5.4, height=5.4)
    hull = convex_hull(profile)
    corners = [(float(x), float(y)) for x, y in hull]
    axes.add_patch(Polygon(corners, facecolor=BARS, edgecolor=INK, alpha=0.4, zorder=0.5))
    _draw_box(axes, space)
    for report, count in tally(profile):
        x, y = float(report[0]), float(report[1])
        axes.plot([x], [y], "o", markersize=8, color=INK, zorder=3)
        if count > 1:
            axes.annotate(str(count), (x, y), (7, 5), textcoords="offset points")
    built = {name: space.built(outcome) for name, outcome in outcomes.items()}
    for places in list(built.values())[:1]:
        for report in dict.fromkeys(profile):
            way = _way(space, report, _nearest(space, report, places))
            axes.plot(*zip(*way, strict=True), color=SERIES[0], linewidth=1, zorder=1)
    entries: list[Artist] = [
        handle("o", 7, INK, "agents"),
        Patch(facecolor=BARS, edgecolor=INK, alpha=0.4, label=_hull_told(space)),
    ]
    for k, (name, places) in enumerate(built.items()):
        shape, colour = SHAPES[k % len(SHAPES)], SERIES[k % len(SERIES)]
        for place in places:
            x, y = float(place[0]), float(place[1])
            axes.plot([x], [y], shape, markersize=11 - k % 4, color=colour, zorder=4)
        entries.append(handle(shape, 8, colour, name))
    axes.set_aspect("equal")
    key(axes, entries)
    return axes


def convex_hull(points: Sequence[Point]) -> tuple[Point, ...]:
    """The corners of the convex hull in the plane, anticlockwise from the lowest left.  O(n log n).

    Of points on one line only the two extremes, and of one point that.

    References
    ----------
    Andrew. Another efficient algorithm for convex hulls in two dimensions. Information Processing
    Letters 9, 1979.
    """
    ordered = sorted(set(points))
    if len(ordered) <= 2:
        return tuple(ordered)
    halves: list[list[Point]] = []
    for half in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in half:
            while len(chain) >= 2 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        halves.append(chain[:-1])
    return (*halves[0], *halves[1])


def _turn(a: Point, b: Point, c: Point) -> Number:
    """Positive where the way from ``a`` over ``b`` to ``c`` turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _nearest(space: Space, point: Point, places: Sequence[Point]) -> Point:
    return min(places, key=lambda place: space.metric.order(point, place))


def _way(space: Space, start: Point, end: Point) -> list[tuple[float, float]]:
    """A shortest way: straight, or along the streets of Manhattan."""
    points = [start, end]
    if space.metric == ManhattanDistance():
        points.insert(1, (end[0], start[1]))
    return [(float(x), float(y)) for x, y in points]


def _hull_told(space: Space) -> str:
    one = space.facilities == 1 and space.metric == EuclideanDistance()
    return "convex hull: Pareto optimal" if one else "convex hull"


def _draw_box(axes: Axes, space: Space) -> None:
    (left, bottom), (right, top) = (
        [float(x) for x in corner] for corner in (space.low, space.high)
    )
    box = Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=PALE)
    axes.add_patch(box)
    axes.set_xlim(left - MARGIN * (right - left), right + MARGIN * (right - left))
    axes.set_ylim(bottom - MARGIN * (top - bottom), top + MARGIN * (top - bottom))
