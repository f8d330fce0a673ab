"""Half of a cascade, truthfully: run the multinomial VCG auction on odds p / (1 - p), and show each
advertisement with a probability that brings about just its clicks there.

The best of a cascade is hard to find, and what finds a part of it fast (greed, or forgetting that
users leave) is not monotone.  This is, and gives at least half of the best welfare.
"""

from fractions import Fraction

from mechsim import (
    Domain,
    EnvyFree,
    ExAnte,
    IndividuallyRational,
    Instance,
    Strategyproof,
)
from mechsim.auctions import OddsCascade
from mechsim.axioms import (
    BudgetBalanced,
    Efficient,
    Envy,
    MonotoneAllocation,
    NoPositiveTransfers,
    Participation,
    PaymentIdentity,
    TotalValue,
)
from mechsim.catalogue import Card, Earns, Fails, Holds
from mechsim.preferences import Cascade, Sponsored

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)
RATES = ((HALF, FIFTH), (2 * FIFTH, HALF), (Fraction(3, 10), 4 * FIFTH))
VISIT = Domain(Sponsored(Cascade(RATES), (0, 1, 2, 4)), agents=3)
ONES = Instance(VISIT.setting, (Fraction(1),) * 3)
LATE = Instance(VISIT.setting, (Fraction(0), Fraction(1), Fraction(1)))
LIKELY = Domain(Sponsored(Cascade(RATES), (0, 1, 2, 4), (Fraction(1, 4),) * 4), agents=3)
LOOKED = Domain(
    Sponsored(Cascade(((HALF, FIFTH), (2 * FIFTH, 3 * FIFTH))), (1, 2, 3), (Fraction(1, 3),) * 3),
    agents=2,
)

CARD = Card(
    title="Odds cascade",
    rule=OddsCascade,
    source="after Balseiro et al., arXiv:2506.03309, whose own algorithm is not known to us",
    claims=(
        Holds(Strategyproof(), VISIT, because="clicks and payments are VCG's"),
        Fails(IndividuallyRational(), Participation(ONES, 0), violation=Fraction(8, 51)),
        Holds(
            ExAnte(IndividuallyRational()),
            VISIT,
            because="clicks and payments are VCG's",
        ),
        Holds(MonotoneAllocation(), VISIT, because="clicks are those of the multinomial auction"),
        Holds(PaymentIdentity(), VISIT, because="it is strategyproof"),
        Holds(NoPositiveTransfers(), VISIT, because="payments are those of the VCG auction"),
        Holds(BudgetBalanced(), VISIT, because="nobody is paid"),
        Fails(ExAnte(EnvyFree()), Envy(LATE, agent=1, other=2), violation=Fraction(1, 20)),
        Fails(ExAnte(Efficient()), TotalValue(ONES), violation=Fraction(1, 15)),
        Holds(
            ExAnte(Efficient(share=HALF)),
            LIKELY,
            because="twice it bounds every matching",
        ),
        Earns(LOOKED, Fraction(451, 630), Fraction(19, 15), because="it seeks welfare"),
    ),
)
