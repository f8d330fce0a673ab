"""A contract that asks all to work, and pays nothing.

Nobody is asked to lie, or could gain by that; but everybody would rather rest, or leave.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from mechsim import Instance, Obedient
from mechsim.axioms import Called, Disobedience, ObedientEfforts, WillinglyHired
from mechsim.catalogue import Card, Fails
from mechsim.information import FlatContract, hidden_bit

PAIR = hidden_bit(Fraction(3, 5), cost=1)
NOTHING: Mapping[str, Fraction] = {}
HERE = Instance(PAIR, ())
IDLE = Disobedience(HERE, 0, "work", "rest", (("nothing", "nothing"),))

CARD = Card(
    title="Unpaid Work",
    rule=partial(FlatContract, ("work", "work"), NOTHING),
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Fails(Obedient(), IDLE, violation=1),
        Fails(ObedientEfforts(), IDLE, violation=1),
        Fails(WillinglyHired(), Called(HERE, 1, "work"), violation=1),
    ),
)
