r"""Phantom medians: build at the median of the reports and of phantoms fixed in advance.

.. math:: f(x) = \mathrm{med}(x_1, \dots, x_n, p_0, \dots, p_n),
          \qquad p_0 \le \dots \le p_n.

These are all the anonymous rules that are strategyproof for single-peaked preferences.  With
:math:`p_0` and :math:`p_n` at the ends of the line, which may be left out then, they are those that
are also onto.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

from dataclasses import dataclass
from fractions import Fraction

from .._numbers import real, sequence, show
from ..declared import Term
from ..mechanism import accepts_reports
from ..population import FloatArray
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch
from ._phantoms import declared_median, falling, median_with_phantoms, medians_of_batch


@dataclass(frozen=True)
class PhantomMedian:
    """The median of the reports and of phantoms at ``shares`` of the line.  O(n log n).

    Parameters
    ----------
    shares : tuple of Number
        Where the phantoms are, from 0 at the low end of the line to 1 at the high end, increasing;
        one fewer than agents, or one more.
    setting : Line
        An interval.

    Examples
    --------
    >>> PhantomMedian((Fraction(1, 2),))([0, 1])
    Fraction(1, 2)
    >>> PhantomMedian((0, Fraction(1, 4), 1, 1))([0, 0, 1])
    Fraction(1, 4)
    """

    shares: tuple[Point, ...]
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("a phantom median")
        shares = tuple(
            real(share, f"shares[{k}]") for k, share in enumerate(sequence(self.shares, "shares"))
        )
        for k, share in enumerate(shares):
            if not 0 <= share <= 1:
                raise ValueError(f"shares[{k}] is {show(share)}: it must be between 0 and 1")
            if k and share < shares[k - 1]:
                raise ValueError(
                    f"shares[{k}] is {show(share)}: it must be at least the one before, "
                    f"{show(shares[k - 1])}"
                )
        object.__setattr__(self, "shares", shares)

    def phantoms(self, agents: int, /) -> Points:
        """The phantom reports, increasing."""
        phantoms = tuple(self.setting.at(Fraction(share)) for share in self.shares)
        falling(phantoms, agents)
        return phantoms

    def declared(self, agents: int, /) -> Term:
        """The median of reports and phantoms, as a term."""
        return declared_median(self, agents)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        return median_with_phantoms(self, reports)

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array."""
        return medians_of_batch(self, profiles)
