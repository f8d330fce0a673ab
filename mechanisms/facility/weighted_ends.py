"""Weighted ends: a lottery over the ends that leans away from the majority.

Strategyproof and fair in expectation, as the fair coin is, with more of the welfare and less for
the agent who is off worst.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, ExAnte, Instance, Line, Strategyproof
from mechsim.axioms import (
    Everybody,
    Individual,
    IndividualNuisanceShare,
    LikeMinded,
    ParetoOptimal,
    UnanimousNuisanceShare,
)
from mechsim.catalogue import Card, Continuum, Fails, Increasing, Ratio, hold
from mechsim.facility import WeightedEnds
from mechsim.objectives import Egalitarian, OfExpectation, Utilitarian
from mechsim.preferences import Obnoxious

UNIT = Line(0, 1, tastes=Obnoxious())
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
HALF = Fraction(1, 2)
ENDS = Instance(UNIT, (Fraction(0), Fraction(1)))
MIDDLE = Instance(UNIT, (HALF, Fraction(3, 4)))

CARD = Card(
    title="Weighted ends",
    rule=WeightedEnds,
    source="Cheng, Yu, Zhang, COCOA 2011",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Strategyproof(): "who crosses the middle brings the facility nearer",
                Anonymous(): "it counts",
            },
        ),
        *hold(
            SIXTHS,
            {
                ExAnte(IndividualNuisanceShare()): "2-UFS implies it",
                ExAnte(UnanimousNuisanceShare()): "arXiv:2301.04340",
            },
        ),
        Fails(ParetoOptimal(), Everybody(MIDDLE), violation=Fraction(1)),
        Fails(
            IndividualNuisanceShare(),
            Individual(ENDS, type_=Fraction(0)),
            violation=Fraction(1, 4),
        ),
        Fails(
            UnanimousNuisanceShare(),
            LikeMinded(ENDS, type_=Fraction(0), size=1),
            violation=Fraction(1, 4),
        ),
        Ratio(
            Utilitarian(),
            Fraction(3, 2),
            Instance(UNIT, (HALF, Fraction(1))),
            Increasing(UNIT.grid(8), agents=2),
            because="3/2 for an even number of agents",
        ),
        Ratio(
            Utilitarian(),
            Fraction(13, 9),
            Instance(UNIT, (HALF, HALF, Fraction(1))),
            Increasing(UNIT.grid(6), agents=3),
            because="less than 3/2 for an odd number: 13/9 of three agents",
        ),
        Ratio(
            Egalitarian(),
            Fraction(13, 5),
            Instance(UNIT, (*(Fraction(0) for _ in range(7)), Fraction(1))),
            Increasing(UNIT.grid(2), agents=8),
            because="of eight agents; it grows with their number",
            convention=OfExpectation(),
        ),
    ),
)
