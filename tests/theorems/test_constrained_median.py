"""The constrained median (Aziz, Lam, Lee, Walsh, arXiv:2111.01566)."""

from fractions import Fraction

from hypothesis import given
from strategies import Profile, exact, profiles

from mechsim import Line
from mechsim.facility import ConstrainedMedian, Median, UniformPhantom


class TestDefinitions:
    """The median with phantoms at 1/n and 1 - 1/n is the median, clipped twice."""

    @given(x=profiles(min_agents=2))
    def test_clipped_median(self, x: Profile) -> None:
        share = Fraction(1, len(x))
        kept = min(max(exact(Median()(x)), share), 1 - share)
        assert ConstrainedMedian()(x) == min(max(kept, min(x)), max(x))

    @given(x=profiles())
    def test_phantoms(self, x: Profile) -> None:
        n = len(x)
        low = -(-(n - 1) // 2)
        expected = (Fraction(1, n),) * low + (1 - Fraction(1, n),) * (n - 1 - low)
        assert ConstrainedMedian().phantoms(n) == expected


class TestIndividualFairShare:
    """Nobody is farther away than 1 - 1/n."""

    @given(x=profiles())
    def test_everybody(self, x: Profile) -> None:
        y = exact(ConstrainedMedian()(x))
        assert all(abs(y - report) <= 1 - Fraction(1, len(x)) for report in x)

    def test_groups_may_get_less(self) -> None:
        """At (0, 0, 1, 1) the two at 1 are due 1/2 and are 3/4 away."""
        assert ConstrainedMedian()([0, 0, 1, 1]) == Fraction(1, 4)


class TestFewAgents:
    """With up to three agents it is Uniform Phantom."""

    @given(x=profiles(max_agents=3))
    def test_agree(self, x: Profile) -> None:
        assert ConstrainedMedian()(x) == UniformPhantom()(x)


class TestUnitOfLength:
    """Rescaling the line rescales the outcome."""

    @given(x=profiles())
    def test_rescale(self, x: Profile) -> None:
        survey = tuple(1 + 6 * r for r in x)
        assert ConstrainedMedian(Line(1, 7))(survey) == 1 + 6 * exact(ConstrainedMedian()(x))
