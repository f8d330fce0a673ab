"""Objectives: their definitions, where they are best, and ratios; each reached a second way."""

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from strategies import UNIT, Profile, exact, points, profiles

from mechsim import Instance, Line, Population, Positions, Rankings, SinglePeaked, uniform
from mechsim._numbers import is_ball
from mechsim.algorithms.log_concave import largest_product, simplest_between
from mechsim.axioms import Undecided
from mechsim.batch import Lotteries
from mechsim.facility import Constant, Mean, Median, Nash, RandomRank, UniformPhantom
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    EnvyRatio,
    Expected,
    Gini,
    MaxCost,
    NashWelfare,
    Objective,
    OfExpectation,
    SquaredCost,
    TotalCost,
    Utilitarian,
    best_of,
    evaluate,
    optimum,
    ratio,
    ratios,
)
from mechsim.preferences.tastes import Hybrid, Obnoxious

F = Fraction
FloatArray = npt.NDArray[np.float64]
COSTS: list[Objective] = [TotalCost(), MaxCost(), SquaredCost()]
WELFARES: list[Objective] = [Utilitarian(), Egalitarian(), NashWelfare()]
INEQUALITIES: list[Objective] = [Gini(), ComplementedGini(), EnvyRatio()]
ALL = [*COSTS, *WELFARES, *INEQUALITIES]
worths = st.lists(st.fractions(min_value=0, max_value=2, max_denominator=6), min_size=1, max_size=6)
counted = st.lists(st.tuples(st.fractions(0, 1, max_denominator=5), st.integers(1, 4)), min_size=1)


def here(profile: Profile, line: Line = UNIT) -> Instance:
    return Instance(line, profile)


def of(objective: Objective, numbers: list[Fraction]) -> Any:
    return objective.of([(number, 1) for number in numbers])


def better(objective: Objective, a: Any, b: Any) -> bool:
    """Whether ``a`` is better than ``b`` for the objective."""
    return bool(a < b) if objective.minimised else bool(a > b)


class TestDefinitions:
    """Each objective is what its formula says, written out over agents and pairs of agents."""

    @given(u=worths)
    def test_sums_and_extremes(self, u: list[Fraction]) -> None:
        assert of(TotalCost(), u) == of(Utilitarian(), u) == sum(u)
        assert all(of(Egalitarian(), u) <= x <= of(MaxCost(), u) for x in u)
        assert {of(Egalitarian(), u), of(MaxCost(), u)} <= set(u)
        assert of(SquaredCost(), u) == sum(x * x for x in u)
        assert of(NashWelfare(), u) == math.prod(u)

    @given(u=worths)
    def test_gini(self, u: list[Fraction]) -> None:
        differences = sum(abs(a - b) for a in u for b in u)
        if sum(u):
            assert of(Gini(), u) == differences / (2 * len(u) * sum(u))
            assert 0 <= of(Gini(), u) <= 1 - F(1, len(u))
        assert of(ComplementedGini(), u) == 1 - of(Gini(), u)

    @given(u=worths)
    def test_envy_ratio(self, u: list[Fraction]) -> None:
        envies = [a / b if b else math.inf if a else 1 for a in u for b in u]
        assert of(EnvyRatio(), u) == max(envies)

    def test_nobody_has_anything(self) -> None:
        """1 - G is 0 there, and nobody envies anybody."""
        for objective in ALL:
            nothing = of(objective, [F(0), F(0)])
            assert nothing == (1 if isinstance(objective, (Gini, EnvyRatio)) else 0)

    @given(u=worths, scale=st.fractions(F(1, 7), 7))
    def test_inequality_does_not_depend_on_the_unit(
        self, u: list[Fraction], scale: Fraction
    ) -> None:
        for objective in INEQUALITIES:
            assert of(objective, [scale * x for x in u]) == of(objective, u)


