"""Certificates: whoever checks one needs little and believes nothing."""

import ast
import copy
import hashlib
import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from certified import CHECKER, SELF_CONTAINED, answer, made, nothing, refuted

from mechsim import Line
from mechsim.__main__ import main
from mechsim.axioms import (
    Strategyproof,
)
from mechsim.proving import certcheck, certificate, save

Capture: TypeAlias = pytest.CaptureFixture[str]
OWN = Path(__file__).parent / "own_rule.py"


class TestCheckerNeedsOnlyPython:
    """The checker imports the standard library alone, and runs from anywhere, on anything."""

    def test_its_imports(self) -> None:
        tree = ast.parse(CHECKER.read_text(encoding="utf-8"))
        modules: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                modules.add(str(node.module).split(".")[0])
        assert modules <= sys.stdlib_module_names
        called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {ast.unparse(func) for func in called}
        assert names.isdisjoint({"eval", "exec", "compile", "open", "__import__", "globals"})
        loaders = {name for name in names if name.startswith("importlib")}
        assert loaders == {"importlib.import_module", "importlib.util.find_spec"}

    @pytest.mark.parametrize("name", SELF_CONTAINED)
    def test_without_the_library(self, name: str, tmp_path: Path) -> None:
        """In a folder of its own, isolated, without site-packages."""
        checker = shutil.copy(CHECKER, tmp_path)
        save(made(name), tmp_path / "fine.json")
        done = isolated(checker, tmp_path / "fine.json")
        assert (done.returncode, done.stderr) == (0, "")
        assert made(name)["claim"] in done.stdout
        save(made(name) | {"claim": "anything"}, tmp_path / "edited.json")
        done = isolated(checker, tmp_path / "edited.json")
        assert (done.returncode, done.stderr) == (4, "")
        assert done.stdout.startswith("rejected: the claim does not follow")

    def test_what_is_no_certificate(self, tmp_path: Path) -> None:
        for k, content in enumerate(
            (
                "",
                "[1]",
                "{}",
                '{"schema": "mechsim/verdict/1"}',
                '{"a": 1, "a": 1}',
                '{"a": 0.5}',
                '{"a": NaN}',
                "[" * 100_000,
                '{"a": ' + "9" * 5_000 + "}",
            )
        ):
            path = tmp_path / f"{k}.json"
            path.write_text(content)
            with pytest.raises(certcheck.NoCertificate):
                certcheck.check(certcheck.read(path), certcheck.Door())
        kind = '"kind": "table"'
        twice = json.dumps(made("table")).replace(kind, f"{kind}, {kind}")
        (tmp_path / "twice.json").write_text(twice)
        with pytest.raises(certcheck.NoCertificate, match="a key is there twice"):
            certcheck.read(tmp_path / "twice.json")
        (tmp_path / "latin.json").write_bytes(b'"\xe9"')
        for missing in ("latin.json", "nowhere.json"):
            with pytest.raises(certcheck.NoCertificate, match="cannot be read"):
                certcheck.read(tmp_path / missing)
        assert isolated(CHECKER, tmp_path / "2.json").returncode == 2


def isolated(checker: str | Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-S", "-I", checker, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(checker).parent,
    )


