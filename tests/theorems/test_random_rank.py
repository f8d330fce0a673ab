"""Random Rank (Aziz, Lam, Lee, Walsh, arXiv:2205.14798): one class for each statement."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim.facility import Dictatorship, OrderStatistic, RandomDictatorship, RandomRank
from mechsim.mechanism import compound


class TestMixture:
    """The lottery is that of drawing a rule and applying it, for both descriptions."""

    @pytest.mark.parametrize("mechanism", [RandomRank(), RandomDictatorship()])
    @given(x=profiles())
    def test_rules_make_the_lottery(self, mechanism: RandomRank, x: Profile) -> None:
        assert compound(mechanism.rules(len(x)), x) == mechanism(x)

    def test_which_rules(self) -> None:
        third = Fraction(1, 3)
        assert list(RandomRank().rules(3)) == [(third, OrderStatistic(k)) for k in (1, 2, 3)]
        assert list(RandomDictatorship().rules(3)) == [(third, Dictatorship(i)) for i in (0, 1, 2)]


class TestStrongProportionality:
    """Two groups at two points bear the same expected total cost."""

    @given(a=points, b=points, k=st.integers(1, 5), m=st.integers(1, 5))
    def test_both_groups_pay_the_same(self, a: Fraction, b: Fraction, k: int, m: int) -> None:
        lottery = RandomRank()((a,) * k + (b,) * m)
        first = lottery.expect(lambda y: k * abs(a - exact(y)))
        assert first == lottery.expect(lambda y: m * abs(b - exact(y)))


class TestExpectedCost:
    """An agent's expected distance is its mean distance to all reports."""

    @given(x=profiles())
    def test_mean_distance(self, x: Profile) -> None:
        expected = RandomRank()(x).expect(lambda y: abs(exact(y) - x[0]))
        assert expected == sum(abs(r - x[0]) for r in x) / len(x)

    @given(x=profiles())
    def test_the_expected_place_is_the_mean(self, x: Profile) -> None:
        assert RandomRank()(x).expect(lambda y: y) == sum(x) / len(x)
