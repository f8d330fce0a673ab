r"""The fair coin on the ends: a nuisance at either end of the line, equally likely.

Nobody can move it, and everybody is half of the line away in expectation, which is at least any
share of distance, so it is strategyproof and 2-UFS in expectation.  The best place has at most
twice its expected welfare, and twice its expected least utility.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..batch import Lotteries
from ..declared import Fixed, Form, any_of
from ..lottery import Finite, uniform
from ..mechanism import Draw, accepts_reports
from ..population import Population
from ..preferences.single_peaked import Line, Point, Points
from ..preferences.tastes import Obnoxious
from ._batches import Batch, blocks, read_batch
from ._ends import ends
from .constant import Constant

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class CoinOnEnds:
    """Each end with probability 1/2, whatever is reported.  O(1).

    Examples
    --------
    >>> print(CoinOnEnds()([0, 0, 1]))
    outcome  probability
    -------  -----------
    0                1/2
    1                1/2
    """

    setting: Line = Line(0, 1, tastes=Obnoxious())

    def __post_init__(self) -> None:
        self.setting.require_bounds("a coin on the ends")

    def rules(self, agents: int, /) -> Draw[Point, Point]:
        """Either end, always."""
        for end in (self.setting.low, self.setting.high):
            yield HALF, Constant(end, self.setting)

    def declared(self, agents: int, /) -> Form:
        """The ends, as terms."""
        return any_of(Fixed(self.setting.low), Fixed(self.setting.high))

    @accepts_reports
    def __call__(self, reports: Points, /) -> Finite[Point]:
        """Where to build, and how likely it is."""
        return self.of_population(Population(reports))

    def of_population(self, population: Population, /) -> Finite[Point]:
        """The same, for a population."""
        return uniform(ends(self.setting, population))

    def of_batch(self, profiles: Batch, /) -> Lotteries:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        for _ in blocks(self.setting, batch):
            pass  # each is read at the door
        low, high = float(self.setting.low), float(self.setting.high)
        return Lotteries(np.tile([low, high], (len(batch), 1)), (HALF, HALF))
