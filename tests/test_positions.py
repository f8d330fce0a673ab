"""Positions: what makes a setting, what its door refuses, what it says."""

import math
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Population, Positions, Proved, Strategyproof, verify
from mechsim.auctions import GSP, VCG
from mechsim.budget import Budget

HALF, QUARTER, ONE = Fraction(1, 2), Fraction(1, 4), Fraction(1)


class TestRefuses:
    """What makes no auction is refused when it is made, by name, value and rule."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"effects": ()}, "effects is empty: there must be at least one position"),
            ({"effects": (1, 0)}, r"effects\[1\] is 0: it must be positive"),
            ({"effects": (1, 2)}, r"effects is \(1, 2\): it must not increase"),
            ({"effects": ("1",)}, r"effects\[0\] is '1' \(str\): it must be a real number"),
            ({"qualities": (1, -1)}, r"qualities\[1\] is -1: it must be positive"),
            ({"values": ()}, r"values is \(\): it must increase strictly from 0 or more"),
            ({"values": (1, 1)}, r"values is \(1, 1\): it must increase strictly"),
            ({"values": (-1, 1)}, r"values is \(-1, 1\): it must increase strictly"),
            ({"values": ((1, 2), (2, 1))}, r"values\[1\] is \(2, 1\): it must increase"),
            ({"values": (1, 2), "prior": (HALF,)}, "prior sums to 1/2: it must sum to 1"),
            ({"values": (1, 2), "prior": (1,)}, "prior has 1 probabilities for agent 0"),
            ({"values": (1, 2), "prior": (0.5, 0.5)}, r"prior\[0\] is 0.5: it must be a positive"),
            ({"values": (1, 2), "prior": (0, 1)}, r"prior\[0\] is 0: it must be a positive"),
            ({"prior": (1,)}, "prior has 1 probabilities for agent 0"),
            ({"qualities": (1, 1), "agents": ("Ann",)}, "listed for the same number of them"),
            ({"values": ((1,), (2,)), "agents": ("Ann",)}, "listed for the same number of them"),
        ],
    )
    def test_settings(self, arguments: dict[str, Any], message: str) -> None:
        given: dict[str, Any] = {"effects": (2, 1)} | arguments
        with pytest.raises(ValueError, match=message):
            Positions(**given)

    @pytest.mark.parametrize(
        ("bids", "message"),
        [
            ([], "reports is empty: at least one agent must report"),
            ([1, -1], r"reports\[1\] is -1: it must be at least 0"),
            ([1, math.nan], r"reports\[1\] is nan: it must be finite"),
            (["1"], r"reports\[0\] is '1' \(str\): it must be a real number"),
            ({1, 2}, r"reports is \{1, 2\} \(set\)"),
            (3, r"reports is 3 \(int\)"),
        ],
    )
    def test_bids(self, bids: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            VCG(Positions((2, 1)))(bids)

    def test_bids_off_the_grid(self) -> None:
        with pytest.raises(ValueError, match=r"reports\[0\] is 3: it must be one of \(1, 2\)"):
            Positions((1,), values=(1, 2)).read([3])

    def test_too_few_bids(self) -> None:
        with pytest.raises(
            ValueError, match="reports has 1 entries: it must have one for each of 2"
        ):
            Positions((1,), agents=("Ann", "Bob")).read([3])

    def test_too_few_agents(self) -> None:
        """A question about three bidders, of whom two are known, is no question about VCG."""
        named = Positions((1,), values=(1, 2), agents=("Ann", "Bob"))
        with pytest.raises(ValueError, match=r"agents is 3: .* has 2, Ann, Bob"):
            verify(VCG(named), Strategyproof(), named, agents=3)


@pytest.mark.parametrize(
    "bids",
    [
        [2, 1, 2],
        (2, 1, 2),
        np.array([2, 1, 2]),
        pd.Series([2, 1, 2], index=[5, 6, 7]),
        Population((2, 1, 2)),
    ],
)
def test_every_kind_of_sequence_is_read_alike(bids: Any) -> None:
    assert VCG(Positions((2, 1)))(bids) == VCG(Positions((2, 1)))((2, 1, 2))


class TestSettingOfValues:
    """Values and priors are one row for all, or one row a bidder."""

    def test_rows(self) -> None:
        one = Positions((1,), values=(1, 2), prior=(QUARTER, 3 * QUARTER))
        two = Positions((1,), values=((1, 2), (3,)), prior=((HALF, HALF), (ONE,)))
        assert [one.types(agent) for agent in (0, 5)] == [(1, 2), (1, 2)]
        assert [two.types(agent) for agent in (0, 1)] == [(1, 2), (3,)]
        assert (one.bidders, two.bidders) == (None, 2)

    def test_one_prior_may_serve_rows_of_values(self) -> None:
        setting = Positions((1,), values=((1, 2), (3, 4)), prior=(QUARTER, 3 * QUARTER))
        assert list(setting.beliefs(0, Fraction(1), 2)) == [
            (QUARTER, (1, 3)),
            (3 * QUARTER, (1, 4)),
        ]

    def test_clicks(self) -> None:
        setting = Positions((3, 2), qualities=(1, HALF))
        assert [setting.clicks(1, k) for k in (0, 1, None)] == [Fraction(3, 2), 1, 0]
        assert (
            setting.value(1, Fraction(4), (None, 0)) == setting.share_value(1, Fraction(4), 0) == 6
        )


class TestAdmits:
    """An alternative gives each bidder a slot or none, and no slot twice."""

    @pytest.mark.parametrize("alternative", [(0, 1, None), (None, None), (1,), ()])
    def test_slots(self, alternative: Any) -> None:
        assert Positions((2, 1)).admits(alternative)

    @pytest.mark.parametrize("alternative", [(0, 0), (2,), (-1,), (HALF,), 0, None, "01", [0, 1]])
    def test_others(self, alternative: Any) -> None:
        assert not Positions((2, 1)).admits(alternative)


class TestWords:
    """Bidders are called by their names, and a setting by what makes it differ."""

    def test_alternatives(self) -> None:
        named = Positions((2, 1), agents=("Ann", "Bob", "Cem"))
        assert named.tell((1, None, 0)) == "Cem in slot 0, Ann in slot 1"
        assert Positions((2, 1)).tell((None, 0)) == "agent 1 in slot 0"
        assert named.tell((None, None, None)) == "no slot sold"

    @pytest.mark.parametrize(
        ("setting", "text"),
        [
            (Positions((1,)), "Positions(1)"),
            (Positions((2, HALF), (1, HALF)), "Positions(2, 1/2) with qualities (1, 1/2)"),
            (Positions((1,), values=(0, HALF)), "Positions(1) at (0, 1/2)"),
            (
                Positions((1,), values=((0, 1), (2,)), prior=((HALF, HALF), (ONE,))),
                "Positions(1) at ((0, 1), (2)) with prior ((1/2, 1/2), (1))",
            ),
        ],
    )
    def test_text(self, setting: Positions, text: str) -> None:
        assert str(setting) == text


class TestSearch:
    """Where any number may be bid, small whole numbers and the bids that tie are tried first."""

    def test_small_profiles_come_first(self) -> None:
        profiles = Positions((1,)).profiles(2, np.random.default_rng(0))
        assert [*islice(profiles, 4)] == [(0, 0), (0, 1), (1, 0), (1, 1)]

    @given(st.tuples(*[st.integers(0, 9).map(Fraction)] * 3))
    def test_lies_reach_every_position(self, bids: tuple[Fraction, ...]) -> None:
        """From the top to the bottom of the ranking, whatever the others bid above 0."""
        setting = Positions((4, 3, 2), qualities=(1, HALF, 2))
        lies = [*setting.misreports(1, bids)]
        assert bids[1] not in lies
        assert min(lies, default=0) >= 0
        reached = {VCG(setting)((bids[0], lie, bids[2])).alternative[1] for lie in (*lies, bids[1])}
        ahead = {bids[0] > 0 or 0, bids[2] * 4 > 0}
        assert 0 in reached
        if ahead == {True} and bids[0] != 2 * bids[2]:
            assert reached == {0, 1, 2}

    def test_verdicts(self) -> None:
        free = Positions((200, 100))
        little = Budget(calls=4_000)
        found = verify(VCG(free), Strategyproof(), free, agents=3, budget=little)
        assert isinstance(found, Proved)
        found = verify(GSP(free), Strategyproof(), free, agents=3, budget=little)
        assert found.word == "refuted"

    def test_simpler(self) -> None:
        assert [*Positions((1,)).simpler(Fraction(5, 2))] == [0, 1, 2]
