r"""Any place of a space as an outcome: boxes in which the facilities may be, wherever exactly.

With finitely many points as types and boxes as alternatives, a rule for the continuum of places is
a rule that chooses boxes.  What is asked of boxes is what is certain: an agent gains by a lie if
the farthest place of one box is nearer to it than the nearest place of another.  So if no rule for
boxes satisfies axioms, no rule for places does, and if one does, nothing is known.

An outcome that nothing dominates is in the convex hull of the agents' points, if distances are
Euclidean and one facility is built; so it is in one of the boxes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement, pairwise, product
from math import prod
from typing import Any, ClassVar, TypeAlias, cast

from .._numbers import Number, show_all, whole
from ..setting import Undecided
from .space import EuclideanDistance, Point, Space

MOST = 1_000_000
"""Boxes that are listed at most."""


@dataclass(frozen=True)
class Box:
    """All places between two opposite corners, with the border."""

    low: Point
    high: Point

    def nearest(self, point: Point) -> Point:
        """The place in it that is nearest to ``point``, by every metric here."""
        sides = zip(self.low, point, self.high, strict=True)
        return tuple(min(max(low, x), high) for low, x, high in sides)

    def farthest(self, point: Point) -> Point:
        """The corner that is farthest from ``point``."""
        sides = zip(self.low, point, self.high, strict=True)
        return tuple(low if x - low > high - x else high for low, x, high in sides)

    def corners(self) -> Iterator[Point]:
        """All corners."""
        yield from product(*zip(self.low, self.high, strict=True))


Boxes: TypeAlias = Box | tuple[Box, ...]


@dataclass(frozen=True, repr=False)
class Cells:
    """A space whose outcomes are boxes, of a grid with so many parts in each dimension.

    Parameters
    ----------
    space : Space
        With finitely many points; the boxes are those of its box.
    parts : tuple of int
        One number for each dimension.
    """

    space: Space
    parts: tuple[int, ...]

    is_abstraction: ClassVar[bool] = True
    """That a rule for boxes exists shows nothing."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))
        if len(self.parts) != self.space.dimensions:
            raise ValueError(
                f"parts has {len(self.parts)} numbers: {self.space} has {self.space.dimensions} "
                "dimensions"
            )
        for number in self.parts:
            whole(number, "parts", least=1)
        if self.space.points is None:
            raise ValueError(f"space is {self.space}: agents must be at finitely many points")
        numbers = chain(self.space.low, self.space.high, *self.space.points)
        if any(isinstance(number, float) for number in numbers):
            raise ValueError(f"space is {self.space}: bounds are of fractions, and it has floats")

    def types(self, agent: int, /) -> tuple[Point, ...] | None:
        """The points where an agent may be."""
        return self.space.points

    def boxes(self) -> tuple[Box, ...]:
        """The boxes, which cover the space.

        Raises
        ------
        ValueError
            If they are too many.
        """
        if prod(self.parts) > MOST:
            raise ValueError(f"parts is {self.parts}: these are more than {MOST:,} boxes")
        sides: list[list[tuple[Number, Number]]] = []
        for low, high, parts in zip(self.space.low, self.space.high, self.parts, strict=True):
            ends = [low + (high - low) * Fraction(k, parts) for k in range(parts + 1)]
            sides.append([*pairwise(ends)])
        return tuple(
            Box(tuple(low for low, _ in side), tuple(high for _, high in side))
            for side in product(*sides)
        )

    def alternatives(self, agents: int, /) -> tuple[Boxes, ...]:
        """The boxes, or for several facilities all ways to put them into boxes."""
        if self.space.facilities == 1:
            return self.boxes()
        return tuple(combinations_with_replacement(self.boxes(), self.space.facilities))

    def value(self, agent: int, type_: Point, alternative: Boxes, /) -> Any:
        """Not known: only bounds are.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided("where in a box the facility is built is not known")

    def value_between(
        self, agent: int, type_: Point, alternative: Boxes, /
    ) -> tuple[Number, Number]:
        """Bounds on minus what orders distances: of the Euclidean ones, on their squares."""
        metric, built = self.space.metric, self._built(alternative)
        far = min(metric.order(type_, box.farthest(type_)) for box in built)
        near = min(metric.order(type_, box.nearest(type_)) for box in built)
        return -far, -near

    def dominating(self, reports: Iterable[Point], alternative: Boxes, /) -> Boxes | None:
        """The box itself if every outcome in it is dominated for certain; None if that is open.

        One facility is dominated outside the convex hull of the agents' points, where distances
        are Euclidean and there are two dimensions.  Otherwise outcomes on the points are tried.
        """
        profile, space = tuple(dict.fromkeys(reports)), self.space
        plane = space.facilities == 1 and space.dimensions == 2
        if plane and space.metric == EuclideanDistance():
            apart = _are_apart(profile, cast(Box, alternative))
            return alternative if apart else None
        least = [-self.value_between(0, point, alternative)[1] for point in profile]
        for other in space.alternatives(len(profile)):
            orders = [space.order(point, other) for point in profile]
            pairs = [*zip(orders, least, strict=True)]
            if all(a <= b for a, b in pairs) and any(a < b for a, b in pairs):
                return alternative
        return None

    def _built(self, alternative: Boxes) -> tuple[Box, ...]:
        return (alternative,) if isinstance(alternative, Box) else alternative

    def tell(self, alternative: Boxes, /) -> str:
        """From which corner to which."""
        told = (f"{show_all(b.low)} to {show_all(b.high)}" for b in self._built(alternative))
        return " and ".join(told)

    def tell_type(self, type_: Point, /) -> str:
        """The point."""
        return self.space.tell_type(type_)

    def __repr__(self) -> str:
        return f"Cells({self.space}, {self.parts})"


def _are_apart(points: tuple[Point, ...], box: Box) -> bool:
    """Whether a box of the plane and the convex hull of points have no place in common.

    If so, a line separates them that is parallel to a side of the box or to an edge of the hull.
    """
    normals: list[Point] = [(1, 0), (0, 1)]
    normals += [(p[1] - q[1], q[0] - p[0]) for p, q in combinations(points, 2)]
    corners = tuple(box.corners())
    for normal in normals:
        hull = [_along(normal, point) for point in points]
        sides = [_along(normal, corner) for corner in corners]
        if max(hull) < min(sides) or max(sides) < min(hull):
            return True
    return False


def _along(normal: Point, point: Point) -> Number:
    return normal[0] * point[0] + normal[1] * point[1]
