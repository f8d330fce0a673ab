"""Which places are efficient anywhere in a space: by hulls, by linear programs, by grids."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Population, Refuted, plot, verify
from mechsim.algorithms.nearer import projection
from mechsim.axioms import ParetoOptimal
from mechsim.facility import Centroid, CoordinatewiseMedian
from mechsim.preferences import ChebyshevDistance, EuclideanDistance, ManhattanDistance, Space

F = Fraction
METRICS = (EuclideanDistance(), ManhattanDistance(), ChebyshevDistance())
numbers = st.integers(0, 4).map(Fraction)
points = st.tuples(numbers, numbers)
clouds = st.lists(points, min_size=1, max_size=5).map(tuple)
solids = st.tuples(numbers, numbers, numbers)


def box(dimensions: int, metric: Any = METRICS[0]) -> Space:
    return Space((0,) * dimensions, (4,) * dimensions, metric=metric)


def dominates(space: Space, profile: Any, other: Any, place: Any) -> bool:
    """By the definition: nearer to somebody and farther from nobody."""
    pairs = [(space.order(x, other), space.order(x, place)) for x in profile]
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


def in_hull(place: Any, hull: Any) -> bool:
    """Never to the right of an edge, and on the edge where there is only one."""

    def turn(a: Any, b: Any) -> Any:
        return (b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0])

    if len(hull) == 1:
        return bool(place == hull[0])
    edges = zip(hull, (*hull[1:], hull[0]), strict=True)
    within = all(min(s) <= x <= max(s) for x, s in zip(place, zip(*hull, strict=True), strict=True))
    return within and all(turn(a, b) >= 0 for a, b in edges)


class TestWhatDominates:
    """A place that is said to dominate does, it is in the box, and nothing dominates where nothing
    is said to: no place of a grid of halves does."""

    @pytest.mark.parametrize("metric", METRICS)
    @given(profile=clouds, place=points)
    def test_in_the_plane(self, metric: Any, profile: Any, place: Any) -> None:
        space = box(2, metric)
        found = space.dominating(profile, place)
        if found is not None:
            assert space.admits(found)
            assert dominates(space, profile, found, place)
        else:
            grid = space.grid(8, 8).points or ()
            assert not any(dominates(space, profile, other, place) for other in grid)

    @pytest.mark.parametrize("metric", METRICS)
    @given(profile=st.lists(solids, min_size=1, max_size=4).map(tuple), place=solids)
    def test_in_three_dimensions(self, metric: Any, profile: Any, place: Any) -> None:
        space = box(3, metric)
        found = space.dominating(profile, place)
        if found is not None:
            assert dominates(space, profile, found, place)
        else:
            grid = space.grid(4, 4, 4).points or ()
            assert not any(dominates(space, profile, other, place) for other in grid)

    def test_floats_are_the_fractions_that_they_are(self) -> None:
        space = box(2)
        profile = ((0.1, 0.1), (0.3, 0.3))
        assert space.dominating(profile, (0.2, 0.2)) is None
        assert space.dominating(profile, (0.2, 0.25)) is not None

    def test_populations(self) -> None:
        profile = Population(((F(0), F(0)), (F(2), F(0))), (3, 5))
        assert box(2).dominating(profile, (1, 1)) == (1, 0)


class TestTheHull:
    """By Euclidean distances a place is efficient if and only if it is in the convex hull."""

    @given(profile=clouds, place=points)
    def test_in_the_plane_by_turns(self, profile: Any, place: Any) -> None:
        efficient = box(2).dominating(profile, place) is None
        assert efficient == in_hull(place, plot.convex_hull(profile))

    @given(profile=st.lists(solids, min_size=1, max_size=7), place=solids)
    def test_what_is_nearest_makes_no_acute_angle(self, profile: Any, place: Any) -> None:
        nearest = projection(place, profile)
        for x in profile:
            sides = zip(place, nearest, x, strict=True)
            assert sum((a - p) * (b - p) for a, p, b in sides) <= 0
        assert projection(nearest, profile) == nearest

    def test_ten_dimensions(self) -> None:
        corners = [tuple(int(j == k) for j in range(10)) for k in range(10)]
        assert projection((0,) * 10, corners) == (F(1, 10),) * 10


class TestManhattanAndChebyshev:
    """In the plane, turning by 45 degrees makes of one the other, so a place is efficient by one
    if and only if it is, turned, by the other."""

    @given(profile=clouds, place=points)
    def test_turned(self, profile: Any, place: Any) -> None:
        def turned(x: Any) -> Any:
            return (x[0] + x[1], x[0] - x[1] + 4)

        here = box(2, ManhattanDistance()).dominating(profile, place)
        wide = Space((0, 0), (8, 8), metric=ChebyshevDistance())
        there = wide.dominating(tuple(map(turned, profile)), turned(place))
        assert (here is None) == (there is None)

    def test_between_two_by_manhattan_is_their_rectangle(self) -> None:
        space = box(2, ManhattanDistance())
        ends = ((F(1), F(1)), (F(3), F(2)))
        for place in space.grid(4, 4).points or ():
            inside = 1 <= place[0] <= 3 and 1 <= place[1] <= 2
            assert (space.dominating(ends, place) is None) == inside


def profiles(space: Space, steps: int, agents: int) -> Iterator[Any]:
    grid = space.grid(*(steps,) * space.dimensions).points or ()
    return combinations_with_replacement(grid, agents)


class TestTheCoordinatewiseMedianAnywhere:
    """Against all places of the box, not those of a grid only: by Euclidean distances it is
    efficient for an odd number of agents in the plane, and not for an even number nor for three in
    space; by Manhattan distances it always is; by Chebyshev distances it is not."""

    @pytest.mark.parametrize("agents", [1, 3])
    def test_odd_in_the_plane(self, agents: int) -> None:
        space = box(2)
        for profile in profiles(space, 2, agents):
            assert space.dominating(profile, CoordinatewiseMedian(space)(profile)) is None

    @given(profile=st.lists(points, min_size=5, max_size=5).map(tuple))
    def test_five_in_the_plane(self, profile: Any) -> None:
        space = box(2)
        assert space.dominating(profile, CoordinatewiseMedian(space)(profile)) is None

    @pytest.mark.parametrize("agents", [2, 4])
    def test_even_in_the_plane(self, agents: int) -> None:
        verdict = verify(CoordinatewiseMedian(box(2)), ParetoOptimal(), box(2), agents=agents)
        assert isinstance(verdict, Refuted)

    def test_three_in_space(self) -> None:
        space = box(3)
        bad = [
            profile
            for profile in profiles(space, 1, 3)
            if space.dominating(profile, CoordinatewiseMedian(space)(profile)) is not None
        ]
        assert len(bad) == 8
        verdict = verify(CoordinatewiseMedian(space), ParetoOptimal(), space, agents=3)
        assert isinstance(verdict, Refuted)

    @given(profile=clouds)
    def test_manhattan(self, profile: Any) -> None:
        space = box(2, ManhattanDistance())
        assert space.dominating(profile, CoordinatewiseMedian(space)(profile)) is None

    def test_chebyshev(self) -> None:
        space = box(2, ChebyshevDistance())
        verdict = verify(CoordinatewiseMedian(space), ParetoOptimal(), space, agents=2)
        assert isinstance(verdict, Refuted)

    @given(profile=clouds)
    def test_the_centroid_by_euclidean(self, profile: Any) -> None:
        assert box(2).dominating(profile, Centroid(box(2))(profile)) is None

    def test_the_centroid_by_manhattan(self) -> None:
        space = box(2, ManhattanDistance())
        verdict = verify(Centroid(space), ParetoOptimal(), space, agents=3)
        assert isinstance(verdict, Refuted)


class TestManyAgents:
    """A place in the hull of many is found to be there."""

    def test_two_hundred(self) -> None:
        rng = np.random.default_rng(5)
        drawn = rng.integers(0, 5, size=(200, 2)).tolist()
        profile = tuple((F(x), F(y)) for x, y in drawn)
        corners = set(product((F(0), F(4)), repeat=2))
        assert corners <= set(profile)
        assert box(2).dominating(profile, (F(1, 3), F(2))) is None
