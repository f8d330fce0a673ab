"""Playing a game again and again, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .._numbers import whole
from .._tables import Table
from .._text import brief
from .dynamics import BestResponse, Dynamic, History, Mixed
from .game import Game
from .regret import Regret, regret

if TYPE_CHECKING:
    import pandas as pd

KEPT = 200
"""About so many rounds of a long play are kept, closer together at the beginning."""

SHOWN = 10


@dataclass(frozen=True, eq=False)
class Play:
    """A game played for many rounds.

    Parameters
    ----------
    game : Game
        With floating payoffs.
    dynamic : callable
    rounds : tuple of int
        The rounds that are kept.
    profiles : tuple of profiles
        What was played in them.
    regrets : tuple of tuples of float
        External regrets a round, up to each of them.
    final : History
        After the last round.
    cycle : int
        How many rounds a cycle has that the play ended in; 1 if it stands still, 0 if neither was
        seen.
    """

    game: Game
    dynamic: Dynamic
    rounds: tuple[int, ...]
    profiles: tuple[Mixed, ...]
    regrets: tuple[tuple[float, ...], ...]
    final: History
    cycle: int

    @property
    def last(self) -> Regret:
        """How far the last profile is from a Nash equilibrium."""
        return regret(self.game, self.final.now)

    @property
    def average(self) -> Regret:
        """How far the profile of average strategies is from a Nash equilibrium."""
        return regret(self.game, self.final.average)

    def table(self) -> Table:
        """One row a round: strategies, and the largest regret up to then."""
        header = ["round"]
        for player, actions in zip(self.game.players, self.game.actions, strict=True):
            header += [f"{player} {action}" for action in actions]
        rows: list[tuple[str, ...]] = []
        for number, profile, missed in zip(self.rounds, self.profiles, self.regrets, strict=True):
            shares = (f"{share:.3f}" for strategy in profile for share in strategy)
            rows.append((str(number), *shares, f"{max(missed):.4f}"))
        return Table((*header, "regret"), tuple(rows))

    def to_frame(self) -> "pd.DataFrame":
        """One row a kept round, as a pandas data frame."""
        import pandas as pd

        columns: dict[str, Any] = {"round": self.rounds}
        for i, (player, actions) in enumerate(
            zip(self.game.players, self.game.actions, strict=True)
        ):
            for a, action in enumerate(actions):
                columns[f"{player} {action}"] = [float(p[i][a]) for p in self.profiles]
        columns["regret"] = [max(missed) for missed in self.regrets]
        return pd.DataFrame(columns)

    def _title(self) -> str:
        how = {0: "did not settle", 1: "settled"}.get(self.cycle, f"a cycle of {self.cycle} rounds")
        return (
            f"{brief(self.dynamic)}, {self.final.rounds} rounds: {how}; last profile "
            f"{float(self.last.epsilon):.2g}, average {float(self.average.epsilon):.2g} from Nash"
        )

    def __str__(self) -> str:
        table = self.table()
        step = max(1, len(table.rows) // SHOWN)
        rows = (*table.rows[:-1:step], table.rows[-1])
        return f"{self._title()}\n{Table(table.header, rows)}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        table = self.table()
        step = max(1, len(table.rows) // SHOWN)
        return f"<p>{self._title()}</p>{Table(table.header, table.rows[::step])._repr_html_()}"


def play(game: Game, dynamic: Dynamic, rounds: int, start: Any = None) -> Play:
    """Play a game for many rounds, all players by the same dynamic.

    Parameters
    ----------
    game : Game
    dynamic : callable
        From the `History` so far to the next profile; those of this package, or one's own.
    rounds : int
        Including the first, which is ``start``.
    start : profile, optional
        By default every player draws evenly.

    Returns
    -------
    Play
        Time O(rounds times the size of the payoff tables).

    Examples
    --------
    >>> from mechsim.games import MultiplicativeWeights
    >>> pennies = Game.zero_sum([[1, -1], [-1, 1]])
    >>> found = play(pennies, MultiplicativeWeights(scale=2), 10_000, start=[[1, 0], [0.2, 0.8]])
    >>> float(found.average.epsilon) < 0.02
    True
    """
    whole(rounds, "rounds", least=1)
    floats = _floating(game)
    first = floats.uniform() if start is None else floats.read(start)
    state = _Totals(floats, tuple(np.asarray(s, np.float64) for s in first))
    kept = set(np.unique(np.geomspace(1, rounds, KEPT).astype(int)).tolist()) | {rounds}
    seen: dict[bytes, int] = {}
    numbers: list[int] = []
    profiles: list[Mixed] = []
    regrets: list[tuple[float, ...]] = []
    cycle = 0
    for number in range(1, rounds + 1):
        history = state.history(number)
        if number in kept:
            numbers.append(number)
            profiles.append(history.now)
            regrets.append(history.regrets)
        if isinstance(dynamic, BestResponse) and not cycle:
            cycle = _repeats(seen, history, dynamic)
        if number < rounds:
            state.play(dynamic(history))
    if not isinstance(dynamic, BestResponse) and len(profiles) > 1:
        before = state.previous
        still = all(np.abs(a - b).max() < 1e-12 for a, b in zip(before, state.now, strict=True))
        cycle = int(still)
    kept_rounds = tuple(numbers), tuple(profiles), tuple(regrets)
    return Play(floats, dynamic, *kept_rounds, state.history(rounds), cycle)


def _floating(game: Game) -> Game:
    tables = tuple(np.asarray(table, np.float64) for table in game.payoffs)
    return Game(tables, game.actions, game.players)


def _repeats(seen: dict[bytes, int], history: History, dynamic: BestResponse) -> int:
    """The length of the cycle that best responses are in, if they are: they depend on the last."""
    turn = (history.rounds - 1) % len(history.now) if dynamic.in_turn else 0
    key = b"".join([bytes([turn % 256]), *(strategy.tobytes() for strategy in history.now)])
    before = seen.setdefault(key, history.rounds)
    if before == history.rounds:
        return 0
    pairs = zip(history.now, history.values, strict=True)
    stands = all(values @ now >= values.max() for now, values in pairs)
    return 1 if stands else history.rounds - before


class _Totals:
    """Sums over the rounds so far."""

    def __init__(self, game: Game, first: Mixed) -> None:
        self.game = game
        self.now = self.previous = first
        self.values: Mixed = game.values(first)
        self.played = tuple(strategy.copy() for strategy in first)
        self.total = tuple(np.array(values) for values in self.values)
        self.earned = [float(v @ s) for v, s in zip(self.values, first, strict=True)]

    def play(self, profile: Sequence[Any]) -> None:
        """Add a round."""
        self.previous, self.now = self.now, tuple(profile)
        self.values = self.game.values(self.now)
        for i, (strategy, values) in enumerate(zip(self.now, self.values, strict=True)):
            self.played[i][:] += strategy
            self.total[i][:] += values
            self.earned[i] += float(values @ strategy)

    def history(self, rounds: int) -> History:
        """What a dynamic sees."""
        average = tuple(strategy / rounds for strategy in self.played)
        two = len(average) == 2  # where values are linear, the average of values is that
        against = (
            tuple(total / rounds for total in self.total) if two else self.game.values(average)
        )
        return History(
            rounds, self.now, average, self.values, against, self.total, tuple(self.earned)
        )
