"""Laws of values: distribution, quantiles, virtual values and their ironing agree."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from mechsim.algorithms.ironing import ironed_quantiles, ironed_values, virtual_values
from mechsim.preferences import Matrix, Positions, Sponsored, values

F = Fraction
SMOOTH = (
    values.Uniform(1, 3),
    values.Exponential(F(1, 2)),
    values.Lognormal(0, 1),
    values.Lognormal(0, 2),
)
TENTHS = values.Discrete((1, 2, 10), (F(6, 10), F(3, 10), F(1, 10)))
SAMPLES = values.Empirical([1, 1, 1, 1, 1, 1, 2, 2, 2, 10])
LAWS = (*SMOOTH, TENTHS, SAMPLES)


@st.composite
def discrete(draw: st.DrawFn) -> values.Discrete:
    points = draw(st.lists(st.integers(0, 12), min_size=1, max_size=6, unique=True))
    counts = [draw(st.integers(1, 9)) for _ in points]
    chances = tuple(F(count, sum(counts)) for count in counts)
    return values.Discrete(tuple(F(v) for v in sorted(points)), chances)


class TestSmoothLaws:
    """Density is the slope of the distribution, and the virtual value that of revenue."""

    @pytest.mark.parametrize("law", SMOOTH, ids=str)
    def test_distribution(self, law: Any) -> None:
        for share in (0.05, 0.3, 0.5, 0.8, 0.97):
            v = float(law.quantile(share))
            assert float(law.cdf(v)) == pytest.approx(share)
            below = float(law.support[0])
            assert quad(law.density, below, v)[0] == pytest.approx(share, rel=1e-6)

    @pytest.mark.parametrize("law", SMOOTH, ids=str)
    def test_virtual_value(self, law: Any) -> None:
        for share in (0.1, 0.4, 0.9):
            v, h = float(law.quantile(share)), 1e-6

            def revenue(q: float, law: Any = law) -> float:
                return q * float(law.quantile(1 - q))

            slope = (revenue(1 - share + h) - revenue(1 - share - h)) / (2 * h)
            assert float(law.virtual(v)) == pytest.approx(slope, rel=1e-4, abs=1e-4)

    @pytest.mark.parametrize("law", LAWS, ids=str)
    def test_mean_and_samples(self, law: Any) -> None:
        drawn = law.sample(np.random.default_rng(5), 200_000)
        spread = drawn.std() / math.sqrt(len(drawn))
        assert abs(drawn.mean() - float(law.mean)) < 5 * spread
        assert drawn.min() >= float(law.support[0])

    @pytest.mark.parametrize("law", LAWS, ids=str)
    def test_arrays_are_as_numbers(self, law: Any) -> None:
        points = np.linspace(0.25, 11, 40)
        for ask in (law.cdf, law.virtual, law.ironed, law.least, law.beyond):
            one_by_one = [float(ask(float(x))) for x in points]
            assert ask(points).tolist() == pytest.approx(one_by_one, rel=1e-12)
        shares = np.linspace(0.01, 0.99, 21)
        assert law.quantile(shares).tolist() == pytest.approx(
            [float(law.quantile(float(q))) for q in shares]
        )


class TestIroning:
    """Ironed virtual values never fall, keep the mean of what they iron, and are reached."""

    def test_vector(self) -> None:
        assert virtual_values(TENTHS.values, TENTHS.chances) == (F(1, 3), F(-2, 3), 10)
        assert [TENTHS.ironed(v) for v in (0, 1, 2, 3, 10, 11)] == [-math.inf, 0, 0, 0, 10, 10]
        assert [TENTHS.least(level) for level in (-1, 0, F(1, 2), 11)] == [1, 1, 10, math.inf]
        assert [TENTHS.beyond(level) for level in (-1, 0, 10)] == [1, 10, math.inf]

    @given(discrete())
    def test_never_falls_and_keeps_the_mean(self, law: values.Discrete) -> None:
        levels = [law.ironed(v) for v in law.values]
        assert levels == sorted(levels)
        virtual = virtual_values(law.values, law.chances)
        for upto in range(len(levels)):
            top = range(upto, len(levels))  # revenue of a price is at most that of the hull
            hull = sum((law.chances[k] * levels[k] for k in top), F(0))
            assert hull >= sum((law.chances[k] * virtual[k] for k in top), F(0))
        assert sum(p * x for p, x in zip(law.chances, levels, strict=True)) == law.values[0]

    @given(discrete(), st.integers(-30, 15))
    def test_levels_are_reached(self, law: values.Discrete, level: int) -> None:
        reached = [v for v in law.values if law.ironed(v) >= level]
        passed = [v for v in law.values if law.ironed(v) > level]
        assert law.least(level) == (reached[0] if reached else math.inf)
        assert law.beyond(level) == (passed[0] if passed else math.inf)

    @given(discrete())
    def test_regression_is_the_hull(self, law: values.Discrete) -> None:
        at_least = np.cumsum([float(p) for p in reversed(law.chances)])
        curve = at_least * np.array([float(v) for v in reversed(law.values)])
        slopes = ironed_quantiles(np.append(0, at_least), np.append(0, curve))
        hull = [float(x) for x in reversed(ironed_values(law.values, law.chances))]
        assert slopes.tolist() == pytest.approx(hull, abs=1e-9)

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
    def test_samples_are_a_discrete_law(self, samples: list[int]) -> None:
        points = sorted(set(samples))
        chances = tuple(F(samples.count(v), len(samples)) for v in points)
        law, seen = values.Discrete(tuple(map(F, points)), chances), values.Empirical(samples)
        for v in range(-1, 11):
            for mine, theirs in (
                (seen.ironed(float(v)), law.ironed(F(v))),
                (seen.virtual(float(v)), law.virtual(F(v))),
                (seen.cdf(float(v)), law.cdf(F(v))),
            ):
                assert mine == pytest.approx(float(theirs), abs=1e-9)

    def test_a_lognormal_law_is_ironed(self) -> None:
        law = values.Lognormal(0, 2)
        points = np.exp(np.linspace(-9, 9, 4001))
        levels, virtual = law.ironed(points), law.virtual(points)
        assert (np.diff(virtual) < 0).any()
        assert (np.diff(levels) >= 0).all()
        flat = np.flatnonzero(np.diff(levels) == 0)
        low, high = float(points[flat[0]]), float(points[flat[-1] + 1])
        weight = quad(lambda v: law.virtual(v) * law.density(v), low, high, limit=200)[0]
        mean = weight / float(law.cdf(high) - law.cdf(low))
        assert levels[flat[0]] == pytest.approx(mean, rel=5e-3)

    def test_a_million_samples_in_a_moment(self) -> None:
        drawn = np.random.default_rng(1).random(1_000_000)
        law = values.Empirical(drawn)
        assert float(law.least(0.0)) == pytest.approx(0.5, abs=0.02)


class TestGrid:
    """Equally likely medians of parts."""

    def test_uniform(self) -> None:
        law = values.on_grid(values.Uniform(0, 1), 4)
        assert law.values == (F(1, 8), F(3, 8), F(5, 8), F(7, 8))
        assert set(law.chances) == {F(1, 4)}
        assert law.mean == F(1, 2)

    def test_equal_quantiles_are_added(self) -> None:
        assert values.on_grid(TENTHS, 5).chances == (F(3, 5), F(2, 5))


class TestPriors:
    """A setting takes laws for a prior, and says what it cannot do with them."""

    def test_discrete_laws_are_values_and_chances(self) -> None:
        setting = Positions((2, 1), prior=TENTHS)
        assert (setting.values, setting.prior) == (TENTHS.values, TENTHS.chances)
        assert setting.law(1) == TENTHS
        each = Positions((2, 1), prior=(TENTHS, values.Discrete((3,), (F(1),))))
        assert each.types(1) == (3,)
        assert each.bidders == 2

    def test_smooth_laws(self) -> None:
        laws = (values.Uniform(0, 1), values.Exponential(2))
        setting = Sponsored(Matrix(((1,), (1,))), prior=laws)
        assert setting.types(0) is None
        assert setting.law(1) == laws[1]
        assert "with values from" in repr(setting)
        with pytest.raises(ValueError, match="infinitely many values: put them on a grid"):
            setting.chance((1, 1))
        drawn = next(setting.profiles(2, np.random.default_rng(2)))
        assert 0 <= drawn[0] <= 1

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: values.Uniform(2, 1), "it must be 0 <= low < high"),
            (lambda: values.Exponential(0), "rate is 0: it must be positive"),
            (lambda: values.Lognormal(0, -1), "sigma is -1: it must be positive"),
            (lambda: values.Discrete((2, 1), (F(1, 2),) * 2), "must increase strictly"),
            (lambda: values.Discrete((1, 2), (F(1),)), "chances has 1 entries"),
            (lambda: values.Discrete((1, 2), (F(1, 2), F(1, 3))), "with total 1"),
            (lambda: values.Empirical([1.0, -2.0]), r"samples\[1\] is -2"),
            (lambda: values.Empirical([1.0, math.nan]), r"samples\[1\] is nan"),
            (lambda: values.Empirical([]), "one at least"),
            (lambda: values.on_grid(TENTHS, 0), "points is 0"),
            (
                lambda: Positions((1,), values=(1, 2), prior=values.Uniform(0, 1)),
                "prior is a law",
            ),
            (lambda: Positions((1,), prior=(values.Uniform(0, 1), 3)), r"prior\[1\] is 3"),  # type: ignore[arg-type]  # a mistake of a user
        ],
    )
    def test_door(self, make: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            make()
