"""Irrational numbers as balls: a midpoint and a radius that is certain to cover the truth.

Where mathematics leaves the rationals, as in a logarithmic score, violations are balls, and
a ball is positive only if all of it is, so a refutation by balls is as certain as by fractions.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from .._numbers import Number

if TYPE_CHECKING:
    from flint import arb


def ball(number: Number) -> "arb":
    """``number`` as a ball: a fraction is enclosed to working precision, a float is exact."""
    import flint

    if isinstance(number, Fraction):
        return flint.arb(number.numerator) / number.denominator
    return flint.arb(number)
