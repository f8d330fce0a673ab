"""A phantom median: the median of the reports and of phantoms fixed in advance.

Here three agents with phantoms at a quarter and a half.  Phantoms between 1/n and 1 - 1/n are what
individual fair share asks for; proportionality fixes them at k/n.
"""

from fractions import Fraction
from functools import partial
from math import comb

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
    ByDistance,
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
from mechsim.catalogue import Card, Continuum, Fails, SoManyRules, hold
from mechsim.facility import PhantomMedian

UNIT = Line(0, 1)
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
ORDERS = Domain(Line(0, 1, tastes=SinglePeaked()).grid(4), agents=3)
ALL_TASTES = Continuum(Line(0, 1, tastes=SinglePeaked()), agents=3)
THIRDS = Domain(UNIT.grid(3), agents=3)
ANY = Line(0, 1, tastes=SinglePeaked())
COUNTED = ((2, 3), (2, 5), (3, 4))

CARD = Card(
    title="Phantom median",
    rule=partial(PhantomMedian, (Fraction(1, 4), Fraction(1, 2))),
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
            Increase(Instance(UNIT, (Fraction(1, 2),)), agent=0, report=Fraction(1)),
            violation=Fraction(1),
        ),
        Fails(
            IndividualFairShare(),
            Individual(Instance(UNIT, (Fraction(0),)), type_=Fraction(0)),
            violation=Fraction(1, 4),
        ),
        Fails(
            UnanimousFairShare(),
            LikeMinded(Instance(UNIT, (Fraction(0),)), type_=Fraction(0), size=1),
            violation=Fraction(1, 4),
        ),
        Fails(
            Proportional(),
            Split(Instance(UNIT, (Fraction(0),)), low=Fraction(0), high=Fraction(1), above=True),
            violation=Fraction(1, 4),
        ),
        Fails(
            StronglyProportional(),
            Split(Instance(UNIT, (Fraction(0),)), low=Fraction(0), high=Fraction(0), above=True),
            violation=Fraction(1, 4),
        ),
        Fails(
            ProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0),)),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            StronglyProportionallyFair(),
            Neighbours(
                Instance(UNIT, (Fraction(0),)),
                low=Fraction(0),
                high=Fraction(0),
                size=1,
                member=Fraction(0),
            ),
            violation=Fraction(1, 4),
        ),
        *(
            SoManyRules(
                (Strategyproof(), Anonymous(), Unanimous()),
                Domain(ANY.grid(places - 1), agents),
                comb(places + agents - 2, agents - 1),
                because="Moulin 1980: as many as there are multisets of n - 1 phantoms",
                alternatives=ANY.grid(places - 1).points,
            )
            for agents, places in COUNTED
        ),
        *(
            SoManyRules(
                (Strategyproof(), Anonymous()),
                Domain(ANY.grid(places - 1), agents),
                comb(places + agents, agents + 1),
                because="Moulin 1980: as many as there are multisets of n + 1 phantoms",
                alternatives=ANY.grid(places - 1).points,
            )
            for agents, places in COUNTED
        ),
        *(
            SoManyRules(
                (Strategyproof(), Anonymous(), Unanimous(), ByDistance(IndividualFairShare())),
                Domain(ANY.grid(places - 1), agents),
                rules,
                because="arXiv:2111.01566: the phantoms lie between 1/n and 1 - 1/n",
                alternatives=ANY.grid(places - 1).points,
            )
            for agents, places, rules in ((2, 5, 1), (3, 4, 3), (3, 7, 6))
        ),
    ),
)
