r"""Answers that prove themselves: they cannot be made unless they check, exactly, row by row.

For a minimum, multipliers :math:`y` (nonnegative on rows with :math:`\ge`, nonpositive with
:math:`\le`) and reduced costs :math:`d = c - y A` bound every feasible point from below,

.. math:: c x = y A x + d x \ \ge\ y b + \sum_{d_j > 0} d_j l_j + \sum_{d_j < 0} d_j u_j,

and a point that attains the bound is optimal.  For a maximum all signs turn.  Rows contradict each
other if :math:`y A x \ge y b` for all feasible :math:`x`, yet :math:`y A x < y b` for all within
the bounds (Farkas).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .._tables import Table
from .families import Integers, Sense
from .problem import Program

Vector: TypeAlias = tuple[Fraction, ...]

_SHOWN = 20


@dataclass(frozen=True, repr=False)
class Optimum:
    """A best point, and the multipliers that prove it best.

    Parameters
    ----------
    program : Program
        What it is the optimum of.
    primal : tuple of Fraction
        One a variable.
    dual : tuple of Fraction
        One a row: what the optimum gains a unit of the row's bound.

    Raises
    ------
    ArithmeticError
        If a row fails; it is named.
    """

    program: Program
    primal: Vector
    dual: Vector

    def __post_init__(self) -> None:
        program = self.program
        check_feasible(program, self.primal)
        _check_signs(program, self.dual, -1 if program.maximize else 1)
        for column, (x, d) in enumerate(zip(self.primal, self.reduced_costs(), strict=True)):
            bound = _binding(program, column, -d if program.maximize else d)
            if d and bound is None:
                raise ArithmeticError(
                    f"variable {program.column_name(column)!r} has reduced cost {d} "
                    "and no bound on that side"
                )
            if d and x != bound:
                raise ArithmeticError(
                    f"variable {program.column_name(column)!r} is {x}, not at its bound {bound}, "
                    f"and has reduced cost {d}: the gap is {self.gap}"
                )
        for row, (_, left, right) in enumerate(compared(program, self.primal)):
            if self.dual[row] and left != right:
                raise ArithmeticError(
                    f"row {program.row_name(row)!r} is {left}, not at its bound {right}, "
                    f"and has multiplier {self.dual[row]}: the gap is {self.gap}"
                )

    @property
    def value(self) -> Fraction:
        """The objective at the primal solution."""
        return objective(self.program, self.primal)

    @property
    def bound(self) -> Fraction:
        """The bound on the objective that the multipliers prove."""
        total = Fraction(0)
        for row, y in enumerate(self.dual):
            if y:
                total += y * self.program.row(row).bound
        for column, d in enumerate(self.reduced_costs()):
            if d:
                sign = -d if self.program.maximize else d
                total += d * (_binding(self.program, column, sign) or 0)
        return total

    @property
    def gap(self) -> Fraction:
        """How far the value is from the bound, which is nothing, or this would be no optimum."""
        return abs(self.value - self.bound)

    def reduced_costs(self) -> Vector:
        """The objective less the multipliers times the rows: one a variable."""
        cost, combined = self.program.cost(), combine(self.program, self.dual)
        return tuple(cost.get(column, Fraction(0)) - z for column, z in enumerate(combined))

    def at(self, columns: int | npt.NDArray[Any]) -> Any:
        """The primal solution at the variables that `Draft.variables` gave, in their shape."""
        return np.array(self.primal, dtype=object)[columns]

    def table(self) -> Table:
        """The variables that are not zero."""
        names = self.program.column_name
        rows = ((names(j), str(x)) for j, x in enumerate(self.primal) if x)
        return Table(("variable", "value"), tuple(rows))

    def proof(self) -> Table:
        """The rows that are used to prove it best, with their multipliers."""
        return _multipliers(_used(self.program, self.dual))

    def __str__(self) -> str:
        word = "maximum" if self.program.maximize else "minimum"
        rows = sum(1 for y in self.dual if y)
        head = f"{word} {self.value}, proved by {rows} {'row' if rows == 1 else 'rows'}"
        return f"{head}\n{_cut(self.proof())}" if rows > 0 else head

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@dataclass(frozen=True, repr=False)
class Infeasible:
    """No point satisfies all rows: ``multipliers``, one a row, combine them to a contradiction.

    Raises
    ------
    ArithmeticError
        If they do not.
    """

    program: Program
    multipliers: Vector

    def __post_init__(self) -> None:
        _check_signs(self.program, self.multipliers, 1)
        most = Fraction(0)
        for column, z in enumerate(combine(self.program, self.multipliers)):
            bound = _binding(self.program, column, -z)
            if z and bound is None:
                raise ArithmeticError(
                    f"variable {self.program.column_name(column)!r} is left with coefficient {z} "
                    "and no bound on that side: the rows do not contradict each other"
                )
            most += z * (bound or 0)
        least = Fraction(0)
        for row, y in enumerate(self.multipliers):
            least += y * self.program.row(row).bound if y else 0
        if most >= least:
            used = [self.program.row_name(row) for row, y in enumerate(self.multipliers) if y]
            raise ArithmeticError(
                f"rows {used} combine to at least {least}, and the bounds allow {most}: "
                "they do not contradict each other"
            )

    def uses(self) -> Iterator[tuple[str, Fraction]]:
        """The names of the rows and bounds that contradict each other, with their multipliers."""
        yield from _used(self.program, self.multipliers)
        for column, z in enumerate(combine(self.program, self.multipliers)):
            if z:
                sense = ">=" if z < 0 else "<="
                name, bound = self.program.column_name(column), _binding(self.program, column, -z)
                yield f"{name} {sense} {bound}", -z

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the rows and bounds that contradict each other."""
        return tuple(name for name, _ in self.uses())

    def __str__(self) -> str:
        used = tuple(self.uses())
        return f"infeasible: {len(used)} rows contradict each other\n{_cut(_multipliers(used))}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _multipliers(self.uses())._repr_html_()


