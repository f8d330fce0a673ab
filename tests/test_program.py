"""Programs: one optimum by three solvers, certificates re-checked, tampering refused by name."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import (
    OPTIMA,
    THIRD,
    Vector,
    best_of_lagrangian,
    condorcet_cycle,
    dense,
    dot,
    facility,
    misleading,
    optimum,
    overspent,
    runaway,
    satisfies,
    transport,
    vertices,
)
from scipy.optimize import linprog

from mechsim.program import Draft, Infeasible, Optimum, Program, Terms, Unbounded
from mechsim.program._basis import solve_sparse, transposed

named = pytest.mark.parametrize(("make", "value"), OPTIMA.values(), ids=list(OPTIMA))


def certifies(program: Program, primal: Vector, dual: Vector, value: Fraction) -> bool:
    """Whether the point is feasible, and it and the multipliers have this value."""
    attained = dot(dense(program)[3], primal)
    return satisfies(program, primal) and attained == value == best_of_lagrangian(program, dual)


def by_cvxpy(program: Program, solver: str) -> float:
    problem: Any = program.to_cvxpy()
    return float(problem.solve(solver=solver))


def by_pulp(program: Program) -> float:
    pulp: Any = importlib.import_module("pulp")
    problem = program.to_pulp()
    problem.solve(pulp.HiGHS(msg=False))
    return float(pulp.value(problem.objective))


class TestThreeSolversOneOptimum:
    """HiGHS with an exact certificate, cvxpy with an interior-point method, and PuLP agree."""

    @named
    def test_exact(self, make: Callable[[], Program], value: Fraction) -> None:
        program = make()
        found = optimum(program)
        assert found.value == value
        assert found.bound == value
        assert found.gap == 0
        assert satisfies(program, found.primal)
        assert dot(dense(program)[3], found.primal) == value
        assert best_of_lagrangian(program, found.dual) == value

    @named
    def test_cvxpy(self, make: Callable[[], Program], value: Fraction) -> None:
        assert by_cvxpy(make(), "CLARABEL") == pytest.approx(float(value), rel=1e-6, abs=1e-6)

    @named
    def test_pulp(self, make: Callable[[], Program], value: Fraction) -> None:
        assert by_pulp(make()) == pytest.approx(float(value), rel=1e-6, abs=1e-6)


class TestKnownAnswers:
    """The points themselves, where they are unique."""

    def test_maximal_lottery(self) -> None:
        assert optimum(condorcet_cycle()).primal == (THIRD, THIRD, THIRD, Fraction(0))

    def test_transport(self) -> None:
        program = transport()
        assert optimum(program).at(program.variables[0].columns).tolist() == [
            [10, 10, 0],
            [0, 15, 15],
        ]

    def test_facility_proof(self) -> None:
        """Seven rows, each with multiplier 1/2, prove that 3/2 is best on five points."""
        proof = optimum(facility(5)).proof()
        assert len(proof.rows) == 7
        assert {multiplier.lstrip("-") for _, multiplier in proof.rows} == {"1/2"}

    def test_floats_would_choose_either_row(self) -> None:
        found = optimum(misleading())
        assert [name for name, _ in found.proof().rows] == ["a little less"]

    def test_integers_past_64_bits(self) -> None:
        rows = OPTIMA["free and boxed variables"][0]().rows
        assert rows[0].numerator.dtype == np.int64
        assert rows[1].numerator.dtype == object
        assert rows[1].denominator == 10**29 + 1


class TestRowsByFamilyAreRowsOneByOne:
    """The facility program, written out a second way, profile by profile."""

    def test_every_row(self) -> None:
        points, program = 4, facility(4)
        half = [Fraction(k, 2) for k in range(2 * points - 1)]
        name = {program.column_name(j): j for j in range(program.shape[1])}

        def p(profile: tuple[int, ...], outcome: Fraction) -> int:
            low, high = sorted(profile)
            return name[f"p[({low}, {high}),{outcome}]"]

        rows = [program.row(i) for i in range(program.shape[0])]
        told = {row.name: (row.terms, row.sense, row.bound) for row in rows}
        expected: dict[str, Any] = {}
        for a in range(points):
            for b in range(a, points):
                one = {p((a, b), o): Fraction(1) for o in half}
                expected[f"lottery at ({a}, {b})"] = (one, "=", 1)
                cost = {p((a, b), o): max(abs(a - o), abs(b - o)) for o in half}
                terms = cost | {name["ratio"]: Fraction(a - b, 2)}
                nonzero = {j: c for j, c in terms.items() if c}
                expected[f"cost at ({a}, {b})"] = (nonzero, "<=", 0)
        for a in range(points):
            for b in range(points):
                for lie in set(range(points)) - {a}:
                    terms = {p((lie, b), o): abs(a - o) for o in half}
                    for o in half:
                        terms[p((a, b), o)] = terms.get(p((a, b), o), Fraction(0)) - abs(a - o)
                    nonzero = {j: c for j, c in terms.items() if c}
                    text = f"strategyproof: agent at {a} beside {b} says {lie}"
                    expected[text] = (nonzero, ">=", 0)
        assert told == expected


class TestTamperingIsRefusedByName:
    """A changed certificate raises `ArithmeticError`, and says where."""

    @named
    def test_every_entry(self, make: Callable[[], Program], value: Fraction) -> None:
        program = make()
        found = optimum(program)
        names = [program.row_name(i) for i in range(program.shape[0])]
        names += [program.column_name(j) for j in range(program.shape[1])]
        for k in range(0, sum(program.shape), 1 + sum(program.shape) // 20):
            for step in (Fraction(-1, 7), 5):
                entries = [*found.dual, *found.primal]
                entries[k] += step
                dual, primal = tuple(entries[: len(found.dual)]), tuple(entries[len(found.dual) :])
                if certifies(program, primal, dual, value):  # another one that is just as good
                    assert Optimum(program, primal, dual).value == value
                else:
                    with pytest.raises(ArithmeticError) as caught:
                        Optimum(program, primal, dual)
                    assert any(name in str(caught.value) for name in names)

    def test_primal(self) -> None:
        found = optimum(condorcet_cycle())
        with pytest.raises(ArithmeticError, match="row 'p is a lottery': 4/3 is not = 1"):
            replace(found, primal=(THIRD, THIRD, 2 * THIRD, Fraction(0)))
        half = Fraction(1, 2)
        with pytest.raises(ArithmeticError, match="row 'rock beats p': -1/2 is not >= 0"):
            replace(found, primal=(half, Fraction(0), half, Fraction(0)))
        with pytest.raises(ArithmeticError, match=r"variable 'p\[rock\]': -1 is not >= 0"):
            replace(found, primal=(Fraction(-1), Fraction(1), Fraction(1), Fraction(0)))

    def test_a_feasible_point_that_is_not_best(self) -> None:
        found = optimum(misleading())
        with pytest.raises(ArithmeticError, match=r"row 'a little less' is 0, not .* gap is 3333"):
            replace(found, primal=(Fraction(0),))

    def test_dual(self) -> None:
        found = optimum(misleading())
        with pytest.raises(ArithmeticError, match="row 'a third' has multiplier -1: of the wrong"):
            replace(found, dual=(Fraction(-1), found.dual[1]))
        with pytest.raises(ArithmeticError, match="variable 'x' has reduced cost 1 and no bound"):
            replace(found, dual=(Fraction(0), Fraction(0)))
        with pytest.raises(ArithmeticError, match=r"variable 'x' is .*, not at its bound 0"):
            replace(found, dual=(Fraction(0), Fraction(1)))

    def test_lengths(self) -> None:
        with pytest.raises(ValueError, match="primal has 1 entries: it must have 4"):
            replace(optimum(condorcet_cycle()), primal=(THIRD,))


class TestNoOptimum:
    """Rows that contradict each other are named; a ray without end is shown."""

    def test_core(self) -> None:
        found = overspent().solve()
        assert isinstance(found, Infeasible)
        assert found.rows == ("the whole", "a gets half", "b gets half", "c gets a ninth")
        whole, *others = found.multipliers[:4]
        assert whole < 0 < others[0] == others[1] == others[2] == -whole

    def test_core_of_bounds(self) -> None:
        draft = Draft()
        x = draft.variables("x", low=1, high=2)
        y = draft.variables("y", low=None)
        draft.at_least("three", (), 3, Terms(x), Terms(y))
        draft.equal("nothing", (), 0, Terms(y, 4))
        found = draft.minimize().solve()
        assert isinstance(found, Infeasible)
        assert found.rows == ("three", "nothing", "x <= 2")

    def test_contradiction_too_small_for_floats(self) -> None:
        draft = Draft()
        x = draft.variables("x")
        draft.at_least("low", (), THIRD + Fraction(1, 10**14), Terms(x))
        draft.at_most("high", (), THIRD, Terms(x))
        found = draft.minimize(Terms(x)).solve()
        assert isinstance(found, Infeasible)
        assert found.rows == ("low", "high")

    def test_infeasible_by_less_than_floats_see_and_unbounded_otherwise(self) -> None:
        draft = Draft()
        x = draft.variables("x", low=None)
        y = draft.variables("y", high=1)
        draft.at_least("three", (), 3 + Fraction(1, 10**10), Terms(y, 3))
        found = draft.maximize(Terms(x)).solve()
        assert isinstance(found, Infeasible)
        assert found.rows == ("three", "y <= 1")

    @pytest.mark.parametrize("spared", range(4))
    def test_no_row_of_the_core_can_be_spared(self, spared: int) -> None:
        program = overspent()
        kept = [program.row(i) for i in range(4) if i != spared]
        draft = Draft()
        x = draft.variables("share[{0}]", (["a", "b", "c"],))
        add = {"=": draft.equal, ">=": draft.at_least, "<=": draft.at_most}
        for row in kept:
            add[row.sense](
                row.name, (), row.bound, Terms(x[list(row.terms)], list(row.terms.values()))
            )
        assert isinstance(draft.minimize().solve(), Optimum)

    def test_wrong_core(self) -> None:
        found = overspent().solve()
        assert isinstance(found, Infeasible)
        y = found.multipliers
        with pytest.raises(ArithmeticError, match="row 'c gets a ninth' has multiplier -1"):
            Infeasible(found.program, (*y[:3], Fraction(-1), y[4]))
        with pytest.raises(ArithmeticError, match=r"variable 'share\[c\]' is left with"):
            Infeasible(found.program, (*y[:3], 2 * y[3], y[4]))
        with pytest.raises(ArithmeticError, match=r"'a gets half'.* do not contradict each other"):
            Infeasible(found.program, (y[0], y[1], *(Fraction(0),) * 3))

        with pytest.raises(ArithmeticError, match="combine to at least 0, and the bounds allow 0"):
            Infeasible(found.program, (Fraction(0),) * 5)

    def test_ray_the_wrong_way(self) -> None:
        draft = Draft()
        program = draft.minimize(Terms(draft.variables("x", low=None)))
        one = Fraction(1)
        assert Unbounded(program, (one,), (-one,)).ray == (-one,)
        with pytest.raises(ArithmeticError, match="ray changes the objective by 1"):
            Unbounded(program, (one,), (one,))

    def test_ray(self) -> None:
        found = runaway().solve()
        assert isinstance(found, Unbounded)
        assert satisfies(runaway(), found.point)
        assert satisfies(
            runaway(), [a + 10**9 * b for a, b in zip(found.point, found.ray, strict=True)]
        )
        assert sum(found.ray) > 0
        with pytest.raises(ArithmeticError, match="row 'difference' changes by 1 along the ray"):
            replace(found, ray=(Fraction(1), Fraction(0)))
        with pytest.raises(ArithmeticError, match="row 'away from zero': 0 is not >= 1"):
            replace(found, point=(Fraction(0), Fraction(0)))
        with pytest.raises(ArithmeticError, match="ray changes the objective by 0"):
            replace(found, ray=(Fraction(0), Fraction(0)))
        with pytest.raises(ArithmeticError, match=r"variable 'x\[left\]' changes by -1"):
            replace(found, ray=(Fraction(-1), Fraction(2)))

    def test_integers_are_for_others(self) -> None:
        draft = Draft()
        x = draft.variables("x[{0}]", (range(3),), high=1, integer=True)
        draft.at_most("knapsack", (), 5, Terms(x, [2, 3, 4]))
        program = draft.maximize(Terms(x, [3, 4, 6]))
        with pytest.raises(ValueError, match=r"variables 'x\[\{0\}\]' must be integers"):
            program.solve()
        assert by_pulp(program) == pytest.approx(7)
        assert by_cvxpy(program, "HIGHS") == pytest.approx(7)


numbers = st.sampled_from([Fraction(k, d) for k in range(-3, 4) for d in (1, 2, 7)])
near = st.tuples(numbers, st.sampled_from([0, 0, 1, -1])).map(
    lambda pair: pair[0] + Fraction(pair[1], 10**11)
)


@st.composite
def small(draw: st.DrawFn, entries: st.SearchStrategy[Fraction] = numbers) -> Program:
    """Up to three variables in boxes, some without lower bounds, and up to four rows."""
    columns = draw(st.integers(1, 3))
    draft = Draft()
    x = np.array(
        [
            int(
                draft.variables(
                    f"x{j}",
                    low=draw(st.sampled_from([0, -1])),
                    high=draw(st.sampled_from([2, None])),
                )
            )
            for j in range(columns)
        ]
    )
    add = {"=": draft.equal, ">=": draft.at_least, "<=": draft.at_most}
    vector = st.lists(entries, min_size=columns, max_size=columns)
    for i in range(draw(st.integers(0, 4))):
        sense = draw(st.sampled_from(["<=", ">=", "<=", ">=", "="]))
        add[sense](f"row {i}", (), draw(entries), Terms(x, draw(vector)))
    goal = Terms(x, draw(vector))
    return draft.maximize(goal) if draw(st.booleans()) else draft.minimize(goal)


class TestSmallPrograms:
    """Optima are those of scipy and of the best vertex; the rest has no vertex, or no best."""

    @given(program=small())
    def test_vertex_enumeration(self, program: Program) -> None:
        found = program.solve()
        corners = vertices(program)
        cost = dense(program)[3]
        if isinstance(found, Infeasible):
            assert not corners
        elif isinstance(found, Optimum):
            best = max if program.maximize else min
            assert found.value == best(dot(cost, x) for x in corners)
        else:
            assert satisfies(program, found.point)

    @given(program=small())
    def test_scipy(self, program: Program) -> None:
        matrix, senses, right, cost = dense(program)
        sign = -1.0 if program.maximize else 1.0
        rows = list(zip(matrix, senses, right, strict=True))
        above = [([-float(a) for a in r], -float(b)) for r, s, b in rows if s == ">="]
        below = [([float(a) for a in r], float(b)) for r, s, b in rows if s == "<="]
        exactly = [([float(a) for a in r], float(b)) for r, s, b in rows if s == "="]
        bounds = [program.bounds(j) for j in range(len(cost))]
        solve: Any = linprog
        answer = solve(
            [sign * float(c) for c in cost],
            A_ub=[r for r, _ in above + below] or None,
            b_ub=[b for _, b in above + below] or None,
            A_eq=[r for r, _ in exactly] or None,
            b_eq=[b for _, b in exactly] or None,
            bounds=[tuple(None if b is None else float(b) for b in pair) for pair in bounds],
            method="highs-ds",
            options={"presolve": False},
        )
        found = program.solve()
        status = {Optimum: 0, Infeasible: 2, Unbounded: 3}[type(found)]
        assert answer.status == status
        if isinstance(found, Optimum):
            assert sign * answer.fun == pytest.approx(float(found.value), abs=1e-6)

    @given(program=small(near))
    def test_below_the_tolerance_of_floats(self, program: Program) -> None:
        """Coefficients that differ by 1e-11: either the exact optimum, or an error."""
        try:
            found = program.solve()
        except ArithmeticError:
            return
        corners = vertices(program)
        if isinstance(found, Optimum):
            best = max if program.maximize else min
            assert found.value == best(dot(dense(program)[3], x) for x in corners)
        else:
            assert isinstance(found, Unbounded) or not corners


class TestSparseSolve:
    """Substitution and FLINT together solve every regular system and refuse the others."""

    @given(data=st.data(), size=st.integers(1, 6))
    def test_residual(self, data: st.DataObject, size: int) -> None:
        entry = st.sampled_from([0, 0, 0, 1, -1, 2])
        full = [[data.draw(entry) for _ in range(size)] for _ in range(size)]
        right = [data.draw(numbers) for _ in range(size)]
        sparse = [{j: k for j, k in enumerate(row) if k} for row in full]
        try:
            x = solve_sparse(sparse, right)
        except ArithmeticError:
            assert round(float(np.linalg.det(np.array(full, dtype=float)))) == 0
        else:
            assert round(float(np.linalg.det(np.array(full, dtype=float)))) != 0
            for row, b in zip(full, right, strict=True):
                assert sum(k * v for k, v in zip(row, x, strict=True)) == b
            turned = solve_sparse(transposed(sparse), right)
            for j, b in enumerate(right):
                assert sum(row[j] * v for row, v in zip(full, turned, strict=True)) == b
