r"""Two medians: the two places of the least total distance to the nearest of them.

.. math:: f(x) \in \arg\min_{y \le z} \sum_i \min(|y - x_i|, |z - x_i|).

The agents in order are split into a lower and an upper part, and each part builds at its median.
Agents can manipulate the split.
"""

from dataclasses import dataclass
from fractions import Fraction

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.space import Point, Space
from ._two_facilities import TWO_ON_A_LINE, Places, require_two


@dataclass(frozen=True)
class TwoMedians:
    """The low medians of the best two parts; of several splits the lowest.  O(n log n).

    Parameters
    ----------
    setting : Space
        Of one dimension, for two facilities; reports are points of one number.

    Examples
    --------
    >>> print(TwoMedians().setting.tell(TwoMedians()([[0], [1 / 8], [1 / 4], [1]])))
    (0.125) and (1)
    """

    setting: Space = TWO_ON_A_LINE

    def __post_init__(self) -> None:
        require_two(self.setting)

    @accepts_reports
    def __call__(self, reports: tuple[Point, ...], /) -> Places:
        """Where to build."""
        ordered = sorted(reports)
        if len(ordered) == 1:
            return ordered[0], ordered[0]
        upto = [Fraction(0)]
        for (number,) in ordered:
            upto.append(upto[-1] + Fraction(number))

        def cost(first: int, last: int) -> Number:
            """The total distance of those from ``first`` to before ``last`` to their median."""
            middle = (first + last) // 2
            above = upto[last] - upto[last - (last - first) // 2]
            return above - (upto[middle] - upto[first])

        splits = range(1, len(ordered))
        split = min(splits, key=lambda k: cost(0, k) + cost(k, len(ordered)))
        return ordered[(split - 1) // 2], ordered[(split + len(ordered) - 1) // 2]
