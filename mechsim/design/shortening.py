"""Contradictions that read like a proof: each lemma says that one thing is not so."""

from collections.abc import Sequence

from .refutation import Clause, Propagation, Refutation, refutation

MOST = 2_000
"""Clauses with which this is tried."""


def by_units(clauses: Sequence[Clause]) -> Refutation | None:
    """A refutation in which each lemma excludes one literal; None if lemmas must be longer.

    Of what can be excluded the literal with the shortest argument comes first.
    """
    if len(clauses) > MOST:
        return None
    engine = Propagation(clauses)
    lemmas: list[Clause] = []
    every = sorted({abs(literal) for clause in clauses for literal in clause})
    while engine.refute(()) is None:
        known = engine.known()
        unknown = [v for v in every if v not in known and -v not in known]
        found = [
            (len(hints), -literal)
            for v in unknown
            for literal in (v, -v)
            if (hints := engine.refute((-literal,))) is not None
        ]
        if not found:
            return None
        lemmas.append((min(found)[1],))
        engine.add(lemmas[-1])
    return refutation(clauses, [*lemmas, ()])
