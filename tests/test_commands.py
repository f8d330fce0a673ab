"""The command line: what it prints, what it refuses, and how it exits."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mechsim.__main__ import main
from mechsim.catalogue import Card, entries, find
from mechsim.commands import verifying
from mechsim.facility import Mean

SHIPPED = Path(__file__).parents[1] / "mechsim" / "data" / "anes96.csv"
PLACE = ["--column", "x", "--range", "0", "1", "--mechanism", "mean"]
FALSE_CARD = """
from mechsim import Domain, Line, Strategyproof
from mechsim.catalogue import Card, Holds
from mechsim.facility import Mean

CARD = Card(
    title="Mean",
    rule=Mean,
    source="nowhere",
    claims=(
        Holds(Strategyproof(), Domain(Line(0, 1).grid(6), agents=3), because="we hope so"),
    ),
)
"""

BOTH_KINDS = """
from mechsim import Domain, Line, Strategyproof
from mechsim.axioms import Monotone
from mechsim.catalogue import Card, Continuum, hold
from mechsim.facility import Mean, Median

UNIT = Line(0, 1)
GRID = Domain(UNIT.grid(4), agents=3)
CARD = Card(
    title="Median",
    rule=Median,
    source="nowhere",
    claims=(
        *hold(
            (GRID, Continuum(UNIT, agents=2), Continuum(UNIT, agents=3)),
            {Strategyproof(): "Moulin 1980"},
        ),
        *hold(GRID, {Monotone(): "order statistics are monotone"}),
    ),
)
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text("who,x\nann,0\nbob,0.1\ncid,1\n")
    return path


