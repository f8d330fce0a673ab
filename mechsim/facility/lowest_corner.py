r"""The lowest corner: in each coordinate, build at the least report.

.. math:: f(x)_k = \min_i x_{ik}.

Every coordinatewise order statistic is strategyproof and anonymous; those that are not the median
are not Pareto optimal, and this is the extreme one.
"""

from dataclasses import dataclass
from typing import Any

from ..mechanism import accepts_reports
from ..preferences.single_peaked import Line
from ..preferences.space import Space
from .coordinatewise_median import UNIT_SQUARE, Reports, by_coordinates


@dataclass(frozen=True)
class LowestCorner:
    """The least of each coordinate.  O(d n).

    Examples
    --------
    >>> LowestCorner(Space((0, 0), (4, 4)))([(0, 1), (2, 4), (3, 0)])
    (Fraction(0, 1), Fraction(0, 1))
    """

    setting: Space | Line = UNIT_SQUARE

    @accepts_reports
    def __call__(self, reports: Reports, /) -> Any:
        """Where to build."""
        return by_coordinates(self.setting, reports, min)
