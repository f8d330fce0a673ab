"""The mean: build at the average report.

Proportional in every sense; but whoever exaggerates drags the facility along, so it is not
strategyproof.  In equilibrium the exaggerations balance where Uniform Phantom builds.
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
    Universally,
)
from mechsim.axioms import (
    ClampIdentity,
    GroupStrategyproof,
    IndividualFairShare,
    JointMisreport,
    Misreport,
    Monotone,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Seen,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
)
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import Mean

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ANY = Line(0, 1, tastes=SinglePeaked())

CARD = Card(
    title="Mean",
    rule=Mean,
    source="folklore; Aziz, Lam, Lee, Walsh, arXiv:2111.01566",
    claims=(
        *hold(
            SIXTHS,
            {
                Anonymous(): "a sum does not depend on the order of its terms",
                Universally(Anonymous()): "it draws one rule, which is anonymous",
                Unanimous(): "the mean of equal numbers",
                ParetoOptimal(): "it lies between the extremes",
                Monotone(): "a sum of increasing terms",
                StrictlyMonotone(): "every report counts",
                IndividualFairShare(): "it satisfies UFS",
                UnanimousFairShare(): "n|mean - x_i| is a sum of n - |S| distances within the line",
                Proportional(): "the definition",
                StronglyProportional(): "the definition",
                ProportionallyFair(): "n|mean - x_i| is at most |S|r + (n - |S|)R",
                StronglyProportionallyFair(): "n|mean - x_i| is at most |S|r + (n - |S|)R",
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
            Universally(Strategyproof()),
            Misreport(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=1, report=Fraction(1)),
            violation=Fraction(1, 4),
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
    ),
)
