"""Tie policies: what a rule does when several alternatives are equally good.

A policy is a value, and a rule that needs one has no default for it, so every verdict shows it.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from .._text import brief
from ..lottery import Finite, uniform

A = TypeVar("A", bound=Hashable)


class Ties(Protocol):
    """What becomes of the ``tied`` alternatives, which are in the setting's order."""

    def resolve(self, tied: tuple[Any, ...], /) -> Any:
        """The outcome: an alternative, a lottery over them, or all of them."""
        ...


@dataclass(frozen=True)
class Lexicographic:
    """The one that comes first in the setting's order."""

    def resolve(self, tied: tuple[A, ...], /) -> A:
        """The first."""
        return tied[0]


@dataclass(frozen=True)
class Priority:
    """The one that comes first in a given ``order`` of all alternatives."""

    order: tuple[Any, ...]

    def resolve(self, tied: tuple[A, ...], /) -> A:
        """The first in the order."""
        return min(tied, key=self.order.index)


@dataclass(frozen=True)
class UniformlyAtRandom:
    """Each of them with equal probability: the rule becomes a lottery."""

    def resolve(self, tied: tuple[A, ...], /) -> Finite[A]:
        """The lottery over the tied."""
        return uniform(tied)


@dataclass(frozen=True)
class AllTied:
    """All of them: the outcome is the set of winners, and the rule is irresolute."""

    def resolve(self, tied: tuple[A, ...], /) -> frozenset[A]:
        """The set."""
        return frozenset(tied)


@dataclass(frozen=True)
class Refuse:
    """None of them: a tie is an error."""

    def resolve(self, tied: tuple[A, ...], /) -> A:
        """The only one, if it is the only one."""
        first, *others = tied
        if others:
            raise ValueError(f"reports tie {brief(tied)}: this rule refuses ties")
        return first
