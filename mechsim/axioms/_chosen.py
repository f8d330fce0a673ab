"""A rule that is sought, as axioms see it: one unknown outcome at each profile.

An axiom that can be asked of such a rule has ``clauses(chosen)``, which says what may not be
chosen together, or, if it makes profiles alike, ``symmetries(sought)``.  Outcome axioms need
neither: what they forbid is read off their cases.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from numbers import Rational
from typing import Any, Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show, show_all
from ..setting import Instance, Undecided
from ._base import OutcomeAxiom, positive
from ._sought import Numbers, replaced

SHOWN = 6
"""Alternatives of a set that are named."""

Sets: TypeAlias = npt.NDArray[np.bool_]
"""Sets of alternatives, one a row: (sets, alternatives)."""


@dataclass(frozen=True)
class Literal:
    """That the outcome at ``profile`` is among ``members``, or, if not ``holds``, is not.

    Parameters
    ----------
    profile : tuple of int
        The number of each agent's type.
    members : tuple of int
        Alternatives by number, increasing.
    holds : bool
    """

    profile: tuple[int, ...]
    members: tuple[int, ...]
    holds: bool

    @property
    def denied(self) -> "Literal":
        """The contrary."""
        return Literal(self.profile, self.members, not self.holds)


@dataclass(frozen=True, eq=False)
class Words:
    """What profiles and alternatives are called, by their numbers."""

    setting: Any
    types: tuple[tuple[Any, ...], ...]
    alternatives: tuple[Any, ...]

    @property
    def world(self) -> Instance:
        """The setting, which has the names."""
        return Instance(self.setting, ())

    def profile(self, profile: Sequence[int]) -> str:
        """A profile, on one line."""
        return show_all([self.type_(agent, number) for agent, number in enumerate(profile)])

    def type_(self, agent: int, number: int) -> str:
        """A type of ``agent``; a ranking of candidates with one letter each as ``abc``."""
        told = self.world.tell_type(self.types[agent][number])
        ranked = told.split(" > ")
        return "".join(ranked) if all(len(one) == 1 for one in ranked) else told

    def some(self, members: Sequence[int]) -> str:
        """One alternative, or one of several."""
        common = self._common(members)
        if common is not None:
            return f"some {common}"
        told = [self.world.tell(self.alternatives[k]) for k in members]
        if len(told) <= SHOWN:
            return " or ".join(told)
        return f"one of {len(told)}, {', '.join(told[: SHOWN - 1])}, ..."

    def none(self, members: Sequence[int]) -> str:
        """That it is not this alternative, or that it is none of several."""
        common = self._common(members)
        if common is not None:
            return f"no {common}"
        told = [self.world.tell(self.alternatives[k]) for k in members]
        if len(told) == 1:
            return f"not {told[0]}"
        if len(told) <= SHOWN:
            return f"neither {' nor '.join(told)}"
        return f"none of {len(told)}, {', '.join(told[: SHOWN - 1])}, ..."

    def _common(self, members: Sequence[int]) -> str | None:
        """What several alternatives have in common and no others, if the setting has a word."""
        tell = getattr(self.setting, "tell_common", None)
        if tell is None or len(members) < 2:
            return None
        found: str | None = tell([self.alternatives[k] for k in members], self.alternatives)
        return found

    def denied(self, members: Sequence[int]) -> str:
        """That none of these alternatives is chosen."""
        if len(members) == 1:
            return f"{self.some(members)} is not chosen"
        return f"{self.none(members)} is chosen"

    def literal(self, literal: Literal) -> str:
        """What a literal says."""
        members = literal.members
        what = f"{self.some(members)} is chosen" if literal.holds else self.denied(members)
        return f"{what} at {self.profile(literal.profile)}"


class Chosen(Protocol):
    """A rule that is sought, for ``agents`` agents with finitely many types.

    Profiles are rows of a (k, agents) array of types by number.
    """

    @property
    def setting(self) -> Any:
        """The world."""
        ...

    @property
    def agents(self) -> int:
        """How many there are."""
        ...

    @property
    def types(self) -> tuple[tuple[Any, ...], ...]:
        """Those of each agent."""
        ...

    @property
    def alternatives(self) -> tuple[Any, ...]:
        """What can be chosen."""
        ...

    @property
    def profiles(self) -> Numbers:
        """The profiles that are told apart; others are like one of these."""
        ...

    @property
    def renamed(self) -> bool:
        """Whether profiles are alike that differ in the names of alternatives."""
        ...

    def everywhere(self) -> Numbers:
        """All profiles, also those that are like others: (k, agents)."""
        ...

    def departures(self, agent: int, /) -> tuple[Numbers, Numbers]:
        """Pairs of a profile's number and a lie of ``agent`` there."""
        ...

    def instances(self) -> Iterator[Instance]:
        """The profiles that are told apart, one after the other."""
        ...

    def others(self) -> Iterator[tuple[Numbers, Instance]]:
        """The profiles that are like others, as numbers and as they are."""
        ...

    def never(self, axiom: Any, profiles: Numbers, alternatives: Numbers, /) -> None:
        """At each of these (k, agents) profiles the alternative beside it is not chosen."""
        ...

    def follows(
        self, axiom: Any, first: Numbers, wanted: Sets, second: Numbers, kept: Sets, /
    ) -> None:
        """Where the outcome at a first profile is wanted, the one at the second must be kept.

        Profiles are (k, agents) each; for every one of the k pairs and every one of the s pairs of
        sets, both (s, alternatives): if the first outcome is in ``wanted[s]``, then the second is
        in ``kept[s]``.
        """
        ...

    def somewhere(self, axiom: Any, profiles: Numbers, alternatives: Numbers, /) -> None:
        """At one of these profiles at least the alternative beside it is chosen."""
        ...


