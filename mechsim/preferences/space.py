r"""Agents at points of a plane, or of a space of any dimension, who want a facility near.

What an agent at :math:`x_i` minds is the distance to the nearest facility,

.. math:: v_i(Y) = -\min_{y \in Y} \lVert y - x_i \rVert,

by the Euclidean, the Manhattan or the Chebyshev norm.  Euclidean distances are square roots.  Which
of two is smaller is decided by their squares, exactly; the distance itself is enclosed in a ball
where it is irrational.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import Number, is_ball, real, sequence, show, show_all, whole
from .._text import brief
from ..algorithms.balls import ball
from ..lottery import is_finite
from ..population import Population, tally
from ..setting import Undecided
from .metrics import ChebyshevDistance as ChebyshevDistance
from .metrics import EuclideanDistance as EuclideanDistance
from .metrics import ManhattanDistance as ManhattanDistance
from .metrics import Metric
from .metrics import Point as Point

EUCLIDEAN = EuclideanDistance()

Facilities: TypeAlias = Point | tuple[Point, ...]
"""The place of the facility, or of all facilities where there are several."""

MOST = 1_000_000
"""Alternatives that are listed at most."""

STEPS = (1, 2, 3, 4)
"""Grids whose profiles are searched in full before others, where these are few."""


@dataclass(frozen=True, repr=False)
class Space:
    """A box of points, or finitely many points of one, where agents are and facilities are built.

    Parameters
    ----------
    low, high : sequence of Number
        Two opposite corners, one number for each dimension, any unit of length.
    points : tuple of points, optional
        Where agents may be; None means anywhere in the box.
    facilities : int
        How many are built.  The outcome is a point, or a tuple of points if they are several.
    metric : Metric
        `EuclideanDistance`, `ManhattanDistance` or `ChebyshevDistance`.

    Examples
    --------
    >>> Space((0, 0), (1, 1)).grid(2, 2)
    Space((0, 0), (1, 1)).grid(2, 2)
    >>> Space((0, 0), (3, 4)).value(0, (0, 0), (3, 4))
    Fraction(-5, 1)
    """

    low: Point
    high: Point
    points: tuple[Point, ...] | None = None
    facilities: int = 1
    metric: Metric = EUCLIDEAN

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            corner = sequence(getattr(self, name), name)
            read = tuple(real(number, f"{name}[{k}]") for k, number in enumerate(corner))
            object.__setattr__(self, name, read)
        if not self.low or len(self.low) != len(self.high):
            raise ValueError(
                f"high has {len(self.high)} numbers and low {len(self.low)}: there must be one "
                "each for every dimension"
            )
        for k, (below, above) in enumerate(zip(self.low, self.high, strict=True)):
            if not below < above:
                raise ValueError(f"high[{k}] is {show(above)}: it must exceed low, {show(below)}")
        whole(self.facilities, "facilities", least=1)
        if self.points is not None:
            listed = self._points(sequence(self.points, "points"), "points")
            if len(set(listed)) < len(listed):
                raise ValueError(f"points is {listed}: no point may be listed twice")
            object.__setattr__(self, "points", listed)

    @property
    def dimensions(self) -> int:
        """How many there are."""
        return len(self.low)

    @property
    def scale(self) -> float:
        """How large the numbers are."""
        return max(abs(float(number)) for number in (*self.low, *self.high))

    def types(self, agent: int, /) -> tuple[Point, ...] | None:
        """The points where an agent may be, where they are finitely many."""
        return self.points

    def grid(self, *steps: int) -> "Space":
        """The same box with points on a grid, of so many steps in each dimension."""
        if len(steps) != self.dimensions:
            raise ValueError(f"steps has {len(steps)} numbers: {self} has {self.dimensions}")
        for count in steps:
            whole(count, "steps", least=1)
        sides = [
            [low + (high - low) * Fraction(k, count) for k in range(count + 1)]
            for low, high, count in zip(self.low, self.high, steps, strict=True)
        ]
        return replace(self, points=tuple(product(*sides)))

    def read(self, given: object, /) -> tuple[Point, ...]:
        """Reports from lists or rows of an array or a data frame, a number for each dimension.

        Raises
        ------
        ValueError
            If nobody reports, or a report is no point of this space.
        """
        if isinstance(given, Population):
            given = given.expanded()
        reports = self._points(sequence(_rows(given), "reports"), "reports")
        if not reports:
            raise ValueError("reports is empty: at least one agent must report")
        allowed = None if self.points is None else set(self.points)
        for agent, report in enumerate(reports):
            if allowed is not None and report not in allowed:
                raise ValueError(
                    f"reports[{agent}] is {show_all(report)}: it must be a point of {self}"
                )
        return reports

    def _points(self, given: Sequence[Any], name: str) -> tuple[Point, ...]:
        return tuple(self._point(one, f"{name}[{k}]") for k, one in enumerate(given))

    def _point(self, given: Any, name: str) -> Point:
        numbers = tuple(real(x, f"{name}[{k}]") for k, x in enumerate(sequence(given, name)))
        if len(numbers) != self.dimensions:
            raise ValueError(
                f"{name} has {len(numbers)} numbers: a point of {self} has {self.dimensions}"
            )
        for low, number, high in zip(self.low, numbers, self.high, strict=True):
            if not low <= number <= high:
                raise ValueError(
                    f"{name} is {show_all(numbers)}: it must lie between {show_all(self.low)} and "
                    f"{show_all(self.high)}"
                )
        return numbers

    def built(self, alternative: Facilities, /) -> tuple[Point, ...]:
        """The places of the facilities, also of a single one."""
        if self.facilities == 1:
            return (cast(Point, alternative),)
        return cast(tuple[Point, ...], alternative)

    def order(self, type_: Point, alternative: Facilities, /) -> Number:
        """A number that grows with the distance from the nearest facility."""
        return min(self.metric.order(type_, place) for place in self.built(alternative))

    def value(self, agent: int, type_: Point, alternative: Facilities, /) -> Any:
        """Minus the distance from the nearest facility."""
        return -self.metric.distance(self.order(type_, alternative))

    def worth(self, agent: int, type_: Point, alternative: Facilities, /) -> Any:
        """What is not negative: the length of the box's diagonal, less the distance."""
        metric = self.metric
        return _less(
            metric.distance(metric.order(self.low, self.high)),
            metric.distance(self.order(type_, alternative)),
        )

    def gain(self, agent: int, type_: Point, honest: Any, lied: Any, /) -> Any:
        """What an agent gains if ``lied`` replaces ``honest``; never a ball around 0."""
        if not (is_finite(honest) and is_finite(lied)):
            raise Undecided("an expectation is asked for, and a lottery does not list its outcomes")
        if len(honest.support) == len(lied.support) == 1:
            before = self.order(type_, honest.support[0])
            after = self.order(type_, lied.support[0])
            if before == after:
                return Fraction(0)
            return _less(self.metric.distance(before), self.metric.distance(after))

        def value(outcome: Any) -> Any:
            return self.value(agent, type_, outcome)

        return lied.expect(value) - honest.expect(value)

    def preferred(
        self, agent: int, type_: Point, alternatives: Sequence[Facilities], /
    ) -> Iterator[frozenset[Facilities]]:
        """The alternatives within each distance, but all of them: the upper contours."""
        places = {place for one in alternatives for place in self.built(one)}
        far = {place: self.metric.order(type_, place) for place in places}
        if any(isinstance(order, float) for order in far.values()):
            raise Undecided(f"distances on {self} are floats, which rounding may have put in order")
        away = {one: min(far[place] for place in self.built(one)) for one in alternatives}
        for radius in sorted(set(away.values()))[:-1]:
            yield frozenset(one for one, order in away.items() if order <= radius)

    def top(self, agent: int, type_: Point, /) -> Point:
        """Where the agent is.

        Raises
        ------
        Undecided
            If several facilities are built, so that many outcomes are as good.
        """
        if self.facilities > 1:
            raise Undecided("with several facilities an agent likes many outcomes best")
        return type_

    def alternatives(self, agents: int, /) -> tuple[Facilities, ...]:
        """The points, or for several facilities all ways to put them on points."""
        if self.points is None:
            raise ValueError(f"setting is {self}: it must be a grid to list places")
        if self.facilities == 1:
            return self.points
        count = math.comb(len(self.points) + self.facilities - 1, self.facilities)
        if count > MOST:
            raise ValueError(
                f"{self} has {count:,} alternatives: more than {MOST:,} are not listed"
            )
        return tuple(combinations_with_replacement(self.points, self.facilities))

    def dominating(
        self, reports: Sequence[Point] | Population, outcome: Facilities, /
    ) -> Facilities | None:
        """An alternative that is nearer to somebody and farther from nobody, or None.

        Of listed points one is sought among all alternatives.  Of a whole box it is exact for one
        facility: by Euclidean distances the place must be in the convex hull of the agents, and by
        the others a linear program tells.
        """
        profile: tuple[Point, ...] = tuple(report for report, _ in tally(reports))
        if self.points is None and self.facilities == 1:
            found = self.metric.dominating(cast(Point, outcome), profile)
            if found is None:
                return None
            inside = zip(self.low, found, self.high, strict=True)
            return tuple(min(max(low, x), high) for low, x, high in inside)
        mine = [self.order(report, outcome) for report in profile]
        for other in self.alternatives(len(profile)):
            theirs = [self.order(report, other) for report in profile]
            if theirs != mine and all(a <= b for a, b in zip(theirs, mine, strict=True)):
                return other
        return None

    def admits(self, alternative: object, /) -> bool:
        """Whether this is a point of the box, or as many of them as there are facilities."""
        try:
            places = self._points(sequence(self.built(cast(Any, alternative)), "places"), "places")
        except (TypeError, ValueError):
            return False
        return len(places) == self.facilities

    def tell(self, alternative: Facilities, /) -> str:
        """The point, or all points."""
        return " and ".join(show_all(place) for place in self.built(alternative))

    def tell_type(self, type_: Point, /) -> str:
        """The point."""
        return show_all(type_)

    def misreports(self, agent: int, reports: tuple[Point, ...], /) -> Iterator[Point]:
        """Others' points, the corners and the centre, and what is between or opposite."""
        truth = reports[agent]
        middle = tuple((a + b) / 2 for a, b in zip(self.low, self.high, strict=True))
        corners = product(*zip(self.low, self.high, strict=True))
        others = [*dict.fromkeys(reports)][:8]
        halves = (
            tuple((a + b) / 2 for a, b in zip(p, q, strict=True)) for p in others for q in others
        )
        mirrored = (
            tuple(2 * a - b for a, b in zip(p, q, strict=True)) for p in others for q in others
        )
        for point in dict.fromkeys((*others, *corners, middle, *halves, *mirrored)):
            inside = all(
                low <= x <= high for low, x, high in zip(self.low, point, self.high, strict=True)
            )
            if point != truth and inside:
                yield point

    def simpler(self, type_: Point, /) -> Iterator[Point]:
        """The corners."""
        yield from (c for c in product(*zip(self.low, self.high, strict=True)) if c != type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[tuple[Point, ...]]:
        """Profiles on small grids in full where they are few, then exact random ones with ties."""
        for steps in STEPS:
            points = self.grid(*(steps,) * self.dimensions).points or ()
            if len(points) ** agents <= 2_500:
                yield from product(points, repeat=agents)
        while True:
            steps = int(rng.choice([2, 4, 10, 28, 997]))
            drawn = rng.integers(
                0, steps + 1, size=(int(rng.integers(1, agents + 1)), self.dimensions)
            )
            points = tuple(
                tuple(
                    low + (high - low) * Fraction(k, steps)
                    for low, k, high in zip(self.low, row, self.high, strict=True)
                )
                for row in cast(list[list[int]], drawn.tolist())
            )
            yield tuple(points[int(k)] for k in rng.integers(0, len(points), size=agents))

    def __repr__(self) -> str:
        told = [show_all(self.low), show_all(self.high)]
        if self.facilities > 1:
            told.append(f"facilities={self.facilities}")
        if self.metric != EUCLIDEAN:
            told.append(f"metric={brief(self.metric)}")
        space = f"Space({', '.join(told)})"
        if self.points is None:
            return space
        steps = [len({point[k] for point in self.points}) - 1 for k in range(self.dimensions)]
        whole_ = replace(self, points=None)
        if all(steps) and set(self.points) == set(whole_.grid(*steps).points or ()):
            return f"{space}.grid({', '.join(map(str, steps))})"
        return f"{space} at {len(self.points)} points"


def _rows(given: object) -> object:
    """A list of rows where an array or a data frame is given, and else what is given."""
    framed: Any = getattr(given, "to_numpy", None)
    table: object = given if framed is None else framed()
    if isinstance(table, np.ndarray) and not isinstance(table, np.ma.MaskedArray):
        return cast(Any, table).tolist() if table.ndim == 2 else given
    return given


def _less(far: Any, near: Any) -> Any:
    """The difference of two distances; if one is a ball, the other must be made one."""
    if is_ball(far) == is_ball(near):
        return far - near
    return far - ball(near) if is_ball(far) else ball(far) - near
