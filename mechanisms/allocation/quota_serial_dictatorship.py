"""Serial dictatorship with quotas: the first agent takes two goods at once, the second the third.

Nobody gains by a lie, and who comes first takes the best; so the other one envies, by more than one
good, and goods are wasted to fill a quota.
"""

from fractions import Fraction
from functools import partial

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
from mechsim.allocation import QuotaSerialDictatorship
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Waste
from mechsim.catalogue import Card, Continuum, Fails, hold

THREE = Goods(("car", "dog", "egg"))
LIKED_OR_NOT = Domain(Goods(THREE.names, grid=(0, 1)), agents=2)
ALL_VALUES = Continuum(THREE, agents=2)
BOTH_LIKE_TWO = Instance(THREE, THREE.read([[1, 1, 0], [1, 1, 0]]))
WASTED = Instance(THREE, THREE.read([[1, 0, 0], [0, 1, 0]]))

CARD = Card(
    title="Serial Dictatorship with Quotas",
    rule=partial(QuotaSerialDictatorship, quotas=(2, 1)),
    source="Papai, Review of Economic Design 5 (2000)",
    claims=(
        *hold((LIKED_OR_NOT, ALL_VALUES), {Strategyproof(): "each has the best of what is left"}),
        Fails(EnvyFreeUpToOne(), Envy(BOTH_LIKE_TWO, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(), Envy(BOTH_LIKE_TWO, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFree(), Envy(BOTH_LIKE_TWO, agent=1, other=0), violation=Fraction(2)),
        Fails(ProportionalShare(), Claimant(BOTH_LIKE_TWO, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(BOTH_LIKE_TWO, agent=1), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
    ),
)
