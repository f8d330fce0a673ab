"""The average-bid auction: who is nearest to the average bid wins, and pays what it bid.

Public buyers used it against bids too good to be true.  A higher bid may lose, so that no payments
make it strategyproof, and the highest value need not win.
"""

from fractions import Fraction

from mechsim import Instance, Positions, Strategyproof
from mechsim.auctions import AverageBid
from mechsim.axioms import BidCurve, Efficient, Misreport, MonotoneAllocation, TotalValue
from mechsim.catalogue import Card, Fails

ONE = Positions((1,))
HERE = Instance(ONE, ONE.read((1, 5, 9)))

CARD = Card(
    title="Average bid",
    rule=AverageBid,
    source="Decarolis, American Economic Journal: Applied Economics 6 (2014)",
    claims=(
        Fails(MonotoneAllocation(), BidCurve(HERE, 1), violation=Fraction(1)),
        Fails(Efficient(), TotalValue(HERE), violation=Fraction(4)),
        Fails(Strategyproof(), Misreport(HERE, 2, Fraction(4)), violation=Fraction(5)),
    ),
)
