r"""Learning in finite games: rules that turn what has been played into what is played next.

A dynamic is a function from the `History` of a game to the next mixed profile; all of them look
at expected payoffs, so nothing is drawn.  With :math:`u_i^t(a)` the payoff of action :math:`a`
against what the others played in round :math:`t`, and :math:`U_i^t = \sum_{r \le t} u_i^r`:

======================= ==========================================================
`BestResponse`          a best reply to the others' last strategies
`FictitiousPlay`        a best reply to the others' average strategies
`MultiplicativeWeights` :math:`s_i(a) \propto e^{\eta U_i(a)}`
`RegretMatching`        :math:`s_i(a) \propto [U_i(a) - \sum_r s_i^r \cdot u_i^r]^+`
`Replicator`            :math:`s_i(a) \to s_i(a)\,(1 + h u_i(a)) / (1 + h s_i \cdot u_i)`
`Logit`                 a step towards :math:`s_i(a) \propto e^{\lambda u_i(a)}`
`Gradient`              :math:`s_i + h_t u_i`, projected on the simplex
======================= ==========================================================

References
----------
Brown. Iterative Solution of Games by Fictitious Play. 1951.
Robinson. An Iterative Method of Solving a Game. Annals of Mathematics 54, 1951.
Hart, Mas-Colell. A Simple Adaptive Procedure Leading to Correlated Equilibrium. Econometrica 68,
2000.
Freund, Schapire. Adaptive Game Playing Using Multiplicative Weights. GEB 29, 1999.
Taylor, Jonker. Evolutionarily Stable Strategies and Game Dynamics. Math. Biosciences 40, 1978.
Zinkevich. Online Convex Programming and Generalized Infinitesimal Gradient Ascent. ICML 2003.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ..population import FloatArray
from .quantal import softmax

Mixed: TypeAlias = tuple[FloatArray, ...]
"""A distribution over actions for each player."""


@dataclass(frozen=True, eq=False)
class History:
    """What has been played up to round ``rounds``, which is at least 1.

    Parameters
    ----------
    rounds : int
    now : Mixed
        The last profile.
    average : Mixed
        The average of all.
    values : Mixed
        What each action gives against the last profile.
    against_average : Mixed
        What each action gives against the average.
    total : Mixed
        What each action would have given in all rounds together.
    earned : tuple of float
        What each player got in all rounds together.
    """

    rounds: int
    now: Mixed
    average: Mixed
    values: Mixed
    against_average: Mixed
    total: Mixed
    earned: tuple[float, ...]

    @property
    def regrets(self) -> tuple[float, ...]:
        """What each player misses a round by not having played its best action throughout."""
        pairs = zip(self.total, self.earned, strict=True)
        return tuple((float(total.max()) - earned) / self.rounds for total, earned in pairs)


Dynamic: TypeAlias = Callable[[History], Mixed]


def pure(values: FloatArray) -> FloatArray:
    """All weight on the largest value, the first of several."""
    strategy = np.zeros(len(values))
    strategy[int(np.argmax(values))] = 1
    return strategy


@dataclass(frozen=True)
class BestResponse:
    """A best reply to what the others played last; ``in_turn`` one player a round moves.

    A player whose last strategy is a best reply keeps it.
    """

    in_turn: bool = True

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        mover = (history.rounds - 1) % len(history.now)
        replies: list[FloatArray] = []
        for player, (now, values) in enumerate(zip(history.now, history.values, strict=True)):
            stays = (self.in_turn and player != mover) or values @ now >= values.max()
            replies.append(now if stays else pure(values))
        return tuple(replies)


@dataclass(frozen=True)
class FictitiousPlay:
    """A best reply to the others' average strategies, the first of several."""

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        return tuple(map(pure, history.against_average))


@dataclass(frozen=True)
class MultiplicativeWeights:
    r"""Hedge: weights :math:`e^{\eta U(a)}`.

    With payoffs in a range of length :math:`R` the regret after :math:`T` rounds is at most
    :math:`\ln m / (\eta T) + \eta R^2 / 8` a round; without a rate :math:`\eta_t = \sqrt{8 \ln m /
    t} / R` is used, and the bound is :math:`2 R \sqrt{\ln m / 2T}` or a little more.

    Parameters
    ----------
    rate : float, optional
        Positive, per unit of payoff.
    scale : float
        :math:`R`, where there is no rate.
    """

    rate: float | None = None
    scale: float = 1.0

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        return tuple(softmax(self._rate(history, len(x)) * x) for x in history.total)

    def _rate(self, history: History, actions: int) -> float:
        if self.rate is not None:
            return self.rate
        return math.sqrt(8 * math.log(actions) / (history.rounds + 1)) / self.scale


@dataclass(frozen=True)
class RegretMatching:
    r"""Weights in proportion to positive regrets, even where nothing is regretted.

    With payoffs in a range of length :math:`R` and :math:`m` actions the regret after :math:`T`
    rounds is at most :math:`R \sqrt{m / T}` a round.
    """

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        found: list[FloatArray] = []
        for total, earned in zip(history.total, history.earned, strict=True):
            missed = np.maximum(total - earned, 0)
            weight = missed.sum()
            even = np.full(len(total), 1 / len(total))
            found.append(missed / weight if weight > 0 else even)
        return tuple(found)


@dataclass(frozen=True)
class Replicator:
    """The discrete replicator: what does better than average grows.

    Payoffs may not be below ``-1 / step``, so that no share becomes negative.
    """

    step: float = 0.1

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        found: list[FloatArray] = []
        for now, values in zip(history.now, history.values, strict=True):
            fitness = 1 + self.step * values
            if fitness.min() < 0:
                raise ValueError(
                    f"step is {self.step}: with a payoff of {values.min():.4g} it must be smaller"
                )
            grown: FloatArray = now * fitness
            found.append(grown / grown.sum())
        return tuple(found)


@dataclass(frozen=True)
class Logit:
    """A step towards logit replies; its rest points are quantal response equilibria."""

    rationality: float
    step: float = 0.1

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        return tuple(
            now + self.step * (softmax(self.rationality * values) - now)
            for now, values in zip(history.now, history.values, strict=True)
        )


@dataclass(frozen=True)
class Gradient:
    r"""Projected gradient ascent with steps :math:`h / \sqrt t`."""

    step: float = 0.5

    def __call__(self, history: History) -> Mixed:
        """The next profile."""
        length = self.step / math.sqrt(history.rounds)
        pairs = zip(history.now, history.values, strict=True)
        return tuple(on_simplex(now + length * values) for now, values in pairs)


def on_simplex(point: FloatArray) -> FloatArray:
    """The nearest distribution to a point.  O(m log m)."""
    ordered = np.sort(point)[::-1]
    excess = (np.cumsum(ordered) - 1) / np.arange(1, len(point) + 1)
    last = int(np.flatnonzero(ordered > excess)[-1])
    nearest: FloatArray = np.maximum(point - excess[last], 0)
    return nearest
