r"""Costs that are to be small: their sum, the largest of them, the sum of their squares.

.. math:: \sum_i d_i, \qquad \max_i d_i, \qquad \sum_i d_i^2.

On a line the median minimises the first, the midrange the second, the mean the third.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..preferences.space import Point, Space
from ._base import COST, Agents, Borne, Measure, Optimum, total
from ._line import (
    best,
    clamp,
    kinks,
    mean,
    median,
    medians,
    midrange,
    midranges,
    require_nearness,
    wants_nearness,
)
from ._space import least_radius, least_total


@dataclass(frozen=True)
class TotalCost:
    """The sum of all costs, to be small.

    Examples
    --------
    >>> TotalCost().of([(1, 2), (3, 1)])
    Fraction(5, 1)
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    minimised: ClassVar[bool] = True
    measure: ClassVar[Measure] = COST
    heading: ClassVar[str] = "total cost"

    def of(self, borne: Borne, /) -> Any:
        """The sum.  O(c)."""
        return total(count * cost for cost, count in borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The sum of each row."""
        row: FloatArray = borne.sum(axis=1)
        return row

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The median, because the sum is convex.  O(c log c)."""
        if wants_nearness(line):
            return best(self, line, agents, [clamp(median(agents), low, high)])
        return best(self, line, agents, kinks(line, agents, low, high))

    def place_in_space(self, space: Space, points: Sequence[Point], /) -> Any:
        """The geometric median, or by Manhattan distances the median of each coordinate."""
        return least_total(space, points)

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The medians."""
        return medians(peaks)


@dataclass(frozen=True)
class MaxCost:
    """The largest cost, to be small.

    Examples
    --------
    >>> MaxCost().of([(1, 2), (3, 1)])
    3
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    minimised: ClassVar[bool] = True
    measure: ClassVar[Measure] = COST
    heading: ClassVar[str] = "max cost"

    def of(self, borne: Borne, /) -> Any:
        """The largest.  O(c)."""
        return max(cost for cost, _ in borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The largest of each row."""
        row: FloatArray = borne.max(axis=1)
        return row

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The midrange, because the largest distance is convex.  O(c)."""
        if wants_nearness(line):
            return best(self, line, agents, [clamp(midrange(agents), low, high)])
        return best(self, line, agents, kinks(line, agents, low, high))

    def place_in_space(self, space: Space, points: Sequence[Point], /) -> Point:
        """The centre of the smallest ball around all.  O(n^(d+2)) by Euclidean distances."""
        return least_radius(space, points)

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The midranges."""
        return midranges(peaks)


@dataclass(frozen=True)
class SquaredCost:
    """The sum of all squared costs, to be small.

    Examples
    --------
    >>> SquaredCost().of([(1, 2), (3, 1)])
    Fraction(11, 1)
    """

    minimised: ClassVar[bool] = True
    measure: ClassVar[Measure] = COST
    heading: ClassVar[str] = "squared cost"

    def of(self, borne: Borne, /) -> Any:
        """The sum of squares.  O(c)."""
        return total(count * cost * cost for cost, count in borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The sum of squares of each row."""
        row: FloatArray = (borne * borne).sum(axis=1)
        return row

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The mean, because the sum of squares is convex.  O(c)."""
        require_nearness("the squared cost", line)
        return best(self, line, agents, [clamp(mean(agents), low, high)])

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The means."""
        means: FloatArray = peaks.mean(axis=1, keepdims=True)
        return means
