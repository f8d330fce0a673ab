"""What is left to be chosen at each profile, and why: a contradiction as people follow it.

A clause says that at one of some profiles the outcome is among those allowed there.  Of what two
profiles have to do with each other all clauses are read together: an outcome is excluded at one if
none that is left at the other goes with it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .choices import Choices, Reason

Mask = int
"""A set of outcomes, by their bits."""


@dataclass(frozen=True)
class Premise:
    """That none of ``outcomes`` is chosen at ``profile``."""

    profile: int
    outcomes: Mask


@dataclass(frozen=True)
class Condition:
    """At one of some profiles the outcome is among those allowed there.

    Parameters
    ----------
    number : int
        Of the clause that says so.
    allowed : tuple of (profile, set)
        Profiles by number, each once.
    kind : object
        Conditions on two profiles of one kind are read together first.
    """

    number: int
    allowed: tuple[tuple[int, Mask], ...]
    kind: object = None


@dataclass(frozen=True)
class Exclusion:
    """That ``outcome`` is not chosen at ``profile``.

    Parameters
    ----------
    profile : int
    outcome : int
    why : tuple of int
        The numbers of the clauses that say so; none where it is supposed.
    given : tuple of Premise
        What is known before.
    """

    profile: int
    outcome: int
    why: tuple[int, ...]
    given: tuple[Premise, ...]


@dataclass(frozen=True)
class Conflict:
    """That nothing is left: at a profile, or of the clause that says ``why``."""

    why: tuple[int, ...]
    given: tuple[Premise, ...]


class Conditions:
    """Conditions, by the profiles that they are about."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self.single: list[Condition] = []
        self.pairs: dict[int, dict[int, list[Condition]]] = {}
        self.wide: dict[int, list[Condition]] = {}
        for condition in conditions:
            self.add(condition)

    def add(self, condition: Condition) -> None:
        """One more condition."""
        profiles = [profile for profile, _ in condition.allowed]
        if len(profiles) == 1:
            self.single.append(condition)
        elif len(profiles) == 2:
            one, other = profiles
            self.pairs.setdefault(one, {}).setdefault(other, []).append(condition)
            self.pairs.setdefault(other, {}).setdefault(one, []).append(condition)
        else:
            for profile in profiles:
                self.wide.setdefault(profile, []).append(condition)


