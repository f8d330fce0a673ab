"""Studies are reproducible, row by row, and their tables say what was measured."""

import csv
import hashlib
import json
import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mechsim import Line
from mechsim.__main__ import main
from mechsim.algorithms.intervals import Interval, bootstrap_interval, t_interval
from mechsim.facility import Median, RandomRank
from mechsim.studies import Precision, Records, Study, find, load, product, stream, studies
from mechsim.studies._fingerprint import fingerprint
from mechsim.studies.streams import written

LOW = Median()


@dataclass(frozen=True)
class Point:
    agents: int
    rule: Any = LOW


@dataclass(frozen=True)
class Elsewhere:
    """Another class with the same fields."""

    rule: Any
    agents: int


@dataclass(frozen=True)
class Mine:
    """A rule that is defined beside the points."""

    weight: Fraction


def draw(point: Point, rng: np.random.Generator) -> Mapping[str, Any]:
    return {"sum": float(rng.random(point.agents).sum()), "first": rng.integers(10**9)}


POINTS = tuple(Point(n, rule) for n in (2, 3, 5) for rule in (Median(), RandomRank()))
STUDY = Study("draws", "What is drawn?", POINTS, draw, 4, quick_points=POINTS[:2])


def first(seed: int, study: str, point: Any, replicate: int) -> int:
    return int(stream(seed, study, point, replicate).integers(2**62))


class TestStreams:
    """Numbers of a replicate depend on seed, study, point and replicate, and on nothing else."""

    @given(
        a=st.tuples(*2 * [st.integers(0, 3)], st.sampled_from("st"), st.integers(1, 3)),
        b=st.tuples(*2 * [st.integers(0, 3)], st.sampled_from("st"), st.integers(1, 3)),
    )
    def test_on_each_of_them(self, a: Any, b: Any) -> None:
        one, other = (
            first(seed, name, Point(agents), replicate) for seed, replicate, name, agents in (a, b)
        )
        assert (one == other) == (a == b)

    def test_not_on_the_class_or_the_order_of_its_fields(self) -> None:
        assert first(1, "s", Point(2), 0) == first(1, "s", Elsewhere(Median(), 2), 0)

    def test_not_on_where_a_value_beside_the_point_is_defined(self) -> None:
        text = written("s", Point(2, Mine(Fraction(1, 2))))
        assert __name__ not in text
        assert '"kind":":Mine"' in text

    def test_by_128_bits_of_the_digest(self) -> None:
        """The same numbers in every release: JSON, digest and generator are written out here."""
        median = '{"kind":"mechsim.facility.median:Median","setting":' + SETTING + "}"
        text = f'{{"point":{{"agents":2,"rule":{median}}},"study":"s"}}'
        assert written("s", Point(2)) == text
        key = struct.unpack("<4I", hashlib.sha256(text.encode()).digest()[:16])
        sequence = np.random.SeedSequence(12345, spawn_key=(*key, 7))
        expected = np.random.Generator(np.random.PCG64(sequence)).random(3)
        assert stream(12345, "s", Point(2), 7).random(3).tolist() == expected.tolist()

    def test_common_axes(self) -> None:
        """Points that differ along a common axis only share their numbers."""
        paired = replace(STUDY, common=("rule",)).run(seed=3)
        for n in (2, 3, 5):
            sums = {row.measured for row in paired.rows if row.point.agents == n}
            assert len(sums) == STUDY.replicates
        assert len({row.measured for row in STUDY.run(seed=3).rows}) == len(POINTS) * 4


SETTING = (
    '{"high":{"float":"inf"},"kind":"mechsim.preferences.single_peaked:Line","low":'
    '{"float":"-inf"},"points":null,"tastes":{"kind":"mechsim.preferences.tastes:Distance"}}'
)


