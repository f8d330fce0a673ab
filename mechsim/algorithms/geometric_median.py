r"""The place of the least sum of Euclidean distances, with a certificate.

.. math:: F(y) = \sum_i \lVert y - x_i \rVert

is convex, and :math:`g = \sum_{x_i \ne y} (y - x_i) / \lVert y - x_i \rVert` is a subgradient.
A place with :math:`m` points on it is optimal if and only if :math:`\lVert g \rVert \le m`.  The
median is algebraic of high degree as a rule, and so it is approached; as it is in the convex hull,

.. math:: F(y) - \lVert g \rVert \max_i \lVert y - x_i \rVert \le \min F \le F(y).

References
----------
Weiszfeld. Sur le point pour lequel la somme des distances de n points donnés est minimum. Tohoku
Mathematical Journal 43, 1937.
Kuhn. A note on Fermat's problem. Mathematical Programming 4, 1973.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .balls import Enclosed, ball

if TYPE_CHECKING:
    from flint import arb

Vector: TypeAlias = tuple[Fraction, ...]

STEPS = 200
"""Newton's steps at most; the certificate says how far they led."""

TINY = 1e-300
"""So near a point, floats tell no fall of the sum."""

GRAIN = 2**44
"""Weights of the points are rounded to so many parts."""


@dataclass(frozen=True)
class GeometricMedian:
    """A place of rational coordinates in the hull, and what the least sum of distances is.

    Parameters
    ----------
    place : tuple of Fraction
    total : Fraction or Enclosed
        A ball that holds the least sum.
    exact : bool
        Whether the place itself is proved to have it.
    """

    place: Vector
    total: Any
    exact: bool


def geometric_median(points: Sequence[Sequence[Any]]) -> GeometricMedian:
    """The geometric median of ``points``, whatever their order.

    Exact where it is one of the points, or where the points lie in opposite directions from it,
    as at the crossing of the diagonals of a quadrilateral; of several such the first.  Elsewhere
    the sum of distances there may exceed the least, by no more than ``total`` shows: as a rule by a
    part in 10^12, near a point that is almost the median by some more.

    Examples
    --------
    >>> found = geometric_median([(0, 0), (4, 0), (4, 4), (0, 4)])
    >>> found.place, found.exact
    ((Fraction(2, 1), Fraction(2, 1)), True)
    >>> geometric_median([(0, 0), (2, 0), (1, 1)]).exact
    False
    """
    count = Counter(tuple(map(Fraction, point)) for point in points)
    listed = sorted(count.items())
    for place, _ in listed:
        if _is_optimal(place, listed):
            return GeometricMedian(place, _total(place, listed), True)
    near = _newton(listed)
    guess = tuple(Fraction(x).limit_denominator(10_000) for x in near)
    if _is_balanced(guess, listed):
        return GeometricMedian(guess, _total(guess, listed), True)
    place = _inside(near, listed)
    most = _total(place, listed)
    radius = max(_distance(place, x) for x, _ in listed)
    spread = ball(most) - _length(_slope(place, listed)) * radius
    return GeometricMedian(place, Enclosed(spread.union(ball(most))), False)


def _is_optimal(place: Vector, listed: Sequence[tuple[Vector, int]]) -> bool:
    """Whether the subgradients at one of the points hold 0, for certain."""
    here = dict(listed)[place]
    if sum(_net(place, listed).values()) <= here:
        return True
    return bool(_length(_slope(place, listed)) < here)


def _is_balanced(place: Vector, listed: Sequence[tuple[Vector, int]]) -> bool:
    """Whether as many points lie in each direction as in the opposite one."""
    return not _net(place, listed)


