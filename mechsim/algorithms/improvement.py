r"""Divisions that dominate another: better for some agent, and worse for none.

Where values :math:`v_{ig}` of any sign add up, the division :math:`B` dominates :math:`A` if

.. math:: v_i(B_i) \ge v_i(A_i) \ \forall i, \quad \text{with } > \text{ for some } i.

Whether there is such a :math:`B` is coNP-complete to deny, so the search may take exponential time;
it is exact.  With whole numbers for values, whatever positive weights :math:`w_i` are used,

.. math:: \sum_i w_i v_i(B_i) \ge \sum_i w_i v_i(A_i) + \min_i w_i,

and items still to be handed out bring at most :math:`\max_i w_i v_{ig}` each.  The weights that
leave the least room for that are the dual solution of the linear program in which items can be cut.
If they leave none, no division dominates, not even one that cuts items.  Otherwise, where there are
many divisions, HiGHS is asked for one that dominates before the search begins; and its word that
there is none is granted where the search is too long.

References
----------
de Keijzer, Bouveret, Klos, Zhang. On the complexity of efficiency and envy-freeness in fair
division of indivisible goods with additive preferences. Algorithmic Decision Theory, 2009.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias, cast

from .._numbers import Number
from ..setting import Undecided
from ._cut_items import TRUSTED, CutItems
from .partition import Bundles

Row: TypeAlias = tuple[int, ...]

FEW = 5_000
"""Where there are at most so many divisions, equal weights do."""

STEPS = 200_000
"""So long a search among more of them is, before it is given up."""


@dataclass(frozen=True)
class Sought:
    """Bundles that dominate, or None if there are none and ``granted`` is true."""

    bundles: Bundles | None
    granted: str | None = None


def improvement(rows: Sequence[Sequence[Number]], bundles: Bundles) -> Bundles | None:
    """Bundles that are better for somebody and worse for nobody, or None where there are none.

    Parameters
    ----------
    rows : sequence of rows
        ``rows[i][g]`` is what item g is worth to agent i, of any sign.  Floats are taken for the
        fractions that they are.
    bundles : tuple of frozenset of int
        The items, counted from 0, that each agent has; together all of them.

    Raises
    ------
    ValueError
        If bundles are no frozensets, one a row, or an item is not held exactly once.
    Undecided
        If there are many divisions, and neither HiGHS in time nor a search of `STEPS` decides.

    Examples
    --------
    >>> improvement([(0, 1), (1, 0)], (frozenset({0}), frozenset({1})))
    (frozenset({1}), frozenset({0}))
    >>> improvement([(0, 1), (1, 0)], (frozenset({1}), frozenset({0}))) is None
    True
    """
    for agent, bundle in enumerate(bundles):
        if not isinstance(cast(object, bundle), frozenset):
            raise ValueError(f"bundles[{agent}] is {bundle!r}: it must be a frozenset of items")
    return sought(tuple(map(tuple, rows)), tuple(bundles)).bundles


@lru_cache(maxsize=2**10)
def sought(rows: tuple[tuple[Number, ...], ...], bundles: Bundles) -> Sought:
    """What `improvement` finds, and what must be believed if that is nothing."""
    require_division(rows, bundles)
    exact = tuple(map(whole_numbers, rows))
    has = tuple(sum(row[g] for g in own) for row, own in zip(exact, bundles, strict=True))
    if len(rows) ** len(exact[0]) <= FEW:
        return Sought(_searched(exact, has, (1,) * len(rows), math.inf))
    program = CutItems(exact, has)
    weights = program.weights()
    if _Search(exact, weights).room(has) < 0:
        return Sought(None)
    most = program.whole()
    if most.bundles is not None and _dominates(exact, has, most.bundles):
        return Sought(most.bundles)
    try:
        return Sought(_searched(exact, has, weights, STEPS))
    except Undecided:
        if not most.no_gain:
            raise
        return Sought(None, granted=TRUSTED)


def _dominates(rows: tuple[Row, ...], has: Row, bundles: Bundles) -> bool:
    """Whether the bundles are worth at least this to everybody, and more to somebody."""
    gets = [sum(row[g] for g in own) for row, own in zip(rows, bundles, strict=True)]
    return all(g >= h for g, h in zip(gets, has, strict=True)) and gets != list(has)


def _searched(rows: tuple[Row, ...], has: Row, weights: Row, steps: float) -> Bundles | None:
    """Bundles that dominate, by search."""
    order = sorted(range(len(rows[0])), key=lambda g: -max(abs(row[g]) for row in rows))
    search = _Search(tuple(tuple(row[g] for g in order) for row in rows), weights, steps)
    holders = search.hand_out(0, has, search.room(has))
    if holders is None:
        return None
    given = dict(zip(order, holders, strict=True))
    return tuple(frozenset(g for g in order if given[g] == agent) for agent in range(len(rows)))


def require_division(rows: Sequence[Sequence[Number]], bundles: Bundles) -> None:
    """Raise `ValueError` unless these are bundles, one a row, that hold each item once."""
    if not rows or len({len(row) for row in rows}) != 1:
        raise ValueError("rows must have one entry an item, as many for each agent")
    if len(bundles) != len(rows):
        raise ValueError(f"bundles has {len(bundles)} of them: it must have one a row, {len(rows)}")
    held = sorted(item for bundle in bundles for item in bundle)
    if held != [*range(len(rows[0]))]:
        raise ValueError(f"bundles hold the items {held}: each of {len(rows[0])} must be held once")


def whole_numbers(row: Sequence[Number]) -> Row:
    """The row up to a factor of its own, which changes no comparison of that agent."""
    exact = [Fraction(value) for value in row]
    scale = math.lcm(*(value.denominator for value in exact))
    whole = [int(value * scale) for value in exact]
    common = math.gcd(*whole) or 1
    return tuple(value // common for value in whole)


@dataclass
class _Search:
    """Items are handed out one by one, those of the largest values first."""

    rows: tuple[Row, ...]
    weights: Row
    steps: float = math.inf
    """How many are left until it is given up."""
    failed: dict[tuple[int, Row], int] = field(default_factory=dict[tuple[int, Row], int])
    """Where nothing was found, by what was due, with how much room."""

    def __post_init__(self) -> None:
        items = range(len(self.rows[0]))
        agents = range(len(self.rows))
        self.most = [max(self._weighed(agent, g) for agent in agents) for g in items]
        self.gains = [
            [sum(max(v, 0) for v in row[g:]) for g in (*items, len(items))] for row in self.rows
        ]
        self.losses = [
            [sum(max(-v, 0) for v in row[g:]) for g in (*items, len(items))] for row in self.rows
        ]

    def _weighed(self, agent: int, item: int) -> int:
        return self.weights[agent] * self.rows[agent][item]

    def room(self, has: Sequence[int]) -> int:
        """How much less than the most weighted value a division that dominates may have."""
        total = sum(w * value for w, value in zip(self.weights, has, strict=True))
        return sum(self.most) - total - min(self.weights)

    def hand_out(self, item: int, due: Row, room: int) -> tuple[int, ...] | None:
        """Who gets ``item`` and those after it, so that everybody gets at least what is due."""
        if room < 0 or any(d > gain[item] for d, gain in zip(due, self.gains, strict=True)):
            return None
        if item == len(self.most):
            return ()
        # who has more in hand than it can still lose needs no more
        due = tuple(max(d, -loss[item]) for d, loss in zip(due, self.losses, strict=True))
        if room <= self.failed.get((item, due), -1):
            return None
        self.steps -= 1
        if self.steps < 0:
            raise Undecided(
                f"{STEPS:,} steps did not show whether another of "
                f"{len(due)}^{len(self.most)} allocations dominates"
            )
        for agent in sorted(range(len(due)), key=lambda a: -self._weighed(a, item)):
            spent = self.most[item] - self._weighed(agent, item)
            left = due[agent] - self.rows[agent][item]
            after = (*due[:agent], left, *due[agent + 1 :])
            holders = self.hand_out(item + 1, after, room - spent)
            if holders is not None:
                return (agent, *holders)
        self.failed[item, due] = room
        return None
