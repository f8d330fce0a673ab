r"""The exact solution of a basis.

Variables off the basis are at a bound; the active rows then determine the basic variables,
:math:`M x = b`, and the costs of these determine the multipliers, :math:`M^{\mathsf T} y = c`.
Rows and columns with one entry left are solved by substitution.  The rest is solved in floats, by a
sparse factorization, and refined until the fractions can be read off, which are then put to the
test; where that fails FLINT solves it.

References
----------
Wan. An Algorithm to Solve Integer Linear Systems Exactly Using Numerical Methods. Journal of
Symbolic Computation 41(6), 2006.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ._highs import Basis, Place
from .certificates import Vector
from .problem import Program

Sparse: TypeAlias = list[dict[int, int]]
"""A matrix of integers: of each row, its entries by column."""

SMALL = 20
"""Up to so many rows FLINT is faster than refinement."""

EXACT_BITS = 50
"""Bits of a float that a step may trust."""

MOST_BITS = 20_000
"""Bits after which refinement gives up."""


def exact_solution(program: Program, basis: Basis) -> tuple[Vector, Vector]:
    """Primal and dual solution of a basis.

    Raises
    ------
    ArithmeticError
        If the active rows are dependent, so that they determine nothing.
    """
    x: list[Fraction] = []
    for column, place in enumerate(basis.columns):
        low, high = program.bounds(column)
        x.append({Place.LOW: low, Place.HIGH: high}.get(place) or Fraction(0))
    basic = {j: k for k, j in enumerate(_places(basis.columns, basic=True))}
    active = _places(basis.rows, basic=False)
    if len(basic) != len(active):
        raise ArithmeticError(f"{len(active)} active rows for {len(basic)} basic variables")
    matrix: Sparse = []
    right: list[Fraction] = []
    denominators: list[int] = []
    for entries, bound, denominator in _rows(program, active):
        at_bounds = sum((k * x[j] for j, k in entries.items() if j not in basic), Fraction(0))
        matrix.append({basic[j]: k for j, k in entries.items() if j in basic})
        right.append(bound - at_bounds)
        denominators.append(denominator)
    cost = program.cost()
    for j, value in zip(basic, solve_sparse(matrix, right), strict=True):
        x[j] = value
    y = [Fraction(0)] * len(basis.rows)
    prices = solve_sparse(transposed(matrix), [cost.get(j, Fraction(0)) for j in basic])
    for row, price, denominator in zip(active, prices, denominators, strict=True):
        y[row] = price * denominator
    return tuple(x), tuple(y)


def _places(places: Sequence[Place], *, basic: bool) -> list[int]:
    return [k for k, place in enumerate(places) if (place is Place.BASIC) == basic]


def _rows(program: Program, wanted: list[int]) -> list[tuple[dict[int, int], int, int]]:
    """Numerators by column, numerator of the bound, and denominator, of the ``wanted`` rows."""
    found: list[tuple[dict[int, int], int, int]] = []
    first = 0
    for family in program.rows:
        ends = np.searchsorted(family.row, np.arange(len(family) + 1)).tolist()
        columns: list[int] = family.column.tolist()
        numerators: list[int] = family.numerator.tolist()
        bounds: list[int] = family.bound.tolist()
        for row in wanted:
            if first <= row < first + len(family):
                part = slice(ends[row - first], ends[row - first + 1])
                entries = dict(zip(columns[part], numerators[part], strict=True))
                found.append((entries, bounds[row - first], family.denominator))
        first += len(family)
    return found


def transposed(matrix: Sparse) -> Sparse:
    """The transpose of a square matrix."""
    turned: Sparse = [{} for _ in matrix]
    for i, row in enumerate(matrix):
        for j, entry in row.items():
            turned[j][i] = entry
    return turned


def solve_sparse(matrix: Sparse, right: list[Fraction]) -> list[Fraction]:
    """The solution of a square system.

    Raises
    ------
    ArithmeticError
        If it has not exactly one.
    """
    rows, columns = _substitutions(matrix)
    value: dict[int, Fraction] = {}

    def solve_row(i: int, j: int) -> None:
        known = sum((k * value[c] for c, k in matrix[i].items() if c != j), Fraction(0))
        value[j] = (right[i] - known) / matrix[i][j]

    for i, j in rows:  # each row knows all its variables but one
        solve_row(i, j)
    later = {i for i, _ in columns} | {i for i, _ in rows}
    core = [i for i in range(len(matrix)) if i not in later]
    own = sorted(set(range(len(matrix))) - set(value) - {j for _, j in columns})
    place = {j: k for k, j in enumerate(own)}
    if core:
        kernel = [{place[j]: k for j, k in matrix[i].items() if j in place} for i in core]
        rest = [
            right[i] - sum((k * value[j] for j, k in matrix[i].items() if j in value), Fraction(0))
            for i in core
        ]
        value.update(zip(own, solve_core(kernel, rest), strict=True))
    for i, j in reversed(columns):  # each variable is in one row only, which it satisfies
        solve_row(i, j)
    return [value[j] for j in range(len(matrix))]


def _substitutions(matrix: Sparse) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs (row, column) that can be solved first, and those that can be solved last.

    A row with one column left determines it; a column in one row left is determined by it once all
    others are known.
    """
    row = [set(entries) for entries in matrix]
    column: list[set[int]] = [set() for _ in matrix]
    for i, entries in enumerate(matrix):
        for j in entries:
            column[j].add(i)
    first: list[tuple[int, int]] = []
    last: list[tuple[int, int]] = []
    done_rows, done_columns = set[int](), set[int]()
    pending = [(True, i) for i in range(len(matrix))] + [(False, j) for j in range(len(matrix))]
    while pending:
        by_row, k = pending.pop()
        if by_row and k not in done_rows and len(row[k]) == 1:
            i, j = k, next(iter(row[k]))
            first.append((i, j))
        elif not by_row and k not in done_columns and len(column[k]) == 1:
            i, j = next(iter(column[k])), k
            last.append((i, j))
        else:
            continue
        done_rows.add(i)
        done_columns.add(j)
        for other in column[j]:
            row[other].discard(j)
            pending.append((True, other))
        for other in row[i]:
            column[other].discard(i)
            pending.append((False, other))
    return first, last


