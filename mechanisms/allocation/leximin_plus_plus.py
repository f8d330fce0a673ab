"""Leximin++: leximin that gives goods, second to values, to those who have least.

Agents who are alike envy at most up to any good.  But a good may go to one to whom it is worth
nothing, where it only adds to the number of its goods.
"""

from fractions import Fraction

from mechsim import (
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    FractionallyParetoOptimal,
    Goods,
    Instance,
    MaximinShare,
    NonWasteful,
    ParetoOptimal,
    ProportionalShare,
    ProportionalUpToOne,
    Strategyproof,
)
from mechsim.allocation import LeximinPlusPlus
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport, Waste
from mechsim.catalogue import Card, Fails

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
FOUR = Goods(("car", "dog", "egg", "fan"))
FIVE = Goods(("car", "dog", "egg", "fan", "gem"))
ENVY = Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0)
SHARE = Claimant(ENVY.instance, agent=1)
RICH = Instance(THREE, THREE.read([[2, 9, 6], [0, 1, 1]]))
ALL_BUT_ONE = Instance(FIVE, FIVE.read([[5, 5, 5, 5, 1], [1, 1, 1, 1, 1]]))
SMALL = Instance(THREE, THREE.read([[1, 0, 2], [1, 2, 3]]))
COSTS = Instance(FOUR, FOUR.read([[6, 3, 7, 2], [0, 3, 7, 0]]))
WORTHLESS = Envy(Instance(THREE, THREE.read([[0, 0, 1], [0, 1, 2]])), agent=1, other=0)
WASTED = Instance(TWO, TWO.read([[0, 0], [1, 1]]))
CONTESTED = Instance(TWO, TWO.read([[0, 1], [0, 1]]))
LIE = Misreport(CONTESTED, agent=0, report=(Fraction(0), Fraction(2)))

CARD = Card(
    title="Leximin++",
    rule=LeximinPlusPlus,
    source="Plaut, Roughgarden, SIAM JDM 34 (2020)",
    claims=(
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(FractionallyParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(EnvyFreeUpToOne(), Envy(RICH, agent=0, other=1), violation=Fraction(4)),
        Fails(EnvyFreeUpToAny(), WORTHLESS, violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(ProportionalUpToOne(), Claimant(ALL_BUT_ONE, agent=0), violation=HALF),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(COSTS, agent=0), violation=Fraction(1)),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(ProportionalShare(), SHARE, violation=HALF),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
