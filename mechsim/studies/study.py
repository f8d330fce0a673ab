"""Studies: a question, points at which something random is measured, and how often."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import numpy as np
from tqdm.auto import tqdm

from .._numbers import Number, real, whole
from .._text import brief
from .results import Cell, Results, Row
from .streams import stream, written

P = TypeVar("P")  # a point: a frozen dataclass

Measure = Callable[[P, np.random.Generator], Mapping[str, Any]]


@dataclass(frozen=True)
class Study(Generic[P]):
    """``measure(point, rng)`` at every point, ``replicates`` times.

    A replicate's random numbers depend on the seed, the study's name, the point and the number of
    the replicate only: rows do not change when points are added, dropped, reordered, or shared
    among workers.

    Parameters
    ----------
    name : str
    question : str
        What the table answers, in one sentence.
    points : tuple of frozen dataclasses
        All of one class, usually the product of axes, which are its fields.
    measure : callable
        A point and a generator to numbers by name, the same names every time.  Workers of other
        processes import it, so it is a function of a module.
    replicates : int
    common : tuple of str
        Axes along which random numbers are shared: points that differ in these only are measured
        on the same draws, so that their differences are paired.
    quick_points, quick_replicates
        What is enough for a quick look: some of the points, by default all, and at most as many
        replicates.  A quick table is a part of the full one.
    figure : callable, optional
        Draws a matplotlib figure from the results.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Point:
    ...     agents: int
    >>> def spread(point, rng):
    ...     return {"range": float(np.ptp(rng.random(point.agents)))}
    >>> study = Study("spread", "How far apart are they?", (Point(2), Point(9)), spread, 100)
    >>> print(study.run(seed=1).summary)
    agents  replicates   range  range se
    ------  ----------  ------  --------
    2              100  0.3322   0.02398
    9              100  0.7941    0.0122
    """

    name: str
    question: str
    points: tuple[P, ...]
    measure: Measure[P]
    replicates: int
    common: tuple[str, ...] = ()
    quick_points: tuple[P, ...] = ()
    quick_replicates: int = 2
    figure: Callable[[Results], Any] | None = None

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("points is empty: there must be at least one")
        whole(self.replicates, "replicates", least=1)
        whole(self.quick_replicates, "quick_replicates", least=1)
        kind = type(self.points[0])
        for k, point in enumerate(self.points):
            if not _is_frozen(point) or type(point) is not kind:
                raise ValueError(
                    f"points[{k}] is {point!r}: points must be frozen dataclasses of one class"
                )
        unknown = set(self.common) - set(self.axes)
        if unknown:
            raise ValueError(f"common has {min(unknown)!r}: the axes are {', '.join(self.axes)}")
        if "replicate" in self.axes:
            raise ValueError("points have an axis 'replicate': that is a column of the results")
        self._require_different(map(self.label, self.points), "are called")
        known = [written(self.name, point) for point in self.points]
        self._require_different(known, "are written")
        for k, point in enumerate(self.quick_points):
            if written(self.name, point) not in known:
                raise ValueError(f"quick_points[{k}] is {point!r}: it must be one of points")

    def _require_different(self, texts: Iterable[Any], verb: str) -> None:
        for text, count in Counter(texts).items():
            if count > 1:
                raise ValueError(f"points: {count} of them {verb} {text}: points must differ")

    @property
    def axes(self) -> tuple[str, ...]:
        """The fields of a point."""
        return tuple(field.name for field in dataclasses.fields(cast(Any, self.points[0])))

    def label(self, point: P) -> tuple[Cell, ...]:
        """A point as cells of a table, one an axis: numbers and texts as they are."""
        entries = (getattr(point, name) for name in self.axes)
        return tuple(x if isinstance(x, (str, int, float)) else brief(x) for x in entries)

    def stream(self, point: P, replicate: int, *, seed: int = 0) -> np.random.Generator:
        """The random numbers of one replicate, from the start."""
        return stream(seed, self.name, point, replicate, self.common)

    def run(
        self, *, seed: int = 0, quick: bool = False, executor: Executor | None = None
    ) -> Results:
        """Measure everything, with a progress bar.

        Parameters
        ----------
        seed : int
            Not negative.
        quick : bool
            A quick look only.
        executor : concurrent.futures.Executor, optional
            Who does the work, a task a row; by default it is done here, one row after another.
            The results are the same to the last bit.
        """
        whole(seed, "seed", least=0)
        points = (self.quick_points if quick else ()) or self.points
        replicates = min(self.replicates, self.quick_replicates) if quick else self.replicates
        cells = [(point, replicate) for point in points for replicate in range(replicates)]
        measured = self._measured(cells, seed, executor)
        names = tuple(measured[0])
        rows = tuple(
            Row(point, self.label(point), replicate, self._numbers(found, names, point, replicate))
            for (point, replicate), found in zip(cells, measured, strict=True)
        )
        return Results(self.name, self.question, seed, self.axes, names, rows)

    def _measured(
        self, cells: list[tuple[P, int]], seed: int, executor: Executor | None
    ) -> list[Mapping[str, Any]]:
        def bar(tasks: Iterable[Any]) -> Iterable[Any]:
            return tqdm(
                tasks, desc=self.name, total=len(cells), unit="row", leave=False, disable=None
            )

        tasks = [(self.measure, self.name, self.common, *cell, seed) for cell in cells]
        if executor is None:
            return [measure_row(*task) for task in bar(tasks)]
        futures = [executor.submit(measure_row, *task) for task in tasks]
        try:
            return [future.result() for future in bar(futures)]
        finally:
            for future in futures:  # those that are left if one failed
                future.cancel()

    def _numbers(
        self, found: Mapping[str, Any], names: tuple[str, ...], point: P, replicate: int
    ) -> tuple[Number, ...]:
        where = f"{self.name} at {brief(point)}, replicate {replicate}"
        if set(found) != set(names):
            raise ValueError(
                f"{where}: it measured {', '.join(found)}: the first row has {', '.join(names)}"
            )
        return tuple(_number(found[name], f"{where}: {name}") for name in names)


def measure_row(
    measure: Measure[Any],
    study: str,
    common: tuple[str, ...],
    point: Any,
    replicate: int,
    seed: int,
) -> Mapping[str, Any]:
    """One replicate, by whoever computes it."""
    try:
        return measure(point, stream(seed, study, point, replicate, common))
    except Exception as error:
        error.add_note(f"in study {study} at {point!r}, replicate {replicate}, seed {seed}")
        raise


def _number(value: object, name: str) -> Number:
    """A number as a table keeps it: a float that is none (NaN) is kept, so that it shows."""
    plain: object = cast(Any, value).item() if isinstance(value, np.generic) else value
    if isinstance(plain, float):
        return plain
    return real(plain, name)


def _is_frozen(point: object) -> bool:
    return bool(getattr(getattr(type(point), "__dataclass_params__", None), "frozen", False))
