r"""Dividing indivisible goods so that whoever has least has as much as possible.

With values :math:`v_{ig}` that add up, a division gives agent :math:`i` the bundle :math:`A_i`, and

.. math:: \max_A \min_i v_i(A_i)

is what the worst-off can get.  If all agents are copies of one agent, this is its maximin share:
the most that it can be sure of when it cuts and the others choose.  Both are NP-hard, so a search
may take exponential time.

Of a maximin share a search says the best partition that it found, and a bound that no partition
exceeds; if these meet, the share is proved.  Everything is computed in whole numbers, the values
times a common denominator.  With :math:`f_1(S) = v(S)`, a few goods are divided as defined by

.. math:: f_k(S) = \max_{T \subseteq S} \min \{v(T), f_{k-1}(S \setminus T)\},

and more by branch and bound (`mechsim.algorithms._partition_search`).  The same as a program for
solvers is `mechsim.algorithms.partition_program`.  The values of chores are negative: the largest
total cost of a part, on machines of scheduling the makespan, is what is to be small.

References
----------
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
Woeginger. A polynomial-time approximation scheme for maximizing the minimum machine completion
time. Operations Research Letters 20, 1997.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import accumulate
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show, whole

Bundles: TypeAlias = tuple[frozenset[int], ...]
"""The goods, counted from 0, that each agent gets; disjoint, and together all of them."""

Row: TypeAlias = tuple[int, ...]
Memory: TypeAlias = set[tuple[int, Row]]
Ints: TypeAlias = npt.NDArray[np.int64]

FEW, SOME = 4, 8
"""So many goods are divided by the definition; so many by a search that is not compiled."""

LARGEST = 2**61
"""Up to this, sums are computed in 64 bits."""

SLOWER = 200
"""How much longer a search takes in integers of any size."""


@dataclass(frozen=True)
class Division:
    """Bundles, and what the ``worst`` of them is worth to its holder.

    Parameters
    ----------
    worst : Number
        What the worst of the bundles is worth.
    bundles : tuple of frozenset of int
        The goods, counted from 0, that each agent gets.
    gap : Fraction, optional
        How much better the worst bundle of a best division may be, at most; 0 where ``bundles``
        are proved to be best.
    """

    worst: Number
    bundles: Bundles
    gap: Fraction = Fraction(0)

    @property
    def bound(self) -> Number:
        """What no division exceeds."""
        return self.worst if self.proven else Fraction(self.worst) + self.gap

    @property
    def proven(self) -> bool:
        """Whether no division is better."""
        return self.gap == 0


@dataclass(frozen=True)
class NodeLimit:
    """How much a search may cost, whatever the machine: the same limit, the same answer.

    Parameters
    ----------
    nodes : int
        How many goods it tries in parts; some 30 million take a second.  In numbers that do not
        fit in 64 bits, as whole numbers over a common denominator, it tries a part of them only.
    """

    nodes: int = 30_000_000

    def __post_init__(self) -> None:
        whole(self.nodes, "nodes", least=0)


USUAL = NodeLimit()


def maximin_share(values: tuple[Number, ...], parts: int, limit: NodeLimit = USUAL, /) -> Division:
    """The best that the worst part can be, and a partition into ``parts`` that attains it.

    Exponential in the number of goods at worst; on values drawn at random, 30 goods with up to 6
    digits in 10 parts, or 40 in 5, take less than a second.

    Parameters
    ----------
    values : tuple of Number
        What each good is worth: all at least 0, or, of chores, all at most 0.  Floats are taken
        for the fractions that they are.
    parts : int
        How many parts; at least 1.
    limit : NodeLimit
        When to give up.  Then the division is the best one found, and not proven.

    Raises
    ------
    ValueError
        If there is no part, or a value is positive and another negative.

    Examples
    --------
    >>> print(maximin_share((4, 1, 1, 2, 2), 3).worst)
    3
    >>> print(maximin_share((-4, -1, -1, -2, -2), 3).worst)
    -4
    >>> some = maximin_share((9, 8, 7, 6, 5, 4, 4, 2), 3, NodeLimit(nodes=0))
    >>> print(some.worst, some.bound, some.proven)
    13 15 False
    """
    whole(parts, "parts", least=1)
    if not isinstance(cast(object, limit), NodeLimit):
        raise ValueError(f"limit is {limit!r}: it must be NodeLimit(nodes)")
    numbers, scale = as_integers(values)
    if numbers and min(numbers) < 0 < max(numbers):
        raise ValueError(
            f"values has {show(min(values))} and {show(max(values))}: all must be at least 0, or "
            "all at most 0, as those of chores are"
        )
    bundles, least, high = _divided(tuple(numbers), parts, limit)
    worst: Number = Fraction(least, scale)
    if any(isinstance(value, float) for value in values):
        worst = min(sum((values[g] for g in sorted(part)), Fraction(0)) for part in bundles)
    return Division(worst, bundles, Fraction(high - least, scale))


@lru_cache(maxsize=2**16)
def _divided(numbers: Row, parts: int, limit: NodeLimit) -> tuple[Bundles, int, int]:
    """A partition, what its worst part is worth, and what no worst part exceeds."""
    sign = -1 if any(number < 0 for number in numbers) else 1
    if len(numbers) <= FEW:
        least, in_parts = by_definition(tuple(numbers), parts)
        high, holders = least, list(in_parts)
    else:
        least, high, holders = _searched([sign * number for number in numbers], parts, sign, limit)
    return as_bundles(holders, parts), least, high


def forget() -> None:
    """Compute shares anew when they are asked for again."""
    _divided.cache_clear()


def as_integers(values: Sequence[Number]) -> tuple[list[int], int]:
    """The values as whole numbers over a common denominator."""
    if all(type(value) is int for value in values):
        return [int(value) for value in values], 1
    if all(type(value) is Fraction and value.denominator == 1 for value in values):
        return [cast(Fraction, value).numerator for value in values], 1
    exact = [Fraction(real(value, f"values[{good}]")) for good, value in enumerate(values)]
    scale = math.lcm(*(value.denominator for value in exact))
    return [value.numerator * (scale // value.denominator) for value in exact], scale


def by_definition(numbers: Row, parts: int) -> tuple[int, Row]:
    """The best worst part, and the part that each good is in.  O(parts 3^goods).

    Some part holds the first good that is left; let it be the next one.

    Parameters
    ----------
    numbers : tuple of int
        What each good is worth, of either sign.
    parts : int
        At least 1.
    """

    @cache
    def worth(these: int) -> int:
        return sum(number for good, number in enumerate(numbers) if these >> good & 1)

    @cache
    def best(these: int, parts: int) -> tuple[int, Row]:
        if parts == 1 or not these:
            return worth(these), (these,)
        first = these & -these
        others = sub = these ^ first
        found: tuple[int, Row] | None = None
        while True:
            least, rest = best(others ^ sub, parts - 1)
            least = min(least, worth(first | sub))
            if found is None or least > found[0]:
                found = least, (first | sub, *rest)
            if not sub:
                return found
            sub = (sub - 1) & others

    least, chosen = best((1 << len(numbers)) - 1, parts)
    holders = (
        next(part for part, these in enumerate(chosen) if these >> good & 1)
        for good in range(len(numbers))
    )
    return least, tuple(holders)


def _searched(
    sizes: list[int], parts: int, sign: int, limit: NodeLimit
) -> tuple[int, int, list[int]]:
    """The best worst part found, a bound on it, and the part that each good is in."""
    order = sorted(range(len(sizes)), key=lambda g: -sizes[g])
    ordered = [sizes[g] for g in order]
    if fits(sum(sizes), parts):
        low, high, holder = _in_64_bits(ordered, parts, sign, limit.nodes)
    else:
        low, high, holder = _in_any(ordered, parts, sign, limit.nodes)
    held = np.empty_like(holder)
    held[order] = holder
    return low, high, held.tolist()


def _in_64_bits(v: list[int], parts: int, sign: int, nodes: int) -> tuple[int, int, Ints]:
    if len(v) <= SOME:
        from ._partition_search import search
    else:
        from ._partition_kernels import search
    holder = np.empty(len(v), np.int64)
    low, high, _ = search(np.array(v, np.int64), parts, sign, nodes, holder)
    return int(low), int(high), holder


def _in_any(v: list[int], parts: int, sign: int, nodes: int) -> tuple[int, int, Ints]:
    """In integers of any size, with less patience; what this leaves open, by the leading bits."""
    from ._partition_search import search

    holder = np.empty(len(v), np.int64)
    low, high, _ = search(np.array(v, object), parts, sign, nodes // SLOWER, holder)
    if low == high:
        return low, high, holder
    cut = (parts * sum(v)).bit_length() - LARGEST.bit_length() + 1
    _, most, found = _in_64_bits([size >> cut for size in v], parts, sign, nodes)
    load = [0] * parts
    for size, part in zip(v, found.tolist(), strict=True):
        load[part] += sign * size
    if min(load) > low:
        low, holder = min(load), found
    # a good lost less than one unit of the bits that are left
    return low, min(high, (most + (len(v) if sign > 0 else 0)) << cut), holder


def fits(total: int, parts: int) -> bool:
    """Whether what a search adds up fits in 64 bits."""
    return parts * total < LARGEST


def as_bundles(holders: Sequence[int], parts: int) -> Bundles:
    """The goods that each part holds."""
    held: list[list[int]] = [[] for _ in range(parts)]
    for good, part in enumerate(holders):
        held[part].append(good)
    return tuple(map(frozenset, held))


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