class TestNumbers:
    """Counted agents are agents; fractions stay exact and floats floats; kernels agree."""

    @given(borne=counted)
    def test_counts(self, borne: list[tuple[Fraction, int]]) -> None:
        expanded = [number for number, count in borne for _ in range(count)]
        for objective in ALL:
            assert objective.of(borne) == of(objective, expanded), objective

    @given(rows=st.integers(1, 4), n=st.integers(1, 5), data=st.data())
    def test_kernel(self, rows: int, n: int, data: st.DataObject) -> None:
        eighths = st.integers(0, 8).map(lambda k: F(k, 8))
        table = [[data.draw(eighths) for _ in range(n)] for _ in range(rows)]
        for objective in ALL:
            found = objective.of_batch(np.array(table, dtype=np.float64))
            assert found == pytest.approx([float(of(objective, row)) for row in table]), objective

    @given(x=profiles(), y=points)
    def test_kinds(self, x: Profile, y: Fraction) -> None:
        floats = Instance(UNIT, tuple(map(float, x)))
        for objective in ALL:
            found = evaluate(objective, here(x), y)
            rounded = evaluate(objective, floats, float(y))
            assert isinstance(found, Fraction) or found == math.inf
            assert float(rounded) == pytest.approx(float(found), abs=1e-12), objective

    @given(x=profiles(), y=points)
    def test_populations(self, x: Profile, y: Fraction) -> None:
        population = Population(x, tuple(k + 1 for k in range(len(x))))
        counted, expanded = (Instance(UNIT, r) for r in (population, population.expanded()))
        for objective in ALL:
            assert evaluate(objective, counted, y) == evaluate(objective, expanded, y), objective

    def test_a_hundred_million_agents(self) -> None:
        many = Instance(UNIT, Population((F(0), F(1)), (10**8, 10**8)))
        assert evaluate(TotalCost(), many, F(1, 4)) == 10**8
        assert evaluate(Gini(), many, F(1, 4)) == F(1, 4)
        assert optimum(MaxCost(), many).place == F(1, 2)
        with pytest.raises(Undecided, match="more than 1,000,000 bits"):
            evaluate(NashWelfare(), many, F(1, 4))
        crowd = [(F(1, 4), 10**8), (F(3, 4), 10**8)]
        assert NashWelfare().geometric_mean(crowd) == pytest.approx(math.sqrt(3) / 4)

    def test_float_sums_are_rounded_once(self) -> None:
        assert TotalCost().of([(0.1, 1)] * 10) == 1.0


class TestSettings:
    """An objective asks the setting, and says so where the setting cannot answer."""

    def test_costs_are_minus_values_and_utilities_worths(self) -> None:
        x = (F(0), F(1, 4), F(1))
        for tastes in (Obnoxious(), Hybrid((1,))):
            line = Line(0, 1, tastes=tastes)
            u = [line.worth(i, p, F(1, 2)) for i, p in enumerate(x)]
            v = [line.value(i, p, F(1, 2)) for i, p in enumerate(x)]
            assert evaluate(Utilitarian(), here(x, line), F(1, 2)) == sum(u)
            assert evaluate(TotalCost(), here(x, line), F(1, 2)) == -sum(v)

    def test_who_minds_matters_in_a_population(self) -> None:
        """Agents 0 and 1 want the facility far: counting by peak would forget who they are."""
        line = Line(0, 1, tastes=Hybrid((0, 1)))
        population = Population((F(0), F(1)), (1, 2))
        expanded = Instance(line, population.expanded())
        assert evaluate(Utilitarian(), Instance(line, population), F(1, 4)) == F(5, 4)
        assert evaluate(Utilitarian(), expanded, F(1, 4)) == F(5, 4)

    def test_orders_are_no_numbers(self) -> None:
        line = Line(0, 1, tastes=SinglePeaked())
        with pytest.raises(Undecided, match="only an order is known"):
            evaluate(TotalCost(), here((F(0),), line), F(0))

    def test_worth_is_asked_for(self) -> None:
        search = Positions((1,))
        with pytest.raises(Undecided, match="does not say worth"):
            evaluate(Utilitarian(), Instance(search, search.read([2])), (0,))

    def test_a_line_without_ends(self) -> None:
        assert evaluate(TotalCost(), here((F(0), F(9)), Line()), F(1)) == 9
        with pytest.raises(ValueError, match="a utility that is not negative needs two finite"):
            evaluate(Egalitarian(), here((F(0), F(9)), Line()), F(1))


