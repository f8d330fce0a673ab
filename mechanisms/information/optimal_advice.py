"""The best rule for a receiver of advice that is told the truth, without payments.

Two senders see a binary state with accuracies .9 and .7, and both always want action 1.  The best
rule is a lottery: action 1 if both say 1, and with probability 17/33 if both say 0.
"""

from fractions import Fraction
from itertools import product

from mechsim import BayesianIncentiveCompatible, Domain
from mechsim.catalogue import AdviceTask, Card, Holds, IsWorth
from mechsim.information import Advice, Decision, OptimalAdvice

TWO = ("0", "1")
ALIGNED, WANTS_1 = Decision.guess(TWO), Decision(TWO, ((0, 0), (1, 1)))
LAW: dict[tuple[str, tuple[str, ...]], Fraction] = {
    (state, (one, two)): Fraction(9 if one == state else 1, 20)
    * Fraction(7 if two == state else 3, 10)
    for state, one, two in product(TWO, repeat=3)
}
GAME = Advice(TWO, (TWO, TWO), LAW, ALIGNED, (WANTS_1, WANTS_1))
BOTH_ALIGNED = Advice(TWO, (TWO, TWO), LAW, ALIGNED, (ALIGNED, ALIGNED))
ONE_ALIGNED = Advice(TWO, (TWO, TWO), LAW, ALIGNED, (WANTS_1, ALIGNED))
BEST = Fraction(71, 110)

CARD = Card(
    title="Optimal Advice",
    rule=OptimalAdvice,
    source="Cacciamani, Castiglioni, Gatti, arXiv:2302.02873",
    claims=(
        Holds(
            BayesianIncentiveCompatible(),
            Domain(GAME, agents=2),
            because="these are rows of the program",
        ),
        IsWorth(AdviceTask(GAME), BEST, BEST, because="the program over all rules"),
        IsWorth(
            AdviceTask(GAME, cap=50), BEST, BEST, because="a prize of 1 is too small to pay anybody"
        ),
        IsWorth(
            AdviceTask(BOTH_ALIGNED),
            worth=Fraction(9, 10),
            most=Fraction(9, 10),
            because="who want the same tell the truth",
        ),
        IsWorth(
            AdviceTask(ONE_ALIGNED),
            worth=Fraction(7, 10),
            most=Fraction(7, 10),
            because="only the second sender is heard",
        ),
    ),
)
