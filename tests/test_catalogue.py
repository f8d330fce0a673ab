"""Every claim on every card is re-derived; a card that lies is found out."""

import ast
import re
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mechsim import (
    Anonymous,
    Budget,
    Domain,
    ExPost,
    Instance,
    Line,
    SDStrategyproof,
    Strategyproof,
    UnanimousFairShare,
)
from mechsim.axioms import Explored, LikeMinded, Misreport, Proved, Refuted, Swap, Unknown
from mechsim.catalogue import (
    Card,
    Claim,
    Continuum,
    Entry,
    Fails,
    Holds,
    cards,
    entries,
    find,
    hold,
    load,
)
from mechsim.facility import Constant, Mean, Median, Nash, UniformPhantom

CATALOGUE = [entry.card for entry in entries()]
CLAIMS = [
    pytest.param(entry, claim, id=f"{entry.family}-{entry.name}-{i}")
    for entry in entries()
    for i, claim in enumerate(entry.card.claims)
]
FILES = sorted(Path(next(iter(cards.__path__))).rglob("*.py"))
LIE = Misreport(Instance(Line(0, 1), (Fraction(0), Fraction(1, 6))), 1, Fraction(1, 4))
UFS = UnanimousFairShare()
MIXED = Instance(Line(0, 1), (Fraction(0), Fraction(0), Fraction(1, 2)))
ON_GRID = Instance(Line(0, 1).grid(4), (Fraction(0), Fraction(1, 2)))
ELSEWHERE = Instance(None, (Fraction(0), Fraction(1, 6)))
SIXTHS = Domain(Line(0, 1).grid(6), agents=3)
ALL_PAIRS = Continuum(Line(0, 1), agents=2)
EVERYWHERE = [
    claim.domain
    for card in CATALOGUE
    for claim in card.claims
    if isinstance(claim, Holds) and isinstance(claim.domain, Continuum)
]


