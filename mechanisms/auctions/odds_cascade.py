"""Half of a cascade, truthfully: run the multinomial VCG auction on odds p / (1 - p), and show each
advertisement with a probability that brings about just its clicks there.

The best of a cascade is hard to find, and what finds a part of it fast (greed, or forgetting that
users leave) is not monotone.  This is, and gives at least half of the best welfare.
"""

from fractions import Fraction

from mechsim import Domain, Strategyproof
from mechsim.auctions import OddsCascade
from mechsim.catalogue import Card, Holds
from mechsim.preferences import Cascade, Sponsored

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)
RATES = ((HALF, FIFTH), (2 * FIFTH, HALF), (Fraction(3, 10), 4 * FIFTH))
VISIT = Domain(Sponsored(Cascade(RATES), (0, 1, 2, 4)), agents=3)

CARD = Card(
    title="Odds cascade",
    rule=OddsCascade,
    source="after Balseiro et al., arXiv:2506.03309, whose own algorithm is not known to us",
    claims=(
        Holds(Strategyproof(), VISIT, because="clicks and payments are those of the VCG auction"),
    ),
)
