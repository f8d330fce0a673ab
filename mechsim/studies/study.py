"""Studies: a question, points at which something random is measured, and how often."""

import dataclasses
import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import numpy as np

from .._numbers import whole
from .._text import brief, many
from ._fingerprint import source_of
from .records import Cell
from .results import Results
from .streams import Key, key, stream, written

P = TypeVar("P")  # a point: a frozen dataclass

Measure = Callable[[P, np.random.Generator], Mapping[str, Any]]
MeasureMany = Callable[[Sequence[P], Sequence[np.random.Generator]], Mapping[str, Any]]


def product(kind: type[P], *axes: Iterable[Any]) -> tuple[P, ...]:
    """Every combination of the axes, as points; the last axis changes fastest.

    Parameters
    ----------
    kind : frozen dataclass
        One field an axis, in this order.
    *axes : iterables

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Point:
    ...     agents: int
    ...     share: float
    >>> [(point.agents, point.share) for point in product(Point, (3, 5), (0.0, 0.5))]
    [(3, 0.0), (3, 0.5), (5, 0.0), (5, 0.5)]
    """
    if not _is_frozen(kind):
        raise ValueError(f"kind is {kind!r}: points must be frozen dataclasses")
    names = [entry.name for entry in dataclasses.fields(cast(Any, kind))]
    if len(axes) != len(names):
        raise ValueError(f"axes has {many(len(axes), 'entry')}: the fields are {', '.join(names)}")
    return tuple(kind(*entries) for entries in itertools.product(*axes))


@dataclass(frozen=True)
class Precision:
    """Replicates until a mean is known well enough: a rule that stops a study at each point.

    At a point there are ``first`` replicates, then twice as many, and so on, until Student's
    interval for the mean of ``measure`` is at most ``half_width`` to either side, or the study's
    replicates are used up.  Whether to go on depends on rows that are complete, never on who was
    faster.  An interval at a stopping time covers a little less often than its level says.

    Parameters
    ----------
    measure : str
    half_width : float
        Positive.
    level : float
        Of the interval, between 0 and 1.
    first : int
        At least 2.
    """

    measure: str
    half_width: float
    level: float = 0.95
    first: int = 16

    def __post_init__(self) -> None:
        if not self.half_width > 0:
            raise ValueError(f"half_width is {self.half_width}: it must be positive")
        if not 0 < self.level < 1:
            raise ValueError(f"level is {self.level}: it must be between 0 and 1")
        whole(self.first, "first", least=2)


