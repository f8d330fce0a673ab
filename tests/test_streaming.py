"""Streams give what the definitions give, whoever reads which part of them, in bounded memory."""

import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from report_files import arrow, parquet, stored

from mechsim import Line
from mechsim.__main__ import main
from mechsim.commands import _large
from mechsim.facility import (
    Constant,
    ConstrainedMedian,
    FartherEnd,
    HighMedian,
    LeftRightMiddle,
    Mean,
    Median,
    MidOrNearest,
    Midrange,
    OrderStatistic,
    PhantomMedian,
    RandomRank,
    UniformPhantom,
    fair_intervals,
)
from mechsim.facility.fairness import Guarantee, individual, proportional, unanimous
from mechsim.facility.streaming import (
    Costs,
    FairInterval,
    Few,
    Histogram,
    LargestGroup,
    Outcome,
    Question,
    Rank,
    Refinement,
    ask,
    grid,
    place_stream,
    plan,
    refinement,
)
from mechsim.facility.streaming._keys import float_of, key_of, keys_of, units_of
from mechsim.facility.streaming.grids import Lattice, Logarithmic
from mechsim.population import FloatArray
from mechsim.preferences import sources
from mechsim.preferences.columns import stream_of
from mechsim.preferences.sources import Blocks, Joined, Rows, Source, floats_in

UNIT = Line(0, 1)
LINES = (
    UNIT,
    Line(-1, 1),
    Line(Fraction(1, 3), 7),
    Line(-(10**6), 10**6),
    Line(0, 10**9),
    Line(10**6, 10**6 + 1),
    Line(2**52, 2**52 + 64),
    Line(-1e-320, 2e-320),
    Line(-1e300, 1e300),
    Line(),
)


@dataclass(frozen=True)
class Crowded:
    """Reports on a line, in the parts in which they are read."""

    line: Line
    reports: tuple[float, ...]
    parts: tuple[FloatArray, ...]

    @property
    def source(self) -> Source:
        return Joined(tuple(map(Rows, self.parts)))

    @property
    def exact(self) -> list[Fraction]:
        return sorted(map(Fraction, self.reports))


@st.composite
def crowds(draw: st.DrawFn, lines: tuple[Line, ...] = LINES) -> Crowded:
    """Ties, atoms, denormals, neighbouring floats and zeros of both signs, cut anywhere."""
    line = draw(st.sampled_from(lines))
    low, high = float(line.low), float(line.high)
    bounds = {"min_value": low, "max_value": high} if line.bounded else {}
    anywhere = st.floats(**bounds, allow_nan=False, allow_infinity=False)  # type: ignore[arg-type]
    atoms = draw(st.lists(anywhere, min_size=1, max_size=3))
    near = [math.nextafter(atom, end) for atom in atoms for end in (low, high)]
    kinds = [anywhere, st.sampled_from(atoms), st.sampled_from(near)]
    drawn = draw(st.lists(st.one_of(kinds), min_size=1, max_size=40))
    reports = [x for x in drawn if line.low <= x <= line.high and math.isfinite(x)]
    reports = reports or [high if math.isfinite(high) else 0.0]
    cuts = sorted(draw(st.lists(st.integers(0, len(reports)), max_size=4)))
    return Crowded(line, tuple(reports), tuple(np.split(np.array(reports), cuts)))


