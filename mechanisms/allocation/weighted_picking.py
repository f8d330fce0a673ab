"""Weighted picking: the next turn is of the agent with the fewest goods for its entitlement.

The second agent is entitled to twice as much as the first.  Up to one good nobody envies, if both
compare what they get for their entitlements; without regard to these the first one may.
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
from mechsim.allocation import WeightedPicking
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport, Waste
from mechsim.catalogue import Card, Continuum, Fails, hold

WEIGHTS = (1, 2)
ONE = Goods(("car",))
FOUR = Goods(("car", "dog", "egg", "fan"))
SIX = Goods(("car", "dog", "egg", "fan", "gem", "hat"))
THREE_GOODS = Domain(Goods(("car", "dog", "egg"), grid=(0, 1, 2)), agents=2)
ALL_OF_THREE = Continuum(Goods(("car", "dog", "egg")), agents=2)
FOUR_GOODS = Domain(Goods(FOUR.names, grid=(0, 1)), agents=2)
ALL_OF_FOUR = Continuum(FOUR, agents=2)
SMALL = Instance(FOUR, FOUR.read([[3, 2, 2, 1], [3, 1, 1, 1]]))
ALL_LIKE_ALL = Instance(SIX, SIX.read([[1] * 6] * 2))
WASTED = Instance(ONE, ONE.read([[0], [1]]))
CONTESTED = Instance(FOUR, FOUR.read([[0, 0, 1, 1], [0, 0, 0, 1]]))
LIE = Misreport(CONTESTED, agent=0, report=CONTESTED.profile[1])
PROVED = "Chakraborty et al. 2021"

CARD = Card(
    title="Weighted Picking",
    rule=partial(WeightedPicking, entitlements=WEIGHTS),
    source="Chakraborty, Igarashi, Suksompong, Zick, ACM TEAC 9 (2021)",
    claims=(
        *hold((THREE_GOODS, ALL_OF_THREE), {EnvyFreeUpToOne(entitlements=WEIGHTS): PROVED}),
        *hold((FOUR_GOODS, ALL_OF_FOUR), {EnvyFreeUpToOne(entitlements=WEIGHTS): PROVED}),
        Fails(EnvyFreeUpToOne(), Envy(ALL_LIKE_ALL, agent=0, other=1), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(
            ProportionalShare(entitlements=WEIGHTS),
            Claimant(WASTED, agent=1),
            violation=Fraction(2, 3),
        ),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(EnvyFree(), Envy(WASTED, agent=1, other=0), violation=Fraction(1)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
