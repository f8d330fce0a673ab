"""The mean, with numbers that mean nothing: sincerity is no equilibrium."""

from fractions import Fraction

from mechsim import Instance, Line
from mechsim.axioms import Misreport, SincereEquilibrium
from mechsim.catalogue import Card, Fails
from mechsim.facility import Mean
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

LINE = Numbered(Line(0, 1), numbers=1)
APART = Instance(LINE, ((Fraction(0), 0), (Fraction(1, 4), 0)))

CARD = Card(
    title="Mean with Numbers",
    rule=Derandomized(Mean),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Fails(
            SincereEquilibrium(),
            Misreport(APART, agent=1, report=(Fraction(1, 2), 0)),
            violation=Fraction(1, 8),
        ),
    ),
)
