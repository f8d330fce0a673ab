"""Laws with a density."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from ..._numbers import Number, real, show
from ...population import FloatArray
from ._ironed import Ironed
from .law import at_least, floats, like, plain, positive, within


@dataclass(frozen=True)
class Uniform:
    r"""Every value between two is equally likely: :math:`\varphi(v) = 2v - \text{high}`.

    Examples
    --------
    >>> law = Uniform(0, 1)
    >>> print(law.ironed(Fraction(3, 4)), law.least(0))
    1/2 1/2
    """

    low: Number = Fraction(0)
    high: Number = Fraction(1)

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            object.__setattr__(self, name, real(getattr(self, name), name))
        if not 0 <= self.low < self.high:
            raise ValueError(
                f"low is {show(self.low)} and high {show(self.high)}: it must be 0 <= low < high"
            )

    @property
    def support(self) -> tuple[Number, Number]:
        """From low to high."""
        return self.low, self.high

    @property
    def mean(self) -> Number:
        """The middle."""
        return (self.low + self.high) / 2

    def cdf(self, value: Any, /) -> Any:
        """A straight line."""
        low, high = like(value, self.low), like(value, self.high)
        return within((value - low) / (high - low), Fraction(0), Fraction(1))

    def density(self, value: Any, /) -> Any:
        """The same everywhere."""
        inside = (value >= self.low) & (value <= self.high)
        return inside / like(value, self.high - self.low)

    def quantile(self, share: Any, /) -> Any:
        """A straight line."""
        return like(share, self.low) + share * like(share, self.high - self.low)

    def virtual(self, value: Any, /) -> Any:
        """A straight line of slope 2."""
        return 2 * value - like(value, self.high)

    def ironed(self, value: Any, /) -> Any:
        """The virtual value, as it rises."""
        return self.virtual(value)

    def least(self, level: Any, /) -> Any:
        """The value with this virtual value, or the lowest."""
        return at_least((level + like(level, self.high)) / 2, self.low)

    def beyond(self, level: Any, /) -> Any:
        """The same, as the virtual value rises strictly."""
        return self.least(level)

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...], /) -> FloatArray:
        """Independent values."""
        return rng.uniform(float(self.low), float(self.high), size)


@dataclass(frozen=True)
class Exponential:
    r"""Density :math:`\lambda e^{-\lambda v}`: :math:`\varphi(v) = v - 1/\lambda`.

    Examples
    --------
    >>> print(Exponential(2).least(0))
    1/2
    """

    rate: Number = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", positive(self.rate, "rate"))

    @property
    def support(self) -> tuple[Number, Number]:
        """From 0."""
        return Fraction(0), math.inf

    @property
    def mean(self) -> Number:
        """One over the rate."""
        return 1 / self.rate

    def cdf(self, value: Any, /) -> Any:
        """In floats."""
        return plain(-np.expm1(-float(self.rate) * np.maximum(floats(value), 0.0)))

    def density(self, value: Any, /) -> Any:
        """In floats."""
        rate, values = float(self.rate), floats(value)
        return plain(np.where(values < 0, 0.0, rate * np.exp(-rate * np.maximum(values, 0.0))))

    def quantile(self, share: Any, /) -> Any:
        """In floats."""
        return plain(-np.log1p(-floats(share)) / float(self.rate))

    def virtual(self, value: Any, /) -> Any:
        """The value less the mean."""
        return value - like(value, 1 / self.rate)

    def ironed(self, value: Any, /) -> Any:
        """The virtual value, as it rises."""
        return self.virtual(value)

    def least(self, level: Any, /) -> Any:
        """The value with this virtual value, or 0."""
        return at_least(level + like(level, 1 / self.rate), Fraction(0))

    def beyond(self, level: Any, /) -> Any:
        """The same, as the virtual value rises strictly."""
        return self.least(level)

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...], /) -> FloatArray:
        """Independent values."""
        return rng.exponential(1 / float(self.rate), size)


@dataclass(frozen=True)
class Lognormal:
    r"""The logarithm is normal.  Virtual values may fall for large ``sigma``, and are ironed.

    Between :math:`2^{12}` quantiles, so that the ends of an interval of one ironed value are known
    to one of these.

    Parameters
    ----------
    mu, sigma : Number
        Mean and standard deviation of the logarithm; ``sigma`` is positive.

    Examples
    --------
    >>> law = Lognormal(0, 1)
    >>> round(law.least(0), 4), bool(abs(law.virtual(law.least(0))) < 1e-9)
    (1.3534, True)
    """

    mu: Number = Fraction(0)
    sigma: Number = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mu", real(self.mu, "mu"))
        object.__setattr__(self, "sigma", positive(self.sigma, "sigma"))

    @property
    def support(self) -> tuple[Number, Number]:
        """From 0."""
        return Fraction(0), math.inf

    @property
    def mean(self) -> Number:
        """``exp(mu + sigma^2 / 2)``."""
        return math.exp(float(self.mu) + float(self.sigma) ** 2 / 2)

    def cdf(self, value: Any, /) -> Any:
        """In floats."""
        from scipy.special import ndtr

        return plain(ndtr(self._normal(value)))

    def density(self, value: Any, /) -> Any:
        """In floats."""
        values = floats(value)
        z = self._normal(values)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.exp(-z * z / 2) / (values * float(self.sigma) * math.sqrt(2 * math.pi))
        return plain(np.where(values > 0, found, 0.0))

    def quantile(self, share: Any, /) -> Any:
        """In floats."""
        from scipy.special import ndtri

        return plain(np.exp(float(self.mu) + float(self.sigma) * ndtri(floats(share))))

    def virtual(self, value: Any, /) -> Any:
        """In floats; minus infinity at 0."""
        from scipy.special import erfcx

        values = floats(value)
        mills = math.sqrt(math.pi / 2) * erfcx(self._normal(values) / math.sqrt(2))
        with np.errstate(invalid="ignore", over="ignore"):
            found = values * (1 - float(self.sigma) * mills)
        return plain(np.where(values > 0, found, -np.inf))

    def ironed(self, value: Any, /) -> Any:
        """The virtual value where it rises, and one number wherever it was ironed."""
        return self._ironed.level(floats(value), self.virtual)

    def least(self, level: Any, /) -> Any:
        """By bisection, in floats."""
        return self._ironed.least(floats(level), self.virtual, strictly=False)

    def beyond(self, level: Any, /) -> Any:
        """By bisection, in floats."""
        return self._ironed.least(floats(level), self.virtual, strictly=True)

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...], /) -> FloatArray:
        """Independent values."""
        return rng.lognormal(float(self.mu), float(self.sigma), size)

    def _normal(self, value: Any) -> FloatArray:
        with np.errstate(divide="ignore"):
            z: FloatArray = np.log(np.maximum(floats(value), 0.0))
        return (z - float(self.mu)) / float(self.sigma)

    @cached_property
    def _ironed(self) -> Ironed:
        return Ironed.of(self)
