"""A contract: the expert is asked to study, and paid 15/16 of the quadratic score of its belief.

Studying raises the expected score from 1/2, which the prior has, to 41/50, and costs 3/10.  So a
scale of 15/16 is just enough.  A glance with the same reports is worth no more than the prior.
"""

from fractions import Fraction
from functools import partial

from mechsim import Acquisition, Domain, Obedient
from mechsim.catalogue import Card, Holds
from mechsim.information import Quadratic, ScoringContract
from mechsim.preferences import Effort, Expert, World

HALF = Fraction(1, 2)
GLANCED = (
    (Fraction(0), Fraction(7, 10), Fraction(3, 10)),
    (Fraction(0), Fraction(3, 10), Fraction(7, 10)),
)
STUDIED = (
    (Fraction(0), Fraction(9, 10), Fraction(1, 10)),
    (Fraction(0), Fraction(1, 10), Fraction(9, 10)),
)
EXPERT = Expert(
    "the expert",
    ("nothing", "up", "down"),
    (
        Effort("rest", Fraction(0), ((Fraction(1), Fraction(0), Fraction(0)),) * 2),
        Effort("glance", Fraction(1, 10), GLANCED),
        Effort("study", Fraction(3, 10), STUDIED),
    ),
)
MARKET = Acquisition((World("rise", HALF), World("fall", HALF)), (EXPERT,))

CARD = Card(
    title="Quadratic Contract",
    rule=partial(ScoringContract, ("study",), Quadratic(), Fraction(15, 16)),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(
        Holds(
            Obedient(), Domain(MARKET, agents=1), because="15/16 * (41/50 - 1/2) = 3/10, the cost"
        ),
    ),
)
