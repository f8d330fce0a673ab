"""The best way to hire one expert who may rest, glance or study, for a prize of 10.

It is asked to study, which costs 3/10 and is right nine times of ten, and is paid as much as makes
that worth its while: 9/10 on average.  That leaves 8 1/10.
"""

from fractions import Fraction
from functools import partial

from mechsim import Domain, Obedient
from mechsim.catalogue import Card, HireTask, Holds, IsWorth
from mechsim.information import Decision, OptimalHiring, binary_accuracy

CAP = 5
GLANCE, LOOK = (Fraction(7, 10), Fraction(1, 10)), (Fraction(9, 10), Fraction(3, 10))
ONE = binary_accuracy({"glance": GLANCE, "study": LOOK}, states=("rise", "fall"))
PRIZE = Decision.guess(("rise", "fall"), prize=10)
BEST = Fraction(81, 10)

CARD = Card(
    title="Hiring One Expert",
    rule=partial(OptimalHiring, PRIZE, CAP),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(ONE, agents=1), because="these are rows of the program"),
        IsWorth(HireTask(ONE, PRIZE, CAP), BEST, BEST, because="it costs 9/10 to have it study"),
    ),
)
