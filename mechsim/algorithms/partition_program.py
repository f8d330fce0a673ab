r"""The best worst part as a program for solvers: a second way to what `maximin_share` searches for.

With :math:`x_{gk} = 1` where good g is in part k,

.. math:: \max\ t \quad \text{s.t.} \quad \sum_k x_{gk} = 1\ \ \forall g, \qquad
          \sum_g v_g x_{gk} \ge t\ \ \forall k, \qquad x_{gk} \in \{0, 1\},

and, as parts have no names, :math:`x_{gk} = 0` for :math:`k > g`.  HiGHS solves it, by way of
PuLP, in floats.  The partition is then valued exactly, and the bound is the solver's.
"""

import importlib
import math
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import Number, whole
from ..program import Draft, Program, Terms
from .partition import Division, as_bundles, as_integers

LARGEST = 10**8
"""Beyond such numbers the solver's tolerance would be more than a unit."""


def partition_program(numbers: list[int], parts: int) -> Program:
    """The program, with variables ``x[good,part]`` in that order, and ``t`` after them."""
    goods, total = len(numbers), sum(map(abs, numbers))
    draft = Draft()
    x = draft.variables("x[{good},{part}]", (range(goods), range(parts)), high=1, integer=True)
    t = draft.variables("t", low=-total, high=total, integer=True)
    good, part = np.arange(goods)[:, None], np.arange(parts)[:, None]
    draft.equal("good {0} is in one part", (range(goods),), 1, Terms(x, 1, good))
    worth = Terms(x.T, np.array(numbers, object), part)
    draft.at_least("part {0} is worth t", (range(parts),), 0, worth, Terms(int(t), -1, part))
    above = np.argwhere(np.arange(parts) > good)
    if len(above):
        names = (above[:, 0].tolist(), above[:, 1].tolist())
        unused = Terms(x[above[:, 0], above[:, 1]], 1, np.arange(len(above)))
        draft.equal("good {0} is not in part {1}, a later one", names, 0, unused)
    return draft.maximize(Terms(int(t)))


def share_by_program(
    values: tuple[Number, ...], parts: int, *, seconds: float | None = None
) -> Division:
    """The best that the worst part can be, by mixed-integer programming.

    Parameters
    ----------
    values : tuple of Number
        What each good is worth, of either sign; at least one.
    parts : int
        How many parts; at least 1.
    seconds : float, optional
        When the solver gives up, by its own clock.  Then the division may not be proven.

    Raises
    ------
    ValueError
        If there are no values or no parts, or the values, over their common denominator, are too
        large for the solver's floats.
    RuntimeError
        If the solver finds no partition at all.

    Examples
    --------
    >>> print(share_by_program((Fraction(4), 1, 1, 2, 2), 3).worst)
    3
    """
    if not values:
        raise ValueError("values is empty: there must be at least one good")
    whole(parts, "parts", 1)
    numbers, scale = as_integers(values)
    if sum(map(abs, numbers)) > LARGEST:
        raise ValueError(
            f"values come to {sum(map(abs, numbers))} as whole numbers: a solver that computes in "
            f"floats is exact up to {LARGEST}"
        )
    pulp: Any = importlib.import_module("pulp")
    problem = partition_program(numbers, parts).to_pulp()
    _solve(problem, seconds)
    x = {int(one.name.rsplit("_", 1)[1]): one.varValue for one in problem.variables()}
    held = [[x[good * parts + part] for part in range(parts)] for good in range(len(numbers))]
    if any(None in row or round(sum(row)) != 1 for row in held):
        raise RuntimeError(
            f"HiGHS divides nothing, and says {pulp.LpStatus[problem.status]}: of the rows "
            f"'good 0 is in one part' and those after it"
        )
    holders = [row.index(max(row)) for row in held]
    got = [0] * parts
    for number, part in zip(numbers, holders, strict=True):
        got[part] += number
    # PuLP hands on what is to be minimised, minus the worst part
    bound = math.floor(1e-4 - problem.solverModel.getInfo().mip_dual_bound)
    least = min(got)
    if bound < least:
        raise ArithmeticError(f"HiGHS says {bound} is the best, and finds a partition of {least}")
    return Division(
        Fraction(least, scale), as_bundles(holders, parts), Fraction(bound - least, scale)
    )


def _solve(problem: Any, seconds: float | None) -> None:
    """HiGHS on a problem of PuLP, whose own solver lets HiGHS announce itself on stdout."""
    import highspy

    pulp: Any = importlib.import_module("pulp")
    # how many threads is not said: HiGHS fails if the process has begun with another number
    options = {"output_flag": False, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5}
    limit = {} if seconds is None else {"time_limit": float(seconds)}
    problem.solverModel = highspy._core._Highs()
    for name, value in {**options, **limit}.items():
        problem.solverModel.setOptionValue(name, value)
    solver = pulp.HiGHS(msg=False)
    solver.buildSolverModel(problem)
    solver.callSolver(problem)
    problem.assignStatus(*solver.findSolutionValues(problem))
