"""Running a study: cells are handed to an executor in tasks, and rows come back in any order.

A task takes as many cells as fit into a quarter of a second, or into a thousandth of the time
that the run has taken, whichever is more: tasks cost little beside their work, files of rows stay
few, and who is killed loses a thousandth at most.
"""

import json
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._progress import tqdm
from .._text import brief
from ..algorithms.intervals import t_interval
from ._crew import Crew, crew
from ._folder import MANIFEST, Folder, Found
from ._measuring import Cell, Done, Span, work
from ._source import Source
from .results import Failure, Results, Row
from .study import Precision, Study

TASK = 0.25
"""Seconds that a task lasts, at least, unless there is not so much to do."""

SHARE = 1 / 1000
"""The share of the time of the run so far that a task may last."""

PATIENCE = 3
"""So often in a row workers may die and nothing be known of why."""


def run(
    study: Study[Any],
    *,
    seed: int,
    positions: Sequence[int],
    replicates: int,
    workers: int | None,
    executor: Executor | None,
    folder: Path | None,
    until: Precision | None,
    progress: bool,
) -> Results:
    """What `Study.run` says."""
    kept = None if folder is None else Folder(folder, study, seed)
    found: Found = {} if kept is None else kept.open()
    failures: dict[Cell, Failure] = {}

    def receive(done: Done) -> None:
        found.update((row.cell, row) for row in done.rows)
        failures.update(done.failures)
        if kept is not None:
            kept.keep(done.rows)

    stops = dict.fromkeys(positions, replicates if until is None else 0)
    with crew(study, workers, executor) as team:
        stage = replicates if until is None else min(replicates, until.first)
        undecided = list(positions)
        while undecided:
            spans = [span for k in undecided for span in _missing(found, failures, k, stage)]
            _drive(study, seed, spans, team, receive, progress)
            stops.update(dict.fromkeys(undecided, stage))
            if stage < replicates:
                undecided = [k for k in undecided if not _precise(study, found, k, stage, until)]
            else:
                undecided = []
            stage = min(replicates, 2 * stage)
    if kept is not None:
        kept.gather()
    return _table(study, seed, stops, found, failures)


def stored(study: Study[Any], path: Path) -> Results:
    """What `Study.stored` says."""
    manifest = path / MANIFEST
    if not manifest.is_file():
        raise ValueError(f"folder is {path}: there is no {MANIFEST} in it")
    seed = int(json.loads(manifest.read_text(encoding="utf-8"))["seed"])
    folder = Folder(path, study, seed)
    folder.require("schema", "study")
    stops = dict.fromkeys(range(len(study.points)), study.replicates)
    return _table(study, seed, stops, folder.read(), {})


def _missing(found: Found, failures: dict[Cell, Failure], position: int, stop: int) -> list[Span]:
    """The stretches of replicates that are neither measured nor known to fail."""
    if not found and not failures:
        return [Span(position, 0, stop)]
    spans: list[Span] = []
    first: int | None = None
    for replicate in range(stop):
        known = (position, replicate) in found or (position, replicate) in failures
        if known and first is not None:
            spans.append(Span(position, first, replicate))
            first = None
        elif not known and first is None:
            first = replicate
    if first is not None:
        spans.append(Span(position, first, stop))
    return spans


def _precise(
    study: Study[Any], found: Found, position: int, count: int, until: Precision | None
) -> bool:
    """Whether the mean at a point is known as well as is wanted."""
    if until is None:
        return True
    rows = [found[position, k] for k in range(count) if (position, k) in found]
    values: list[float] = []
    for row in rows:
        if until.measure not in row.names:
            raise ValueError(
                f"until names {until.measure!r}: {study.name} measures {', '.join(row.names)}"
            )
        if study.index:
            raise ValueError(f"until: {study.name} measures curves, which have no single mean")
        values.append(float(row.steps[0][row.names.index(until.measure)]))
    if len(values) < 2:
        return False
    return t_interval(values, until.level).half_width <= until.half_width


def _table(
    study: Study[Any],
    seed: int,
    stops: dict[int, int],
    found: Found,
    failures: dict[Cell, Failure],
) -> Results:
    """The rows in canonical order, with the measures in the order of the first."""
    cells = [(position, k) for position, stop in stops.items() for k in range(stop)]
    ordered = [found[cell] for cell in cells if cell in found]
    if not ordered and failures:
        first = failures[min(failures)]
        error = ValueError(f"{study.name}: nothing could be measured: {first}")
        error.add_note(first.traceback)
        raise error
    names = ordered[0].names if ordered else ()
    places = {
        position: (study.points[position], study.label(study.points[position]))
        for position in stops
    }
    rows: list[Row] = []
    for (position, replicate), own, steps in ordered:
        if own is not names and own != names:
            if set(own) != set(names):
                told = f"it measured {', '.join(own)}: the first row has {', '.join(names)}"
                where = brief(study.points[position])
                failures[position, replicate] = Failure(where, replicate, seed, told)
                continue
            order = [own.index(name) for name in names]
            steps = tuple(tuple(step[k] for k in order) for step in steps)
        point, label = places[position]
        if len(steps) == 1:
            rows.append(Row(point, label, replicate, steps[0]))
        else:
            rows += [Row(point, label, replicate, step) for step in steps]
    return Results(
        study=study.name,
        question=study.question,
        seed=seed,
        axes=study.axes,
        measures=names,
        rows=tuple(rows),
        common=study.common,
        index=study.index,
        failures=tuple(failures[cell] for cell in sorted(failures)),
        conclusion=study.conclusion,
        drawn=study.figure,
    )


