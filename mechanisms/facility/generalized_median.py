"""A generalized median: the max, over sets of agents, of a height and the least report in the set.

Here of three agents, where the first alone can hold the facility at or above the middle.  All rules
that are strategyproof for single-peaked agents are of this form, anonymous or not.
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
from mechsim.facility import GeneralizedMedian

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)

CARD = Card(
    title="Generalized median",
    rule=partial(GeneralizedMedian, (0, Fraction(1, 2), 0, 1, 0, 1, Fraction(1, 2), 1)),
    source="Moulin, Public Choice 35 (1980)",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Unanimous(): "the height of all agents is the high end, that of none the low end",
                ParetoOptimal(): "onto and strategyproof rules are efficient on a line",
                Strategyproof(): "Moulin 1980",
            },
        ),
        *hold(
            SIXTHS,
            {
                Monotone(): "a max of mins",
                ClampIdentity(): "in one report it is the report, clamped",
            },
        ),
        *hold(
            (ORDERS, ALL_TASTES),
            {
                Strategyproof(): "Moulin 1980",
            },
        ),
        *hold(
            THIRDS,
            {
                GroupStrategyproof(): "Moulin 1980",
            },
        ),
        Fails(
            Anonymous(),
            Swap(Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), first=0, second=2),
            violation=Fraction(1),
        ),
        Fails(
            StrictlyMonotone(),
            Increase(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(0))), agent=1, report=Fraction(1)
            ),
            violation=Fraction(1),
        ),
        Fails(
            IndividualFairShare(),
            Individual(Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), type_=Fraction(1)),
            violation=Fraction(1, 3),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))), type_=Fraction(1), size=1
            ),
            violation=Fraction(1, 3),
        ),
        Fails(
            Proportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
            ),
            violation=Fraction(1, 3),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
            ),
            violation=Fraction(1, 3),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(1),
                high=Fraction(1),
                size=1,
                member=Fraction(1),
            ),
            violation=Fraction(1, 3),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
                low=Fraction(1),
                high=Fraction(1),
                size=1,
                member=Fraction(1),
            ),
            violation=Fraction(1, 3),
        ),
    ),
)