class TestRun:
    """Rows are in the order of the points, and the same whatever else is measured, and by whom."""

    def test_order(self) -> None:
        rows = STUDY.run().rows
        assert [(row.point, row.replicate) for row in rows] == [
            (point, k) for point in POINTS for k in range(4)
        ]

    def test_other_points(self) -> None:
        rows = STUDY.run(seed=5).rows
        some = replace(STUDY, points=POINTS[4:1:-1], replicates=2, quick_points=()).run(seed=5).rows
        assert set(some) < set(rows)

    def test_a_single_replicate_again(self) -> None:
        row = STUDY.run(seed=5).rows[9]
        again = draw(row.point, STUDY.stream(row.point, row.replicate, seed=5))
        assert row.measured == tuple(again.values())

    def test_a_quick_look_is_a_part(self) -> None:
        quick = STUDY.run(quick=True)
        assert len(quick) == 2 * 2
        assert set(quick.rows) < set(STUDY.run().rows)
        everywhere = replace(STUDY, quick_points=(), quick_replicates=9)
        assert everywhere.run(quick=True) == STUDY.run()

    def test_whoever_does_the_work(self) -> None:
        with ThreadPoolExecutor(3) as executor:
            assert STUDY.run(seed=2, executor=executor) == STUDY.run(seed=2)

    def test_seeds(self) -> None:
        assert STUDY.run(seed=1).rows != STUDY.run(seed=2).rows
        with pytest.raises(ValueError, match="seed is -1: it must be a whole number, at least 0"):
            STUDY.run(seed=-1)

    def test_failures_say_where(self) -> None:
        """The rest goes on; tests of what else may happen are in test_study_faults."""

        def fail(point: Point, rng: np.random.Generator) -> Mapping[str, Any]:
            if point.agents == 5:
                raise ZeroDivisionError("oh")
            return {"x": 1}

        found = replace(STUDY, measure=fail).run(seed=8)
        assert len(found.failures) == 8
        assert str(found.failures[0]) == (
            "Point(agents=5), replicate 0, seed 8: ZeroDivisionError: oh"
        )
        assert {row.point.agents for row in found.rows} == {2, 3}

    @pytest.mark.parametrize(
        ("second", "message"),
        [
            ({"x": None}, "ValueError: x is None (NoneType): it must be a real number"),
            ({"x": True}, "ValueError: x is True (bool): it must be a real number"),
            ({}, "ValueError: measure returned {}: it must be numbers by name"),
            (3, "ValueError: measure returned 3: it must be numbers by name"),
            ({"y": 1}, "it measured y: the first row has x"),
            ({"x": 1, "y": 1}, "it measured x, y: the first row has x"),
        ],
    )
    def test_measures_are_numbers(self, second: Any, message: str) -> None:
        def measure(point: Point, rng: np.random.Generator) -> Any:
            return {"x": 1} if point.agents == 2 else second

        found = replace(STUDY, measure=measure).run()
        assert len(found) == 8
        assert len(found.failures) == 16
        assert found.failures[0].error.startswith(message)
        assert found.failures[0].point == "Point(agents=3)"

    def test_measures_in_another_order(self) -> None:
        def measure(point: Point, rng: np.random.Generator) -> Any:
            return {"x": 1, "y": 2} if point.agents == 2 else {"y": 2, "x": 1}

        assert {row.measured for row in replace(STUDY, measure=measure).run().rows} == {(1, 2)}

    def test_kinds_of_numbers(self) -> None:
        """Exact numbers stay exact, and what is not a number shows."""

        def measure(point: Point, rng: np.random.Generator) -> Any:
            return {"a": Fraction(1, 3), "b": np.float64(0.1), "c": np.int64(2), "d": math.nan}

        row = replace(STUDY, measure=measure).run().rows[0]
        assert row.measured[:3] == (Fraction(1, 3), 0.1, Fraction(2))
        assert math.isnan(row.measured[3])


