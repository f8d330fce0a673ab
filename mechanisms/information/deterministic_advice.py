"""The best rule without lotteries for a receiver of advice that is told the truth.

Where both senders always want action 1 it ignores them, and is right half of the time; a lottery is
right 71 times of 110.
"""

from fractions import Fraction
from functools import partial
from itertools import product

from mechsim import BayesianIncentiveCompatible, Domain
from mechsim.catalogue import AdviceTask, Card, Holds, IsWorth
from mechsim.information import Advice, Decision, OptimalAdvice

TWO = ("0", "1")
WANTS_1 = Decision(TWO, ((0, 0), (1, 1)))
LAW: dict[tuple[str, tuple[str, ...]], Fraction] = {
    (state, (one, two)): Fraction(9 if one == state else 1, 20)
    * Fraction(7 if two == state else 3, 10)
    for state, one, two in product(TWO, repeat=3)
}
GAME = Advice(TWO, (TWO, TWO), LAW, Decision.guess(TWO), (WANTS_1, WANTS_1))

CARD = Card(
    title="Deterministic Advice",
    rule=partial(OptimalAdvice, deterministic=True),
    source="Cacciamani, Castiglioni, Gatti, arXiv:2302.02873",
    claims=(
        Holds(
            BayesianIncentiveCompatible(),
            Domain(GAME, agents=2),
            because="these are rows of the program",
        ),
        IsWorth(
            AdviceTask(GAME),
            worth=Fraction(1, 2),
            most=Fraction(71, 110),
            because="a report that ever changes the action is made always",
        ),
    ),
)
