"""What places cost, where they are fair, and simulations: arrays against sums written out."""

import inspect
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, profiles

from mechsim import Line
from mechsim._numbers import distance
from mechsim.facility import (
    LeftRightMiddle,
    Mean,
    Median,
    RandomRank,
    UniformPhantom,
    distances,
    expected_costs,
    fair_intervals,
    simulate,
    total_and_largest,
)
from mechsim.facility import costs as kernels
from mechsim.facility.fairness import individual, proportional, unanimous
from mechsim.population import FloatArray

reports = st.one_of(st.floats(-1e6, 1e6), st.integers(0, 3).map(float))


@st.composite
def batches(draw: st.DrawFn) -> FloatArray:
    """Up to three profiles of up to nine agents, with ties."""
    agents, rows = draw(st.integers(1, 9)), draw(st.integers(1, 3))
    profile = st.lists(reports, min_size=agents, max_size=agents)
    return np.array(draw(st.lists(profile, min_size=rows, max_size=rows)))


class TestDistances:
    """Sums and maxima are those of the distances written out."""

    @given(batch=batches(), data=st.data())
    def test_written_out(self, batch: FloatArray, data: st.DataObject) -> None:
        rows = len(batch)
        places = np.array(data.draw(st.lists(reports, min_size=rows, max_size=rows)))
        away = [[abs(x - y) for x in row] for row, y in zip(batch, places, strict=True)]
        totals, largest = total_and_largest(batch, places)
        assert distances(batch, places).tolist() == away
        assert totals == pytest.approx([sum(row) for row in away])
        assert largest.tolist() == [max(row) for row in away]

    def test_one_place_a_profile(self) -> None:
        with pytest.raises(ValueError, match=r"places has the shape \(3,\): it must be \(1,\)"):
            total_and_largest([[0.0, 1.0]], [0.0, 0.5, 1.0])


class TestExpectedCosts:
    """Under Random Rank an agent expects its mean distance to all reports."""

    @given(batch=batches())
    def test_mean_distance(self, batch: FloatArray) -> None:
        expected = np.abs(batch[:, :, None] - batch[:, None, :]).mean(axis=2)
        spread = float(np.ptp(batch))
        assert np.allclose(expected_costs(batch), expected, rtol=1e-12, atol=1e-14 * spread)

    @given(x=profiles())
    def test_the_lottery_says_so(self, x: Profile) -> None:
        lottery = RandomRank()(x)
        found = expected_costs([[float(report) for report in x]])[0]
        for agent, report in enumerate(x):
            cost = lottery.expect(partial(distance, report))
            assert found[agent] == pytest.approx(float(cost), abs=1e-15)

    @pytest.mark.parametrize("agents", [17, 64, 65, 300])
    def test_reports_that_share_most_digits(self, agents: int) -> None:
        """The sort of leading digits is put right where they do not tell."""
        rng = np.random.default_rng(agents)
        batch = np.array([5 + rng.random(agents) * 1e-13, rng.random(agents), np.ones(agents)])
        expected = np.abs(batch[:, :, None] - batch[:, None, :]).mean(axis=2)
        assert np.allclose(expected_costs(batch), expected, rtol=1e-12, atol=1e-17)

    def test_plain_python(self) -> None:
        batch = np.random.default_rng(3).random((4, 20))
        mask = 31
        answers = [np.empty(batch.shape), np.empty(batch.shape)]
        for kernel, found in zip(
            (kernels.rank_costs, inspect.unwrap(kernels.rank_costs)), answers, strict=True
        ):
            kernel(batch, kernels._keys(batch, mask, np.empty(batch.shape)), mask, found)
        assert (answers[0] == answers[1]).all()
        rows = [(np.empty(4), np.empty(4)) for _ in range(2)]
        for kernel, (totals, largest) in zip(
            (kernels.cost_rows, inspect.unwrap(kernels.cost_rows)), rows, strict=True
        ):
            kernel(batch, np.full(4, 0.3), totals, largest)
        assert np.array_equal(rows[0], rows[1])


