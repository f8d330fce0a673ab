"""Races of optimal mechanisms: writing the linear program, and solving it by its symmetries."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import scipy.sparse

from mechsim import Line, Positions
from mechsim.axioms import Anonymous, ExAnte, IndividuallyRational, Strategyproof
from mechsim.design import Designed, Revenue, WorstCaseValue
from mechsim.design.optimize import Question, ask, best
from mechsim.objectives import MaxCost

from .limit import Race

PULP = "PuLP, a row at a time"
CVXPY = "cvxpy, matrices by numpy"


def facility(agents: int, points: int, *more: Any) -> Question:
    """The least regret of the largest distance, by a lottery over the points."""
    line = Line(0, 1).grid(points - 1)
    goal = WorstCaseValue(MaxCost(), regret=True)
    return ask(goal, [Strategyproof(), *more], line, agents, line.points)


def auction(agents: int, types: int) -> Question:
    """The most that one good earns, if values 1/k, ..., 1 are equally likely."""
    values = tuple(Fraction(k, types) for k in range(1, types + 1))
    setting = Positions((1,), values=values, prior=(Fraction(1, types),) * types)
    return ask(Revenue(), [Strategyproof(), ExAnte(IndividuallyRational())], setting, agents)


def pulp_facility(agents: int, points: int) -> Any:
    """The program of `facility`, as one writes it in PuLP."""
    import pulp

    place = [k / (points - 1) for k in range(points)]
    profiles, y = list(product(range(points), repeat=agents)), range(points)
    distance = [[abs(a - b) for b in place] for a in place]
    model = pulp.LpProblem("facility", pulp.LpMinimize)
    p = pulp.LpVariable.dicts("p", (profiles, y), lowBound=0)
    worst = pulp.LpVariable("worst")
    model += worst
    for t in profiles:
        model += pulp.lpSum(p[t][k] for k in y) == 1
        cost = [max(distance[a][k] for a in t) for k in y]
        half = distance[min(t)][max(t)] / 2
        model += pulp.lpSum(cost[k] * p[t][k] for k in y) - worst <= half
        for i, truth in enumerate(t):
            honest = pulp.lpSum(distance[truth][k] * p[t][k] for k in y)
            for lie in range(points):
                if lie != truth:
                    lied = p[(*t[:i], lie, *t[i + 1 :])]
                    model += honest <= pulp.lpSum(distance[truth][k] * lied[k] for k in y)
    return model


def cvxpy_facility(agents: int, points: int) -> Any:
    """The same in cvxpy, each kind of row by one sparse matrix, ready for HiGHS."""
    import cvxpy as cp

    place = np.linspace(0, 1, points)
    t = np.indices((points,) * agents).reshape(agents, -1).T
    count = len(t)
    distance = np.abs(place[:, None] - place)
    p = cp.Variable(count * points, nonneg=True)
    worst = cp.Variable()
    cells = np.arange(count * points).reshape(count, points)
    one = np.repeat(np.arange(count), points)
    total = scipy.sparse.csr_array((np.ones(cells.size), (one, cells.ravel())))
    cost = distance[t].max(axis=1)
    costs = scipy.sparse.csr_array((cost.ravel(), (one, cells.ravel())))
    spread = place[t.max(axis=1)] - place[t.min(axis=1)]
    rows = [total @ p == 1, costs @ p - worst <= spread / 2]
    for i in range(agents):
        told = np.repeat(np.arange(count), points)
        lie = np.tile(np.arange(points), count)
        kept = t[told, i] != lie
        told, lie = told[kept], lie[kept]
        truth = t[told, i]
        lied = told + (lie - truth) * points ** (agents - 1 - i)
        row = np.repeat(np.arange(len(told)), 2 * points)
        column = np.hstack([cells[told], cells[lied]]).ravel()
        value = np.hstack([distance[truth], -distance[truth]]).ravel()
        rows.append(scipy.sparse.csr_array((value, (row, column))) @ p <= 0)
    return cp.Problem(cp.Minimize(worst), rows).get_problem_data(cp.HIGHS)


def pulp_auction(agents: int, types: int) -> Any:
    """The program of `auction`, as one writes it in PuLP."""
    import pulp

    value = [k / types for k in range(1, types + 1)]
    profiles, bidders = list(product(range(types), repeat=agents)), range(agents)
    model = pulp.LpProblem("auction", pulp.LpMaximize)
    wins = pulp.LpVariable.dicts("wins", (profiles, range(agents + 1)), lowBound=0)
    pays = pulp.LpVariable.dicts("pays", (profiles, bidders))
    chance = 1 / len(profiles)
    model += pulp.lpSum(chance * pays[t][i] for t in profiles for i in bidders)
    for t in profiles:
        model += pulp.lpSum(wins[t][i] for i in range(agents + 1)) == 1
        for i, truth in enumerate(t):
            honest = value[truth] * wins[t][i] - pays[t][i]
            model += honest >= 0
            for lie in range(types):
                if lie != truth:
                    u = (*t[:i], lie, *t[i + 1 :])
                    model += honest >= value[truth] * wins[u][i] - pays[u][i]
    return model


def cvxpy_auction(agents: int, types: int) -> Any:
    """The same in cvxpy, each kind of row by one sparse matrix, ready for HiGHS."""
    import cvxpy as cp

    value = np.arange(1, types + 1) / types
    t = np.indices((types,) * agents).reshape(agents, -1).T
    count = len(t)
    wins, pays = cp.Variable(count * (agents + 1), nonneg=True), cp.Variable(count * agents)
    won = np.arange(count * (agents + 1)).reshape(count, agents + 1)
    paid = np.arange(count * agents).reshape(count, agents)
    one = np.repeat(np.arange(count), agents + 1)
    total = scipy.sparse.csr_array((np.ones(won.size), (one, won.ravel())))
    rows = [total @ wins == 1]
    for i in range(agents):
        every = np.arange(count)
        own = (value[t[:, i]], (every, won[:, i]))
        worth = scipy.sparse.csr_array(own, shape=(count, wins.size))
        rows.append(worth @ wins - pays[paid[:, i]] >= 0)
        told, lie = np.repeat(every, types), np.tile(np.arange(types), count)
        kept = t[told, i] != lie
        told, lie = told[kept], lie[kept]
        truth = t[told, i]
        lied = told + (lie - truth) * types ** (agents - 1 - i)
        row = np.repeat(np.arange(len(told)), 2)
        worth_, sign = value[truth], np.ones(len(told))
        w = np.stack([worth_, -worth_], axis=1).ravel()
        s = np.stack([-sign, sign], axis=1).ravel()
        of_wins = np.stack([won[told, i], won[lied, i]], axis=1).ravel()
        of_pays = np.stack([paid[told, i], paid[lied, i]], axis=1).ravel()
        a = scipy.sparse.csr_array((w, (row, of_wins)), shape=(len(told), wins.size))
        b = scipy.sparse.csr_array((s, (row, of_pays)), shape=(len(told), pays.size))
        rows.append(a @ wins + b @ pays >= 0)
    return cp.Problem(cp.Maximize(cp.sum(pays) / count), rows).get_problem_data(cp.HIGHS)


def full_simplex(agents: int, points: int) -> float:
    """The optimum of all rows of `facility`, nothing shared, by the simplex method of HiGHS."""
    import highspy

    data = cvxpy_facility(agents, points)[0]
    matrix, right, equations = data["A"].tocsc(), data["b"], data["dims"].zero
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.col_lower_ = data["c"], data["lower_bounds"]
    model.col_upper_ = np.full(matrix.shape[1], np.inf)
    model.row_lower_ = np.where(np.arange(len(right)) < equations, right, -np.inf)
    model.row_upper_ = right
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    highs = highspy._core._Highs()  # the public class announces itself on stdout when made
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("solver", "simplex")
    highs.passModel(model)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"HiGHS gave up: {highs.modelStatusToString(highs.getModelStatus())}")
    return float(highs.getInfo().objective_function_value)


def shared(agents: int, points: int) -> Fraction:
    """The same optimum, exact and proved, with agents alike and rows added when broken."""
    found = best(facility(agents, points, Anonymous()))
    if not isinstance(found, Designed):
        raise ArithmeticError("no optimum was found")
    return found.value


def require_equal(ours: Fraction, theirs: float) -> None:
    """Raise `ArithmeticError` unless both sides of a race found the same optimum."""
    if abs(ours - theirs) > 1e-6:
        raise ArithmeticError(f"the optimum is {ours}, and the rival says {theirs}")


class Checked:
    """Both sides of a race to the same optimum, compared whenever both have run."""

    def __init__(self, agents: int, points: int) -> None:
        self.size = agents, points
        self.value: Fraction | None = None

    def ours(self) -> None:
        """The library's way."""
        self.value = shared(*self.size)

    def rival(self) -> None:
        """The plain program."""
        found = full_simplex(*self.size)
        if self.value is not None:
            require_equal(self.value, found)


def races(quick: bool) -> Iterator[Race]:
    """Writing two programs against both modelling layers; solving one against all its rows."""
    points, types = (6, 8) if quick else (10, 15)
    written: list[tuple[str, Question, Any, Any]] = [
        (
            f"write the program of 3 agents on {points} points",
            facility(3, points),
            partial(pulp_facility, 3, points),
            partial(cvxpy_facility, 3, points),
        ),
        (
            f"write the program of 2 bidders with {types} values",
            auction(2, types),
            partial(pulp_auction, 2, types),
            partial(cvxpy_auction, 2, types),
        ),
    ]
    for job, question, pulp_way, cvxpy_way in written:
        yield Race(job, question.write, PULP, pulp_way, 50, rounds=3)
        yield Race(job, question.write, CVXPY, cvxpy_way, 5)
    if not quick:
        both = Checked(3, 10)
        job = "solve 3 agents on 10 points: alike, few rows, exact"
        yield Race(job, both.ours, "HiGHS, all rows, floats", both.rival, 30, rounds=1)
