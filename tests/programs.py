"""Programs whose answers are known, and a checker that shares no code with the library's."""

import operator
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

import numpy as np

from mechsim.program import Draft, Optimum, Program, Terms

Vector = Sequence[Fraction]
THIRD = Fraction(1, 3)


def condorcet_cycle() -> Program:
    """The maximal lottery of a majority cycle: the value of a symmetric game."""
    names = ["rock", "paper", "scissors"]
    margin = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    draft = Draft()
    p = draft.variables("p[{winner}]", (names,))
    v = draft.variables("value", low=None)
    draft.equal("p is a lottery", (), 1, Terms(p))
    rows = np.arange(3)[:, None]
    draft.at_least("{rival} beats p", (names,), 0, Terms(p, margin.T, rows), Terms(v, -1, rows))
    return draft.maximize(Terms(v))


def transport() -> Program:
    """Supplies 20 and 30, demands 10, 25 and 15, and the costs below."""
    cost = np.array([[8, 6, 10], [9, 5, 4]])
    plants, towns = ["north", "south"], ["Aalen", "Bonn", "Celle"]
    draft = Draft()
    x = draft.variables("{plant} to {town}", (plants, towns))
    draft.at_most("supply of {0}", (plants,), [20, 30], Terms(x, 1, np.arange(2)[:, None]))
    draft.at_least("demand of {0}", (towns,), [10, 25, 15], Terms(x, 1, np.arange(3)))
    return draft.minimize(Terms(x, cost))


def matching() -> Program:
    """The best assignment of three agents to three goods; its program is integral."""
    value = np.array([[8, 5, 2], [7, 6, 1], [6, 4, 3]])
    draft = Draft()
    x = draft.variables("{agent} gets {good}", (["Ann", "Bob", "Cy"], ["a", "b", "c"]))
    draft.at_most("{0} gets one", (["Ann", "Bob", "Cy"],), 1, Terms(x, 1, np.arange(3)[:, None]))
    draft.at_most("one of {0}", (["a", "b", "c"],), 1, Terms(x, 1, np.arange(3)))
    return draft.maximize(Terms(x, value))


def facility(points: int) -> Program:
    """The best expected maximum cost ratio of two agents, truthful in expectation, anonymous.

    Types are the points 0, 1, ..., outcomes the half-grid points.
    """
    profiles = list(combinations_with_replacement(range(points), 2))
    place = {profile: k for k, profile in enumerate(profiles)}
    outcomes = np.arange(2 * points - 1)  # in halves
    lies = [
        (type_, other, lie)
        for type_ in range(points)
        for other in range(points)
        for lie in range(points)
        if lie != type_
    ]
    draft = Draft()
    p = draft.variables(
        "p[{profile},{outcome}]", (profiles, [Fraction(int(o), 2) for o in outcomes])
    )
    ratio = draft.variables("ratio")
    row = np.arange(len(profiles))[:, None]
    ends = np.array(profiles)
    cost = np.abs(2 * ends[:, :, None] - outcomes).max(axis=1)
    best = (ends[:, 1] - ends[:, 0])[:, None]
    draft.equal("lottery at {profile}", (profiles,), 1, Terms(p, 1, row))
    draft.at_most(
        "cost at {profile}", (profiles,), 0, Terms(p, cost, row, 2), Terms(ratio, -best, row, 2)
    )
    row = np.arange(len(lies))[:, None]
    truth, told = (
        np.array([place[min(a, b), max(a, b)] for a, b in pairs])
        for pairs in ([(t, o) for t, o, _ in lies], [(lie, o) for _, o, lie in lies])
    )
    types, others, said = np.array(lies).T
    felt = np.abs(2 * types[:, None] - outcomes)
    draft.at_least(
        "strategyproof: agent at {type} beside {other} says {lie}",
        (types, others, said),
        0,
        Terms(p[told], felt, row, 2),
        Terms(p[truth], -felt, row, 2),
    )
    return draft.minimize(Terms(ratio))


def degenerate() -> Program:
    """Beale's example, on which the simplex method can cycle."""
    draft = Draft()
    x = draft.variables("x{0}", (range(4),))
    quarter, half = Fraction(1, 4), Fraction(1, 2)
    draft.at_most("first", (), 0, Terms(x, [quarter, -60, Fraction(-1, 25), 9]))
    draft.at_most("second", (), 0, Terms(x, [half, -90, Fraction(-1, 50), 3]))
    draft.at_most("third", (), 1, Terms(x[2]))
    return draft.maximize(Terms(x, [Fraction(3, 4), -150, Fraction(1, 50), -6]))


def misleading() -> Program:
    """Two rows that floats cannot tell apart: the tighter one, by 1e-12, is what binds."""
    draft = Draft()
    x = draft.variables("x")
    draft.at_most("a third", (), 1, Terms(x, 3))
    draft.at_most("a little less", (), 1 - Fraction(1, 10**12), Terms(x, 3))
    return draft.maximize(Terms(x))


def misleading_costs() -> Program:
    """Two goods of almost the same worth; the better one, by 1e-12, is what is bought."""
    draft = Draft()
    x = draft.variables("x[{0}]", (["plain", "better", "dear"],))
    draft.at_most("budget", (), 1, Terms(x, [1, 1, 2]))
    draft.at_least("some of the plain one", (), THIRD, Terms(x[0]), Terms(x[2], 3))
    return draft.minimize(Terms(x, [-1, -1 - Fraction(1, 10**12), -2]))


