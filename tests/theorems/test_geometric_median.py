"""The place of the least sum of distances, and ratios of totals and largest costs in the plane."""

from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from mechsim import Instance, Refuted, Strategyproof, verify
from mechsim.algorithms.geometric_median import geometric_median
from mechsim.facility import Centroid, CoordinatewiseMedian, GeometricMedian
from mechsim.objectives import MaxCost, SquaredCost, TotalCost, evaluate, optimum, ratio
from mechsim.preferences import ChebyshevDistance, EuclideanDistance, ManhattanDistance, Space
from mechsim.setting import Undecided

F = Fraction
METRICS = (EuclideanDistance(), ManhattanDistance(), ChebyshevDistance())
numbers = st.integers(0, 4).map(Fraction)
clouds = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6)


def at(space: Space, *points: Any) -> Instance:
    return Instance(space, space.read(points))


def plane(metric: Any = METRICS[0]) -> Space:
    return Space((0, 0), (4, 4), metric=metric)


class TestTheGeometricMedian:
    """Its total is the least, within the ball that is given; it is in the convex hull; it does not
    depend on the order."""

    @settings(max_examples=40)
    @given(cloud=clouds)
    def test_the_ball_holds_what_a_minimiser_finds(self, cloud: Any) -> None:
        found = geometric_median(cloud)
        x = np.array(cloud, dtype=float)

        def total(y: Any) -> float:
            return float(np.linalg.norm(y - x, axis=1).sum())

        start: Any = x.mean(axis=0) + 0.01
        minimiser: Any = minimize
        options = {"xatol": 1e-10, "fatol": 1e-13}
        least = minimiser(total, start, method="Nelder-Mead", options=options).fun
        assert float(found.total.rad()) < 1e-9
        assert least == pytest.approx(float(found.total.mid()), abs=1e-6)

    @given(cloud=clouds)
    def test_in_the_hull_in_any_order(self, cloud: Any) -> None:
        rule = GeometricMedian(plane())
        place = rule(tuple(cloud))
        assert plane().dominating(tuple(cloud), place) is None
        assert rule(tuple(reversed(cloud))) == place

    def test_the_equilateral_triangle_of_fermat(self) -> None:
        """The total is the side times the square root of 3; of this right triangle, by hand."""
        found = geometric_median([(0, 0), (1, 0), (0, 1)])
        assert not found.exact
        assert found.total.enclosure.contains(2) is False
        assert float(found.total) == pytest.approx((1 + sqrt(3)) / sqrt(2), abs=1e-13)

    def test_exact_ones(self) -> None:
        assert geometric_median([(0, 0), (4, 0), (1, F(1, 2))]).place == (F(1), F(1, 2))
        assert geometric_median([(0, 0), (3, 0), (3, 5), (0, 1)]).exact
        assert geometric_median([(0, 0), (2, 2)]).place == (F(0), F(0))

    def test_it_is_manipulable(self) -> None:
        space = plane().grid(2, 2)
        verdict = verify(GeometricMedian(space), Strategyproof(), space, agents=3)
        assert isinstance(verdict, Refuted)

    def test_several_facilities_are_refused(self) -> None:
        two = Space((0, 0), (1, 1), facilities=2)
        with pytest.raises(ValueError, match="one facility is built, not 2"):
            GeometricMedian(two)([(0, 0), (1, 1)])


