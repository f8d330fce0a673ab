"""VCG in content of any kind: show what is best, where clicks on one thing depend on all that
is shown, and charge everyone the harm that its presence does to the others.

It needs no more of a click model than what is best to show.  Clicks rise with the bid whatever the
externalities, as the best welfare is convex in each value.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    IndividuallyRational,
    Instance,
    Strategyproof,
)
from mechsim.auctions import SponsoredVCG
from mechsim.axioms import (
    BudgetBalanced,
    Efficient,
    Envy,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
)
from mechsim.catalogue import Card, Continuum, Earns, Fails, Holds, hold
from mechsim.preferences import Cascade, Continuation, Matrix, Multinomial, Sponsored

HALF, FIFTH, QUARTER = Fraction(1, 2), Fraction(1, 5), Fraction(1, 4)
WEIGHTS = ((1, HALF), (2, 1), (1, 3))
RATES = ((HALF, FIFTH), (2 * FIFTH, HALF), (Fraction(3, 10), 4 * FIFTH))
LEVELS = (0, 1, 2, 4)
PRIOR = (QUARTER,) * 4
CHOICE = Domain(Sponsored(Multinomial(WEIGHTS, 2), LEVELS, PRIOR), agents=3)
VISIT = Domain(Sponsored(Cascade(RATES), LEVELS), agents=3)
ALL_VISITS = Continuum(Sponsored(Cascade(RATES)), agents=3)
APART = Domain(Sponsored(Matrix(RATES), LEVELS), agents=3)
LEAVE = Domain(
    Sponsored(Continuation((HALF, 2 * FIFTH, 3 * FIFTH), (HALF, 3 * QUARTER, FIFTH), 2), LEVELS),
    agents=3,
)
TIED = Sponsored(Multinomial(((3, 1), (3, HALF))))
PAIR = Instance(TIED, TIED.read((9, 8)))
LATE = Instance(VISIT.setting, (Fraction(0), Fraction(1), Fraction(1)))
LEFT = Instance(LEAVE.setting, (Fraction(1),) * 3)
THIRDS = (Fraction(1, 3),) * 3
PRICED = Domain(Sponsored(Multinomial(((2, 1), (1, 3)), 2), (1, 2, 3), THIRDS), agents=2)
LOOKED = Domain(
    Sponsored(Cascade(((HALF, FIFTH), (2 * FIFTH, 3 * FIFTH))), (1, 2, 3), THIRDS), agents=2
)

CARD = Card(
    title="VCG for content",
    rule=SponsoredVCG,
    source="Balseiro et al., arXiv:2506.03309; Vickrey 1961; Clarke 1971; Groves 1973",
    claims=(
        Holds(Strategyproof(), CHOICE, because="Groves: a bidder's utility is the total value"),
        Holds(Strategyproof(), VISIT, because="Groves; the best of a cascade is found exactly"),
        Holds(Strategyproof(), APART, because="Groves; Leonard 1983 for assignments"),
        Holds(BayesianIncentiveCompatible(), CHOICE, because="it is strategyproof"),
        Holds(
            IndividuallyRational(),
            CHOICE,
            because="harm is at most own value",
        ),
        Holds(
            MonotoneAllocation(),
            CHOICE,
            because="clicks are slopes of a convex V",
        ),
        Holds(PaymentIdentity(), CHOICE, because="it is strategyproof"),
        Holds(Efficient(), CHOICE, because="what is shown is best"),
        Holds(NoPositiveTransfers(), CHOICE, because="nobody helps the others"),
        Holds(BudgetBalanced(), CHOICE, because="nobody is paid"),
        *hold((VISIT, ALL_VISITS), {IndividuallyRational(): "harm is at most own value"}),
        Holds(MonotoneAllocation(), VISIT, because="clicks are slopes of a convex V"),
        Holds(PaymentIdentity(), VISIT, because="it is strategyproof"),
        Holds(Efficient(), VISIT, because="what is shown is best"),
        Holds(NoPositiveTransfers(), VISIT, because="nobody helps the others"),
        Holds(BudgetBalanced(), VISIT, because="nobody is paid"),
        Holds(
            IndividuallyRational(),
            APART,
            because="harm is at most own value",
        ),
        Holds(MonotoneAllocation(), APART, because="clicks are slopes of a convex V"),
        Holds(PaymentIdentity(), APART, because="it is strategyproof"),
        Holds(Efficient(), APART, because="what is shown is best"),
        Holds(NoPositiveTransfers(), APART, because="nobody helps the others"),
        Holds(BudgetBalanced(), APART, because="nobody is paid"),
        Holds(Strategyproof(), LEAVE, because="Groves; the best order is found exactly"),
        Holds(Efficient(), LEAVE, because="what is shown is best"),
        Holds(EnvyFree(), APART, because="least competitive prices of an assignment; Leonard 1983"),
        Fails(EnvyFree(), Envy(PAIR, agent=0, other=1), violation=Fraction(29, 180)),
        Fails(EnvyFree(), Envy(LATE, agent=1, other=2), violation=Fraction(17, 100)),
        Fails(EnvyFree(), Envy(LEFT, agent=0, other=1), violation=Fraction(3, 20)),
        Earns(PRICED, Fraction(55, 54), Fraction(53, 36), because="low values are shown as well"),
        Earns(LOOKED, Fraction(7, 15), Fraction(19, 15), because="low values are shown as well"),
    ),
)
