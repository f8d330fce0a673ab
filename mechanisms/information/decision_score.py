"""A score for who forecasts what each of two actions would lead to, divided by its chance.

The action that looks better is taken nine times of ten, the other one of ten, and the score of what
was taken is divided by that.  So all forecasts count alike, and honesty is best.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Domain, Strategyproof, StrictlyProper
from mechsim.catalogue import Card, Holds
from mechsim.information import ByRank, DecisionScore, Quadratic
from mechsim.preferences import Prospects

DRUGS = Domain(Prospects(("old", "new"), Beliefs(("cured", "ill"), steps=5)), agents=1)
WHY = "what is expected is the sum of proper scores, whatever the chances"

CARD = Card(
    title="Decision Scoring Rule",
    rule=partial(DecisionScore, Quadratic(), ByRank((Fraction(9, 10), Fraction(1, 10)))),
    source="Chen, Kash, Ruberry, Shnayder, ACM TEAC 2 (2014)",
    claims=(
        Holds(Strategyproof(), DRUGS, because=WHY),
        Holds(StrictlyProper(), DRUGS, because=WHY),
    ),
)
