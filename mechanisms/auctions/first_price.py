"""The generalized first price: rank bidders by bid times quality, and charge for each click what
was bid for it.

Whoever bids what a click is worth gains nothing, so everyone bids less; the first auction of
search advertising, given up because bids went up and down without end.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Positions,
    Strategyproof,
)
from mechsim.auctions import FirstPrice
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
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold

HALF = Fraction(1, 2)
TWO = Positions((200, 100))
EOS = Instance(TWO, TWO.read((10, 4, 2)))
ONE = Positions((Fraction(4, 5),), qualities=(1, HALF))
PAIR = Instance(ONE, ONE.read((9, 7)))
COIN = Positions((10, 9), values=(1, 2), prior=(HALF, HALF))
HIGH = Instance(COIN, COIN.read((2, 2, 2)))
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3)), agents=3)
ALL_BIDS = Continuum(Positions((10, 9)), agents=3)

CARD = Card(
    title="Generalized First Price",
    rule=FirstPrice,
    source="Edelman, Ostrovsky, Decision Support Systems 43 (2007)",
    claims=(
        Fails(Strategyproof(), Misreport(PAIR, 0, Fraction(15, 4)), violation=Fraction(21, 5)),
        Fails(
            BayesianIncentiveCompatible(), Misreport(HIGH, 0, Fraction(1)), violation=Fraction(7)
        ),
        *hold((ALIKE, ALL_BIDS), {IndividuallyRational(): "who bids the truth pays what it gets"}),
        Fails(EnvyFree(), Envy(EOS, agent=0, other=1), violation=Fraction(600)),
        Holds(MonotoneAllocation(), ALIKE, because="a higher bid has no lower score"),
        Fails(PaymentIdentity(), BidCurve(EOS, 0), violation=Fraction(1700)),
        Holds(Efficient(), ALIKE, because="scores and effects are both in order"),
        Holds(NoPositiveTransfers(), ALIKE, because="bids and scores are not negative"),
        Holds(BudgetBalanced(), ALIKE, because="nobody is paid"),
    ),
)
