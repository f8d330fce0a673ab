"""The planted faults are faults, their twins have none, and the count of what is found is right."""

from collections import Counter

import pytest

from benchmarks.power.by_hand import BY_HAND, lies, worst
from benchmarks.power.catalogue import EVERYTHING, PLANTED
from benchmarks.power.engine import ask, counted
from benchmarks.power.evidence import EVIDENCE
from benchmarks.power.planted import Planted
from benchmarks.power.runner import run, totals
from benchmarks.power.spec_nine import SPEC_NINE, mean, median
from mechsim.axioms import Exhaustion, Misreport, Proved, Refuted, Survived, Verdict, lift
from mechsim.mechanism import Playable
from mechsim.setting import Instance

ROUNDING = 1e-12
"""What floats in twins may make of zero."""

PROFILES = 60
"""Profiles at which a twin is tried."""

BY_NAME = {entry.name: entry for entry in EVERYTHING}

each = pytest.mark.parametrize("entry", EVERYTHING, ids=lambda entry: entry.name)


class TestEveryFamilyHasFaultsOfItsOwnName:
    """There are 24 or more besides the nine, of all families, ten or more of them on a line."""

    def test_names(self) -> None:
        assert len(BY_NAME) == len(EVERYTHING)
        assert set(EVIDENCE) == set(BY_NAME)

    def test_families(self) -> None:
        families = Counter(entry.family for entry in PLANTED)
        assert sum(families.values()) >= 24
        assert families["line"] >= 10
        assert len(families) == 8
        assert min(families.values()) >= 4
        assert len(SPEC_NINE) == 9

    def test_they_are_plain_functions(self) -> None:
        for entry in EVERYTHING:
            for function in (entry.faulty, entry.correct):
                assert type(function).__name__ == "function"
                assert not hasattr(function, "__wrapped__")


class TestEachFaultIsAFault:
    """At the reports in evidence it breaks its axiom, written by hand, and its twin does not."""

    @each
    def test_by_hand(self, entry: Planted) -> None:
        shown, by_hand = EVIDENCE[entry.name], BY_HAND[entry.axiom]
        types = (*shown.types, *shown.reports, *shown.detail[1:])
        assert shown.detail in by_hand.details(entry.setting, shown.reports, types)
        broken = by_hand.violation(entry.setting, entry.faulty, shown.reports, shown.detail)
        kept = by_hand.violation(entry.setting, entry.correct, shown.reports, shown.detail)
        assert broken > 1e-9
        assert kept <= ROUNDING


class TestEachTwinHasNoFault:
    """No violation by hand at profiles of types that were chosen to show the fault."""

    @each
    def test_by_hand(self, entry: Planted) -> None:
        found, reports, detail = worst(
            entry, entry.correct, EVIDENCE[entry.name].types, most=PROFILES
        )
        assert found <= ROUNDING, (reports, detail)

    @pytest.mark.parametrize("name", ["mean", "halfway", "gate", "commission", "quorum"])
    def test_the_same_trial_shows_faults(self, name: str) -> None:
        entry = BY_NAME[name]
        found, *_ = worst(entry, entry.faulty, EVIDENCE[name].types, most=PROFILES)
        assert found > 1e-9


class TestTheLibraryAgrees:
    """At the reports in evidence the axiom itself is violated by the fault, by what it is by hand.

    Anonymity measures how far lotteries move, which by hand is only whether they do.
    """

    @each
    def test_violation(self, entry: Planted) -> None:
        shown, by_hand = EVIDENCE[entry.name], BY_HAND[entry.axiom]
        axiom, instance = lift(entry.axiom), Instance(entry.setting, shown.reports)
        lie = by_hand.details is lies
        cases = [Misreport(instance, *shown.detail)] if lie else axiom.cases(instance)
        most = max(axiom.violation(entry.faulty, case) for case in cases)
        details = [shown.detail] if lie else by_hand.details(entry.setting, shown.reports, ())
        expected = max(
            by_hand.violation(entry.setting, entry.faulty, shown.reports, detail)
            for detail in details
        )
        assert float(most) == pytest.approx(float(expected), abs=ROUNDING)


class TestCounting:
    """Found is refuted; a twin that is refuted is a false alarm, a fault that is proved worse."""

    entry = BY_NAME["mean"]

    def test_a_counter_counts_and_shows_the_code(self) -> None:
        counting, calls = counted(mean)
        assert counting((0, 1)) == counting((0, 1)) == 1 / 2
        assert calls() == 2
        assert getattr(counting, "__wrapped__") is mean  # noqa: B009 - it is no declared attribute

    def test_the_engine(self) -> None:
        result = run(self.entry, range(2), calls=500)
        assert [len(result.found), len(result.missed)] == [2, 0]
        assert not result.is_false_alarm
        assert all(0 < (one.calls or 0) < 10_000 for one in result.faulty)
        assert result.row()[3] == "2/2"

    def test_a_liar(self) -> None:
        def confused(entry: Planted, mechanism: Playable, calls: int, seed: int) -> Verdict:
            verdict = ask(self.entry, mean, 500, 0)
            assert isinstance(verdict, Refuted)
            if mechanism is median or seed == 2:
                return verdict
            if seed == 0:
                return Proved(mechanism, entry.axiom, Exhaustion(1, 1), "here")
            return Survived(mechanism, entry.axiom, "here", 1, 1)

        result = run(self.entry, range(3), calls=1, ask=confused)
        assert result.is_false_alarm
        assert result.false_proofs == 1
        assert result.row()[3:] == ("1/3", "0", result.row()[5], "proved, survived", "refuted")
        assert totals([result]) == [
            "Sensitivity: 1 of 3 questions (33.3%); of 1 faults 0 were found with every seed, "
            "0 with none.",
            "Correct twins: refuted 1. False alarms: 1. False proofs: 1.",
        ]
