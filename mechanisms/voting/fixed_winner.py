"""Fixed winner: always the same candidate.

Nobody can manipulate it, and nobody is heard.
"""

from fractions import Fraction
from functools import partial

from mechsim import Anonymous, Domain, Instance, Rankings, SDStrategyproof
from mechsim.axioms import MaskinMonotonic, Missing, NonDictatorial, Onto
from mechsim.catalogue import Card, Fails, hold
from mechsim.voting import FixedWinner

VOTE = Rankings(("ann", "bob", "cat"))
TWO = Domain(VOTE, agents=2)

CARD = Card(
    title="Fixed winner",
    rule=partial(FixedWinner, 0),
    source="Gibbard, Econometrica 41 (1973)",
    claims=(
        *hold(
            TWO,
            {
                SDStrategyproof(): "no report matters",
                MaskinMonotonic(): "no report matters",
                Anonymous(): "no report matters",
                NonDictatorial(): "no voter gets more than others",
            },
        ),
        Fails(
            Onto(),
            Missing(Instance(VOTE, ((0, 1, 2), (0, 1, 2))), alternative=1),
            violation=Fraction(1),
        ),
    ),
)
