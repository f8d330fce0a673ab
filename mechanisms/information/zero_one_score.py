"""The zero-one score: 1 if the state that was reported likeliest comes true.

Proper, but every report with the same likeliest state does as well as the truth.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Domain, Instance, Strategyproof, StrictlyProper
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails, Holds
from mechsim.information import ScoringRule, ZeroOne

TWELFTHS = Domain(Beliefs(("rain", "sun"), steps=12), agents=1)
SEVENTHS = Domain(Beliefs(("rain", "snow", "sun"), steps=7), agents=1)
EVEN = (Fraction(1, 2), Fraction(1, 2))
EXAGGERATION = Misreport(
    Instance(Beliefs(("rain", "sun")), (EVEN,)), agent=0, report=(Fraction(2, 3), Fraction(1, 3))
)

CARD = Card(
    title="Zero-One Score",
    rule=partial(ScoringRule, ZeroOne()),
    source="Gneiting, Raftery, JASA 102 (2007)",
    claims=(
        Holds(Strategyproof(), TWELFTHS, because="no report wins in a state likelier than the top"),
        Holds(Strategyproof(), SEVENTHS, because="no report wins in a state likelier than the top"),
        Fails(StrictlyProper(), EXAGGERATION, violation=Fraction(1)),
    ),
)
