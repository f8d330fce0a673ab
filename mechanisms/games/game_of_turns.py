"""Random priority one by one: a game of numbers for each turn, among those who have not chosen yet.

To name uniform numbers is an equilibrium, with all orders equally likely.
"""

from fractions import Fraction

from mechsim import Domain, Houses, Instance, Strategyproof
from mechsim.allocation import RandomPriority
from mechsim.axioms import Misreport, SDSincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.games import Derandomized, one_by_one
from mechsim.preferences import Numbered

HOUSES = Numbered(Houses(("attic", "barn")), numbers=6)
THREE = Domain(HOUSES, agents=3)
LAST = Instance(HOUSES, (((0, 1), 0), ((0, 1), 0), ((0, 1), 0)))

CARD = Card(
    title="Random Priority One by One",
    rule=Derandomized(RandomPriority, one_by_one),
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
