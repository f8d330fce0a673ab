"""The high median: build at the middle report, the higher one of two.

The mirror image of the median, with the same virtues and the same deafness to minorities.
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
)
from mechsim.catalogue import Card, Continuum, Fails, hold
from mechsim.facility import HighMedian

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)

CARD = Card(
    title="High median",
    rule=HighMedian,
    source="Moulin, Public Choice 35 (1980)",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Unanimous(): "where all agree the median is there",
                ParetoOptimal(): "it lies between the extremes",
                Strategyproof(): "Moulin 1980: a median of reports and phantoms",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "order statistics are monotone",
                ClampIdentity(): "in one report it is the report, clamped",
            },
        ),
        *hold(
            (ORDERS, ALL_TASTES),
            {
                Strategyproof(): "Moulin 1980: a median of reports and phantoms",
            },
        ),
        *hold(
            THIRDS,
            {
                GroupStrategyproof(): "Moulin 1980: medians with phantoms are group strategyproof",
            },
        ),
        Fails(
            StrictlyMonotone(),
            Increase(Instance(UNIT, (Fraction(0), Fraction(1))), agent=0, report=Fraction(1)),
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
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 2),
        ),
    ),
)
