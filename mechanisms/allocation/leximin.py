"""Leximin: whoever has least has as much as can be; then whoever has second least; and so on.

Nobody can be better off with nobody worse off.  But values of different agents are compared, so
that an agent to whom all goods are worth more gets few of them, and envies by more than one.
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
from mechsim.allocation import Leximin
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport
from mechsim.catalogue import Card, Fails, Holds

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
FOUR = Goods(("car", "dog", "egg", "fan"))
FIVE = Goods(("car", "dog", "egg", "fan", "gem"))
TWO_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
ENVY = Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0)
SHARE = Claimant(ENVY.instance, agent=1)
RICH = Instance(THREE, THREE.read([[2, 9, 6], [0, 1, 1]]))
ALL_BUT_ONE = Instance(FIVE, FIVE.read([[5, 5, 5, 5, 1], [1, 1, 1, 1, 1]]))
SMALL = Instance(THREE, THREE.read([[1, 0, 2], [1, 2, 3]]))
COSTS = Instance(FOUR, FOUR.read([[6, 3, 7, 2], [0, 3, 7, 0]]))
WORTHLESS = Envy(Instance(TWO, TWO.read([[2, 0], [1, 0]])), agent=1, other=0)
CUT_UP = Instance(TWO, TWO.read([[1, 2], [2, 5]]))
CONTESTED = Instance(TWO, TWO.read([[0, 1], [0, 1]]))
LIE = Misreport(CONTESTED, agent=1, report=(Fraction(0), Fraction(2)))

CARD = Card(
    title="Leximin",
    rule=Leximin,
    source="Bogomolnaia, Moulin, Econometrica 72 (2004); Plaut, Roughgarden, SIAM JDM 34 (2020)",
    claims=(
        Holds(ParetoOptimal(), TWO_AGENTS, because="what is better for all is larger when sorted"),
        Holds(NonWasteful(), TWO_AGENTS, because="it is Pareto optimal"),
        Fails(EnvyFreeUpToOne(), Envy(RICH, agent=0, other=1), violation=Fraction(4)),
        Fails(EnvyFreeUpToAny(), WORTHLESS, violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(ProportionalUpToOne(), Claimant(ALL_BUT_ONE, agent=0), violation=HALF),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(COSTS, agent=0), violation=Fraction(1)),
        Fails(FractionallyParetoOptimal(), Everybody(CUT_UP), violation=Fraction(1, 5)),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(ProportionalShare(), SHARE, violation=HALF),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
