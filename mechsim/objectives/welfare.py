r"""Welfare that is to be large: the sum of utilities, the least of them, their product.

.. math:: \sum_i u_i, \qquad \min_i u_i, \qquad \prod_i u_i.

References
----------
Lam, Aziz, Walsh. Nash Welfare and Facility Location. arXiv:2310.04102.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from .._numbers import is_ball
from ..algorithms.log_concave import largest_product
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..setting import Undecided
from ._base import WORTH, Agents, Borne, Measure, Optimum, total
from ._line import (
    best,
    clamp,
    kinks,
    median,
    medians,
    midrange,
    midranges,
    require_nearness,
    wants_nearness,
)

DIGITS = 10**6
"""Bits up to which a product is written out exactly."""

HALVINGS = 60
"""Steps of bisection in a batch: more than a float has bits."""


@dataclass(frozen=True)
class Utilitarian:
    """The sum of all utilities, to be large.

    Examples
    --------
    >>> Utilitarian().of([(1, 2), (3, 1)])
    Fraction(5, 1)
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    minimised: ClassVar[bool] = False
    measure: ClassVar[Measure] = WORTH
    heading: ClassVar[str] = "welfare"

    def of(self, borne: Borne, /) -> Any:
        """The sum.  O(c)."""
        return total(count * worth for worth, count in borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The sum of each row."""
        row: FloatArray = borne.sum(axis=1)
        return row

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The median, because the sum is concave.  O(c log c)."""
        if wants_nearness(line):
            return best(self, line, agents, [clamp(median(agents), low, high)])
        return best(self, line, agents, kinks(line, agents, low, high))

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The medians."""
        return medians(peaks)


@dataclass(frozen=True)
class Egalitarian:
    """The least utility, to be large.

    Examples
    --------
    >>> Egalitarian().of([(1, 2), (3, 1)])
    1
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    minimised: ClassVar[bool] = False
    measure: ClassVar[Measure] = WORTH
    heading: ClassVar[str] = "least utility"

    def of(self, borne: Borne, /) -> Any:
        """The least.  O(c)."""
        return min(worth for worth, _ in borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The least of each row."""
        row: FloatArray = borne.min(axis=1)
        return row

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The midrange, because the least utility is concave.  O(c)."""
        if wants_nearness(line):
            return best(self, line, agents, [clamp(midrange(agents), low, high)])
        return best(self, line, agents, kinks(line, agents, low, high))

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The midranges."""
        return midranges(peaks)


@dataclass(frozen=True)
class NashWelfare:
    """The product of all utilities, to be large.

    Ratios are of products; the n-th root of one is the ratio of the geometric means.

    Examples
    --------
    >>> NashWelfare().of([(Fraction(1, 2), 2), (3, 1)])
    Fraction(3, 4)
    """

    minimised: ClassVar[bool] = False
    measure: ClassVar[Measure] = WORTH
    heading: ClassVar[str] = "Nash welfare"

    def of(self, borne: Borne, /) -> Any:
        """The product.

        Raises
        ------
        Undecided
            If it is exact and takes more than `DIGITS` bits.
        """
        exact = [(worth, count) for worth, count in borne if isinstance(worth, Fraction)]
        if sum(count * worth.denominator.bit_length() for worth, count in exact) > DIGITS:
            raise Undecided(
                f"the product of the utilities takes more than {DIGITS:,} bits: ask for the "
                "geometric mean"
            )
        return math.prod(worth**count for worth, count in borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The product of each row."""
        row: FloatArray = borne.prod(axis=1)
        return row

    def geometric_mean(self, borne: Borne, /) -> float:
        """The geometric mean of the utilities, as a float, also of very many agents."""
        if any(worth <= 0 for worth, _ in borne):
            return 0.0
        agents = sum(count for _, count in borne)
        return math.exp(math.fsum(count * math.log(worth) for worth, count in borne) / agents)

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """Where the slope of the logarithm changes its sign; a ball where that is irrational.

        O(c p) operations on p-bit numbers.
        """
        require_nearness("Nash welfare", line)
        line.require_bounds("a utility that is not negative")
        place = largest_product([(peak, count) for _, peak, count in agents], line.length)
        inside = clamp(place, low, high)
        if is_ball(inside) and not low < inside < high:
            raise Undecided("the best place may be an end: it is irrational and too near to it")
        return best(self, line, agents, [inside])

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The root of the slope of the logarithm, by bisection."""
        low: FloatArray = peaks.min(axis=1)
        high: FloatArray = peaks.max(axis=1)
        length = float(line.length)
        for _ in range(HALVINGS):
            middle: FloatArray = (low + high) / 2
            gap: FloatArray = peaks - middle[:, None]
            with np.errstate(divide="ignore"):
                slope = (np.sign(gap) / (length - np.abs(gap))).sum(axis=1)
            low, high = np.where(slope > 0, middle, low), np.where(slope > 0, high, middle)
        middle = (low + high) / 2
        nearest = np.abs(peaks - middle[:, None]).argmin(axis=1)  # where the root is a peak
        return np.column_stack([middle, peaks[np.arange(len(peaks)), nearest]])
