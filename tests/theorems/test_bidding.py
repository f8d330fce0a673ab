"""Bidding in the generalized second price: exact best replies, dynamics, prices of anarchy."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Positions
from mechsim.auctions import (
    GSP,
    VCG,
    balanced_bidding,
    best_reply,
    bidding_gains,
    envy_free_bids,
    price_of_anarchy,
)
from mechsim.setting import utility

F = Fraction
HALF = F(1, 2)


@st.composite
def games(draw: st.DrawFn) -> tuple[GSP, tuple[Fraction, ...], tuple[Fraction, ...]]:
    effects = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)), reverse=True)
    bidders = draw(st.integers(2, 4))
    quality = st.sampled_from([F(1), HALF, F(2)])
    qualities = draw(st.lists(quality, min_size=bidders, max_size=bidders))
    numbers = st.lists(st.integers(0, 8).map(F), min_size=bidders, max_size=bidders)
    setting = Positions(tuple(map(F, effects)), tuple(qualities))
    reserve = draw(st.sampled_from([F(0), F(2)]))
    return GSP(setting, reserve), tuple(draw(numbers)), tuple(draw(numbers))


class TestBestReply:
    """No bid on a fine grid does better, and the gain is what the reply brings."""

    @given(games(), st.data())
    def test_grid(self, game: Any, data: Any) -> None:
        auction, values, bids = game
        agent = data.draw(st.integers(0, len(bids) - 1))

        def gets(bid: Fraction) -> Any:
            outcome = auction((*bids[:agent], bid, *bids[agent + 1 :]))
            return utility(auction.setting, agent, values[agent], outcome)

        reply, gain = best_reply(auction, values, bids, agent)
        assert gets(F(reply)) - gets(bids[agent]) == gain
        assert gain == max(gets(F(k, 8)) for k in range(8 * 40)) - gets(bids[agent])

    def test_vector(self) -> None:
        """With effects 200 and 199 a bid of 3 brings 1592 instead of 1200."""
        auction = GSP(Positions((200, 199)))
        assert bidding_gains(auction, (10, 4, 2), (10, 4, 2)) == (392, 0, 0)

    def test_low_quality_must_bid_far_more(self) -> None:
        """With an eighth of the quality it takes 8 times the bid."""
        auction = GSP(Positions((1,), (1, F(1, 8))))
        bid, gain = best_reply(auction, (10, 100), (10, 0), 1)
        assert gain == F(5, 2)
        assert bid > 80


class TestBalancedBidding:
    """One after the other in random order it ends in the lowest envy-free equilibrium."""

    @given(st.integers(0, 10**6))
    def test_limit(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        bidders, slots = int(rng.integers(2, 6)), int(rng.integers(1, 4))
        effects = sorted(rng.choice(9, slots, replace=False) + 1, reverse=True)
        setting = Positions(tuple(F(int(a)) for a in effects))
        drawn = rng.choice(30, bidders, replace=False) + 1
        values = tuple(F(int(v)) for v in drawn)
        start = tuple(F(int(b)) for b in rng.integers(0, 30, bidders))
        play = balanced_bidding(GSP(setting), values, start, rng)
        assert play.settled
        lowest = envy_free_bids(setting, values)
        first = values.index(max(values))
        for i in range(bidders):
            if i != first:
                assert play.final[i] == lowest[i]
        assert max(bidding_gains(GSP(setting), values, play.final)) == 0
        paid = GSP(setting)(play.final).payments
        assert list(paid) == list(VCG(setting)(values).payments)

    def test_qualities(self) -> None:
        setting = Positions((3, 2, 1), (F(1), HALF, F(2), F(1)))
        values = (F(5), F(9), F(4), F(2))
        play = balanced_bidding(GSP(setting), values, (0, 0, 0, 0), np.random.default_rng(1))
        assert play.settled
        assert list(GSP(setting)(play.final).payments) == list(VCG(setting)(values).payments)

    def test_rounds_are_kept(self) -> None:
        auction = GSP(Positions((2, 1)))
        play = balanced_bidding(auction, (3, 2, 1), (0, 0, 0), np.random.default_rng(2), rounds=1)
        assert (len(play.rounds), play.settled, play.rounds[0]) == (2, False, (0, 0, 0))

    def test_door(self) -> None:
        rng = np.random.default_rng(1)
        with pytest.raises(ValueError, match="reserve is 1: balanced bids are for none"):
            balanced_bidding(GSP(Positions((1,)), 1), (2, 1), (0, 0), rng)
        with pytest.raises(ValueError, match="balanced bids need them to fall"):
            balanced_bidding(GSP(Positions((1, 1))), (2, 1), (0, 0), rng)
        with pytest.raises(ValueError, match="start has 1 bids: there are 2 values"):
            balanced_bidding(GSP(Positions((1,))), (2, 1), (0,), rng)


class TestPriceOfAnarchy:
    """Instances that lose a fifth, and a little more with three positions."""

    def test_two_positions(self) -> None:
        auction = GSP(Positions((1, HALF)))
        grid = [F(k, 8) for k in range(9)]
        found = price_of_anarchy(auction, (1, HALF), [grid, grid])
        assert found.ratio == F(5, 4)
        assert found.bids[1] > found.bids[0]

    def test_three_positions(self) -> None:
        """Second, third, first: 1.259133."""
        effects = (F(1), F(5508, 10_000), F(4705, 10_000))
        values = (F(1), F(5295, 10_000), F(1458, 10_000))
        bids = (F(0), values[1], values[2])
        auction = GSP(Positions(effects))
        assert auction(bids).alternative == (2, 0, 1)
        assert max(bidding_gains(auction, values, bids)) == 0
        grids = [[F(0), values[2], values[1]], [F(0), values[1]], [F(0), values[2]]]
        found = price_of_anarchy(auction, values, grids)
        assert found.bids == bids
        assert float(found.ratio) == pytest.approx(1.259133, abs=5e-6)  # effects are rounded

    def test_overbidding_is_left_out(self) -> None:
        """If the second could bid above its value the loss would have no bound."""
        auction = GSP(Positions((F(1),)))
        values = (F(1), F(1, 100))
        over = (F(0), F(2))
        assert max(bidding_gains(auction, values, over)) == 0
        found = price_of_anarchy(auction, values, [[F(0), F(1)], [F(0), F(1, 100), F(2)]])
        assert found.ratio == 1

    @given(st.integers(0, 10**6))
    def test_brute_force(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        auction = GSP(Positions((F(3), F(2))))
        values = tuple(F(int(v)) for v in rng.integers(1, 5, 2))
        grid = [F(k) for k in range(5)]

        def welfare(bids: Any) -> Any:
            slot = auction(bids).alternative
            return sum(v * auction.setting.clicks(i, slot[i]) for i, v in enumerate(values))

        worst = [
            welfare(bids)
            for bids in product(grid, repeat=2)
            if all(b <= v for b, v in zip(bids, values, strict=True))
            and max(bidding_gains(auction, values, bids)) == 0
        ]
        best = max(welfare(bids) for bids in product(grid, repeat=2))
        assert price_of_anarchy(auction, values, [grid, grid]).ratio == best / min(worst)

    def test_door(self) -> None:
        auction = GSP(Positions((1,)))
        many = [F(k, 1000) for k in range(1001)]
        with pytest.raises(ValueError, match=r"1,002,001 profiles: 1,000,000 are tried at most"):
            price_of_anarchy(auction, (1, 1), [many, many])
        with pytest.raises(ValueError, match="has no equilibrium for"):
            price_of_anarchy(auction, (2, 1), [[F(0)], [F(1, 2)]])
