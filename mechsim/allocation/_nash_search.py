r"""The largest product of values, by a search that prunes with a weighted mean.

For any :math:`q_i > 0` the mean of :math:`q_i u_i / w_i` with the weights :math:`w_i`, which add up
to :math:`W`, is at least their geometric mean,

.. math:: \prod_i u_i^{w_i} \le \Bigl(\frac{1}{W} \sum_i q_i u_i\Bigr)^W
          \prod_i \Bigl(\frac{w_i}{q_i}\Bigr)^{w_i},

and :math:`\sum_i q_i u_i` grows with the good :math:`g` by at most :math:`\max_i q_i v_{ig}`.  The
bound is nearly tight if :math:`q_i = w_i / u_i` at the best division of goods that can be cut up,
which is the equilibrium of a market in which agent :math:`i` spends :math:`w_i` (Eisenberg and
Gale).  Floats find :math:`q`; as the bound is true of any, what comes of it is exact.

Of large exponents no powers are taken: products are compared by their logarithms, and of the least
sum for which the product may be as large as a known one, a ball gives the lower end.

References
----------
Eisenberg, Gale. Consensus of subjective probabilities: the pari-mutuel method.
Annals of Mathematical Statistics 30, 1959.
Zhang. Proportional response dynamics in the Fisher market. Theoretical Computer Science 412, 2011.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np

from ._powers import Powers
from ._states import Budget, Plan, Row, Worths, classes, climb, ends, worths_of
from ._values import Holders, Table

ROUNDS = 200
"""Rounds of bidding in the market; more of them only make the bound tighter."""

UNIT = 1 << 24
"""Multipliers are rounded to whole numbers of about this size."""

MULTIPLIED = 64
"""Powers with larger exponents than this are compared and not multiplied out."""

BITS = 128
"""The precision of the balls."""

LEAST = 1e-9
"""No agent bids with a smaller part of what another has."""

GROUP = 50
"""A group of agents who may be served takes as long as so many steps."""


def largest_product(rows: Table, weights: tuple[int, ...]) -> Holders:
    """Who has what if most agents have something, and the product of the values is largest.

    Parameters
    ----------
    rows : tuple of rows
        ``rows[i][g]`` is what good g is worth to agent i.
    weights : tuple of int
        The exponents, from 1.

    Raises
    ------
    TimeoutError
        If so many steps as a `Budget` has do not suffice.
    """
    agents, budget = range(len(rows)), Budget(len(rows), len(rows[0]))
    scales = [math.lcm(*(value.denominator for value in row)) for row in rows]
    whole = tuple(
        tuple(int(value * scale) for value in row) for row, scale in zip(rows, scales, strict=True)
    )
    served = len(_matching(whole, agents))
    found: list[tuple[Any, Holders]] = []
    for group in _groups(classes([*zip(rows, weights, strict=True)]), served):
        budget.spend(GROUP)
        matched = _matching(whole, group)
        if len(matched) == served:
            worths, holders = _best_for(whole, weights, group, matched, budget)
            exact = tuple(Fraction(w, scale) for w, scale in zip(worths, scales, strict=True))
            found.append((_product(exact, weights, group), holders))
    most = max(product for product, _ in found)
    return min(holders for product, holders in found if product == most)


def _product(
    worths: Sequence[int] | Sequence[Fraction], weights: tuple[int, ...], group: Sequence[int]
) -> Any:
    """The product of the powers, or what compares like it where exponents are large."""
    if max(weights) > MULTIPLIED:
        return Powers(tuple((worths[agent], weights[agent]) for agent in group))
    return math.prod(worths[agent] ** weights[agent] for agent in group)


def _groups(alike: Sequence[Sequence[int]], size: int) -> Iterator[tuple[int, ...]]:
    """All groups of so many agents, but of agents who are alike with the first ones only."""
    if not alike:
        yield ()
        return
    first, others = alike[0], alike[1:]
    at_least = max(0, size - sum(map(len, others)))
    for count in range(min(len(first), size), at_least - 1, -1):
        for rest in _groups(others, size - count):
            yield tuple(sorted((*first[:count], *rest)))


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
    budget: Budget,
) -> tuple[Worths, Holders]:
    """The largest product of the values of a group all of whom can have something."""
    goods = range(len(rows[0]))
    if not group:
        return (0,) * len(rows), (0,) * len(goods)
    takers = [[agent for agent in group if rows[agent][good]] or [0] for good in goods]

    def product(worths: Worths) -> Any:
        return _product(worths, weights, group)

    bound = _bound(rows, weights, group)
    start = _start(rows, takers, bound.multipliers, matched)
    needed = bound.needed(worths_of(rows, climb(rows, takers, start, product)))
    gains = [max(bound.multipliers[i] * rows[i][good] for i in group) for good in goods]
    kinds = [(rows[i], weights[i]) if i in group else i for i in range(len(rows))]
    plan = Plan.of(kinds, gains)
    rest = [*accumulate((gains[good] for good in reversed(plan.order)), initial=0)][::-1]

    def may_win(step: int, worths: Worths) -> bool:
        return bound.total(worths) + rest[step] >= needed

    last = ends(rows, takers, plan, may_win, budget)
    most = max(map(product, last))
    holders, worths = min((holders, w) for w, holders in last.items() if product(w) == most)
    return worths, holders


@dataclass(frozen=True)
class _Bound:
    """Whole multipliers q, 0 for whom is not served, and the exponents of those who are."""

    multipliers: tuple[int, ...]
    weights: tuple[int, ...]

    def total(self, worths: Worths) -> int:
        """The sum of q u."""
        return sum(q * worth for q, worth in zip(self.multipliers, worths, strict=True))

    def needed(self, worths: Worths) -> int:
        """No more than the least sum for which the product may be as large as that of these."""
        import flint

        served = [
            (q, w, u) for q, w, u in zip(self.multipliers, self.weights, worths, strict=True) if q
        ]
        degree = sum(w for _, w, _ in served)
        with flint.ctx.workprec(BITS):
            logs = sum(((flint.arb(q * u) / w).log() * w for q, w, u in served), flint.arb(0))
            least = ((logs / degree).exp() * degree).lower().floor().unique_fmpz()
        return 0 if least is None else int(least)  # a bound of 0 drops nothing


def _bound(rows: tuple[Row, ...], weights: tuple[int, ...], group: tuple[int, ...]) -> _Bound:
    """Multipliers from a market in which each agent bids for what it gets value from."""
    totals = [sum(rows[agent]) for agent in group]
    part = np.array([[v / total for v in rows[i]] for i, total in zip(group, totals, strict=True)])
    largest = max(weights[agent] for agent in group)
    budget = np.array([max(LEAST, weights[agent] / largest) for agent in group])
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
        in_units = float(budget[k] / budget.min() / worth[k]) * UNIT
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
