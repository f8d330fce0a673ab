"""One takes all: an agent, fixed in advance, gets every good.

Strategyproof for the emptiest of reasons, and the foil of everything that is fair.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    CostUtilities,
    Domain,
    EnvyFree,
    EnvyFreeUpToOne,
    Goods,
    Instance,
    MaximinShare,
    Strategyproof,
)
from mechsim.allocation import OneTakesAll
from mechsim.axioms import Cutter, Envy
from mechsim.catalogue import Card, Fails, Holds

ONE = Goods(("car",))
TWO = Goods(("car", "dog"))
PAIRS = Domain(Goods(("car", "dog"), grid=(0, 1, 2)), agents=2)
COSTS = CostUtilities(("car", "dog"), (2, 1))
BOTH_WANT_BOTH = Instance(COSTS, COSTS.read([["car", "dog"], ["car", "dog"]]))
BOTH_LIKE_BOTH = Instance(TWO, TWO.read([[1, 1], [1, 1]]))

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
        Fails(MaximinShare(), Cutter(BOTH_LIKE_BOTH, agent=1), violation=Fraction(1)),
        Fails(MaximinShare(), Cutter(BOTH_WANT_BOTH, agent=1), violation=Fraction(1)),
        Holds(Strategyproof(), PAIRS, because="what is reported does not matter"),
    ),
)
