"""Immediate acceptance: first choices first; known as the Boston mechanism.

Pareto optimal by what is reported, but who loses its first choice loses the second one too.
"""

from fractions import Fraction

from mechsim import Domain, Houses, Instance, ParetoOptimal, SDStrategyproof, Strategyproof
from mechsim.allocation import ImmediateAcceptance
from mechsim.axioms import Claimed, Misreport, Stable, WeaklySDStrategyproof
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
THREE = Domain(HOUSES, agents=3)
TOO_LATE = Instance(HOUSES, ((0, 1, 2), (0, 1, 2), (1, 0, 2)))
LIE = Misreport(TOO_LATE, agent=1, report=(1, 0, 2))
ALIKE = Instance(HOUSES, ((0, 1, 2), (0, 1, 2), (0, 1, 2)))
STRICT = Stable(((1, 0, 2), (0, 2, 1), (0, 1, 2)))
COARSE = Stable(((1, 0, 1), (0, 1, 1), (0, 0, 0)))

CARD = Card(
    title="Immediate Acceptance",
    rule=ImmediateAcceptance,
    source="Abdulkadiroğlu, Sönmez, American Economic Review 93 (2003)",
    claims=(
        Fails(SDStrategyproof(), LIE, violation=Fraction(1)),
        Fails(WeaklySDStrategyproof(), LIE, violation=Fraction(1)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
        Fails(STRICT, Claimed(ALIKE, agent=1, share=0), violation=Fraction(1)),
        Fails(COARSE, Claimed(ALIKE, agent=1, share=0), violation=Fraction(1)),
        Holds(ParetoOptimal(), THREE, because="it is a serial dictatorship in some order"),
    ),
)
