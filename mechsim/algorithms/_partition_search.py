r"""Branch and bound for the best worst part: plain loops over arrays of whole numbers.

Whether all of :math:`n` parts can reach a target :math:`t` is asked for one target after another,
from the bound down, in steps that double, until a partition is found; then between.  What fails
lowers the bound, what is found raises the best.  A target that costs too much is left open, and
asked again with more patience; before that, in search of better partitions, with each part wasting
no more than twice its equal share, which proves nothing where it fails.

For one target, parts are completed one by one.  The next part holds the largest good that is left,
so that no order of parts comes twice, and of equal goods those that come first.  The parts may
waste :math:`\sum_g v_g - nt` together: a part is worth at least :math:`t`, and at most as much
more as is left of that.  It ends with the first good, in decreasing order, by which it reaches
:math:`t`, as what else it had could lie in another part.  What was left when a search failed is
remembered, and fails again at once.

Chores are the mirror image: no part may cost more than :math:`T`, the parts may stay below it by
:math:`nT - \sum_g v_g` together, and a part to which something could be added is not complete.

The functions run as they are, on integers of any size, and compiled: see `_partition_kernels`.

References
----------
Fukunaga, Korf. Bin completion algorithms for multicontainer packing, knapsack, and covering
problems. Journal of Artificial Intelligence Research 28, 2007.
Schreiber, Korf, Moffitt. Optimal multi-way number partitioning. Journal of the ACM 65, 2018.
"""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[Any]
"""int64, or Python's own integers, where these are larger."""

Ints: TypeAlias = npt.NDArray[np.int64]

NONE, FOUND, OPEN = 0, 1, -1

BITS = 62
"""Of more goods than this, sets are not remembered."""

PATIENCE, GROWTH = 512, 8
"""Goods tried for one target in the first round, and how much more in each round after it."""

MEMORY = 2**17
"""How many failures are remembered at most."""


def greedy(v: Whole, n: int, holder: Ints) -> Whole:
    """What the parts are worth when each good, largest first, joins the smallest of them."""
    load = np.empty(n, v.dtype)
    load[:] = 0
    for g in range(len(v)):
        k = 0
        for part in range(1, n):
            if load[part] < load[k]:
                k = part
        load[k] += v[g]
        holder[g] = k
    return load


def worst(load: Whole, sign: int) -> Any:
    """The least part, or minus the largest."""
    least = sign * load[0]
    for part in range(1, len(load)):
        least = min(least, sign * load[part])
    return least