class TestWhatIsImported:
    """Nothing is imported before it is named, trusted, and its source compared."""

    def test_the_command(self, tmp_path: Path, capsys: Capture) -> None:
        save(made("witness"), tmp_path / "mean.json")
        assert main(["check", str(tmp_path / "mean.json")]) == 0
        out = capsys.readouterr().out.splitlines()
        assert out[0] == "imports mechsim.facility.mean:Mean"
        assert out[-1] == f"accepted, witness, arithmetic exact: {made('witness')['claim']}"
        save(made("witness of a function"), tmp_path / "own.json")
        assert main(["check", str(tmp_path / "own.json")]) == 2
        assert capsys.readouterr().out == (
            "not checked: own_rule:midrange is a function; if you trust it, say --trust own_rule\n"
        )

    def test_a_function_in_another_process(self, tmp_path: Path) -> None:
        """It is found where one says, and called once it is trusted."""
        save(made("witness of a function"), tmp_path / "own.json")
        command = [sys.executable, "-E", str(CHECKER), str(tmp_path / "own.json")]
        for more, code in (
            ([], 2),
            (["--path", str(Path(__file__).parent)], 2),
            (["--trust", "own_rule"], 2),
            (["--trust", "own_rule", "--path", str(Path(__file__).parent)], 0),
        ):
            done = subprocess.run(
                [*command, *more], capture_output=True, text=True, check=False, cwd=tmp_path
            )
            assert (done.returncode, done.stderr) == (code, ""), done.stdout

    def test_a_module_that_cannot_be_run(self, tmp_path: Path, capsys: Capture) -> None:
        """Nothing is wrong with a certificate whose mechanism is not there to be played."""
        rule = tmp_path / "failing_rule.py"
        rule.write_text("import no_such_module_anywhere\n")
        bent = copy.deepcopy(made("witness of a function"))
        bent["statement"]["mechanism"] = {
            "import": "failing_rule:f",
            "arguments": None,
            "sha256": hashlib.sha256(rule.read_bytes()).hexdigest(),
        }
        save(bent, tmp_path / "bent.json")
        trust = ["--trust", "failing_rule", "--path", str(tmp_path)]
        assert main(["check", str(tmp_path / "bent.json"), *trust]) == 2
        told = "not checked: importing failing_rule raises ModuleNotFoundError"
        assert told in capsys.readouterr().out
        assert main(["check", str(tmp_path / "bent.json"), *trust, "--json"]) == 2
        assert json.loads(capsys.readouterr().out)["accepted"] is None

    def test_another_source(self, tmp_path: Path) -> None:
        """A module whose source is another one is not even run."""
        rule = tmp_path / "changed_rule.py"
        rule.write_text(OWN.read_text())
        sys.path.insert(0, str(tmp_path))
        try:
            midrange = importlib.import_module("changed_rule").midrange
            written = certificate(refuted(midrange, Strategyproof(), Line(0, 1), 2))
            del sys.modules["changed_rule"]
            rule.write_text(f"{OWN.read_text()}\nraise SystemExit('I was run')\n")
            importlib.invalidate_caches()
            found = answer(written, ("changed_rule",))
            assert found.startswith("the source of changed_rule is another one, of sha256")
        finally:
            sys.path.remove(str(tmp_path))
            sys.modules.pop("changed_rule", None)

    @pytest.mark.parametrize(
        ("path", "trust", "reason"),
        [
            ("subprocess:call", (), "subprocess:call is a function; if you trust it"),
            ("subprocess:Popen", (), "subprocess:Popen is a function; if you trust it"),
            ("mechsim.__main__:main", (), "mechsim.__main__:main is a function"),
            ("mechsimulator.rule:f", ("mechsim",), "mechsimulator.rule:f is a function"),
            ("own_rule:midrange.__class__", ("own_rule",), "own_rule:midrange.__class__ is from"),
            ("own_rule:Fraction", ("own_rule",), "own_rule:Fraction is from elsewhere"),
            ("own_rule", ("own_rule",), '"own_rule" is no path'),
            ("own_rule:", ("own_rule",), '"own_rule:" is no path'),
            ("no_such_module:f", ("no_such_module",), "no_such_module cannot be imported"),
            ("own_rule:Loose", ("own_rule",), "own_rule:Loose is no function"),
            ("own_rule:absent", ("own_rule",), "it is malformed: AttributeError"),
        ],
    )
    def test_other_names(self, path: str, trust: tuple[str, ...], reason: str) -> None:
        """A certificate cannot have anything else called, whatever it names."""
        bent = copy.deepcopy(made("witness of a function"))
        bent["statement"]["mechanism"]["import"] = path
        if path.startswith("own_rule:m"):  # the source is as it should be
            assert answer(bent, trust).startswith(reason)
        else:
            bent["statement"]["mechanism"]["sha256"] = sha256_of(path.partition(":")[0])
            assert answer(bent, trust).startswith(reason)

    def test_only_frozen_data_classes_are_made(self) -> None:
        for path in ("subprocess:Popen", "fractions:Fraction", "own_rule:Loose"):
            bent = copy.deepcopy(made("witness"))
            module = path.partition(":")[0]
            bent["statement"]["mechanism"] = {
                "import": path,
                "arguments": {},
                "sha256": sha256_of(module),
            }
            assert answer(bent, ()).startswith(f"{module} is not trusted")
            assert answer(bent, (module,)).endswith("is no frozen data class")

    def test_arguments_are_held_to_the_same(self) -> None:
        bent = copy.deepcopy(made("witness"))
        bent["statement"]["mechanism"]["arguments"]["setting"]["import"] = "subprocess:Popen"
        assert answer(bent, ()).startswith("subprocess is not trusted")


def sha256_of(module: str) -> str:
    try:
        spec = importlib.util.find_spec(module)
    except ImportError:
        spec = None
    if spec is None or spec.origin is None or not Path(spec.origin).is_file():
        return ""
    return hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()


