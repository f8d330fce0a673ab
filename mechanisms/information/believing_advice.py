"""The rule that believes all reports, and does what is best if they are true.

A sender who wants action 1 says what leads to it, whatever it saw.
"""

from fractions import Fraction
from itertools import product

from mechsim import BayesianIncentiveCompatible, Instance
from mechsim.axioms import Misreport
from mechsim.catalogue import Card, Fails
from mechsim.information import Advice, Believing, Decision

TWO = ("0", "1")
WANTS_1 = Decision(TWO, ((0, 0), (1, 1)))
LAW: dict[tuple[str, tuple[str, ...]], Fraction] = {
    (state, (one, two)): Fraction(9 if one == state else 1, 20)
    * Fraction(7 if two == state else 3, 10)
    for state, one, two in product(TWO, repeat=3)
}
GAME = Advice(TWO, (TWO, TWO), LAW, Decision.guess(TWO), (WANTS_1, WANTS_1))

CARD = Card(
    title="Believing All Advice",
    rule=Believing,
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2302.02873",
    claims=(
        Fails(
            BayesianIncentiveCompatible(),
            Misreport(Instance(GAME, ("0", "0")), 0, "1"),
            violation=1,  # it is the first sender, who is more accurate, that is believed
        ),
    ),
)
