r"""The constant rule: build at a place fixed in advance.

.. math:: f(x) = c.

Nobody can manipulate what listens to nobody; it is not even unanimous.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .._numbers import Number
from ..declared import Fixed, Term
from ..mechanism import accepts_reports
from ..population import FloatArray
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, read_batch


@dataclass(frozen=True)
class Constant:
    """Always ``place``; O(1) once the reports are read.

    Examples
    --------
    >>> Constant(Fraction(1, 2))([0, 0, 1])
    Fraction(1, 2)
    """

    place: Number
    setting: Line = Line()

    def declared(self, agents: int, /) -> Term:
        """The place, as a term."""
        return Fixed(self.place)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        if any(isinstance(report, float) for report in reports):
            return float(self.place)
        return Fraction(self.place)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        for _ in blocks(self.setting, batch):
            pass  # each is read at the door
        return np.full(len(batch), float(self.place))
