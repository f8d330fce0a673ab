r"""The mean: build at the average report.

.. math:: f(x) = \frac1n \sum_i x_i.

It minimises the total squared distance and is proportional in every sense, and it is the
standard example of a manipulable mechanism.
"""

import math
from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.single_peaked import Line, Point, Points


@dataclass(frozen=True)
class Mean:
    """The average report.  O(n); float reports are summed without intermediate rounding.

    Examples
    --------
    >>> Mean()([0, 1, 1])
    Fraction(2, 3)
    """

    setting: Line = Line()

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        if all(isinstance(report, float) for report in reports):
            return math.fsum(reports) / len(reports)
        return sum(sorted(reports)) / len(reports)
