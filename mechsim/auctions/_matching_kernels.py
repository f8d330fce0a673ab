r"""Assignments with their least competitive prices, in floats and compiled.

Each position keeps a list of the ``k + 1`` bidders that are worth most there, which is enough for a
best matching of ``k`` positions and for one without any of its bidders.  Positions come in one
after the other; with :math:`D_j` the most that it adds to be free to fill position :math:`j` again,

.. math:: D_j = \max\Bigl(0,\ w_{ij} \text{ of the best free } i,\
          \max_l\, w_{b_l j} - w_{b_l l} + D_l\Bigr),

each takes the path that :math:`D_j` says.  In the end :math:`D_j` is the harm that the bidder in
:math:`j` does to the others, so that one round of Bellman and Ford on the positions gives all VCG
payments (Leonard 1983; Demange, Gale, Sotomayor 1986).

Where fewer bidders are shown than there are positions, some positions are *closed*; which they are
is part of the search, as they change places with others at no cost.

Ties are decided as in the definition: of all best matchings the one that has the first edge which
not all have, row by row.  Totals that differ by less than a part in 10^12 count as equal.

This module imports the compiler; import it where a kernel is called.
"""

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

EMPTY, CLOSED = -1, -2
"""The owner of a position that nobody has, and of one that is closed."""

SEEN = 1e-12
"""Totals closer than this, relatively, are equal."""

BITS = 62
"""Positions that a set of bits holds; with more, ties are always looked for."""

SHORT = 64
"""Of so many bidders most get into a list at first, so that it is not worth asking whether."""

FEW = 8
"""Up to so many positions a list is so short that it is passed through without a branch."""

ROUNDING = 1e-14
"""Gains smaller than this, relatively, are none: no cycle of roundings may look like one."""


@compiled_together
def keep_best(table: Floats, factors: Floats, who: Ints, worth: Floats) -> float:
    """The lists: for each position the bidders of largest ``factor * entry``, the largest first.

    Parameters
    ----------
    table : (bidders, positions) float64 array
    factors : (bidders,) float64 array
        What each row is multiplied by; a row with 0 or less is left out.
    who, worth : (positions, length) arrays
        Filled: bidders, and what they are worth; ``EMPTY`` and 0 where there are no more.

    Returns
    -------
    float
        The largest of all.
    """
    bidders, positions = table.shape
    last = who.shape[1] - 1
    who[:] = EMPTY
    worth[:] = 0.0
    enough = np.zeros(positions)
    if positions <= FEW and bidders <= SHORT:
        for i in range(bidders):
            factor = factors[i]
            for j in range(positions):
                w = factor * table[i, j]
                if w > enough[j]:
                    come, whose = w, i
                    up = False
                    for s in range(last + 1):  # no branch depends on what comes
                        stays, holder = worth[j, s], who[j, s]
                        up |= come > stays
                        worth[j, s] = come if up else stays
                        who[j, s] = whose if up else holder
                        come = stays if up else come
                        whose = holder if up else whose
                    enough[j] = worth[j, last]
    else:
        for i in range(bidders):
            factor = factors[i]
            above = False
            for j in range(positions):  # without a branch in it: many entries at a time
                above |= factor * table[i, j] > enough[j]
            if above:
                for j in range(positions):
                    w = factor * table[i, j]
                    if w > enough[j]:
                        s = last
                        while s > 0 and worth[j, s - 1] < w:
                            worth[j, s] = worth[j, s - 1]
                            who[j, s] = who[j, s - 1]
                            s -= 1
                        worth[j, s] = w
                        who[j, s] = i
                        enough[j] = worth[j, last]
    most = 0.0
    for j in range(positions):
        most = max(most, worth[j, 0])
    return most


@compiled_together
def refill(
    who: Ints,
    worth: Floats,
    place: Ints,
    owner: Ints,
    held: Floats,
    within: Ints,
    many: int,
    gain: Floats,
    choice: Ints,
    least: float,
) -> None:
    """How much could be added by each of ``within`` if it were free, and by whom.

    ``place[i]`` is the position of bidder ``i`` plus 1, 0 if it has none, negative if it is out of
    the game.  ``choice[j]`` is where in its list the bidder stands that would come, ``EMPTY`` if
    nobody, and ``-2 - l`` if the position would be closed and ``l`` opened instead.
    """
    length = who.shape[1]
    for a in range(many):
        j = within[a]
        gain[j] = 0.0
        choice[j] = EMPTY
        for s in range(length):
            if who[j, s] < 0:
                break
            if place[who[j, s]] == 0:
                gain[j] = worth[j, s]
                choice[j] = s
                break
    changed = True
    rounds = 0
    while changed and rounds <= many:
        changed = False
        rounds += 1
        for a in range(many):
            j = within[a]
            for s in range(length):
                i = who[j, s]
                if i < 0 or place[i] == 0:
                    break
                if place[i] > 0 and place[i] - 1 != j:
                    other = place[i] - 1
                    more = worth[j, s] - held[other] + gain[other]
                    if more > gain[j] + least:
                        gain[j] = more
                        choice[j] = s
                        changed = True
            if owner[j] != CLOSED:
                for b in range(many):
                    other = within[b]
                    if owner[other] == CLOSED and gain[other] > gain[j] + least:
                        gain[j] = gain[other]
                        choice[j] = -2 - other
                        changed = True


@compiled_together
def match(
    who: Ints,
    worth: Floats,
    place: Ints,
    owner: Ints,
    held: Floats,
    within: Ints,
    many: int,
    most: int,
    gain: Floats,
    choice: Ints,
    least: float,
) -> float:
    """A best matching of the positions ``within`` with at most ``most`` bidders; its total.

    Fills ``owner`` and ``held``, the worth of each position to its owner, and ``place``.
    """
    closed = many - most
    for a in range(many):
        owner[within[a]] = CLOSED if a < closed else EMPTY
        held[within[a]] = 0.0
    for a in range(max(closed, 0), many):
        j = within[a]
        first = who[j, 0]
        if closed <= 0 and first < 0:
            continue
        if closed <= 0 and place[first] == 0:
            owner[j] = first
            held[j] = worth[j, 0]
            place[first] = j + 1
            continue
        # those that have come in, and the closed ones, stand before it
        refill(who, worth, place, owner, held, within, a + 1, gain, choice, least)
        steps = 0
        while steps <= many:  # more than that no path has
            steps += 1
            if choice[j] == EMPTY:
                owner[j] = EMPTY
                held[j] = 0.0
                break
            if choice[j] < EMPTY:
                other = -2 - choice[j]
                owner[j] = CLOSED
                held[j] = 0.0
                j = other
                continue
            s = choice[j]
            i = who[j, s]
            before = place[i]
            owner[j] = i
            held[j] = worth[j, s]
            place[i] = j + 1
            if before == 0:
                break
            j = before - 1
    total = 0.0
    for a in range(many):
        total += float(held[within[a]])
    return total


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
