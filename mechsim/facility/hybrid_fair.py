r"""The fair place of most welfare where some want the facility near and others mind it.

.. math:: f(x) \in \arg\max_{y \in F(x)} \sum_{i \text{ minds}} |y - x_i|
          + \sum_{i \text{ wants}} (L - |y - x_i|),

where :math:`F(x)` are the places that give every group of one kind at one place its share.  Between
the peaks of those who want the facility the welfare is convex, so one of these peaks or an end of
an interval of fair places is best; the lowest, where several are.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from dataclasses import dataclass

from .._numbers import Number, show
from ..axioms.hybrid_share import HybridFairShare
from ..axioms.nuisance_region import HasRegion, Region
from ..mechanism import accepts_reports
from ..objectives import Utilitarian
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ..preferences.tastes import Distance, Hybrid, Obnoxious
from ..setting import Instance
from ._fair_places import best_place, require_share

TWO_UFS = HybridFairShare()


@dataclass(frozen=True)
class HybridFair:
    """The fair place of most welfare, the lowest of several.  O(n^2).

    Parameters
    ----------
    share : axiom
        What is fair: `HybridFairShare`.
    setting : Line
        With two finite ends; its tastes say who minds the facility.

    Examples
    --------
    >>> from fractions import Fraction
    >>> print(HybridFair()([Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)]))
    1/3
    """

    share: HasRegion = TWO_UFS
    setting: Line = Line(0, 1, tastes=Hybrid((0,)))

    def __post_init__(self) -> None:
        require_share(self.share, HasRegion, "HybridFairShare()")
        self.setting.require_bounds("a fair share")
        if not isinstance(self.setting.tastes, (Distance, Obnoxious, Hybrid)):
            raise ValueError(
                f"setting is {show(self.setting)}: its agents must want the facility near or far"
            )

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        tastes = self.setting.tastes
        if not isinstance(tastes, Hybrid):
            tastes = Hybrid(tuple(range(len(reports))) if tastes == Obnoxious() else ())
        return best_place(
            self.share, Utilitarian(), _candidates, self.setting, tastes, Population(reports)
        )


def _candidates(region: Region, instance: Instance) -> list[Number]:
    """The ends of the intervals, and the peaks inside."""
    peaks = sorted(set(instance.profile))
    found: list[Number] = []
    for low, high in region:
        found += [low, *(y for y in peaks if low < y < high), high]
    return found
