"""A score for who forecasts what actions would lead to, where the one that looks best is taken.

The forecast of the other is never tested.  Who thinks that one action succeeds six times of ten,
which scores little, and the other once of ten, which scores much, talks the better one down.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Instance, Strategyproof, StrictlyProper
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails
from mechsim.information import ByRank, DecisionScore, Quadratic
from mechsim.preferences import Prospects

DRUGS = Prospects(("old", "new"), Beliefs(("cured", "ill")))
LOW = (Fraction(1, 10), Fraction(9, 10))
TRUTH = ((Fraction(3, 5), Fraction(2, 5)), LOW)
LIE = ((Fraction(1, 20), Fraction(19, 20)), LOW)
TALKED_DOWN = Misreport(Instance(DRUGS, (TRUTH,)), agent=0, report=LIE)

CARD = Card(
    title="Best Action, Scored",
    rule=partial(DecisionScore, Quadratic(), ByRank((Fraction(1), Fraction(0)))),
    source="Othman, Sandholm, AAMAS 2010",
    claims=(
        Fails(Strategyproof(), TALKED_DOWN, violation=Fraction(3, 10)),
        Fails(StrictlyProper(), TALKED_DOWN, violation=Fraction(1)),
    ),
)
