"""Sweeps find the lie that pays most, and leads are played exactly."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Instance, Line, Strategyproof
from mechsim.axioms import Misreport, Refuted
from mechsim.facility import (
    AverageOrRandomRank,
    ConstrainedMedian,
    LeftRightMiddle,
    Mean,
    Midrange,
    Nash,
    RandomRank,
    UniformPhantom,
)
from mechsim.preferences.tastes import Hybrid, Obnoxious
from mechsim.proving import Lead, confirm_lead, sweep

UNIT = Line(0, 1)
FOURTHS = [k / 4 for k in range(5)]
GRID = np.array(list(product(FOURTHS, repeat=3)))
MANIPULABLE: list[Any] = [Mean(), Midrange(), Nash(), AverageOrRandomRank(Fraction(3, 4))]
STRATEGYPROOF: list[Any] = [
    UniformPhantom(),
    ConstrainedMedian(),
    RandomRank(),
    LeftRightMiddle(),
    AverageOrRandomRank(),
]


def best_of(mechanism: Any, setting: Line) -> float:
    """The largest gain over the grid, one case of the axiom after the other."""
    axiom, best = Strategyproof(), -1.0
    for profile in product([Fraction(k, 4) for k in range(5)], repeat=2):
        for agent in range(2):
            for lie in [Fraction(k, 4) for k in range(5)]:
                case = Misreport(Instance(setting, profile), agent, lie)
                best = max(best, float(axiom.violation(mechanism, case)))
    return best


class TestBruteForce:
    """The lead is the largest violation of strategyproofness over all profiles and lies."""

    @pytest.mark.parametrize("mechanism", [*MANIPULABLE, *STRATEGYPROOF], ids=repr)
    def test_two_agents(self, mechanism: Any) -> None:
        pairs = np.array(list(product(FOURTHS, repeat=2)))
        lead = sweep(mechanism.of_batch, UNIT, pairs, FOURTHS)
        assert lead.gain == pytest.approx(best_of(mechanism, UNIT), abs=1e-12)
        assert lead.pairs == 25 * 2 * 5

    @pytest.mark.parametrize("tastes", [Obnoxious(), Hybrid((1,))], ids=repr)
    def test_other_tastes(self, tastes: Any) -> None:
        setting = Line(0, 1, tastes=tastes)
        pairs = np.array(list(product(FOURTHS, repeat=2)))
        lead = sweep(UniformPhantom().of_batch, setting, pairs, FOURTHS)
        assert lead.gain == pytest.approx(best_of(UniformPhantom(), setting))

    def test_many_blocks(self) -> None:
        """The best of several blocks is the best of all."""
        many = np.random.default_rng(1).random((4_000, 9))
        lead = sweep(Mean().of_batch, UNIT, many, FOURTHS)
        moved = [
            (lie - x) / 9 * np.sign(x - mean)
            for row, mean in zip(many, many.mean(axis=1), strict=True)
            for x in row
            for lie in FOURTHS
        ]
        assert lead.gain <= max(moved) + 1e-12
        alone = sweep(Mean().of_batch, UNIT, [lead.profile], FOURTHS)
        assert (alone.gain, alone.agent, alone.misreport) == pytest.approx(
            (lead.gain, lead.agent, lead.misreport)
        )


class TestLeads:
    """A lead of a manipulable rule is confirmed exactly, and of no other rule is."""

    @pytest.mark.parametrize("mechanism", MANIPULABLE, ids=repr)
    def test_confirmed(self, mechanism: Any) -> None:
        lead = sweep(mechanism.of_batch, UNIT, GRID, FOURTHS)
        found = confirm_lead(mechanism, UNIT, lead)
        assert isinstance(found, Refuted)
        assert found.arithmetic == "exact" or found.arithmetic == "ball"
        assert float(found.violation) == pytest.approx(lead.gain)

    @pytest.mark.parametrize("mechanism", STRATEGYPROOF, ids=repr)
    def test_not_confirmed(self, mechanism: Any) -> None:
        lead = sweep(mechanism.of_batch, UNIT, GRID, FOURTHS)
        assert lead.gain <= 1e-12
        assert not isinstance(confirm_lead(mechanism, UNIT, lead), Refuted)

    def test_on_points(self) -> None:
        """A float near a point of the line is read as the point."""
        thirds = UNIT.grid(3)
        lead = Lead(0.1, (0.0, 1 / 3), 1, 2 / 3, 1)
        found = confirm_lead(Mean(thirds), thirds, lead)
        assert found.case.instance.reports == (0, Fraction(1, 3))
        assert found.violation == Fraction(1, 6)

    @given(profile=st.lists(st.floats(0, 1), min_size=2, max_size=4))
    def test_floats_that_are_no_simple_fractions(self, profile: list[float]) -> None:
        """What the sweep sees of the mean at any floats, the exact arithmetic sees too."""
        lead = sweep(Mean().of_batch, UNIT, [profile], [0.0, 1.0])
        if lead.gain > 1e-6:
            assert isinstance(confirm_lead(Mean(), UNIT, lead), Refuted)


class TestDoor:
    """Profiles are a table and misreports a list."""

    def test_shapes(self) -> None:
        with pytest.raises(ValueError, match=r"profiles has the shape \(2,\)"):
            sweep(Mean().of_batch, UNIT, [0.0, 1.0], [0.5])
        with pytest.raises(ValueError, match=r"misreports has the shape \(0,\)"):
            sweep(Mean().of_batch, UNIT, [[0.0, 1.0]], [])
