"""The data behind the pictures of nuisances and of the plane, reached a second way."""

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Polygon
from pictures import FEW, blank, lines, xy

from mechsim import Instance, Line, plot
from mechsim.facility import CoordinatewiseMedian, HybridFair, TwoDictators, UtilitarianFair
from mechsim.preferences import Hybrid, ManhattanDistance, Obnoxious, Space

F = Fraction
NUISANCE = Line(0, 1, tastes=Obnoxious())
SQUARE = Space((0, 0), (4, 4))
CORNERS = ((F(0), F(0)), (F(4), F(0)), (F(4), F(4)), (F(0), F(4)))
coordinates = st.integers(0, 4).map(Fraction)
clouds = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=7)


def widths(axes: Any, row: int) -> list[tuple[float, float]]:
    """The bars of a row, from where to where."""
    bars = [bar for bar in axes.patches if bar.get_linewidth() and hasattr(bar, "get_width")]
    here = [bar for bar in bars if bar.get_height() == 0.55 and round(bar.get_y() + 0.275) == row]
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in here]


class TestANuisance:
    """Each interval that is fair is a bar; agents are triangles."""

    def test_bars(self) -> None:
        x = [F(1, 10), F(3, 10), F(3, 10), F(8, 10)]
        axes = plot.fairness(x, {"fair": UtilitarianFair()(x)}, setting=NUISANCE, ax=blank())
        (first, second) = widths(axes, 0), widths(axes, 1)
        assert first == [pytest.approx(ends) for ends in ((0.425, 0.675), (0.925, 1))]
        assert second == [pytest.approx(ends) for ends in ((0.55, 0.675), (0.925, 1))]
        assert [xy(line) for line in lines(axes, marker="v")] == [
            [(0.1, -0.9), (0.3, -0.9), (0.8, -0.9)]
        ]
        assert [text.get_text() for text in axes.texts] == ["2"]

    def test_both_kinds(self) -> None:
        line = Line(0, 1, tastes=Hybrid((0,)))
        here = Instance(line, (F(1, 2), F(1, 2), F(1, 4)))
        axes = plot.fairness(here, {"built": HybridFair(setting=line)(here.profile)}, ax=blank())
        assert [xy(mark) for mark in lines(axes, marker="v")] == [[(0.5, -0.9)]]
        assert [xy(mark) for mark in lines(axes, marker="^")] == [[(0.25, -0.6), (0.5, -0.6)]]


class TestTheHull:
    """Corners of which each three turn left, and no agent is outside."""

    @given(cloud=clouds)
    def test_it_is_convex_and_holds_all(self, cloud: list[Any]) -> None:
        hull = plot.convex_hull(cloud)
        assert set(hull) <= set(cloud)
        assert hull[0] == min(cloud)
        if len(hull) <= 2:
            assert set(hull) == {min(cloud), max(cloud)}
            return
        for a, b in zip(hull, (*hull[1:], hull[0]), strict=True):
            assert all(
                (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= 0 for x, y in cloud
            )
        for corner in hull:
            others = [point for point in set(cloud) if point != corner]
            assert not any(_between(corner, p, q) for p, q in combinations(others, 2))


def _between(point: Any, p: Any, q: Any) -> bool:
    """Whether it lies on the segment from ``p`` to ``q``."""
    turn = (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0])
    inside = (point[0] - p[0]) * (point[0] - q[0]) + (point[1] - p[1]) * (point[1] - q[1])
    return bool(turn == 0 and inside <= 0)


class TestThePlane:
    """Agents are discs, what is built a mark; the first mechanism has lines from its agents."""

    @FEW
    @given(cloud=clouds)
    def test_marks(self, cloud: list[Any]) -> None:
        place = CoordinatewiseMedian(SQUARE)(cloud)
        axes = plot.plane(cloud, {"median": place}, setting=SQUARE, ax=blank())
        assert {tuple(xy(line)[0]) for line in lines(axes, marker="o")} == set(cloud)
        assert [xy(line) for line in lines(axes, marker="s")] == [[place]]
        (polygon,) = (patch for patch in axes.patches if isinstance(patch, Polygon))
        assert {tuple(corner) for corner in polygon.get_xy()} == set(plot.convex_hull(cloud))

    def test_two_facilities_by_manhattan_distances(self) -> None:
        space = Space((0, 0), (4, 4), facilities=2, metric=ManhattanDistance())
        here = Instance(space, CORNERS)
        axes = plot.plane(here, {"both": TwoDictators(0, 2, space)(CORNERS)}, ax=blank())
        ways = [xy(line) for line in axes.lines if line.get_marker() == "None"]
        assert all(len(way) == 3 for way in ways)
        assert sum(abs(way[0][0] - way[2][0]) + abs(way[0][1] - way[2][1]) for way in ways) == 8

    def test_other_settings_are_refused(self) -> None:
        with pytest.raises(ValueError, match="the picture is of a Space of two dimensions"):
            plot.plane([(0,)], {}, setting=Space((0,), (1,)), ax=blank())
        with pytest.raises(ValueError, match=r"outcomes\['off'\] is .* it must be an outcome of"):
            plot.plane([(0, 0)], {"off": (5, 5)}, setting=SQUARE, ax=blank())
