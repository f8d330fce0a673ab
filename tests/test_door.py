"""What a mechanism accepts, what it refuses and how it says so."""

import copy
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from strategies import TWO_FACILITIES, Profile, profiles

from mechsim import Line
from mechsim.catalogue import entries
from mechsim.facility import Dictatorship, Mean, Median, OrderStatistic, UniformPhantom

FOR_THREE = ("generalized-median", "phantom-median")  # cards of rules for three agents
MECHANISMS = [
    pytest.param(e.card.rule(Line(0, 1)), id=e.name)
    for e in entries()
    if e.family == "facility" and e.name not in (*FOR_THREE, *TWO_FACILITIES)
]
RATIONAL = [param for param in MECHANISMS if param.id != "nash"]  # Nash may build at any root
JUMPING = (
    "egalitarian-fair",
    "egalitarian-individual-fair",
    "hybrid-fair",
    "utilitarian-fair",
    "utilitarian-group-fair",
)
"""Reports that are rounded may be on the other side of a jump."""

STEADY = [param for param in MECHANISMS if param.id not in JUMPING]
REFUSED: list[tuple[Any, str]] = [
    ([], "reports is empty: at least one agent must report"),
    ([0.1, math.nan], r"reports\[1\] is nan: it must be finite"),
    ([math.inf, 0.1], r"reports\[0\] is inf: it must be finite"),
    ([0.1, np.float64("nan")], r"reports\[1\] is nan: it must be finite"),
    ([0.1, 1.5, 0.2], r"reports\[1\] is 1.5: it must lie in \[0, 1\]"),
    ([0.1, -1], r"reports\[1\] is -1: it must lie in \[0, 1\]"),
    (np.zeros((2, 2)), r"reports is an array of shape \(2, 2\)"),
    (np.float64(0.5), r"reports is np.float64\(0.5\) \(float64\): it must be a list"),
    (np.array(0.5), r"reports is an array of shape \(\)"),
    ([True, False, True], r"reports\[0\] is True \(bool\): it must be a real number"),
    (np.array([True, False]), r"reports\[0\] is True \(bool\): it must be a real number"),
    (["0.1", "0.2"], r"reports\[0\] is '0.1' \(str\): it must be a real number"),
    ("0.1", r"reports is '0.1' \(str\): it must be a list, a tuple or an array"),
    (b"01", r"reports is b'01' \(bytes\)"),
    (np.ma.masked_array([0.1, 0.2], [False, True]), "reports is a masked array"),
    (np.array([0.1, None], dtype=object), r"reports\[1\] is None \(NoneType\)"),
    ([0.1, [0.2]], r"reports\[1\] is \[0.2\] \(list\)"),
    ([0.1, 0.2 + 0j], r"reports\[1\] is \(0.2\+0j\) \(complex\)"),
    ([Decimal("0.1")], r"reports\[0\] is Decimal\('0.1'\) \(Decimal\)"),
    ({0.1, 0.2}, r"reports is \{.*\} \(set\)"),
    ({0: 0.1}, r"reports is \{0: 0.1\} \(dict\)"),
    (iter([0.1]), r"reports is .* \(list_iterator\)"),
    (None, r"reports is None \(NoneType\)"),
    (0.5, r"reports is 0.5 \(float\)"),
]


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize(("reports", "message"), REFUSED)
def test_what_is_not_a_profile_is_refused(mechanism: Any, reports: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mechanism(reports)


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize(
    "reports",
    [[0.25, 0.75], (0.25, 0.75), np.array([0.25, 0.75]), pd.Series([0.25, 0.75], index=[7, 3])],
    ids=["list", "tuple", "array", "series"],
)
def test_every_kind_of_sequence_is_read_alike_and_left_alone(mechanism: Any, reports: Any) -> None:
    before = copy.deepcopy(reports)
    assert mechanism(reports) == mechanism((0.25, 0.75))
    assert list(reports) == list(before)


class TestKindOfNumber:
    """Floats give floats; fractions and integers, which are exact, give fractions."""

    @pytest.mark.parametrize("mechanism", RATIONAL)
    @given(x=profiles(min_agents=2))
    def test_is_kept(self, mechanism: Any, x: Profile) -> None:
        for kind in (Fraction, float):
            outcome = mechanism(tuple(kind(report) for report in x))
            support = getattr(outcome, "support", (outcome,))
            assert {type(place) for place in support} == {kind}

    @pytest.mark.parametrize("mechanism", STEADY)
    @given(x=profiles(min_agents=2))
    def test_floats_give_the_exact_outcome_rounded(self, mechanism: Any, x: Profile) -> None:
        exact, rounded = mechanism(x), mechanism(tuple(map(float, x)))
        if hasattr(exact, "expect"):
            assert float(rounded.expect(float)) == pytest.approx(float(exact.expect(float)))
        else:
            assert rounded == pytest.approx(float(exact), abs=1e-15)

    def test_integers_of_numpy_are_exact(self) -> None:
        assert Mean()(np.array([0, 1, 1])) == Fraction(2, 3)

    def test_single_precision_is_not_rounded_again(self) -> None:
        assert Median()(np.array([0.1], dtype=np.float32)) == float(np.float32(0.1))


class TestParameters:
    """A mechanism that cannot exist is refused when it is made or first meets too few agents."""

    def test_rank_is_counted_from_one(self) -> None:
        with pytest.raises(ValueError, match="rank is 0: it must be a whole number, at least 1"):
            OrderStatistic(0)

    def test_rank_needs_as_many_reports(self) -> None:
        with pytest.raises(ValueError, match="rank is 3: there are only 2 reports"):
            OrderStatistic(3)([0, 1])

    def test_dictator_is_counted_from_zero(self) -> None:
        with pytest.raises(ValueError, match="agent is -1: it must be a whole number, at least 0"):
            Dictatorship(-1)

    def test_dictator_must_report(self) -> None:
        with pytest.raises(ValueError, match="agent is 2: there are only 2 reports"):
            Dictatorship(2)([0, 1])

    def test_phantoms_need_an_interval(self) -> None:
        with pytest.raises(ValueError, match=r"setting is Line\(\): Uniform Phantom needs two"):
            UniformPhantom(Line())


class TestLine:
    """The line refuses ends and points that make no line."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((1, 0), "high is 0: it must exceed low, 1"),
            ((0, 0), "high is 0: it must exceed low, 0"),
            ((math.nan, 1), "low is nan: it must be finite"),
            ((0, "1"), r"high is '1' \(str\): it must be a real number"),
            ((0, 1, (Fraction(1), Fraction(0))), r"points is \(1, 0\): it must be strictly"),
            ((0, 1, (Fraction(2),)), r"points\[0\] is 2: it must lie in \[0, 1\]"),
        ],
    )
    def test_refuses(self, arguments: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Line(*arguments)

    def test_a_grid_takes_its_points_only(self) -> None:
        with pytest.raises(ValueError, match=r"reports\[0\] is 1/3: it must be a point of Line"):
            Line(0, 1).grid(4).read([Fraction(1, 3)])

    def test_a_grid_needs_ends_and_steps(self) -> None:
        with pytest.raises(ValueError, match="a grid needs two finite ends"):
            Line().grid(4)
        with pytest.raises(ValueError, match="steps is 0: it must be a whole number, at least 1"):
            Line(0, 1).grid(0)

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            (Line(), "Line()"),
            (Line(0, 1), "Line(0, 1)"),
            (Line(1, 7).grid(6), "Line(1, 7).grid(6)"),
            (Line(0, 1, (Fraction(0), Fraction(1, 3))), "Line(0, 1) at (0, 1/3)"),
        ],
    )
    def test_text(self, line: Line, text: str) -> None:
        assert repr(line) == text
