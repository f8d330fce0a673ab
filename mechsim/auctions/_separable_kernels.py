"""Batches of auctions of separable positions, in floats and compiled.

This module imports the compiler; import it where a kernel is called.
"""

import numpy as np

from ..algorithms.compiled import compiled_together
from ._matching_kernels import EMPTY, Floats, Ints
from ._separable import BID, NEXT


@compiled_together
def sell(
    bids: Floats,
    qualities: Floats,
    effects: Floats,
    reserve: float,
    charge: int,
    position: Ints,
    clicks: Floats,
    paid: Floats,
) -> None:
    """Fill positions, clicks and payments of each auction: (batch, bidders) arrays.

    The scores of the first ``slots + 1`` are kept in order, equal ones as they come.  O(n S).
    """
    bidders, slots = len(qualities), len(effects)
    score = np.empty(slots + 1)
    who = np.empty(slots + 1, np.int64)
    for b in range(len(bids)):
        score[:] = 0.0
        who[:] = EMPTY
        for i in range(bidders):
            position[b, i] = EMPTY
            clicks[b, i] = 0.0
            paid[b, i] = 0.0
            if bids[b, i] >= reserve:
                come, whose = bids[b, i] * qualities[i], i
                up = False
                for place in range(slots + 1):  # no branch depends on what comes
                    stays, holder = score[place], who[place]
                    up |= (come > stays) | (holder < 0)
                    score[place] = come if up else stays
                    who[place] = whose if up else holder
                    come = stays if up else come
                    whose = holder if up else whose
        for k in range(slots):
            if who[k] < 0:
                break
            i = who[k]
            least = reserve * qualities[i]
            rate = qualities[i] * effects[k]
            position[b, i] = k
            clicks[b, i] = rate
            if charge == BID:
                paid[b, i] = bids[b, i] * rate
            elif charge == NEXT:
                paid[b, i] = effects[k] * max(score[k + 1], least)
            else:
                for m in range(k, slots):
                    below = effects[m + 1] if m + 1 < slots else 0.0
                    paid[b, i] += (effects[m] - below) * max(score[m + 1], least)
