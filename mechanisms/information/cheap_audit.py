"""A correlated audit that pays 4, which is too little: an expert does better to rest and guess.

Resting saves 1 and loses 2/5 * 4 * (1 - 1/2) = 4/5.
"""

from fractions import Fraction
from functools import partial

from mechsim import Acquisition, Finite, Instance, Obedient
from mechsim.axioms import Disobedience
from mechsim.catalogue import Card, Fails
from mechsim.information import Audit
from mechsim.preferences import Effort, Expert, World

ZERO, ONE = Fraction(0), Fraction(1)
WORLDS = (
    World("rise", Fraction(3, 10)),  # the hidden bit is 1
    World("fall", Fraction(1, 5)),
    World("fall", Fraction(3, 10)),  # the hidden bit is 0
    World("rise", Fraction(1, 5)),
)
SEEN = ((ZERO, ONE, ZERO),) * 2 + ((ZERO, ZERO, ONE),) * 2
EFFORTS = (
    Effort("rest", ZERO, ((ONE, ZERO, ZERO),) * 4),
    Effort("work", ONE, SEEN),
)
SIGNALS = ("nothing", "one", "zero")
PAIR = Acquisition(WORLDS, (Expert("Ann", SIGNALS, EFFORTS), Expert("Bob", SIGNALS, EFFORTS)))
PLAN = Finite(
    {
        ("work", "work"): Fraction(1, 4),
        ("work", "rest"): Fraction(3, 8),
        ("rest", "work"): Fraction(3, 8),
    }
)
GUESS = Disobedience(Instance(PAIR, ()), 0, "work", "rest", (("nothing", "one"),))

CARD = Card(
    title="Correlated Audit, Too Cheap",
    rule=partial(Audit, PLAN, Fraction(4)),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(Fails(Obedient(), GUESS, violation=Fraction(1, 5)),),
)
