"""The generalized second price with a reserve per click, here 2: who bids less is left
out, and nobody pays less.

More revenue than without, and no more truth; a reserve price may leave positions empty that
somebody would have valued.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Positions,
    Strategyproof,
)
from mechsim.auctions import GSP
from mechsim.axioms import (
    BidCurve,
    BudgetBalanced,
    Efficient,
    Envy,
    Misreport,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
    TotalValue,
)
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold

HALF = Fraction(1, 2)
FREE = Positions((200, 199))
EOS = Instance(FREE, FREE.read((10, 4, 2)))
COIN = Positions((10, 9), values=(2, 4), prior=(HALF, HALF))
HIGH = Instance(COIN, COIN.read((4, 4, 4)))
POOR = Positions((1, HALF, Fraction(2, 5)), (HALF, HALF))
LOW = Instance(POOR, POOR.read((10, 1)))
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3)), agents=3)
ALL_BIDS = Continuum(Positions((10, 9)), agents=3)

CARD = Card(
    title="Generalized Second Price with reserve",
    rule=partial(GSP, reserve=Fraction(2)),
    source="Edelman, Ostrovsky, Schwarz 2007; Ostrovsky, Schwarz 2011",
    claims=(
        Fails(Strategyproof(), Misreport(EOS, 0, Fraction(3)), violation=Fraction(392)),
        Fails(
            BayesianIncentiveCompatible(), Misreport(HIGH, 0, Fraction(2)), violation=Fraction(9)
        ),
        *hold((ALIKE, ALL_BIDS), {IndividuallyRational(): "nobody pays more than it bids"}),
        Holds(MonotoneAllocation(), ALIKE, because="a higher bid has no lower score"),
        Fails(PaymentIdentity(), BidCurve(EOS, 0), violation=Fraction(398)),
        Fails(EnvyFree(), Envy(EOS, agent=0, other=1), violation=Fraction(392)),
        Fails(Efficient(), TotalValue(LOW), violation=Fraction(1, 4)),
        Holds(NoPositiveTransfers(), ALIKE, because="bids and scores are not negative"),
        Holds(BudgetBalanced(), ALIKE, because="nobody is paid"),
    ),
)
