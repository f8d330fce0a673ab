r"""Deferred acceptance: agents propose in the order of their liking, objects keep the best so far.

Every agent without an object proposes to the best that has not turned it down.  An object keeps, of
its proposers, the one with the highest priority, for the time being, and turns the others down.
It ends when nobody is left who has something to propose to.

The assignment is stable, and of all stable ones that which each agent likes best; so the order in
which agents propose is immaterial, and no lie pays.  It is not always Pareto optimal for the
agents: that and stability may exclude each other.

Priorities may be coarse, as those of schools are: ties are broken by one order of the agents, the
same at all objects.

A school with several seats is as many objects of one priority, which agents rank one after the
other; `deferred_acceptance` takes the seats as they are.

References
----------
Gale, Shapley. College admissions and the stability of marriage. American Mathematical Monthly 69,
1962.
Roth. The economics of matching: stability and incentives. Mathematics of Operations Research 7,
1982.
Abdulkadiroğlu, Pathak, Roth. Strategy-proofness versus efficiency in matching with indifferences.
American Economic Review 99, 2009.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt

from .._numbers import sequence, whole
from ..algorithms.priorities import Priorities, read_priorities, strict
from ..lottery import Finite
from ..mechanism import Draw, accepts_reports, compound
from ..preferences.houses import Assignment, Houses
from ..preferences.rankings import Ballots, Ranking
from ..setting import Undecided

LISTED = 7
"""Orders of ties are listed for at most this many agents."""


@dataclass(frozen=True)
class DeferredAcceptance:
    """The agents' best stable assignment.  O(n m).

    Parameters
    ----------
    priorities : (objects, agents) sequences of int
        The class of each agent at each object, smaller comes first; equal ones are ties.
    setting : Houses
    order : sequence of int, optional
        Breaks the ties: the agents from 0, each once; by default as they are numbered.

    Examples
    --------
    >>> schools = Houses(("north", "south"), agents=("ann", "bob"))
    >>> rule = DeferredAcceptance([[1, 0], [0, 0]], schools)
    >>> schools.tell(rule([["north", "south"], ["north", "south"]]))
    'ann: south, bob: north'
    """

    priorities: Priorities
    setting: Houses
    order: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        priorities = read_priorities(self.priorities)
        object.__setattr__(self, "priorities", priorities)
        agents = len(priorities[0])
        require_objects(priorities, self.setting)
        given = sequence(self.order, "order") or range(agents)
        order = tuple(whole(agent, f"order[{t}]", 0) for t, agent in enumerate(given))
        if sorted(order) != [*range(agents)]:
            raise ValueError(f"order is {order}: it must list the {agents} agents, each once")
        object.__setattr__(self, "order", order)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Assignment:
        """Who gets which object."""
        require_agents(self.priorities, len(reports))
        place = strict(self.priorities, self.order)
        keeps: dict[int, int] = {}
        asked = [0] * len(reports)
        waiting = list(reversed(range(len(reports))))
        while waiting:
            agent = waiting.pop()
            if asked[agent] == len(reports[agent]):
                continue
            item = reports[agent][asked[agent]]
            asked[agent] += 1
            rival = keeps.get(item)
            if rival is not None and place[item][rival] < place[item][agent]:
                waiting.append(agent)
                continue
            keeps[item] = agent
            if rival is not None:
                waiting.append(rival)
        held: dict[int, int] = {agent: item for item, agent in keeps.items()}
        return tuple(held.get(agent) for agent in range(len(reports)))

    def of_batch(self, rankings: npt.ArrayLike, /) -> npt.NDArray[np.int64]:
        """The object of each agent, (batch, agents), for many profiles at once; -1 for none.

        Parameters
        ----------
        rankings : (batch, agents, objects) whole numbers
            Objects from 0, best first; where agents may refuse objects, -1 after the last that is
            ranked.

        Raises
        ------
        ValueError
            If these are no such rankings.

        Examples
        --------
        >>> rule = DeferredAcceptance([[1, 0], [0, 0]], Houses(("north", "south")))
        >>> rule.of_batch([[[0, 1], [0, 1]], [[0, 1], [1, 0]]])
        array([[1, 0],
               [0, 1]])
        """
        agents, objects = len(self.priorities[0]), len(self.setting.objects)
        given = np.asarray(rankings)
        if given.ndim != 3 or given.shape[1:] != (agents, objects):
            raise ValueError(
                f"rankings has the shape {given.shape}: it must be (batch, {agents}, {objects})"
            )
        place = np.array(strict(self.priorities, self.order), dtype=np.int32)
        return deferred_acceptance(given, place, complete=not self.setting.outside)


def deferred_acceptance(
    rankings: npt.ArrayLike,
    places: npt.ArrayLike,
    *,
    seats: npt.ArrayLike | None = None,
    complete: bool = False,
) -> npt.NDArray[np.int64]:
    """The agents' best stable assignments, from arrays: for very many agents and objects.

    O(n m) a profile to look at the rankings; the proposals themselves are few in random ones.  With
    seats each proposal costs at most as much as the school has seats.

    Parameters
    ----------
    rankings : (batch, agents, length) whole numbers
        Objects from 0, best first, and -1 after the last that is ranked.
    places : (objects, agents) whole numbers
        The place of each agent at each object, smaller comes first; no two alike in a row.
    seats : (objects,) whole numbers, optional
        How many agents each object, a school, can take; one each by default.
    complete : bool
        Whether each agent must rank every object.

    Returns
    -------
    (batch, agents) int64 array
        The object of each agent, or -1.

    Raises
    ------
    ValueError
        If an object is unknown or ranked twice, something follows a -1, two places are alike, or
        a number of seats is below 0.

    Examples
    --------
    >>> deferred_acceptance([[[0, 1], [0, 1], [0, -1]]], [[2, 1, 0], [0, 1, 2]])
    array([[ 1, -1,  0]])
    >>> deferred_acceptance([[[0, 1], [0, 1], [0, -1]]], [[2, 1, 0], [0, 1, 2]], seats=[2, 1])
    array([[1, 0, 0]])
    """
    from ._deferred_acceptance_kernels import (
        propose,
        propose_to_schools,
        rank_faults,
        tied_place,
    )

    ranked, place = _whole(rankings, "rankings"), _whole(places, "places")
    if ranked.ndim != 3 or place.ndim != 2 or ranked.shape[1] != place.shape[1]:
        raise ValueError(
            f"rankings has the shape {ranked.shape}, and places {place.shape}: they must be "
            "(batch, agents, length) and (objects, agents)"
        )
    if complete and ranked.shape[2] != place.shape[0]:
        raise ValueError(f"rankings has the shape {ranked.shape}: there are {len(place)} objects")
    tied = tied_place(place)
    if tied >= 0:
        raise ValueError(f"places[{tied}] is the same for two agents: ties must be broken")
    fault = rank_faults(ranked, len(place), complete)
    if fault >= 0:
        b, agent = divmod(int(fault), ranked.shape[1])
        raise ValueError(
            f"rankings[{b}][{agent}] is {ranked[b, agent].tolist()}: it must rank "
            f"{'each' if complete else 'some'} of {len(place)} objects once"
            + ("" if complete else ", with -1 after the last")
        )
    assigned = np.full(ranked.shape[:2], -1, dtype=np.int64)
    if seats is None:
        propose(ranked, place, assigned)
    else:
        propose_to_schools(ranked, place, _seats(seats, len(place)), assigned)
    return assigned


def _seats(given: npt.ArrayLike, schools: int) -> npt.NDArray[np.int64]:
    seats = _whole(given, "seats").astype(np.int64)
    if seats.shape != (schools,):
        raise ValueError(
            f"seats has the shape {seats.shape}: there must be a number for each of "
            f"{schools} objects"
        )
    for school, number in enumerate(seats.tolist()):
        if number < 0:
            raise ValueError(f"seats[{school}] is {number}: it must be at least 0")
    return seats


def _whole(given: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    array = np.asarray(given)
    if array.dtype == bool or not np.can_cast(array.dtype, np.int64):
        raise ValueError(f"{name} has the kind {array.dtype}: it must be whole numbers")
    return np.ascontiguousarray(array, np.int32 if array.dtype == np.int32 else np.int64)


@dataclass(frozen=True)
class DeferredAcceptanceByLot:
    """Deferred acceptance with ties broken by an order drawn uniformly.  O(n! n m).

    Parameters
    ----------
    priorities : (objects, agents) sequences of int
        The class of each agent at each object, smaller comes first; equal ones are ties.
    setting : Houses

    Examples
    --------
    >>> schools = Houses(("north", "south"))
    >>> print(DeferredAcceptanceByLot([[0, 0], [0, 0]], schools)([[0, 1], [0, 1]]))
    outcome  probability
    -------  -----------
    (0, 1)           1/2
    (1, 0)           1/2
    """

    priorities: Priorities
    setting: Houses

    def __post_init__(self) -> None:
        object.__setattr__(self, "priorities", read_priorities(self.priorities))
        require_objects(self.priorities, self.setting)

    def rules(self, agents: int, /) -> Draw[Ranking, Assignment]:
        """One for each order of the agents, equally likely."""
        require_agents(self.priorities, agents)
        chance = Fraction(1, math.factorial(agents))
        for order in permutations(range(agents)):
            yield chance, DeferredAcceptance(self.priorities, self.setting, order)

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Finite[Assignment]:
        """Who gets which object, and how likely it is.

        Raises
        ------
        Undecided
            If there are more than `LISTED` agents, whose orders are too many to list.
        """
        if len(reports) > LISTED:
            raise Undecided(
                f"{len(reports)} agents have {math.factorial(len(reports)):.3g} orders: ties are "
                f"broken in all of them for at most {LISTED}"
            )
        return compound(self.rules(len(reports)), reports)


def require_objects(priorities: Priorities, setting: Houses) -> None:
    """Raise `ValueError` unless there are priorities for each object."""
    if len(priorities) != len(setting.objects):
        raise ValueError(
            f"priorities has {len(priorities)} rows: there must be one for each of "
            f"{len(setting.objects)} objects"
        )


def require_agents(priorities: Sequence[Sequence[int]], agents: int) -> None:
    """Raise `ValueError` unless there are priorities of so many agents."""
    if len(priorities[0]) != agents:
        raise ValueError(f"priorities are for {len(priorities[0])} agents: there are {agents}")
