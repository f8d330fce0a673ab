"""The best way to hire experts for a decision, with payments up to 5.

Of two experts who can see a hidden bit, one works always, and both a quarter of the time; whoever
is asked to work is paid if both were and their reports agree.  That leaves 57 1/2 of 100.
"""

from fractions import Fraction
from typing import Any

from mechsim import Domain, Obedient
from mechsim.axioms import (
    CappedPayments,
    LimitedLiability,
    ObedientEfforts,
    TruthfulReports,
    WillinglyHired,
)
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, Hired, binary_accuracy, hidden_bit, hire
from mechsim.preferences import Acquisition

CAP = 5
PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)
GLANCE, LOOK = (Fraction(7, 10), Fraction(1, 10)), (Fraction(9, 10), Fraction(3, 10))
ONE = binary_accuracy({"glance": GLANCE, "study": LOOK}, states=("rise", "fall"))
PRIZE = Decision.guess(("rise", "fall"), prize=10)
BOTH = Domain(PAIR, agents=2)


def best(setting: Acquisition) -> Any:
    """The optimum for the decision that is made there."""
    found = hire(setting, GUESS if len(setting.experts) == 2 else PRIZE, CAP)
    assert isinstance(found, Hired)
    return found


CARD = Card(
    title="Optimal Hiring",
    rule=best,
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), BOTH, because="these are rows of the program"),
        Holds(ObedientEfforts(), BOTH, because="a single deviation is a double one"),
        Holds(TruthfulReports(), BOTH, because="a single deviation is a double one"),
        Holds(WillinglyHired(), BOTH, because="one may rest, and payments are from 0"),
        Holds(LimitedLiability(), BOTH, because="payments are variables from 0"),
        Holds(CappedPayments(CAP), BOTH, because="these are rows of the program"),
        IsWorth(
            HireTask(PAIR, GUESS, CAP),
            worth=Fraction(115, 2),
            most=Fraction(115, 2),
            because="60 - 4 / (2 - 2/M)",
        ),
        IsWorth(
            HireTask(ONE, PRIZE, CAP),
            worth=Fraction(81, 10),
            most=Fraction(81, 10),
            because="who studies is right with .9; its score costs 9/10",
        ),
    ),
)
