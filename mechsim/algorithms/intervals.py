"""How well a mean is known: intervals over independent replications."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..population import FloatArray


@dataclass(frozen=True)
class Interval:
    """An estimate, and between which numbers the truth is said to lie.

    ``level`` is how often the interval covers it, ``how`` names the method.
    """

    estimate: float
    low: float
    high: float
    level: float
    how: str

    @property
    def half_width(self) -> float:
        """Half the length."""
        return (self.high - self.low) / 2

    def __str__(self) -> str:
        return f"{self.estimate:.4g} ({self.low:.4g} to {self.high:.4g}, {self.level:.0%})"


def t_interval(values: Sequence[float] | FloatArray, level: float = 0.95) -> Interval:
    r"""Student's interval for a mean, :math:`\bar v \pm t_{k-1} s / \sqrt k`."""
    from scipy import special

    numbers = np.asarray(values, np.float64)
    count, mean = len(numbers), float(numbers.mean())
    if count < 2:
        return Interval(mean, -math.inf, math.inf, level, "Student")
    error = float(numbers.std(ddof=1)) / math.sqrt(count)
    half = error * float(special.stdtrit(count - 1, (1 + level) / 2))
    return Interval(mean, mean - half, mean + half, level, "Student")
