"""The ranked probability score: for states in order, the squared distance between distribution
functions.

Forecasting the neighbour of what came true is less wrong than forecasting its opposite.
"""

from functools import partial

from mechsim import Beliefs, Domain, Strategyproof, StrictlyProper
from mechsim.catalogue import Card, Holds
from mechsim.information import RankedProbability, ScoringRule

TWELFTHS = Domain(Beliefs(("rain", "sun"), steps=12), agents=1)
SEVENTHS = Domain(Beliefs(("rain", "snow", "sun"), steps=7), agents=1)

CARD = Card(
    title="Ranked Probability Score",
    rule=partial(ScoringRule, RankedProbability()),
    source="Epstein, Journal of Applied Meteorology 8 (1969)",
    claims=(
        Holds(
            Strategyproof(),
            TWELFTHS,
            because="a lie costs a squared distance",
        ),
        Holds(
            Strategyproof(),
            SEVENTHS,
            because="a lie costs a squared distance",
        ),
        Holds(StrictlyProper(), TWELFTHS, because="a distribution function says all of a belief"),
        Holds(StrictlyProper(), SEVENTHS, because="a distribution function says all of a belief"),
    ),
)
