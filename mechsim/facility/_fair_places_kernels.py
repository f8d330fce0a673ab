"""The best fair place for a nuisance of many sorted profiles at once, in one pass over each.

Between neighbouring agents the fair places are an interval, from the farthest end of what is
forbidden from the left to the nearest end of what is forbidden from the right.  The total distance
is convex, and so best at an end of such an interval; the least distance is best in the middle
between the two agents, or as near to it as the interval comes.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled
from ..population import FloatArray

TINY = 1e-12
"""Lengths that differ by this share of the line may be the same, rounded."""


def farthest_in_total(
    ordered: FloatArray, radii: FloatArray, low: float, high: float
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Places of the largest total distance, and whether floats may have it wrong: (batch,) both."""
    places, doubtful = np.empty(len(ordered)), np.empty(len(ordered), dtype=np.bool_)
    _total(ordered, radii, low, high, (high - low) * TINY, places, doubtful)
    return places, doubtful


def farthest_from_nearest(
    ordered: FloatArray, radii: FloatArray, low: float, high: float
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Places of the largest least distance, and whether floats may have it wrong."""
    places, doubtful = np.empty(len(ordered)), np.empty(len(ordered), dtype=np.bool_)
    _least(ordered, radii, low, high, (high - low) * TINY, places, doubtful)
    return places, doubtful


@compiled
def _total(
    ordered: Any, radii: Any, low: float, high: float, tiny: float, places: Any, doubtful: Any
) -> None:
    agents = ordered.shape[1]
    below = np.empty(agents + 1)
    for b in range(ordered.shape[0]):
        below[agents] = high
        everything = 0.0
        for k in range(agents - 1, -1, -1):
            below[k] = min(below[k + 1], ordered[b, k] - radii[b, k])
            everything += ordered[b, k]
        above, passed, best, place = low, 0.0, -1.0, low
        near = tied = False
        for k in range(agents + 1):
            if k:
                above = max(above, ordered[b, k - 1] + radii[b, k - 1])
                passed += ordered[b, k - 1]
            room = below[k] - above
            near = near or abs(room) <= tiny
            if room < 0:
                continue
            for y in (above, below[k]):
                total = (2 * k - agents) * y + everything - 2 * passed
                if total > best + tiny * agents:
                    best, place, tied = total, y, False
                elif total > best - tiny * agents and abs(y - place) > tiny:
                    tied = True
        places[b], doubtful[b] = place, near or tied or best < 0


@compiled
def _least(
    ordered: Any, radii: Any, low: float, high: float, tiny: float, places: Any, doubtful: Any
) -> None:
    agents = ordered.shape[1]
    below = np.empty(agents + 1)
    for b in range(ordered.shape[0]):
        below[agents] = high
        for k in range(agents - 1, -1, -1):
            below[k] = min(below[k + 1], ordered[b, k] - radii[b, k])
        above, best, place = low, -1.0, low
        near = tied = False
        for k in range(agents + 1):
            if k:
                above = max(above, ordered[b, k - 1] + radii[b, k - 1])
            room = below[k] - above
            near = near or abs(room) <= tiny
            if room < 0:
                continue
            if k == 0:
                y = above
                least = ordered[b, 0] - y
            elif k == agents:
                y = below[k]
                least = y - ordered[b, k - 1]
            else:
                y = min(max((ordered[b, k - 1] + ordered[b, k]) / 2, above), below[k])
                least = min(y - ordered[b, k - 1], ordered[b, k] - y)
            if least > best + tiny:
                best, place, tied = least, y, False
            elif least > best - tiny and abs(y - place) > tiny:
                tied = True
        places[b], doubtful[b] = place, near or tied or best < 0
