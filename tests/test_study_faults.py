"""A study's table is one and the same, whoever works at it and whatever happens meanwhile."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mechsim.__main__ import main
from mechsim.studies import Study, load

# Measures that leave a trace: each call writes a line, and some cells have an accident.
SOURCE = '''
"""Forty rows, each of which is noted when it is measured."""
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from mechsim.studies import Study, product

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Point:
    agents: int


def first_time(name):
    """Whether nobody has come here before."""
    try:
        (HERE / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def measure(point, rng):
    draws = rng.random(point.agents)
    if NOTED:
        with (HERE / "measured.txt").open("a") as file:
            file.write(f"{os.getpid()} {draws[0]!r}\\n")
    time.sleep(PAUSE)
    if point.agents == 3 and draws[0] < DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    if point.agents == 4 and ACCIDENT and draws[0] < 0.5 and first_time("accident"):
        os.kill(os.getpid(), signal.SIGKILL)
    if point.agents == 5 and draws[0] < BROKEN and not (HERE / "mended").exists():
        raise ZeroDivisionError("no row today")
    return {"sum": float(draws.sum()), "rank": rng.integers(9)}


STUDY = Study("trace", "What is drawn?", product(Point, (1, 2, 3, 4, 5)), measure, 8)
'''


def write(folder: Path, **changes: object) -> Path:
    values: dict[str, object] = {"PAUSE": 0.0, "DEADLY": 0.0, "ACCIDENT": False, "BROKEN": 0.0}
    values["NOTED"] = True
    source = SOURCE
    for name, value in (values | changes).items():
        source = source.replace(name, repr(value))
    folder.mkdir(exist_ok=True)
    path = folder / "trace.py"
    path.write_text(source)
    return path


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The table as it is when one after the other is measured here, and nothing goes wrong."""
    study = load(write(tmp_path_factory.mktemp("fresh"))).study
    return study.run(seed=7).records.csv()


def study_in(folder: Path, **changes: object) -> Study[Any]:
    return load(write(folder, **changes)).study


def measured(folder: Path) -> Counter[str]:
    """How often each row was measured, by its first draw."""
    lines = (folder / "measured.txt").read_text().splitlines()
    return Counter(line.split()[1] for line in lines)


def command(path: Path, *options: str, workers: int = 2) -> list[str]:
    start = [sys.executable, "-m", "mechsim", "run", str(path), "--seed", "7"]
    return [*start, "--workers", str(workers), "--out", str(path.parent / "out"), *options]


