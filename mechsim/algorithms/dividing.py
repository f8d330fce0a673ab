r"""Dividing goods so that every agent gets what it is due, or showing that this cannot be done.

With values :math:`v_{ig} \ge 0` that add up and demands :math:`d_i`, a division is sought with
:math:`v_i(A_i) \ge d_i` for all :math:`i`.  Goods are handed out one by one.  The rest, :math:`R`,
cannot meet what is still due, :math:`e_i`, if for some weights :math:`w_i \ge 0`

.. math:: \sum_{g \in R} \max_{i : e_i > 0} w_i v_{ig} < \sum_i w_i e_i,

as no way to hand out the rest is worth more, weighted.  A search that ends so at every leaf shows
that there is no division; whoever has the goods' order and the weights can search again.  It may
take exponential time.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .._numbers import Number, show
from .._text import many
from .partition import Bundles

Row: TypeAlias = tuple[int, ...]

NODES = 200_000
"""A search gives up after so many ways to have handed out the first goods."""


@dataclass(frozen=True)
class NoDivision:
    """No division is worth its ``demands`` to every agent; searching again shows it.

    Parameters
    ----------
    rows : tuple of rows of int
        What good g is worth to agent i, in units of the agent's own.
    demands : tuple of int
        In these units.
    order : tuple of int
        The goods, as they are handed out.
    weights : tuple of rows of int
        Any of these, an entry an agent, may end the search.
    nodes : int
        How often the search ended or went on.
    """

    rows: tuple[Row, ...]
    demands: Row
    order: Row
    weights: tuple[Row, ...]
    nodes: int


@dataclass(frozen=True)
class NoBetterDivision:
    """No division gives everybody more than ``ratio`` of its maximin share.

    Parameters
    ----------
    values : tuple of rows of Number
        What good g is worth to agent i.
    cuts : tuple of Bundles
        How each agent would cut the goods; the worst part is worth its maximin share.
    ratio : Fraction
    search : NoDivision, optional
        A search for a division that gives everybody more; None where it took too long, and HiGHS
        says that there is none.
    """

    values: tuple[tuple[Number, ...], ...]
    cuts: tuple[Bundles, ...]
    ratio: Fraction
    search: NoDivision | None

    def __str__(self) -> str:
        if self.search is None:
            why = "if HiGHS overlooks no solution of an integer program"
        else:
            why = f"as a search of {many(self.search.nodes, 'node')} shows"
        return (
            f"no division gives everybody more than {show(self.ratio)} of its maximin share, {why}"
        )


@dataclass(frozen=True)
class TooLong:
    """The search was given up after so many nodes: nothing is known."""

    nodes: int


def divide(
    rows: Sequence[Sequence[Number]], demands: Sequence[Number], nodes: int = NODES
) -> Bundles | NoDivision | TooLong:
    """Bundles worth its demand to every agent, or that there are none.

    Parameters
    ----------
    rows : sequence of rows of Number
        ``rows[i][g]`` is what good g is worth to agent i; at least 0.  Floats are taken for the
        fractions that they are.
    demands : sequence of Number
        What agent i must get at least.
    nodes : int, optional
        After so many the search is given up.

    Examples
    --------
    >>> divide([(3, 1), (3, 1)], [3, 1])
    (frozenset({0}), frozenset({1}))
    >>> divide([(3, 3, 2), (3, 3, 2)], [4, 4]).nodes
    3
    """
    if not rows or len({len(row) for row in rows}) != 1:
        raise ValueError("rows must have one entry a good, as many for each agent")
    if len(demands) != len(rows):
        raise ValueError(f"demands has {len(demands)} entries: it must have one a row, {len(rows)}")
    whole = tuple(
        _whole(row, due, i) for i, (row, due) in enumerate(zip(rows, demands, strict=True))
    )
    exact, due = tuple(row[:-1] for row in whole), tuple(max(0, row[-1]) for row in whole)
    order = tuple(sorted(range(len(exact[0])), key=lambda g: -_most(exact, due, g)))
    search = Search(exact, due, order, balanced(exact, due), nodes)
    return search.run()


def balanced(rows: Sequence[Row], demands: Row) -> tuple[Row, ...]:
    """Weights at which all demands weigh the same, and at which all values do."""
    scale = math.lcm(*(due for due in demands if due))
    by_demand = tuple(scale // due if due else 0 for due in demands)
    totals = [sum(row) for row in rows]
    scale = math.lcm(*(total for total in totals if total))
    by_total = tuple(scale // total if total else 0 for total in totals)
    return tuple(dict.fromkeys((by_demand, by_total)))


def _whole(row: Sequence[Number], due: Number, agent: int) -> Row:
    """Values and demand of one agent in the largest unit that they are multiples of."""
    exact = [Fraction(value) for value in (*row, due)]
    if any(value < 0 for value in exact[:-1]):
        raise ValueError(f"rows[{agent}] has an entry below 0: goods are worth at least 0")
    scale = math.lcm(*(value.denominator for value in exact))
    return tuple(int(value * scale) for value in exact)


def _most(rows: Sequence[Row], demands: Row, good: int) -> Fraction:
    """The largest part of its demand that a good is to an agent."""
    parts = (Fraction(row[good], due) for row, due in zip(rows, demands, strict=True) if due)
    return max(parts, default=Fraction(0))


def worthiest(rows: Sequence[Row], demands: Row, start: Bundles, nodes: int = NODES) -> Bundles:
    """Of the divisions worth its demand to every agent, one that is worth most in total.

    So no other one is worth more to somebody and no less to anybody.

    Parameters
    ----------
    rows : sequence of rows of int
        ``rows[i][g]`` is what good g is worth to agent i, in one unit for all; at least 0.
    demands : tuple of int
    start : Bundles
        Such a division, to begin with.
    nodes : int, optional

    Raises
    ------
    TimeoutError
        If so many nodes do not suffice.
    """
    order = sorted(range(len(rows[0])), key=lambda g: -_regret([row[g] for row in rows]))
    agents = range(len(rows))
    rest = [[sum(row[g] for g in order[k:]) for k in range(len(order) + 1)] for row in rows]
    most = [sum(max(row[g] for row in rows) for g in order[k:]) for k in range(len(order) + 1)]
    best = sum(rows[i][g] for i in agents for g in start[i])
    found = start
    stack: list[tuple[int, Row, int, Row]] = [(0, demands, 0, ())]
    tried = 0
    while stack:
        place, due, worth, holders = stack.pop()
        if worth + most[place] <= best or any(due[i] > rest[i][place] for i in agents):
            continue
        if place == len(order):
            best, given = worth, dict(zip(order, holders, strict=True))
            found = tuple(frozenset(g for g in order if given[g] == i) for i in agents)
            continue
        tried += 1
        if tried > nodes:
            raise TimeoutError(f"{nodes:,} nodes do not suffice to find the division worth most")
        good = order[place]
        for i in sorted(agents, key=lambda i: (rows[i][good], -i)):  # the last is tried first
            left = max(0, due[i] - rows[i][good])
            after = (*due[:i], left, *due[i + 1 :])
            stack.append((place + 1, after, worth + rows[i][good], (*holders, i)))
    return found


def _regret(column: Sequence[int]) -> int:
    """How much is lost if the second highest value is had instead of the highest."""
    high = sorted(column)
    return high[-1] - (high[-2] if len(high) > 1 else 0)


class Search:
    """One search, with what it has found out so far."""

    def __init__(
        self, rows: tuple[Row, ...], demands: Row, order: Row, weights: tuple[Row, ...], nodes: int
    ) -> None:
        self.rows, self.demands, self.order, self.weights = rows, demands, order, weights
        self.limit, self.nodes = nodes, 0
        self.agents = range(len(rows))
        self.rest = [
            [sum(row[g] for g in order[k:]) for k in range(len(order) + 1)] for row in rows
        ]
        self.seconds = {i: [j for j in range(i) if rows[j] == rows[i]] for i in self.agents}
        self.failed: set[tuple[int, Row]] = set()

    def run(self) -> Bundles | NoDivision | TooLong:
        """The bundles, or why there are none."""
        holders = self._hand_out(0, self.demands)
        if isinstance(holders, TooLong):
            return holders
        if holders is None:
            return NoDivision(self.rows, self.demands, self.order, self.weights, self.nodes)
        given = dict(zip(self.order, holders, strict=False))
        return tuple(
            frozenset(g for g in self.order if given.get(g, 0) == agent) for agent in self.agents
        )

    def _hand_out(self, place: int, due: Row) -> Row | TooLong | None:
        """Who gets the goods from ``place`` on, up to where nothing is due."""
        if not any(due):
            return ()
        if self._hopeless(place, due) or (place, due) in self.failed:
            return None
        if self.nodes >= self.limit:
            return TooLong(self.nodes)
        self.nodes += 1
        for agent in self._takers(place, due):
            left = max(0, due[agent] - self.rows[agent][self.order[place]])
            found = self._hand_out(place + 1, (*due[:agent], left, *due[agent + 1 :]))
            if isinstance(found, TooLong):
                return found
            if found is not None:
                return (agent, *found)
        self.failed.add((place, due))
        return None

    def _hopeless(self, place: int, due: Row) -> bool:
        """Whether the goods from ``place`` on are too few, for one agent or by some weights."""
        if any(due[i] > self.rest[i][place] for i in self.agents):
            return True
        needy = [i for i in self.agents if due[i]]
        if place == len(self.order):
            return bool(needy)
        left = self.order[place:]
        for weights in self.weights:
            rows = [[weights[i] * self.rows[i][g] for g in left] for i in needy]
            if sum(map(max, zip(*rows, strict=True))) < sum(weights[i] * due[i] for i in needy):
                return True
        return False

    def _takers(self, place: int, due: Row) -> Iterator[int]:
        """Who may get the good, of agents who are alike the first; the neediest come first."""
        good = self.order[place]
        takers = [
            i
            for i in self.agents
            if due[i] and self.rows[i][good] and all(due[j] != due[i] for j in self.seconds[i])
        ]
        if not takers:  # nobody whom anything is due wants it
            yield 0
        yield from sorted(takers, key=lambda i: -Fraction(due[i], self.rest[i][place]))
