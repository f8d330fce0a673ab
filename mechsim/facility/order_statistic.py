r"""Order statistics: build at the :math:`k`-th smallest report.

.. math:: f(x) = x_{(k)}, \qquad x_{(1)} \le \dots \le x_{(n)}.

Each is anonymous and strategyproof.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from dataclasses import dataclass

from .._numbers import whole
from ..mechanism import accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._kernels import order_statistic


@dataclass(frozen=True)
class OrderStatistic:
    """The ``rank``-th smallest report; rank 1 is the smallest.  O(n log n).

    Examples
    --------
    >>> OrderStatistic(1)([0.9, 0.1, 0.4])
    0.1
    """

    rank: int
    setting: Line = Line()

    def __post_init__(self) -> None:
        whole(self.rank, "rank", least=1)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        if self.rank > len(reports):
            raise ValueError(f"rank is {self.rank}: there are only {len(reports)} reports")
        return sorted(reports)[self.rank - 1]

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population: O(n) for an array."""
        if self.rank > len(population):
            raise ValueError(f"rank is {self.rank}: there are only {len(population)} reports")
        return order_statistic(population, self.rank)
