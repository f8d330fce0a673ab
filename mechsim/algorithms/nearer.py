r"""Places that are nearer to some of several points and farther from none, exactly.

By Euclidean distances a place :math:`y` is efficient for the points :math:`x_i` if and only if it
is in their convex hull.  From outside it, the projection :math:`p` of :math:`y` on the hull is
nearer to all of them, because :math:`\langle y - p, x_i - p \rangle \le 0` for all :math:`i`, so

.. math:: \lVert y - x_i \rVert^2 \ge \lVert y - p \rVert^2 + \lVert p - x_i \rVert^2.

By a norm whose unit ball is a polytope each distance is the largest of linear functions.  As
distances are convex, what is better far away is better at once in its direction, so it is a linear
program whether there is a direction :math:`d` in which no distance grows and one falls.

References
----------
Wendell, Hurter, Lowe. Efficient points in location problems. AIIE Transactions 9, 1977.
Wolfe. Finding the nearest point in a polytope. Mathematical Programming 11, 1976.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from ..program.draft import Draft
from ..program.families import Terms

Vector: TypeAlias = tuple[Fraction, ...]

Slope: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
r"""Integers :math:`a, b` of :math:`d \mapsto \sum_k a_k d_k + b_k |d_k|`, with :math:`b \ge 0`."""

Slopes: TypeAlias = tuple[Slope, ...]
"""How a distance changes in a direction: by the largest of these."""


def projection(point: Sequence[Any], points: Iterable[Sequence[Any]]) -> Vector:
    """The point of the convex hull of ``points`` that is nearest to ``point``; exact.

    Wolfe's algorithm in fractions: it ends, in exponentially many steps at worst and few as a rule.
    Floats are taken for the fractions that they are.

    Examples
    --------
    >>> [str(x) for x in projection((0, 0), [(2, 0), (0, 2), (2, 2)])]
    ['1', '1']
    """
    origin = tuple(map(Fraction, point))
    moved = [
        tuple(Fraction(x) - o for x, o in zip(other, origin, strict=True))
        for other in dict.fromkeys(map(tuple, points))
    ]
    corral = [min(moved, key=lambda x: _dot(x, x))]
    weights = [Fraction(1)]
    while True:
        nearest = _mixed(corral, weights)
        further = min(moved, key=lambda x: _dot(nearest, x))
        if _dot(nearest, further) >= _dot(nearest, nearest):
            return tuple(x + o for x, o in zip(nearest, origin, strict=True))
        corral, weights = _descend([*corral, further], [*weights, Fraction(0)])


def _descend(corral: list[Vector], weights: list[Fraction]) -> tuple[list[Vector], list[Fraction]]:
    """Towards the nearest point of the affine hull, dropping what would get negative weight."""
    while True:
        target = _nearest_in_affine_hull(corral)
        if all(weight > 0 for weight in target):
            return corral, target
        step = min(w / (w - t) for w, t in zip(weights, target, strict=True) if t <= 0 and w > t)
        moved = [w + step * (t - w) for w, t in zip(weights, target, strict=True)]
        kept = [k for k, weight in enumerate(moved) if weight > 0]
        corral, weights = [corral[k] for k in kept], [moved[k] for k in kept]


def _nearest_in_affine_hull(corral: Sequence[Vector]) -> list[Fraction]:
    """Weights of affinely independent points that sum to 1 and give the point of least length."""
    import flint

    size = len(corral) + 1
    matrix, right = flint.fmpq_mat(size, size), flint.fmpq_mat(size, 1)
    right[0, 0] = flint.fmpq(1)
    for i, one in enumerate(corral, start=1):
        matrix[0, i] = matrix[i, 0] = flint.fmpq(1)
        for j, other in enumerate(corral, start=1):
            product = _dot(one, other)
            matrix[i, j] = flint.fmpq(product.numerator, product.denominator)
    found = matrix.solve(right).entries()[1:]
    return [Fraction(int(weight.p), int(weight.q)) for weight in found]


def _mixed(points: Sequence[Vector], weights: Sequence[Fraction]) -> Vector:
    return tuple(_dot(weights, side) for side in zip(*points, strict=True))


def _dot(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(first, second, strict=True)), Fraction(0))


def manhattan_slopes(away: Sequence[Any]) -> Slopes:
    """How the sum of differences changes from a place that is ``away`` from the point."""
    return ((tuple(map(_sign, away)), tuple(int(x == 0) for x in away)),)


def chebyshev_slopes(away: Sequence[Any]) -> Slopes:
    """How the largest difference changes from a place that is ``away``, not 0, from the point."""
    most, nothing = max(abs(x) for x in away), (0,) * len(away)
    return tuple(
        (tuple(_sign(x) * (k == axis) for k in range(len(away))), nothing)
        for axis, x in enumerate(away)
        if abs(x) == most
    )


def nearer(
    point: Sequence[Any],
    points: Iterable[Sequence[Any]],
    slopes: Callable[[Sequence[Any]], Slopes],
    length: Callable[[Sequence[Any]], Any],
) -> Vector | None:
    """A place nearer than ``point`` to one of ``points`` and farther from none, or None.

    Parameters
    ----------
    point : sequence of numbers
        Floats are taken for the fractions that they are.
    points : iterable of such
    slopes : callable
        How a distance changes, by the difference from a point that is not 0.
    length : callable
        The norm of a difference.

    Examples
    --------
    >>> corner = [(0, 0), (1, 0), (0, 1)]
    >>> [str(x) for x in nearer((1, 1), corner, manhattan_slopes, lambda x: sum(map(abs, x)))]
    ['0', '0']
    """
    here = tuple(map(Fraction, point))
    others = [tuple(map(Fraction, other)) for other in dict.fromkeys(map(tuple, points))]
    away = [tuple(a - b for a, b in zip(here, other, strict=True)) for other in others]
    if not all(any(one) for one in away):
        return None  # whoever is there loses by any move
    direction = _falling(frozenset(map(slopes, away)))
    if direction is None:
        return None
    mine, step = [length(one) for one in away], max(max(map(abs, one)) for one in away)
    bend = min(_gap(one) for one in away) / 2
    while True:  # distances are linear up to the first bend, and none grows there
        move = tuple(step * d for d in direction)
        theirs = [length([a + m for a, m in zip(one, move, strict=True)]) for one in away]
        if theirs != mine and all(a <= b for a, b in zip(theirs, mine, strict=True)):
            return tuple(a + m for a, m in zip(here, move, strict=True))
        if step < bend:
            raise ArithmeticError(f"the direction {direction} is better for nobody or worse")
        step /= 2


def _gap(away: Vector) -> Fraction:
    """The least difference between two of the sizes, and of one from 0, that is not 0."""
    sizes = sorted({Fraction(0), *map(abs, away)})
    return min(b - a for a, b in pairwise(sizes))


@lru_cache(maxsize=65_536)
def _falling(asked: frozenset[Slopes]) -> Vector | None:
    """A direction in which no distance grows and one falls, or None if there is none."""
    from ..program import Optimum

    listed = sorted(asked)
    axes = range(len(listed[0][0][0]))
    draft = Draft()
    along = draft.variables("along {axis}", (axes,), low=-1, high=1)
    size = draft.variables("size along {axis}", (axes,), high=1)
    falls = draft.variables("fall {distance}", (range(len(listed)),), high=1)
    for name, sign in (("forward", 1), ("back", -1)):
        rows = np.arange(len(axes))
        draft.at_most(
            f"{name} {{axis}}", (axes,), 0, Terms(along, sign, rows), Terms(size, -1, rows)
        )
    told = [(k, *slope) for k, slopes in enumerate(listed) for slope in slopes]
    whose, linear, absolute = (np.array(side) for side in zip(*told, strict=True))
    rows = np.arange(len(told))
    draft.at_most(
        "slope {number} of distance {distance}",
        (rows.tolist(), whose.tolist()),
        0,
        Terms(along, linear, rows[:, None]),
        Terms(size, absolute, rows[:, None]),
        Terms(falls[whose], 1, rows),
    )
    found: Any = draft.maximize(Terms(falls)).solve()
    if not isinstance(found, Optimum):
        raise ArithmeticError("no direction is a solution, and none was found")
    if found.value == 0:
        return None
    direction: Vector = tuple(Fraction(x) for x in found.at(along))
    return direction


def _sign(number: Any) -> int:
    return int(number > 0) - int(number < 0)
