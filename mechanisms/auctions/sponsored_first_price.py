"""First price in content of any kind: show what is best for the bids, and charge a click its bid.

Nobody loses, and everybody who is shown for sure would rather bid less.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Strategyproof,
)
from mechsim.auctions import SponsoredFirstPrice
from mechsim.axioms import (
    BidCurve,
    BudgetBalanced,
    Efficient,
    Envy,
    Misreport,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
)
from mechsim.catalogue import Card, Fails, Holds
from mechsim.preferences import Cascade, Multinomial, Sponsored

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)
CHOICE = Sponsored(Multinomial(((1, HALF), (2, 1), (1, 3)), 2))
VISIT = Sponsored(Cascade(((HALF, FIFTH), (2 * FIFTH, HALF), (Fraction(3, 10), 4 * FIFTH))))
COIN = Sponsored(Multinomial(((1, 2), (2, 1))), values=(1, 2), prior=(HALF, HALF))
FIRST = Instance(CHOICE, CHOICE.read((10, 6, 4)))
SECOND = Instance(VISIT, VISIT.read((10, 6, 4)))
BOTH = Instance(COIN, COIN.read((2, 2)))
THIRD = Instance(CHOICE, CHOICE.read((1, 0, 1)))
SMALL = Domain(Sponsored(Multinomial(((1, HALF), (2, 1), (1, 3)), 2), (0, 1, 2, 4)), agents=3)

CARD = Card(
    title="First price for content",
    rule=SponsoredFirstPrice,
    source="Edelman, Ostrovsky 2007, for separable positions",
    claims=(
        Fails(Strategyproof(), Misreport(FIRST, 0, Fraction(9)), violation=Fraction(1, 3)),
        Fails(Strategyproof(), Misreport(SECOND, 0, Fraction(9)), violation=HALF),
        Fails(BayesianIncentiveCompatible(), Misreport(BOTH, 0, Fraction(1)), violation=FIFTH),
        Holds(MonotoneAllocation(), SMALL, because="clicks are slopes of a convex V"),
        Fails(PaymentIdentity(), BidCurve(FIRST, 0), violation=Fraction(11, 4)),
        Holds(IndividuallyRational(), SMALL, because="who bids the truth pays what it gets"),
        Holds(Efficient(), SMALL, because="what is shown is best"),
        Fails(EnvyFree(), Envy(THIRD, agent=2, other=0), violation=FIFTH),
        Holds(NoPositiveTransfers(), SMALL, because="bids are not negative"),
        Holds(BudgetBalanced(), SMALL, because="nobody is paid"),
    ),
)
