"""A table of texts and numbers."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from .._numbers import Number
from .._tables import Table

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | int | Number

SHOWN = 40
"""As many rows as are printed."""


@dataclass(frozen=True, repr=False)
class Records:
    """A table of texts and numbers.

    Examples
    --------
    >>> print(Records(("agents", "cost"), ((5, 0.25), (51, 0.125))))
    agents   cost
    ------  -----
    5        0.25
    51      0.125
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells below ``name``, from top to bottom."""
        place = self._place(name)
        return tuple(row[place] for row in self.rows)

    def where(self, name: str, cell: Cell) -> "Records":
        """The rows in which the column ``name`` holds ``cell``."""
        place = self._place(name)
        return Records(self.header, tuple(row for row in self.rows if row[place] == cell))

    def _place(self, name: str) -> int:
        if name not in self.header:
            raise ValueError(f"name is {name!r}: the columns are {', '.join(self.header)}")
        return self.header.index(name)

    def to_csv(self, path: str | Path) -> None:
        """Write a CSV file; floats are written so that they are read back to the last bit."""
        Path(path).write_text(self.csv(), encoding="utf-8", newline="")

    def csv(self) -> str:
        """The text of that file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return text.getvalue()

    def to_frame(self) -> "pd.DataFrame":
        """The table as a pandas data frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.header))

    def shown(self, most: int | None = None) -> Table:
        """The first rows, with numbers to four digits."""
        rows = [tuple(map(_short, row)) for row in self.rows[:most]]
        left_out = len(self.rows) - len(rows)
        if left_out:
            rows.append((f"and {left_out} more", *("" for _ in self.header[1:])))
        return Table(self.header, tuple(rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return str(self.shown(SHOWN))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.shown(SHOWN)._repr_html_()


def _short(cell: Cell) -> str:
    return str(cell) if isinstance(cell, (str, int)) else f"{float(cell):.4g}"
