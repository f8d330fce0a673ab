r"""Random Rank: build at a uniformly random order statistic of the reports.

.. math:: f(x) = x_{(K)}, \qquad K \sim \mathrm{Uniform}\{1, \dots, n\},

where :math:`x_{(1)} \le \dots \le x_{(n)}` are the reports in order.  Each rule drawn is
anonymous and strategyproof, and two groups at two points bear the same expected total cost; no
other lottery over rules does all that.

References
----------
Aziz, Lam, Lee, Walsh. Random Rank: The One and Only Strategyproof and Proportionally
Fair Randomized Facility Location Mechanism. arXiv:2205.14798.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..batch import Empirical, Lotteries
from ..declared import Form, Ranked, any_of, reports
from ..lottery import Finite, uniform
from ..mechanism import Draw, accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch
from ._lotteries import any_of_population, any_of_rows
from .order_statistic import OrderStatistic


@dataclass(frozen=True)
class RandomRank:
    """Each order statistic with probability ``1/n``.  O(n log n).

    Examples
    --------
    >>> print(RandomRank()([1, 0, 1]))
    outcome  probability
    -------  -----------
    0                1/3
    1                2/3
    """

    setting: Line = Line()

    def rules(self, agents: int, /) -> Draw[Point, Point]:
        """The order statistics, equally likely."""
        for rank in range(1, agents + 1):
            yield Fraction(1, agents), OrderStatistic(rank, self.setting)

    def declared(self, agents: int, /) -> Form:
        """The rules that are drawn, as terms."""
        every = reports(agents)
        return any_of(*(Ranked(rank, every) for rank in range(1, agents + 1)))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Finite[Point]:
        """Where to build, and how likely it is."""
        return uniform(sorted(reports))

    def of_population(self, population: Population, /) -> Finite[Point] | Empirical:
        """The same, for a population; an `Empirical` lottery of very many different floats."""
        return any_of_population(population)

    def of_batch(self, profiles: Batch, /) -> Lotteries:
        """The same, for each row of a (batch, agents) array; the outcomes are in no order."""
        return any_of_rows(self.setting, profiles)
