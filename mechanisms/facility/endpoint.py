"""EndPoint: two facilities, at the two extreme reports.

For two facilities on a line it has what the median has for one: nobody gains by lying, names do
not matter, and nothing is better for all.
"""

from fractions import Fraction

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import ParetoOptimal
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import EndPoint
from mechsim.objectives import Approximates, Compared, MaxCost, TotalCost
from mechsim.preferences import Space

LINE = Space((0,), (1,), facilities=2)
FIFTHS = Domain(LINE.grid(5), agents=3)
THIRDS = Domain(LINE.grid(3), agents=4)
ZERO, HALF, ONE = ((Fraction(k, 2),) for k in range(3))

CARD = Card(
    title="EndPoint",
    rule=EndPoint,
    source="Procaccia, Tennenholtz, EC 2009",
    claims=(
        *hold(FIFTHS, {Strategyproof(): "who is not at an end can only push one away"}),
        *hold(
            (FIFTHS, THIRDS),
            {
                Anonymous(): "it depends on the extremes only",
                ParetoOptimal(): "those at the ends have a facility at the door, so none can move",
            },
        ),
        *hold(FIFTHS, {Approximates(TotalCost(), 1): "n - 2, so the best of three agents"}),
        *hold(
            THIRDS,
            {
                Approximates(TotalCost(), 2): "n - 2: only n - 2 agents have any cost",
                Approximates(MaxCost(), 2): "twice the best radius at most",
            },
        ),
        Fails(
            Approximates(TotalCost(), 2, strictly=True),
            Compared(Instance(LINE.grid(2), (ZERO, HALF, HALF, ONE)), TotalCost()),
            violation=Fraction(1),
        ),
        Fails(
            Approximates(MaxCost(), 2, strictly=True),
            Compared(Instance(LINE.grid(4), (ZERO, HALF, ONE)), MaxCost()),
            violation=Fraction(1),
        ),
    ),
)
