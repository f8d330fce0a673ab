"""Rows of a file that stores numbers, a block at a time: judged, and gathered into a population."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show
from ..population import EXPANDABLE, Population
from .single_peaked import Line
from .surveys import is_number, parse

Block: TypeAlias = npt.NDArray[Any]
"""Some rows of a column: floats, whole numbers, or Fractions as objects."""

Mask: TypeAlias = npt.NDArray[np.bool_]

ROWS = 2**16
"""Rows looked at together, few enough to stay in the cache."""


@dataclass(frozen=True)
class Judge:
    """Says of every row whether it is a report, is to be left out, or is wrong.

    ``column`` of ``source`` holds the rows; entries of ``missing`` mean no answer; reports lie
    between the ends of ``setting``.
    """

    source: str
    column: str
    missing: frozenset[str]
    setting: Line

    def sift(self, block: Block, null: Mask | None, first: int) -> Block:
        """The reports among some rows, the first of which is row ``first`` of the file.

        Raises
        ------
        ValueError
            If a row is null, NaN, infinite or off the line, unless it is to be left out; the
            message names it.
        """
        kept, out = self._kept(block, null, first)
        if len(kept) and not (self._is_report(kept.min()) and self._is_report(kept.max())):
            raise self._wrong(*self._first(kept, out, first, self._is_report))
        if self.setting.points is not None:
            places = frozenset(self.setting.points)
            if not all(number in places for number in np.unique(kept).tolist()):
                row, number = self._first(kept, out, first, lambda x: _plain(x) in places)
                raise self.error(row, show(_plain(number)), f"it must be a point of {self.setting}")
        return kept

    def answers(self, block: Block, null: Mask | None, first: int) -> Block:
        """The same, but that a report may be anything that is stored, and is not looked at.

        Raises
        ------
        ValueError
            If a row is null, unless it is to be left out.
        """
        return self._kept(block, null, first)[0]

    def _kept(self, block: Block, null: Mask | None, first: int) -> tuple[Block, Mask | None]:
        """Rows that are answers, and which were left out."""
        if null is not None and "" not in self.missing:
            raise self.error(first + int(np.argmax(null)), "null", "it must be a number")
        out = self._left_out(block, null)
        return (block if out is None else block[~out]), out

    def _first(
        self, kept: Block, out: Mask | None, first: int, fine: Callable[[Any], bool]
    ) -> tuple[int, Any]:
        """The first row that is not fine, and what it stores."""
        place = next(k for k, number in enumerate(kept) if not fine(number))
        row = place if out is None else int(np.flatnonzero(~out)[place])
        return first + row, kept[place]

    def _left_out(self, block: Block, null: Mask | None) -> Mask | None:
        """Which rows are to be left out; None if the file stores nothing that means so."""
        marks: list[Mask] = [] if null is None else [null]
        if block.dtype.kind == "f" and "nan" in map(str.lower, self.missing):
            marks.append(np.isnan(block))
        for number in map(parse, filter(is_number, self.missing)):
            if block.dtype.kind == "f":
                marks.append(block == float(number))
            elif block.dtype.kind == "O":
                marks.append(block == number)
            elif number.denominator == 1:
                marks.append(block == number.numerator)
        return np.logical_or.reduce(marks) if marks else None

    def _is_report(self, number: Any) -> bool:
        return math.isfinite(number) and bool(
            self.setting.low <= _plain(number) <= self.setting.high
        )

    def _wrong(self, row: int, number: Any) -> ValueError:
        ends = f"[{show(self.setting.low)}, {show(self.setting.high)}]"
        rule = f"it must lie in {ends}" if math.isfinite(number) else "it must be finite"
        return self.error(row, show(_plain(number)), rule)

    def error(self, row: int, entry: str, rule: str) -> ValueError:
        """What is wrong with ``row``, counted from 0."""
        return ValueError(f"{self.source}, row {row}: {self.column} is {entry}: {rule}")

    def population(self, blocks: Iterable[Block], rows: int, exact: bool) -> Population:
        """All reports, in one array of ``rows`` floats at most, or counted if they are exact."""
        found = self._counted(blocks) if exact else _gathered(blocks, rows)
        if not len(found.values):
            raise ValueError(f"{self.source} has no answers: {self.column} is empty")
        return found

    def _counted(self, blocks: Iterable[Block]) -> Population:
        total: dict[Fraction, int] = {}
        for block in blocks:
            values, counts = np.unique(block, return_counts=True)
            for value, count in zip(values.tolist(), counts.tolist(), strict=True):
                total[value] = total.get(value, 0) + count
            if len(total) > EXPANDABLE:
                raise ValueError(
                    f"{self.source}: {self.column} has more than {EXPANDABLE:,} different exact "
                    "numbers: store it as float64"
                )
        places = sorted(total)
        return Population(
            tuple(map(Fraction, places)), np.array([total[place] for place in places], np.int64)
        )


def _gathered(blocks: Iterable[Block], rows: int) -> Population:
    kept = np.empty(rows)
    used = 0
    for block in blocks:
        kept[used : used + len(block)] = block
        used += len(block)
    return Population(kept[:used])


def _plain(number: Any) -> Any:
    """A Python number from an entry of an array."""
    return cast(Any, number).item() if isinstance(number, np.generic) else number
