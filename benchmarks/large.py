"""``python -m benchmarks.large [--rows 1e8] [--peers PYTHON] [--write]``: files larger than memory.

Two files of the same reports, drawn from Beta(1, 2), are written to a folder for the time of the
races.  Every job runs in a process of its own, in turn with the others, on files that are in the
page cache where there is room; CPU seconds are those of the job without its imports, of all its
threads, and the peak of memory is that of the process.  Ratios are to reading the raw file once
and summing it; the median over rounds is told.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from mechsim._tables import Table

from .limit import FloatArray

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- large files begin -->", "<!-- large files end -->"
HEADER = ("job", "CPU seconds", "ratio", "peak MiB", "goal")
STEP = 10**6
"""Rows of a row group."""


def generate(folder: Path, rows: int) -> None:
    """The files, a few rows at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.Generator(np.random.SFC64(7))
    schema: Any = pa.schema([("x", pa.float64())])
    stored: Any = np.lib.format.open_memmap(folder / "x.npy", "w+", np.float64, (rows,))
    offset: int = stored.offset
    del stored
    with (
        pq.ParquetWriter(
            folder / "x.parquet", schema, use_dictionary=False, compression="NONE"
        ) as table,
        open(folder / "x.npy", "r+b") as raw,
    ):
        raw.seek(offset)
        for first in range(0, rows, STEP):
            size = min(STEP, rows - first)
            reports = np.minimum(rng.random(size), rng.random(size))
            table.write_table(pa.table({"x": reports}), row_group_size=STEP)
            raw.write(reports.tobytes())


