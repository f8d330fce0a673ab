"""Bag filling: everybody gets at least half of its maximin share.

Whoever likes one good that much takes it, and bags are filled for the others.  More than half is
not promised; goods are wasted on those who do not want them, and claiming a larger share pays.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    Goods,
    Instance,
    MaximinShare,
    NonWasteful,
    ParetoOptimal,
    ProportionalShare,
    Strategyproof,
)
from mechsim.allocation import HalfMaximinShare
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport, Waste
from mechsim.catalogue import Card, Fails, Holds

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
TWO_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
THREE_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1)), agents=3)
WASTED = Instance(ONE, ONE.read([[0], [1]]))
ENVY = Envy(WASTED, agent=1, other=0)
WORTHLESS = Envy(Instance(TWO, TWO.read([[1, 1], [0, 1]])), agent=1, other=0)
ALONE = Instance(TWO, TWO.read([[0, 0], [1, 0]]))
LIE = Misreport(ALONE, agent=1, report=(Fraction(1), Fraction(1)))
SMALL = Instance(THREE, THREE.read([[0, 1, 1], [1, 2, 1]]))
THREE_OF_THEM = Instance(THREE, THREE.read([[0, 0, 0], [1, 1, 1], [1, 0, 1]]))

CARD = Card(
    title="Bag Filling",
    rule=HalfMaximinShare,
    source="Ghodsi, Hajiaghayi, Seddighin, Seddighin, Yami, Mathematics of OR 46 (2021)",
    claims=(
        Holds(MaximinShare(alpha=HALF), TWO_AGENTS, because="no bag is worth a share to others"),
        Holds(MaximinShare(alpha=HALF), THREE_AGENTS, because="no bag is worth a share to others"),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(alpha=Fraction(3, 4)), Cutter(SMALL, agent=1), violation=HALF),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(), WORTHLESS, violation=Fraction(1)),
        Fails(EnvyFreeUpToOne(), Envy(THREE_OF_THEM, agent=2, other=1), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(ProportionalShare(), Claimant(WASTED, agent=1), violation=Fraction(1, 2)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
