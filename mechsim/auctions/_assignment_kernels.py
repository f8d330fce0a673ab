"""The assignment of an auction, with ties decided, in floats and compiled.

Ties are decided as in the definition: of all best matchings the one that has the first edge which
not all have, row by row.  Totals that differ by less than a part in 10^12 count as equal.

This module imports the compiler; import it where a kernel is called.
"""

import numpy as np

from ..algorithms.compiled import compiled_together
from ._matching_kernels import (
    CLOSED,
    EMPTY,
    ROUNDING,
    SEEN,
    Floats,
    Ints,
    keep_best,
    match,
    refill,
)

BITS = 62
"""Positions that a set of bits holds; with more, ties are always looked for."""


@compiled_together
def has_ties(
    who: Ints,
    worth: Floats,
    place: Ints,
    owner: Ints,
    held: Floats,
    gain: Floats,
    onto: Ints,
    near: float,
) -> bool:
    """Whether another matching may be as good, by the prices ``gain``.

    A best matching differs from another along tight edges: from a bidder that would leave for
    nothing, to a position that is empty, or around a cycle.  Where they lead from position ``l`` is
    the set of bits ``onto[l]``; what leads nowhere is on no cycle.
    """
    positions, length = who.shape
    if positions > BITS:
        return True
    for j in range(positions):
        if owner[j] >= 0 and held[j] - gain[j] <= near:
            return True
        onto[j] = 0
    closed = positions  # all closed positions together
    onto[closed] = 0
    edges = 0
    for j in range(positions):
        to = closed if owner[j] == CLOSED else j
        for s in range(length):
            i = who[j, s]
            if i < 0:
                break
            if place[i] > 0 and place[i] - 1 != j:
                at = place[i] - 1
                if held[at] - gain[at] + gain[j] - worth[j, s] <= near:
                    if owner[j] < 0 and gain[j] <= near:  # it costs nothing to fill it
                        return True
                    onto[at] |= 1 << to
                    edges += 1
        if owner[j] >= 0:
            for other in range(positions):
                if owner[other] == CLOSED and gain[j] - gain[other] <= near:
                    onto[closed] |= 1 << j
                    edges += 1
                    break
    if edges < 2:
        return False
    alive = (1 << (positions + 1)) - 1
    changed = True
    while changed:
        changed = False
        for node in range(positions + 1):
            if alive >> node & 1 and onto[node] & alive == 0:
                alive ^= 1 << node
                changed = True
    return bool(alive != 0)


@compiled_together
def settle(
    who: Ints,
    worth: Floats,
    place: Ints,
    owner: Ints,
    held: Floats,
    within: Ints,
    most: int,
    gain: Floats,
    choice: Ints,
    total: float,
    near: float,
    least: float,
) -> None:
    """Of all matchings with this total, that with the first edges; fills owner, held and place.

    One edge after the other is kept if what is left can still make up the total.
    """
    positions, length = who.shape
    edges = np.empty(positions * length, np.int64)
    count = 0
    for j in range(positions):
        for s in range(length):
            if who[j, s] >= 0:
                edges[count] = (who[j, s] * positions + j) * length + s
                count += 1
    edges = np.sort(edges[:count])
    kept = np.full(positions, EMPTY, np.int64)  # where in its list the bidder of a position stands
    current = owner.copy()
    for j in range(positions):
        if owner[j] >= 0:
            place[owner[j]] = 0
    so_far = 0.0
    for edge in edges:
        if most == 0 or so_far >= total - near:
            break
        s = edge % length
        j = edge // length % positions
        i = who[j, s]
        if kept[j] != EMPTY or place[i] != 0:
            continue
        if current[j] != i:
            many = 0
            for other in range(positions):
                if other != j and kept[other] == EMPTY:
                    within[many] = other
                    many += 1
            place[i] = -1
            rest = match(
                who, worth, place, owner, held, within, many, most - 1, gain, choice, least
            )
            for a in range(many):
                if owner[within[a]] >= 0:
                    place[owner[within[a]]] = 0
            place[i] = 0
            if so_far + worth[j, s] + rest < total - near:
                continue
            for a in range(many):
                current[within[a]] = owner[within[a]]
            current[j] = i
        kept[j] = s
        place[i] = -1
        so_far += worth[j, s]
        most -= 1
    for j in range(positions):
        owner[j] = EMPTY
        held[j] = 0.0
        if kept[j] != EMPTY:
            owner[j] = who[j, kept[j]]
            held[j] = worth[j, kept[j]]
            place[owner[j]] = j + 1


@compiled_together
def assign(
    table: Floats,
    factors: Floats,
    most: int,
    who: Ints,
    worth: Floats,
    place: Ints,
    owner: Ints,
    held: Floats,
    within: Ints,
    gain: Floats,
    choice: Ints,
    onto: Ints,
    settled: bool,
) -> float:
    """The best matching for ``factors * table``; its total.

    Fills ``owner``, ``held`` and ``gain``, the least competitive prices; ``place`` holds zeros
    before and after.  Ties are decided if it is to be ``settled``.
    """
    positions = table.shape[1]
    largest = keep_best(table, factors, who, worth)
    near = SEEN * largest * positions
    least = ROUNDING * largest
    for j in range(positions):
        within[j] = j
    total = match(who, worth, place, owner, held, within, positions, most, gain, choice, least)
    if settled:
        refill(who, worth, place, owner, held, within, positions, gain, choice, least)
        if has_ties(who, worth, place, owner, held, gain, onto, near):
            prices = gain.copy()
            settle(
                who,
                worth,
                place,
                owner,
                held,
                within,
                most,
                gain,
                choice,
                total,
                near,
                least,
            )
            gain[:] = prices
    for j in range(positions):
        if owner[j] >= 0:
            place[owner[j]] = 0
        else:
            owner[j] = EMPTY
    return total


@compiled_together
def assign_all(weights: Floats, bids: Floats, most: int, position: Ints, paid: Floats) -> None:
    """The VCG assignment of each auction of a batch.

    Parameters
    ----------
    weights : (1 or batch, bidders, positions) float64 array
    bids : (batch, bidders) float64 array
    most : int
        How many are shown at most.
    position, paid : (batch, bidders) arrays
        Filled: the position of each bidder, or -1, and what it pays.
    """
    tables, bidders, positions = weights.shape
    length = positions + 1
    who = np.empty((positions, length), np.int64)
    worth = np.empty((positions, length))
    place = np.zeros(bidders, np.int64)
    owner = np.empty(positions, np.int64)
    held = np.empty(positions)
    within = np.empty(positions, np.int64)
    gain = np.empty(positions)
    choice = np.empty(positions, np.int64)
    onto = np.empty(length, np.int64)
    for b in range(len(bids)):
        table = weights[b] if tables > 1 else weights[0]
        assign(
            table,
            bids[b],
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
            True,
        )
        for i in range(bidders):
            position[b, i] = EMPTY
            paid[b, i] = 0.0
        for j in range(positions):
            if owner[j] >= 0:
                position[b, owner[j]] = j
                paid[b, owner[j]] = gain[j]