def bound(v: Whole, n: int, sign: int) -> Any:
    """What the worst part cannot exceed, by counting."""
    m, rest = len(v), v.sum()
    if sign > 0:  # without the j largest goods, at least n - j parts share the rest
        high = rest // n
        for j in range(1, min(n, m + 1)):
            rest -= v[j - 1]
            high = min(high, rest // (n - j))
        return high
    high = -rest // n  # of the j n + 1 largest chores, j + 1 meet in one part
    for j in range((m + n - 1) // n):
        high = min(high, -v[j * n - j : j * n + 1].sum())
    return high


def attempt(
    v: Whole,
    n: int,
    sign: int,
    target: Any,
    limit: int,
    even: bool,
    known: Ints,
    asked: Ints,
    stamp: int,
    holder: Ints,
) -> tuple[int, int]:
    """Whether all parts can reach the target, and how many goods were tried in parts.

    ``known`` are sets of goods, as bits, that were left when a search failed, and ``asked`` says in
    which search, numbered by ``stamp``, and for how many parts.  ``holder`` is filled if an
    answer is found.  If waste is to be ``even``, there is no other answer than `OPEN`.
    """
    m, cover = len(v), sign > 0
    # a level for each part: the goods that are left, what they are worth from each on, and waste
    pool, size = np.empty((n, m), np.int64), np.empty(n, np.int64)
    p, after = np.empty((n, m), v.dtype), np.empty((n, m + 1), v.dtype)
    spare, left = np.empty(n, v.dtype), np.zeros(n, np.int64)
    allowed = np.empty(n, v.dtype)
    root, last = np.zeros(n, np.int64), np.zeros(n, np.int64)
    # a step for each good that joins a part: what that is worth, and which goods may be next
    worth, picked = np.empty(m + n, v.dtype), np.zeros(m + n, np.int64)
    steps = np.zeros((m + n, 5), np.int64)
    nodes, level, depth = 0, 0, 0
    holder[:] = -1
    left[0] = lay_out(v, holder, pool, p, after, size, 0)
    spare[0] = sign * (after[0, 0] - n * target)
    worth[0] = 0
    allowed[0] = 2 * spare[0] // n if even else spare[0]
    room(p[0], 0, 1, cover, target, allowed[0], steps[0])
    while nodes < limit:
        now, goods, here = steps[depth], p[level], worth[depth]
        low, high, at, more, end = now
        if at > low if cover else at < high:  # a good that completes the part
            i = at - 1 if cover else at
            if cover:
                while i > low and goods[i - 1] == goods[i]:
                    i -= 1
                now[2] = i
            else:
                now[2] = past(goods, i, high)
            nodes += 1
            full = here + goods[i]
            holder[pool[level, i]] = level
            if not cover and fits(goods, pool[level], size[level], holder, target - full):
                holder[pool[level, i]] = -1
                continue
            if level == n - 2:
                for g in range(m):
                    if holder[g] < 0:
                        holder[g] = n - 1
                return FOUND, nodes
            bits = lay_out(v, holder, pool, p, after, size, level + 1)
            slot = bits % len(known)
            if m <= BITS and known[slot] == bits and asked[slot] == stamp * n + level + 1:
                holder[pool[level, i]] = -1
                continue
            last[level] = i
            spare[level + 1] = spare[level] - sign * (full - target)
            level += 1
            depth += 1
            left[level], root[level], worth[depth] = bits, depth, 0
            allowed[level] = 2 * spare[level] // (n - level) if even else spare[level]
            room(p[level], 0, min(1, size[level]), cover, target, allowed[level], steps[depth])
            continue
        least = target if cover else target - allowed[level]
        if more < end and here + after[level, more] >= least:  # a good after which more must come
            nodes += 1
            now[3] = past(goods, more, end)
            holder[pool[level, more]] = level
            picked[depth] = more
            depth += 1
            worth[depth] = here + goods[more]
            rest = target - worth[depth]
            room(goods, more + 1, size[level], cover, rest, allowed[level], steps[depth])
        elif depth > root[level]:
            depth -= 1
            holder[pool[level, picked[depth]]] = -1
        else:
            if level == 0:
                return OPEN if even else NONE, nodes
            slot = left[level] % len(known)
            known[slot], asked[slot] = left[level], stamp * n + level
            level -= 1
            depth -= 1
            holder[pool[level, last[level]]] = -1
    return OPEN, nodes


def lay_out(
    v: Whole, holder: Ints, pool: Ints, p: Whole, after: Whole, size: Ints, level: int
) -> int:
    """Write down the goods that are left for a level, and return them as bits, if these suffice."""
    count, bits = 0, 0
    if level == 0:
        for g in range(len(v)):
            pool[0, g] = g
            p[0, g] = v[g]
        count = len(v)
    else:
        for k in range(size[level - 1]):
            g = pool[level - 1, k]
            if holder[g] < 0:
                pool[level, count] = g
                p[level, count] = v[g]
                count += 1
                if g < BITS:
                    bits |= 1 << g
    after[level, count] = 0
    for k in range(count - 1, -1, -1):
        after[level, k] = after[level, k + 1] + p[level, k]
    size[level] = count
    return bits


def room(
    goods: Whole, start: int, end: int, cover: bool, rest: Any, spare: Any, step: Ints
) -> None:
    """Note which goods from ``start`` on complete a part that lacks ``rest``, and which may join.

    To cover, the good must bring as much as the part lacks, and at most what may be wasted more.
    To pack, it may bring at most what there is room for, and must leave no more than may be wasted.
    """
    most = rest + spare if cover else rest
    least = rest if cover else rest - spare
    low = start
    while low < end and goods[low] > most:
        low += 1
    high = low
    while high < end and goods[high] >= least:
        high += 1
    step[0], step[1], step[4] = low, high, end
    step[2] = step[3] = high if cover else low


def past(goods: Whole, i: int, end: int) -> int:
    """The first good after ``i`` that is smaller."""
    j = i + 1
    while j < end and goods[j] == goods[i]:
        j += 1
    return j


def fits(goods: Whole, pool: Ints, size: int, holder: Ints, rest: Any) -> bool:
    """Whether the smallest good that is left is no larger than ``rest``."""
    for k in range(size - 1, -1, -1):
        if holder[pool[k]] < 0:
            return bool(goods[k] <= rest)
    return False


def search(v: Whole, n: int, sign: int, limit: int, holder: Ints) -> tuple[Any, Any, int]:
    """The best worst part found, an upper bound on it, and how many goods were tried in parts.

    Parameters
    ----------
    v : (goods,) whole numbers
        Sizes, at least 0, in decreasing order.
    n : int
        How many parts.
    sign : int
        1 where goods are good: the least part is to be large.  -1 where they are chores: the
        largest part is to be small, and what is returned is minus its size.
    limit : int
        How many goods to try, about, before the search gives up.
    holder : (goods,) int64
        Filled: the part that each good is in.
    """
    low, high = worst(greedy(v, n, holder), sign), bound(v, n, sign)
    found, nodes, stamp, patience = np.empty_like(holder), 0, 0, PATIENCE
    load, even = np.empty(n, v.dtype), False
    known, asked = np.zeros(1, np.int64), np.zeros(1, np.int64)
    while low < high and nodes < limit:
        if len(v) <= BITS and len(known) + 1 < min(MEMORY, patience):
            known = np.zeros(min(MEMORY, patience) - 1, np.int64)
            asked = np.zeros(len(known), np.int64)
        top, step = high, 1
        while low < top and nodes < limit:
            goal = max(low + 1, top - step + 1) if step > 0 else (low + top + 1) // 2
            stamp += 1
            answer, spent = attempt(
                v,
                n,
                sign,
                sign * goal,
                min(patience, limit - nodes),
                even,
                known,
                asked,
                stamp,
                found,
            )
            nodes += spent
            if answer == FOUND:
                load[:] = 0
                for g in range(len(v)):
                    load[found[g]] += v[g]
                    holder[g] = found[g]
                low = worst(load, sign)
                step = 0
                continue
            if answer == NONE:
                high = min(high, goal - 1)
            top = goal - 1
            step *= 2
        if even:
            even = False
        else:
            even, patience = n > 2, patience * GROWTH
    return low, high, nodes
