"""Why there is no rule, as a proof that can be read: what is chosen where, and why nothing else.

The lemmas of a contradiction are the suppositions; what follows from each is found again from the
clauses, at whole profiles, and only what the contradiction needs is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .deduction import Conflict, Deduction, Exclusion, Ledger, bits, conditions, records

if TYPE_CHECKING:
    from .rules import NoRule


@dataclass(frozen=True)
class Line:
    """What is excluded at a profile, and what is left there.

    Parameters
    ----------
    profile : int
        By its number among those told apart.
    excluded : tuple of Exclusion
    left : tuple of int
        Outcomes that have not been excluded so far.
    """

    profile: int
    excluded: tuple[Exclusion, ...]
    left: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """A supposition that leads to a conflict, or, if nothing is supposed, the conflict itself.

    Parameters
    ----------
    number : int or None
        Of the lemma that follows: one of its allowed outcomes is chosen.
    allowed : tuple of (profile, set)
        What the lemma says; the contrary is supposed.
    lines : tuple of Line
        What follows from the supposition.
    conflict : Conflict
    left : tuple of int
        Where the lemma is about one profile: what is left there after it.
    """

    number: int | None
    allowed: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]
    conflict: Conflict
    left: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Argument:
    """A proof that there is no rule.

    Parameters
    ----------
    found : NoRule
        Whose clauses and lemmas are numbered, in this order.
    opening : tuple of Exclusion
        What single clauses exclude by themselves.
    parts : tuple of Line and Step
        The last one is a step in which nothing is supposed.
    """

    found: "NoRule"
    opening: tuple[Exclusion, ...]
    parts: tuple[Line | Step, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The proof in sentences, line by line."""
        from .telling import told

        return tuple(told(self))

    def __str__(self) -> str:
        return "\n".join(self.lines)


def argue(found: "NoRule") -> Argument:
    """The argument of a contradiction.

    Raises
    ------
    ArithmeticError
        If a lemma does not follow.
    """
    return _Arguing(found).argued()


class _Arguing:
    """What of a deduction is told, in which order."""

    def __init__(self, found: "NoRule") -> None:
        chosen = found.chosen
        self.found = found
        self.everything = (1 << len(chosen.alternatives)) - 1
        lemmas = [lemma for lemma, _ in found.lemmas]
        clauses, later = conditions(chosen, found.core, lemmas)
        ledger = Ledger(len(chosen.profiles), self.everything)
        self.deduction = Deduction(ledger, clauses, later)
        self.known = [0] * len(chosen.profiles)
        self.parts: list[Line | Step] = []

    def argued(self) -> Argument:
        """All that is needed, in the order in which it is."""
        deduction = self.deduction
        opening = tuple(dict.fromkeys(filter(self._is_plain, self._all())))
        for one in opening:
            self.known[one.profile] |= 1 << one.outcome
        for number in deduction.needed:
            lemma, supposed, led = deduction.steps[number]
            inside = list(self.known)
            for profile, allowed in lemma.allowed:
                inside[profile] |= allowed
            lines = self._lines(led, supposed, inside)
            left: tuple[int, ...] = ()
            if len(lemma.allowed) == 1:
                ((profile, allowed),) = lemma.allowed
                self.known[profile] |= self.everything & ~allowed
                left = tuple(bits(self.everything & ~self.known[profile]))
            self.parts.append(Step(number, lemma.allowed, lines, led, left))
        self.parts += self._lines(deduction.conflict, deduction.base, self.known)
        self.parts.append(Step(None, (), (), deduction.conflict))
        return Argument(self.found, opening, tuple(self.parts))

    def _all(self) -> Iterator[Exclusion]:
        for conflict, ledger in self.deduction.conflicts():
            yield from records(conflict, ledger)

    def _is_plain(self, one: Exclusion) -> bool:
        """Whether a single clause says it by itself."""
        return bool(one.why) and not one.given and max(one.why) < len(self.found.core)

    def _lines(self, conflict: Conflict, ledger: Ledger, inside: list[int]) -> tuple[Line, ...]:
        """What is to be told for a conflict; what needs no supposition goes before.

        ``inside`` is what is excluded where the conflict is found, with what is supposed.
        """
        lines: list[Line] = []
        waiting = [(premise, False) for premise in reversed(conflict.given)]
        while waiting:
            premise, ready = waiting.pop()
            profile = premise.profile
            untold = premise.outcomes & ~inside[profile]
            wanted = [ledger.why[profile, outcome] for outcome in bits(untold)]
            if not ready:
                waiting.append((premise, True))
                waiting += [(one, False) for record in wanted for one in reversed(record.given)]
                continue
            base = [one for one in wanted if self.deduction.is_base(one)]
            if base:
                told = sum(1 << one.outcome for one in base)
                self.known[profile] |= told
                inside[profile] |= told
                self._add(self.parts, profile, base, self.known)
            rest = [one for one in wanted if one not in base]
            if rest:
                inside[profile] |= sum(1 << one.outcome for one in rest)
                self._add(lines, profile, rest, inside)
        return tuple(lines)

    def _add(
        self, lines: Any, profile: int, excluded: Sequence[Exclusion], known: Sequence[int]
    ) -> None:
        left = tuple(bits(self.everything & ~known[profile]))
        lines.append(Line(profile, tuple(excluded), left))
