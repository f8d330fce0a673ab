"""Egalitarian-optimal 2-IFS: the place that is best for the agent who is off worst.

Fairness to everybody alone costs this agent nothing.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Line, Strategyproof
from mechsim.axioms import (
    IndividualNuisanceShare,
    LikeMinded,
    Misreport,
    UnanimousNuisanceShare,
)
from mechsim.catalogue import Card, Fails, Increasing, Optimal, hold
from mechsim.facility import EgalitarianFair
from mechsim.objectives import Egalitarian
from mechsim.preferences import Obnoxious

UNIT = Line(0, 1, tastes=Obnoxious())
SIXTHS = Domain(UNIT.grid(6), agents=3)
ENDS = Instance(UNIT, (Fraction(0), Fraction(0), Fraction(0), Fraction(1)))

CARD = Card(
    title="Egalitarian-optimal 2-IFS",
    rule=partial(EgalitarianFair, IndividualNuisanceShare()),
    source="Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340",
    claims=(
        *hold(
            SIXTHS,
            {
                Anonymous(): "it depends on the sorted reports only",
                IndividualNuisanceShare(): "it chooses among the places that satisfy it",
            },
        ),
        Optimal(
            Egalitarian(),
            Increasing(UNIT.grid(6), agents=3),
            because="of n open intervals of length 1/n some place is left, so the best is 2-IFS",
        ),
        Fails(
            Strategyproof(),
            Misreport(
                Instance(UNIT, (Fraction(0), Fraction(3, 4))), agent=0, report=Fraction(1, 8)
            ),
            violation=Fraction(1, 16),
        ),
        Fails(
            UnanimousNuisanceShare(),
            LikeMinded(
                Instance(UNIT, (*(Fraction(0) for _ in range(5)), Fraction(3, 4))),
                type_=Fraction(0),
                size=5,
            ),
            violation=Fraction(1, 24),
        ),
    ),
)
