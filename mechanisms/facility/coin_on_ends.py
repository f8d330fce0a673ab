"""The fair coin on the ends: a nuisance at either end, equally likely.

The plainest lottery that is strategyproof and fair in expectation where a facility is a nuisance;
fair after the draw it is not.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, ExAnte, Instance, Line, Strategyproof, Universally
from mechsim.axioms import (
    Everybody,
    Individual,
    IndividualNuisanceShare,
    LikeMinded,
    Neighbours,
    ParetoOptimal,
    ProportionalNuisanceShare,
    UnanimousNuisanceShare,
)
from mechsim.catalogue import Card, Continuum, Fails, Increasing, Ratio, hold
from mechsim.facility import CoinOnEnds
from mechsim.objectives import Egalitarian, OfExpectation, Utilitarian
from mechsim.preferences import Obnoxious

UNIT = Line(0, 1, tastes=Obnoxious())
SIXTHS = Domain(UNIT.grid(6), agents=3)
ALL_REPORTS = Continuum(UNIT, agents=3)
TRIPLES = Increasing(UNIT.grid(6), agents=3)
ZERO = Instance(UNIT, (Fraction(0),))
CROWD = Instance(UNIT, (Fraction(0), Fraction(0), Fraction(0)))

CARD = Card(
    title="Fair coin on the ends",
    rule=CoinOnEnds,
    source="Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340",
    claims=(
        *hold(
            (SIXTHS, ALL_REPORTS),
            {
                Strategyproof(): "nobody can move it",
                Anonymous(): "reports do not matter",
            },
        ),
        *hold(
            SIXTHS,
            {
                Universally(Strategyproof()): "either end is built at whatever is reported",
                ExAnte(IndividualNuisanceShare()): "everybody expects half of the line",
                ExAnte(UnanimousNuisanceShare()): "everybody expects half of the line",
            },
        ),
        Fails(ParetoOptimal(), Everybody(ZERO), violation=Fraction(1)),
        Fails(
            IndividualNuisanceShare(),
            Individual(ZERO, type_=Fraction(0)),
            violation=Fraction(1, 2),
        ),
        Fails(
            UnanimousNuisanceShare(),
            LikeMinded(ZERO, type_=Fraction(0), size=1),
            violation=Fraction(1, 2),
        ),
        Fails(
            ProportionalNuisanceShare(),
            Neighbours(ZERO, low=Fraction(0), high=Fraction(0), size=1, member=Fraction(0)),
            violation=Fraction(1, 2),
        ),
        Ratio(
            Utilitarian(),
            Fraction(2),
            CROWD,
            TRIPLES,
            because="everybody expects half of the line, and nobody can have more than all of it",
        ),
        Ratio(
            Egalitarian(),
            Fraction(2),
            CROWD,
            TRIPLES,
            because="everybody expects half of the line",
            convention=OfExpectation(),
        ),
    ),
)
