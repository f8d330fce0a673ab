"""The generalized second price: rank bidders by bid times quality, and charge for each click the
least bid that would have kept the position.

With one position it is Vickrey's auction.  With more it is not strategyproof: where the second
position brings nearly as many clicks as the first and costs half, who could be first bids less.
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
)
from mechsim.catalogue import Card, Continuum, Earns, Fails, Holds, hold

HALF = Fraction(1, 2)
FREE = Positions((200, 199))
EOS = Instance(FREE, FREE.read((10, 4, 2)))
COIN = Positions((10, 9), values=(1, 2), prior=(HALF, HALF))
HIGH = Instance(COIN, COIN.read((2, 2, 2)))
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3)), agents=3)
ALL_BIDS = Continuum(Positions((10, 9)), agents=3)
QUALITIES = Domain(Positions((3, 2, 1), (1, HALF, 2), values=(0, 1, 4)), agents=3)
ALL_SCORES = Continuum(Positions((3, 2, 1), (1, HALF, 2)), agents=3)
THIRDS = (Fraction(1, 3),) * 3
PRICED = Domain(Positions((1, HALF), values=(1, 2, 3), prior=THIRDS), agents=2)

CARD = Card(
    title="Generalized Second Price",
    rule=GSP,
    source="Edelman, Ostrovsky, Schwarz, American Economic Review 97 (2007); Varian 2007",
    claims=(
        Fails(Strategyproof(), Misreport(EOS, 0, Fraction(3)), violation=Fraction(392)),
        Fails(
            BayesianIncentiveCompatible(), Misreport(HIGH, 0, Fraction(1)), violation=Fraction(9, 2)
        ),
        *hold(
            (ALIKE, ALL_BIDS), {IndividuallyRational(): "a price per click is at most the own bid"}
        ),
        *hold(
            (QUALITIES, ALL_SCORES), {IndividuallyRational(): "the next score is at most the own"}
        ),
        Fails(EnvyFree(), Envy(EOS, agent=0, other=1), violation=Fraction(392)),
        Holds(MonotoneAllocation(), ALIKE, because="a higher bid has no lower score"),
        Holds(MonotoneAllocation(), QUALITIES, because="a higher bid has no lower score"),
        Fails(PaymentIdentity(), BidCurve(EOS, 0), violation=Fraction(398)),
        Holds(Efficient(), ALIKE, because="scores and effects are both in order"),
        Holds(Efficient(), QUALITIES, because="scores and effects are both in order"),
        Holds(NoPositiveTransfers(), ALIKE, because="bids and scores are not negative"),
        Holds(BudgetBalanced(), ALIKE, because="nobody is paid"),
        Earns(PRICED, Fraction(14, 9), Fraction(7, 3), because="low values are sold to as well"),
    ),
)
