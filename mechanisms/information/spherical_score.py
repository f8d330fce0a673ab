"""The spherical score: the probability of what came true, over the norm of the report.

The scores are balls, and each verdict rests on balls that lie on one side of zero.
"""

from functools import partial

from mechsim import Beliefs, Domain, Strategyproof, StrictlyProper
from mechsim.catalogue import Card, Holds
from mechsim.information import ScoringRule, Spherical

TWELFTHS = Domain(Beliefs(("rain", "sun"), steps=12), agents=1)
SEVENTHS = Domain(Beliefs(("rain", "snow", "sun"), steps=7), agents=1)

CARD = Card(
    title="Spherical Scoring Rule",
    rule=partial(ScoringRule, Spherical()),
    source="Roby, Behavioral Science 10 (1965); Gneiting, Raftery, JASA 102 (2007)",
    claims=(
        Holds(Strategyproof(), TWELFTHS, because="Cauchy-Schwarz"),
        Holds(Strategyproof(), SEVENTHS, because="Cauchy-Schwarz"),
        Holds(StrictlyProper(), TWELFTHS, because="beliefs that are parallel are equal"),
        Holds(StrictlyProper(), SEVENTHS, because="beliefs that are parallel are equal"),
    ),
)
