"""Claims of ratios and statements: re-derived where they are true, found out where they are not."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import pytest

from mechsim import Anonymous, Domain, Election, Instance, Line, UnanimousFairShare
from mechsim.__main__ import main
from mechsim._json import decode
from mechsim.axioms import IndividualFairShare, LikeMinded, Unknown, WithinBudget
from mechsim.catalogue import (
    Attained,
    Card,
    Claim,
    Contradicted,
    Entry,
    Fails,
    Floor,
    Forced,
    Holds,
    Impossible,
    Increasing,
    Open,
    Optimal,
    OptimalOn,
    Ratio,
    Rederived,
    Said,
    entries,
)
from mechsim.commands import verifying
from mechsim.facility import Constant, Dictatorship, Mean, Median, RandomRank, UniformPhantom
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    MaxCost,
    OfExpectation,
    SquaredCost,
    TotalCost,
    Utilitarian,
)

F = Fraction
UNIT = Line(0, 1)
SIXTHS = Increasing(UNIT.grid(6), agents=3)
CATALOGUE = [entry.card for entry in entries()]
UFS, IFS = UnanimousFairShare(), IndividualFairShare()


def at(*reports: Fraction | int) -> Instance:
    return Instance(UNIT, UNIT.read(reports))


ONE_FAR = at(0, 0, 1)
MEAN_TOTAL = Ratio(TotalCost(), F(4, 3), ONE_FAR, SIXTHS, because="2 - 2/n")


def entry_of(rule: Any, *claims: Claim) -> Entry:
    return Entry("test", "tests", Card("Test", rule, "nowhere", claims), "")


def rederive(rule: Any, claim: Claim, catalogue: Any = CATALOGUE) -> Rederived:
    return claim.rederive(entry_of(rule, claim), catalogue)


class TestRatio:
    """True if exactly this ratio is attained where it says, and no larger one on the domain."""

    @pytest.mark.parametrize(
        ("rule", "claim"),
        [
            (Mean, MEAN_TOTAL),
            (Mean, Ratio(TotalCost(), F(4, 3), ONE_FAR)),
            (Mean, Ratio(TotalCost(), F(4, 3), ONE_FAR, Domain(UNIT.grid(3), agents=3))),
            (UniformPhantom, Ratio(TotalCost(), 2, at(0, 0, F(1, 3)), SIXTHS)),
            (Median, Ratio(MaxCost(), 2, ONE_FAR, SIXTHS)),
            (Median, Ratio(Egalitarian(), math.inf, ONE_FAR)),
            (RandomRank, Ratio(Egalitarian(), F(3, 2), ONE_FAR, SIXTHS, "", OfExpectation())),
            (RandomRank, Ratio(ComplementedGini(), F(9, 5), ONE_FAR, SIXTHS)),
        ],
    )
    def test_true(self, rule: Any, claim: Ratio) -> None:
        result = rederive(rule, claim)
        assert result.true, result.note
        assert isinstance(result.verdict, Attained)
        assert result.verdict.ratio == claim.value
        assert (result.verdict.bound is None) == (claim.domain is None)

    @pytest.mark.parametrize(
        ("rule", "claim", "message"),
        [
            (Mean, Ratio(TotalCost(), F(5, 4), ONE_FAR), "is 4/3, not 5/4"),
            (Mean, Ratio(TotalCost(), F(3, 2), ONE_FAR, SIXTHS), "is 4/3, not 3/2"),
            (Median, Ratio(Egalitarian(), 9, ONE_FAR), "is unbounded, not 9"),
            (
                UniformPhantom,
                Ratio(TotalCost(), F(3, 2), at(0, 0, F(2, 3)), SIXTHS),
                "the bound is wrong: UniformPhantom has the ratio 2 of total cost at (0, 0, 1/6)",
            ),
            (
                Mean,
                Ratio(TotalCost(), F(11, 9), at(0, F(1, 6), 1), SIXTHS),
                "the bound is wrong: Mean has the ratio 4/3 of total cost at (0, 0, 1/6)",
            ),
            (
                Mean,
                Ratio(TotalCost(), F(4, 3), ONE_FAR, Increasing(UNIT.grid(6), agents=2)),
                "the test has no power: the ratio is 1 everywhere, 2 agents on Line(0, 1).grid(6)",
            ),
        ],
    )
    def test_false(self, rule: Any, claim: Ratio, message: str) -> None:
        result = rederive(rule, claim)
        assert not result.true
        assert message in result.note

    @pytest.mark.parametrize(
        ("rule", "instance", "message"),
        [
            (Mean, Instance(UNIT, (0.0, 0.0, 0.5)), "in floats, and that proves nothing"),
            (partial(Dictatorship, 7), ONE_FAR, "raises ValueError: agent is 7"),
        ],
    )
    def test_what_cannot_be_tested(self, rule: Any, instance: Instance, message: str) -> None:
        result = rederive(rule, Ratio(TotalCost(), F(4, 3), instance))
        assert not result.true
        assert message in result.note
        floats = Domain(Line(0, 1, (0.0, 0.5)), agents=3)
        result = rederive(Mean, Ratio(TotalCost(), F(4, 3), ONE_FAR, floats))
        assert isinstance(result.verdict, Unknown)

    def test_a_rule_that_changes_its_mind(self) -> None:
        answers = iter([F(0), F(1, 2)])

        def fickle(setting: Any) -> Any:
            def place(reports: Any) -> Fraction:
                return next(answers)

            return place

        result = rederive(fickle, Ratio(MaxCost(), 2, at(0, 1)))
        assert not result.true
        assert "it answers the same reports in two ways" in result.note

    @pytest.mark.parametrize("value", [1, F(1, 2), 1.5, True, "2", math.nan, -math.inf])
    def test_what_is_no_claim(self, value: Any) -> None:
        with pytest.raises(ValueError, match="it must be an exact number above 1, or"):
            Ratio(TotalCost(), value, ONE_FAR)

    def test_what_is_unbounded_is_not_exhausted(self) -> None:
        with pytest.raises(ValueError, match="what is unbounded is not exhausted"):
            Ratio(Egalitarian(), math.inf, ONE_FAR, SIXTHS)


class TestOptimal:
    """True if no place does better on the domain, and some mechanism known to do worse does."""

    FOIL = Card("Mean", Mean, "me", (MEAN_TOTAL,))

    def test_true(self) -> None:
        claim = Optimal(TotalCost(), SIXTHS, because="the sum of distances is convex")
        result = rederive(Median, claim, [self.FOIL])
        assert result.true
        assert result.foils == 1
        assert isinstance(result.verdict, OptimalOn)
        assert str(result.verdict) == (
            "Median is optimal for total cost at all 84 profiles, 3 agents on Line(0, 1).grid(6) "
            "in increasing order"
        )

    def test_false(self) -> None:
        claim = Optimal(TotalCost(), SIXTHS, because="wishful thinking")
        result = rederive(Mean, claim, [self.FOIL])
        assert not result.true
        worse = "it is not optimal: Mean has the ratio 4/3 of total cost at (0, 0, 1/6)"
        assert result.note.startswith(worse)

    @pytest.mark.parametrize(
        "foil",
        [
            Card("of another objective", Mean, "me", (Ratio(MaxCost(), F(4, 3), ONE_FAR),)),
            Card("no worse", Median, "me", (MEAN_TOTAL,)),
            Card("broken", partial(Dictatorship, 9), "me", (MEAN_TOTAL,)),
            Card("no claim", Mean, "me", (Optimal(TotalCost(), SIXTHS, ""),)),
        ],
    )
    def test_without_power(self, foil: Card) -> None:
        result = rederive(Median, Optimal(TotalCost(), SIXTHS, because="Moulin 1980"), [foil])
        assert not result.true
        assert "the test has no power" in result.note

    def test_floats(self) -> None:
        floats = Domain(Line(0, 1, (0.0, 0.5)), agents=3)
        result = rederive(Median, Optimal(TotalCost(), floats, because="so"), [self.FOIL])
        assert isinstance(result.verdict, Unknown)
        with pytest.raises(ValueError, match="it must be Domain"):
            Optimal(TotalCost(), UNIT, because="so")  # type: ignore[arg-type] # pyright: ignore


class TestFloor:
    """True if the best of the outcomes that satisfy the axiom has exactly this ratio."""

    def test_true(self) -> None:
        """IFS at (0, 0, 1) keeps the facility at least 1/3 from the left end."""
        claim = Floor(Utilitarian(), IFS, ONE_FAR, F(6, 5), because="n(n-1)/((n-1)^2+1)")
        result = rederive(Median, claim)
        assert result.true, result.note
        assert isinstance(result.verdict, Forced)
        assert (result.verdict.low, result.verdict.high) == (F(1, 3), F(2, 3))
        assert str(result.verdict) == (
            "at (0, 0, 1) on Line(0, 1), IndividualFairShare allows the places from 1/3 to 2/3; "
            "the best of them is 1/3 and has the ratio 6/5 of welfare"
        )

    def test_false(self) -> None:
        claim = Floor(Utilitarian(), IFS, ONE_FAR, F(5, 4), because="wishful thinking")
        result = rederive(Median, claim)
        assert not result.true
        assert result.note == "the best place allowed has the ratio 6/5, not 5/4"

    def test_an_interval_that_is_wrong_is_found_out(self) -> None:
        result = rederive(Median, Floor(TotalCost(), Sloppy(), ONE_FAR, F(8, 7), because="so"))
        assert not result.true
        assert "does not satisfy Sloppy, as its interval says" in result.note

    def test_what_cannot_be_tested(self) -> None:
        floats = Instance(UNIT, (0.0, 0.0, 1.0))
        result = rederive(Median, Floor(MaxCost(), UFS, floats, F(4, 3), because="so"))
        assert not result.true
        result = rederive(Median, Floor(MaxCost(), Anonymous(), ONE_FAR, 2, because="so"))  # type: ignore[arg-type] # pyright: ignore
        assert isinstance(result.verdict, Unknown)


class Sloppy:
    """Fair share, with an interval that is too wide."""

    def cases(self, instance: Instance, /) -> Any:
        return UFS.cases(instance)

    def outcome_violation(self, outcome: Any, case: Any, /) -> Any:
        return UFS.outcome_violation(outcome, case)

    def interval(self, instance: Instance, /) -> tuple[Fraction, Fraction]:
        return F(1, 7), F(1)


class TestStatements:
    """Sentences that are contradicted, and open ones, stand and fall with their evidence."""

    LEAST = "UP has the least ratio of total cost of all that satisfy unanimous fair share"
    FAIR = Holds(UFS, Domain(UNIT.grid(6), agents=3), because="proportional")

    def test_contradicted(self) -> None:
        claim = Contradicted(self.LEAST, (MEAN_TOTAL, self.FAIR), "arXiv:2111.01566", rule=Mean)
        result = rederive(UniformPhantom, claim)
        assert result.true, result.note
        assert isinstance(result.verdict, Said)
        assert [finding.word for finding in result.verdict.shown] == ["attained", "proved"]
        assert str(result.verdict).startswith(f"contradicted as worded: {self.LEAST} (arXiv")

    def test_without_evidence_nothing_is_contradicted(self) -> None:
        claim = Contradicted(self.LEAST, MEAN_TOTAL, "arXiv:2111.01566")
        result = rederive(UniformPhantom, claim)  # whose own ratio is larger
        assert not result.true
        assert "its evidence does not hold: the bound is wrong: Uni" in result.note
        with pytest.raises(ValueError, match="evidence is \\(\\): it must be a claim"):
            Contradicted("a", (), "b")
        with pytest.raises(ValueError, match="evidence is 3: it must be a claim"):
            Open("a", 3, "b")  # type: ignore[arg-type] # pyright: ignore

    def test_open(self) -> None:
        bound = Ratio(ComplementedGini(), F(21, 17), at(0, F(2, 3), F(2, 3)))
        result = rederive(UniformPhantom, Open("its ratio of 1 - G", bound, "arXiv:2506.10460"))
        assert result.true, result.note
        assert result.verdict.word == "open"
        assert "proved" not in str(result.verdict)
        assert "open: its ratio of 1 - G (arXiv:2506.10460). Known: Uniform" in str(result.verdict)

    def test_open_with_a_witness_that_does_not_replay(self) -> None:
        all_at_0 = LikeMinded(at(0, 0), F(0), size=2)
        claim = Open("what it fails", Fails(UFS, all_at_0, violation=F(1, 3)), "me")
        assert not rederive(partial(Constant, F(1, 2)), claim).true
        claim = Open("what it fails", Fails(UFS, all_at_0, violation=F(1, 2)), "me")
        assert rederive(partial(Constant, F(1, 2)), claim).true


class TestIncreasing:
    """Every profile in increasing order, once."""

    def test_every_multiset(self) -> None:
        domain = Increasing(UNIT.grid(3), agents=4)
        listed = [instance.profile for instance in domain]
        everything = Domain(UNIT.grid(3), agents=4)
        assert set(listed) == {tuple(sorted(instance.profile)) for instance in everything}
        assert len(listed) == len(set(listed)) == domain.size == 35
        assert str(domain) == "4 agents on Line(0, 1).grid(3) in increasing order"

    def test_what_is_no_domain(self) -> None:
        with pytest.raises(ValueError, match="a domain needs finitely many types"):
            Increasing(UNIT, agents=2)


CARD = '''
"""A card with every kind of claim, and a rule that is told in more than sixty characters."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mechsim import Domain, Instance, Line, Strategyproof, UnanimousFairShare
from mechsim.axioms import IndividualFairShare
from mechsim.catalogue import (
    Card, Contradicted, Floor, Holds, Increasing, Open, Optimal, Ratio
)
from mechsim.facility import {rule}
from mechsim.objectives import Egalitarian, MaxCost, SquaredCost, TotalCost, Utilitarian

