"""A correlated audit of two experts: one always works, both do a quarter of the time.

Whoever is asked to work is audited with probability 2/5, and then paid 5 if both report alike.
So working is worth 2 - 1, and guessing 2 * 1/2.  With payments up to 5 no contract does better.
"""

from fractions import Fraction
from functools import partial

from mechsim import Acquisition, Domain, Finite, Obedient
from mechsim.catalogue import Card, Holds
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

CARD = Card(
    title="Correlated Audit",
    rule=partial(Audit, PLAN, Fraction(5)),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(Obedient(), Domain(PAIR, agents=2), because="2/5 * 5 * (1 - 1/2) = 1, the cost"),
    ),
)
