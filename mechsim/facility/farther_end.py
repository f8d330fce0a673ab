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
from fractions import Fraction

import numpy as np

from ..mechanism import accepts_reports
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, float_ends, read_batch


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
        middle = self.setting.at(Fraction(1, 2))
        low = sum(count for report, count in population.classes() if report <= middle)
        end = self.setting.high if 2 * low >= len(population) else self.setting.low
        return (
            float(end)
            if any(isinstance(report, float) for report, _ in population.classes())
            else end
        )

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        batch = read_batch(profiles)
        _, middle = float_ends(Line(self.setting.low, self.setting.at(Fraction(1, 2))))
        places = np.empty(len(batch))
        for rows, part in blocks(self.setting, batch):
            lower = 2 * (part <= middle).sum(axis=1) >= batch.shape[1]
            places[rows] = np.where(lower, float(self.setting.high), float(self.setting.low))
        return places
