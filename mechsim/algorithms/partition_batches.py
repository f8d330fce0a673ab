"""Maximin shares of many agents at once, in arrays."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .._numbers import whole
from .partition import USUAL, Division, Ints, NodeLimit, as_bundles, fits


@dataclass(frozen=True, eq=False)
class Divisions:
    """A division for each row of a batch.

    Parameters
    ----------
    worst, bound : (batch,) int64
        What the worst part is worth, and what it cannot exceed, in the unit of the values.
    holders : (batch, goods) int64
        The part that each good is in.
    parts : int
        How many parts.
    nodes : (batch,) int64
        How many goods were tried in parts.
    """

    worst: Ints
    bound: Ints
    holders: Ints
    parts: int
    nodes: Ints

    @property
    def proven(self) -> npt.NDArray[np.bool_]:
        """Whether no division is better, (batch,)."""
        proven: npt.NDArray[np.bool_] = self.worst == self.bound
        return proven

    def row(self, place: int) -> Division:
        """The division of one row."""
        worst, bound = int(self.worst[place]), int(self.bound[place])
        bundles = as_bundles(self.holders[place].tolist(), self.parts)
        return Division(Fraction(worst), bundles, Fraction(bound - worst))

    def __len__(self) -> int:
        return len(self.worst)


def maximin_share_arrays(values: npt.ArrayLike, parts: int, limit: NodeLimit = USUAL) -> Divisions:
    """What `maximin_share` says, for each row; equal rows, in any order of goods, once.

    Parameters
    ----------
    values : (batch, goods) integers
        What each good is worth to each agent: all at least 0, or all at most 0.
    parts : int
        How many parts; at least 1.
    limit : NodeLimit
        When to give up, for each row.

    Raises
    ------
    ValueError
        If the values are no matrix of whole numbers, have both signs, or are too large for 64
        bits.

    Examples
    --------
    >>> shares = maximin_share_arrays([[4, 1, 1, 2, 2], [5, 5, 5, 1, 1]], 3)
    >>> shares.worst, bool(shares.proven.all())
    (array([3, 5]), True)
    >>> print(shares.row(0).worst)
    3
    """
    from ._partition_kernels import search_all

    given = np.asarray(values)
    if given.ndim != 2 or not np.issubdtype(given.dtype, np.integer):
        raise ValueError(
            f"values has the shape {given.shape} and the kind {given.dtype}: it must be a matrix "
            "(batch, goods) of whole numbers"
        )
    whole(parts, "parts", least=1)
    sign = -1 if (given < 0).any() else 1
    if (given < 0).any() and (given > 0).any():
        raise ValueError("values has both signs: all must be at least 0, or all at most 0")
    largest = max(map(abs, (int(given.max(initial=0)), int(given.min(initial=0)))))
    if not fits(largest * given.shape[1], parts):
        raise ValueError(f"values has {largest}: sums do not fit in 64 bits, take them row by row")
    sizes = sign * given.astype(np.int64)
    order = np.argsort(-sizes, axis=1, kind="stable")
    ordered, back = np.unique(np.take_along_axis(sizes, order, axis=1), axis=0, return_inverse=True)
    held = np.empty(ordered.shape, np.int64)
    low, high, nodes = search_all(ordered, parts, sign, limit.nodes, held)
    holders = np.empty(given.shape, np.int64)
    np.put_along_axis(holders, order, held[back], axis=1)
    return Divisions(low[back], high[back], holders, parts, nodes[back])
