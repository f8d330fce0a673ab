"""Outcomes for counted reports: the same as the definitions, whatever the counts.

Each function agrees with the definition on the population written out; a law of the tests says so
for every mechanism that has a form for populations.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import Number
from ..population import CountArray, FloatArray, Population, is_array

BLOCK = 2**16
"""Reports handled at a time, few enough to stay in the cache."""


def order_statistic(population: Population, rank: int) -> Number:
    """The ``rank``-th smallest report.  O(c log c) for c classes."""
    ordered, below = _sorted(population)
    return _number(ordered[int(np.searchsorted(below, rank))])


def crossing(population: Population, curve: Callable[[int], Number]) -> Number:
    """The smallest over k of ``max(x_(k), curve(k))`` for a curve that falls in k, from k = 0.

    The median of reports and phantoms has this form.  O(c log c) for c classes: reports are
    sorted once, and only O(log c) points of the curve are computed, exactly.
    """
    ordered, below = _sorted(population)
    low, high = 0, len(ordered)  # the first class whose value has reached the curve
    while low < high:
        middle = (low + high) // 2
        if _number(ordered[middle]) >= curve(int(below[middle])):
            high = middle
        else:
            low = middle + 1
    before = curve(int(below[low - 1]) if low else 0)
    return min(_number(ordered[low]), before) if low < len(ordered) else before


def exact_total(population: Population) -> Fraction:
    """The sum of the reports without rounding: O(c) for c classes.

    Every float is a whole multiple of 2^-1074.  An array is split into integer mantissas and
    exponents, and the mantissas of each exponent are added as integers, so that 1e8 reports need
    a few passes of numpy and as many Python additions as there are exponents.
    """
    if not is_array(population.values):
        classes = population.classes()
        return sum((Fraction(value) * count for value, count in classes), Fraction(0))
    total = Fraction(0)
    counts = np.asarray(population.multiplicities)
    for start in range(0, len(population.values), BLOCK):
        mantissas, exponents = np.frexp(population.values[start : start + BLOCK])
        whole = np.ldexp(mantissas, 53).astype(np.int64)
        weights = counts[start : start + BLOCK]
        for exponent in np.unique(exponents):
            chosen = exponents == exponent
            high, low = whole[chosen] >> 26, whole[chosen] & (2**26 - 1)
            parts = (_dot(high, weights[chosen]) << 26) + _dot(low, weights[chosen])
            total += Fraction(parts) * Fraction(2) ** (int(exponent) - 53)
    return total


def _dot(numbers: npt.NDArray[np.int64], weights: CountArray) -> int:
    """The exact sum of products, in int64 where that cannot overflow."""
    if int(weights.max()) * len(numbers) < 2**35:  # numbers are below 2^28
        return int(np.dot(numbers, weights))
    return sum(int(a) * int(b) for a, b in zip(numbers, weights, strict=True))


def has_floats(population: Population) -> bool:
    """Whether some report is a float."""
    values = population.values
    return is_array(values) or any(isinstance(value, float) for value in values)


def _sorted(
    population: Population,
) -> tuple[Sequence[Any] | FloatArray, Sequence[int] | CountArray]:
    """Values in order, and how many reports are at most each of them."""
    values, counts = population.values, population.multiplicities
    if is_array(values) and len(values) == len(population):
        return np.sort(values), np.arange(1, len(values) + 1)
    if is_array(values):
        places = np.argsort(values, kind="stable")
        return values[places], np.cumsum(np.asarray(counts)[places])
    order = sorted(range(len(values)), key=values.__getitem__)
    return [values[k] for k in order], list(accumulate(int(counts[k]) for k in order))


def _number(value: Any) -> Number:
    """A Python number from an entry of an array or a tuple."""
    return value if isinstance(value, Fraction) else float(value)
