r"""How far two points are apart, and which places are nearer than another to several points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from .._numbers import Number, distance
from ..algorithms.balls import Enclosed, ball
from ..algorithms.nearer import chebyshev_slopes, manhattan_slopes, nearer, projection

Point: TypeAlias = tuple[Number, ...]
"""One number for each dimension."""


class Metric(Protocol):
    """How far two points are apart."""

    def order(self, first: Point, second: Point, /) -> Number:
        """A number that grows with the distance."""
        ...

    def distance(self, order: Number, /) -> Any:
        """The distance that belongs to such a number."""
        ...

    def dominating(self, place: Point, points: Sequence[Point], /) -> Point | None:
        """A place nearer to one of the points and farther from none, or None; anywhere at all."""
        ...


@dataclass(frozen=True)
class EuclideanDistance:
    """The length of the straight line between them."""

    def order(self, first: Point, second: Point, /) -> Number:
        """The square of the distance."""
        return sum(((a - b) ** 2 for a, b in zip(first, second, strict=True)), Fraction(0))

    def distance(self, order: Number, /) -> Any:
        """The square root: a fraction where it is one, enclosed in a ball if irrational."""
        if isinstance(order, float):
            return math.sqrt(order)
        exact = Fraction(order)
        above, below = math.isqrt(exact.numerator), math.isqrt(exact.denominator)
        if above**2 == exact.numerator and below**2 == exact.denominator:
            return Fraction(above, below)
        return Enclosed(ball(exact).sqrt())

    def dominating(self, place: Point, points: Sequence[Point], /) -> Point | None:
        """The nearest place of their convex hull, if that is another one."""
        found = projection(place, points)
        return None if found == place else found


@dataclass(frozen=True)
class ManhattanDistance:
    """The sum of the distances in each dimension."""

    def order(self, first: Point, second: Point, /) -> Number:
        """The distance."""
        return sum((distance(a, b) for a, b in zip(first, second, strict=True)), Fraction(0))

    def distance(self, order: Number, /) -> Any:
        """The same."""
        return order

    def dominating(self, place: Point, points: Sequence[Point], /) -> Point | None:
        """One a little way from here, found by a linear program."""
        return nearer(place, points, manhattan_slopes, _sum)


@dataclass(frozen=True)
class ChebyshevDistance:
    """The largest of the distances in each dimension."""

    def order(self, first: Point, second: Point, /) -> Number:
        """The distance."""
        return max(distance(a, b) for a, b in zip(first, second, strict=True))

    def distance(self, order: Number, /) -> Any:
        """The same."""
        return order

    def dominating(self, place: Point, points: Sequence[Point], /) -> Point | None:
        """One a little way from here, found by a linear program."""
        return nearer(place, points, chebyshev_slopes, _most)


def _sum(away: Sequence[Any]) -> Any:
    return sum(abs(x) for x in away)


def _most(away: Sequence[Any]) -> Any:
    return max(abs(x) for x in away)
