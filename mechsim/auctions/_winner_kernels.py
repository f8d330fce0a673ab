r"""What is best to show, and at what bids that changes, for whole batches of auctions.

Two click models: a matrix, whose best is an assignment, and the multinomial model, whose best is
found by Dinkelbach's method, one assignment a step: with the level :math:`\lambda` reached so far,
weights are :math:`w_{ij}(v_i - \lambda)^+`, and the level rises to the welfare of the assignment
until it stays.

This module imports the compiler; import it where a kernel is called.
"""

from typing import Any

import numpy as np

from ..algorithms.compiled import compiled_together
from ._assignment_kernels import assign
from ._matching_kernels import EMPTY, SEEN, Floats, Ints

MANY = 256
"""From so many bidders on it pays to leave out those that cannot matter."""

MANY_STEPS = 200
"""More steps than Dinkelbach's method ever takes."""


@compiled_together
def tools(bidders: int, positions: int) -> Any:
    """What `assign` works with."""
    return (
        np.empty((positions, positions + 1), np.int64),
        np.empty((positions, positions + 1)),
        np.zeros(bidders, np.int64),
        np.empty(positions, np.int64),
        np.empty(positions),
        np.empty(positions, np.int64),
        np.empty(positions),
        np.empty(positions, np.int64),
        np.empty(positions + 1, np.int64),
        np.empty(bidders),
    )


@compiled_together
def best(
    draws: bool, table: Floats, values: Floats, most: int, level: float, box: Any, settled: bool
) -> tuple[float, int]:
    """The best welfare, and how many matchings it took; the fourth of ``box`` is who is where.

    ``draws`` says whether advertisements draw clicks from each other (multinomial), and ``level``
    is some welfare that is surely reached.
    """
    who, worth, place, owner, held, within, gain, choice, onto, factors = box
    if not draws:
        total = assign(
            table,
            values,
            most,
            who,
            worth,
            place,
            owner,
            held,
            within,
            gain,
            choice,
            onto,
            settled,
        )
        return total, 1
    step = 0
    final = False
    while step < MANY_STEPS:
        step += 1
        for i in range(len(values)):
            factors[i] = values[i] - level
            if factors[i] <= SEEN * level:
                factors[i] = 0.0
        assign(
            table,
            factors,
            most,
            who,
            worth,
            place,
            owner,
            held,
            within,
            gain,
            choice,
            onto,
            settled and final,
        )
        above, below = 0.0, 1.0
        for j in range(len(owner)):
            if owner[j] >= 0:
                above += values[owner[j]] * table[owner[j], j]
                below += table[owner[j], j]
        if final or (not settled and above / below <= level * (1 + SEEN)):
            break
        if above / below <= level * (1 + SEEN):
            final = True  # once more, to decide ties
        else:
            level = above / below
    return level, step


@compiled_together
def rate(draws: bool, table: Floats, owner: Ints, bidder: int) -> float:
    """The clicks of a bidder, if ``owner`` is shown."""
    own, total = 0.0, 1.0
    for j in range(len(owner)):
        if owner[j] >= 0:
            total += table[owner[j], j]
            if owner[j] == bidder:
                own = table[bidder, j]
    return own / total if draws else own


@compiled_together
def show_all(
    draws: bool, tables: Floats, values: Floats, most: int, position: Ints, clicks: Floats
) -> None:
    """Fill the position of each bidder, or -1, and its clicks: (batch, bidders) arrays."""
    bidders, positions = tables.shape[1], tables.shape[2]
    box = tools(bidders, positions)
    owner = box[3]
    for b in range(len(values)):
        table = tables[b] if len(tables) > 1 else tables[0]
        best(draws, table, values[b], most, 0.0, box, True)
        position[b, :] = EMPTY
        clicks[b, :] = 0.0
        for j in range(positions):
            if owner[j] >= 0:
                position[b, owner[j]] = j
                clicks[b, owner[j]] = rate(draws, table, owner, owner[j])


@compiled_together
def level_without(table: Floats, values: Floats, owner: Ints, bidder: int) -> float:
    """The welfare of what is shown, if a bidder is taken away and nobody comes instead."""
    above, below = 0.0, 1.0
    for j in range(len(owner)):
        i = owner[j]
        if i >= 0 and i != bidder:
            above += values[i] * table[i, j]
            below += table[i, j]
    return above / below


@compiled_together
def could_matter(table: Floats, values: Floats, lowest: float, worth: Floats, rows: Ints) -> int:
    """Fill ``rows`` with those that may be in some list at a level from ``lowest`` on; how many.

    ``worth`` has the lists at the highest level: entries fall as the level rises, so a row that is
    below the last of a list there even at the lowest level is in it at none.
    """
    many = 0
    positions, last = table.shape[1], worth.shape[1] - 1
    for i in range(len(values)):
        factor = values[i] - lowest
        if factor > 0.0:
            for j in range(positions):
                w = factor * table[i, j]
                if w > 0.0 and w >= worth[j, last]:
                    rows[many] = i
                    many += 1
                    break
    return many


