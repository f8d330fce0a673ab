r"""Weighted ends: a lottery over the ends of the line that leans away from the majority.

With :math:`n_1` agents in the lower half, the middle included, and :math:`n_2` in the upper half,

.. math:: f(x) = \begin{cases} l & \text{with probability }
          \dfrac{2 n_1 n_2 + n_2^2}{n_1^2 + n_2^2 + 4 n_1 n_2}, \\ h & \text{otherwise.} \end{cases}

Whoever crosses the middle brings the facility nearer, so it is strategyproof in expectation.  The
best place has at most 3/2 times its expected welfare.

References
----------
Cheng, Yu, Zhang. Mechanisms for obnoxious facility game on a path. COCOA 2011.
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..lottery import Finite, mix, sure
from ..mechanism import accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ..preferences.tastes import Obnoxious
from ._ends import ends, lower_half


@dataclass(frozen=True)
class WeightedEnds:
    """Either end, the one farther from the majority with the larger probability.  O(n).

    Examples
    --------
    >>> print(WeightedEnds()([0, 0, 1]))
    outcome  probability
    -------  -----------
    0               5/13
    1               8/13
    """

    setting: Line = Line(0, 1, tastes=Obnoxious())

    def __post_init__(self) -> None:
        self.setting.require_bounds("a lottery over the ends")

    @accepts_reports
    def __call__(self, reports: Points, /) -> Finite[Point]:
        """Where to build, and how likely it is."""
        return self.of_population(Population(reports))

    def of_population(self, population: Population, /) -> Finite[Point]:
        """The same, for a population."""
        low, high = ends(self.setting, population)
        lower = lower_half(self.setting, population)
        upper = len(population) - lower
        both = 2 * lower * upper
        chance = Fraction(both + upper**2, lower**2 + upper**2 + 2 * both)
        parts = ((chance, sure(low)), (1 - chance, sure(high)))
        return mix([(p, lottery) for p, lottery in parts if p])
