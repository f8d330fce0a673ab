"""`mechsim budget` funds the projects of a Pabulib file, and says how fair that is."""

import json
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from mechsim import village
from mechsim.__main__ import main
from mechsim.algorithms.ties import Lexicographic
from mechsim.budgeting import BWMES
from mechsim.commands.funding import RULES

VILLAGE = str(Path(str(files("mechsim"))) / "data" / "village.pb")


def ask(capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    assert main(["budget", VILLAGE, *options, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "mechsim/budget/1"
    return found


class TestAnswers:
    """What is printed is what the rules and axioms say."""

    def test_the_lottery(self, capsys: pytest.CaptureFixture[str]) -> None:
        election, ballots = village()
        lottery = BWMES(Lexicographic(), election).of_population(ballots)
        found = ask(capsys, "--seed", "3")
        assert [Fraction(p["probability"]) for p in found["projects"]] == list(lottery.marginals)
        assert Fraction(found["expected_cost"]) == election.budget
        drawn = {c for c, p in enumerate(found["projects"]) if p["drawn"]}
        assert lottery.core <= drawn
        assert Fraction(found["drawn_cost"]) == election.cost(frozenset(drawn))

    def test_verdicts(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The lottery is fair in expectation; the greedy rule leaves a group with nothing."""

        def words(*options: str) -> dict[str, str]:
            return {row["axiom"]: row["verdict"] for row in ask(capsys, *options)["axioms"]}

        fair, greedy = words(), words("--mechanism", "greedy")
        for axiom in ("IFS", "UFS", "strong IFS", "strong UFS", "JR", "PJR", "EJR", "BB1"):
            assert fair[axiom] == "holds"
        assert greedy["JR"] == greedy["EJR"] == greedy["core"] == "fails"
        assert greedy["exhaustive"] == "holds"

    @pytest.mark.parametrize("name", RULES)
    def test_every_mechanism(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["budget", VILLAGE, "--mechanism", name]) == 0
        told = capsys.readouterr().out
        assert "12 voters" in told
        assert "axiom" in told

    def test_explain(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["budget", VILLAGE, "--explain", "well"]) == 0
        told = capsys.readouterr().out
        assert "costs 9,000" in told
        assert main(["budget", VILLAGE, "--explain", "castle"]) == 2
        assert "explain is 'castle'" in capsys.readouterr().err

    def test_picture(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "lottery.png"
        assert main(["budget", VILLAGE, "--picture", str(path)]) == 0
        assert path.stat().st_size > 10_000
        capsys.readouterr()

    def test_undecided_is_no_tick(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Seventeen projects are too many for the core, and that is what is said."""
        rows = "".join(f"p{k};1\n" for k in range(17))
        votes = ",".join(f"p{k}" for k in range(17))
        path = tmp_path / "many.pb"
        path.write_text(
            "META\nkey;value\nbudget;5\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
            f"{rows}VOTES\nvoter_id;vote\n1;{votes}\n2;p1\n"
        )
        assert main(["budget", str(path), "--json"]) == 0
        axioms = {r["axiom"]: r["verdict"] for r in json.loads(capsys.readouterr().out)["axioms"]}
        assert axioms["core"] == axioms["FJR"] == "not decided"
