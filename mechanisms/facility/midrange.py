"""The midrange: halfway between the extreme reports.

It minimises the largest distance, and whoever is at an end can drag it along.
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
    LikeMinded,
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
from mechsim.catalogue import Card, Continuum, Fails, Increasing, Optimal, Ratio, hold
from mechsim.facility import Midrange
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
TRIPLES = Increasing(UNIT.grid(6), agents=3)

CARD = Card(
    title="Midrange",
    rule=Midrange,
    source="Procaccia, Tennenholtz, EC 2009",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "extremes have no names",
                Unanimous(): "the midrange of equal numbers",
                ParetoOptimal(): "it lies between the extremes",
                IndividualFairShare(): "nobody is farther than half the line",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "extremes are monotone",
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
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), agent=0, report=Fraction(1)
            ),
            violation=Fraction(1),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), type_=Fraction(0), size=2
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            Proportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(0),
                size=2,
                member=Fraction(0),
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(0),
                size=2,
                member=Fraction(0),
            ),
            violation=Fraction(1, 6),
        ),
        Ratio(
            TotalCost(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="n/2",
        ),
        Optimal(MaxCost(), TRIPLES, because="the midrange minimises the largest cost"),
        Ratio(
            SquaredCost(),
            Fraction(9, 8),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="n^2/(4(n - 1))",
        ),
        Ratio(
            Utilitarian(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="2 - 2/n",
        ),
        Optimal(Egalitarian(), TRIPLES, because="the midrange minimises the largest cost"),
        Optimal(
            ComplementedGini(), TRIPLES, because="for up to three agents nothing is more equal"
        ),
    ),
)
