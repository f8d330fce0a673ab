"""Deferred acceptance for whole batches, compiled.

This module imports the compiler; import it where a kernel is called.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together


@compiled_together
def propose(
    rankings: npt.NDArray[Any], places: npt.NDArray[Any], assigned: npt.NDArray[np.int64]
) -> None:
    """Fill ``assigned`` (batch, agents), -1 at first, with the objects of the agents.

    ``rankings`` is (batch, agents, length), -1 after the last; ``places`` is (objects, agents).
    """
    batch, agents, length = rankings.shape
    objects = places.shape[0]
    keeps = np.empty(objects, np.int64)
    asked = np.empty(agents, np.int64)
    for b in range(batch):
        for item in range(objects):
            keeps[item] = -1
        for agent in range(agents):
            asked[agent] = 0
        for first in range(agents):
            agent = first
            while agent >= 0 and asked[agent] < length:
                item = rankings[b, agent, asked[agent]]
                if item < 0:
                    break
                asked[agent] += 1
                rival = keeps[item]
                if rival < 0 or places[item, agent] < places[item, rival]:
                    keeps[item] = agent
                    agent = rival
        for item in range(objects):
            if keeps[item] >= 0:
                assigned[b, keeps[item]] = item


@compiled_together
def propose_to_schools(
    rankings: npt.NDArray[Any],
    places: npt.NDArray[Any],
    seats: npt.NDArray[np.int64],
    assigned: npt.NDArray[np.int64],
) -> None:
    """The same, where each object, a school, keeps as many agents as it has ``seats``."""
    batch, agents, length = rankings.shape
    schools = places.shape[0]
    start = np.zeros(schools + 1, np.int64)
    for school in range(schools):
        start[school + 1] = start[school] + min(seats[school], agents)
    keeps = np.empty(start[schools], np.int64)
    taken = np.empty(schools, np.int64)
    asked = np.empty(agents, np.int64)
    for b in range(batch):
        taken[:] = 0
        asked[:] = 0
        for first in range(agents):
            agent = first
            while agent >= 0 and asked[agent] < length:
                school = rankings[b, agent, asked[agent]]
                if school < 0:
                    break
                asked[agent] += 1
                low, room = start[school], start[school + 1] - start[school]
                place = places[school, agent]
                k, turned_down = low + taken[school], -1
                if taken[school] == room:
                    if room == 0 or place > places[school, keeps[k - 1]]:
                        continue
                    k -= 1
                    turned_down = keeps[k]
                else:
                    taken[school] += 1
                # kept in the order of their places, the last to come first to go
                while k > low and places[school, keeps[k - 1]] > place:
                    keeps[k] = keeps[k - 1]
                    k -= 1
                keeps[k] = agent
                agent = turned_down
        for school in range(schools):
            for k in range(start[school], start[school] + taken[school]):
                assigned[b, keeps[k]] = school


@compiled_together
def rank_faults(rankings: npt.NDArray[Any], objects: int, complete: bool) -> int:
    """The first row, counted over profiles and agents, that is no ranking; -1 if there is none."""
    batch, agents, length = rankings.shape
    seen = np.zeros(objects, np.int64)
    row = 0
    for b in range(batch):
        for agent in range(agents):
            row += 1
            ended = False
            for k in range(length):
                item = rankings[b, agent, k]
                if item < 0:
                    if complete or item != -1:
                        return row - 1
                    ended = True
                elif ended or item >= objects or seen[item] == row:
                    return row - 1
                else:
                    seen[item] = row
    return -1


@compiled_together
def tied_place(places: npt.NDArray[Any]) -> int:
    """The first object with two agents at one place, or with a place below 0; -1 if there is none.

    Places of any size are compared: they need not count up from 0.
    """
    objects, agents = places.shape
    seen = np.zeros(agents, np.int64)
    for item in range(objects):
        small = True
        for agent in range(agents):
            place = places[item, agent]
            if place < 0 or place >= agents:
                small = False
                break
            if seen[place] == item + 1:
                return item
            seen[place] = item + 1
        if not small:
            row = np.sort(places[item])
            for agent in range(1, agents):
                if row[agent] == row[agent - 1]:
                    return item
    return -1
