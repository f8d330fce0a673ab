"""Probabilistic serial: all eat at once, at equal speed, from the best object that is left.

Whatever the utilities, nobody envies and no random assignment is better for all.  But it can pay to
eat first what others are about to use up; no rule among equals has all three.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    Houses,
    Instance,
    OrdinallyEfficient,
    SDEnvyFree,
    SDStrategyproof,
)
from mechsim.allocation import ProbabilisticSerial
from mechsim.axioms import Misreport, WeaklySDStrategyproof
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
THREE = Domain(HOUSES, agents=3)
EATEN_EARLY = Instance(HOUSES, ((0, 1, 2), (0, 1, 2), (1, 2, 0)))
LIE = Misreport(EATEN_EARLY, agent=0, report=(1, 0, 2))

CARD = Card(
    title="Probabilistic Serial",
    rule=ProbabilisticSerial,
    source="Bogomolnaia, Moulin, Journal of Economic Theory 100 (2001)",
    claims=(
        Holds(OrdinallyEfficient(), THREE, because="an object eaten later is liked less by all"),
        Holds(SDEnvyFree(), THREE, because="at each time all eat the best that is left"),
        Fails(SDStrategyproof(), LIE, violation=Fraction(1, 12)),
        Holds(WeaklySDStrategyproof(), THREE, because="a lie delays what is liked best"),
    ),
)
