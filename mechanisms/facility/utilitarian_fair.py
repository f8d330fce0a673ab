"""Utilitarian-optimal 2-IFS: of the places that are fair to everybody the one of most welfare.

Everybody is at least 1/2n from the nuisance.  The price is half of the welfare at most, and lies:
no rule without chance is fair and strategyproof.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Line, Strategyproof
from mechsim.axioms import (
    IndividualNuisanceShare,
    LikeMinded,
    Misreport,
    Neighbours,
    ProportionalNuisanceShare,
    UnanimousNuisanceShare,
)
from mechsim.catalogue import AnarchyAtLeast, Card, Fails, Ratio, hold
from mechsim.facility import UtilitarianFair
from mechsim.objectives import Approximates, Utilitarian
from mechsim.preferences import Obnoxious

UNIT = Line(0, 1, tastes=Obnoxious())
EIGHTHS = Domain(UNIT.grid(8), agents=2)
SIXTHS = Domain(UNIT.grid(6), agents=3)
HALVES = Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1), Fraction(1)))

FINE = UNIT.grid(120)
LOW = {2: Fraction(1, 4), 3: Fraction(1, 6)}
"""Where two or three agents are who have least at the low end."""

CARD = Card(
    title="Utilitarian-optimal 2-IFS",
    rule=partial(UtilitarianFair, IndividualNuisanceShare()),
    source="Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340",
    claims=(
        *hold(
            SIXTHS,
            {
                Anonymous(): "it depends on the sorted reports only",
                IndividualNuisanceShare(): "it chooses among the places that satisfy it",
            },
        ),
        *hold(
            EIGHTHS,
            {
                Approximates(
                    Utilitarian(), 2, strictly=True
                ): "the price of fairness is 2 for an even number of agents, in the limit",
            },
        ),
        *hold(
            SIXTHS,
            {
                Approximates(
                    Utilitarian(), Fraction(9, 5), strictly=True
                ): "the price of fairness is 2n^2/(n^2 + 1) for an odd number, in the limit",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(
                Instance(UNIT, (Fraction(0), Fraction(3, 4))), agent=1, report=Fraction(7, 8)
            ),
            violation=Fraction(1, 4),
        ),
        Fails(
            UnanimousNuisanceShare(),
            LikeMinded(HALVES, type_=Fraction(0), size=2),
            violation=Fraction(1, 8),
        ),
        Fails(
            ProportionalNuisanceShare(),
            Neighbours(HALVES, low=Fraction(0), high=Fraction(0), size=2, member=Fraction(0)),
            violation=Fraction(1, 8),
        ),
        Ratio(
            Utilitarian(),
            Fraction(25, 13),
            Instance(UNIT, (Fraction(6, 25), Fraction(19, 25))),
            because="near the limit 2: neighbours at middles of halves, pulled apart by 1/100",
        ),
        Ratio(
            Utilitarian(),
            Fraction(903, 521),
            Instance(UNIT, (Fraction(47, 300), Fraction(51, 100), Fraction(503, 600))),
            because="near the limit 9/5: agents at middles of thirds, pulled apart by 1/100",
        ),
        *(
            AnarchyAtLeast(
                Utilitarian(),
                Fraction(2 * agents - 1),
                Instance(FINE, (low,) * agents),
                reports=(1 - low + Fraction(1, 60),) * agents,
                slack=0,
                because="arXiv:2301.04340: 2n - 1, as all lie far away to the other side",
            )
            for agents, low in LOW.items()
        ),
        AnarchyAtLeast(
            Utilitarian(),
            Fraction(31, 9),
            Instance(FINE, (Fraction(9, 40),) * 2),
            reports=(Fraction(23, 30),) * 2,
            slack=Fraction(1, 20),
            because="(2n - 1 + n eps)/(1 - n eps), where eps may be gained",
        ),
    ),
)
