r"""Average or Random Rank: the mean with some probability, otherwise Random Rank.

.. math:: f(x) = \begin{cases} \frac1n \sum_i x_i & \text{with probability } p, \\
          x_i & \text{with probability } (1 - p)/n \text{ for each } i. \end{cases}

A report that is moved by :math:`t` moves the mean by :math:`t/n`, which gains at most
:math:`p t/n`, and costs :math:`(1 - p) t/n` where it is drawn itself: so it is strategyproof in
expectation exactly for :math:`p \le 1/2`.  The mean, which it may draw, is not strategyproof.

References
----------
Aziz, Lam, Lee, Walsh. Random Rank: The One and Only Strategyproof and Proportionally Fair
Randomized Facility Location Mechanism. arXiv:2205.14798.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .._numbers import real, show
from ..batch import Empirical, Lotteries
from ..declared import Form, Mixed, Ranked, mean, reports
from ..lottery import Finite, mix, sure, uniform
from ..mechanism import Draw, accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch
from ._lotteries import place_or_any
from .mean import Mean
from .order_statistic import OrderStatistic
from .random_rank import RandomRank


@dataclass(frozen=True)
class AverageOrRandomRank:
    """The mean with probability ``weight``, otherwise a uniformly random report.  O(n log n).

    Parameters
    ----------
    weight : Fraction
        Of the mean, above 0 and below 1.
    setting : Line

    Examples
    --------
    >>> print(AverageOrRandomRank()([0, 0, 1]))
    outcome  probability
    -------  -----------
    1/3              1/2
    0                1/3
    1                1/6
    """

    weight: Fraction = Fraction(1, 2)
    setting: Line = Line()

    def __post_init__(self) -> None:
        weight = real(self.weight, "weight")
        if not isinstance(weight, Fraction) or not 0 < weight < 1:
            raise ValueError(f"weight is {show(weight)}: it must be a Fraction above 0 and below 1")
        object.__setattr__(self, "weight", weight)

    def rules(self, agents: int, /) -> Draw[Point, Point]:
        """The mean, and the order statistics."""
        yield self.weight, Mean(self.setting)
        for rank in range(1, agents + 1):
            yield (1 - self.weight) / agents, OrderStatistic(rank, self.setting)

    def declared(self, agents: int, /) -> Form:
        """The rules that are drawn, as terms."""
        every, share = reports(agents), (1 - self.weight) / agents
        ranks = ((share, Ranked(rank, every)) for rank in range(1, agents + 1))
        return Mixed(((self.weight, mean(*every)), *ranks))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Finite[Point]:
        """Where to build, and how likely it is."""
        mean = Mean(self.setting)(reports)
        parts = (self.weight, sure(mean)), (1 - self.weight, uniform(sorted(reports)))
        return mix(parts)

    def of_population(self, population: Population, /) -> Finite[Point] | Empirical:
        """The same, for a population; an `Empirical` lottery of very many different floats."""
        mean = Mean(self.setting).of_population(population)
        return place_or_any(population, mean, self.weight)

    def of_batch(self, profiles: Batch, /) -> Lotteries:
        """The same, for each row of a (batch, agents) array; the mean comes first."""
        ranked = RandomRank(self.setting).of_batch(profiles)
        means = Mean(self.setting).of_batch(profiles)
        outcomes = np.column_stack([means, ranked.outcomes])
        rest = tuple((1 - self.weight) * weight for weight in ranked.weights)
        return Lotteries(outcomes, (self.weight, *rest))
