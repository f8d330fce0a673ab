"""The Nash rule: build where the product of utilities is largest.

Fair to like-minded groups without aiming at it, and manipulable.  Where the place is irrational it
is a ball, and a proof by balls is as certain as one by fractions.
"""

from fractions import Fraction

from mechsim import (
    Anonymous,
    Domain,
    Instance,
    Line,
    SinglePeaked,
    Strategyproof,
    UnanimousFairShare,
)
from mechsim.axioms import (
    ClampIdentity,
    GroupStrategyproof,
    Increase,
    IndividualFairShare,
    JointMisreport,
    Misreport,
    Monotone,
    Neighbours,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Seen,
    Split,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
)
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import Nash

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ANY = Line(0, 1, tastes=SinglePeaked())

CARD = Card(
    title="Nash",
    rule=Nash,
    source="Nash, Econometrica 18 (1950); Walsh, arXiv:2506.10460",
    claims=(
        *hold(
            SIXTHS,
            {
                Anonymous(): "a product does not depend on the order of its factors",
                Unanimous(): "every factor is largest there",
                ParetoOptimal(): "factors increase towards the agents",
                Monotone(): "the slope of the logarithm increases in every report",
                IndividualFairShare(): "it satisfies UFS",
                UnanimousFairShare(): "else the slope of the logarithm would be below n/L - n/L",
                ProportionallyFair(): "were s like-minded agents d > L (n - s)/n away, the slope "
                "of the logarithm would be below (n - s)/d - s/(L - d) < n/L - n/L",
                Proportional(): "with k agents at 1, y^k (1 - y)^(n - k) is largest at k/n",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=1, report=Fraction(1)),
            violation=Fraction(1, 4),
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(ANY, (Fraction(0), Fraction(1, 2))), agent=1, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            GroupStrategyproof(),
            JointMisreport(
                Instance(UNIT, (Fraction(0), Fraction(1, 2))), group=(1,), lies=(Fraction(1),)
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            ClampIdentity(),
            Seen(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=1),
            violation=Fraction(1, 4),
        ),
        Fails(
            StrictlyMonotone(),
            Increase(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(0))),
                agent=0,
                report=Fraction(1, 2),
            ),
            violation=Fraction(1),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 2))),
                low=Fraction(0),
                high=Fraction(1, 2),
                above=False,
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 2))),
                low=Fraction(1, 2),
                high=Fraction(1, 2),
                size=1,
                member=Fraction(1, 2),
            ),
            violation=Fraction(1, 6),
        ),
    ),
)
