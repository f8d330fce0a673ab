"""Serial dictatorship: one after the other takes the object it likes best of those left.

Strategyproof and Pareto optimal, and unfair to those who come late; who owns something may lose it.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    Houses,
    Instance,
    OrdinallyEfficient,
    ParetoOptimal,
    SDEnvyFree,
    SDStrategyproof,
    Strategyproof,
)
from mechsim.allocation import SerialDictatorship
from mechsim.axioms import Envy, Participation, RespectsEndowment, WeaklySDEnvyFree
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
THREE = Domain(HOUSES, agents=3)
ALIKE = Instance(HOUSES, ((0, 1, 2), (0, 1, 2), (0, 1, 2)))
LATE = Envy(ALIKE, agent=1, other=0)
TAKEN = Participation(Instance(HOUSES, ((1, 0, 2), (1, 0, 2), (1, 0, 2))), agent=1)

CARD = Card(
    title="Serial Dictatorship",
    rule=partial(SerialDictatorship, (0, 1, 2)),
    source="Svensson, Social Choice and Welfare 16 (1999)",
    claims=(
        Holds(SDStrategyproof(), THREE, because="each takes the best that is left"),
        Holds(Strategyproof(), THREE, because="each takes the best that is left"),
        Holds(ParetoOptimal(), THREE, because="the first who would gain takes from an earlier one"),
        Holds(OrdinallyEfficient(), THREE, because="it is Pareto optimal, and without chance"),
        Fails(SDEnvyFree(), LATE, violation=Fraction(1)),
        Fails(WeaklySDEnvyFree(), LATE, violation=Fraction(1)),
        Fails(RespectsEndowment((0, 1, 2)), TAKEN, violation=Fraction(1)),
    ),
)
