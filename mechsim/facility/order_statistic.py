r"""Order statistics: build at the :math:`k`-th smallest report.

.. math:: f(x) = x_{(k)}, \qquad x_{(1)} \le \dots \le x_{(n)}.

Each is anonymous and strategyproof: the median of the reports, of :math:`n - k` phantoms at the low
end of the line, and of :math:`k - 1` at the high end.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .._numbers import whole
from ..declared import Ranked, Term, reports
from ..mechanism import accepts_reports
from ..population import FloatArray, Population, is_array
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, ranked_rows
from ._kernels import order_statistic
from ._phantoms import Phantoms, median_of_array, median_of_population


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

    def phantoms(self, agents: int, /) -> Sequence[Point]:
        """The ``agents - 1`` phantom reports: ``agents - rank`` at the low end, the rest high."""
        self._require(agents)
        low, high = self.setting.low, self.setting.high
        return Phantoms(agents - 1, lambda k: low if k < agents - self.rank else high)

    def declared(self, agents: int, /) -> Term:
        """The rank, as a term."""
        self._require(agents)
        return Ranked(self.rank, reports(agents))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        self._require(len(reports))
        return sorted(reports)[self.rank - 1]

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population: O(n) for an array in which each value counts once."""
        self._require(len(population))
        if is_array(population.values) and len(population.values) == len(population):
            return median_of_population(self, population)
        return order_statistic(population, self.rank)

    def of_array(self, reports: FloatArray, /) -> Point:
        """The same, for very many floats, in one pass over them."""
        return median_of_array(self, reports)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        return ranked_rows(self.setting, profiles, self.rank)

    def _require(self, agents: int) -> None:
        if self.rank > agents:
            raise ValueError(f"rank is {self.rank}: there are only {agents} reports")