@dataclass(frozen=True, repr=False)
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
        All of one class, usually the `product` of axes, which are its fields.
    measure : callable, optional
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
    measure_many : callable, optional
        Instead of ``measure``: points and as many generators to arrays by name, one entry a point.
        Batches are cut as time allows, so an entry may depend on its own point and generator only.
    index : str
        If a replicate measures a curve: the name of what its steps are numbered by, as ``round``.
        Then every measure, and the index among them, is an array with one entry a step.
    conclusion : str
        What the full table says, in a line or two.
    points_of : callable, optional
        A folder of somebody's own files to points, for `of`.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Point:
    ...     agents: int
    >>> def spread(point, rng):
    ...     return {"range": float(np.ptp(rng.random(point.agents)))}
    >>> study = Study("spread", "How far apart are they?", (Point(2), Point(9)), spread, 100)
    >>> print(study.run(seed=1).summary())
    agents  replicates   range  range se  range low  range high
    ------  ----------  ------  --------  ---------  ----------
    2              100  0.3322   0.02398     0.2846      0.3797
    9              100  0.7941    0.0122     0.7699      0.8183
    """

    name: str
    question: str
    points: tuple[P, ...]
    measure: Measure[P] | None = None
    replicates: int = 1
    common: tuple[str, ...] = ()
    quick_points: tuple[P, ...] = ()
    quick_replicates: int = 2
    figure: Callable[[Results], Any] | None = None
    measure_many: MeasureMany[P] | None = None
    index: str = ""
    conclusion: str = ""
    points_of: Callable[[Path], tuple[P, ...]] | None = None
    source: str = field(init=False, repr=False, compare=False)
    """The text of the file that defines the measure, as it was when the study was made."""

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("points is empty: there must be at least one")
        if (self.measure is None) == (self.measure_many is None):
            given = "neither" if self.measure is None else "both"
            raise ValueError(f"measure and measure_many: {given} given: a study has one of them")
        object.__setattr__(self, "source", source_of(self.measure or self.measure_many))
        whole(self.replicates, "replicates", least=1)
        whole(self.quick_replicates, "quick_replicates", least=1)
        kind = type(self.points[0])
        for k, point in enumerate(self.points):
            if not _is_frozen(type(point)) or type(point) is not kind:
                raise ValueError(
                    f"points[{k}] is {point!r}: points must be frozen dataclasses of one class"
                )
        unknown = set(self.common) - set(self.axes)
        if unknown:
            raise ValueError(f"common has {min(unknown)!r}: the axes are {', '.join(self.axes)}")
        for reserved in ("replicate", self.index):
            if reserved in self.axes:
                raise ValueError(
                    f"points have an axis {reserved!r}: that is a column of the results"
                )
        self._require_different(map(self.label, self.points), "are called")
        self._require_different(self.written, "are written")
        for k, point in enumerate(self.quick_points):
            if written(self.name, point) not in self.written:
                raise ValueError(f"quick_points[{k}] is {point!r}: it must be one of points")

    def _require_different(self, texts: Iterable[Any], verb: str) -> None:
        for text, count in Counter(texts).items():
            if count > 1:
                raise ValueError(f"points: {count} of them {verb} {text}: points must differ")

    @property
    def axes(self) -> tuple[str, ...]:
        """The fields of a point."""
        return tuple(entry.name for entry in dataclasses.fields(cast(Any, self.points[0])))

    def label(self, point: P) -> tuple[Cell, ...]:
        """A point as cells of a table, one an axis: numbers and texts as they are."""
        entries = (getattr(point, name) for name in self.axes)
        return tuple(x if isinstance(x, (str, int, float)) else brief(x) for x in entries)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Study and point as canonical JSON, for each point."""
        return tuple(written(self.name, point) for point in self.points)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """What the random numbers of each point depend on."""
        return tuple(key(written(self.name, point, self.common)) for point in self.points)

    def stream(self, point: P, replicate: int, *, seed: int = 0) -> np.random.Generator:
        """The random numbers of one replicate, from the start."""
        return stream(seed, self.name, point, replicate, self.common)

    def run(
        self,
        *,
        seed: int = 0,
        quick: bool = False,
        workers: int | None = None,
        executor: Executor | None = None,
        folder: str | Path | None = None,
        until: Precision | None = None,
        progress: bool = True,
    ) -> Results:
        """Measure everything.

        Parameters
        ----------
        seed : int
            Not negative.
        quick : bool
            A quick look only.
        workers : int, optional
            Processes that share the work; by default it is done here, one row after another.
            With an executor: how many tasks it works at, where it does not say so itself.
        executor : concurrent.futures.Executor, optional
            Who does the work: threads, processes, a cluster by ``Client.get_executor()`` of Dask.
            The results are the same to the last bit.
        folder : path, optional
            Finished rows are kept there; those that it has are not measured again.  It must hold
            rows of this study, as it is now, and of this seed, or be empty or missing.  Points may
            have come since, but none may have gone.
        until : Precision, optional
            Stop at a point before all replicates, once its mean is known well enough.
        progress : bool
            Whether to show a bar, on a terminal or in a notebook.

        Returns
        -------
        Results
            Where ``measure`` raised a row is missing and `Results.failures` says why.

        Raises
        ------
        ValueError
            If the arguments make no run, or nothing at all could be measured.
        OSError
            If rows cannot be written; it names the path, and rows written before are intact.
        """
        from ._running import run

        whole(seed, "seed", least=0)
        if workers is not None:
            whole(workers, "workers", least=1)
        replicates = min(self.replicates, self.quick_replicates) if quick else self.replicates
        return run(
            self,
            seed=seed,
            positions=self._positions(quick),
            replicates=replicates,
            workers=workers,
            executor=executor,
            folder=None if folder is None else Path(os.path.abspath(folder)),
            until=until,
            progress=progress,
        )

    def of(self, folder: str | Path) -> "Study[P]":
        """The same study of the files in a folder.

        Raises
        ------
        ValueError
            If the study reads no files, or finds none there.
        """
        if self.points_of is None:
            raise ValueError(f"data is {str(folder)!r}: the study {self.name} reads no files")
        if not Path(folder).is_dir():
            raise ValueError(f"data is {str(folder)!r}: it must be a folder")
        points = self.points_of(Path(folder))
        if not points:
            raise ValueError(f"data is {str(folder)!r}: it has no files for the study {self.name}")
        return replace(self, points=points, quick_points=(), conclusion="")

    def stored(self, folder: str | Path) -> Results:
        """The rows that are finished in a folder, in order, without measuring any."""
        from ._running import stored

        return stored(self, Path(folder))

    def _positions(self, quick: bool) -> tuple[int, ...]:
        if not quick or not self.quick_points:
            return tuple(range(len(self.points)))
        return tuple(self.written.index(written(self.name, x)) for x in self.quick_points)

    def __str__(self) -> str:
        size = f"{many(len(self.points), 'point')}, {many(self.replicates, 'replicate')} each"
        return "\n".join(filter(None, (f"{self.name}: {self.question}", size, self.conclusion)))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in str(self).splitlines())


def _is_frozen(kind: type) -> bool:
    return bool(getattr(getattr(kind, "__dataclass_params__", None), "frozen", False))
