r"""The coordinatewise median: in each coordinate, build at the middle report.

.. math:: f(x)_k = \mathrm{med}(x_{1k}, \dots, x_{nk}),

the lower of the two middle ones for even :math:`n`.  It minimises the sum of Manhattan distances,
so by these it is Pareto optimal, and it is strategyproof because each coordinate is.  By Euclidean
distances it is strategyproof too.  In the plane it is in the convex hull of an odd number of
reports, and so Pareto optimal; with an even number, or in more dimensions, it need not be.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
Peters, van der Stel, Storcken. Pareto optimality, anonymity, and strategy-proofness in location
problems. International Journal of Game Theory 21, 1992.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from .._numbers import Number
from ..mechanism import accepts_reports
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..preferences.space import Point, Space
from ._columns import medians_of_columns, medians_of_rows
from .median import Median

Reports: TypeAlias = tuple[Point | Number, ...]
"""Points of a space, or numbers on a line."""

UNIT_SQUARE = Space((0, 0), (1, 1))


@dataclass(frozen=True)
class CoordinatewiseMedian:
    """The low median of each coordinate; on a line, the low median.  O(d n log n).

    An array of very many points is read once, by `of_array`, in O(d n).

    Examples
    --------
    >>> CoordinatewiseMedian(Space((0, 0), (4, 4)))([(0, 1), (2, 4), (3, 0)])
    (Fraction(2, 1), Fraction(1, 1))
    """

    setting: Space | Line = UNIT_SQUARE

    @accepts_reports
    def __call__(self, reports: Reports, /) -> Any:
        """Where to build."""
        return by_coordinates(self.setting, reports, _median)

    def of_array(self, points: Any, /) -> Any:
        """The same, for very many points: an (agents, dimensions) array of floats, read once."""
        if isinstance(self.setting, Line):
            return Median(self.setting).of_array(points)
        require_one(self.setting)
        return medians_of_columns(self.setting, points)

    def of_batch(self, profiles: Any, /) -> FloatArray:
        """The same for each profile of a (batch, agents, dimensions) array: (batch, dimensions).

        On a line a (batch, agents) array becomes a (batch,) array.
        """
        if isinstance(self.setting, Line):
            return Median(self.setting).of_batch(profiles)
        require_one(self.setting)
        return medians_of_rows(self.setting, profiles)


def by_coordinates(setting: Space | Line, reports: Reports, rule: Any) -> Any:
    """The place whose coordinates are what ``rule`` makes of the reports' coordinates.

    Raises
    ------
    ValueError
        If several facilities are built.
    """
    if isinstance(setting, Line):
        return rule(cast("tuple[Number, ...]", reports))
    require_one(setting)
    sides = zip(*cast("tuple[Point, ...]", reports), strict=True)
    return tuple(rule(side) for side in sides)


def require_one(setting: Space) -> None:
    """Raise `ValueError` if several facilities are built."""
    if setting.facilities > 1:
        raise ValueError(f"setting is {setting}: one facility is built, not {setting.facilities}")


def _median(numbers: Iterable[Number]) -> Number:
    ordered = sorted(numbers)
    return ordered[(len(ordered) - 1) // 2]
