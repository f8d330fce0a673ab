r"""The largest product of values, by a search that prunes with a weighted mean.

For any :math:`q_i > 0` the mean of :math:`q_i u_i / w_i` with the weights :math:`w_i`, which add up
to :math:`W`, is at least their geometric mean,

.. math:: \prod_i u_i^{w_i} \le \Bigl(\frac{1}{W} \sum_i q_i u_i\Bigr)^W
          \prod_i \Bigl(\frac{w_i}{q_i}\Bigr)^{w_i},

and :math:`\sum_i q_i u_i` grows with the good :math:`g` by at most :math:`\max_i q_i v_{ig}`.  The
bound is nearly tight if :math:`q_i = w_i / u_i` at the best division of goods that can be cut up,
which is the equilibrium of a market in which agent :math:`i` spends :math:`w_i` (Eisenberg and
Gale).  Floats find :math:`q`; as the bound is true of any, what comes of it is exact.

References
----------
Eisenberg, Gale. Consensus of subjective probabilities: the pari-mutuel method.
Annals of Mathematical Statistics 30, 1959.
Zhang. Proportional response dynamics in the Fisher market. Theoretical Computer Science 412, 2011.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, combinations

import numpy as np

from ._states import Row, Worths, climb, ends, worths_of
from ._values import Holders, Table

ROUNDS = 200
"""Rounds of bidding in the market; more of them only make the bound tighter."""

UNIT = 1 << 24
"""Multipliers are rounded to whole numbers of about this size."""


def largest_product(rows: Table, weights: tuple[int, ...]) -> Holders:
    """Who has what if most agents have something, and the product of the values is largest.

    Parameters
    ----------
    rows : tuple of rows
        ``rows[i][g]`` is what good g is worth to agent i.
    weights : tuple of int
        The exponents, from 1.
    """
    agents = range(len(rows))
    scales = [math.lcm(*(value.denominator for value in row)) for row in rows]
    whole = tuple(
        tuple(int(value * scale) for value in row) for row, scale in zip(rows, scales, strict=True)
    )
    served = len(_matching(whole, agents))
    found: list[tuple[Fraction, Holders]] = []
    for group in combinations(agents, served):
        matched = _matching(whole, group)
        if len(matched) == served:
            product, holders = _best_for(whole, weights, group, matched)
            unit = math.prod(scales[agent] ** weights[agent] for agent in group)
            found.append((Fraction(product, unit), holders))
    most = max(product for product, _ in found)
    return min(holders for product, holders in found if product == most)


def _matching(rows: Sequence[Row], group: Sequence[int]) -> dict[int, int]:
    """A good each, that is worth something to it, for as many of these agents as can be."""
    holder: dict[int, int] = {}

    def place(agent: int, tried: set[int]) -> bool:
        for good, value in enumerate(rows[agent]):
            if value and good not in tried:
                tried.add(good)
                if good not in holder or place(holder[good], tried):
                    holder[good] = agent
                    return True
        return False

    for agent in group:
        place(agent, set())
    return holder


def _best_for(
    rows: tuple[Row, ...],
    weights: tuple[int, ...],
    group: tuple[int, ...],
    matched: dict[int, int],
) -> tuple[int, Holders]:
    """The largest product of the values of a group all of whom can have something."""
    goods = range(len(rows[0]))
    takers = [[agent for agent in group if rows[agent][good]] or [0] for good in goods]

    def product(worths: Worths) -> int:
        return math.prod(worths[agent] ** weights[agent] for agent in group)

    if not group:
        return 1, (0,) * len(goods)
    bound = _bound(rows, weights, group)
    start = _start(rows, takers, bound.multipliers, matched)
    least = product(worths_of(rows, climb(rows, takers, start, product)))
    gains = [max(bound.multipliers[i] * rows[i][good] for i in group) for good in goods]
    order = sorted(goods, key=lambda good: -gains[good])
    rest = [*accumulate((gains[good] for good in reversed(order)), initial=0)][::-1]
    needed = bound.needed(least)

    def may_win(step: int, worths: Worths) -> bool:
        return bound.total(worths) + rest[step] >= needed

    last = ends(rows, takers, order, may_win)
    most = max(map(product, last))
    return most, min(holders for worths, holders in last.items() if product(worths) == most)


@dataclass(frozen=True)
class _Bound:
    """Whole multipliers q, 0 for whom is not served, and the exponents of those who are."""

    multipliers: tuple[int, ...]
    weights: tuple[int, ...]

    def total(self, worths: Worths) -> int:
        """The sum of q u."""
        return sum(q * worth for q, worth in zip(self.multipliers, worths, strict=True))

    def needed(self, product: int) -> int:
        """The least sum for which the product may be as large as this."""
        pairs = [(q, w) for q, w in zip(self.multipliers, self.weights, strict=True) if q]
        degree = sum(w for _, w in pairs)
        right = product * math.prod(q**w for q, w in pairs) * degree**degree
        left = math.prod(w**w for _, w in pairs)
        low, high = 0, 1
        while high**degree * left < right:
            low, high = high, 2 * high
        while low < high:
            middle = (low + high) // 2
            if middle**degree * left < right:
                low = middle + 1
            else:
                high = middle
        return low


def _bound(rows: tuple[Row, ...], weights: tuple[int, ...], group: tuple[int, ...]) -> _Bound:
    """Multipliers from a market in which each agent bids for what it gets value from."""
    totals = [sum(rows[agent]) for agent in group]
    part = np.array([[v / total for v in rows[i]] for i, total in zip(group, totals, strict=True)])
    budget = np.array([weights[agent] for agent in group], dtype=float)
    bids = budget[:, None] * part
    for _ in range(ROUNDS):
        price = bids.sum(axis=0)
        got = part * np.divide(bids, price, out=np.zeros_like(bids), where=price > 0)
        bids = budget[:, None] * got / got.sum(axis=1, keepdims=True)
    price = bids.sum(axis=0)
    got = part * np.divide(bids, price, out=np.zeros_like(bids), where=price > 0)
    worth = got.sum(axis=1)
    common = max(totals)
    multipliers = [0] * len(rows)
    for k, agent in enumerate(group):
        in_units = weights[agent] / float(worth[k]) * UNIT
        multipliers[agent] = max(1, round(in_units) * common // totals[k])
    return _Bound(tuple(multipliers), weights)


def _start(
    rows: tuple[Row, ...],
    takers: Sequence[Sequence[int]],
    multipliers: tuple[int, ...],
    matched: dict[int, int],
) -> Holders:
    """Something for everybody, and the rest to who pays most: where the search starts."""
    offers = tuple(
        tuple(q * value for value in row) for q, row in zip(multipliers, rows, strict=True)
    )
    dearest = (max(able, key=lambda i: offers[i][good]) for good, able in enumerate(takers))
    return tuple(matched.get(good, agent) for good, agent in enumerate(dearest))
