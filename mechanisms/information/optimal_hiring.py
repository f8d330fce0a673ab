"""The best way to hire experts for a decision, with payments up to 5.

Of two experts who can see a hidden bit, one works always, and both a quarter of the time; whoever
is asked to work is paid if both were and their reports agree.  That leaves 57 1/2 of 100.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Obedient
from mechsim.axioms import (
    CappedPayments,
    LimitedLiability,
    ObedientEfforts,
    TruthfulReports,
    WillinglyHired,
)
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, OptimalHiring, hidden_bit

CAP = 5
PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)
BOTH = Domain(PAIR, agents=2)
BEST = Fraction(115, 2)

CARD = Card(
    title="Optimal Hiring",
    rule=partial(OptimalHiring, GUESS, CAP),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), BOTH, because="these are rows of the program"),
        Holds(ObedientEfforts(), BOTH, because="a single deviation is a double one"),
        Holds(TruthfulReports(), BOTH, because="a single deviation is a double one"),
        Holds(WillinglyHired(), BOTH, because="one may rest, and payments are from 0"),
        Holds(LimitedLiability(), BOTH, because="payments are variables from 0"),
        Holds(CappedPayments(CAP), BOTH, because="these are rows of the program"),
        IsWorth(HireTask(PAIR, GUESS, CAP), BEST, BEST, because="60 - 4 / (2 - 2/M)"),
    ),
)
