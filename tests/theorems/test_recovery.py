"""Rules of a known form are recovered from what they answer at the ends (Moulin 1980)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, points, profiles

from mechsim import Line
from mechsim.facility import (
    ConstrainedMedian,
    Dictatorship,
    GeneralizedMedian,
    Mean,
    Median,
    MidOrNearest,
    PhantomMedian,
    UniformPhantom,
    as_generalized_median,
    as_phantom_median,
    recover_heights,
    recover_phantoms,
)

SURVEY = Line(1, 7)


class TestAnonymousStrategyproofRules:
    """An anonymous median of reports and phantoms is the one that has the recovered phantoms."""

    @given(data=st.data(), n=st.integers(1, 5))
    def test_phantoms_come_back(self, data: st.DataObject, n: int) -> None:
        p = tuple(sorted(data.draw(st.lists(points, min_size=n + 1, max_size=n + 1))))
        assert recover_phantoms(PhantomMedian(p), n) == p

    @pytest.mark.parametrize(
        "rule",
        [UniformPhantom(SURVEY), ConstrainedMedian(SURVEY), MidOrNearest(SURVEY), Median(SURVEY)],
    )
    @given(x=profiles())
    def test_agree_everywhere(self, rule: Any, x: Profile) -> None:
        survey = tuple(1 + 6 * report for report in x)
        assert as_phantom_median(rule, len(x), SURVEY)(survey) == rule(survey)


class TestStrategyproofRules:
    """A generalized median is the one that has the recovered heights."""

    @given(x=profiles(min_agents=3, max_agents=3), agent=st.integers(0, 2))
    def test_dictators(self, x: Profile, agent: int) -> None:
        assert as_generalized_median(Dictatorship(agent), 3)(x) == x[agent]

    def test_heights_come_back(self) -> None:
        half = Fraction(1, 2)
        heights = (Fraction(0), half, half, Fraction(1))
        assert recover_heights(GeneralizedMedian(heights), 2) == heights


class TestOtherRules:
    """The mean answers like Uniform Phantom at the ends, and is not Uniform Phantom: so it is
    not strategyproof."""

    def test_mean(self) -> None:
        recovered = as_phantom_median(Mean(), 3)
        assert list(recovered.shares) == [Fraction(k, 3) for k in range(4)]
        x = (Fraction(0), Fraction(0), Fraction(1, 2))
        assert recovered(x) == UniformPhantom()(x) != Mean()(x)


class TestDoor:
    """A line without ends has none to report, and sets of very many agents are not asked for."""

    def test_ends(self) -> None:
        with pytest.raises(ValueError, match="the recovery of phantoms needs two finite ends"):
            recover_phantoms(Median(), 3, Line())

    def test_many(self) -> None:
        with pytest.raises(ValueError, match="agents is 16: a rule is asked for all sets of at"):
            recover_heights(Median(), 16)
