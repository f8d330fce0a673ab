"""The linear score: the probability given to what came true.

It looks natural and is not proper: whoever wants a high score reports the likeliest state as
certain.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Instance, Strategyproof, StrictlyProper
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails
from mechsim.information import Linear, ScoringRule

BELIEF = (Fraction(1, 3), Fraction(2, 3))
EXAGGERATION = Misreport(
    Instance(Beliefs(("rain", "sun")), (BELIEF,)), agent=0, report=(Fraction(0), Fraction(1))
)

CARD = Card(
    title="Linear Score",
    rule=partial(ScoringRule, Linear()),
    source="Gneiting, Raftery, JASA 102 (2007)",
    claims=(
        Fails(Strategyproof(), EXAGGERATION, violation=Fraction(1, 9)),
        Fails(StrictlyProper(), EXAGGERATION, violation=Fraction(1)),
    ),
)