def solve_core(matrix: Sparse, right: list[Fraction]) -> list[Fraction]:
    """The solution of a square system with nothing left to substitute."""
    found = refined(matrix, right) if len(matrix) > SMALL else None
    return solve_dense(matrix, right) if found is None else found


def refined(matrix: Sparse, right: list[Fraction]) -> list[Fraction] | None:
    """The solution of a sparse square system, put to the test, or None if none was found.

    Each step solves in floats for what is left of the right side, rounds, and takes off exactly
    what that explains.  Sums that leave int64 come back, as what is left is small.
    """
    import scipy.sparse
    from scipy.sparse.linalg import splu

    below = lcm(*(value.denominator for value in right))
    whole = [value.numerator * (below // value.denominator) for value in right]
    entries = [k for row in matrix for k in row.values()]
    if max(map(abs, entries), default=0) >= 2**31 or max(map(abs, whole)) >= 2**62:
        return None
    starts = np.cumsum([0, *map(len, matrix)])
    columns = np.array([j for row in matrix for j in row])
    parts = np.array(entries, dtype=np.int64), columns, starts
    integers = scipy.sparse.csr_array(parts, shape=(len(matrix), len(matrix)))
    try:
        factors = splu(integers.astype(np.float64).tocsc())
    except RuntimeError:  # singular, or so close to it that floats cannot tell
        return None
    if not any(whole):
        return [Fraction(0)] * len(matrix)
    left: npt.NDArray[np.int64] = np.array(whole, dtype=np.int64)
    total: npt.NDArray[Any] = np.zeros(len(matrix), dtype=object)
    bits, target = 0, 100
    while target < MOST_BITS:
        while bits < target and left.any():
            step = factors.solve(left.astype(np.float64))
            size = np.abs(step).max()
            if not size < 2.0 ** (EXACT_BITS - 8):
                return None
            shift = EXACT_BITS - max(int(np.frexp(size)[1]), 0)
            digits = np.rint(np.ldexp(step, shift)).astype(np.int64)
            total = (total << shift) + digits.astype(object)
            left = (left << shift) - integers @ digits
            bits += shift
        found = _read_off(total.tolist(), bits)
        if found is not None and _solves(matrix, whole, *found):
            numerators, denominator = found
            return [Fraction(k, denominator * below) for k in numerators]
        target *= 2
    return None


def _read_off(scaled: list[int], bits: int) -> tuple[list[int], int] | None:
    """Fractions close to ``scaled`` over ``2**bits``: numerators and their common denominator."""
    denominator, most = 1, 1 << bits // 3
    near = 1 << bits // 2
    for number in scaled:
        product = number * denominator
        rest = (product + near) & ((1 << bits) - 1)
        if rest > 2 * near:
            factor = Fraction(product, 1 << bits).limit_denominator(most).denominator
            denominator *= factor
            if denominator > most:
                return None
    half = 1 << bits - 1
    return [(number * denominator + half) >> bits for number in scaled], denominator


def _solves(matrix: Sparse, whole: list[int], x: list[int], denominator: int) -> bool:
    return all(
        sum(k * x[j] for j, k in row.items()) == right * denominator
        for row, right in zip(matrix, whole, strict=True)
    )


def solve_dense(matrix: Sparse, right: list[Fraction]) -> list[Fraction]:
    """The solution of a square system, by FLINT."""
    import flint

    size = len(matrix)
    square, side = flint.fmpq_mat(size, size), flint.fmpq_mat(size, 1)
    for i, (row, value) in enumerate(zip(matrix, right, strict=True)):
        side[i, 0] = flint.fmpq(value.numerator, value.denominator)
        for j, entry in row.items():
            square[i, j] = entry
    try:
        solution = square.solve(side)
    except ZeroDivisionError:
        raise ArithmeticError("the active rows are dependent") from None
    return [Fraction(int(entry.p), int(entry.q)) for entry in solution.entries()]
