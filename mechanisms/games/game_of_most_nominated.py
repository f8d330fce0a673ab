"""Most nominated, with numbers that mean nothing: sincerity is no equilibrium."""

from fractions import Fraction

from mechsim import Instance
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails
from mechsim.games import Derandomized
from mechsim.preferences import Nominations, Numbered
from mechsim.voting import MostNominated

PEERS = Numbered(Nominations(("ann", "bob", "cat")), numbers=1)
RIVALS = Instance(PEERS, ((1, 0), (0, 0), (1, 0)))

CARD = Card(
    title="Most Nominated with Numbers",
    rule=Derandomized(MostNominated),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Fails(
            SincereEquilibrium(), Misreport(RIVALS, agent=0, report=(2, 0)), violation=Fraction(1)
        ),
    ),
)
