"""Contradictions that read like a proof: nearly each lemma says that one thing is not so."""

from collections.abc import Sequence

from .choices import Choices, Reason
from .deduction import Deduction, Ledger, conditions, records
from .refutation import Clause, Propagation, Refutation, refutation, solver

MOST = 1_500
"""Clauses with which this is tried."""

TRIED = 8
"""Literals that can be excluded of which the one with the shortest argument comes first."""


def by_units(clauses: Sequence[Clause], excluded: Sequence[int]) -> Refutation:
    """The refutation that excludes these literals, one after the other; see `exclusions`."""
    units = [(literal,) for literal in excluded]
    return refutation(clauses, [*joined(clauses), *units, ()])


def readable(chosen: Choices) -> tuple[tuple[Reason, ...], list[Clause]] | None:
    """Clauses with which a contradiction can be told, and the suppositions; None if they are many.

    Profiles and clauses are not spared here, so that what follows from something is near.
    """
    clauses = chosen.listed()
    if len(clauses) > MOST:
        return None
    numbers = without_pure(clauses, range(len(clauses)))
    excluded = exclusions([clauses[number] for number in numbers])
    if excluded is None:
        return None
    reasons = tuple(map(chosen.reason, numbers))
    lemmas: list[Clause] = [(literal,) for literal in excluded]
    known, later = conditions(chosen, reasons, lemmas)
    ledger = Ledger(len(chosen.profiles), (1 << len(chosen.alternatives)) - 1)
    deduction = Deduction(ledger, known, later)
    used: set[int] = set()
    for conflict, within in deduction.conflicts():
        used.update(conflict.why)
        used.update(number for record in records(conflict, within) for number in record.why)
    told = tuple(reasons[number] for number in sorted(used) if number < len(reasons))
    return told, [lemmas[number - len(reasons)] for number in deduction.needed]


def without_pure(clauses: Sequence[Clause], numbers: Sequence[int]) -> list[int]:
    """Clauses without those that hold once what occurs with one sign only is set to it."""
    kept = list(numbers)
    while True:
        occurring = {literal for number in kept for literal in clauses[number]}
        left = [n for n in kept if all(-literal in occurring for literal in clauses[n])]
        if len(left) == len(kept):
            return kept
        kept = left


def exclusions(clauses: Sequence[Clause]) -> list[int] | None:
    """Literals that can be excluded, one after the other, until there is a contradiction.

    Of what can be excluded the literal with a short argument comes first, and what is excluded
    needlessly is left out.  What a literal leaves of a clause, excluding one after the other of its
    literals, is known at once.  None if more has to be supposed than one literal.
    """
    if len(clauses) > MOST:
        return None
    known = [*clauses, *joined(clauses)]
    engine = Propagation(known)
    every = sorted({literal for clause in clauses for literal in clause}, key=abs)
    excluded: list[int] = []
    with solver(known, asked=True) as quick:
        while quick.propagate([])[0]:
            decided = engine.known()
            found: list[tuple[bool, int, int]] = []
            for literal in every:
                if literal not in decided and -literal not in decided:
                    consistent, led = quick.propagate([-literal])
                    if not consistent:
                        found.append((literal < 0, len(led), literal))
            if not found:
                return None
            found.sort()
            listed = [literal for _, _, literal in found[:TRIED]]
            best = min(listed, key=lambda one: len(engine.refute((one,)) or every))
            excluded.append(best)
            engine.add((best,))
            quick.add_clause([best])
    for literal in tuple(excluded):
        fewer = [one for one in excluded if one != literal]
        if _follow(known, fewer):
            excluded = fewer
    return excluded


def _follow(clauses: Sequence[Clause], literals: Sequence[int]) -> bool:
    """Whether each literal follows from those before, and in the end a contradiction."""
    with solver(clauses, asked=True) as quick:
        for literal in literals:
            if quick.propagate([-literal])[0]:
                return False
            quick.add_clause([literal])
        return not quick.propagate([])[0]


def joined(clauses: Sequence[Clause]) -> list[Clause]:
    """What a literal leaves of a clause, where it excludes half of its literals or more."""
    excludes: dict[int, set[int]] = {}
    for clause in clauses:
        if len(clause) == 2:
            one, other = clause
            excludes.setdefault(-one, set()).add(other)
            excludes.setdefault(-other, set()).add(one)
    containing: dict[int, list[int]] = {}
    for number, clause in enumerate(clauses):
        for literal in clause:
            containing.setdefault(-literal, []).append(number)
    lemmas: list[Clause] = []
    for literal, forced in excludes.items():
        times: dict[int, int] = {}
        for one in forced:
            for number in containing.get(one, ()):
                times[number] = times.get(number, 0) + 1
        for number, count in times.items():
            clause = clauses[number]
            if count >= 2 and 2 * count >= len(clause):
                left = [one for one in clause if -one not in forced]
                if literal not in left and -literal not in left:
                    lemmas.append((-literal, *left))
    return lemmas