def _net(place: Vector, listed: Sequence[tuple[Vector, int]]) -> Counter[tuple[int, ...]]:
    """How many points more than in the opposite direction lie in each direction."""
    net = Counter[tuple[int, ...]]()
    for x, agents in listed:
        away = [a - b for a, b in zip(x, place, strict=True)]
        unit = lcm(*(a.denominator for a in away))
        whole = [int(a * unit) for a in away]
        if common := gcd(*whole):
            net[tuple(a // common for a in whole)] += agents
    return Counter(
        {way: n - net[_opposite(way)] for way, n in net.items() if n > net[_opposite(way)]}
    )


def _opposite(way: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-a for a in way)


def _slope(place: Vector, listed: Sequence[tuple[Vector, int]]) -> "list[arb]":
    """The subgradient that counts points elsewhere only, as balls."""
    slope = [ball(Fraction(0)) for _ in place]
    for x, agents in listed:
        if x != place:
            far = _distance(place, x)
            for k, (a, b) in enumerate(zip(place, x, strict=True)):
                slope[k] += ball(agents * (a - b)) / far
    return slope


def _length(vector: "Sequence[arb]") -> "arb":
    """No less than the length, and near it: of a ball around 0 there is no square root."""
    square = ball(Fraction(0))
    for entry in vector:
        square += entry * entry
    return square.abs_upper().sqrt()


def _distance(a: Vector, b: Vector) -> "arb":
    square = sum(((x - y) ** 2 for x, y in zip(a, b, strict=True)), Fraction(0))
    return ball(square).sqrt()


def _total(place: Vector, listed: Sequence[tuple[Vector, int]]) -> Enclosed:
    total = ball(Fraction(0))
    for x, agents in listed:
        total += agents * _distance(place, x)
    return Enclosed(total)


def _newton(listed: Sequence[tuple[Vector, int]]) -> npt.NDArray[np.float64]:
    """Newton's steps in floats, halved until the sum falls; the median is none of the points."""
    x = np.array([point for point, _ in listed], dtype=np.float64)
    agents = np.array([n for _, n in listed], dtype=np.float64)

    def total(y: npt.NDArray[np.float64]) -> float:
        return float(agents @ np.linalg.norm(y - x, axis=1))

    # below the sum at the best of the points no descent comes to any of them
    best = x[min(range(len(x)), key=lambda k: total(x[k]))]
    y: npt.NDArray[np.float64] = agents @ x / agents.sum()
    if total(y) >= total(best):
        from_all = best - x
        length = np.linalg.norm(from_all, axis=1)
        others = length > 0
        slope = agents[others] @ (from_all[others] / length[others, None])
        share = float(length.max() / np.linalg.norm(slope))
        while share > TINY and total(best - share * slope) >= total(best):
            share /= 2
        y = best - share * slope
    for _ in range(STEPS):
        away: npt.NDArray[np.float64] = y - x
        far: npt.NDArray[np.float64] = np.linalg.norm(away, axis=1)
        if (far == 0).any():
            break
        unit = away / far[:, None]
        slope = agents @ unit
        outer = np.einsum("i,ij,ik->jk", agents / far, unit, unit)
        hessian = (agents / far).sum() * np.eye(len(y)) - outer
        solver: Any = np.linalg.lstsq
        step: npt.NDArray[np.float64] = solver(hessian, slope, rcond=None)[0]
        now, share = total(y), 1.0
        while share > 1e-9 and total(y - share * step) > now * (1 + 1e-15):
            share /= 2
        y = y - share * step
        if np.abs(step).max() <= 1e-15 * np.abs(x).max():
            break
    return y


def _inside(near: npt.NDArray[np.float64], listed: Sequence[tuple[Vector, int]]) -> Vector:
    """Weiszfeld's step from there: a mean of the points by weights that are fractions."""
    x = np.array([point for point, _ in listed], dtype=np.float64)
    far = np.linalg.norm(near - x, axis=1)
    weights = np.array([n for _, n in listed]) / np.maximum(far, np.finfo(np.float64).tiny)
    shares = [Fraction(round(w * GRAIN), GRAIN) for w in (weights / weights.max()).tolist()]
    sides = zip(*(point for point, _ in listed), strict=True)
    whole = sum(shares, Fraction(0))
    return tuple(
        sum((w * a for w, a in zip(shares, side, strict=True)), Fraction(0)) / whole
        for side in sides
    )
