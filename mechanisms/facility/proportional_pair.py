"""The Proportional mechanism for two facilities: a random agent, and another by its distance.

With chance a constant factor of the total distance is possible, less than 4, where every
strategyproof rule without chance is off by a number of the order of n.  The expected largest
distance is off by that much here: for k agents at 0, k near by and one far away its ratio is
n + 1/n in the limit.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, ExAnte, Instance, Strategyproof
from mechsim.axioms import ParetoOptimal
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import ProportionalPair
from mechsim.objectives import Approximates, Compared, MaxCost, TotalCost
from mechsim.preferences import Space

LINE = Space((0,), (1,), facilities=2)
FIFTHS = Domain(LINE.grid(5), agents=3)
THIRDS = Domain(LINE.grid(3), agents=4)
ZERO, QUARTER, END = (Fraction(0),), (Fraction(1, 4),), (Fraction(3, 4),)
NEAR, FAR = (Fraction(1, 10),), (Fraction(1),)
TWO_AND_TWO = Instance(LINE.grid(20), (ZERO, ZERO, NEAR, NEAR, FAR))

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
        Fails(
            ExAnte(Approximates(MaxCost(), 4)),
            Compared(TWO_AND_TWO, MaxCost()),
            violation=Fraction(19, 1650),
        ),
    ),
)
