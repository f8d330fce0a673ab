r"""The geometric median: build where the sum of Euclidean distances is least.

.. math:: f(x) \in \arg\min_y \sum_i \lVert y - x_i \rVert_2.

It is anonymous and Pareto optimal, and manipulable: of four agents at the corners of a
quadrilateral it is the crossing of the diagonals, which each of them can turn.
"""

from dataclasses import dataclass
from typing import Any

from ..algorithms import geometric_median as algorithm
from ..mechanism import accepts_reports
from ..preferences.single_peaked import Line
from ..preferences.space import Space
from .coordinatewise_median import UNIT_SQUARE, Reports, require_one


@dataclass(frozen=True)
class GeometricMedian:
    """A place of least total Euclidean distance, the first by coordinates if agents are on several.

    Exact where `mechsim.algorithms.geometric_median` is; elsewhere a place of rational coordinates
    in the convex hull of the agents whose total is the least to 8 digits or more.  Of floats it is
    rounded to floats.

    Examples
    --------
    >>> GeometricMedian(Space((0, 0), (4, 4)))([(0, 0), (4, 0), (4, 4), (0, 2)])
    (Fraction(4, 3), Fraction(4, 3))
    """

    setting: Space | Line = UNIT_SQUARE

    @accepts_reports
    def __call__(self, reports: Reports, /) -> Any:
        """Where to build.

        Raises
        ------
        ValueError
            If several facilities are built.
        """
        on_line = isinstance(self.setting, Line)
        if isinstance(self.setting, Space):
            require_one(self.setting)
        points: Any = [(report,) for report in reports] if on_line else reports
        place: Any = algorithm.geometric_median(points).place
        if any(isinstance(number, float) for point in points for number in point):
            place = tuple(map(float, place))
        return place[0] if on_line else place
