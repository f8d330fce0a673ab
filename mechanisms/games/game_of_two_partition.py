"""Two-partition by numbers: each agent says bits of all others, whose sums are their sides.

Nobody has a part in its own side.  To name uniform bits is an equilibrium.
"""

from fractions import Fraction

from mechsim import Domain, Instance, Strategyproof
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.games import Derandomized, others_bits
from mechsim.preferences import Nominations, Numbered
from mechsim.voting import TwoPartition

PEERS = Numbered(Nominations(("ann", "bob", "cat")), numbers=8)
THREE = Domain(PEERS, agents=3)
WON_BY_BOB = Instance(PEERS, ((1, 0), (0, 2), (0, 2)))

CARD = Card(
    title="Two-partition by Numbers",
    rule=Derandomized(TwoPartition, others_bits),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SincereEquilibrium(), THREE, because="two-partition is impartial"),
        Fails(
            Strategyproof(), Misreport(WON_BY_BOB, agent=0, report=(1, 2)), violation=Fraction(1)
        ),
    ),
)
