"""``mechsim impossible``: what it prints and writes, and how it exits."""

import importlib
import json
from pathlib import Path

import pytest

from mechsim import Rankings, Strategyproof, verify
from mechsim.__main__ import main
from mechsim.axioms import Onto
from mechsim.design import load_rule

VOTE = ["impossible", "--setting", "rankings", "--alternatives", "3", "--agents", "2"]
SOME = [*VOTE, "--axiom", "strategyproof", "--axiom", "onto"]
NONE = [*SOME, "--axiom", "nondictatorial"]


class TestImpossible:
    """The argument is printed, certified and drawn; exit code 0, as it is settled."""

    def test_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(NONE) == 0
        printed = capsys.readouterr().out
        assert printed.startswith("impossible: there is no rule for 2 agents on Rankings(a, b, c)")
        assert "Suppose a is not chosen at (abc, abc)." in printed
        assert printed.endswith("So there is no such rule.\n")

    def test_arrow(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Orders of candidates, with a certificate that is accepted."""
        path = tmp_path / "arrow.json"
        asked = ["impossible", "--setting", "orders", "--alternatives", "3", "--agents", "2"]
        asked += ["--axiom", "weak-pareto", "--axiom", "iia", "--axiom", "anonymous"]
        assert main([*asked, "--argument", "--certificate", str(path)]) == 0
        printed = capsys.readouterr().out
        assert "1. Suppose some order with b > c is chosen at (bac, cab)." in printed
        assert printed.endswith("So there is no such rule.\n")
        assert main(["check", str(path)]) == 0

    def test_voters_who_may_stay_away(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["impossible", "--setting", "abstaining", "--alternatives", "3", "--agents", "2"]
        asked += ["--axiom", "condorcet", "--axiom", "participation-criterion", "--json"]
        assert main(asked) == 0
        assert json.loads(capsys.readouterr().out)["status"] == "possible"

    def test_a_square(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["impossible", "--setting", "plane", "--range", "0", "3", "--points", "4"]
        asked += ["--agents", "2", "--axiom", "sp", "--axiom", "anonymous", "--axiom", "po"]
        assert main([*asked, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["status"] == "impossible"
        assert main(["impossible", "--setting", "plane", "--points", "1", "--agents", "2"]) == 2
        assert "a side of a square has at least 2" in capsys.readouterr().err

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*NONE, "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert (written["schema"], written["status"]) == ("mechsim/impossible/1", "impossible")
        assert len(written["profiles"]) == 25
        assert written["argument"][-1].endswith("So there is no such rule.")
        assert written["clauses"] > written["steps"] > 0

    def test_profiles_are_spelt_as_in_the_argument(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*NONE, "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert "(abc, abc)" in written["profiles"]
        assert written["note"] is None

    def test_in_full(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*NONE, "--full"]) == 0
        printed = capsys.readouterr().out
        assert "Suppose a is not chosen at (abc, abc)." in printed
        assert "Likewise" not in printed
        assert main([*NONE, "--full", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)["argument"]
        assert told == printed.splitlines()[1:]

    def test_a_long_argument_is_asked_for(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("mechsim.design.rules.TOLD", 10)
        assert main(NONE) == 0
        printed = capsys.readouterr()
        assert "Suppose" not in printed.out
        assert "clauses.\n" in printed.out
        assert "--argument prints it" in printed.err
        assert main([*NONE, "--argument"]) == 0
        printed = capsys.readouterr()
        assert "Suppose" in printed.out
        assert not printed.err

    def test_files(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        proof, picture = tmp_path / "proof.json", tmp_path / "core.png"
        rule = tmp_path / "rule.json"
        asked = [*VOTE, "--axiom", "sp", "--axiom", "anonymous", "--axiom", "pareto-optimal"]
        asked += ["--certificate", str(proof), "--picture", str(picture), "--out", str(rule)]
        assert main(asked) == 0
        assert "there is no rule to save" in capsys.readouterr().err
        assert picture.stat().st_size > 10_000
        assert not rule.exists()
        assert main(["check", str(proof)]) == 0
        assert "accepted, contradiction" in capsys.readouterr().out


class TestPossible:
    """A rule is printed as a table, counted, certified and saved; exit code 0."""

    def test_saved(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        proof, picture = tmp_path / "proof.json", tmp_path / "core.png"
        path = tmp_path / "rule.json"
        files = ["--certificate", str(proof), "--picture", str(picture), "--out", str(path)]
        assert main([*SOME, *files]) == 0
        printed = capsys.readouterr()
        assert "(abc, bac)" in printed.out
        assert "there is no contradiction" in printed.err
        assert not picture.exists()
        rule = load_rule(path)
        for axiom in (Strategyproof(), Onto()):
            assert verify(rule, axiom, Rankings(("a", "b", "c")), agents=2).word == "proved"
        assert main(["check", str(proof)]) == 0

    def test_counted(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*SOME, "--count", "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert (written["status"], written["rules"], written["complete"]) == ("possible", 2, True)
        assert main([*NONE, "--count"]) == 0
        assert capsys.readouterr().out.endswith("\n0 rules\n")

    def test_counting_is_stopped(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*VOTE, "--axiom", "onto", "--count", "--seconds", "1", "--json"]) == 3
        written = json.loads(capsys.readouterr().out)
        assert not written["complete"]
        assert written["rules"] > 1

    def test_moulin(self, capsys: pytest.CaptureFixture[str]) -> None:
        line = ["impossible", "--setting", "line", "--points", "2", "--agents", "2"]
        assert main([*line, "--axiom", "SP", "--count", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["rules"] > 2


class TestSavedRules:
    """A saved rule is no certificate, and the checker says what it is."""

    def test_they_are_told_apart(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "rule.json"
        assert main([*VOTE, "--axiom", "SP", "--out", str(path)]) == 0
        assert main(["check", str(path)]) == 2
        assert "is a saved rule and no certificate" in capsys.readouterr().err


class TestStopped:
    """Where the time is over nothing is known; exit code 3."""

    def test_at_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*NONE, "--seconds", "1e-9", "--json"]) == 3
        assert json.loads(capsys.readouterr().out)["status"] == "unknown"

    def test_nothing_is_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "x.json"
        assert main([*NONE, "--seconds", "1e-9", "--certificate", str(path)]) == 3
        assert "nothing was proved" in capsys.readouterr().err
        assert not path.exists()

    def test_in_time(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*NONE, "--seconds", "60"]) == 0
        assert "some may be spared" not in capsys.readouterr().out

    def test_while_it_is_made_smaller(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = importlib.import_module("mechsim.design.impossible")

        def is_over(end: float | None) -> bool:
            return end is not None

        monkeypatch.setattr(module, "_is_over", is_over)
        assert main([*NONE, "--seconds", "60"]) == 0
        assert "(60 seconds were over: some may be spared)" in capsys.readouterr().out


class TestRefused:
    """What makes no question is refused with one line; exit code 2."""

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ([*VOTE, "--axiom", "ontoo"], "names; did you mean 'onto'?"),
            ([*VOTE, "--names", "ann", "bob"], "candidates are counted or named"),
            ([*VOTE[:-3], "0", *VOTE[-2:]], "alternatives is 0: it must be from 1 to 26"),
            ([*VOTE, "--seconds", "0"], "seconds is 0: it must be more than 0"),
            ([*VOTE, "--picture", "x.doc"], "a picture must end in"),
            ([*VOTE, "--out", "nodir/x.json"], "there is no folder nodir"),
            (
                ["impossible", "--setting", "line", "--agents", "2", "--axiom", "sp"],
                "its types must be finitely many",
            ),
        ],
    )
    def test_one_line(
        self, asked: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(asked) == 2
        assert message in capsys.readouterr().err

    def test_hyphens_may_be_left_out(self) -> None:
        from mechsim.axioms import NonDictatorial, ParetoOptimal
        from mechsim.commands._names import axiom

        assert axiom("nondictatorial") == axiom("Non-Dictatorial") == NonDictatorial()
        assert axiom("paretooptimal") == ParetoOptimal()