class TestRefusals:
    """What is no study is named."""

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"points": ()}, "points is empty: there must be at least one"),
            ({"points": (Point(1), 3)}, r"points\[1\] is 3: points must be frozen dataclasses"),
            ({"points": ("a",)}, r"points\[0\] is 'a': points must be frozen dataclasses"),
            ({"points": (Point(1), Mine(Fraction(1)))}, r"points\[1\] is Mine\(.*of one class"),
            ({"points": (Point(1), Point(1))}, r"2 of them are called \(1, 'Median'\)"),
            ({"points": (Point(1, Median(Line(0, 1))), Point(1))}, "2 of them are called"),
            ({"replicates": 0}, "replicates is 0: it must be a whole number, at least 1"),
            ({"quick_replicates": 0}, "quick_replicates is 0"),
            ({"common": ("agent",)}, "common has 'agent': the axes are agents, rule"),
            ({"quick_points": (Point(9),)}, r"quick_points\[0\] is Point\(agents=9"),
            ({"points": (Point(1, lambda: 0),)}, "has no import path: it cannot be written down"),
        ],
    )
    def test_are_named(self, change: dict[str, Any], message: str) -> None:
        fields: dict[str, Any] = {"quick_points": ()} | change
        with pytest.raises(ValueError, match=message):
            replace(STUDY, **fields)

    def test_a_reserved_axis(self) -> None:
        @dataclass(frozen=True)
        class Bad:
            replicate: int

        with pytest.raises(ValueError, match="points have an axis 'replicate'"):
            Study("s", "?", (Bad(1),), lambda point, rng: {"x": point.replicate}, 1)


class TestResults:
    """The table is what was measured; the summary its means and standard errors."""

    results = STUDY.run(seed=1)

    def test_summary(self) -> None:
        """Means and errors as numpy computes them."""
        summary = self.results.summary()
        assert summary.header == (
            *("agents", "rule", "replicates"),
            *(f"{x}{end}" for x in ("sum", "first") for end in ("", " se", " low", " high")),
        )
        for k, row in enumerate(summary.rows):
            columns = np.array([r.measured for r in self.results.rows[4 * k : 4 * k + 4]], float).T
            assert row[:3] == (POINTS[k].agents, type(POINTS[k].rule).__name__, 4)
            assert row[3::4] == pytest.approx(columns.mean(axis=1).tolist())
            assert row[4::4] == pytest.approx((columns.std(axis=1, ddof=1) / 2).tolist())
            ends: Any = stats.t.interval(0.95, 3, columns.mean(axis=1), stats.sem(columns, axis=1))
            assert row[5::4] == pytest.approx(ends[0].tolist())
            assert row[6::4] == pytest.approx(ends[1].tolist())

    def test_one_replicate_has_no_error(self) -> None:
        (row,) = (
            replace(STUDY, points=POINTS[:1], quick_points=(), replicates=1).run().summary().rows
        )
        assert math.isnan(float(row[4]))

    def test_csv(self, tmp_path: Path) -> None:
        """Numbers are read back to the last bit."""
        self.results.to_csv(tmp_path / "r.csv")
        with (tmp_path / "r.csv").open(newline="") as file:
            header, *rows = csv.reader(file)
        assert tuple(header) == ("agents", "rule", "replicate", "sum", "first")
        read = [(float(row[3]), Fraction(row[4])) for row in rows]
        assert read == [row.measured for row in self.results.rows]

    def test_frame(self) -> None:
        frame = self.results.to_frame()
        assert frame.shape == (24, 5)
        assert frame["sum"].tolist() == [row.measured[0] for row in self.results.rows]
        assert sorted(frame.groupby("rule")["agents"].mean()) == pytest.approx([10 / 3] * 2)

    def test_columns(self) -> None:
        records = self.results.records
        assert set(records.column("rule")) == {"Median", "RandomRank"}
        with pytest.raises(ValueError, match="name is 'cost': the columns are agents, rule, repli"):
            records.column("cost")

    def test_prints(self) -> None:
        out = str(self.results)
        assert out.startswith("draws: What is drawn?\nMeans of 24 rows, seed 1.\n")
        last = out.splitlines()[-1].split()
        errors = [float(x) for x in self.results.summary().column("sum se")]
        assert last[:4] == ["error,", "at", "most", f"{max(errors):.2g}"]
        html = replace(self.results, question="a < b?")._repr_html_()
        assert "a &lt; b?" in html
        assert html.count("<tr>") == 1 + 6 + 1

    def test_long_tables_are_cut(self) -> None:
        records = Records(("n",), tuple((k,) for k in range(100)))
        assert str(records).endswith("\nand 60 more")
        assert len(str(records).splitlines()) == 43

    def test_errors_that_are_not_known(self) -> None:
        """One replicate tells of no error; neither does infinity."""
        once = str(replace(STUDY, replicates=1).run())
        assert "one a point, seed 0: no error is known.\n" in once
        assert "error, at most" not in once
        assert "nan" not in once
        lines = str(replace(STUDY, measure=endless).run()).splitlines()
        assert lines[-1].split() == ["error,", "at", "most", "unknown"]


