"""Axioms that paths prove: each of a mechanism that satisfies it, and refuted of one that does not.

And the paths may be shared by several processes.
"""

from fractions import Fraction
from itertools import product
from typing import Any

import path_prover_cases as cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Goods, Instance, Line, Positions
from mechsim.allocation import PickingSequence, RoundRobin
from mechsim.auctions import GSP, VCG, FirstPrice
from mechsim.axioms import (
    Anonymous,
    Approximately,
    BudgetBalanced,
    ClampIdentity,
    Efficient,
    EnvyFreeUpToAny,
    EnvyFreeUpToOne,
    ExAnte,
    Explored,
    Monotone,
    NonWasteful,
    NoPositiveTransfers,
    Proportional,
    ProportionalShare,
    ProportionalUpToOne,
    Proved,
    Refuted,
    Strategyproof,
    StrictlyMonotone,
    StronglyProportional,
    Universally,
    Unknown,
    confirm,
)
from mechsim.budget import Budget
from mechsim.facility import Mean, Median, RandomRank, UniformPhantom
from mechsim.proving import prove
from mechsim.proving.attempt import Attempt, Question
from mechsim.proving.crews import _packed, _split
from mechsim.proving.paths import Part

UNIT = Line(0, 1)
HALF = Fraction(1, 2)
ITEM, SLOTS = Positions((1,)), Positions((2, 1))
TWO, THREE = Goods(("a", "b")), Goods(("a", "b", "c"))


def named(found: Any) -> str:
    """A name that is the same in every process."""
    return str(getattr(found, "__name__", type(found).__name__))


class TestEachHasAMechanismAndAFoil:
    """What satisfies an axiom is proved to, and what does not is refuted, exactly."""

    @pytest.mark.parametrize(
        ("axiom", "setting", "satisfies", "foil"),
        [
            (Monotone(), UNIT, Median(), cases.falls_at_the_top),
            (StrictlyMonotone(), UNIT, Mean(), Median()),
            (ClampIdentity(), UNIT, Median(), Mean()),
            (ClampIdentity(), UNIT, UniformPhantom(), cases.nearer_of_two),
            (Universally(ClampIdentity()), UNIT, RandomRank(), Mean()),
            (Proportional(), UNIT, UniformPhantom(), Median()),
            (StronglyProportional(), UNIT, Mean(), UniformPhantom()),
            (ExAnte(StronglyProportional()), UNIT, RandomRank(), Median()),
            (Approximately(Strategyproof(), HALF), UNIT, Mean(), cases.farthest_end),
            (Efficient(), SLOTS, GSP(SLOTS), VCG(SLOTS, reserve=HALF)),
            (Efficient(), TWO, cases.to_who_values_it_most, RoundRobin(TWO)),
            (Efficient(HALF), ITEM, cases.second_price, cases.sells_to_the_first),
            (NoPositiveTransfers(), ITEM, FirstPrice(ITEM), cases.pays_agents),
            (BudgetBalanced(), ITEM, VCG(ITEM), cases.pays_agents),
            (BudgetBalanced(exactly=True), ITEM, cases.sells_to_the_first, VCG(ITEM)),
            (NonWasteful(), TWO, cases.to_who_values_it_most, RoundRobin(TWO)),
            (EnvyFreeUpToAny(valued=True), TWO, RoundRobin(TWO), cases.all_to_the_larger_row),
            (ProportionalUpToOne(), THREE, RoundRobin(THREE), PickingSequence(THREE, (0, 0, 0))),
        ],
        ids=named,
    )
    def test_for_two_agents(self, axiom: Any, setting: Any, satisfies: Any, foil: Any) -> None:
        found = prove(satisfies, axiom, setting, agents=2)
        assert isinstance(found, Proved), found
        found = prove(foil, axiom, setting, agents=2)
        assert isinstance(found, Refuted), found
        assert found.arithmetic == "exact"
        assert confirm(found)

    def test_proportional_shares(self) -> None:
        """Whoever is alone has it, and of two agents one may not."""
        found = prove(cases.all_to_one, ProportionalShare(), TWO, agents=1)
        assert isinstance(found, Proved), found
        found = prove(RoundRobin(TWO), ProportionalShare(), TWO, agents=2)
        assert isinstance(found, Refuted), found

    def test_with_entitlements(self) -> None:
        """Who picks twice has its part if it is entitled to twice as much, up to one good."""
        rule = PickingSequence(THREE, (0, 1, 0))
        for weights, proved in (((2, 1), True), ((1, 9), False)):
            found = prove(rule, ProportionalUpToOne(weights), THREE, agents=2)
            assert isinstance(found, Proved if proved else Refuted), found

    @pytest.mark.parametrize("agents", [2, 3, 4])
    def test_how_much_the_mean_can_be_manipulated(self, agents: int) -> None:
        """By (n - 1) / n^2: with all others at 1 it is best to be there, and to report 0."""
        most = Fraction(agents - 1, agents**2)
        for by, verdict in ((most, Proved), (most - Fraction(1, 1000), Refuted)):
            found = prove(Mean(), Approximately(Strategyproof(), by), UNIT, agents=agents)
            assert isinstance(found, verdict), found


