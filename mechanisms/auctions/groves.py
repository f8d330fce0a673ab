"""The Groves scheme for positions: everyone is paid what the others' clicks are worth, for a fee.

The truth is best whatever the fee, which here is 1; but the auctioneer pays far more than it takes
in, and who has nothing to gain loses the fee.
"""

from fractions import Fraction

from mechsim import Domain, IndividuallyRational, Instance, Positions, Strategyproof
from mechsim.auctions import Groves
from mechsim.axioms import BudgetBalanced, Efficient, NoPositiveTransfers, Participation, Purse
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold

TWO = Positions((2, 1))
HERE, NOBODY = (Instance(TWO, TWO.read(bids)) for bids in ((3, 2), (0, 0)))
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3)), agents=3)
ALL_BIDS = Continuum(Positions((10, 9)), agents=3)

CARD = Card(
    title="Groves",
    rule=Groves,
    source="Groves, Econometrica 41 (1973)",
    claims=(
        *hold((ALIKE, ALL_BIDS), {Strategyproof(): "utility is the total value less a constant"}),
        Holds(Efficient(), ALIKE, because="scores and effects are both in order"),
        Fails(NoPositiveTransfers(), Participation(HERE, 1), violation=Fraction(5)),
        Fails(BudgetBalanced(), Purse(HERE), violation=Fraction(6)),
        Fails(IndividuallyRational(), Participation(NOBODY, 0), violation=Fraction(1)),
    ),
)
