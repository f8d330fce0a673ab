"""The argument of a contradiction.

The lemmas of a contradiction are the suppositions; what follows from each is found again from the
clauses, at whole profiles, and only what the contradiction needs is told.
"""

from collections.abc import Iterator, Sequence

from .argument import Argument, Line, Step
from .choices import Choices, Reason
from .deduction import Condition, Conflict, Deduction, Exclusion, Ledger, bits, conditions, records
from .refutation import Clause
from .shortening import readable
from .telling import told

SHORT = 60
"""Clauses of a contradiction that read well, however few."""


def argue(
    chosen: Choices,
    core: tuple[Reason, ...],
    lemmas: tuple[tuple[Clause, tuple[int, ...]], ...],
) -> Argument:
    """The argument of a contradiction; see `mechsim.design.rules.NoRule`.

    Of a large one other clauses are tried as well, with which it may be shorter.

    Raises
    ------
    ArithmeticError
        If a lemma does not follow.
    """
    found = [_argued(chosen, core, [lemma for lemma, _ in lemmas])]
    if len(core) > SHORT:
        better = readable(chosen)
        if better is not None:
            found.append(_argued(chosen, *better))
    return min(found, key=lambda one: len(one.lines))


def _argued(chosen: Choices, clauses: tuple[Reason, ...], lemmas: Sequence[Clause]) -> Argument:
    opening, parts = _Arguing(chosen, clauses, lemmas).argued()
    lines = told(chosen, clauses, opening, parts)
    full = told(chosen, clauses, opening, parts, likewise=False)
    return Argument(clauses, opening, parts, lines, full)


class _Arguing:
    """What of a deduction is told, in which order."""

    def __init__(self, chosen: Choices, core: tuple[Reason, ...], lemmas: Sequence[Clause]) -> None:
        self.first = len(core)
        self.everything = (1 << len(chosen.alternatives)) - 1
        clauses, later = conditions(chosen, core, lemmas)
        ledger = Ledger(len(chosen.profiles), self.everything)
        self.deduction = Deduction(ledger, clauses, later)
        self.known = [0] * len(chosen.profiles)
        self.parts: list[Line | Step] = []

    def argued(self) -> tuple[tuple[Exclusion, ...], tuple[Line | Step, ...]]:
        """All that is needed, in the order in which it is."""
        deduction = self.deduction
        opening = tuple(dict.fromkeys(filter(self._is_plain, self._all())))
        for one in opening:
            self.known[one.profile] |= 1 << one.outcome
        for number in deduction.needed:
            self._tell_step(number)
        self._told(deduction.conflict, deduction.base, self.known)
        self.parts.append(Step(None, (), (), (), deduction.conflict))
        return opening, tuple(self.parts)

    def _tell_step(self, number: int) -> None:
        lemma, supposed, led = self.deduction.steps[number]
        told = self._told(led, supposed, self._supposing(lemma))
        known = self._supposing(lemma)
        contrary = tuple(self._left(known[profile]) for profile, _ in lemma.allowed)
        lines: list[Line] = []
        for profile, excluded in told:
            known[profile] |= sum(1 << one.outcome for one in excluded)
            lines.append(Line(profile, excluded, self._left(known[profile])))
        left: tuple[int, ...] = ()
        if len(lemma.allowed) == 1:
            ((profile, allowed),) = lemma.allowed
            self.known[profile] |= self.everything & ~allowed
            left = self._left(self.known[profile])
        self.parts.append(Step(number, lemma.allowed, contrary, tuple(lines), led, left))

    def _supposing(self, lemma: Condition) -> list[int]:
        """What is excluded at each profile where the lemma is false."""
        known = list(self.known)
        for profile, allowed in lemma.allowed:
            known[profile] |= allowed
        return known

    def _left(self, excluded: int) -> tuple[int, ...]:
        return tuple(bits(self.everything & ~excluded))

    def _all(self) -> Iterator[Exclusion]:
        for conflict, ledger in self.deduction.conflicts():
            yield from records(conflict, ledger)

    def _is_plain(self, one: Exclusion) -> bool:
        """Whether a single clause says it by itself."""
        return bool(one.why) and not one.given and max(one.why) < self.first

    def _told(
        self, conflict: Conflict, ledger: Ledger, inside: list[int]
    ) -> list[tuple[int, tuple[Exclusion, ...]]]:
        """What is to be told for a conflict, by profile; what needs no supposition goes before.

        ``inside`` is what is excluded where the conflict is found, with what is supposed.
        """
        found: list[tuple[int, tuple[Exclusion, ...]]] = []
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
            inside[profile] |= untold
            base = tuple(one for one in wanted if self.deduction.is_base(one))
            if base:
                self.known[profile] |= sum(1 << one.outcome for one in base)
                self.parts.append(Line(profile, base, self._left(self.known[profile])))
            rest = tuple(one for one in wanted if one not in base)
            if rest:
                found.append((profile, rest))
        return found
