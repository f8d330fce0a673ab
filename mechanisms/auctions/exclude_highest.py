"""Leaving out the highest bid as not serious: show what is best among the others, for their bids.

A bid that becomes the highest loses all, so that no payments make it strategyproof, and the highest
value is never shown.
"""

from fractions import Fraction

from mechsim import Instance, Strategyproof
from mechsim.auctions import ExcludeHighest
from mechsim.axioms import BidCurve, Efficient, Misreport, MonotoneAllocation, TotalValue
from mechsim.catalogue import Card, Fails
from mechsim.preferences import Matrix, Sponsored

ITEM = Sponsored(Matrix(((1,), (1,))))
HERE = Instance(ITEM, ITEM.read((3, 2)))

CARD = Card(
    title="Leave out the highest bid",
    rule=ExcludeHighest,
    source="Decarolis, American Economic Journal: Applied Economics 6 (2014), for its like",
    claims=(
        Fails(MonotoneAllocation(), BidCurve(HERE, 0), violation=Fraction(1)),
        Fails(Efficient(), TotalValue(HERE), violation=Fraction(1)),
        Fails(Strategyproof(), Misreport(HERE, 0, Fraction(1)), violation=Fraction(2)),
    ),
)
