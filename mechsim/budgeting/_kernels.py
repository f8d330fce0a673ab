"""The search for the best committee: branch and bound over whole numbers, compiled.

The score of a committee gains less from a candidate the more members it has.  So what candidates
would add now, one by one, bounds what they add together.  Candidates are tried in that order, each
with all that come after it; where the bound is below the best score found, so is all that follows.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together

Integers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Lists: TypeAlias = tuple[Integers, Integers]
"""Where the k-th list begins, with the end of the last one; and all lists, one after the other."""


@compiled_together
def precedes(taken: Flags, pool: Integers, more: int, best: Flags) -> bool:
    """Whether ``taken`` and the first ``more`` of the ``pool`` come before ``best``."""
    free = np.zeros(len(taken), np.bool_)
    for c in pool:
        free[c] = True
    for c in range(len(taken)):
        mine = taken[c]
        if not mine and free[c] and more > 0:
            mine = True
            more -= 1
        if mine != best[c]:
            return bool(mine)
    return False


@compiled_together
def move(
    c: int,
    step: int,
    sizes: Integers,
    weights: Integers,
    has: Lists,
    who: Lists,
    level: Integers,
    gain: Integers,
) -> None:
    """Let ``c`` join, by a ``step`` of 1, or leave, by -1: its supporters gain less, or more."""
    for g in who[1][who[0][c] : who[0][c + 1]]:
        before = min(level[g], level[g] + step)
        less = step * sizes[g] * (weights[before] - weights[before + 1])
        level[g] += step
        if less:
            for d in has[1][has[0][g] : has[0][g + 1]]:
                gain[d] -= less


@compiled_together
def arrange(
    pool: Integers, passed: Integers, needs: Flags, gain: Integers, order: Integers, gains: Integers
) -> int:
    """Write down who of a pool may join without the ``passed``, best first; returns how many."""
    rest = 0
    for d in pool:
        if not needs[d][passed].any():
            order[rest] = d
            rest += 1
    ranked = np.sort(order[:rest])
    ranked = ranked[np.argsort(-gain[ranked], kind="mergesort")]
    order[:rest] = ranked
    gains[:rest] = gain[ranked]
    return rest


@compiled_together
def search(
    seats: int,
    ceiling: int,
    sizes: Integers,
    weights: Integers,
    has: Lists,
    who: Lists,
    needs: Flags,
) -> Flags:
    """The first committee of the highest score.

    Parameters
    ----------
    seats : int
        From 1 to the number of candidates.
    ceiling : int
        No committee scores more.
    sizes : (classes,) int64
        How many voters cast each ballot.
    weights : (most members that a voter can approve of, and 1,) int64
        Not negative and not rising; the last one is not used up.
    has, who : pairs of int64 arrays
        The candidates on each ballot, and the ballots that each candidate is on.
    needs : (candidates, candidates) bool
        Whether the first best committee that has one candidate also has the other, an earlier one.

    Returns
    -------
    (candidates,) bool
        Who is a member.
    """
    candidates = len(who[0]) - 1
    level = np.zeros(len(sizes), np.int64)
    gain = np.zeros(candidates, np.int64)
    for c in range(candidates):
        for g in who[1][who[0][c] : who[0][c + 1]]:
            gain[c] += sizes[g] * weights[0]
    order = np.zeros((seats, candidates), np.int64)
    gains = np.zeros((seats, candidates), np.int64)
    length = np.zeros(seats, np.int64)
    place = np.zeros(seats, np.int64)
    score = np.zeros(seats, np.int64)
    chosen = np.zeros(seats, np.int64)
    taken = np.zeros(candidates, np.bool_)
    best, members = -1, np.zeros(candidates, np.bool_)
    first = np.argsort(-gain, kind="mergesort")
    order[0], gains[0], length[0] = first, gain[first], candidates
    depth = 0
    while depth >= 0:
        at, more = place[depth], seats - depth
        pool = order[depth, at : length[depth]]
        bound = min(score[depth] + gains[depth, at : at + more].sum(), ceiling)
        hope = len(pool) >= more and bound >= best
        if hope and bound == best:
            hope = precedes(taken, pool, more, members)
        if not hope:
            depth -= 1
            if depth >= 0:
                c = chosen[depth]
                taken[c] = False
                move(c, -1, sizes, weights, has, who, level, gain)
            continue
        c = order[depth, at]
        now = score[depth] + gains[depth, at]
        place[depth] += 1
        passed = order[depth, :at]
        if needs[c][passed].any():
            continue
        if more == 1:
            if now > best or precedes(taken, pool[:1], 1, members):
                best = now
                members[:] = taken
                members[c] = True
            continue
        chosen[depth] = c
        taken[c] = True
        move(c, 1, sizes, weights, has, who, level, gain)
        depth += 1
        rest = arrange(pool[1:], passed, needs, gain, order[depth], gains[depth])
        length[depth], place[depth], score[depth] = rest, 0, now
    return members
