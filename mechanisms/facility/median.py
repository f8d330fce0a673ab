"""The median: build at the middle report, the lower one of two.

Nobody gains by misreporting, but a minority counts for nothing: it fails fair share, even for one
agent, and proportionality.
"""

import math
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
from mechsim.catalogue import (
    Card,
    Continuum,
    Fails,
    Increasing,
    LeastRatio,
    Optimal,
    Ratio,
    hold,
)
from mechsim.facility import Median
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
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)
TRIPLES = Increasing(UNIT.grid(6), agents=3)
QUARTERS = Domain(UNIT.grid(4), agents=2)

CARD = Card(
    title="Median",
    rule=Median,
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
            Increase(Instance(UNIT, (Fraction(0), Fraction(0))), agent=0, report=Fraction(1)),
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
        Fails(
            ExAnte(IndividualFairShare()),
            Individual(Instance(UNIT, (Fraction(0), Fraction(1))), type_=Fraction(1)),
            violation=Fraction(1, 2),
        ),
        Fails(
            ExAnte(UnanimousFairShare()),
            LikeMinded(Instance(UNIT, (Fraction(0), Fraction(1))), type_=Fraction(1), size=1),
            violation=Fraction(1, 2),
        ),
        Fails(
            ExAnte(ProportionallyFair()),
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
            ExAnte(Proportional()),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            ExAnte(StronglyProportional()),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
            ),
            violation=Fraction(1, 2),
        ),
        Fails(
            ExAnte(StronglyProportionallyFair()),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(1))),
                low=Fraction(1),
                high=Fraction(1),
                size=1,
                member=Fraction(1),
            ),
            violation=Fraction(1, 2),
        ),
        Optimal(TotalCost(), TRIPLES, because="the median minimises total cost"),
        Ratio(
            MaxCost(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="Procaccia, Tennenholtz: 2 is best for strategyproof rules",
        ),
        Ratio(
            SquaredCost(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="2n/(n + 1) for odd n",
        ),
        Optimal(Utilitarian(), TRIPLES, because="the median minimises total cost"),
        Ratio(
            Egalitarian(),
            math.inf,
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            because="a single agent may get nothing",
        ),
        Ratio(
            ComplementedGini(),
            Fraction(3, 2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="2n/(n + 1) for odd n",
        ),
        LeastRatio(
            MaxCost(),
            (Strategyproof(),),
            QUARTERS,
            Fraction(5, 3),
            because="with the facility on eighths; on the line 2: Procaccia, Tennenholtz",
        ),
        *(
            LeastRatio(
                MaxCost(),
                (Strategyproof(),),
                Domain(UNIT.grid(places - 1), agents=2),
                ratio,
                because=f"of {places} places, with the facility on them or halfway between",
            )
            for places, ratio in ((4, Fraction(3, 2)), (7, Fraction(7, 4)))
        ),
        LeastRatio(
            MaxCost(),
            (Strategyproof(), Anonymous()),
            QUARTERS,
            Fraction(8, 5),
            because="2(m - 1)/m for m places up to 9; on the line 2: Procaccia, Tennenholtz",
            alternatives=UNIT.grid(20).points,
            parts=20,
        ),
    ),
)