@contextmanager
def smaller(kept: int, parts: int, together: int) -> Generator[None]:
    """With less room, so that few reports take as many passes as very many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refinement, "KEPT", kept)
        patch.setattr(refinement, "PARTS", parts)
        patch.setattr(refinement, "ALL_PARTS", together)
        yield


rooms = st.sampled_from([(2**22, 2**14, 2**20), (3, 2**14, 2**20), (0, 4, 64), (1, 2**10, 2**11)])


def rules(line: Line, agents: int) -> list[Any]:
    """One of every kind that has a form on this line."""
    found: list[Any] = [Median(line), HighMedian(line), Mean(line), LeftRightMiddle(line)]
    found += [OrderStatistic(rank, line) for rank in {1, (agents + 2) // 3, agents}]
    if line.bounded:
        shares = tuple(Fraction(k, agents) ** 2 for k in range(agents + 1))
        found += [UniformPhantom(line), ConstrainedMedian(line), MidOrNearest(line)]
        found += [PhantomMedian(shares, line), Constant(line.at(Fraction(1, 3)), line)]
        found += [FartherEnd(line), Midrange(line)]
    return found


def defined(rule: Any, reports: tuple[float, ...]) -> Any:
    """What the definition says, without the door."""
    call: Any = type(rule).__call__
    return call.__wrapped__(rule, reports)


def finite_ends(line: Line) -> tuple[float, float]:
    low, high = (
        float(end) if math.isfinite(end) else math.copysign(1.7e308, end)
        for end in (line.low, line.high)
    )
    return low, high


def distances(place: float, reports: tuple[float, ...]) -> list[Fraction]:
    return [abs(Fraction(report) - Fraction(place)) for report in reports]


class TestKeys:
    """Keys number the floats in order, and units are what they say."""

    @given(a=st.floats(allow_nan=False, allow_infinity=False), b=st.floats(allow_nan=False))
    def test_order(self, a: float, b: float) -> None:
        assert float_of(key_of(a)) == a
        assert (key_of(a) < key_of(b)) == (a < b)
        assert float_of(key_of(a) + 1) == math.nextafter(a, math.inf)
        assert Fraction(units_of(key_of(a)), 2**1074) == Fraction(a)

    def test_zero_has_no_sign(self) -> None:
        assert keys_of(np.array([0.0, -0.0])).tolist() == [0, 0]


class TestGrids:
    """The cells of a grid cover the line, and a report is counted in the cell that has it."""

    @pytest.mark.parametrize("line", LINES, ids=str)
    @given(data=st.data())
    def test_cells(self, line: Line, data: st.DataObject) -> None:
        crowd = data.draw(crowds((line,)))
        reports = np.array(crowd.reports)
        low, high = finite_ends(line)
        reports = np.minimum(np.maximum(reports, low), high)
        cells = grid(low, high)
        counts = np.zeros(cells.cells, np.int64)
        limbs, fine = np.zeros((2, cells.cells), np.int64), np.zeros((2, 2048, 2), np.int64)
        cells.tally_sums(reports, counts, limbs, fine)
        plain = np.zeros(cells.cells, np.int64)
        cells.tally(reports, plain)
        where = np.searchsorted(cells.last_keys, keys_of(reports))
        assert (np.bincount(where, minlength=cells.cells) == counts).all()
        assert (plain == counts).all()
        assert keys_of(reports).min() > cells.start
        sums = cells.units(counts, limbs, fine)
        taken: list[int] = np.unique(where).tolist()
        for cell in taken:
            held: list[float] = reports[where == cell].tolist()
            assert Fraction(sums[cell], 2**1074) == sum(map(Fraction, held))
        assert sum(sums) == sum(units_of(int(key)) for key in keys_of(reports))

    def test_which(self) -> None:
        """131 kB of counts where the line has ends; by octaves where it has none."""
        usual = grid(0.0, 1.0)
        assert isinstance(usual, Lattice)
        assert usual.cells == 2**14 + 1
        assert isinstance(grid(-1e308, 1e308), Logarithmic)
        assert grid(-1e308, 1e308).cells < 2**16


class TestOutcomes:
    """A stream's outcome is that of the definition at all its reports, to the last bit."""

    @given(crowd=crowds(), room=rooms)
    @example(Crowded(UNIT, (0.0, 0.0, 1.0), (np.array([0.0, 0.0, 1.0]),)), (0, 4, 64))
    @example(Crowded(Line(), (-0.0, 5e-324), (np.array([-0.0, 5e-324]),)), (0, 4, 64))
    def test_every_rule(self, crowd: Crowded, room: tuple[int, int, int]) -> None:
        asked = rules(crowd.line, len(crowd.reports))
        with smaller(*room):
            found = place_stream(crowd.source, asked)
        for rule, outcome in zip(asked, found, strict=True):
            expected = defined(rule, crowd.reports)
            if (
                isinstance(rule, Midrange | LeftRightMiddle)
                and not np.isfinite(crowd.reports[0] - np.array(crowd.reports)).all()
            ):
                continue  # their definition overflows
            assert outcome == expected, rule
            assert type(outcome) is type(expected)

    @given(reports=st.lists(st.floats(0, 1), min_size=1, max_size=9), agents=st.integers(1, 50))
    def test_large_atoms(self, reports: list[float], agents: int) -> None:
        many = np.array(reports * agents)
        for rule in (UniformPhantom(), Median()):
            assert place_stream(many, [rule]) == (defined(rule, tuple(many.tolist())),)

    def test_no_rules(self) -> None:
        assert place_stream(np.array([0.5]), []) == ()

    def test_many_reports_take_two_passes(self) -> None:
        """The first counts, the second looks into the cells that all questions share."""
        reports = np.random.default_rng(0).random(200_000)
        passes: list[int] = []

        def blocks() -> Iterator[FloatArray]:
            passes.append(1)
            yield from np.array_split(reports, 7)

        asked: list[Any] = [UniformPhantom(), Median(), OrderStatistic(777)]
        assert place_stream(Blocks(blocks), asked) == tuple(rule(reports) for rule in asked)
        assert len(passes) == 2


