"""Two-partition: one random half of the peers nominates, and the other half is chosen from.

Nobody's nomination bears on its own chance, and the winner has a quarter of the most nominations in
expectation; with four peers, more than half of them.
"""

from fractions import Fraction

from mechsim import Domain, ExAnte, Instance, Strategyproof
from mechsim.axioms import Everybody, ShareOfNominations
from mechsim.catalogue import Card, Fails, Holds
from mechsim.preferences import Nominations
from mechsim.voting import TwoPartition

PEERS = Nominations(("ann", "bob", "cat", "dan"))
FOUR = Domain(PEERS, agents=4)
PRAISED = Instance(PEERS, (1, 0, 0, 0))

CARD = Card(
    title="Two-partition",
    rule=TwoPartition,
    source="Alon, Fischer, Procaccia, Tennenholtz, TARK 2011",
    claims=(
        Holds(Strategyproof(), FOUR, because="who nominates cannot win"),
        Holds(
            ExAnte(ShareOfNominations(Fraction(1, 4))),
            FOUR,
            because="half of half of its votes",
        ),
        Holds(ExAnte(ShareOfNominations(Fraction(25, 48))), FOUR, because="every profile is tried"),
        Fails(ShareOfNominations(Fraction(1)), Everybody(PRAISED), violation=Fraction(3)),
        Fails(ShareOfNominations(Fraction(1, 4)), Everybody(PRAISED), violation=Fraction(3, 4)),
    ),
)
