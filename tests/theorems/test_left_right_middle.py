"""Left-right-middle (Procaccia and Tennenholtz 2009)."""

from fractions import Fraction

from hypothesis import given
from strategies import Profile, exact, points, profiles

from mechsim import Domain, Line, Strategyproof, Universally
from mechsim.axioms import Refuted, Tally, check
from mechsim.facility import AverageOrRandomRank, LeftRightMiddle, Mean, Midrange
from mechsim.mechanism import compound

FOURTHS = Domain(Line(0, 1).grid(4), 3)


class TestMixture:
    """The lottery is that of its rules, and its mean is the midrange."""

    @given(x=profiles())
    def test_rules(self, x: Profile) -> None:
        lottery = LeftRightMiddle()(x)
        assert compound(LeftRightMiddle().rules(len(x)), x) == lottery
        assert lottery.expect(lambda y: y) == Midrange()(x)

    @given(x=profiles(min_agents=2, max_agents=2))
    def test_two_agents(self, x: Profile) -> None:
        """For two agents the midrange is the mean, and so the lottery that of the average."""
        assert LeftRightMiddle()(x) == AverageOrRandomRank()(x)
        assert Midrange()(x) == Mean()(x)


class TestLargestDistance:
    """The expected largest distance is 3/2 of the least possible one, at every profile."""

    @given(x=profiles())
    def test_three_halves(self, x: Profile) -> None:
        expected = LeftRightMiddle()(x).expect(lambda y: max(abs(exact(y) - r) for r in x))
        assert expected == Fraction(3, 2) * (max(x) - min(x)) / 2


class TestStrategyproofInExpectation:
    """No lie brings the facility nearer in expectation; the midrange, if drawn, is open to it."""

    @given(x=profiles(min_agents=2), lie=points)
    def test_no_lie_helps(self, x: Profile, lie: Fraction) -> None:
        honest, lied = LeftRightMiddle()(x), LeftRightMiddle()((lie, *x[1:]))
        near, far = (drawn.expect(lambda y: abs(exact(y) - x[0])) for drawn in (honest, lied))
        assert near <= far

    def test_not_universally(self) -> None:
        assert isinstance(check(Strategyproof(), LeftRightMiddle(), FOURTHS), Tally)
        found = check(Universally(Strategyproof()), LeftRightMiddle(), FOURTHS)
        assert isinstance(found, Refuted)
        assert "it may draw Midrange" in found.because
