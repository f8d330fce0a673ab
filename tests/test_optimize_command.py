"""``mechsim optimize``: what it prints and writes, and how it exits."""

import json
from pathlib import Path

import pytest

from mechsim.__main__ import main
from mechsim.design import load

LINE = ["optimize", "--setting", "line", "--points", "5", "--agents", "2"]
BEST = [*LINE, "--objective", "max-cost", "--axiom", "strategyproof"]


class TestBest:
    """The best mechanism is printed with its proof, saved, and certified."""

    def test_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(BEST) == 0
        printed = capsys.readouterr().out
        assert "with Strategyproof: 3/2, proved by 7 of 250 rows" in printed
        assert "multiplier" in printed

    def test_certified_and_saved(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        proof, best = tmp_path / "proof.json", tmp_path / "best.json"
        assert main([*BEST, "--certificate", str(proof), "--out", str(best)]) == 0
        assert main(["check", str(proof)]) == 0
        assert "the minimum of this program of 226 variables" in capsys.readouterr().out
        assert str(load(best).value) == "3/2"

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*BEST, "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert (written["schema"], written["answer"]) == ("mechsim/optimize/1", "best")
        assert written["value"] == "3/2"
        assert len(written["proof"]) == 7

    @pytest.mark.parametrize(
        ("objective", "value"),
        [
            ("average:total-cost", "2/5"),
            ("worst:max-cost", "3/4"),
            ("regret:total-cost", ": 0,"),
            ("welfare", "-2/5"),
        ],
    )
    def test_readings(self, objective: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*LINE, "--objective", objective, "--axiom", "sp"]) == 0
        assert value in capsys.readouterr().out

    def test_auction(self, capsys: pytest.CaptureFixture[str]) -> None:
        setting = ["--setting", "positions", "--effects", "1", "--values", "1", "2"]
        rest = ["--agents", "2", "--objective", "revenue", "--axiom", "sp", "--axiom", "ex-ante:ir"]
        assert main(["optimize", *setting, *rest]) == 0
        assert "with payments (0, 2)" in capsys.readouterr().out


class TestNone:
    """Where there is no mechanism the rows that contradict each other are printed; exit code 1."""

    def test_core(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        proof = tmp_path / "none.json"
        asked = [*LINE, "--objective", "max-cost", "--axiom", "sp", "--axiom", "sprop"]
        assert main([*asked, "--certificate", str(proof)]) == 1
        assert "these 7 rows contradict each other" in capsys.readouterr().out
        assert main(["check", str(proof)]) == 0
        assert main([*asked, "--json"]) == 1
        printed = capsys.readouterr().out
        written = json.loads(printed[printed.index("{") :])
        assert (written["answer"], len(written["core"])) == ("none", 7)

    def test_nothing_to_save(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked = [*LINE, "--objective", "max-cost", "--axiom", "sp", "--axiom", "sprop"]
        path = tmp_path / "x.json"
        assert main([*asked, "--out", str(path)]) == 1
        assert "there is no best mechanism to save" in capsys.readouterr().err
        assert not path.exists()


class TestStopped:
    """Where the time is over a bound is printed, if one is known; exit code 3."""

    def test_at_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*BEST, "--seconds", "1e-9"]) == 3
        assert "the time was over" in capsys.readouterr().out
        assert main([*BEST, "--seconds", "1e-9", "--json"]) == 3
        assert json.loads(capsys.readouterr().out)["bound"] is None


class TestRefused:
    """What makes no question is refused with one line; exit code 2."""

    @pytest.mark.parametrize(
        ("objective", "message"),
        [("max", "objective is 'max': it must be one of"), ("best:max-cost", "with a prefix")],
    )
    def test_objective(
        self, objective: str, message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*LINE, "--objective", objective]) == 2
        assert message in capsys.readouterr().err

    def test_gains(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Clicks are worth something, so that their cost is negative and a ratio says nothing."""
        setting = ["--setting", "positions", "--effects", "1", "--values", "1", "2"]
        asked = ["optimize", *setting, "--agents", "2", "--axiom", "sp", "--objective"]
        assert main([*asked, "max-cost"]) == 2
        assert "objective is WorstCaseRatio(MaxCost): on Positions" in capsys.readouterr().err
        assert main([*asked, "average:max-cost"]) == 0

    def test_continuum(self, capsys: pytest.CaptureFixture[str]) -> None:
        setting = ["optimize", "--setting", "line", "--agents", "2"]
        assert main([*setting, "--objective", "max-cost"]) == 2
        assert "its types must be finitely many, as on a grid" in capsys.readouterr().err
