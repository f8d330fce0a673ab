"""Ways to be fooled, each of which once worked or might have."""

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from mechsim import (
    Anonymous,
    ExAnte,
    ExPost,
    Instance,
    Line,
    Misbehaved,
    Population,
    Priced,
    Proved,
    Refuted,
    Strategyproof,
    Survived,
    UnanimousFairShare,
    Universally,
    Unknown,
    judge,
    verify,
)
from mechsim._json import decode, encode
from mechsim.axioms import Approximately, GroupFairShare, Tally, check
from mechsim.facility import Mean, Median

UNIT = Line(0, 1)
F = Fraction
HALF = F(1, 2)


@dataclass(frozen=True)
class Three:
    """The least a setting can be: three types, and what they like."""

    def types(self, agent: int) -> tuple[int, ...]:
        return (0, 1, 2)

    def value(self, agent: int, type_: int, alternative: Any) -> Any:
        return 0 if isinstance(alternative, (tuple, str)) else -abs(type_ - alternative)


class TestFloatsProveNothing:
    """What was computed in floats may be refuted or survive; it is not proved."""

    @pytest.mark.parametrize("axiom", [Strategyproof(), Anonymous()])
    def test_exhausted_in_floats(self, axiom: Any) -> None:
        def in_floats(reports: tuple[Fraction, ...]) -> float:
            return float(min(reports))

        assert isinstance(verify(in_floats, axiom, UNIT.grid(4), agents=2), Survived)
        assert isinstance(verify(min, axiom, UNIT.grid(4), agents=2), Proved)

    def test_the_sentence_says_so(self) -> None:
        def in_floats(reports: tuple[Fraction, ...]) -> float:
            return float(np.median([float(report) for report in reports]))

        verdict = verify(in_floats, Strategyproof(), UNIT.grid(4), agents=3)
        assert isinstance(verdict, Survived)
        assert str(verdict).endswith("Computed in floats; a search is not a proof")

    def test_a_tiny_line_hides_no_gain(self) -> None:
        def mean(reports: tuple[Fraction, ...]) -> float:
            return float(sum(reports)) / len(reports)

        tiny = Line(0, Fraction(1, 10**10)).grid(4)
        assert isinstance(verify(mean, Strategyproof(), tiny, agents=2), Refuted)

    def test_a_huge_line_makes_no_gain_of_rounding(self) -> None:
        def mean(reports: tuple[Fraction, ...]) -> float:
            return float(sum(reports)) / len(reports)

        huge = Line(0, 10**12).grid(3)
        assert isinstance(verify(mean, UnanimousFairShare(), huge, agents=3), Survived)


class TestRoundingInsideOutcomes:
    """Floats within tuples and payments are compared up to rounding, too."""

    @pytest.mark.parametrize("deep", [False, True])
    def test_tuples(self, deep: bool) -> None:
        def total(reports: tuple[float, ...]) -> Any:
            return (("a", sum(reports)), 1) if deep else (sum(reports),)

        tenths = Instance(Three(), (0.1, 0.2, 0.3))
        assert isinstance(check(Anonymous(), total, [tenths]), Tally)

    def test_payments(self) -> None:
        def pays(reports: tuple[float, ...]) -> Priced:
            return Priced(0, (sum(reports),) * 3)

        assert isinstance(check(Anonymous(), pays, [Instance(Three(), (0.1, 0.2, 0.3))]), Tally)

    def test_real_differences_are_found(self) -> None:
        def first(reports: tuple[float, ...]) -> Any:
            return (reports[0],)

        found = check(Anonymous(), first, [Instance(Three(), (0.1, 0.2, 0.3))])
        assert isinstance(found, Refuted)
        assert found.arithmetic == "float"


