"""The constrained median: the median, kept between 1/n and 1 - 1/n of the line.

The most that a median may listen to the middle report while every single agent has its fair share.
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
from mechsim.catalogue import Card, Continuum, Fails, Floor, Increasing, Ratio, hold
from mechsim.facility import ConstrainedMedian
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

CARD = Card(
    title="Constrained median",
    rule=ConstrainedMedian,
    source="Aziz, Lam, Lee, Walsh, arXiv:2111.01566",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Anonymous(): "it depends on the sorted reports only",
                Unanimous(): "where all agree the median is there",
                ParetoOptimal(): "it lies between the extremes",
                Strategyproof(): "Moulin 1980: a median of reports and phantoms",
                IndividualFairShare(): "its phantoms lie between 1/n and 1 - 1/n",
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
            Increase(Instance(UNIT, (Fraction(0), Fraction(1, 2))), agent=0, report=Fraction(1, 2)),
            violation=Fraction(1),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1), Fraction(1))),
                type_=Fraction(1),
                size=2,
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            Proportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1), Fraction(1))),
                low=Fraction(0),
                high=Fraction(1),
                above=False,
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            StronglyProportional(),
            Split(
                Instance(UNIT, (Fraction(0), Fraction(1, 2))),
                low=Fraction(0),
                high=Fraction(1, 2),
                above=True,
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1), Fraction(1))),
                low=Fraction(1),
                high=Fraction(1),
                size=2,
                member=Fraction(1),
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0), Fraction(1, 2))),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 4),
        ),
        Ratio(
            TotalCost(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="any strategyproof rule with individual fair share: n - 1",
        ),
        Ratio(
            MaxCost(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="Procaccia, Tennenholtz: 2 is best for strategyproof rules",
        ),
        Ratio(
            SquaredCost(),
            Fraction(3),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1, 6))),
            TRIPLES,
            because="n",
        ),
        Ratio(
            Utilitarian(),
            Fraction(6, 5),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            TRIPLES,
            because="1 + (n - 2)/(n^2 - 2n + 2), the least that individual fair share allows",
        ),
        Ratio(
            Egalitarian(),
            Fraction(2),
            Instance(UNIT, (Fraction(0), Fraction(2, 3), Fraction(2, 3))),
            TRIPLES,
            because="(n + 1)/2",
        ),
        Floor(
            Utilitarian(),
            IndividualFairShare(),
            Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1))),
            Fraction(6, 5),
            because="1 + (n - 2)/(n^2 - 2n + 2) is the least that individual fair share allows",
        ),
        Ratio(
            ComplementedGini(),
            Fraction(21, 17),
            Instance(UNIT, (Fraction(0), Fraction(2, 3), Fraction(2, 3))),
            TRIPLES,
            because="larger for more agents, below 2",
        ),
    ),
)