def changed(name: str, *edits: tuple[str, Any]) -> tuple[str, Any, Any]:
    """Kind, statement and proof of a certificate with edits at paths such as ``proof primal 0``."""
    written = copy.deepcopy(made(name))
    for path, new in edits:
        *outer, last = [int(step) if step.isdigit() else step for step in path.split()]
        place = written
        for step in outer:
            place = place[step]
        place[last] = new
    return written["kind"], written["statement"], written["proof"]


def program(goal: str, rows: list[Any], answer: Any, **proof: Any) -> tuple[str, Any, Any]:
    """A program of one variable from 0 to 5, whose objective is the variable."""
    named = [{"name": "row", "sense": sense, "bound": bound} for sense, bound in rows]
    listed = [row | {"terms": [[0, "1"]]} for row in named]
    variables = [{"name": "x", "low": "0", "high": "5"}]
    statement = {"goal": goal, "variables": variables, "objective": [[0, "1"]], "rows": listed}
    return "lp", statement | {"answer": answer}, proof


DOUBLED = [(f"proof weights {k} 2", "2") for k in range(3)]
BETWEEN = [(">=", "1"), ("<=", "3")]
FORGERIES: dict[str, tuple[tuple[str, Any, Any], str]] = {
    "multipliers of the wrong sign prove anything": (
        program("minimize", BETWEEN, {"optimum": "3"}, primal=["3"], dual=["0", "1"]),
        "weight 1 of a row with <=: wrong sign",
    ),
    "also of a maximum": (
        program("maximize", BETWEEN, {"optimum": "1"}, primal=["1"], dual=["1", "0"]),
        "weight -1 of a row with >=: wrong sign",
    ),
    "also of a contradiction": (
        program("minimize", BETWEEN, "infeasible", multipliers=["-1", "2"]),
        "weight -1 of a row with >=: wrong sign",
    ),
    "a point that breaks a row": (
        program("minimize", BETWEEN, {"optimum": "0"}, primal=["0"], dual=["0", "0"]),
        "row 'row' is 0, which is not >= 1",
    ),
    "a point that is out of bounds": (
        program("minimize", [], {"optimum": "-1"}, primal=["-1"], dual=[]),
        "variable 'x' is -1, which is out of bounds",
    ),
    "a point that is not best": (
        program("minimize", BETWEEN, {"optimum": "2"}, primal=["2"], dual=["1", "0"]),
        "the weights prove no more than 1",
    ),
    "a bound that no point attains": (
        program("minimize", BETWEEN, {"optimum": "2"}, primal=["1"], dual=["1", "0"]),
        "the point attains 1 and not 2",
    ),
    "rows that only touch": (
        program("minimize", [(">=", "1"), ("<=", "1")], "infeasible", multipliers=["1", "-1"]),
        "the rows say that 0 is at least 0",
    ),
    "a gain that is none": (
        changed("witness", ("statement case lie", "0"), ("statement violation", "-1/4")),
        "-1/4 is no violation",
    ),
    "a lie that is the truth": (
        changed("witness", ("statement case lie", "1/2")),
        "the lie is the truth",
    ),
    "a smaller violation": (
        changed("witness", ("statement violation", "1/8")),
        "the violation is 1/4 and not 1/8",
    ),
    "floats that are not": (
        changed("witness", ("statement arithmetic", "float")),
        "the arithmetic is exact",
    ),
    "a report off the line": (
        changed("witness", ("statement reports 0", "-1")),
        "-1 is not on the line",
    ),
    "an outcome that was not": (
        changed("witness", ("proof outcomes 0 1 0 0", "1/3")),
        "the outcomes are others",
    ),
    "a group that is not there": (
        changed("witness of a lottery", ("statement case at", "1/3")),
        "is no case",
    ),
    "cases that were not": (
        changed("exhaustion", ("proof cases", 35)),
        "there are 36 cases and not 35",
    ),
    "profiles that were not": (
        changed("exhaustion", ("proof profiles", 8)),
        "there are 9 profiles and not 8",
    ),
    "a median that is a mean": (
        changed("exhaustion", ("statement mechanism import", "mechsim.facility.mean:Mean")),
        "the source of mechsim.facility.mean is another one",
    ),
    "a table without a profile": (
        changed("table", ("statement table", made("table")["statement"]["table"][:-1])),
        "the table must list all profiles",
    ),
    "a table of what is not strategyproof": (
        changed("table", ("statement table 4 1", [["0", "1"]])),
        "breaks the axiom by 1/2",
    ),
    "a rule that is not strategyproof": (
        changed("mixture", ("proof rules 0 1 1", "1")),
        "breaks the axiom by 1/2",
    ),
    "a mixture of other lotteries": (
        changed("mixture", ("proof rules 1 0", "2/3")),
        r"at \(0, 0\) the mixture has another lottery",
    ),
    "a rule that counts against a mixture": (
        changed("mixture", ("proof rules 0 0", "-1/2")),
        "weight -1/2 of a rule is not positive",
    ),
    "a smaller part of the lotteries": (
        changed("no mixture", ("statement share", "1/2")),
        "the lotteries weigh 3/4",
    ),
    "weights that a rule escapes": (
        changed("no mixture", ("statement share", "5/8"), ("proof weights 1 2", "1/2")),
        "a rule weighs only 1/2",
    ),
    "weights that are no contradiction": (
        changed("no mixture", ("statement share", "3/2"), *DOUBLED),
        "the lotteries weigh 3/2, which is not less than 1",
    ),
    "a weight below zero": (
        changed("no mixture", ("proof weights 1 2", "-1")),
        "a weight must be positive",
    ),
    "a weight of what is not drawn": (
        changed("no mixture", ("proof weights 1 1", "1")),
        r"is not drawn at \(0, 1/2\)",
    ),
    "a line with no length": (
        changed("witness", ("statement setting high", "0")),
        "the high end must exceed the low end",
    ),
    "points in disorder": (
        changed("table", ("statement setting points", ["1/2", "0", "1"])),
        "points must be there and increase",
    ),
    "more agents than have types": (
        changed("exhaustion of votes", ("statement agents", 3)),
        "there must be 2 agents",
    ),
    "chances that do not sum to 1": (
        changed("table", ("statement table 0 1", [["0", "1/2"]])),
        "the probabilities of a lottery must sum to 1",
    ),
    "chances below zero": (
        changed("table", ("statement table 0 1", [["0", "2"], ["1", "-1"]])),
        "a probability must be positive",
    ),
    "an outcome twice": (
        changed("table", ("statement table 0 1", [["0", "1/2"], ["0", "1/2"]])),
        "an outcome is there twice",
    ),
    "a variable twice in a row": (
        changed("optimum", ("statement rows 0 terms", [[0, "1"], [0, "1"]])),
        "terms must be in order",
    ),
    "a row of another kind": (
        changed("optimum", ("statement rows 0 sense", "<")),
        "a sense is >=, <= or =",
    ),
}


