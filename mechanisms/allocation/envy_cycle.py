"""Envy-cycle elimination: the next good goes to somebody whom nobody envies.

If everybody is envied, bundles are passed round a cycle of envy first.  Whoever is envied is so
for its last good only; but maximin shares may be missed, and envy can be feigned.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    EnvyFree,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    FractionallyParetoOptimal,
    Goods,
    GroupStrategyproof,
    Instance,
    MaximinShare,
    NonWasteful,
    ParetoOptimal,
    ProportionalShare,
    ProportionalUpToOne,
    Strategyproof,
)
from mechsim.allocation import EnvyCycle
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, JointMisreport, Misreport, Waste
from mechsim.catalogue import Card, Fails, Holds

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
TWO_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
THREE_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1)), agents=3)
SECOND = Cutter(Instance(THREE, THREE.read([[2, 2, 0], [1, 1, 3]])), agent=1)
ENVY = Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0)
ONE_LESS = Envy(SECOND.instance, agent=1, other=0)
SHARE = Claimant(ENVY.instance, agent=1)
CONTESTED = Instance(TWO, TWO.read([[0, 1], [0, 1]]))
LIE = Misreport(CONTESTED, agent=1, report=(Fraction(1), Fraction(0)))
ALONE = JointMisreport(CONTESTED, group=(1,), lies=(LIE.report,))
WASTED = Instance(TWO, TWO.read([[0, 1], [1, 0]]))

CARD = Card(
    title="Envy-Cycle Elimination",
    rule=EnvyCycle,
    source="Lipton, Markakis, Mossel, Saberi, EC 2004",
    claims=(
        Holds(EnvyFreeUpToOne(), TWO_AGENTS, because="only unenvied agents are given goods"),
        Holds(EnvyFreeUpToOne(), THREE_AGENTS, because="only unenvied agents are given goods"),
        Holds(ProportionalUpToOne(), TWO_AGENTS, because="it is envy-free up to one good"),
        Holds(MaximinShare(alpha=HALF), TWO_AGENTS, because="it is envy-free up to one good"),
        Fails(EnvyFreeUpToAny(), ONE_LESS, violation=Fraction(2)),
        Fails(EnvyFreeUpToAny(valued=True), ONE_LESS, violation=Fraction(2)),
        Fails(ProportionalShare(), SHARE, violation=HALF),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(MaximinShare(), SECOND, violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(FractionallyParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
        Fails(GroupStrategyproof(), ALONE, violation=Fraction(1)),
    ),
)
