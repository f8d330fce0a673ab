r"""Utilitarian-optimal fairness for a nuisance: of the fair places the one of most distance in all.

.. math:: f(x) \in \arg\max_{y \in F(x)} \sum_i |y - x_i|,

where :math:`F(x)` are the places that satisfy a share of distance: 2-IFS leaves everybody
:math:`L / 2n`, 2-UFS leaves every group at one place :math:`L |S| / 2n`.  The sum is convex in
:math:`y`, so an end of an interval of fair places is best; the lowest, where several are.

The best place of all has at most twice the welfare, for an even number of agents, and
:math:`2 n^2 / (n^2 + 1)` times as much for an odd one.  Agents can manipulate it.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from dataclasses import dataclass

from .._numbers import Number
from ..axioms.nuisance_region import Region
from ..axioms.nuisance_share import IndividualNuisanceShare
from ..mechanism import accepts_reports
from ..objectives import Utilitarian
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ..preferences.tastes import Obnoxious
from ..setting import Instance
from ._batches import Batch
from ._fair_places import NuisanceShare, best_of_rows, best_place, nuisance_line, require_share
from ._fair_places_kernels import farthest_in_total

TWO_IFS = IndividualNuisanceShare()


@dataclass(frozen=True)
class UtilitarianFair:
    """The fair place of the largest total distance, the lowest of several.  O(c^2) for c places.

    Parameters
    ----------
    share : axiom
        What is fair: `IndividualNuisanceShare` (2-IFS, the default), `UnanimousNuisanceShare`
        (2-UFS) or `ProportionalNuisanceShare`.
    setting : Line
        With two finite ends.

    Raises
    ------
    ValueError
        If no place is fair, which cannot happen for 2-IFS and 2-UFS.

    Examples
    --------
    >>> from fractions import Fraction
    >>> print(UtilitarianFair()([Fraction(1, 8), Fraction(7, 8)]))
    3/8
    """

    share: NuisanceShare = TWO_IFS
    setting: Line = Line(0, 1, tastes=Obnoxious())

    def __post_init__(self) -> None:
        require_share(self.share, NuisanceShare, "IndividualNuisanceShare()")
        nuisance_line(self.setting)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return self.of_population(Population(reports))

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        line = nuisance_line(self.setting)
        return best_place(self.share, Utilitarian(), _ends, line, line.tastes, population)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array.  O(n log n) a row."""
        return best_of_rows(
            self.share, self.setting, profiles, farthest_in_total, self.of_population
        )


def _ends(region: Region, instance: Instance) -> list[Number]:
    return [end for stretch in region for end in stretch]
