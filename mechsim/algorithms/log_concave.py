r"""Where a product of values on a line is largest: the root of the slope of its logarithm.

For agents at :math:`x_1, \dots, x_n` on a line of length :math:`L`,

.. math:: \sum_i \log(L - |y - x_i|)

is strictly concave in the place :math:`y` between the extreme agents if these differ, and so has
one maximiser there.  It is the peak at which the slope changes its sign, or the root of the slope
between two peaks, an algebraic number: exact where it is rational, a ball where it is not.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from .._numbers import Number
from .balls import Enclosed, ball

FLOAT_BITS, GUARD_BITS = 53, 46
"""Steps in floats, and how much of the interval, as a power of 2, they are trusted up to."""

Classes: TypeAlias = Sequence[tuple[Fraction, int]]
"""Different peaks, increasing, and how many agents have each."""

TINY = 1e-300
"""A utility this small is none."""


def largest_product(peaks: Sequence[tuple[Number, int]], length: Number) -> Any:
    r"""The place :math:`y` at which :math:`\prod_i (L - |y - x_i|)^{m_i}` is largest.

    Parameters
    ----------
    peaks : sequence of (Number, int)
        Each peak and how many agents have it, in any order; none farther from another than
        ``length``.
    length : Number
        The length of the line, in the unit of the peaks.

    Returns
    -------
    Fraction, Enclosed or float
        Exact where the place is rational, otherwise a ball to the working precision of flint; the
        float nearest to it if a number given is a float.  O(c p) operations on p-bit numbers for
        c different peaks, besides the sort.

    Examples
    --------
    >>> largest_product([(Fraction(0), 1), (Fraction(1, 2), 1)], Fraction(1))
    Fraction(1, 4)
    >>> largest_product([(Fraction(0), 2), (Fraction(1, 2), 1), (Fraction(1), 1)], Fraction(1))
    0.421535
    """
    rounded = any(isinstance(number, float) for number in (length, *(x for x, _ in peaks)))
    count: dict[Fraction, int] = {}
    for x, agents in peaks:
        count[Fraction(x)] = count.get(Fraction(x), 0) + agents
    place = _maximiser(sorted(count.items()), Fraction(length))
    return float(place) if rounded else place


def _maximiser(classes: Classes, length: Fraction) -> Any:
    low, high = 0, len(classes) - 1  # the first class whose slope to the right is not positive
    while low < high:
        middle = (low + high) // 2
        if _slope_sign(classes, length, classes[middle][0], middle + 1) <= 0:
            high = middle
        else:
            low = middle + 1
    if low == 0 or _slope_sign(classes, length, classes[low][0], low) >= 0:
        return classes[low][0]
    return _root(classes, length, low)


def _root(classes: Classes, length: Fraction, split: int) -> Any:
    """The root of the slope between the classes ``split - 1`` and ``split``."""
    import flint

    width = (classes[split][0] - classes[split - 1][0]) / 2**flint.ctx.prec
    low, high = _about_root(classes, length, split)
    while high - low > width:
        middle = (low + high) / 2
        sign = _slope_sign(classes, length, middle, split)
        if sign == 0:
            return middle
        low, high = (middle, high) if sign > 0 else (low, middle)
    simplest = simplest_between(low, high)
    if _slope_sign(classes, length, simplest, split) == 0:
        return simplest
    return Enclosed(ball(low).union(ball(high)))


def _about_root(classes: Classes, length: Fraction, split: int) -> tuple[Fraction, Fraction]:
    """An interval with the root in it: floats propose a small one, and exact signs confirm it."""
    lowest, highest = classes[split - 1][0], classes[split][0]
    weighted = [(float(x), m) for x, m in classes]
    low, high, span = float(lowest), float(highest), float(length)
    for _ in range(FLOAT_BITS):
        middle = (low + high) / 2
        slope = sum(m / max(span + middle - x, TINY) for x, m in weighted[split:])
        slope -= sum(m / max(span + x - middle, TINY) for x, m in weighted[:split])
        low, high = (middle, high) if slope > 0 else (low, middle)
    around = (highest - lowest) / 2**GUARD_BITS
    first, last = Fraction(low) - around, Fraction(high) + around
    if lowest < first and last < highest:
        left = _slope_sign(classes, length, first, split)
        if left > 0 > _slope_sign(classes, length, last, split):
            return first, last
    return lowest, highest


def _slope_sign(classes: Classes, length: Fraction, y: Fraction, split: int) -> int:
    """The sign of the slope at ``y``, where the first ``split`` classes count as left of it."""
    import flint

    left = [(m, length - (y - x)) for x, m in classes[:split]]
    right = [(m, length - (x - y)) for x, m in classes[split:]]
    if any(worth == 0 for _, worth in (*left, *right)):  # the slope is infinite there
        return -1 if any(worth == 0 for _, worth in left) else 1
    for bits in (flint.ctx.prec, 4 * flint.ctx.prec):
        with flint.ctx.workprec(bits):
            slope = sum((m / ball(worth) for m, worth in right), flint.arb(0))
            slope -= sum((m / ball(worth) for m, worth in left), flint.arb(0))
            if slope > 0 or slope < 0:
                return 1 if slope > 0 else -1
    terms = [m / worth for m, worth in right] + [-m / worth for m, worth in left]
    exact = sum(terms, Fraction(0))
    return (exact > 0) - (exact < 0)


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of least denominator, then least size, in an interval that includes its ends.

    Examples
    --------
    >>> simplest_between(Fraction(314, 100), Fraction(315, 100))
    Fraction(22, 7)
    """
    if low > high:
        raise ValueError(f"high is {high}: it must be at least low, {low}")
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest_between(-high, -low)
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    floor = whole - 1
    return floor + 1 / simplest_between(1 / (high - floor), 1 / (low - floor))