def read_and_sum(folder: Path) -> float:
    """The limit: look at every byte of the raw file."""
    total, buffer = 0.0, np.empty(2**16)
    with open(folder / "x.npy", "rb", buffering=0) as raw:
        raw.seek(128)  # the header
        while read := raw.readinto(memoryview(buffer).cast("B")):
            total += float(buffer[: read // 8].sum())
    return total


def read_parquet(folder: Path) -> float:
    """The limit of Parquet: decode every row once."""
    from mechsim.preferences.columns import stream_of

    stream = stream_of(folder / "x.parquet")
    return sum(float(block.sum()) for block in stream.reports.blocks()) if stream else 0.0


def uniform_phantom(folder: Path, name: str) -> Any:
    """One rule, two passes."""
    from mechsim.facility import UniformPhantom
    from mechsim.facility.streaming import place_stream
    from mechsim.preferences.columns import stream_of

    stream = stream_of(folder / name)
    return place_stream(stream.reports, [UniformPhantom()]) if stream else None


def three_with_costs(folder: Path, name: str) -> Any:
    """Three rules with their total and largest costs, two passes in all."""
    from mechsim import Line
    from mechsim.facility import Mean, Median, UniformPhantom
    from mechsim.facility.streaming import Costs, Outcome, ask
    from mechsim.preferences.columns import stream_of

    stream = stream_of(folder / name)
    asked = [Outcome(rule) for rule in (UniformPhantom(), Median(), Mean())]
    return ask(stream.reports, [*asked, *map(Costs, asked)], Line(0, 1)) if stream else None


def median(folder: Path, name: str) -> Any:
    """The median, two passes."""
    from mechsim import Line
    from mechsim.facility import Median
    from mechsim.facility.streaming import Outcome, ask
    from mechsim.preferences.columns import stream_of

    stream = stream_of(folder / name)
    return ask(stream.reports, [Outcome(Median())], Line(0, 1)) if stream else None


def warm_up() -> None:
    """Compile, or load what was compiled, and import."""
    import pyarrow.parquet  # noqa: F401

    from mechsim import Line
    from mechsim.facility import Mean, UniformPhantom
    from mechsim.facility.streaming import Outcome, ask

    few: FloatArray = np.linspace(0, 1, 100_000)
    ask(few, [Outcome(UniformPhantom())], Line(0, 1))
    ask(few, [Outcome(Mean())], Line(0, 1))


RAW, PARQUET = "x.npy", "x.parquet"
UNIT = "read the raw file and sum it"
JOBS: dict[str, tuple[Callable[[Path], Any], float | None]] = {
    UNIT: (read_and_sum, None),
    "Uniform Phantom, raw file": (lambda folder: uniform_phantom(folder, RAW), 3.5),
    "three rules and their costs, raw file": (lambda folder: three_with_costs(folder, RAW), None),
    "read the Parquet file and sum it": (read_parquet, None),
    "Uniform Phantom, Parquet": (lambda folder: uniform_phantom(folder, PARQUET), 6.9),
    "three rules and their costs, Parquet": (
        lambda folder: three_with_costs(folder, PARQUET),
        None,
    ),
    "median, Parquet": (lambda folder: median(folder, PARQUET), None),
}

CLOCK = """
import resource, sys, time
path = sys.argv[1]
def told(job):
    start = time.process_time()
    job()
    spent = time.process_time() - start
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

QUIET_DUCKDB = "import duckdb\nduckdb.sql('set enable_progress_bar = false')\n"

PEERS = {
    "median, Parquet: polars": "import polars as pl\n"
    "told(lambda: pl.scan_parquet(path).select(pl.col('x').quantile(0.5, 'lower'))"
    ".collect(engine='streaming'))",
    "Uniform Phantom, Parquet: polars, three scans": "import polars as pl\n"
    "from benchmarks_scans import uniform_phantom\n"
    "def histogram(low, width):\n"
    "    cell = ((pl.col('x') - low) / width).floor().clip(-1, 1000).alias('cell')\n"
    "    frame = pl.scan_parquet(path).group_by(cell).len().collect(engine='streaming')\n"
    "    return dict(frame.iter_rows())\n"
    "told(lambda: uniform_phantom(histogram))",
    "median, Parquet: duckdb": QUIET_DUCKDB
    + "told(lambda: duckdb.sql(f\"select quantile_disc(x, 0.5) from '{path}'\").fetchall())",
    "Uniform Phantom, Parquet: duckdb, three scans": QUIET_DUCKDB
    + "from benchmarks_scans import uniform_phantom\n"
    "def histogram(low, width):\n"
    "    cell = f'least(greatest(floor((x - {low!r}) / {width!r}), -1), 1000)'\n"
    "    query = f\"select {cell} as cell, count(*) from '{path}' group by cell\"\n"
    "    return dict(duckdb.sql(query).fetchall())\n"
    "told(lambda: uniform_phantom(histogram))",
}
"""What runs with the peers' Python: its output is the CPU seconds and the peak."""

SCANS = '''
def uniform_phantom(histogram):
    """To a billionth, by three histograms of 1,000 cells, each of one cell of that before."""
    low, width = 0.0, 1e-3
    for _ in range(3):
        counts = histogram(low, width)
        agents, upto = sum(counts.values()), counts.get(-1, 0)
        for cell in range(1000):
            upto += counts.get(cell, 0)
            if 1 - upto / agents <= low + (cell + 1) * width:
                break
        low, width = low + cell * width, width / 1000
    return low
'''


def races(folder: Path, peers: str | None, rounds: int) -> Iterator[tuple[str, list[float], float]]:
    """Each job with its CPU seconds in each round and its peak of memory, in MiB."""
    (folder / "benchmarks_scans.py").write_text(SCANS, encoding="utf-8")
    spent: dict[str, list[float]] = {}
    peaks: dict[str, float] = {}
    commands = {
        name: [sys.executable, "-m", "benchmarks.large", "--one", name, str(folder)]
        for name in JOBS
    }
    if peers is not None:
        header = f"import sys\nsys.path.insert(0, {str(folder)!r})\n{CLOCK}"
        commands |= {
            name: [peers, "-c", header + code, str(folder / PARQUET)]
            for name, code in PEERS.items()
        }
    for _ in range(rounds):
        for name, command in commands.items():
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, peak = map(float, done.stdout.split()[-2:])
            spent.setdefault(name, []).append(seconds)
            peaks[name] = max(peak, peaks.get(name, 0.0))
    for name, seconds_of in spent.items():
        yield name, seconds_of, peaks[name]


def table(folder: Path, peers: str | None, rounds: int) -> Iterator[tuple[str, ...]]:
    """One row a job."""
    limits: list[float] = []
    for name, spent, peak in races(folder, peers, rounds):
        limits = limits or spent
        ratio = statistics.median(a / b for a, b in zip(spent, limits, strict=True))
        goal = JOBS[name][1] if name in JOBS else None
        told = "" if goal is None else f"at most {goal:g}" + (" (missed)" if ratio > goal else "")
        yield name, f"{statistics.median(spent):.2f}", f"{ratio:.1f}", f"{peak:.0f}", told


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("--rows", type=float, default=1e8, help="how many reports")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to write the files, removed afterwards")
    parser.add_argument("--peers", metavar="PYTHON", help="one that has polars and duckdb")
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        name, folder = options.one
        warm_up()
        start = time.process_time()
        JOBS[name][0](Path(folder))
        spent = time.process_time() - start
        print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with TemporaryDirectory(dir=options.folder) as made:
        generate(Path(made), int(options.rows))
        rows = tuple(table(Path(made), options.peers, options.rounds))
    print(Table(HEADER, rows))
    if options.write:
        lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        text = "\n".join([*lines, "", f"Of {int(options.rows):,} reports."])
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
