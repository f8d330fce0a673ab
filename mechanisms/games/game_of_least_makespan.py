"""The least makespan, with numbers that mean nothing: sincerity is no equilibrium."""

from fractions import Fraction

from mechsim import Chores, Instance
from mechsim.allocation import LeastMakespan
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

TASKS = Numbered(Chores(("build", "test"), grid=(-4, -1)), numbers=1)
FAST, SLOW = (Fraction(-1), Fraction(-1)), (Fraction(-4), Fraction(-4))
ALIKE = Instance(TASKS, ((FAST, 0), (FAST, 0)))

CARD = Card(
    title="Least Makespan with Numbers",
    rule=Derandomized(LeastMakespan),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Fails(
            SincereEquilibrium(), Misreport(ALIKE, agent=0, report=(SLOW, 0)), violation=Fraction(1)
        ),
    ),
)
