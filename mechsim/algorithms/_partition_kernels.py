"""The search for the best worst part, compiled: for one row of values, and for many.

This module imports the compiler; import it where a kernel is called.
"""

import numpy as np

from . import _partition_search as plain
from ._partition_search import Ints
from .compiled import compiled_together, compiled_with

search = compiled_with(
    plain.search,
    plain.greedy,
    plain.worst,
    plain.bound,
    plain.attempt,
    plain.lay_out,
    plain.room,
    plain.past,
    plain.fits,
)


@compiled_together
def search_all(v: Ints, n: int, sign: int, limit: int, holder: Ints) -> tuple[Ints, Ints, Ints]:
    """For each row of (batch, goods), each in decreasing order, what `search` says."""
    low, high = np.empty(len(v), np.int64), np.empty(len(v), np.int64)
    nodes = np.empty(len(v), np.int64)
    for row in range(len(v)):
        low[row], high[row], nodes[row] = search(v[row], n, sign, limit, holder[row])
    return low, high, nodes
