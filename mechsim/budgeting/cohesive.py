r"""The Greedy Cohesive Rule: the group that deserves most gets it, and leaves.

A group :math:`S` of voters is weakly :math:`(\beta, T)`-cohesive if it can pay for :math:`T`,
:math:`|S| B \ge n \, \mathrm{cost}(T)`, and each member gets at least :math:`\beta` from it,
:math:`|A_i \cap T| \ge \beta`.  While the active voters have such a group with :math:`\beta > 0`,
take one with the largest :math:`\beta`, then the lowest cost, then the most voters; fund :math:`T`
and deactivate :math:`S`.  The outcome satisfies FJR, and to find such groups is hard: all sets of
projects are tried.

References
----------
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
arXiv:2008.13276.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .._text import many
from ..mechanism import accepts_reports
from ..population import Population, tally
from ..preferences.elections import Ballots, Election, Funded
from ._arguments import require_setting
from ._counting import Classes, voters_of

LARGEST = 18
"""Up to so many projects the rule is run: a quarter of a million sets."""


Integers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Step:
    """``projects`` were funded for ``voters`` active voters, each of whom gets ``level``."""

    projects: Funded
    voters: int
    level: int


@dataclass(frozen=True)
class GreedyCohesive:
    """The most deserving group first; of equals, the set of projects that comes first.

    O(2^m) sums over the classes of ballots for each group.

    Parameters
    ----------
    setting : Election
        At most 18 projects that the budget can pay for and somebody approves of.

    Examples
    --------
    >>> election = Election(("park", "pool", "road"), (1, 1, 2), 2)
    >>> funded = GreedyCohesive(election)([{"park", "pool"}, {"park", "pool"}, {"road"}])
    >>> election.tell(funded)
    '{park}'
    """

    setting: Election

    def __post_init__(self) -> None:
        require_setting(self.setting, Election)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Funded:
        """What is funded."""
        return self._fund(tally(reports))

    def of_population(self, population: Population, /) -> Funded:
        """The same, for counted ballots."""
        return self._fund(tally(population))

    def _fund(self, classes: Classes) -> Funded:
        return frozenset[int]().union(*(step.projects for step in self.steps(classes)))

    def steps(self, classes: Classes) -> tuple[Step, ...]:
        """The groups, one after the other."""
        election, voters = self.setting, voters_of(classes)
        wanted = frozenset[int]().union(*(ballot for ballot, _ in classes))
        projects = sorted(wanted & frozenset(election.affordable))
        if len(projects) > LARGEST:
            raise ValueError(
                f"setting has {many(len(projects), 'project')} that voters approve of: the rule "
                f"tries all sets, of at most {LARGEST}; all that is known is that no group "
                f"deserves more than {self.bound(classes)} of them each"
            )
        sets = np.arange(1, 1 << len(projects), dtype=np.int64)
        price = prices(election, projects, sets, voters)
        masks = np.array([mask(ballot, projects) for ballot, _ in classes], np.int64)
        size = np.array([count for _, count in classes], np.int64)
        active = np.ones(len(classes), np.bool_)
        found: list[Step] = []
        while active.any():
            step = _best(sets, price, masks, np.where(active, size, 0))
            if step is None:
                break
            chosen, level, paying = step
            members = np.bitwise_count(masks & chosen) >= level
            active &= ~members
            told = frozenset(c for k, c in enumerate(projects) if chosen >> k & 1)
            found.append(Step(told, paying, level))
        return tuple(found)

    def bound(self, classes: Classes) -> int:
        r"""A level that no group exceeds, for any number of projects.  O(approvals).

        Members of a group at level :math:`\beta` approve of :math:`\beta` projects or more, and
        together pay for as many at least: no more than the cheapest ones cost.
        """
        election, voters = self.setting, voters_of(classes)
        affordable = frozenset(election.affordable)
        wanted = [(len(ballot & affordable), count) for ballot, count in classes]
        union = frozenset[int]().union(*(ballot for ballot, _ in classes)) & affordable
        level, cost = 0, Fraction(0)
        for c in election.cheapest_first(union):
            cost += election.costs[c]
            able = sum(count for likes, count in wanted if likes > level)
            if able * election.budget < voters * cost:
                break
            level += 1
        return level


def mask(ballot: Funded, projects: list[int]) -> int:
    """A set of projects as bits, in this order of them."""
    return sum(1 << k for k, c in enumerate(projects) if c in ballot)


@dataclass(frozen=True, eq=False)
class Prices:
    """Of each set of projects how many voters can pay for it, and its rank by cost."""

    voters: Integers
    rank: Integers


def prices(election: Election, projects: list[int], sets: Integers, voters: int) -> Prices:
    """What sets cost, exactly: the least whole number from n cost / B, and equal costs alike."""
    costs = [Fraction(election.costs[c]) for c in projects]
    unit = lcm(Fraction(election.budget).denominator, *(cost.denominator for cost in costs))
    whole = [int(cost * unit) for cost in costs]
    large = max(sum(whole), int(election.budget * unit)) * voters >= 2**62
    total: npt.NDArray[Any] = np.zeros(len(sets), dtype=object if large else np.int64)
    for k, cost in enumerate(whole):
        total = total + (sets >> k & 1) * cost
    needs = -(-total * voters // int(election.budget * unit))
    _, rank = np.unique(total, return_inverse=True)
    return Prices(np.asarray(needs, np.int64), np.asarray(rank, np.int64))


def _best(
    sets: Integers, price: Prices, masks: Integers, size: Integers
) -> tuple[int, int, int] | None:
    """The set, the level and the voters of the best group: more, then cheaper, then larger."""
    present = size > 0
    worth = [np.bitwise_count(sets & m) for m in masks[present].tolist()]
    for level in range(max((int(w.max(initial=0)) for w in worth), default=0), 0, -1):
        paying = np.zeros(len(sets), np.int64)
        for value, voters in zip(worth, size[present].tolist(), strict=True):
            paying += np.where(value >= level, voters, 0)
        able = np.flatnonzero((paying > 0) & (paying >= price.voters))
        if len(able):
            cheap = able[price.rank[able] == price.rank[able].min()]
            best = cheap[np.argmax(paying[cheap])]
            return int(sets[best]), level, int(paying[best])
    return None
