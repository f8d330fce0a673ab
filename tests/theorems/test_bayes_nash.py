"""Bayes-Nash bids where bidders pay what they bid: closed forms, revenue, and nobody gains."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from mechsim import Positions
from mechsim.auctions import VCG, AsymmetricBids, FirstPrice, SymmetricBids, asymmetric_bids
from mechsim.preferences import values

F = Fraction
UNIT = values.Uniform(0, 1)


class TestSymmetric:
    """A bid is the expected VCG payment over the expected clicks."""

    @given(st.integers(2, 7), st.integers(0, 40), st.integers(0, 3), st.integers(1, 5))
    def test_uniform(self, bidders: int, k: int, low: int, width: int) -> None:
        """Values on [low, high]: v - (v - low) / n, exactly."""
        law = values.Uniform(low, low + width)
        value = low + F(k * width, 40)
        bid = SymmetricBids(law, bidders)(value)
        assert bid == value - (value - low) / bidders

    def test_reserve(self) -> None:
        """Two bidders on [0, 1]: (v^2 + r^2) / (2 v)."""
        bids = SymmetricBids(UNIT, 2, reserve=F(1, 2))
        for value in (F(1, 2), F(3, 4), F(1)):
            assert bids(value) == (value**2 + F(1, 4)) / (2 * value)
        assert bids(F(1, 4)) == 0
        found = bids(np.array([0.25, 0.75]))
        assert found.tolist() == pytest.approx([0, float((F(9, 16) + F(1, 4)) / F(3, 2))])

    def test_exponential(self) -> None:
        """Two bidders: (1 - e^-v (1 + v)) / (1 - e^-v)."""
        bids = SymmetricBids(values.Exponential(1), 2)
        for value in (0.3, 1.0, 4.0):
            exact = (1 - math.exp(-value) * (1 + value)) / (1 - math.exp(-value))
            assert bids(value) == pytest.approx(exact, rel=1e-9)

    @pytest.mark.parametrize("law", [values.Lognormal(0, 1), values.Exponential(2), UNIT], ids=str)
    def test_definition(self, law: Any) -> None:
        bids = SymmetricBids(law, 4)
        for value in (0.2, 0.7, 0.9):
            area = quad(lambda z: float(law.cdf(z)) ** 3, 0, value)[0]
            assert float(bids(value)) == pytest.approx(value - area / float(law.cdf(value)) ** 3)

    @given(st.integers(2, 5), st.integers(1, 4), st.integers(1, 20))
    def test_exact_is_quadrature(self, bidders: int, slots: int, k: int) -> None:
        effects = tuple(F(slots - s, 4) for s in range(slots))
        bids = SymmetricBids(UNIT, bidders, effects, F(1, 10))
        value = F(1, 10) + F(9 * k, 200)
        assert float(bids(value)) == pytest.approx(bids(np.array([float(value)]))[0])

    def test_the_lowest_value_bids_the_reserve(self) -> None:
        """With a place for everybody the lowest wins one for nothing."""
        bids = SymmetricBids(values.Uniform(1, 2), 2, (F(1), F(1, 2)))
        assert (bids(F(1)), bids(F(3, 2))) == (0, F(5, 12))
        assert bids(np.array([1.0, 1.5])).tolist() == pytest.approx([0, 5 / 12])

    def test_nobody_gains(self) -> None:
        """In a position auction, on a grid of values and bids."""
        effects = (F(1), F(1, 2), F(1, 4))
        bids = SymmetricBids(UNIT, 4, effects)
        grid = np.linspace(0.005, 1, 200)
        told = bids(grid)
        clicks = np.asarray(bids.clicks(grid))
        payoff = (grid[:, None] - told) * clicks
        assert (payoff.max(axis=1) - np.diag(payoff)).max() < 1e-9

    def test_revenue_equivalence(self) -> None:
        effects = (F(1), F(1, 2))
        drawn = np.random.default_rng(5).random((100_000, 3))
        bids = SymmetricBids(UNIT, 3, effects)
        setting = Positions(effects)
        first = FirstPrice(setting).of_batch(bids(drawn)).revenue
        second = VCG(setting).of_batch(drawn).revenue
        error = float((first - second).std()) / math.sqrt(len(drawn))
        assert abs(float((first - second).mean())) < 4 * error

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: SymmetricBids(UNIT, 1), "bidders is 1"),
            (lambda: SymmetricBids(values.Discrete((1,), (F(1),)), 2), "must have a density"),
            (lambda: SymmetricBids(UNIT, 2, (F(1), F(2))), "effects must be positive"),
        ],
    )
    def test_door(self, make: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            make()


@pytest.fixture(scope="module")
def found() -> AsymmetricBids:
    return asymmetric_bids(UNIT, values.Uniform(0, 2))


class TestAsymmetric:
    """Shooting finds the closed form of two uniform laws, and nobody gains."""

    def test_two_uniform_laws(self, found: AsymmetricBids) -> None:
        """b(v) = (1 - sqrt(1 - k v^2)) / (k v), with k = 1/a_i^2 - 1/a_j^2; the highest is 2/3."""
        assert found.highest == pytest.approx(2 / 3, abs=1e-6)
        assert found.gains() < 1e-5
        for agent, (own, other) in enumerate(((1, 2), (2, 1))):
            k = 1 / own**2 - 1 / other**2
            grid = own * np.linspace(0.1, 1, 10)
            exact = (1 - np.sqrt(1 - k * grid**2)) / (k * grid)
            assert found.bid(agent, grid).tolist() == pytest.approx(exact.tolist(), abs=1e-5)

    def test_the_weak_bid_more(self, found: AsymmetricBids) -> None:
        grid = np.linspace(0.1, 1, 10)
        assert (found.bid(0, grid) > found.bid(1, grid)).all()

    def test_alike(self) -> None:
        found = asymmetric_bids(UNIT, UNIT, UNIT)
        grid = np.linspace(0.1, 1, 10)
        exact = SymmetricBids(UNIT, 3)(grid)
        assert found.bid(1, grid).tolist() == pytest.approx(exact.tolist(), abs=1e-5)

    def test_a_wrong_profile_is_seen(self, found: AsymmetricBids) -> None:
        """If the first were to bid as if the second were like it, it could gain."""
        from dataclasses import replace

        wrong = found.inverse.copy()
        wrong[0] = np.minimum(2 * found.places, 1.0)
        assert replace(found, inverse=wrong).gains() > 1e-3

    @pytest.mark.parametrize(
        ("laws", "message"),
        [
            ((UNIT,), "there must be two bidders at least"),
            ((UNIT, values.Exponential(1)), r"laws\[1\] is .*: its values must be bounded"),
            ((UNIT, values.Uniform(F(1, 2), 1)), "they must have one lowest value"),
            ((UNIT, UNIT, values.Uniform(0, 2)), "of more than two they must end alike"),
            ((UNIT, values.Empirical([1.0])), "must have a density"),
        ],
    )
    def test_door(self, laws: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            asymmetric_bids(*laws)
