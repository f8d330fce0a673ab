r"""Random priority: serial dictatorship in an order drawn uniformly at random.

.. math:: f(\theta) = \mathrm{SD}_\pi(\theta), \qquad \pi \sim \mathrm{Uniform}(S_n).

Also called random serial dictatorship; the core from random endowments is the same lottery.  It is
strategyproof, treats equals equally and has Pareto optimal outcomes; but all agents may prefer
another lottery, whatever their utilities.

To find the probabilities is #P-complete, so the lottery is listed for up to `LISTED` agents; for
more it is drawn from.

References
----------
Abdulkadiroğlu, Sönmez. Random serial dictatorship and the core from random endowments in house
allocation problems. Econometrica 66, 1998.
Bogomolnaia, Moulin. A new solution to the random assignment problem. Journal of Economic Theory
100, 2001.
Aziz, Brandt, Brill. The computational complexity of random serial dictatorship. Economics Letters
121, 2013.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np

from ..lottery import Finite
from ..mechanism import Draw, accepts_reports
from ..preferences.houses import Assignment, Houses
from ..preferences.rankings import Ballots, Ranking
from ..setting import Undecided
from .serial_dictatorship import SerialDictatorship, best_left

LISTED = 8
"""The lottery is listed for at most this many agents."""

Served = tuple[frozenset[int], Assignment]


@dataclass(frozen=True)
class PriorityDraw:
    """Random priority among too many agents to list the outcomes: it can be drawn from, only."""

    setting: Houses
    reports: Ballots

    def expect(self, value: Callable[[Assignment], Any], /) -> Any:
        """Not known.

        Raises
        ------
        Undecided
            Always: nobody knows how to find it in reasonable time; average over a sample.
        """
        raise Undecided(
            f"random priority among {len(self.reports)} agents has up to "
            f"{math.factorial(len(self.reports)):.3g} outcomes, and no sum over them is known; "
            "draw from it with sample(rng, size)"
        )

    def sample(self, rng: np.random.Generator, size: int, /) -> list[Assignment]:
        """``size`` independent draws, each in O(n m)."""
        drawn = (tuple(rng.permutation(len(self.reports)).tolist()) for _ in range(size))
        return [SerialDictatorship(order, self.setting)(self.reports) for order in drawn]


@dataclass(frozen=True)
class RandomPriority:
    """The lottery over assignments, exact for at most eight agents.

    One step for each way to serve some of the agents first: up to n! e in all, fewer where orders
    come to the same.

    Examples
    --------
    >>> houses = Houses(("attic", "barn"))
    >>> print(RandomPriority(houses)([["attic", "barn"], ["attic", "barn"]]))
    outcome  probability
    -------  -----------
    (0, 1)           1/2
    (1, 0)           1/2
    """

    setting: Houses

    def rules(self, agents: int, /) -> Draw[Ranking, Assignment]:
        """The serial dictatorships, equally likely."""
        for order in permutations(range(agents)):
            yield Fraction(1, math.factorial(agents)), SerialDictatorship(order, self.setting)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Finite[Assignment] | PriorityDraw:
        """Who gets which object, and how likely it is."""
        agents = len(reports)
        if agents > LISTED:
            return PriorityDraw(self.setting, reports)
        ways: dict[Served, int] = {(frozenset(), (None,) * agents): 1}
        for _ in range(agents):
            further: dict[Served, int] = {}
            for (served, held), number in ways.items():
                for agent in range(agents):
                    if agent not in served:
                        item = best_left(reports[agent], held)
                        after = (served | {agent}, (*held[:agent], item, *held[agent + 1 :]))
                        further[after] = further.get(after, 0) + number
            ways = further
        orders = math.factorial(agents)
        return Finite({held: Fraction(number, orders) for (_, held), number in ways.items()})
