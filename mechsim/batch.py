"""Many profiles at once: what a mechanism's kernel returns for them.

A kernel takes reports as a ``(batch, agents)`` array.  That of a rule returns the outcomes, a
``(batch,)`` array; that of a mechanism with chance returns `Lotteries`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ._numbers import show
from .lottery import Finite, mix, sure
from .population import CountArray, FloatArray


@dataclass(frozen=True, eq=False)
class Lotteries:
    """In row b, ``outcomes[b, k]`` is drawn with probability ``weights[k]``.

    Parameters
    ----------
    outcomes : (batch, k) float64 array
        Outcomes may coincide within a row.
    weights : tuple of k Fractions
        Positive, the total exactly 1.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> pair = Lotteries(np.array([[0.0, 1.0], [0.5, 0.5]]), (half, half))
    >>> pair.row(1).probability
    mappingproxy({0.5: Fraction(1, 1)})
    """

    outcomes: FloatArray
    weights: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if self.outcomes.ndim != 2 or self.outcomes.shape[1] != len(self.weights):
            raise ValueError(
                f"outcomes has the shape {self.outcomes.shape}: it must be (batch, "
                f"{len(self.weights)}), one column a weight"
            )
        if sum(self.weights) != 1 or min(self.weights) <= 0:
            raise ValueError("weights must be positive and sum to 1")

    def __len__(self) -> int:
        return len(self.outcomes)

    def row(self, b: int) -> Finite[float]:
        """The lottery of profile ``b``, as an exact object."""
        drawn = zip(self.weights, self.outcomes[b].tolist(), strict=True)
        return mix((weight, sure(outcome)) for weight, outcome in drawn)

    def expect(self, values: FloatArray) -> FloatArray:
        """The expectation of ``values``, one for each outcome: (batch, k) to (batch,)."""
        expected: FloatArray = values @ np.array([float(weight) for weight in self.weights])
        return expected

    def sample(self, rng: np.random.Generator, /) -> FloatArray:
        """One draw a row: (batch,)."""
        batch, columns = len(self), np.arange(len(self.weights), dtype=np.int64)
        even = len(set(self.weights)) == 1
        shares = None if even else np.array([float(weight) for weight in self.weights])
        drawn = rng.choice(columns, size=batch, p=shares)
        sampled: FloatArray = self.outcomes[np.arange(batch), drawn]
        return sampled


@dataclass(frozen=True, eq=False)
class Empirical:
    """A lottery over very many floats: ``outcomes[k]`` has the probability ``counts[k] / total``.

    Parameters
    ----------
    outcomes : (k,) float64 array
        Strictly increasing.
    counts : (k,) int64 array
        Positive.

    Examples
    --------
    >>> print(Empirical(np.array([0.0, 0.5, 1.0]), np.array([1, 1, 2])))
    a lottery over 3 places from 0 to 1, expected 0.625
    """

    outcomes: FloatArray
    counts: CountArray

    def __post_init__(self) -> None:
        if self.outcomes.ndim != 1 or self.outcomes.shape != self.counts.shape or not len(self):
            raise ValueError(
                f"outcomes has the shape {self.outcomes.shape} and counts {self.counts.shape}: "
                "both must be (k,), with an outcome"
            )
        if not (np.diff(self.outcomes) > 0).all() or self.counts.min() < 1:
            raise ValueError("outcomes must be strictly increasing, and counts positive")

    def __len__(self) -> int:
        return len(self.outcomes)

    @property
    def total(self) -> int:
        """What the counts add up to."""
        return int(self.counts.sum())

    def expect(self, value: Callable[[float], Any], /) -> Any:
        """The expectation of ``value``, asked of one outcome after the other."""
        outcomes, counts = self.outcomes.tolist(), self.counts.tolist()
        parts = (count * value(outcome) for outcome, count in zip(outcomes, counts, strict=True))
        return sum(parts) / self.total

    def average(self, values: FloatArray) -> float:
        """The expectation of ``values``, one for each outcome: (k,)."""
        return float(np.dot(values, self.counts / self.total))

    def sample(self, rng: np.random.Generator, size: int, /) -> list[float]:
        """``size`` independent draws."""
        places = rng.integers(self.total, size=size)
        drawn = np.searchsorted(np.cumsum(self.counts), places, side="right")
        sampled: list[float] = self.outcomes[drawn].tolist()
        return sampled

    def finite(self) -> Finite[float]:
        """The lottery with its outcomes listed: as many fractions as there are outcomes."""
        total = self.total
        listed = zip(self.outcomes.tolist(), self.counts.tolist(), strict=True)
        return Finite({outcome: Fraction(count, total) for outcome, count in listed})

    def __str__(self) -> str:
        span = f"from {show(float(self.outcomes[0]))} to {show(float(self.outcomes[-1]))}"
        expected = show(self.average(self.outcomes))
        return f"a lottery over {len(self):,} places {span}, expected {expected}"


def tallied(outcomes: FloatArray, counts: CountArray) -> tuple[FloatArray, CountArray]:
    """Different outcomes in increasing order, and what the counts of each add up to."""
    order = np.argsort(outcomes, kind="stable")
    ordered, weights = outcomes[order], counts[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[first], np.add.reduceat(weights, first)
