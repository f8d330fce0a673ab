"""Half of a cascade without thinning: show all that the multinomial auction on odds would, and
charge its payments.

More clicks than the thinned one, but not those that its payments are for: a higher bid may lose
clicks, and who is charged for clicks that do not come may lose.
"""

from fractions import Fraction

from mechsim import IndividuallyRational, Instance, Strategyproof
from mechsim.auctions import UnthinnedOdds
from mechsim.axioms import (
    BidCurve,
    Efficient,
    Misreport,
    MonotoneAllocation,
    Participation,
    TotalValue,
)
from mechsim.catalogue import Card, Fails
from mechsim.preferences import Cascade, Sponsored

TENTH = Fraction(1, 10)
VISIT = Sponsored(Cascade(((8 * TENTH, 3 * TENTH), (5 * TENTH, TENTH), (2 * TENTH, 3 * TENTH))))
HERE = Instance(VISIT, VISIT.read((Fraction(5, 2), 3, 2)))
LOOKS = Sponsored(Cascade(((5 * TENTH, 2 * TENTH), (4 * TENTH, 5 * TENTH), (3 * TENTH, 8 * TENTH))))
ONES, LAST = (Instance(LOOKS, LOOKS.read(bids)) for bids in ((1, 1, 1), (1, 1, 2)))

CARD = Card(
    title="Odds cascade, unthinned",
    rule=UnthinnedOdds,
    source="a foil",
    claims=(
        Fails(MonotoneAllocation(), BidCurve(HERE, 0), violation=Fraction(2, 25)),
        Fails(Strategyproof(), Misreport(HERE, 0, Fraction(2)), violation=Fraction(1279, 4370)),
        Fails(IndividuallyRational(), Participation(ONES, 2), violation=TENTH),
        Fails(Efficient(), TotalValue(LAST), violation=TENTH),
    ),
)
