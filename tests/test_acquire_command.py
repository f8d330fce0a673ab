"""`mechsim acquire` reads experts from a file, and says whom to ask and what to pay."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from mechsim.__main__ import main
from mechsim.information.hiring_files import read_hiring

REST: dict[str, Any] = {"name": "rest", "cost": 0, "likelihood": [[1, 0, 0]] * 4}
WORK: dict[str, Any] = {
    "name": "work",
    "cost": 1,
    "likelihood": [[0, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]],
}
PAIR: dict[str, Any] = {
    "worlds": [
        {"state": "rise", "probability": 0.3},
        {"state": "fall", "probability": "1/5"},
        {"state": "fall", "probability": 0.3},
        {"state": "rise", "probability": 0.2},
    ],
    "experts": [
        {"name": name, "signals": ["nothing", "one", "zero"], "efforts": [REST, WORK]}
        for name in ("Ann", "Bob")
    ],
    "decision": {"guess": 100},
    "cap": 5,
}
ONE: dict[str, Any] = {
    "states": {"rise": "1/2", "fall": "1/2"},
    "experts": [
        {
            "name": "Ann",
            "signals": ["nothing", "up", "down"],
            "efforts": [
                {"name": "rest", "cost": 0, "likelihood": [[1, 0, 0], [1, 0, 0]]},
                {"name": "glance", "cost": 0.1, "likelihood": [[0, 0.7, 0.3], [0, 0.3, 0.7]]},
                {"name": "study", "cost": 0.3, "likelihood": [[0, 0.9, 0.1], [0, 0.1, 0.9]]},
            ],
        }
    ],
    "decision": {"actions": ["buy", "sell"], "utility": [[10, 0], [0, 10]]},
    "cap": 10,
}


def write(folder: Path, data: Any) -> str:
    path = folder / "experts.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return str(path)


class TestAnswers:
    """IA-1 and IA-0, from files."""

    def test_pair(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path, proof = write(tmp_path, PAIR), tmp_path / "proof.json"
        assert main(["acquire", path, "--json", "--certificate", str(proof)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["schema"] == "mechsim/acquire/1"
        assert (found["value"], found["obedient"]) == ("115/2", "proved")
        chances = {tuple(one["efforts"]): one["probability"] for one in found["plan"]}
        assert chances == {
            ("work", "work"): "1/4",
            ("rest", "work"): "3/8",
            ("work", "rest"): "3/8",
        }
        assert found["expected_pay"] == {"Ann": "5/4", "Bob": "5/4"}
        assert found["certificate"]
        assert main(["check", str(proof)]) == 0
        assert "115/2" in capsys.readouterr().out

    def test_words(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["acquire", write(tmp_path, ONE)]) == 0
        told = capsys.readouterr().out
        assert "worth 81/10 to the principal, the most there is" in told
        assert "obeyed: nobody gains by any of" in told

    def test_options(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With a cap of 10 more is left; always the same efforts leave 56."""
        path = write(tmp_path, PAIR)
        assert main(["acquire", path, "--cap", "10", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["value"] == "520/9"
        assert main(["acquire", path, "--deterministic"]) == 0
        told = capsys.readouterr().out
        assert "worth 56 to the principal, the most by always the same efforts" in told

    def test_too_dear(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Where work costs more than the cap, all rest, unpaid."""
        data = deepcopy(PAIR)
        for expert in data["experts"]:
            expert["efforts"] = [REST, {**WORK, "cost": 9}]
        assert main(["acquire", write(tmp_path, data), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["plan"] == [{"efforts": ["rest", "rest"], "probability": "1"}]
        assert (found["value"], found["payments"]) == ("50", [])

    def test_exact(self, tmp_path: Path) -> None:
        """Decimals are what they say: three tenths, not a float near it."""
        given = read_hiring(write(tmp_path, ONE))
        assert str(given.setting.effort(0, "study").cost) == "3/10"


def changed(path: list[Any], value: Any, base: dict[str, Any] = ONE) -> dict[str, Any]:
    data: dict[str, Any] = deepcopy(base)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


class TestDoor:
    """What is wrong with a file is said with the name of the field."""

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ("{", "it is no JSON"),
            ([], r"the file is \[\]: it must be an object"),
            (changed(["cap"], None), "the file has no field 'cap'"),
            (changed(["cap"], "much"), "cap is 'much': it must be a number"),
            (changed(["cap"], -1), "cap is -1: it must be positive"),
            (changed(["prize"], 1), "the file has a field 'prize'"),
            (changed(["worlds"], []), "the file must have one of them"),
            (changed(["states", "rise"], 0.25), "probability of worlds sums to 3/4"),
            ('{"cap": 1, "cap": 2}', "the field 'cap' is given twice"),
            ("[" * 100_000, "it is no JSON"),
            (changed(["cap"], 1e300), "cap is 1e\\+300: it must be a number"),
            (changed(["experts"], [ONE["experts"][0]] * 2), "experts lists 'Ann' twice"),
            (changed(["states"], 3), "states is 3: it must be an object"),
            (
                changed(["worlds", 1, "state"], 7, PAIR),
                r"worlds\[1\].state is 7: it must be text",
            ),
            (changed(["experts"], []), r"experts is \[\]: it must be a list"),
            (changed(["experts", 0, "name"], ""), r"experts\[0\].name is '': it must be text"),
            (
                changed(["experts", 0, "efforts", 2, "cost"], None),
                r"experts\[0\].efforts\[2\] has no field 'cost'",
            ),
            (
                changed(["experts", 0, "efforts", 1, "likelihood", 1], [0, 0.5, 0.7]),
                r"experts\[0\].efforts\[1\].likelihood\[1\] sums to 6/5: it must sum to 1",
            ),
            (
                changed(["experts", 0, "efforts", 1, "likelihood", 1, 0], -0.5),
                r"experts\[0\].efforts\[1\].likelihood\[1\]\[0\] is -1/2: it must be at least 0",
            ),
            (changed(["decision", "actions"], None), "decision has no field 'actions'"),
            (changed(["decision", "utility", 1, 1], True), r"decision.utility\[1\]\[1\] is True"),
            (changed(["decision", "guess"], 3), "decision has a field 'actions'"),
        ],
    )
    def test_refusals(
        self, data: Any, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path, data)
        with pytest.raises(ValueError, match=message):
            read_hiring(path)
        assert main(["acquire", path]) == 2
        assert path in capsys.readouterr().err

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="there is no such file"):
            read_hiring(tmp_path / "nothing.json")
