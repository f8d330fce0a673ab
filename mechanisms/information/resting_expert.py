"""A contract that asks one expert to rest, and pays nothing.

It is obeyed, and the principal decides by the prior.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, FlatContract, binary_accuracy

GLANCE, LOOK = (Fraction(7, 10), Fraction(1, 10)), (Fraction(9, 10), Fraction(3, 10))
ONE = binary_accuracy({"glance": GLANCE, "study": LOOK}, states=("rise", "fall"))
PRIZE = Decision.guess(("rise", "fall"), prize=10)
NOTHING: Mapping[str, Fraction] = {}

CARD = Card(
    title="A Resting Expert",
    rule=partial(FlatContract, ("rest",), NOTHING),
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(ONE, agents=1), because="nothing costs less than to rest"),
        IsWorth(HireTask(ONE, PRIZE, 5), 5, Fraction(81, 10), because="the prior is even"),
    ),
)
