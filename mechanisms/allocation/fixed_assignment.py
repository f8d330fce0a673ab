"""Fixed assignment: everybody keeps the object fixed in advance, whatever is reported.

Strategyproof for the emptiest of reasons, and the foil of what is efficient.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    Houses,
    Instance,
    OrdinallyEfficient,
    ParetoOptimal,
    SDStrategyproof,
    Strategyproof,
)
from mechsim.allocation import FixedAssignment
from mechsim.axioms import Everybody, RespectsEndowment
from mechsim.catalogue import Card, Fails, Holds

HOUSES = Houses(("attic", "barn", "cave"))
THREE = Domain(HOUSES, agents=3)
CROSSED = Everybody(Instance(HOUSES, ((1, 0, 2), (0, 1, 2), (2, 0, 1))))

CARD = Card(
    title="Fixed Assignment",
    rule=partial(FixedAssignment, (0, 1, 2)),
    source="folklore",
    claims=(
        Fails(ParetoOptimal(), CROSSED, violation=Fraction(1)),
        Fails(OrdinallyEfficient(), CROSSED, violation=Fraction(1)),
        Holds(SDStrategyproof(), THREE, because="what is reported does not matter"),
        Holds(Strategyproof(), THREE, because="what is reported does not matter"),
        Holds(RespectsEndowment((0, 1, 2)), THREE, because="everybody keeps what it has"),
    ),
)
