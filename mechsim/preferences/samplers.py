r"""Populations on a line, as laws that reports are drawn from.

A sampler draws profiles and knows the law of a single report: its mean, and its cumulative
distribution function :math:`F(x) = \Pr[X \le x]`.  Agents are independent unless it says otherwise.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show
from ..population import FloatArray, Population, tally
from ._sampling import Size, inner_ends, ramp, require_interval, require_within, shape, stretch
from .single_peaked import Line

LOOKUP = 2**16
"""A survey of up to this many answers is written out, which makes drawing from it 3x faster."""


class Sampler(Protocol):
    """A law of profiles on a line."""

    @property
    def setting(self) -> Line:
        """The line that reports lie on."""
        ...

    @property
    def independent(self) -> bool:
        """Whether the agents of a profile report independently of one another."""
        ...

    @property
    def mean(self) -> Number:
        """The mean of a report, exact where the parameters are."""
        ...

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """One profile, an ``(agents,)`` array, or several, ``(batch, agents)``.

        Every report is a float that lies on the line.  What is drawn depends on the state of
        ``rng`` and on ``size`` only.
        """
        ...

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """The probability that a report is at most each of ``places``, an array of any shape."""
        ...


@dataclass(frozen=True)
class Uniform:
    """Every place of the line is equally likely.

    Examples
    --------
    >>> Uniform(Line(1, 7)).mean
    Fraction(4, 1)
    """

    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        require_interval(self.setting)

    @property
    def independent(self) -> bool:
        """Agents are independent."""
        return True

    @property
    def mean(self) -> Number:
        """The middle of the line."""
        return (self.setting.low + self.setting.high) / 2

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """Reports.  O(1) each."""
        return stretch(self.setting, rng.random(shape(size)))

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """A straight line from the one end to the other."""
        return ramp(places, *inner_ends(self.setting))


@dataclass(frozen=True)
class Beta:
    r"""The Beta law, stretched over the line: density :math:`\propto t^{a-1} (1-t)^{b-1}`.

    Where :math:`a, b > 1` agents crowd around :math:`(a-1)/(a+b-2)` of the way, and where
    :math:`a, b < 1` they crowd at both ends.

    Parameters
    ----------
    a, b : Number
        Positive.

    Examples
    --------
    >>> Beta(2, 5).mean
    Fraction(2, 7)
    """

    a: Number
    b: Number
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        for name in ("a", "b"):
            object.__setattr__(self, name, real(getattr(self, name), name))
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} is {show(getattr(self, name))}: it must be positive")
        require_interval(self.setting)

    @property
    def independent(self) -> bool:
        """Agents are independent."""
        return True

    @property
    def mean(self) -> Number:
        """The point that lies ``a / (a + b)`` of the way."""
        return self.setting.low + self.setting.length * (self.a / (self.a + self.b))

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """Reports.  O(1) each, about 15 times the work of uniform ones."""
        return stretch(self.setting, rng.beta(float(self.a), float(self.b), shape(size)))

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """The regularised incomplete beta function."""
        from scipy import special

        shares = ramp(places, *inner_ends(self.setting))
        return np.asarray(special.betainc(float(self.a), float(self.b), shares), np.float64)


@dataclass(frozen=True)
class Mixture:
    r"""Every agent draws a part, and then reports by the law of that part.

    .. math:: F(x) = \sum_k w_k F_k(x).

    Parameters
    ----------
    parts : tuple of Sampler
        On this line or an interval of it, with independent agents.
    weights : tuple of Fraction
        Positive and exact, one a part, the total 1.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> Mixture((Beta(2, 8), Beta(8, 2)), (half, half)).mean
    Fraction(1, 2)
    """

    parts: tuple[Sampler, ...]
    weights: tuple[Fraction, ...]
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))
        object.__setattr__(self, "weights", tuple(self.weights))
        require_interval(self.setting)
        if len(self.weights) != len(self.parts):
            raise ValueError(
                f"weights has {len(self.weights)} entries: it must have one for each of the "
                f"{len(self.parts)} parts"
            )
        for k, weight in enumerate(cast(tuple[object, ...], self.weights)):
            if type(weight) not in (int, Fraction) or cast(Fraction, weight) <= 0:
                raise ValueError(
                    f"weights[{k}] is {weight!r}: it must be a positive int or Fraction"
                )
        if sum(self.weights) != 1:
            raise ValueError(f"weights sums to {show(sum(self.weights))}: it must sum to 1")
        for k, part in enumerate(self.parts):
            if not part.independent:
                raise ValueError(f"parts[{k}] is {part}: its agents must be independent")
            require_within(self.setting, part.setting.low, part.setting.high, f"parts[{k}]")

    @property
    def independent(self) -> bool:
        """Agents are independent."""
        return True

    @property
    def mean(self) -> Number:
        """The means of the parts, weighted."""
        weighted = zip(self.weights, self.parts, strict=True)
        return sum((weight * part.mean for weight, part in weighted), Fraction(0))

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """Reports; of each part as many are drawn as are needed."""
        places = np.empty(shape(size))
        steps = np.cumsum([float(weight) for weight in self.weights])[:-1]
        chosen = np.searchsorted(steps, rng.random(places.shape), side="right")
        for k, part in enumerate(self.parts):
            mine = chosen == k
            places[mine] = part.sample(rng, int(np.count_nonzero(mine)))
        return places

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """The laws of the parts, weighted."""
        weighted = zip(self.weights, self.parts, strict=True)
        laws = [float(weight) * part.cdf(places) for weight, part in weighted]
        total: FloatArray = np.sum(laws, axis=0)
        return total


@dataclass(frozen=True)
class Empirical:
    """Agents like those of a survey: every report is one of its answers, all equally likely.

    Parameters
    ----------
    population : Population
        The answers; kept with every value once, in order.

    Examples
    --------
    >>> Empirical(Population((1, 7), (3, 1)), Line(1, 7)).mean
    Fraction(5, 2)
    """

    population: Population
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        given = cast(object, self.population)
        if not isinstance(given, Population):
            raise ValueError(f"population is a {type(given).__name__}: it must be a Population")
        read = self.setting.read(given)
        if isinstance(read.values, np.ndarray):
            values, places = np.unique(read.values, return_inverse=True)
            counts = np.zeros(len(values), np.int64)
            np.add.at(counts, places, np.asarray(read.multiplicities))
            object.__setattr__(self, "population", Population(values, counts))
        else:
            listed: list[tuple[Number, int]] = sorted(tally(read))
            kept = Population(tuple(x for x, _ in listed), tuple(count for _, count in listed))
            object.__setattr__(self, "population", kept)

    @property
    def independent(self) -> bool:
        """Agents are drawn with replacement."""
        return True

    @property
    def mean(self) -> Number:
        """The mean of the answers."""
        values, counts = self._arrays()
        if isinstance(self.population.values, np.ndarray):
            return float(np.average(values, weights=counts))
        total = sum((value * count for value, count in self.population.classes()), Fraction(0))
        return total / len(self.population)

    def sample(self, rng: np.random.Generator, size: Size, /) -> FloatArray:
        """Reports, each with exactly the probability that the counts say."""
        values, counts = self._arrays()
        drawn = rng.integers(0, len(self.population), shape(size))
        if len(self.population) <= LOOKUP:
            return np.repeat(values, counts)[drawn]
        return values[np.searchsorted(np.cumsum(counts), drawn, side="right")]

    def cdf(self, places: npt.ArrayLike, /) -> FloatArray:
        """The share of the answers that are at most each place: a step at each answer."""
        values, counts = self._arrays()
        below = np.concatenate(([0], np.cumsum(counts)))
        reached = np.searchsorted(values, np.asarray(places, np.float64), side="right")
        return below[reached] / len(self.population)

    def _arrays(self) -> tuple[FloatArray, npt.NDArray[np.int64]]:
        """The different answers in order, as floats on the line, and how often each occurs."""
        kept = self.population.values
        values = kept if isinstance(kept, np.ndarray) else np.array([float(x) for x in kept])
        counts = np.asarray(self.population.multiplicities, np.int64)
        return np.clip(values, *inner_ends(self.setting)), counts
