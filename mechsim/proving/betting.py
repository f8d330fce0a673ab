r"""Bets against the claim that a mean is not positive: evidence that may be looked at all the time.

Differences :math:`X_1, X_2, \dots` of at least -1 are drawn.  Whoever claims that none of them is
positive in expectation, given those before, must find every bet on them unfavourable.  Start with
a purse of 1 and stake a part :math:`0 \le \lambda_t < 1` of it each time, chosen from the past:

.. math:: W_t = \prod_{s \le t} (1 + \lambda_s X_s).

Under the claim :math:`E[W_t \mid X_1, \dots, X_{t-1}] = W_{t-1} (1 + \lambda_t
E[X_t \mid X_1, \dots, X_{t-1}]) \le W_{t-1}`, and :math:`W_t \ge 0`.  So the purse is a
non-negative supermartingale, and by Ville's inequality it ever reaches :math:`1/\alpha` with
probability at most :math:`\alpha`, however often one looks and whenever one stops.

Here the purse is split over the constant stakes `STAKES`, each part plays its own, and the purse is
the sum.  That is one bet as well: its stake is the average of the constant ones, by the parts that
there are before the draw.

References
----------
Waudby-Smith, Ramdas. Estimating means of bounded random variables by betting. JRSSB 86(1), 2024.
arXiv:2010.09686.
Ville. Étude critique de la notion de collectif. 1939.
"""

import math

import numpy as np

from ..population import FloatArray

STAKES: FloatArray = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8])
"""Parts of the purse that are staked on each draw."""

EVEN: FloatArray = np.full(len(STAKES), -math.log(len(STAKES)))
"""A purse of 1 in equal parts: logarithms, one a stake."""

HALVINGS = 30
"""Steps in which the end of an interval is pinned down."""


def parts(draws: FloatArray, start: FloatArray = EVEN) -> FloatArray:
    """Logarithms of the parts of the purse after each draw: (..., n) to (stakes, ..., n)."""
    axes = (slice(None), *(None,) * draws.ndim)
    grown: FloatArray = np.cumsum(np.log1p(STAKES[axes] * draws), axis=-1)
    grown += start[axes]
    return grown


def log_purse(logs: FloatArray) -> FloatArray:
    """The logarithm of the purse from those of its parts: (stakes, ...) to (...)."""
    total: FloatArray = np.logaddexp.reduce(logs, axis=0)
    return total


def log_e_values(draws: FloatArray) -> FloatArray:
    r"""The logarithm of the purse after each draw, bet against a mean of 0 or less.

    Parameters
    ----------
    draws : (..., n) array
        At least -1; along the last axis in the order in which they were drawn.

    Returns
    -------
    (..., n) array
        Some entry is :math:`-\log \alpha` or more with probability at most :math:`\alpha` if the
        mean is not positive.  O(n) a stake.

    Examples
    --------
    >>> [round(e, 1) for e in np.exp(log_e_values(np.array([1.0, 1.0, 1.0, 1.0]))).tolist()]
    [1.2, 1.6, 2.1, 3.0]
    """
    return log_purse(parts(draws))


def lower_end(draws: FloatArray, alpha: float) -> float:
    r"""A bound from below on the mean, which is too high with probability at most ``alpha``.

    It is the largest m such that bets against "the mean is at most m" have won
    :math:`1/\alpha`; they are on :math:`(X - m)/(1 + m)`, which falls in m, so halving finds it.
    The bound holds whenever one stops.

    Parameters
    ----------
    draws : (n,) array
        At least -1, of one law or each of the same mean given those before.
    alpha : float

    Returns
    -------
    float
        Between -1 and the mean of the draws.

    Examples
    --------
    >>> round(lower_end(np.tile([0.0, 0.5], 200), 0.05), 2)
    0.21
    """
    low, high = -1.0, float(draws.mean())
    for _ in range(HALVINGS if high > low else 0):
        middle = (low + high) / 2
        won = log_purse(parts((draws - middle) / (1 + middle))[..., -1])
        low, high = (middle, high) if won >= -math.log(alpha) else (low, middle)
    return low


def interval(draws: FloatArray, alpha: float) -> tuple[float, float]:
    """Bounds on the mean of draws between -1 and 1 of which one fails with probability ``alpha``.

    Either end may be wrong with probability ``alpha / 2``.
    """
    return lower_end(draws, alpha / 2), -lower_end(-draws, alpha / 2)
