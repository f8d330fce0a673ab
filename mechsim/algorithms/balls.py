"""Irrational numbers as balls: a midpoint and a radius that is certain to cover the truth.

Where mathematics leaves the rationals, as in a logarithmic score, violations are balls, and
a ball is positive only if all of it is, so a refutation by balls is as certain as by fractions.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .._numbers import Number, is_ball, same, show

if TYPE_CHECKING:
    from flint import arb


def ball(number: "Number | Enclosed") -> "arb":
    """``number`` as a ball: a fraction is enclosed to working precision, a float is exact."""
    import flint

    if isinstance(number, Enclosed):
        return number.enclosure
    if isinstance(number, Fraction):
        return flint.arb(number.numerator) / number.denominator
    return flint.arb(number)


@dataclass(frozen=True, eq=False, repr=False)
class Enclosed:
    """An irrational number as an outcome: a ball that fractions can be added to and compared with.

    A comparison is true where it holds for all of the ball.  Two are equal if they are one ball, so
    that an outcome can be looked up.

    Examples
    --------
    >>> root = Enclosed(ball(2).sqrt())
    >>> root - Fraction(1, 2), root > Fraction(7, 5)
    (0.914214, True)
    """

    enclosure: "arb"

    def mid(self) -> "arb":
        """The midpoint."""
        return self.enclosure.mid()

    def rad(self) -> "arb":
        """The radius."""
        return self.enclosure.rad()

    def __add__(self, other: Any) -> "Enclosed":
        return _applied(operator.add, self, other)

    def __radd__(self, other: Any) -> "Enclosed":
        return _applied(operator.add, other, self)

    def __sub__(self, other: Any) -> "Enclosed":
        return _applied(operator.sub, self, other)

    def __rsub__(self, other: Any) -> "Enclosed":
        return _applied(operator.sub, other, self)

    def __mul__(self, other: Any) -> "Enclosed":
        return _applied(operator.mul, self, other)

    def __rmul__(self, other: Any) -> "Enclosed":
        return _applied(operator.mul, other, self)

    def __truediv__(self, other: Any) -> "Enclosed":
        return Enclosed(self.enclosure / _as_ball(other))

    def __rtruediv__(self, other: Any) -> "Enclosed":
        return Enclosed(_as_ball(other) / self.enclosure)

    def __pow__(self, power: int) -> "Enclosed":
        return Enclosed(self.enclosure**power)

    def __neg__(self) -> "Enclosed":
        return Enclosed(-self.enclosure)

    def __abs__(self) -> "Enclosed":
        return Enclosed(abs(self.enclosure))

    def __lt__(self, other: Any) -> bool:
        return bool(self.enclosure < _as_ball(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.enclosure <= _as_ball(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.enclosure > _as_ball(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.enclosure >= _as_ball(other))

    def __eq__(self, other: object) -> bool:
        return is_ball(other) and same(self, other)

    def __hash__(self) -> int:
        return hash((float(self.mid()), float(self.rad())))

    def __float__(self) -> float:
        return float(self.mid())

    def __repr__(self) -> str:
        return show(self)


def _as_ball(number: Any) -> "arb":
    if isinstance(number, Enclosed):
        return number.enclosure
    return number if is_ball(number) else ball(number)


def _applied(operation: Callable[[Any, Any], Any], first: Any, second: Any) -> Enclosed:
    return Enclosed(operation(_as_ball(first), _as_ball(second)))
