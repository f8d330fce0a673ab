"""The door of a batch of profiles, and the blocks in which it is worked through.

A batch is a ``(batch, agents)`` array of floats, one profile a row.  Blocks of it are few enough to
stay in the cache, so whatever is done to a block after it was read costs little.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show
from ..population import FloatArray
from ..preferences._sampling import inner_ends
from ..preferences.single_peaked import Line

Batch: TypeAlias = "npt.NDArray[Any] | Sequence[Sequence[Any]]"
"""What the door of a batch takes: an array, or a list of profiles."""

BLOCK = 2**14
"""Reports handled at a time: 128 kB, for which no fresh memory is fetched from the system."""


def read_batch(profiles: Batch) -> FloatArray:
    """``profiles`` as a (batch, agents) float64 array; one that is such already is not copied.

    Raises
    ------
    ValueError
        If it is no table of numbers with at least one agent.
    """
    if isinstance(profiles, np.ma.MaskedArray):
        raise ValueError("profiles is a masked array: drop or fill the masked entries first")
    try:
        table = np.asarray(profiles)
        if table.dtype.kind not in "iufO":
            raise TypeError(f"it has entries of type {table.dtype}")
        batch: FloatArray = table.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"profiles is no (batch, agents) table of numbers: {error}") from None
    if batch.ndim != 2 or not batch.shape[1]:
        raise ValueError(
            f"profiles has the shape {batch.shape}: it must be (batch, agents), with an agent"
        )
    return batch


def float_ends(setting: Line) -> tuple[float, float]:
    """The least and the greatest finite float on the line."""
    low, high = inner_ends(setting)
    return max(low, -sys.float_info.max), min(high, sys.float_info.max)


def blocks(
    setting: Line, batch: FloatArray, *, checked: bool = True
) -> Iterator[tuple[slice, FloatArray]]:
    """A few rows at a time: where they are, and the rows, contiguous and read-only.

    Unless ``checked`` is False the reports of a block have been read at the door.

    Raises
    ------
    ValueError
        If a report is no number of the line; it names the row and the column.
    """
    step = max(1, BLOCK // batch.shape[1])
    least, most = float_ends(setting)
    for start in range(0, len(batch), step):
        part = np.ascontiguousarray(batch[start : start + step]).view()
        part.flags.writeable = False
        fine = not checked or (part.min() >= least and part.max() <= most)
        if not fine or setting.points is not None:
            require_inside(setting, part, start)
        yield slice(start, start + len(part)), part


def sorted_blocks(setting: Line, batch: FloatArray) -> Iterator[tuple[slice, FloatArray]]:
    """The same with each row in order: a buffer that the next block overwrites."""
    step = max(1, BLOCK // batch.shape[1])
    buffer = np.empty((min(step, len(batch)), batch.shape[1]))
    least, most = float_ends(setting)
    for rows, part in blocks(setting, batch, checked=False):
        ordered = buffer[: len(part)]
        ordered[...] = part
        ordered.sort(axis=1)  # NaN comes last
        if not (ordered[:, 0].min() >= least and ordered[:, -1].max() <= most):
            require_inside(setting, part, rows.start)
        yield rows, ordered


def require_inside(setting: Line, part: FloatArray, start: int) -> None:
    """Raise `ValueError` unless all these rows, of which the first is ``start``, are profiles."""
    least, most = float_ends(setting)
    if not (part.min() >= least and part.max() <= most):
        row, column = np.argwhere(~((part >= least) & (part <= most)))[0]
        ends = f"[{show(setting.low)}, {show(setting.high)}]"
        raise ValueError(
            f"profiles[{start + row}, {column}] is {show(float(part[row, column]))}: "
            f"it must be a finite number in {ends}"
        )
    if setting.points is not None:
        allowed = np.array([float(point) for point in setting.points])
        if not np.isin(part, allowed).all():
            row, column = np.argwhere(~np.isin(part, allowed))[0]
            raise ValueError(
                f"profiles[{start + row}, {column}] is {show(float(part[row, column]))}: "
                f"it must be a point of {setting}"
            )


def ranked_rows(setting: Line, profiles: Batch, rank: int) -> FloatArray:
    """The ``rank``-th smallest report of each row.  O(n) a row."""
    batch = read_batch(profiles)
    if rank > batch.shape[1]:
        raise ValueError(f"rank is {rank}: there are only {batch.shape[1]} reports")
    places = np.empty(len(batch))
    for rows, part in blocks(setting, batch):
        places[rows] = np.partition(part, rank - 1, axis=1)[:, rank - 1]
    return places


def means_of_rows(setting: Line, profiles: Batch) -> FloatArray:
    """The mean of each row, up to rounding, within the line.  O(n) a row."""
    batch = read_batch(profiles)
    places = np.empty(len(batch))
    for rows, part in blocks(setting, batch):
        part.mean(axis=1, out=places[rows])
    return cast(FloatArray, np.clip(places, *float_ends(setting), out=places))
