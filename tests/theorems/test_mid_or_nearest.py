"""Mid-or-nearest (Walsh, arXiv:2506.10460)."""

from fractions import Fraction
from statistics import median

from hypothesis import given
from strategies import Profile, exact, points, profiles

from mechsim import Line
from mechsim.facility import MidOrNearest

HALF = Fraction(1, 2)


class TestDefinitions:
    """Half, clipped to where the agents are; the median with all phantoms at half."""

    @given(x=profiles())
    def test_clip(self, x: Profile) -> None:
        assert MidOrNearest()(x) == min(max(HALF, min(x)), max(x))

    @given(x=profiles())
    def test_median(self, x: Profile) -> None:
        assert MidOrNearest()(x) == median([*x, *(HALF,) * (len(x) - 1)])

    @given(x=profiles(), y=points)
    def test_nearest_to_the_middle(self, x: Profile, y: Fraction) -> None:
        """Of all places between the extreme agents it is the nearest to the middle."""
        outcome = exact(MidOrNearest()(x))
        assert min(x) <= outcome <= max(x)
        if min(x) <= y <= max(x):
            assert abs(outcome - HALF) <= abs(y - HALF)


class TestFairness:
    """Each agent gets its share, as nobody is half a line away unless all are; groups may not."""

    @given(x=profiles(min_agents=2))
    def test_individuals(self, x: Profile) -> None:
        y = exact(MidOrNearest()(x))
        assert all(abs(y - report) <= 1 - Fraction(1, len(x)) for report in x)

    def test_groups(self) -> None:
        assert MidOrNearest()([0, 0, HALF]) == HALF  # the two at 0 are due 1/3
        assert MidOrNearest()([0, 0, 1]) == HALF  # a proportional place is 1/3


class TestUnitOfLength:
    """Rescaling the line rescales the outcome."""

    @given(x=profiles())
    def test_rescale(self, x: Profile) -> None:
        survey = tuple(1 + 6 * r for r in x)
        assert MidOrNearest(Line(1, 7))(survey) == 1 + 6 * exact(MidOrNearest()(x))
