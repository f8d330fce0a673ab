"""Immediate acceptance, with numbers that mean nothing: sincerity is no equilibrium."""

from fractions import Fraction

from mechsim import Houses, Instance
from mechsim.allocation import ImmediateAcceptance
from mechsim.axioms import Misreport, SDSincereEquilibrium
from mechsim.catalogue import Card, Fails
from mechsim.games import Derandomized
from mechsim.preferences import Numbered

HOUSES = Numbered(Houses(("attic", "barn")), numbers=1)
LATE = Instance(HOUSES, (((0, 1), 0), ((0, 1), 0), ((1, 0), 0)))

CARD = Card(
    title="Immediate Acceptance with Numbers",
    rule=Derandomized(ImmediateAcceptance),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Fails(
            SDSincereEquilibrium(),
            Misreport(LATE, agent=1, report=((1, 0), 0)),
            violation=Fraction(1),
        ),
    ),
)
