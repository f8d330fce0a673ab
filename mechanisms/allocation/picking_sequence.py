"""Balanced alternation of two agents: 0 picks first, 1 twice, and 0 last.

Who comes first picks late next time, as in the sequence of Thue and Morse.  Nobody envies by more
than one good; but who knows what the other one wants picks that first.
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
    ProportionalUpToOne,
    Strategyproof,
)
from mechsim.allocation import PickingSequence, balanced_alternation
from mechsim.axioms import Claimant, Cutter, Envy, Everybody, Misreport, Waste
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold

FOUR = Goods(("car", "dog", "egg", "fan"))
LIKED_OR_NOT = Domain(Goods(FOUR.names, grid=(0, 1)), agents=2)
ALL_VALUES = Continuum(FOUR, agents=2)
SMALL = Instance(FOUR, FOUR.read([[3, 1, 0, 1], [3, 1, 1, 1]]))
FIRST_TAKEN = Instance(FOUR, FOUR.read([[0, 0, 0, 0], [1, 0, 0, 0]]))
WASTED = Instance(FOUR, FOUR.read([[0, 0, 0, 0], [0, 1, 1, 1]]))
CONTESTED = Instance(FOUR, FOUR.read([[0, 0, 1, 1], [0, 0, 0, 1]]))
LIE = Misreport(CONTESTED, agent=0, report=CONTESTED.profile[1])

CARD = Card(
    title="Balanced Alternation",
    rule=partial(PickingSequence, order=balanced_alternation(agents=2, goods=4)),
    source="Brams, Taylor, The Win-Win Solution, Norton (1999)",
    claims=(
        *hold(
            (LIKED_OR_NOT, ALL_VALUES), {EnvyFreeUpToOne(): "both pick once in each pair of turns"}
        ),
        Holds(ProportionalUpToOne(), LIKED_OR_NOT, because="it is envy-free up to one good"),
        Fails(EnvyFreeUpToAny(), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(EnvyFreeUpToAny(valued=True), Envy(SMALL, agent=1, other=0), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(SMALL, agent=1), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(WASTED), violation=Fraction(1)),
        Fails(NonWasteful(), Waste(WASTED, holder=0, other=1), violation=Fraction(1)),
        Fails(EnvyFree(), Envy(FIRST_TAKEN, agent=1, other=0), violation=Fraction(1)),
        Fails(ProportionalShare(), Claimant(FIRST_TAKEN, agent=1), violation=Fraction(1, 2)),
        Fails(Strategyproof(), LIE, violation=Fraction(1)),
    ),
)
