"""``python -m benchmarks.studies [--write]``: what a study costs beside what it measures."""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from mechsim._tables import Table
from mechsim.studies import Study, product
from mechsim.studies.streams import generator

from .__main__ import PAGE, machine

BEGIN, END = "<!-- the table of studies begins -->", "<!-- the table of studies ends -->"
HEADER = ("what", "measured", "goal")
ROUNDS = 3


@dataclass(frozen=True)
class Point:
    """Where is measured."""

    size: int


def tenth(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """About a tenth of a second of work."""
    total = 0.0
    for _ in range(point.size):
        total += float(np.sort(rng.random(50_000))[0])
    return {"total": total}


def nothing(points: Sequence[Point], rngs: Sequence[np.random.Generator]) -> Mapping[str, Any]:
    """No work at all."""
    return {"a": np.zeros(len(points)), "b": np.zeros(len(points))}


SORTS = 55
"""They take about a tenth of a second."""

SLOW = Study("slow", "How slow?", product(Point, (SORTS,)), tenth, 30)
MORE = Study("more", "How long?", product(Point, (SORTS,)), tenth, 120)
FAST = Study("fast", "How fast?", product(Point, (1, 2)), measure_many=nothing, replicates=20_000)


def _alone() -> None:
    for replicate in range(SLOW.replicates):
        tenth(SLOW.points[0], SLOW.stream(SLOW.points[0], replicate))


def _kept(study: Study[Any], **options: Any) -> None:
    with TemporaryDirectory() as folder:
        study.run(folder=folder, progress=False, **options)


def _streams() -> None:
    for words in FAST.keys:
        for replicate in range(FAST.replicates):
            generator(0, words, replicate)


def _seconds(job: Callable[[], Any], clock: Callable[[], float]) -> float:
    started = clock()
    job()
    return clock() - started


def _medians(clock: Callable[[], float], *jobs: Callable[[], Any]) -> list[float]:
    """The seconds of each job, timed in turn, after one round that is not counted."""
    rounds = [[_seconds(job, clock) for job in jobs] for _ in range(ROUNDS + 1)]
    return [statistics.median(times) for times in zip(*rounds[1:], strict=True)]


def rows() -> list[tuple[str, str, str]]:
    """What is measured, how much of it, and the goal."""
    alone, kept = _medians(time.process_time, _alone, lambda: _kept(SLOW))
    streams, batched, stored = _medians(
        time.process_time, _streams, lambda: FAST.run(progress=False), lambda: _kept(FAST)
    )
    count = len(FAST.points) * FAST.replicates / 1e6
    one, two = _medians(time.perf_counter, lambda: _kept(MORE), lambda: _kept(MORE, workers=2))
    cores = len(os.sched_getaffinity(0))
    cell = 1000 * alone / SLOW.replicates
    return [
        (
            f"cells of {cell:.0f} ms, rows kept on disk: CPU beyond the work",
            f"{kept / alone - 1:.1%}",
            "3%",
        ),
        ("batches, a replicate: its stream", f"{streams / count:.1f} µs", ""),
        ("batches, a replicate: all, in memory", f"{batched / count:.1f} µs", "25 µs"),
        (
            "batches, a replicate: beyond the stream",
            f"{(batched - streams) / count:.1f} µs",
            "5 µs",
        ),
        ("batches, a replicate: all, rows kept on disk", f"{stored / count:.1f} µs", ""),
        (f"{MORE.replicates} cells of {cell:.0f} ms, 1 worker, {cores} cores", f"{one:.2f} s", ""),
        ("the same, 2 workers, start of the processes included", f"{two:.2f} s", ""),
        ("times faster", f"{one / two:.2f}", ""),
    ]


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.studies", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    found = rows()
    print(Table(HEADER, tuple(found)))
    if options.write:
        renew(PAGE, found)


def renew(page: Path, found: list[tuple[str, str, str]]) -> None:
    """Put the table into the documentation."""
    text = page.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    lines = ["| " + " | ".join(HEADER) + " |", "|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in found]
    table = "\n".join([*lines, "", f"Medians of {ROUNDS} rounds, {machine()}."])
    page.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":  # workers can import what has a name
    import_module("benchmarks.studies").main()
