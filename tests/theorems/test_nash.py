"""The Nash rule: the largest product of utilities, exactly where it is rational."""

from fractions import Fraction
from math import prod
from typing import Any

import flint
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Profile, points, profiles

from mechsim import Domain, ExPost, Instance, Line, Strategyproof, UnanimousFairShare, verify
from mechsim.algorithms.balls import Enclosed
from mechsim.axioms import Misreport, Refuted, Tally, check
from mechsim.facility import Nash

UNIT = Line(0, 1)


def product(x: Profile, y: Any) -> Any:
    """The product of utilities of a facility at ``y``."""
    return prod((1 - abs(y - report) for report in x), start=Fraction(1))


class TestDefinition:
    """No place has a larger product of utilities; the place is between the agents."""

    @given(x=profiles(), y=points)
    def test_against_any_place(self, x: Profile, y: Fraction) -> None:
        outcome = Nash()(x)
        assert not product(x, y) > product(x, outcome)
        assert not outcome < min(x)
        assert not outcome > max(x)

    @given(x=profiles(min_agents=2))
    def test_nearby_places_are_worse(self, x: Profile) -> None:
        outcome, step = Nash()(x), Fraction(1, 10**4)
        for y in (outcome - step, outcome + step):
            if not (y < 0 or y > 1):
                assert product(x, y) < product(x, outcome)


class TestRationalPlaces:
    """Exact wherever the place is rational."""

    @pytest.mark.parametrize(
        ("x", "y"),
        [
            ("0", "0"),
            ("1/3 1/3 1/3", "1/3"),
            ("0 1", "1/2"),
            ("0 0 1", "1/3"),
            ("0 0 1/6", "0"),
            ("0 0 7/12", "1/18"),
            ("0 1/2", "1/4"),
        ],
    )
    def test_place(self, x: str, y: str) -> None:
        found = Nash()(tuple(map(Fraction, x.split())))
        assert type(found) is Fraction
        assert found == Fraction(y)

    @given(zeros=st.integers(0, 6), ones=st.integers(0, 6))
    def test_proportional(self, zeros: int, ones: int) -> None:
        """With everybody at an end the place is the share of those at the upper one."""
        if zeros + ones:
            x = (Fraction(0),) * zeros + (Fraction(1),) * ones
            assert Nash()(x) == Fraction(ones, zeros + ones)


class TestIrrationalPlaces:
    """At (0, 0, 1/2, 1) the place is a root of a quadratic; balls cover it and shrink."""

    X = tuple(map(Fraction, ("0", "0", "1/2", "1")))

    def test_ball(self) -> None:
        """The slope 1/y + 1/(1/2 + y) - 2/(1 - y) is zero where 8 y^2 = y + 1."""
        y = Nash()(self.X)
        assert isinstance(y, Enclosed)
        assert y.rad() < 1e-15
        assert y.enclosure.overlaps((flint.arb(33).sqrt() + 1) / 16)

    def test_more_bits(self) -> None:
        coarse = Nash()(self.X)
        with flint.ctx.workprec(300):
            fine = Nash()(self.X)
        assert fine.rad() < coarse.rad()
        assert coarse.enclosure.overlaps(fine.enclosure)

    def test_floats_are_floats(self) -> None:
        found = Nash()([0.0, 0.0, 0.5, 1.0])
        assert type(found) is float
        assert found == float(Nash()(self.X))


class TestAxioms:
    """Manipulable, not strictly monotone, and fair to like-minded groups."""

    def test_lie(self) -> None:
        """At (0, 0, 1/6) the third agent reports 7/12: the place moves from 0 to 1/18."""
        honest = tuple(map(Fraction, ("0", "0", "1/6")))
        case = Misreport(Instance(UNIT, honest), 2, Fraction(7, 12))
        assert Strategyproof().violation(Nash(), case) == Fraction(1, 18)
        assert isinstance(verify(Nash(), Strategyproof(), UNIT, agents=3), Refuted)

    def test_ball_of_a_lie(self) -> None:
        """At (0, 0, 1/2, 1) the third agent reports 1: the place moves from a root to 1/2."""
        case = Misreport(Instance(UNIT, TestIrrationalPlaces.X), 2, Fraction(1))
        gain = Strategyproof().violation(Nash(), case)
        assert gain.enclosure.overlaps((7 - flint.arb(33).sqrt()) / 16)
        assert gain > 0

    def test_not_strictly_monotone(self) -> None:
        assert Nash()([0, 0, 0]) == Nash()([0, 0, Fraction(1, 6)]) == 0

    def test_unanimous_fair_share(self) -> None:
        found = check(ExPost(UnanimousFairShare()), Nash(), Domain(UNIT.grid(4), 3))
        assert isinstance(found, Tally)


class TestUnitOfLength:
    """Rescaling the line rescales the place."""

    @given(x=profiles(max_agents=3))
    def test_rescale(self, x: Profile) -> None:
        survey = tuple(1 + 6 * r for r in x)
        assert float(Nash(Line(1, 7))(survey)) == pytest.approx(1 + 6 * float(Nash()(x)))


class TestManyFloats:
    """A large array is played in floats: the slope changes its sign there."""

    def test_slope(self) -> None:
        x = np.random.default_rng(20261126).beta(0.5, 2.0, 20_000)
        y = Nash()(x)

        def slope(place: float) -> float:
            return float((np.sign(x - place) / (1 - np.abs(x - place))).sum())

        assert slope(y - 1e-9) > 0 > slope(y + 1e-9)
