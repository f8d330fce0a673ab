r"""The constrained median: the median, kept away from the ends by as much as fairness asks.

On :math:`[0, 1]` the :math:`n - 1` phantoms are :math:`\lceil (n-1)/2 \rceil` at :math:`1/n` and
the rest at :math:`1 - 1/n`; so

.. math:: f(x) = \mathrm{clip}\Bigl(\mathrm{clip}\bigl(x_{(\lfloor (n+1)/2 \rfloor)},
          \tfrac1n, 1 - \tfrac1n\bigr),\ x_{(1)},\ x_{(n)}\Bigr).

A strategyproof, anonymous and unanimous rule gives each agent its fair share exactly if its
phantoms lie in :math:`[1/n, 1 - 1/n]`; this one has them at the ends of that interval, nearest to
those of the median.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..declared import Term
from ..mechanism import accepts_reports
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch
from ._phantoms import (
    Phantoms,
    declared_median,
    median_of_array,
    median_of_population,
    median_with_phantoms,
    medians_of_batch,
)


@dataclass(frozen=True)
class ConstrainedMedian:
    """The median of ``n`` reports and of phantoms that are ``1/n`` away from the ends.  O(n log n).

    Examples
    --------
    >>> ConstrainedMedian()([0, 0, 1, 1])
    Fraction(1, 4)
    """

    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("the constrained median")

    def phantoms(self, agents: int, /) -> Sequence[Point]:
        """The ``agents - 1`` phantom reports, increasing."""
        low, high = (self.setting.part(k, agents) for k in (1, agents - 1))
        return Phantoms(agents - 1, lambda k: low if k < agents // 2 else high)

    def declared(self, agents: int, /) -> Term:
        """The median of reports and phantoms, as a term."""
        return declared_median(self, agents)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return median_with_phantoms(self, reports)

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        return median_of_population(self, population)

    def of_array(self, reports: FloatArray, /) -> Point:
        """The same, for very many floats, in one pass over them."""
        return median_of_array(self, reports)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        return medians_of_batch(self, profiles)
