"""Points in arrays: the coordinatewise median of very many points, and of many profiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Line
from mechsim.facility import CoordinatewiseMedian, Median
from mechsim.facility._one_pass import TILE, Sizes, crossing_of_array, crossings_of_columns
from mechsim.mechanism import LARGE
from mechsim.population import FloatArray
from mechsim.preferences import Space

SQUARE = Space((0, 0), (1, 1))
SMALL = Sizes(sorted=8, collected=4)


def drawn(agents: int, dimensions: int, seed: int = 0) -> FloatArray:
    """Points, many of which share a coordinate."""
    rng = np.random.default_rng(seed)
    fine = rng.random((agents, dimensions))
    return np.where(rng.random(fine.shape) < 0.5, np.round(fine, 1), fine)


class TestTheArrayIsTheDefinition:
    """Kernels give what the definition gives, to the last bit."""

    @pytest.mark.parametrize("order", ["C", "F"])
    @pytest.mark.parametrize("agents", [1, 2, 7, 8, LARGE, LARGE + 1, 2 * TILE + 3])
    def test_very_many_points(self, agents: int, order: str) -> None:
        points = drawn(agents, 2) if order == "C" else np.asfortranarray(drawn(agents, 2))
        rule = CoordinatewiseMedian(SQUARE)
        middle = tuple(np.sort(points, axis=0)[(agents - 1) // 2])
        assert rule.of_array(points) == rule(points) == middle

    @pytest.mark.parametrize("order", ["C", "F"])
    def test_every_report_counts(self, order: str) -> None:
        """All differ, so that the middle is another if one of them is missed, at any place."""
        agents = 2 * TILE + 3
        rng = np.random.default_rng(1)
        rows = np.column_stack([rng.permutation(agents), rng.permutation(agents)]) / agents
        points = rows if order == "C" else np.asfortranarray(rows)
        middle = (agents - 1) // 2 / agents
        assert CoordinatewiseMedian(SQUARE).of_array(points) == (middle, middle)
        for place in (0, TILE - 1, TILE, agents - 1):
            points[place] = 2
            with pytest.raises(ValueError, match=rf"reports\[{place}\] is \(2, 2\)"):
                CoordinatewiseMedian(SQUARE).of_array(points)
            points[place] = 0

    @given(
        st.lists(st.tuples(*[st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])] * 3), min_size=1),
    )
    def test_few_points_and_a_batch(self, listed: list[tuple[float, ...]]) -> None:
        rule = CoordinatewiseMedian(Space((0, 0, 0), (1, 1, 1)))
        points = np.array(listed)
        assert rule(listed) == rule(points) == rule.of_array(points)
        batch = rule.of_batch(np.stack([points, points[::-1], 1 - points]))
        assert batch.tolist() == [[*rule(listed)], [*rule(listed)], [*rule(1 - points)]]

    def test_on_a_line(self) -> None:
        profiles = drawn(40, 7)
        rule, line = CoordinatewiseMedian(Line(0, 1)), Median(Line(0, 1))
        assert rule.of_batch(profiles).tolist() == line.of_batch(profiles).tolist()
        long = drawn(LARGE + 1, 1)[:, 0]
        assert rule(long) == rule.of_array(long) == line(long)

    def test_columns_in_one_pass_are_columns_one_by_one(self) -> None:
        points = drawn(3_000, 3)
        ends = [(0.0, 1.0)] * 3

        def falling(k: int) -> float:
            return 1 - k / 3_000

        together = crossings_of_columns(points, falling, ends, SMALL)
        alone = [crossing_of_array(points[:, k], falling, 0.0, 1.0, SMALL) for k in range(3)]
        assert together == alone
        assert crossings_of_columns(np.asfortranarray(points), falling, ends, SMALL) == together


class TestWhatIsNoPoint:
    """It is named, with its place in the array."""

    @pytest.mark.parametrize("bad", [2.0, -0.1, np.nan, np.inf])
    @pytest.mark.parametrize("agents", [5, LARGE])
    def test_outside(self, bad: float, agents: int) -> None:
        points = drawn(agents, 2)
        points[3, 1] = bad
        with pytest.raises(ValueError, match=r"reports\[3\] is .* between \(0, 0\) and \(1, 1\)"):
            CoordinatewiseMedian(SQUARE).of_array(points)
        with pytest.raises(ValueError, match=r"profiles\[1, 3\] is .* between \(0, 0\)"):
            CoordinatewiseMedian(SQUARE).of_batch(np.stack([drawn(agents, 2), points]))

    def test_off_the_grid(self) -> None:
        grid = CoordinatewiseMedian(SQUARE.grid(2, 2))
        points = np.round(drawn(8, 2) * 2) / 2
        assert grid.of_array(points) == grid(points)
        assert grid.of_batch(points[None])[0].tolist() == [*grid(points)]
        points[5] = [0.5, 0.3]
        with pytest.raises(ValueError, match=r"reports\[5\] is \(0.5, 0.3\): it must be a point"):
            grid.of_array(points)
        with pytest.raises(ValueError, match=r"profiles\[0, 5\] is .*: it must be a point"):
            grid.of_batch(points[None])

    def test_shapes(self) -> None:
        rule = CoordinatewiseMedian(SQUARE)
        with pytest.raises(ValueError, match=r"shape \(4, 3\): it must be \(agents, 2\)"):
            rule.of_array(np.zeros((4, 3)))
        with pytest.raises(ValueError, match=r"shape \(4, 2\): it must be \(batch, agents, 2\)"):
            rule.of_batch(np.zeros((4, 2)))
        with pytest.raises(ValueError, match="masked"):
            rule.of_array(np.ma.masked_array(np.zeros((4, 2))))
        with pytest.raises(ValueError, match="no array of numbers"):
            rule.of_array([["a", "b"]])
        two = CoordinatewiseMedian(Space((0, 0), (1, 1), facilities=2))
        for play in (two.of_array, two.of_batch):
            with pytest.raises(ValueError, match="one facility is built, not 2"):
                play(np.zeros((1, 4, 2)))
