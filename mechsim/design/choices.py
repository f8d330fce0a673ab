"""The unknown rule: which alternative it chooses at each profile that differs, as Booleans.

A rule is a mechanism whose probabilities are 0 or 1, so `Blueprint` says which profiles differ and
which variable is which.  Where alternatives are many there are also variables for sets of them:
that the outcome at a profile is in the set.  Sets that grow, as upper contours do, take clauses in
proportion to the alternatives, and a lie takes a clause for each set and not for each pair.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from time import monotonic
from typing import Any

import numpy as np
import numpy.typing as npt

from .._text import brief
from ..axioms._chosen import Literal, Sets, Words
from ..axioms._sought import Numbers
from ..setting import Instance
from .clauses import Clauses
from .sought import Blueprint

MOST = 20_000_000
"""Clauses that are written at most."""

ROWS = 2**16
"""Profiles of which all variables are looked up at a time."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Reason:
    """A clause: ``literals`` by variable, and what each of them says.

    Parameters
    ----------
    axiom : Axiom or None
        None where it says that one alternative is chosen.
    literals : tuple of int
        A variable is there twice if the clause is about two profiles that are alike.
    said : tuple of Literal
    """

    axiom: Any
    literals: tuple[int, ...]
    said: tuple[Literal, ...]


@dataclass(frozen=True, eq=False)
class Follows:
    """Where the outcome at a first profile is in a set, that at the second is in another."""

    axiom: Any
    first: Numbers
    wanted: Sets
    second: Numbers
    kept: Sets


@dataclass(frozen=True)
class Chain:
    """Sets of alternatives by number, each within the next; ``enters[a]`` is the first with a."""

    sets: tuple[int, ...]
    enters: tuple[int, ...]


class OutOfTime(Exception):  # noqa: N818 - it is an answer, not an error
    """Clauses are still being written, and the time is over."""


