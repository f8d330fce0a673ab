r"""Dividing goods as demanded, as a program for solvers: a second way besides `divide`.

With :math:`x_{gi} = 1` where agent i gets good g,

.. math:: \max \sum_{g, i} v_{ig} x_{gi} \quad \text{s.t.} \quad \sum_i x_{gi} = 1\ \ \forall g,
          \qquad \sum_g v_{ig} x_{gi} \ge d_i\ \ \forall i, \qquad x_{gi} \in \{0, 1\}.

HiGHS solves it in floats.  What it finds is valued exactly; that there is nothing is its word.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._text import many
from .partition import Bundles

INFEASIBLE = 2
"""What `scipy.optimize.milp` calls it."""

LARGEST = 10**8
"""Beyond such numbers the solver's tolerance would be more than a unit."""


def divide_by_program(
    rows: Sequence[Sequence[int]], demands: Sequence[int], *, seconds: float | None = None
) -> Bundles | None:
    """Bundles worth its demand to every agent, worth most in total; None if HiGHS sees none.

    Parameters
    ----------
    rows : sequence of rows of int
        ``rows[i][g]`` is what good g is worth to agent i; at least 0.
    demands : sequence of int
    seconds : float, optional
        When the solver gives up, by its own clock.  What it has found by then may not be worth
        most.

    Raises
    ------
    ValueError
        If the numbers are too large for the solver's floats.
    TimeoutError
        If the solver gives up before it has found a division or that there is none.
    ArithmeticError
        If what it finds is no such division.

    Examples
    --------
    >>> divide_by_program([(3, 1), (3, 1)], [1, 3])
    (frozenset({1}), frozenset({0}))
    >>> divide_by_program([(3, 1), (3, 1)], [3, 2]) is None
    True
    """
    largest = max(sum(row) for row in rows)
    if largest > LARGEST:
        raise ValueError(
            f"rows come to {largest} for an agent: a solver that computes in floats is exact up to "
            f"{LARGEST}"
        )
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    agents, goods = range(len(rows)), range(len(rows[0]))
    size = len(agents) * len(goods)
    column = np.arange(size).reshape(len(agents), len(goods))
    ends = np.arange(0, size + 1, len(agents))
    once: Any = csr_array((np.ones(size), column.T.ravel(), ends))
    ends = np.arange(0, size + 1, len(goods))
    worth: Any = csr_array((np.array(rows, float).ravel(), column.ravel(), ends))
    answer: Any = milp(
        -np.array(rows, float).ravel(),
        integrality=np.ones(size, np.int64),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(once, 1, 1),
            LinearConstraint(worth, np.array(demands, float), np.inf),
        ],
        options={"mip_rel_gap": 0.0, "time_limit": np.inf if seconds is None else seconds},
    )
    if answer.status == INFEASIBLE:
        return None
    if answer.x is None:
        raise TimeoutError(
            f"HiGHS did not find in {seconds} seconds whether {many(len(goods), 'good')} can be "
            f"divided among {many(len(agents), 'agent')} as demanded"
        )
    given = np.asarray(answer.x).reshape(len(agents), len(goods))
    holders: list[int] = given.argmax(axis=0).tolist()
    found = tuple(frozenset(g for g in goods if holders[g] == agent) for agent in agents)
    for agent, due in enumerate(demands):
        got = sum(rows[agent][good] for good in found[agent])
        if got < due:
            raise ArithmeticError(f"agent {agent} gets what it is due: HiGHS gives {got} of {due}")
    return found
