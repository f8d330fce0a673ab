"""A market of forecasters of two actions, each paid for the change of the score, by the chance.

What is done is decided on the last forecast, and still the last forecaster does best to be honest,
as does everybody before it.
"""

from fractions import Fraction
from functools import partial

from mechsim import Beliefs, Domain, Strategyproof
from mechsim.catalogue import Card, Holds
from mechsim.information import ByRank, DecisionMarket, Quadratic
from mechsim.preferences import Prospects

HALF = Fraction(1, 2)
PAIR = Prospects(("old", "new"), Beliefs(("cured", "ill"), steps=4), agents=("Ann", "Bob"))
EVEN = ((HALF, HALF), (HALF, HALF))

CARD = Card(
    title="Decision Market",
    rule=partial(DecisionMarket, Quadratic(), ByRank((Fraction(9, 10), Fraction(1, 10))), EVEN),
    source="Chen, Kash, Ruberry, Shnayder, ACM TEAC 2 (2014)",
    claims=(
        Holds(
            Strategyproof(),
            Domain(PAIR, agents=2),
            because="what one expects does not depend on the chances of actions",
        ),
    ),
)
