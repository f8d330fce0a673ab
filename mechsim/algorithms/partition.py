r"""Dividing indivisible goods so that whoever has least has as much as possible.

With values :math:`v_{ig}` that add up, a division gives agent :math:`i` the bundle :math:`A_i`, and

.. math:: \max_A \min_i v_i(A_i)

is what the worst-off can get.  If all agents are copies of one agent, this is its maximin share:
the most that it can be sure of when it cuts and the others choose.  Both are NP-hard, so the
search may take exponential time; it is exact, prunes, and remembers what failed.

References
----------
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

from .._numbers import Number

Bundles: TypeAlias = tuple[frozenset[int], ...]
"""The goods, counted from 0, that each agent gets; disjoint, and together all of them."""

Row: TypeAlias = tuple[int, ...]
Memory: TypeAlias = set[tuple[int, Row]]


@dataclass(frozen=True)
class Division:
    """Bundles, and what the ``worst`` of them is worth to its holder."""

    worst: Number
    bundles: Bundles


@lru_cache(maxsize=2**16)
def maximin_share(values: tuple[Number, ...], parts: int) -> Division:
    """The best that the worst part can be, and a partition into ``parts`` that attains it.

    Parameters
    ----------
    values : tuple of Number
        What each good is worth; at least 0.  Floats are taken for the fractions that they are.
    parts : int
        How many parts; at least 1.

    Examples
    --------
    >>> print(maximin_share((4, 1, 1, 2, 2), 3).worst)
    3
    """
    if parts < 1:
        raise ValueError(f"parts is {parts}: a partition has at least one")
    return maximin((values,) * parts)


def maximin(rows: Sequence[Sequence[Number]]) -> Division:
    """The best that the worst-off agent can get, and a division that attains it.

    Parameters
    ----------
    rows : sequence of rows
        ``rows[i][g]`` is what good g is worth to agent i; at least 0.
    """
    exact = _integers(rows)
    most = sorted(map(max, zip(*exact, strict=True)), reverse=True)
    agents = len(exact)
    # without the j goods that are worth most, at least agents - j of them share the rest
    high = min(sum(most[j:]) // (agents - j) for j in range(agents))
    low, best, target = 0, _all_to_the_first(exact), high
    while low < high:
        found = _satisfy(exact, (target,) * agents)
        if found is None:
            high = target - 1
        else:
            best = found
            low = min(sum(row[g] for g in part) for row, part in zip(exact, found, strict=True))
        target = (low + high + 1) // 2
    worth = [
        sum((row[g] for g in sorted(part)), Fraction(0))
        for row, part in zip(rows, best, strict=True)
    ]
    return Division(min(worth), best)


def satisfy(rows: Sequence[Sequence[Number]], demands: Sequence[Number]) -> Bundles | None:
    """Bundles that are worth its demand to every agent, or None where there are none.

    Parameters
    ----------
    rows : sequence of rows
        ``rows[i][g]`` is what good g is worth to agent i; at least 0.
    demands : sequence of Number
        What agent i must get.

    Examples
    --------
    >>> satisfy([(3, 1), (3, 1)], [3, 1])
    (frozenset({0}), frozenset({1}))
    >>> satisfy([(3, 1), (3, 1)], [3, 2]) is None
    True
    """
    if len(demands) != len(rows):
        raise ValueError(f"demands has {len(demands)} entries: it must have one a row, {len(rows)}")
    joined = _integers([(*row, due) for row, due in zip(rows, demands, strict=True)])
    return _satisfy(tuple(row[:-1] for row in joined), tuple(row[-1] for row in joined))


def _integers(rows: Sequence[Sequence[Number]]) -> tuple[Row, ...]:
    """The same up to one common factor."""
    if not rows or len({len(row) for row in rows}) != 1:
        raise ValueError("rows must have one entry a good, as many for each agent")
    exact = [[Fraction(value) for value in row] for row in rows]
    scale = math.lcm(*(value.denominator for row in exact for value in row))
    if any(value < 0 for row in exact for value in row):
        raise ValueError("rows has an entry below 0: goods are worth at least 0")
    return tuple(tuple(int(value * scale) for value in row) for row in exact)


def _all_to_the_first(rows: tuple[Row, ...]) -> Bundles:
    return (frozenset(range(len(rows[0]))), *(frozenset[int]() for _ in rows[1:]))


def _satisfy(rows: tuple[Row, ...], demands: Row) -> Bundles | None:
    """Goods are handed out one by one, those worth most to anybody first."""
    order = sorted(range(len(rows[0])), key=lambda g: -max(row[g] for row in rows))
    sorted_rows = tuple(tuple(row[g] for g in order) for row in rows)
    failed: Memory = set()
    holders = _hand_out(sorted_rows, _rests(sorted_rows), demands, 0, failed)
    if holders is None:
        return None
    given = dict(zip(order, holders, strict=False))  # what is left over goes to the first agent
    return tuple(
        frozenset(g for g in order if given.get(g, 0) == agent) for agent in range(len(rows))
    )


def _rests(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """For each agent, and for whoever values a good most, what the goods from each on are worth."""
    most = tuple(map(max, zip(*rows, strict=True)))
    return tuple((*accumulate(reversed(row)),)[::-1] for row in (*rows, most))


def _hand_out(
    rows: tuple[Row, ...], rests: tuple[Row, ...], due: Row, good: int, failed: Memory
) -> Row | None:
    """Who gets ``good`` and those after it, up to where nothing is due; None if that is never."""
    if not any(due):
        return ()
    if good == len(rows[0]) or sum(due) > rests[-1][good]:
        return None
    if any(owed > rest[good] for owed, rest in zip(due, rests, strict=False)):
        return None
    alike = len(set(rows)) == 1
    state = good, tuple(sorted(due)) if alike else due
    if state in failed:
        return None
    needy = [agent for agent, owed in enumerate(due) if owed and rows[agent][good]]
    by_need = {(rows[a], due[a]): a for a in reversed(needy)}  # of agents who are alike, the first
    for agent in sorted(by_need.values(), key=lambda a: -due[a]) or [0]:
        left = max(0, due[agent] - rows[agent][good])
        after = (*due[:agent], left, *due[agent + 1 :])
        holders = _hand_out(rows, rests, after, good + 1, failed)
        if holders is not None:
            return (agent, *holders)
    failed.add(state)
    return None
