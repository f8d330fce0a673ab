"""Games whose strategies are numbers in an interval: gradient play."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .._numbers import whole
from ..population import FloatArray


@dataclass(frozen=True, eq=False)
class GradientPlay:
    """Where each player's strategy went: (rounds, players) float64."""

    path: FloatArray

    @property
    def final(self) -> FloatArray:
        """The last strategies."""
        last: FloatArray = self.path[-1]
        return last

    @property
    def moved(self) -> float:
        """How far the last step went, at most."""
        return float(np.abs(np.diff(self.path[-2:], axis=0)).max()) if len(self.path) > 1 else 0.0

    def __str__(self) -> str:
        told = ", ".join(f"{x:.4g}" for x in self.final[:8])
        more = ", ..." if self.path.shape[1] > 8 else ""
        rounds = len(self.path) - 1
        return f"after {rounds} rounds ({told}{more}), the last step {self.moved:.2g}"


def gradient_play(
    utilities: Callable[[FloatArray, np.random.Generator], Sequence[float] | FloatArray],
    start: Sequence[float],
    low: float,
    high: float,
    *,
    rounds: int = 100,
    step: float = 1.0,
    width: float = 1e-3,
    seed: int = 0,
) -> GradientPlay:
    r"""All players climb their own payoff at once, with steps :math:`h / (t + 1)`.

    Slopes are central differences of width ``width``, on the same random numbers at both ends, and
    strategies are kept between ``low`` and ``high``.

    Parameters
    ----------
    utilities : callable
        (players,) strategies and a generator to (players,) payoffs.  In round t all calls get
        generators in the same state.
    start : (players,) numbers in [low, high]
    low, high : float
    rounds : int
    step, width : float
        Positive; in units of strategies, and per unit of slope for the step.
    seed : int

    Returns
    -------
    GradientPlay
        ``2 * players`` evaluations a round.

    Examples
    --------
    >>> def cournot(q, rng):
    ...     return q * (1 - q.sum())
    >>> print(gradient_play(cournot, [0.1, 0.7], 0, 1, rounds=400))
    after 400 rounds (0.3333, 0.3333), the last step 0
    """
    whole(rounds, "rounds", least=0)
    now = np.array(start, np.float64)
    for name, number in (("step", step), ("width", width)):
        if not number > 0:
            raise ValueError(f"{name} is {number}: it must be positive")
    if not low < high or not ((now >= low) & (now <= high)).all():
        raise ValueError(f"start is {now.tolist()}: it must lie between {low} and {high}")
    path = np.empty((rounds + 1, len(now)))
    path[0] = now
    for t in range(rounds):
        sequence = np.random.SeedSequence(seed, spawn_key=(t,))
        slopes = np.empty(len(now))
        for player in range(len(now)):
            ends = [min(now[player] + width, high), max(now[player] - width, low)]
            gains: list[float] = []
            for end in ends:
                tried = now.copy()
                tried[player] = end
                gains.append(float(utilities(tried, np.random.default_rng(sequence))[player]))
            slopes[player] = (gains[0] - gains[1]) / (ends[0] - ends[1])
        now = np.clip(now + step / (t + 1) * slopes, low, high)
        path[t + 1] = now
    return GradientPlay(path)