class TestForgeries:
    """Each lie is found by the step that is there to find it."""

    @pytest.mark.parametrize("lie", FORGERIES)
    def test_is_found(self, lie: str) -> None:
        written, reason = FORGERIES[lie]
        with pytest.raises(certcheck.Rejected, match=reason):
            certcheck.derive(*written, certcheck.Door(("own_rule",), nothing))

    def test_truth_is_not(self) -> None:
        """The program that the lies are about has a true answer at either end."""
        for written in (
            program("minimize", BETWEEN, {"optimum": "1"}, primal=["1"], dual=["1", "0"]),
            program("maximize", BETWEEN, {"optimum": "3"}, primal=["3"], dual=["0", "1"]),
        ):
            assert "imum of this program" in certcheck.derive(*written, certcheck.Door())


class TestCommand:
    """``mechsim check`` exits with 0, 4 or 2, and says what it did in JSON too."""

    def test_json(self, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "mean.json"
        save(made("witness"), path)
        assert main(["check", str(path), "--json"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert written["schema"] == "mechsim/check/1"
        assert (written["accepted"], written["kind"]) == (True, "witness")
        assert written["imports"][0] == "mechsim.facility.mean:Mean"
        save(made("witness") | {"proof": {"outcomes": []}}, path)
        assert main(["check", str(path), "--json"]) == 4
        written = json.loads(capsys.readouterr().out)
        assert (written["accepted"], written["reason"]) == (False, "the outcomes are others")

    def test_no_certificate(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "empty.json").write_text("{}")
        assert main(["check", str(tmp_path / "empty.json")]) == 2
        assert "is no certificate: its schema is not" in capsys.readouterr().err
        assert main(["check", str(tmp_path / "nowhere.json")]) == 2

    def test_what_is_written_is_what_was_made(self, tmp_path: Path) -> None:
        for name in SELF_CONTAINED:
            save(made(name), tmp_path / "x.json")
            assert certcheck.read(tmp_path / "x.json") == made(name)
