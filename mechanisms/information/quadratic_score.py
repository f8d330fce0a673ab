"""The quadratic score: twice the probability of what came true, less the sum of squares.

A lie costs the squared distance between what is reported and what is believed.
"""

from functools import partial

from mechsim import Beliefs, Domain, Strategyproof, StrictlyProper
from mechsim.catalogue import Card, Holds
from mechsim.information import Quadratic, ScoringRule

TWELFTHS = Domain(Beliefs(("rain", "sun"), steps=12), agents=1)
SEVENTHS = Domain(Beliefs(("rain", "snow", "sun"), steps=7), agents=1)

CARD = Card(
    title="Quadratic Scoring Rule",
    rule=partial(ScoringRule, Quadratic()),
    source="Brier, Monthly Weather Review 78 (1950); Savage, JASA 66 (1971)",
    claims=(
        Holds(Strategyproof(), TWELFTHS, because="a lie costs the squared distance"),
        Holds(Strategyproof(), SEVENTHS, because="a lie costs the squared distance"),
        Holds(StrictlyProper(), TWELFTHS, because="a sum of squares is strictly convex"),
        Holds(StrictlyProper(), SEVENTHS, because="a sum of squares is strictly convex"),
    ),
)
