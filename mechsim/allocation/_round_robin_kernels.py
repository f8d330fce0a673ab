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
    for b in range(batch):
        holder = holders[b]
        holder[:] = -1
        for turn in range(goods):
            agent = turn % agents
            row = values[b, agent]
            best = -1
            for g in range(goods):
                if holder[g] < 0 and (best < 0 or row[g] > row[best]):
                    best = g
            holder[best] = agent