class TestTheBestInThePlane:
    """No place of a grid has a smaller total or largest cost than the optimum."""

    @pytest.mark.parametrize("metric", METRICS)
    @pytest.mark.parametrize("objective", [TotalCost(), MaxCost()])
    @given(cloud=clouds)
    def test_against_a_grid(self, metric: Any, objective: Any, cloud: Any) -> None:
        space = plane(metric)
        here = at(space, *cloud)
        best = optimum(objective, here)
        assert space.admits(best.place)
        least = float(best.value)
        again = float(evaluate(objective, here, best.place))
        assert again == pytest.approx(least, abs=1e-9)
        others = [float(evaluate(objective, here, p)) for p in space.grid(8, 8).points or ()]
        assert min(others) >= least - 1e-9

    def test_the_smallest_circle_of_three(self) -> None:
        assert optimum(MaxCost(), at(plane(), (0, 0), (4, 2), (4, 0), (0, 1))).place == (2, 1)
        assert optimum(MaxCost(), at(plane(), (0, 0), (4, 0), (2, 4))).value == F(5, 2)

    def test_what_is_not_known(self) -> None:
        with pytest.raises(Undecided, match="squared cost is not known"):
            optimum(SquaredCost(), at(plane(), (0, 0)))
        cube = Space((0, 0, 0), (1, 1, 1), metric=ManhattanDistance())
        with pytest.raises(Undecided, match="is not known in"):
            optimum(MaxCost(), at(cube, (0, 0, 0)))
        two = Space((0, 0), (1, 1), facilities=2)
        with pytest.raises(Undecided, match="total cost is not known"):
            optimum(TotalCost(), at(two, (0, 0)))


class TestTheRatioOfTheCoordinatewiseMedian:
    """By Euclidean distances: of the total cost the square root of 2 for two agents, and at most
    sqrt(2) sqrt(n^2 + 1) / (n + 1) for odd n (arXiv:2007.00903); of the largest cost 2.  By
    Manhattan distances the total is the least."""

    def test_two(self) -> None:
        space = plane()
        found = ratio(CoordinatewiseMedian(space), TotalCost(), at(space, (0, 4), (4, 0)))
        assert float(found) == pytest.approx(sqrt(2), abs=1e-12)

    def test_three_attain_the_bound(self) -> None:
        space = Space((-2, -2), (2, 2))
        here = at(space, (-2, 0), (2, 0), (0, 1))
        found = ratio(CoordinatewiseMedian(space), TotalCost(), here)
        assert float(found) == pytest.approx(sqrt(2) * sqrt(10) / 4, abs=1e-12)

    def test_four(self) -> None:
        """Two pairs of agents are as bad as one pair."""
        space = plane()
        here = at(space, *[(0, 4)] * 2, *[(4, 0)] * 2)
        found = ratio(CoordinatewiseMedian(space), TotalCost(), here)
        assert float(found) == pytest.approx(sqrt(2), abs=1e-12)

    @pytest.mark.parametrize("agents", [3, 5, 7])
    @settings(max_examples=30)
    @given(data=st.data())
    def test_an_odd_number(self, agents: int, data: Any) -> None:
        points = st.lists(st.tuples(numbers, numbers), min_size=agents, max_size=agents)
        here = at(plane(), *data.draw(points))
        found = float(ratio(CoordinatewiseMedian(plane()), TotalCost(), here))
        assert 1 - 1e-9 <= found <= sqrt(2 * (agents**2 + 1)) / (agents + 1) + 1e-9

    @pytest.mark.parametrize("metric", METRICS)
    @given(cloud=clouds)
    def test_the_largest_cost(self, metric: Any, cloud: Any) -> None:
        space = plane(metric)
        rule, here = CoordinatewiseMedian(space), at(space, *cloud)
        assert float(ratio(rule, MaxCost(), at(space, (0, 0), (0, 0), (4, 0)))) == 2
        assert float(ratio(rule, MaxCost(), here)) <= 2 + 1e-9
        if metric == METRICS[1]:
            assert ratio(rule, TotalCost(), here) == 1

    def test_the_centroid(self) -> None:
        space = plane(ManhattanDistance())
        here = at(space, (0, 0), (0, 0), (3, 0))
        assert ratio(Centroid(space), TotalCost(), here) == F(4, 3)


class TestManyDraws:
    """The ball of the least total is small, whatever is drawn."""

    def test_small_whole_numbers(self) -> None:
        rng = np.random.default_rng(1)
        for agents in rng.integers(3, 10, size=300).tolist():
            drawn = rng.integers(0, 7, size=(agents, 2)).tolist()
            total = geometric_median([(x, y) for x, y in drawn]).total
            assert total.enclosure.is_finite()
            assert float(total.rad()) <= 1e-9 * float(total.mid())
