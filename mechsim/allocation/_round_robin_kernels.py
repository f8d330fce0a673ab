"""Round robin for whole batches, compiled.

This module imports the compiler; import it where the kernel is called.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together


@compiled_together
def take_turns(values: npt.NDArray[Any], holders: npt.NDArray[np.int64]) -> None:
    """Fill ``holders`` (batch, goods) with who takes what; ``values`` is (batch, agents, goods)."""
    batch, agents, goods = values.shape
    left = np.empty(goods, np.int64)
    for b in range(batch):
        for g in range(goods):
            left[g] = g
        for turn in range(goods):
            agent = turn % agents
            row = values[b, agent]
            place, most = 0, row[left[0]]
            for k in range(1, goods - turn):
                if row[left[k]] > most:
                    place, most = k, row[left[k]]
            holders[b, left[place]] = agent
            for k in range(place, goods - turn - 1):  # in order, so that ties go to the first
                left[k] = left[k + 1]
