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
