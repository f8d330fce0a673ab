r"""Finite games in normal form, with exact or floating payoffs.

Player :math:`i` gets :math:`u_i(a_1, \dots, a_n)` where player :math:`j` plays action :math:`a_j`;
a mixed profile gives every player a distribution over its actions, drawn independently.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import real
from .._tables import Table
from .._text import many

Array: TypeAlias = npt.NDArray[Any]
"""Numbers: float64, or Fractions as objects."""

Profile: TypeAlias = tuple[Array, ...]
"""A distribution over actions for each player."""

Actions: TypeAlias = tuple[int, ...]
"""An action for each player, by its number."""

SHOWN = 8
"""A game with at most so many actions is printed as a table."""


@dataclass(frozen=True, eq=False)
class Game:
    """A game of n players.

    Parameters
    ----------
    payoffs : tuple of n arrays of n dimensions
        ``payoffs[i][a]`` is what player i gets at the actions ``a``.  Lists are read; whole numbers
        and Fractions stay exact unless there is a float among them.
    actions : tuple of tuples of str, optional
        What they are called, for each player; their numbers by default.
    players : tuple of str, optional

    Examples
    --------
    >>> chicken = Game.symmetric([[6, 2], [7, 0]], ("yield", "dare"))
    >>> print(chicken)
           yield  dare
    -----  -----  ----
    yield    6 6   2 7
    dare     7 2   0 0
    """

    payoffs: tuple[Array, ...]
    actions: tuple[tuple[str, ...], ...] = ()
    players: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        tables = _read(self.payoffs)
        shape = tables[0].shape
        for k, table in enumerate(tables):
            if table.shape != shape or table.ndim != len(tables) or 0 in shape:
                raise ValueError(
                    f"payoffs[{k}] has the shape {table.shape}: there are "
                    f"{many(len(tables), 'player')}, so each has as many dimensions, all alike"
                )
        object.__setattr__(self, "payoffs", tables)
        actions = self.actions or tuple(tuple(map(str, range(size))) for size in shape)
        if tuple(map(len, actions)) != shape:
            raise ValueError(f"actions has {list(map(len, actions))} names: there are {shape}")
        object.__setattr__(self, "actions", tuple(map(tuple, actions)))
        players = self.players or tuple(map(str, range(len(tables))))
        if len(players) != len(tables):
            raise ValueError(f"players has {len(players)} names: there are {len(tables)}")
        object.__setattr__(self, "players", tuple(players))

    @staticmethod
    def symmetric(payoffs: Any, actions: Sequence[str] = ()) -> "Game":
        """Two players with the same actions: ``payoffs[a][b]`` is for a against b."""
        row = np.asarray(payoffs, dtype=object)
        return Game((row, row.T), (tuple(actions),) * 2 if actions else ())

    @staticmethod
    def zero_sum(payoffs: Any) -> "Game":
        """Two players; ``payoffs[a][b]`` is what the first gets of the second."""
        row = np.asarray(payoffs, dtype=object)
        return Game((row, -row))

    @property
    def shape(self) -> tuple[int, ...]:
        """How many actions each player has."""
        return tuple(self.payoffs[0].shape)

    @property
    def exact(self) -> bool:
        """Whether payoffs are Fractions."""
        return bool(self.payoffs[0].dtype == object)

    def profiles(self) -> Iterator[Actions]:
        """Every action profile."""
        return product(*map(range, self.shape))

    def pure(self, actions: Actions) -> Profile:
        """The mixed profile that plays these actions surely."""
        kind = object if self.exact else np.float64
        found: list[Array] = []
        for action, size in zip(actions, self.shape, strict=True):
            strategy = np.array([Fraction(k == action) for k in range(size)], dtype=object)
            found.append(strategy.astype(kind))
        return tuple(found)

    def uniform(self) -> Profile:
        """Every player draws any action with the same probability."""
        kind = object if self.exact else np.float64
        sizes = self.shape
        return tuple(np.array([Fraction(1, n)] * n, dtype=object).astype(kind) for n in sizes)

    def read(self, profile: Any) -> Profile:
        """A mixed profile from sequences of numbers.

        Raises
        ------
        ValueError
            If it is none: it names the player.
        """
        strategies = _read(profile)
        if tuple(map(len, strategies)) != self.shape:
            told = tuple(map(len, strategies))
            raise ValueError(f"profile has {told} entries: there are {self.shape} actions")
        for player, strategy in zip(self.players, strategies, strict=True):
            total = sum(strategy.tolist())
            off = total != 1 if strategy.dtype == object else abs(total - 1) > 1e-9
            if off or min(strategy) < 0:
                raise ValueError(
                    f"profile of player {player} is {strategy.tolist()}: it must be a distribution"
                )
        return strategies

    def values(self, profile: Profile) -> tuple[Array, ...]:
        """What each action of each player gives while the others draw: O(n size of the table)."""
        return tuple(self._against(player, profile) for player in range(len(self.payoffs)))

    def _against(self, player: int, profile: Profile) -> Array:
        table = self.payoffs[player]
        for other in reversed(range(len(profile))):
            if other != player:
                table = np.tensordot(table, profile[other], axes=([other], [0]))
        return table

    def expected(self, profile: Profile) -> tuple[Any, ...]:
        """What each player gets in expectation."""
        pairs = zip(self.values(profile), profile, strict=True)
        return tuple(np.dot(values, strategy) for values, strategy in pairs)

    def replies(self, player: int, profile: Profile) -> tuple[int, ...]:
        """The best replies of a player, by their numbers."""
        values = self._against(player, profile)
        return tuple(np.flatnonzero(values == values.max()).tolist())

    def tell(self, actions: Actions) -> str:
        """Actions by name."""
        return ", ".join(self.actions[i][a] for i, a in enumerate(actions))

    def __str__(self) -> str:
        if len(self.payoffs) != 2 or max(self.shape) > SHOWN:
            size = " x ".join(map(str, self.shape))
            return f"a game of {many(len(self.payoffs), 'player')} with {size} actions"
        return str(self._table())

    def _table(self) -> Table:
        rows = (
            (
                name,
                *(f"{self.payoffs[0][a, b]} {self.payoffs[1][a, b]}" for b in range(self.shape[1])),
            )
            for a, name in enumerate(self.actions[0])
        )
        return Table(("", *self.actions[1]), tuple(rows))

    def _repr_html_(self) -> str:
        return self._table()._repr_html_() if "\n" in str(self) else f"<p>{self}</p>"


def _read(given: Any) -> tuple[Array, ...]:
    """Arrays of Fractions, or of floats if there is a float anywhere."""
    arrays = [np.asarray(entry, dtype=object) for entry in given]
    numbers = [[real(x, "a payoff or weight") for x in array.ravel()] for array in arrays]
    exact = all(isinstance(x, Fraction) for row in numbers for x in row)
    found: list[Array] = []
    for array, row in zip(arrays, numbers, strict=True):
        kept: Array = np.empty(len(row), dtype=object if exact else np.float64)
        kept[:] = row
        kept = kept.reshape(array.shape)
        kept.flags.writeable = False
        found.append(kept)
    return tuple(found)
