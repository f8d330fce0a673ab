"""A contract that is too cheap: half of the quadratic score does not pay for studying.

The expert rests, saves 3/10 and loses 1/2 * (41/50 - 1/2) = 4/25.
"""

from fractions import Fraction
from functools import partial

from mechsim import Acquisition, Instance, Obedient
from mechsim.axioms import Disobedience
from mechsim.catalogue import Card, Fails
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
IDLE = Disobedience(Instance(MARKET, ()), 0, "study", "rest", (("nothing", "nothing"),))

CARD = Card(
    title="Quadratic Contract, Too Cheap",
    rule=partial(ScoringContract, ("study",), Quadratic(), HALF),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2307.06210",
    claims=(Fails(Obedient(), IDLE, violation=Fraction(7, 50)),),
)
