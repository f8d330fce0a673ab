"""Many profiles at once: what a mechanism's kernel returns for them.

A kernel takes reports as a ``(batch, agents)`` array.  That of a rule returns the outcomes, a
``(batch,)`` array; that of a mechanism with chance returns `Lotteries`.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .lottery import Finite, mix, sure
from .population import FloatArray


@dataclass(frozen=True, eq=False)
class Lotteries:
    """In row b, ``outcomes[b, k]`` is drawn with probability ``weights[k]``.

    Parameters
    ----------
    outcomes : (batch, k) float64 array
        Outcomes may coincide within a row.
    weights : tuple of k Fractions
        Positive, the total exactly 1.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> pair = Lotteries(np.array([[0.0, 1.0], [0.5, 0.5]]), (half, half))
    >>> pair.row(1).probability
    mappingproxy({0.5: Fraction(1, 1)})
    """

    outcomes: FloatArray
    weights: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if self.outcomes.ndim != 2 or self.outcomes.shape[1] != len(self.weights):
            raise ValueError(
                f"outcomes has the shape {self.outcomes.shape}: it must be (batch, "
                f"{len(self.weights)}), one column a weight"
            )
        if sum(self.weights) != 1 or min(self.weights) <= 0:
            raise ValueError("weights must be positive and sum to 1")

    def __len__(self) -> int:
        return len(self.outcomes)

    def row(self, b: int) -> Finite[float]:
        """The lottery of profile ``b``, as an exact object."""
        drawn = zip(self.weights, self.outcomes[b].tolist(), strict=True)
        return mix((weight, sure(outcome)) for weight, outcome in drawn)

    def expect(self, values: FloatArray) -> FloatArray:
        """The expectation of ``values``, one for each outcome: (batch, k) to (batch,)."""
        expected: FloatArray = values @ np.array([float(weight) for weight in self.weights])
        return expected
