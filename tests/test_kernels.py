"""Kernels: what arrays and batches give is what the definitions give."""

import inspect
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Line
from mechsim.algorithms.compiled import compiled
from mechsim.batch import Empirical, Lotteries, tallied
from mechsim.facility import (
    AverageOrRandomRank,
    Constant,
    ConstrainedMedian,
    Dictatorship,
    GeneralizedMedian,
    HighMedian,
    LeftRightMiddle,
    Mean,
    Median,
    MidOrNearest,
    Midrange,
    Nash,
    OrderStatistic,
    PhantomMedian,
    RandomDictatorship,
    RandomRank,
    UniformPhantom,
)
from mechsim.facility import _one_pass as one_pass
from mechsim.facility import _rows as rows
from mechsim.facility._one_pass import OutsideError, Sizes, crossing_of_array
from mechsim.facility._phantoms import falling

UNIT, SURVEY = Line(0, 1), Line(1, 7)
SMALL = Sizes(sorted=4, collected=4, sampled=0.7)
"""So that arrays of a hundred reports are sampled, collected from and narrowed."""

PHANTOM_RULES: list[Any] = [
    UniformPhantom(),
    ConstrainedMedian(),
    MidOrNearest(),
    Median(UNIT),
    HighMedian(UNIT),
    OrderStatistic(1, UNIT),
    OrderStatistic(2, UNIT),
]
EXACT: list[Any] = [*PHANTOM_RULES, Dictatorship(1), Constant(Fraction(1, 3)), Midrange()]
ROUNDED: list[Any] = [Mean(), Nash()]
CHANCY: list[Any] = [RandomRank(), RandomDictatorship(), AverageOrRandomRank(), LeftRightMiddle()]

shares = st.one_of(st.floats(0, 1), st.integers(0, 6).map(lambda k: k / 6), st.just(0.25))


def batches(max_agents: int = 6) -> st.SearchStrategy[list[list[float]]]:
    """Up to four profiles of two agents or more."""

    def of(agents: int) -> st.SearchStrategy[list[list[float]]]:
        profile = st.lists(shares, min_size=agents, max_size=agents)
        return st.lists(profile, min_size=1, max_size=4)

    return st.integers(2, max_agents).flatmap(of)


def arrays() -> dict[str, np.ndarray[Any, Any]]:
    """Arrays of a few hundred reports: spread, crowded, sorted, periodic, with heavy atoms."""
    rng = np.random.default_rng(20261126)
    spread = rng.random(300)
    return {
        "spread": spread,
        "sorted": np.sort(spread),
        "falling": np.sort(spread)[::-1].copy(),
        "periodic": np.tile(rng.random(7), 40),
        "alike": np.full(257, 0.3),
        "ends": rng.integers(0, 2, 299).astype(float),
        "grid": rng.integers(0, 11, 310) / 10,
        "atom": np.where(rng.random(301) < 0.6, 0.25, rng.random(301)),
        "on phantoms": rng.integers(0, 97, 96) / 96,
        "crowded": 0.5 + rng.random(280) * 1e-12,
        "few": rng.random(5),
    }


