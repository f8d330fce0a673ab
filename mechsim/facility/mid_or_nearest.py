r"""Mid-or-nearest: build in the middle of the line, or as near to it as somebody is.

On :math:`[0, 1]` all :math:`n - 1` phantoms are at 1/2; so

.. math:: f(x) = \mathrm{clip}\bigl(\tfrac12,\ x_{(1)},\ x_{(n)}\bigr).

The middle if agents are on both sides of it, otherwise the agent nearest to it.

References
----------
Walsh. Equitable Mechanism Design for Facility Location. arXiv:2506.10460.
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
class MidOrNearest:
    """The middle of the line, clipped to where the agents are.  O(n log n).

    Examples
    --------
    >>> MidOrNearest()([0, 0, 1])
    Fraction(1, 2)
    >>> MidOrNearest()([0.1, 0.2, 0.4])
    0.4
    """

    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("mid-or-nearest")

    def phantoms(self, agents: int, /) -> Sequence[Point]:
        """The ``agents - 1`` phantom reports, all in the middle."""
        middle = self.setting.part(1, 2)
        return Phantoms(agents - 1, lambda k: middle)

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
