"""The lowest corner: in each coordinate the least report.

Every coordinatewise order statistic is strategyproof and anonymous, and only the median is Pareto
optimal where it can be: this one is a foil.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import Everybody, ParetoOptimal
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import LowestCorner
from mechsim.preferences import ManhattanDistance, Space

EUCLID = Space((0, 0), (2, 1))
MANHATTAN = Space((0, 0), (2, 1), metric=ManhattanDistance())
DOMAINS = (Domain(EUCLID.grid(2, 1), agents=3), Domain(MANHATTAN.grid(2, 1), agents=3))
LEFT_UP, RIGHT, RIGHT_UP = ((Fraction(x), Fraction(y)) for x, y in ((0, 1), (2, 0), (2, 1)))

CARD = Card(
    title="Lowest corner",
    rule=LowestCorner,
    source="folklore",
    claims=(
        *hold(
            DOMAINS,
            {
                Anonymous(): "it depends on the sorted coordinates only",
                Strategyproof(): "each coordinate is an order statistic",
            },
        ),
        Fails(
            ParetoOptimal(),
            Everybody(Instance(EUCLID.grid(2, 1), (LEFT_UP, LEFT_UP, RIGHT))),
            violation=Fraction(1),
        ),
        Fails(
            ParetoOptimal(),
            Everybody(Instance(MANHATTAN.grid(2, 1), (LEFT_UP, RIGHT, RIGHT_UP))),
            violation=Fraction(1),
        ),
    ),
)
