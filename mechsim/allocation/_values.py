"""What rules for indivisible goods ask of a setting, and the table that they then work on."""

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any, Protocol, TypeAlias

from .._numbers import Number
from ..algorithms.partition import Bundles, Division
from ..preferences.chores import Chores

Table: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""What each good is worth to each agent: a row an agent, a column a good."""

Holders: TypeAlias = tuple[int, ...]
"""Who has each good."""


class Divisible(Protocol):
    """A setting with indivisible goods whose values add up, whatever its types are."""

    @property
    def names(self) -> tuple[str, ...]:
        """The goods."""
        ...

    def read(self, given: Any, /) -> Any:
        """The reports, a type for each agent."""
        ...

    def share_value(self, agent: int, type_: Any, share: frozenset[int], /) -> Number:
        """What a bundle is worth to an agent, whoever holds it."""
        ...

    def maximin_share(self, type_: Any, agents: int, /) -> Division:
        """What an agent of this type can be sure of by cutting, and how it would cut."""
        ...


def require_items(setting: object, rule: str) -> None:
    """Raise `ValueError` unless the setting is of indivisible items whose values add up."""
    for asked in ("names", "read", "share_value", "maximin_share"):
        if not hasattr(setting, asked):
            raise ValueError(
                f"setting is {setting}: {rule} divides goods whose values add up, and it has no "
                f"{asked}"
            )


def require_goods(setting: object, rule: str) -> None:
    """The same, and no chores."""
    require_items(setting, rule)
    if isinstance(setting, Chores):
        raise ValueError(f"setting is {setting}: {rule} divides goods, and nobody wants Chores")


def values(setting: Divisible, agent: int, type_: Any) -> tuple[Fraction, ...]:
    """What each good alone is worth to an agent, exactly."""
    value = setting.share_value
    each = (value(agent, type_, frozenset({good})) for good in range(len(setting.names)))
    return tuple(one if isinstance(one, Fraction) else Fraction(one) for one in each)


def table(setting: Divisible, reports: tuple[Any, ...]) -> Table:
    """The values of all agents.

    Raises
    ------
    ValueError
        If there are no agents.
    """
    if not reports:
        raise ValueError("reports is empty: goods are divided among at least one agent")
    return tuple(values(setting, agent, type_) for agent, type_ in enumerate(reports))


def shares(setting: Divisible, reports: tuple[Any, ...]) -> tuple[Fraction, ...]:
    """The maximin shares of all agents, exactly, whatever kind of number they are told in."""
    cuts = (setting.maximin_share(type_, len(reports)).bundles for type_ in reports)
    return tuple(
        min(sum((row[good] for good in part), Fraction(0)) for part in cut)
        for row, cut in zip(table(setting, reports), cuts, strict=True)
    )


def whole_rows(rows: Table) -> tuple[tuple[int, ...], ...]:
    """The same as whole numbers, up to one common factor."""
    scale = math.lcm(*(value.denominator for row in rows for value in row))
    return tuple(tuple(int(value * scale) for value in row) for row in rows)


def every_division(agents: int, goods: int) -> Iterator[Holders]:
    """All ways to hand out the goods; the smallest tuple of holders comes first."""
    return product(range(agents), repeat=goods)


def bundles(holders: Holders, agents: int) -> Bundles:
    """The goods of each agent."""
    return tuple(
        frozenset(good for good, holder in enumerate(holders) if holder == agent)
        for agent in range(agents)
    )


def in_turns(rows: Table, turns: Iterable[int], left: set[int]) -> dict[int, int]:
    """Who takes each good of ``left``, if at each turn an agent takes its best.

    Of goods liked equally it takes the first.  It ends with the goods or with the turns.
    """
    remaining, taken = sorted(left), dict[int, int]()
    for agent in turns:
        if not remaining:
            break
        best = max(remaining, key=rows[agent].__getitem__)
        remaining.remove(best)
        taken[best] = agent
    return taken


def worths_of(rows: Table, holders: Holders) -> list[Fraction]:
    """What all agents have."""
    worths = [Fraction(0)] * len(rows)
    for good, agent in enumerate(holders):
        worths[agent] += rows[agent][good]
    return worths
