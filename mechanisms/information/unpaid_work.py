"""A contract that asks all to work, and pays nothing.

Nobody is asked to lie, or could gain by that; but everybody would rather rest, or leave.
"""

from collections.abc import Mapping
from fractions import Fraction

from mechsim import Instance, Obedient
from mechsim.axioms import Called, Disobedience, ObedientEfforts, WillinglyHired
from mechsim.catalogue import Card, Fails
from mechsim.information import FlatContract, hidden_bit
from mechsim.preferences import Acquisition

PAIR = hidden_bit(Fraction(3, 5), cost=1)
NOTHING: Mapping[str, Fraction] = {}
HERE = Instance(PAIR, ())
IDLE = Disobedience(HERE, 0, "work", "rest", (("nothing", "nothing"),))


def unpaid(setting: Acquisition) -> FlatContract:
    """All are asked for the last of their efforts."""
    asked = tuple(expert.efforts[-1].name for expert in setting.experts)
    return FlatContract(asked, NOTHING, setting)


CARD = Card(
    title="Unpaid Work",
    rule=unpaid,
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Fails(Obedient(), IDLE, violation=1),
        Fails(ObedientEfforts(), IDLE, violation=1),
        Fails(WillinglyHired(), Called(HERE, 1, "work"), violation=1),
    ),
)
