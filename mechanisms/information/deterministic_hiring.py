"""The best way to hire experts who are always asked for the same, with payments up to 5.

Of two experts who can see a hidden bit both must work, to audit each other: that leaves 56, where
asking at random leaves 57 1/2.  One expert alone needs no lottery.
"""

from fractions import Fraction
from typing import Any

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, binary_accuracy, hidden_bit, hire_deterministically
from mechsim.preferences import Acquisition

CAP = 5
PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)
GLANCE, LOOK = (Fraction(7, 10), Fraction(1, 10)), (Fraction(9, 10), Fraction(3, 10))
ONE = binary_accuracy({"glance": GLANCE, "study": LOOK}, states=("rise", "fall"))
PRIZE = Decision.guess(("rise", "fall"), prize=10)


def best(setting: Acquisition) -> Any:
    """The best of all profiles of efforts."""
    decision = GUESS if len(setting.experts) == 2 else PRIZE
    return hire_deterministically(setting, decision, CAP)


CARD = Card(
    title="Deterministic Hiring",
    rule=best,
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(PAIR, agents=2), because="these are rows of each program"),
        IsWorth(
            HireTask(PAIR, GUESS, CAP),
            worth=56,
            most=Fraction(115, 2),
            because="both work, and each is paid 2",
        ),
        IsWorth(
            HireTask(ONE, PRIZE, CAP),
            worth=Fraction(81, 10),
            most=Fraction(81, 10),
            because="incentives are for each effort that is asked; the best of them is best",
        ),
    ),
)
