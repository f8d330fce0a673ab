"""Settings of the literature on mechanism design, written as users write their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

F = Fraction
FOUR_FIFTHS, ONE = F(4, 5), F(1)


@dataclass(frozen=True)
class Trade:
    """A buyer and a seller of one thing, each with one of k values, equally likely."""

    k: int
    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return tuple(F(2 * j + 1, 2 * self.k) for j in range(self.k))

    def alternatives(self, agents: int) -> tuple[str, ...]:
        return ("keep", "trade")

    def value(self, agent: int, type_: Fraction, alternative: str, /) -> Fraction:
        if alternative == "keep":
            return F(0)
        return type_ if agent == 0 else -type_

    def beliefs(
        self, agent: int, type_: Fraction, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        for other in self.types(1 - agent):
            yield F(1, self.k), ((type_, other) if agent == 0 else (other, type_))


@dataclass(frozen=True)
class Items:
    """Additive bidders for items; values of an item are independent, with these chances."""

    values: tuple[Fraction, ...]
    chances: tuple[Fraction, ...]
    items: int = 2
    money = True

    def types(self, agent: int, /) -> tuple[tuple[Fraction, ...], ...]:
        return tuple(product(self.values, repeat=self.items))

    def alternatives(self, agents: int) -> tuple[tuple[int, ...], ...]:
        """Who gets each item; nobody is the number after the last bidder's."""
        return tuple(product(range(agents + 1), repeat=self.items))

    def value(
        self, agent: int, type_: tuple[Fraction, ...], alternative: tuple[int, ...], /
    ) -> Fraction:
        got = (v for v, owner in zip(type_, alternative, strict=True) if owner == agent)
        return sum(got, F(0))

    def likely(self, type_: tuple[Fraction, ...]) -> Fraction:
        chance = F(1)
        for value in type_:
            chance *= self.chances[self.values.index(value)]
        return chance

    def chance(self, profile: tuple[tuple[Fraction, ...], ...], /) -> Fraction:
        chance = F(1)
        for type_ in profile:
            chance *= self.likely(type_)
        return chance

    def beliefs(
        self, agent: int, type_: tuple[Fraction, ...], agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Any, ...]]]:
        for others in product(self.types(0), repeat=agents - 1):
            chance = F(1)
            for other in others:
                chance *= self.likely(other)
            yield chance, (*others[:agent], type_, *others[agent:])


@dataclass(frozen=True)
class Correlated:
    """One thing and two bidders whose values, 1 or 2, agree with probability 4/5."""

    agree: Fraction = FOUR_FIFTHS
    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(1), F(2))

    def alternatives(self, agents: int) -> tuple[int, ...]:
        return (0, 1, 2)

    def value(self, agent: int, type_: Fraction, alternative: int, /) -> Fraction:
        return type_ if alternative == agent else F(0)

    def chance(self, profile: tuple[Fraction, ...], /) -> Fraction:
        same = profile[0] == profile[1]
        return (self.agree if same else 1 - self.agree) / 2

    def beliefs(
        self, agent: int, type_: Fraction, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        for other in self.types(1 - agent):
            profile = (type_, other) if agent == 0 else (other, type_)
            yield 2 * self.chance(profile), profile


@dataclass(frozen=True)
class PublicGood:
    """A good for all that costs something, and agents with values 1/5 or 1, equally likely."""

    price: Fraction = ONE
    money = True

    def types(self, agent: int, /) -> tuple[Fraction, ...]:
        return (F(1, 5), F(1))

    def alternatives(self, agents: int) -> tuple[str, ...]:
        return ("nothing", "good")

    def value(self, agent: int, type_: Fraction, alternative: str, /) -> Fraction:
        return type_ if alternative == "good" else F(0)

    def cost(self, alternative: str, /) -> Fraction:
        return self.price if alternative == "good" else F(0)

    def chance(self, profile: tuple[Fraction, ...], /) -> Fraction:
        return F(1, 2 ** len(profile))

    def beliefs(
        self, agent: int, type_: Fraction, agents: int, /
    ) -> Iterator[tuple[Fraction, tuple[Fraction, ...]]]:
        for others in product(self.types(0), repeat=agents - 1):
            yield F(1, 2 ** (agents - 1)), (*others[:agent], type_, *others[agent:])


@dataclass(frozen=True)
class Tables:
    """Two agents, outcomes x, y, z, and utilities by a table; nobody pays."""

    def types(self, agent: int, /) -> tuple[str, ...]:
        return ("first", "second")

    def alternatives(self, agents: int) -> tuple[str, ...]:
        return ("x", "y", "z")

    def value(self, agent: int, type_: str, alternative: str, /) -> Fraction:
        table = (
            {"first": (1, 0, 1), "second": (2, 1, 4)},
            {"first": (2, 3, 1), "second": (4, 2, 1)},
        )
        return F(table[agent][type_]["xyz".index(alternative)])
