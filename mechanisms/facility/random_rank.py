"""Random Rank: sort the reports, draw a rank uniformly, build there.

Every rule it may draw is anonymous and strategyproof.  In expectation it is proportionally fair to
every group; the place finally drawn may leave a group with nothing.
"""

import math
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
    Individual,
    IndividualFairShare,
    LikeMinded,
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
    WithProbability,
)
from mechsim.catalogue import (
    Card,
    Continuum,
    Fails,
    Holds,
    Increasing,
    NoRuleSatisfies,
    Ratio,
    Unbeaten,
    hold,
)
from mechsim.facility import RandomRank
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
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
TRIPLES = Increasing(UNIT.grid(6), agents=3)
ANY = Line(0, 1, tastes=SinglePeaked())

CARD = Card(
    title="Random Rank",
    rule=RandomRank,
    source="Aziz, Lam, Lee, Walsh, arXiv:2205.14798",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Unanimous(): "every report is there",
                ParetoOptimal(): "every report lies between the extremes",
                Strategyproof(): "every rule drawn is strategyproof",
                Universally(Strategyproof()): "every rule drawn is strategyproof",
                ExAnte(IndividualFairShare()): "E|y - x_i| is at most (n - 1)/n of the length",
                ExAnte(UnanimousFairShare()): "E|y - x_i| is at most (n - |S|)/n of the length",
                ExAnte(ProportionallyFair()): "E|y - x_i| is at most (|S|r + (n - |S|)R)/n",
                ExAnte(StronglyProportionallyFair()): "E|y - x_i| is at most (|S|r + (n - |S|)R)/n",
                Universally(Anonymous()): "every order statistic is anonymous",
            },
        ),
        Holds(
            MixtureOf(Strategyproof()),
            Domain(UNIT.grid(2), agents=3),
            because="it is drawn from order statistics",
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "the expected place is the mean",
                StrictlyMonotone(): "the expected place is the mean",
                ExAnte(Proportional()): "the expected place is the mean",
                ExAnte(StronglyProportional()): "arXiv:2205.14798: the expected place is the mean",
            },
        ),
        *hold(
            (ORDERS, ALL_TASTES),
            {
                Strategyproof(): "every rule drawn is strategyproof",
            },
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
            WithProbability(ProportionallyFair(), Fraction(1, 2)),
            Drawing(Instance(UNIT, (Fraction(0), Fraction(1)))),
            violation=Fraction(1, 2),
        ),
        Fails(
            WithProbability(StronglyProportionallyFair(), Fraction(1, 2)),
            Drawing(Instance(UNIT, (Fraction(0), Fraction(1)))),
            violation=Fraction(1, 2),
        ),
        Fails(
            WithProbability(StronglyProportional(), Fraction(1, 2)),
            Drawing(Instance(UNIT, (Fraction(0), Fraction(1)))),
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
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="the far end is drawn",
        ),
        Ratio(
            SquaredCost(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="at every profile",
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
            math.inf,
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            because="a single agent may get nothing",
        ),
        Ratio(
            Egalitarian(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="found by exhaustion",
            convention=OfExpectation(),
        ),
        Ratio(
            ComplementedGini(),
            Fraction(9, 5),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="2n^2/(n^2 + 1) for odd n",
        ),
        Unbeaten(
            Utilitarian(),
            (Anonymous(), Strategyproof(), ExAnte(UnanimousFairShare())),
            Domain(UNIT.grid(4), agents=3),
            Fraction(6, 5),
            because="unanimous fair share in expectation costs that much",
        ),
        *(
            NoRuleSatisfies(
                (Strategyproof(), StronglyProportional()),
                Domain(line.grid(steps), agents),
                because="arXiv:2205.14798: chance is needed; the agent in the middle exaggerates",
                alternatives=UNIT.grid(places).points,
            )
            for line in (UNIT, ANY)
            for agents, steps, places in ((2, 4, 8), (3, 3, 9))
        ),
    ),
)
