r"""A linear program with named rows: optimise :math:`c x` subject to rows and bounds.

.. math:: \min c x \quad\text{or}\quad \max c x
          \quad\text{where}\quad A x \ge, \le, = b, \quad l \le x \le u.

Every coefficient is exact.  HiGHS answers in floats, which says where to look; what is reported has
been re-derived and checked in fractions, row by row.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, overload

import numpy as np
import numpy.typing as npt

from .._tables import Table
from .families import Columns, Family, Integers, Sense, Variables

if TYPE_CHECKING:
    import cvxpy

    from .certificates import Answer
    from .solving import Stopped


class Row(NamedTuple):
    """One row, written out: ``terms[j]`` multiplies variable j."""

    name: str
    terms: dict[int, Fraction]
    sense: Sense
    bound: Fraction


class Objective(NamedTuple):
    """What is optimised: ``numerator / denominator`` times variable ``column``, summed."""

    column: Columns
    numerator: Integers
    denominator: int


class _Labelled(Protocol):
    def __len__(self) -> int: ...

    def label(self, member: int) -> str: ...


F = TypeVar("F", bound=_Labelled)


@dataclass(frozen=True, eq=False)
class Program:
    """A linear program; `Draft` writes one.

    Parameters
    ----------
    variables : tuple of Variables
        Families of variables.
    rows : tuple of Family
        Families of rows.
    objective : Objective
        What is optimised.
    maximize : bool
        Whether it should be large, and not small.
    """

    variables: tuple[Variables, ...]
    rows: tuple[Family, ...]
    objective: Objective
    maximize: bool

    def __post_init__(self) -> None:
        if not any(len(family) for family in self.variables):
            raise ValueError("variables is empty: a program needs at least one variable")
        for what in (self.variables, self.rows):
            names = [family.name for family in what]
            for name in names:
                if names.count(name) > 1:
                    raise ValueError(f"name {name!r} is given twice: families have distinct names")

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and how many variables."""
        return sum(map(len, self.rows)), sum(map(len, self.variables))

    def column_name(self, column: int) -> str:
        """The name of a variable."""
        family, member = _member(self.variables, column)
        return family.label(member)

    def row_name(self, row: int) -> str:
        """The name of a row."""
        family, member = _member(self.rows, row)
        return family.label(member)

    def row(self, row: int) -> Row:
        """A row, written out."""
        family, member = _member(self.rows, row)
        first, last = np.searchsorted(family.row, [member, member + 1])
        entries = zip(family.column[first:last], family.numerator[first:last], strict=True)
        terms = {int(j): Fraction(int(k), family.denominator) for j, k in entries}
        bound = Fraction(int(family.bound[member]), family.denominator)
        return Row(family.label(member), terms, family.sense, bound)

    def bounds(self, column: int) -> tuple[Fraction | None, Fraction | None]:
        """The lower and upper bound of a variable; None is no bound."""
        family, _ = _member(self.variables, column)
        return family.low, family.high

    def cost(self) -> dict[int, Fraction]:
        """The coefficients of the objective that are not zero, by variable."""
        column, numerator, denominator = self.objective
        entries = zip(column, numerator, strict=True)
        return {int(j): Fraction(int(k), denominator) for j, k in entries}

    @overload
    def solve(self) -> "Answer": ...
    @overload
    def solve(
        self,
        *,
        first: npt.NDArray[np.bool_] | None = None,
        seconds: float | None = None,
        progress: bool = False,
    ) -> "Answer | Stopped": ...
    def solve(
        self,
        *,
        first: npt.NDArray[np.bool_] | None = None,
        seconds: float | None = None,
        progress: bool = False,
    ) -> "Answer | Stopped":
        """The optimum, or why there is none, each with a certificate checked in fractions.

        Parameters
        ----------
        first : (rows,) bool array, optional
            Rows to begin with; others are added when a solution breaks them, which is faster where
            most of them never bind.  By default all.
        seconds : float, optional
            When to stop.
        progress : bool
            Whether to show, where there is a terminal, how many of the rows are used.

        Returns
        -------
        Optimum, Infeasible or Unbounded
            Primal and dual solution; rows that contradict each other; a point and a ray.
        Stopped
            A bound, where the time was over.

        Raises
        ------
        ValueError
            If some variables must be integers: hand those programs on with `to_pulp`.
        ArithmeticError
            If no exact certificate was found; the message names a row that fails.
        """
        from .solving import solve

        return solve(self, first, seconds, progress=progress)

    def to_cvxpy(self) -> "cvxpy.Problem":
        """The program in floats for cvxpy; the variables' families are its variables."""
        from .exports import to_cvxpy

        return to_cvxpy(self)

    def to_pulp(self) -> Any:
        """The program in floats for PuLP, a ``pulp.LpProblem`` with a name on every row."""
        from .exports import to_pulp

        return to_pulp(self)

    def table(self) -> Table:
        """One line a family."""
        variables = [(f.name, "variables", str(len(f)), _range(f)) for f in self.variables]
        rows = [(f.name, "rows", str(len(f)), f"{f.sense} {_right(f)}") for f in self.rows]
        return Table(("family", "of", "members", "bound"), (*variables, *rows))

    def __str__(self) -> str:
        verb = "maximize" if self.maximize else "minimize"
        rows, columns = self.shape
        return f"{verb} over {columns} variables and {rows} rows\n{self.table()}"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _member(families: Sequence[F], number: int) -> tuple[F, int]:
    """The family of a row or variable, and its place there."""
    ends = list(accumulate(map(len, families)))
    if not ends or not 0 <= number < ends[-1]:
        raise ValueError(f"number is {number}: it must lie in 0..{ends[-1] - 1 if ends else -1}")
    family = bisect_right(ends, number)
    return families[family], number - (ends[family - 1] if family else 0)


def _range(family: Variables) -> str:
    low = "free" if family.low is None else f">= {family.low}"
    high = "" if family.high is None else f"<= {family.high}"
    bound = high if family.low is None and high else f"{low} {high}".rstrip()
    return f"{bound}, integer" if family.integer else bound


def _right(family: Family) -> str:
    values = {Fraction(int(k), family.denominator) for k in family.bound}
    return str(values.pop()) if len(values) == 1 else "..."
