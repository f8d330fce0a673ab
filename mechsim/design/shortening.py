"""Contradictions that read like a proof: nearly each lemma says that one thing is not so."""

from collections.abc import Sequence

from .refutation import Clause, Propagation, Refutation, refutation, solver

MOST = 1_500
"""Clauses with which this is tried."""

TRIED = 8
"""Literals that can be excluded of which the one with the shortest argument comes first."""


def by_units(clauses: Sequence[Clause]) -> Refutation | None:
    """A refutation whose lemmas exclude one literal; None if they must be longer.

    Of what can be excluded the literal with a short argument comes first, and what is excluded
    needlessly is left out.  What a literal leaves of a clause, excluding one after the other of its
    literals, lemmas before all others say at once.
    """
    if len(clauses) > MOST:
        return None
    lemmas = joined(clauses)
    known = [*clauses, *lemmas]
    engine = Propagation(known)
    every = sorted({literal for clause in clauses for literal in clause}, key=abs)
    excluded: list[int] = []
    with solver(known, follows=True) as quick:
        while quick.propagate([])[0]:
            decided = engine.known()
            found: list[tuple[int, int]] = []
            for literal in every:
                if literal not in decided and -literal not in decided:
                    consistent, led = quick.propagate([-literal])
                    if not consistent:
                        found.append((len(led), literal))
            if not found:
                return None
            found.sort()
            listed = [literal for _, literal in found[:TRIED]]
            best = min(listed, key=lambda one: len(engine.refute((one,)) or every))
            excluded.append(best)
            engine.add((best,))
            quick.add_clause([best])
    for literal in tuple(excluded):
        fewer = [one for one in excluded if one != literal]
        if _follow(known, fewer):
            excluded = fewer
    return refutation(clauses, [*lemmas, *((literal,) for literal in excluded), ()])


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