def boxed() -> Program:
    """Free, boxed and negative variables, an equality, and numbers beyond 64 bits."""
    draft = Draft()
    x = draft.variables("x[{0}]", (["a", "b"],), low=-THIRD, high=THIRD)
    y = draft.variables("y", low=None, high=2)
    z = draft.variables("z", low=None)
    draft.equal("sum", (), Fraction(1, 7), Terms(x), Terms(y), Terms(z))
    draft.at_least("z is bounded below", (), Fraction(-(10**30), 10**29 + 1), Terms(z))
    return draft.maximize(Terms(x, [1, -1]), Terms(y, 2), Terms(z, Fraction(-1, 2)))


def overspent() -> Program:
    """Two shares of a half each and a third of a third, from one whole; a fourth row is idle."""
    draft = Draft()
    share = draft.variables("share[{0}]", (["a", "b", "c"],))
    draft.equal("the whole", (), 1, Terms(share))
    draft.at_least("{0} gets half", (["a", "b"],), Fraction(1, 2), Terms(share[:2], 1, [0, 1]))
    draft.at_least("c gets a ninth", (), Fraction(1, 9), Terms(share[2]))
    draft.at_most("a is not greedy", (), 5, Terms(share[0]))
    return draft.minimize(Terms(share[0]))


def runaway() -> Program:
    """A difference is bounded; the sum is not."""
    draft = Draft()
    x = draft.variables("x[{0}]", (["left", "right"],))
    draft.at_most("difference", (), THIRD, Terms(x, [1, -1]))
    draft.at_least("away from zero", (), 1, Terms(x))
    return draft.maximize(Terms(x))


OPTIMA = {
    "the maximal lottery of a cycle": (condorcet_cycle, Fraction(0)),
    "a transport problem": (transport, Fraction(275)),
    "a matching": (matching, Fraction(17)),
    "facility on 3 points": (lambda: facility(3), Fraction(4, 3)),
    "facility on 5 points": (lambda: facility(5), Fraction(3, 2)),
    "Beale's degenerate example": (degenerate, Fraction(1, 20)),
    "rows that floats confuse": (misleading, THIRD - Fraction(1, 3 * 10**12)),
    "costs that floats confuse": (misleading_costs, -1 - Fraction(7, 9 * 10**12)),
    "free and boxed variables": (boxed, Fraction(235, 42)),
}


def optimum(program: Program) -> Optimum:
    """The optimum, which the program must have."""
    found = program.solve()
    assert isinstance(found, Optimum)
    return found


def dense(
    program: Program,
) -> tuple[list[list[Fraction]], list[str], list[Fraction], list[Fraction]]:
    """Matrix, senses, right sides and costs, read off row by row."""
    rows, columns = program.shape
    read = [program.row(i) for i in range(rows)]
    matrix = [[row.terms.get(j, Fraction(0)) for j in range(columns)] for row in read]
    cost = [program.cost().get(j, Fraction(0)) for j in range(columns)]
    return matrix, [row.sense for row in read], [row.bound for row in read], cost


def dot(a: Vector, b: Vector) -> Fraction:
    """The inner product."""
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def satisfies(program: Program, x: Vector) -> bool:
    """Whether a point is feasible."""
    matrix, senses, right, _ = dense(program)
    holds = {">=": operator.ge, "<=": operator.le, "=": operator.eq}
    bounds = (program.bounds(j) for j in range(len(x)))
    return all(
        holds[s](dot(row, x), b) for row, s, b in zip(matrix, senses, right, strict=True)
    ) and all(
        (low is None or low <= v) and (high is None or v <= high)
        for v, (low, high) in zip(x, bounds, strict=True)
    )


def best_of_lagrangian(program: Program, y: Vector) -> Fraction | None:
    """The best of ``c x + y (b - A x)`` within the bounds; None if that has no end.

    For multipliers of the right signs it bounds the optimum.
    """
    matrix, senses, right, cost = dense(program)
    sign = -1 if program.maximize else 1
    for s, v in zip(senses, y, strict=True):
        if (s == ">=" and v * sign < 0) or (s == "<=" and v * sign > 0):
            return None
    total = dot(y, right)
    for j, c in enumerate(cost):
        left = c - dot(y, [row[j] for row in matrix])
        low, high = program.bounds(j)
        if left:
            end = low if left * sign > 0 else high
            if end is None:
                return None
            total += left * end
    return total


def vertices(program: Program) -> list[tuple[Fraction, ...]]:
    """Every feasible point at which as many rows and bounds meet as there are variables."""
    matrix, _, right, _ = dense(program)
    columns = program.shape[1]
    planes = list(zip(matrix, right, strict=True))
    for j in range(columns):
        unit = [Fraction(int(k == j)) for k in range(columns)]
        planes += [(unit, bound) for bound in program.bounds(j) if bound is not None]
    found = (
        intersection([planes[k] for k in chosen])
        for chosen in combinations(range(len(planes)), columns)
    )
    return [x for x in found if x is not None and satisfies(program, x)]


def intersection(planes: list[tuple[list[Fraction], Fraction]]) -> tuple[Fraction, ...] | None:
    """The point on all planes, by Gauss-Jordan elimination; None if it is not unique."""
    table = [[*row, right] for row, right in planes]
    size = len(table)
    for j in range(size):
        pivot = next((i for i in range(j, size) if table[i][j]), None)
        if pivot is None:
            return None
        table[j], table[pivot] = table[pivot], table[j]
        table[j] = [entry / table[j][j] for entry in table[j]]
        for i in range(size):
            if i != j:
                factor = table[i][j]
                table[i] = [a - factor * b for a, b in zip(table[i], table[j], strict=True)]
    return tuple(row[-1] for row in table)
