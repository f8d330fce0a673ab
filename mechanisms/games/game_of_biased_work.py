"""Biased Min Work by numbers: a bit of each machine for each task; alike, the first is favoured.

To be sincere is best whatever the bits; to name uniform ones is an equilibrium, in which the
expected makespan is within 7/4 of the least one.
"""

from fractions import Fraction

from mechsim import Chores, Domain, Instance, Strategyproof
from mechsim.allocation import BiasedMinWork
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.games import Derandomized, bit_by_bit
from mechsim.preferences import Numbered

TASKS = Numbered(Chores(("build", "test"), grid=(-4, -1)), numbers=4)
TWO = Domain(TASKS, agents=2)
FAST = (Fraction(-1), Fraction(-1))
ALIKE = Instance(TASKS, ((FAST, 0), (FAST, 0)))

CARD = Card(
    title="Biased Min Work by Numbers",
    rule=Derandomized(BiasedMinWork, bit_by_bit),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SincereEquilibrium(), TWO, because="Biased Min Work is strategyproof"),
        Fails(
            Strategyproof(), Misreport(ALIKE, agent=1, report=(FAST, 3)), violation=Fraction(2, 3)
        ),
    ),
)
