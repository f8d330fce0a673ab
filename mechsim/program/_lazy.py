"""Solving with few rows at first: those that the solution breaks are added until none is.

Most rows of an incentive constraint never bind.  The dual simplex goes on from where it was when
rows are added, and what is proved of the rows that were used is proved of all, as the others are
checked exactly in the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._highs import Basis, Floats, Hopeless, Place, floats, places
from .families import Family
from .problem import Program

if TYPE_CHECKING:
    pass

BROKEN = 1e-7
"""By how much a row must be broken to be added; the exact check is stricter."""

SHARE = 4
"""At most one in so many of all rows is added at a time, the most broken first."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Picked(Sequence[Any]):
    """Some entries of another sequence."""

    entries: Sequence[Any]
    numbers: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self.entries[int(k)] for k in self.numbers[index]]
        return self.entries[int(self.numbers[index])]


def subset(program: Program, chosen: Mask) -> Program:
    """The program with the chosen rows only, in their order."""
    families: list[Family] = []
    start = 0
    for family in program.rows:
        here = chosen[start : start + len(family)]
        start += len(family)
        if here.all():
            families.append(family)
            continue
        if not here.any():
            continue
        kept = np.flatnonzero(here)
        new = np.cumsum(here) - 1
        entries = here[family.row]
        families.append(
            replace(
                family,
                index=tuple(Picked(one, kept) for one in family.index),
                row=new[family.row[entries]],
                column=family.column[entries],
                numerator=family.numerator[entries],
                bound=family.bound[kept],
            )
        )
    return replace(program, rows=tuple(families))


class Growing:
    """HiGHS on some rows of a program, to which more are added."""

    def __init__(self, program: Program, chosen: Mask, *, progress: bool = False) -> None:
        import highspy
        import scipy.sparse
        from tqdm import tqdm

        self.bar = tqdm(
            total=program.shape[0],
            initial=int(chosen.sum()),
            unit=" rows",
            leave=False,
            disable=None if progress else True,
        )

        rows, columns = program.shape
        starts = [0, *accumulate(map(len, program.rows))]
        place = [family.row + start for family, start in zip(program.rows, starts, strict=False)]
        values = [floats(family.numerator, family.denominator) for family in program.rows]
        bounds = [floats(family.bound, family.denominator) for family in program.rows]
        column = [family.column for family in program.rows]
        self.matrix: scipy.sparse.csr_array = scipy.sparse.csr_array(
            (np.concatenate(values), (np.concatenate(place), np.concatenate(column))),
            shape=(rows, columns),
        )
        right = np.concatenate(bounds)
        sense = np.repeat([family.sense for family in program.rows], list(map(len, program.rows)))
        self.low: Floats = np.where(sense == "<=", -np.inf, right)
        self.high: Floats = np.where(sense == ">=", np.inf, right)
        self.program, self.chosen = program, chosen.copy()
        self.order = np.flatnonzero(chosen)
        self.highs = highspy._core._Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("solver", "simplex")
        self.highs.passModel(self._model(columns))

    def _model(self, columns: int) -> Any:
        import highspy

        model = highspy.HighsLp()
        part = self.matrix[self.order]
        cost = np.zeros(columns)
        column, numerator, denominator = self.program.objective
        cost[column] = floats(numerator, denominator)
        model.num_col_, model.num_row_ = columns, len(self.order)
        model.col_cost_ = -cost if self.program.maximize else cost
        model.col_lower_, model.col_upper_ = (
            np.concatenate(
                [
                    np.full(len(family), free if end is None else float(end))
                    for family in self.program.variables
                    for end in (getattr(family, name),)
                ]
            )
            for name, free in (("low", -np.inf), ("high", np.inf))
        )
        model.row_lower_, model.row_upper_ = self.low[self.order], self.high[self.order]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = part.indptr.astype(np.int32)
        model.a_matrix_.index_ = part.indices.astype(np.int32)
        model.a_matrix_.value_ = part.data
        return model

    def add(self, rows: npt.NDArray[np.int64]) -> None:
        """These rows too."""
        part = self.matrix[rows]
        self.highs.addRows(
            len(rows),
            self.low[rows],
            self.high[rows],
            part.nnz,
            part.indptr[:-1].astype(np.int32),
            part.indices.astype(np.int32),
            part.data,
        )
        self.bar.update(len(rows))
        self.order = np.concatenate([self.order, rows])
        self.chosen[rows] = True

    def run(self, until: float | None) -> Basis | Hopeless | None:
        """A basis that breaks no row, why there is none, or None if the time is over.

        The basis is about the chosen rows, in the order of the program.
        """
        import highspy

        status = highspy.HighsModelStatus
        while True:
            if until is not None:
                left = until - monotonic()
                if left <= 0:
                    return None
                self.highs.setOptionValue("time_limit", self.highs.getRunTime() + left)
            self.highs.run()
            found = self.highs.getModelStatus()
            if found == status.kTimeLimit:
                return None
            if found in (status.kUnbounded, status.kUnboundedOrInfeasible):
                rest = np.flatnonzero(~self.chosen)
                if not len(rest):
                    return Hopeless.UNBOUNDED
                self.add(rest)
                continue
            if found == status.kInfeasible:
                return Hopeless.INFEASIBLE
            if found != status.kOptimal:
                raise ArithmeticError(f"HiGHS gave up: {self.highs.modelStatusToString(found)}")
            broken = self._broken(np.array(self.highs.getSolution().col_value))
            if not len(broken):
                return self.basis()
            self.add(broken)

    def _broken(self, x: Floats) -> npt.NDArray[np.int64]:
        """The rows that ``x`` breaks most."""
        left = self.matrix @ x
        excess = np.maximum(self.low - left, left - self.high)
        excess[self.chosen] = 0
        rows = np.flatnonzero(excess > BROKEN)
        most = max(1000, len(excess) // SHARE)
        if len(rows) > most:
            rows = rows[np.argsort(-excess[rows], kind="stable")[:most]]
        return np.sort(rows)

    def basis(self) -> Basis:
        """Where the last solution puts variables, and the chosen rows in the program's order."""
        basis = self.highs.getBasis()
        rows: list[Place] = places(basis.row_status)
        back: list[int] = np.argsort(self.order).tolist()
        return Basis(tuple(places(basis.col_status)), tuple(rows[k] for k in back))


def scattered(values: Sequence[Fraction], chosen: Mask) -> tuple[Fraction, ...]:
    """Multipliers of the chosen rows among all rows."""
    full = [Fraction(0)] * len(chosen)
    for row, value in zip(np.flatnonzero(chosen).tolist(), values, strict=True):
        full[row] = value
    return tuple(full)
