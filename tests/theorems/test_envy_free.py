"""Envy-free equilibria of the generalized second price, and reserve prices."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mechsim import IndividuallyRational, Positions, Strategyproof, verify
from mechsim.auctions import GSP, VCG, Myerson, envy_free_bids, envy_free_revenue
from mechsim.auctions._ranking import ranking
from mechsim.preferences import Matrix, Sponsored
from mechsim.setting import utility

F = Fraction
SNE1 = Positions((F(1, 2), F(3, 10), F(1, 10)))
V1 = (F(10), F(8), F(5), F(3))


@st.composite
def markets(draw: st.DrawFn) -> tuple[Positions, tuple[Fraction, ...]]:
    effects = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)), reverse=True)
    bidders = draw(st.integers(1, 4))
    quality = st.sampled_from([F(1), F(1, 2), F(2)])
    qualities = draw(st.lists(quality, min_size=bidders, max_size=bidders))
    values = draw(st.lists(st.integers(1, 9).map(F), min_size=bidders, max_size=bidders))
    return Positions(tuple(map(F, effects)), tuple(qualities)), tuple(values)


class TestVector:
    """The instance that the specification calls SNE-1."""

    def test_bids(self) -> None:
        assert envy_free_bids(SNE1, V1)[1:] == (F(29, 5), F(13, 3), 3)
        assert envy_free_bids(SNE1, V1, highest=True)[1:] == (F(41, 5), 7, 5)

    def test_revenues(self) -> None:
        lowest, highest = (
            sum(GSP(SNE1)(envy_free_bids(SNE1, V1, highest=high)).payments)
            for high in (False, True)
        )
        assert (lowest, highest) == (F(9, 2), F(67, 10))
        assert sum(VCG(SNE1)(V1).payments) == lowest

    def test_programs(self) -> None:
        assert envy_free_revenue(SNE1, V1).value == F(9, 2)
        assert envy_free_revenue(SNE1, V1, highest=True).value == F(67, 10)


class TestEnvyFree:
    """Both ends of the range are equilibria, efficient, and what the programs say."""

    @given(markets(), st.booleans())
    def test_nobody_gains(self, market: Any, highest: bool) -> None:
        setting, values = market
        auction = GSP(setting)
        bids = envy_free_bids(setting, values, highest=highest)
        assume(ranking(setting, bids) == ranking(setting, values))
        now = auction(bids)
        for agent, value in enumerate(values):
            here = utility(setting, agent, value, now)
            assert here >= 0
            for lie in (F(0), *setting.misreports(agent, bids)):
                told = (*bids[:agent], lie, *bids[agent + 1 :])
                assert utility(setting, agent, value, auction(told)) <= here

    @given(markets())
    def test_programs(self, market: Any) -> None:
        setting, values = market
        for highest in (False, True):
            bids = envy_free_bids(setting, values, highest=highest)
            assume(ranking(setting, bids) == ranking(setting, values))
            revenue = sum(GSP(setting)(bids).payments)
            assert envy_free_revenue(setting, values, highest=highest).value == revenue

    @given(markets())
    def test_lowest_is_vcg(self, market: Any) -> None:
        setting, values = market
        lowest = GSP(setting)(envy_free_bids(setting, values))
        truthful = VCG(setting)(values)
        assert sum(lowest.payments) == sum(truthful.payments)
        clicks = [setting.clicks(i, k) for i, k in enumerate(lowest.alternative)]
        best = [setting.clicks(i, k) for i, k in enumerate(truthful.alternative)]
        assert sum(v * c for v, c in zip(values, clicks, strict=True)) == sum(
            v * c for v, c in zip(values, best, strict=True)
        )


GRID = Positions((3, 2), values=(0, 1, 2, 3))


class TestReserve:
    """Who bids less than the reserve is left out, and nobody pays less a click."""

    @given(markets(), st.integers(0, 6).map(F))
    def test_prices(self, market: Any, reserve: Fraction) -> None:
        setting, values = market
        for rule in (GSP, VCG):
            found = rule(setting, reserve)(values)
            for i, k in enumerate(found.alternative):
                if k is None:
                    assert found.payments[i] == 0
                    continue
                assert values[i] >= reserve
                assert found.payments[i] >= reserve * setting.clicks(i, k)
                assert found.payments[i] <= values[i] * setting.clicks(i, k)

    @given(markets())
    def test_none(self, market: Any) -> None:
        setting, values = market
        for rule in (GSP, VCG):
            assert rule(setting, 0)(values) == rule(setting)(values)

    def test_vcg_stays_strategyproof(self) -> None:
        qualities = Positions((3, 2), (1, F(1, 2)), values=(0, 1, 2, 3))
        for setting, agents in ((GRID, 3), (qualities, 2)):
            for axiom in (Strategyproof(), IndividuallyRational()):
                found = verify(VCG(setting, F(3, 2)), axiom, setting, agents=agents)
                assert found.word == "proved"
        assert verify(GSP(GRID, F(1)), Strategyproof(), GRID, agents=3).word == "refuted"

    def test_inefficient(self) -> None:
        """The specification's instance: 5 where 11/2 were possible."""
        setting = Positions((1, F(1, 2), F(2, 5)), (F(1, 2), F(1, 2)))
        shown = GSP(setting, 3)((10, 2)).alternative
        assert shown == (0, None)
        worth = [
            v * setting.clicks(i, k) for i, (v, k) in enumerate(zip((10, 2), shown, strict=True))
        ]
        assert sum(worth) == 5
        assert sum(
            v * setting.clicks(i, k) for i, (v, k) in enumerate(zip((10, 2), (0, 1), strict=True))
        ) == F(11, 2)

    def test_between_vcg_and_myerson(self) -> None:
        """Values 1 to 4 alike, whose virtual values -2, 0, 2, 4 are positive from 3 on.

        Myerson's auction charges the next value where VCG charges the one below.
        """
        effects, values, prior = (F(1), F(1, 2)), (1, 2, 3, 4), (F(1, 4),) * 4

        def revenue(auction: Any) -> Any:
            return sum(sum(auction(v).payments) for v in product(values, repeat=2)) / F(16)

        best = revenue(Myerson(Sponsored(Matrix((effects,) * 2), values, prior)))
        reserved, plain = (revenue(VCG(Positions(effects), r)) for r in (3, 0))
        assert best >= reserved > plain

    @pytest.mark.parametrize("rule", [GSP, VCG])
    def test_refusals(self, rule: Any) -> None:
        with pytest.raises(ValueError, match="reserve is -1: it must be at least 0"):
            rule(GRID, -1)
