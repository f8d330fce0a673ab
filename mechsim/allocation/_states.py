"""Goods are handed out one by one, and of divisions in which all have the same one is kept.

A state is what each agent has so far.  If the goods handed out are the same and so is the state,
what can still be had is the same, so that one of the ways there is enough: the smallest tuple of
holders.  States that cannot lead to the best are dropped; by what, their callers say.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, TypeAlias

from ._values import Holders

Row: TypeAlias = tuple[int, ...]
Worths: TypeAlias = tuple[int, ...]

NOBODY = -1


def ends(
    rows: Sequence[Row],
    takers: Sequence[Sequence[int]],
    order: Sequence[int],
    may_win: Callable[[int, Worths], bool],
) -> dict[Worths, Holders]:
    """What agents can have in the end, each with the smallest tuple of holders that leads there.

    Parameters
    ----------
    rows : sequence of rows
        ``rows[i][g]`` is what good g is worth to agent i.
    takers : sequence of sequences of int
        Who may get each good.
    order : sequence of int
        The goods, in the order in which they are handed out; the result does not depend on it.
    may_win : callable
        ``may_win(t, worths)`` is false only where nothing that is looked for comes after
        ``worths``, when the first t goods of ``order`` are handed out.
    """
    layer: dict[Worths, Holders] = {(0,) * len(rows): (NOBODY,) * len(order)}
    for step, good in enumerate(order, 1):
        after: dict[Worths, Holders] = {}
        for worths, holders in layer.items():
            for agent in takers[good]:
                more = worths[agent] + rows[agent][good]
                state = (*worths[:agent], more, *worths[agent + 1 :])
                given = (*holders[:good], agent, *holders[good + 1 :])
                if state in after:
                    after[state] = min(after[state], given)
                elif may_win(step, state):
                    after[state] = given
        layer = after
    return layer


def worths_of(rows: Sequence[Row], holders: Sequence[int]) -> Worths:
    """What all agents have."""
    worths = [0] * len(rows)
    for good, agent in enumerate(holders):
        worths[agent] += rows[agent][good]
    return tuple(worths)


def climb(
    rows: Sequence[Row],
    takers: Sequence[Sequence[int]],
    holders: Sequence[int],
    key: Callable[[Worths], Any],
) -> Holders:
    """Holders that no better ones follow if one good moves, or two change hands."""
    here = list(holders)
    best = key(worths_of(rows, here))
    improved = True
    while improved:
        improved = False
        for other in _neighbours(takers, here):
            found = key(worths_of(rows, other))
            if found > best:
                best, here, improved = found, other, True
                break
    return tuple(here)


def _neighbours(takers: Sequence[Sequence[int]], here: list[int]) -> Iterator[list[int]]:
    """One good moved, or two changed hands."""
    for good, able in enumerate(takers):
        for agent in able:
            if agent != here[good]:
                yield [*here[:good], agent, *here[good + 1 :]]
    for one, two in combinations(range(len(here)), 2):
        if here[one] != here[two] and here[one] in takers[two] and here[two] in takers[one]:
            swapped = here[:]
            swapped[one], swapped[two] = here[two], here[one]
            yield swapped
