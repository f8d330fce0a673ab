r"""Groups that agree on projects which they could pay for, found without listing all sets.

The voters who approve of all of :math:`T` and get fewer than :math:`\ell` projects become fewer as
:math:`T` grows, and what they must pay becomes more.  So sets are extended project by project, and
one is given up whose supporters cannot pay for it together with the cheapest projects still needed.
In elections as they are held next to nothing is left to try.  All numbers are integers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from time import monotonic
from typing import Any

import numpy as np
import numpy.typing as npt

from ._cohesion import Electorate, Integers, Projects

Amounts = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Agreement:
    """The sets of projects on which groups agree that could pay for them and get fewer projects.

    Parameters
    ----------
    voters : Electorate
    gets : int array
        How many funded projects each class approves of.
    until : float
        The time, by `time.monotonic`, at which to give up.
    """

    voters: Electorate
    gets: Integers
    until: float

    @cached_property
    def approves(self) -> npt.NDArray[np.bool_]:
        """Which classes approve of which projects, in the order of the electorate's `projects`."""
        place = {c: k for k, c in enumerate(self.voters.projects)}
        table = np.zeros((len(self.voters.ballots), len(place)), np.bool_)
        for k, ballot in enumerate(self.voters.ballots):
            table[k, [place[c] for c in ballot if c in place]] = True
        return table

    @cached_property
    def money(self) -> tuple[Amounts, int]:
        """What each project costs times the number of voters, and the budget, in one unit."""
        costs = [self.voters.costs[c] for c in self.voters.projects]
        unit = lcm(self.voters.budget.denominator, *(cost.denominator for cost in costs))
        whole = [int(cost * unit) * self.voters.voters for cost in costs]
        budget = int(self.voters.budget * unit)
        large = max(sum(whole), budget * self.voters.voters) >= 2**62
        return np.array(whole, dtype=object if large else np.int64), budget

    def levels(self) -> range:
        """How many projects all voters together could pay for: from one to the most."""
        costs, budget = self.money
        together = np.cumsum(np.sort(costs))
        return range(1, int((together <= budget * self.voters.voters).sum()) + 1)

    def sets(self, level: int) -> Iterator[Projects]:
        """Of so many projects, the sets that all of a group approves of that could pay for them.

        The group's members get fewer projects than that.

        Raises
        ------
        TimeoutError
            If the time is over.
        """
        return self._extended((), *self._open(level), level)

    def involved(self, level: int) -> tuple[list[int], Projects]:
        """The classes, by their places, and the projects that such groups and sets are made of."""
        members, open_ = self._open(level)
        kept: list[int] = open_.tolist()
        who: list[int] = members.tolist()
        return who, frozenset(self.voters.projects[k] for k in kept)

    def _open(self, level: int) -> tuple[Integers, Integers]:
        everything = np.arange(len(self.voters.projects))
        return self._payable(0, np.flatnonzero(self.gets < level), everything, level)

    def _extended(
        self, taken: tuple[int, ...], members: Integers, open_: Integers, missing: int
    ) -> Iterator[Projects]:
        """Sets that extend those ``taken`` by as many of ``open_`` as are ``missing``."""
        if not missing:
            yield frozenset(self.voters.projects[k] for k in taken)
            return
        costs = self.money[0]
        spent = sum(costs[list(taken)].tolist())
        members, open_ = self._payable(spent, members, open_, missing)
        dearest_first = open_[np.argsort(-costs[open_], kind="stable")]
        for place, k in enumerate(dearest_first.tolist()):
            rest = dearest_first[place + 1 :]
            agreeing = members[self.approves[members, k]]
            yield from self._extended((*taken, k), agreeing, rest, missing - 1)

    def _payable(
        self, spent: int, members: Integers, open_: Integers, missing: int
    ) -> tuple[Integers, Integers]:
        """What is left of both without those that cannot belong."""
        costs, budget = self.money
        while True:
            if monotonic() > self.until:
                raise TimeoutError
            table = self.approves[np.ix_(members, open_)]
            able = table.sum(1) >= missing
            members, table = members[able], table[able]
            if not len(members):
                return members, open_[:0]
            support = self.voters.sizes[members] @ table
            own, cheapest = costs[open_], np.sort(costs[open_])
            last = np.maximum(own, cheapest[missing - 1])
            needed = spent + cheapest[: missing - 1].sum() + last
            kept = (support.astype(costs.dtype) * budget >= needed) & (support > 0)
            if kept.all():
                return members, open_
            open_ = open_[kept]
