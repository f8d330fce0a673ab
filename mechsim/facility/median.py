r"""The median: build at the middle report, the lower of the two middle ones for even :math:`n`.

.. math:: f(x) = x_{(\lfloor (n+1)/2 \rfloor)}.

It minimises the total distance to the agents.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._kernels import order_statistic


@dataclass(frozen=True)
class Median:
    """The low median.  O(n log n).

    Examples
    --------
    >>> Median()([0.9, 0.1, 0.4])
    0.4
    """

    setting: Line = Line()

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return sorted(reports)[(len(reports) + 1) // 2 - 1]

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population: O(n) for an array."""
        return order_statistic(population, (len(population) + 1) // 2)