class TestMonotoneIsAboutEveryIncrease:
    """A mechanism that falls in one place only, which nobody proposes, is refuted."""

    @given(place=st.fractions(0, 1, max_denominator=1000))
    @settings(max_examples=10)
    def test_wherever_it_falls(self, place: Fraction) -> None:
        found = prove(cases.FallsAt(place), Monotone(), UNIT, agents=1)
        assert isinstance(found, Refuted) == (0 <= place < 1), found

    def test_if_anonymity_is_granted_one_agent_rises(self) -> None:
        granted = prove(Median(), Monotone(), UNIT, agents=5, assuming=(Anonymous(),))
        assert isinstance(granted, Proved)
        assert granted.assuming == (Anonymous(),)


class TestProportionalityIsJudgedByPlaces:
    """A report that turns out to be an end of the line counts as one, however it is known."""

    def test_at_every_corner(self) -> None:
        for reports in product((0, 1), repeat=3):
            corner = tuple(map(Fraction, reports))
            (above, _) = Proportional().cases(Instance(UNIT, corner))
            assert above.place == sum(corner) / 3
        found = prove(Mean(), Proportional(), UNIT, agents=3)
        assert isinstance(found, Proved), found


class TestSnakeDraftsAreEnvyFreeUpToOneGood:
    """Agents who pick in turn, in one order and back, leave envy of one good at most."""

    @pytest.mark.parametrize(("agents", "goods", "paths"), [(2, 3, 41), (2, 4, 329)])
    def test_for_all_values(self, agents: int, goods: int, paths: int) -> None:
        self.drafted(agents, goods, paths)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("agents", "goods", "paths"), [(2, 5, 3_356), (3, 4, 867), (3, 5, 12_497)]
    )
    def test_for_more(self, agents: int, goods: int, paths: int) -> None:
        self.drafted(agents, goods, paths)

    def drafted(self, agents: int, goods: int, paths: int) -> None:
        setting = Goods(tuple("abcde"[:goods]))
        there = [*range(agents), *reversed(range(agents))]
        rule = PickingSequence(setting, tuple((there * goods)[:goods]))
        found = prove(rule, EnvyFreeUpToOne(), setting, agents=agents, budget=Budget(20_000))
        assert isinstance(found, Proved), found
        assert isinstance(found.certificate, Explored)
        assert found.certificate.paths == paths

    def test_and_not_if_one_picks_twice_in_a_row(self) -> None:
        rule = PickingSequence(THREE, (0, 0, 1))
        found = prove(rule, EnvyFreeUpToOne(), THREE, agents=2)
        assert isinstance(found, Refuted), found


