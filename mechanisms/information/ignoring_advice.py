"""The rule that ignores advice, and does what is best by the prior."""

from fractions import Fraction
from itertools import product

from mechsim import BayesianIncentiveCompatible, Domain
from mechsim.catalogue import AdviceTask, Card, Holds, IsWorth
from mechsim.information import Advice, Decision, Ignoring

TWO = ("0", "1")
ALIGNED, WANTS_1 = Decision.guess(TWO), Decision(TWO, ((0, 0), (1, 1)))
LAW: dict[tuple[str, tuple[str, ...]], Fraction] = {
    (state, (one, two)): Fraction(9 if one == state else 1, 20)
    * Fraction(7 if two == state else 3, 10)
    for state, one, two in product(TWO, repeat=3)
}
GAME = Advice(TWO, (TWO, TWO), LAW, ALIGNED, (WANTS_1, WANTS_1))
BOTH_ALIGNED = Advice(TWO, (TWO, TWO), LAW, ALIGNED, (ALIGNED, ALIGNED))

CARD = Card(
    title="Ignoring Advice",
    rule=Ignoring,
    source="a foil for Cacciamani, Castiglioni, Gatti, arXiv:2302.02873",
    claims=(
        Holds(
            BayesianIncentiveCompatible(),
            Domain(GAME, agents=2),
            because="no report changes anything",
        ),
        IsWorth(AdviceTask(GAME), Fraction(1, 2), Fraction(71, 110), because="the prior is even"),
        IsWorth(
            AdviceTask(BOTH_ALIGNED),
            Fraction(1, 2),
            Fraction(9, 10),
            because="the prior is even",
        ),
    ),
)
