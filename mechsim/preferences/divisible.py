r"""Agents who divide divisible goods; what shares of them are worth adds up.

Agent :math:`i` has a value :math:`v_{ig} \ge 0` for the whole of good :math:`g`, and of the share
:math:`0 \le x_{ig} \le 1` it has the same part:

.. math:: v_i(x_i) = \sum_g v_{ig} x_{ig}.

An alternative is a tuple of rows :math:`x_i`, one an agent, with :math:`\sum_i x_{ig} \le 1`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, show
from ..algorithms.cycles import shrinking_cycle
from ..population import Population
from ..setting import Strand
from .additive import Goods, Matrix, Values

Shares: TypeAlias = tuple[Values, ...]
"""How much of each good each agent gets: (agents, goods), parts of 1."""


@dataclass(frozen=True, repr=False)
class DivisibleGoods:
    """Goods that can be cut, the agents' names, and what a good may be worth.

    Parameters
    ----------
    names : tuple of str
        The goods.
    grid : tuple of Number, optional
        What a good may be worth to an agent, increasing from 0 or more; any number from 0 by
        default.
    agents : tuple of str, optional
        The agents' names, in the order of the reports.

    Examples
    --------
    >>> goods = DivisibleGoods(("land", "wine"), agents=("ann", "bob"))
    >>> goods.value(0, (Fraction(3), Fraction(2)), ((Fraction(1), Fraction(1, 2)), (0, 0)))
    Fraction(4, 1)
    """

    names: tuple[str, ...]
    grid: Values | None = None
    agents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        whole = Goods(self.names, self.grid, self.agents)
        for field in ("names", "grid", "agents"):
            object.__setattr__(self, field, getattr(whole, field))

    @cached_property
    def _whole(self) -> Goods:
        """The same goods, if they could not be cut: the reports are the same."""
        return Goods(self.names, self.grid, self.agents)

    def types(self, agent: int, /) -> Matrix | None:
        """Every row of values from the grid, where these are few."""
        return self._whole.types(agent)

    def share_value(self, agent: int, type_: Values, share: Values, /) -> Number:
        """What a row of shares is worth to an agent, whoever holds it."""
        parts = zip(type_, share, strict=True)
        return sum((value * part for value, part in parts), Fraction(0))

    def value(self, agent: int, type_: Values, alternative: Shares, /) -> Number:
        """What an agent's own shares are worth to it."""
        return self.share_value(agent, type_, alternative[agent])

    def worth(self, agent: int, type_: Values, alternative: Shares, /) -> Number:
        """The same, as values of goods are not negative."""
        return self.value(agent, type_, alternative)

    def admits(self, alternative: object, /) -> bool:
        """Whether these are rows of shares from 0, at most 1 in all of each good."""
        if not isinstance(alternative, tuple):
            return False
        given = cast(tuple[object, ...], alternative)
        if self.agents and len(given) != len(self.agents):
            return False
        for row in given:
            if not isinstance(row, tuple) or len(cast(tuple[object, ...], row)) != len(self.names):
                return False
            for part in cast(tuple[object, ...], row):
                if type(part) not in (int, float, Fraction) or not cast(Any, part) >= 0:
                    return False
        columns = zip(*cast(Shares, given), strict=True)
        return all(sum(column) <= 1 for column in columns)

    def dominating(self, reports: Matrix | Population, shares: Shares) -> Shares | None:
        """A division that is better for some and worse for nobody, or None.

        There is one if some of a good is left over or held in vain, or if agents can hand parts
        round a circle so that what each gives is worth less to it than what it gets.  Exact; floats
        are read as the fractions that they are.
        """
        profile = reports.expanded() if isinstance(reports, Population) else reports
        values = [[Fraction(value) for value in row] for row in profile]
        held = [[Fraction(part) for part in row] for row in shares]
        for good in range(len(self.names)):
            keen = max(range(len(values)), key=lambda agent: values[agent][good])
            if not values[keen][good]:
                continue
            idle = [i for i, row in enumerate(held) if row[good] and not values[i][good]]
            spare = 1 - sum((row[good] for row in held), Fraction(0))
            if idle or spare > 0:
                for agent in idle:
                    spare += held[agent][good]
                    held[agent][good] = Fraction(0)
                held[keen][good] += spare
                return tuple(map(tuple, held))
        return _traded(values, held)

    def read(self, given: Population | Iterable[Any] | npt.NDArray[Any], /) -> Matrix:
        """Values from a matrix with a row an agent and a column a good, as `Goods` reads them."""
        return self._whole.read(given)

    def tell(self, alternative: Shares, /) -> str:
        """Who gets what: ``ann: all land, 1/2 wine; bob: 1/2 wine``."""
        told = [self.tell_share(row) for row in alternative]
        if len(self.agents) == len(told):
            told = [f"{who}: {what}" for who, what in zip(self.agents, told, strict=True)]
        return "; ".join(told)

    def tell_share(self, share: Values) -> str:
        """A row of shares in words."""
        parts = zip(share, self.names, strict=True)
        return (
            ", ".join(
                f"{'all' if part == 1 else show(part)} {name}" for part, name in parts if part
            )
            or "nothing"
        )

    def tell_type(self, type_: Values, /) -> str:
        """The values, in the order of the goods."""
        return self._whole.tell_type(type_)

    def misreports(self, agent: int, reports: Matrix, /) -> Iterator[Values]:
        """Those of `Goods`."""
        return self._whole.misreports(agent, reports)

    def strands(self, agent: int, reports: Matrix, /) -> Iterator[Strand]:
        """One line for the value of each good."""
        return self._whole.strands(agent, reports)

    def simpler(self, type_: Values, /) -> Iterator[Values]:
        """Those of `Goods`."""
        return self._whole.simpler(type_)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Matrix]:
        """Those of `Goods`."""
        return self._whole.profiles(agents, rng)

    def __repr__(self) -> str:
        return f"Divisible{self._whole!r}"


def _traded(values: list[list[Fraction]], held: list[list[Fraction]]) -> Shares | None:
    """What a circle of trades makes better for one agent and worse for nobody, if there is one.

    In each trade a good goes to an agent to whom it is worth most against the giver.
    """
    cheapest: dict[tuple[int, int], tuple[Fraction, int]] = {}
    for giver, row in enumerate(held):
        for taker in range(len(held)):
            offers = [
                (values[giver][good] / values[taker][good], good)
                for good, part in enumerate(row)
                if part and taker != giver and values[taker][good]
            ]
            if offers:
                cheapest[giver, taker] = min(offers)
    circle = shrinking_cycle({pair: ratio for pair, (ratio, _) in cheapest.items()})
    if circle is None:
        return None
    pairs = list(zip(circle, (*circle[1:], circle[0]), strict=True))
    goods = [cheapest[pair][1] for pair in pairs]
    amounts = [Fraction(1)]
    for agent, got, given in zip(circle[1:], goods, goods[1:], strict=False):
        amounts.append(amounts[-1] * values[agent][got] / values[agent][given])
    most = [held[agent][good] / t for agent, good, t in zip(circle, goods, amounts, strict=True)]
    for (giver, taker), good, amount in zip(pairs, goods, amounts, strict=True):
        held[giver][good] -= amount * min(most)
        held[taker][good] += amount * min(most)
    return tuple(map(tuple, held))
