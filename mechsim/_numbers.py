"""Numbers: what counts as one, how one is read at the door, how one is shown.

Exact numbers are `fractions.Fraction`; an ``int`` is exact and becomes one.  A ``float`` stays a
float.  Nothing here rounds.
"""

import math
import numbers
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from flint import arb

Number: TypeAlias = Fraction | float


def real(value: object, name: str) -> Number:
    """``value`` as a finite number of the kind it came in, or a `ValueError` that names it.

    Parameters
    ----------
    value : int, float, Fraction or numpy scalar
        Integers become fractions; booleans are refused.
    name : str
        What the number is, for the error message.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, np.generic):
        value = cast(Any, value).item()
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise ValueError(
            f"{name} is {value!r} ({type(value).__name__}): "
            "it must be a real number (int, float or Fraction)"
        )
    if isinstance(value, numbers.Rational):
        return Fraction(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} is {number}: it must be finite")
    return number


def whole(value: object, name: str, least: int) -> int:
    """``value`` as an int of at least ``least``, or a `ValueError` that names it."""
    number = cast(Any, value).item() if isinstance(value, np.integer) else value
    if type(number) is not int or number < least:
        raise ValueError(f"{name} is {value!r}: it must be a whole number, at least {least}")
    return number


def truth(value: object, name: str) -> None:
    """Raise a `ValueError` that names it unless ``value`` is True or False."""
    if type(value) is not bool:
        raise ValueError(f"{name} is {value!r}: it must be True or False")


NO_PROFILES = (str, bytes, bytearray, memoryview)
"""Sequences whose entries are no reports."""


def sequence(given: object, name: str) -> Sequence[Any]:
    """``given`` as a sequence with one item an agent, or a `ValueError` that says what it is.

    Lists, tuples, one-dimensional numpy arrays and data-frame columns qualify; what has no
    order (sets), no length (iterators), or hides values (masked arrays) does not.
    """
    if isinstance(given, np.ma.MaskedArray):
        raise ValueError(f"{name} is a masked array: drop or fill the masked entries first")
    if isinstance(given, np.ndarray):
        array = cast("npt.NDArray[Any]", given)
        if array.ndim != 1:
            raise ValueError(
                f"{name} is an array of shape {array.shape}: one entry an agent means (agents,)"
            )
        return list(array)
    column: Any = getattr(given, "to_numpy", None)
    if column is not None:
        return sequence(column(), name)
    whatever: object = given
    if isinstance(given, NO_PROFILES) or not isinstance(given, Sequence):
        raise ValueError(
            f"{name} is {whatever!r} ({type(whatever).__name__}): "
            "it must be a list, a tuple or an array with one entry an agent"
        )
    return cast(Sequence[Any], given)


def distance(a: Number, b: Number) -> Number:
    """The distance between two points of the line."""
    between: Any = a - b
    return cast(Number, abs(between))


def is_ball(number: object) -> "TypeGuard[arb]":
    """Whether this is an irrational number, known up to a radius (`flint.arb`)."""
    return hasattr(number, "mid") and hasattr(number, "rad")


def weigh(probability: Fraction, value: Any) -> Any:
    """``probability`` times a number or a ball."""
    if is_ball(value):
        return value * probability.numerator / probability.denominator
    return probability * value


def same(a: Any, b: Any) -> bool:
    """Whether two computations gave the same number; of balls, the same midpoint and radius."""
    if is_ball(a) and is_ball(b):
        return bool(a.mid() == b.mid() and a.rad() == b.rad())
    return bool(a == b)


def show(number: object) -> str:
    """A number as people write it: ``1/3``, ``0.25``, ``2``; six digits of a float or a ball."""
    if is_ball(number):
        return f"{float(number.mid()):.6g}"
    return f"{number:.6g}" if isinstance(number, float) else str(number)


def show_all(numbers: Sequence[object]) -> str:
    """A profile on one line, ``(0, 1/2, 1)``; a long one is cut in the middle."""
    if len(numbers) > 12:
        shown = [*map(show, numbers[:5]), "...", *map(show, numbers[-3:])]
        return f"({', '.join(shown)}: {len(numbers)} entries)"
    return f"({', '.join(map(show, numbers))})"
