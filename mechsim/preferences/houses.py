r"""Agents who are assigned objects, at most one each, and rank them: house allocation.

A type is a ranking :math:`\theta`, best first, of the objects that the agent would rather have than
none.  An alternative is an assignment: the object of each agent, or None, no object twice.  An
agent minds what it gets itself, and it may not have what it did not rank.

Objects may be fewer or more than agents.  A *random assignment* is the matrix of the probabilities
:math:`p_{ia}` with which agent :math:`i` gets object :math:`a`.

References
----------
Hylland, Zeckhauser. The efficient allocation of individuals to positions. Journal of Political
Economy 87, 1979.
Shapley, Scarf. On cores and indivisibility. Journal of Mathematical Economics 1, 1974.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count, permutations, product
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from ..algorithms.assignment import Matching
from ..algorithms.cycles import cycle_in
from ..lottery import Lottery
from ..population import Population
from ._rows import require_names, rows
from .rankings import Ballots, Ranking

Assignment: TypeAlias = Matching
"""The object of each agent, counted from 0, or None."""

RandomAssignment: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""How likely each agent gets each object: (agents, objects)."""

LISTED = 5
"""Rankings are listed for at most this many objects."""


@dataclass(frozen=True, repr=False)
class Houses:
    """Objects to be assigned, the agents' names, and as types strict rankings.

    Parameters
    ----------
    objects : tuple of str
        At least one.
    agents : tuple of str, optional
        The agents' names, in the order of the reports.
    outside : bool
        Whether agents may refuse objects, by not ranking them; by default all rank all.

    Examples
    --------
    >>> houses = Houses(("attic", "barn", "cave"), agents=("ann", "bob"))
    >>> houses.read([["barn", "attic", "cave"], ["barn", "cave", "attic"]])
    ((1, 0, 2), (1, 2, 0))
    >>> houses.tell(houses.assignment({"ann": "attic", "bob": None}))
    'ann: attic, bob: nothing'
    """

    objects: tuple[str, ...]
    agents: tuple[str, ...] = ()
    outside: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "objects", tuple(self.objects))
        object.__setattr__(self, "agents", tuple(self.agents))
        require_names(self.objects, "objects")
        require_names(self.agents, "agents")
        if not self.objects:
            raise ValueError("objects is empty: there must be at least one")
        if type(cast(object, self.outside)) is not bool:
            raise ValueError(f"outside is {self.outside!r}: it must be True or False")

    def types(self, agent: int, /) -> Ballots | None:
        """All rankings of up to five objects, in lexicographic order, complete ones first."""
        return _listed(len(self.objects), self.outside) if len(self.objects) <= LISTED else None

    def share(self, agent: int, alternative: Assignment, /) -> int | None:
        """What an agent gets: all of an alternative that it minds."""
        return alternative[agent]

    def share_value(self, agent: int, type_: Ranking, share: int | None, /) -> Fraction:
        """Minus how many objects are liked better: an order, read as if it were an amount.

        None comes after what is ranked, and what is not ranked after None.  Comparisons mean
        something for sure assignments only; for random ones see `mechsim.axioms.SDEnvyFree`.
        """
        if share is None:
            return Fraction(-len(type_))
        return Fraction(-(type_.index(share) if share in type_ else len(type_) + 1))

    def value(self, agent: int, type_: Ranking, alternative: Assignment, /) -> Fraction:
        """The same, of what the agent gets."""
        return self.share_value(agent, type_, alternative[agent])

    def worth(self, agent: int, type_: Ranking, alternative: Assignment, /) -> Fraction:
        """How much better than the worst the agent fares, counted in ranks."""
        return self.value(agent, type_, alternative) + len(self.objects) + 1

    def upper_contours(self, type_: Ranking, /) -> Iterator[frozenset[int | None]]:
        """The best object, the two best, and so on; if some are not ranked, then none at all."""
        for k in range(1, len(type_) + 1):
            yield frozenset(type_[:k])
        if len(type_) < len(self.objects):
            yield frozenset((*type_, None))

    def random_assignment(self, lottery: Lottery[Assignment], agents: int, /) -> RandomAssignment:
        """How likely each of ``agents`` agents gets each object.

        Examples
        --------
        >>> from mechsim import uniform
        >>> Houses(("attic", "barn")).random_assignment(uniform([(0, 1), (0, None)]), 2)
        ((Fraction(1, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(1, 2)))
        """

        def held(agent: int, item: int) -> Fraction:
            chance: Fraction = lottery.expect(lambda held: Fraction(held[agent] == item))
            return chance

        objects = range(len(self.objects))
        return tuple(tuple(held(agent, item) for item in objects) for agent in range(agents))

    def alternatives(self, agents: int, /) -> tuple[Assignment, ...]:
        """Every assignment that leaves no object and no agent out together."""
        items = (*range(len(self.objects)), *(None for _ in range(agents - len(self.objects))))
        if self.outside:
            every = product((*range(len(self.objects)), None), repeat=agents)
            return tuple(one for one in every if _no_object_twice(one))
        return tuple(dict.fromkeys(permutations(items, agents)))

    def admits(self, alternative: object, /) -> bool:
        """Whether this is an object or None for each agent, and no object twice."""
        if not isinstance(alternative, tuple):
            return False
        given = cast(tuple[object, ...], alternative)
        objects = range(len(self.objects))
        if self.agents and len(given) != len(self.agents):
            return False
        return all(one is None or (type(one) is int and one in objects) for one in given) and (
            _no_object_twice(given)
        )

    def dominating(
        self, reports: Ballots | Population, assignment: Assignment
    ) -> Assignment | None:
        """An assignment that is better for some and worse for nobody, or None.

        There is one if somebody likes something free better, or if in a circle of agents each
        likes better what the next one has.
        """
        profile = reports.expanded() if isinstance(reports, Population) else reports
        agents, free = range(len(profile)), {None, *range(len(self.objects))} - {*assignment}
        free.add(None)
        likes = [
            {
                share: self.share_value(agent, type_, share)
                > self.share_value(agent, type_, assignment[agent])
                for share in (*range(len(self.objects)), None)
            }
            for agent, type_ in enumerate(profile)
        ]
        for agent in agents:
            for share in sorted(free, key=_last_none):
                if likes[agent][share]:
                    return (*assignment[:agent], share, *assignment[agent + 1 :])
        envied = {i: [j for j in agents if likes[i][assignment[j]]] for i in agents}
        circle = cycle_in(envied)
        if circle is None:
            return None
        better = list(assignment)
        for place, agent in enumerate(circle):
            better[agent] = assignment[circle[(place + 1) % len(circle)]]
        return tuple(better)

    def assignment(self, given: Mapping[str, str | None] | Iterable[str | None]) -> Assignment:
        """The alternative that was typed in by names: an object or None for each agent.

        Raises
        ------
        ValueError
            If an agent or an object is unknown, missing or there twice.
        """
        if isinstance(given, Mapping):
            named = cast("Mapping[str, str | None]", given)
            if set(named) != set(self.agents):
                raise ValueError(
                    f"given is for {', '.join(named)}: it must be for "
                    f"{', '.join(self.agents) or 'agents by position, who have no names'}"
                )
            listed = [named[agent] for agent in self.agents]
        else:
            listed = list(given)
        found = tuple(
            None if one is None else self._object(one, f"given[{agent}]")
            for agent, one in enumerate(listed)
        )
        if not self.admits(found):
            raise ValueError(
                f"given is {', '.join(map(str, listed))}: it must be one for each agent, and no "
                "object twice"
            )
        return found

    def read(self, given: Population | Iterable[Any] | npt.NDArray[Any], /) -> Ballots:
        """Rankings from lists, best first, of objects by name or by number from 0.

        Raises
        ------
        ValueError
            If an object is unknown or ranked twice, or not ranked where agents rank all.
        """
        if isinstance(given, Population):
            return self.read(given.expanded())
        listed = rows(given, "reports", "object")
        if self.agents and len(listed) != len(self.agents):
            raise ValueError(
                f"reports has {len(listed)} of them: there must be one for each of "
                f"{len(self.agents)} agents"
            )
        return tuple(self._ranking(row, f"reports[{agent}]") for agent, row in enumerate(listed))

    def _ranking(self, row: list[Any], name: str) -> Ranking:
        ranking = tuple(self._object(one, f"{name}[{rank}]") for rank, one in enumerate(row))
        for item, called in enumerate(self.objects):
            if ranking.count(item) > 1:
                raise ValueError(f"{name} ranks {called} twice: an object is ranked once")
            if item not in ranking and not self.outside:
                raise ValueError(f"{name} ranks {called} nowhere: every object is ranked once")
        return ranking

    def _object(self, one: object, name: str) -> int:
        if isinstance(one, np.generic):
            one = cast(Any, one).item()
        if isinstance(one, str) and one in self.objects:
            return self.objects.index(one)
        if type(one) is int and 0 <= one < len(self.objects):
            return one
        raise ValueError(f"{name} is {one!r}: it must be one of {', '.join(self.objects)}")

    def tell_share(self, share: int | None) -> str:
        """The name of an object; ``nothing`` for None."""
        return "nothing" if share is None else self.objects[share]

    def tell(self, alternative: Assignment, /) -> str:
        """Who gets what: ``ann: attic, bob: nothing``, or in order where agents have no names."""
        told = [self.tell_share(share) for share in alternative]
        if len(self.agents) == len(told):
            told = [f"{who}: {what}" for who, what in zip(self.agents, told, strict=True)]
        return ", ".join(told) if self.agents else f"({', '.join(told)})"

    def tell_type(self, type_: Ranking, /) -> str:
        """The ranking: ``attic > barn``."""
        return " > ".join(self.objects[one] for one in type_) or "nothing"

    def misreports(self, agent: int, reports: Ballots, /) -> Iterator[Ranking]:
        """Where rankings are too many to list: one object moved or, if allowed, left out."""
        truth = reports[agent]
        moved: dict[Ranking, None] = {}
        for item in range(len(self.objects)):
            rest = tuple(one for one in truth if one != item)
            moved |= {(*rest[:k], item, *rest[k:]): None for k in range(len(rest) + 1)}
            if self.outside:
                moved[rest] = None
        yield from (ranking for ranking in moved if ranking != truth)

    def simpler(self, type_: Ranking, /) -> Iterator[Ranking]:
        """The ranking in the order of the objects."""
        if type_ != tuple(sorted(type_)):
            yield tuple(sorted(type_))

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Ballots]:
        """Random profiles, some of few different rankings."""
        objects = len(self.objects)
        for _ in count():
            different = int(rng.integers(1, agents + 1))
            ends = rng.integers(0, objects + 1, size=different) if self.outside else None
            drawn = [
                rng.permutation(objects).tolist()[: objects if ends is None else int(ends[k])]
                for k in range(different)
            ]
            yield tuple(tuple(drawn[int(k)]) for k in rng.integers(0, different, size=agents))

    def __repr__(self) -> str:
        return f"Houses({', '.join(self.objects)}{' or nothing' if self.outside else ''})"


def _no_object_twice(given: tuple[object, ...]) -> bool:
    held = [one for one in given if one is not None]
    return len(set(held)) == len(held)


def _last_none(share: int | None) -> tuple[bool, int]:
    return (share is None, share or 0)


@lru_cache
def _listed(objects: int, outside: bool) -> Ballots:
    lengths = range(objects, -1, -1) if outside else (objects,)
    return tuple(r for length in lengths for r in permutations(range(objects), length))