@pytest.mark.parametrize(("entry", "claim"), CLAIMS)
def test_every_claim_is_true(entry: Entry, claim: Claim) -> None:
    result = claim.rederive(entry, CATALOGUE)
    assert result.true, result.note


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "claim"),
    [
        pytest.param(entry, claim, id=f"{entry.family}-{entry.name}-{i}")
        for entry in entries()
        for i, claim in enumerate(entry.card.slow)
    ],
)
def test_every_slow_claim_is_true(entry: Entry, claim: Claim) -> None:
    result = claim.rederive(entry, CATALOGUE)
    assert result.true, result.note


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cards_define_nothing_but_values(path: Path) -> None:
    """Functions and classes of a card would have no import path that others can rely on."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, defined)]


HEAD = (
    "from mechsim import Line, Strategyproof\nfrom mechsim.facility import Median\n"
    "from mechsim.catalogue import Card, Fails, Holds\n"
)


def card(rule: Any, claim: Claim) -> Entry:
    return Entry("test", "tests", Card("test", rule, "nowhere", (claim,)), "")


class TestFalseClaims:
    """Whatever is wrong with a claim, it does not come out true."""

    def test_holds_but_does_not(self) -> None:
        claim = Holds(Strategyproof(), SIXTHS, because="wishful thinking")
        result = claim.rederive(card(Mean, claim), CATALOGUE)
        assert not result.true
        assert "claimed to hold, but Mean fails Strategyproof" in result.note

    def test_holds_where_nothing_could_fail(self) -> None:
        """Where only one report is possible nobody can lie: the domain has no power."""
        alone = Domain(Line(0, 1, (Fraction(0),)), agents=1)
        claim = Holds(Strategyproof(), alone, because="true, and shows nothing")
        result = claim.rederive(card(Median, claim), CATALOGUE)
        assert not result.true
        assert result.foils == 0
        assert "the test has no power" in result.note

    def test_an_axiom_without_a_foil(self) -> None:
        claim = Holds(Anonymous(), SIXTHS, because="it depends on the sorted reports only")
        assert not claim.rederive(card(Median, claim), []).true

    @pytest.mark.parametrize(
        ("rule", "claim", "message"),
        [
            (Median, Fails(Strategyproof(), LIE, Fraction(1, 24)), "violation is 0 and not 1/24"),
            (Mean, Fails(Strategyproof(), LIE, Fraction(1, 12)), "violation is 1/24 and not 1/12"),
            (
                Mean,
                Fails(Strategyproof(), replace(LIE, agent=9), Fraction(1)),
                "agent is 9: there are 2 agents",
            ),
        ],
    )
    def test_fails_but_the_witness_does_not_replay(
        self, rule: Any, claim: Fails, message: str
    ) -> None:
        result = claim.rederive(card(rule, claim), CATALOGUE)
        assert not result.true
        assert message in result.note

    @pytest.mark.parametrize(
        ("axiom", "case", "message"),
        [
            (ExPost(UFS), LikeMinded(MIXED, Fraction(0), 3), "size is 3: 2 agents report 0"),
            (ExPost(UFS), LikeMinded(MIXED, Fraction(1), 1), "size is 1: 0 agents report 1"),
            (Anonymous(), Swap(MIXED, 0, 3), "second is 3: there are 3 agents"),
            (Strategyproof(), Misreport(ON_GRID, 0, Fraction(1, 5)), "report is 1/5: it must be"),
        ],
    )
    def test_what_is_no_case_is_no_witness(self, axiom: Any, case: Any, message: str) -> None:
        claim = Fails(axiom, case, Fraction(1, 2))
        result = claim.rederive(card(partial(Constant, 0), claim), CATALOGUE)
        assert not result.true
        assert message in result.note

    def test_power_needs_a_refuted_foil_of_this_axiom_in_this_kind_of_setting(self) -> None:
        """What claims to fail another axiom, fails elsewhere, or only misbehaves is no foil."""
        holds = Holds(Strategyproof(), SIXTHS, because="Moulin 1980")
        fails = Fails(Strategyproof(), LIE, Fraction(1, 24))
        other = Fails(Anonymous(), Swap(LIE.instance, 0, 1), Fraction(1))
        elsewhere = Fails(Strategyproof(), replace(LIE, instance=ELSEWHERE), Fraction(1))

        def foils(rule: Any, claim: Fails) -> int | None:
            return holds.rederive(card(Median, holds), [Card("foil", rule, "me", (claim,))]).foils

        assert foils(Mean, fails) == 1
        assert foils(Mean, other) == 0
        assert foils(Mean, elsewhere) == 0
        assert foils(Median, fails) == 0
        assert foils(partial(Constant, 9), fails) == 0

    def test_a_violation_of_zero_is_no_witness(self) -> None:
        claim = Fails(Strategyproof(), LIE, Fraction(0))
        assert not claim.rederive(card(Median, claim), CATALOGUE).true


def sound_on_the_grid(setting: Any) -> Any:
    """A rule with a fault between the points of the sixths."""

    def place(reports: Any) -> Any:
        mean = sum(reports) / len(reports)
        return mean if min(reports) > 0 and max(reports) * 6 < 1 else min(reports)

    return place


def in_floats(setting: Any) -> Any:
    """The lower end, as a float."""

    def place(reports: Any) -> Any:
        return float(min(reports))

    return place


class TestAllReports:
    """A claim about a continuum is true if it is proved for all reports, and only then."""

    FOILS = (Card("Mean", Mean, "me", (Fails(Strategyproof(), LIE, Fraction(1, 24)),)),)

    def rederived(self, rule: Any, claim: Holds, foils: Any = FOILS) -> Any:
        return claim.rederive(card(rule, claim), foils)

    def test_proved(self) -> None:
        claim = Holds(Strategyproof(), ALL_PAIRS, because="Moulin 1980")
        result = self.rederived(Median, claim)
        assert result.true
        assert result.foils == 1
        assert isinstance(result.verdict, Proved)
        assert isinstance(result.verdict.certificate, Explored)
        assert claim.row()[2] == "all reports of 2 agents on Line(0, 1)"
        assert "2 agents with any numbers from 0 to 1 on Line(0, 1), in exact" in str(
            result.verdict
        )

    def test_what_a_grid_does_not_see_is_found_false(self) -> None:
        """A fault between the points of a grid: the claim about the grid is true, this is not."""
        on_grid = Holds(Strategyproof(), Domain(Line(0, 1).grid(6), agents=2), because="so")
        everywhere = Holds(Strategyproof(), ALL_PAIRS, because="so")
        assert self.rederived(sound_on_the_grid, on_grid).true
        result = self.rederived(sound_on_the_grid, everywhere)
        assert not result.true
        assert isinstance(result.verdict, Refuted)
        assert "claimed to hold, but" in result.note

    def test_without_a_foil_there_is_no_power(self) -> None:
        """Whatever claims to fail the axiom must be refuted for as many agents, elsewhere too."""
        claim = Holds(Strategyproof(), ALL_PAIRS, because="Moulin 1980")
        honest = Card("foil", Median, "me", self.FOILS[0].claims)
        for foils in ((), (honest,)):
            result = self.rederived(Median, claim, foils)
            assert not result.true
            assert result.foils == 0
            assert "the test has no power" in result.note
        alone = Holds(Strategyproof(), Continuum(Line(0, 1), agents=1), because="Mean is sound")
        assert self.rederived(Median, alone).foils == 0

    @pytest.mark.parametrize(
        ("rule", "axiom", "message"),
        [
            (Nash, Strategyproof(), "no proof by paths: it asks for a hash of a report"),
            (in_floats, Strategyproof(), "no proof by paths: it asks for a float of a report"),
            (Median, SDStrategyproof(), "are not known to be all there are"),
        ],
    )
    def test_what_is_not_decided_is_not_true(self, rule: Any, axiom: Any, message: str) -> None:
        result = self.rederived(rule, Holds(axiom, ALL_PAIRS, because="we think so"))
        assert not result.true
        assert isinstance(result.verdict, Unknown)
        assert message in result.note

    def test_too_many_paths_are_not_a_proof(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mechsim.catalogue.claims.PATHS", Budget(5))
        result = self.rederived(Median, Holds(Strategyproof(), ALL_PAIRS, because="Moulin 1980"))
        assert not result.true
        assert "there are more than 5 paths" in result.note

    @pytest.mark.parametrize(
        ("setting", "agents", "message"),
        [
            (Line(0, 1).grid(4), 2, "it lists its types, for Domain"),
            (3, 2, "setting is 3: it must have types"),
            (Line(0, 1), 0, "agents is 0: it must be a whole number, at least 1"),
        ],
    )
    def test_what_is_no_continuum(self, setting: Any, agents: Any, message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            Continuum(setting, agents)

    def test_one_reason_for_several_domains(self) -> None:
        claims = hold((SIXTHS, ALL_PAIRS), {Strategyproof(): "Moulin 1980", Anonymous(): "sorted"})
        assert [claim.domain for claim in claims] == [SIXTHS, ALL_PAIRS] * 2
        assert claims[:1] == hold(SIXTHS, {Strategyproof(): "Moulin 1980"})

    def test_the_catalogue_has_them_of_lines_goods_and_auctions(self) -> None:
        assert {type(domain.setting).__name__ for domain in EVERYWHERE} == {
            "Goods",
            "Line",
            "Positions",
            "Sponsored",
        }
        assert len(EVERYWHERE) >= 128

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("rule", "axiom", "agents"),
        [
            (UniformPhantom, UFS, 4),
            (UniformPhantom, Anonymous(), 4),
            (Median, Strategyproof(), 5),
            (find("random-rank").card.rule, Strategyproof(), 4),
            (find("average-or-random-rank").card.rule, Strategyproof(), 3),
        ],
    )
    def test_for_more_agents_than_the_cards_say(self, rule: Any, axiom: Any, agents: int) -> None:
        claim = Holds(axiom, Continuum(Line(0, 1), agents), because="the theorem is about any n")
        result = self.rederived(rule, claim, CATALOGUE)
        assert result.true, result.note


class TestFinding:
    """Cards are found by being there, under names that can be imported."""

    def test_by_name(self) -> None:
        assert find("uniform-phantom").card.title == "Uniform Phantom"
        assert find("Uniform Phantom") == find("facility/uniform-phantom")
        assert find("facility/dictatorship") != find("voting/dictatorship")
        with pytest.raises(ValueError, match="'dictatorship' is of several families: facility/d"):
            find("dictatorship")
        with pytest.raises(ValueError, match="mechanism is 'medain': it must be one of"):
            find("medain")

    def test_every_mechanism_has_its_rule_in_words(self) -> None:
        assert all(len(entry.text) > 60 and entry.card.source for entry in entries())

    def test_a_folder_of_ones_own(self, tmp_path: Path) -> None:
        source = (
            "from mechsim.catalogue import Card\nfrom mechsim.facility import Median\n"
            "from mechsim import Domain, Line, Strategyproof\n"
            "from mechsim.catalogue import Holds\n"
            "DOMAIN = Domain(Line(0, 1).grid(2), agents=2)\n"
            "CARD = Card('Mine', Median, 'me', (Holds(Strategyproof(), DOMAIN, 'so'),))\n"
        )
        (tmp_path / "mine.py").write_text(source)
        (entry,) = load(tmp_path)
        assert (entry.name, entry.card.title) == ("mine", "Mine")

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("x = 1", "a card file must define CARD, a Card"),
            ("1 / 0", "it raises ZeroDivisionError: division by zero"),
            ("CARD = 3", "a card file must define CARD, a Card"),
            ("raise SystemExit(0)", "it raises SystemExit: 0"),
            (HEAD + "CARD = Card('t', Median, 's', ())", "claims of 't' is empty"),
            (HEAD + "CARD = Card('t', 3, 's', (1,))", "rule is 3: it must make a mechanism"),
            (HEAD + "CARD = Card('t', Median, 's', ('SP',))", "claims has 'SP': it must be Holds"),
            (
                HEAD + "Holds(Strategyproof(), Line(0, 1), '')",
                r"domain is Line\(0, 1\): it must be",
            ),
            (HEAD + "Holds(Strategyproof, 1, '')", "axiom is Strategyproof: it must be a value"),
            (HEAD + "Fails(Strategyproof(), None, 1)", "case is None: it must be a case"),
        ],
    )
    def test_what_is_no_card(self, tmp_path: Path, source: str, message: str) -> None:
        path = tmp_path / "bad.py"
        path.write_text(source)
        with pytest.raises(ValueError, match=message):
            load(path)

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="there is no such file or folder"):
            load(tmp_path / "none")
        with pytest.raises(ValueError, match="there are no cards below this folder"):
            load(tmp_path)

    def test_power_is_counted(self) -> None:
        claim = Holds(ExPost(UnanimousFairShare()), SIXTHS, because="arXiv:2111.01566")
        phantom = find("uniform-phantom")
        chosen = [
            find(name).card for name in ("mean", "median", "facility/dictatorship", "random-rank")
        ]
        assert claim.rederive(phantom, chosen).foils == 3
