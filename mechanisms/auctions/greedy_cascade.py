"""Greed in a cascade: add the advertisement and position that bring most, again and again.

At least a third of the best welfare, but a higher bid may lose clicks, so that no payments make it
strategyproof.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Strategyproof,
)
from mechsim.auctions import GreedyCascade
from mechsim.axioms import (
    BidCurve,
    Efficient,
    Envy,
    Misreport,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
    TotalValue,
)
from mechsim.catalogue import Card, Continuum, Fails, Holds, hold
from mechsim.preferences import Cascade, Sponsored

TENTH = Fraction(1, 10)
RATES = ((6 * TENTH, 4 * TENTH), (6 * TENTH, 7 * TENTH), (TENTH, 3 * TENTH))
VISIT = Sponsored(Cascade(RATES, 2))
HIGH = Instance(VISIT, VISIT.read((5, 4, 7)))
LAST, ONES = (Instance(VISIT, VISIT.read(bids)) for bids in ((1, 1, 2), (1, 1, 1)))
SMALL = Domain(Sponsored(Cascade(RATES, 2), (0, 1, 2, 4)), agents=3)
ALL_BIDS = Continuum(Sponsored(Cascade(RATES, 2)), agents=3)
LIKELY = Domain(Sponsored(Cascade(RATES, 2), (0, 1, 2, 4), (Fraction(1, 4),) * 4), agents=3)

CARD = Card(
    title="Greedy cascade",
    rule=GreedyCascade,
    source="Fisher, Nemhauser, Wolsey 1978, for the bound",
    claims=(
        Fails(Strategyproof(), Misreport(HIGH, 0, Fraction(9, 2)), violation=3 * TENTH),
        Fails(MonotoneAllocation(), BidCurve(HIGH, 0), violation=9 * TENTH / 5),
        Fails(PaymentIdentity(), BidCurve(HIGH, 0), violation=Fraction(12, 5)),
        Fails(Efficient(), TotalValue(LAST), violation=7 * TENTH / 5),
        Fails(EnvyFree(), Envy(ONES, agent=1, other=0), violation=9 * TENTH / 5),
        Holds(Efficient(share=Fraction(1, 3)), LIKELY, because="two matroids; Fisher et al. 1978"),
        *hold((SMALL, ALL_BIDS), {IndividuallyRational(): "who bids the truth pays what it gets"}),
        Holds(NoPositiveTransfers(), SMALL, because="bids are not negative"),
    ),
)