def clauses_of_outcomes(chosen: Chosen, axiom: OutcomeAxiom, read: Any) -> None:
    """Nothing is chosen that breaks ``axiom``, which is asked for as ``read``.

    One may ask something else of a profile than of one that is like it, and is asked at all of them
    unless it has ``is_impartial(chosen)`` and that is true.
    """
    forbidden = getattr(axiom, "forbidden", None)
    found: Numbers | None = None if forbidden is None else forbidden(chosen)
    if found is not None:
        if len(found):
            chosen.never(read, chosen.profiles[found[:, 0]], found[:, 1])
        return
    asked: Iterable[tuple[Numbers, Instance]] = zip(
        chosen.profiles, chosen.instances(), strict=True
    )
    is_impartial = getattr(axiom, "is_impartial", None)
    if is_impartial is None or not is_impartial(chosen):
        asked = chain(asked, chosen.others())
    profiles: list[Numbers] = []
    bad: list[int] = []
    for profile, instance in asked:
        cases = list(axiom.cases(instance))
        for number, outcome in enumerate(chosen.alternatives):
            if any(positive(axiom.outcome_violation(outcome, case)) for case in cases):
                profiles.append(profile)
                bad.append(number)
    if bad:
        chosen.never(read, np.array(profiles, dtype=np.int64), np.array(bad, dtype=np.int64))


def no_lie_pays(chosen: Chosen, axiom: Any) -> None:
    """No lie leads to an outcome that the liar likes better.

    Of each type the sets of alternatives that it would rather have than any other are asked for:
    if a lie leads into one of them, then so does the truth.
    """
    for agent in range(chosen.agents):
        place, lie = chosen.departures(agent)
        told = chosen.profiles[place]
        lied = replaced(told, agent, lie)
        if hasattr(chosen.setting, "value_between_at"):
            _no_lie_surely_pays(chosen, axiom, agent, told, lied)
            continue
        for truth, type_ in enumerate(chosen.types[agent]):
            here = told[:, agent] == truth
            if here.any():
                wanted, kept = upper_sets(chosen, agent, type_)
                chosen.follows(axiom, lied[here], wanted, told[here], kept)


def told_lie(words: Words, lied: Literal, honest: Literal) -> str:
    """That something is not chosen where somebody would lie otherwise."""
    pairs = enumerate(zip(honest.profile, lied.profile, strict=True))
    agent = next(k for k, (true, lie) in pairs if true != lie)
    liar, lie = words.world.name(agent), words.type_(agent, lied.profile[agent])
    where, told = words.profile(honest.profile), words.profile(lied.profile)
    gained, kept = words.some(lied.members), words.some(honest.members)
    must = f"{kept} must be" if honest.holds else f"{kept} cannot be"
    return (
        f"as {gained} is chosen at {told}, {must} chosen at {where}: "
        f"{liar} would report {lie} otherwise"
    )


def told_temptation(
    words: Words,
    said: Sequence[Literal],
    here: int,
    other: str,
    known: str,
    alike: bool,
) -> str:
    """Why something is not chosen at a profile from or to which somebody would lie.

    Parameters
    ----------
    words : Words
    said : pair of Literal
        About the profile to which the lie leads, and that of the truth.
    here : int
        0 if something is excluded where the lie leads, 1 if it is where the truth is told.
    other : str
        The other profile.
    known : str
        What is known there: that something is chosen, or is not.
    alike : bool
        Whether agents are known by their types only.
    """
    lied, honest = said
    pairs = enumerate(zip(honest.profile, lied.profile, strict=True))
    agent = next(k for k, (true, lie) in pairs if true != lie)
    truth, lie = (words.type_(agent, one.profile[agent]) for one in (honest, lied))
    liar = f"an agent with {truth}" if alike else words.world.name(agent)
    if here:
        return f"as {liar} would report {lie}, where {known}"
    return f"or {liar} at {other}, where {known}, would report {lie}"