class TestCosts:
    """Costs are exact: the sum of the distances, and the largest, as rational numbers."""

    @given(crowd=crowds(), room=rooms)
    def test_of_outcomes(self, crowd: Crowded, room: tuple[int, int, int]) -> None:
        asked = [Outcome(Median(crowd.line)), Outcome(Mean(crowd.line))]
        with smaller(*room):
            found = ask(crowd.source, [*asked, *map(Costs, asked)], crowd.line)
        for place, (total, largest) in zip(found[:2], found[2:], strict=True):
            away = distances(place, crowd.reports)
            assert (total, largest) == (sum(away), max(away))

    @given(crowd=crowds((UNIT, Line(-1, 1))), place=st.floats(-2, 2))
    def test_of_places(self, crowd: Crowded, place: float) -> None:
        (found,) = ask(crowd.source, [Costs(place)], crowd.line)
        away = distances(place, crowd.reports)
        assert found == (sum(away), max(away))


class TestMerging:
    """However blocks are shared out and put together, the accumulators say the same."""

    @given(crowd=crowds(), data=st.data())
    def test_any_tree(self, crowd: Crowded, data: st.DataObject) -> None:
        low, high = finite_ends(crowd.line)
        low, high = min(low, *crowd.reports), max(high, *crowd.reports)
        cells = grid(low, high)
        whole = Histogram(cells, low, high, summed=True)
        whole.update(np.array(crowd.reports))

        def in_any_order(empty: Any) -> Any:
            held = [empty.fresh() for _ in crowd.parts]
            for accumulator, part in zip(held, crowd.parts, strict=True):
                for block in np.array_split(part, 2):
                    accumulator.update(block)
            while len(held) > 1:
                a, b = (held.pop(data.draw(st.integers(0, len(held) - 1))) for _ in range(2))
                held.append(a.merge(b))
            return held[0]

        steps, merged = whole.result(), in_any_order(whole).result()
        assert steps.last.tolist() == merged.last.tolist()
        assert steps.counts.tolist() == merged.counts.tolist()
        assert steps.sums is not None
        assert merged.sums is not None
        assert steps.sums.tolist() == merged.sums.tolist()
        with smaller(2, 16, 64):
            chosen = plan(cells, steps, np.arange(len(steps.last)))
            refined = Refinement(chosen)
            refined.update(np.array(crowd.reports))
            again = in_any_order(Refinement(chosen))
        first, second = steps.refined(refined.result()), steps.refined(again.result())
        assert first.last.tolist() == second.last.tolist()
        assert first.counts.tolist() == second.counts.tolist()
        assert first.total == second.total == sum(crowd.exact)

    def test_other_grids(self) -> None:
        a, b = (Histogram(grid(0.0, high), 0.0, high) for high in (1.0, 2.0))
        with pytest.raises(ValueError, match="other is of another grid"):
            a.merge(b)


