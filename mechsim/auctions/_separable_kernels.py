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

    The scores of the first ``slots + 1`` are kept in order, equal ones as they come.  O(n S) at
    worst, O(n) where most scores are below those that are kept.
    """
    bidders, slots = len(qualities), len(effects)
    score = np.empty(slots + 1)
    who = np.empty(slots + 1, np.int64)
    for b in range(len(bids)):
        score[:] = 0.0
        kept = 0
        for i in range(bidders):
            position[b, i] = EMPTY
            clicks[b, i] = 0.0
            paid[b, i] = 0.0
            if bids[b, i] < reserve:
                continue
            s = bids[b, i] * qualities[i]
            if kept <= slots:
                place = kept
                kept += 1
            elif s > score[slots]:
                place = slots
            else:
                continue
            while place > 0 and score[place - 1] < s:
                score[place] = score[place - 1]
                who[place] = who[place - 1]
                place -= 1
            score[place] = s
            who[place] = i
        for k in range(min(kept, slots)):
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
