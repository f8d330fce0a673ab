r"""What a place costs the agents, :math:`|y - x_i|`, for batches of profiles.

Under Random Rank the expected cost of an agent is its mean distance to all reports,

.. math:: \frac1n \sum_j |x_i - x_j|
          = \frac{(2r - n)\, x_i + \sum_j x_j - 2 \sum_{x_j < x_i} x_j}{n},

where :math:`r` agents are to the left of it, so all of them together cost one sort.
"""

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ._batches import BLOCK, Batch, blocks, read_batch

KeyArray = npt.NDArray[np.int64]


def distances(profiles: Batch, places: npt.ArrayLike) -> FloatArray:
    """How far each agent is from the place of its row.

    Parameters
    ----------
    profiles : (batch, agents) array
    places : (batch,) array

    Returns
    -------
    (batch, agents) float64 array
    """
    batch = read_batch(profiles)
    return np.abs(batch - read_places(places, len(batch))[:, None])


def total_and_largest(profiles: Batch, places: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The sum of the distances in each row, up to rounding, and the largest of them.

    Parameters
    ----------
    profiles : (batch, agents) array
    places : (batch,) array

    Returns
    -------
    two (batch,) float64 arrays
        O(n) a row, and no memory for the distances themselves.
    """
    batch = read_batch(profiles)
    built = read_places(places, len(batch))
    totals, largest = np.empty(len(batch)), np.empty(len(batch))
    for rows, part in blocks(Line(), batch):
        cost_rows(part, built[rows], totals[rows], largest[rows])
    return totals, largest


def expected_costs(profiles: Batch) -> FloatArray:
    """What each agent expects to bear under Random Rank, in the agents' own order.

    Parameters
    ----------
    profiles : (batch, agents) array

    Returns
    -------
    (batch, agents) float64 array
        O(n log n) a row, unless very many reports agree in most of their digits.

    Examples
    --------
    >>> expected_costs([[0.0, 1.0, 0.0, 0.0]])
    array([[0.25, 0.75, 0.25, 0.25]])
    """
    batch = read_batch(profiles)
    agents = batch.shape[1]
    costs = np.empty(batch.shape)
    mask = (1 << (agents - 1).bit_length()) - 1
    buffer = np.empty((max(1, min(len(batch), BLOCK // agents)), agents))
    for rows, part in blocks(Line(), batch):
        rank_costs(part, _keys(part, mask, buffer[: len(part)]), mask, costs[rows])
    return costs


def read_places(places: npt.ArrayLike, batch: int) -> FloatArray:
    """``places`` as a (batch,) float64 array, one a profile."""
    built = np.ascontiguousarray(places, dtype=np.float64)
    if built.shape != (batch,):
        raise ValueError(f"places has the shape {built.shape}: it must be ({batch},), one a row")
    return built


def _keys(part: FloatArray, mask: int, buffer: FloatArray) -> KeyArray:
    """Agents in the order of their reports, as far as the leading bits tell: numbers to mask.

    They overwrite ``buffer``, an array of the shape of ``part``.

    Floats that are not negative are ordered as the integers with the same bits, so an integer sort
    carries the number of the agent along in the last bits, which is faster than an argsort.
    """
    agents: int = part.shape[1]
    np.subtract(part, part.min(), out=buffer)
    keys: KeyArray = buffer.view(np.int64)
    keys &= ~mask
    keys |= np.arange(agents)
    keys.sort(axis=1)
    return keys


@compiled
def rank_costs(profiles: FloatArray, keys: KeyArray, mask: int, costs: FloatArray) -> None:
    """Fill in the (batch, agents) ``costs``; ``keys`` become the order of each row's agents."""
    agents = profiles.shape[1]
    for row in range(profiles.shape[0]):
        reports, order, borne = profiles[row], keys[row], costs[row]
        base = reports[order[0] & mask]  # sums of what exceeds it lose fewer digits
        total, latest = 0.0, base
        for rank in range(agents):
            agent = order[rank] & mask
            report = reports[agent]
            total += report - base
            place = rank
            if report < latest:  # the last bits decide
                while place > 0 and reports[order[place - 1]] > report:
                    order[place] = order[place - 1]
                    place -= 1
            else:
                latest = report
            order[place] = agent
        before = 0.0
        for rank in range(agents):
            agent = order[rank]
            beyond = reports[agent] - base
            borne[agent] = ((2 * rank - agents) * beyond + total - 2.0 * before) / agents
            before += beyond


@compiled
def cost_rows(
    profiles: FloatArray, places: FloatArray, totals: FloatArray, largest: FloatArray
) -> None:
    """Fill in the sum of the distances of each row, and the largest.

    Four sums and maxima run side by side, as one alone waits for each step.
    """
    agents = profiles.shape[1]
    for row in range(profiles.shape[0]):
        reports, place = profiles[row], places[row]
        total, second, third, fourth = 0.0, 0.0, 0.0, 0.0
        most, most_second, most_third, most_fourth = 0.0, 0.0, 0.0, 0.0
        for i in range(0, agents - 3, 4):
            away = abs(reports[i] - place)
            total += away
            most = max(most, away)
            away = abs(reports[i + 1] - place)
            second += away
            most_second = max(most_second, away)
            away = abs(reports[i + 2] - place)
            third += away
            most_third = max(most_third, away)
            away = abs(reports[i + 3] - place)
            fourth += away
            most_fourth = max(most_fourth, away)
        for i in range(agents - agents % 4, agents):
            away = abs(reports[i] - place)
            total += away
            most = max(most, away)
        totals[row] = (total + second) + (third + fourth)
        largest[row] = max(max(most, most_second), max(most_third, most_fourth))
