r"""Virtual values, and their ironing, of finitely many types.

For values :math:`v_1 < \dots < v_k` with probabilities :math:`f` and
:math:`\bar F_a = \Pr[v > v_a]`,

.. math:: \varphi(v_a) = v_a - (v_{a+1} - v_a)\,\bar F_a / f_a, \qquad \varphi(v_k) = v_k:

what a sale at :math:`v_a` adds to revenue once all that higher types pay less is taken off.  Where
it falls, no monotone rule can follow it; ironing takes the upper concave hull of the revenue curve
:math:`(\Pr[v \ge v_a],\, v_a \Pr[v \ge v_a])` with the origin, whose slopes rise with the value.

References
----------
Myerson. Optimal Auction Design. Mathematics of Operations Research 6, 1981.
Elkind. Designing and Learning Optimal Finite Support Auctions. SODA 2007.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from .._numbers import Number
from ..population import FloatArray


def virtual_values(values: Sequence[Number], chances: Sequence[Fraction]) -> tuple[Number, ...]:
    """The virtual value of each of some values, which increase.

    Examples
    --------
    >>> half, tenth = Fraction(1, 2), Fraction(1, 10)
    >>> [str(x) for x in virtual_values((1, 2, 10), (6 * tenth, 3 * tenth, tenth))]
    ['1/3', '-2/3', '10']
    """
    above = Fraction(1)
    found: list[Number] = []
    for a, (value, chance) in enumerate(zip(values, chances, strict=True)):
        above -= chance
        step = values[a + 1] - value if a + 1 < len(values) else Fraction(0)
        found.append(value - step * above / chance)
    return tuple(found)


def ironed_values(values: Sequence[Number], chances: Sequence[Fraction]) -> tuple[Number, ...]:
    """The slopes of the concave hull of the revenue curve.  O(k).

    Equal to `virtual_values` where these increase.

    Examples
    --------
    >>> tenth = Fraction(1, 10)
    >>> [str(x) for x in ironed_values((1, 2, 10), (6 * tenth, 3 * tenth, tenth))]
    ['0', '0', '10']
    """
    hull: list[tuple[Fraction, Number]] = [(Fraction(0), Fraction(0))]
    at_least = Fraction(0)
    for value, chance in zip(reversed(values), reversed(chances), strict=True):
        at_least += chance
        point = (at_least, value * at_least)
        while len(hull) > 1 and _slope(hull[-1], point) >= _slope(hull[-2], hull[-1]):
            hull.pop()
        hull.append(point)
    ironed: list[Number] = []
    at_least, piece = Fraction(0), 1
    for chance in reversed(chances):
        at_least += chance
        while hull[piece][0] < at_least:
            piece += 1
        ironed.append(_slope(hull[piece - 1], hull[piece]))
    return tuple(reversed(ironed))


def _slope(a: tuple[Fraction, Number], b: tuple[Fraction, Number]) -> Number:
    return (b[1] - a[1]) / (b[0] - a[0])


def ironed_quantiles(shares: FloatArray, curve: FloatArray) -> FloatArray:
    r"""The slopes of the upper concave hull of a revenue curve on a grid of quantiles.

    They are the isotonic regression of the slopes, weighted by the width of the cells.  O(k).

    Parameters
    ----------
    shares : (k + 1,) float64 array
        Increasing, from 0.
    curve : (k + 1,) float64 array
        The revenue at each, from 0.

    Returns
    -------
    (k,) float64 array
        One slope a cell; they never rise.

    Examples
    --------
    >>> ironed_quantiles(np.array([0.0, 0.1, 0.4, 1.0]), np.array([0.0, 1.0, 0.8, 1.0])).round(9)
    array([10.,  0.,  0.])
    """
    from scipy.optimize import isotonic_regression

    widths = np.diff(shares)
    fitted = isotonic_regression(np.diff(curve) / widths, weights=widths, increasing=False)
    return np.asarray(fitted.x, np.float64)
