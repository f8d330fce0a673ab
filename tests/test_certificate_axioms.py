"""What the checker says of axioms, in its own words, and what has no certificate."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from certified import GRID, HALF, answer, proved, refuted
from own_rule import in_floats, wobbling

from mechsim import (
    Domain,
    Finite,
    Instance,
    Line,
    Population,
    Priced,
    Rankings,
    SinglePeaked,
    judge,
    uniform,
)
from mechsim._text import brief
from mechsim.algorithms.ties import Lexicographic
from mechsim.allocation import RoundRobin
from mechsim.auctions import GSP, VCG
from mechsim.axioms import (
    Agreement,
    Anonymous,
    EnvyFree,
    ExAnte,
    ExPost,
    IndividualFairShare,
    IndividuallyRational,
    LikeMinded,
    MaximinShare,
    Misreport,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Refuted,
    Strategyproof,
    StronglyProportional,
    StronglyProportionallyFair,
    Survived,
    Unanimous,
    UnanimousFairShare,
    WithProbability,
)
from mechsim.facility import Constant, Mean, Median, RandomRank, UniformPhantom
from mechsim.lottery import is_finite, mix, sure
from mechsim.mechanism import play
from mechsim.preferences import Goods, Positions
from mechsim.preferences.single_peaked import Point, Points
from mechsim.preferences.tastes import Hybrid, Obnoxious
from mechsim.program import Draft, Optimum, Terms
from mechsim.proving import certcheck, certificate, tabulate
from mechsim.proving._named import CASES, name_of
from mechsim.proving._written import Exactly, write_setting
from mechsim.voting import Borda, Dictatorship

POINTS = (Fraction(-1), Fraction(0), Fraction(1, 3), Fraction(1))
OF_OUTCOMES = (
    Unanimous(),
    ParetoOptimal(),
    IndividuallyRational(),
    IndividualFairShare(),
    UnanimousFairShare(),
    ProportionallyFair(),
    StronglyProportionallyFair(),
    Proportional(),
    StronglyProportional(),
)
ON_A_LINE = (
    Strategyproof(),
    Anonymous(),
    *(reading(axiom) for reading in (ExPost, ExAnte) for axiom in OF_OUTCOMES),
)


def first_of(reports: Points) -> Point:
    return reports[0]


def inner(axiom: Any) -> Any:
    """The axiom that is read, or the axiom itself."""
    return getattr(axiom, "axiom", axiom)


def free(rule: Any) -> Any:
    """The rule with payments of nothing, which say that one may stay out."""

    def priced(reports: Any) -> Any:
        drawn = play(rule, reports)
        assert is_finite(drawn)
        nothing = (Fraction(0),) * len(reports)
        return mix((p, sure(Priced(y, nothing))) for y, p in drawn.probability.items())

    return priced


class TestCheckerAndLibraryAgree:
    """In every case of each axiom the checker says, in its own words, what the library says."""

    @pytest.mark.parametrize("axiom", ON_A_LINE, ids=brief)
    def test_where_distance_hurts(self, axiom: Any) -> None:
        self.compare(axiom, Line(-1, 1, POINTS))

    @pytest.mark.parametrize("tastes", [SinglePeaked(), Obnoxious()], ids=brief)
    def test_with_other_tastes(self, tastes: Any) -> None:
        line = Line(-1, 1, POINTS[1:], tastes)
        self.compare(Strategyproof(), line)
        self.compare(Anonymous(), line)
        if tastes == SinglePeaked():
            self.compare(ExPost(Unanimous()), line)
            self.compare(ExAnte(ParetoOptimal()), line)

    def compare(self, axiom: Any, line: Line) -> None:
        world = certcheck.a_world(write_setting(line, Exactly(first_of), ["strategyproof"]).data)
        asked = certcheck.axiom(name_of(axiom, line))
        rules = (Mean(), Median(), RandomRank(), Constant(HALF), UniformPhantom(Line(-1, 1)))
        for rule in (*rules, first_of):
            mechanism = free(rule) if inner(axiom) == IndividuallyRational() else rule
            played = certcheck.Played(world, mechanism)
            for instance in Domain(line, 3):
                cases = {
                    tuple(CASES[type(case)](case).values()): axiom.violation(mechanism, case)
                    for case in axiom.cases(instance)
                }
                reports = instance.profile
                listed = [*asked.cases(world, reports)]
                assert len(listed) == len(cases)
                found = {one: asked.excess(world, played, reports, *one) for one in listed}
                assert found == cases

    def test_groups_between_two_reports_suffice(self) -> None:
        """The subset of the agents that falls short the most is one of them, ex ante too."""
        line = Line(0, 1, (Fraction(0), Fraction(1, 5), Fraction(1, 2), Fraction(1)))
        world = certcheck.a_world(write_setting(line, Exactly(first_of), ["strategyproof"]).data)
        outcomes: list[dict[Any, Fraction]] = [
            {(Fraction(k, 6),): Fraction(1)} for k in range(0, 7, 2)
        ]
        outcomes += [{(Fraction(0),): HALF, (Fraction(k, 6),): HALF} for k in (1, 4, 6)]
        for strongly, name in (
            (False, "proportionally fair"),
            (True, "strongly proportionally fair"),
        ):
            asked = certcheck.AXIOMS[f"{name} ex ante"]
            for reports, drawn in product(product(line.points or (), repeat=3), outcomes):
                span = max(reports) - min(reports) if strongly else Fraction(1)
                worst = max(
                    sum((p * abs(y - reports[i]) for (y,), p in drawn.items()), Fraction(0))
                    - (max(reports[j] for j in group) - min(reports[j] for j in group))
                    - span * (1 - Fraction(len(group), 3))
                    for size in (1, 2, 3)
                    for group in combinations(range(3), size)
                    for i in group
                )
                excesses = [
                    asked.excess(world, {reports: drawn}.__getitem__, reports, *case)
                    for case in asked.cases(world, reports)
                ]
                assert max(excesses) == worst

    def test_intervals_around_the_peak_suffice(self) -> None:
        """Some single-peaked utility gains just if the indicator of an interval does."""
        line = Line(0, 1, tastes=SinglePeaked())
        drawn = product((Fraction(0), Fraction(1)), POINTS[1:], POINTS[1:])
        lotteries = [uniform(places) for places in drawn]
        world = certcheck.a_world(write_setting(line, Exactly(first_of), ["strategyproof"]).data)
        for peak, honest, lied in product(POINTS[1:], lotteries, lotteries):
            play = {(peak,): keyed(honest), (peak + 2,): keyed(lied)}.__getitem__
            excess = certcheck.gain(world, play, (peak,), 0, peak + 2)
            gains = [
                lied.expect(utility) - honest.expect(utility)
                for left, right in product((Fraction(1, 9), 1, 4), repeat=2)
                for utility in [single_peaked(peak, left, right)]
            ]
            assert excess > 0 or max(gains) <= 0


def keyed(lottery: Finite[Any]) -> dict[Any, Fraction]:
    return {(y,): p for y, p in lottery.probability.items()}


def single_peaked(peak: Fraction, left: Any, right: Any) -> Callable[[Any], Any]:
    return lambda y: -left * (peak - y) if y < peak else -right * (y - peak)


class TestArithmetic:
    """A witness in floats says so; floats prove nothing, and nothing about an order."""

    def test_floats_as_fractions(self) -> None:
        written = certificate(refuted(in_floats, Strategyproof(), Line(0, 1), 3))
        assert written["statement"]["arithmetic"] == "float"
        assert "in floats read as the fractions that they are" in written["claim"]
        assert answer(written, ("own_rule",)).startswith("accepted")
        drawn = written["proof"]["outcomes"][0][1][0][0]
        assert Fraction(drawn) == Fraction(float(Fraction(drawn)))

    def test_float_reports_are_read_as_fractions(self) -> None:
        case = Misreport(Instance(Line(0, 1), (0.1, 0.7)), 0, 0.0)
        found = Refuted(Mean(), Strategyproof(), case, Strategyproof().violation(Mean(), case))
        written = certificate(found)
        assert written["statement"]["reports"] == [str(Fraction(0.1)), str(Fraction(0.7))]
        assert written["statement"]["arithmetic"] == "exact"

    def test_rounding_is_no_violation(self) -> None:
        """What is left in fractions of a violation in floats may be rounding, or nothing."""
        here = Instance(Line(0, 1), (Fraction(1, 10), Fraction(1, 5), Fraction(3, 10)))
        case = Agreement(Instance(Line(0, 1), (Fraction(1, 10),) * 3))
        rounded = Refuted(in_floats, ExPost(Unanimous()), case, 1e-17)
        with pytest.raises((ValueError, ArithmeticError), match="violation"):
            certificate(rounded)
        honest = Refuted(Mean(), Strategyproof(), Misreport(here, 1, Fraction(0)), Fraction(1))
        with pytest.raises(ValueError, match="in fractions the violation is -1/15"):
            certificate(honest)

    def test_floats_prove_nothing(self) -> None:
        line = Line(0, 1).grid(1)
        found = proved(in_floats, Anonymous(), Domain(line, 2))
        with pytest.raises(ArithmeticError, match="answers in floats, and these prove nothing"):
            certificate(found)

    def test_floats_are_in_no_order(self) -> None:
        line = Line(0, 1, tastes=SinglePeaked())
        found = refuted(in_floats, Strategyproof(), line, 2)
        with pytest.raises(ArithmeticError, match="floats, which rounding may have set apart"):
            certificate(found)

    def test_one_answer(self) -> None:
        case = Misreport(Instance(Line(0, 1), (Fraction(0), Fraction(1))), 1, Fraction(1, 2))
        found = Refuted(wobbling, Strategyproof(), case, Fraction(1))
        with pytest.raises(
            (ValueError, ArithmeticError), match=r"in two ways|no violation|the viol"
        ):
            certificate(found)


class TestTables:
    """A table is judged by itself, also where there are votes, money and envy-free prices."""

    def test_votes(self) -> None:
        """All alternatives count, chosen or not."""
        vote = Rankings(("ann", "bob", "cat"))
        axioms = (Strategyproof(), Unanimous(), ParetoOptimal())
        written = tabulate(Dictatorship(0, vote), axioms, Domain(vote, 2), alternatives=range(3))
        assert answer(written, ()).startswith("accepted")
        borda = Borda(Lexicographic(), vote)
        assert (
            tabulate(borda, axioms[1:], Domain(vote, 2), alternatives=range(3))["kind"] == "table"
        )
        with pytest.raises(
            ArithmeticError, match=r"would be rejected: at .* breaks the axiom by 1"
        ):
            tabulate(borda, axioms[:1], Domain(vote, 2))
        constant = tabulate(first_candidate, axioms[:1], Domain(vote, 2), alternatives=range(3))
        assert "satisfies 'strategyproof'" in constant["claim"]
        with pytest.raises(ArithmeticError, match="breaks the axiom by 1"):
            tabulate(first_candidate, axioms[1:2], Domain(vote, 2), alternatives=range(3))
        with pytest.raises(ArithmeticError, match="breaks the axiom by 1"):
            tabulate(first_candidate, axioms[2:], Domain(vote, 2), alternatives=range(3))
        with pytest.raises(ValueError, match="about tables with all alternatives"):
            tabulate(first_candidate, axioms, Domain(vote, 2))

    def test_money(self) -> None:
        search = Positions((2, 1), values=(0, 2, 3))
        axioms = (Strategyproof(), IndividuallyRational())
        assert answer(tabulate(VCG(search), axioms, Domain(search, 2)), ()).startswith("accepted")
        with pytest.raises(ArithmeticError, match="breaks the axiom"):
            tabulate(GSP(search), axioms, Domain(search, 2))

    def test_envy(self) -> None:
        """Whoever would rather trade shares and payments is found, in a table and by a witness."""
        search = Positions((2, 1), values=(1, 2, 3))
        domain = Domain(search, 2)
        assert answer(tabulate(VCG(search), (EnvyFree(),), domain), ()).startswith("accepted")
        with pytest.raises(ArithmeticError, match="breaks the axiom by 1"):
            tabulate(GSP(search), (EnvyFree(),), domain)
        for reading in (ExPost, ExAnte):
            found = refuted(GSP(search), reading(EnvyFree()), search, 2)
            assert answer(certificate(found), ()).startswith("accepted")
        goods = Goods(("car", "dog", "egg"), grid=(0, 1))
        turns = RoundRobin(goods)
        found = refuted(turns, EnvyFree(), goods, 2)
        assert certificate(found)["statement"]["violation"] == str(found.violation)

    def test_lotteries(self) -> None:
        line = Line(0, 1).grid(2)
        axioms = (ExAnte(UnanimousFairShare()), ParetoOptimal())
        written = tabulate(RandomRank(), axioms, Domain(line, 3))
        assert "lottery at each of 27 profiles" in written["claim"]
        with pytest.raises(ArithmeticError, match="breaks the axiom by 1/6"):
            tabulate(RandomRank(), (UnanimousFairShare(),), Domain(line, 3))


def first_candidate(ballots: Any) -> int:
    return 0


class TestOtherWitnesses:
    """A witness may be about a typed outcome, or about counted reports."""

    def test_a_typed_outcome(self) -> None:
        line = Line(0, 1)
        found = judge(0, UnanimousFairShare(), Instance(line, line.read([0, 0, 1])))
        assert isinstance(found, Refuted)
        written = certificate(found)
        assert written["statement"]["mechanism"]["import"] == "mechsim.axioms.judge:Given"
        assert answer(written, ()) == f"accepted: {written['claim']}"
        assert "fails 'unanimous fair share ex post'" in written["claim"]

    def test_counted_reports(self) -> None:
        reports = Population((Fraction(0), Fraction(1)), (2, 1))
        case = LikeMinded(Instance(Line(0, 1), reports), Fraction(1), 1)
        axiom = ExPost(UnanimousFairShare())
        written = certificate(Refuted(Median(), axiom, case, axiom.violation(Median(), case)))
        assert written["statement"]["reports"] == ["0", "0", "1"]
        assert written["statement"]["violation"] == "1/3"


class TestWhatHasNoCertificate:
    """Where no certificate can be made, the reason is said."""

    def test_axioms(self) -> None:
        case = Misreport(Instance(GRID, (Fraction(0),)), 0, HALF)
        for axiom in (MaximinShare(), WithProbability(Unanimous(), HALF)):
            known = "certificates are known of Strategyproof, Anonymous, Unanimous"
            with pytest.raises(ValueError, match=known):
                certificate(Refuted(Mean(), axiom, case, HALF))

    def test_settings(self) -> None:
        """Unanimity is about peaks on a line."""
        line = Line(0, 1, tastes=Obnoxious())
        found = refuted(Median(line), Unanimous(), line, 2)
        with pytest.raises(ValueError, match="certificates of it are about peaks on a line"):
            certificate(found)

    def test_lines_by_their_values(self) -> None:
        """Tastes that the checker does not know by a formula are written as a table."""
        line = Line(0, 1, tastes=Hybrid((0,)))
        written = certificate(refuted(Median(line), Strategyproof(), line, 2))
        assert written["statement"]["setting"]["kind"] == "values"
        assert answer(written, ()).startswith("accepted")

    def test_verdicts(self) -> None:
        survived: Any = Survived(Median(), Strategyproof(), "2 agents on Line(0, 1)", 9, 72)
        with pytest.raises(ValueError, match="certificates are made of Refuted, of Proved by"):
            certificate(survived)

    def test_domains(self) -> None:
        """What is not about all profiles of a domain is not written down as if it were."""
        outcome: Any = judge(HALF, Unanimous(), Instance(GRID, (HALF, HALF)))
        assert outcome.word == "proved"
        with pytest.raises(ValueError, match="is not about all profiles of a domain"):
            certificate(outcome)

    def test_what_cannot_be_imported(self) -> None:
        def local(reports: Any) -> Any:
            return min(reports) / 2

        rules: list[Callable[[Any], Any]] = [local, lambda reports: max(reports) / 2]
        for rule in rules:
            with pytest.raises(ValueError, match="whoever checks must be able to import it"):
                certificate(refuted(rule, Strategyproof(), Line(0, 1), 2))

    def test_what_is_no_data(self) -> None:
        with pytest.raises(ValueError, match="certificates hold numbers, text and data classes"):
            certificate(refuted(Wrapped(min), Strategyproof(), Line(0, 1), 2))

    def test_lotteries_that_are_not_listed(self) -> None:
        with pytest.raises(ValueError, match="it must list its outcomes"):
            tabulate(lambda reports: Unlisted(), (Anonymous(),), Domain(GRID, 2))

    def test_integer_programs(self) -> None:
        draft = Draft()
        x = draft.variables("x", high=1, integer=True)
        program = draft.maximize(Terms(x))
        with pytest.raises(ValueError, match="integer variables"):
            certificate(Optimum(program, (Fraction(1),), ()))


@dataclass(frozen=True)
class Wrapped:
    """A rule that holds a function."""

    rule: Any

    def __call__(self, reports: Any) -> Any:
        return self.rule(reports) / 2


class Unlisted:
    """A lottery that can be sampled only."""

    def expect(self, value: Any) -> Any:
        return value(0)

    def sample(self, rng: np.random.Generator, size: int) -> Any:
        return [0] * size
