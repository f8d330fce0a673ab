r"""Uniform Phantom: the median of the reports and of equally spaced phantoms.

On :math:`[0, 1]`,

.. math:: f(x) = \mathrm{med}\Bigl(x_1, \dots, x_n, \tfrac1n, \dots, \tfrac{n-1}n\Bigr),

and on another interval the phantoms are spread over it likewise.  It is the only strategyproof
mechanism that satisfies unanimous fair share.

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
class UniformPhantom:
    """The median of ``n`` reports and ``n - 1`` phantoms.  O(n log n).

    Examples
    --------
    >>> UniformPhantom()([0, 0, 1])
    Fraction(1, 3)
    >>> UniformPhantom(Line(1, 7))([1, 1, 7])
    Fraction(3, 1)
    """

    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("Uniform Phantom")

    def phantoms(self, agents: int, /) -> Sequence[Point]:
        """The ``agents - 1`` phantom reports, increasing."""
        return Phantoms(agents - 1, lambda k: self.setting.part(k + 1, agents))

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
