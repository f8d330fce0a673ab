"""Which voters may lack something, in floats and compiled: all who do, and few others.

This module imports the compiler; import it where a kernel is called.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..algorithms.compiled import compiled_together

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Indices: TypeAlias = npt.NDArray[np.int32]

CLOSE = 2.0**-40
"""Sums of floats are off by less than this, relative to what is added, for 4,000 projects."""


@compiled_together
def spend(projects: Indices, cost: Floats, most: float, money: float, ordered: Floats) -> float:
    """How many projects the money pays for, the cheapest first, the last one in part.

    ``most`` is what a project may cost, and ``ordered`` (projects,) float64 is used.
    """
    filled = 0
    for c in projects:
        price = cost[int(c)]
        if price <= most:
            place = filled
            while place > 0 and ordered[place - 1] > price:
                ordered[place] = ordered[place - 1]
                place -= 1
            ordered[place] = price
            filled += 1
    bought = 0.0
    for price in ordered[:filled]:
        if price >= money:
            part: float = money / price
            return bought + part
        money -= price
        bought += 1.0
    return bought


@compiled_together
def short_of_shares(
    starts: Ints,
    approved: Indices,
    sizes: Ints,
    voters: int,
    cost: Floats,
    p: Floats,
    budget: float,
    together: bool,
    strong: bool,
    found: Ints,
) -> int:
    """The classes that may get less than their share; fills ``found``, returns how many.

    A class gets the sum of ``p`` over its projects.  It may ask for its part of what the budget is
    worth to it, or for what its part of the budget is worth (``strong``); alone, or ``together``.

    Parameters
    ----------
    starts, approved, sizes, voters : as of `Approvals`
    cost : (projects,) float64
    p : (projects,) float64
    budget : float
    together, strong : bool
    found : (classes,) int64
    """
    affordable = budget * (1.0 + CLOSE)
    priced = np.where(cost <= affordable, cost, 0.0)
    counted = np.where(cost <= affordable, 1.0, 0.0)
    ordered = np.empty(len(cost))
    part = 1.0 / voters
    count = 0
    for k in range(len(sizes)):
        gets, total, worth = 0.0, 0.0, 0.0
        for t in range(starts[k], starts[k + 1]):
            c = int(approved[t])
            gets += p[c]
            total += priced[c]
            worth += counted[c]
        share = sizes[k] * part if together else part
        money = budget * share if strong else budget
        most = worth
        if total > money:
            most = spend(approved[starts[k] : starts[k + 1]], cost, affordable, money, ordered)
        due = most if strong else most * share
        if worth > 0.0 and gets <= due + CLOSE * (gets + worth):
            found[count] = k
            count += 1
    return count


@compiled_together
def short_of_projects(
    rows: Ints,
    approved: Indices,
    starts: Ints,
    classes: Indices,
    sizes: Ints,
    votes: Ints,
    cost: Floats,
    funded: Floats,
    each: float,
    found: Ints,
) -> int:
    """The projects that supporters who have little may pay for; fills ``found``, returns how many.

    Parameters
    ----------
    rows, approved : as of `Approvals`
    starts, classes : as of `Approvals.by_project`
    sizes : (classes,) int64
    votes : (projects,) int64
    cost : (projects,) float64
    funded : (projects,) float64
        The costs of what is funded, 0 for the others.
    each : float
        The budget's part for one voter.
    found : (projects,) int64
    """
    affordable = each * np.sum(sizes) * (1.0 + CLOSE)
    gets = np.empty(len(sizes))
    for k in range(len(sizes)):
        spent = 0.0
        for t in range(rows[k], rows[k + 1]):
            spent += funded[int(approved[t])]
        gets[k] = spent
    levels = np.unique(gets)
    level = np.searchsorted(levels, gets)
    content = np.empty(len(levels), np.int64)  # of each level, how many support the project
    count = 0
    for c in range(len(cost)):
        if funded[c] > 0.0 or cost[c] > min(affordable, votes[c] * each * (1.0 + CLOSE)):
            continue
        who = classes[starts[c] : starts[c + 1]]
        content[:] = 0
        for t in range(len(who)):
            k = int(who[t])
            content[level[k]] += sizes[k]
        paying = 0
        for step in range(len(levels)):
            paying += content[step]
            needed = (levels[step] + cost[c]) / each * (1.0 - CLOSE)
            if paying >= needed:
                found[count] = c
                count += 1
                break
            if needed > votes[c]:
                break
    return count
