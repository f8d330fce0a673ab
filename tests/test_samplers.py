"""What is drawn follows the law that is stated: one statistical law for every sampler."""

import json
import pickle
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Line, Population, anes96
from mechsim._json import decode, encode
from mechsim._text import brief
from mechsim.population import FloatArray
from mechsim.preferences import (
    Beta,
    Clustered,
    Empirical,
    Mixture,
    Sampler,
    TwoGroups,
    Uniform,
    samplers,
)
from mechsim.preferences._sampling import inner_ends, stretch

UNIT = Line(0, 1)
THIRD = Line(Fraction(1, 3), Fraction(2, 3))
HALF = Fraction(1, 2)
TENTH = Fraction(1, 10)
SURVEY = Line(1, 7)
SELF_PLACED = Empirical(Population(anes96()), SURVEY)
SAMPLERS: tuple[Sampler, ...] = (
    Uniform(),
    Uniform(Line(-0.3, 0.9)),
    Beta(2, 5),
    Beta(0.5, 0.5, THIRD),
    TwoGroups(Fraction(1, 5), Fraction(4, 5), TENTH),
    TwoGroups(0.25, 0.5, share=0.75),
    TwoGroups(2, 6, 1, Fraction(1, 3), SURVEY),
    Mixture((Beta(2, 8), Uniform(Line(HALF, 1))), (Fraction(1, 3), Fraction(2, 3))),
    Mixture((Uniform(), Beta(9, 1), TwoGroups(0, 1)), (Fraction(1, 2), *2 * [Fraction(1, 4)])),
    Clustered(3),
    Clustered(2, TENTH),
    Clustered(4, 1.25, SURVEY),
    SELF_PLACED,
    Empirical(Population(np.array([0.25, 0.5, 0.25, 1.0]), np.array([1, 2, 3, 4]))),
)
EACH = pytest.mark.parametrize("sampler", SAMPLERS, ids=brief)
DRAWS = 20_000


def draw(sampler: Sampler, seed: int = 1) -> FloatArray:
    """Independent reports: one agent of each of many profiles."""
    return sampler.sample(np.random.default_rng(seed), (DRAWS, 3))[:, 1]


def gap(sample: FloatArray, sampler: Sampler) -> float:
    """The largest distance of the sample's law from the stated one, on both sides of a step."""
    places, counts = np.unique(sample, return_counts=True)
    reached = np.cumsum(counts) / len(sample)
    before = reached - counts / len(sample)
    left = sampler.cdf(np.nextafter(places, -np.inf))
    return float(max(np.abs(reached - sampler.cdf(places)).max(), np.abs(before - left).max()))


LIMIT = 1.95 / DRAWS**0.5
"""Kolmogorov: of samples that follow the law one in a thousand is farther from it."""


class TestLaw:
    """The law of a single report is the stated one."""

    @EACH
    def test_reports_follow_it(self, sampler: Sampler) -> None:
        assert gap(draw(sampler), sampler) < LIMIT

    @EACH
    def test_and_this_test_tells_laws_apart(self, sampler: Sampler) -> None:
        """Whatever follows another law of this table is found out."""
        ends = inner_ends(sampler.setting)
        grid = np.linspace(*ends, 997)
        for other in SAMPLERS:
            if inner_ends(other.setting) == ends:
                differ = float(np.abs(other.cdf(grid) - sampler.cdf(grid)).max()) > 0.03
                assert (gap(draw(other), sampler) > LIMIT) == differ, other

    @EACH
    def test_it_is_a_law(self, sampler: Sampler) -> None:
        low, high = inner_ends(sampler.setting)
        found = sampler.cdf(np.linspace(low, high, 997))
        assert (np.diff(found) >= -1e-12).all()
        assert sampler.cdf([low - 1, high, high + 1]).tolist() == [0, 1, 1]
        assert sampler.cdf([[low], [high]]).shape == (2, 1)


