r"""The mean: build at the average report.

.. math:: f(x) = \frac1n \sum_i x_i.

It minimises the total squared distance and is proportional in every sense, and it is the
standard example of a manipulable mechanism.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..declared import Term, mean, reports
from ..mechanism import accepts_reports
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, means_of_rows
from ._kernels import exact_total, has_floats


@dataclass(frozen=True)
class Mean:
    """The average report.  O(n); of float reports it is the exact mean, rounded once.

    Examples
    --------
    >>> Mean()([0, 1, 1])
    Fraction(2, 3)
    """

    setting: Line = Line()

    def declared(self, agents: int, /) -> Term:
        """The mean, as a term."""
        return mean(*reports(agents))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        exact = (r if isinstance(r, Fraction) else Fraction(r) for r in reports)
        total = sum(exact, Fraction(0))
        if any(isinstance(report, float) for report in reports):
            return float(total / len(reports))
        return total / len(reports)

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        mean = exact_total(population) / len(population)
        return float(mean) if has_floats(population) else mean

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array, up to rounding."""
        return means_of_rows(self.setting, profiles)
