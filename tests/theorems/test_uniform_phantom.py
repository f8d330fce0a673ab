"""Uniform Phantom (Aziz, Lam, Lee, Walsh, arXiv:2111.01566): one class for each statement."""

from fractions import Fraction
from statistics import median

from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Line
from mechsim.facility import UniformPhantom


class TestThreeDefinitions:
    """Median with phantoms, a max of mins, and the fixed point of the survival function."""

    @given(x=profiles())
    def test_median_with_phantoms(self, x: Profile) -> None:
        n = len(x)
        assert UniformPhantom()(x) == median([*x, *(Fraction(k, n) for k in range(1, n))])

    @given(x=profiles())
    def test_max_of_mins(self, x: Profile) -> None:
        n, ordered = len(x), sorted(x)
        best = max(min(ordered[n - k], Fraction(k, n)) for k in range(1, n + 1))
        assert UniformPhantom()(x) == best

    @given(x=profiles(), y=points)
    def test_fixed_point(self, x: Profile, y: Fraction) -> None:
        """y is the outcome iff #{x_i > y} <= n y <= #{x_i >= y}."""
        n = len(x)
        fixed = sum(r > y for r in x) <= n * y <= sum(r >= y for r in x)
        assert fixed == (y == UniformPhantom()(x))


class TestStrategyproof:
    """As a function of one report the outcome is the report, clamped."""

    @given(x=profiles(min_agents=2))
    def test_clamp(self, x: Profile) -> None:
        rule, rest = UniformPhantom(), x[1:]
        low, high = rule((Fraction(0), *rest)), rule((Fraction(1), *rest))
        assert rule(x) == min(max(x[0], low), high)

    @given(x=profiles(min_agents=2), lie=points)
    def test_no_lie_helps(self, x: Profile, lie: Fraction) -> None:
        rule = UniformPhantom()
        assert abs(exact(rule((lie, *x[1:]))) - x[0]) >= abs(exact(rule(x)) - x[0])


class TestUnanimousFairShare:
    """Every group S at one point has the facility within 1 - |S|/n."""

    @given(x=profiles(max_agents=9))
    def test_all_groups(self, x: Profile) -> None:
        y, n = exact(UniformPhantom()(x)), len(x)
        assert all(abs(y - r) <= 1 - Fraction(x.count(r), n) for r in x)


class TestProportionality:
    """With everybody at an end, the outcome is the share of those at the upper one."""

    @given(zeros=st.integers(0, 7), ones=st.integers(0, 7))
    def test_share(self, zeros: int, ones: int) -> None:
        if zeros + ones:
            x = (Fraction(0),) * zeros + (Fraction(1),) * ones
            assert UniformPhantom()(x) == Fraction(ones, zeros + ones)


class TestUnitOfLength:
    """Rescaling the line rescales the outcome; the ends are part of the rule."""

    @given(x=profiles())
    def test_rescale(self, x: Profile) -> None:
        survey = tuple(1 + 6 * r for r in x)
        assert UniformPhantom(Line(1, 7))(survey) == 1 + 6 * UniformPhantom()(x)
