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
from mechsim.catalogue import (
    Card,
    Continuum,
    EveryEquilibrium,
    Fails,
    Floor,
    Increasing,
    Open,
    Optimal,
    Ratio,
    hold,
)
from mechsim.facility import Mean, UniformPhantom
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    MaxCost,
    SquaredCost,
    TotalCost,
    Utilitarian,
)

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ANY = Line(0, 1, tastes=SinglePeaked())
THIRDS = Domain(UNIT.grid(3), agents=3)
TRIPLES = Increasing(UNIT.grid(6), agents=3)

CARD = Card(
    title="Mean",
    rule=Mean,
    source="folklore; Aziz, Lam, Lee, Walsh, arXiv:2111.01566",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "a sum does not depend on the order of its terms",
                Unanimous(): "the mean of equal numbers",
                ParetoOptimal(): "it lies between the extremes",
                IndividualFairShare(): "it satisfies UFS",
                UnanimousFairShare(): "n|mean - x_i| is a sum of n - |S| distances within the line",
                ProportionallyFair(): "n|mean - x_i| is at most |S|r + (n - |S|)R",
                StronglyProportionallyFair(): "n|mean - x_i| is at most |S|r + (n - |S|)R",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "a sum of increasing terms",
                StrictlyMonotone(): "every report counts",
                Proportional(): "the definition",
                StronglyProportional(): "the definition",
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
        Ratio(
            TotalCost(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="2 - 2/n",
        ),
        Ratio(
            MaxCost(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="2 - 2/n",
        ),
        Optimal(SquaredCost(), TRIPLES, because="the mean minimises squared cost"),
        Ratio(
            Utilitarian(),
            Fraction(6, 5),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="max over k of a/(a^2 + (1 - a)^2), a = k/n",
        ),
        Ratio(
            Egalitarian(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="n/2",
        ),
        EveryEquilibrium(
            UniformPhantom,
            THIRDS,
            because="arXiv:2111.01566: of continuous, strictly monotone, proportional rules",
        ),
        Open(
            "how bad the mean is for equality is a supremum, found by search: about 1.1767",
            Ratio(
                ComplementedGini(),
                Fraction(15, 13),
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            ),
            source="Walsh, arXiv:2506.10460",
        ),
        Floor(
            TotalCost(),
            IndividualFairShare(),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            Fraction(4, 3),
            because="2 - 2/n is the least that individual fair share allows",
        ),
    ),
)
