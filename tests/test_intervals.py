"""Intervals and bands cover as often as they say, and agree with scipy."""

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from mechsim.algorithms.intervals import (
    Interval,
    bootstrap_interval,
    log_log_slope,
    paired_interval,
    replicates_needed,
    simultaneous_band,
    t_interval,
)

RNG = np.random.default_rng


class TestStudent:
    """The interval is the mean and Student's quantile times the standard error, either way."""

    @pytest.mark.parametrize("count", [2, 3, 10, 200])
    @pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
    def test_scipy(self, count: int, level: float) -> None:
        values = RNG(count).normal(3, 2, count)
        found = t_interval(values, level)
        ends: Any = stats.t.interval(level, count - 1, values.mean(), stats.sem(values))
        assert (found.low, found.high) == pytest.approx(ends, rel=1e-12)
        assert found.estimate == pytest.approx(values.mean())
        assert found.half_width == pytest.approx((ends[1] - ends[0]) / 2)

    def test_covers(self) -> None:
        """Of 4,000 intervals from 3 normal numbers 95% cover; a normal quantile covers 81%."""
        samples = RNG(1).normal(size=(4_000, 3))
        covered = sum(0.0 in t_interval(sample) for sample in samples)
        assert stats.binomtest(covered, 4_000, 0.95).pvalue > 1e-3

    def test_one_replication(self) -> None:
        assert t_interval([3.0]) == Interval(3.0, -math.inf, math.inf, 0.95, "Student")

    def test_no_spread(self) -> None:
        assert t_interval([2.0, 2.0]).half_width == 0


