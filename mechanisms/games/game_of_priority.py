"""Random priority by numbers: the sum of the numbers, modulo n!, says in which order they choose.

To name a uniform number is an equilibrium, and to be sincere is best whatever the numbers.
"""

from fractions import Fraction

from mechsim import Domain, Houses, Instance, Strategyproof
from mechsim.allocation import RandomPriority
from mechsim.axioms import Misreport, SDSincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

HOUSES = Numbered(Houses(("attic", "barn")), numbers=6)
THREE = Domain(HOUSES, agents=3)
LAST = Instance(HOUSES, (((0, 1), 0), ((0, 1), 0), ((0, 1), 0)))

CARD = Card(
    title="Random Priority by Numbers",
    rule=Derandomized(RandomPriority),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SDSincereEquilibrium(), THREE, because="random priority is strategyproof"),
        Fails(
            Strategyproof(),
            Misreport(LAST, agent=2, report=((0, 1), 4)),
            violation=Fraction(2),
        ),
    ),
)
