r"""Voters who rank candidates, and an order of the candidates as the outcome.

An alternative is a weak order :math:`r`: a rank for each candidate, from 0, where candidates that
share a rank are tied.  Nothing is said of how much a voter likes an order; axioms compare orders
pair by pair, as in Arrow's theorem.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Any, ClassVar, TypeAlias, cast

from ..population import Population
from ..setting import Undecided
from .rankings import Ballots, Ranking, Rankings

Order: TypeAlias = tuple[int, ...]
"""The rank of each candidate; 0 is best."""

SIGNS = (-1, 0, 1)
"""How an order may rank a pair: the first above the second, as the second, or below it."""

WORDS: dict[tuple[int, ...], str] = {(-1,): ">", (0,): "=", (-1, 0): "≥", (-1, 1): "≠"}
"""What is said where it ranks them in one of these ways."""

LISTED = 5
"""Weak orders are listed for at most this many candidates."""


@dataclass(frozen=True, repr=False)
class SocialOrders:
    """Candidates whom voters rank strictly and a rule puts into a weak order.

    Parameters
    ----------
    candidates : tuple of str
        At least one.
    agents : tuple of str, optional
        The voters' names.

    Examples
    --------
    >>> vote = SocialOrders(("ann", "bob", "cat"))
    >>> len(vote.alternatives(2))
    13
    >>> vote.tell((1, 0, 1))
    'bob > ann = cat'
    """

    candidates: tuple[str, ...]
    agents: tuple[str, ...] = ()

    agents_are_alike: ClassVar[bool] = True
    """Whose ranking it is makes no difference."""

    def __post_init__(self) -> None:
        rankings = Rankings(self.candidates, self.agents)  # which says what is wrong with them
        object.__setattr__(self, "candidates", rankings.candidates)
        object.__setattr__(self, "agents", rankings.agents)

    @property
    def _rankings(self) -> Rankings:
        return Rankings(self.candidates, self.agents)

    def types(self, agent: int, /) -> Ballots | None:
        """All rankings, of up to five candidates."""
        return self._rankings.types(agent)

    def alternatives(self, agents: int, /) -> tuple[Order, ...]:
        """All weak orders: 1, 3, 13, 75 or 541 of them.

        Raises
        ------
        ValueError
            If there are more than five candidates.
        """
        if len(self.candidates) > LISTED:
            raise ValueError(
                f"candidates has {len(self.candidates)} names: orders of up to {LISTED} are listed"
            )
        return _listed(len(self.candidates))

    def value(self, agent: int, type_: Ranking, alternative: Order, /) -> Any:
        """Not known.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided("what an order of candidates is worth to a voter is not known")

    def prefers(self, agent: int, type_: Ranking, one: int, other: int, /) -> bool:
        """Whether a voter ranks ``one`` above ``other``."""
        return type_.index(one) < type_.index(other)

    def top(self, agent: int, type_: Ranking, /) -> Order:
        """The voter's own order."""
        return tuple(type_.index(one) for one in range(len(type_)))

    def admits(self, alternative: object, /) -> bool:
        """Whether this is a rank for each candidate, with no rank left out."""
        if not isinstance(alternative, tuple):
            return False
        listed = cast(tuple[object, ...], alternative)
        if len(listed) != len(self.candidates):
            return False
        ranks = set(listed)
        return ranks == set(range(len(ranks))) and all(type(rank) is int for rank in ranks)

    def read(self, given: Any, /) -> "Ballots | Population":
        """Rankings from lists, best first, of candidates by name or by number; see `Rankings`."""
        return cast("Ballots | Population", self._rankings.read(given))

    def tell(self, alternative: Order, /) -> str:
        """The order: ``ann > bob = cat``."""
        groups: list[list[str]] = [[] for _ in range(max(alternative) + 1)]
        for name, rank in zip(self.candidates, alternative, strict=True):
            groups[rank].append(name)
        return " > ".join(map(" = ".join, groups))

    def tell_common(self, some: Sequence[Order], every: Sequence[Order], /) -> str | None:
        """Which pairs all of some orders, and no others, rank how; None if that is not enough.

        Examples
        --------
        >>> vote = SocialOrders(("ann", "bob", "cat"))
        >>> vote.tell_common([(0, 1, 1), (0, 1, 2), (0, 2, 1)], vote.alternatives(2))
        'order with ann > bob and ann > cat'
        """
        pairs = list(combinations(range(len(self.candidates)), 2))
        seen = {pair: {_side(order, pair) for order in some} for pair in pairs}

        def described(asked: Sequence[tuple[int, int]]) -> list[Order]:
            return [o for o in every if all(_side(o, pair) in seen[pair] for pair in asked)]

        asked = [pair for pair in pairs if len(seen[pair]) < len(SIGNS)]
        if set(described(asked)) != set(some):
            return None
        for pair in list(asked):
            fewer = [one for one in asked if one != pair]
            if fewer and len(described(fewer)) == len(set(some)):
                asked = fewer
        told = [self._tell_pair(pair, seen[pair]) for pair in asked]
        return f"order with {' and '.join(told)}" if told else None

    def _tell_pair(self, pair: tuple[int, int], signs: set[int]) -> str:
        one, other = (self.candidates[k] for k in pair)
        if signs in ({1}, {0, 1}):
            one, other, signs = other, one, {-sign for sign in signs}
        return f"{one} {WORDS[tuple(sorted(signs))]} {other}"

    def tell_type(self, type_: Ranking, /) -> str:
        """The ranking: ``ann > bob > cat``."""
        return self._rankings.tell_type(type_)

    def __repr__(self) -> str:
        return f"SocialOrders({', '.join(self.candidates)})"


def _side(order: Order, pair: tuple[int, int]) -> int:
    """-1 if the first is above the second, 0 if they share a rank, and 1 if it is below."""
    one, other = pair
    return (order[one] > order[other]) - (order[one] < order[other])


@lru_cache
def _listed(candidates: int) -> tuple[Order, ...]:
    every = product(range(candidates), repeat=candidates)
    return tuple(ranks for ranks in every if set(ranks) == set(range(max(ranks) + 1)))
