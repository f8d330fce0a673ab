r"""Where a facility is fair, as an interval for each profile of a batch.

Each of these guarantees asks that no agent of a group be farther away than some distance, so the
places that satisfy it are an interval.  On a line of length :math:`L`, with the reports in order:

=====================  ===================================  ====================================
guarantee              from                                 to
=====================  ===================================  ====================================
`individual`           :math:`x_{(n)} - L(1 - 1/n)`         :math:`x_{(1)} + L(1 - 1/n)`
`unanimous`            :math:`\max_v v - L(1 - m_v/n)`      :math:`\min_v v + L(1 - m_v/n)`
`proportional`         :math:`\max_i x_{(i)} - L(i-1)/n`    :math:`\min_j x_{(j)} + L(n-j)/n`
=====================  ===================================  ====================================

where :math:`m_v` agents are at :math:`v`.  Of a group between :math:`x_{(i)}` and :math:`x_{(j)}`
the agents at its ends are farthest from a place outside of it, and their bound does not depend on
the other end; so of all groups those that start or end with the whole profile bind.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ..population import FloatArray
from ..preferences.single_peaked import Line
from ._batches import Batch, float_ends, read_batch, sorted_blocks

Interval: TypeAlias = tuple[FloatArray, FloatArray]
"""The least and the greatest fair place of each row."""

Guarantee: TypeAlias = Callable[[FloatArray, float], Interval]
"""(batch, agents) rows in order, and the length of the line, to what is fair there."""


def fair_intervals(
    profiles: Batch, setting: Line = Line(0, 1), guarantee: Guarantee | None = None
) -> Interval:
    """The places of the line that are fair at each profile, up to rounding.

    Parameters
    ----------
    profiles : (batch, agents) array
    setting : Line
        An interval.
    guarantee : callable
        `individual`, `unanimous` or, by default, `proportional` fairness.

    Returns
    -------
    lower, upper : (batch,) float64 arrays
        Nothing is fair where ``lower`` exceeds ``upper``, which these guarantees leave no room for.

    Examples
    --------
    >>> fair_intervals([[0.0, 0.0, 0.5]], guarantee=unanimous)
    (array([0.]), array([0.33333333]))
    """
    setting.require_bounds("a fair share")
    batch = read_batch(profiles)
    lower, upper = np.empty(len(batch)), np.empty(len(batch))
    for rows, ordered in sorted_blocks(setting, batch):
        lower[rows], upper[rows] = (guarantee or proportional)(ordered, float(setting.length))
    low, high = float_ends(setting)
    return np.maximum(lower, low), np.minimum(upper, high)


def individual(ordered: FloatArray, length: float) -> Interval:
    """Every agent is at most ``L (1 - 1/n)`` away."""
    radius = length * (1 - 1 / ordered.shape[1])
    return ordered[:, -1] - radius, ordered[:, 0] + radius


def unanimous(ordered: FloatArray, length: float) -> Interval:
    """Every group at one point is at most ``L (1 - m/n)`` away.  O(n) a row.

    The k-th agent of such a group is counted with the k - 1 before it, which asks for less than
    the whole group does, and the last one with all of them.
    """
    agents: int = ordered.shape[1]
    places = np.arange(agents)
    starts = np.ones(ordered.shape, dtype=np.bool_)
    np.not_equal(ordered[:, 1:], ordered[:, :-1], out=starts[:, 1:])
    first = np.maximum.accumulate(np.where(starts, places, 0), axis=1)
    radius = length * (1 - (places - first + 1) / agents)
    return (ordered - radius).max(axis=1), (ordered + radius).min(axis=1)


def proportional(ordered: FloatArray, length: float) -> Interval:
    """Every group is at most its own spread and ``L (1 - m/n)`` away.  O(n) a row."""
    agents: int = ordered.shape[1]
    before = length * np.arange(agents) / agents
    return (ordered - before).max(axis=1), (ordered + before[::-1]).min(axis=1)
