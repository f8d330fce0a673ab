"""Goods are handed out one by one, and of divisions in which all have the same one is kept.

A state is what each agent has so far.  If the goods handed out are the same and so is the state,
what can still be had is the same, so that one of the ways there is enough: the smallest tuple of
holders.  States that cannot lead to the best are dropped; by what, their callers say.

Of goods that are alike a later one goes to no earlier agent, and where many agents are alike they
get their first good in their order, and states that differ only in who of them has what are one.
For the smallest tuple of holders is like that, and so is all that it begins with.
"""

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

from .._text import many
from ._values import Holders

Row: TypeAlias = tuple[int, ...]
Worths: TypeAlias = tuple[int, ...]

Changes: TypeAlias = tuple[tuple[int, int], ...]
"""Goods with their new holders."""

NOBODY = -1

STEPS = 1_000_000
"""So many steps a search may take before it is given up; a step is a few tens of microseconds."""

TRIES = 20_000
"""So many divisions are tried before what is found is taken for where a search starts."""

MERGED = 24
"""Agents who are alike are looked for if there are at least so many ways to order them."""


@dataclass
class Budget:
    """How many steps may still be taken, and in dividing how many goods among how many agents."""

    agents: int
    goods: int
    left: int = STEPS

    def spend(self, steps: int) -> None:
        """Raise `TimeoutError` if these are too many."""
        self.left -= steps
        if self.left < 0:
            raise TimeoutError(
                f"{STEPS:,} steps do not suffice to divide {many(self.goods, 'good')} among "
                f"{many(self.agents, 'agent')}: the best allocation is not known"
            )


def classes(kinds: Sequence[Hashable]) -> tuple[tuple[int, ...], ...]:
    """The agents who are of the same kind, the first ones first."""
    found: dict[Hashable, list[int]] = {}
    for agent, kind in enumerate(kinds):
        found.setdefault(kind, []).append(agent)
    return tuple(map(tuple, found.values()))


@dataclass(frozen=True)
class Plan:
    """In which order goods are handed out, and which agents are alike if that is made use of."""

    order: tuple[int, ...]
    alike: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(kinds: Sequence[Hashable], gains: Sequence[int]) -> "Plan":
        """Goods that can gain most come first, but in their own order where many agents are alike.

        Parameters
        ----------
        kinds : sequence
            Agents of the same kind may change places.
        gains : sequence of int
            What each good can gain.
        """
        goods = range(len(gains))
        alike = tuple(group for group in classes(kinds) if len(group) > 1)
        if math.prod(math.factorial(len(group)) for group in alike) >= MERGED:
            return Plan(tuple(goods), alike)
        return Plan(tuple(sorted(goods, key=lambda good: -gains[good])), ())


def ends(
    rows: Sequence[Row],
    takers: Sequence[Sequence[int]],
    plan: Plan,
    may_win: Callable[[int, Worths], bool],
    budget: Budget,
    bounds: int = 1,
) -> dict[Worths, Holders]:
    """What agents can have in the end, each with the smallest tuple of holders that leads there.

    Parameters
    ----------
    rows : sequence of rows
        ``rows[i][g]`` is what good g is worth to agent i.
    takers : sequence of sequences of int
        Who may get each good.
    plan : Plan
        The order of the goods; the result does not depend on it.  Of ends that are the same but
        for agents who are alike, one is returned.
    may_win : callable
        ``may_win(t, worths)`` is false only where nothing that is looked for comes after
        ``worths``, when the first t goods of the order are handed out.
    budget : Budget
        A state is a step, and more where there are many goods, or bounds of many agents.
    bounds : int
        How many bounds ``may_win`` looks at.

    Raises
    ------
    TimeoutError
        If the budget is spent.
    """
    steps = 1 + bounds * len(rows) // 200 + len(plan.order) // 50
    twins = _twins(rows, takers, plan.order)
    start: tuple[Worths, Holders] = (0,) * len(rows), (NOBODY,) * len(plan.order)
    layer = {start[0]: start}
    for step, good in enumerate(plan.order, 1):
        after: dict[Worths, tuple[Worths, Holders]] = {}
        lost = set[Worths]()
        twin = twins[good]
        for worths, holders in layer.values():
            least = NOBODY if twin is None else holders[twin]
            barred = _behind(plan.alike, holders)
            for agent in takers[good]:
                if agent < least or agent in barred:
                    continue
                more = worths[agent] + rows[agent][good]
                state = (*worths[:agent], more, *worths[agent + 1 :])
                key = _up_to_order(state, plan.alike) if plan.alike else state
                if key in lost:
                    continue
                given = (*holders[:good], agent, *holders[good + 1 :])
                if key in after:
                    after[key] = min(after[key], (state, given), key=_holders)
                    continue
                budget.spend(steps)
                if may_win(step, state):
                    after[key] = state, given
                else:
                    lost.add(key)
        layer = after
    return dict(layer.values())


def _holders(pair: tuple[Worths, Holders]) -> Holders:
    return pair[1]


def _twins(
    rows: Sequence[Row], takers: Sequence[Sequence[int]], order: Sequence[int]
) -> dict[int, int | None]:
    """To each good the last before it in the order that is like it, if that is an earlier one."""
    last: dict[Hashable, int] = {}
    twins: dict[int, int | None] = {}
    for good in order:
        kind = tuple(row[good] for row in rows), tuple(takers[good])
        twin = last.get(kind)
        twins[good] = twin if twin is None or twin < good else None
        last[kind] = good
    return twins


def _behind(alike: Sequence[Sequence[int]], holders: Holders) -> frozenset[int]:
    """Agents who wait for one who is like them and has nothing yet."""
    if not alike:
        return frozenset()
    having = set(holders)
    return frozenset(
        agent for group in alike for agent in [other for other in group if other not in having][1:]
    )


def _up_to_order(worths: Worths, alike: Sequence[Sequence[int]]) -> Worths:
    """The same for all states that differ only in who has what of agents who are alike."""
    sorted_ = list(worths)
    for group in alike:
        for agent, worth in zip(group, sorted(worths[agent] for agent in group), strict=True):
            sorted_[agent] = worth
    return tuple(sorted_)


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
    """Holders that no better ones follow if one good moves, or two change hands.

    After `TRIES` divisions it is left at what is found.
    """
    here = list(holders)
    worths: Worths = worths_of(rows, here)
    best = key(worths)
    tried, improved = 0, True
    while improved:
        improved = False
        for changes in _changes(takers, here):
            tried += 1
            if tried > TRIES:
                return tuple(here)
            changed: list[int] = list(worths)
            for good, agent in changes:
                changed[here[good]] -= rows[here[good]][good]
                changed[agent] += rows[agent][good]
            found = key(tuple(changed))
            if found > best:
                best, worths, improved = found, tuple(changed), True
                for good, agent in changes:
                    here[good] = agent
                break
    return tuple(here)


def _changes(takers: Sequence[Sequence[int]], here: Sequence[int]) -> Iterator[Changes]:
    """New holders of one good that moves, or of two that change hands."""
    for good, able in enumerate(takers):
        for agent in able:
            if agent != here[good]:
                yield ((good, agent),)
    for one, two in combinations(range(len(here)), 2):
        if here[one] != here[two] and here[one] in takers[two] and here[two] in takers[one]:
            yield (one, here[two]), (two, here[one])
