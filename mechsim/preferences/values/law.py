"""What is asked of a law of values, and what laws share."""

from typing import Any, Protocol, TypeGuard

import numpy as np
import numpy.typing as npt

from ..._numbers import Number, real, show
from ...population import FloatArray


class Law(Protocol):
    """What a click is worth to a bidder, before it is known."""

    @property
    def support(self) -> tuple[Number, Number]:
        """The least and the largest value, which may be infinite."""
        ...

    @property
    def mean(self) -> Number:
        """The mean."""
        ...

    def cdf(self, value: Any, /) -> Any:
        """The probability of a value of at most this; of a number or an array."""
        ...

    def quantile(self, share: Any, /) -> Any:
        """The least value that at least this share of values does not exceed."""
        ...

    def virtual(self, value: Any, /) -> Any:
        """The virtual value; of a number or an array."""
        ...

    def ironed(self, value: Any, /) -> Any:
        """The ironed virtual value, which never falls; of a number or an array."""
        ...

    def least(self, level: Any, /) -> Any:
        """The least value whose ironed virtual value is at least this."""
        ...

    def beyond(self, level: Any, /) -> Any:
        """The least value from which on the ironed virtual value is more than this."""
        ...

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...], /) -> FloatArray:
        """Independent values."""
        ...


def is_many(value: object) -> TypeGuard[npt.NDArray[Any]]:
    """Whether this is an array."""
    return isinstance(value, np.ndarray)


def within(number: Any, low: Number, high: Number) -> Any:
    """The nearest number, or array of numbers, between two."""
    if is_many(number):
        return np.clip(number, float(low), float(high))
    return min(max(number, low), high)


def at_least(number: Any, low: Number) -> Any:
    """The nearest number, or array of numbers, that is not lower."""
    return np.maximum(number, float(low)) if is_many(number) else max(number, low)


def like(value: Any, number: Number) -> Number:
    """The number, as a float for an array."""
    return float(number) if is_many(value) else number


def floats(value: Any) -> FloatArray:
    """An array as it is, a number as one without axes."""
    return np.asarray(value if is_many(value) else float(value), np.float64)


def plain(found: Any) -> Any:
    """An array, or the number that one without axes holds."""
    return found if np.ndim(found) else float(found)


def positive(value: object, name: str) -> Number:
    """A positive number of the kind it came in."""
    number = real(value, name)
    if number <= 0:
        raise ValueError(f"{name} is {show(number)}: it must be positive")
    return number
