"""The best way to hire two experts whose efforts are drawn independently, in fifths.

One always works, the other two fifths of the time: that leaves 57 1/5, where correlated efforts
leave 57 1/2.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, OptimalHiring, hidden_bit

CAP = 5
PAIR = hidden_bit(Fraction(3, 5), cost=1)
GUESS = Decision.guess(("rise", "fall"), prize=100)

CARD = Card(
    title="Independent Hiring",
    rule=partial(OptimalHiring, GUESS, CAP, efforts="independently"),
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
