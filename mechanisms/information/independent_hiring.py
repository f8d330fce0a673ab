"""The best way to hire two experts whose efforts are drawn independently, in fifths.

One always works, the other two fifths of the time: that leaves 57 1/5, where correlated efforts
leave 57 1/2.
"""

from fractions import Fraction
from typing import Any

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, hidden_bit, hire_independently
from mechsim.preferences import Acquisition

CAP = 5
PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)


def best(setting: Acquisition) -> Any:
    """The best product of chances that are fifths."""
    return hire_independently(setting, GUESS, CAP, steps=5)


CARD = Card(
    title="Independent Hiring",
    rule=best,
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(PAIR, agents=2), because="these are rows of each program"),
        IsWorth(
            HireTask(PAIR, GUESS, CAP),
            worth=Fraction(286, 5),
            most=Fraction(115, 2),
            because="60 - 2 (1 + 2/M), with chances 1 and 2/M",
        ),
    ),
)
