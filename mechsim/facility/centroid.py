r"""The centroid: build at the average of all points.

.. math:: f(x) = \frac1n \sum_i x_i.

It minimises the sum of squared Euclidean distances, and is manipulable, as the mean on a line is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.single_peaked import Line
from ..preferences.space import Space
from .coordinatewise_median import UNIT_SQUARE, Reports, by_coordinates


@dataclass(frozen=True)
class Centroid:
    """The mean of each coordinate; exact, and of floats rounded once.  O(d n).

    Examples
    --------
    >>> Centroid(Space((0, 0), (4, 4)))([(0, 1), (2, 4)])
    (Fraction(1, 1), Fraction(5, 2))
    """

    setting: Space | Line = UNIT_SQUARE

    @accepts_reports
    def __call__(self, reports: Reports, /) -> Any:
        """Where to build."""
        return by_coordinates(self.setting, reports, _mean)


def _mean(numbers: Iterable[Number]) -> Number:
    listed = list(numbers)
    exact = sum((Fraction(number) for number in listed), Fraction(0)) / len(listed)
    return float(exact) if any(isinstance(number, float) for number in listed) else exact