class TestRanks:
    """Quantiles are reports, and come with the number of agents who make them."""

    @given(crowd=crowds(), share=st.fractions(0, 1), room=rooms)
    def test_rank(self, crowd: Crowded, share: Fraction, room: tuple[int, int, int]) -> None:
        with smaller(*room):
            (found,) = ask(crowd.source, [Rank(share)], crowd.line)
        ordered = sorted(crowd.reports)
        rank = share * (len(ordered) - 1)
        report = ordered[math.floor(rank) if share <= Fraction(1, 2) else math.ceil(rank)]
        assert found == (report, ordered.count(report))

    def test_shares(self) -> None:
        with pytest.raises(ValueError, match="share is 3/2: it must be between 0 and 1"):
            Rank(Fraction(3, 2))

    @given(crowd=crowds(), most=st.integers(1, 5), room=rooms)
    def test_few(self, crowd: Crowded, most: int, room: tuple[int, int, int]) -> None:
        with smaller(*room):
            (found,) = ask(crowd.source, [Few(most)], crowd.line)
        counts = {x: crowd.reports.count(x) for x in sorted(set(crowd.reports))}
        assert found == (tuple(counts.items()) if len(counts) <= most else None)


class TestFairness:
    """What is fair is the interval of the definition, rounded once."""

    @pytest.mark.parametrize("guarantee", [individual, unanimous, proportional])
    @given(crowd=crowds((UNIT, Line(-1, 1), Line(Fraction(1, 3), 7))), room=rooms)
    def test_intervals(
        self, guarantee: Guarantee, crowd: Crowded, room: tuple[int, int, int]
    ) -> None:
        line, x, n = crowd.line, crowd.exact, len(crowd.reports)
        length = Fraction(line.length)
        due: dict[Guarantee, list[Fraction]] = {
            individual: [length * (1 - Fraction(1, n))] * n,
            unanimous: [length * (1 - Fraction(x.count(v), n)) for v in x],
        }
        if guarantee is proportional:
            lower = max(v - length * Fraction(i, n) for i, v in enumerate(x))
            upper = min(v + length * Fraction(n - 1 - j, n) for j, v in enumerate(x))
        else:
            lower = max(v - d for v, d in zip(x, due[guarantee], strict=True))
            upper = min(v + d for v, d in zip(x, due[guarantee], strict=True))
        with smaller(*room):
            (found,) = ask(crowd.source, [FairInterval(line, guarantee)], line)
        assert found == (float(max(lower, line.low)), float(min(upper, line.high)))
        rows = fair_intervals(np.array([crowd.reports]), line, guarantee)
        assert found == pytest.approx([float(end[0]) for end in rows], abs=1e-12)

    @given(crowd=crowds((UNIT,)), place=st.floats(0, 1), least=st.sampled_from([-9.0, 0.9]))
    def test_largest_group(self, crowd: Crowded, place: float, least: float) -> None:
        n = len(crowd.reports)

        def harm(places: FloatArray) -> FloatArray:
            return np.abs(places - place)

        (found,) = ask(crowd.source, [LargestGroup(harm, 0.5, least)], UNIT)
        value = {x: abs(x - place) + crowd.reports.count(x) / n / 2 for x in crowd.reports}
        largest = max(value.values())
        held = [x for x, _ in found]
        if largest >= least:
            assert [x for x in sorted(value) if value[x] == largest] == [
                x for x in held if value[x] == largest
            ]
        assert all(value[x] > max(largest, least) - 1e-9 for x in held)
        assert all(count == crowd.reports.count(x) for x, count in found)

    def test_other_guarantees(self) -> None:
        def nothing(ordered: FloatArray, length: float) -> Any:
            return ordered[:, 0] - length, ordered[:, 0] + length

        with pytest.raises(ValueError, match="a stream has a form for individual, unanimous and"):
            FairInterval(UNIT, nothing)
        with pytest.raises(ValueError, match="a fair share needs two finite ends"):
            FairInterval(Line())


