"""The ends of a line as places to build, and the halves in which agents are."""

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from ..population import Population
from ..preferences.single_peaked import Line, Point
from ._batches import Batch, blocks, float_ends, read_batch
from ._kernels import has_floats


def ends(setting: Line, population: Population) -> tuple[Point, Point]:
    """The low end and the high end: floats where a report is one."""
    if has_floats(population):
        return float(setting.low), float(setting.high)
    return setting.low, setting.high


def lower_half(setting: Line, population: Population) -> int:
    """How many agents are in the lower half, the middle included."""
    middle = setting.at(Fraction(1, 2))
    return sum(count for report, count in population.classes() if report <= middle)


def lower_halves(setting: Line, profiles: Batch) -> npt.NDArray[np.int64]:
    """The same for each row of a (batch, agents) array: (batch,)."""
    batch = read_batch(profiles)
    _, middle = float_ends(Line(setting.low, setting.at(Fraction(1, 2))))
    counts = np.empty(len(batch), dtype=np.int64)
    for rows, part in blocks(setting, batch):
        counts[rows] = (part <= middle).sum(axis=1)
    return counts