def short(x: Profile, y: Fraction, same: bool, alone: bool) -> bool:
    """Whether ``y`` is too far for some group: of one, of one mind, or any; all 2^n written out."""
    n = len(x)
    for s in range(1, 1 << n):
        group = [x[i] for i in range(n) if s >> i & 1]
        spread = max(group) - min(group)
        if (same and spread) or (alone and len(group) > 1):
            continue
        if max(abs(y - report) for report in group) > spread + 1 - Fraction(len(group), n):
            return True
    return False


class TestFairIntervals:
    """A place is in the interval exactly if it is fair to all groups."""

    @pytest.mark.parametrize(
        ("guarantee", "same", "alone"),
        [(individual, True, True), (unanimous, True, False), (proportional, False, False)],
    )
    @given(x=profiles(max_agents=5))
    def test_all_groups(self, guarantee: Any, same: bool, alone: bool, x: Profile) -> None:
        batch = [[float(report) for report in x]]
        (lower,), (upper,) = fair_intervals(batch, guarantee=guarantee)
        for k in range(-1, 49):
            y = Fraction(2 * k + 1, 97)
            if abs(y - lower) > 1e-9 and abs(y - upper) > 1e-9 and 0 <= y <= 1:
                assert short(x, y, same, alone) == (not lower < y < upper)

    @given(x=profiles())
    def test_who_is_in(self, x: Profile) -> None:
        """Uniform Phantom and the mean are proportionally fair."""
        batch = [[float(report) for report in x]]
        (lower,), (upper,) = fair_intervals(batch)
        for rule in (UniformPhantom(), Mean()):
            assert lower - 1e-12 <= rule(x) <= upper + 1e-12

    @given(x=profiles())
    def test_unit_of_length(self, x: Profile) -> None:
        batch = np.array([[float(report) for report in x]])
        for guarantee in (individual, unanimous, proportional):
            here = fair_intervals(batch, guarantee=guarantee)
            there = fair_intervals(1 + 6 * batch, Line(1, 7), guarantee)
            for a, b in zip(here, there, strict=True):
                assert b == pytest.approx(1 + 6 * a)


class Even:
    """Reports that are uniform and independent."""

    def sample(self, rng: np.random.Generator, size: tuple[int, int], /) -> FloatArray:
        return rng.random(size)


class TestSimulation:
    """Block by block it is what drawing all, playing all and adding up gives."""

    @pytest.mark.parametrize("rule", [UniformPhantom(), Median(), Mean()], ids=repr)
    def test_at_once(self, rule: Any) -> None:
        found = simulate(rule, Even(), 7, 10_000, np.random.default_rng(5))
        profiles = np.random.default_rng(5).random((10_000, 7))
        places = rule.of_batch(profiles)
        away = np.abs(profiles - places[:, None])
        assert len(found) == 10_000
        assert (found.places == places).all()
        assert np.allclose(found.totals, away.sum(axis=1))
        assert (found.largest == away.max(axis=1)).all()

    def test_lotteries_are_drawn(self) -> None:
        """Left-right-middle is in the middle half of the time."""
        found = simulate(LeftRightMiddle(), Even(), 3, 20_000, np.random.default_rng(6))
        share = float(np.isclose(found.totals.min(), found.totals).mean())
        assert share < 1
        expected = 3 / 4 * (3 - 1) / (3 + 1)  # of the range of three uniform reports
        assert found.largest.mean() == pytest.approx(expected, abs=0.01)

    def test_the_same_again(self) -> None:
        first, second = (
            simulate(RandomRank(), Even(), 5, 3_000, np.random.default_rng(7)) for _ in range(2)
        )
        assert (first.places == second.places).all()

    def test_door(self) -> None:
        with pytest.raises(ValueError, match="it has no of_batch, which plays many profiles"):
            simulate(sorted, Even(), 3, 10, np.random.default_rng(1))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # as meant
        with pytest.raises(ValueError, match="agents is 0: it must be a whole number"):
            simulate(Mean(), Even(), 0, 10, np.random.default_rng(1))
