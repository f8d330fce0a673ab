r"""The Nash rule: build where the product of utilities is largest.

.. math:: f(x) = \arg\max_y \prod_i \bigl(L - |y - x_i|\bigr).

The logarithm of the product is strictly concave between the extreme reports, so the place is one:
a report, or the root of the slope between two reports.  It is fair to like-minded groups and
manipulable.

References
----------
Nash. The Bargaining Problem. Econometrica 18, 1950.
Walsh. Equitable Mechanism Design for Facility Location. arXiv:2506.10460.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..algorithms.log_concave import largest_product
from ..batch import tallied
from ..mechanism import accepts_reports
from ..population import FloatArray, Population, is_array, tally
from ..preferences.single_peaked import Line, Points
from ._batches import Batch, read_batch, sorted_blocks
from ._rows import nash_rows

FEW = 1_000
"""An array of more reports is played in floats."""


@dataclass(frozen=True)
class Nash:
    """The place of the largest product: a `Fraction` where it is rational, otherwise a ball.

    The root of the slope is an algebraic number.  A ball (`Enclosed`) is certain to cover it, to
    the precision in force; of float reports the place is the nearest float.  O(n log n) besides.

    Examples
    --------
    >>> from fractions import Fraction
    >>> Nash()([0, 0, Fraction(7, 12)])
    Fraction(1, 18)
    >>> Nash()([0, 0, 1])
    Fraction(1, 3)
    """

    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("the product of utilities")

    @accepts_reports
    def __call__(self, reports: Points, /) -> Any:
        """Where to build."""
        return largest_product(tally(reports), self.setting.length)

    def of_population(self, population: Population, /) -> Any:
        """The same, for a population; of very many different floats up to rounding.

        O(c log c) for c different reports.
        """
        if is_array(population.values) and len(population.values) > FEW:
            counts = np.asarray(population.multiplicities)
            reports, counts = tallied(population.values, counts)
            place = np.empty(1)
            nash_rows(reports[None, :], counts.astype(float), float(self.setting.length), place)
            return float(place[0])
        return largest_product(tally(population), self.setting.length)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same for each row of a (batch, agents) array, up to rounding.

        O(n log n) a row, and O(n) for each of about ten further steps.
        """
        batch = read_batch(profiles)
        weights = np.ones(batch.shape[1])
        places = np.empty(len(batch))
        for rows, ordered in sorted_blocks(self.setting, batch):
            nash_rows(ordered, weights, float(self.setting.length), places[rows])
        return places
