"""Where in a space costs are least: exact, but for the geometric median where it is irrational."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from .._text import brief
from ..algorithms.geometric_median import GeometricMedian, geometric_median
from ..preferences.space import (
    ChebyshevDistance,
    EuclideanDistance,
    ManhattanDistance,
    Point,
    Space,
)
from ..setting import Instance, Undecided
from ._base import Objective, Optimum, evaluate


def best_in_space(objective: Objective, instance: Instance) -> Optimum:
    """A best place of the box for one facility, and the value there."""
    space: Any = instance.setting
    place_in: Any = getattr(objective, "place_in_space", None)
    if place_in is None or space.facilities != 1:
        raise Undecided(
            f"the best outcome for the {objective.heading} is not known in {space}: list them"
        )
    place = place_in(space, instance.profile)
    if isinstance(place, GeometricMedian):
        return Optimum(place.place, place.total)
    inside = zip(space.low, place, space.high, strict=True)
    place = tuple(min(max(low, x), high) for low, x, high in inside)
    return Optimum(place, evaluate(objective, instance, place))


def least_total(space: Space, points: Sequence[Point]) -> Any:
    """A place of the least sum of distances."""
    if space.metric == EuclideanDistance():
        return geometric_median(points)
    if space.metric == ManhattanDistance():
        return _by_coordinates(points, _median)
    return _turned(space, points, ChebyshevDistance(), _median)


def least_radius(space: Space, points: Sequence[Point]) -> Point:
    """The centre of a smallest ball that holds all points."""
    if space.metric == EuclideanDistance():
        return _euclidean_centre(space, points)
    if space.metric == ChebyshevDistance():
        return _by_coordinates(points, _midrange)
    return _turned(space, points, ManhattanDistance(), _midrange)


def _turned(space: Space, points: Sequence[Point], metric: Any, rule: Callable[..., Any]) -> Point:
    """In the plane, sums and differences of coordinates make one norm of the other."""
    if space.metric != metric or space.dimensions != 2:
        raise Undecided(f"the best place by {brief(space.metric)} is not known in {space}")
    total, difference = _by_coordinates([(x + y, x - y) for x, y in points], rule)
    return (total + difference) / 2, (total - difference) / 2


def _by_coordinates(points: Sequence[Point], rule: Callable[..., Any]) -> Point:
    return tuple(rule(side) for side in zip(*points, strict=True))


def _median(numbers: Sequence[Any]) -> Any:
    return sorted(numbers)[(len(numbers) - 1) // 2]


def _midrange(numbers: Sequence[Any]) -> Any:
    return (min(numbers) + max(numbers)) / 2


def _euclidean_centre(space: Space, points: Sequence[Point]) -> Point:
    """Of the spheres through at most d + 1 points that hold all, the smallest has it."""
    different = sorted({tuple(Fraction(x) for x in point) for point in points})
    order = space.metric.order
    best: tuple[Any, Point] | None = None
    for size in range(1, space.dimensions + 2):
        for chosen in combinations(different, size):
            centre = _circumcentre(chosen)
            if centre is None:
                continue
            radius = order(centre, chosen[0])
            if best is not None and radius >= best[0]:
                continue
            if all(order(centre, point) <= radius for point in different):
                best = radius, centre
    assert best is not None  # the smallest ball has at most d + 1 points that hold it
    return best[1]


def _circumcentre(chosen: Sequence[tuple[Fraction, ...]]) -> tuple[Fraction, ...] | None:
    """As far from all, in their affine hull; None where they are not independent."""
    import flint

    first, *others = chosen
    if not others:
        return first
    arrows = [[a - b for a, b in zip(other, first, strict=True)] for other in others]
    gram = [[sum(a * b for a, b in zip(p, q, strict=True)) for q in arrows] for p in arrows]
    size = len(arrows)
    matrix, right = flint.fmpq_mat(size, size), flint.fmpq_mat(size, 1)
    for i in range(size):
        for j in range(size):
            product = Fraction(gram[i][j])
            matrix[i, j] = flint.fmpq(product.numerator, product.denominator)
        right[i, 0] = matrix[i, i] / 2
    try:
        found = matrix.solve(right).entries()
    except ZeroDivisionError:
        return None
    shares = [Fraction(int(share.p), int(share.q)) for share in found]
    return tuple(
        a + sum((s * arrow[k] for s, arrow in zip(shares, arrows, strict=True)), Fraction(0))
        for k, a in enumerate(first)
    )
