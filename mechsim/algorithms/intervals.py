r"""How well a mean is known: intervals and bands over independent replications.

Replications :math:`v_1, \dots, v_k` are independent and alike; never the steps of one run, which
are neither.  Every function refuses numbers that are none, as an interval cannot mend them.

References
----------
Stein. A Two-Sample Test for a Linear Hypothesis Whose Power is Independent of the Variance.
Annals of Mathematical Statistics 16, 1945.
Efron, Tibshirani. An Introduction to the Bootstrap. 1993.
Montiel Olea, Plagborg-Moller. Simultaneous Confidence Bands. Journal of Applied Econometrics 34,
2019.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ..population import FloatArray

Values: TypeAlias = Sequence[float] | FloatArray

BLOCK = 2**22
"""So many numbers are resampled at once."""


@dataclass(frozen=True)
class Interval:
    """An estimate, and between which numbers the truth is said to lie.

    Parameters
    ----------
    estimate, low, high : float
    level : float
        How often such an interval covers the truth.
    how : str
        The method, in a word.
    """

    estimate: float
    low: float
    high: float
    level: float
    how: str

    @property
    def half_width(self) -> float:
        """Half its length."""
        return (self.high - self.low) / 2

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        return (
            f"{self.estimate:.4g} ({self.low:.4g} to {self.high:.4g}, {self.level:.4g} {self.how})"
        )


@dataclass(frozen=True, eq=False)
class Band:
    """Intervals for the points of a curve that cover all of them at once, as often as ``level``.

    ``estimate``, ``low`` and ``high`` are (points,) float64 arrays.
    """

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    level: float


def t_interval(values: Values, level: float = 0.95) -> Interval:
    r"""Student's interval for a mean, :math:`\bar v \pm t_{k-1,(1+l)/2}\, s / \sqrt k`.

    Exact for normal replications, and close to it for many of any kind.  A single replication
    tells nothing: its interval has no ends.

    Examples
    --------
    >>> print(t_interval([4.0, 5.0, 6.0]))
    5 (2.516 to 7.484, 0.95 Student)
    """
    numbers = _numbers(values, "values")
    mean = math.fsum(numbers) / len(numbers)
    half = _half_width(numbers, _level(level))
    return Interval(mean, mean - half, mean + half, level, "Student")


def bootstrap_interval(
    values: Values, rng: np.random.Generator, level: float = 0.95, resamples: int = 9_999
) -> Interval:
    """The percentile bootstrap for a mean: of skewed replications it is skewed.

    It is somewhat short for few replications: below 20 prefer `t_interval`.
    """
    numbers = _numbers(values, "values")
    if len(numbers) < 2:
        return Interval(float(numbers[0]), -math.inf, math.inf, level, "bootstrap")
    means = _resampled(numbers, rng, resamples)
    tail = (1 - _level(level)) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(math.fsum(numbers) / len(numbers), float(low), float(high), level, "bootstrap")


def paired_interval(first: Values, second: Values, level: float = 0.95) -> Interval:
    """Student's interval for the mean of ``first - second``, replication by replication.

    Where both were measured on the same random numbers their noise cancels in the difference.
    """
    a, b = _numbers(first, "first"), _numbers(second, "second")
    if len(a) != len(b):
        raise ValueError(f"second has {len(b)} replications: first has {len(a)}")
    return t_interval(a - b, level)


def simultaneous_band(
    curves: FloatArray, rng: np.random.Generator, level: float = 0.95, resamples: int = 9_999
) -> Band:
    r"""A band around the mean curve that covers the whole of the true one.

    :math:`\bar v_j \pm q\, s_j / \sqrt k`, where :math:`q` is the quantile of the largest of
    Student's statistics over all points :math:`j`, as they depend on each other in the
    replications: :math:`\sum_i g_i (v_{ij} - \bar v_j) / s_j \sqrt{k - 1}` with normal
    :math:`g_i`, over the root of :math:`\chi^2_{k-1} / (k - 1)`.  It is wider than intervals for
    each point, and narrower than Bonferroni's where points move together.

    Parameters
    ----------
    curves : (replications, points) float64 array
    rng : numpy Generator
    level : float
    resamples : int
    """
    _numbers(curves.ravel(), "curves")
    if curves.ndim != 2 or len(curves) < 2:
        raise ValueError(
            f"curves has the shape {curves.shape}: it must be (replications, points), at least two"
        )
    mean = curves.mean(axis=0)
    error = curves.std(axis=0, ddof=1) / math.sqrt(len(curves))
    moving = error > 0
    if not moving.any():
        return Band(mean, mean, mean, _level(level))
    count = len(curves)
    standard = (curves - mean)[:, moving] / (error[moving] * math.sqrt(count * (count - 1)))
    largest = np.empty(resamples)
    step = max(1, BLOCK // max(standard.shape))
    for first in range(0, resamples, step):
        block = largest[first : first + step]
        drawn = rng.normal(size=(len(block), count)) @ standard
        np.abs(drawn, out=drawn).max(axis=1, out=block)
    largest /= np.sqrt(rng.chisquare(count - 1, size=resamples) / (count - 1))
    reach = float(np.quantile(largest, _level(level)))
    return Band(mean, mean - reach * error, mean + reach * error, level)


def log_log_slope(x: Values, y: FloatArray, level: float = 0.95) -> Interval:
    r"""The exponent :math:`b` of :math:`y \approx a x^b`: one slope a replication, then Student's.

    Parameters
    ----------
    x : (points,) numbers
        Positive, at least two different.
    y : (replications, points) float64 array
        Positive.

    Examples
    --------
    >>> print(log_log_slope([1, 2, 4], np.array([[3.0, 6.0, 12.0], [1.0, 2.0, 4.0]])))
    1 (1 to 1, 0.95 Student)
    """
    across = _numbers(x, "x")
    if y.ndim != 2 or y.shape[1] != len(across):
        raise ValueError(f"y has the shape {y.shape}: it must be (replications, {len(across)})")
    for name, numbers in (("x", across), ("y", _numbers(y.ravel(), "y"))):
        if numbers.min() <= 0:
            place = int(np.argmin(numbers))
            raise ValueError(f"{name}[{place}] is {numbers[place]}: it must be positive")
    logs = np.log(across) - np.log(across).mean()
    if not logs.any():
        raise ValueError("x has a single number: a slope needs two")
    return t_interval(np.log(y) @ logs / (logs @ logs), level)


def replicates_needed(values: Values, half_width: float, level: float = 0.95) -> int:
    r"""How many replications give Student's interval this half-width, by Stein's two stages.

    :math:`\max(k, \lceil (t_{k-1} s / w)^2 \rceil)`, with the variance of the first :math:`k`: of
    normal replications an interval of half-width :math:`w` around the mean of so many covers at
    least as often as the level says.
    """
    numbers = _numbers(values, "values")
    if len(numbers) < 2:
        raise ValueError(f"values has {len(numbers)} entries: a variance needs two")
    if not half_width > 0:
        raise ValueError(f"half_width is {half_width}: it must be positive")
    here = _half_width(numbers, _level(level))
    return max(len(numbers), math.ceil((here / half_width) ** 2 * len(numbers)))


def _half_width(numbers: FloatArray, level: float) -> float:
    from scipy import special

    count = len(numbers)
    if count < 2:
        return math.inf
    quantile = float(special.stdtrit(count - 1, (1 + level) / 2))
    return quantile * float(numbers.std(ddof=1)) / math.sqrt(count)


def _resampled(numbers: FloatArray, rng: np.random.Generator, resamples: int) -> FloatArray:
    """Means of samples of the replications, with replacement: (resamples,)."""
    count = len(numbers)
    means = np.empty(resamples)
    step = max(1, BLOCK // count)
    for first in range(0, resamples, step):
        block = means[first : first + step]
        numbers[rng.integers(count, size=(len(block), count))].mean(axis=1, out=block)
    return means


def _numbers(values: Values, name: str) -> FloatArray:
    numbers = np.asarray(values, np.float64)
    if numbers.ndim != 1 or not len(numbers):
        raise ValueError(f"{name} has the shape {numbers.shape}: it must be (replications,)")
    finite = np.isfinite(numbers)
    if not finite.all():
        place = int(np.argmin(finite))
        raise ValueError(f"{name}[{place}] is {numbers[place]}: it must be finite")
    return numbers


def _level(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: it must be between 0 and 1")
    return level
