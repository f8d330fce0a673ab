"""Systems of rows solved by floats that are refined: always exactly what FLINT says, or nothing."""

import random
from fractions import Fraction

import numpy as np
import pytest

from mechsim.program import Terms
from mechsim.program._basis import refined, solve_core, solve_dense
from mechsim.program.families import collect, multiplied


def system(size: int, largest: int, seed: int) -> tuple[list[dict[int, int]], list[Fraction]]:
    """A sparse square system with an entry on each place of the diagonal."""
    draw = random.Random(seed)
    matrix: list[dict[int, int]] = []
    for k in range(size):
        places = {k, *draw.sample(range(size), 3)}
        matrix.append({j: draw.choice((-1, 1)) * draw.randint(1, largest) for j in places})
    return matrix, [Fraction(draw.randint(-9, 9), draw.randint(1, 7)) for _ in range(size)]


@pytest.mark.parametrize("largest", [1, 3, 50])
@pytest.mark.parametrize("size", [21, 40, 90])
def test_it_is_what_flint_says(size: int, largest: int) -> None:
    matrix, right = system(size, largest, size + largest)
    found = refined(matrix, right)
    assert found is not None
    assert found == solve_dense(matrix, right)


def test_a_system_that_is_nearly_singular() -> None:
    size = 30
    matrix = [{k: 10**6, (k + 1) % size: 10**6 - 1} for k in range(size)]
    right = [Fraction(1, k + 1) for k in range(size)]
    assert solve_core(matrix, right) == solve_dense(matrix, right)


def test_nothing_is_said_of_large_numbers() -> None:
    assert refined([{0: 2**40}], [Fraction(1)]) is None
    assert refined([{0: 1}], [Fraction(2**70)]) is None


def test_nothing_is_said_of_a_singular_system() -> None:
    assert refined([{}, {}], [Fraction(0), Fraction(0)]) is None
    same: list[dict[int, int]] = [{0: 1, 1: 1}] * 30
    with pytest.raises(ArithmeticError, match="dependent"):
        solve_core(same, [Fraction(1)] * 30)


def test_terms_in_any_order_add_up() -> None:
    parts = (Terms([3, 0, 3], [1, 2, 4], [1, 0, 1]), Terms([0, 1], [-2, 5], 0))
    row, column, numerator, below = collect(parts, (2, 4))
    assert (row.tolist(), column.tolist(), numerator.tolist(), below) == ([0, 1], [1, 3], [5, 5], 1)


def test_products_leave_the_range_of_int64_if_need_be() -> None:
    big = np.array([2**40, 3])
    assert multiplied(big, big).tolist() == [2**80, 9]
    assert multiplied(big, np.array([2, 2])).dtype == np.int64


def test_nothing_on_the_right() -> None:
    """Of a regular system with zeros on the right the solution is zero."""
    cycle = [{k: 3, (k + 1) % 40: 1} for k in range(40)]
    assert refined(cycle, [Fraction(0)] * 40) == [Fraction(0)] * 40
