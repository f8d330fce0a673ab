r"""The largest sorted vector of values, by a search that prunes with sums of the smallest.

The sum of the :math:`k` smallest values is the least that weights give them which are at most 1
and add up to :math:`k`:

.. math:: S_k(u) = \min \Bigl\{ \sum_i \lambda_i u_i : 0 \le \lambda_i \le 1,\
          \sum_i \lambda_i = k \Bigr\},

and :math:`\sum_i \lambda_i u_i` grows with the good :math:`g` by at most
:math:`\max_i \lambda_i v_{ig}`.  So for any :math:`\lambda` there is a bound on :math:`S_k`; a
state is dropped if for some :math:`k` it is below that of a vector known, and for smaller ones not
above.  It is nearly tight if :math:`\lambda` are the prices of the linear programme that maximises
:math:`S_k` over divisions of goods that can be cut up.  Floats find them; as the bound is true of
any, what comes of it is exact.

References
----------
Ogryczak, Sliwinski. On solving linear programs with the ordered weighted averaging objective.
European Journal of Operational Research 148, 2003.
"""

from itertools import accumulate

import numpy as np

from ._states import Row, Worths, climb, ends, worths_of
from ._values import Holders

UNIT = 1 << 24
"""A weight of 1, as weights are whole numbers."""


def largest_sorted(rows: tuple[Row, ...]) -> Holders:
    """Who has what if the sorted vector of values is the largest in the dictionary's order.

    Parameters
    ----------
    rows : tuple of rows
        ``rows[i][g]`` is what good g is worth to agent i, a whole number.
    """
    agents, goods = range(len(rows)), range(len(rows[0]))
    takers = [list(agents)] * len(goods)
    start = tuple(max(agents, key=column.__getitem__) for column in zip(*rows, strict=True))
    known = sorted(worths_of(rows, climb(rows, takers, start, sorted)))
    least = [UNIT * total for total in accumulate(known)]
    forms = [_weights(rows, k) for k in range(1, len(rows) + 1)]
    order = sorted(goods, key=lambda good: -max(row[good] for row in rows))
    rests: list[list[int]] = []
    for form in forms:
        gains = [max(form[i] * rows[i][good] for i in agents) for good in reversed(order)]
        rests.append([*accumulate(gains, initial=0)][::-1])

    def may_win(step: int, worths: Worths) -> bool:
        for form, rest, due in zip(forms, rests, least, strict=True):
            most = sum(l * worth for l, worth in zip(form, worths, strict=True)) + rest[step]
            if most // UNIT != due // UNIT:
                return most > due
        return True

    last = ends(rows, takers, order, may_win)
    best = max(map(sorted, last))
    return min(holders for worths, holders in last.items() if sorted(worths) == best)


def _weights(rows: tuple[Row, ...], smallest: int) -> tuple[int, ...]:
    """Whole weights of agents, at most ``UNIT``, that add up to ``smallest`` times that."""
    from scipy.optimize import linprog

    agents, goods = len(rows), len(rows[0])
    common = max(map(sum, rows)) or 1
    # divided goods x, a level r, and how much each agent is below it, d: maximise k r - sum d
    divided = agents * goods
    below = np.zeros((agents, divided + 1 + agents))  # r - d_i - u_i <= 0
    for agent, row in enumerate(rows):
        below[agent, agent * goods : (agent + 1) * goods] = [-value / common for value in row]
        below[agent, divided] = 1
        below[agent, divided + 1 + agent] = -1
    whole = np.zeros((goods, divided + 1 + agents))
    for good in range(goods):
        whole[good, good:divided:goods] = 1
    cost = np.concatenate([np.zeros(divided), [-smallest], np.ones(agents)])
    found = linprog(cost, below, np.zeros(agents), whole, np.ones(goods))
    prices = [UNIT * smallest // agents] * agents
    if found.success:
        prices = [min(UNIT, max(0, round(-UNIT * price))) for price in found.ineqlin.marginals]
    return _adding_up(prices, UNIT * smallest)


def _adding_up(prices: list[int], total: int) -> tuple[int, ...]:
    """The same, changed as little as is needed to add up."""
    exact: list[int] = []
    missing = total - sum(prices)
    for price in prices:
        changed = min(UNIT, max(0, price + missing))
        missing -= changed - price
        exact.append(changed)
    return tuple(exact)