@dataclass(frozen=True, repr=False)
class Unbounded:
    """The objective improves forever from ``point`` along ``ray``; each has one entry a variable.

    Raises
    ------
    ArithmeticError
        If the point is infeasible, or the ray leaves a row, which is named, or does not improve.
    """

    program: Program
    point: Vector
    ray: Vector

    def __post_init__(self) -> None:
        check_feasible(self.program, self.point)
        check_ray(self.program, self.ray)
        gain = objective(self.program, self.ray)
        if (gain if self.program.maximize else -gain) <= 0:
            raise ArithmeticError(f"ray changes the objective by {gain}: it does not improve it")

    @property
    def steepest(self) -> str:
        """The name of the variable that changes most along the ray."""
        column = max(range(len(self.ray)), key=lambda j: abs(self.ray[j]))
        return self.program.column_name(column)

    def table(self) -> Table:
        """The variables that are not zero at the point or along the ray."""
        names, pairs = self.program.column_name, zip(self.point, self.ray, strict=True)
        rows = ((names(j), str(x), str(r)) for j, (x, r) in enumerate(pairs) if x or r)
        return Table(("variable", "point", "ray"), tuple(rows))

    def __str__(self) -> str:
        gain = objective(self.program, self.ray)
        return f"unbounded: the objective changes by {gain} a step\n{_cut(self.table())}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


Answer: TypeAlias = Optimum | Infeasible | Unbounded
"""What becomes of a program."""


def objective(program: Program, x: Vector) -> Fraction:
    """The objective at a point."""
    return sum((c * x[column] for column, c in program.cost().items()), Fraction(0))


