"""The hybrid fair place: of most welfare, where some want the facility and others mind it.

Every group of one kind at one place gets its share, and such a place always exists.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Line, Strategyproof
from mechsim.axioms import (
    HybridFairShare,
    Misreport,
    Swap,
)
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import HybridFair
from mechsim.preferences import Hybrid

UNIT = Line(0, 1, tastes=Hybrid((0,)))
SIXTHS = Domain(UNIT.grid(6), agents=3)
TWO = Domain(Line(0, 1, tastes=Hybrid((0, 1))).grid(6), agents=3)

CARD = Card(
    title="Hybrid fair place",
    rule=partial(HybridFair, HybridFairShare()),
    source="Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340",
    claims=(
        *hold(
            (SIXTHS, TWO),
            {
                HybridFairShare(): "it chooses among the places that satisfy it",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(
                Instance(UNIT, (Fraction(0), Fraction(1, 6), Fraction(5, 6))),
                agent=1,
                report=Fraction(0),
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            Anonymous(),
            Swap(Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))), first=0, second=2),
            violation=Fraction(1),
        ),
    ),
)
