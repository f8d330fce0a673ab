"""Laws of finitely many values."""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ..._numbers import Number, real, show_all, whole
from ...algorithms.ironing import ironed_quantiles, ironed_values, virtual_values
from ...population import FloatArray
from .law import Law, floats, is_many, plain


@dataclass(frozen=True)
class Discrete:
    """Finitely many values, exactly.

    Parameters
    ----------
    values : tuple of Number
        Increasing, from 0 or more.
    chances : tuple of Fraction
        Positive, with total 1.

    Examples
    --------
    >>> tenth = Fraction(1, 10)
    >>> law = Discrete((1, 2, 10), (6 * tenth, 3 * tenth, tenth))
    >>> print(law.virtual(2), law.ironed(2), law.least(0), law.beyond(0))
    -2/3 0 1 10
    """

    values: tuple[Number, ...]
    chances: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        values = tuple(real(v, f"values[{k}]") for k, v in enumerate(self.values))
        if not values or values[0] < 0 or any(a >= b for a, b in pairwise(values)):
            raise ValueError(
                f"values is {show_all(values)}: it must increase strictly from 0 or more"
            )
        chances = tuple(real(p, f"chances[{k}]") for k, p in enumerate(self.chances))
        if len(chances) != len(values):
            raise ValueError(
                f"chances has {len(chances)} entries: it must have one for each of "
                f"{len(values)} values"
            )
        if min(chances) <= 0 or any(isinstance(p, float) for p in chances) or sum(chances) != 1:
            raise ValueError(
                f"chances is {show_all(chances)}: they must be positive fractions with total 1"
            )
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "chances", chances)

    @property
    def support(self) -> tuple[Number, Number]:
        """The first and the last."""
        return self.values[0], self.values[-1]

    @property
    def mean(self) -> Number:
        """The mean."""
        return sum((v * p for v, p in zip(self.values, self.chances, strict=True)), Fraction(0))

    def cdf(self, value: Any, /) -> Any:
        """What the values up to this add up to."""
        below = (Fraction(0), *self._upto)
        if is_many(value):
            found: FloatArray = np.array(list(map(float, below)))[self._place(value, "right")]
            return found
        return below[bisect_right(self.values, value)]

    def quantile(self, share: Any, /) -> Any:
        """The first value up to which chances add up to this."""
        last = len(self.values) - 1
        if is_many(share):
            upto = np.array(list(map(float, self._upto)))
            found: FloatArray = self._array[np.minimum(np.searchsorted(upto, share), last)]
            return found
        return self.values[min(bisect_left(self._upto, share), last)]

    def virtual(self, value: Any, /) -> Any:
        """That of the last value up to this; minus infinity below all."""
        return self._step(value, virtual_values(self.values, self.chances))

    def ironed(self, value: Any, /) -> Any:
        """That of the last value up to this; minus infinity below all."""
        return self._step(value, self._levels)

    def least(self, level: Any, /) -> Any:
        """One of the values; infinity where there is none."""
        return self._reach(level, "left")

    def beyond(self, level: Any, /) -> Any:
        """One of the values; infinity where there is none."""
        return self._reach(level, "right")

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...], /) -> FloatArray:
        """Independent values."""
        return rng.choice(self._array, size, p=[float(p) for p in self.chances])

    @cached_property
    def _array(self) -> FloatArray:
        return np.array([float(v) for v in self.values])

    @cached_property
    def _upto(self) -> tuple[Fraction, ...]:
        return tuple(sum(self.chances[: k + 1], Fraction(0)) for k in range(len(self.chances)))

    @cached_property
    def _levels(self) -> tuple[Number, ...]:
        return ironed_values(self.values, self.chances)

    def _place(self, value: npt.NDArray[Any], side: Any) -> npt.NDArray[np.intp]:
        place: npt.NDArray[np.intp] = np.searchsorted(self._array, value, side)
        return place

    def _step(self, value: Any, levels: tuple[Number, ...]) -> Any:
        steps = (-math.inf, *levels)
        if is_many(value):
            found: FloatArray = np.array(list(map(float, steps)))[self._place(value, "right")]
            return found
        return steps[bisect_right(self.values, value)]

    def _reach(self, level: Any, side: Any) -> Any:
        if is_many(level):
            place = np.searchsorted(np.array(list(map(float, self._levels))), level, side)
            found: FloatArray = np.append(self._array, np.inf)[place]
            return found
        bisect = bisect_left if side == "left" else bisect_right
        return (*self.values, math.inf)[bisect(self._levels, level)]


