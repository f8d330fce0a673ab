r"""Affine forms: numbers that stand for all values at once, and fork where they are compared.

An `Affine` is a `fractions.Fraction` to all who look, and obeys the same operators; but what it
holds is :math:`c_1 x_1 + \dots + c_m x_m + c_0` in numbers :math:`x` that may lie anywhere in a
region.  Sums, and products with numbers, are forms again.  A comparison is a question about the
region, which whoever explores it answers, one way on one path and the other way on another.

Whatever asks for more than that, such as a float, a hash or a numerator, raises `Unsupported`: a
form has no such thing, so nothing that needs it is ever proved.
"""

import math
import numbers
import operator
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeAlias, cast

import numpy as np

Exact: TypeAlias = int | Fraction
Operator: TypeAlias = Callable[[Exact, Exact], Exact]
Row: TypeAlias = tuple[Exact, ...]
"""Coefficients of a form, its constant last."""

STEPS = 2**20
"""Whole numbers among which a floor is looked for."""

HASHED = 0x5EED
"""The hash of every form, so that tables tell them apart by comparing them, where they must."""

TABLES = ("mechsim.lottery",)
"""Modules that may keep outcomes in tables while a mechanism is played."""


class Unsupported(BaseException):  # no `except Exception` catches it
    """An affine form cannot do what the code asks of it; says what that is."""


class Judge(Protocol):
    """Who answers the questions of forms."""

    playing: bool
    """Whether a mechanism is at work, and not an axiom."""
    running: bool
    """Whether a path is being run, and not over."""
    apart: bool
    """Whether equal outcomes of a lottery may stay apart, as no expectation sees that."""

    def below(self, row: Row, strict: bool, /) -> bool:
        """Whether the form is below 0, or not above it."""
        ...

    def refuse(self, why: str, /) -> NoReturn:
        """Raise `Unsupported`, and remember it should the code swallow that."""
        ...


def lowest(number: Exact) -> Exact:
    """An int where it is one: these are much faster."""
    return number.numerator if number.denominator == 1 else number


def exact(number: Any) -> Exact | None:
    """An int or a fraction from the library's or numpy's; None from anything else."""
    kind = cast(Any, type(number))
    if kind is int:
        return cast(int, number)
    if kind is Fraction:
        return lowest(number)
    if kind is bool or isinstance(number, np.integer):
        return int(cast(Any, number))
    return None


if TYPE_CHECKING:
    Number = object  # whose operators may be of any type
else:
    Number = Fraction


