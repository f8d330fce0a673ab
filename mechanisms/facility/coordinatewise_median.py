"""The coordinatewise median: in each coordinate the middle report.

By Manhattan distances it has everything: it is strategyproof, anonymous and Pareto optimal.  By
Euclidean distances it is Pareto optimal for an odd number of agents in the plane; for an even
number no rule is all three.  Where the facility may be anywhere, the same profiles show it.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import Everybody, ParetoOptimal
from mechsim.catalogue import (
    Card,
    Contradicted,
    Fails,
    NoRuleSatisfies,
    Open,
    Optimal,
    Ratio,
    hold,
)
from mechsim.facility import CoordinatewiseMedian
from mechsim.objectives import MaxCost, TotalCost
from mechsim.preferences import Between, ChebyshevDistance, ManhattanDistance, Space

EUCLID = Space((0, 0), (2, 1)).grid(2, 1)
MANHATTAN = Space((0, 0), (2, 1), metric=ManhattanDistance()).grid(2, 1)
DOMAINS = (Domain(EUCLID, agents=3), Domain(MANHATTAN, agents=3))
CHEBYSHEV = Domain(Space((0, 0), (2, 1), metric=ChebyshevDistance()).grid(2, 1), agents=3)
ORIGIN = (Fraction(0), Fraction(0))
SQUARE = Space((0, 0), (2, 2)).grid(2, 2)
CUBE = Space((0, 0, 0), (2, 2, 2)).grid(2, 2, 2)
X, Y, Z = (tuple(Fraction(2 * (k == axis)) for k in range(3)) for axis in range(3))
LEFT_UP, RIGHT = (Fraction(0), Fraction(1)), (Fraction(2), Fraction(0))
ANYWHERE = Domain(Between(Space((0, 0), (2, 2)).grid(2, 2), parts=16), agents=2)
TWO_FACILITIES = Domain(Space((0, 0), (4, 3), facilities=2).grid(4, 3), agents=3)
TWELVE = Domain(Space((0, 0), (3, 2)).grid(3, 2), agents=2)
PAIRS = Domain(Space((0, 0), (9, 12), facilities=2).grid(3, 3), agents=3)

CARD = Card(
    title="Coordinatewise median",
    rule=CoordinatewiseMedian,
    source="Moulin 1980; Peters, van der Stel, Storcken 1992",
    claims=(
        *hold(
            DOMAINS,
            {
                Anonymous(): "it depends on the sorted coordinates only",
                Strategyproof(): "each coordinate is a median",
                ParetoOptimal(): "for an odd number it is in the convex hull of the agents; by "
                "Manhattan distances the sum is least",
            },
        ),
        Fails(
            ParetoOptimal(),
            Everybody(Instance(SQUARE, (LEFT_UP, RIGHT))),
            violation=Fraction(1),
        ),
        Fails(ParetoOptimal(), Everybody(Instance(CUBE, (X, Y, Z))), violation=Fraction(1)),
        *(
            Fails(ParetoOptimal(), Everybody(Instance(space, reports)), violation=Fraction(1))
            for space, reports in (
                (Space((0, 0), (2, 2)), (LEFT_UP, RIGHT)),
                (Space((0, 0, 0), (2, 2, 2)), (X, Y, Z)),
                (Space((0, 0), (2, 2), metric=ChebyshevDistance()), (LEFT_UP, RIGHT)),
            )
        ),
        Optimal(
            TotalCost(),
            DOMAINS[1],
            because="the sum of Manhattan distances is one sum for each coordinate",
        ),
        *(
            Ratio(
                MaxCost(),
                2,
                Instance(domain.setting, (ORIGIN, ORIGIN, RIGHT)),
                domain=None if domain is DOMAINS[0] else domain,
                because="it is in the box of the agents, no side of which exceeds the diameter"
                if domain is CHEBYSHEV
                else "two agents at one end",
            )
            for domain in (*DOMAINS, CHEBYSHEV)
        ),
        Contradicted(
            "no rule for one facility is anonymous, Pareto optimal and strategyproof by Manhattan "
            "distances",
            hold(
                DOMAINS[1],
                {
                    Anonymous(): "it depends on the sorted coordinates only",
                    Strategyproof(): "each coordinate is a median",
                    ParetoOptimal(): "the sum of the distances is least",
                },
            ),
            source="Walsh, arXiv:2009.07983, abstract; true of Euclidean distances and even n",
        ),
        NoRuleSatisfies(
            (Strategyproof(), Anonymous(), ParetoOptimal()),
            TWELVE,
            because="Peters, van der Stel, Storcken 1992: by Euclidean distances, for even n",
        ),
    ),
    slow=(
        NoRuleSatisfies(
            (Strategyproof(), Anonymous(), ParetoOptimal()),
            ANYWHERE,
            because="the facility anywhere: what is Pareto optimal is between the two",
            redundant=(ParetoOptimal(),),
        ),
        Open(
            "no rule for two facilities anywhere in the plane is anonymous, Pareto optimal and "
            "strategyproof by Euclidean distances; known if they are at points of a grid, while "
            "nothing follows from 3 x 3 boxes for agents at 3 x 3 points",
            NoRuleSatisfies(
                (Strategyproof(), Anonymous(), ParetoOptimal()),
                PAIRS,
                because="arXiv:2009.07983: nor for two facilities and three agents",
                minimal=False,
            ),
            source="Walsh, arXiv:2009.07983, abstract",
        ),
        NoRuleSatisfies(
            (Strategyproof(), Anonymous(), ParetoOptimal()),
            TWO_FACILITIES,
            because="arXiv:2009.07983, abstract: two facilities by Euclidean distances; of four by "
            "four points of a square there is a rule",
            minimal=False,
        ),
    ),
)
