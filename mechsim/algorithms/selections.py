r"""Choosing one option at each place so that no two choices conflict, as cheaply as possible.

A selection :math:`s` takes option :math:`s_p` at place :math:`p`; certain pairs of choices exclude
each other.  With costs :math:`c_{po} \ge 0`, the cheapest selection minimises
:math:`\sum_p c_{p s_p}`.

The search fixes one place after the other.  An option that conflicts with all that is left at some
place is struck out, and so on until nothing changes (arc consistency); a branch is given up where
the cheapest options that are left, conflicts aside, cost too much.  It may take exponential time.

References
----------
Mackworth. Consistency in networks of relations. Artificial Intelligence 8(1), 1977.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from .._numbers import show

Choice: TypeAlias = tuple[int, int]
"""A place, and an option there."""

Selection: TypeAlias = tuple[int, ...]
"""An option at each place."""

Prices: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""A number for each option at each place."""

Left: TypeAlias = list[int]
"""The options that are left at each place: bit o of entry p is option o."""


class OutOfPatience(Exception):  # noqa: N818 - it is an answer, not an error
    """A search was given up: nothing is known."""


@dataclass
class Patience:
    """How many nodes searches may visit in all; `spend` raises `OutOfPatience` after these."""

    nodes: int
    spent: int = 0

    def spend(self, nodes: int = 1) -> None:
        """Count so many more."""
        self.spent += nodes
        if self.spent > self.nodes:
            raise OutOfPatience(f"a search is given up after {self.nodes:,} nodes")