class Affine(Number):
    """An affine form; it is a fraction, so that ``isinstance`` says what it stands for."""

    __slots__ = ("_judge", "_row")
    _row: Row
    _judge: Judge

    def _refuse(self, what: str) -> NoReturn:
        self._judge.refuse(f"it asks for {what} of a report")

    # ---- Arithmetic

    def _plus(self, other: Any, sign: int) -> Any:
        mine = self._row
        if type(other) is Affine:
            theirs = other._row
            row = _more(mine, theirs) if sign > 0 else _less(mine, theirs)
            return form(row, self._judge)
        number = exact(other)
        if number is None:
            return self._odd(other, "a sum")
        return form((*mine[:-1], mine[-1] + sign * number), self._judge)

    def _odd(self, other: Any, what: str) -> Any:
        if isinstance(other, (numbers.Number, np.generic)):
            kind = type(cast(Any, other)).__name__
            self._judge.refuse(f"it makes {what} of a report and a {kind}, which is no fraction")
        return NotImplemented

    def __add__(self, other: Any) -> Any:
        return self._plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self._plus(other, -1)

    def __rsub__(self, other: Any) -> Any:
        return (-self)._plus(other, 1)

    def __mul__(self, other: Any) -> Any:
        if type(other) is Affine:
            if not any(other._row[:-1]):
                return self._times(other._row[-1])
            if not any(self._row[:-1]):
                return other._times(self._row[-1])
            self._judge.refuse("it multiplies reports")
        number = exact(other)
        return self._odd(other, "a product") if number is None else self._times(number)

    __rmul__ = __mul__

    def _times(self, number: Exact) -> "Affine":
        return form(tuple([lowest(number * c) for c in self._row]), self._judge)

    def __truediv__(self, other: Any) -> Any:
        number = self._constant_of(other)
        if number is None:
            return self._odd(other, "a quotient")
        return self._times(1 / Fraction(number))

    def __rtruediv__(self, other: Any) -> Any:
        if any(self._row[:-1]):
            self._judge.refuse("it divides by reports")
        number = exact(other)
        if number is None:
            return self._odd(other, "a quotient")
        return form(self._row, self._judge)._constant(Fraction(number) / self._row[-1])

    def __neg__(self) -> "Affine":
        return form(tuple([-c for c in self._row]), self._judge)

    def __pos__(self) -> "Affine":
        return self

    def __abs__(self) -> "Affine":
        return -self if self < 0 else self

    def __pow__(self, power: Any, modulo: Any = None) -> Any:
        if type(power) is int and modulo is None and power in (0, 1):
            return self if power else self._constant(1)
        if type(power) is int and modulo is None and power > 0 and not any(self._row[:-1]):
            return self._constant(Fraction(self._row[-1]) ** power)
        return self._refuse("a power")

    def __rpow__(self, base: Any, modulo: Any = None) -> Any:
        return self._refuse("an exponential")

    def _constant(self, number: Exact) -> "Affine":
        zeros = (0,) * (len(self._row) - 1)
        return form((*zeros, lowest(number)), self._judge)

    def _constant_of(self, other: Any) -> Exact | None:
        """A number, also if it is written as a form."""
        if type(other) is not Affine:
            return exact(other)
        if any(other._row[:-1]):
            self._judge.refuse("it divides by reports")
        return other._row[-1]

    # ---- Comparisons

    def _compare(self, other: Any, strict: bool, sign: int) -> Any:
        """Whether ``sign * (self - other)`` is below 0."""
        mine = self._row
        if type(other) is Affine:
            first, second = (mine, other._row) if sign > 0 else (other._row, mine)
            return self._judge.below(_less(first, second), strict)
        number = exact(other)
        if number is None:
            if isinstance(other, (numbers.Number, np.generic)) and not isinstance(other, float):
                self._refuse(f"a comparison with a {type(cast(Any, other)).__name__}")
            if not isinstance(other, float):
                return NotImplemented
            if type(cast(Any, other)) not in (float, np.float64):
                self._refuse(f"a comparison with a {type(cast(Any, other)).__name__}")
            if not math.isfinite(other):  # as fractions do
                return sign * other > 0
            number = lowest(Fraction(other))
        row = (*mine[:-1], mine[-1] - number)
        return self._judge.below(row if sign > 0 else tuple([-c for c in row]), strict)

    def __lt__(self, other: Any) -> Any:
        return self._compare(other, True, 1)

    def __le__(self, other: Any) -> Any:
        return self._compare(other, False, 1)

    def __gt__(self, other: Any) -> Any:
        return self._compare(other, True, -1)

    def __ge__(self, other: Any) -> Any:
        return self._compare(other, False, -1)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, float) and not math.isfinite(other):
            return False
        below = self._compare(other, True, 1)
        return below if below is NotImplemented else not below and self._compare(other, False, 1)

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __bool__(self) -> bool:
        return bool(self != 0)

    # ---- Whole numbers: a bisection of questions

    def __floor__(self) -> int:
        low, high = 0, 1
        while self < low:
            low, high = 2 * low - 1, low
            self._require_few(low)
        while self >= high:
            low, high = high, 2 * high
            self._require_few(high)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self < middle else (middle, high)
        return low

    def _require_few(self, steps: int) -> None:
        if abs(steps) > STEPS:
            self._refuse("a whole number without bounds")

    def __ceil__(self) -> int:
        return -(-self).__floor__()

    def __trunc__(self) -> int:
        return self.__ceil__() if self < 0 else self.__floor__()

    def __int__(self) -> int:
        return self.__trunc__()

    def __round__(self, digits: Any = None) -> Any:
        if digits is None:
            low = self.__floor__()
            rest = self - low
            if rest < Fraction(1, 2) or (low % 2 == 0 and rest <= Fraction(1, 2)):
                return low
            return low + 1
        shift = Fraction(10) ** digits
        return Fraction(round(self * shift)) / shift

    def __floordiv__(self, other: Any) -> Any:
        return (self / other).__floor__()

    def __mod__(self, other: Any) -> Any:
        return self - other * (self // other)

    def __divmod__(self, other: Any) -> Any:
        whole = self // other
        return whole, self - other * whole

    def __rfloordiv__(self, other: Any) -> Any:
        return (other / self).__floor__()

    def __rmod__(self, other: Any) -> Any:
        return self._refuse("a remainder")

    def __rdivmod__(self, other: Any) -> Any:
        return self._refuse("a remainder")

    # ---- What a form has not

    def __hash__(self) -> int:
        """One for all, where tables are known to hold nothing but forms; see `TABLES`."""
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_name in ("__hash__", "<genexpr>"):
            frame = frame.f_back
        module = str(frame.f_globals.get("__name__", ""))
        known = frame.f_globals is vars(sys.modules.get(module, sys))
        if self._judge.playing:
            known = known and module in TABLES and frame.f_code.co_name != "__eq__"
        else:
            known = known and module.startswith("mechsim.")
        if not known:
            self._refuse("a hash")
        return hash(self._row) if self._judge.apart else HASHED

    def __float__(self) -> float:
        return self._refuse("a float")

    def __complex__(self) -> complex:
        return self._refuse("a complex number")

    def __str__(self) -> str:
        return self._refuse("the text") if self._judge.running else "a form"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return self._refuse("the text")

    def __reduce__(self) -> Any:
        return self._refuse("a copy")

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: Any) -> Any:
        return self

    def _parts(self) -> Any:
        return self._refuse("the numerator or denominator")

    numerator = denominator = _numerator = _denominator = cast(Any, property(_parts))

    @property
    def real(self) -> Any:
        """The number itself."""
        return self

    @property
    def imag(self) -> Any:
        """None."""
        return 0

    def conjugate(self) -> Any:
        """The number itself."""
        return self


def _more(first: Row, second: Row) -> Row:
    return tuple(map(cast("Operator", operator.add), first, second))


def _less(first: Row, second: Row) -> Row:
    return tuple(map(cast("Operator", operator.sub), first, second))


def form(row: Row, judge: Judge) -> Affine:
    """The form with these coefficients; the constant is the last."""
    made = object.__new__(Affine)
    made._row = row
    made._judge = judge
    return made


def row_of(number: Affine) -> Row:
    """The coefficients of a form; the constant is the last."""
    return number._row