UNIT = Line(0, 1)
DOMAIN = Increasing(UNIT.grid(4), agents=3)
FAR = Instance(UNIT, (Fraction(0), Fraction(0), Fraction(1)))

CARD = Card(title="{title}", rule={rule}, source="nowhere", claims=({claims},))
'''
MEDIAN = """
    Holds(Strategyproof(), Domain(UNIT.grid(4), agents=3), because="Moulin 1980"),
    Optimal(TotalCost(), DOMAIN, because="the sum of distances is convex"),
    Ratio(MaxCost(), 2, FAR, DOMAIN, because="folklore"),
    Ratio(SquaredCost(), Fraction(3, 2), FAR),
    Ratio(Egalitarian(), math.inf, FAR),
    Floor(Utilitarian(), IndividualFairShare(), FAR, Fraction(6, 5), because="y >= 1/3")
"""
MEAN = """
    Ratio(TotalCost(), {value}, FAR, DOMAIN, because="2 - 2/n"),
    Contradicted("all pay alike", Ratio(MaxCost(), Fraction(4, 3), FAR), "hearsay"),
    Open("how bad it can be", Ratio(Egalitarian(), Fraction(3, 2), FAR), "curiosity")
"""


class TestPrinted:
    """What `mechsim verify` and the pages of the documentation say of these claims."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        cards = tmp_path / "line"
        cards.mkdir()
        self.write(cards, "median", "Median", MEDIAN)
        self.write(cards, "mean", "Mean", MEAN.replace("{value}", "Fraction(4, 3)"))
        return cards

    def write(self, folder: Path, name: str, rule: str, claims: str) -> None:
        text = CARD.replace("{rule}", rule).replace("{title}", rule).replace("{claims}", claims)
        (folder / f"{name}.py").write_text(text.replace(",\n,", ",\n"))

    def test_tables(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", str(folder)]) == 0
        lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
        (median,) = (line for line in lines if line.startswith("Median 1 ["))
        assert median.endswith("] 2 >= 3/2 unbounded")
        for line in (
            "line, 3 agents total cost max cost squared cost least utility welfare",
            "Mean 4/3",
            "whatever is IFS >= 6/5",
            "Mean, contradicted as worded: all pay alike (hearsay)",
            "Mean, open: how bad it can be (curiosity)",
            "9 claims re-derived, 0 false.",
        ):
            assert line in lines

    def test_sentences(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", str(folder), "--verbose"]) == 0
        out = " ".join(capsys.readouterr().out.split())
        for sentence in (
            "Median is optimal for total cost at all 35 profiles, 3 agents on Line(0, 1).grid(4) "
            "in increasing order. Because the sum of distances is convex.",
            "Median has the ratio 2 of max cost at (0, 0, 1) on Line(0, 1), and no larger one at "
            "any of 35 profiles, 3 agents on Line(0, 1).grid(4) in increasing order. Because",
            "Median has the ratio 3/2 of squared cost at (0, 0, 1) on Line(0, 1).",
            "Median has an unbounded ratio of least utility at (0, 0, 1)",
            "open: how bad it can be (curiosity). Known: Mean has the ratio 3/2",
        ):
            assert sentence in out

    def test_a_false_ratio_is_red(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.write(folder, "mean", "Mean", MEAN.replace("{value}", "Fraction(5, 4)"))
        assert main(["verify", str(folder / "mean.py")]) == 1
        out = capsys.readouterr().out
        assert ["Mean", "FALSE"] in [line.split() for line in out.splitlines()]
        assert "FALSE: Mean: the ratio at (0, 0, 1) on Line(0, 1) is 4/3, not 5/4." in out

    def test_json(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", str(folder), "--json"]) == 0
        claims = json.loads(capsys.readouterr().out)["claims"]
        told = {(c["claim"], c["objective"], c["verdict"]["verdict"]) for c in claims}
        assert ("Ratio", "least utility", "attained") in told
        assert ("Optimal", "total cost", "optimal") in told
        assert ("Floor", "welfare", "forced") in told
        assert ("Contradicted", None, "contradicted") in told
        assert ("Holds", None, "proved") in told
        (unbounded,) = (c for c in claims if c["objective"] == "least utility")
        assert unbounded["verdict"]["ratio"] == {"float": "inf"}
        assert [c["statement"] for c in claims if c["claim"] == "Open"] == ["how bad it can be"]

    def test_rows(self) -> None:
        """Cards in notebooks and pages of the documentation are made of these."""
        assert MEAN_TOTAL.row() == (
            "total cost",
            "4/3",
            "attained at (0, 0, 1) on Line(0, 1); bound exhausted on 3 agents on "
            "Line(0, 1).grid(6) in increasing order",
            "2 - 2/n",
        )
        least = Ratio(SquaredCost(), 2, ONE_FAR)
        assert least.row()[:3] == (
            "squared cost",
            "at least 2",
            "attained at (0, 0, 1) on Line(0, 1)",
        )
        claims = (MEAN_TOTAL, Open("a sentence", least, "me"), Contradicted("b", least, "you"))
        table = str(Card("Test", Mean, "nowhere", claims))
        assert "a sentence" in table
        assert "contradicted as worded" in table

    @pytest.mark.parametrize(
        "claim",
        [
            MEAN_TOTAL,
            Ratio(Egalitarian(), F(3, 2), ONE_FAR),
            Floor(Utilitarian(), IFS, ONE_FAR, F(6, 5), because="y >= 1/3"),
            Open("a sentence", MEAN_TOTAL, "me"),
        ],
    )
    def test_findings_are_read_back(self, claim: Claim) -> None:
        finding: Any = rederive(Mean, claim).verdict
        assert decode(json.loads(json.dumps(finding.to_json()))) == finding
        assert finding._repr_html_() == f"<p><b>{finding.word}</b> {escape(str(finding))}.</p>"

    def test_an_undecided_ratio_exits_with_3(self, folder: Path) -> None:
        floats = "Optimal(TotalCost(), Increasing(Line(0, 1, (0.0, 0.5)), agents=3), because='')"
        self.write(folder, "median", "Median", floats)
        assert main(["verify", str(folder / "median.py")]) == 3

    def test_a_claim_of_ones_own_kind(self) -> None:
        entry = entry_of(Mean, Mine())
        (result,) = verifying.rederive([entry], [entry])
        assert verifying.tables([result]).startswith("Test, believed: a thing (faith)")


class Mine:
    """A claim of a kind that the library does not know."""

    def row(self) -> tuple[str, ...]:
        return "a thing", "believed", "everywhere", "faith"

    def rederive(self, entry: Entry, catalogue: Any) -> Rederived:
        return Rederived(entry, self, Said("open", "a thing", "me", ()), True, "it is so")


@dataclass(frozen=True)
class Funds:
    """Every outcome has project 0; or, if not ``wanted``, none has."""

    wanted: bool

    def cases(self, instance: Instance, /) -> Iterator[Instance]:
        yield instance

    def outcome_violation(self, outcome: Any, case: Instance, /) -> Fraction:
        return F((0 in outcome) != self.wanted)


class TestNoLottery:
    """That no lottery satisfies some axioms is re-derived, also where no outcome does."""

    @pytest.mark.parametrize(
        ("axioms", "holds", "note"),
        [
            ((Funds(True), Funds(False)), True, "of course"),
            ((Funds(True), Funds(False), WithinBudget()), False, "WithinBudget is not needed"),
            ((Funds(True),), False, "there is one"),
        ],
    )
    def test_no_outcome(self, axioms: tuple[Any, ...], holds: bool, note: str) -> None:
        town = Election(("park", "pool"), (1, 1), 1)
        claim = Impossible(axioms, Instance(town, town.read([["park"]])), because="of course")
        found = rederive(Median(), claim)
        assert found.true == holds
        assert note in found.note
        if holds:
            assert "no outcome satisfies those that are about outcomes" in str(found.verdict)
