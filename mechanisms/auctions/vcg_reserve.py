"""VCG for separable positions with a reserve price per click, here 2: who bids less is left out,
and in what others pay every lower bid is raised to it.

For bidders that are alike and regular it is the optimal auction if the reserve is the monopoly
price.  With unequal qualities somebody may envy who pays the same price for fewer clicks.
"""

from fractions import Fraction
from functools import partial

from mechsim import (
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Positions,
    Strategyproof,
)
from mechsim.auctions import VCG
from mechsim.axioms import (
    BudgetBalanced,
    Efficient,
    Envy,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
    TotalValue,
)
from mechsim.catalogue import Card, Continuum, Earns, Fails, Holds, hold

HALF, TENTH = Fraction(1, 2), Fraction(1, 10)
POOR = Positions((1, HALF, Fraction(2, 5)), (HALF, HALF))
LOW = Instance(POOR, POOR.read((10, 1)))
UNEQUAL = Positions((9 * TENTH, 7 * TENTH, 6 * TENTH), (1, HALF, 1))
ENVIOUS = Instance(UNEQUAL, UNEQUAL.read((2, 2, 2)))
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3)), agents=3)
ALL_BIDS = Continuum(Positions((10, 9)), agents=3)
QUALITIES = Domain(Positions((3, 2, 1), (1, HALF, 2), values=(0, 1, 4)), agents=3)
ALL_SCORES = Continuum(Positions((3, 2, 1), (1, HALF, 2)), agents=3)
PRICED = Domain(Positions((1, HALF), values=(1, 2, 3), prior=(Fraction(1, 3),) * 3), agents=2)

CARD = Card(
    title="VCG with reserve",
    rule=partial(VCG, reserve=Fraction(2)),
    source="Myerson 1981; Edelman, Schwarz 2010",
    claims=(
        *hold(
            (ALIKE, ALL_BIDS), {Strategyproof(): "the reserve is one more bidder in every position"}
        ),
        *hold(
            (QUALITIES, ALL_SCORES),
            {Strategyproof(): "a reserve per click is a score of one's own"},
        ),
        *hold((ALIKE, ALL_BIDS), {IndividuallyRational(): "who pays bids the reserve at least"}),
        Holds(MonotoneAllocation(), ALIKE, because="a higher bid has no lower score"),
        Holds(PaymentIdentity(), QUALITIES, because="it is strategyproof"),
        Fails(EnvyFree(), Envy(ENVIOUS, agent=0, other=1), violation=Fraction(3, 5)),
        Fails(Efficient(), TotalValue(LOW), violation=Fraction(1, 4)),
        Holds(NoPositiveTransfers(), ALIKE, because="bids and scores are not negative"),
        Holds(BudgetBalanced(), ALIKE, because="nobody is paid"),
        Earns(PRICED, Fraction(41, 18), Fraction(7, 3), because="by one reserve alone"),
    ),
)