def _no_lie_surely_pays(
    chosen: Chosen, axiom: Any, agent: int, told: Numbers, lied: Numbers
) -> None:
    """The same where what alternatives are worth depends on the profile, and has bounds."""
    setting = chosen.setting

    @cache
    def bounds(profile: tuple[int, ...], type_: Any) -> list[tuple[Any, Any]]:
        points = tuple(listed[k] for listed, k in zip(chosen.types, profile, strict=True))
        return [setting.value_between_at(points, type_, one) for one in chosen.alternatives]

    for k, (honest, led) in enumerate(zip(told.tolist(), lied.tolist(), strict=True)):
        type_ = chosen.types[agent][honest[agent]]
        high = [most for _, most in bounds(tuple(honest), type_)]
        low = [least for least, _ in bounds(tuple(led), type_)]
        require_exact((*low, *high))
        wanted, kept = _by_levels(low, high)
        chosen.follows(axiom, lied[k : k + 1], wanted, told[k : k + 1], kept)


def _by_levels(low: Sequence[Any], high: Sequence[Any]) -> tuple[Sets, Sets]:
    """What is surely worth more than a level, and what may be, for each level that matters."""
    levels = sorted(set(high))
    wanted = np.array([[v > level for v in low] for level in levels], dtype=bool)
    kept = np.array([[v > level for v in high] for level in levels], dtype=bool)
    useful = wanted.any(axis=1)
    return wanted[useful], kept[useful]


def upper_sets(chosen: Chosen, agent: int, type_: Any) -> tuple[Sets, Sets]:
    """Pairs of sets: an agent of this type gains if it comes from outside the second to the first.

    By values these are the upper contours, twice.  Where alternatives are cells of a continuum,
    whose values lie between two bounds, the first has the cells that are surely better, all
    of them, than those that are not in the second.  Where a setting knows tastes by their order
    only, they are the sets that some taste of this order prefers.
    """
    setting, alternatives = chosen.setting, chosen.alternatives
    known = _sets_of(setting, agent, type_, alternatives)
    if known is not None:
        number = {alternative: k for k, alternative in enumerate(alternatives)}
        listed = [[number[one] for one in members] for members in known]
        sets = np.zeros((len(listed), len(alternatives)), dtype=bool)
        for row, members in enumerate(listed):
            sets[row, members] = True
        return sets, sets
    return _by_levels(*bounds_of_values(setting, agent, type_, alternatives))


def _sets_of(
    setting: Any, agent: int, type_: Any, alternatives: Sequence[Any]
) -> Iterator[frozenset[Any]] | None:
    """The sets that a setting lists itself; None if its values tell."""
    preferred = getattr(setting, "preferred", None)
    if preferred is not None:
        found: Iterator[frozenset[Any]] = preferred(agent, type_, alternatives)
        return found
    if getattr(setting, "gain", None) is None:
        return None
    wanted: Iterator[frozenset[Any]] = setting.wanted(type_, alternatives)
    return wanted


def bounds_of_values(
    setting: Any, agent: int, type_: Any, alternatives: Sequence[Any]
) -> tuple[list[Any], list[Any]]:
    """The least and the most that each alternative may be worth; the value, twice, unless cells.

    Raises
    ------
    Undecided
        If one is no fraction: of rounded numbers it is not known which is larger.
    """
    between = getattr(setting, "value_between", None)
    if between is None:
        values = [setting.value(agent, type_, one) for one in alternatives]
        require_exact(values)
        return values, values
    pairs = [between(agent, type_, one) for one in alternatives]
    lows, highs = [low for low, _ in pairs], [high for _, high in pairs]
    require_exact((*lows, *highs))
    return lows, highs


def require_exact(values: Iterable[Any]) -> None:
    """Raise `Undecided` unless these are whole numbers or fractions, or tuples of them."""
    for value in values:
        if not _is_exact(value):
            raise Undecided(
                f"a value is {show(value)} ({type(value).__name__}): only whole numbers and "
                "fractions are compared exactly"
            )


def _is_exact(value: Any) -> bool:
    if not isinstance(value, tuple):
        return isinstance(value, Rational)
    return all(isinstance(part, Rational) for part in cast("tuple[Any, ...]", value))
