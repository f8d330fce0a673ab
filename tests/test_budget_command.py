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
        told = capsys.readouterr().out
        assert "cumulative votes read as points" in told
        assert "votes  points  probability" in told
        assert [p["points"] for p in found["projects"]] == ["5", "2", "2"]
        for project in ("sun", "mars"):
            command = ["budget", str(path), "--points", "--mechanism", name]
            assert main([*command, "--explain", project]) == 0
            assert "1 vote and " in capsys.readouterr().out

    def test_points_are_not_for_all_rules(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["budget", VILLAGE, "--points"]) == 2
        assert "mechanism is 'bw-mes': with --points it must be" in capsys.readouterr().err

    def test_explain(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["budget", VILLAGE, "--explain", "well"]) == 0
        told = capsys.readouterr().out
        assert "costs 9,000" in told
        assert main(["budget", VILLAGE, "--explain", "castle"]) == 2
        assert "explain is 'castle'" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("name", "project", "told"),
        [
            ("greedy", "orchard", "by most votes, and it is number 4 of 6: then 0 is left of the"),
            ("greedy-ratio", "hall", "for their cost, and it is number 5 of 6: then 7,000.50 is"),
            ("mes", "hall", "its supporters have 4,100.17 left of their equal shares, 68.3 % of"),
            ("mes-add1u", "hall", "Add1 raises each voter's share 1,428 times. It was bought as"),
            ("mes-cost-add1", "bridge", "Add1 raises each voter's share 1,000 times. In the end"),
            ("bw-mes", "hall", "What is left over is spent on further projects"),
            ("bw-gcr", "hall", "No group that can pay for it"),
            ("gcr", "well", "a group of 6 voters can pay for with its equal shares"),
            ("phragmen", "hall", "It came before that."),
            ("max-utility", "hall", "has 26 votes together, the most"),
            ("random-dictator", "hall", "4 of 12 voters would buy it"),
        ],
    )
    def test_reasons(
        self, name: str, project: str, told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each rule has its own."""
        assert main(["budget", VILLAGE, "--mechanism", name, "--explain", project]) == 0
        assert told in capsys.readouterr().out

    def test_reasons_by_title_as_json_and_with_a_picture(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "lottery.svg"
        options = ["--explain", "Street lamps", "--json", "--picture", str(path)]
        assert main(["budget", VILLAGE, *options]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["schema"] == "mechsim/budget-explained/1"
        assert (found["id"], found["title"]) == ("lamps", "Street lamps")
        assert found["reasons"][1] == "It is funded for sure."
        assert path.stat().st_size > 1_000

    def test_completions_count_what_they_complete(self) -> None:
        """Names say what a project is worth; add1 raises shares until the budget is passed."""
        election, ballots = village()
        for name, worth in (("mes", "cardinality"), ("mes-cost", "cost")):
            for completion in ("", "-add1", "-add1u"):
                rule = RULES[name + completion](election, step=500)
                assert rule.satisfaction == worth
                assert rule.completion == (completion[1:] or "none")
                rounds = list(rule.rounds(tuple(ballots.classes())))
                assert rounds[-1] == rule.of_population(ballots)
                assert len(rounds) == 1 or completion

    def test_steps(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["budget", VILLAGE, "--step", "2"]) == 2
        assert "--mechanism bw-mes has no steps" in capsys.readouterr().err
        options = ["--mechanism", "mes-add1", "--step", "500.5", "--explain", "hall"]
        assert main(["budget", VILLAGE, *options]) == 0
        assert "share 2 times" in capsys.readouterr().out

    def test_what_is_easily_overlooked(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A lottery may spend more than the budget; Equal Shares may spend nothing."""
        for seed in range(9):
            assert main(["budget", VILLAGE, "--seed", str(seed)]) == 0
            told = capsys.readouterr().out
            assert "more than the budget, by less than 12,000.50: see BB1" in told
            assert "BB1, budget balance up to one: " in told
            drawn = any("bridge" in row and "drawn" in row for row in told.splitlines())
            assert (", which is " in told) == drawn  # with the hall or without
            assert "which is 11,000 more than" in told or "which is 5,000 more" in told or not drawn
        path = tmp_path / "poor.pb"
        path.write_text(
            "META\nkey;value\nbudget;4\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
            "sun;4\nmoon;4\nVOTES\nvoter_id;vote\n1;sun\n2;moon\n"
        )
        assert main(["budget", str(path), "--mechanism", "mes"]) == 0
        told = capsys.readouterr().out
        assert "no group of voters can pay for a project: --mechanism mes-add1 or bw-mes" in told

    def test_faults_of_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """They are told in a line each, and not where Python met them."""
        path = tmp_path / "twice.pb"
        text = Path(VILLAGE).read_text(encoding="utf-8").rstrip() + "\n"
        last = text.splitlines()[-1]
        path.write_text(f"{text}{last}\n{last}\n".replace("num_votes;12", "num_votes;14"))
        assert main(["budget", str(path)]) == 2
        assert "is repeated, from line" in capsys.readouterr().err
        assert main(["budget", str(path), "--lenient", "--mechanism", "greedy"]) == 0
        (told,) = capsys.readouterr().err.splitlines()
        assert told.startswith(f"mechsim: warning: {path}, line")
        assert told.endswith("all votes count (1 more like this)")

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ([VILLAGE, "--seed", "-1"], "mechsim: seed is -1: it must be a whole number, at least"),
            ([VILLAGE, "--explain", "orchrd"], "did you mean 'orchard', 'Orchard'?"),
            (["none.pb"], "mechsim: none.pb: No such file or directory"),
        ],
    )
    def test_bad_arguments(
        self, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["budget", *options]) == 2
        assert message in capsys.readouterr().err

    def test_titles_and_what_groups_could_buy(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = ask(capsys)
        assert found["projects"][0]["title"] == "Repair the well"
        alone = [Fraction(group["alone"]) for group in found["groups"][:2]]
        left = Fraction("0.25"), Fraction("1000.125")  # of shares of 12000.25 and 6000.125
        assert alone == [2 + left[0] / Fraction("12000.5"), 2 + left[1] / 6000]

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
        monkeypatch.setattr(fully_justified, "SECONDS", 120.0)  # however busy the machine is
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
