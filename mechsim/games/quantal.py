r"""Bounded rationality: quantal responses, level-k and cognitive hierarchies.

References
----------
McKelvey, Palfrey. Quantal Response Equilibria for Normal Form Games. GEB 10, 1995.
Nagel. Unraveling in Guessing Games. American Economic Review 85, 1995.
Camerer, Ho, Chong. A Cognitive Hierarchy Model of Games. Quarterly J. of Economics 119, 2004.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from .._numbers import whole
from ..population import FloatArray
from .game import Game, Profile

S = TypeVar("S")
"""A strategy: a number, or an array of probabilities."""

RESIDUAL = 1e-11
DAMPING = (0.5, 0.1, 0.02)
ITERATIONS = 20_000


@dataclass(frozen=True, eq=False)
class QuantalResponse:
    """A logit equilibrium: who plays what, and how far from a fixed point it is."""

    rationality: float
    profile: tuple[FloatArray, ...]
    residual: float


def softmax(values: Any) -> FloatArray:
    """Probabilities in proportion to the exponentials of the values."""
    numbers = np.asarray(values, np.float64)
    weights = np.exp(numbers - numbers.max())
    shares: FloatArray = weights / weights.sum()
    return shares


def quantal_response(game: Game, rationality: float, steps: int = 40) -> QuantalResponse:
    r"""The logit equilibrium :math:`s_i(a) \propto e^{\lambda u_i(a, s_{-i})}` on the main branch.

    It is followed from the uniform profile at :math:`\lambda = 0` in equal steps; each is a damped
    iteration that starts where the last one ended.

    Parameters
    ----------
    game : Game
    rationality : float
        :math:`\lambda \ge 0`, per unit of payoff.
    steps : int

    Raises
    ------
    ArithmeticError
        If the iteration does not settle; more steps may help.

    Examples
    --------
    >>> dilemma = Game.symmetric([[3, 0], [4, 1]], ("cooperate", "defect"))
    >>> round(float(quantal_response(dilemma, 0.5).profile[0][0]), 4)
    0.3775
    """
    if not (math.isfinite(rationality) and rationality >= 0):
        raise ValueError(f"rationality is {rationality}: it must be a number, at least 0")
    whole(steps, "steps", least=1)
    tables = tuple(np.asarray(table, np.float64) for table in game.payoffs)
    floats = Game(tables)
    profile: Profile = floats.uniform()
    residual = 0.0
    for k in range(1, steps + 1):
        profile, residual = _settled(floats, rationality * k / steps, profile)
        if residual > RESIDUAL:
            raise ArithmeticError(
                f"quantal response at rationality {rationality * k / steps:.4g} has the residual "
                f"{residual:.2g}: more steps than {steps} may help"
            )
    return QuantalResponse(rationality, profile, residual)


def _settled(game: Game, rationality: float, start: Profile) -> tuple[Profile, float]:
    profile, residual = start, math.inf
    for damping in DAMPING:
        for _ in range(ITERATIONS):
            replies = [softmax(rationality * values) for values in game.values(profile)]
            moves = [reply - now for reply, now in zip(replies, profile, strict=True)]
            residual = max(float(np.abs(move).max()) for move in moves)
            if residual <= RESIDUAL:
                return profile, residual
            profile = tuple(x + damping * d for x, d in zip(profile, moves, strict=True))
    return profile, residual


def level_k(respond: Callable[[S], S], start: S, depth: int) -> tuple[S, ...]:
    """What level 0, 1, ..., ``depth`` plays: each replies to the one below.

    Parameters
    ----------
    respond : callable
        The reply to others who all play a strategy; of a game, `replies_in`.
    start : strategy
        Of level 0.

    Examples
    --------
    >>> [round(x, 3) for x in level_k(lambda mean: 2 / 3 * mean, 50.0, 3)]
    [50.0, 33.333, 22.222, 14.815]
    """
    whole(depth, "depth", least=0)
    levels = [start]
    for _ in range(depth):
        levels.append(respond(levels[-1]))
    return tuple(levels)


def cognitive_hierarchy(
    respond: Callable[[Any], Any], start: Any, tau: float, depth: int
) -> tuple[tuple[Any, ...], Any]:
    r"""What levels play who believe that others are below them, Poisson distributed.

    Level :math:`k` replies to the mixture of levels :math:`0, \dots, k - 1` with weights
    :math:`e^{-\tau} \tau^j / j!`, normalised.

    Returns
    -------
    levels : tuple of strategies
    population : strategy
        The mixture of all levels up to ``depth``.

    Examples
    --------
    >>> levels, mean = cognitive_hierarchy(lambda mean: 2 / 3 * mean, 50.0, tau=1.5, depth=4)
    >>> [round(x, 3) for x in levels]
    [50.0, 33.333, 26.667, 23.908, 22.838]
    """
    whole(depth, "depth", least=0)
    if not tau > 0:
        raise ValueError(f"tau is {tau}: it must be positive")
    weights = [tau**k / math.factorial(k) for k in range(depth + 1)]
    levels = [start]
    for _ in range(depth):
        levels.append(respond(_mixture(weights, levels)))
    return tuple(levels), _mixture(weights, levels)


def _mixture(weights: Sequence[float], strategies: Sequence[Any]) -> Any:
    """The average strategy; of profiles player by player."""
    shares = [weight / sum(weights[: len(strategies)]) for weight in weights[: len(strategies)]]
    if isinstance(strategies[0], tuple):
        return tuple(_mixture(weights, column) for column in zip(*strategies, strict=True))
    return sum(share * strategy for share, strategy in zip(shares, strategies, strict=True))


def replies_in(game: Game) -> Callable[[Profile], Profile]:
    """The best reply to a profile, player by player; ties are drawn evenly."""

    def respond(profile: Profile) -> Profile:
        found: list[FloatArray] = []
        for player, size in enumerate(game.shape):
            best = list(game.replies(player, profile))
            strategy = np.zeros(size)
            strategy[best] = 1 / len(best)
            found.append(strategy)
        return tuple(found)

    return respond
