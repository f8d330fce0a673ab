"""The geometric median: the least sum of Euclidean distances.

What the median of a line becomes if totals are what counts.  In the plane it stays efficient and is
no longer strategyproof.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import Misreport, ParetoOptimal
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import GeometricMedian
from mechsim.preferences import Space

TRIPLES = Domain(Space((0, 0), (2, 1)).grid(2, 1), agents=3)
FIELD = Space((0, 0), (14, 8))
BELOW, LEFT, ABOVE, RIGHT, CORNER = (
    (Fraction(x), Fraction(y)) for x, y in ((6, 0), (0, 4), (12, 8), (14, 4), (0, 0))
)

CARD = Card(
    title="Geometric median",
    rule=GeometricMedian,
    source="folklore; Fermat's problem, Weiszfeld 1937",
    claims=(
        *hold(
            (TRIPLES,),
            {
                Anonymous(): "it is a function of how many agents are where",
                ParetoOptimal(): "it is in the convex hull of the agents",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(FIELD, (BELOW, LEFT, ABOVE, RIGHT)), agent=0, report=CORNER),
            violation=Fraction(1),
        ),
    ),
)
