"""Dictatorship: build where the first agent says.

Strategyproof, unanimous, efficient; and the others might as well not report.
"""

from fractions import Fraction
from functools import partial

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
from mechsim.facility import Dictatorship
from mechsim.preferences import Space

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)
PLANE = Space((0, 0), (2, 1))
CORNER, RIGHT = (Fraction(0), Fraction(0)), (Fraction(2), Fraction(0))

CARD = Card(
    title="Dictatorship",
    rule=partial(Dictatorship, 0),
    source="folklore",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Unanimous(): "the dictator agrees with all",
                ParetoOptimal(): "the dictator would lose by any change",
                Strategyproof(): "the dictator gets its peak",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "it is a report",
                ClampIdentity(): "in one report it is constant or the report",
            },
        ),
        *hold(
            (ORDERS, ALL_TASTES),
            {
                Strategyproof(): "the dictator gets its peak",
            },
        ),
        *hold(
            THIRDS,
            {
                GroupStrategyproof(): "no coalition without the dictator moves anything",
            },
        ),
        Fails(
            Anonymous(),
            Swap(Instance(PLANE, (CORNER, RIGHT)), first=0, second=1),
            violation=Fraction(1),
        ),
        Fails(
            Anonymous(),
            Swap(Instance(UNIT, (Fraction(0), Fraction(1))), first=0, second=1),
            violation=Fraction(1),
        ),
        Fails(
            StrictlyMonotone(),
            Increase(Instance(UNIT, (Fraction(0), Fraction(0))), agent=1, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            IndividualFairShare(),
            Individual(Instance(UNIT, (Fraction(0), Fraction(1))), type_=Fraction(1)),
            violation=Fraction(1, 2),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(Instance(UNIT, (Fraction(0), Fraction(1))), type_=Fraction(1), size=1),
            violation=Fraction(1, 2),
        ),
        Fails(
            Proportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
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
