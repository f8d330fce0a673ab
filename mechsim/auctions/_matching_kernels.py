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
