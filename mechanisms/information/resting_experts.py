"""A contract that asks both of two experts to rest, and pays nothing.

It is obeyed, and the principal decides by the prior.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, FlatContract, hidden_bit

PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)
NOTHING: Mapping[str, Fraction] = {}

CARD = Card(
    title="Resting Experts",
    rule=partial(FlatContract, ("rest", "rest"), NOTHING),
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(PAIR, agents=2), because="nothing costs less than to rest"),
        IsWorth(HireTask(PAIR, GUESS, 5), 50, Fraction(115, 2), because="the prior is even"),
    ),
)
