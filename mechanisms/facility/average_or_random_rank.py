"""Average or Random Rank: the mean with probability one half, otherwise Random Rank.

Strategyproof in expectation, not for someone who knows what is drawn; in return something fair is
built half of the time.  A heavier mean would be manipulable.
"""

from fractions import Fraction
from functools import partial

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
from mechsim.catalogue import Card, Continuum, Fails, Increasing, Ratio, hold
from mechsim.facility import AverageOrRandomRank
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
ALL_PAIRS = Continuum(UNIT, agents=2)
ANY = Line(0, 1, tastes=SinglePeaked())
TRIPLES = Increasing(UNIT.grid(6), agents=3)

CARD = Card(
    title="Average or Random Rank",
    rule=partial(AverageOrRandomRank, Fraction(1, 2)),
    source="Aziz, Lam, Lee, Walsh, arXiv:2205.14798",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Unanimous(): "every report is there",
                ParetoOptimal(): "every place lies between the extremes",
                ExAnte(IndividualFairShare()): "as for its parts",
                ExAnte(UnanimousFairShare()): "as for its parts",
                ExAnte(ProportionallyFair()): "as for its parts",
                ExAnte(StronglyProportionallyFair()): "as for its parts",
                Universally(Anonymous()): "the mean and order statistics are anonymous",
            },
        ),
        *hold(
            (SIXTHS, ALL_PAIRS),
            {
                Strategyproof(): "a report moves the mean by less than it risks itself",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "the expected place is the mean",
                StrictlyMonotone(): "the expected place is the mean",
                ExAnte(Proportional()): "the expected place is the mean",
                ExAnte(StronglyProportional()): "the expected place is the mean",
                WithProbability(
                    ProportionallyFair(), Fraction(1, 2)
                ): "the mean is proportionally fair",
                WithProbability(
                    StronglyProportionallyFair(), Fraction(1, 2)
                ): "the mean is strongly proportionally fair",
                WithProbability(
                    StronglyProportional(), Fraction(1, 2)
                ): "the mean is strongly proportional",
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
                Instance(UNIT.grid(2), (Fraction(0), Fraction(0), Fraction(1, 2))),
                weights=(
                    ((Fraction(0), Fraction(0), Fraction(1, 2)), Fraction(0), Fraction(1)),
                    ((Fraction(0), Fraction(0), Fraction(1)), Fraction(1), Fraction(1)),
                ),
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(ANY, (Fraction(0), Fraction(1, 2))), agent=1, report=Fraction(1)),
            violation=Fraction(1, 2),
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
        Ratio(
            TotalCost(),
            Fraction(4, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="2 - 2/n",
        ),
        Ratio(
            MaxCost(),
            Fraction(5, 3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="2 - 1/n",
        ),
        Ratio(
            SquaredCost(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="half of 1 and half of 2",
        ),
        Ratio(
            Utilitarian(),
            Fraction(6, 5),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="max over k of a/(a^2 + (1 - a)^2), a = k/n",
        ),
        Ratio(
            Egalitarian(),
            Fraction(3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="n",
        ),
        Ratio(
            Egalitarian(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="n/2",
            convention=OfExpectation(),
        ),
        Ratio(
            ComplementedGini(),
            Fraction(45, 32),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="found by search",
        ),
    ),
)