class TestMean:
    """The mean is that of the law and that of the reports."""

    @EACH
    def test_of_the_law(self, sampler: Sampler) -> None:
        r"""The mean is the high end less the integral of F, here by the midpoint rule."""
        low, high = inner_ends(sampler.setting)
        cells = 2**16
        middles = low + (high - low) * (np.arange(cells) + 0.5) / cells
        mean = high - (high - low) * float(sampler.cdf(middles).mean())
        assert float(sampler.mean) == pytest.approx(mean, abs=(high - low) / cells)

    @EACH
    def test_of_the_reports(self, sampler: Sampler) -> None:
        sample = draw(sampler, seed=2)
        error = float(sample.std()) / DRAWS**0.5
        assert abs(float(sample.mean()) - float(sampler.mean)) < 4 * error

    def test_exactly(self) -> None:
        """Exact parameters have an exact mean."""
        assert Uniform(THIRD).mean == HALF
        assert Beta(2, 5, SURVEY).mean == Fraction(19, 7)
        assert TwoGroups(2, 6, 1, Fraction(1, 3), SURVEY).mean == Fraction(14, 3)
        assert SELF_PLACED.mean == Fraction(4083, 944)
        parts = (Uniform(Line(0, HALF)), Uniform(Line(HALF, 1)))
        assert Mixture(parts, (Fraction(1, 4), Fraction(3, 4))).mean == Fraction(5, 8)


class TestReports:
    """Reports are floats on the line, in the shape asked for, and come from the generator only."""

    @EACH
    def test_on_the_line(self, sampler: Sampler) -> None:
        sample = draw(sampler)
        assert sample.dtype == np.float64
        sampler.setting.read(sample)

    @given(
        low=st.fractions(-5, 5, max_denominator=97),
        length=st.fractions(Fraction(1, 97), 5, max_denominator=97),
    )
    def test_at_the_ends(self, low: Fraction, length: Fraction) -> None:
        """Ends that are no floats are not overstepped by rounding either."""
        line = Line(low, low + length)
        places = stretch(line, np.array([0.0, 2.0**-53, 0.5, 1 - 2.0**-53, 1.0])).tolist()
        assert all(line.low <= place <= line.high for place in places)
        assert places == sorted(places)
        assert places[-1] - places[0] == pytest.approx(float(length))

    @EACH
    def test_shapes(self, sampler: Sampler) -> None:
        rng = np.random.default_rng(0)
        assert sampler.sample(rng, 7).shape == (7,)
        assert sampler.sample(rng, (2, 7)).shape == (2, 7)
        assert sampler.sample(rng, (0, 7)).shape == (0, 7)
        for size in ((1, 2, 3), -1, 2.0):
            with pytest.raises(ValueError, match="size is"):
                sampler.sample(rng, size)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    @EACH
    def test_seeds(self, sampler: Sampler) -> None:
        assert draw(sampler, seed=3).tolist() == draw(sampler, seed=3).tolist()
        assert draw(sampler, seed=3).tolist() != draw(sampler, seed=4).tolist()

    @EACH
    def test_samplers_are_values(self, sampler: Sampler) -> None:
        """They travel between processes and through JSON."""
        assert pickle.loads(pickle.dumps(sampler)) == sampler
        assert decode(json.loads(json.dumps(encode(sampler)))) == sampler


class TestAgents:
    """Agents are independent, but for those who share the clusters of a profile."""

    @EACH
    def test_covariance(self, sampler: Sampler) -> None:
        first, second = sampler.sample(np.random.default_rng(5), (DRAWS, 2)).T
        expected = 0.0
        if isinstance(sampler, Clustered):
            width = float(sampler.setting.length - 2 * sampler.spread)
            expected = width**2 / (12 * sampler.clusters)
            assert not sampler.independent
        products = (first - float(sampler.mean)) * (second - float(sampler.mean))
        error = float(products.std()) / DRAWS**0.5
        assert abs(float(products.mean()) - expected) < 4 * error
        assert (expected > 8 * error) == (not sampler.independent)

    def test_clusters_agree(self) -> None:
        """Without a spread a profile has at most as many different reports as clusters."""
        profiles = Clustered(3).sample(np.random.default_rng(0), (500, 20))
        counts = [len(set(profile)) for profile in profiles.tolist()]
        assert max(counts) == 3
        assert len(set(profiles[:, 0].tolist())) == 500


PLACES = np.linspace(-0.1, 1.1, 1201)


