r"""Egalitarian-optimal fairness for a nuisance: the fair place farthest from who is nearest.

.. math:: f(x) \in \arg\max_{y \in F(x)} \min_i |y - x_i|,

where :math:`F(x)` are the places that satisfy a share of distance.  An end of an interval of fair
places is best, or the middle between two neighbouring agents; the lowest, where several are.

With 2-IFS, which a best place of all satisfies, nothing is lost; with 2-UFS the best place of all
may have :math:`n - 1` times the least distance.  Agents can manipulate it.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from dataclasses import dataclass
from itertools import pairwise

from .._numbers import Number
from ..axioms.intervals import standing
from ..axioms.nuisance_region import Region
from ..axioms.nuisance_share import UnanimousNuisanceShare
from ..mechanism import accepts_reports
from ..objectives import Egalitarian
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ..preferences.tastes import Obnoxious
from ..setting import Instance
from ._batches import Batch
from ._fair_places import NuisanceShare, best_of_rows, best_place, nuisance_line, require_share
from ._fair_places_kernels import farthest_from_nearest

TWO_UFS = UnanimousNuisanceShare()


@dataclass(frozen=True)
class EgalitarianFair:
    """The fair place of the largest least distance, the lowest of several.  O(c^2) for c places.

    Parameters
    ----------
    share : axiom
        What is fair: `UnanimousNuisanceShare` (2-UFS, the default), `IndividualNuisanceShare`
        (2-IFS) or `ProportionalNuisanceShare`.
    setting : Line
        With two finite ends.

    Raises
    ------
    ValueError
        If no place is fair, which cannot happen for 2-IFS and 2-UFS.

    Examples
    --------
    >>> from fractions import Fraction
    >>> print(EgalitarianFair()([Fraction(1, 8), Fraction(7, 8)]))
    1/2
    """

    share: NuisanceShare = TWO_UFS
    setting: Line = Line(0, 1, tastes=Obnoxious())

    def __post_init__(self) -> None:
        require_share(self.share, NuisanceShare, "UnanimousNuisanceShare()")
        nuisance_line(self.setting)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return self.of_population(Population(reports))

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        line = nuisance_line(self.setting)
        return best_place(self.share, Egalitarian(), _candidates, line, line.tastes, population)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array.  O(n log n) a row."""
        return best_of_rows(
            self.share, self.setting, profiles, farthest_from_nearest, self.of_population
        )


def _candidates(region: Region, instance: Instance) -> list[Number]:
    """The ends of the intervals, and the middles between neighbours that lie inside."""
    places, _ = standing(instance.reports)
    middles = [a + (b - a) / 2 for a, b in pairwise(places)]
    found: list[Number] = []
    for low, high in region:
        found += [low, *(y for y in middles if low < y < high), high]
    return found
