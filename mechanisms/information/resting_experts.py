"""A contract that asks everybody to rest, and pays nothing.

It is obeyed, and the principal decides by the prior.
"""

from collections.abc import Mapping
from fractions import Fraction

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, FlatContract, binary_accuracy, hidden_bit
from mechsim.preferences import Acquisition

PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)
GLANCE, LOOK = (Fraction(7, 10), Fraction(1, 10)), (Fraction(9, 10), Fraction(3, 10))
ONE = binary_accuracy({"glance": GLANCE, "study": LOOK}, states=("rise", "fall"))
PRIZE = Decision.guess(("rise", "fall"), prize=10)
NOTHING: Mapping[str, Fraction] = {}


def rest(setting: Acquisition) -> FlatContract:
    """All are asked for the first of their efforts, which costs nothing."""
    asked = tuple(expert.efforts[0].name for expert in setting.experts)
    return FlatContract(asked, NOTHING, setting)


CARD = Card(
    title="Resting Experts",
    rule=rest,
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(PAIR, agents=2), because="nothing costs less than to rest"),
        IsWorth(HireTask(PAIR, GUESS, 5), 50, Fraction(115, 2), because="the prior is even"),
        IsWorth(HireTask(ONE, PRIZE, 5), 5, Fraction(81, 10), because="the prior is even"),
    ),
)
