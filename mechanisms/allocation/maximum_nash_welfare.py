"""Maximum Nash welfare: the product of what all agents get is as large as can be.

Nobody can be better off with nobody worse off, and nobody envies by more than one good.  Maximin
shares may be missed, goods cut up would do better, and a lie about what one likes pays.
"""

from fractions import Fraction

from mechsim import (
    Domain,
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
from mechsim.allocation import MaximumNashWelfare
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport
from mechsim.catalogue import Card, Fails, Holds

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
SIX = Goods(("car", "dog", "egg", "fan", "gem", "hat"))
FOUR = Goods(("car", "dog", "egg", "fan"))
TWO_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
THREE_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1)), agents=3)
ENVY = Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0)
SHARE = Claimant(ENVY.instance, agent=1)
WORTHLESS = Envy(Instance(TWO, TWO.read([[2, 0], [1, 0]])), agent=1, other=0)
SMALL = Instance(THREE, THREE.read([[3, 2, 0], [5, 2, 4]]))
TWO_VALUES = Instance(SIX, SIX.read([[3, 3, 2, 3, 3, 3], [2, 2, 3, 2, 2, 3]]))
COSTS = Instance(FOUR, FOUR.read([[6, 3, 7, 2], [0, 3, 7, 0]]))
CUT_UP = Instance(THREE, THREE.read([[1, 2, 1], [2, 3, 0]]))
CONTESTED = Instance(TWO, TWO.read([[0, 1], [0, 1]]))
LIE = Misreport(CONTESTED, agent=1, report=(Fraction(0), Fraction(2)))
PROVED = "Caragiannis et al. 2019"

CARD = Card(
    title="Maximum Nash Welfare",
    rule=MaximumNashWelfare,
    source="Caragiannis, Kurokawa, Moulin, Procaccia, Shah, Wang, ACM TEAC 7 (2019)",
    claims=(
        Holds(EnvyFreeUpToOne(), TWO_AGENTS, because=PROVED),
        Holds(EnvyFreeUpToOne(), THREE_AGENTS, because=PROVED),
        Holds(ProportionalUpToOne(), TWO_AGENTS, because="it is envy-free up to one good"),
        Holds(ParetoOptimal(), TWO_AGENTS, because="what is better for all has a larger product"),
        Holds(NonWasteful(), TWO_AGENTS, because="it is Pareto optimal"),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(), WORTHLESS, violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(TWO_VALUES, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(COSTS, agent=0), violation=Fraction(1)),
        Fails(FractionallyParetoOptimal(), Everybody(CUT_UP), violation=Fraction(1, 3)),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(ProportionalShare(), SHARE, violation=HALF),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
