"""VCG in content of any kind: show what is best, where clicks on one thing depend on all that
is shown, and charge everyone the harm that its presence does to the others.

It needs no more of a click model than what is best to show.  Clicks rise with the bid whatever the
externalities, as the best welfare is convex in each value.
"""

from fractions import Fraction

from mechsim import BayesianIncentiveCompatible, Domain, Strategyproof
from mechsim.auctions import SponsoredVCG
from mechsim.catalogue import Card, Holds
from mechsim.preferences import Cascade, Matrix, Multinomial, Sponsored

HALF, FIFTH, QUARTER = Fraction(1, 2), Fraction(1, 5), Fraction(1, 4)
WEIGHTS = ((1, HALF), (2, 1), (1, 3))
RATES = ((HALF, FIFTH), (2 * FIFTH, HALF), (Fraction(3, 10), 4 * FIFTH))
LEVELS = (0, 1, 2, 4)
PRIOR = (QUARTER,) * 4
CHOICE = Domain(Sponsored(Multinomial(WEIGHTS, 2), LEVELS, PRIOR), agents=3)
VISIT = Domain(Sponsored(Cascade(RATES), LEVELS), agents=3)
APART = Domain(Sponsored(Matrix(RATES), LEVELS), agents=3)

CARD = Card(
    title="VCG for content",
    rule=SponsoredVCG,
    source="Balseiro et al., arXiv:2506.03309; Vickrey 1961; Clarke 1971; Groves 1973",
    claims=(
        Holds(Strategyproof(), CHOICE, because="Groves: a bidder's utility is the total value"),
        Holds(Strategyproof(), VISIT, because="Groves; the best of a cascade is found exactly"),
        Holds(Strategyproof(), APART, because="Groves; Leonard 1983 for assignments"),
        Holds(BayesianIncentiveCompatible(), CHOICE, because="it is strategyproof"),
    ),
)
