r"""What the form of a declared mechanism shows by itself, for any number of agents.

*Clamps.*  A term that is made of reports and places by ranks only is a lattice polynomial.  As a
function of one report, whatever the others are, such a polynomial is

.. math:: x_i \mapsto \mathrm{med}(a, x_i, b), \qquad a \le b,

where a and b are what it tends to as the report falls or rises without bound.  No agent with a
single-peaked preference gains by a lie: all outcomes it can reach are between a and b, and the one
at the truth is, of these, the nearest to its peak on its side.  So the term is strategyproof, and
so is drawing one of several such terms: a set of places around the peak that some draw reaches by
the lie it reaches by the truth.

*Symmetry.*  If trading two reports leaves a form as it is, up to the order of what is ranked,
summed or mixed, the two agents may be exchanged in every question about it.

*Bounds.*  The k-th smallest of N terms is at most some number if k of them are; it is at least
some number if N - k + 1 of them are.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
Marichal. Weighted lattice polynomials. Discrete Mathematics 309, 2009.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from ..declared import Fixed, Form, Mixed, Ranked, Report, Term, Weighted, drawn, inside, mentioned

Key: TypeAlias = tuple[Any, ...]
"""What two terms share exactly if they differ in the order of their parts only."""

Leaf: TypeAlias = Callable[[Report | Fixed], bool]


def unclamped(term: Term) -> frozenset[int]:
    """The agents whose report is not known to be clamped by this term; a short one is clamped."""
    if isinstance(term, (Report, Fixed)):
        return frozenset()
    if isinstance(term, Weighted) and [weight for weight, _ in term.parts] != [1]:
        return mentioned(term)
    return frozenset(agent for part in inside(term) for agent in unclamped(part))


def clamps(form: Form) -> bool:
    """Whether all that is drawn clamps every report."""
    return not any(unclamped(term) for _, term in drawn(form))


def key(form: Form, trade: tuple[int, int] = (0, 0)) -> Key:
    """The form up to the order of its parts, after two agents have traded reports."""
    if isinstance(form, Report):
        first, second = trade
        return ("report", {first: second, second: first}.get(form.agent, form.agent))
    if isinstance(form, Fixed):
        return ("fixed", form.place)
    if isinstance(form, Ranked):
        if len(form.of) == 1:
            return key(form.of[0], trade)
        return ("ranked", form.rank, tuple(sorted(key(term, trade) for term in form.of)))
    total: dict[Key, Fraction] = {}
    for weight, term in form.parts:
        part = key(term, trade)
        total[part] = total.get(part, Fraction(0)) + weight
    kind = "mixed" if isinstance(form, Mixed) else "weighted"
    return (kind, tuple(sorted((part, weight) for part, weight in total.items() if weight)))


def blocks(form: Form, agents: int) -> list[range]:
    """Agents in a row who may be exchanged: the form stays the same if neighbours trade."""
    form, here = spread(form), key(spread(form))
    ends = [agent for agent in range(1, agents) if key(form, (agent - 1, agent)) != here]
    return [range(a, b) for a, b in zip((0, *ends), (*ends, agents), strict=True)]


def spread(form: Form) -> Form:
    """The same lottery, with uniformly drawn ranks replaced by what is ranked.

    If every rank of some terms is equally likely, then each of the terms is drawn equally likely,
    whatever the reports are.  What is drawn twice is listed once.
    """
    if not isinstance(form, Mixed):
        return form
    total: dict[Key, Fraction] = {}
    terms: dict[Key, Term] = {}

    def add(probability: Fraction, term: Term) -> None:
        name = key(term)
        terms.setdefault(name, term)
        total[name] = total.get(name, Fraction(0)) + probability

    for probability, term in form.parts:
        add(probability, term)
    for term in list(terms.values()):
        if not isinstance(term, Ranked):
            continue
        ranks = [key(Ranked(rank, term.of)) for rank in range(1, len(term.of) + 1)]
        least = min(total.get(name, Fraction(0)) for name in ranks)
        if len(ranks) == 1 or not least:
            continue
        for name in ranks:
            total[name] -= least
        for part in term.of:
            add(least, part)
    return Mixed(tuple((p, terms[name]) for name, p in total.items() if p))


def reaches(term: Term, leaf: Leaf, *, upper: bool) -> bool:
    """Whether a bound that holds of the leaves for which ``leaf`` says so holds of the term.

    An upper bound, or else a lower one.
    """
    if isinstance(term, (Report, Fixed)):
        return leaf(term)
    kept = [reaches(part, leaf, upper=upper) for part in inside(term)]
    if isinstance(term, Ranked):
        return sum(kept) >= (term.rank if upper else len(term.of) - term.rank + 1)
    weights = [weight for weight, _ in term.parts]
    return all(kept) and min(weights) >= 0 and sum(weights) == 1


def between_reports(form: Form) -> bool:
    """Whether all that is drawn lies between the lowest and the highest report."""
    return all(
        reaches(term, lambda leaf: isinstance(leaf, Report), upper=upper)
        for _, term in drawn(form)
        for upper in (False, True)
    )


def on_the_line(form: Form, low: Fraction | None, high: Fraction | None) -> bool:
    """Whether all that is drawn lies between the ends, as the reports do; None is no end."""

    def not_below(leaf: Report | Fixed) -> bool:
        return isinstance(leaf, Report) or low is None or leaf.place >= low

    def not_above(leaf: Report | Fixed) -> bool:
        return isinstance(leaf, Report) or high is None or leaf.place <= high

    return all(
        (low is None or reaches(term, not_below, upper=False))
        and (high is None or reaches(term, not_above, upper=True))
        for _, term in drawn(form)
    )