def combine(program: Program, multipliers: Vector) -> Vector:
    """The rows, each times its multiplier, summed: one coefficient a variable."""
    rows, columns = program.shape
    _check_length(multipliers, rows, "multipliers")
    y, below = common(multipliers)
    over = lcm(*(family.denominator for family in program.rows))
    total: Integers = np.zeros(columns, dtype=object)
    first = 0
    for family in program.rows:
        of_row = y[first + family.row]
        used = of_row != 0
        parts = family.numerator[used] * of_row[used] * (over // family.denominator)
        np.add.at(total, family.column[used], parts)
        first += len(family)
    return tuple(Fraction(z, over * below) for z in total.tolist())


def check_feasible(program: Program, x: Vector) -> None:
    """Raise `ArithmeticError`, naming the row or variable, unless ``x`` satisfies all."""
    _check_length(x, program.shape[1], "primal")
    for family in program.variables:
        for column in range(family.first, family.first + len(family)):
            for sense, bound in ((">=", family.low), ("<=", family.high)):
                if bound is not None and _violates(x[column] - bound, sense):
                    name = program.column_name(column)
                    raise ArithmeticError(f"variable {name!r}: {x[column]} is not {sense} {bound}")
    for row, (sense, left, right) in enumerate(compared(program, x)):
        if _violates(left - right, sense):
            name = program.row_name(row)
            raise ArithmeticError(f"row {name!r}: {left} is not {sense} {right}")


def check_ray(program: Program, ray: Vector) -> None:
    """Raise `ArithmeticError`, naming the row or variable, unless ``ray`` keeps all forever."""
    _check_length(ray, program.shape[1], "ray")
    for column, r in enumerate(ray):
        low, high = program.bounds(column)
        if (low is not None and r < 0) or (high is not None and r > 0):
            name = program.column_name(column)
            raise ArithmeticError(f"variable {name!r} changes by {r} along the ray: it has a bound")
    for row, (sense, change, _) in enumerate(compared(program, ray)):
        if _violates(change, sense):
            name = program.row_name(row)
            raise ArithmeticError(f"row {name!r} changes by {change} along the ray: it has a bound")


def common(values: Sequence[Fraction]) -> tuple[Integers, int]:
    """Fractions as Python's integers over their least common denominator."""
    below = lcm(*(value.denominator for value in values))
    above = [value.numerator * (below // value.denominator) for value in values]
    return np.array(above, dtype=object), below


def compared(program: Program, x: Vector) -> Iterator[tuple[Sense, Fraction, Fraction]]:
    """Sense, left side and right side of every row at ``x``."""
    above, below = common(x)
    for family in program.rows:
        total: Integers = np.zeros(len(family), dtype=object)
        np.add.at(total, family.row, family.numerator * above[family.column])
        over = family.denominator
        for left, right in zip(total.tolist(), family.bound.tolist(), strict=True):
            yield family.sense, Fraction(left, below * over), Fraction(right, over)


def _violates(excess: Fraction, sense: str) -> bool:
    return {">=": excess < 0, "<=": excess > 0, "=": excess != 0}[sense]


def _check_signs(program: Program, multipliers: Vector, sign: int) -> None:
    _check_length(multipliers, program.shape[0], "dual")
    wrong: dict[Sense, int] = {">=": -1, "<=": 1, "=": 0}
    row = 0
    for family in program.rows:
        for _ in range(len(family)):
            if multipliers[row] * wrong[family.sense] * sign > 0:
                raise ArithmeticError(
                    f"row {program.row_name(row)!r} has multiplier {multipliers[row]}: "
                    f"of the wrong sign for {family.sense}"
                )
            row += 1


def _binding(program: Program, column: int, cost: Fraction) -> Fraction | None:
    """The bound at which a variable of this cost is cheapest."""
    low, high = program.bounds(column)
    return low if cost > 0 else high if cost < 0 else Fraction(0)


def _check_length(values: Vector, length: int, name: str) -> None:
    if len(values) != length:
        raise ValueError(f"{name} has {len(values)} entries: it must have {length}")


def _used(program: Program, multipliers: Vector) -> Iterator[tuple[str, Fraction]]:
    return ((program.row_name(row), y) for row, y in enumerate(multipliers) if y)


def _multipliers(used: Sequence[tuple[str, Fraction]] | Iterator[tuple[str, Fraction]]) -> Table:
    return Table(("row", "multiplier"), tuple((name, str(y)) for name, y in used))


def _cut(table: Table) -> str:
    if len(table.rows) <= _SHOWN:
        return str(table)
    return f"{Table(table.header, table.rows[:_SHOWN])}\n... {len(table.rows) - _SHOWN} more"
