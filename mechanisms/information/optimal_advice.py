"""The best rule for a receiver of advice that is told the truth, without payments.

Two senders see a binary state with accuracies .9 and .7, and both always want action 1.  The best
rule is a lottery: action 1 if both say 1, and with probability 17/33 if both say 0.
"""

from fractions import Fraction
from itertools import product

from mechsim import BayesianIncentiveCompatible, Domain
from mechsim.catalogue import AdviceTask, Card, Holds, IsWorth
from mechsim.information import Advice, Decision, advise

TWO = ("0", "1")
ALIGNED = Decision.guess(TWO)
WANTS_1 = Decision(TWO, ((0, 0), (1, 1)))


def game(first: Decision, second: Decision) -> Advice:
    """What the senders see, with accuracies .9 and .7, and want."""
    law: dict[tuple[str, tuple[str, ...]], Fraction] = {
        (state, (one, two)): Fraction(9 if one == state else 1, 20)
        * Fraction(7 if two == state else 3, 10)
        for state, one, two in product(TWO, repeat=3)
    }
    return Advice(TWO, (TWO, TWO), law, ALIGNED, (first, second))


BOTH_WANT_1 = game(WANTS_1, WANTS_1)
CARD = Card(
    title="Optimal Advice",
    rule=advise,
    source="Cacciamani, Castiglioni, Gatti, arXiv:2302.02873",
    claims=(
        Holds(
            BayesianIncentiveCompatible(),
            Domain(BOTH_WANT_1, agents=2),
            because="these are rows of the program",
        ),
        IsWorth(
            AdviceTask(BOTH_WANT_1),
            worth=Fraction(71, 110),
            most=Fraction(71, 110),
            because="the program over all rules",
        ),
        IsWorth(
            AdviceTask(game(ALIGNED, ALIGNED)),
            worth=Fraction(9, 10),
            most=Fraction(9, 10),
            because="who want the same tell the truth",
        ),
        IsWorth(
            AdviceTask(game(WANTS_1, ALIGNED)),
            worth=Fraction(7, 10),
            most=Fraction(7, 10),
            because="only the second sender is heard",
        ),
        IsWorth(
            AdviceTask(BOTH_WANT_1, cap=50),
            worth=Fraction(71, 110),
            most=Fraction(71, 110),
            because="a prize of 1 is too small to pay anybody",
        ),
    ),
)
