r"""EndPoint: two facilities, at the least and at the greatest report.

.. math:: f(x) = \{x_{(1)},\ x_{(n)}\}.

Nobody can manipulate it: those at the ends have a facility at the door, and the others can only
push one away.  The total distance to the nearest facility is at most :math:`n - 2` times the least
possible one, and the largest distance at most twice; no strategyproof rule without chance does
better for the total.

References
----------
Procaccia, Tennenholtz. Approximate mechanism design without money. EC 2009.
Fotakis, Tzamos. On the power of deterministic mechanisms for facility location games. ACM
Transactions on Economics and Computation 2, 2014.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.space import Point, Space
from ._two_facilities import TWO_ON_A_LINE, Places, require_two


@dataclass(frozen=True)
class EndPoint:
    """The two extreme reports.  O(n).

    Parameters
    ----------
    setting : Space
        Of one dimension, for two facilities; reports are points of one number.

    Examples
    --------
    >>> print(EndPoint().setting.tell(EndPoint()([[3 / 4], [0], [1 / 4]])))
    (0) and (0.75)
    """

    setting: Space = TWO_ON_A_LINE

    def __post_init__(self) -> None:
        require_two(self.setting)

    @accepts_reports
    def __call__(self, reports: tuple[Point, ...], /) -> Places:
        """Where to build."""
        return min(reports), max(reports)