class Choices:
    """A rule for ``agents`` agents that is sought, and the clauses that are written about it.

    Parameters
    ----------
    setting : Setting
        With finitely many types.
    agents : int
        How many agents report.
    alternatives : tuple
        What may be chosen.
    symmetric : sequence of Axiom
        Those that make profiles alike.
    end : float, optional
        A time of `time.monotonic` after which writing raises `OutOfTime`.
    """

    def __init__(
        self,
        setting: Any,
        agents: int,
        alternatives: tuple[Any, ...],
        symmetric: Sequence[Any] = (),
        end: float | None = None,
    ) -> None:
        self._end = end
        self.setting, self.agents, self.alternatives = setting, agents, alternatives
        self._plan = Blueprint(setting, agents, alternatives, payments=False)
        self._plan.lay_out([axiom.symmetries(self._plan) for axiom in symmetric])
        self.types, self.profiles = self._plan.types, self._plan.profiles
        self.singles: Numbers = self._plan.lottery(self.profiles) + 1
        """The variables of canonical profiles: (profiles, alternatives)."""
        self.variables = int(self.singles.max(initial=0))
        self.written: list[Clauses] = []
        self._count = 0
        self.unique = False
        """Whether some clause rests on it that no two alternatives are chosen."""
        self._allowed = np.ones(self.singles.shape, dtype=bool)
        self._waiting: list[Follows] = []
        self._numbers: dict[bytes, int] = {}
        self.sets: list[tuple[int, ...]] = []
        self._single = np.array(
            [self._number(row) for row in np.eye(len(alternatives), dtype=bool)]
        )
        self._chains: dict[tuple[int, ...], int] = {}
        self._known: list[Chain] = []

    @property
    def numbers(self) -> tuple[dict[Any, int], ...]:
        """The number of each type of each agent."""
        return self._plan.numbers

    @property
    def anonymous(self) -> bool:
        """Whether profiles are alike that differ in the order of agents."""
        return self._plan.anonymous

    @property
    def renamed(self) -> bool:
        """Whether profiles are alike that differ in the names of alternatives."""
        return bool(self._plan.renamings)

    @property
    def words(self) -> Words:
        """What profiles and alternatives are called."""
        return Words(self.setting, self.types, self.alternatives)

    def everywhere(self) -> Numbers:
        """All profiles, also those that are like others: (k, agents)."""
        sizes = [len(listed) for listed in self.types]
        count = prod(sizes)
        if count * self.agents * len(self.alternatives) > MOST:
            raise ValueError(
                f"an axiom is about all {count:,} profiles of {self.agents} agents together, with "
                f"{len(self.alternatives):,} alternatives: that is more than {MOST:,} numbers"
            )
        return np.indices(sizes).reshape(self.agents, -1).T.astype(np.int64)

    def departures(self, agent: int, /) -> tuple[Numbers, Numbers]:
        """Pairs of a profile's number and a lie; of exchangeable agents the first of a type."""
        lies = len(self.profiles) * sum(len(listed) - 1 for listed in self.types)
        if lies * self.agents > MOST:
            raise ValueError(
                f"{brief(self.setting)} has {len(self.profiles):,} profiles of {self.agents} "
                f"agents and {lies:,} lies: that is more than {MOST:,} reports"
            )
        return self._plan.departures(agent)

    def instances(self) -> Iterator[Instance]:
        """The profiles that are told apart, one after the other."""
        for instance in self._plan.instances():
            self._require_time()
            yield instance

    def others(self) -> Iterator[tuple[Numbers, Instance]]:
        """The profiles that are like others, one after the other, as numbers and as they are."""
        if not (self.anonymous or self.renamed):
            return
        every = self.everywhere()
        own = (self.profiles[self.places(every)] == every).all(axis=1)
        for numbers in every[~own]:
            self._require_time()
            reports = tuple(listed[k] for listed, k in zip(self.types, numbers, strict=True))
            yield numbers, Instance(self.setting, reports)

    def chosen(self, profiles: Numbers, /) -> Numbers:
        """The variables of all alternatives at these profiles: (k, alternatives)."""
        return self._plan.lottery(profiles) + 1

    def never(self, axiom: Any, profiles: Numbers, alternatives: Numbers, /) -> None:
        """At each of these profiles the alternative beside it is not chosen."""
        variables = self._variables(profiles, alternatives)
        self._allowed[np.isin(self.singles, variables)] = False
        self._write(axiom, -variables[:, None], [profiles], self._single[alternatives][:, None])

    def follows(
        self, axiom: Any, first: Numbers, wanted: Sets, second: Numbers, kept: Sets, /
    ) -> None:
        """Where the outcome at a first profile is wanted, the one at the second must be kept."""
        if len(first) and len(wanted):
            self._waiting.append(Follows(axiom, first, wanted, second, kept))

    def somewhere(self, axiom: Any, profiles: Numbers, alternatives: Numbers, /) -> None:
        """At one of these profiles at least the alternative beside it is chosen."""
        if not len(profiles):
            raise ValueError(f"axioms has {brief(axiom)}: no choice of these alternatives meets it")
        self.unique = True
        variables = self._variables(profiles, alternatives)
        first = np.sort(np.unique(variables, return_index=True)[1])
        variables, profiles, alternatives = variables[first], profiles[first], alternatives[first]
        members = self._single[alternatives]
        self.written.append(
            Clauses(axiom, variables[None, :], profiles[None, :, :], members[None, :])
        )

    def _variables(self, profiles: Numbers, alternatives: Numbers) -> Numbers:
        """The variable of the alternative beside each profile."""
        found: Numbers = np.empty(len(profiles), dtype=np.int64)
        for start in range(0, len(profiles), ROWS):
            here = slice(start, start + ROWS)
            columns = self.chosen(profiles[here])
            found[here] = columns[np.arange(len(columns)), alternatives[here]]
        return found

    def finish(self, *, unique: bool = False) -> None:
        """Write what waits, and that alternatives are chosen: only one where that matters."""
        renamed = bool(self._plan.renamings)
        named: list[Follows] = []
        for one in self._waiting:
            pairs = (one.wanted.T.astype(np.int64) @ ~one.kept) > 0
            size = len(one.first) * int(pairs.sum())
            by_sets = len(one.first) * len(one.wanted) + len(one.first) * len(self.alternatives)
            if renamed or size <= by_sets:
                self._by_pairs(one, pairs)
            else:
                named.append(one)
        self._waiting.clear()
        self._require_room(sum(len(one.first) * len(one.wanted) for one in named))
        self._by_sets(named)
        if self.unique or unique or renamed:
            self._only_one()
        rows, size = self.singles.shape
        everything = np.broadcast_to(self._single, (rows, size))
        self.written.append(Clauses(None, self.singles, self._wide(size), everything))

    def _wide(self, width: int) -> Numbers:
        rows, agents = self.profiles.shape
        return np.broadcast_to(self.profiles[:, None, :], (rows, width, agents))

    def _write(
        self, axiom: Any, literals: Numbers, profiles: Sequence[Numbers], members: Numbers
    ) -> None:
        self._require_room(len(literals))
        self._count += len(literals)
        where = np.stack([*profiles], axis=1)
        self.written.append(Clauses(axiom, literals, where, members))

    def _require_time(self) -> None:
        if self._end is not None and monotonic() > self._end:
            raise OutOfTime

    def _require_room(self, clauses: int) -> None:
        """Raise `ValueError` if so many more are too many."""
        self._require_time()
        count = self._count + clauses
        if count > MOST:
            raise ValueError(
                f"{count:,} clauses are to be written, or more: at most {MOST:,} are written"
            )

    def _only_one(self) -> None:
        size = len(self.alternatives)
        self._require_room(len(self.profiles) * size * (size - 1) // 2)
        one, other = np.triu_indices(size, 1)
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            literals = -self.singles[:, [a, b]]
            members = np.broadcast_to(self._single[[a, b]], literals.shape)
            self._write(None, literals, [self.profiles, self.profiles], members)

    def _by_pairs(self, one: Follows, pairs: Mask) -> None:
        self._require_room(len(one.first) * int(pairs.sum()))
        led, was = np.nonzero(pairs)
        k = np.repeat(np.arange(len(one.first)), len(led))
        led, was = np.tile(led, len(one.first)), np.tile(was, len(one.first))
        literals = -np.stack([self.chosen(one.first)[k, led], self.chosen(one.second)[k, was]], 1)
        members = np.stack([self._single[led], self._single[was]], axis=1)
        self._write(one.axiom, literals, [one.first[k], one.second[k]], members)

    def _by_sets(self, named: Sequence[Follows]) -> None:
        ends = [
            (one, self.places(one.first), self._links(one.wanted), self.places(one.second),
             self._links(one.kept))
            for one in named
        ]  # fmt: skip
        if not ends:
            return
        chains = len(self._known)
        used = [
            (rows[:, None] * chains + np.unique(links[:, 0])[None, :]).ravel()
            for _, first, wanted, second, kept in ends
            for rows, links in ((first, wanted), (second, kept))
        ]
        keys = np.unique(np.concatenate(used))
        lengths = np.array([len(chain.sets) for chain in self._known])[keys % chains]
        self._require_room(int(lengths.sum()))
        starts = self.variables + 1 + np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.variables += int(lengths.sum())
        self._define(keys // chains, keys % chains, starts)
        for one, first, wanted, second, kept in ends:
            begins: list[list[int]] = wanted.tolist()
            finishes: list[list[int]] = kept.tolist()
            for (chain, place), (other, there) in zip(begins, finishes, strict=True):
                before = starts[np.searchsorted(keys, first * chains + chain)] + place
                after = starts[np.searchsorted(keys, second * chains + other)] + there
                literals = np.stack([-before, after], axis=1)
                pair = [self._known[chain].sets[place], self._known[other].sets[there]]
                members = np.broadcast_to(np.array(pair), literals.shape)
                self._write(one.axiom, literals, [one.first, one.second], members)

    def _define(self, rows: Numbers, chains: Numbers, starts: Numbers) -> None:
        """What the variables of sets mean, at canonical profiles."""
        for number, chain in enumerate(self._known):
            mine = chains == number
            if not mine.any():
                continue
            row, start, last = rows[mine], starts[mine], len(chain.sets)
            where, sets = self.profiles[row], np.array(chain.sets)
            for k in range(last - 1):
                literals = np.stack([-(start + k), start + k + 1], axis=1)
                members = np.broadcast_to(sets[[k, k + 1]], literals.shape)
                self._write(None, literals, [where, where], members)
            enters = np.array(chain.enters)
            for sign, first in ((1, enters), (-1, enters - 1)):
                some = np.flatnonzero((first >= 0) & (first < last))
                at, which = np.nonzero(self._allowed[row][:, some])
                alternative = some[which]
                place = first[alternative]
                variable = self.singles[row[at], alternative]
                literals = np.stack([-variable, sign * (start[at] + place)], axis=1)
                members = np.stack([self._single[alternative], sets[place]], axis=1)
                self._write(None, literals, [where[at], where[at]], members)

    def places(self, profiles: Numbers, /) -> Numbers:
        """The numbers of the profiles, of those told apart, that these are alike: (k,)."""
        return self._plan.places(profiles)

    def _links(self, sets: Sets) -> Numbers:
        """The chain that each set is in, and its place there: (sets, 2)."""
        order = np.argsort(sets.sum(axis=1), kind="stable")
        grown = sets[order]
        if not (grown[:-1] & ~grown[1:]).any():
            distinct = np.unique(grown, axis=0, return_index=True)[1]
            listed = grown[np.sort(distinct)]
            chain = self._chain(listed)
            place = {row.tobytes(): k for k, row in enumerate(listed)}
            return np.array([[chain, place[row.tobytes()]] for row in sets])
        return np.array([[self._chain(row[None, :]), 0] for row in sets])

    def _chain(self, sets: Sets) -> int:
        numbers = tuple(self._number(row) for row in sets)
        if numbers not in self._chains:
            enters = np.where(sets.any(axis=0), sets.argmax(axis=0), len(sets))
            self._chains[numbers] = len(self._known)
            self._known.append(Chain(numbers, tuple(enters.tolist())))
        return self._chains[numbers]

    def _number(self, members: Mask) -> int:
        key = np.ascontiguousarray(members).tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self.sets)
            self.sets.append(tuple(np.flatnonzero(members).tolist()))
        return self._numbers[key]

    def listed(self) -> list[tuple[int, ...]]:
        """All clauses; the last ones, one a profile, say that something is chosen."""
        found: list[tuple[int, ...]] = []
        for family in self.written:
            rows: list[list[int]] = family.literals.tolist()
            found.extend(tuple(dict.fromkeys(row)) for row in rows)
        return found

    def reason(self, number: int) -> "Reason":
        """The axiom of a clause, by its number among those listed, and what it says."""
        for family in self.written:
            if number < len(family.literals):
                break
            number -= len(family.literals)
        else:
            raise ValueError(f"number is {number}: there are not so many clauses")
        literals: list[int] = family.literals[number].tolist()
        profiles: list[list[int]] = family.profiles[number].tolist()
        members: list[int] = family.members[number].tolist()
        said = [
            (one, Literal(tuple(profile), self.sets[some], one > 0))
            for one, profile, some in zip(literals, profiles, members, strict=True)
        ]
        once = tuple(dict.fromkeys(said))
        return Reason(family.axiom, tuple(one for one, _ in once), tuple(told for _, told in once))