class Empirical:
    r"""Values that were seen, each equally likely; in floats.

    With the samples :math:`v_{(1)} \ge v_{(2)} \ge \dots` the revenue curve is
    :math:`R_r = r\,v_{(r)}`, and ironed virtual values are the isotonic regression of its steps.
    O(n log n), and O(log n) a question.

    Parameters
    ----------
    samples : array of float
        From 0; at least one.

    Examples
    --------
    >>> law = Empirical([1, 1, 1, 1, 1, 1, 2, 2, 2, 10])
    >>> law.ironed(2.0) == 0, law.least(0.5)
    (True, 10.0)
    """

    def __init__(self, samples: npt.ArrayLike) -> None:
        given = np.asarray(samples)
        if given.ndim != 1 or not len(given) or given.dtype.kind not in "iuf":
            raise ValueError(
                f"samples has the shape {given.shape}: it must be numbers in one dimension, "
                "one at least"
            )
        wrong = ~(np.isfinite(given) & (given >= 0))
        if wrong.any():
            place = int(wrong.argmax())
            raise ValueError(
                f"samples[{place}] is {given[place]}: it must be a finite number, at least 0"
            )
        self.samples: FloatArray = np.sort(given.astype(np.float64))
        self.samples.flags.writeable = False

    @property
    def support(self) -> tuple[Number, Number]:
        """The least and the largest sample."""
        return float(self.samples[0]), float(self.samples[-1])

    @property
    def mean(self) -> Number:
        """The mean of the samples."""
        return float(self.samples.mean())

    def cdf(self, value: Any, /) -> Any:
        """The share of samples up to this."""
        return plain(np.searchsorted(self.samples, floats(value), "right") / len(self.samples))

    def quantile(self, share: Any, /) -> Any:
        """A sample."""
        rank = np.ceil(floats(share) * len(self.samples)).astype(np.intp) - 1
        return plain(self.samples[np.clip(rank, 0, len(self.samples) - 1)])

    def virtual(self, value: Any, /) -> Any:
        """By the next larger sample; minus infinity below all."""
        values, counts = self._tally
        at_least = counts[::-1].cumsum()[::-1]
        gap = np.append(np.diff(values), 0.0)
        return self._step(value, values - gap * (at_least - counts) / counts)

    def ironed(self, value: Any, /) -> Any:
        """That of the last sample up to this; minus infinity below all."""
        return self._step(value, self._levels)

    def least(self, level: Any, /) -> Any:
        """A sample; infinity where there is none."""
        return self._reach(level, "left")

    def beyond(self, level: Any, /) -> Any:
        """A sample; infinity where there is none."""
        return self._reach(level, "right")

    def sample(self, rng: np.random.Generator, size: int | tuple[int, ...], /) -> FloatArray:
        """Samples, drawn again."""
        return rng.choice(self.samples, size)

    @cached_property
    def _tally(self) -> tuple[FloatArray, npt.NDArray[np.intp]]:
        return np.unique(self.samples, return_counts=True)

    @cached_property
    def _levels(self) -> FloatArray:
        values, counts = self._tally
        at_least = counts[::-1].cumsum() / len(self.samples)
        return ironed_quantiles(np.append(0.0, at_least), np.append(0.0, at_least * values[::-1]))[
            ::-1
        ]

    def _step(self, value: Any, levels: FloatArray) -> Any:
        place = np.searchsorted(self._tally[0], floats(value), "right")
        return plain(np.append(-np.inf, levels)[place])

    def _reach(self, level: Any, side: Any) -> Any:
        place = np.searchsorted(self._levels, floats(level), side)
        return plain(np.append(self._tally[0], np.inf)[place])

    def __repr__(self) -> str:
        return f"Empirical({len(self.samples):,} samples)"


def on_grid(law: Law, points: int) -> Discrete:
    """As many equally likely values as ``points``: the medians of parts of equal probability.

    Examples
    --------
    >>> from mechsim.preferences.values import Uniform
    >>> print(*on_grid(Uniform(0, 1), 2).values)
    1/4 3/4
    """
    whole(points, "points", least=1)
    shares = (Fraction(2 * k + 1, 2 * points) for k in range(points))
    values = [real(law.quantile(share), "quantile") for share in shares]
    different = sorted(set(values))
    return Discrete(tuple(different), tuple(Fraction(values.count(v), points) for v in different))
