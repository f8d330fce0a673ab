"""Forgetting that users leave: show in a cascade what would be best if everything were looked at.

Neither the best nor monotone: a higher bid may move to a place where fewer users come.
"""

from fractions import Fraction

from mechsim import Instance, Strategyproof
from mechsim.auctions import IgnoreExternality
from mechsim.axioms import BidCurve, Efficient, Misreport, MonotoneAllocation, TotalValue
from mechsim.catalogue import Card, Fails
from mechsim.preferences import Cascade, Sponsored

TENTH = Fraction(1, 10)
RATES = ((7 * TENTH, 9 * TENTH), (4 * TENTH, TENTH), (3 * TENTH, 9 * TENTH))
VISIT = Sponsored(Cascade(RATES, 2))
SIX, SEVEN, LAST = (Instance(VISIT, VISIT.read(bids)) for bids in ((6, 8, 5), (7, 8, 5), (2, 1, 1)))

CARD = Card(
    title="Ignoring the externality",
    rule=IgnoreExternality,
    source="a foil",
    claims=(
        Fails(MonotoneAllocation(), BidCurve(SIX, 0), violation=Fraction(4, 25)),
        Fails(Strategyproof(), Misreport(SEVEN, 0, Fraction(6)), violation=7 * TENTH),
        Fails(Efficient(), TotalValue(LAST), violation=Fraction(17, 100)),
    ),
)
