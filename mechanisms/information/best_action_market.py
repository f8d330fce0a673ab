"""A market of forecasters, after which the action that looks best is taken.

Whoever comes last gains by talking an action down whose forecast it need not then answer for.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Instance, Strategyproof
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails
from mechsim.information import ByRank, DecisionMarket, Quadratic
from mechsim.preferences import Prospects

HALF, LOW, HIGH = Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)
PAIR = Prospects(("old", "new"), Beliefs(("cured", "ill")), agents=("Ann", "Bob"))
EVEN = ((HALF, HALF), (HALF, HALF))
TRUTH = ((HALF, HALF), (LOW, HIGH))
LIE = ((Fraction(1, 5), Fraction(4, 5)), (LOW, HIGH))
TALKED_DOWN = Misreport(Instance(PAIR, (EVEN, TRUTH)), agent=1, report=LIE)

CARD = Card(
    title="Best Action Market",
    rule=partial(DecisionMarket, Quadratic(), ByRank((Fraction(1), Fraction(0))), EVEN),
    source="Othman, Sandholm, AAMAS 2010",
    claims=(Fails(Strategyproof(), TALKED_DOWN, violation=Fraction(1, 8)),),
)
