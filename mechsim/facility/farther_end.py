r"""The farther end: keep a nuisance away from the majority.

.. math:: f(x) = \begin{cases} h & \text{if at least as many agents are in the lower half} \\
                               l & \text{otherwise.} \end{cases}

Agents who want the facility far away cannot manipulate it, alone or together, and it gives them a
third of the best total distance.  For agents who want it near it is as wrong as can be: it is not
unanimous, and a report that rises may lower the outcome.

References
----------
Cheng, Yu, Zhang. Mechanisms for obnoxious facility game on a path. COCOA 2011.
"""

from dataclasses import dataclass

import numpy as np

from ..mechanism import accepts_reports
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, read_batch
from ._ends import ends, lower_half, lower_halves


@dataclass(frozen=True)
class FartherEnd:
    """The end that is farther from the majority; the high end if there is none.  O(n).

    Examples
    --------
    >>> FartherEnd()([0.1, 0.2, 0.9])
    1.0
    """

    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("the farther end")

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return self.of_population(Population(reports))

    def of_population(self, population: Population, /) -> Point:
        """The same, for a population."""
        low, high = ends(self.setting, population)
        return high if 2 * lower_half(self.setting, population) >= len(population) else low

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        lower = 2 * lower_halves(self.setting, batch) >= batch.shape[1]
        return np.where(lower, float(self.setting.high), float(self.setting.low))
