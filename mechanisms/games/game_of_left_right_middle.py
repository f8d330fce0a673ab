"""Left-right-middle by numbers: agents name numbers from 0 to 3, whose sum says which rule.

To be sincere and name a uniform number is an equilibrium.  The rule itself is deterministic, and
not strategyproof: who knows that the midrange will be taken moves it.
"""

from fractions import Fraction

from mechsim import Domain, Instance, Line, Strategyproof
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails, Holds
from mechsim.facility import LeftRightMiddle
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

QUARTERS = Domain(Numbered(Line(0, 1).grid(4), numbers=4), agents=2)
LINE = Numbered(Line(0, 1), numbers=4)
MIDDLE = Instance(LINE, ((Fraction(1, 4), 2), (Fraction(1), 0)))

CARD = Card(
    title="Left-right-middle by Numbers",
    rule=Derandomized(LeftRightMiddle),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Holds(SincereEquilibrium(), QUARTERS, because="left-right-middle is strategyproof"),
        Fails(
            Strategyproof(),
            Misreport(MIDDLE, agent=0, report=(Fraction(0), 2)),
            violation=Fraction(1, 8),
        ),
    ),
)
