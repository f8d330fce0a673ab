"""Kernels that play a rule on each row of a block: compiled where that is possible."""

import numpy as np

from ..algorithms.compiled import compiled
from ..population import FloatArray

NOWHERE = -1
"""No row is refused."""


@compiled
def median_rows(
    profiles: FloatArray,
    curve: FloatArray,
    least: float,
    most: float,
    places: FloatArray,
    inside: FloatArray,
) -> int:
    """The median of reports and phantoms of each row.

    With ``q = curve`` it is ``min_k max(x_(k), q_k)``.  The first k at which ``x_(k) >= q_k``, that
    is, at which fewer than k reports are below ``q_k``, is found by counting reports; then the
    outcome is ``q_(k-1)``, or it is the report ``x_(k)`` and one of the few from ``q_k`` up to
    there.

    Parameters
    ----------
    profiles : (batch, agents) float64 array
    curve : (agents + 1,) float64 array
        Falling.
    least, most : float
        What a report may be.
    places : (batch,) float64 array
        Becomes the outcomes.
    inside : (agents + 1,) float64 array
        Overwritten.

    Returns
    -------
    int
        The first row in which some report is none, or `NOWHERE`.
    """
    agents = profiles.shape[1]
    for row in range(profiles.shape[0]):
        reports = profiles[row]
        fine = 0
        for i in range(agents):
            fine += (reports[i] >= least) & (reports[i] <= most)
        if fine != agents:
            return row
        rank, beyond = 1, agents + 1
        below, upto = 0, agents  # reports below curve[beyond], and below curve[rank - 1]
        while rank < beyond:
            middle = (rank + beyond) // 2
            level = curve[middle]
            count = 0
            for i in range(agents):
                count += reports[i] < level
            if count < middle:
                beyond, below = middle, count
            else:
                rank, upto = middle + 1, count
        if rank > agents:  # all reports are below all phantoms
            places[row] = curve[agents]
            continue
        low, high = curve[rank], curve[rank - 1]
        if rank == 1:
            upto = 0
            for i in range(agents):
                upto += reports[i] < high
        if upto < rank:
            places[row] = high
            continue
        filled = 0
        for i in range(agents):
            inside[filled] = reports[i]
            filled += (reports[i] >= low) & (reports[i] < high)
        # Hoare's selection of the entry that would be at `wanted` if these were in order
        wanted = rank - below - 1
        first, last = 0, filled - 1
        while first < last:
            pivot = inside[(first + last) // 2]
            left, right = first, last
            while left <= right:
                while inside[left] < pivot:
                    left += 1
                while inside[right] > pivot:
                    right -= 1
                if left <= right:
                    inside[left], inside[right] = inside[right], inside[left]
                    left += 1
                    right -= 1
            if wanted <= right:
                last = right
            elif wanted >= left:
                first = left
            else:
                break
        places[row] = inside[wanted]
    return NOWHERE


@compiled
def nash_rows(ordered: FloatArray, weights: FloatArray, length: float, places: FloatArray) -> None:
    """The place of each row at which the product of utilities is largest, to a few roundings.

    The slope of the logarithm of the product falls.  First a search by halves finds the report to
    the right of which it is not positive; if it is negative to the left of it too, it has its root
    between this report and the one before, and Newton's steps find it, halving where they leave
    the interval.

    Parameters
    ----------
    ordered : (batch, agents) float64 array
        Each row increasing.
    weights : (agents,) float64 array
        How many agents a column stands for.
    length : float
        The length of the line.
    places : (batch,) float64 array
        Becomes the outcomes.
    """
    agents = ordered.shape[1]
    for row in range(ordered.shape[0]):
        reports = ordered[row]
        first, last = 0, agents - 1
        low, high = reports[0], reports[agents - 1]
        stage = 0  # 0: which report; 1: to the left of that report; 2: between two reports
        y = reports[(first + last) // 2]
        split = (first + last) // 2 + 1
        for _ in range(200):
            slope, bend = 0.0, 0.0
            for i in range(agents):  # the first `split` reports count as left of y
                room = length - (y - reports[i] if i < split else reports[i] - y)
                if room <= 0.0:
                    slope += -np.inf if i < split else np.inf
                else:
                    slope += -weights[i] / room if i < split else weights[i] / room
                    bend += weights[i] / (room * room)
            if stage == 0:
                if slope <= 0.0:
                    last = split - 1
                else:
                    first = split
                if first < last:
                    split = (first + last) // 2 + 1
                    y = reports[split - 1]
                    continue
                stage = 1
                split = first
                y = reports[first]
                continue
            if stage == 1:
                if slope >= 0.0 or split == 0:
                    break
                stage = 2
                low, high = reports[first - 1], reports[first]
                y = low + (high - low) / 2.0
                continue
            if slope > 0.0:
                low = y
            elif slope < 0.0:
                high = y
            step = y + slope / bend
            if not (step > low and step < high):
                step = low + (high - low) / 2.0
            if slope == 0.0 or step == y or step <= low or step >= high:
                break
            y = step
        places[row] = y
