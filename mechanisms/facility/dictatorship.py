"""Dictatorship: one agent, fixed in advance, says where to build.

Strategyproof for the emptiest of reasons, and the foil of everything that is fair.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    ExPost,
    Instance,
    Line,
    Strategyproof,
    UnanimousFairShare,
    Universally,
)
from mechsim.axioms import LikeMinded, Swap
from mechsim.catalogue import Card, Fails, Holds
from mechsim.facility import Dictatorship

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
TRADE = Swap(Instance(UNIT, (Fraction(0), Fraction(1))), first=0, second=1)
REST = LikeMinded(Instance(UNIT, (Fraction(1), Fraction(0), Fraction(0))), Fraction(0), size=2)

CARD = Card(
    title="Dictatorship",
    rule=partial(Dictatorship, 0),
    source="Gibbard, Econometrica 41 (1973)",
    claims=(
        Fails(Anonymous(), TRADE, violation=Fraction(1)),
        Fails(Universally(Anonymous()), TRADE, violation=Fraction(1)),
        Holds(Strategyproof(), SIXTHS, because="the dictator gets its report, the others nothing"),
        Holds(Universally(Strategyproof()), SIXTHS, because="it draws one strategyproof rule"),
        Fails(ExPost(UnanimousFairShare()), REST, violation=Fraction(2, 3)),
        Fails(ExAnte(UnanimousFairShare()), REST, violation=Fraction(2, 3)),
    ),
)
