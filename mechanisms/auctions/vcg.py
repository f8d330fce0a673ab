"""VCG for separable positions: rank bidders by bid times quality, and charge everyone the harm that
its presence does to those below it.

Bidding what a click is worth is best whatever the others bid, nobody loses by taking part, and
nobody would change places with another.
"""

from fractions import Fraction

from mechsim import (
    BayesianIncentiveCompatible,
    Domain,
    EnvyFree,
    IndividuallyRational,
    Positions,
    Strategyproof,
)
from mechsim.auctions import VCG
from mechsim.axioms import (
    BudgetBalanced,
    Efficient,
    MonotoneAllocation,
    NoPositiveTransfers,
    PaymentIdentity,
)
from mechsim.catalogue import Card, Continuum, Earns, Holds, hold

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)
ALIKE = Domain(Positions((10, 9), values=(0, 1, 2, 3), prior=(QUARTER,) * 4), agents=3)
ALL_BIDS = Continuum(Positions((10, 9)), agents=3)
EOS = Domain(Positions((200, 199), values=(2, 3, 4, 10)), agents=3)
ALL_OF_EOS = Continuum(Positions((200, 199)), agents=3)
QUALITIES = Domain(
    Positions((3, 2, 1), (1, HALF, 2), values=(0, 1, 4), prior=(HALF, QUARTER, QUARTER)), agents=3
)
ALL_SCORES = Continuum(Positions((3, 2, 1), (1, HALF, 2)), agents=3)
THIRDS = (Fraction(1, 3),) * 3
PRICED = Domain(Positions((1, HALF), values=(1, 2, 3), prior=THIRDS), agents=2)
SINGLE = Domain(Positions((1,), values=(1, 2, 3), prior=THIRDS), agents=2)

CARD = Card(
    title="VCG",
    rule=VCG,
    source="Vickrey, Journal of Finance 16 (1961); Clarke 1971; Groves 1973",
    claims=(
        *hold(
            (ALIKE, ALL_BIDS), {Strategyproof(): "Groves: a bidder's utility is the total value"}
        ),
        *hold((EOS, ALL_OF_EOS), {Strategyproof(): "Groves; here GSP rewards a lower bid"}),
        *hold(
            (QUALITIES, ALL_SCORES), {Strategyproof(): "Groves; a score is a bid in another unit"}
        ),
        Holds(BayesianIncentiveCompatible(), ALIKE, because="it is strategyproof"),
        Holds(BayesianIncentiveCompatible(), QUALITIES, because="it is strategyproof"),
        *hold(
            (ALIKE, ALL_BIDS),
            {IndividuallyRational(): "nobody below loses more by one's presence than it is worth"},
        ),
        *hold(
            (QUALITIES, ALL_SCORES),
            {IndividuallyRational(): "a charge is at most effect times own score"},
        ),
        *hold((ALIKE, ALL_BIDS), {EnvyFree(): "Edelman, Ostrovsky, Schwarz 2007"}),
        *hold((EOS, ALL_OF_EOS), {EnvyFree(): "Edelman, Ostrovsky, Schwarz 2007"}),
        *hold((QUALITIES, ALL_SCORES), {EnvyFree(): "scores stand in for values of clicks"}),
        Holds(MonotoneAllocation(), ALIKE, because="a higher bid has no lower score"),
        Holds(
            PaymentIdentity(),
            ALIKE,
            because="charges rise by what clicks are worth",
        ),
        Holds(PaymentIdentity(), QUALITIES, because="scores stand in for values of clicks"),
        Holds(Efficient(), ALIKE, because="scores and effects are both in order"),
        Holds(Efficient(), QUALITIES, because="scores and effects are both in order"),
        Holds(NoPositiveTransfers(), ALIKE, because="bids and scores are not negative"),
        Holds(BudgetBalanced(), ALIKE, because="nobody is paid"),
        Earns(PRICED, Fraction(7, 9), Fraction(7, 3), because="low values are sold to as well"),
        Earns(SINGLE, Fraction(14, 9), Fraction(2), because="without a reserve, as Vickrey"),
    ),
)
