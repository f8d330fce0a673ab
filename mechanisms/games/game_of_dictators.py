"""Random dictatorship by numbers: the sum of the voters' numbers says whose first choice wins.

To name a uniform number is an equilibrium, and to be sincere is best whatever the numbers.
"""

from fractions import Fraction

from mechsim import Domain, Instance, Rankings, Strategyproof
from mechsim.axioms import Misreport, SDSincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.games import Derandomized
from mechsim.preferences import Numbered
from mechsim.voting import RandomDictatorship

VOTE = Numbered(Rankings(("ann", "bob", "cat")), numbers=2)
TWO = Domain(VOTE, agents=2)
SECOND = Instance(VOTE, (((0, 1, 2), 0), ((1, 0, 2), 0)))

CARD = Card(
    title="Random Dictatorship by Numbers",
    rule=Derandomized(RandomDictatorship),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SDSincereEquilibrium(), TWO, because="random dictatorship is strategyproof"),
        Fails(
            Strategyproof(),
            Misreport(SECOND, agent=1, report=((1, 0, 2), 1)),
            violation=Fraction(1),
        ),
    ),
)
