"""Reductions and bags: everybody gets at least three quarters of its maximin share.

In an instance where all agree which goods are best, small sets of goods are enough for some agents,
and bags are filled for the others; then all take what they like best.  More is not promised, and
claiming a larger share pays.
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
from mechsim.allocation import ThreeQuartersMaximinShare
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport, Waste
from mechsim.catalogue import Card, Fails, Holds

THREE_QUARTERS = Fraction(3, 4)
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
FOUR = Goods(("car", "dog", "egg", "fan"))
SMALL = Instance(THREE, THREE.read([[1, 2, 2], [2, 5, 4]]))
BAGS = Instance(FOUR, FOUR.read([[2, 1, 2, 1], [3, 3, 3, 1]]))

CARD = Card(
    title="Three Quarters of Maximin Shares",
    rule=ThreeQuartersMaximinShare,
    source="Garg, Taki, Artificial Intelligence 300 (2021)",
    claims=(
        Holds(MaximinShare(alpha=THREE_QUARTERS), TWO_AGENTS, because="Garg, Taki 2021"),
        Holds(MaximinShare(alpha=THREE_QUARTERS), THREE_AGENTS, because="Garg, Taki 2021"),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(), WORTHLESS, violation=Fraction(1)),
        Fails(EnvyFreeUpToOne(), Envy(BAGS, agent=1, other=0), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(ProportionalShare(), Claimant(WASTED, agent=1), violation=Fraction(1, 2)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
