"""The unknown mechanism: its variables, one for each alternative at each profile that differs.

Profiles are rows of integers, the numbers of the agents' types.  Where symmetries are required,
profiles that they make alike share their variables, and so do alternatives that they exchange
without changing the profile; one profile of each kind, the first, is canonical.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement
from math import comb, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from .._text import brief
from ..axioms._sought import Numbers, Symmetries
from ..program import Draft, Exact, Terms, exact
from ..setting import Instance

MOST = 20_000_000
"""Profiles that are listed at most."""


@dataclass(frozen=True, eq=False)
class Lazy(Sequence[str]):
    """Text about ``numbers``, put together when asked for."""

    numbers: Numbers
    tell: Callable[[int], str]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self.tell(int(number)) for number in self.numbers[index]]
        return self.tell(int(self.numbers[index]))


class Blueprint:
    """A mechanism for ``agents`` agents that is sought, and the rows that are written about it.

    Parameters
    ----------
    setting : Setting
        With finitely many types.
    agents : int
        How many agents report.
    alternatives : tuple
        What may be chosen.
    payments : bool
        Whether agents pay.
    """

    def __init__(
        self, setting: Any, agents: int, alternatives: tuple[Any, ...], payments: bool
    ) -> None:
        self.setting, self.agents, self.alternatives = setting, agents, alternatives
        self.has_payments = payments
        self.types: tuple[tuple[Any, ...], ...] = tuple(
            tuple(setting.types(agent) or ()) for agent in range(agents)
        )
        self.draft = Draft()
        self._first: list[npt.NDArray[np.bool_]] = []
        self._values: dict[int, tuple[Any, int]] = {}
        self.levels: list[tuple[int, Numbers]] = []
        self.draft_columns = 0

    def lay_out(self, symmetries: Sequence[Symmetries]) -> None:
        """Make the variables, shared where profiles are alike, and let probabilities sum to 1."""
        self.anonymous = any(one.agents for one in symmetries)
        self.renamings = [pair for one in symmetries for pair in one.renamings]
        if self.has_payments and (self.anonymous or self.renamings):
            raise ValueError("symmetries are about outcomes without payments")
        base = max(map(len, self.types))
        if base**self.agents >= 2**63:
            raise ValueError(
                f"agents is {self.agents}: profiles of {base} types each are numbered below 2^63"
            )
        if self.anonymous:
            self._require_alike()
        self.profiles = self._canonical()
        self._codes = self._code(self.profiles)
        rows, size = self.profiles.shape[0], len(self.alternatives)
        alike = np.tile(np.arange(size), (rows, 1))
        for types, alternatives in self.renamings:
            same = self._code(self._ordered(types[self.profiles])) == self._codes
            alike[same] = np.minimum(alike[same], alternatives)
        own = alike == np.arange(size)
        pairs: Numbers = np.flatnonzero(own)
        numbers = np.cumsum(own.ravel()) - 1
        every: Numbers = np.arange(rows, dtype=np.int64)
        place: Numbers = every[:, None] * size + alike
        columns = self.draft.variables("P({0})", (Lazy(pairs, self._tell_pair),))
        self._columns = columns[numbers[place]]
        if self.has_payments:
            cells: Numbers = np.arange(rows * self.agents, dtype=np.int64)
            paid = self.draft.variables("paid by {0}", (Lazy(cells, self._tell_cell),), low=None)
            self._paid = paid.reshape(rows, self.agents)
        self.equal(
            "probabilities at {0} sum to 1",
            (self.told(every),),
            1,
            Terms(self._columns, 1, every[:, None]),
        )

    def _require_alike(self) -> None:
        if any(listed != self.types[0] for listed in self.types):
            raise ValueError("agents have different types: they cannot be exchanged")
        if hasattr(self.setting, "share_value"):
            raise ValueError(
                f"setting is {brief(self.setting)}: outcomes are who gets what, and change when "
                "agents are exchanged"
            )
        by_order = getattr(self.setting, "gain", None) is not None  # of a type, whoever has it
        alike = getattr(self.setting, "agents_are_alike", False)
        if by_order or alike or hasattr(self.setting, "is_abstraction"):
            return
        first = self.values(0)
        for agent in range(1, self.agents):
            numerator, denominator = self.values(agent)
            if denominator != first[1] or not np.array_equal(numerator, first[0]):
                raise ValueError(
                    f"agents 0 and {agent} of the same type like alternatives differently: they "
                    "cannot be exchanged, as anonymity asks"
                )

    def _canonical(self) -> Numbers:
        sizes = [len(listed) for listed in self.types]
        count = comb(sizes[0] + self.agents - 1, self.agents) if self.anonymous else prod(sizes)
        if count > MOST:
            raise ValueError(
                f"{brief(self.setting)} has {count:,} profiles of {self.agents} agents: that is "
                f"more than {MOST:,}"
            )
        if count * max(self.agents, len(self.alternatives)) > MOST:
            raise ValueError(
                f"{brief(self.setting)} has {count:,} profiles of {self.agents} agents and "
                f"{len(self.alternatives):,} alternatives: that is too large a table, with more "
                f"than {MOST:,} entries"
            )
        if self.anonymous:
            listed = combinations_with_replacement(range(sizes[0]), self.agents)
            flat = np.fromiter((k for one in listed for k in one), np.int64, count * self.agents)
            profiles = flat.reshape(count, self.agents)
        else:
            profiles = np.indices(sizes).reshape(self.agents, -1).T.astype(np.int64)
        codes = self._code(profiles)
        first = np.ones(count, dtype=bool)
        for types, _ in self.renamings:
            first &= codes <= self._code(self._ordered(types[profiles]))
        return np.ascontiguousarray(profiles[first])

    def _ordered(self, profiles: Numbers) -> Numbers:
        return np.sort(profiles, axis=1) if self.anonymous else profiles

    def _code(self, profiles: Numbers) -> Numbers:
        """One number for each profile, in lexicographic order."""
        base = max(map(len, self.types))
        powers = np.array([base**k for k in reversed(range(self.agents))], dtype=np.int64)
        codes: Numbers = profiles @ powers
        return codes

    def lottery(self, profiles: Numbers, /) -> Numbers:
        """The variables that are the probabilities there: (k, alternatives)."""
        best = self._code(self._ordered(profiles))
        which = np.zeros(len(profiles), dtype=np.int64)
        for number, (types, _) in enumerate(self.renamings, 1):
            code = self._code(self._ordered(types[profiles]))
            less = code < best
            best[less], which[less] = code[less], number
        columns: Numbers = self._columns[np.searchsorted(self._codes, best)]
        if not self.renamings:
            return columns
        becomes = np.stack([np.arange(len(self.alternatives)), *(a for _, a in self.renamings)])
        renamed: Numbers = np.take_along_axis(columns, becomes[which], axis=1)
        return renamed

    def places(self, profiles: Numbers, /) -> Numbers:
        """The numbers of the canonical profiles that these are alike: (k,)."""
        best = self._code(self._ordered(profiles))
        for types, _ in self.renamings:
            best = np.minimum(best, self._code(self._ordered(types[profiles])))
        return np.searchsorted(self._codes, best)

    def payments(self, profiles: Numbers, /) -> Numbers:
        """The variables that are the payments there: (k, agents)."""
        paid: Numbers = self._paid[np.searchsorted(self._codes, self._code(profiles))]
        return paid

    def values(self, agent: int, /) -> tuple[Any, int]:
        """Integers (types, alternatives) over a denominator: what is worth what to ``agent``."""
        if agent not in self._values:
            table = [
                [self.setting.value(agent, type_, one) for one in self.alternatives]
                for type_ in self.types[agent]
            ]
            self._values[agent] = exact(table, f"value({agent}, type, alternative)")
        return self._values[agent]

    def departures(self, agent: int, /) -> tuple[Numbers, Numbers]:
        """Pairs of a profile's number and a lie; of exchangeable agents the first of a type."""
        count = len(self.types[agent])
        rows, lies = np.divmod(np.arange(len(self.profiles) * count), count)
        truth = self.profiles[rows, agent]
        kept = lies != truth
        if self.anonymous and agent:
            kept &= self.profiles[rows, agent - 1] != truth
        return rows[kept], lies[kept]

    def told(self, rows: Numbers, /) -> Sequence[str]:
        """Profiles, by their numbers, in words."""
        return Lazy(rows, lambda row: self.instance(row).tell_reports())

    def told_types(self, agent: int, types: Numbers, /) -> Sequence[str]:
        """Types of ``agent`` in words."""
        world = Instance(self.setting, ())
        return Lazy(types, lambda type_: world.tell_type(self.types[agent][type_]))

    def instance(self, row: int) -> Instance:
        """One of the canonical profiles."""
        numbers = self.profiles[row].tolist()
        reports = tuple(listed[k] for listed, k in zip(self.types, numbers, strict=True))
        return Instance(self.setting, reports)

    def instances(self) -> Iterator[Instance]:
        """The canonical profiles, one after the other."""
        return map(self.instance, range(len(self.profiles)))

    def at_most(
        self,
        name: str,
        index: tuple[Sequence[Any], ...],
        bound: Exact,
        /,
        *terms: Terms,
        first: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Rows whose terms sum to ``bound`` or less; ``first`` marks those that bind most often."""
        self.draft.at_most(name, index, bound, *terms)
        self._first.append(np.ones(len(index[0]) if index else 1, bool) if first is None else first)

    def equal(
        self, name: str, index: tuple[Sequence[Any], ...], bound: Exact, /, *terms: Terms
    ) -> None:
        """Rows whose terms sum to ``bound`` exactly."""
        self.draft.equal(name, index, bound, *terms)
        self._first.append(np.ones(len(index[0]) if index else 1, bool))

    @property
    def first(self) -> npt.NDArray[np.bool_]:
        """The rows, of all, that a solver starts with."""
        return np.concatenate(self._first)

    @cached_property
    def numbers(self) -> tuple[dict[Any, int], ...]:
        """The number of each type of each agent."""
        return tuple({type_: k for k, type_ in enumerate(listed)} for listed in self.types)

    def shares(self, chance: Callable[[tuple[Any, ...]], Any] | None = None) -> list[Fraction]:
        """How likely each canonical profile is with all that are like it.

        Every profile has its ``chance``, or all have the same.
        """
        total = prod(map(len, self.types))
        if chance is None and not (self.anonymous or self.renamings):
            return [Fraction(1, total)] * len(self.profiles)
        if total > MOST:
            raise ValueError(f"there are {total:,} profiles: more than {MOST:,} are not averaged")
        sizes = [len(listed) for listed in self.types]
        every = np.indices(sizes).reshape(self.agents, -1).T.astype(np.int64)
        best = self._code(self._ordered(every))
        for types, _ in self.renamings:
            best = np.minimum(best, self._code(self._ordered(types[every])))
        place = np.searchsorted(self._codes, best)
        if chance is None:
            counts = np.bincount(place, minlength=len(self.profiles)).tolist()
            return [Fraction(count, total) for count in counts]
        found = [Fraction(0)] * len(self.profiles)
        for row, numbers in zip(place.tolist(), every.tolist(), strict=True):
            profile = tuple(listed[k] for listed, k in zip(self.types, numbers, strict=True))
            found[row] += chance(profile)
        return found

    def _tell_pair(self, pair: int) -> str:
        row, alternative = divmod(pair, len(self.alternatives))
        here = self.instance(row)
        return f"{here.tell(self.alternatives[alternative])} at {here.tell_reports()}"

    def _tell_cell(self, cell: int) -> str:
        row, agent = divmod(cell, self.agents)
        here = self.instance(row)
        return f"{here.name(agent)} at {here.tell_reports()}"
