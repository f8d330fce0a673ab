r"""Inequality of utilities: the Gini index, its complement, and the envy ratio.

.. math:: G(u) = \frac{\sum_{i,j} |u_i - u_j|}{2 n \sum_i u_i}, \qquad 1 - G(u), \qquad
          \max_{i,j} \frac{u_i}{u_j}.

The index of utilities that are all 0 is 1, its complement 0: nobody has anything, and that is to
be avoided.  An agent with nothing envies infinitely, unless nobody has anything.

References
----------
Walsh. Equitable Mechanism Design for Facility Location. arXiv:2506.10460.
Multiple Facility Location Games with Envy Ratio. Algorithmic Aspects in Information and
Management 2020, doi:10.1007/978-3-030-57602-8_23.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from .._numbers import is_ball
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ._base import WORTH, Agents, Borne, Measure, Optimum, are_exact, integers, total
from ._line import all_kinks, best, clamp, kinks, midrange, midranges, wants_nearness


@dataclass(frozen=True)
class Gini:
    """The Gini index of the utilities, to be small: 0 if all have the same.

    Examples
    --------
    >>> Gini().of([(Fraction(1), 1), (Fraction(1, 2), 1)])
    Fraction(1, 6)
    """

    minimised: ClassVar[bool] = True
    measure: ClassVar[Measure] = WORTH
    heading: ClassVar[str] = "Gini"

    def of(self, borne: Borne, /) -> Any:
        """The index.  O(c log c)."""
        return gini(borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The index of each row."""
        return ginis(borne)

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The best kink: between kinks the index is a ratio of two linear functions.

        O(c^3 log c) for c different peaks.
        """
        return best(self, line, agents, kinks(line, agents, low, high))

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The kinks."""
        return all_kinks(line, peaks)


@dataclass(frozen=True)
class ComplementedGini:
    """One less the Gini index of the utilities, to be large.

    Examples
    --------
    >>> ComplementedGini().of([(Fraction(1), 1), (Fraction(1, 2), 1)])
    Fraction(5, 6)
    """

    minimised: ClassVar[bool] = False
    measure: ClassVar[Measure] = WORTH
    heading: ClassVar[str] = "1 - Gini"

    def of(self, borne: Borne, /) -> Any:
        """The complement.  O(c log c)."""
        return 1 - gini(borne)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The complement of each row."""
        return 1 - ginis(borne)

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The best kink, as for `Gini`."""
        return best(self, line, agents, kinks(line, agents, low, high))

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The kinks."""
        return all_kinks(line, peaks)


@dataclass(frozen=True)
class EnvyRatio:
    """The largest utility over the least, to be small.

    Examples
    --------
    >>> EnvyRatio().of([(Fraction(1), 1), (Fraction(1, 2), 1)])
    Fraction(2, 1)
    """

    minimised: ClassVar[bool] = True
    measure: ClassVar[Measure] = WORTH
    heading: ClassVar[str] = "envy ratio"

    def of(self, borne: Borne, /) -> Any:
        """The quotient of the extremes; infinite if only some have nothing.  O(c)."""
        least, most = min(worth for worth, _ in borne), max(worth for worth, _ in borne)
        if least > 0:
            return most / least
        return math.inf if most > 0 else Fraction(1)

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The quotient of the extremes of each row."""
        least, most = borne.min(axis=1), borne.max(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(most > 0, most / least, 1.0)

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """The midrange: a step away from it takes as much from the least as from any other.  O(c).

        So the quotient grows on either side of the midrange.
        """
        if wants_nearness(line):
            return best(self, line, agents, [clamp(midrange(agents), low, high)])
        return best(self, line, agents, kinks(line, agents, low, high))

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """The midranges."""
        return midranges(peaks)


def gini(borne: Borne) -> Any:
    """The Gini index of numbers that are not negative; 1 if all are 0."""
    if any(is_ball(number) for number, _ in borne):  # balls that overlap are in no order
        return _gini_by_pairs(borne)
    if are_exact(number for number, _ in borne):  # the index does not depend on the unit
        whole, _ = integers([number for number, _ in borne])
        gaps, most = _gaps(zip(whole, (count for _, count in borne), strict=True))
        return Fraction(gaps, most) if most else Fraction(1)
    gaps, most = _gaps(borne)
    return gaps / most if most else Fraction(1)


def _gini_by_pairs(borne: Borne) -> Any:
    gaps = total(m * k * abs(a - b) for n, (a, m) in enumerate(borne) for b, k in borne[:n])
    agents = sum(count for _, count in borne)
    return gaps / (agents * total(count * number for number, count in borne))


def _gaps(borne: Iterable[tuple[Any, int]]) -> tuple[Any, Any]:
    """The sum of all differences, each pair once, and what it is at most."""
    seen = below = gaps = 0
    for number, count in sorted(borne):
        gaps += count * (seen * number - below)
        below += count * number
        seen += count
    return gaps, seen * below


def ginis(borne: FloatArray) -> FloatArray:
    """The Gini index of each row, (batch, agents) to (batch,)."""
    agents = borne.shape[1]
    weights = np.arange(1 - agents, agents + 1, 2, dtype=np.float64)
    whole = borne.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, np.sort(borne, axis=1) @ weights / (agents * whole), 1.0)
