"""Medians of reports and phantoms (Moulin 1980)."""

from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Line
from mechsim.facility import (
    ConstrainedMedian,
    HighMedian,
    Median,
    MidOrNearest,
    OrderStatistic,
    PhantomMedian,
    UniformPhantom,
)
from mechsim.facility._phantoms import Phantoms

UNIT = Line(0, 1)


def phantoms(number: int) -> st.SearchStrategy[Profile]:
    """So many phantoms, increasing."""
    return st.lists(points, min_size=number, max_size=number).map(lambda p: tuple(sorted(p)))


@st.composite
def rules(draw: st.DrawFn, agents: int) -> PhantomMedian:
    """Phantom medians for so many agents, with one phantom fewer or one more."""
    return PhantomMedian(draw(phantoms(agents + draw(st.sampled_from([-1, 1])))))


class TestDefinitions:
    """A median of everything; and the least over k of the larger of x_(k) and p_(n-k)."""

    @given(data=st.data(), x=profiles())
    def test_median_of_everything(self, data: st.DataObject, x: Profile) -> None:
        rule = data.draw(rules(len(x)))
        assert rule(x) == median([*x, *map(exact, rule.shares)])

    @given(data=st.data(), x=profiles())
    def test_min_of_maxes(self, data: st.DataObject, x: Profile) -> None:
        p, n, ordered = data.draw(phantoms(len(x) + 1)), len(x), sorted(x)
        best = min([p[n]] + [max(ordered[k - 1], p[n - k]) for k in range(1, n + 1)])
        assert PhantomMedian(p)(x) == best

    @given(data=st.data(), x=profiles())
    def test_ends_may_be_left_out(self, data: st.DataObject, x: Profile) -> None:
        inner = data.draw(phantoms(len(x) - 1))
        assert PhantomMedian((0, *inner, 1))(x) == PhantomMedian(inner)(x)


class TestStrategyproof:
    """As a function of one report the outcome is the report, clamped; so no lie helps."""

    @given(data=st.data(), x=profiles())
    def test_clamp(self, data: st.DataObject, x: Profile) -> None:
        rule, rest = data.draw(rules(len(x))), x[1:]
        low, high = rule((Fraction(0), *rest)), rule((Fraction(1), *rest))
        assert rule(x) == min(max(x[0], low), high)


class TestSpecialCases:
    """Every phantom rule is the median with the phantoms that it says it has."""

    @pytest.mark.parametrize(
        "rule",
        [
            UniformPhantom(),
            ConstrainedMedian(),
            MidOrNearest(),
            Median(UNIT),
            HighMedian(UNIT),
            OrderStatistic(1, UNIT),
            OrderStatistic(3, UNIT),
        ],
    )
    @given(x=profiles(min_agents=3))
    def test_its_phantoms(self, rule: Any, x: Profile) -> None:
        assert rule(x) == PhantomMedian(tuple(rule.phantoms(len(x))))(x)

    @given(x=profiles(min_agents=2))
    def test_on_the_whole_line_half_of_them_are_infinite(self, x: Profile) -> None:
        together: list[Any] = [*x, *Median().phantoms(len(x))]
        assert median(together) == Median()(x)


class TestUnitOfLength:
    """Shares of the line scale with it."""

    @given(data=st.data(), x=profiles())
    def test_rescale(self, data: st.DataObject, x: Profile) -> None:
        rule = data.draw(rules(len(x)))
        survey = tuple(1 + 6 * report for report in x)
        assert PhantomMedian(rule.shares, Line(1, 7))(survey) == 1 + 6 * exact(rule(x))


class TestDoor:
    """What is no phantom is refused, by name."""

    @pytest.mark.parametrize(
        ("shares", "message"),
        [
            ((0.5, 0.25), r"shares\[1\] is 0\.25: it must be at least the one before, 0\.5"),
            ((2,), r"shares\[0\] is 2: it must be between 0 and 1"),
            (("a",), r"shares\[0\] is 'a'"),
        ],
    )
    def test_shares(self, shares: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            PhantomMedian(shares)

    def test_number(self) -> None:
        with pytest.raises(ValueError, match="there are 1 phantoms for 4 agents: it takes 3 or 5"):
            PhantomMedian((Fraction(1, 2),))([0, 0, 1, 1])


class TestManyPhantoms:
    """Phantoms that are computed when asked for are a sequence like the tuple."""

    @given(n=st.integers(0, 9), start=st.integers(-9, 9), stop=st.integers(-9, 9))
    def test_like_a_tuple(self, n: int, start: int, stop: int) -> None:
        lazy, listed = Phantoms(n, lambda k: Fraction(k, n)), [Fraction(k, n) for k in range(n)]
        assert lazy == listed
        assert hash(lazy) == hash(tuple(listed))
        assert list(lazy[start:stop]) == listed[start:stop]
        for k in range(-n, n):
            assert lazy[k] == listed[k]
        for k in (n, -n - 1):
            with pytest.raises(IndexError):
                lazy[k]
        assert lazy != 3