def endless(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    return {"x": float("inf")}


@dataclass(frozen=True)
class Guess:
    agents: int
    rule: str


def guess(point: Guess, rng: np.random.Generator) -> Mapping[str, Any]:
    """Errors of a mean that fall with the root of the number of agents."""
    draws = rng.normal(size=point.agents)
    return {"error": abs(np.mean(draws)) + (0.01 if point.rule == "worse" else 0.0)}


GUESS = Study(
    "guess",
    "How wrong?",
    product(Guess, (10, 40, 160, 640), ("best", "worse")),
    guess,
    200,
    common=("rule",),
)


class TestComparisons:
    """Differences under common random numbers, bands, and exponents."""

    found = GUESS.run(seed=4)

    def test_paired(self) -> None:
        """The difference of 0.01 is seen exactly, though each mean is uncertain by more."""
        paired = self.found.paired("rule", "best")
        assert paired.header == ("agents", "rule", "replicates", "error", "error low", "error high")
        assert [row[:3] for row in paired.rows] == [(n, "worse", 200) for n in (10, 40, 160, 640)]
        for row in paired.rows:
            assert row[3:] == pytest.approx((0.01, 0.01, 0.01))
        apart = self.found.summary().where("agents", 10).column("error se")
        assert all(float(error) > 0.005 for error in apart)

    def test_slope(self) -> None:
        slope = self.found.slope("error", along="agents")
        best, worse = slope.rows
        assert best[0] == "best"
        assert float(best[2]) <= -0.5 <= float(best[3])
        assert float(best[3]) - float(best[2]) < 0.2
        assert float(worse[1]) > float(best[1])

    def test_band(self) -> None:
        band = self.found.band("error", along="agents")
        assert band.header == ("rule", "agents", "error", "error low", "error high")
        truth = [math.sqrt(2 / math.pi / n) for n in (10, 40, 160, 640)]
        best = band.where("rule", "best").rows
        for row, mean in zip(best, truth, strict=True):
            assert float(row[3]) < mean < float(row[4])
        pointwise = self.found.summary().where("rule", "best").rows
        for row, alone in zip(best, pointwise, strict=True):
            assert row[2] == pytest.approx(alone[3])
            assert float(row[3]) < float(alone[5]), "a band is wider than an interval"

    def test_band_of_curves(self) -> None:
        band = CURVES.run(seed=2).band("away", along="round")
        assert band.header == ("agents", "step", "round", "away", "away low", "away high")
        assert [row[:3] for row in band.rows[:3]] == [(3, 0.5, k) for k in (1, 2, 3)]

    def test_bootstrap(self) -> None:
        def skewed(values: Any, level: float) -> Interval:
            return bootstrap_interval(values, np.random.default_rng(0), level)

        row = self.found.summary(interval=skewed).rows[0]
        assert float(row[6]) - float(row[3]) > float(row[3]) - float(row[5])

    @pytest.mark.parametrize(
        ("ask", "arguments", "message"),
        [
            ("paired", ("agents", 10), "axis is 'agents': those with common random numb"),
            ("paired", ("rule", "bad"), "base is 'bad': rule has no such entry"),
            ("slope", ("cost", "agents"), "measure is 'cost': what was measured is error"),
            ("slope", ("error", "n"), "along is 'n': it must be one of agents, rule"),
            ("band", ("error", "rule"), "along is 'rule', which has 'best': it must have"),
        ],
    )
    def test_refusals(self, ask: str, arguments: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            getattr(self.found, ask)(*arguments)


FILE = """
\"\"\"Mine.\"\"\"
from dataclasses import dataclass
from mechsim.studies import Study

@dataclass(frozen=True)
class Rule:
    weight: int

@dataclass(frozen=True)
class Point:
    rule: Rule

def measure(point, rng):
    if point.rule.weight > 8:
        raise ValueError("too heavy")
    return {"x": point.rule.weight * rng.random()}

STUDY = Study("mine", "How much?", tuple(Point(Rule(k)) for k in (WEIGHTS)), measure, 3)
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(FILE.replace("WEIGHTS", "1, 2"))
    return path


class TestFinding:
    """Studies are found by being there."""

    def test_of_the_library(self) -> None:
        found = studies()
        assert [one.study.name for one in found] == sorted(one.study.name for one in found)
        for one in found:
            assert one.study.name == one.path.stem.replace("_", "-")
            assert one.importable
            assert len(one.text) > 200
            assert one.study.question.endswith("?")
        assert find("Facility Welfare").study.name == "facility-welfare"
        with pytest.raises(ValueError, match=r"study is 'welfare': it must be .*, or a FILE"):
            find("welfare")

    def test_moving_a_file_changes_no_number(self, mine: Path) -> None:
        moved = mine.parent / "elsewhere" / "other.py"
        moved.parent.mkdir()
        moved.write_text(mine.read_text())
        one, other = (load(path).study.run().records for path in (mine, moved))
        assert one == other

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("x = 1", "a file of a study must define STUDY, a Study"),
            ("1 / 0", "it raises ZeroDivisionError: division by zero"),
        ],
    )
    def test_what_is_no_study(self, tmp_path: Path, source: str, message: str) -> None:
        path = tmp_path / "bad.py"
        path.write_text(source)
        with pytest.raises(ValueError, match=message):
            load(path)
        with pytest.raises(ValueError, match="there is no such file"):
            load(tmp_path / "none.py")


class TestCommand:
    """`mechsim run` lists and runs studies, and writes what it found."""

    def test_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["run", "--list"]) == 0
        assert "facility-welfare" in capsys.readouterr().out
        assert main(["run", "--list", "--json"]) == 0
        listed = json.loads(capsys.readouterr().out)
        assert listed["schema"] == "mechsim/studies/1"
        assert {"name", "question", "text", "points", "replicates"} <= set(listed["studies"][0])

    def test_a_file(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = mine.parent / "new" / "folder"
        assert main(["run", str(mine), "--seed", "4", "--out", str(out)]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith("mine: How much?\nMeans of 6 rows, seed 4.\n")
        assert f"written: {out / 'results.csv'}" in printed
        assert len((out / "results.csv").read_text().splitlines()) == 7
        assert {path.name for path in out.iterdir()} == {"results.csv", "manifest.json", "rows"}

    def test_where_it_writes(
        self, mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(mine.parent)
        assert main(["run", "mine.py", "--workers", "1"]) == 0
        assert (mine.parent / "results" / "mine" / "results.csv").is_file()

    def test_rows_of_something_else(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Another seed or another measure is refused, and said how to go on."""
        out = ["--out", str(mine.parent / "out"), "--workers", "1"]
        assert main(["run", str(mine), *out]) == 0
        assert main(["run", str(mine), *out, "--seed", "1"]) == 2
        assert "its rows are of other seed, 0 and not 1: choose" in capsys.readouterr().err
        mine.write_text(mine.read_text().replace("rng.random()", "rng.normal()"))
        assert main(["run", str(mine), *out]) == 2
        assert "its rows are of other code: choose another folder, or start anew" in (
            capsys.readouterr().err
        )
        (mine.parent / "out" / "notes.txt").write_text("mine")
        assert main(["run", str(mine), *out, "--fresh", "--seed", "1"]) == 0
        assert (mine.parent / "out" / "notes.txt").read_text() == "mine"

    def test_rows_of_other_points(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Points may come; where some have gone their rows and their table are left alone."""
        out = mine.parent / "out"
        command = ["run", str(mine), "--out", str(out), "--workers", "1"]
        assert main(command) == 0
        before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        text = mine.read_text()
        mine.write_text(text.replace("in (1, 2)", "in (2, 3)"))
        assert main(command) == 2
        told = capsys.readouterr().err
        assert "it has 3 finished rows of 1 point that mine does not have now" in told
        assert "the first of them rule Rule(weight=1): choose another folder (--out" in told
        assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
        mine.write_text(text.replace("in (1, 2)", "in (1, 2, 3)"))
        assert main(command) == 0

    def test_workers(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Processes that import a file of one's own find the same, to the last bit."""
        folders = [mine.parent / name for name in ("one", "two")]
        for workers, folder in zip(("1", "2"), folders, strict=True):
            assert main(["run", str(mine), "--workers", workers, "--out", str(folder)]) == 0
        one, two = ((folder / "results.csv").read_bytes() for folder in folders)
        assert one == two

    def test_json(self, mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = mine.parent / "out"
        assert main(["run", str(mine), "--quick", "--json", "--out", str(out)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["schema"] == "mechsim/run/1"
        assert [row["replicate"] for row in found["rows"]] == [0, 1, 0, 1]
        assert [row["rule"] for row in found["summary"]] == ["Rule(weight=1)", "Rule(weight=2)"]
        assert found["written"] == [str(out / "results.csv")]
        assert found["failures"] == []

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ([], "study is missing: name one that `mechsim run --list` prints, or a FILE.py"),
            (["facility"], "study is 'facility': it must be one of budgeting-rules, decision"),
            (["none.py"], "none.py: there is no such file"),
            (["facility-welfare", "--workers", "0"], "workers is 0: it must be a whole number"),
            (["facility-welfare", "--seed", "-1"], "seed is -1: it must be a whole number"),
        ],
    )
    def test_bad_arguments(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
    ) -> None:
        assert main(["run", *arguments]) == 2
        assert capsys.readouterr().err.startswith(f"mechsim: {message}")

    def test_a_study_that_fails_says_where(
        self, mine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        mine.write_text(FILE.replace("WEIGHTS", "1, 9"))
        assert main(["run", str(mine), "--out", str(mine.parent / "out")]) == 2
        told = capsys.readouterr().err
        assert "3 measurements failed: Point(Rule(weight=9)), replicate 0, seed 0" in told
        assert "too heavy (and 2 more)" in told


@dataclass(frozen=True)
class Walk:
    agents: int
    step: float


def walk(point: Walk, rng: np.random.Generator) -> Mapping[str, Any]:
    """A curve."""
    path = np.cumsum(point.step * rng.normal(size=point.agents))
    return {"round": np.arange(1, point.agents + 1), "place": path, "away": np.abs(path) + 1}


def one(point: Walk, rng: np.random.Generator) -> Mapping[str, Any]:
    return {"x": point.step * rng.random(), "n": point.agents}


def many(points: Sequence[Walk], rngs: Sequence[np.random.Generator]) -> Mapping[str, Any]:
    steps = np.array([point.step for point in points])
    return {"x": steps * [rng.random() for rng in rngs], "n": [point.agents for point in points]}


def many_walks(points: Sequence[Walk], rngs: Sequence[np.random.Generator]) -> Mapping[str, Any]:
    curves = [walk(point, rng) for point, rng in zip(points, rngs, strict=True)]
    return {name: [curve[name] for curve in curves] for name in curves[0]}


def broken_many(points: Sequence[Walk], rngs: Sequence[np.random.Generator]) -> Mapping[str, Any]:
    if any(point.step == 1.0 for point in points):
        raise OverflowError("too far")
    return many(points, rngs)


WALKS = product(Walk, (3, 5), (0.5, 1.0))
SINGLE = Study("walk", "How far?", WALKS, one, 30)
BATCHED = Study("walk", "How far?", WALKS, measure_many=many, replicates=30)
CURVES = Study("walk", "How far?", WALKS, walk, 20, index="round", common=("step",))


class TestManyAtOnce:
    """`measure_many` gives the rows of `measure`, however the batches are cut."""

    @pytest.mark.parametrize("largest", [1, 7, 4096])
    def test_is_the_same(self, largest: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mechsim.studies._measuring.LARGEST", largest)
        assert BATCHED.run(seed=3).records == SINGLE.run(seed=3).records

    def test_a_batch_that_raises_is_measured_one_by_one(self) -> None:
        found = replace(BATCHED, measure_many=broken_many).run(seed=3)
        assert len(found.failures) == 60
        assert {failure.error for failure in found.failures} == {"OverflowError: too far"}
        assert set(found.rows) < set(SINGLE.run(seed=3).rows)

    @pytest.mark.parametrize(
        ("found", "message"),
        [
            ({"x": [1.0, 2.0]}, "x has 2 entries: there are 1 points"),
            ([1.0], r"measure_many returned \[1.0\]: it must be arrays by name"),
            ({"x": ["a"]}, "x is 'a'"),
        ],
    )
    def test_refusals(self, found: Any, message: str) -> None:
        def measure(points: Any, rngs: Any) -> Any:
            return found

        study = replace(BATCHED, points=WALKS[:1], replicates=1, measure_many=measure)
        with pytest.raises(ValueError, match=message):
            study.run()

    def test_one_of_both(self) -> None:
        for measures in ({"measure": one, "measure_many": many}, {}):
            with pytest.raises(ValueError, match="a study has one of them"):
                Study("s", "?", WALKS, **measures)  # type: ignore[arg-type]


class TestCurves:
    """A replicate may be a curve: one row a step."""

    found = CURVES.run(seed=2)

    def test_rows(self) -> None:
        assert len(self.found) == 20 * 2 * (3 + 5)
        assert self.found.records.header == (
            "agents",
            "step",
            "replicate",
            "round",
            "place",
            "away",
        )
        one = [row for row in self.found.rows if row.replicate == 4 and row.point == WALKS[2]]
        path = np.cumsum(0.5 * CURVES.stream(WALKS[2], 4, seed=2).normal(size=5))
        assert [row.measured[:2] for row in one] == [(k + 1, x) for k, x in enumerate(path)]

    def test_summary(self) -> None:
        summary = self.found.summary()
        assert summary.header[:5] == ("agents", "step", "round", "replicates", "place")
        assert len(summary) == 2 * (3 + 5)
        for row in summary.rows:
            places = [
                r.measured[1] for r in self.found.rows if (*r.label, r.measured[0]) == row[:3]
            ]
            assert row[4] == pytest.approx(np.mean(np.array(places, float)))

    def test_kept_and_in_batches(self, tmp_path: Path) -> None:
        batched = replace(CURVES, measure=None, measure_many=many_walks)
        kept = batched.run(seed=2, folder=tmp_path)
        assert kept.rows == self.found.rows
        assert batched.run(seed=2, folder=tmp_path).rows == self.found.rows

    @pytest.mark.parametrize(
        ("curve", "message"),
        [
            ({"place": [1.0]}, "it measured place: round must be among them"),
            ({"round": [1, 2], "place": [1.0]}, "they must have as many"),
        ],
    )
    def test_refusals(self, curve: Any, message: str) -> None:
        def measure(point: Any, rng: Any) -> Any:
            return curve

        with pytest.raises(ValueError, match=message):
            replace(CURVES, measure=measure).run()


class TestPrecision:
    """Replicates stop once a mean is known well enough, by a rule that looks at nothing else."""

    until = Precision("x", half_width=0.03, first=8)
    study = replace(SINGLE, replicates=2000)

    def test_each_point_stops_for_itself(self) -> None:
        found = self.study.run(seed=1, until=self.until)
        for label, count in Counter(row.label for row in found.rows).items():
            rows = [float(row.measured[0]) for row in found.rows if row.label == label]
            assert count in {8 * 2**k for k in range(8)}
            assert t_interval(rows).half_width <= 0.03
            assert count == 8 or t_interval(rows[: count // 2]).half_width > 0.03
        few, often = (
            sum(row.label == point for row in found.rows) for point in ((3, 0.5), (3, 1.0))
        )
        assert often == 4 * few, "twice as far apart needs four times as many"

    def test_rows_are_those_of_the_whole(self, tmp_path: Path) -> None:
        """Also where there are more rows than are needed."""
        some = self.study.run(seed=1, until=self.until)
        whole = self.study.run(seed=1, folder=tmp_path)
        assert set(some.rows) < set(whole.rows)
        assert self.study.run(seed=1, until=self.until, folder=tmp_path) == some

    def test_never_more_than_all(self) -> None:
        found = replace(SINGLE, replicates=20).run(until=Precision("x", 1e-9))
        assert len(found) == 4 * 20

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"half_width": 0.0}, "half_width is 0.0: it must be positive"),
            ({"level": 1.0}, "level is 1.0: it must be between 0 and 1"),
            ({"first": 1}, "first is 1: it must be a whole number, at least 2"),
        ],
    )
    def test_refusals(self, change: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            replace(self.until, **change)

    def test_a_measure_that_is_none(self) -> None:
        with pytest.raises(ValueError, match="until names 'y': walk measures x, n"):
            self.study.run(until=Precision("y", 1))
        with pytest.raises(ValueError, match="walk measures curves, which have no single mean"):
            replace(CURVES, replicates=99).run(until=Precision("place", 1))


CODE = """
import math
from dataclasses import dataclass
from mechsim.studies import Study, product

SCALE = 2  # how large
OFFSET = 0
COLOUR = "red"

@dataclass(frozen=True)
class Rule:
    weight: int
    def apply(self, x):
        return self.weight * x + OFFSET

@dataclass(frozen=True)
class Point:
    rule: Rule

def helper(x):
    \"\"\"Words.\"\"\"
    return SCALE * x

def measure(point, rng):
    return {"x": point.rule.apply(helper(rng.random()))}

def figure(results):
    return COLOUR

STUDY = Study("code", "?", product(Point, (Rule(1),)), measure, 2, figure=figure)
"""


class TestFingerprint:
    """Rows depend on the code that measures, and on nothing else in its file."""

    @staticmethod
    def of(folder: Path, before: str = "", after: str = "") -> str:
        path = folder / "code.py"
        source = CODE.replace(before, after) if before else CODE
        assert not before or source != CODE
        path.write_text(source)
        return fingerprint(load(path).study)

    @pytest.mark.parametrize(
        "change",
        [
            ('COLOUR = "red"', 'COLOUR = "blue"'),
            ("return COLOUR", "return None"),
            ("Words", "Other words"),
            ("# how large", "# how very large"),
            ('"?"', '"How?"'),
            ("import math", "import math\nimport json"),
            ("2, figure", "3, figure"),
        ],
    )
    def test_what_does_not_matter(self, tmp_path: Path, change: tuple[str, str]) -> None:
        assert self.of(tmp_path) == self.of(tmp_path, *change)

    @pytest.mark.parametrize(
        "change",
        [
            ("SCALE = 2", "SCALE = 3"),
            ("OFFSET = 0", "OFFSET = 1"),
            ("return SCALE * x", "return SCALE + x"),
            ("self.weight * x", "self.weight - x"),
            ("rng.random()", "rng.normal()"),
            ("import math", "import math\nmath.tau = 6"),
        ],
    )
    def test_what_does(self, tmp_path: Path, change: tuple[str, str]) -> None:
        assert self.of(tmp_path) != self.of(tmp_path, *change)

    def test_a_file_that_was_changed_after_it_was_read(self, tmp_path: Path) -> None:
        """What runs is what was read."""
        path = tmp_path / "code.py"
        path.write_text(CODE)
        study = load(path).study
        before = fingerprint(study)
        path.write_text(CODE.replace("SCALE = 2", "SCALE = 3"))
        assert fingerprint(study) == before


class TestProduct:
    """Points are every combination of the axes."""

    def test_order(self) -> None:
        assert [(point.agents, point.step) for point in WALKS] == [
            *((3, 0.5), (3, 1.0), (5, 0.5), (5, 1.0)),
        ]

    def test_refusals(self) -> None:
        with pytest.raises(ValueError, match="axes has 1 entry: the fields are agents, step"):
            product(Walk, (1, 2))
        with pytest.raises(ValueError, match="kind is <class 'int'>: points must be frozen"):
            product(int, (1, 2))
