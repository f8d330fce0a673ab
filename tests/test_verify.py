"""Verdicts are honest: what refutes is replayed, what survives is not called proved."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from own_rule import Undeclared

from mechsim import (
    Anonymous,
    Budget,
    Finite,
    Instance,
    Line,
    Misbehaved,
    Number,
    Proved,
    Refuted,
    Strategyproof,
    Survived,
    UnanimousFairShare,
    Universally,
    Unknown,
    confirm,
    judge,
    uniform,
    verify,
)
from mechsim.axioms import check, shrink
from mechsim.facility import Mean, Median, Nash, RandomRank, UniformPhantom
from mechsim.mechanism import compound

UNIT = Line(0, 1)
Profile = tuple[Fraction, ...]


def midrange(reports: Profile) -> Fraction:
    return (min(reports) + max(reports)) / 2


class TestRefuted:
    """A refutation carries a case that anybody can replay."""

    def test_replays(self) -> None:
        verdict = verify(Mean(), Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert confirm(verdict)

    def test_a_witness_that_says_too_much_does_not_replay(self) -> None:
        verdict = verify(Mean(), Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert not confirm(replace(verdict, violation=verdict.violation * 2))
        assert not confirm(replace(verdict, mechanism=Median()))
        assert not confirm(replace(verdict, mechanism=Median(), violation=Fraction(0)))

    def test_is_told_as_a_sentence(self) -> None:
        verdict = verify(Mean(), Strategyproof(), Line(0, 1), agents=3)
        sentence = (
            "Mean fails Strategyproof on Line(0, 1): at (0, 0, 1/2), agent 2 reports 1 instead of "
            "1/2, which moves the outcome from 1/6 to 1/3 and gains it 1/6"
        )
        assert str(verdict) == sentence
        assert verdict._repr_html_().endswith(f"refuted</b> {sentence}.</p>")

    def test_an_outcome_axiom_is_read_ex_post(self) -> None:
        verdict = verify(Median(), UnanimousFairShare(), UNIT, agents=3)
        assert str(verdict) == (
            "Median fails ExPost(UnanimousFairShare) on Line(0, 1): at (0, 0, 1), the agent who "
            "reports 1 gets 1/3 less than its share with outcome 0"
        )

    def test_plain_functions_qualify(self) -> None:
        verdict = verify(midrange, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Refuted)
        assert str(verdict).startswith("midrange fails Strategyproof on Line(0, 1): at (0, 1/2)")

    def test_a_fault_of_measure_zero_is_found(self) -> None:
        """The median, except that two equal lowest reports put the facility at the top."""

        def trap(reports: Profile) -> Fraction:
            ordered = sorted(reports)
            return ordered[-1] if ordered[0] == ordered[1] else ordered[(len(ordered) - 1) // 2]

        assert isinstance(verify(trap, Strategyproof(), UNIT, agents=3), Refuted)

    def test_is_shrunk(self) -> None:
        """A fault only between 2/5 and 3/5 is still reported with small denominators."""

        def drift(reports: Profile) -> Fraction:
            low, middle, high = sorted(reports)
            inside = Fraction(2, 5) < middle < Fraction(3, 5)
            return (low + middle + high) / 3 if inside else middle

        verdict = verify(drift, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert max(report.denominator for report in verdict.case.instance.reports) <= 2

    def test_writes_itself_down(self) -> None:
        verdict = verify(Mean(), Strategyproof(), UNIT, agents=2)
        written = json.loads(json.dumps(verdict.to_json()))
        assert written["verdict"] == "refuted"
        assert written["violation"] == "1/4"
        assert written["case"]["instance"]["reports"] == ["0", "1/2"]
        assert written["case"]["report"] == "1"


class TestShrinking:
    """What a random search finds is told at the simplest profile near it."""

    def test_to_the_simplest_reports_that_still_refute(self) -> None:
        """The fault needs a report strictly between 1/5 and 1/4 and another above 3/4."""

        def picky(reports: Profile) -> Fraction:
            low, middle, high = sorted(reports)
            fault = Fraction(1, 5) < low < Fraction(1, 4) and high > Fraction(3, 4)
            return (low + high) / 2 if fault else middle

        verdict = verify(picky, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        reports = verdict.case.instance.reports
        assert len(set(reports)) == 2
        assert max(report.denominator for report in reports) <= 14
        assert shrink(verdict) == verdict

    def test_to_few_and_short_reports_of_a_finite_setting(self) -> None:
        far = Instance(UNIT.grid(6), (Fraction(5, 6), Fraction(4, 6), Fraction(1)))
        found = check(Strategyproof(), Mean(), [far])
        assert isinstance(found, Refuted)
        assert shrink(found).case.instance.reports == (0, Fraction(1, 3), 1)

    def test_stops_at_its_limit(self) -> None:
        far = Instance(UNIT, tuple(Fraction(k, 97) for k in range(40)))
        found = check(Strategyproof(), Mean(), [far])
        assert isinstance(found, Refuted)
        assert shrink(found, limit=1).case != shrink(found, limit=200).case

    def test_reflections_are_tried(self) -> None:
        """Only a report as far beyond the other as that is from the truth pays here."""

        def mirror(reports: Profile) -> Fraction:
            a, b = reports
            return b if a != 2 * b - Fraction(1, 7) else Fraction(1, 7)

        instance = Instance(UNIT, (Fraction(1, 7), Fraction(2, 7)))
        assert isinstance(check(Strategyproof(), mirror, [instance]), Refuted)


class TestWorstRule:
    """A mechanism is universally so only if its worst rule is, wherever it is in the list."""

    @pytest.mark.parametrize("bad", [0, 1, 2])
    def test_is_found(self, bad: int) -> None:
        rules: list[Any] = [Median(), Median(), Median()]
        rules[bad] = Mean()

        class Draws:
            def rules(self, agents: int) -> Iterator[tuple[Fraction, Any]]:
                return iter((Fraction(1, 3), rule) for rule in rules)

            def __call__(self, reports: Profile) -> Finite[Any]:
                return compound(self.rules(len(reports)), reports)

        verdict = verify(Draws(), Universally(Strategyproof()), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert "it may draw Mean" in str(verdict)

    @pytest.mark.parametrize(
        ("weights", "message"),
        [
            ([Fraction(1)], "draws rules that do not make its lottery"),
            ([Fraction(1, 2)], "probabilities do not sum to 1"),
            ([], "probabilities do not sum to 1"),
            ([Fraction(-1, 2), Fraction(3, 2)], "draws Median with probability -1/2: it must be"),
            ([Fraction(0), Fraction(1)], "with probability 0: it must be a fraction above 0"),
            ([0.5, 0.5], "with probability 0.5: it must be a fraction"),
        ],
    )
    @pytest.mark.parametrize("setting", [UNIT, UNIT.grid(2)], ids=["all", "grid"])
    def test_rules_that_are_not_its_own(
        self, setting: Any, weights: list[Any], message: str
    ) -> None:
        class Pretends:
            def rules(self, agents: int) -> Iterator[tuple[Fraction, Any]]:
                return iter((weight, Median()) for weight in weights)

            def __call__(self, reports: Profile) -> Any:
                return Mean()(reports)

        verdict = verify(Pretends(), Universally(Strategyproof()), setting, agents=3)
        assert isinstance(verdict, Misbehaved)
        assert message in str(verdict)

    @pytest.mark.parametrize("setting", [UNIT, UNIT.grid(2)], ids=["all", "grid"])
    @pytest.mark.parametrize(
        ("rules", "message"),
        [
            ([Median()], "which is no (probability, rule)"),
            ([(Fraction(1), 7)], "which is no (probability, rule)"),
            (7, "raises TypeError: 'int' object is not iterable (asked which rules it draws)"),
        ],
        ids=["rule", "number", "raises"],
    )
    def test_rules_that_are_none(self, setting: Any, rules: Any, message: str) -> None:
        class Pretends:
            def rules(self, agents: int) -> Any:
                return iter(rules)

            def __call__(self, reports: Profile) -> Any:
                return Median()(reports)

        verdict = verify(Pretends(), Universally(Strategyproof()), setting, agents=3)
        assert isinstance(verdict, Misbehaved)
        assert message in str(verdict)


class TestProved:
    """A proof names its scope and counts its cases."""

    def test_counts_every_case(self) -> None:
        verdict = verify(UniformPhantom(), Strategyproof(), UNIT.grid(4), agents=3)
        assert isinstance(verdict, Proved)
        assert verdict.certificate.instances == 5**3
        assert verdict.certificate.cases == 5**3 * 3 * 4
        assert str(verdict) == (
            "UniformPhantom satisfies Strategyproof for 3 agents on Line(0, 1).grid(4), in exact "
            "arithmetic: all 1,500 cases at 125 profiles were evaluated"
        )
        written: Any = verdict.to_json()
        assert written["scope"] == "3 agents on Line(0, 1).grid(4), in exact arithmetic"

    def test_names_its_arithmetic(self) -> None:
        """However it was found: from a table, case by case, of an outcome, or on all paths."""
        middle = Instance(UNIT, (Fraction(0), Fraction(1)))
        for verdict, arithmetic in (
            (verify(Median(), Strategyproof(), UNIT.grid(4), agents=3), "exact"),
            (verify(Median(), Anonymous(), UNIT.grid(4), agents=3), "exact"),
            (verify(Nash(), UnanimousFairShare(), UNIT.grid(4), agents=3), "ball"),
            (judge(Fraction(1, 2), UnanimousFairShare(), middle), "exact"),
            (verify(Median(), Strategyproof(), UNIT, agents=3), "exact"),
        ):
            assert isinstance(verdict, Proved)
            assert verdict.scope.endswith(f", in {arithmetic} arithmetic")
            assert f", in {arithmetic} arithmetic: " in str(verdict)
            assert f", in {arithmetic} arithmetic: " in verdict._repr_html_()

    def test_never_by_a_search_of_a_continuum(self) -> None:
        verdict = verify(Undeclared(UniformPhantom()), Strategyproof(), UNIT, agents=5)
        assert isinstance(verdict, Survived)
        assert "A search is not a proof: of" in str(verdict)
        assert verdict.rate is not None
        assert verdict.rate * verdict.independent == 3
        assert "satisfies" not in str(verdict)

    def test_never_where_the_budget_ends_first(self) -> None:
        for calls, found in ((124, Survived), (125, Proved)):
            budget = Budget(calls=calls)
            verdict = verify(Median(), Strategyproof(), UNIT.grid(4), agents=3, budget=budget)
            assert isinstance(verdict, found)

    def test_a_finite_setting_beyond_the_budget_is_searched_all_over(self) -> None:
        """The fault sits where an enumeration that starts at (0, ..., 0) comes late."""

        def fault(reports: Profile) -> Fraction:
            return min(reports) if sum(reports) > 4 else max(reports)

        budget = Budget(calls=2_000)
        verdict = verify(fault, Strategyproof(), UNIT.grid(6), agents=7, budget=budget)
        assert isinstance(verdict, Refuted)


class TestNoBool:
    """Asking whether a verdict is true is an error, whichever verdict it is."""

    @pytest.mark.parametrize("mechanism", [Mean(), Median(), len])
    def test_is_refused(self, mechanism: Any) -> None:
        with pytest.raises(TypeError, match="neither true nor false"):
            bool(verify(mechanism, Strategyproof(), UNIT, agents=2))


class TestMistakesOfBeginners:
    """Classes where values are meant are named."""

    def test_a_class_is_no_mechanism(self) -> None:
        with pytest.raises(ValueError, match=r"mechanism is the class Median: make one first"):
            verify(Median, Strategyproof(), UNIT, agents=2)

    def test_a_class_is_no_axiom(self) -> None:
        axiom: Any = Strategyproof
        with pytest.raises(ValueError, match=r"axiom is Strategyproof: it must be a value"):
            verify(Median(), axiom, UNIT, agents=2)


class TestBudget:
    """The same seed gives the same verdict; the budget bounds the calls."""

    def test_bounds_the_calls(self) -> None:
        """A way may finish the line it is on; the replays at the end come on top."""
        played: list[Profile] = []

        def counted(reports: Profile) -> Number:
            played.append(reports)
            return Median()(reports)

        verdict = verify(counted, Strategyproof(), UNIT, agents=3, budget=Budget(calls=500))
        assert isinstance(verdict, Survived)
        assert 250 <= verdict.instances <= len(played) <= 700

    def test_another_seed_searches_elsewhere(self) -> None:
        seen: list[set[Any]] = []
        for seed in (1, 2):
            played: set[Any] = set()

            def remember(reports: Profile, into: set[Any] = played) -> Fraction:
                into.add(reports)
                return Fraction(0)

            verify(remember, UnanimousFairShare(), UNIT, agents=12, budget=Budget(500, seed))
            seen.append(played)
        assert seen[0] != seen[1]

    def test_many_agents_do_not_break_the_count(self) -> None:
        verdict = verify(Median(), Strategyproof(), UNIT.grid(4), agents=60, budget=Budget(500))
        assert isinstance(verdict, Survived)

    def test_bounds_shrinking_too(self) -> None:
        verdict = verify(Mean(), Strategyproof(), UNIT, agents=30, budget=Budget(100))
        assert isinstance(verdict, Refuted)

    def test_repeats_itself(self) -> None:
        first, second = (
            verify(midrange, UnanimousFairShare(), UNIT, agents=5, budget=Budget(3_000, seed=4))
            for _ in range(2)
        )
        assert str(first) == str(second)

    def test_what_is_no_budget(self) -> None:
        budget: Any = 100
        with pytest.raises(ValueError, match=r"budget is 100: it must be a Budget, as in Budget\("):
            verify(Median(), Strategyproof(), UNIT, agents=2, budget=budget)
        granted: Any = Anonymous()
        with pytest.raises(ValueError, match=r"assuming is Anonymous: .* as in \(Anonymous\(\),\)"):
            verify(Median(), Strategyproof(), UNIT, agents=2, assuming=granted)

    def test_what_was_meant_to_be_a_lottery(self) -> None:
        """Who returns a dictionary, or draws, is told how lotteries are returned."""
        drawn = iter(range(10**6))
        rules: tuple[Callable[[Any], Any], ...] = (
            lambda x: {x[0]: Fraction(1)},
            lambda x: [x[0], x[0]],
            lambda x: x[next(drawn) % 2],
        )
        for rule in rules:
            found = verify(rule, Strategyproof(), UNIT, agents=2)
            assert isinstance(found, Misbehaved)
            assert "mechsim.uniform([...]), Finite({outcome: probability}) or mix" in found.what

    def test_an_axiom_without_cases_ends(self) -> None:
        verdict = verify(
            Undeclared(Median()), Anonymous(), UNIT, agents=1, budget=Budget(calls=100)
        )
        assert isinstance(verdict, Unknown)
        assert verdict.reason.startswith("nothing was tried")

    @pytest.mark.parametrize(
        ("agents", "setting", "message"),
        [
            (0, UNIT, "agents is 0: it must be a whole number, at least 1"),
            (2, Line(), r"setting is Line\(\): a search needs two finite ends"),
        ],
    )
    def test_refuses(self, agents: int, setting: Line, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            verify(Mean(), Strategyproof(), setting, agents=agents)

    def test_refuses_nothing_to_spend(self) -> None:
        with pytest.raises(ValueError, match="calls is 0: it must be a whole number, at least 1"):
            Budget(calls=0)


class TestFloats:
    """Rounding is never a refutation; a real gain in floats is one and says so."""

    def test_rounding_noise_is_not_a_violation(self) -> None:
        def noisy(reports: Profile) -> float:
            return float(UniformPhantom()(reports)) + 1e-13 * float(reports[0])

        assert isinstance(verify(noisy, Strategyproof(), UNIT, agents=3), Survived)

    def test_rounding_does_not_break_anonymity(self) -> None:
        def rounding(reports: Profile) -> float:
            return sum(float(report) for report in reports) / len(reports)

        verdict = verify(rounding, Anonymous(), UNIT.grid(10), agents=3)
        assert isinstance(verdict, Survived)
        assert verdict.rounded

    @pytest.mark.parametrize(("drift", "found"), [(1e-7, Refuted), (1e-12, Survived)])
    def test_the_tolerance_lies_between(self, drift: float, found: type) -> None:
        def drifting(reports: Profile) -> float:
            low, middle, high = map(float, sorted(reports))
            return middle * (1 - drift) + drift * (low + high) / 2

        assert isinstance(verify(drifting, Strategyproof(), UNIT, agents=3), found)

    def test_exact_gains_have_no_tolerance(self) -> None:
        tiny = Fraction(1, 10**15)

        def drifting(reports: Profile) -> Fraction:
            low, middle, high = sorted(reports)
            return middle * (1 - tiny) + tiny * (low + high) / 2

        verdict = verify(drifting, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert 0 < verdict.violation < tiny

    def test_a_small_real_gain_is(self) -> None:
        def drifting(reports: Profile) -> float:
            return float(sorted(reports)[1]) * (1 - 1e-4) + 1e-4 * float(sum(reports)) / len(
                reports
            )

        verdict = verify(drifting, Strategyproof(), UNIT, agents=3)
        assert isinstance(verdict, Refuted)
        assert verdict.arithmetic == "float"
        assert str(verdict).endswith("(computed in floats)")


class TestMisbehaved:
    """What is no mechanism is a finding of its own, with the profile."""

    def test_raises(self) -> None:
        def broken(reports: Profile) -> Fraction:
            return reports[0] / (reports[1] - reports[0])

        verdict = verify(broken, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert verdict.what.startswith("raises ZeroDivisionError")
        assert "at (0, 0) on Line(0, 1)" in str(verdict)

    def test_returns_nan(self) -> None:
        def nan(reports: Profile) -> float:
            return float("nan")

        verdict = verify(nan, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "returns nan, which is no outcome of Line(0, 1)" in str(verdict)

    @pytest.mark.parametrize("outcome", [Fraction(5), Fraction(-1, 2), "left", None, True])
    def test_leaves_the_line(self, outcome: Any) -> None:
        def astray(reports: Profile) -> Any:
            return outcome

        for setting in (UNIT, UNIT.grid(4)):
            verdict = verify(astray, Strategyproof(), setting, agents=2)
            assert isinstance(verdict, Misbehaved)
            assert "which is no outcome of Line(0, 1)" in str(verdict)

    @pytest.mark.parametrize("axiom", [Strategyproof(), Anonymous(), UnanimousFairShare()])
    def test_a_lottery_may_not_leave_the_line_either(self, axiom: Any) -> None:
        def nearly(reports: Profile) -> Finite[Any]:
            return uniform([UniformPhantom()(reports), float("nan")])

        assert isinstance(verify(nearly, axiom, UNIT.grid(3), agents=3), Misbehaved)

    def test_tosses_coins(self) -> None:
        """Chance belongs into the lottery; hidden in the code it is found before any proof."""
        rng = np.random.default_rng(3)

        def coin(reports: Profile) -> Any:
            return UniformPhantom()(reports) if rng.random() < 0.5 else Mean()(reports)

        verdict = verify(coin, UnanimousFairShare(), UNIT.grid(3), agents=3)
        assert isinstance(verdict, Misbehaved)
        assert "answers the same reports in two ways" in str(verdict)

    def test_exits(self) -> None:
        def leaves(reports: Profile) -> Fraction:
            raise SystemExit(0)

        verdict = verify(leaves, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "raises SystemExit: 0" in str(verdict)

    def test_an_axiom_that_fails_is_not_the_mechanisms_fault(self) -> None:
        broken: Any = Strategyproof()

        class Broken:
            cases = broken.cases

            def violation(self, mechanism: Any, case: Any) -> Any:
                return 1 / 0

        with pytest.raises(ZeroDivisionError):
            verify(Median(), Broken(), UNIT, agents=2)

    def test_contradicts_itself(self) -> None:
        answers = itertools.cycle([Fraction(0), Fraction(1), Fraction(1, 2)])

        def fickle(reports: Profile) -> Fraction:
            return next(answers)

        verdict = verify(fickle, Strategyproof(), UNIT, agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "two ways" in verdict.what


class TestUnknown:
    """A question that cannot be decided is not answered."""

    def test_lotteries_without_rules_have_no_universal_verdict(self) -> None:
        def anybody(reports: Profile) -> Finite[Fraction]:
            return uniform(reports)

        verdict = verify(anybody, Universally(Strategyproof()), UNIT, agents=2)
        assert isinstance(verdict, Unknown)
        assert "does not say which rules it draws" in str(verdict)
        assert isinstance(verify(anybody, Strategyproof(), UNIT, agents=2), Proved)

    def test_rules_that_are_said_are_judged(self) -> None:
        verdict = verify(RandomRank(), Universally(Strategyproof()), UNIT.grid(2), agents=3)
        assert isinstance(verdict, Proved)


@dataclass(frozen=True)
class Spot:
    """An outsider's case: just an instance."""

    instance: Instance


@dataclass(frozen=True)
class Central:
    """An outsider's axiom: build within a quarter of the middle."""

    def cases(self, instance: Instance, /) -> Iterator[Spot]:
        yield Spot(instance)

    def outcome_violation(self, outcome: Fraction, case: Spot, /) -> Fraction:
        return abs(outcome - Fraction(1, 2)) - Fraction(1, 4)


class TestAnOutsidersAxiom:
    """Two methods make an axiom; a sentence, a replay and shrinking come with them."""

    def test_refutes(self) -> None:
        verdict = verify(Median(), Central(), UNIT, agents=1)
        assert isinstance(verdict, Refuted)
        assert confirm(verdict)
        assert "Median fails ExPost(Central) on Line(0, 1): it is violated by 1/4" in str(verdict)
