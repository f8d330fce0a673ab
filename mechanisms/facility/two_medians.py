"""Two medians: the best two places for the total distance, and worth lying to.

An agent between two groups pretends to belong to the farther one to get a facility nearer.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import Misreport, ParetoOptimal
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import TwoMedians
from mechsim.objectives import Approximates, TotalCost
from mechsim.preferences import Space

LINE = Space((0,), (1,), facilities=2)
FIFTHS = Domain(LINE.grid(5), agents=3)
ZERO, TWO, THREE, ONE = ((Fraction(k, 5),) for k in (0, 2, 3, 5))

CARD = Card(
    title="Two medians",
    rule=TwoMedians,
    source="folklore",
    claims=(
        *hold(
            FIFTHS,
            {
                Anonymous(): "it depends on the sorted reports only",
                ParetoOptimal(): "what is better for somebody and worse for nobody costs less",
                Approximates(TotalCost(), 1): "of all splits into two parts the best",
            },
        ),
        Fails(
            Strategyproof(),
            Misreport(Instance(LINE, (ZERO, TWO, ONE)), agent=1, report=THREE),
            violation=Fraction(1, 5),
        ),
    ),
)
