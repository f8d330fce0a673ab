r"""The same linear program, again and again with other numbers, in floats.

A learner solves :math:`\max c \cdot x` over :math:`x \ge 0`, :math:`A x \le b` (some rows
equations) whenever its estimates of :math:`c, A, b` change a little.  The basis :math:`B` that was
optimal most often still is, which two linear systems decide:

.. math:: B^{-1} b \ge 0, \qquad c_j \le c_B B^{-1} A_j \quad \forall j.

Only if that fails is HiGHS asked, and it starts from the last basis.  These optima have no
certificates; what needs one belongs into a `Draft`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import highspy

Floats: TypeAlias = npt.NDArray[np.float64]

TOLERANCE = 1e-9
"""How far below 0 a basic variable or a reduced cost may be."""


@dataclass
class Repeated:
    """A program of fixed shape, for small dense matrices.

    Parameters
    ----------
    equations : array of bool
        For each row whether it is an equation.

    Attributes
    ----------
    solves, searches : int
        How many programs were solved, and for how many of them HiGHS was asked.

    Examples
    --------
    >>> program = Repeated(np.array([False]))
    >>> for price in (1.0, 2.0, 5.0):
    ...     print(program.maximize(np.array([3.0, price]), np.ones((1, 2)), np.ones(1)))
    [1. 0.]
    [1. 0.]
    [0. 1.]
    >>> program.solves, program.searches
    (3, 2)
    """

    equations: npt.NDArray[np.bool_]
    solves: int = field(default=0, init=False)
    searches: int = field(default=0, init=False)
    _basis: npt.NDArray[np.int64] | None = field(default=None, init=False, repr=False)

    def maximize(self, objective: Floats, matrix: Floats, right: Floats, /) -> Floats:
        """An optimal point.

        Parameters
        ----------
        objective : (columns,) array
        matrix : (rows, columns) array
        right : (rows,) array

        Raises
        ------
        ArithmeticError
            If there is no optimum, and says why.
        """
        rows, columns = matrix.shape
        shapes = (objective.shape, right.shape, self.equations.shape)
        if shapes != ((columns,), (rows,), (rows,)):
            raise ValueError(
                f"matrix has shape {matrix.shape}, but objective, right and equations have {shapes}"
            )
        if not all(np.isfinite(part).all() for part in (objective, matrix, right)):
            raise ValueError("objective, matrix and right must be finite")
        self.solves += 1
        found = None if self._basis is None else self._at_basis(objective, matrix, right)
        if found is None:
            self.searches += 1
            found = self._search(objective, matrix, right)
        return found

    def _at_basis(self, objective: Floats, matrix: Floats, right: Floats) -> Floats | None:
        """The point of the last basis, if that is still optimal."""
        rows, columns = matrix.shape
        assert self._basis is not None
        full = np.concatenate([matrix, np.eye(rows)], axis=1)
        cost = np.concatenate([objective, np.zeros(rows)])
        square = full[:, self._basis]
        try:
            basic = np.linalg.solve(square, right)
            prices = np.linalg.solve(square.T, cost[self._basis])
        except np.linalg.LinAlgError:
            return None
        slack = self._basis >= columns
        fixed = np.zeros(rows, np.bool_)
        fixed[slack] = self.equations[self._basis[slack] - columns]
        if basic.min() < -TOLERANCE or np.abs(basic[fixed]).max(initial=0.0) > TOLERANCE:
            return None
        gains = cost - prices @ full
        gains[columns:][self.equations] = 0.0
        if gains.max() > TOLERANCE:
            return None
        point: Floats = np.zeros(len(cost))
        point[self._basis] = np.maximum(basic, 0.0)
        return point[:columns]

    def _search(self, objective: Floats, matrix: Floats, right: Floats) -> Floats:
        import highspy

        rows, columns = matrix.shape
        highs = highspy._core._Highs()  # the public class announces itself on stdout when made
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("solver", "simplex")
        highs.setOptionValue("presolve", "off")  # which would drop the basis to start from
        highs.passModel(self._model(objective, matrix, right))
        if self._basis is not None:
            highs.setBasis(_with_basic(self._basis, rows, columns))
        highs.run()
        status = highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"there is no optimum: {highs.modelStatusToString(status)}")
        basis = highs.getBasis()
        basic = highspy.HighsBasisStatus.kBasic
        listed = [*basis.col_status, *basis.row_status]
        self._basis = np.array([k for k, place in enumerate(listed) if place == basic])
        point: Floats = np.maximum(np.array(highs.getSolution().col_value), 0.0)
        return point

    def _model(self, objective: Floats, matrix: Floats, right: Floats) -> "highspy.HighsLp":
        import highspy

        rows, columns = matrix.shape
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = objective
        model.col_lower_, model.col_upper_ = np.zeros(columns), np.full(columns, np.inf)
        model.row_lower_ = np.where(self.equations, right, -np.inf)
        model.row_upper_ = right
        row, column = np.nonzero(matrix)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = np.cumsum(np.bincount(row + 1, minlength=rows + 1))
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = column.astype(np.int32)
        model.a_matrix_.value_ = matrix[row, column]
        return model


def _with_basic(basis: Any, rows: int, columns: int) -> "highspy.HighsBasis":
    import highspy

    status = highspy.HighsBasisStatus
    places = [status.kLower] * columns + [status.kUpper] * rows
    for k in basis.tolist():
        places[k] = status.kBasic
    made = highspy.HighsBasis()
    made.col_status, made.row_status = places[:columns], places[columns:]
    made.valid = True
    return made
