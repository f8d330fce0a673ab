r"""Voters who rank candidates, strictly and all of them.

A type is a ranking :math:`\theta`, best first.  Rankings say what is liked better and not how much,
so what a lottery is worth is not determined; one lottery is surely no worse than another if it
dominates it stochastically, that is on every upper contour

.. math:: U_k(\theta) = \{\theta_1, \dots, \theta_k\}, \qquad k = 1, \dots, m - 1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count, permutations
from typing import Any, TypeAlias, cast, overload

import numpy as np
import numpy.typing as npt

from ..population import Population
from ..setting import Undecided
from ._rows import require_names, rows

Ranking: TypeAlias = tuple[int, ...]
"""The candidates, counted from 0, best first."""

Ballots: TypeAlias = tuple[Ranking, ...]

Winners: TypeAlias = int | frozenset[int]
"""The winner, or all of them where a rule does not decide."""

LISTED = 5
"""Rankings are listed for at most this many candidates."""


@dataclass(frozen=True, repr=False)
class Rankings:
    """Candidates, the voters' names, and as types all strict rankings.

    An alternative is a candidate, or a set of candidates where a rule leaves ties open.

    Parameters
    ----------
    candidates : tuple of str
        At least one.
    agents : tuple of str, optional
        The voters' names, in the order of the reports.

    Examples
    --------
    >>> vote = Rankings(("ann", "bob", "cat"))
    >>> vote.read([["bob", "cat", "ann"]])
    ((1, 2, 0),)
    >>> vote.tell_type((1, 2, 0))
    'bob > cat > ann'
    """

    candidates: tuple[str, ...]
    agents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(self.candidates))
        object.__setattr__(self, "agents", tuple(self.agents))
        require_names(self.candidates, "candidates")
        require_names(self.agents, "agents")
        if not self.candidates:
            raise ValueError("candidates is empty: there must be at least one")

    def types(self, agent: int, /) -> Ballots | None:
        """All rankings, in lexicographic order, of up to five candidates."""
        return _listed(len(self.candidates)) if len(self.candidates) <= LISTED else None

    def value(self, agent: int, type_: Ranking, alternative: Winners, /) -> Fraction:
        """Minus how many candidates are liked better: an order, read as if it were an amount.

        Comparisons of it mean something for sure outcomes only; for lotteries see
        `mechsim.axioms.SDStrategyproof`.
        """
        if not isinstance(alternative, int):
            raise Undecided(f"the outcome is {self.tell(alternative)}: only one winner has a rank")
        return Fraction(-type_.index(alternative))

    def alternatives(self, agents: int, /) -> tuple[int, ...]:
        """The candidates."""
        return tuple(range(len(self.candidates)))

    def top(self, agent: int, type_: Ranking, /) -> int:
        """The candidate that is ranked first."""
        return type_[0]

    def worth(self, agent: int, type_: Ranking, alternative: Winners, /) -> Fraction:
        """How many candidates are liked less: what the winner scores by Borda."""
        return self.value(agent, type_, alternative) + len(self.candidates) - 1

    def dominating(self, reports: Ballots | Population, winner: Winners) -> int | None:
        """A candidate that all rank above the winner, or None if there is none."""
        ballots = reports.expanded() if isinstance(reports, Population) else reports
        for one in range(len(self.candidates)):
            if all(self.value(0, b, one) > self.value(0, b, winner) for b in ballots):
                return one
        return None

    def upper_contours(self, type_: Ranking, /) -> Iterator[frozenset[int]]:
        """The one best candidate, the two best, and so on up to all but the last."""
        for k in range(1, len(type_)):
            yield frozenset(type_[:k])

    def admits(self, alternative: object, /) -> bool:
        """Whether this is a candidate, or a set with at least one of them and no others."""
        everybody = range(len(self.candidates))
        if isinstance(alternative, frozenset):
            some = cast(frozenset[object], alternative)
            return bool(some) and all(type(one) is int and one in everybody for one in some)
        return type(alternative) is int and alternative in everybody

    @overload
    def read(self, given: Population, /) -> Population: ...
    @overload
    def read(self, given: Iterable[Any] | npt.NDArray[Any], /) -> Ballots: ...
    def read(self, given: object, /) -> Ballots | Population:
        """Rankings from lists, best first, of candidates by name or by number from 0.

        A matrix or a data frame has a row a voter and the ranks as its columns; a population has
        rankings as its values.

        Raises
        ------
        ValueError
            If a candidate is unknown, or is not ranked exactly once.
        """
        if isinstance(given, Population):
            return Population(self._read(given.values, "values"), given.counts)
        ballots = self._read(given, "reports")
        if self.agents and len(ballots) != len(self.agents):
            raise ValueError(
                f"reports has {len(ballots)} of them: there must be one for each of "
                f"{len(self.agents)} agents"
            )
        return ballots

    def _read(self, given: object, name: str) -> Ballots:
        listed = enumerate(rows(given, name, "candidate"))
        return tuple(self._ranking(row, f"{name}[{agent}]") for agent, row in listed)

    def _ranking(self, row: list[Any], name: str) -> Ranking:
        ranking = tuple(self._candidate(one, f"{name}[{rank}]") for rank, one in enumerate(row))
        for candidate, called in enumerate(self.candidates):
            if ranking.count(candidate) != 1:
                how = "twice" if candidate in ranking else "nowhere"
                raise ValueError(f"{name} ranks {called} {how}: every candidate is ranked once")
        return ranking

    def _candidate(self, one: object, name: str) -> int:
        if isinstance(one, np.generic):
            one = cast(Any, one).item()
        if isinstance(one, str) and one in self.candidates:
            return self.candidates.index(one)
        if type(one) is int and 0 <= one < len(self.candidates):
            return one
        raise ValueError(f"{name} is {one!r}: it must be one of {', '.join(self.candidates)}")

    def tell(self, alternative: Winners, /) -> str:
        """The winner's name; ``{ann, bob}`` for a set."""
        if isinstance(alternative, int):
            return self.candidates[alternative]
        return "{" + ", ".join(self.candidates[one] for one in sorted(alternative)) + "}"

    def tell_type(self, type_: Ranking, /) -> str:
        """The ranking: ``ann > bob``."""
        return " > ".join(self.candidates[one] for one in type_)

    def renamings(self) -> Iterator["Permuted"]:
        """Every other order of the candidates' names."""
        same = tuple(range(len(self.candidates)))
        yield from (Permuted(names) for names in permutations(same) if names != same)

    def misreports(self, agent: int, reports: Ballots, /) -> Iterator[Ranking]:
        """Where rankings are too many to list: one candidate moved to any other rank."""
        truth = reports[agent]
        moved: dict[Ranking, None] = {}
        for candidate in truth:
            rest = tuple(one for one in truth if one != candidate)
            moved |= {(*rest[:k], candidate, *rest[k:]): None for k in range(len(truth))}
        yield from (ranking for ranking in moved if ranking != truth)

    def simpler(self, type_: Ranking, /) -> Iterator[Ranking]:
        """The ranking in the order of the candidates."""
        if type_ != tuple(sorted(type_)):
            yield tuple(sorted(type_))

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[Ballots]:
        """Random profiles, some of few different rankings."""
        for _ in count():
            different = int(rng.integers(1, agents + 1))
            drawn = [rng.permutation(len(self.candidates)).tolist() for _ in range(different)]
            yield tuple(tuple(drawn[int(k)]) for k in rng.integers(0, different, size=agents))

    def __repr__(self) -> str:
        return f"Rankings({', '.join(self.candidates)})"


@dataclass(frozen=True)
class Permuted:
    """Candidate ``k`` is called ``names[k]`` now."""

    names: Ranking

    def type_(self, type_: Ranking, /) -> Ranking:
        """The ranking, under the new names."""
        return tuple(self.names[one] for one in type_)

    def alternative(self, alternative: Winners, /) -> Winners:
        """The winner or the winners, under the new names."""
        if isinstance(alternative, int):
            return self.names[alternative]
        return frozenset(self.names[one] for one in alternative)


@lru_cache
def _listed(candidates: int) -> Ballots:
    return tuple(permutations(range(candidates)))
