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
from ..mechanism import accepts_reports
from ..population import FloatArray, Population, tally
from ..preferences.single_peaked import Line, Points
from ._batches import Batch, read_batch, sorted_blocks

HALVINGS = 60
"""Steps of bisection: to the last bits of a float."""


@dataclass(frozen=True)
class Nash:
    """The place of the largest product: a `Fraction` where it is rational, otherwise a ball.

    The root of the slope is an algebraic number.  A ball (`flint.arb`) encloses it, to the
    precision in force; of float reports the place is the nearest float.  O(n log n) besides.

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
        """The same, for a population: O(c log c) for c different reports."""
        return largest_product(tally(population), self.setting.length)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same for each row of a (batch, agents) array, up to rounding.  O(n) a halving."""
        batch = read_batch(profiles)
        length = float(self.setting.length)
        places = np.empty(len(batch))
        for rows, ordered in sorted_blocks(self.setting, batch):
            low, high = ordered[:, 0].copy(), ordered[:, -1].copy()
            with np.errstate(divide="ignore"):
                for _ in range(HALVINGS):
                    middle = (low + high) / 2
                    away = ordered - middle[:, None]
                    rising = (np.sign(away) / (length - np.abs(away))).sum(axis=1) > 0
                    low, high = np.where(rising, middle, low), np.where(rising, high, middle)
            places[rows] = np.clip((low + high) / 2, ordered[:, 0], ordered[:, -1])
        return places
