"""Two dictators: two fixed agents say where the two facilities are built.

Strategyproof without anonymity, and efficient only where the two are apart.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Strategyproof
from mechsim.axioms import Everybody, ParetoOptimal, Swap
from mechsim.catalogue import Card, Fails, hold
from mechsim.facility import TwoDictators
from mechsim.objectives import Approximates, Compared, MaxCost, TotalCost
from mechsim.preferences import Space

LINE = Space((0,), (1,), facilities=2)
FIFTHS = Domain(LINE.grid(5), agents=3)
ZERO, QUARTER = (Fraction(0),), (Fraction(1, 4),)
HERE = Instance(LINE.grid(4), (ZERO, ZERO, QUARTER))

CARD = Card(
    title="Two dictators",
    rule=partial(TwoDictators, 0, 1),
    source="folklore",
    claims=(
        *hold(FIFTHS, {Strategyproof(): "those who are heard get what they want"}),
        Fails(Anonymous(), Swap(HERE, first=0, second=2), violation=Fraction(1)),
        Fails(ParetoOptimal(), Everybody(HERE), violation=Fraction(1)),
        *(
            Fails(
                Approximates(objective, bound), Compared(HERE, objective), violation=Fraction(1, 4)
            )
            for objective, bound in ((TotalCost(), 1), (TotalCost(), 2), (MaxCost(), 2))
        ),
    ),
)
