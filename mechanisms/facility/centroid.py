"""The centroid: the average of all points.

Efficient by Euclidean distances and manipulable by any: the mean of the plane.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import Everybody, Misreport, ParetoOptimal
from mechsim.catalogue import Card, Fails, Ratio, hold
from mechsim.facility import Centroid
from mechsim.objectives import TotalCost
from mechsim.preferences import ManhattanDistance, Space

EUCLID = Space((0, 0), (2, 1)).grid(2, 1)
MANHATTAN = Space((0, 0), (2, 1), metric=ManhattanDistance()).grid(2, 1)
TRIPLES = Domain(EUCLID, agents=3)
CORNER, MIDDLE, RIGHT, UP = (
    (Fraction(x), Fraction(y)) for x, y in ((0, 0), (1, 0), (2, 0), (0, 1))
)

CARD = Card(
    title="Centroid",
    rule=Centroid,
    source="folklore",
    claims=(
        *hold(
            TRIPLES,
            {
                Anonymous(): "it is an average",
                ParetoOptimal(): "it is in the convex hull of the agents",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(EUCLID, (CORNER, MIDDLE)), agent=1, report=RIGHT),
            violation=Fraction(1, 2),
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(MANHATTAN, (CORNER, MIDDLE)), agent=1, report=RIGHT),
            violation=Fraction(1, 2),
        ),
        Fails(
            ParetoOptimal(),
            Everybody(Instance(MANHATTAN, (CORNER, UP, MIDDLE))),
            violation=Fraction(1),
        ),
        Ratio(
            TotalCost(),
            Fraction(4, 3),
            Instance(MANHATTAN, (CORNER, CORNER, RIGHT)),
            domain=Domain(MANHATTAN, agents=3),
            because="on each coordinate it is the mean, of ratio 2 - 2/n",
        ),
    ),
)
