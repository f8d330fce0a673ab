"""All pay: rank bidders by bid times quality, and charge everyone its bid for the top position,
whatever it gets.

A model of contests, and the foil of individual rationality: who bids the truth and is not first
loses.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Positions,
    Strategyproof,
)
from mechsim.auctions import AllPay
from mechsim.axioms import (
    BidCurve,
    Envy,
    Misreport,
    Participation,
    PaymentIdentity,
)
from mechsim.catalogue import Card, Fails

HALF = Fraction(1, 2)
TWO = Positions((200, 100))
EOS = Instance(TWO, TWO.read((10, 4, 2)))
COIN = Positions((10, 9), values=(1, 2), prior=(HALF, HALF))
HIGH = Instance(COIN, COIN.read((2, 2, 2)))

CARD = Card(
    title="All Pay",
    rule=AllPay,
    source="Barut, Kovenock, European Journal of Political Economy 14 (1998)",
    claims=(
        Fails(Strategyproof(), Misreport(EOS, 2, Fraction(0)), violation=Fraction(400)),
        Fails(
            BayesianIncentiveCompatible(), Misreport(HIGH, 0, Fraction(1)), violation=Fraction(4)
        ),
        Fails(IndividuallyRational(), Participation(EOS, 1), violation=Fraction(400)),
        Fails(EnvyFree(), Envy(EOS, agent=0, other=1), violation=Fraction(200)),
        Fails(PaymentIdentity(), BidCurve(EOS, 0), violation=Fraction(1700)),
    ),
)