class Ledger:
    """What is left at each of ``count`` profiles, and why the rest is not.

    Parameters
    ----------
    count : int
    everything : set
        The outcomes.
    """

    def __init__(self, count: int, everything: Mask) -> None:
        self.everything = everything
        self.left = [everything] * count
        self.why: dict[tuple[int, int], Exclusion] = {}
        self._changed: deque[int] = deque()

    def touch(self, profiles: Iterable[int]) -> None:
        """Look at these profiles once more: there are new conditions about them."""
        self._changed.extend(profiles)

    def copy(self) -> "Ledger":
        """Another one that knows the same."""
        made = Ledger(len(self.left), self.everything)
        made.left, made.why = list(self.left), dict(self.why)
        return made

    def exclude(
        self, profile: int, outcomes: Mask, why: tuple[int, ...], given: tuple[Premise, ...]
    ) -> None:
        """Write down that none of ``outcomes`` is chosen there, unless that is known."""
        new = self.left[profile] & outcomes
        if new:
            for outcome in bits(new):
                self.why[profile, outcome] = Exclusion(profile, outcome, why, given)
            self.left[profile] &= ~new
            self._changed.append(profile)

    def follow(self, conditions: Conditions) -> Conflict | None:
        """All that follows, nearest first; a conflict as soon as there is one."""
        for one in conditions.single:
            ((profile, allowed),) = one.allowed
            self.exclude(profile, self.everything & ~allowed, (one.number,), ())
        later: dict[int, None] = {}
        while self._changed or later:
            if not self._changed:
                conflict = self._followed_wide(conditions, later)
                later.clear()
                if conflict is not None:
                    return conflict
                continue
            profile = self._changed.popleft()
            later[profile] = None
            if not self.left[profile]:
                return Conflict((), (Premise(profile, self.everything),))
            for other, listed in conditions.pairs.get(profile, {}).items():
                self._follow_pair(profile, other, listed)
        return None

    def _follow_pair(self, known: int, other: int, listed: Sequence[Condition]) -> None:
        for outcome in bits(self.left[other]):
            biting: list[tuple[Condition, Mask]] = []
            for one in listed:
                (first, here), (_, there) = one.allowed
                if first != other:
                    here, there = there, here
                if not here >> outcome & 1:
                    biting.append((one, there))
            kinds = list(dict.fromkeys(one.kind for one, _ in biting))
            tried = [[pair for pair in biting if pair[0].kind == kind] for kind in kinds]
            for some in (*tried, biting):
                if self._excluded(known, other, outcome, some):
                    break

    def _excluded(
        self, known: int, other: int, outcome: int, biting: Sequence[tuple[Condition, Mask]]
    ) -> bool:
        allowed = self.everything
        for _, there in biting:
            allowed &= there
        if self.left[known] & allowed:
            return False
        open_, why = self.everything & ~allowed, list[int]()
        for one, there in biting:
            if open_ & ~there:
                why.append(one.number)
                open_ &= there
        given = (Premise(known, allowed),) if allowed else ()
        self.exclude(other, 1 << outcome, tuple(why), given)
        return True

    def _followed_wide(self, conditions: Conditions, profiles: Iterable[int]) -> Conflict | None:
        seen: dict[int, Condition] = {}
        for profile in profiles:
            seen |= {one.number: one for one in conditions.wide.get(profile, ())}
        for one in seen.values():
            possible = [k for k, allowed in one.allowed if self.left[k] & allowed]
            if not possible:
                return Conflict((one.number,), tuple(Premise(k, a) for k, a in one.allowed))
            if len(possible) == 1:
                given = tuple(Premise(k, a) for k, a in one.allowed if k != possible[0])
                allowed = dict(one.allowed)[possible[0]]
                self.exclude(possible[0], self.everything & ~allowed, (one.number,), given)
        return None


class Deduction:
    """What follows from conditions, one lemma after the other.

    Parameters
    ----------
    ledger : Ledger
        In which nothing is excluded.
    conditions : sequence of Condition
    lemmas : sequence of Condition
        With greater numbers; the contrary of each is supposed.

    Raises
    ------
    ArithmeticError
        If a lemma does not follow, or there is no contradiction in the end.
    """

    def __init__(
        self, ledger: Ledger, conditions: Sequence[Condition], lemmas: Sequence[Condition]
    ) -> None:
        self.base = ledger
        self.steps: dict[int, tuple[Condition, Ledger, Conflict]] = {}
        self._first = min((one.number for one in lemmas), default=len(conditions))
        self._known = Conditions(conditions)
        self.conflict = self._deduced(lemmas)
        self.needed = self._needed()
        """The numbers of lemmas on which the contradiction rests, increasing."""

    def _deduced(self, lemmas: Sequence[Condition]) -> Conflict:
        self.base.touch([*self._known.pairs, *self._known.wide])
        conflict = self.base.follow(self._known)
        for lemma in lemmas:
            if conflict is not None:
                break
            if self._is_plain(lemma):
                continue
            supposed = self.base.copy()
            for profile, allowed in lemma.allowed:
                supposed.exclude(profile, allowed, (), ())
            led = supposed.follow(self._known)
            if led is None:
                raise ArithmeticError(f"lemma {lemma.number - self._first} does not follow")
            self.steps[lemma.number] = lemma, supposed, led
            self._known.add(lemma)
            self.base.touch(profile for profile, _ in lemma.allowed)
            conflict = self.base.follow(self._known)
        if conflict is None:
            raise ArithmeticError("the clauses do not contradict each other")
        return conflict

    def _is_plain(self, lemma: Condition) -> bool:
        """Whether what is read off one or two profiles says as much."""
        left = self.base.left
        if any(not left[profile] & ~allowed for profile, allowed in lemma.allowed):
            return True
        if len(lemma.allowed) != 2:
            return False
        (one, here), (other, there) = lemma.allowed
        listed = self._known.pairs.get(one, {}).get(other, ())
        for outcome in bits(left[one] & ~here):
            still = left[other] & ~there
            for old in listed:
                goes = dict(old.allowed)
                if not goes[one] >> outcome & 1:
                    still &= goes[other]
            if still:
                return False
        return True

    def is_base(self, record: Exclusion) -> bool:
        """Whether nothing has to be supposed for it."""
        return self.base.why.get((record.profile, record.outcome)) is record

    def conflicts(self) -> list[tuple[Conflict, Ledger]]:
        """The conflicts that are needed, in order."""
        listed = [(self.steps[n][2], self.steps[n][1]) for n in self.needed]
        return [*listed, (self.conflict, self.base)]

    def _needed(self) -> tuple[int, ...]:
        found = self._lemmas(self.conflict, self.base)
        for number in sorted(self.steps, reverse=True):
            if number in found:
                _, supposed, led = self.steps[number]
                found |= self._lemmas(led, supposed)
        return tuple(sorted(found))

    def _lemmas(self, conflict: Conflict, ledger: Ledger) -> set[int]:
        found = set(conflict.why)
        for record in records(conflict, ledger):
            found.update(record.why)
        return {number for number in found if number in self.steps}


