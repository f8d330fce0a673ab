"""The knapsack, exactly: what is worth most for a budget."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from .._numbers import show

Integers = npt.NDArray[np.int64]


def best_set(
    worth: Mapping[int, Fraction | int], costs: Sequence[Fraction | int], budget: Fraction | int
) -> frozenset[int]:
    """The items that are worth most together and cost no more than the budget.

    Of several optima the one that has the first item, if one does, then the second, and so on; an
    item that is worth nothing is left out.

    Parameters
    ----------
    worth : mapping of items to Fraction or int
        Not negative.
    costs : sequence of Fraction or int
        Positive, by item.
    budget : Fraction or int

    Returns
    -------
    frozenset of int
        By the list of all pairs of cost and worth that nothing dominates, from the last item to the
        first: exact, O(items times pairs), and of such pairs there are at most as many as the
        total worth, in units of all worths, or the budget, in units of money.

    Examples
    --------
    >>> sorted(best_set({0: 6, 1: 5, 2: 5}, (4, 3, 3), 6))
    [1, 2]
    """
    items = sorted(c for c, w in worth.items() if w > 0)
    unit = lcm(*(Fraction(costs[c]).denominator for c in items), Fraction(budget).denominator)
    price = {c: int(Fraction(costs[c]) * unit) for c in items}
    most = int(Fraction(budget) * unit)
    point = lcm(*(Fraction(worth[c]).denominator for c in items))
    gain = {c: int(worth[c] * point) for c in items}
    total = sum(gain.values())
    if max(most, total, sum(price.values())) >= 2**62:
        raise ValueError(
            f"budget is {show(Fraction(budget))}: in units of all costs and worths it is too large"
        )
    fronts: list[tuple[Integers, Integers]] = [(np.zeros(1, np.int64), np.zeros(1, np.int64))]
    for c in reversed(items):
        fronts.append(_with(fronts[-1], price[c], gain[c], most))
    chosen: set[int] = set()
    left = most
    need = int(fronts[-1][1].max(initial=0))
    for c, (cost, value) in zip(items, reversed(fronts[:-1]), strict=True):
        after = left - price[c]
        fits = cost <= after
        if after >= 0 and fits.any() and int(value[fits].max()) + gain[c] >= need:
            chosen.add(c)
            left, need = after, need - gain[c]
    return frozenset(chosen)


def _with(
    front: tuple[Integers, Integers], price: int, worth: int, most: int
) -> tuple[Integers, Integers]:
    """The pairs that nothing dominates, with one item more."""
    cost, value = front
    costs = np.concatenate([cost, cost + price])
    values = np.concatenate([value, value + worth])
    kept = costs <= most
    costs, values = costs[kept], values[kept]
    order = np.lexsort((-values, costs))
    costs, values = costs[order], values[order]
    best = np.maximum.accumulate(values)
    first = np.append(True, best[1:] > best[:-1])
    return costs[first], values[first]