class TestOptimum:
    """No place does better than the optimum, on the line or within a part of it."""

    @given(x=profiles(), y=points)
    def test_against_any_place(self, x: Profile, y: Fraction) -> None:
        for objective in ALL:
            best, value = optimum(objective, here(x)), evaluate(objective, here(x), y)
            if is_ball(best.value):
                assert not value > best.value
            else:
                assert not better(objective, value, best.value), objective
                assert evaluate(objective, here(x), best.place) == best.value

    @given(x=profiles(), y=points, ends=st.tuples(points, points))
    def test_within_an_interval(
        self, x: Profile, y: Fraction, ends: tuple[Fraction, Fraction]
    ) -> None:
        low, high = sorted(ends)
        inside = low + (high - low) * y
        for objective in ALL:
            best = optimum(objective, here(x), within=(low, high))
            assert low <= best.place <= high
            if not is_ball(best.place):
                value = evaluate(objective, here(x), inside)
                assert not better(objective, value, best.value), objective

    @settings(max_examples=4)
    @given(x=profiles(min_agents=2, max_agents=4))
    def test_against_scipy(self, x: Profile) -> None:
        """Bounded minimisation between all neighbouring places where a local optimum may hide."""
        peaks = np.array([list(map(float, x))])
        places = sorted({float((a + b) / 2) for a in x for b in x} | {0.0, 1.0})
        for objective in ALL:
            sign = 1 if objective.minimised else -1

            def loss(y: float, objective: Objective = objective, sign: int = sign) -> float:
                borne = objective.measure.of_batch(UNIT, peaks, np.array([float(y)]))
                return sign * min(float(objective.of_batch(borne)[0]), 1e9)

            least = min(
                float(minimize_scalar(loss, bounds=ends, method="bounded").fun)
                for ends in pairwise(places)
            )
            best = optimum(objective, here(x)).value
            assert sign * float(best.mid() if is_ball(best) else best) <= least + 1e-9, objective

    @given(x=profiles(), scale=st.integers(1, 9), shift=st.integers(-5, 5))
    def test_the_place_moves_with_the_line(self, x: Profile, scale: int, shift: int) -> None:
        line = Line(shift, shift + scale)
        moved = here(tuple(shift + scale * p for p in x), line)
        for objective in ALL:
            place = optimum(objective, here(x)).place
            if not is_ball(place):
                value = evaluate(objective, moved, shift + scale * place)
                assert optimum(objective, moved).value == value, objective

    @given(x=profiles())
    def test_counted_agents(self, x: Profile) -> None:
        doubled = Population(x, (2,) * len(x))
        for objective in ALL:
            expanded = optimum(objective, here(doubled.expanded()))
            best = optimum(objective, Instance(UNIT, doubled))
            assert is_ball(best.value) or best.value == expanded.value, objective


