r"""The Proportional mechanism: a random agent's place, and another in proportion to distance.

.. math:: \Pr[\{x_i, x_j\}] = \frac1n \left( \frac{|x_j - x_i|}{\sum_k |x_k - x_i|}
          + \frac{|x_i - x_j|}{\sum_k |x_k - x_j|} \right).

The first facility is at a uniformly random agent, the second at an agent drawn with probability
proportional to its distance from the first; if all are at one place, so are both.  It is
strategyproof in expectation, and the expected total distance to the nearest facility is less than
4 times the least possible one.

References
----------
Lu, Sun, Wang, Zhu. Asymptotically optimal strategy-proof mechanisms for two-facility games.
EC 2010.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..lottery import Finite, uniform
from ..mechanism import accepts_reports
from ..preferences.space import Point, Space
from ._two_facilities import TWO_ON_A_LINE, Places, in_order, require_two


@dataclass(frozen=True)
class ProportionalPair:
    """The lottery over pairs of reports, exactly.  O(c^2) for c different reports.

    Parameters
    ----------
    setting : Space
        Of one dimension, for two facilities; reports are points of one number.

    Examples
    --------
    >>> lottery = ProportionalPair()([[0], [0], [1 / 4], [1]])
    >>> for places, probability in lottery.probability.items():
    ...     print(ProportionalPair().setting.tell(places), probability)
    (0) and (0.25) 1/5
    (0) and (1) 32/55
    (0.25) and (1) 12/55
    """

    setting: Space = TWO_ON_A_LINE

    def __post_init__(self) -> None:
        require_two(self.setting)

    @accepts_reports
    def __call__(self, reports: tuple[Point, ...], /) -> Finite[Places]:
        """Where to build, and how likely it is."""
        counted = {place: reports.count(place) for place in sorted(set(reports))}
        if len(counted) == 1:
            return uniform((place, place) for place in counted)
        exact = {place: Fraction(place[0]) for place in counted}
        chances: dict[Places, Fraction] = {}
        for first, here in counted.items():
            total = sum(abs(exact[x] - exact[first]) * count for x, count in counted.items())
            for second, there in counted.items():
                if second != first:
                    pair = in_order(first, second)
                    away = abs(exact[second] - exact[first])
                    chance = Fraction(here, len(reports)) * there * away / total
                    chances[pair] = chances.get(pair, Fraction(0)) + chance
        return Finite(chances)