class TestTheLeastSetting:
    """A setting of two methods is guarded as well as one that says what outcomes are."""

    @pytest.mark.parametrize(
        ("outcome", "message"),
        [
            (Priced(0, (0,) * 5), "returns 5 payments for 2 agents"),
            (Priced(0, (1,)), "returns 1 payments for 2 agents"),
            (Priced(0, (0, float("nan"))), r"payments[1] is nan: it must be finite"),
            ([0], "returns [0], which cannot be hashed"),
            (np.array([0, 1]), "which cannot be hashed"),
        ],
    )
    def test_what_is_no_outcome(self, outcome: Any, message: str) -> None:
        def returns(reports: tuple[int, ...]) -> Any:
            return outcome

        verdict = verify(returns, Strategyproof(), Three(), agents=2)
        assert isinstance(verdict, Misbehaved)
        assert message in verdict.what

    def test_an_axiom_that_asks_for_more_is_undecided(self) -> None:
        def first(reports: tuple[int, ...]) -> int:
            return reports[0]

        asked = verify(first, UnanimousFairShare(), Three(), agents=2)
        assert isinstance(asked, Unknown)
        assert "does not say fair_share" in str(asked)

    def test_a_mechanism_that_fails_later(self) -> None:
        calls: list[Any] = []

        def tires(reports: tuple[int, ...]) -> int:
            calls.append(reports)
            if len(calls) > 9:
                raise RuntimeError("tired")
            return 0

        verdict = verify(tires, Strategyproof(), Three(), agents=2)
        assert isinstance(verdict, Misbehaved)
        assert "raises RuntimeError: tired" in verdict.what

    def test_texts_name_no_memory(self) -> None:
        class Silent:
            def types(self, agent: int) -> tuple[int, ...]:
                return (0, 1)

            def value(self, agent: int, type_: int, alternative: int) -> int:
                return -abs(type_ - alternative)

        def zero(reports: tuple[int, ...]) -> int:
            return 0

        verdict = verify(zero, Strategyproof(), Silent(), agents=2)
        assert isinstance(verdict, Proved)
        assert "for 2 agents on Silent" in str(verdict)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((3, Strategyproof(), UNIT), "mechanism is 3: it must be a function of reports"),
            ((len, Strategyproof(), Three), "it must have types and value"),
            ((len, Strategyproof(), (0, 1)), r"setting is \(0, 1\): it must have types and value"),
        ],
    )
    def test_bad_questions(self, arguments: tuple[Any, Any, Any], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            verify(*arguments, agents=2)

    def test_a_class_inside_a_reading(self) -> None:
        axiom: Any = Strategyproof
        with pytest.raises(ValueError, match="axiom is Strategyproof: it must be a value"):
            Universally(axiom)


class TestMisplacedAxioms:
    """What is no axiom, or one of something else, is refused with what to do instead."""

    @pytest.mark.parametrize(
        ("axiom", "message"),
        [
            (
                UnanimousFairShare,
                r"UnanimousFairShare: it must be a value, .*Share\(\)",
            ),
            ([UnanimousFairShare()], "is a list of UnanimousFairShare: it must be one axiom"),
            (Strategyproof(), r"about what a mechanism does, .* use verify\(mechanism"),
            (3, "axiom is 3: it must be a value with cases and violation"),
        ],
    )
    def test_judge(self, axiom: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            judge(0, axiom, Instance(UNIT, (HALF,)))

    def test_readings(self) -> None:
        """What is about lotteries already is read in no other way."""
        of_lotteries: Any = GroupFairShare()
        several: Any = [of_lotteries]
        for reading in (ExAnte, ExPost):
            with pytest.raises(ValueError, match="is about lotteries already; ask for it as it is"):
                reading(of_lotteries)
            with pytest.raises(ValueError, match="it must be one axiom"):
                reading(several)

    def test_approximately(self) -> None:
        """How much an axiom of outcomes is missed by can be judged of an outcome, too."""
        for by, word in ((0, "refuted"), (1, "proved")):
            axiom: Any = Approximately(UnanimousFairShare(), by)
            assert judge(0, axiom, Instance(UNIT, (F(0), F(1), F(1)))).word == word


class TestPopulations:
    """A population is the tuple it stands for, also for functions that know nothing of it."""

    def test_plain_functions_get_it_written_out(self) -> None:
        def lowest(reports: tuple[Fraction, ...]) -> Fraction:
            return min(reports)

        many = Population((Fraction(0), Fraction(1)), (3, 2))
        for reports in (many, many.expanded()):
            instance = Instance(UNIT.grid(2), reports)
            assert isinstance(check(Strategyproof(), lowest, [instance]), Tally)
            assert isinstance(check(ExPost(UnanimousFairShare()), lowest, [instance]), Refuted)

    def test_equal_ones_have_equal_hashes(self) -> None:
        up, down = Population(tuple(range(100))), Population(tuple(range(99, -1, -1)))
        assert up == down
        assert hash(up) == hash(down)

    @pytest.mark.parametrize("counts", [(2**62, 2**62), (10**19, 10**19)])
    def test_more_than_can_be_counted(self, counts: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="a population has fewer than 2\\^62 reports"):
            Population((0, 1), counts)


class TestJudge:
    """Reports that are none are refused; sure outcomes are told as such."""

    def test_reports_are_read(self) -> None:
        with pytest.raises(ValueError, match=r"reports\[0\] is 5: it must lie in \[0, 1\]"):
            judge(HALF, UnanimousFairShare(), Instance(UNIT, (5,)))
        with pytest.raises(ValueError, match="reports is empty"):
            judge(HALF, UnanimousFairShare(), Instance(UNIT, ()))
        here: Any = (0, 1)
        with pytest.raises(ValueError, match=r"instance is \(0, 1\): it must be Instance"):
            judge(HALF, UnanimousFairShare(), here)

    def test_satisfied_and_violated_name_the_same_axiom(self) -> None:
        here = Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1)))
        for outcome, kind in ((Fraction(1, 3), Proved), (Fraction(1), Refuted)):
            verdict = judge(outcome, UnanimousFairShare(), here)
            assert isinstance(verdict, kind)
            assert "ExPost(UnanimousFairShare)" in str(verdict)


