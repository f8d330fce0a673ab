"""What a worker does: some rows of a study, one after the other, until its time is over."""

import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np

from .._numbers import Number, real
from .._text import brief
from ._source import Parcel, Source
from .results import Failure, Numbers
from .streams import generator
from .study import Study

LARGEST = 256
"""At most so many replicates are measured in one call: their streams stay in the cache."""


class Span(NamedTuple):
    """The replicates ``first`` to ``stop - 1`` of one point."""

    position: int
    first: int
    stop: int


Cell: TypeAlias = tuple[int, int]
"""A point, by its position in the study, and a replicate."""


class Measured(NamedTuple):
    """A finished cell: the names of its measures, and the numbers of each step."""

    cell: Cell
    names: tuple[str, ...]
    steps: tuple[Numbers, ...]


@dataclass
class Done:
    """What came of a task."""

    rows: list[Measured] = field(default_factory=list[Measured])
    failures: list[tuple[Cell, Failure]] = field(default_factory=list[tuple[Cell, Failure]])
    left: tuple[Span, ...] = ()
    seconds: float = 0.0
    interrupted: bool = False

    def __len__(self) -> int:
        return len(self.rows) + len(self.failures)


def cells(spans: Sequence[Span]) -> Iterator[Cell]:
    """One after the other."""
    for position, first, stop in spans:
        yield from zip(repeat(position), range(first, stop))


def without(spans: Sequence[Span], count: int) -> tuple[Span, ...]:
    """The spans without their first ``count`` cells."""
    left: list[Span] = []
    for position, first, stop in spans:
        gone = min(count, stop - first)
        count -= gone
        if first + gone < stop:
            left.append(Span(position, first + gone, stop))
    return tuple(left)


def work(
    source: Source | Parcel, seed: int, spans: tuple[Span, ...], seconds: float, pace: float
) -> Done:
    """Measure cells in order, at least one, for about so many seconds.

    ``pace`` is a guess of the seconds that a cell takes.  A cell that raises does not stop the
    others; an interruption does, and what is finished is still returned.
    """
    study, done = source.study, Done()
    started = time.monotonic()
    waiting = cells(spans)
    size = 1
    try:
        while batch := list(islice(waiting, size)):
            rows, failures = outcomes(study, seed, batch)
            done.rows += rows
            done.failures += failures
            done.seconds = time.monotonic() - started
            left = seconds - done.seconds
            if left <= 0:
                break
            if study.measure_many is not None:
                pace = done.seconds / len(done)
                size = max(1, min(4 * size, LARGEST, int(left / max(pace, 1e-9))))
    except KeyboardInterrupt:
        done.interrupted = True
        done.seconds = time.monotonic() - started
    done.left = without(spans, len(done))
    return done


def outcomes(
    study: Study[Any], seed: int, batch: Sequence[Cell]
) -> tuple[list[Measured], list[tuple[Cell, Failure]]]:
    """What is measured in some cells, or why it is not; of a batch that raises, cell by cell."""
    keys = study.keys
    points = [study.points[position] for position, _ in batch]
    streams = [generator(seed, keys[position], replicate) for position, replicate in batch]
    try:
        if study.measure_many is None:
            assert study.measure is not None
            return [_one(study, batch[0], study.measure(points[0], streams[0]))], []
        return _several(study, batch, study.measure_many(points, streams)), []
    except Exception as error:
        if len(batch) > 1:
            alone = [outcomes(study, seed, [cell]) for cell in batch]
            return [x for rows, _ in alone for x in rows], [x for _, lost in alone for x in lost]
        position, replicate = batch[0]
        lines = "".join(traceback.format_exception(error))
        told = f"{type(error).__name__}: {error}".strip(": ")
        failure = Failure(brief(study.points[position]), replicate, seed, told, lines)
        return [], [(batch[0], failure)]


def _one(study: Study[Any], cell: Cell, found: Mapping[str, Any]) -> Measured:
    if not isinstance(cast(object, found), Mapping) or not found:
        raise ValueError(f"measure returned {found!r}: it must be numbers by name")
    if not study.index:
        values = tuple(_number(value, name) for name, value in found.items())
        return Measured(cell, tuple(found), (values,))
    return Measured(cell, tuple(found), _steps(study.index, {k: [v] for k, v in found.items()})[0])


def _several(study: Study[Any], batch: Sequence[Cell], found: Mapping[str, Any]) -> list[Measured]:
    if not isinstance(cast(object, found), Mapping) or not found:
        raise ValueError(f"measure_many returned {found!r}: it must be arrays by name")
    for name, column in found.items():
        if name != study.index and len(column) != len(batch):
            raise ValueError(f"{name} has {len(column)} entries: there are {len(batch)} points")
    names = tuple(found)
    if study.index:
        index = found.get(study.index)
        shared = {study.index: [index] * len(batch)} if np.ndim(cast(Any, index)) == 1 else {}
        curves = _steps(study.index, {**found, **shared})
        return [Measured(cell, names, steps) for cell, steps in zip(batch, curves, strict=True)]
    columns = [_column(column, name) for name, column in found.items()]
    rows = zip(batch, repeat(names), zip(zip(*columns, strict=True), strict=True))
    return list(map(Measured._make, rows))


def _steps(index: str, found: Mapping[str, Any]) -> list[tuple[Numbers, ...]]:
    """Curves as steps: for each entry of the columns a tuple with one row of numbers a step."""
    if index not in found:
        raise ValueError(f"it measured {', '.join(found)}: {index} must be among them")
    curves: list[tuple[Numbers, ...]] = []
    for entry in zip(*found.values(), strict=True):
        parts = [_column(part, name) for name, part in zip(found, entry, strict=True)]
        lengths = dict(zip(found, map(len, parts), strict=True))
        if len(set(lengths.values())) > 1:
            raise ValueError(f"curves have {lengths} steps: they must have as many")
        curves.append(tuple(zip(*parts, strict=True)))
    return curves


def _column(values: Any, name: str) -> Sequence[Number]:
    if isinstance(values, np.ndarray):
        array = cast("np.ndarray[Any, Any]", values)
        if array.ndim == 1 and array.dtype.kind == "f":
            kept: list[Number] = array.astype(np.float64).tolist()
            return kept
    return [_number(value, name) for value in values]


def _number(value: object, name: str) -> Number:
    """A number as a table keeps it: a float that is none (NaN) is kept, so that it shows."""
    plain: object = cast(Any, value).item() if isinstance(value, np.generic) else value
    if isinstance(plain, float):
        return plain
    return real(plain, name)
