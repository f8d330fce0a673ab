"""Most nominated: the peer whom most others name.

Best by what is said; but who may win does well not to name its rival.
"""

from fractions import Fraction

from mechsim import Domain, Instance, Strategyproof
from mechsim.axioms import Misreport, ShareOfNominations
from mechsim.catalogue import Card, Fails, Holds
from mechsim.preferences import Nominations
from mechsim.voting import MostNominated

PEERS = Nominations(("ann", "bob", "cat", "dan"))
FOUR = Domain(PEERS, agents=4)
RIVALS = Instance(PEERS, (1, 0, 1, 0))

CARD = Card(
    title="Most Nominated",
    rule=MostNominated,
    source="Alon, Fischer, Procaccia, Tennenholtz, TARK 2011",
    claims=(
        Holds(ShareOfNominations(Fraction(1)), FOUR, because="nobody has more"),
        Fails(Strategyproof(), Misreport(RIVALS, agent=1, report=2), violation=Fraction(1)),
    ),
)
