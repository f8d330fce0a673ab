r"""The mean: build at the average report.

.. math:: f(x) = \frac1n \sum_i x_i.

It minimises the total squared distance and is proportional in every sense, and it is the
standard example of a manipulable mechanism.
"""

import math
from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..population import Population, is_array
from ..preferences.single_peaked import Line, Point, Points
from ._kernels import exact_total


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

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        if is_array(population.values) and len(population.values) == len(population):
            return math.fsum(population.values) / len(population)
        total = exact_total(population)
        floats = any(isinstance(value, float) for value, _ in population.classes())
        return (float(total) if floats else total) / len(population)
