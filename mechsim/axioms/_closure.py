r"""The group that is owed most, beyond what the projects that any of it wants are worth.

Class :math:`k` of voters is owed :math:`d_k`, project :math:`c` is worth :math:`p_c`:

.. math:: \max_S \sum_{k \in S} d_k - \sum_{c \in \bigcup_{k \in S} A_k} p_c

is a closure, whose linear program has integral optima.  A project worth no less than all who want
it are owed, :math:`p_c \ge \sum_{k: c \in A_k} d_k`, need not be in the union: a group is no worse
without all who want it.  Without them the next project may be worth no less than the rest is owed.
Of large elections this leaves little.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ..program import Draft, Optimum, Terms
from ._base import Undecided

LARGEST = 4_000
"""Up to so many different ballots the program is solved exactly."""

Ballot = frozenset[int]


def most_owed(
    ballots: Sequence[Ballot], owed: Sequence[Fraction], worth: Sequence[Fraction]
) -> tuple[tuple[int, ...], Fraction]:
    """The classes of a group that is owed most beyond what it gets, and how much that is.

    Parameters
    ----------
    ballots : sequence of frozenset of int
        The projects that each class wants.
    owed : sequence of Fraction
        What each class is owed, not negative.
    worth : sequence of Fraction
        What each project is worth, not negative.

    Raises
    ------
    Undecided
        If more than `LARGEST` different ballots are left to decide on.
    """
    left = _left(ballots, owed, worth)
    classes: dict[Ballot, list[int]] = {}
    for k in left:
        paid = frozenset(c for c in ballots[k] if worth[c])
        classes.setdefault(paid, []).append(k)
    sure = classes.pop(Ballot(), [])
    sums = [sum((owed[k] for k in members), Fraction(0)) for members in classes.values()]
    inside, value = _solved(list(classes), sums, worth) if classes else ([], Fraction(0))
    group = sure + [k for ballot in inside for k in classes[ballot]]
    return tuple(sorted(group)), value + sum((owed[k] for k in sure), Fraction(0))


def _left(
    ballots: Sequence[Ballot], owed: Sequence[Fraction], worth: Sequence[Fraction]
) -> list[int]:
    """The classes that want no project which is worth what all who are left and want it are owed.

    O(approvals) additions.
    """
    wanting: list[list[int]] = [[] for _ in worth]
    load = [Fraction(0)] * len(worth)
    for k, ballot in enumerate(ballots):
        for c in ballot:
            wanting[c].append(k)
            load[c] += owed[k]
    gone = [not due for due in owed]
    enough = [c for c, p in enumerate(worth) if load[c] <= p]
    while enough:
        for k in wanting[enough.pop()]:
            if gone[k]:
                continue
            gone[k] = True
            for c in ballots[k]:
                load[c] -= owed[k]
                if load[c] <= worth[c] < load[c] + owed[k]:  # just now
                    enough.append(c)
    return [k for k, out in enumerate(gone) if not out]


def _solved(
    ballots: list[Ballot], owed: list[Fraction], worth: Sequence[Fraction]
) -> tuple[list[Ballot], Fraction]:
    """The ballots of the group that is owed most beyond what it gets, by the program."""
    if len(ballots) > LARGEST:
        raise Undecided(
            f"there are {len(ballots):,} different ballots left: the program of group fair share "
            f"is solved exactly for at most {LARGEST:,}"
        )
    projects = sorted(Ballot().union(*ballots))
    place = {c: row for row, c in enumerate(projects)}
    draft = Draft()
    in_group = draft.variables("{class} is in the group", (range(len(ballots)),), high=1)
    counts = draft.variables("{project} counts", (projects,), high=1)
    pairs = [(k, place[c]) for k, ballot in enumerate(ballots) for c in sorted(ballot)]
    who, what = (np.array(side) for side in zip(*pairs, strict=True))
    row = np.arange(len(pairs))
    draft.at_most(
        "{0} wants {1}",
        (who.tolist(), what.tolist()),
        0,
        Terms(in_group[who], 1, row),
        Terms(counts[what], -1, row),
    )
    price = [-worth[c] for c in projects]
    found: Any = draft.maximize(Terms(in_group, owed), Terms(counts, price)).solve()
    assert isinstance(found, Optimum)  # nobody is feasible, and everybody is the most
    inside = [b for b, z in zip(ballots, in_group, strict=True) if found.primal[int(z)]]
    return inside, Fraction(found.value)
