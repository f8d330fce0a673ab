r"""Fractional assignments as lotteries over assignments: the theorem of Birkhoff and von Neumann.

A matrix :math:`p_{ij} \ge 0` with :math:`\sum_j p_{ij} \le 1` and :math:`\sum_i p_{ij} \le 1` is a
mixture of matchings,

.. math:: p = \sum_k \lambda_k M_k, \qquad \lambda_k > 0,\ \sum_k \lambda_k = 1.

While a mass :math:`\lambda` is left, a row is *tight* if its sum is :math:`\lambda`, and a matching
may be taken out with the weight :math:`t` if its entries are at least :math:`t` and it covers
every row and column whose sum exceeds :math:`\lambda - t`.  Of all matchings one with the largest
:math:`t` is taken; then an entry vanishes, or a row or column becomes tight.  So each step leads
to a smaller face of the polytope of such matrices, and there are at most :math:`rc + 1` of them,
for a doubly stochastic matrix of order :math:`n` at most :math:`(n - 1)^2 + 1`.

References
----------
Birkhoff. Tres observaciones sobre el algebra lineal. Universidad Nacional de Tucumán, Revista A 5,
1946.
Marcus, Ree. Diagonals of doubly stochastic matrices. Quarterly Journal of Mathematics 10, 1959.
Budish, Che, Kojima, Milgrom. Designing random allocation mechanisms. American Economic Review 103,
2013.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from .assignment import Matching

Row = tuple[Fraction, ...]


def birkhoff(matrix: Sequence[Sequence[Fraction | int]]) -> tuple[tuple[Fraction, Matching], ...]:
    """Weights and matchings of which ``matrix`` is the mixture, exactly.

    Parameters
    ----------
    matrix : rows of Fraction or int
        (rows, columns) from 0, each row and column of which sums to at most 1.

    Returns
    -------
    tuple of (Fraction, Matching)
        The weights sum to 1, largest first: each is the most that can be taken out in its turn.
        A matching is the column of each row, or None.  At most ``rows * columns + 1``, each found
        by O(log(rows * columns)) assignment problems.

    Raises
    ------
    ValueError
        If an entry is negative or no int or Fraction, or a row or column sums to more than 1.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> for weight, matching in birkhoff([[half, half, 0], [half, 0, half]]):
    ...     print(weight, matching)
    1/2 (1, 0)
    1/2 (0, 2)
    """
    left = _read(matrix)
    mass = Fraction(1)
    found: list[tuple[Fraction, Matching]] = []
    while mass:
        weight, matching = _largest(left, mass)
        found.append((weight, matching))
        left = [
            tuple(p - weight if matching[i] == j else p for j, p in enumerate(row))
            for i, row in enumerate(left)
        ]
        mass -= weight
    return tuple(found)


def _read(matrix: Sequence[Sequence[Fraction | int]]) -> list[Row]:
    """The entries as fractions, if they are those of a substochastic matrix."""
    for i, row in enumerate(matrix):
        if len(row) != len(matrix[0]):
            raise ValueError(f"matrix[{i}] has {len(row)} entries: matrix[0] has {len(matrix[0])}")
        for j, entry in enumerate(row):
            if type(entry) not in (int, Fraction) or entry < 0:
                raise ValueError(
                    f"matrix[{i}][{j}] is {entry!r}: it must be an int or a Fraction from 0"
                )
    rows = [tuple(map(Fraction, row)) for row in matrix]
    for what, lines in (("row", rows), ("column", list(zip(*rows, strict=True)))):
        for k, line in enumerate(lines):
            if sum(line) > 1:
                raise ValueError(f"{what} {k} of matrix sums to {sum(line)}: it must be at most 1")
    return rows


def _largest(left: list[Row], mass: Fraction) -> tuple[Fraction, Matching]:
    """A matching that can be taken out with the largest weight, and that weight."""
    lines = [*left, *zip(*left, strict=True)]
    steps = {mass, *(p for row in left for p in row), *(mass - sum(line) for line in lines)}
    weights = sorted(t for t in steps if t > 0)
    low, high = 0, len(weights)
    best = _with_weight(left, mass, weights[0])
    while low + 1 < high:
        middle = (low + high) // 2
        found = _with_weight(left, mass, weights[middle])
        if found is None:
            high = middle
        else:
            low, best = middle, found
    if best is None:  # by the theorem there is one
        raise ArithmeticError(f"no matching of weight {weights[0]} is left in {left}")
    return weights[low], best


def _with_weight(left: list[Row], mass: Fraction, weight: Fraction) -> Matching | None:
    """A matching of entries from ``weight`` that covers what must be covered, if there is one.

    A matching covers them all if their number is its value, where an entry counts once for its
    row and once for its column if these must be covered.
    """
    from scipy.optimize import linear_sum_assignment

    columns = list(zip(*left, strict=True))
    must_row = np.array([sum(row) > mass - weight for row in left], dtype=np.int64)
    must_column = np.array([sum(column) > mass - weight for column in columns], dtype=np.int64)
    edge = np.array([[p >= weight for p in row] for row in left]).reshape(len(left), len(columns))
    value = np.where(edge, must_row[:, None] + must_column[None, :], 0)
    matched = zip(*linear_sum_assignment(value, maximize=True), strict=True)
    column: list[int | None] = [None] * len(left)
    covered = 0
    for i, j in matched:
        if value[i, j]:
            column[int(i)] = int(j)
            covered += int(value[i, j])
    return tuple(column) if covered == must_row.sum() + must_column.sum() else None