def definition(rule: Any, reports: np.ndarray[Any, Any]) -> float:
    """The median of everything, by a sort of everything."""
    phantoms = [float(phantom) for phantom in rule.phantoms(len(reports))]
    return float(np.sort(np.concatenate([reports, phantoms]))[(len(reports) + len(phantoms)) // 2])


def curve_of(rule: Any, agents: int) -> Callable[[int], float]:
    exact = falling(rule.phantoms(agents), agents)
    return lambda k: float(exact(k))


class TestOnePass:
    """Sampling, counting and collecting gives the median of everything, to the last bit."""

    @pytest.mark.parametrize("name", arrays())
    @pytest.mark.parametrize("rule", PHANTOM_RULES, ids=repr)
    def test_every_kind_of_array(self, rule: Any, name: str) -> None:
        reports = arrays()[name]
        expected = definition(rule, reports)
        curve = curve_of(rule, len(reports))
        for sizes in (SMALL, Sizes(sorted=4, collected=4, sampled=3.0), Sizes()):
            assert crossing_of_array(reports, curve, 0.0, 1.0, sizes) == expected

    @given(data=st.data())
    def test_any_phantoms(self, data: st.DataObject) -> None:
        reports = np.array(data.draw(st.lists(shares, min_size=33, max_size=120)))
        more = data.draw(st.sampled_from([-1, 1]))
        listed = st.lists(
            st.integers(0, 12), min_size=len(reports) + more, max_size=len(reports) + more
        )
        rule = PhantomMedian(tuple(Fraction(k, 12) for k in sorted(data.draw(listed))))
        found = crossing_of_array(reports, curve_of(rule, len(reports)), sizes=SMALL)
        assert found == definition(rule, reports)

    def test_a_misleading_sample_costs_a_pass(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the sample says, the outcome is the same."""
        reports = np.random.default_rng(3).random(4_000)
        curve = curve_of(UniformPhantom(), len(reports))
        expected, passes = definition(UniformPhantom(), reports), 0
        drawn, count = one_pass._sample, one_pass._count_and_collect

        def misled(values: Any, bracket: Any, attempt: int, sizes: Any) -> Any:
            sample = drawn(values, bracket, attempt, sizes)
            return np.sort(sample * 0.1) if attempt < 3 else sample

        def counted(*arguments: Any) -> int:
            nonlocal passes
            passes += 1
            return count(*arguments)

        monkeypatch.setattr(one_pass, "_sample", misled)
        monkeypatch.setattr(one_pass, "_count_and_collect", counted)
        assert crossing_of_array(reports, curve, 0.0, 1.0, SMALL) == expected
        assert passes > 2

    def test_memory(self) -> None:
        """An array of 2e5 reports is played in a tenth of its size, and 1e8 in a thirtieth."""
        import tracemalloc

        reports = np.random.default_rng(4).random(200_000)
        rule = UniformPhantom()
        rule(reports)  # compiles
        tracemalloc.start()
        rule(reports)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < reports.nbytes / 10

    @pytest.mark.parametrize("bad", [math.nan, -0.1, 1.1, math.inf, -math.inf])
    @pytest.mark.parametrize("size", [100, 200_000])
    def test_refused(self, bad: float, size: int) -> None:
        reports = np.full(size, 0.5)
        reports[size - 3] = bad
        with pytest.raises(OutsideError):
            crossing_of_array(reports, lambda k: 0.5, 0.0, 1.0, SMALL)
        if size > 10_000:
            for rule in (UniformPhantom(), Median(UNIT)):
                with pytest.raises(ValueError, match=rf"values\[{size - 3}\] is"):
                    rule(reports)

    def test_input_is_unchanged(self) -> None:
        reports = np.random.default_rng(5).random(100_000)
        before = reports.copy()
        UniformPhantom()(reports)
        assert (reports == before).all()
        assert reports.flags.writeable


class TestPlainPython:
    """A kernel is a plain function: called as such it does the same."""

    @pytest.mark.parametrize("rule", PHANTOM_RULES, ids=repr)
    def test_median_rows(self, rule: Any) -> None:
        for reports in (arrays()["grid"][:9], arrays()["spread"][:40], arrays()["ends"][:6]):
            agents = len(reports)
            curve = np.array([curve_of(rule, agents)(k) for k in range(agents + 1)])
            found = [np.empty(1), np.empty(1)]
            for kernel, place in zip(
                (rows.median_rows, inspect.unwrap(rows.median_rows)), found, strict=True
            ):
                assert kernel(reports[None, :], curve, 0.0, 1.0, place, np.empty(agents + 1)) == -1
            assert found[0][0] == found[1][0] == definition(rule, reports)

    def test_count_and_collect(self) -> None:
        reports = arrays()["grid"]
        edges = np.array([0.1, 0.2, 0.5, 0.6])
        answers: list[Any] = []
        for kernel in (one_pass._count_and_collect, inspect.unwrap(one_pass._count_and_collect)):
            counts, kept = np.zeros(4, np.int64), np.empty(len(reports) + one_pass.GROUP)
            filled = kernel(reports[:70], 0.0, 1.0, edges, counts, kept, 0)
            filled = kernel(reports[70:], 0.0, 1.0, edges, counts, kept, filled)
            answers.append((counts.tolist(), kept[:filled].tolist()))
        between = reports[(reports > 0.2) & (reports <= 0.5)]
        assert answers[0] == answers[1]
        assert answers[0] == ([int((reports <= e).sum()) for e in edges], between.tolist())

    def test_nash_rows(self) -> None:
        ordered = np.sort(arrays()["spread"][:40].reshape(5, 8), axis=1)
        found = [np.empty(5), np.empty(5)]
        for kernel, places in zip(
            (rows.nash_rows, inspect.unwrap(rows.nash_rows)), found, strict=True
        ):
            kernel(ordered, np.ones(8), 1.0, places)
        assert (found[0] == found[1]).all()

    def test_without_a_compiler(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
        calls: list[object] = []

        @compiled
        def kernel(value: object) -> object:
            calls.append(value)  # which no compiler would accept
            return value

        assert kernel("report") == "report"
        assert calls == ["report"]


class TestBatches:
    """Each row of a batch is played as the definition plays it alone."""

    @pytest.mark.parametrize("rule", EXACT, ids=repr)
    @given(batch=batches())
    def test_to_the_last_bit(self, rule: Any, batch: list[list[float]]) -> None:
        played = rule.of_batch(batch)
        assert played.tolist() == [float(rule(tuple(profile))) for profile in batch]

    @pytest.mark.parametrize("rule", ROUNDED, ids=repr)
    @given(batch=batches())
    def test_up_to_rounding(self, rule: Any, batch: list[list[float]]) -> None:
        played = rule.of_batch(batch)
        assert played == pytest.approx([rule(tuple(profile)) for profile in batch], abs=1e-12)

    @pytest.mark.parametrize("mechanism", CHANCY, ids=repr)
    @given(batch=batches())
    def test_lotteries(self, mechanism: Any, batch: list[list[float]]) -> None:
        played = mechanism.of_batch(batch)
        for b, profile in enumerate(batch):
            exact, row = mechanism(tuple(profile)), played.row(b)
            for threshold in (0.0, 0.2, 0.25, 0.5, 0.9):
                chances = [
                    sum(p for y, p in lottery.probability.items() if y <= threshold + 1e-12)
                    for lottery in (exact, row)
                ]
                assert chances[0] == chances[1]

    @given(batch=batches(4), data=st.data())
    def test_generalized_medians(self, batch: list[list[float]], data: st.DataObject) -> None:
        agents = len(batch[0])
        weights = data.draw(st.lists(st.integers(0, 3), min_size=agents, max_size=agents))
        nobody = data.draw(st.integers(0, 3))
        total = max(sum(weights) + nobody, 1)
        heights = tuple(
            Fraction(nobody + sum(w for i, w in enumerate(weights) if s >> i & 1), total)
            for s in range(1 << agents)
        )
        rule = GeneralizedMedian(heights)
        assert rule.of_batch(batch).tolist() == [rule(tuple(profile)) for profile in batch]

    @pytest.mark.parametrize("agents", [1, 2, 37, 1001])
    def test_many_rows(self, agents: int) -> None:
        """Batches of several blocks, in any layout, on another line."""
        batch = 1 + 6 * np.random.default_rng(agents).random((70_000 // agents, agents))
        for rule in (UniformPhantom(SURVEY), Median(SURVEY), MidOrNearest(SURVEY)):
            played = rule.of_batch(batch)
            assert (rule.of_batch(np.asfortranarray(batch)) == played).all()
            phantoms = np.array([float(p) for p in rule.phantoms(agents)])
            wide = np.broadcast_to(phantoms, (len(batch), agents - 1))
            together = np.sort(np.concatenate([batch, wide], axis=1), axis=1)
            assert (together[:, agents - 1] == played).all()

    def test_a_row_drawn(self) -> None:
        """Draws from a batch of lotteries have their frequencies, within five standard errors."""
        many = np.tile([[0.0, 0.25, 1.0]], (20_000, 1))
        for mechanism in (RandomRank(), LeftRightMiddle(), AverageOrRandomRank()):
            drawn = mechanism.of_batch(many).sample(np.random.default_rng(1))
            for outcome, p in mechanism((0.0, 0.25, 1.0)).probability.items():
                error = abs(float(np.isclose(drawn, float(outcome)).mean()) - float(p))
                assert error <= 5 * math.sqrt(float(p * (1 - p)) / len(drawn))


class TestDoorOfBatches:
    """What is no batch is refused, and the bad report is named by row and column."""

    @pytest.mark.parametrize("rule", [*EXACT, *ROUNDED, *CHANCY], ids=repr)
    @pytest.mark.parametrize("bad", [math.nan, math.inf])
    def test_bad_report(self, rule: Any, bad: float) -> None:
        batch = np.full((20_000, 3), 0.5)
        batch[19_990, 1] = bad
        with pytest.raises(ValueError, match=r"profiles\[19990, 1\] is .*: it must be a finite"):
            rule.of_batch(batch)

    def test_outside(self) -> None:
        with pytest.raises(ValueError, match=r"profiles\[1, 0\] is 8: .* in \[1, 7\]"):
            UniformPhantom(SURVEY).of_batch([[1, 2], [8, 3]])

    def test_points(self) -> None:
        grid = Median(UNIT.grid(4))
        assert grid.of_batch([[0.25, 0.5, 1.0]]).tolist() == [0.5]
        with pytest.raises(ValueError, match=r"profiles\[0, 1\] is 0.3: it must be a point of"):
            grid.of_batch([[0.25, 0.3, 1.0]])

    @pytest.mark.parametrize(
        "given_",
        [[0.5], [[]], [["a"]], [[True]], [[0.5], [0.5, 0.5]], 3, np.ma.masked_array([[1.0]])],
    )
    def test_no_batch(self, given_: Any) -> None:
        with pytest.raises(ValueError, match="profiles "):
            UniformPhantom().of_batch(given_)

    def test_nobody_at_all(self) -> None:
        assert UniformPhantom().of_batch(np.empty((0, 3))).shape == (0,)

    def test_ranks(self) -> None:
        with pytest.raises(ValueError, match="rank is 4: there are only 3 reports"):
            OrderStatistic(4).of_batch([[0.0, 0.0, 0.0]])
        with pytest.raises(ValueError, match="agent is 3: there are only 3 reports"):
            Dictatorship(3).of_batch([[0.0, 0.0, 0.0]])


class TestEmpiricalLotteries:
    """A lottery over very many floats is the one that lists them."""

    @given(data=st.lists(st.tuples(shares, st.integers(1, 5)), min_size=1, max_size=9))
    def test_listed(self, data: list[tuple[float, int]]) -> None:
        values, counts = (np.array(column) for column in zip(*data, strict=True))
        lottery = Empirical(*tallied(values, counts))
        listed = lottery.finite()
        total: dict[float, Fraction] = {}
        for value, count in data:
            total[value] = total.get(value, Fraction(0)) + Fraction(count, int(counts.sum()))
        assert dict(listed.probability) == total
        assert lottery.expect(Fraction) == listed.expect(Fraction)
        assert lottery.average(lottery.outcomes) == pytest.approx(float(listed.expect(Fraction)))

    @pytest.mark.parametrize(
        "mechanism", [*CHANCY[:3], AverageOrRandomRank(Fraction(1, 3))], ids=repr
    )
    def test_of_populations(self, mechanism: Any) -> None:
        reports = np.random.default_rng(8).random(10_050)
        reports[:40] = 0.5
        lottery = mechanism(reports)
        assert isinstance(lottery, Empirical)
        assert lottery.finite() == mechanism(tuple(reports.tolist()))

    @pytest.mark.parametrize("mechanism", CHANCY, ids=repr)
    def test_of_few_places(self, mechanism: Any) -> None:
        reports = np.random.default_rng(9).integers(0, 5, 20_000) / 4
        assert mechanism(reports) == mechanism(tuple(reports.tolist()))

    def test_draws(self) -> None:
        lottery = Empirical(np.array([0.0, 0.5, 1.0]), np.array([1, 2, 5]))
        drawn = lottery.sample(np.random.default_rng(2), 40_000)
        assert drawn.count(1.0) / 40_000 == pytest.approx(5 / 8, abs=5 * 0.5 / 200)
        assert set(drawn) == {0.0, 0.5, 1.0}

    def test_door(self) -> None:
        with pytest.raises(ValueError, match="outcomes must be strictly increasing"):
            Empirical(np.array([0.5, 0.0]), np.array([1, 1]))
        with pytest.raises(ValueError, match=r"outcomes has the shape \(0,\)"):
            Empirical(np.empty(0), np.empty(0, np.int64))


class TestLotteriesInRows:
    """Weights are shared by all rows; expectations are weighted sums."""

    def test_expect(self) -> None:
        half = Fraction(1, 2)
        pair = Lotteries(np.array([[0.0, 1.0], [0.5, 0.5]]), (half, half))
        assert pair.expect(pair.outcomes).tolist() == [0.5, 0.5]
