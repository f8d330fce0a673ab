"""One takes all: an agent, fixed in advance, gets every good.

Strategyproof for the emptiest of reasons, and the foil of everything that is fair.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    CostUtilities,
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
from mechsim.allocation import OneTakesAll
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Waste
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold

HALF = Fraction(1, 2)
ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
THREE = Goods(("car", "dog", "egg"))
PAIRS = Domain(Goods(("car", "dog"), grid=(0, 1, 2)), agents=2)
ALL_PAIRS = Continuum(THREE, agents=2)
COSTS = CostUtilities(("car", "dog"), (2, 1))
BOTH_WANT_BOTH = Instance(COSTS, COSTS.read([["car", "dog"], ["car", "dog"]]))
SECOND_WANTS = Instance(COSTS, COSTS.read([["car"], ["dog"]]))
BOTH_LIKE_BOTH = Instance(TWO, TWO.read([[1, 1], [1, 1]]))
ALL_LIKE_ALL = Instance(THREE, THREE.read([[1, 1, 1], [1, 1, 1]]))
WASTED = Instance(ONE, ONE.read([[0], [1]]))

CARD = Card(
    title="One Takes All",
    rule=partial(OneTakesAll, 0),
    source="folklore",
    claims=(
        Fails(EnvyFreeUpToOne(), Envy(BOTH_LIKE_BOTH, agent=1, other=0), violation=Fraction(1)),
        Fails(
            EnvyFree(),
            Envy(Instance(ONE, ONE.read([[1], [1]])), agent=1, other=0),
            violation=Fraction(1),
        ),
        Fails(EnvyFreeUpToAny(), Envy(BOTH_LIKE_BOTH, agent=1, other=0), violation=Fraction(1)),
        Fails(
            EnvyFreeUpToAny(valued=True),
            Envy(BOTH_LIKE_BOTH, agent=1, other=0),
            violation=Fraction(1),
        ),
        Fails(ProportionalShare(), Claimant(BOTH_LIKE_BOTH, agent=1), violation=Fraction(1)),
        Fails(ProportionalUpToOne(), Claimant(ALL_LIKE_ALL, agent=1), violation=HALF),
        Fails(MaximinShare(), Cutter(BOTH_LIKE_BOTH, agent=1), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(SECOND_WANTS), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(BOTH_WANT_BOTH, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(alpha=HALF), Cutter(BOTH_LIKE_BOTH, agent=1), violation=HALF),
        Fails(
            MaximinShare(alpha=Fraction(3, 4)),
            Cutter(BOTH_LIKE_BOTH, agent=1),
            violation=Fraction(3, 4),
        ),
        Fails(
            EnvyFreeUpToOne(entitlements=(1, 2)),
            Envy(BOTH_LIKE_BOTH, agent=1, other=0),
            violation=Fraction(2),
        ),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(FractionallyParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        *hold((PAIRS, ALL_PAIRS), {Strategyproof(): "what is reported does not matter"}),
        Holds(GroupStrategyproof(), PAIRS, because="what is reported does not matter"),
    ),
)