@dataclass(frozen=True, eq=False)
class Selections:
    """All ways to choose one of ``options[p]`` options at each place p without a conflict.

    Parameters
    ----------
    options : tuple of int
        How many there are at each place; at least 1.
    conflicts : iterable of pairs of choices
        Pairs, at two places, that exclude each other.

    Examples
    --------
    >>> both = Selections((2, 2), [((0, 0), (1, 1)), ((0, 1), (1, 0))])
    >>> list(both.all())
    [(0, 0), (1, 1)]
    >>> both.cheapest(((Fraction(0), Fraction(1)), (Fraction(3), Fraction(1))))
    (1, 1)
    """

    options: tuple[int, ...]
    conflicts: Iterable[tuple[Choice, Choice]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "conflicts", frozenset(self.conflicts))
        for place, count in enumerate(self.options):
            if count < 1:
                raise ValueError(f"options[{place}] is {count}: there must be at least 1")
        for first, second in self.conflicts:
            for place, option in (first, second):
                if not (0 <= place < len(self.options) and 0 <= option < self.options[place]):
                    raise ValueError(f"conflicts has {place, option}, which is no choice")
            if first[0] == second[0]:
                raise ValueError(f"conflicts has {first} and {second}: they are at one place")

    @property
    def choices(self) -> Iterator[Choice]:
        """Every option at every place."""
        return ((p, o) for p, count in enumerate(self.options) for o in range(count))

    def all(self, patience: Patience | None = None) -> Iterator[Selection]:
        """Every selection once."""
        yield from self._search(self._everything, _unpriced(self.options), None, patience)

    def containing(
        self, choices: Iterable[Choice], patience: Patience | None = None
    ) -> Selection | None:
        """A selection with these choices, or None if there is none."""
        left = list(self._everything)
        for place, option in choices:
            left[place] &= 1 << option
        return self._first(left, patience)

    def within(
        self, allowed: Iterable[Iterable[int]], patience: Patience | None = None
    ) -> Selection | None:
        """A selection of ``allowed`` options, listed for each place, or None if there is none."""
        left = [sum(1 << option for option in listed) for listed in allowed]
        return self._first(left, patience)

    def cheapest(
        self, prices: Prices, below: Fraction | None = None, patience: Patience | None = None
    ) -> Selection | None:
        """A selection of least cost, or None if none costs less than ``below``.

        Parameters
        ----------
        prices : tuple of tuples of Fraction
            At least 0.
        below : Fraction, optional
        patience : Patience, optional
        """
        _require_prices(self.options, prices)
        denominators = [price.denominator for listed in prices for price in listed]
        unit = math.lcm(*denominators, 1 if below is None else below.denominator)
        costs = [[int(price * unit) for price in listed] for listed in prices]
        limit = sum(map(max, costs)) + 1 if below is None else int(below * unit)
        cheaper: Selection | None = None
        for found in self._search(self._everything, costs, limit, patience):
            cheaper = found  # than those before
        return cheaper

    @cached_property
    def _everything(self) -> Left:
        return [(1 << count) - 1 for count in self.options]

    @cached_property
    def _besides(self) -> list[dict[int, list[int]]]:
        """For each place, those in conflict with it, with what each option there leaves."""
        found: list[dict[int, list[int]]] = [{} for _ in self.options]
        for first, second in self.conflicts:
            for (p, o), (q, r) in ((first, second), (second, first)):
                leaves = found[p].setdefault(q, [self._everything[q]] * self.options[p])
                leaves[o] &= ~(1 << r)
        return found

    @cached_property
    def _known(self) -> list[dict[int, list[tuple[int, int]]]]:
        """For each place, by the options left there, what these leave elsewhere; filled in use."""
        return [{} for _ in self.options]

    def _leaves(self, place: int, options: int) -> list[tuple[int, int]]:
        known = self._known[place]
        if options not in known:
            some = list(_bits(options))
            listed: list[tuple[int, int]] = []
            for other, leaves in self._besides[place].items():
                union = 0
                for option in some:
                    union |= leaves[option]
                listed.append((other, union))
            known[options] = listed
        return known[options]

    def _struck_out(self, left: Left, changed: list[int]) -> bool:
        """Strike out what conflicts with all that is left elsewhere; whether something is left."""
        while changed:
            place = changed.pop()
            for other, leaves in self._leaves(place, left[place]):
                kept = left[other] & leaves
                if kept != left[other]:
                    if not kept:
                        return False
                    left[other] = kept
                    changed.append(other)
        return True

    def _first(self, left: Left, patience: Patience | None) -> Selection | None:
        return next(self._search(left, _unpriced(self.options), None, patience), None)

    def _search(
        self,
        left: Left,
        costs: Sequence[Sequence[int]],
        below: int | None,
        patience: Patience | None,
    ) -> Iterator[Selection]:
        """Selections of what is left; with ``below``, each cheaper than that and those before."""
        priced = [place for place, listed in enumerate(costs) if any(listed)]
        start = list(left)
        if not all(start) or not self._struck_out(start, list(range(len(start)))):
            return
        stack: list[tuple[Left, int, int]] = [(start, -1, 0)]
        while stack:
            here, place, option = stack.pop()
            if patience is not None:
                patience.spend()
            if place >= 0:
                here = list(here)
                here[place] = 1 << option
                if not self._struck_out(here, [place]):
                    continue
            if below is not None:
                cost = sum(_least(costs[p], here[p]) for p in priced)
                if cost >= below:
                    continue
            else:
                cost = 0
            following = _undecided(here, costs, priced)
            if following is None:
                below = cost if below is not None else None
                yield tuple(options.bit_length() - 1 for options in here)
                continue
            prices = costs[following]
            dear_first = sorted(_bits(here[following]), key=lambda o: (-prices[o], -o))
            stack += [(here, following, option) for option in dear_first]


def _bits(options: int) -> Iterator[int]:
    while options:
        lowest = options & -options
        yield lowest.bit_length() - 1
        options ^= lowest


def _least(prices: Sequence[int], options: int) -> int:
    return min(prices[option] for option in _bits(options))


def _undecided(left: Left, costs: Sequence[Sequence[int]], priced: list[int]) -> int | None:
    """Where to choose next: where most money is at stake, else the first place with a choice."""
    best, stake = None, 0
    for place in priced:
        if left[place] & (left[place] - 1):
            listed = [costs[place][option] for option in _bits(left[place])]
            if max(listed) - min(listed) > stake:
                best, stake = place, max(listed) - min(listed)
    if best is not None:
        return best
    return next((p for p, options in enumerate(left) if options & (options - 1)), None)


def _unpriced(options: tuple[int, ...]) -> list[list[int]]:
    return [[0] * count for count in options]


def _require_prices(options: tuple[int, ...], prices: Prices) -> None:
    if tuple(map(len, prices)) != options:
        raise ValueError("prices must have one entry an option, at each place")
    for place, listed in enumerate(prices):
        for price in listed:
            if price < 0:
                raise ValueError(f"prices[{place}] has {show(price)}: a price is at least 0")
