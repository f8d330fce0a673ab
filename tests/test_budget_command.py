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
from mechsim.axioms import fully_justified
from mechsim.axioms._cohesion import searched
from mechsim.axioms._groups_by_program import TRUSTED
from mechsim.budgeting import BWMES
from mechsim.commands._funding_rules import OF_POINTS, RULES

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

    @pytest.mark.parametrize("name", OF_POINTS)
    def test_points(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Two small wishes, worth 2, or a large one, worth 5, that the budget just pays for."""
        path = tmp_path / "stars.pb"
        path.write_text(
            "META\nkey;value\nnum_projects;3\nnum_votes;2\nbudget;4\nvote_type;cumulative\n"
            "PROJECTS\nproject_id;cost\nsun;4\nmoon;1\nmars;1\n"
            "VOTES\nvoter_id;vote;points\n1;sun,moon;5,2\n2;mars;2\n"
        )
        assert main(["budget", str(path), "--points", "--mechanism", name, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["points"] is True
        ballots = [group["ballot"] for group in found["groups"]]
        assert ballots == [{"sun": "5", "moon": "2"}, {"mars": "2"}]
        sure = {p["id"] for p in found["projects"] if p["probability"] == "1"}
        verdicts = {row["axiom"]: row["verdict"] for row in found["axioms"]}
        if name.startswith("mes"):
            assert sure == {"moon", "mars"}
            assert verdicts["JR of points"] == verdicts["EJR of points up to one"] == "holds"
        elif name in ("greedy", "max-utility"):
            assert sure == {"sun"}
            assert verdicts["JR of points"] == "fails"
        assert main(["budget", str(path), "--points", "--mechanism", name]) == 0
        assert "cumulative votes read as points" in capsys.readouterr().out

    def test_points_are_not_for_all_rules(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["budget", VILLAGE, "--points"]) == 2
        assert "mechanism is 'bw-mes': with --points it must be" in capsys.readouterr().err

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

    def test_what_a_solver_says_is_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of the core of 18 projects HiGHS decides; without time nothing is said to hold."""
        path = tmp_path / "ring.pb"
        costs = "".join(f"p{k};1\n" for k in range(18))
        votes = "".join(
            f"{k};{','.join(f'p{(k + j) % 18}' for j in range(12))}\n" for k in range(18)
        )
        path.write_text(
            "META\nkey;value\nbudget;9\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
            f"{costs}VOTES\nvoter_id;vote\n{votes}"
        )
        assert self.core(path, capsys) == ("holds", f"granted {TRUSTED}")
        searched.cache_clear()
        monkeypatch.setattr(fully_justified, "SECONDS", 1e-6)
        word, why = self.core(path, capsys)
        assert word == "not decided"
        assert why.startswith("HiGHS did not find in")

    def core(self, path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
        assert main(["budget", str(path), "--mechanism", "greedy", "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)["axioms"]
        (row,) = (row for row in rows if row["axiom"] == "core")
        return row["verdict"], row["witness"]
