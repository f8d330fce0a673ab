"""The Brier score, normalised: 1 less half the squared distance from what came true.

The quadratic score on the scale from 0 to 1.
"""

from functools import partial

from mechsim import Beliefs, Domain, Strategyproof, StrictlyProper
from mechsim.catalogue import Card, Holds
from mechsim.information import Brier, ScoringRule

TWELFTHS = Domain(Beliefs(("rain", "sun"), steps=12), agents=1)
SEVENTHS = Domain(Beliefs(("rain", "snow", "sun"), steps=7), agents=1)

CARD = Card(
    title="Normalised Brier Score",
    rule=partial(ScoringRule, Brier()),
    source="Brier, Monthly Weather Review 78 (1950)",
    claims=(
        Holds(Strategyproof(), TWELFTHS, because="a lie costs half the squared distance"),
        Holds(Strategyproof(), SEVENTHS, because="a lie costs half the squared distance"),
        Holds(StrictlyProper(), TWELFTHS, because="a sum of squares is strictly convex"),
        Holds(StrictlyProper(), SEVENTHS, because="a sum of squares is strictly convex"),
    ),
)
