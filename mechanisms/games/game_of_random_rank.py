"""Random Rank by numbers: the sum of the agents' numbers, modulo their count, says which rank.

To be sincere is best whatever the numbers; to name a uniform one is an equilibrium.
"""

from fractions import Fraction

from mechsim import Domain, Instance, Line, Strategyproof
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.facility import RandomRank
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

HALVES = Domain(Numbered(Line(0, 1).grid(2), numbers=3), agents=3)
LINE = Numbered(Line(0, 1), numbers=3)
LOWEST = Instance(LINE, ((Fraction(1), 0), (Fraction(0), 0), (Fraction(0), 0)))

CARD = Card(
    title="Random Rank by Numbers",
    rule=Derandomized(RandomRank),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SincereEquilibrium(), HALVES, because="Random Rank is strategyproof"),
        Fails(
            Strategyproof(),
            Misreport(LOWEST, agent=0, report=(Fraction(1), 2)),
            violation=Fraction(1),
        ),
    ),
)
