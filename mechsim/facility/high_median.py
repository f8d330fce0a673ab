r"""The high median: build at the middle report,
the higher of the two middle ones for even :math:`n`.

.. math:: f(x) = x_{(\lfloor n/2 \rfloor + 1)}.

It minimises the total distance to the agents, as the low median does, its mirror image.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..declared import Term
from ..mechanism import accepts_reports
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, read_batch
from .order_statistic import OrderStatistic


@dataclass(frozen=True)
class HighMedian:
    """The high median.  O(n log n).

    Examples
    --------
    >>> HighMedian()([0.9, 0.1, 0.4, 0.5])
    0.5
    """

    setting: Line = Line()

    def phantoms(self, agents: int, /) -> Sequence[Point]:
        """Half of the ``agents - 1`` phantom reports at each end of the line."""
        return self._ranked(agents).phantoms(agents)

    def declared(self, agents: int, /) -> Term:
        """The median, as a term."""
        return self._ranked(agents).declared(agents)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return sorted(reports)[len(reports) // 2]

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        return self._ranked(len(population)).of_population(population)

    def of_array(self, reports: FloatArray, /) -> Point:
        """The same, for very many floats, in one pass over them."""
        return self._ranked(len(reports)).of_array(reports)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        return self._ranked(batch.shape[1]).of_batch(batch)

    def _ranked(self, agents: int) -> OrderStatistic:
        return OrderStatistic(agents // 2 + 1, self.setting)
