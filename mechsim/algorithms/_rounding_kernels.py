"""Dependent rounding in floats, compiled: many draws at once.

This module imports the compiler; import it where the kernel is called.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .compiled import compiled_together

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Marks: TypeAlias = npt.NDArray[np.bool_]


@compiled_together
def draw(
    items: Ints, spent: Floats, full: Floats, least: float, uniforms: Floats, drawn: Marks
) -> int:
    """Draw a set for each row of ``drawn``; returns how many of the ``uniforms`` were used.

    One item at a time is neither in nor out; it meets the next one, and one of the two, or both,
    is settled.

    Parameters
    ----------
    items : (fractional,) int64
    spent, full : (items,) float64
        What is spent on each item in expectation, and what it costs, any unit of money.
    least : float
        Money below this is a rounding error, and none.
    uniforms : (at least draws * fractional,) float64
    drawn : (draws, items) bool
        Rows in which the fractional items are out; filled.
    """
    used = 0
    for row in range(len(drawn)):
        open_, held = -1, 0.0
        for item in items:
            if open_ < 0:
                open_, held = item, spent[item]
                continue
            lacks, has = full[open_] - held, spent[item]
            misses = full[item] - has
            up, down = min(lacks, has), min(held, misses)
            raised = uniforms[used] < down / (up + down)
            used += 1
            if raised:  # money goes from the next item to the open one
                if has - lacks > least:
                    drawn[row, open_] = True
                    open_, held = item, has - lacks
                elif lacks - has > least:
                    held += has
                else:
                    drawn[row, open_] = True
                    open_ = -1
            elif held - misses > least:
                drawn[row, item] = True
                held -= misses
            elif misses - held > least:
                open_, held = item, has + held
            else:
                drawn[row, item] = True
                open_ = -1
        if open_ >= 0:
            drawn[row, open_] = uniforms[used] < held / full[open_]
            used += 1
    return used
