"""Average or Random Rank (Aziz, Lam, Lee, Walsh, arXiv:2205.14798)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, exact, points, profiles

from mechsim import Domain, Instance, Line, Strategyproof, Universally
from mechsim.axioms import Misreport, Refuted, Tally, check
from mechsim.facility import AverageOrRandomRank, Mean, RandomRank
from mechsim.mechanism import compound

UNIT = Line(0, 1)
weights = st.fractions(Fraction(1, 9), Fraction(8, 9), max_denominator=9)


class TestMixture:
    """The lottery is that of its rules; its mean is the mean, whatever the weight."""

    @given(x=profiles(), weight=weights)
    def test_rules(self, x: Profile, weight: Fraction) -> None:
        rule = AverageOrRandomRank(weight)
        assert compound(rule.rules(len(x)), x) == rule(x)
        assert rule(x).expect(lambda y: y) == Mean()(x)

    @given(x=profiles(), y=points, weight=weights)
    def test_costs_are_mixed(self, x: Profile, y: Fraction, weight: Fraction) -> None:
        def away(place: Any) -> Fraction:
            return abs(exact(place) - y)

        mixed = weight * away(Mean()(x)) + (1 - weight) * RandomRank()(x).expect(away)
        assert AverageOrRandomRank(weight)(x).expect(away) == mixed


class TestStrategyproofInExpectation:
    """No lie helps in expectation up to the weight 1/2, and at any larger one some lie does."""

    @given(x=profiles(min_agents=2), lie=points)
    def test_half(self, x: Profile, lie: Fraction) -> None:
        honest, lied = AverageOrRandomRank()(x), AverageOrRandomRank()((lie, *x[1:]))
        near, far = (drawn.expect(lambda y: abs(exact(y) - x[0])) for drawn in (honest, lied))
        assert near <= far

    @given(excess=st.fractions(Fraction(1, 1000), Fraction(2, 5)))
    def test_more_than_half(self, excess: Fraction) -> None:
        """At (0, 1/2) the second agent reports 1: the mean moves by 1/4 and a draw by 1/2."""
        weight = Fraction(1, 2) + excess
        case = Misreport(Instance(UNIT, (Fraction(0), Fraction(1, 2))), 1, Fraction(1))
        gain = Strategyproof().violation(AverageOrRandomRank(weight), case)
        assert gain == weight / 4 - (1 - weight) / 4 == excess / 2

    def test_not_universally(self) -> None:
        fourths = Domain(UNIT.grid(4), 2)
        assert isinstance(check(Strategyproof(), AverageOrRandomRank(), fourths), Tally)
        found = check(Universally(Strategyproof()), AverageOrRandomRank(), fourths)
        assert isinstance(found, Refuted)
        assert "it may draw Mean" in found.because


class TestDoor:
    """A weight is a fraction strictly between 0 and 1."""

    @pytest.mark.parametrize("weight", [0, 1, 2, 0.5])
    def test_weight(self, weight: Any) -> None:
        with pytest.raises(ValueError, match=r"weight is .*: it must be a Fraction above 0 and"):
            AverageOrRandomRank(weight)