class TestBootstrap:
    """The percentile bootstrap of the mean."""

    def test_scipy(self) -> None:
        values = RNG(5).exponential(size=60)
        found = bootstrap_interval(values, RNG(0), resamples=20_000)
        ends = stats.bootstrap(
            (values,), np.mean, n_resamples=20_000, method="percentile", rng=RNG(1)
        ).confidence_interval
        assert (found.low, found.high) == pytest.approx((ends.low, ends.high), abs=0.01)
        assert found.high - found.estimate > 1.03 * (found.estimate - found.low), "it is skewed"

    def test_blocks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A block at a time is the same method."""
        values = RNG(5).exponential(size=40)
        whole = bootstrap_interval(values, RNG(0), resamples=4_000)
        monkeypatch.setattr("mechsim.algorithms.intervals.BLOCK", 40 * 7)
        assert bootstrap_interval(values, RNG(0), resamples=4_000).low == pytest.approx(whole.low)


class TestPaired:
    """Common random numbers cancel in differences."""

    def test_narrower(self) -> None:
        common = RNG(2).normal(size=50)
        a, b = common + 0.1 * RNG(3).normal(size=50), common + 0.1 * RNG(4).normal(size=50)
        paired = paired_interval(a, b)
        apart: Any = stats.ttest_ind(a, b).confidence_interval()
        together: Any = stats.ttest_rel(a, b).confidence_interval()
        assert (paired.low, paired.high) == pytest.approx((together.low, together.high))
        assert paired.half_width < (apart.high - apart.low) / 10

    def test_lengths(self) -> None:
        with pytest.raises(ValueError, match="second has 2 replications: first has 3"):
            paired_interval([1.0, 2.0, 3.0], [1.0, 2.0])


class TestBand:
    """The band covers a whole curve as often as its level says."""

    @staticmethod
    def walks(rng: np.random.Generator, points: int = 12) -> Any:
        return np.cumsum(rng.normal(size=(60, points)), axis=1)

    def test_covers(self) -> None:
        """Intervals for each of 12 points cover all of them four times of five; the band does."""
        rng = RNG(7)
        whole, pointwise = 0, 0
        for _ in range(400):
            curves = self.walks(rng)
            band = simultaneous_band(curves, rng, resamples=400)
            whole += bool(((band.low <= 0) & (band.high >= 0)).all())
            pointwise += all(0.0 in t_interval(column) for column in curves.T)
        assert stats.binomtest(whole, 400, 0.95).pvalue > 1e-2
        assert pointwise / 400 < 0.9

    def test_between_pointwise_and_bonferroni(self) -> None:
        curves = self.walks(RNG(8))
        band = simultaneous_band(curves, RNG(9))
        for k, column in enumerate(curves.T):
            half = (band.high[k] - band.low[k]) / 2
            assert half > t_interval(column).half_width
            assert half < t_interval(column, 1 - 0.05 / 12).half_width

    def test_one_point_is_students(self) -> None:
        values = RNG(1).normal(size=4)
        band = simultaneous_band(values[:, None], RNG(2), resamples=400_000)
        assert band.high[0] == pytest.approx(t_interval(values).high, abs=0.05)

    def test_still_points(self) -> None:
        """Where all replications agree the band is a point."""
        curves = self.walks(RNG(8))
        curves[:, 0] = 5
        band = simultaneous_band(curves, RNG(9))
        assert band.low[0] == band.high[0] == 5
        still = simultaneous_band(np.ones((4, 3)), RNG(0))
        assert still.low.tolist() == still.high.tolist() == [1, 1, 1]

    def test_shape(self) -> None:
        with pytest.raises(ValueError, match=r"curves has the shape \(1, 3\)"):
            simultaneous_band(np.ones((1, 3)), RNG(0))


class TestSlope:
    """The exponent of a power law."""

    def test_of_a_power(self) -> None:
        x = np.array([10.0, 100.0, 1000.0])
        y = np.array([[2.0], [7.0], [5.0]]) * x**0.5
        found = log_log_slope(x, y)
        assert (found.low, found.high) == pytest.approx((0.5, 0.5))

    def test_covers(self) -> None:
        x = np.array([1.0, 2.0, 4.0, 8.0])
        rng = RNG(3)
        covered = sum(
            -0.5 in log_log_slope(x, np.exp(rng.normal(size=(5, 4))) * x**-0.5)
            for _ in range(2_000)
        )
        assert stats.binomtest(covered, 2_000, 0.95).pvalue > 1e-3

    def test_one_replication_is_polyfit(self) -> None:
        x, y = RNG(1).uniform(1, 9, 7), RNG(2).uniform(1, 9, 7)
        assert log_log_slope(x, y[None]).estimate == pytest.approx(
            np.polyfit(np.log(x), np.log(y), 1)[0]
        )

    @pytest.mark.parametrize(
        ("x", "y", "message"),
        [
            ([1, 2], [[1, 0]], r"y\[1\] is 0.0: it must be positive"),
            ([1, -2], [[1, 1]], r"x\[1\] is -2.0: it must be positive"),
            ([2, 2], [[1, 1]], "x has a single number: a slope needs two"),
            ([1, 2], [[1, 1, 1]], r"y has the shape \(1, 3\): it must be \(replications, 2\)"),
        ],
    )
    def test_refusals(self, x: Any, y: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            log_log_slope(x, np.array(y, float))


class TestReplicatesNeeded:
    """Stein's second stage reaches the half-width, and its interval the level."""

    def test_two_stages(self) -> None:
        rng, covered = RNG(11), 0
        reached: list[int] = []
        for _ in range(1_500):
            first = rng.normal(size=10)
            count = replicates_needed(first, 0.5)
            values = np.concatenate([first, rng.normal(size=count - 10)])
            covered += abs(values.mean()) <= 0.5
            reached.append(count)
        assert covered / 1_500 > 0.94
        assert 15 < np.mean(reached) < 25, "about (2.26 / 0.5)^2"

    def test_enough_already(self) -> None:
        assert replicates_needed([1.0, 1.1, 0.9], 10) == 3

    @pytest.mark.parametrize(
        ("values", "width", "message"),
        [
            ([1.0], 1, "values has 1 entries: a variance needs two"),
            ([1.0, 2.0], 0, "half_width is 0: it must be positive"),
        ],
    )
    def test_refusals(self, values: Any, width: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            replicates_needed(values, width)


class TestDoor:
    """What is no number is named."""

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ([1.0, math.nan], r"values\[1\] is nan: it must be finite"),
            ([math.inf, 1.0], r"values\[0\] is inf: it must be finite"),
            ([], r"values has the shape \(0,\)"),
            ([[1.0], [2.0]], r"values has the shape \(2, 1\)"),
        ],
    )
    def test_is_named(self, values: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            t_interval(values)
        with pytest.raises(ValueError, match=message):
            bootstrap_interval(values, RNG(0))

    def test_levels(self) -> None:
        with pytest.raises(ValueError, match=r"level is 95: it must be between 0 and 1"):
            t_interval([1.0, 2.0], 95)
