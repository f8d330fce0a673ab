"""The median and the order statistics (Moulin 1980)."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim.facility import Median, OrderStatistic


class TestMedianMinimisesTotalDistance:
    """No place has a smaller sum of distances than the median."""

    @given(x=profiles(), y=points)
    def test_against_any_place(self, x: Profile, y: Fraction) -> None:
        outcome = exact(Median()(x))
        assert sum(abs(outcome - report) for report in x) <= sum(abs(y - report) for report in x)


class TestLowMedian:
    """The middle report, for an even number the lower of the two."""

    @given(x=profiles())
    def test_is_an_order_statistic(self, x: Profile) -> None:
        assert Median()(x) == OrderStatistic((len(x) + 1) // 2)(x)

    @given(x=st.lists(st.floats(0, 1), min_size=1, max_size=9).filter(lambda x: len(x) % 2 == 1))
    def test_is_numpys_for_odd_numbers(self, x: list[float]) -> None:
        assert Median()(x) == np.median(x)


class TestOrderStatistics:
    """Together they are the sorted profile; each is strategyproof at every profile and lie."""

    @given(x=profiles())
    def test_sort(self, x: Profile) -> None:
        assert [OrderStatistic(k)(x) for k in range(1, len(x) + 1)] == sorted(x)

    @pytest.mark.parametrize("rank", [1, 2, 3])
    @given(x=profiles(min_agents=3, max_agents=5), lie=points)
    def test_no_lie_helps(self, rank: int, x: Profile, lie: Fraction) -> None:
        rule = OrderStatistic(rank)
        assert abs(exact(rule((lie, *x[1:]))) - x[0]) >= abs(exact(rule(x)) - x[0])
