r"""A mechanism on a finite setting as a table, in which every misreport is looked up.

Let every agent have the same :math:`m` types.  The table holds, for each of the :math:`m^n`
profiles, which lottery is drawn from; a second one what each lottery is worth to each type, as
whole numbers over one denominator.  Then all :math:`n m^n (m - 1)` misreports are comparisons of
whole numbers, which takes about a nanosecond each and proves as much as trying them one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled
from ..axioms import Misreport
from ..lottery import is_lottery, sure
from ..setting import Instance, utility

IntArray = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]

LARGEST = 2**62
"""Whole numbers stay below this, so that no difference of two overflows."""


@dataclass(frozen=True, eq=False)
class OutcomeTable:
    """What a mechanism does at every profile of a finite setting.

    Parameters
    ----------
    setting : Setting
    types : tuple
        Of every agent.
    lotteries : tuple
        The different lotteries.
    ids : (types, ..., types) int32 array
        Which lottery, by the places of the reports in ``types``.
    """

    setting: Any
    types: tuple[Any, ...]
    lotteries: tuple[Any, ...]
    ids: Ids

    @property
    def agents(self) -> int:
        """How many agents report."""
        return self.ids.ndim

    @property
    def is_anonymous(self) -> bool:
        """Whether no two agents can be told apart: swaps of neighbours suffice."""
        return all(
            np.array_equal(self.ids, np.swapaxes(self.ids, agent, agent + 1))
            for agent in range(self.agents - 1)
        )

    @property
    def misreports(self) -> int:
        """How many misreports there are: agents times profiles times other types."""
        return self.agents * self.ids.size * (len(self.types) - 1)

    def best_lie(self) -> tuple[int, Misreport | None] | None:
        """The largest gain of a misreport, over some denominator, and the misreport.

        None if what lotteries are worth is no fraction, or needs too many digits.  Where agents
        cannot be told apart, and value types alike, the first agent's misreports are all.
        """
        worth = [self._worth(agent) for agent in range(self.agents)]
        exact = [table for table in worth if table is not None]
        if len(exact) < len(worth):
            return None
        alike = self.is_anonymous and all(np.array_equal(table, exact[0]) for table in exact)
        best, found = 0, None
        for agent in range(1 if alike else self.agents):
            last = np.moveaxis(self.ids, agent, -1)
            rows = np.ascontiguousarray(last).reshape(-1, len(self.types))
            gain, row, truth, lie = largest_gain(rows, exact[agent])
            if gain > best:
                best, found = int(gain), self._misreport(agent, last, row, truth, lie)
        return best, found

    def _worth(self, agent: int) -> IntArray | None:
        """What each lottery is worth to each type, (types, lotteries), over one denominator."""
        worth = [
            [self._value(agent, type_, lottery) for lottery in self.lotteries]
            for type_ in self.types
        ]
        numbers = [number for row in worth for number in row]
        if not all(isinstance(number, (int, Fraction)) for number in numbers):
            return None
        whole = lcm(*(Fraction(number).denominator for number in numbers))
        if max(abs(number) for number in numbers) * whole >= LARGEST:
            return None
        return np.array([[int(number * whole) for number in row] for row in worth], np.int64)

    def _value(self, agent: int, type_: Any, lottery: Any) -> Any:
        return lottery.expect(partial(utility, self.setting, agent, type_))

    def _misreport(self, agent: int, last: Ids, row: int, truth: int, lie: int) -> Misreport:
        others = [int(place) for place in np.unravel_index(row, last.shape[:-1])]
        places = (*others[:agent], int(truth), *others[agent:])
        reports = tuple(self.types[place] for place in places)
        return Misreport(Instance(self.setting, reports), agent, self.types[int(lie)])


def tabulated(mechanism: Any, setting: Any, agents: int) -> OutcomeTable:
    """The table of ``mechanism``, played once at every profile."""
    types = setting.types(0)
    known: dict[Any, int] = {}
    ids = np.empty((len(types),) * agents, np.int32)
    flat = ids.reshape(-1)
    for k, reports in enumerate(_profiles(types, agents)):
        outcome = mechanism(reports)
        flat[k] = known.setdefault(outcome, len(known))
    lotteries = tuple(outcome if is_lottery(outcome) else sure(outcome) for outcome in known)
    return OutcomeTable(setting, types, lotteries, ids)


def _profiles(types: tuple[Any, ...], agents: int) -> Iterator[tuple[Any, ...]]:
    yield from product(types, repeat=agents)


@compiled
def largest_gain(rows: Ids, worth: IntArray) -> tuple[int, int, int, int]:
    """The largest gain of one agent: the gain, and the row, the truth and the lie.

    ``rows[b, t]`` is the lottery if the others report what row b stands for and this agent t;
    ``worth[t, k]`` is what lottery k is worth to type t.  Lies that lead to one lottery are
    compared once: what a row leads to is listed first.
    """
    types = rows.shape[1]
    best, where, truth, lie = 0, 0, 0, 0
    listed_in = np.full(worth.shape[1], -1, np.int64)
    listed = np.empty(types, np.int64)
    reached_by = np.empty(types, np.int64)
    for b in range(rows.shape[0]):
        different = 0
        for r in range(types):
            k = rows[b, r]
            if listed_in[k] != b:
                listed_in[k] = b
                listed[different] = k
                reached_by[different] = r
                different += 1
        if different == 1:
            continue
        for t in range(types):
            honest = worth[t, rows[b, t]]
            for j in range(different):
                gain = worth[t, listed[j]] - honest
                if gain > best:
                    best, where, truth, lie = gain, b, t, reached_by[j]
    return best, where, truth, lie
