"""Left-right-middle: either extreme report with probability 1/4, their midpoint with 1/2.

The best that can be done for the largest distance if lies must not pay in expectation.
"""

from fractions import Fraction

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    Instance,
    Line,
    MixtureOf,
    SinglePeaked,
    Strategyproof,
    UnanimousFairShare,
    Universally,
)
from mechsim.axioms import (
    Drawing,
    Increase,
    Individual,
    IndividualFairShare,
    LikeMinded,
    Misreport,
    Monotone,
    Neighbours,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Split,
    StrictlyMonotone,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
    Weighing,
    WithProbability,
)
from mechsim.catalogue import Card, Continuum, Fails, Increasing, Optimal, Ratio, Unbeaten, hold
from mechsim.facility import LeftRightMiddle
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    MaxCost,
    OfExpectation,
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
    title="Left-right-middle",
    rule=LeftRightMiddle,
    source="Procaccia, Tennenholtz, EC 2009",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Universally(Anonymous()): "extremes have no names",
                Unanimous(): "every place is there",
                ParetoOptimal(): "every place lies between the extremes",
                Strategyproof(): "a move of an end by t moves the middle by t/2",
                ExAnte(IndividualFairShare()): "nobody expects to be farther than half the stretch",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "extremes are monotone",
            },
        ),
        Fails(
            Universally(Strategyproof()),
            Misreport(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=1, report=Fraction(1)),
            violation=Fraction(1, 4),
        ),
        Fails(
            MixtureOf(Strategyproof()),
            Weighing(
                Instance(UNIT.grid(2), (Fraction(0), Fraction(1, 2))),
                weights=(
                    ((Fraction(0), Fraction(1, 2)), Fraction(0), Fraction(1)),
                    ((Fraction(0), Fraction(1, 2)), Fraction(1, 2), Fraction(1)),
                    ((Fraction(0), Fraction(1)), Fraction(1), Fraction(1)),
                ),
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(ANY, (Fraction(0), Fraction(1, 2))), agent=1, report=Fraction(1)),
            violation=Fraction(1, 2),
        ),
        Fails(
            StrictlyMonotone(),
            Increase(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), agent=0, report=Fraction(1)
            ),
            violation=Fraction(1),
        ),
        Fails(
            IndividualFairShare(),
            Individual(Instance(UNIT, (Fraction(0), Fraction(1))), type_=Fraction(0)),
            violation=Fraction(1, 2),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(Instance(UNIT, (Fraction(0), Fraction(1))), type_=Fraction(0), size=1),
            violation=Fraction(1, 2),
        ),
        Fails(
            Proportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(1),
                high=Fraction(1),
                size=1,
                member=Fraction(1),
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(1),
                high=Fraction(1),
                size=1,
                member=Fraction(1),
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            ExAnte(UnanimousFairShare()),
            LikeMinded(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), type_=Fraction(0), size=2
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            ExAnte(ProportionallyFair()),
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
            ExAnte(Proportional()),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            WithProbability(ProportionallyFair(), Fraction(1, 2)),
            Drawing(Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1)))),
            violation=Fraction(1, 2),
        ),
        Fails(
            ExAnte(StronglyProportional()),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=True,
            ),
            violation=Fraction(1, 6),
        ),
        Fails(
            ExAnte(StronglyProportionallyFair()),
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
        Ratio(
            MaxCost(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="Procaccia, Tennenholtz: 3/2 is best if lies must not pay in expectation",
        ),
        Ratio(
            Utilitarian(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="2 - 2/n",
        ),
        Ratio(
            Egalitarian(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="an end is drawn half of the time",
        ),
        Optimal(
            Egalitarian(),
            TRIPLES,
            because="the expected distance from the farther end is that of the middle",
            convention=OfExpectation(),
        ),
        Ratio(
            ComplementedGini(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="for up to eight agents",
        ),
        Ratio(
            SquaredCost(),
            Fraction(7, 4),
            Instance(UNIT, (Fraction(0), Fraction(1, 6), Fraction(1, 3))),
            TRIPLES,
            because="found by search; larger for more agents",
        ),
        Unbeaten(
            MaxCost(),
            (Strategyproof(),),
            Domain(UNIT.grid(4), agents=2),
            Fraction(3, 2),
            because="Procaccia, Tennenholtz 2013, Theorem 3.4",
        ),
    ),
)
