r"""Probabilistic serial: all eat at once, at equal speed, from the best object that is left.

Think of each object as one unit of probability.  From time 0 to time 1 agent :math:`i` eats with
the speed :math:`s_i` from the object that it likes best of those not used up,

.. math:: p_{ia} = s_i \cdot |\{t \in [0, 1] : i \text{ eats from } a \text{ at time } t\}|,

and it ends when it has eaten one unit in all, or finds nothing left that it ranks.  The shares are
the chances of a random assignment, which is drawn by the theorem of Birkhoff and von Neumann.

For all utilities nobody envies, and no random assignment is better for all; but an agent may gain
by eating first what it likes second and others are about to use up.  It cannot gain for all its
utilities.  With speeds (that may vary in time) all ordinally efficient assignments are found.

References
----------
Bogomolnaia, Moulin. A new solution to the random assignment problem. Journal of Economic Theory
100, 2001.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..algorithms.birkhoff import birkhoff
from ..lottery import Finite
from ..mechanism import accepts_reports
from ..preferences.houses import Assignment, Houses, RandomAssignment
from ..preferences.rankings import Ballots


@dataclass(frozen=True)
class ProbabilisticSerial:
    """The lottery over assignments of simultaneous eating.

    At most n + m steps of eating, and then a decomposition into assignments.

    Parameters
    ----------
    setting : Houses
    speeds : tuple of int or Fraction, optional
        How fast each agent eats, above 0 and in units of an object per unit of time; by default
        1.  The faster stop earlier, when they have had one unit.

    Examples
    --------
    >>> houses = Houses(("attic", "barn", "cave"))
    >>> rule = ProbabilisticSerial(houses)
    >>> for row in rule.shares([(0, 1, 2), (0, 2, 1), (1, 0, 2)]):
    ...     print(*row)
    1/2 1/4 1/4
    1/2 0 1/2
    0 3/4 1/4
    """

    setting: Houses
    speeds: tuple[Fraction | int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "speeds", tuple(self.speeds))
        for agent, speed in enumerate(self.speeds):
            if type(speed) not in (int, Fraction) or speed <= 0:
                raise ValueError(
                    f"speeds[{agent}] is {speed!r}: it must be an int or a Fraction above 0"
                )

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Finite[Assignment]:
        """Who gets which object, and how likely it is."""
        weighted = birkhoff(self._eaten(reports))
        return Finite({assignment: weight for weight, assignment in weighted})

    @accepts_reports
    def shares(self, reports: Ballots, /) -> RandomAssignment:
        """How much of each object each agent eats: (agents, objects)."""
        return self._eaten(reports)

    def _eaten(self, reports: Ballots) -> RandomAssignment:
        speeds = [Fraction(speed) for speed in self.speeds or (1,) * len(reports)]
        if len(speeds) != len(reports):
            raise ValueError(
                f"speeds has {len(speeds)} of them: there must be one for each of "
                f"{len(reports)} agents"
            )
        left = [Fraction(1)] * len(self.setting.objects)
        hunger = [Fraction(1)] * len(reports)
        eaten = [[Fraction(0)] * len(left) for _ in reports]
        while True:
            table = [
                next((item for item in ranking if left[item]), None) if hunger[agent] else None
                for agent, ranking in enumerate(reports)
            ]
            eaters = [(agent, item) for agent, item in enumerate(table) if item is not None]
            if not eaters:
                return tuple(map(tuple, eaten))
            pace = [Fraction(0)] * len(left)
            for agent, item in eaters:
                pace[item] += speeds[agent]
            time = min(
                *(left[item] / pace[item] for _, item in eaters),
                *(hunger[agent] / speeds[agent] for agent, _ in eaters),
            )
            for agent, item in eaters:
                eaten[agent][item] += speeds[agent] * time
                hunger[agent] -= speeds[agent] * time
                left[item] -= speeds[agent] * time