class TestWrittenVerdicts:
    """What is written is read back; what cannot be is still written; nothing else is run."""

    def test_to_json_is_read_back(self) -> None:
        for verdict in (
            verify(Mean(), Strategyproof(), UNIT, agents=2),
            verify(Median(), Strategyproof(), UNIT.grid(2), agents=2),
            verify(Median(), Strategyproof(), UNIT, agents=2),
        ):
            written = json.loads(json.dumps(verdict.to_json()))
            assert written["schema"] == "mechsim/verdict/1"
            assert decode(written) == verdict

    def test_a_function_of_ones_own_is_named(self) -> None:
        def own(reports: tuple[Fraction, ...]) -> Fraction:
            return sum(reports, Fraction(0)) / len(reports)

        written: Any = verify(own, Strategyproof(), UNIT, agents=2).to_json()
        assert written["mechanism"] == {"opaque": "own"}
        with pytest.raises(ValueError, match="'opaque' is no form that values are written in"):
            decode(written)

    @pytest.mark.parametrize(
        "payload",
        [
            {"kind": "mechsim._json:dataclasses.inspect.os.system", "command": "exit"},
            {"name": "mechsim._json:importlib.import_module"},
            {"kind": "mechsim._json:encode", "value": 1},
            {"kind": "os:system"},
            {"name": "mechsim.nothing:here"},
            {"kind": "mechsim.setting:nothing"},
            {},
        ],
    )
    def test_nothing_else_is_run(self, payload: Any) -> None:
        with pytest.raises(ValueError, match=r"is|imported"):
            decode(payload)

    def test_numpy_numbers(self) -> None:
        assert decode(encode((np.int64(3), np.float64(0.5)))) == (3, 0.5)
