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

from .._numbers import Number, show
from .partition import Division, as_bundles, as_integers

LARGEST = 10**8
"""Beyond such numbers the solver's tolerance would be more than a unit."""


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
        If the values, over their common denominator, are too large for the solver's floats.
    RuntimeError
        If the solver finds no partition at all.

    Examples
    --------
    >>> print(share_by_program((Fraction(4), 1, 1, 2, 2), 3).worst)
    3
    """
    numbers, scale = as_integers(values)
    total = sum(map(abs, numbers))
    if total > LARGEST:
        raise ValueError(
            f"values come to {show(Fraction(total))} as whole numbers: a solver that computes in "
            f"floats is exact up to {LARGEST}"
        )
    pulp: Any = importlib.import_module("pulp")
    problem = pulp.LpProblem("maximin_share", pulp.LpMaximize)
    worst = pulp.LpVariable("worst", -total, total, pulp.LpInteger)
    x = {
        (good, part): pulp.LpVariable(f"x_{good}_{part}", cat=pulp.LpBinary)
        for good in range(len(numbers))
        for part in range(min(parts, good + 1))
    }
    problem += worst
    for good in range(len(numbers)):
        held = pulp.lpSum(x[good, part] for part in range(min(parts, good + 1)))
        problem += held == 1, f"good_{good}"
    for part in range(parts):
        worth = pulp.lpSum(v * x[g, part] for g, v in enumerate(numbers) if (g, part) in x)
        problem += worth >= worst, f"part_{part}"
    solver = pulp.HiGHS(
        msg=False, timeLimit=seconds, threads=1, gapRel=0.0, gapAbs=0.5, log_to_console=False
    )
    problem.solve(solver)
    if any(one.varValue is None for one in x.values()):
        raise RuntimeError(
            f"HiGHS divides nothing: {pulp.LpStatus[problem.status]}, in the rows good_0 to "
            f"part_{parts - 1}"
        )
    holders = [
        max(range(min(parts, good + 1)), key=lambda part: float(x[good, part].varValue))
        for good in range(len(numbers))
    ]
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
