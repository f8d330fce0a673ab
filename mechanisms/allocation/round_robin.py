"""Round robin: the agents take turns, and each takes the good it likes best of those left.

Nobody envies by more than one good.  But the agent who picks second may be left without its
maximin share, and whoever picks first does better by taking first what the other one wants.
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
from mechsim.allocation import RoundRobin
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport, Waste
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
TWO_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
ALL_PAIRS = Continuum(THREE, agents=2)
THREE_AGENTS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1)), agents=3)
ALL_TRIPLES = Continuum(THREE, agents=3)
SECOND = Cutter(Instance(THREE, THREE.read([[4, 0, 0], [3, 2, 1]])), agent=1)
ENVY = Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0)
ONE_LESS = Envy(SECOND.instance, agent=1, other=0)
SHARE = Claimant(ENVY.instance, agent=1)
CONTESTED = Instance(THREE, THREE.read([[0, 1, 1], [0, 0, 1]]))
LIE = Misreport(CONTESTED, agent=0, report=CONTESTED.profile[1])
WASTED = Instance(TWO, TWO.read([[0, 0], [1, 4]]))

CARD = Card(
    title="Round Robin",
    rule=RoundRobin,
    source="Caragiannis, Kurokawa, Moulin, Procaccia, Shah, Wang, ACM TEAC 7 (2019)",
    claims=(
        *hold((TWO_AGENTS, ALL_PAIRS), {EnvyFreeUpToOne(): "nobody envies from its own pick on"}),
        *hold(
            (THREE_AGENTS, ALL_TRIPLES), {EnvyFreeUpToOne(): "nobody envies from its own pick on"}
        ),
        Holds(ProportionalUpToOne(), TWO_AGENTS, because="it is envy-free up to one good"),
        Holds(MaximinShare(alpha=HALF), TWO_AGENTS, because="it is envy-free up to one good"),
        Fails(EnvyFreeUpToAny(), ONE_LESS, violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(valued=True), ONE_LESS, violation=Fraction(1)),
        Fails(ProportionalShare(), SHARE, violation=HALF),
        Fails(EnvyFree(), ENVY, violation=Fraction(1)),
        Fails(MaximinShare(), SECOND, violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(FractionallyParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
