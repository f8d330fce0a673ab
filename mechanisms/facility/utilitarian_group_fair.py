"""Utilitarian-optimal 2-UFS: of the places that are fair to every group the one of most welfare.

A group of s agents at one place is at least s/2n from the nuisance.  The price is the same as of
fairness to everybody alone: half of the welfare at most.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Line, Strategyproof
from mechsim.axioms import IndividualNuisanceShare, Misreport, UnanimousNuisanceShare
from mechsim.catalogue import AnarchyAtLeast, Card, Fails, Ratio, hold
from mechsim.facility import UtilitarianFair
from mechsim.objectives import Approximates, Utilitarian
from mechsim.preferences import Obnoxious

UNIT = Line(0, 1, tastes=Obnoxious())
EIGHTHS = Domain(UNIT.grid(8), agents=2)
SIXTHS = Domain(UNIT.grid(6), agents=3)

FINE = UNIT.grid(120)
LOW = {2: Fraction(1, 4), 3: Fraction(1, 6)}
"""Where two or three agents are who have least at the low end."""

CARD = Card(
    title="Utilitarian-optimal 2-UFS",
    rule=partial(UtilitarianFair, UnanimousNuisanceShare()),
    source="Lam, Aziz, Li, Ramezani, Walsh, arXiv:2301.04340",
    claims=(
        *hold(
            SIXTHS,
            {
                Anonymous(): "it depends on the sorted reports only",
                IndividualNuisanceShare(): "2-UFS implies it",
                UnanimousNuisanceShare(): "it chooses among the places that satisfy it",
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
        Ratio(
            Utilitarian(),
            Fraction(25, 13),
            Instance(UNIT, (Fraction(6, 25), Fraction(6, 25), Fraction(19, 25), Fraction(19, 25))),
            because="near the limit 2: two groups at the middles of the halves, pulled apart",
        ),
        Ratio(
            Utilitarian(),
            Fraction(453, 262),
            Instance(UNIT, (Fraction(47, 300), Fraction(203, 300), Fraction(203, 300))),
            because="near the limit 9/5: one agent and two, pulled apart by 1/100",
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