class TestIdenticalTables:
    """1, 2 and 5 workers, threads, fresh and resumed runs give one table, to the last bit."""

    @pytest.mark.parametrize("workers", [1, 2, 5])
    def test_workers(self, tmp_path: Path, fresh: str, workers: int) -> None:
        study = study_in(tmp_path)
        assert study.run(seed=7, workers=workers).records.csv() == fresh
        kept = study.run(seed=7, workers=workers, folder=tmp_path / "out")
        assert kept.records.csv() == fresh
        assert study.run(seed=7, folder=tmp_path / "out").records.csv() == fresh
        assert sorted(measured(tmp_path).values()) == [2] * 40, "the third run measured nothing"

    def test_threads(self, tmp_path: Path, fresh: str) -> None:
        with ThreadPoolExecutor(3) as executor:
            found = study_in(tmp_path).run(seed=7, executor=executor)
        assert found.records.csv() == fresh

    @pytest.mark.parametrize("pyarrow", [True, False])
    def test_parts(
        self, tmp_path: Path, fresh: str, pyarrow: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Quick, then more points, then all replicates: nothing is measured twice."""
        monkeypatch.setattr("mechsim.studies._folder._has_pyarrow", lambda: pyarrow)
        study = study_in(tmp_path)
        quick = study.run(seed=7, quick=True, folder=tmp_path / "out")
        assert len(quick) == 10
        found = study.run(seed=7, folder=tmp_path / "out")
        assert found.records.csv() == fresh
        assert study.stored(tmp_path / "out").records.csv() == fresh
        assert set(measured(tmp_path).values()) == {1}
        endings = {path.suffix for path in (tmp_path / "out" / "rows").iterdir()}
        assert endings == {".parquet" if pyarrow else ".csv"}


DASK = """
import sys
from pathlib import Path

from distributed import Client, LocalCluster
from mechsim.studies import load

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    study = load(folder / "trace.py").study
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        results = study.run(seed=7, executor=client.get_executor(pure=False), workers=2,
                            folder=folder / "out")
        workers = client.run(lambda: __import__("os").getpid())
    assert not results.failures
    (folder / "table.csv").write_text(results.records.csv())
    (folder / "workers.txt").write_text(" ".join(map(str, workers.values())))
"""


class TestDask:
    """A cluster of processes, one of which is killed at its work, gives the same table."""

    @pytest.mark.parametrize("accident", [False, True])
    def test_cluster(self, tmp_path: Path, fresh: str, accident: bool) -> None:
        write(tmp_path, ACCIDENT=accident)
        script = tmp_path / "script.py"
        script.write_text(DASK)
        subprocess.run(
            [sys.executable, str(script), str(tmp_path)], check=True, timeout=120, text=True
        )
        assert (tmp_path / "table.csv").read_text() == fresh
        assert (tmp_path / "accident").exists() == accident
        lines = (tmp_path / "measured.txt").read_text().splitlines()
        others = {int(line.split()[0]) for line in lines} - {os.getpid()}
        assert len(others) >= 2, "no work was done by other processes"


class TestDeadWorker:
    """A worker that is killed loses nothing; a cell that kills each time fails alone."""

    def test_once(self, tmp_path: Path, fresh: str) -> None:
        found = study_in(tmp_path, ACCIDENT=True).run(seed=7, workers=2)
        assert (tmp_path / "accident").exists()
        assert found.records.csv() == fresh
        assert not found.failures

    def test_every_time(self, tmp_path: Path, fresh: str) -> None:
        study = study_in(tmp_path, DEADLY=0.3)
        deadly = [k for k in range(8) if study.stream(study.points[2], k, seed=7).random() < 0.3]
        assert 0 < len(deadly) < 8
        found = study.run(seed=7, workers=2)
        assert [(failure.point, failure.replicate) for failure in found.failures] == [
            ("Point(agents=3)", k) for k in deadly
        ]
        assert found.failures[0].error == "its worker died, twice"
        lost = {f"3,{k}," for k in deadly}
        left = [line for line in fresh.splitlines() if line[:4] not in lost]
        assert found.records.csv().splitlines() == left

    def test_workers_that_cannot_start(self, tmp_path: Path) -> None:
        """A file that only other processes cannot import is an error, at once."""
        path = write(tmp_path)
        study = load(path).study
        path.write_text("1 / 0\n")
        with pytest.raises(ValueError, match=r"trace.py: it raises ZeroDivisionError"):
            study.run(seed=7, workers=2)


class TestKilledRun:
    """The main process killed in the middle of a run and started again gives the same table."""

    def test_sigkill(self, tmp_path: Path, fresh: str) -> None:
        path = write(tmp_path, PAUSE=0.1)
        rows = tmp_path / "out" / "rows"
        with subprocess.Popen(command(path), stdout=subprocess.DEVNULL) as run:
            wait_for(lambda: rows.is_dir() and len(list(rows.glob("[!.]*"))) >= 3)
            run.send_signal(signal.SIGKILL)
        kept = load(path).study.stored(tmp_path / "out")
        assert 3 <= len(kept) < 40
        assert not (tmp_path / "out" / "results.csv").exists()
        lines = (tmp_path / "measured.txt").read_text().splitlines()
        wait_for(lambda: not any(map(alive, {int(line.split()[0]) for line in lines})))
        before = measured(tmp_path)
        subprocess.run(command(path), check=True, stdout=subprocess.DEVNULL, timeout=60)
        assert (tmp_path / "out" / "results.csv").read_text() == fresh
        again = measured(tmp_path) - before
        assert sum(again.values()) == 40 - len(kept), "finished rows were measured again"

    def test_interrupt(self, tmp_path: Path, fresh: str) -> None:
        """Ctrl-C keeps every row that was measured."""
        path = write(tmp_path, PAUSE=0.1)
        for workers in (1, 2):
            with subprocess.Popen(
                command(path, workers=workers), stderr=subprocess.PIPE, text=True
            ) as run:
                start = sum(measured(tmp_path).values()) if workers == 2 else 0
                wait_for(lambda: lines(tmp_path) >= start + 3)  # noqa: B023 - called at once
                run.send_signal(signal.SIGINT)
                told = run.communicate(timeout=60)[1]
            assert run.returncode == 130
            assert "finishing what is at hand" in told
            kept = load(path).study.stored(tmp_path / "out")
            assert len(kept) < 40
            lost = sum(measured(tmp_path).values()) - len(kept)
            assert lost <= (1 if workers == 1 else 0), "only the row that was interrupted is lost"
            (tmp_path / "measured.txt").write_text(
                "".join(sorted((tmp_path / "measured.txt").read_text().splitlines(True))[lost:])
            )
        subprocess.run(command(path), check=True, stdout=subprocess.DEVNULL, timeout=60)
        assert (tmp_path / "out" / "results.csv").read_text() == fresh


def lines(folder: Path) -> int:
    path = folder / "measured.txt"
    return len(path.read_text().splitlines()) if path.exists() else 0


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        return not Path(f"/proc/{process}/stat").read_text().split(") ")[1].startswith("Z")
    except OSError:
        return False


def wait_for(what: Any) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.02)


LIMITED = """
import resource, sys
from pathlib import Path
from mechsim.studies import _folder, load

_folder._has_pyarrow = lambda: False  # the sizes of text are known
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
folder = Path(sys.argv[1])
load(folder / "trace.py").study.run(seed=7, folder=folder / "out")
"""


class TestFullDisk:
    """A full disk is an error that names the path, and finished rows are intact."""

    def test_injected(self, tmp_path: Path, fresh: str, monkeypatch: pytest.MonkeyPatch) -> None:
        study = study_in(tmp_path, PAUSE=0.05)
        room = iter(range(4))

        def fsync(file: int) -> None:
            if next(room, None) is None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(OSError, match="No space left on device") as error:
                study.run(seed=7, folder=tmp_path / "out")
        assert Path(error.value.filename).parent == tmp_path / "out" / "rows"
        left = sorted((tmp_path / "out" / "rows").iterdir())
        assert len(left) == 3, "manifest and three parts fitted, and no draft is left"
        kept = study.stored(tmp_path / "out")
        assert set(kept.records.csv().splitlines()) < set(fresh.splitlines())
        assert study.run(seed=7, folder=tmp_path / "out").records.csv() == fresh

    def test_a_limit_of_the_system(self, tmp_path: Path, fresh: str) -> None:
        path = write(tmp_path, NOTED=False)
        study = load(path).study
        study.run(seed=7, quick=True, folder=tmp_path / "out")
        script = tmp_path / "script.py"
        script.write_text(LIMITED)
        run = subprocess.run(
            [sys.executable, str(script), str(tmp_path), "750"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert run.returncode == 1
        assert "File too large" in run.stderr.splitlines()[-1]
        assert f"{tmp_path / 'out'}" in run.stderr.splitlines()[-1]
        assert len(study.stored(tmp_path / "out")) == 10
        assert study.run(seed=7, folder=tmp_path / "out").records.csv() == fresh


class TestFailures:
    """A measure that raises says where; the rest goes on, and later only what failed is tried."""

    @pytest.mark.parametrize("workers", [1, 2])
    def test_point_replicate_and_seed(self, tmp_path: Path, fresh: str, workers: int) -> None:
        study = study_in(tmp_path, BROKEN=0.4)
        draws = [study.stream(study.points[4], k, seed=7).random() for k in range(8)]
        broken = [k for k, draw in enumerate(draws) if draw < 0.4]
        assert 0 < len(broken) < 8
        found = study.run(seed=7, workers=workers, folder=tmp_path / "out")
        assert [str(failure) for failure in found.failures] == [
            f"Point(agents=5), replicate {k}, seed 7: ZeroDivisionError: no row today"
            for k in broken
        ]
        assert 'raise ZeroDivisionError("no row today")' in found.failures[0].traceback
        assert len(found) == 40 - len(broken)
        assert f"{len(broken)} measurements failed: Point(agents=5)" in str(found)
        before = measured(tmp_path)
        (tmp_path / "mended").touch()
        again = study.run(seed=7, workers=workers, folder=tmp_path / "out")
        assert not again.failures
        assert again.records.csv() == fresh
        assert sum((measured(tmp_path) - before).values()) == len(broken)

    def test_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = write(tmp_path, BROKEN=0.4)
        out = tmp_path / "out"
        arguments = ["run", str(path), "--seed", "7", "--workers", "1", "--out", str(out)]
        assert main(arguments) == 2
        told = capsys.readouterr()
        assert "measurements failed" in told.out
        assert told.err.startswith("mechsim: ")
        assert f"all of them: {out / 'failures.txt'}" in told.err
        assert "ZeroDivisionError: no row today" in (out / "failures.txt").read_text()
        (tmp_path / "mended").touch()
        assert main(arguments) == 0
        assert not (out / "failures.txt").exists()

    def test_all(self, tmp_path: Path) -> None:
        study = study_in(tmp_path, BROKEN=2.0)
        (point,) = study.points[4:]
        with pytest.raises(ValueError, match="trace: nothing could be measured: Point") as error:
            Study("trace", "?", (point,), study.measure, 3).run()
        assert "ZeroDivisionError" in error.value.__notes__[0]


class Counting(ThreadPoolExecutor):
    """Threads that remember how long their tasks took, and how many cells each was given."""

    def __init__(self) -> None:
        super().__init__(2)
        self.tasks: list[tuple[float, int]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        def timed() -> Any:
            started = time.monotonic()
            done = fn(*args, **kwargs)
            self.tasks.append((time.monotonic() - started, len(done)))
            return done

        return super().submit(timed)


class TestTasks:
    """A task lasts a tenth of a second or more, unless there is little to do or cells are long."""

    @staticmethod
    def tasks(folder: Path, pause: float, replicates: int) -> list[tuple[float, int]]:
        study = study_in(folder, PAUSE=pause, NOTED=False)
        more = Study("trace", "?", study.points, study.measure, replicates)
        with Counting() as executor:
            assert len(more.run(executor=executor)) == 5 * replicates
        return executor.tasks

    def test_short_cells_are_put_together(self, tmp_path: Path) -> None:
        found = self.tasks(tmp_path, 0.002, 100)
        assert sum(cells for _, cells in found) == 500
        assert len(found) <= 16, "a second of work in two threads"

    def test_long_cells_are_not(self, tmp_path: Path) -> None:
        """Tasks end once their time is over, and others take what they leave."""
        found = self.tasks(tmp_path, 0.3, 2)
        assert {cells for _, cells in found} == {1}
        assert len(found) == 10
