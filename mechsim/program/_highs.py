"""HiGHS: a program in floats in, a basis out.

Only what a basis needs is read back; its exact solution is computed elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .families import Columns, Integers
from .problem import Program

if TYPE_CHECKING:
    import highspy

Floats: TypeAlias = npt.NDArray[np.float64]


class Hopeless(Enum):
    """Why HiGHS thinks that a program has no optimum."""

    INFEASIBLE = auto()
    UNBOUNDED = auto()


class Place(Enum):
    """Where a basis puts a variable or a row."""

    BASIC = auto()
    LOW = auto()
    HIGH = auto()
    ZERO = auto()


@dataclass(frozen=True)
class Basis:
    """A place for every variable and every row."""

    columns: tuple[Place, ...]
    rows: tuple[Place, ...]


@dataclass(frozen=True, eq=False)
class Sides:
    """All of a program but its matrix, to be minimised: costs and bounds of variables and of rows.

    The cost of a row is paid for each unit of its left side; without a basis there are none.
    """

    cost: Floats
    low: Floats
    high: Floats
    row_cost: Floats
    row_low: Floats
    row_high: Floats


def floats(numerator: Integers, denominator: int) -> Floats:
    """Each integer over the denominator, as the nearest float."""
    if numerator.dtype == np.int64 and denominator < 2**53:
        return np.asarray(numerator / denominator, dtype=np.float64)
    return np.array([int(k) / denominator for k in numerator.tolist()], dtype=np.float64)


class Solver:
    """HiGHS on one matrix, whose rows are scaled by powers of two to have entries near one."""

    def __init__(self, program: Program) -> None:
        rows, columns = program.shape
        values = [floats(family.numerator, family.denominator) for family in program.rows]
        value = np.concatenate([np.zeros(0), *values])
        self.index: Columns = np.concatenate(
            [np.zeros(0, np.int64), *(family.column for family in program.rows)]
        )
        counts = [np.bincount(family.row, minlength=len(family)) for family in program.rows]
        count = np.concatenate([np.zeros(1, np.int64), *counts])
        self.start: Columns = np.cumsum(count)
        row = np.repeat(np.arange(rows), count[1:])
        largest = np.zeros(rows)
        np.maximum.at(largest, row, np.abs(value))
        self.scale: Floats = np.ldexp(1.0, -np.frexp(np.where(largest > 0, largest, 1.0))[1])
        self.value: Floats = value * self.scale[row]
        self.columns = columns

    def run(self, sides: Sides, start: Basis | None = None) -> Basis | Hopeless:
        """The optimal basis, searched from ``start`` if there is one; or why there is none.

        Raises
        ------
        ArithmeticError
            If HiGHS gives up.
        """
        import highspy

        highs = highspy._core._Highs()  # the public class announces itself on stdout when made
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("solver", "simplex")
        size = self.columns + len(self.scale)
        highs.setOptionValue("simplex_iteration_limit", 1000 + 100 * size)  # it may cycle
        model = self._model(sides) if start is None else self._model_with_slacks(sides)
        if highs.passModel(model) == highspy.HighsStatus.kError:
            raise ArithmeticError("HiGHS refuses the program: its numbers are too far apart")
        if start is not None:
            highs.setBasis(_with_slacks(start))
        highs.run()
        verdicts = highspy.HighsModelStatus
        if highs.getModelStatus() not in (
            verdicts.kOptimal,
            verdicts.kInfeasible,
            verdicts.kUnbounded,
        ):
            highs.clearSolver()
            highs.setOptionValue("presolve", "off")
            highs.run()
        status = highs.getModelStatus()
        if status == verdicts.kInfeasible:
            return Hopeless.INFEASIBLE
        if status == verdicts.kUnbounded:
            return Hopeless.UNBOUNDED
        if status != verdicts.kOptimal:
            raise ArithmeticError(f"HiGHS gave up: {highs.modelStatusToString(status)}")
        return self._read(highs)

    def _model(self, sides: Sides) -> "highspy.HighsLp":
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, len(self.scale)
        model.col_cost_, model.col_lower_, model.col_upper_ = sides.cost, sides.low, sides.high
        model.row_lower_, model.row_upper_ = sides.row_low * self.scale, sides.row_high * self.scale
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = self.start.astype(np.int32)
        model.a_matrix_.index_ = self.index.astype(np.int32)
        model.a_matrix_.value_ = self.value
        return model

    def _model_with_slacks(self, sides: Sides) -> "highspy.HighsLp":
        """The same with the left side of each row as a variable, so that rows can have costs."""
        import highspy

        rows = len(self.scale)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns + rows, rows
        model.col_cost_ = np.concatenate([sides.cost, sides.row_cost / self.scale])
        model.col_lower_ = np.concatenate([sides.low, sides.row_low * self.scale])
        model.col_upper_ = np.concatenate([sides.high, sides.row_high * self.scale])
        model.row_lower_ = model.row_upper_ = np.zeros(rows)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = (self.start + np.arange(rows + 1)).astype(np.int32)
        index = np.insert(self.index, self.start[1:], self.columns + np.arange(rows))
        model.a_matrix_.index_ = index.astype(np.int32)
        model.a_matrix_.value_ = np.insert(self.value, self.start[1:], -1.0)
        return model

    def _read(self, highs: "highspy._core._Highs") -> Basis:
        basis = highs.getBasis()
        columns, rows = places(basis.col_status), places(basis.row_status)
        if slacks := columns[self.columns :]:
            pairs = zip(rows, slacks, strict=True)
            rows = [row if row is Place.BASIC else slack for row, slack in pairs]
        return Basis(tuple(columns[: self.columns]), tuple(rows))


def places(statuses: Iterable[Any]) -> list[Place]:
    """What HiGHS says of each variable or row of a basis."""
    import highspy

    status = highspy.HighsBasisStatus
    place = {
        status.kBasic: Place.BASIC,
        status.kLower: Place.LOW,
        status.kUpper: Place.HIGH,
        status.kZero: Place.ZERO,
    }
    return [place[entry] for entry in statuses]


def _with_slacks(basis: Basis) -> "highspy.HighsBasis":
    import highspy

    status = highspy.HighsBasisStatus
    entry = {
        Place.BASIC: status.kBasic,
        Place.LOW: status.kLower,
        Place.HIGH: status.kUpper,
        Place.ZERO: status.kZero,
    }
    made = highspy.HighsBasis()
    made.col_status = [entry[place] for place in (*basis.columns, *basis.rows)]
    made.row_status = [status.kLower] * len(basis.rows)
    made.valid = True
    return made
