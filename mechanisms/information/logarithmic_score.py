"""The logarithmic score: the logarithm of the probability given to what came true.

A lie costs the Kullback-Leibler divergence.  The scores are balls, and each verdict rests on
balls that lie on one side of zero.
"""

from functools import partial

from mechsim import Beliefs, Domain, Strategyproof, StrictlyProper
from mechsim.catalogue import Card, Holds
from mechsim.information import Logarithmic, ScoringRule

TWELFTHS = Domain(Beliefs(("rain", "sun"), steps=12), agents=1)
SEVENTHS = Domain(Beliefs(("rain", "snow", "sun"), steps=7), agents=1)

CARD = Card(
    title="Logarithmic Scoring Rule",
    rule=partial(ScoringRule, Logarithmic()),
    source="Good, JRSS B 14 (1952)",
    claims=(
        Holds(Strategyproof(), TWELFTHS, because="a lie costs the Kullback-Leibler divergence"),
        Holds(Strategyproof(), SEVENTHS, because="a lie costs the Kullback-Leibler divergence"),
        Holds(StrictlyProper(), TWELFTHS, because="the negative entropy is strictly convex"),
        Holds(StrictlyProper(), SEVENTHS, because="the negative entropy is strictly convex"),
    ),
)