class TestOtherTastes:
    """Where some or all want the facility far, the best place is a kink of some utility."""

    @settings(max_examples=6)
    @given(x=profiles(min_agents=3, max_agents=3))
    def test_against_a_fine_grid(self, x: Profile) -> None:
        places = np.linspace(0, 1, 241)
        for tastes in (Obnoxious(), Hybrid((0, 2)), Hybrid(())):
            line = Line(0, 1, tastes=tastes)
            peaks = np.tile(np.array(list(map(float, x))), (len(places), 1))
            for objective in (*COSTS[:2], *WELFARES[:2], *INEQUALITIES):
                best = float(optimum(objective, here(x, line)).value)
                values = objective.of_batch(objective.measure.of_batch(line, peaks, places))
                sign = 1 if objective.minimised else -1
                assert (sign * values >= sign * best - 1e-9).all(), (objective, tastes)

    @pytest.mark.parametrize("objective", [SquaredCost(), NashWelfare()])
    def test_what_is_not_known_is_said(self, objective: Objective) -> None:
        line = Line(0, 1, tastes=Obnoxious())
        with pytest.raises(Undecided, match="is known for nearness only"):
            optimum(objective, here((F(0), F(1)), line))

    def test_costs_below_zero_have_no_ratio(self) -> None:
        line = Line(0, 1, tastes=Obnoxious())
        with pytest.raises(Undecided, match="a cost is negative"):
            ratio(Constant(F(1, 2), line), TotalCost(), here((F(0), F(1)), line))

    def test_lists_of_outcomes(self) -> None:
        vote = Rankings(("a", "b", "c"))
        there = Instance(vote, vote.read([["a", "b", "c"], ["b", "c", "a"], ["b", "a", "c"]]))
        assert best_of(TotalCost(), there, range(3)).place == 1
        with pytest.raises(Undecided, match="the best outcome is known on lines"):
            optimum(TotalCost(), there)
        with pytest.raises(ValueError, match="outcomes is empty"):
            best_of(TotalCost(), there, [])

    def test_an_interval_of_another_line(self) -> None:
        with pytest.raises(ValueError, match=r"within is \(0, 2\): it must be an interval of"):
            optimum(TotalCost(), here((F(0),)), within=(F(0), F(2)))


class TestLargestProduct:
    """The place is the root of the slope of the logarithm, exactly where that is rational."""

    def slope(self, x: Profile, y: Fraction) -> Fraction:
        right = sum((1 / (1 - (p - y)) for p in x if p > y), F(0))
        return right - sum((1 / (1 - (y - p)) for p in x if p < y), F(0))

    def ends(self, place: Any) -> tuple[Fraction, Fraction]:
        middle, radius = _exactly(place.mid()), _exactly(place.rad())
        return middle - radius, middle + radius

    def test_where_floats_cannot_tell(self) -> None:
        """Five agents of whom four are within 1e-12: the root is at about an eighth of that."""
        near = F(1, 10**12)
        place = largest_product([(F(0), 3), (near, 1), (F(1, 2), 1)], F(1))
        below, above = self.ends(place)
        x = (F(0), F(0), F(0), near, F(1, 2))
        assert self.slope(x, below) > 0 > self.slope(x, above)
        assert 0.124 * near < below < above < 0.126 * near

    @given(x=profiles(min_agents=2))
    def test_the_slope_changes_its_sign(self, x: Profile) -> None:
        place = largest_product([(p, 1) for p in x], F(1))
        if is_ball(place):
            below, above = self.ends(place)
            assert 0 < above - below < F(1, 10**14)
            assert self.slope(x, below) > 0 > self.slope(x, above)
            short = {F(k, d) for d in range(1, 13) for k in range(1, d)} - set(x)
            assert all(self.slope(x, y) for y in short if min(x) < y < max(x))
        else:
            at = sum(p == place for p in x)
            assert -at <= self.slope(x, place) <= at

    @given(a=points, b=points)
    def test_two_agents_meet_half_way(self, a: Fraction, b: Fraction) -> None:
        assert largest_product([(a, 1), (b, 1)], F(1)) == (a + b) / 2

    @given(share=st.integers(1, 9), rest=st.integers(1, 9))
    def test_groups_at_the_ends_share_the_line(self, share: int, rest: int) -> None:
        """It is where Uniform Phantom builds, which is therefore optimal there."""
        place = largest_product([(F(0), rest), (F(1), share)], F(1))
        assert place == F(share, share + rest)
        x = (F(0),) * rest + (F(1),) * share
        assert ratio(UniformPhantom(), NashWelfare(), here(x)) == 1

    @given(x=profiles(min_agents=2))
    def test_floats(self, x: Profile) -> None:
        found = largest_product([(float(p), 1) for p in x], 1.0)
        place = largest_product([(p, 1) for p in x], F(1))
        assert isinstance(found, float)
        assert found == pytest.approx(float(place.mid() if is_ball(place) else place))

    def test_more_digits_where_asked(self) -> None:
        import flint

        x = [(F(0), 2), (F(1, 2), 1), (F(1), 1)]
        with flint.ctx.workprec(300):
            fine = largest_product(x, F(1))
            assert float(fine.rad()) < 2.0**-290
        assert fine.enclosure.overlaps(largest_product(x, F(1)).enclosure)

    @given(ends=st.tuples(st.fractions(-3, 3), st.fractions(-3, 3)))
    def test_simplest_fraction(self, ends: tuple[Fraction, Fraction]) -> None:
        low, high = sorted(ends)
        found = simplest_between(low, high)
        assert low <= found <= high
        shorter = range(1, min(found.denominator, 60))
        assert all(math.ceil(low * d) > math.floor(high * d) for d in shorter)
        with pytest.raises(ValueError, match="it must be at least low"):
            simplest_between(F(1), F(0))


