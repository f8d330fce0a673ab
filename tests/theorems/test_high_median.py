"""The high median (Moulin 1980): the mirror image of the low one."""

from fractions import Fraction

from hypothesis import given
from strategies import Profile, exact, points, profiles

from mechsim.facility import HighMedian, Median, OrderStatistic


class TestHighMedianMinimisesTotalDistance:
    """No place has a smaller sum of distances than the high median."""

    @given(x=profiles(), y=points)
    def test_against_any_place(self, x: Profile, y: Fraction) -> None:
        outcome = exact(HighMedian()(x))
        assert sum(abs(outcome - report) for report in x) <= sum(abs(y - report) for report in x)


class TestMirrorImage:
    """Reflecting the line turns one median into the other; they agree for odd numbers."""

    @given(x=profiles())
    def test_reflection(self, x: Profile) -> None:
        assert HighMedian()(x) == 1 - exact(Median()(tuple(1 - report for report in x)))

    @given(x=profiles())
    def test_no_report_lies_between_the_two(self, x: Profile) -> None:
        low, high = exact(Median()(x)), exact(HighMedian()(x))
        assert not [report for report in x if low < report < high]
        assert low == high if len(x) % 2 else low <= high

    @given(x=profiles())
    def test_is_an_order_statistic(self, x: Profile) -> None:
        assert HighMedian()(x) == OrderStatistic(len(x) // 2 + 1)(x)
