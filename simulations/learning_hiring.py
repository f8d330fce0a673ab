r"""How fast a principal learns whom to hire, and what to pay.

**Question.**  What efforts bring to light is unknown at first.  For :math:`N = 4\,T^{2/3}` of
:math:`T` rounds the principal uses a mechanism that it knows to be obeyed, and takes its first
action; then it hires as the exact program says for the frequencies that it saw, disobedience
overstated by the share :math:`3 \sqrt{\ln T / N}`, and decides by them.  What does that cost,
compared with the optimal mechanism?

**What the table answers.**  One row a game, number of rounds and replicate.  Games are ``pair``,
two experts who may see a hidden bit that the state follows with probability .6 (optimum 57.5 of
100, with payments up to 5), and ``study``, one expert who may rest, glance or study (optimum 8.1 of
10).  The pair is explored by an audit of their agreement, which is obeyed however the state follows
the bit; the one expert by a mechanism that is made for its true accuracies, with slack 1/20, as
nothing is obeyed whatever they are.

- ``regret``: the sum of the optimum less what is left to the principal; ``scaled regret``: that
  over :math:`\sqrt{\ln T}`, which the theory has as a factor.
- ``obeyed``: 1 if the rule it commits to is obeyed under the true law, and 0 if not; then each
  round is charged the worst that can happen.
- ``kept``: 1 if by the estimate it is better to go on as it explored.

**What is found.**  The regret grows no faster than :math:`T^{2/3} \sqrt{\ln T}`, and nearly that
fast.  The rule that is committed to was obeyed in all replicates; at ten thousand rounds two to
four of five commit to nothing new, as the caution leaves them no better than exploration.  Caution
is needed: programs look for payments that profit from errors of estimates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from mechsim.information import (
    Audit,
    Decision,
    Hired,
    Hiring,
    binary_accuracy,
    hidden_bit,
    hire,
)
from mechsim.information.learning import explore_then_hire
from mechsim.lottery import Finite
from mechsim.preferences import Acquisition
from mechsim.studies import Results, Study, product

ROUNDS = tuple(round(10 ** (k / 2)) for k in range(8, 15))
GLANCE = (Fraction(7, 10), Fraction(1, 10))
LOOK = (Fraction(9, 10), Fraction(3, 10))


@dataclass(frozen=True)
class Game:
    """Experts, a decision, and the cap on payments."""

    name: str
    setting: Acquisition
    decision: Decision
    cap: int

    def __str__(self) -> str:
        return self.name

    @cached_property
    def optimum(self) -> Fraction:
        """What the best mechanism is worth."""
        found = hire(self.setting, self.decision, self.cap)
        assert isinstance(found, Hired)
        return found.value

    @cached_property
    def safe(self) -> Audit | Hired:
        """Asks for all efforts alike, and is obeyed."""
        program = Hiring(self.setting, self.decision, Fraction(self.cap), slack=Fraction(1, 20))
        plan = dict.fromkeys(program.efforts, Fraction(1, len(program.efforts)))
        if len(self.setting.experts) > 1:
            return Audit(Finite(plan), Fraction(self.cap), self.setting)
        found = program.solve(plan)
        assert isinstance(found, Hired)
        return found


GAMES = (
    Game(
        "pair",
        hidden_bit(Fraction(3, 5), cost=1),
        Decision.guess(("rise", "fall"), prize=100),
        5,
    ),
    Game(
        "study",
        binary_accuracy({"glance": GLANCE, "study": LOOK}),
        Decision.guess(("yes", "no"), prize=10),
        10,
    ),
)


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    game: Game
    rounds: int


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Sums over all rounds."""
    game = point.game
    course = explore_then_hire(
        game.setting,
        game.decision,
        game.cap,
        point.rounds,
        game.safe,
        rng,
        optimum=game.optimum,
    )
    regret = float(course.regret[-1])
    return {
        "regret": regret,
        "scaled regret": regret / float(np.log(point.rounds)) ** 0.5,
        "obeyed": float(course.violation[-1] <= 1e-6 * point.rounds),
        "kept": float(course.kept),
    }


def figure(results: Results) -> Any:
    """Regret against rounds, with the exponent of the theorem."""
    from mechsim import plot

    games = {game.name: 2 / 3 for game in GAMES}
    return plot.power_laws(
        results,
        {"scaled regret": r"regret / $\sqrt{\ln T}$"},
        along="rounds",
        series="game",
        exponents={"scaled regret": games},
        label="rounds T",
    )


POINTS = product(Point, GAMES, ROUNDS)
STUDY = Study(
    name="learning-hiring",
    question="What does it cost to learn whom to hire?",
    points=POINTS,
    measure=measure,
    replicates=60,
    quick_points=tuple(p for p in POINTS if p.rounds in (10**4, 10**6)),
    quick_replicates=5,
    figure=figure,
    conclusion="Regret grows as T^(2/3), times the root of a logarithm, as the theorem says.\n"
    "What is committed to is obeyed if disobedience is overstated enough; then all is well.",
)
