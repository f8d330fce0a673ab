"""The Groves scheme in content: everyone is paid what the others' clicks are worth, for a fee.

The truth is best whatever the fee, which here is 2; but the auctioneer pays far more than it takes
in, and who has nothing to gain loses the fee.
"""

from fractions import Fraction

from mechsim import Domain, ExAnte, IndividuallyRational, Instance, Strategyproof
from mechsim.auctions import SponsoredGroves
from mechsim.axioms import BudgetBalanced, Efficient, NoPositiveTransfers, Participation, Purse
from mechsim.catalogue import Card, Fails, Holds
from mechsim.preferences import Multinomial, Sponsored

HALF = Fraction(1, 2)
CHOICE = Sponsored(Multinomial(((1, HALF), (2, 1), (1, 3)), 2))
HERE, NOBODY = (Instance(CHOICE, CHOICE.read(bids)) for bids in ((10, 6, 4), (0, 0, 0)))
SMALL = Domain(Sponsored(Multinomial(((1, HALF), (2, 1), (1, 3)), 2), (0, 1, 2, 4)), agents=3)

CARD = Card(
    title="Groves for content",
    rule=SponsoredGroves,
    source="Groves, Econometrica 41 (1973)",
    claims=(
        Holds(Strategyproof(), SMALL, because="utility is the total value less a constant"),
        Holds(Efficient(), SMALL, because="what is shown is best"),
        Fails(NoPositiveTransfers(), Participation(HERE, 1), violation=Fraction(4, 3)),
        Fails(BudgetBalanced(), Purse(HERE), violation=Fraction(14, 3)),
        Fails(IndividuallyRational(), Participation(NOBODY, 0), violation=Fraction(2)),
        Fails(ExAnte(IndividuallyRational()), Participation(NOBODY, 0), violation=Fraction(2)),
    ),
)
