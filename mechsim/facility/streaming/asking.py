"""Questions to a stream: passes over it until all are answered."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import partial, reduce
from typing import Any, Protocol, TypeVar

import numpy as np

from ...population import FloatArray
from ...preferences.single_peaked import Line
from ...preferences.sources import Rows, Source
from .._batches import float_ends
from .grids import grid
from .histogram import Histogram, OutsideError
from .questions import Outcome, Question
from .refinement import Refinement, plan
from .steps import Unclear, changed

PARTITIONS = 64
"""With an executor a source is read in so many parts at most."""


class Accumulator(Protocol):
    """What a pass fills: `update` with blocks, `merge` with others of the kind."""

    def fresh(self) -> "Any":
        """An empty one."""
        ...

    def update(self, block: FloatArray, /) -> None:
        """Add some reports."""
        ...

    def merge(self, other: Any, /) -> Any:
        """Both together."""
        ...


A = TypeVar("A", bound=Accumulator)


def ask(
    source: Source | FloatArray,
    questions: Sequence[Question],
    setting: Line = Line(),
    *,
    executor: Executor | None = None,
) -> tuple[Any, ...]:
    """The answers of all questions, which share the passes over the source.

    Parameters
    ----------
    source : Source, or (agents,) float64 array
        Read again from the start for each pass.
    questions : sequence of questions
        Such as `Outcome`, `Costs`, `Rank`, `FairInterval`: functions of `Steps`.
    setting : Line
        Reports must lie on it.  Between finite ends the first pass counts in equal cells.
    executor : Executor, optional
        Maps parts of the source: that of `concurrent.futures`, or a dask client's
        ``get_executor()``.  The answers are the same, to the last bit.

    Returns
    -------
    tuple
        One answer a question.  Two passes mostly, one if the ends of cells tell; memory is
        bounded whatever the length of the stream.

    Raises
    ------
    ValueError
        If nobody reports, a report is no number of the line (the message names its row), or the
        source gives other reports in a later pass.

    Examples
    --------
    >>> from mechsim.facility import Median
    >>> from mechsim.facility.streaming import Costs, Outcome
    >>> median = Outcome(Median())
    >>> ask(np.array([0.75, 0.125, 0.5]), [median, Costs(median)])
    (0.5, (Fraction(5, 8), Fraction(3, 8)))
    """
    read = source if isinstance(source, Source) else Rows(source)
    parts = read.partitions(PARTITIONS) if executor is not None else (read,)
    ends = float_ends(setting)
    cells = grid(*ends)
    summed = any(getattr(question, "summed", False) for question in questions)
    try:
        filled = _pass(parts, Histogram(cells, *ends, summed), executor)
    except OutsideError:
        read.require(setting)
        raise changed() from None
    if setting.points is not None:
        read.require(setting)
    steps = filled.result()
    while True:
        answers = tuple(question(steps) for question in questions)
        unclear = [cell for x in answers if isinstance(x, Unclear) for cell in x.cells]
        if not unclear:
            return answers
        chosen = plan(cells, steps, np.array(unclear, np.int64))
        steps = steps.refined(_pass(parts, Refinement(chosen), executor).result())


def place_stream(
    source: Source | FloatArray, rules: Iterable[Any], *, executor: Executor | None = None
) -> tuple[Any, ...]:
    """Where each rule builds for the reports of a source; all rules share the passes over it.

    Parameters
    ----------
    source : Source, or (agents,) float64 array
    rules : iterable of mechanisms
        Those with phantoms (medians, order statistics, Uniform Phantom, ...), and the mean, the
        midrange, left-right-middle, the farther end, constants.
    executor : Executor, optional
        As for `ask`.

    Returns
    -------
    tuple
        For each rule what it gives for the array of all reports, to the last bit.  O(n) time.

    Examples
    --------
    >>> from mechsim.facility import Mean, Median, UniformPhantom
    >>> place_stream(np.array([0.0, 0.0, 1.0]), [UniformPhantom(), Median(), Mean()])
    (0.3333333333333333, 0.0, 0.3333333333333333)
    """
    chosen = tuple(rules)
    if not chosen:
        return ()
    lines = [rule.setting for rule in chosen]
    read = source if isinstance(source, Source) else Rows(source)
    for line in lines:
        if line.points is not None:
            read.require(line)
    common = Line(max(line.low for line in lines), min(line.high for line in lines))
    outcomes = [Outcome(rule) for rule in chosen]
    return ask(read, outcomes, common, executor=executor)


def _pass(parts: Sequence[Source], empty: A, executor: Executor | None) -> A:
    fill: Callable[[Source], A] = partial(_filled, empty)
    found = map(fill, parts) if executor is None else executor.map(fill, parts)
    merged: A = reduce(lambda a, b: a.merge(b), found)
    return merged


def _filled(empty: A, part: Source) -> A:
    accumulator: A = empty.fresh()
    for block in part.blocks():
        accumulator.update(block)
    return accumulator