def attempted(rule: Any, agents: int) -> Attempt:
    return Attempt.at(Question(rule, Strategyproof(), UNIT, agents, ()))


class TestPartsAreTheWhole:
    """Split at its forks, a tree has the same paths, with the same answers, in the same order."""

    @settings(max_examples=8)
    @given(enough=st.integers(1, 40))
    def test_however_many(self, enough: int) -> None:
        attempt = attempted(Median(), 3)
        whole = attempt.look(1, attempt.whole, 1_000, 8)
        listed = _split(attempt, 1, 1_000, enough)
        seen = [attempt.look(1, one, 1_000, 8) if isinstance(one, Part) else one for one in listed]
        for name in ("paths", "asked", "cases"):
            assert sum(getattr(one, name) for one in seen) == getattr(whole, name)

    def test_the_first_refutation_is_the_same(self) -> None:
        for rule in (Mean(), cases.in_a_strip, cases.at_a_point):
            attempt = attempted(rule, 3)
            whole = attempt.look(0, attempt.whole, 1_000, 8)
            listed = _split(attempt, 0, 1_000, 12)
            seen = (
                attempt.look(0, one, 1_000, 8) if isinstance(one, Part) else one for one in listed
            )
            paths = 0
            for one in seen:
                paths += one.paths
                if one.ends:
                    assert (paths, one.point) == (whole.paths, whole.point)
                    break


class TestWorkers:
    """Several processes find what one finds."""

    @pytest.mark.slow
    @pytest.mark.parametrize("rule", [Median(), Mean(), cases.in_a_strip], ids=named)
    def test_the_same_verdict(self, rule: Any) -> None:
        alone, shared = (
            prove(rule, Strategyproof(), UNIT, agents=4, workers=workers) for workers in (1, 2)
        )
        assert type(alone) is type(shared)
        if isinstance(alone, Proved) and isinstance(shared, Proved):
            assert alone.certificate == shared.certificate
        if isinstance(alone, Refuted) and isinstance(shared, Refuted):
            assert alone.case == shared.case

    @pytest.mark.slow
    def test_too_many_paths(self) -> None:
        budget = Budget(300)
        alone, shared = (
            prove(Median(), Strategyproof(), UNIT, agents=4, budget=budget, workers=workers)
            for workers in (1, 2)
        )
        assert isinstance(alone, Unknown)
        assert isinstance(shared, Unknown)
        assert alone.reason == shared.reason

    def test_cannot_be_sent_what_has_no_place(self) -> None:
        with pytest.raises(ValueError, match=r"workers is 2: .* cannot be sent"):
            prove(lambda reports: reports[0], Strategyproof(), UNIT, agents=2, workers=2)
        with pytest.raises(ValueError, match="workers is 0"):
            prove(Median(), Strategyproof(), UNIT, agents=2, workers=0)

    @pytest.mark.slow
    def test_are_not_asked_about_another_mechanism(self, monkeypatch: Any) -> None:
        """They import what was sent by name, and may not find what was changed since."""
        monkeypatch.setattr(cases, "LEVEL", Fraction(1, 3))
        with pytest.raises(ValueError, match="workers is 2: other processes have another"):
            prove(cases.at_a_level, Strategyproof(), UNIT, agents=4, workers=2)

    def test_know_a_mechanism_by_all_it_reaches(self, monkeypatch: Any) -> None:
        marks = [attempted(cases.at_a_level, 2).box.mark for _ in range(2)]
        assert marks[0] == marks[1]
        monkeypatch.setattr(cases, "LEVEL", Fraction(1, 3))
        marks.append(attempted(cases.at_a_level, 2).box.mark)
        marks += [
            attempted(cases.Hides(rule), 2).box.mark for rule in (cases.median, cases.at_a_tie)
        ]
        assert len(set(marks)) == 4
        assert _packed(attempted(Median(), 2).question, 2)