@dataclass
class _Cells:
    """What is still to be done: stretches of cells, and those whose worker died."""

    spans: deque[Span]
    suspects: deque[Span] = field(default_factory=deque[Span])
    deaths: dict[Span, int] = field(default_factory=dict[Span, int])

    def __len__(self) -> int:
        return len(self.suspects) + sum(stop - first for _, first, stop in self.spans)

    def take(self, count: int) -> tuple[Span, ...]:
        """The next cells; a suspect goes alone."""
        if self.suspects:
            return (self.suspects.popleft(),)
        taken: list[Span] = []
        while count and self.spans:
            position, first, stop = self.spans.popleft()
            middle = min(stop, first + count)
            taken.append(Span(position, first, middle))
            count -= middle - first
            if middle < stop:
                self.spans.appendleft(Span(position, middle, stop))
        return tuple(taken)

    def give_back(self, spans: Sequence[Span]) -> None:
        """Cells that nobody came to."""
        self.spans.extendleft(reversed(spans))

    def suspect(self, spans: Sequence[Span]) -> None:
        """Cells at which a worker died, or others while they waited: each is tried alone."""
        for position, first, stop in spans:
            self.suspects += (Span(position, k, k + 1) for k in range(first, stop))


def _drive(
    study: Study[Any],
    seed: int,
    spans: Sequence[Span],
    team: Crew,
    receive: Callable[[Done], None],
    progress: bool,
) -> None:
    """Hand out cells until all are done."""
    source, cells = Source(study), _Cells(deque(spans))
    flying: dict[Future[Done], tuple[Span, ...]] = {}
    started, pace = time.monotonic(), 0.0
    total = len(cells)
    bar: Any = tqdm(
        total=total, desc=study.name, unit="row", leave=False, disable=None if progress else True
    )

    def submit() -> None:
        seconds = max(TASK, SHARE * (time.monotonic() - started))
        fair = -(-len(cells) // (2 * team.width))
        count = max(fair, int(TASK / 2 / pace)) if pace else fair
        if pace:
            count = min(count, max(1, int(1.5 * seconds / pace)))
        taken = cells.take(count)
        try:
            future = team.executor.submit(work, source, seed, taken, seconds, pace)
        except BrokenExecutor:
            cells.give_back(taken)
            raise
        flying[future] = taken

    def land(future: "Future[Done]") -> None:
        nonlocal pace
        done = future.result()  # if it raises, the task is still flying
        del flying[future]
        team.breaks = 0
        cells.give_back(done.left)
        receive(done)
        bar.update(len(done))
        if len(done):
            pace = done.seconds / len(done)
        if done.interrupted:
            raise KeyboardInterrupt

    def ready() -> bool:
        room = 1 if cells.suspects else 2 * team.width if team.width > 1 else 1
        return len(cells) > 0 and len(flying) < room

    with bar:
        try:
            while len(cells) or flying:
                try:
                    while ready():
                        submit()
                    for future in wait(flying, return_when=FIRST_COMPLETED).done:
                        land(future)
                except BrokenExecutor as error:
                    _bury(study, seed, team, cells, flying, receive, error)
        except KeyboardInterrupt:
            bar.write(
                f"{study.name}: finishing what is at hand; interrupt again to leave it",
                file=sys.stderr,
            )
            _land_all(flying, receive)
            raise
        finally:
            for future in flying:
                future.cancel()


def _land_all(
    flying: "dict[Future[Done], tuple[Span, ...]]", receive: Callable[[Done], None]
) -> None:
    """Wait for what is being worked at, and keep it."""
    working = [future for future in flying if not future.cancel()]
    flying.clear()
    for future in working:
        if future.exception() is None:
            receive(future.result())


def _bury(
    study: Study[Any],
    seed: int,
    team: Crew,
    cells: _Cells,
    flying: "dict[Future[Done], tuple[Span, ...]]",
    receive: Callable[[Done], None],
    error: BrokenExecutor,
) -> None:
    """A worker died and the others with it: start new ones, and find out at which cell it was.

    All cells at hand are tried again, one at a time; one at which a worker dies twice fails.
    """
    team.breaks += 1
    if team.renew is None or team.breaks > PATIENCE:
        error.add_note(f"{study.name}: rows that were finished are kept, if there is a folder")
        raise error
    for future, taken in list(flying.items()):
        if future.done() and future.exception() is None:
            done = future.result()
            receive(done)
            cells.give_back(done.left)
            continue
        alone = taken[0] if len(taken) == 1 and taken[0].stop - taken[0].first == 1 else None
        if alone is not None and len(flying) == 1:
            cells.deaths[alone] = cells.deaths.get(alone, 0) + 1
        if alone is not None and cells.deaths.get(alone, 0) > 1:
            where = brief(study.points[alone.position])
            failure = Failure(where, alone.first, seed, "its worker died, twice")
            receive(Done(failures=[((alone.position, alone.first), failure)]))
            team.breaks = 0
        else:
            cells.suspect(taken)
    flying.clear()
    team.executor.shutdown(wait=False, cancel_futures=True)
    team.executor = team.renew()
