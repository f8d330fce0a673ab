"""Random dictatorship: draw an agent uniformly and build where it says.

At every profile its lottery is that of Random Rank.  The rules drawn differ: a dictatorship is not
anonymous.
"""

from fractions import Fraction

from mechsim import (
    Anonymous,
    Domain,
    ExAnte,
    Instance,
    Line,
    SinglePeaked,
    Strategyproof,
    UnanimousFairShare,
    Universally,
)
from mechsim.axioms import (
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
    Swap,
    Unanimous,
)
from mechsim.catalogue import Card, Continuum, Fails, hold
from mechsim.facility import RandomDictatorship

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)

CARD = Card(
    title="Random dictatorship",
    rule=RandomDictatorship,
    source="folklore; Aziz, Lam, Lee, Walsh, arXiv:2205.14798",
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
            },
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
            Universally(Anonymous()),
            Swap(Instance(UNIT, (Fraction(0), Fraction(1))), first=0, second=1),
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
    ),
)