class TestTheSameLaw:
    """Laws that are described twice are the same."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (Beta(1, 1), Uniform()),
            (Clustered(7), Uniform()),
            (Clustered(7, HALF), Uniform()),
            (Clustered(7, HALF), Clustered(2, HALF)),
            (
                TwoGroups(0.25, 0.75, 0.25, 0.25),
                Mixture(
                    (Uniform(Line(0, HALF)), Uniform(Line(HALF, 1))),
                    (Fraction(1, 4), Fraction(3, 4)),
                ),
            ),
            (TwoGroups(0.25, 0.75), Empirical(Population((0.25, 0.75)))),
            (
                Empirical(Population((HALF, HALF, 1))),
                Empirical(Population(np.array([1.0, 0.5]), (3, 6))),
            ),
        ],
        ids=brief,
    )
    def test_described_twice(self, one: Sampler, other: Sampler) -> None:
        assert np.abs(one.cdf(PLACES) - other.cdf(PLACES)).max() < 1e-12

    @given(spread=st.fractions(Fraction(1, 50), Fraction(1, 2), max_denominator=50))
    def test_clusters_by_convolution(self, spread: Fraction) -> None:
        """The mean over the spread of the law of a centre, each by the midpoint rule."""
        noise = float(spread) * (2 * (np.arange(2000) + 0.5) / 2000 - 1)
        ends = float(spread), 1 - float(spread)
        for place in (0.03, 0.2, 0.5, 0.71, 0.99):
            width = ends[1] - ends[0]
            share = (place - noise - ends[0]) / width if width else place >= noise + 0.5
            convolved = float(np.clip(share, 0, 1).mean())
            assert float(Clustered(2, spread).cdf(place)) == pytest.approx(convolved, abs=2e-3)

    def test_beta_by_its_density(self) -> None:
        r"""Of Beta(2, 5) the law is :math:`1 - (1 - t)^5 (1 + 5 t)`."""
        t = np.linspace(0, 1, 101)
        expected = 1 - (1 - t) ** 5 * (1 + 5 * t)
        assert np.abs(Beta(2, 5).cdf(t) - expected).max() < 1e-12

    def test_surveys_written_out_or_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Large surveys are drawn from by their counts: the same numbers."""
        before = draw(SELF_PLACED)
        monkeypatch.setattr(samplers, "LOOKUP", 0)
        assert draw(SELF_PLACED).tolist() == before.tolist()

    def test_surveys_are_kept_in_order(self) -> None:
        assert Empirical(Population((1, HALF, 1))) == Empirical(Population((1, HALF), (2, 1)))
        kept = Empirical(Population(np.array([0.5, 0.25, 0.5]))).population
        assert (list(kept.values), list(kept.multiplicities)) == ([0.25, 0.5], [1, 2])


class TestRefusals:
    """Parameters that describe no law are named."""

    @pytest.mark.parametrize(
        ("law", "arguments", "message"),
        [
            (Uniform, (Line(),), "a law of reports needs two finite ends"),
            (Uniform, (UNIT.grid(4),), "setting is Line(0, 1).grid(4): this law draws any place"),
            (Beta, (0, 1), "a is 0: it must be positive"),
            (Beta, (1, "2"), "b is '2' (str): it must be a real number"),
            (TwoGroups, (0, 1, 0, 1), "share is 1: it must lie between 0 and 1"),
            (TwoGroups, (1, 1), "right is 1: it must exceed left, 1"),
            (TwoGroups, (HALF, 1, -1), "spread is -1: it must not be negative"),
            (TwoGroups, (0, HALF, TENTH), "the left camp is on [-1/10, 1/10]: it must lie in"),
            (TwoGroups, (HALF, 1, TENTH), "the right camp is on [9/10, 11/10]: it must lie in"),
            (Mixture, ((Uniform(),), ()), "weights has 0 entries: it must have one for each of"),
            (Mixture, ((Uniform(),), (HALF,)), "weights sums to 1/2: it must sum to 1"),
            (Mixture, ((Uniform(),), (1.0,)), "weights[0] is 1.0: it must be a positive int or"),
            (Mixture, ((Uniform(), Uniform()), (1, 0)), "weights[1] is 0: it must be a positive"),
            (Mixture, ((Clustered(2),), (1,)), "its agents must be independent"),
            (Mixture, ((Uniform(SURVEY),), (1,)), "parts[0] is on [1, 7]: it must lie in [0, 1]"),
            (Clustered, (0,), "clusters is 0: it must be a whole number, at least 1"),
            (Clustered, (2, 0.6), "spread is 0.6: it must lie between 0 and half the length"),
            (Clustered, (2, -1), "spread is -1: it must lie between 0 and half the length"),
            (Empirical, (Population(()),), "values is empty: at least one agent must report"),
            (Empirical, (Population((2,)),), "values[0] is 2: it must lie in [0, 1]"),
            (Empirical, ((0, 1),), "population is a tuple: it must be a Population"),
        ],
    )
    def test_are_named(self, law: Any, arguments: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            law(*arguments)
