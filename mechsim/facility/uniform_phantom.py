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

from dataclasses import dataclass
from fractions import Fraction

from ..mechanism import accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ._kernels import crossing


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

    def phantoms(self, agents: int) -> Points:
        """The ``agents - 1`` phantom reports, increasing."""
        return tuple(self.setting.at(Fraction(k, agents)) for k in range(1, agents))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        agents = len(reports)
        outcome = sorted((*reports, *self.phantoms(agents)))[agents - 1]
        return float(outcome) if any(isinstance(report, float) for report in reports) else outcome

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population: one sort of the values, however many the phantoms."""
        agents = len(population)
        outcome = crossing(population, lambda k: self.setting.at(Fraction(agents - k, agents)))
        return float(outcome) if isinstance(population.values[0], float) else outcome
