"""Borda, with numbers that mean nothing: sincerity is no equilibrium, as a voter buries a rival."""

from fractions import Fraction
from functools import partial

from mechsim import Instance, Rankings
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import Misreport, SDSincereEquilibrium
from mechsim.catalogue import Card, Fails
from mechsim.games import Derandomized
from mechsim.preferences import Numbered
from mechsim.voting import Borda

VOTE = Numbered(Rankings(("ann", "bob", "cat")), numbers=1)
CLOSE = Instance(VOTE, (((0, 1, 2), 0), ((1, 0, 2), 0)))

CARD = Card(
    title="Borda with Numbers",
    rule=Derandomized(partial(Borda, Lexicographic())),
    source="after Walsh, Mechanisms that play a game, not toss a coin, arXiv:2308.10413",
    claims=(
        Fails(
            SDSincereEquilibrium(),
            Misreport(CLOSE, agent=1, report=((1, 2, 0), 0)),
            violation=Fraction(1),
        ),
    ),
)
