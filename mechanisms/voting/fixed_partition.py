"""Fixed partition: the first two of four peers nominate, and the other two are chosen from.

Impartial like the random one, but the best may be on the wrong side.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, ExAnte, Instance, Strategyproof
from mechsim.axioms import Everybody, ShareOfNominations
from mechsim.catalogue import Card, Fails, Holds
from mechsim.preferences import Nominations
from mechsim.voting import Partition

PEERS = Nominations(("ann", "bob", "cat", "dan"))
FOUR = Domain(PEERS, agents=4)
WRONG_SIDE = Instance(PEERS, (1, 0, 0, 0))

CARD = Card(
    title="Fixed Partition",
    rule=partial(Partition, (0, 0, 1, 1)),
    source="Alon, Fischer, Procaccia, Tennenholtz, TARK 2011",
    claims=(
        Holds(Strategyproof(), FOUR, because="who nominates cannot win"),
        Fails(
            ExAnte(ShareOfNominations(Fraction(1, 4))),
            Everybody(WRONG_SIDE),
            violation=Fraction(3, 4),
        ),
        Fails(
            ExAnte(ShareOfNominations(Fraction(25, 48))),
            Everybody(WRONG_SIDE),
            violation=Fraction(25, 16),
        ),
    ),
)
