"""Egalitarian-optimal 2-UFS: of the places that are fair to every group the best for the worst off.

Fairness to groups may cost the agent who is off worst nearly all: up to n - 1 times.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Line, Strategyproof
from mechsim.axioms import (
    Everybody,
    IndividualNuisanceShare,
    Misreport,
    ParetoOptimal,
    UnanimousNuisanceShare,
)
from mechsim.catalogue import Card, Fails, Ratio, hold
from mechsim.facility import EgalitarianFair
from mechsim.objectives import Approximates, Egalitarian
from mechsim.preferences import Obnoxious

UNIT = Line(0, 1, tastes=Obnoxious())
SIXTHS = Domain(UNIT.grid(6), agents=3)
CROWD = Instance(UNIT, (Fraction(0), Fraction(0), Fraction(2, 3)))

CARD = Card(
    title="Egalitarian-optimal 2-UFS",
    rule=partial(EgalitarianFair, UnanimousNuisanceShare()),
    source="Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340",
    claims=(
        *hold(
            SIXTHS,
            {
                Anonymous(): "it depends on the sorted reports only",
                IndividualNuisanceShare(): "2-UFS implies it",
                UnanimousNuisanceShare(): "it chooses among the places that satisfy it",
                Approximates(
                    Egalitarian(), 2, strictly=True
                ): "the price of fairness is n - 1, in the limit",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(CROWD, agent=0, report=Fraction(1, 6)),
            violation=Fraction(2, 3),
        ),
        Fails(ParetoOptimal(), Everybody(CROWD), violation=Fraction(2, 3)),
        Ratio(
            Egalitarian(),
            Fraction(97, 56),
            Instance(UNIT, (Fraction(97, 300), Fraction(97, 300), Fraction(253, 300))),
            because="near the limit 2: two agents at one place and one, pulled apart by 1/100",
        ),
        Ratio(
            Egalitarian(),
            Fraction(73, 29),
            Instance(UNIT, (*(Fraction(73, 200) for _ in range(3)), Fraction(177, 200))),
            because="near the limit 3: three agents at one place and one, pulled apart by 1/100",
        ),
    ),
)