def _exactly(number: Any) -> Fraction:
    mantissa, exponent = number.man_exp()
    return F(int(mantissa)) * F(2) ** int(exponent)


@dataclass(frozen=True)
class Batch:
    """A mechanism of one's own that answers many profiles at once."""

    def __call__(self, reports: Profile) -> Any:
        return uniform([min(reports), max(reports)])

    def of_batch(self, profiles: FloatArray) -> Lotteries:
        ends = np.column_stack([profiles.min(axis=1), profiles.max(axis=1)])
        return Lotteries(ends, (F(1, 2), F(1, 2)))


@dataclass(frozen=True)
class Left:
    """A rule of one's own that answers many profiles at once."""

    def __call__(self, reports: Profile) -> Fraction:
        return min(reports)

    def of_batch(self, profiles: FloatArray) -> FloatArray:
        found: FloatArray = profiles.min(axis=1)
        return found


class TestRatio:
    """At least 1, exact, 1 at the optimum, infinite where nothing bounds it."""

    @settings(max_examples=25)
    @given(x=profiles())
    def test_at_least_one(self, x: Profile) -> None:
        for objective in ALL:
            for mechanism in (Median(), Mean(), UniformPhantom(), RandomRank()):
                found = ratio(mechanism, objective, here(x))
                assert not found < 1, objective  # a ball may contain 1

    @given(x=profiles())
    def test_one_at_the_optimum(self, x: Profile) -> None:
        for objective in ALL:
            place = optimum(objective, here(x)).place
            if not is_ball(place):
                assert ratio(Constant(place, UNIT), objective, here(x)) == 1, objective

    def test_nothing_over_nothing_and_something_over_nothing(self) -> None:
        same, apart = here((F(1, 3),) * 3), here((F(0), F(1)))
        assert ratio(Median(), TotalCost(), same) == 1
        assert ratio(Constant(F(1, 2)), TotalCost(), same) == math.inf
        assert ratio(Median(), Egalitarian(), apart) == math.inf
        assert ratio(Median(), EnvyRatio(), apart) == math.inf
        assert ratio(RandomRank(), EnvyRatio(), apart) == math.inf
        assert ratio(Median(), Gini(), here((F(0), F(1, 2)))) == math.inf

    def test_nothing_of_what_is_irrational(self) -> None:
        """The best product is irrational there, and whoever draws an end has none of it."""
        x = (F(0), F(0), F(1, 2), F(1))
        assert is_ball(optimum(NashWelfare(), here(x)).value)
        assert ratio(Median(), NashWelfare(), here(x)) == math.inf
        assert is_ball(ratio(Mean(), NashWelfare(), here(x)))
        assert ratio(Nash(), NashWelfare(), here(x)) == 1

    def test_a_mechanism_that_builds_where_it_is_irrational(self) -> None:
        """Its ratios are enclosed, and agree with those in floats."""
        x = here((F(0), F(0), F(1, 2), F(1)))
        floats = Instance(UNIT, tuple(map(float, x.profile)))
        for objective in ALL:
            if not isinstance(objective, (Gini, NashWelfare)):
                found = float(ratio(Nash(), objective, x))
                assert found == pytest.approx(ratio(Nash(), objective, floats)), objective

    def test_floats_are_not_below_one(self) -> None:
        x = (0.1, 0.3, 0.7)
        for objective in ALL:
            assert ratio(Mean(), objective, Instance(UNIT, x)) >= 1

    @settings(max_examples=30)
    @given(x=profiles(min_agents=2))
    def test_lotteries(self, x: Profile) -> None:
        """Either convention, written out over the outcomes that may be drawn."""
        n = len(x)
        for objective in ALL:
            best = optimum(objective, here(x)).value
            if is_ball(best):
                continue
            expected = sum(evaluate(objective, here(x), y) for y in x) / n
            borne = [sum((objective.measure.of(UNIT, 0, p, y) for y in x), F(0)) / n for p in x]
            pairs = ((expected, Expected()), (of(objective, borne), OfExpectation()))
            for value, convention in pairs:
                more, less = (value, best) if objective.minimised else (best, value)
                found = ratio(RandomRank(), objective, here(x), convention)
                if more == less:
                    assert found == 1
                else:
                    assert found == (more / less if less else math.inf), objective

    @given(x=profiles(min_agents=2))
    def test_conventions_agree_on_sums(self, x: Profile) -> None:
        for objective in (TotalCost(), Utilitarian()):
            ante = ratio(RandomRank(), objective, here(x), OfExpectation())
            assert ratio(RandomRank(), objective, here(x)) == ante

    def test_before_the_draw_a_lottery_may_be_more_equal_than_any_place(self) -> None:
        """A fair coin between the ends gives all the same in expectation; no place does."""
        x = here((F(0), F(1, 2), F(1)))
        assert ratio(Batch(), ComplementedGini(), x, OfExpectation()) == F(5, 6)
        assert ratio(Batch(), ComplementedGini(), x) > 1

    @settings(max_examples=25)
    @given(data=st.data())
    def test_kernel(self, data: st.DataObject) -> None:
        n = data.draw(st.integers(2, 5))
        rows = data.draw(st.lists(profiles(n, n), min_size=1, max_size=3))
        line = data.draw(st.sampled_from([UNIT, Line(1, 7)]))
        at = [tuple(exact(line.at(p)) for p in row) for row in rows]
        peaks = np.array([[float(p) for p in row] for row in at])
        mechanism: Any = data.draw(st.sampled_from([Batch(), Left()]))
        convention: Any = data.draw(st.sampled_from([Expected(), OfExpectation()]))
        for objective in ALL:
            found = ratios(mechanism, objective, line, peaks, convention)
            slow = [ratio(mechanism, objective, Instance(line, row), convention) for row in at]
            wanted = [float(r.mid() if is_ball(r) else r) for r in slow]
            capped = [min(a, 1e9) for a in found]  # in floats, nothing may be almost nothing
            assert capped == pytest.approx([min(b, 1e9) for b in wanted]), objective

    def test_a_batch_wants_nearness(self) -> None:
        with pytest.raises(Undecided, match="is known for nearness only"):
            ratios(Left(), MaxCost(), Line(0, 1, tastes=Obnoxious()), np.zeros((1, 2)))