class TestRefusals:
    """What is no report is named, and what no stream can answer is said."""

    @pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1.5, -1e-300])
    def test_rows(self, bad: float, tmp_path: Path) -> None:
        reports = np.full(200_000, 0.5)
        reports[[150_000, 170_000]] = bad
        table = arrow.table({"x": reports})
        parquet.write_table(table, tmp_path / "x.parquet", row_group_size=30_000)
        np.save(tmp_path / "x.npy", reports)
        reports.tofile(tmp_path / "x.raw")
        given: list[Source] = [
            Rows(reports),
            Rows(np.load(tmp_path / "x.npy", mmap_mode="r")),
            floats_in(str(tmp_path / "x.raw")),
            Blocks(lambda: np.array_split(reports, 3)),
            stream(tmp_path / "x.parquet"),
            stream(tmp_path / "x.npy"),
        ]
        named = re.compile(r"row 150000: (x|entry) is \S+: it must (be finite|lie in \[0, 1\])")
        for source in given:
            for parts in (source, Joined(source.partitions(5))):
                with pytest.raises(ValueError, match=named) as error:
                    place_stream(parts, [UniformPhantom()])
                assert isinstance(parts, Joined) or "row 150000" in str(error.value)

    def test_rows_that_are_left_out_count_as_rows(self, tmp_path: Path) -> None:
        answers = [0.5, None, -99.0, math.nan, 2.0]
        path = stored(tmp_path, answers, ".parquet")
        missing = ("", "-99", "nan")
        with pytest.raises(ValueError, match="row 4: x is 2: it must lie in"):
            place_stream(stream(path, missing), [UniformPhantom()])
        assert place_stream(stream(path, (*missing, "2")), [Median()]) == (0.5,)
        with pytest.raises(ValueError, match="row 1: x is null: it must be a number"):
            place_stream(stream(path), [UniformPhantom()])

    def test_points(self) -> None:
        line = Line(0, 1).grid(2)
        assert place_stream(np.array([0.0, 0.5, 0.5]), [Median(line)]) == (0.5,)
        with pytest.raises(ValueError, match=r"row 1: entry is 0\.25: it must be a point of"):
            place_stream(np.array([0.5, 0.25]), [Median(line)])

    @pytest.mark.parametrize("rule", [RandomRank(), max])
    def test_rules_without_a_form(self, rule: Any) -> None:
        with pytest.raises(ValueError, match=r"it has no form for streams; those with phantoms"):
            Outcome(rule)

    def test_nobody(self, tmp_path: Path) -> None:
        empty: list[Any] = [np.array([]), Blocks(lambda: ()), Rows(np.empty(0))]
        for source in (*empty, stream(stored(tmp_path, np.array([]), ".npy"))):
            with pytest.raises(ValueError, match="source is empty: at least one agent must report"):
                place_stream(source, [Median()])

    def test_ranks(self) -> None:
        with pytest.raises(ValueError, match="rank is 4: there are only 3 reports"):
            place_stream(np.array([0.5] * 3), [OrderStatistic(4)])

    def test_sources_that_change(self) -> None:
        shown = iter(np.linspace(0, 1, 3000).reshape(3, 1000))
        with pytest.raises(ValueError, match="source has changed between two passes"):
            place_stream(Blocks(lambda: [next(shown)]), [Median()])

    def test_what_is_no_array_of_floats(self) -> None:
        given: list[Any] = [[0.5], np.array([1]), np.zeros((2, 2)), np.ma.array([0.5])]
        for values in given:
            with pytest.raises(ValueError, match=r"values (is|has the shape) .*: it must be an"):
                place_stream(values, [Median()])


