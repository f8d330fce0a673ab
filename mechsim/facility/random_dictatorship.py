r"""Random dictatorship: build where a uniformly random agent says.

.. math:: f(x) = x_I, \qquad I \sim \mathrm{Uniform}\{1, \dots, n\}.

At every profile its lottery is that of Random Rank.  The rules drawn are not: a dictatorship is
not anonymous.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..batch import Empirical, Lotteries
from ..declared import Form, any_of, reports
from ..lottery import Finite, uniform
from ..mechanism import Draw, accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch
from ._lotteries import any_of_population, any_of_rows
from .dictatorship import Dictatorship


@dataclass(frozen=True)
class RandomDictatorship:
    """Each agent's report with probability ``1/n``.  O(n).

    Examples
    --------
    >>> RandomDictatorship()([1, 0, 1]).probability[1]
    Fraction(2, 3)
    """

    setting: Line = Line()

    def rules(self, agents: int, /) -> Draw[Point, Point]:
        """The dictatorships, equally likely."""
        for agent in range(agents):
            yield Fraction(1, agents), Dictatorship(agent, self.setting)

    def declared(self, agents: int, /) -> Form:
        """The rules that are drawn, as terms."""
        return any_of(*reports(agents))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Finite[Point]:
        """Where to build, and how likely it is."""
        return uniform(reports)

    def of_population(self, population: Population, /) -> Finite[Point] | Empirical:
        """The same, for a population; an `Empirical` lottery of very many different floats."""
        return any_of_population(population)

    def of_batch(self, profiles: Batch, /) -> Lotteries:
        """The same, for each row of a (batch, agents) array."""
        return any_of_rows(self.setting, profiles)