def records(conflict: Conflict, ledger: Ledger) -> list[Exclusion]:
    """All that a conflict rests on, what comes first first."""
    seen: set[tuple[int, int]] = set()
    waiting = [*conflict.given]
    while waiting:
        premise = waiting.pop()
        for outcome in bits(premise.outcomes):
            key = premise.profile, outcome
            if key not in seen:
                seen.add(key)
                waiting += ledger.why[key].given
    return [record for key, record in ledger.why.items() if key in seen]


def conditions(
    chosen: "Choices", reasons: Sequence["Reason"], lemmas: Sequence[tuple[int, ...]] = ()
) -> tuple[list[Condition], list[Condition]]:
    """Clauses and lemmas by profile, numbered in this order; without what always holds."""
    everything = (1 << len(chosen.alternatives)) - 1
    meaning = _meaning(chosen, reasons)

    def read(number: int, literals: Iterable[int], kind: object) -> Condition | None:
        allowed: dict[int, int] = {}
        for literal in literals:
            profile, members = meaning[abs(literal)]
            mask = members if literal > 0 else everything & ~members
            allowed[profile] = allowed.get(profile, 0) | mask
        if everything in allowed.values():
            return None
        return Condition(number, tuple(allowed.items()), kind)

    clauses = [
        read(k, one.literals, (one.axiom, tuple(said.profile for said in one.said)))
        for k, one in enumerate(reasons)
    ]
    later = [read(k, lemma, None) for k, lemma in enumerate(lemmas, len(reasons)) if lemma]
    return [one for one in clauses if one is not None], [one for one in later if one is not None]


def _meaning(chosen: "Choices", reasons: Sequence["Reason"]) -> dict[int, tuple[int, int]]:
    """Of each variable the profile that it is about, and the outcomes of which it says one is."""
    meaning: dict[int, tuple[int, int]] = {}
    for profile, row in enumerate(chosen.singles.tolist()):
        for outcome, variable in enumerate(row):
            old = meaning.get(variable, (profile, 0))[1]
            meaning[variable] = profile, old | 1 << outcome
    for reason in reasons:
        for literal, said in zip(reason.literals, reason.said, strict=True):
            if abs(literal) not in meaning:
                where = np.array([said.profile], dtype=np.int64)
                members = sum(1 << one for one in said.members)
                meaning[abs(literal)] = int(chosen.places(where)[0]), members
    return meaning


def bits(mask: Mask) -> Iterator[int]:
    """The members of a set, increasing."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
