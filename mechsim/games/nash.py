"""Nash equilibria of small games, exact where payoffs are."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np

from .game import Actions, Array, Game, Profile


def pure_equilibria(game: Game) -> tuple[Actions, ...]:
    """Every action profile in which each player's action is a best reply.  O(n size).

    Examples
    --------
    >>> chicken = Game.symmetric([[6, 2], [7, 0]])
    >>> pure_equilibria(chicken)
    ((0, 1), (1, 0))
    """
    stable = np.ones(game.shape, dtype=bool)
    for player, table in enumerate(game.payoffs):
        stable &= np.asarray(table == table.max(axis=player, keepdims=True), dtype=bool)
    return tuple(tuple(map(int, place)) for place in np.argwhere(stable))


def mixed_equilibria(game: Game) -> tuple[Profile, ...]:
    """Equilibria of a two-player game with supports of equal size, by support enumeration.

    Of a nondegenerate game these are all.  Exponential in the number of actions.

    Raises
    ------
    ValueError
        If there are not two players.

    Examples
    --------
    >>> (first, second, mixed) = mixed_equilibria(Game.symmetric([[6, 2], [7, 0]]))
    >>> [str(p) for p in mixed[0]]
    ['2/3', '1/3']
    """
    if len(game.payoffs) != 2:
        raise ValueError(f"game has {len(game.payoffs)} players: supports are those of two")
    return tuple(_equilibria(game))


def _equilibria(game: Game) -> Iterator[Profile]:
    rows, columns = game.shape
    for size in range(1, min(rows, columns) + 1):
        for mine, yours in product(
            combinations(range(rows), size), combinations(range(columns), size)
        ):
            column = _indifferent(game.payoffs[0][np.ix_(mine, yours)], columns, yours)
            row = _indifferent(game.payoffs[1][np.ix_(mine, yours)].T, rows, mine)
            if row is None or column is None:
                continue
            profile = row, column
            values = game.values(profile)
            best = all(
                v.max() == v[list(s)].min() for v, s in zip(values, (mine, yours), strict=True)
            )
            if best or (not game.exact and _nearly(values, (mine, yours))):
                yield profile


def _nearly(values: tuple[Array, ...], supports: tuple[tuple[int, ...], ...]) -> bool:
    return all(
        v.max() - v[list(s)].min() <= 1e-9 * max(1.0, abs(v).max())
        for v, s in zip(values, supports, strict=True)
    )


def _indifferent(table: Array, size: int, support: tuple[int, ...]) -> Array | None:
    """Weights on the columns that make all rows of a square table equally good; None if not one."""
    count = len(table)
    zero, one = (Fraction(0), Fraction(1)) if table.dtype == object else (0.0, 1.0)
    matrix = [[*row, -one, zero] for row in table.tolist()] + [[one] * count + [zero, one]]
    solved = _gauss(matrix)
    if solved is None or min(solved[:count]) <= zero:
        return None
    strategy = np.full(size, zero, dtype=table.dtype)
    strategy[list(support)] = solved[:count]
    return strategy


def _gauss(matrix: list[list[Any]]) -> list[Any] | None:
    """The solution of a square system, whose right side is the last column; None if not one."""
    size = len(matrix)
    for k in range(size):
        pivot = max(range(k, size), key=lambda row: abs(matrix[row][k]))
        if matrix[pivot][k] == 0:
            return None
        matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
        head = matrix[k][k]
        matrix[k] = [entry / head for entry in matrix[k]]
        for row in range(size):
            factor = matrix[row][k]
            if row != k and factor != 0:
                pairs = zip(matrix[row], matrix[k], strict=True)
                matrix[row] = [entry - factor * other for entry, other in pairs]
    return [row[-1] for row in matrix]
