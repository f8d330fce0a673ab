"""The midrange: least largest distance, and easily dragged along."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Population
from mechsim.facility import Midrange


class TestMidrangeMinimisesTheLargestDistance:
    """No place has a smaller largest distance."""

    @given(x=profiles(), y=points)
    def test_against_any_place(self, x: Profile, y: Fraction) -> None:
        outcome = exact(Midrange()(x))
        assert max(abs(outcome - r) for r in x) <= max(abs(y - r) for r in x)


class TestDefinitions:
    """Half the sum of the extremes, whatever lies between and however often."""

    @given(x=profiles())
    def test_half_the_sum(self, x: Profile) -> None:
        assert Midrange()(x) == (min(x) + max(x)) / 2

    @given(x=profiles(), count=st.integers(1, 10**9))
    def test_counts_do_not_matter(self, x: Profile, count: int) -> None:
        assert Midrange()(Population(x, (count,) * len(x))) == Midrange()(x)

    def test_huge_floats_do_not_overflow(self) -> None:
        assert Midrange()([1.7e308, 1.7e308]) == 1.7e308


class TestUnfair:
    """At (0, 0, 5/6) the two at 0 are due a distance of 1/3."""

    def test_group(self) -> None:
        assert Midrange()([0, 0, Fraction(5, 6)]) == Fraction(5, 12)


class TestManipulable:
    """An agent at an end drags the outcome towards itself, at every profile with room beyond."""

    @given(x=profiles(min_agents=2))
    def test_exaggeration_pays(self, x: Profile) -> None:
        high = max(x)
        if min(x) < high < 1:
            lied = tuple(Fraction(1) if report == high else report for report in x)
            gain = exact(Midrange()(lied)) - exact(Midrange()(x))
            assert gain == (1 - high) / 2
