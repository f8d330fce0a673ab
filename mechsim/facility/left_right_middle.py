r"""Left-right-middle: an end half of the time, otherwise the middle of the two.

.. math:: f(x) = \begin{cases} x_{(1)} & \text{with probability } \frac14, \\
          x_{(n)} & \text{with probability } \frac14, \\
          \frac12 (x_{(1)} + x_{(n)}) & \text{with probability } \frac12. \end{cases}

The expected largest distance is 3/2 of the least possible one, and no lottery that is strategyproof
in expectation does better.  The midrange, which it may draw, is not strategyproof.

References
----------
Procaccia, Tennenholtz. Approximate mechanism design without money. EC 2009.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..batch import Lotteries
from ..declared import Form, Mixed, largest, mean, reports, smallest
from ..lottery import Finite, mix, sure
from ..mechanism import Draw, accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, read_batch
from .midrange import Midrange
from .order_statistic import OrderStatistic

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


@dataclass(frozen=True)
class LeftRightMiddle:
    """Either extreme report with probability 1/4, their midpoint with 1/2.  O(n).

    Examples
    --------
    >>> print(LeftRightMiddle()([0, 0, 1]))
    outcome  probability
    -------  -----------
    0                1/4
    1/2              1/2
    1                1/4
    """

    setting: Line = Line()

    def rules(self, agents: int, /) -> Draw[Point, Point]:
        """The least report, the midrange, the greatest report."""
        yield QUARTER, OrderStatistic(1, self.setting)
        yield HALF, Midrange(self.setting)
        yield QUARTER, OrderStatistic(agents, self.setting)

    def declared(self, agents: int, /) -> Form:
        """The rules that are drawn, as terms."""
        low, high = smallest(*reports(agents)), largest(*reports(agents))
        return Mixed(((QUARTER, low), (HALF, mean(low, high)), (QUARTER, high)))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Finite[Point]:
        """Where to build, and how likely it is."""
        return self._draw(min(reports), Midrange(self.setting)(reports), max(reports))

    def of_population(self, population: Population, /) -> Finite[Point]:
        """The same, for a population."""
        first, last = (
            OrderStatistic(rank, self.setting).of_population(population)
            for rank in (1, len(population))
        )
        return self._draw(first, Midrange(self.setting).of_population(population), last)

    def of_batch(self, profiles: Batch, /) -> Lotteries:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        outcomes = np.empty((len(batch), 3))
        for rows, part in blocks(self.setting, batch):
            low, high = part.min(axis=1), part.max(axis=1)
            outcomes[rows] = np.column_stack([low, low + (high - low) / 2, high])
        return Lotteries(outcomes, (QUARTER, HALF, QUARTER))

    def _draw(self, low: Point, middle: Point, high: Point) -> Finite[Point]:
        return mix(((QUARTER, sure(low)), (HALF, sure(middle)), (QUARTER, sure(high))))
