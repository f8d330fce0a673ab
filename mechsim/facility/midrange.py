r"""The midrange: build halfway between the extreme reports.

.. math:: f(x) = \tfrac12 \bigl(\min_i x_i + \max_i x_i\bigr).

It minimises the largest distance, and maximises the least utility; whoever is at an end can drag it
along.
"""

from dataclasses import dataclass

import numpy as np

from ..declared import Term, largest, mean, reports, smallest
from ..mechanism import accepts_reports
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, read_batch


@dataclass(frozen=True)
class Midrange:
    """Halfway between the extremes.  O(n).

    Examples
    --------
    >>> from fractions import Fraction
    >>> Midrange()([0, Fraction(1, 4), 1])
    Fraction(1, 2)
    """

    setting: Line = Line()

    def declared(self, agents: int, /) -> Term:
        """The mean of the ends, as a term."""
        ends = reports(agents)
        return mean(smallest(*ends), largest(*ends))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        low, high = min(reports), max(reports)
        middle = low + (high - low) / 2
        return float(middle) if any(isinstance(report, float) for report in reports) else middle

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        values = population.values
        if isinstance(values, np.ndarray):
            low, high = float(values.min()), float(values.max())
            return low + (high - low) / 2
        return self(tuple(values))

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        places = np.empty(len(batch))
        for rows, part in blocks(self.setting, batch):
            low = part.min(axis=1)
            places[rows] = low + (part.max(axis=1) - low) / 2
        return places
