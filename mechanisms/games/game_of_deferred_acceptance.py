"""Deferred acceptance by numbers: their sum, modulo n!, is the order that breaks ties at schools.

To name a uniform number is an equilibrium, and to be sincere is best whatever the numbers.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Houses, Instance, Strategyproof
from mechsim.allocation import DeferredAcceptanceByLot
from mechsim.axioms import Misreport, SDSincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

HOUSES = Numbered(Houses(("attic", "barn")), numbers=6)
THREE = Domain(HOUSES, agents=3)
PRIORITIES = ((0, 0, 0), (0, 1, 1))
LAST = Instance(HOUSES, (((0, 1), 0), ((0, 1), 0), ((0, 1), 0)))

CARD = Card(
    title="Deferred Acceptance by Numbers",
    rule=Derandomized(partial(DeferredAcceptanceByLot, PRIORITIES)),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SDSincereEquilibrium(), THREE, because="deferred acceptance is strategyproof"),
        Fails(
            Strategyproof(),
            Misreport(LAST, agent=2, report=((0, 1), 4)),
            violation=Fraction(2),
        ),
    ),
)
