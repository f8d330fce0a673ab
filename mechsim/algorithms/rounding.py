r"""Dependent rounding: a fractional outcome as a lottery over sets.

Given probabilities :math:`p_c` and costs, draw a set :math:`W` with
:math:`\Pr[c \in W] = p_c` exactly, whose cost is the expected cost up to one item (BB1): while two
coordinates are fractional, one is raised and the other lowered along a direction that keeps the
cost, with the probability that keeps both expectations; a last fractional one is flipped.

References
----------
Aziz, Lu, Suzuki, Vollen, Walsh. Fair Lotteries for Participatory Budgeting. arXiv:2404.05198.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import lcm
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show
from .._tables import Table
from ..lottery import Finite, mix, sure

Fractional: TypeAlias = tuple[Fraction, ...]

ENUMERABLE = 12
"""Lotteries with at most this many fractional items are written out exactly."""

MANY = 20_000
"""With so many fractional items in all draws together, or more, sets are drawn in floats."""
BLOCK = 1 << 16
"""So many uniform numbers are drawn at a time."""


@dataclass(frozen=True)
class Rounded:
    """The set drawn by dependent rounding; a lottery over up to 2^m outcomes.

    Parameters
    ----------
    marginals : tuple of int or Fraction
        ``marginals[c]`` is the probability that item c is in the set.
    costs : tuple of int or Fraction
        Positive, one an item.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> lottery = Rounded((half, half), (Fraction(1), Fraction(1)))
    >>> lottery.finite().probability[frozenset({0})]
    Fraction(1, 2)
    """

    marginals: Fractional
    costs: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        for name in ("marginals", "costs"):
            object.__setattr__(self, name, _exact(getattr(self, name), name))
        if len(self.marginals) != len(self.costs):
            raise ValueError(
                f"marginals has {len(self.marginals)} entries and costs {len(self.costs)}: "
                "both must have one an item"
            )
        for item, (p, cost) in enumerate(zip(self.marginals, self.costs, strict=True)):
            if not 0 <= p <= 1:
                raise ValueError(f"marginals[{item}] is {p}: a probability lies in [0, 1]")
            if cost <= 0:
                raise ValueError(f"costs[{item}] is {cost}: it must be positive")

    @property
    def core(self) -> frozenset[int]:
        """The items that are in every outcome."""
        return frozenset(item for item, p in enumerate(self.marginals) if p == 1)

    @property
    def cost(self) -> Fraction:
        """The expected cost, which is that of every outcome up to one item."""
        parts = zip(self.marginals, self.costs, strict=True)
        return sum((p * cost for p, cost in parts), Fraction(0))

    @property
    def fractional(self) -> tuple[int, ...]:
        """The items that are in some outcomes and not in others."""
        return tuple(item for item, p in enumerate(self.marginals) if 0 < p < 1)

    def expect(self, value: Callable[[frozenset[int]], Any], /) -> Any:
        """The exact expectation, by listing the outcomes.

        Raises
        ------
        ValueError
            If there are too many; a value that is additive over items needs the marginals only.
        """
        return self.finite().expect(value)

    def finite(self) -> Finite[frozenset[int]]:
        """Every outcome with its probability; up to `ENUMERABLE` fractional items."""
        if len(self.fractional) > ENUMERABLE:
            raise ValueError(
                f"marginals has {len(self.fractional)} fractional items: "
                f"outcomes are listed for at most {ENUMERABLE}"
            )
        return mix(self._leaves(Fraction(1), self.marginals))

    def _leaves(
        self, weight: Fraction, p: Fractional
    ) -> Iterator[tuple[Fraction, Finite[frozenset[int]]]]:
        pair = tuple(islice((item for item, q in enumerate(p) if 0 < q < 1), 2))
        if not pair:
            yield weight, sure(frozenset(item for item, q in enumerate(p) if q == 1))
        else:
            for chance, changed in _moves(p, self.costs, pair):
                moved = tuple(changed.get(item, q) for item, q in enumerate(p))
                yield from self._leaves(weight * chance, moved)

    def sample(self, rng: np.random.Generator, size: int, /) -> list[frozenset[int]]:
        """``size`` independent draws, each in O(m) steps; in fractions if they are few."""
        if size * len(self.fractional) < MANY:
            return [self._draw(rng) for _ in range(size)]
        return [frozenset(np.flatnonzero(row).tolist()) for row in self.draws(rng, size)]

    def draws(self, rng: np.random.Generator, size: int, /) -> npt.NDArray[np.bool_]:
        """``size`` independent draws as rows: (size, items) bool, whether each item is drawn.

        In floats, so probabilities are right up to some :math:`10^{-13}`; the same uniform numbers
        in the same order give the same sets as `sample`.
        """
        from ._rounding_kernels import draw

        spent, full, least = self._floats
        items = np.array(self.fractional, np.int64)
        drawn = np.zeros((size, len(full)), np.bool_)
        drawn[:, sorted(self.core)] = True
        rows = max(1, BLOCK // max(1, len(items)))
        for start in range(0, size if len(items) else 0, rows):
            block = drawn[start : start + rows]
            draw(items, spent, full, least, rng.random(len(block) * len(items)), block)
        return drawn

    def _draw(self, rng: np.random.Generator) -> frozenset[int]:
        spent, full = map(list, self._money)
        waiting = list(reversed(self.fractional))
        while len(waiting) > 1:
            i, j = waiting.pop(), waiting.pop()
            up, down = min(full[i] - spent[i], spent[j]), min(spent[i], full[j] - spent[j])
            moved = up if rng.random() < down / (up + down) else -down
            spent[i] += moved
            spent[j] -= moved
            waiting += [k for k in (j, i) if 0 < spent[k] < full[k]]  # at most one
        for k in waiting:
            spent[k] = full[k] if rng.random() < spent[k] / full[k] else 0
        return frozenset(
            k for k, (m, most) in enumerate(zip(spent, full, strict=True)) if m == most
        )

    @cached_property
    def _floats(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float]:
        """The same in floats, exact where the unit allows; and what is less than a unit of them."""
        spent, full = self._money
        largest = max(full)
        if sum(full) < 2**52:
            return np.array(spent, np.float64), np.array(full, np.float64), 0.5
        shares = [[m / largest for m in money] for money in (spent, full)]
        return np.array(shares[0]), np.array(shares[1]), len(full) ** 2 * 2.0**-52

    @cached_property
    def _money(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What is spent on each item in expectation, and what it costs, in one small unit."""
        expected = [p * c for p, c in zip(self.marginals, self.costs, strict=True)]
        unit = lcm(*(m.denominator for m in (*expected, *self.costs)))
        return tuple(int(m * unit) for m in expected), tuple(int(c * unit) for c in self.costs)

    def table(self) -> Table:
        """One row an item that may be drawn."""
        rows = ((str(item), show(p)) for item, p in enumerate(self.marginals) if p)
        return Table(("item", "probability"), tuple(rows))

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _exact(given: Sequence[object], name: str) -> tuple[Fraction, ...]:
    for item, number in enumerate(given):
        if not isinstance(number, (int, Fraction)) or isinstance(number, bool):
            raise ValueError(f"{name}[{item}] is {number!r}: it must be an int or a Fraction")
    return tuple(map(Fraction, cast("Sequence[Fraction]", given)))


def _moves(
    p: Sequence[Fraction], costs: tuple[Fraction, ...], pair: tuple[int, ...]
) -> list[tuple[Fraction, dict[int, Fraction]]]:
    """The two ways to change ``pair``, each with its chance; together they keep expectations."""
    if len(pair) == 1:
        (i,) = pair
        return [(p[i], {i: Fraction(1)}), (1 - p[i], {i: Fraction(0)})]
    i, j = pair
    exchange = costs[i] / costs[j]
    up = min(1 - p[i], p[j] / exchange)
    down = min(p[i], (1 - p[j]) / exchange)
    return [
        (down / (up + down), {i: p[i] + up, j: p[j] - up * exchange}),
        (up / (up + down), {i: p[i] - down, j: p[j] + down * exchange}),
    ]
