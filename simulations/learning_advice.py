r"""How fast a receiver learns to use the advice of senders who want something else.

**Question.**  A state is seen by two senders, with accuracies .9 and .7; both always want action 1,
and the receiver wants the action that fits the state.  The best incentive compatible rule, which is
a lottery, is worth 71/110 a round.  Nothing of this is known to the receiver.  What do :math:`T`
rounds of learning cost, in utility and in violations of incentive compatibility?

**What the table answers.**  One row a learner, number of rounds and replicate.  Learners are
``full feedback``, which solves a relaxed program with the frequencies of signals and states again
and again, and ``commit a``, which tries random actions for :math:`T^a / 2` rounds, sees what each
was worth, and then commits (see `mechsim.information.learning`).

- ``regret``: the sum of the optimum less what the rule is worth; ``shortfall``: of its positive
  parts only, without credit for rules worth more because they are not incentive compatible.
- ``violation``: the sum of the largest expected gains of a sender by a lie; ``scaled violation``:
  that over :math:`\sqrt{\ln T}`, which the theory has as a factor.
- ``programs`` that were solved, and those of them that were ``searched``, because the basis of the
  last was no longer optimal.

**What is found.**  Relaxed programs are worth more than the optimum, so that the regret of full
feedback, and in the end that of ``commit 1/2`` and ``commit 2/3`` too, is negative.  Without credit
for violations, full feedback loses next to nothing, and who commits after :math:`T^a` rounds what
these cost, :math:`T^a`.  Violations grow as :math:`\sqrt{T \ln T}` and as :math:`T^{1 - a/2}
\sqrt{\ln T}`, as the theorem says and no slower than it allows.  Of the programs that full feedback
solves, some 19 of 20 need no search.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product as every
from typing import Any

import numpy as np

from mechsim.information import Advice, Decision
from mechsim.information.learning import explore_then_commit, full_feedback
from mechsim.studies import Results, Study, product

ROUNDS = tuple(round(10 ** (k / 2)) for k in range(8, 17))
TWO = ("0", "1")


def game() -> Advice:
    """Two senders who always want action 1."""
    law: dict[tuple[str, tuple[str, ...]], Fraction] = {
        (state, (one, two)): Fraction(9 if one == state else 1, 20)
        * Fraction(7 if two == state else 3, 10)
        for state, one, two in every(TWO, repeat=3)
    }
    wants_one = Decision(TWO, ((0, 0), (1, 1)))
    return Advice(TWO, (TWO, TWO), law, Decision.guess(TWO), (wants_one, wants_one))


GAME = game()


@dataclass(frozen=True)
class Learner:
    """How to learn: with full feedback, or by so much exploration."""

    name: str
    exponent: float | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    learner: Learner
    rounds: int


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Sums over all rounds."""
    exponent = point.learner.exponent
    if exponent is None:
        course = full_feedback(GAME, point.rounds, rng)
    else:
        course = explore_then_commit(GAME, point.rounds, exponent, rng)
    violation = float(course.violation[-1])
    return {
        "regret": float(course.regret[-1]),
        "shortfall": float(course.shortfall[-1]),
        "violation": violation,
        "scaled violation": violation / float(np.log(point.rounds)) ** 0.5,
        "programs": course.solves,
        "searched": course.searches,
    }


def figure(results: Results) -> Any:
    """Shortfall and violation against rounds, with the exponents of the theorem."""
    from mechsim import plot

    bandits = {one.name: one.exponent for one in LEARNERS if one.exponent is not None}
    exponents = {
        "shortfall": bandits,
        "scaled violation": {"full feedback": 0.5, **{k: 1 - a / 2 for k, a in bandits.items()}},
    }
    measures = {
        "shortfall": "regret, without credit for violations",
        "scaled violation": r"violation / $\sqrt{\ln T}$",
    }
    return plot.power_laws(
        results, measures, along="rounds", series="learner", exponents=exponents, label="rounds T"
    )


LEARNERS = (
    Learner("full feedback"),
    Learner("commit 1/2", 1 / 2),
    Learner("commit 2/3", 2 / 3),
    Learner("commit 1", 1.0),
)
POINTS = product(Point, LEARNERS, ROUNDS)
STUDY = Study(
    name="learning-advice",
    question="What does it cost to learn how to use advice?",
    points=POINTS,
    measure=measure,
    replicates=60,
    quick_points=tuple(p for p in POINTS if p.rounds in (10**4, 10**6)),
    quick_replicates=5,
    figure=figure,
    conclusion="With full feedback there is no regret, and violations grow as the root of T ln T.\n"
    "Who commits after T^a rounds loses T^a, and violates by T^(1-a/2), as the theorem says.",
)
