"""A score for who forecasts what actions would lead to, not divided by the chance of the action.

What looks better is taken more often, and its score counts more: it pays to make the action look
better whose forecast scores more.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Instance, Strategyproof, StrictlyProper
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails
from mechsim.information import ByRank, DecisionScore, Quadratic
from mechsim.preferences import Prospects

DRUGS = Prospects(("old", "new"), Beliefs(("cured", "ill")))
TRUTH = ((Fraction(3, 5), Fraction(2, 5)), (Fraction(1, 10), Fraction(9, 10)))
LIE = ((Fraction(1, 10), Fraction(9, 10)), (Fraction(1, 5), Fraction(4, 5)))
TALKED_UP = Misreport(Instance(DRUGS, (TRUTH,)), agent=0, report=LIE)

CARD = Card(
    title="Decision Score Without Weights",
    rule=partial(
        DecisionScore, Quadratic(), ByRank((Fraction(9, 10), Fraction(1, 10))), weighted=False
    ),
    source="Chen, Kash, Ruberry, Shnayder, ACM TEAC 2 (2014)",
    claims=(
        Fails(Strategyproof(), TALKED_UP, violation=Fraction(43, 250)),
        Fails(StrictlyProper(), TALKED_UP, violation=Fraction(1)),
    ),
)
