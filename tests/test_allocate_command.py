"""``mechsim allocate`` and the files that it reads."""

import json
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from divisions import FEIGE_SAPIR_TAUBER

from mechsim import Goods
from mechsim.__main__ import main
from mechsim.allocation import (
    EnvyCycle,
    OneTakesAll,
    QuotaSerialDictatorship,
    RoundRobin,
    WeightedPicking,
    allocate,
)
from mechsim.commands.allocating import OF_COSTS, OF_ENTITLEMENTS, RULES
from mechsim.preferences import CostUtilities, read_values

NINE = "\n".join(",".join(map(str, row)) for row in FEIGE_SAPIR_TAUBER)


def written(folder: Path, text: str, name: str = "values.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


class TestFiles:
    """One agent a row, one good a column; names are recognised and come back."""

    @pytest.mark.parametrize(
        ("text", "goods", "agents"),
        [
            ("4,0,1/2\n3,2,1\n", ("good 1", "good 2", "good 3"), ()),
            ("car,dog,egg\n4,0,.5\n3,2,1\n", ("car", "dog", "egg"), ()),
            (",car,dog,egg\nann,4,0,.5\nbob,3,2,1\n", ("car", "dog", "egg"), ("ann", "bob")),
            ("agent;car;dog;egg\n1;4;0;0,5\n2;3;2;1\n", ("car", "dog", "egg"), ("1", "2")),
            ("car,dog,egg\nann,4,0,.5\nbob,3,2,1\n", ("car", "dog", "egg"), ("ann", "bob")),
            ("4;0;0,5\n3;2;1\n", ("good 1", "good 2", "good 3"), ()),
            ("ann\t4\t0\t0,5\nbob\t3\t2\t1\n", ("good 1", "good 2", "good 3"), ("ann", "bob")),
            ("\ufeff4,0,.5\r\n\r\n3,2,1\r\n", ("good 1", "good 2", "good 3"), ()),
        ],
    )
    def test_text(
        self, tmp_path: Path, text: str, goods: tuple[str, ...], agents: tuple[str, ...]
    ) -> None:
        found = read_values(written(tmp_path, text))
        assert found.setting == Goods(goods, agents=agents)
        assert found.reports == ((4, 0, Fraction(1, 2)), (3, 2, 1))

    @pytest.mark.parametrize(
        "data",
        [
            [[4, 0, 0.5], [3, 2, 1]],
            {"values": [["4", 0, "1/2"], [3, 2, 1]], "goods": ["car", "dog", "egg"]},
            {"ann": {"car": 4, "dog": 0, "egg": 0.5}, "bob": {"egg": 1, "dog": 2, "car": 3}},
        ],
    )
    def test_json(self, tmp_path: Path, data: Any) -> None:
        found = read_values(written(tmp_path, json.dumps(data), "values.json"))
        assert found.reports == ((4, 0, Fraction(1, 2)), (3, 2, 1))

    def test_cost_utilities(self, tmp_path: Path) -> None:
        text = "car,dog,egg\nann,1,0,1\nbob,0,1,0\n"
        found = read_values(written(tmp_path, text), costs=(3, 2, 1))
        goods = CostUtilities(("car", "dog", "egg"), (3, 2, 1), agents=("ann", "bob"))
        assert (found.setting, found.reports) == (goods, goods.read([["car", "egg"], ["dog"]]))
        data = {"costs": [3, 2, 1], "approvals": [["good 1", 2], [1]], "agents": ["ann", "bob"]}
        again = read_values(written(tmp_path, json.dumps(data), "wants.json"))
        assert again.reports == found.reports

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "is empty: it must have one row an agent"),
            ("car,dog\n", "has a header only"),
            ("car,dog\n1,x\n", r"row 1, column 'dog': it is 'x': it must be a number"),
            ("car,dog\nann,1,2\nbob,1\n", "row 2: it has 1 values: it must have one for each of 2"),
            (
                ",car,dog,egg\nann,4,1\nbob,3,2,1\n",
                "row 1: it has 2 values: it must have",
            ),
            ("-1,2\n1,2\n", "values has 2 .* and -1"),
            ("1,2\n3\n", "row 2: it has 1 values: it must have one for each of 2 goods"),
            ("car,car\n1,2\n", "goods has 'car' twice"),
            (",car,dog\nann,1,2\nann,2,1\n", "agents has 'ann' twice"),
            ("ann,4,O\nbob,3,2\n", r"row 1, column 3: it is 'O': it must be a number"),
            ("1/0,2\n3,4\n", "some rows begin with a number and some do not"),
            ("1,2\n1,nan\n", "it is 'nan': it must be a number"),
        ],
    )
    def test_bad_text(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            read_values(written(tmp_path, text))

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ("{", "it is no JSON"),
            ("3", "it must be an object with values, or a list of rows"),
            ("[]", "values is empty"),
            ("[1]", "row 1: it is 1: it must be a list of numbers"),
            ("[[true]]", "row 1, column 1: it is True: it must be a number"),
            ('{"values": [[1]], "gods": ["a"]}', "it has gods: it may have goods, agents"),
            (
                '{"ann": {"car": 1}, "bob": {"dog": 1}}',
                "bob has values of dog: they must be of car",
            ),
            ('{"approvals": [[0]]}', "it has approvals and no costs"),
            ('{"values": 5}', "values is 5: it must be a list"),
            ('{"values": [[1]], "agents": "a"}', "agents is 'a': it must be a list"),
            ('{"ann": {"car": 1, "car": 2}}', "it has 'car' twice"),
            ('{"values": [[1]], "costs": [1]}', "it has values, and costs or approvals"),
            ('{"goods": 7}', "it must have values, or an object of its values for each agent"),
        ],
    )
    def test_bad_json(self, tmp_path: Path, data: str, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            read_values(written(tmp_path, data, "values.json"))

    def test_other_faults(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="there is no such file"):
            read_values(tmp_path / "none.csv")
        (tmp_path / "latin.csv").write_bytes(b"caf\xe9\n1\n")
        with pytest.raises(ValueError, match="it is not UTF-8 text: byte 3"):
            read_values(tmp_path / "latin.csv")
        with pytest.raises(ValueError, match="row 1, column 2: it is 2: with costs, entries are 1"):
            read_values(written(tmp_path, "1,2\n"), costs=(1, 1))
        data = '{"costs": [1], "approvals": [[0]]}'
        with pytest.raises(ValueError, match=r"costs is given, and .* has costs of its own"):
            read_values(written(tmp_path, data, "wants.json"), costs=(1,))


class TestAllocate:
    """Values in, an allocation out."""

    def test_names(self) -> None:
        """Those of a data frame, of a mapping, or none."""
        pandas = pytest.importorskip("pandas")
        rows = {"ann": {"car": 4, "dog": 0, "egg": 0}, "bob": {"car": 3, "dog": 2, "egg": 1}}
        frame = pandas.DataFrame(rows).T
        for found in (allocate(rows), allocate(frame)):
            assert found.names() == {"ann": ["car"], "bob": ["dog", "egg"]}
        found = allocate([[4, 0, 0], [3, 2, 1]], RoundRobin)
        assert found.names() == {"agent 0": ["good 1", "good 3"], "agent 1": ["good 2"]}
        assert found.verdicts["MMS"].word == "refuted"
        assert "agent 1 lacks 1" in str(found)
        assert found.better is None

    def test_no_better(self) -> None:
        found = allocate(FEIGE_SAPIR_TAUBER, EnvyCycle)
        assert found.better is not None
        assert found.to_json()["best_ratio_below_1"] == "39/40"
        assert "at most 39/40" in str(found) or "more than 39/40" in str(found)
        assert "more than 39/40" in found._repr_html_()

    def test_faults(self) -> None:
        with pytest.raises(ValueError, match=r"values\['bob'\] is of dog: it must be of car"):
            allocate({"ann": {"car": 1}, "bob": {"dog": 1}})
        with pytest.raises(ValueError, match="values is 3: it must have a row an agent"):
            allocate(3)
        with pytest.raises(ValueError, match="which is no allocation"):
            allocate([[1]], _nothing)

    def test_a_function_of_reports(self) -> None:
        """One's own rule is a function, or was made before."""
        goods = Goods(("car", "dog"))
        for rule in (_first_takes_all, OneTakesAll(0, goods)):
            found = allocate([[1, 1], [1, 1]], rule)
            assert found.bundles == (frozenset({0, 1}), frozenset())

    def test_faults_of_what_makes_a_rule(self) -> None:
        """They are told, and the function is not taken for a rule itself."""
        with pytest.raises(ValueError, match="quotas add up to 3"):
            allocate([[1, 1], [1, 1]], _three_each)

    def test_entitlements_by_name(self) -> None:
        rows = {"ann": {"car": 1, "dog": 1, "egg": 1}, "bob": {"car": 1, "dog": 1, "egg": 1}}
        entitlements: tuple[Any, ...] = (
            {"bob": 0.5, "ann": 0.25},
            (Fraction(1, 3), Fraction(2, 3)),
        )
        for given in entitlements:
            found = allocate(rows, WeightedPicking, entitlements=given)
            assert list(found.entitlements) == [1, 2]
            assert len(found.names()["bob"]) == 2
        with pytest.raises(ValueError, match="entitlements is of ann: it must be of ann, bob"):
            allocate(rows, WeightedPicking, entitlements={"ann": 1})

    def test_a_witness_of_inefficiency(self) -> None:
        found = allocate([[0, 1], [1, 0]], EnvyCycle)
        assert "better: agent 0: {good 2}, agent 1: {good 1}" in str(found)

    def test_mixed_signs(self) -> None:
        with pytest.raises(ValueError, match=r"values has 1 \(good 2, agent 0\) and -4"):
            allocate([[-4, 1], [-3, -2]])

    @pytest.mark.parametrize(
        ("values", "more", "message"),
        [
            ({"ann": [1, 2]}, {}, r"values\['ann'\] is \[1, 2\]: it must be a mapping"),
            ([[1]], {"rule": "mms"}, "rule is 'mms': it must make a rule from a setting"),
            ([[1]], {"agents": "a"}, "agents and goods are lists of names"),
            ({"ann": {"car": 1}}, {"agents": ["bob"]}, "values name them already"),
            ([[1]], {"rule": RoundRobin, "entitlements": (1,)}, "no setting with entitlements"),
            ([[1]], {"rule": WeightedPicking}, "it takes no setting alone"),
        ],
    )
    def test_other_faults(self, values: Any, more: dict[str, Any], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            allocate(values, **more)

    def test_small_floats_are_judged_in_their_unit(self) -> None:
        """Who gets nothing of goods worth 1e-10 is not treated fairly."""
        found = allocate([[1e-10, 2e-10], [1e-10, 1e-10]], partial(OneTakesAll, 0))
        assert {found.verdicts[name].word for name in ("EF", "EF1", "PROP", "MMS")} == {"refuted"}
        near = allocate([[0.1, 0.2, 0.3], [0.1, 0.2, 0.3]])
        assert "holds but for rounding" in str(near.judged())

    def test_floats_are_exact_where_shares_are_compared(self) -> None:
        """0.1 + 0.2 is more than the float 0.3, and not more than itself."""
        assert allocate([[0.1, 0.2, 0.4]] * 2).verdicts["MMS"].word in ("survived", "proved")
        assert allocate([[0.1, 0.2, 0.4]] * 2).better is None

    def test_a_rule_with_arguments(self) -> None:
        found = allocate([[1, 1], [1, 1]], partial(OneTakesAll, 1))
        assert found.bundles == (frozenset(), frozenset({0, 1}))


def _first_takes_all(reports: Any) -> tuple[frozenset[int], ...]:
    return (frozenset(range(len(reports[0]))), *(frozenset[int]() for _ in reports[1:]))


def _three_each(setting: Any) -> Any:
    return QuotaSerialDictatorship(setting, (3, 0))


class _TakesTooLong:
    def __init__(self, setting: Any) -> None:
        self.setting = setting

    def __call__(self, reports: Any) -> Any:
        raise TimeoutError("not in time")


_takes_too_long = _TakesTooLong


def _none(reports: Any) -> tuple[frozenset[int], ...]:
    return ()


def _nothing(setting: Any) -> Any:
    """A rule that returns no allocation."""
    return _none


class TestCommand:
    """A table, JSON, a picture and a certificate."""

    def test_a_table(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = written(tmp_path, ",car,dog,egg\nann,4,0,0\nbob,3,2,1\n")
        assert main(["allocate", str(path), "--mechanism", "round-robin"]) == 0
        told = capsys.readouterr().out
        assert "2 agents, 3 goods; round-robin, ties go to earlier agents and goods" in told
        assert "bob         {dog}      2              3    2/3" in told
        assert "bob lacks 1" in told

    def test_json_and_more(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = written(tmp_path, NINE)
        picture, proof = tmp_path / "bundles.svg", tmp_path / "none.json"
        more = ["--picture", str(picture), "--certificate", str(proof)]
        assert main(["allocate", str(path), "--json", *more]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["schema"] == "mechsim/allocate/1"
        assert told["best_ratio_below_1"] == "39/40"
        assert [agent["maximin_share"] for agent in told["agents"]] == ["40"] * 3
        assert picture.read_text(encoding="utf-8").startswith("<?xml")
        assert main(["check", str(proof)]) == 0

    def test_costs(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = written(tmp_path, "1,1,1\n1,1,0\n0,0,1\n")
        for mechanism in ("laminar", "three-agents", "mms"):
            asked = ["allocate", str(path), "--mechanism", mechanism, "--costs", "3, 2, 1"]
            assert main(asked) == 0
            assert "MMS" in capsys.readouterr().out

    @pytest.mark.parametrize("name", [n for n in RULES if n not in (*OF_COSTS, "picking")])
    def test_each_rule(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
        path = written(tmp_path, "car,dog,egg\n4,0,1\n3,2,1\n")
        assert main(["allocate", str(path), "--mechanism", name, "--json"]) == 0
        agents = json.loads(capsys.readouterr().out)["agents"]
        assert sorted(g for agent in agents for g in agent["bundle"]) == ["car", "dog", "egg"]

    @pytest.mark.parametrize("name", ["round-robin", "leximin"])
    def test_chores(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
        path = written(tmp_path, ",cook,wash,shop\nann,-4,-1,-1\nbob,-3,-2,-1\n")
        picture = str(tmp_path / "chores.png")
        assert main(["allocate", str(path), "--mechanism", name, "--picture", picture]) == 0
        told = capsys.readouterr().out
        assert name != "leximin" or "ann    {wash, shop}" in told
        assert main(["allocate", str(path), "--mechanism", "mnw"]) == 2
        assert "chores" in capsys.readouterr().err.lower()

    def test_too_long(
        self,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """What is not found in time is unknown."""
        monkeypatch.setitem(RULES, "mms", _takes_too_long)
        assert main(["allocate", str(written(tmp_path, "1,1\n1,1\n"))]) == 3
        assert "not in time" in capsys.readouterr().err

    @pytest.mark.parametrize("name", OF_ENTITLEMENTS)
    def test_entitlements(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        path = written(tmp_path, "1,1,1\n1,1,1\n")
        assert main(["allocate", str(path), "--mechanism", name, "--entitlements", "1/2,1"]) == 0
        told = capsys.readouterr().out
        assert "WPROP     holds" in told
        assert "agent 1  {good 2, good 3}" in told

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            (["--mechanism", "picking"], "picking: it needs --entitlements"),
            (["--entitlements", "1,2"], "only mnw and picking use them"),
            (["--mechanism", "mnw", "--entitlements", "1,2,3"], "entitlements"),
            (["--mechanism", "laminar"], "laminar: it needs --costs"),
            (["--certificate", "{}/x.json"], "everybody can have its maximin share"),
            (["--picture", "{}/x.xyz"], "a picture must end in"),
            (["--costs", "a,b"], "'a' is not a number"),
        ],
    )
    def test_faults(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str], message: str
    ) -> None:
        path = written(tmp_path, "1,1\n1,1\n")
        assert main(["allocate", str(path), *(a.format(tmp_path) for a in asked)]) == 2
        assert message in capsys.readouterr().err