def stream(path: Path, missing: tuple[str, ...] = ()) -> Source:
    """A column of floats of a file."""
    found = stream_of(path, missing=missing)
    assert found is not None
    return found.reports


class TestSources:
    """A source gives its reports again and again, and its partitions give the same, in order."""

    @given(
        reports=st.lists(st.floats(0, 1, width=16), min_size=1, max_size=30),
        kind=st.sampled_from(["f2", "f4", "<f8", ">f8"]),
        most=st.integers(1, 9),
        rows=st.integers(1, 9),
    )
    def test_files(
        self, tmp_path_factory: Any, reports: list[float], kind: str, most: int, rows: int
    ) -> None:
        folder = tmp_path_factory.mktemp("files")
        entries = np.array(reports, kind)
        np.save(folder / "x.npy", entries)
        parquet.write_table(arrow.table({"x": reports}), folder / "x.parquet", row_group_size=4)
        np.array(reports).tofile(folder / "x.raw")
        mapped = np.load(folder / "x.npy", mmap_mode="r")
        given: list[Source] = [
            Rows(entries),
            Rows(mapped),
            stream(folder / "x.npy"),
            stream(folder / "x.parquet"),
            floats_in(str(folder / "x.raw")),
            Blocks(lambda: np.array_split(entries, 3)),
        ]
        with pytest.MonkeyPatch.context() as patch:
            for module in (sources, import_module("mechsim.preferences._parquet")):
                patch.setattr(module, "ROWS", rows)
            for source in given:
                for parts in ((source,), source.partitions(most)):
                    assert 1 <= len(parts) <= most or parts == (source,)
                    read = [x for part in parts for block in part.blocks() for x in block.tolist()]
                    assert read == reports

    def test_stretches_of_mapped_arrays(self, tmp_path: Path) -> None:
        np.save(tmp_path / "x.npy", np.linspace(0, 1, 101))
        mapped = np.load(tmp_path / "x.npy", mmap_mode="r")
        for part in (mapped[7:90], mapped[7:90][3:], mapped[::2], mapped[::-1]):
            read = np.concatenate([block.copy() for block in Rows(part).blocks()])
            assert read.tolist() == part.tolist()

    def test_arrays_that_differ_from_their_files(self, tmp_path: Path) -> None:
        np.save(tmp_path / "x.npy", np.zeros(9))
        mapped = np.load(tmp_path / "x.npy", mmap_mode="c")
        mapped[4] = 1.0
        assert place_stream(mapped, [Mean()]) == (1 / 9,)

    def test_files_that_are_cut_off(self, tmp_path: Path) -> None:
        np.linspace(0, 1, 100).tofile(tmp_path / "x.raw")
        source = floats_in(str(tmp_path / "x.raw"))
        (tmp_path / "x.raw").write_bytes(bytes(400))
        with pytest.raises(ValueError, match=r"x\.raw: it ends before row 99"):
            list(source.blocks())
        (tmp_path / "x.raw").write_bytes(bytes(401))
        with pytest.raises(ValueError, match="it has 401 bytes: they must be a multiple of 8"):
            floats_in(str(tmp_path / "x.raw"))

    def test_exact_columns_are_no_streams(self, tmp_path: Path) -> None:
        assert stream_of(stored(tmp_path, [1, 2], ".npy")) is None
        assert stream_of(stored(tmp_path, [1, 2], ".parquet")) is None
        assert stream_of(stored(tmp_path, ["1"], ".csv")) is None


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The same 30,000 reports in two kinds of files."""
    folder = tmp_path_factory.mktemp("workers")
    reports = np.random.default_rng(1).beta(2, 3, 30_000)
    np.save(folder / "x.npy", reports)
    parquet.write_table(arrow.table({"x": reports}), folder / "x.parquet", row_group_size=999)
    return folder / "x.npy", folder / "x.parquet"


QUESTIONS: list[Question] = [
    Outcome(UniformPhantom()),
    Costs(Outcome(Mean())),
    Rank(Fraction(1, 4)),
    FairInterval(UNIT),
]


class TestWorkers:
    """With workers, of this machine or of a cluster, answers are the same to the last bit."""

    def same(self, files: tuple[Path, ...], executor: Executor) -> None:
        for path in files:
            alone = ask(stream(path), QUESTIONS, UNIT)
            assert ask(stream(path), QUESTIONS, UNIT, executor=executor) == alone

    def test_processes(self, files: tuple[Path, ...]) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(2, mp_context=context) as executor:
            self.same(files, executor)
            bad = np.array([0.5, math.nan])
            with pytest.raises(ValueError, match="row 1: entry is nan: it must be finite"):
                ask(Rows(bad), QUESTIONS, UNIT, executor=executor)

    @pytest.mark.filterwarnings("ignore")  # those of the cluster are not ours
    def test_dask(self, files: tuple[Path, ...]) -> None:
        distributed: Any = pytest.importorskip("distributed")
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            self.same(files, client.get_executor())


class TestMemory:
    """Memory does not grow with the stream."""

    def peak(self, code: str, *arguments: str) -> int:
        """How many bytes a job adds to the peak of a process that has done a small one."""
        script = (
            "import resource, sys, numpy as np\n"
            "from mechsim import Line\n"
            "from mechsim.facility import Mean, Median, UniformPhantom\n"
            "from mechsim.facility.streaming import Costs, Outcome, ask\n"
            "from mechsim.preferences.columns import stream_of\n"
            "asked = [Outcome(UniformPhantom()), Costs(Outcome(Mean())), Outcome(Median())]\n"
            "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "ask(np.linspace(0, 1, 300_000), asked, Line(0, 1))\n"
            "before = peak()\n"
            f"{code}\n"
            "print(1024 * (peak() - before))\n"
        )
        environment = {k: v for k, v in os.environ.items() if k != "NUMBA_DISABLE_JIT"}
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        return int(done.stdout)

    @pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in other units")
    def test_mapped(self, tmp_path: Path) -> None:
        path = tmp_path / "x.npy"
        rows = 20_000_000
        mapped: Any = np.lib.format.open_memmap(path, "w+", np.float64, (rows,))
        mapped[:] = np.random.default_rng(0).random(rows)
        del mapped
        job = "ask(np.load(sys.argv[1], mmap_mode='r'), asked, Line(0, 1))"
        assert self.peak(job, str(path)) < 32e6 < 8 * rows

    @pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in other units")
    def test_parquet(self, tmp_path: Path) -> None:
        path = tmp_path / "x.parquet"
        rows = 20_000_000
        with parquet.ParquetWriter(path, arrow.schema([("x", arrow.float64())])) as writer:
            rng = np.random.default_rng(0)
            for _ in range(20):
                writer.write_table(arrow.table({"x": rng.random(rows // 20)}))
        job = "ask(stream_of(sys.argv[1]).reports, asked, Line(0, 1))"
        assert self.peak(job, str(path)) < 100e6 < 8 * rows  # pyarrow itself is 60 MB of it


@dataclass(frozen=True)
class Told:
    """What the command says of a file, streamed or read."""

    say: Callable[..., tuple[int, str, str]]

    def both(self, path: Path, *options: str) -> tuple[str, str]:
        """The same call twice: as usual, and with everything streamed."""
        code, usual, error = self.say(path, *options)
        assert code == 0, error
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_large, "STREAMED", 0)
            patch.setattr(_large, "GATHERED", 0)
            code, streamed, error = self.say(path, *options)
        assert code == 0, error
        return usual, streamed


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    def say(path: Path, *options: str) -> tuple[int, str, str]:
        code = main(["place", str(path), "--range", "0", "6", *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return Told(say)


NAMES = ("median", "uniform-phantom", "mean", "midrange", "left-right-middle", "high-median")


def decimal(place: dict[str, Any]) -> float:
    return float(place["decimal"])


def unordered(written: str) -> dict[str, Any]:
    """What JSON says, with the places of lotteries in order."""
    said: dict[str, Any] = json.loads(written)
    for mechanism in said["placed"]:
        drawn: list[dict[str, Any]] = mechanism["lottery"]
        mechanism["lottery"] = sorted(drawn, key=decimal)
    return said


class TestCommand:
    """`mechsim place` says the same of a file whether it reads or streams it."""

    @pytest.mark.parametrize("suffix", [".npy", ".parquet"])
    @pytest.mark.parametrize("seed", range(4))
    def test_tables(self, told: Told, tmp_path: Path, suffix: str, seed: int) -> None:
        rng = np.random.default_rng(seed)
        answers = 6 * rng.beta(2, 5, 3000)
        if seed % 2:  # atoms
            answers[rng.random(3000) < 0.7] = rng.choice(answers, 1)
        if seed == 3:  # somebody at an end is wronged by the rules in the middle
            answers[:2990] = 0.0
        path = stored(tmp_path, answers, suffix)
        for options in ((), ("--json",)):
            usual, streamed = told.both(path, "--mechanism", *NAMES, *options)
            if options:
                assert json.loads(streamed) == json.loads(usual)
            else:
                assert streamed == usual

    def test_groups_that_are_wronged(self, told: Told, tmp_path: Path) -> None:
        asked = "midrange", "second-order-statistic", "left-right-middle"
        for size, wronged in ((700, "700 agents at 6 are"), (400, "if 0 is drawn, the 400 agents")):
            answers = np.concatenate([np.full(size, 6.0), np.linspace(0, 1, 1000 - size)])
            path = stored(tmp_path, answers, ".npy")
            usual, streamed = told.both(path, "--mechanism", *asked)
            assert wronged in usual
            assert streamed == usual

    def test_few_places(self, told: Told, tmp_path: Path) -> None:
        """Where few reports differ they are counted, and anything can be computed."""
        answers = np.random.default_rng(0).integers(0, 7, 1000) * 1.0
        path = stored(tmp_path, answers, ".parquet")
        usual, streamed = told.both(path, "--mechanism", *NAMES)
        assert streamed == usual
        usual, streamed = told.both(path, "--mechanism", *NAMES, "random-rank", "--json")
        assert unordered(streamed) == unordered(usual)

    def test_missing(self, told: Told, tmp_path: Path) -> None:
        answers = [*np.linspace(0, 6, 50).tolist(), None, math.nan, -99.0]
        path = stored(tmp_path, answers, ".parquet")
        missing = ("--missing", "nan", "-99", "")
        usual, streamed = told.both(path, "--mechanism", "median", *missing)
        assert "50 reports on Line(0, 6) (3 without an answer left out)" in usual
        assert streamed == usual

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (("--mechanism", "random-rank"), "mechanism is 'random-rank': it cannot be placed for"),
            (("--mechanism", "median", "nash"), "mechanism is 'nash': it cannot be placed for the"),
            (("--mechanism", "mean", "--picture", "x.svg"), "picture is x.svg: "),
        ],
    )
    def test_refusals(
        self,
        told: Told,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        options: tuple[str, ...],
        message: str,
    ) -> None:
        path = stored(tmp_path, np.linspace(0, 6, 100), ".npy")
        monkeypatch.setattr(_large, "STREAMED", 0)
        monkeypatch.setattr(_large, "GATHERED", 99)
        code, _, error = told.say(path, *options)
        assert code == 2
        assert message in error

    def test_middling_files_are_gathered_where_that_is_needed(
        self, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = stored(tmp_path, np.linspace(0, 6, 100), ".npy")
        monkeypatch.setattr(_large, "STREAMED", 0)
        code, out, _ = told.say(path, "--mechanism", "random-rank")
        assert code == 0
        assert "100 places" in out

    def test_bad_rows(self, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_large, "STREAMED", 0)
        path = stored(tmp_path, [0.5, 7.5, 3.0], ".parquet")
        assert told.say(path, "--mechanism", "mean") == (
            2,
            "",
            f"mechsim: {path}, row 1: x is 7.5: it must lie in [0, 6]\n",
        )
