r"""Matchings of largest weight with at most so many edges, exactly.

Edges are added one at a time along the augmenting path that gains most, as the best weight of
:math:`k` edges is concave in :math:`k`; it ends with ``most`` edges, or when nothing is gained.
Numbers are scaled to integers, so that no rounding decides; of several best matchings the one is
returned that has the first edge which not all have, row by row.

References
----------
Ahuja, Magnanti, Orlin. Network Flows, section 9.7. 1993.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from .._numbers import Number

Matching = tuple[int | None, ...]
"""The column of each row, or None."""


def best_matching(weights: Sequence[Sequence[Number]], most: int) -> Matching:
    """The matching of largest weight among those with at most ``most`` edges of positive weight.

    Parameters
    ----------
    weights : rows of numbers
        One row a bidder, one column a position; what is not positive is no edge.
    most : int
        How many edges there may be.

    Returns
    -------
    tuple
        For each row its column or None.  O(most rows^2 columns) operations on integers, which have
        ``rows * columns`` bits more than the weights.

    Examples
    --------
    >>> best_matching([[10, 6], [8, 5], [3, 4]], 2)
    (0, 1, None)
    >>> best_matching([[1, 1], [1, 1]], 2)
    (0, 1)
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    gains = _with_preferences([[Fraction(w) for w in row] for row in weights])
    column: list[int | None] = [None] * rows
    owner: list[int | None] = [None] * columns
    for _ in range(min(most, rows, columns)):
        best, before = _paths(gains, column, owner)
        free = [j for j in range(columns) if owner[j] is None and best[j] is not None]
        end = max(free, key=lambda j: best[j] or 0, default=None)
        if end is None or (best[end] or 0) <= 0:
            break
        _augment(end, before, column, owner)
    return tuple(column)


def _augment(
    end: int, before: list[int], column: list[int | None], owner: list[int | None]
) -> None:
    """Turn over the path that ends in a free column."""
    place: int | None = end
    while place is not None:
        row = before[place]
        left = column[row]
        column[row], owner[place] = place, row
        place = left


def _with_preferences(weights: list[list[Fraction]]) -> list[list[int]]:
    """Integers in the order of the weights, in which earlier edges win ties; 0 for no edge."""
    scale = math.lcm(*(w.denominator for row in weights for w in row))
    columns = len(weights[0]) if weights else 0
    edges = len(weights) * columns
    found: list[list[int]] = []
    for i, row in enumerate(weights):
        whole = (int(w * scale) for w in row)
        bonus = (1 << (edges - i * columns - j - 1) for j in range(columns))
        found.append([(w << edges) + b if w > 0 else 0 for w, b in zip(whole, bonus, strict=True)])
    return found


def _paths(
    gains: list[list[int]], column: list[int | None], owner: list[int | None]
) -> tuple[list[int | None], list[int]]:
    """The most that alternating paths from free rows gain up to each column, and by which row.

    Bellman and Ford: a best matching of so many edges has no cycle that gains.
    """
    columns = len(owner)
    best: list[int | None] = [None] * columns
    before = [-1] * columns
    waiting: list[tuple[int, int]] = [(i, 0) for i, place in enumerate(column) if place is None]
    while waiting:
        reached: dict[int, int] = {}
        for i, start in waiting:
            for j in range(columns):
                if gains[i][j] and column[i] != j:
                    gain = start + gains[i][j]
                    known = best[j]
                    if known is None or gain > known:
                        best[j], before[j] = gain, i
                        reached[j] = gain
        waiting = []
        for j, gain in reached.items():
            row = owner[j]
            if row is not None:
                waiting.append((row, gain - gains[row][j]))
    return best, before
