"""A program for cvxpy and for PuLP, in floats: to see it solved by others, or with integers."""

import importlib
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from ._highs import floats
from .problem import Program

if TYPE_CHECKING:
    import cvxpy


def to_cvxpy(program: Program) -> "cvxpy.Problem":
    """The program as a ``cvxpy.Problem``, with one variable and one constraint a family."""
    import scipy.sparse

    cp: Any = importlib.import_module("cvxpy")
    columns = program.shape[1]
    parts = [cp.Variable(len(v), name=v.name, integer=v.integer) for v in program.variables]
    x = cp.hstack(parts)
    constraints: list[Any] = []
    for variables, part in zip(program.variables, parts, strict=True):
        constraints += [] if variables.low is None else [part >= float(variables.low)]
        constraints += [] if variables.high is None else [part <= float(variables.high)]
    for rows in program.rows:
        values = floats(rows.numerator, rows.denominator)
        matrix = scipy.sparse.csr_array(
            (values, (rows.row, rows.column)), shape=(len(rows), columns)
        )
        left, right = matrix @ x, floats(rows.bound, rows.denominator)
        constraints.append(
            left >= right
            if rows.sense == ">="
            else left <= right
            if rows.sense == "<="
            else left == right
        )
    cost = np.zeros(columns)
    cost[program.objective.column] = floats(
        program.objective.numerator, program.objective.denominator
    )
    goal = cp.Maximize(cost @ x) if program.maximize else cp.Minimize(cost @ x)
    problem: cvxpy.Problem = cp.Problem(goal, constraints)
    return problem


def to_pulp(program: Program) -> Any:
    """The program as a ``pulp.LpProblem``; names end in numbers and lose their punctuation."""
    pulp: Any = importlib.import_module("pulp")
    problem = pulp.LpProblem("program", pulp.LpMaximize if program.maximize else pulp.LpMinimize)
    x: list[Any] = []
    for family in program.variables:
        kind = pulp.LpInteger if family.integer else pulp.LpContinuous
        low, high = (None if b is None else float(b) for b in (family.low, family.high))
        names = (
            _plain(family.label(member), family.first + member) for member in range(len(family))
        )
        x += [problem.add_variable(name, low, high, kind) for name in names]
    problem += pulp.LpAffineExpression([(x[j], float(c)) for j, c in program.cost().items()])
    sense = {">=": pulp.LpConstraintGE, "<=": pulp.LpConstraintLE, "=": pulp.LpConstraintEQ}
    for number in range(program.shape[0]):
        row = program.row(number)
        left = pulp.LpAffineExpression([(x[j], float(c)) for j, c in row.terms.items()])
        problem += pulp.LpConstraint(
            left, sense[row.sense], _plain(row.name, number), float(row.bound)
        )
    return problem


def _plain(name: str, number: int) -> str:
    return f"{re.sub(r'[^a-zA-Z0-9]+', '_', name)[:200]}_{number}"