class TestVerify:
    """The catalogue is green; a claim that is false turns it red."""

    def test_catalogue(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two families stand for all, of which every claim has a test of its own."""
        few = tuple(entry for entry in entries() if entry.family in ("allocation", "voting"))
        monkeypatch.setattr(verifying, "entries", lambda: few)
        assert main(["verify"]) == 0
        out = capsys.readouterr().out
        assert "Round Robin" in out
        assert "claims re-derived, 0 false." in out
        assert "FALSE" not in out

    def test_one_card_by_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", "mean", "--verbose"]) == 0
        out = capsys.readouterr().out
        claims = len(find("mean").card.claims)
        assert f"{claims} claims re-derived, 0 false." in out
        assert "agent 1 reports 1 instead of 1/2" in out
        assert "has the ratio 4/3 of total cost at (0, 0, 1/6) on Line(0, 1)" in out

    def test_one_card_by_its_family_and_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        """As each card's page recommends."""
        assert main(["verify", "facility/mean"]) == 0
        claims = len(find("mean").card.claims)
        assert f"{claims} claims re-derived, 0 false." in capsys.readouterr().out
        assert main(["verify", "facility/meen"]) == 2
        assert "did you mean" in capsys.readouterr().err
        assert main(["verify", "faculty/mean"]) == 2
        assert "there is no such file or folder" in capsys.readouterr().err

    def test_slow_claims_are_left_out_and_said_to_be(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hoped = "Holds(Strategyproof(), Domain(Line(0, 1).grid(6), agents=3), because='we hope')"
        (tmp_path / "median.py").write_text(
            f"{BOTH_KINDS[:-2]}    slow=({hoped},),\n)\n".replace(
                "import Card, Continuum", "import Card, Continuum, Holds"
            )
        )
        assert main(["verify", str(tmp_path)]) == 0
        out = capsys.readouterr().out
        assert "4 claims re-derived" in out
        assert out.endswith("Left out: 1 claim that takes long, which --slow re-derives.\n")
        assert main(["verify", str(tmp_path), "--slow"]) == 0
        out = capsys.readouterr().out
        assert "5 claims re-derived, 0 false." in out
        assert "Left out" not in out
        asked = ["verify", "mechsim.facility:Mean", "--axiom", "sp", "--agents", "2", "--slow"]
        assert main(asked) == 2
        assert "--slow is about the claims of cards" in capsys.readouterr().err
        with pytest.raises(ValueError, match=r"slow has 3: it must be Holds\(...\)"):
            Card("Mean", Mean, "nowhere", find("mean").card.claims, slow=(3,))  # type: ignore[arg-type]

    def test_proofs_for_all_reports_are_told_from_others(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """In the table, in the count, in the sentences and in the JSON."""
        (tmp_path / "median.py").write_text(BOTH_KINDS)
        assert main(["verify", str(tmp_path), "--verbose"]) == 0
        out = capsys.readouterr().out
        (row,) = (line.split("  ") for line in out.splitlines() if line.startswith("Median  "))
        cells = [cell.strip() for cell in row if cell]
        assert [cell.split(" [")[0] for cell in cells] == ["Median", "all of 3", "proved"]
        assert out.endswith(
            "4 claims re-derived, 0 false.\n"
            "2 proved on finite domains, 2 proved for all reports of a continuum.\n"
        )
        for sentence in (
            "for 3 agents on Line(0, 1).grid(4), in exact arithmetic: all 1,500 cases at",
            "for 3 agents with any numbers from 0 to 1 on Line(0, 1), in exact arithmetic: no",
            "for 2 agents with any numbers from 0 to 1 on Line(0, 1), in exact arithmetic: no",
        ):
            assert sentence in out
        assert main(["verify", str(tmp_path), "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert written["count"] == {"proved": 2, "proved for all": 2, "false": 0}
        assert [(claim["shown"], claim["where"]) for claim in written["claims"]] == [
            ("proved", "3 agents on Line(0, 1).grid(4)"),
            ("proved for all", "all reports of 2 agents on Line(0, 1)"),
            ("proved for all", "all reports of 3 agents on Line(0, 1)"),
            ("proved", "3 agents on Line(0, 1).grid(4)"),
        ]

    def test_a_false_claim_about_all_reports(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It hides what else is proved of the axiom, and is counted among the false only."""
        (tmp_path / "median.py").write_text(BOTH_KINDS.replace("rule=Median", "rule=Mean"))
        assert main(["verify", str(tmp_path), "--json"]) == 1
        written = json.loads(capsys.readouterr().out)
        assert written["count"] == {"proved": 1, "false": 3}
        assert [claim["shown"] for claim in written["claims"]] == [None] * 3 + ["proved"]

    def test_foils_are_counted_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        """However the cards are named, the evidence is the same."""
        path = str(Path(__file__).parents[1] / "mechanisms" / "facility" / "mean.py")
        found: list[list[tuple[str, int | None]]] = []
        for call in (["mean"], ["Mean"], [path], ["mean", path]):
            main(["verify", *call, "--json"])
            claims = json.loads(capsys.readouterr().out)["claims"]
            found.append([(claim["verdict"]["sentence"], claim["foils"]) for claim in claims])
        assert found[0] == found[1] == found[2]
        assert found[3] == found[0] * 2

    def test_a_false_claim_is_red(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "mean.py").write_text(FALSE_CARD)
        assert main(["verify", str(tmp_path)]) == 1
        out = capsys.readouterr().out
        assert "FALSE: Mean: claimed to hold, but Mean fails Strategyproof" in out
        (row,) = (line for line in out.splitlines() if line.startswith("Mean "))
        assert row.split() == ["Mean", "FALSE"]
        assert "1 claim re-derived, 1 false." in out

    def test_a_false_claim_shows_in_a_cell_it_shares(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Whichever of two claims about one axiom comes first, the false one is printed."""
        true = """Holds(Strategyproof(), Domain(Line(0, 1).grid(6), agents=3), because="proved")"""
        for claims in ("FALSE_ONE, TRUE_ONE", "TRUE_ONE, FALSE_ONE"):
            source = FALSE_CARD.split("CARD =")[0].replace("import Mean", "import Median")
            source += f"TRUE_ONE = {true}\n"
            source += "NO_LIE = Domain(Line(0, 1, (0,)), agents=1)\n"  # a test without power
            source += "FALSE_ONE = Holds(Strategyproof(), NO_LIE, '')\n"
            source += f"CARD = Card('Mine', Median, 'me', ({claims}))\n"
            (tmp_path / "mine.py").write_text(source)
            assert main(["verify", str(tmp_path)]) == 1
            (row,) = (x for x in capsys.readouterr().out.splitlines() if x.startswith("Mine "))
            assert row.split() == ["Mine", "FALSE"]

    def test_a_witness_that_does_not_replay_is_red(self, tmp_path: Path) -> None:
        source = FALSE_CARD.split("    claims=(")[0].replace("Mean", "Median")
        source = source.replace("import Card, Holds", "import Card, Fails")
        source = source.replace(
            "CARD =",
            "from fractions import Fraction\nfrom mechsim import Instance\n"
            "from mechsim.axioms import Misreport\n"
            "LIE = Misreport(Instance(Line(0, 1), (Fraction(0), Fraction(1))), 0, Fraction(1))\n\n"
            "CARD =",
        )
        source += "    claims=(Fails(Strategyproof(), LIE, Fraction(1, 24)),),\n)\n"
        (tmp_path / "median.py").write_text(source)
        assert main(["verify", str(tmp_path)]) == 1

    def test_nothing_is_no_target(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", ""]) == 2
        assert "the target is empty" in capsys.readouterr().err

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", "median", "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert written["schema"] == "mechsim/verify/1"
        assert {claim["true"] for claim in written["claims"]} == {True}
        assert {claim["verdict"]["verdict"] for claim in written["claims"]} == {
            "proved",
            "refuted",
            "optimal",
            "attained",
            "least",
        }

    def test_a_claim_that_cannot_be_decided(self, tmp_path: Path) -> None:
        source = FALSE_CARD.replace("rule=Mean", "rule=Lottery").replace(
            "Strategyproof()", "Universally(Anonymous())"
        )
        source = source.replace("import Domain,", "import Anonymous, Domain, Universally, uniform,")
        source += "\n"
        source = source.replace("CARD =", "def Lottery(setting):\n    return uniform\n\nCARD =")
        (tmp_path / "lottery.py").write_text(source)
        assert main(["verify", str(tmp_path)]) == 3

    def test_nothing_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", "no/such/folder"]) == 2
        assert capsys.readouterr().err == (
            "mechsim: no/such/folder: there is no such file or folder\n"
        )


QUESTION = ["--axiom", "mine:AXIOM", "--agents", "2", "--setting", "line", "--points", "3"]
BROKEN = """
from dataclasses import dataclass

from mechsim.setting import Undecided


@dataclass(frozen=True)
class Broken:
    error: type

    def cases(self, instance):
        raise self.error("no cases")

    def violation(self, mechanism, case):
        return 0


def rule(reports):
    return reports[0]
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of one's own, ``mine.py``, in the folder that one is in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    sys.modules.pop("mine", None)
    yield tmp_path / "mine.py"
    sys.modules.pop("mine", None)


class TestExits:
    """No exit code says more than is known; what is a bug is called one."""

    def test_a_bug(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        mine.write_text(BROKEN + "AXIOM = Broken(AttributeError)\n")
        assert main(["verify", "mine:rule", *QUESTION]) == 5
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "Traceback" in printed.err
        assert "AttributeError: no cases" in printed.err

    def test_what_cannot_be_judged(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        mine.write_text(BROKEN + "AXIOM = Broken(Undecided)\n")
        assert main(["verify", "mine:rule", *QUESTION]) == 3
        assert capsys.readouterr().out.startswith("unknown: ")
        mismatch = ["--axiom", "ejr+", "--agents", "3", "--setting", "line"]
        assert main(["verify", "median", *mismatch]) == 3
        assert "does not say costs" in capsys.readouterr().out


class TestInterrupts:
    """What Ctrl-C ends was not survived."""

    def test_less_than_survived(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        mine.write_text(
            "calls = []\n\ndef rule(x):\n    calls.append(x)\n"
            "    if len(calls) == 200:\n        raise KeyboardInterrupt\n    return sorted(x)[1]\n"
        )
        question = ["verify", "mine:rule", "--axiom", "sp", "--agents", "3", "--setting", "line"]
        assert main([*question, "--require", "survived"]) == 3
        assert "until it was interrupted" in capsys.readouterr().out


RULE = """
print("imported")


def rule(reports):
    print("played")
    return sum(reports) / len(reports)


def middle(reports):
    print("played")
    return sorted(reports)[1]
"""
ON_A_LINE = ["--axiom", "sp", "--agents", "3", "--setting", "line", "--points", "5"]


class TestQuestions:
    """A question about one's own mechanism is answered, and nothing it was asked is ignored."""

    def test_what_the_mechanism_prints(
        self, mine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Standard output is the verdict and nothing else."""
        mine.write_text(RULE)
        assert main(["verify", "mine:rule", *ON_A_LINE, "--json"]) == 1
        printed = capsys.readouterr()
        assert json.loads(printed.out)["verdict"]["verdict"] == "refuted"
        assert "imported\nplayed\n" in printed.err
        sys.modules.pop("mine")
        assert main(["verify", "mine.py:middle", *ON_A_LINE]) == 0
        printed = capsys.readouterr()
        assert printed.out.startswith("proved: middle satisfies")
        assert printed.out.count("\n") == 1

    def test_what_a_card_prints(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        card = FALSE_CARD.replace("CARD =", "print('imported')\nCARD =")
        (tmp_path / "mean.py").write_text(card)
        assert main(["verify", str(tmp_path), "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["claims"][0]["true"] is False

    def test_certificate(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It is written, and the command that checks it is complete."""
        mine.write_text(RULE)
        asked = ["verify", "mine.py:rule", *ON_A_LINE, "--certificate", "x.json"]
        assert main(asked) == 1
        last = capsys.readouterr().err.splitlines()[-1]
        command = f"mechsim check x.json --trust mine --path {mine.parent}"
        assert last == f"To check it: {command}"
        sys.modules.pop("mine")
        assert main([*command.split()[1:], "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["accepted"] is True
        assert main(["verify", "mean", *ON_A_LINE, "--certificate", "y.json"]) == 1
        assert capsys.readouterr().err.splitlines()[-1] == "To check it: mechsim check y.json"

    def test_no_folder_for_the_certificate(
        self, mine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is said before the search, in which time would be lost."""
        mine.write_text(RULE)
        asked = ["verify", "mine.py:rule", *ON_A_LINE, "--certificate"]
        assert main([*asked, "nodir/x.json"]) == 2
        printed = capsys.readouterr()
        assert printed.err == "mechsim: --certificate is nodir/x.json: there is no folder nodir\n"
        assert main([*asked, "."]) == 2
        assert "it is a folder and must be a file" in capsys.readouterr().err

    def test_no_certificate_for_the_axiom(
        self, mine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The verdict is printed, and decides the exit code."""
        question = ["--axiom", "gsp", "--agents", "3", "--setting", "line", "--points", "3"]
        for name, code, word in (("mean", 1, "refuted"), ("median", 0, "proved")):
            asked = ["verify", name, *question, "--certificate", str(mine.parent / "x.json")]
            assert main(asked) == code
            printed = capsys.readouterr()
            assert printed.out.startswith(word)
            assert "x.json is not written: axiom is GroupStrategyproof" in printed.err
        assert not (mine.parent / "x.json").exists()

    @pytest.mark.parametrize(
        "ends", [("-1/2", "1"), ("-1e0", "1/3"), ("-.5", "-1/4"), ("-3", "-2.5e-1")]
    )
    def test_ends_below_zero(
        self, ends: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        question = ["--axiom", "sp", "--agents", "2", "--setting", "line", "--points", "2"]
        assert main(["verify", "median", *question, "--range", *ends]) == 0
        (tmp_path / "x.csv").write_text(f"x\n{ends[0]}\n")
        placed = ["place", str(tmp_path / "x.csv"), "--mechanism", "median", "--range", *ends]
        assert main(placed) == 0

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--certificate", "x.json"], "--certificate is given without a question"),
            (["--agents", "3", "--calls", "9"], "--agents and --calls are given without a"),
            (["--seed", "0"], "--seed is given without"),
            (["--require", "proved"], "--require is given without"),
            (["--setting", "line"], "--setting is given without"),
            (["--range", "0", "1"], "--range is given without"),
            (["--names", "ann"], "--names is given without"),
            ([*ON_A_LINE, "--names", "ann"], "--names is given, but --setting line takes --range"),
            ([*ON_A_LINE, "--effects", "2"], "--effects is given, but --setting line takes"),
            ([*ON_A_LINE, "--verbose"], "--verbose is given: it is about the claims of cards"),
            (
                ["--axiom", "sp", "--agents", "3", "--setting", "rankings", "--points", "3"],
                "--points is given, but --setting rankings takes --names",
            ),
            (
                ["--axiom", "sp", "--agents", "3", "--setting", "mine:X", "--points", "3"],
                "--points is given, but --setting mine:X takes none of these options",
            ),
        ],
    )
    def test_nothing_is_ignored(
        self, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["verify", "median", *options]) == 2
        assert message in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["random", "sys", "mechsim", "argparse"])
    def test_a_name_that_is_taken(
        self, name: str, mine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (mine.parent / f"{name}.py").write_text(RULE)
        assert main(["verify", f"{name}.py:rule", *ON_A_LINE]) == 2
        err = capsys.readouterr().err
        assert f"{name}.py: another module is called {name!r}" in err
        assert err.endswith("rename it\n")

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("medain", "facility/median"),
            ("facility/medain", "facility/median"),
            ("unifrom-phantom", "facility/uniform-phantom"),
        ],
    )
    def test_typing_errors(
        self, name: str, meant: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["verify", name, *ON_A_LINE]) == 2
        assert f"; did you mean {meant!r}?" in capsys.readouterr().err
        (tmp_path / "x.csv").write_text("x\n0\n")
        placed = ["place", str(tmp_path / "x.csv"), "--range", "0", "1", "--mechanism", name]
        assert main(placed) == 2
        assert f"; did you mean {meant!r}?" in capsys.readouterr().err

    def test_a_file_without_its_function(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "mine.py"
        path.write_text("def rule(reports):\n    return reports[0]\n")
        assert main(["verify", "--mechanism", str(path), *ON_A_LINE]) == 2
        assert f"say which function of it, as in {path}:rule" in capsys.readouterr().err

    def test_everything_that_is_missing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", "mine.py:rule"]) == 2
        err = capsys.readouterr().err
        assert "--axiom and --agents and --setting are missing: a question names them, as" in err
        assert "mechsim verify mine.py:rule --axiom strategyproof --agents 3 --setting" in err
        assert main(["verify", "mine.py:rule", "--axiom", "sp", "--setting", "line"]) == 2
        assert "--agents is missing: a question names it" in capsys.readouterr().err


SETTING = """
print("imported")


class Loud:
    def types(self, agent):
        print("asked")
        return (0, 1)

    def value(self, agent, type_, alternative):
        return type_ * alternative

    def worth(self, agent, type_, alternative):
        return type_ * alternative

    def alternatives(self, agents):
        return (0, 1)


LOUD = Loud()
"""


class TestOptimize:
    """The answer comes first, whatever can be written of it."""

    def test_what_the_setting_prints(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        mine.write_text(SETTING)
        asked = ["optimize", "--objective", "worst:utilitarian", "--agents", "2"]
        asked += ["--setting", "mine:LOUD", "--certificate", "x.json", "--json"]
        assert main(asked) == 0
        printed = capsys.readouterr()
        assert json.loads(printed.out)["answer"] == "best"
        assert "imported" in printed.err
        assert printed.err.splitlines()[-1] == "To check it: mechsim check x.json"
        assert main(["check", "x.json"]) == 0

    def test_no_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["optimize", "--objective", "max-cost", "--agents", "2", "--setting", "line"]
        for option in ("--out", "--certificate"):
            assert main([*asked, "--points", "3", option, "nodir/x.json"]) == 2
            assert "there is no folder nodir" in capsys.readouterr().err


class TestList:
    """Every mechanism of the catalogue, with its source."""

    def test_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["list"]) == 0
        out = capsys.readouterr().out
        assert "random-rank" in out
        assert "arXiv:2205.14798" in out

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["list", "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        names = [mechanism["name"] for mechanism in written["mechanisms"]]
        assert "uniform-phantom" in names
        assert written["schema"] == "mechsim/list/1"


class TestPlace:
    """A column of a file becomes an outcome, exactly, with who gets what."""

    def test_survey(self, capsys: pytest.CaptureFixture[str]) -> None:
        call = ["place", str(SHIPPED), "--column", "selfLR", "--range", "1", "7"]
        assert main([*call, "--mechanism", "uniform-phantom", "mean", "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert written["agents"] == 944
        phantom, mean = written["placed"]
        assert phantom["lottery"] == [{"outcome": "4", "probability": "1", "decimal": 4.0}]
        assert mean["lottery"][0]["outcome"] == "4083/944"

    def test_who_gets_what(self, answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Distances from 11/30, and their mean over the agents."""
        answers.write_text("x\n0\n0\n0.1\n1\n")
        assert main(["place", str(answers), *PLACE, "--json"]) == 0
        (placed,) = json.loads(capsys.readouterr().out)["placed"]
        assert [row["expected"] for row in placed["distances"]] == ["11/40", "7/40", "29/40"]
        assert main(["place", str(answers), *PLACE]) == 0
        rows = [line.split() for line in capsys.readouterr().out.splitlines()]
        assert ["all,", "mean", "4", "0.3625"] in rows

    def test_decimals_are_exact(self, answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["place", str(answers), *PLACE]) == 0
        out = capsys.readouterr().out
        assert "11/30" in out
        assert "mean: every like-minded group gets its fair share." in out

    def test_a_group_that_gets_less_is_named(
        self, answers: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call = ["place", str(answers), "--column", "x", "--range", "0", "1"]
        assert main([*call, "--mechanism", "median", "random-rank"]) == 0
        out = capsys.readouterr().out
        assert "median: the agent at 1 is 7/30 farther away than their fair share allows." in out
        expected = (
            "random-rank: in expectation every like-minded group gets its fair share; if 1 is"
        )
        assert f"{expected} drawn, the agent at 0 is 1/3 farther away" in out

    def test_a_name_of_several_families_means_the_facility(
        self, answers: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call = ["place", str(answers), "--column", "x", "--range", "0", "1", "--mechanism"]
        assert main([*call, "random-dictatorship"]) == 0
        assert "1/3" in capsys.readouterr().out
        assert main([*call, "borda-random"]) == 2
        assert "it must place a facility" in capsys.readouterr().err

    def test_picture(self, answers: Path, tmp_path: Path) -> None:
        picture = tmp_path / "place.svg"
        assert main(["place", str(answers), *PLACE, "--picture", str(picture)]) == 0
        assert picture.read_text().lstrip().startswith("<?xml")

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("who,y\nann,0\n", " has no column 'x'; its columns are: 'who', 'y'"),
            ("who, X\nann,0\n", " has no column 'x'; its columns are: 'who', 'X'"),
            ("who,xx\nann,0\n", "'who', 'xx'; did you mean 'xx'?"),
            ("who,x\nann,0\nbob,\n", ", line 3: x is '': it must be a number"),
            ("who,x\nann,0\nbob,left\n", ", line 3: x is 'left': it must be a number"),
            ("who,x\nann,nan\n", ", line 2: x is 'nan': it must be a number"),
            ("who,x\nann,1e999999999\n", ", line 2: x is '1e999999999': it must be a number"),
            ("who,x\nann,1/0\n", ", line 2: x is '1/0': it must be a number"),
            ("who,x\nann\n", ", line 2: 1 entries, but the header names 2"),
            ("who,x\nann,0,5\n", ", line 2: 3 entries, but the header names 2"),
            ("x,x\n0,1\n", " has 2 columns 'x': name one only"),
            ("who,x\n", " has no answers below its header: x is empty"),
            ("", " has no column 'x'; its columns are: none"),
            ("who,x\nann,0\nbob,2\n", ", line 3: x is 2: it must lie in [0, 1]"),
        ],
    )
    def test_bad_rows_are_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
    ) -> None:
        path = tmp_path / "bad.csv"
        path.write_text(content)
        assert main(["place", str(path), *PLACE]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith(f"mechsim: {path}")
        assert printed.err.endswith(f"{message}\n")
        assert printed.err.count("\n") == 1

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"mean": "maen"}, "mechanism is 'maen': it must be one of"),
            ({"1": "-1"}, "high is -1: it must exceed low, 0"),
        ],
    )
    def test_bad_arguments_are_named(
        self,
        answers: Path,
        capsys: pytest.CaptureFixture[str],
        change: dict[str, str],
        message: str,
    ) -> None:
        arguments = [change.get(argument, argument) for argument in PLACE]
        assert main(["place", str(answers), *arguments]) == 2
        assert message in capsys.readouterr().err

    @pytest.mark.parametrize("end", ["one", "1/0"])
    def test_a_range_that_is_no_number(
        self, answers: Path, capsys: pytest.CaptureFixture[str], end: str
    ) -> None:
        arguments = [end if argument == "1" else argument for argument in PLACE]
        with pytest.raises(SystemExit) as exit_:
            main(["place", str(answers), *arguments])
        assert exit_.value.code == 2
        assert f"'{end}' is not a number" in capsys.readouterr().err

    def test_missing_answers_are_left_out_and_counted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "survey.csv"
        path.write_text("who,x\nann,0\nbob,NA\ncid,\ndan,1\n")
        assert main(["place", str(path), *PLACE, "--missing", "", "NA"]) == 0
        assert "2 reports on Line(0, 1) (2 without an answer left out)" in capsys.readouterr().out

    def test_semicolons_and_decimal_commas(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "excel.csv"
        path.write_text("who;x\nann;0,25\nbob;0,75\n")
        assert main(["place", str(path), *PLACE]) == 0
        assert "1/2" in capsys.readouterr().out

    def test_another_encoding(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "latin.csv"
        path.write_bytes("who,x\nJ\u00f6rg,0\n".encode("latin-1"))
        assert main(["place", str(path), *PLACE]) == 2
        assert "save it as UTF-8" in capsys.readouterr().err

    def test_many_places_are_summed_up(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "many.csv"
        path.write_text("x\n" + "".join(f"0.{k:03}\n" for k in range(1, 1000)))
        call = ["place", str(path), "--column", "x", "--range", "0", "1"]
        assert main([*call, "--mechanism", "random-rank", "median"]) == 0
        out = capsys.readouterr().out
        assert "0.001 to 0.999" in out
        for named in ("lowest 0.001", "lower quartile 0.25 ", "median 0.5 ", "quartile 0.75 "):
            assert named in out
        assert len(out.splitlines()) < 25

    def test_no_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["place", "none.csv", *PLACE]) == 2
        assert "none.csv" in capsys.readouterr().err

    def test_a_picture_of_no_kind(
        self, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        picture = str(tmp_path / "picture.txt")
        assert main(["place", str(answers), *PLACE, "--picture", picture]) == 2
        assert "a picture must end in .png, .pdf or .svg" in capsys.readouterr().err


class TestTour:
    """The tour places, proves, refutes, draws, and says where the picture is."""

    def test_runs(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["tour", "--out", str(tmp_path / "tour")]) == 0
        out = capsys.readouterr().out
        picture = tmp_path / "tour" / "placement.png"
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert str(picture) in out
        assert "944" in out
        assert "(replayed)" in out
        assert "DOES NOT REPLAY" not in out
        assert "these 4 rows contradict each other" in out


class TestStart:
    """Importing the library imports nothing heavy; ``python -m mechsim`` is the command."""

    def run(self, *arguments: str) -> Any:
        return subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, check=False
        )

    def test_import_is_light(self) -> None:
        heavy = "('scipy', 'networkx', 'cvxpy', 'pulp', 'matplotlib', 'pandas', 'numpy.testing')"
        code = f"import mechsim, sys; print([m for m in {heavy} if m in sys.modules])"
        assert self.run("-c", code).stdout.strip() == "[]"

    def test_version(self) -> None:
        assert self.run("-m", "mechsim", "--version").stdout.startswith("mechsim 0.")

    def test_usage(self) -> None:
        done = self.run("-m", "mechsim", "fly")
        assert done.returncode == 2
        assert "usage: mechsim" in done.stderr
