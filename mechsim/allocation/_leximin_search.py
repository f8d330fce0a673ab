r"""The largest sorted vector of values, by a search that prunes with sums of the smallest.

Let :math:`S_k(u)` be the sum of the :math:`k` smallest of the values :math:`u`.  A sorted vector is
larger in the dictionary's order if the first :math:`S_k` that differs is larger.  So a vector that
is known, with the sums :math:`P_k`, is the largest unless for some :math:`k` there is a division
with :math:`S_j \ge P_j` for :math:`j < k` and :math:`S_k \ge P_k + 1`; all such are searched for,
one :math:`k` after the other, and if there are any, the best of them is the best of all.

What prunes is that the sum of the smallest is the least that weights give,

.. math:: S_k(u) = \min \Bigl\{ \sum_i \lambda_i u_i : 0 \le \lambda_i \le 1,\
          \sum_i \lambda_i = k \Bigr\},

so :math:`S_j \ge T_j` for :math:`j \le k` implies, for any :math:`\mu_j \ge 0` and any
:math:`\lambda^j` that add up to :math:`j \mu_j` and are at most :math:`\mu_j`,

.. math:: \sum_j \sum_i \lambda^j_i u_i \ge \sum_j \mu_j T_j,

and the left side grows with the good :math:`g` by at most
:math:`\max_i \sum_j \lambda^j_i v_{ig}`.  The prices of the linear programme that divides goods
which can be cut up are good weights, and so are those of each group of agents for its own least
value.  Floats find them; as the bounds are true of any, what comes of them is exact.

References
----------
Ogryczak, Sliwinski. On solving linear programs with the ordered weighted averaging objective.
European Journal of Operational Research 148, 2003.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

import numpy as np

from ._states import Budget, Plan, Row, Worths, climb, ends, worths_of
from ._values import Holders

UNIT = 1 << 24
"""A weight of 1, as weights are whole numbers."""

LARGEST_GROUP = 6
"""Of more agents than this, groups are looked at only up to pairs."""

PRICED = 12
"""Of more agents than this no pairs are looked at, and only a few sums have prices."""

A_FEW_SUMS = 3


def largest_sorted(rows: tuple[Row, ...]) -> Holders:
    """Who has what if the sorted vector of values is the largest in the dictionary's order.

    Parameters
    ----------
    rows : tuple of rows
        ``rows[i][g]`` is what good g is worth to agent i, a whole number.

    Raises
    ------
    TimeoutError
        If so many steps as a `Budget` has do not suffice.
    """
    agents, budget = range(len(rows)), Budget(len(rows), len(rows[0]))
    start = tuple(max(agents, key=column.__getitem__) for column in zip(*rows, strict=True))
    takers = (agents,) * len(start)
    sums = [*accumulate(sorted(worths_of(rows, climb(rows, takers, start, sorted))))]
    of_sums = agents if len(rows) <= PRICED else agents[:A_FEW_SUMS]
    bounds = (*_of_groups(rows), *(_priced(rows, tuple(sums[:k])) for k in of_sums))
    better = (_with_sums(rows, bounds, (*sums[:k], sums[k] + 1), budget) for k in agents)
    last = next(filter(None, better), None) or _with_sums(rows, bounds, tuple(sums), budget)
    best = max(map(sorted, last))
    return min(holders for worths, holders in last.items() if sorted(worths) == best)


@dataclass(frozen=True)
class _Bound:
    """Weights of agents, and the multiplier of each sum that goes into the bound."""

    weights: tuple[int, ...]
    premiums: tuple[int, ...]

    def total(self, worths: Worths) -> int:
        """The weighted sum of what agents have."""
        return sum(weight * worth for weight, worth in zip(self.weights, worths, strict=True))

    def needed(self, due: tuple[int, ...]) -> int:
        """What it must be at least, where all sums are due that go into it."""
        return sum(premium * least for premium, least in zip(self.premiums, due, strict=False))


def _with_sums(
    rows: tuple[Row, ...], bounds: tuple[_Bound, ...], due: tuple[int, ...], budget: Budget
) -> dict[Worths, Holders]:
    """All that agents can have if the sums of the smallest values are at least these."""
    agents, goods = range(len(rows)), range(len(rows[0]))
    bounds = tuple(bound for bound in bounds if len(bound.premiums) <= len(due))
    plan = Plan.of(rows, [max(column) for column in zip(*rows, strict=True)])
    rests = [_rest(rows, bound, plan.order) for bound in bounds]
    slacks = [
        [more - bound.needed(due) for more in rest]
        for bound, rest in zip(bounds, rests, strict=True)
    ]

    def may_win(step: int, worths: Worths) -> bool:
        return all(
            bound.total(worths) + slack[step] >= 0
            for bound, slack in zip(bounds, slacks, strict=True)
        )

    if not may_win(0, (0,) * len(rows)):
        return {}
    last = ends(rows, (agents,) * len(goods), plan, may_win, budget, len(bounds))
    return {
        worths: holders
        for worths, holders in last.items()
        if all(has >= least for has, least in zip(accumulate(sorted(worths)), due, strict=False))
    }


def _rest(rows: tuple[Row, ...], bound: _Bound, order: Sequence[int]) -> list[int]:
    """How much the goods of ``order`` from each on can add to the weighted sum."""
    gains = [max(map(int.__mul__, bound.weights, column)) for column in zip(*rows, strict=True)]
    return [*accumulate((gains[good] for good in reversed(order)), initial=0)][::-1]


def _of_groups(rows: tuple[Row, ...]) -> Iterator[_Bound]:
    """For the least value in each group of agents, which is no less than the least of all."""
    largest = len(rows) - 1 if len(rows) <= LARGEST_GROUP else 2 if len(rows) <= PRICED else 1
    for size in range(1, largest + 1):
        for group in combinations(range(len(rows)), size):
            bound = _priced([rows[agent] for agent in group], ())
            weight = dict(zip(group, bound.weights, strict=True))
            yield _Bound(tuple(weight.get(i, 0) for i in range(len(rows))), bound.premiums)


def _priced(rows: Sequence[Row], due: tuple[int, ...]) -> _Bound:
    """The bound from the prices of the programme for the sum after those that are due."""
    prices, premiums = _prices(rows, due)
    weights = [0] * len(rows)
    for smallest, premium in enumerate(premiums, 1):
        missing = smallest * premium - sum(prices[smallest - 1])
        for agent, price in enumerate(prices[smallest - 1]):
            changed = min(premium, max(0, price + missing))
            missing -= changed - price
            weights[agent] += changed
    return _Bound(tuple(weights), tuple(premiums))


def _prices(rows: Sequence[Row], due: tuple[int, ...]) -> tuple[list[list[int]], list[int]]:
    r"""The multipliers :math:`\lambda^j_i` and :math:`\mu_j`, rounded to whole numbers.

    The sum of the j smallest is at least :math:`T` if for a level r and shortfalls d below it
    :math:`j r - \sum_i d_i \ge T`.
    """
    from scipy.optimize import linprog

    agents, goods, sums = len(rows), len(rows[0]), len(due) + 1
    common = max(sum(map(abs, row)) for row in rows) or 1
    divided, width = agents * goods, agents + 1  # then for each sum a level, and shortfalls
    levels = np.kron(np.eye(sums), np.hstack([np.ones((agents, 1)), -np.eye(agents)]))
    value = np.zeros((agents, divided))
    for agent, row in enumerate(rows):
        value[agent, agent * goods : (agent + 1) * goods] = [v / common for v in row]
    below = np.hstack([np.tile(-value, (sums, 1)), levels])  # r - d_i <= u_i
    totals = np.zeros((sums, divided + sums * width))
    for j in range(sums):
        here = divided + j * width
        totals[j, here] = -(j + 1)
        totals[j, here + 1 : here + width] = 1
    whole = np.hstack([np.tile(np.eye(goods), agents), np.zeros((goods, sums * width))])
    found = linprog(
        totals[-1],
        np.vstack([below, totals[:-1]]),
        [0.0] * (sums * agents) + [-least / common for least in due],
        whole,
        np.ones(goods),
    )
    marginals = -found.ineqlin.marginals if found.success else np.zeros(sums * (agents + 1) - 1)
    premiums = [max(0, round(UNIT * price)) for price in marginals[sums * agents :].tolist()]
    by_sum = marginals[: sums * agents].reshape(sums, agents).tolist()
    prices = [[max(0, round(UNIT * price)) for price in row] for row in by_sum]
    return prices, [*premiums, UNIT]
