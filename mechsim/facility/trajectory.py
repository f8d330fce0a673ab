"""Moves in a reporting game, one after the other, and where they lead."""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .._numbers import Number, show
from .._tables import Table
from .._text import brief
from ..mechanism import Playable
from ..preferences.single_peaked import Points

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 12
"""Rows of a longer table are cut in the middle."""


@dataclass(frozen=True, repr=False)
class Trajectory:
    """Best responses, one move after the other.

    Parameters
    ----------
    rule : rule or function
        Whose game was played.
    peaks : tuple of Number
        One an agent.
    movers : tuple of int
        Who moved, one entry a move.
    reports : tuple of tuples of Number
        Reports at the start, and after each move.
    outcomes : tuple of Number
        The outcome at the start, and after each move.
    settled : bool
        Whether it ended because nobody could gain any more.
    """

    rule: Playable
    peaks: Points
    movers: tuple[int, ...]
    reports: tuple[Points, ...]
    outcomes: Points
    settled: bool

    def __len__(self) -> int:
        return len(self.movers)

    @property
    def final(self) -> Points:
        """The last reports."""
        return self.reports[-1]

    def table(self) -> Table:
        """One row a move: who moved, to which report, and the outcome then."""
        moves = zip(self.movers, self.reports[1:], self.outcomes[1:], strict=True)
        rows = (
            (str(k), str(agent), show(reports[agent]), show(outcome))
            for k, (agent, reports, outcome) in enumerate(moves, start=1)
        )
        start = ("start", "", "", show(self.outcomes[0]))
        return Table(("move", "agent", "report", "outcome"), (start, *rows))

    def to_frame(self) -> "pd.DataFrame":
        """Outcome and reports as floats, one row a move (needs pandas)."""
        import pandas as pd

        columns: dict[str, list[Any]] = {
            "agent": [None, *self.movers],
            "outcome": [float(outcome) for outcome in self.outcomes],
        }
        for agent in range(len(self.peaks)):
            columns[f"report of {agent}"] = [float(reports[agent]) for reports in self.reports]
        return pd.DataFrame(columns)

    def _title(self) -> str:
        moves = f"{len(self)} {'move' if len(self) == 1 else 'moves'}"
        how = f"settled after {moves}" if self.settled else f"not settled after {moves},"
        peaks = ", ".join(map(show, self.peaks))
        return f"{brief(self.rule)}, peaks ({peaks}): {how} at {show(self.outcomes[-1])}"

    def __str__(self) -> str:
        table = self.table()
        if len(table.rows) > SHOWN:
            more = len(table.rows) - SHOWN
            table = Table(table.header, (*table.rows[: SHOWN // 2], *table.rows[-SHOWN // 2 :]))
            return f"{self._title()}\n{table}\n({more} moves in the middle are not shown)"
        return f"{self._title()}\n{table}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The outcome after each move, between the peaks, which are drawn as lines."""
        low, high = (float(end([*self.peaks, *self.outcomes])) for end in (min, max))
        scale = 100 / (high - low) if high > low else 0.0
        wide = max(len(self), 1)

        def spot(move: int, place: Number) -> str:
            return f"{10 + 380 * move / wide:.1f},{110 - scale * (float(place) - low):.1f}"

        lines = "".join(
            f'<polyline points="{spot(0, peak)} {spot(wide, peak)}" stroke="#9ecae1"/>'
            for peak in dict.fromkeys(self.peaks)
        )
        path = " ".join(spot(move, outcome) for move, outcome in enumerate(self.outcomes))
        return (
            f"<p>{escape(self._title())}</p>"
            '<svg viewBox="0 0 400 120" width="400" height="120" fill="none">'
            f'{lines}<polyline points="{path}" stroke="#222222"/></svg>'
        )
