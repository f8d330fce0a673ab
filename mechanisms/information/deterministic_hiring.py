"""The best way to hire two experts who are always asked for the same, with payments up to 5.

Both must work, to audit each other: that leaves 56, where asking at random leaves 57 1/2.
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
    title="Deterministic Hiring",
    rule=partial(OptimalHiring, GUESS, CAP, efforts="never"),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(PAIR, agents=2), because="these are rows of each program"),
        IsWorth(
            HireTask(PAIR, GUESS, CAP),
            worth=56,
            most=Fraction(115, 2),
            because="both work, and each is paid 2",
        ),
    ),
)
