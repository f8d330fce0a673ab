"""Contradictions that read like a proof: nearly each lemma says that one thing is not so."""

from collections.abc import Sequence

from .choices import Choices
from .deduction import Deduction, Ledger, bits, conditions, records
from .refutation import Clause, Propagation, Refutation, refutation, solver

MOST = 1_500
"""Clauses with which this is tried."""

TRIED = 8
"""Literals that can be excluded of which the one with the shortest argument comes first."""


def by_units(clauses: Sequence[Clause], excluded: Sequence[int]) -> Refutation:
    """The refutation that excludes these literals, one after the other; see `exclusions`."""
    units = [(literal,) for literal in excluded]
    return refutation(clauses, [*joined(clauses), *units, ()])


def by_profiles(
    chosen: Choices,
    clauses: Sequence[Clause],
    numbers: Sequence[int],
    rows: Sequence[int],
    excluded: Sequence[int],
) -> Refutation:
    """The refutation that follows what is left at each profile; see `mechsim.design.deduction`.

    Parameters
    ----------
    chosen : Choices
    clauses : sequence of clause
        All of them.
    numbers : sequence of int
        Those that may be used.
    rows : sequence of int
        Profiles at which something must be chosen.
    excluded : sequence of int
        Literals that can be excluded, one after the other, and then there is a contradiction.

    Raises
    ------
    ArithmeticError
        If they cannot.
    """
    reasons = [chosen.reason(number) for number in numbers]
    everything = (1 << len(chosen.alternatives)) - 1
    known, later = conditions(chosen, reasons, [(literal,) for literal in excluded])
    ledger = Ledger(len(chosen.profiles), everything, frozenset(rows))
    deduction = Deduction(ledger, known, later)
    used = {k for k, reason in enumerate(reasons) if reason.axiom is None}
    lemmas: list[Clause] = []
    steps: list[int | None] = [*deduction.needed, None]
    for number, (conflict, within) in zip(steps, deduction.conflicts(), strict=True):
        used.update(conflict.why)
        for record in records(conflict, within):
            used.update(record.why)
            if len(record.why) > 1:
                at: list[list[int]] = chosen.singles.tolist()
                left = [at[one.profile][k] for one in record.given for k in bits(one.outcomes)]
                lemmas.append((-at[record.profile][record.outcome], *left))
        if number is not None:
            lemmas.append((excluded[number - len(reasons)],))
    kept = sorted(k for k in used if k < len(reasons))
    found = refutation([clauses[numbers[k]] for k in kept], [*dict.fromkeys(lemmas), ()])
    told = [place for place, k in enumerate(kept) if reasons[k].axiom is not None]
    return _with(found, told, [numbers[k] for k in kept])


def _with(found: Refutation, told: Sequence[int], numbers: Sequence[int]) -> Refutation:
    """The refutation, in whose clauses are also those that are told; by their ``numbers``."""
    kept = sorted({*found.used, *told})
    place = {old: new for new, old in enumerate(kept)}
    hinted = [*(place[old] for old in found.used), *range(len(kept), len(kept) + len(found.lemmas))]
    lemmas = [(clause, tuple(hinted[hint] for hint in hints)) for clause, hints in found.lemmas]
    return Refutation(tuple(numbers[old] for old in kept), tuple(lemmas))


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
    with solver(known, follows=True) as quick:
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
    with solver(clauses, follows=True) as quick:
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
