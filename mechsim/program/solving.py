"""From a program to an answer that proves itself.

HiGHS names a basis; its exact solution is computed and checked.  Should the basis be wrong, because
floats could not tell two of them apart, the violations are blown up and HiGHS is asked again.  What
is infeasible or unbounded is proved so by another program: for multipliers, or for a ray.

References
----------
Gleixner, Steffy, Wolter. Iterative Refinement for Linear Programming. INFORMS Journal on Computing
28(3), 2016.  Gleeson, Ryan. Identifying Minimally Infeasible Subsystems of Inequalities. ORSA
Journal on Computing 2(1), 1990.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from time import monotonic

import numpy as np

from ._basis import exact_solution
from ._highs import Basis, Floats, Hopeless, Sides, Solver
from ._lazy import Growing, Mask, scattered, subset
from .certificates import (
    Answer,
    Infeasible,
    Optimum,
    Unbounded,
    Vector,
    combine,
    compared,
)
from .draft import Draft
from .families import Columns, Sense, Terms, scaled
from .problem import Program

ROUNDS = 8
"""How often HiGHS is asked before a program is given up."""

GROWTH = 2**30
"""How much further violations may be blown up each time."""

_SIGNS: dict[Sense, tuple[int, ...]] = {">=": (1,), "<=": (-1,), "=": (1, -1)}


@dataclass(frozen=True)
class Stopped:
    """The time was over: nothing is better than ``bound``, if one is known."""

    bound: Fraction | None


def solve(
    program: Program,
    first: Mask | None = None,
    seconds: float | None = None,
    *,
    progress: bool = False,
) -> Answer | Stopped:
    """The optimum of a linear program, or why there is none, or a bound when the time is over."""
    for family in program.variables:
        if family.integer:
            raise ValueError(
                f"variables {family.name!r} must be integers: solve() is for linear programs, "
                "to_pulp() hands this one to a solver"
            )
    if first is not None and first.shape != (program.shape[0],):
        raise ValueError(f"first has shape {first.shape}: it must be ({program.shape[0]},)")
    if seconds is not None or (first is not None and not first.all()):
        everything = np.ones(program.shape[0], dtype=bool)
        growing = Growing(program, everything if first is None else first, progress=progress)
        with growing.bar:
            return _lazily(growing, seconds)
    answer = _optimum(program)
    if isinstance(answer, Optimum):
        return answer
    return _without_optimum(program, answer)


def _lazily(growing: Growing, seconds: float | None) -> Answer | Stopped:
    """The same, beginning with few rows."""
    program = growing.program
    until = None if seconds is None else monotonic() + seconds
    bound: Fraction | None = None
    while True:
        basis = growing.run(until)
        if basis is None:
            return Stopped(bound)
        part = subset(program, growing.chosen)
        if isinstance(basis, Hopeless):
            if basis is Hopeless.UNBOUNDED:
                return _without_optimum(program, basis)
            found = _without_optimum(part, basis)
            if isinstance(found, Infeasible):
                return Infeasible(program, scattered(found.multipliers, growing.chosen))
            raise ArithmeticError("HiGHS says infeasible, but the rows have a feasible point")
        optimum = _from_basis(part, basis)
        bound = optimum.value
        broken = [
            row
            for row, (sense, left, right) in enumerate(compared(program, optimum.primal))
            if any((right - left) * sign > 0 for sign in _SIGNS[sense])
        ]
        if not broken:
            return Optimum(program, optimum.primal, scattered(optimum.dual, growing.chosen))
        growing.add(np.array(broken, dtype=np.int64))


def _from_basis(program: Program, basis: Basis) -> Optimum:
    """The optimum of a basis, or, if floats misled it, of the one that is found from there."""
    try:
        return Optimum(program, *exact_solution(program, basis))
    except ArithmeticError:
        return _sure_optimum(program)


def _without_optimum(program: Program, answer: Hopeless) -> Infeasible | Unbounded:
    """The proof that there is no optimum."""
    point = _feasible(program)
    if isinstance(point, Infeasible):
        return point
    if answer is Hopeless.INFEASIBLE:
        raise ArithmeticError("HiGHS says infeasible, but the rows do not contradict each other")
    return Unbounded(program, point, _ray(program))


def _optimum(program: Program) -> Optimum | Hopeless:
    """The proved optimum, or what HiGHS thinks if it thinks that there is none.

    Raises
    ------
    ArithmeticError
        If all bases fail: the failure of the last, which names a row or a variable.
    """
    rows, columns = program.shape
    x, y = (Fraction(0),) * columns, (Fraction(0),) * rows
    solver = Solver(program)
    units = [Fraction(float(unit)) for unit in solver.scale]
    basis: Basis | None = None
    scales = Fraction(1), Fraction(1)
    failure: ArithmeticError | None = None
    for round_ in range(1, ROUNDS + 1):
        try:
            found = solver.run(_seen_from(program, x, y, scales), basis)
        except ArithmeticError as error:
            raise failure or error from error
        if isinstance(found, Hopeless):
            return found
        basis = found
        x, y = exact_solution(program, basis)
        try:
            return Optimum(program, x, y)
        except ArithmeticError as error:
            failure = error
        most = GROWTH**round_
        primal, dual = _primal_excess(program, x, units), _dual_excess(program, x, y, units)
        scales = _blow_up(primal, most), _blow_up(dual, most)
    raise failure or ArithmeticError("no basis was tried")


def _seen_from(program: Program, x: Vector, y: Vector, scales: tuple[Fraction, Fraction]) -> Sides:
    """Bounds less ``x``, and costs less the multipliers ``y`` times the rows, each blown up."""
    primal, dual = scales
    sign = -dual if program.maximize else dual
    cost, combined = program.cost(), combine(program, y)
    bounds = [program.bounds(column) for column in range(len(x))]
    rows = [(sense, (right - left) * primal) for sense, left, right in compared(program, x)]
    return Sides(
        np.array([float((cost.get(j, 0) - z) * sign) for j, z in enumerate(combined)]),
        _floats(
            [None if b is None else (b - a) * primal for a, (b, _) in zip(x, bounds, strict=True)],
            -np.inf,
        ),
        _floats(
            [None if b is None else (b - a) * primal for a, (_, b) in zip(x, bounds, strict=True)],
            np.inf,
        ),
        np.array([float(price * sign) for price in y]),
        _floats([None if sense == "<=" else rest for sense, rest in rows], -np.inf),
        _floats([None if sense == ">=" else rest for sense, rest in rows], np.inf),
    )


def _floats(values: Sequence[Fraction | None], missing: float) -> Floats:
    return np.array([missing if value is None else float(value) for value in values])


def _blow_up(excess: Fraction, most: int) -> Fraction:
    """A power of two that makes ``excess`` about one, up to ``most``."""
    bits = excess.denominator.bit_length() - excess.numerator.bit_length()
    return min(Fraction(2) ** bits, Fraction(most)) if excess else Fraction(1)


def _primal_excess(program: Program, x: Vector, units: list[Fraction]) -> Fraction:
    """By how much the worst row, in its unit, or bound is violated."""
    worst = Fraction(0)
    for column, value in enumerate(x):
        low, high = program.bounds(column)
        if low is not None:
            worst = max(worst, low - value)
        if high is not None:
            worst = max(worst, value - high)
    for (sense, left, right), unit in zip(compared(program, x), units, strict=True):
        worst = max(worst, *((right - left) * sign * unit for sign in _SIGNS[sense]))
    return worst


def _dual_excess(program: Program, x: Vector, y: Vector, units: list[Fraction]) -> Fraction:
    """How large the worst multiplier or reduced cost of the wrong sign is."""
    worst = Fraction(0)
    sign = -1 if program.maximize else 1
    cost = program.cost()
    for column, (value, z) in enumerate(zip(x, combine(program, y), strict=True)):
        reduced = (cost.get(column, Fraction(0)) - z) * sign
        low, high = program.bounds(column)
        if value != (low if reduced > 0 else high):
            worst = max(worst, abs(reduced))
    for (sense, _, _), price, unit in zip(compared(program, x), y, units, strict=True):
        if sense != "=":
            worst = max(worst, (-price if sense == ">=" else price) * sign / unit)
    return worst


def _feasible(program: Program) -> Infeasible | Vector:
    r"""Rows and bounds that contradict each other and none of which can be spared, or a point.

    Over :math:`u \ge 0` with :math:`u A = 0` and :math:`\sum u \le 1`, where bounds count as rows,
    maximise :math:`u b`.  If that is positive the rows contradict each other, and a vertex has
    minimal support (Gleeson and Ryan).  If it is zero, the multipliers of :math:`u A = 0` are a
    feasible point.
    """
    draft = Draft()
    total = [Terms(draft.variables("nothing"))]
    combined: list[Terms] = []
    worth: list[Terms] = []
    parts: list[list[tuple[int, Columns]]] = []
    for number, rows in enumerate(program.rows):
        parts.append([])
        for sign in _SIGNS[rows.sense]:
            u = draft.variables(f"row {number},{sign},{{0}}", (range(len(rows)),))
            parts[-1].append((sign, u))
            total.append(Terms(u))
            part = scaled(rows.numerator, sign), rows.column, rows.denominator
            combined.append(Terms(u[rows.row], *part))
            worth.append(Terms(u, scaled(rows.bound, sign), denominator=rows.denominator))
    for number, family in enumerate(program.variables):
        for sign, bound in ((1, family.low), (-1, family.high)):
            if bound is not None:
                u = draft.variables(f"bound {number},{sign},{{0}}", (range(len(family)),))
                total.append(Terms(u))
                combined.append(Terms(u, sign, family.columns.ravel()))
                worth.append(Terms(u, sign * bound))
    draft.equal("variable {0}", (range(program.shape[1]),), 0, *combined)
    draft.equal("sum", (), 1, *total)
    found = _sure_optimum(draft.maximize(*worth))
    if found.value == 0:
        return found.dual[:-1]
    multipliers: list[Fraction] = []
    for rows, signed in zip(program.rows, parts, strict=True):
        for member in range(len(rows)):
            signs = (sign * found.primal[int(u[member])] for sign, u in signed)
            multipliers.append(sum(signs, Fraction(0)))
    return Infeasible(program, tuple(multipliers))


def _ray(program: Program) -> Vector:
    """The way the objective improves most within the unit box, running into no bound."""
    variables = tuple(
        replace(
            family,
            low=Fraction(-1 if family.low is None else 0),
            high=Fraction(1 if family.high is None else 0),
        )
        for family in program.variables
    )
    rows = tuple(replace(family, bound=0 * family.bound) for family in program.rows)
    return _sure_optimum(replace(program, variables=variables, rows=rows)).primal


def _sure_optimum(program: Program) -> Optimum:
    """The optimum of a program that has one."""
    found = _optimum(program)
    if isinstance(found, Optimum):
        return found
    raise ArithmeticError(f"HiGHS says {found.name.lower()} of a program that has an optimum")