@compiled_together
def harm(
    draws: bool,
    tables: Floats,
    values: Floats,
    most: int,
    position: Ints,
    clicks: Floats,
    paid: Floats,
) -> int:
    """Fill also the VCG payments; how many matchings it took in all.

    Each search for what is best without a bidder begins with the welfare of the others as they are
    shown, without it, and never exceeds that with it.  Of many bidders those are looked at that
    could be among the best of some position between these levels, all others left out.  Only
    matchings of all bidders are counted.
    """
    bidders, positions = tables.shape[1], tables.shape[2]
    box = tools(bidders, positions)
    owner = box[3]
    chosen = np.empty(positions, np.int64)
    others = np.empty(bidders)
    starts = np.empty(positions)
    rows = np.empty(bidders, np.int64)
    matchings = 0
    for b in range(len(values)):
        table = tables[b] if len(tables) > 1 else tables[0]
        welfare, steps = best(draws, table, values[b], most, 0.0, box, True)
        matchings += steps
        chosen[:] = owner
        position[b, :] = EMPTY
        clicks[b, :] = 0.0
        paid[b, :] = 0.0
        for j in range(positions):
            i = chosen[j]
            if i >= 0:
                position[b, i] = j
                clicks[b, i] = rate(draws, table, chosen, i)
                if draws:
                    starts[j] = level_without(table, values[b], chosen, i)
                else:
                    paid[b, i] = box[6][j]
        if not draws:
            continue
        rows[:bidders] = np.arange(bidders)
        many = bidders
        if bidders > MANY:
            lowest = welfare
            for j in range(positions):
                if chosen[j] >= 0:
                    lowest = min(lowest, starts[j])
            many = could_matter(table, values[b], lowest, box[1], rows)
        few = table[rows[:many]] if many < bidders else table
        inner = tools(many, positions) if many < bidders else box
        for r in range(many):
            others[r] = values[b, rows[r]]
        for r in range(many):
            i = rows[r]
            if position[b, i] >= 0:
                others[r] = 0.0
                start = float(starts[position[b, i]])
                without, steps = best(draws, few, others[:many], most, start, inner, False)
                others[r] = values[b, i]
                paid[b, i] = max(without - (welfare - clicks[b, i] * values[b, i]), 0.0)
                if many == bidders:
                    matchings += steps
    return matchings


@compiled_together
def line_at(
    draws: bool, table: Floats, values: Floats, most: int, bidder: int, at: float, box: Any
) -> tuple[float, float]:
    """The clicks of a bidder if it bids ``at``, and the welfare of the others then."""
    before = values[bidder]
    values[bidder] = at
    total, _ = best(draws, table, values, most, 0.0, box, True)
    values[bidder] = before
    slope = rate(draws, table, box[3], bidder)
    return slope, total - slope * at


@compiled_together
def kinks_all(
    draws: bool,
    tables: Floats,
    values: Floats,
    most: int,
    position: Ints,
    clicks: Floats,
    whose: Ints,
    place: Floats,
    here: Floats,
    beyond: Floats,
) -> int:
    """Fill also where the clicks of those that are shown rise, between 0 and what they bid.

    ``whose[k]`` is ``b * bidders + i``; at ``place[k]`` clicks rise by ``here[k]``, and right after
    it by ``beyond[k]``.  How many there are; -1 if there is no room for them.
    """
    bidders, positions = tables.shape[1], tables.shape[2]
    box = tools(bidders, positions)
    owner = box[3]
    waiting = np.empty((64, 4))
    bids = np.empty(bidders)
    count = 0
    for b in range(len(values)):
        table = tables[b] if len(tables) > 1 else tables[0]
        bids[:] = values[b]
        best(draws, table, bids, most, 0.0, box, True)
        position[b, :] = EMPTY
        clicks[b, :] = 0.0
        for j in range(positions):
            if owner[j] >= 0:
                position[b, owner[j]] = j
                clicks[b, owner[j]] = rate(draws, table, owner, owner[j])
        for i in range(bidders):
            if position[b, i] < 0:
                continue
            low = line_at(draws, table, bids, most, i, 0.0, box)
            high = line_at(draws, table, bids, most, i, bids[i], box)
            waiting[0] = (low[0], low[1], high[0], high[1])
            many = 1
            while many > 0:
                many -= 1
                c0, r0, c1, r1 = waiting[many]
                if not c1 > c0 * (1 + SEEN):
                    continue
                at = max((r0 - r1) / (c1 - c0), 0.0)
                c, r = line_at(draws, table, bids, most, i, at, box)
                meeting, height = c0 * at + r0, c * at + r
                if height - meeting <= SEEN * max(abs(height), abs(meeting)):
                    if count == len(whose):
                        return -1
                    c = min(max(c, c0), c1)
                    whose[count] = b * bidders + i
                    place[count] = at
                    here[count] = c - c0
                    beyond[count] = c1 - c
                    count += 1
                else:
                    if many + 2 > len(waiting):
                        longer = np.empty((2 * len(waiting), 4))
                        longer[:many] = waiting[:many]
                        waiting = longer
                    waiting[many] = (c0, r0, c, r)
                    waiting[many + 1] = (c, r, c1, r1)
                    many += 2
    return count
