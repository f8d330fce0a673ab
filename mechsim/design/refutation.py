"""A contradiction among clauses, as a chain of lemmas that anyone can follow.

Each lemma follows by unit propagation: suppose it is false; then the clauses that it names, one
after the other, each leave one literal, and the last one leaves none.  A solver's lemmas are
trimmed to those that the contradiction needs, and so are the clauses.

References
----------
Goldberg, Novikov. Verification of proofs of unsatisfiability for CNF formulas. DATE 2003.
"""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import TIMEOUT_MAX, Timer
from time import monotonic
from typing import Any

Clause = tuple[int, ...]

LARGE = 200_000
"""Clauses and lemmas from which on they are sorted out by compiled code."""


@dataclass(frozen=True)
class Refutation:
    """Clauses that contradict each other, and the lemmas that show it.

    Parameters
    ----------
    used : tuple of int
        The numbers of the clauses that are needed, of those given.
    lemmas : tuple of (clause, hints)
        The last one is empty.  Hints are numbers: first of ``used``, by their place there, then of
        earlier lemmas.
    """

    used: tuple[int, ...]
    lemmas: tuple[tuple[Clause, tuple[int, ...]], ...]


class Propagation:
    """Unit propagation over clauses of which some are switched on, with two watches a clause."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.clauses: list[list[int]] = []
        self.watched: dict[int, list[int]] = {}
        self.units: list[int] = []
        self.active: list[bool] = []
        for clause in clauses:
            self.add(clause)

    def add(self, clause: Clause) -> None:
        """One more clause, switched on."""
        number = len(self.clauses)
        self.clauses.append(list(clause))
        self.active.append(True)
        if len(clause) == 1:
            self.units.append(number)
        for literal in clause[:2]:
            self.watched.setdefault(literal, []).append(number)

    def refute(self, lemma: Clause) -> tuple[int, ...] | None:
        """Clauses by which the lemma cannot be false, in the order of propagation; or None."""
        return self._propagated(lemma)[0]

    def known(self) -> set[int]:
        """Literals that are true by unit propagation alone."""
        return set(self._propagated(())[1])

    def _propagated(self, lemma: Clause) -> tuple[tuple[int, ...] | None, dict[int, int]]:
        """The clauses that contradict each other, if any, and the literals that became true."""
        reason: dict[int, int] = {}
        trail: list[int] = []
        for literal in lemma:
            if -literal not in reason:
                reason[-literal] = -1
                trail.append(-literal)
        for number in self.units:
            if self.active[number]:
                (literal,) = self.clauses[number]
                if -literal in reason:
                    return self._needed(reason, trail, number), reason
                if literal not in reason:
                    reason[literal] = number
                    trail.append(literal)
        place = 0
        while place < len(trail):
            conflict = self._visit(-trail[place], reason, trail)
            if conflict is not None:
                return self._needed(reason, trail, conflict), reason
            place += 1
        return None, reason

    def _visit(self, false: int, reason: dict[int, int], trail: list[int]) -> int | None:
        """Clauses that watch a literal which is false now; one that has none left, if any."""
        watching = self.watched.get(false)
        if not watching:
            return None
        kept: list[int] = []
        conflict: int | None = None
        for place, number in enumerate(watching):
            if conflict is not None:
                kept.extend(watching[place:])
                break
            clause = self.clauses[number]
            if not self.active[number] or len(clause) == 1:
                kept.append(number)
                continue
            if clause[0] == false:
                clause[0], clause[1] = clause[1], clause[0]
            if clause[0] in reason:
                kept.append(number)
                continue
            for k in range(2, len(clause)):
                if -clause[k] not in reason:
                    clause[1], clause[k] = clause[k], clause[1]
                    self.watched.setdefault(clause[1], []).append(number)
                    break
            else:
                kept.append(number)
                if -clause[0] in reason:
                    conflict = number
                else:
                    reason[clause[0]] = number
                    trail.append(clause[0])
        self.watched[false] = kept
        return conflict

    def _needed(
        self, reason: dict[int, int], trail: Sequence[int], conflict: int
    ) -> tuple[int, ...]:
        wanted = {-literal for literal in self.clauses[conflict]}
        hints = [conflict]
        for literal in reversed(trail):
            if literal in wanted and reason[literal] >= 0:
                hints.append(reason[literal])
                wanted.update(-other for other in self.clauses[reason[literal]] if other != literal)
        return tuple(reversed(hints))


def refutation(clauses: Sequence[Clause], lemmas: Sequence[Clause]) -> Refutation:
    """What of ``clauses`` and of a solver's ``lemmas`` is needed, each lemma with its hints.

    Backwards from the contradiction: a lemma that nothing later uses is left out.

    Raises
    ------
    ArithmeticError
        If a lemma does not follow by unit propagation.
    """
    every = [*clauses, *lemmas, *(() if lemmas and not lemmas[-1] else ((),))]
    by_number = _compiled if len(every) > LARGE else _needed
    found = by_number(every, len(clauses))
    used = sorted({n for hints in found.values() for n in hints if n < len(clauses)})
    kept = sorted(found)
    renumbered = {number: place for place, number in enumerate([*used, *kept])}
    return Refutation(
        tuple(used),
        tuple(
            (tuple(every[number]), tuple(renumbered[hint] for hint in found[number]))
            for number in kept
        ),
    )


def _needed(every: Sequence[Clause], first: int) -> dict[int, tuple[int, ...]]:
    """The hints of each lemma that is needed, by number; lemmas are those from ``first`` on."""
    engine = Propagation(every)
    total = len(every)
    marked = {total - 1}
    found: dict[int, tuple[int, ...]] = {}
    for number in range(total - 1, first - 1, -1):
        engine.active[number] = False
        if number not in marked:
            continue
        hints = engine.refute(every[number])
        if hints is None:
            raise ArithmeticError(f"lemma {number - first} does not follow")
        found[number] = hints
        marked.update(hints)
    return found


def _compiled(every: Sequence[Clause], first: int) -> dict[int, tuple[int, ...]]:
    """The same, for very many."""
    kernel = importlib.import_module("._refutation_kernel", __package__)
    found: dict[int, tuple[int, ...]] | int = kernel.needed(every, first)
    if isinstance(found, int):
        raise ArithmeticError(f"lemma {found - first} does not follow")
    return found


def read_proof(lines: Iterable[str]) -> list[Clause]:
    """Lemmas from the lines of a solver's proof; what it deletes is kept."""
    lemmas: list[Clause] = []
    for line in lines:
        if not line.startswith("d"):
            lemmas.append(tuple(int(word) for word in line.split()[:-1]))
            if not lemmas[-1]:
                break
    return lemmas


def core_of(engine: Any) -> list[int]:
    """The assumptions that contradicted the clauses when the solver was last asked."""
    found: list[int] = sorted(engine.get_core() or ())
    return found


def solved(engine: Any, assumptions: Sequence[int], end: float | None) -> bool | None:
    """Whether clauses and assumptions are satisfied together; None if ``end`` comes before."""
    if end is None:
        return bool(engine.solve(assumptions=assumptions))
    left = end - monotonic()
    if left <= 0:
        return None
    timer = Timer(min(left, TIMEOUT_MAX), engine.interrupt)
    timer.start()
    found: bool | None = engine.solve_limited(assumptions=assumptions, expect_interrupt=True)
    timer.cancel()
    timer.join()
    engine.clear_interrupt()
    return found


def solver(clauses: Any, *, proof: bool = False, asked: bool = False) -> Any:
    """A solver that knows these clauses; with ``proof`` one that writes its lemmas down.

    If ``asked``, one that can be interrupted, and says what follows by unit propagation.
    """
    solvers: Any = importlib.import_module("pysat.solvers")
    name = "glucose4" if proof or asked else "cadical153"
    return solvers.Solver(name=name, bootstrap_with=clauses, with_proof=proof)
