r"""How far a profile is from a Nash equilibrium.

A profile is an :math:`\varepsilon`-Nash equilibrium if nobody gains more than :math:`\varepsilon`
by another strategy while the others keep theirs.  Its regret is the least such
:math:`\varepsilon`,

.. math:: \max_i \big[ \max_{a} u_i(a, s_{-i}) - u_i(s) \big].
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from .._numbers import show, whole
from .._text import brief
from ..algorithms.intervals import Interval, t_interval
from .game import Game


@dataclass(frozen=True)
class Regret:
    """What each player gains by its best reply.

    Parameters
    ----------
    game : Game
    gains : tuple of numbers
        One a player.
    replies : tuple of int
        An action of each player that gains it.
    """

    game: Game
    gains: tuple[Any, ...]
    replies: tuple[int, ...]

    @property
    def epsilon(self) -> Any:
        """The largest gain."""
        return max(self.gains)

    @property
    def player(self) -> int:
        """Whose gain it is."""
        return self.gains.index(self.epsilon)

    def __str__(self) -> str:
        if self.epsilon <= 0:
            return "a Nash equilibrium: nobody gains by another strategy"
        name = self.game.players[self.player]
        action = self.game.actions[self.player][self.replies[self.player]]
        return (
            f"an epsilon-Nash equilibrium for epsilon = {show(self.epsilon)}: {name} plays {action}"
        )


def regret(game: Game, profile: Any) -> Regret:
    """How much each player gains by its best reply; exact if game and profile are.

    Parameters
    ----------
    game : Game
    profile : sequence of distributions, one a player

    Examples
    --------
    >>> battle = Game(([[2, 0], [0, 1]], [[1, 0], [0, 2]]), (("opera", "fight"),) * 2)
    >>> from fractions import Fraction as F
    >>> print(regret(battle, [[F(2, 3), F(1, 3)], [F(1, 3), F(2, 3)]]))
    a Nash equilibrium: nobody gains by another strategy
    >>> print(regret(battle, [[F(3, 5), F(2, 5)], [F(2, 5), F(3, 5)]]))
    an epsilon-Nash equilibrium for epsilon = 2/25: 0 plays opera
    """
    strategies = game.read(profile)
    values = game.values(strategies)
    own = (np.dot(v, s) for v, s in zip(values, strategies, strict=True))
    gains = tuple(v.max() - mine for v, mine in zip(values, own, strict=True))
    return Regret(game, gains, tuple(int(np.argmax(v)) for v in values))


Utilities: TypeAlias = Callable[[tuple[Any, ...], np.random.Generator], Sequence[float]]
"""Strategies, one a player, and random numbers to what each player gets in one run."""


@dataclass(frozen=True)
class SimulatedRegret:
    r"""What deviations gain in simulations.

    Parameters
    ----------
    player : int
        Whose deviation looked best in the first simulation.
    deviation : strategy
    first : Interval
        Its gain there: of the largest of many estimates, so too large on average.
    fresh : Interval
        Its gain in a second simulation, on random numbers that had no part in the choice.
    upper : float
        No deviation gains more, with probability ``fresh.level``: the largest upper end of
        one-sided intervals for all of them (Bonferroni).
    deviations, replicates : int
        How many were compared, and on how many runs.
    """

    player: int
    deviation: Any
    first: Interval
    fresh: Interval
    upper: float
    deviations: int
    replicates: int

    def __str__(self) -> str:
        return (
            f"player {self.player} gains {self.fresh} by {brief(self.deviation)}; no one of "
            f"{self.deviations} deviations gains more than {self.upper:.4g} "
            f"({self.fresh.level:.4g}, {self.replicates} paired runs)"
        )


def simulated_regret(
    utilities: Utilities,
    profile: Sequence[Any],
    deviations: Sequence[Sequence[Any]],
    *,
    seed: int = 0,
    replicates: int = 400,
    level: float = 0.95,
) -> SimulatedRegret:
    """The regret of a profile where payoffs are only known by simulation.

    All deviations are tried on the same random numbers, so that gains are paired differences.

    Parameters
    ----------
    utilities : callable
        One run: strategies and a generator to payoffs.  Runs should use it alike for all
        strategies, as then most of the noise cancels.
    profile : sequence of strategies, one a player
    deviations : for each player, the strategies to try instead
    seed, replicates, level
        Of the simulation, and of its intervals.

    Notes
    -----
    Strategies that are not tried are not bounded.
    """
    whole(replicates, "replicates", least=2)
    if len(deviations) != len(profile):
        raise ValueError(
            f"deviations has {len(deviations)} entries: there are {len(profile)} players"
        )
    tried = [(i, s) for i, strategies in enumerate(deviations) for s in strategies]
    if not tried:
        raise ValueError("deviations has none for any player")
    strategies = tuple(profile)

    def gains(chosen: Sequence[tuple[int, Any]], stage: int) -> Any:
        found = np.empty((replicates, len(chosen)))
        for r in range(replicates):

            def run(played: tuple[Any, ...], r: int = r) -> Sequence[float]:
                key = (stage, r)
                return utilities(
                    played, np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
                )

            base = run(strategies)
            for k, (player, strategy) in enumerate(chosen):
                played = (*strategies[:player], strategy, *strategies[player + 1 :])
                found[r, k] = run(played)[player] - base[player]
        return found

    first = gains(tried, 0)
    one_sided = 1 - 2 * (1 - level) / len(tried)
    upper = max(t_interval(column, max(one_sided, level)).high for column in first.T)
    best = int(np.argmax(first.mean(axis=0)))
    fresh = gains([tried[best]], 1)[:, 0]
    return SimulatedRegret(
        *tried[best],
        t_interval(first[:, best], level),
        t_interval(fresh, level),
        max(upper, 0.0) if math.isfinite(upper) else upper,
        len(tried),
        replicates,
    )
