"""The Proportional mechanism for two facilities: a random agent, and another by its distance.

With chance a constant factor of the total distance is possible, less than 4, where every
strategyproof rule without chance is off by a number of the order of n.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import ParetoOptimal
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import ProportionalPair
from mechsim.objectives import Approximates, Compared, TotalCost
from mechsim.preferences import Space

LINE = Space((0,), (1,), facilities=2)
FIFTHS = Domain(LINE.grid(5), agents=3)
THIRDS = Domain(LINE.grid(3), agents=4)
ZERO, QUARTER, END = (Fraction(0),), (Fraction(1, 4),), (Fraction(3, 4),)

CARD = Card(
    title="Proportional mechanism",
    rule=ProportionalPair,
    source="Lu, Sun, Wang, Zhu, EC 2010",
    claims=(
        *hold(FIFTHS, {Strategyproof(): "Lu, Sun, Wang, Zhu 2010, in expectation"}),
        *hold(
            (FIFTHS, THIRDS),
            {
                Anonymous(): "agents are drawn alike",
                ParetoOptimal(): "both facilities are at an agent's door",
            },
        ),
        Fails(
            Approximates(TotalCost(), 1),
            Compared(Instance(LINE.grid(4), (ZERO, QUARTER, END)), TotalCost()),
            violation=Fraction(1, 4),
        ),
    ),
)
