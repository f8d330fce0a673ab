"""Generalized medians (Moulin 1980; Border and Jordan 1983)."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Line
from mechsim.facility import Dictatorship, GeneralizedMedian, PhantomMedian


def heights(agents: int) -> st.SearchStrategy[Profile]:
    """Heights of all sets of so many agents, made monotone from any numbers."""

    def raised(given_: list[Fraction]) -> Profile:
        made: list[Fraction] = []
        for s, height in enumerate(given_):
            made.append(max([height] + [made[s & ~(1 << i)] for i in range(agents) if s >> i & 1]))
        return tuple(made)

    return st.lists(points, min_size=1 << agents, max_size=1 << agents).map(raised)


@st.composite
def cases(draw: st.DrawFn) -> tuple[GeneralizedMedian, Profile]:
    x = draw(profiles(max_agents=4))
    return GeneralizedMedian(draw(heights(len(x)))), x


class TestDefinitions:
    """A max of mins over sets, a min of maxes over their complements, and upper sets suffice."""

    @given(case=cases())
    def test_max_of_mins(self, case: tuple[GeneralizedMedian, Profile]) -> None:
        rule, x = case
        best = Fraction(0)
        for size in range(len(x) + 1):
            for chosen in combinations(range(len(x)), size):
                height = exact(rule.heights[sum(1 << i for i in chosen)])
                best = max(best, min([height] + [x[i] for i in chosen]))
        assert rule(x) == best

    @given(case=cases())
    def test_min_of_maxes(self, case: tuple[GeneralizedMedian, Profile]) -> None:
        rule, x = case
        n = len(x)
        worst = min(
            max([exact(rule.heights[(1 << n) - 1 - s])] + [x[i] for i in range(n) if s >> i & 1])
            for s in range(1 << n)
        )
        assert rule(x) == worst

    @given(case=cases())
    def test_upper_sets_suffice(self, case: tuple[GeneralizedMedian, Profile]) -> None:
        rule, x = case
        upper = [sum(1 << i for i, r in enumerate(x) if r >= y) for y in x]
        sets = [min(exact(rule.heights[s]), y) for s, y in zip(upper, x, strict=True)]
        assert rule(x) == max([exact(rule.heights[0]), *sets])


class TestStrategyproof:
    """As a function of one report the outcome is the report, clamped."""

    @given(case=cases(), data=st.data())
    def test_clamp(self, case: tuple[GeneralizedMedian, Profile], data: st.DataObject) -> None:
        rule, x = case
        i = data.draw(st.integers(0, len(x) - 1))
        low, high = (rule((*x[:i], Fraction(end), *x[i + 1 :])) for end in (0, 1))
        assert rule(x) == min(max(x[i], low), high)


class TestSpecialCases:
    """Heights by size make a phantom median, heights by one agent's vote its dictatorship."""

    @given(x=profiles(max_agents=4), data=st.data())
    def test_by_size(self, x: Profile, data: st.DataObject) -> None:
        n = len(x)
        p = tuple(sorted(data.draw(st.lists(points, min_size=n + 1, max_size=n + 1))))
        by_size = tuple(p[s.bit_count()] for s in range(1 << n))
        assert GeneralizedMedian(by_size)(x) == PhantomMedian(p)(x)

    @given(x=profiles(max_agents=4), data=st.data())
    def test_by_one(self, x: Profile, data: st.DataObject) -> None:
        i = data.draw(st.integers(0, len(x) - 1))
        his = tuple(Fraction(s >> i & 1) for s in range(1 << len(x)))
        assert GeneralizedMedian(his)(x) == Dictatorship(i)(x)


class TestDoor:
    """Heights that are none are refused, by name."""

    def test_number(self) -> None:
        with pytest.raises(ValueError, match=r"heights has 3 entries: there must be 2\^n"):
            GeneralizedMedian((0, 0, 1))

    def test_monotone(self) -> None:
        message = r"heights\[3\] is 0: it must be at least heights\[2\], 1, which has fewer agents"
        with pytest.raises(ValueError, match=message):
            GeneralizedMedian((0, 0, 1, 0))

    def test_inside(self) -> None:
        with pytest.raises(ValueError, match=r"heights\[1\] is 7: it must be between 0 and 1"):
            GeneralizedMedian((0, 7), Line(1, 7))

    def test_agents(self) -> None:
        with pytest.raises(ValueError, match="reports has 2 entries: heights are for 1 agents"):
            GeneralizedMedian((0, 1))([0, 1])
