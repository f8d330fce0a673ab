"""Rules that play in each coordinate, for arrays whose last axis has the coordinates of points."""

import math
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import show_all
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..preferences.space import Space
from ._batches import float_ends, ranked_rows
from ._one_pass import OutsideError, crossings_of_columns

Points: TypeAlias = "npt.NDArray[Any] | list[Any]"
"""Points, as rows of numbers."""


def medians_of_columns(setting: Space, points: Points) -> tuple[float, ...]:
    """The low median of each column of an (agents, dimensions) array.  O(d n).

    Raises
    ------
    ValueError
        If a row is no point of the space; it names the row.
    """
    read = _floats(setting, points, "reports", 2)
    middle = (len(read) + 1) // 2
    _require_listed(setting, read, "reports")
    try:
        medians = crossings_of_columns(
            read, lambda k: -math.inf if k >= middle else math.inf, _ends(setting)
        )
    except OutsideError:
        raise _outside(setting, read, "reports") from None
    return tuple(medians)


def medians_of_rows(setting: Space, profiles: Points) -> FloatArray:
    """The same for each profile of a (batch, agents, dimensions) array: (batch, dimensions).

    Raises
    ------
    ValueError
        If a report is no point of the space; it names the profile and the agent.
    """
    read = _floats(setting, profiles, "profiles", 3)
    _require_listed(setting, read, "profiles")
    places = np.empty((len(read), setting.dimensions))
    middle = (read.shape[1] + 1) // 2
    for k, (low, high) in enumerate(zip(setting.low, setting.high, strict=True)):
        try:
            places[:, k] = ranked_rows(Line(low, high), read[:, :, k], middle)
        except ValueError:
            raise _outside(setting, read, "profiles") from None
    return places


def _floats(setting: Space, points: Points, name: str, axes: int) -> FloatArray:
    """The array, in float64; one that is such already is not copied."""
    if isinstance(points, np.ma.MaskedArray):
        raise ValueError(f"{name} is a masked array: drop or fill the masked entries first")
    try:
        read: FloatArray = np.asarray(points).astype(np.float64, copy=False)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} is no array of numbers: {error}") from None
    if read.ndim != axes or read.shape[-1] != setting.dimensions or not read.shape[-2]:
        shape = ("batch, agents", "agents")[axes == 2]
        raise ValueError(
            f"{name} has the shape {read.shape}: it must be ({shape}, {setting.dimensions}), with "
            "an agent"
        )
    return read


def _ends(setting: Space) -> list[tuple[float, float]]:
    """The least and the greatest finite float in each dimension."""
    sides = zip(setting.low, setting.high, strict=True)
    return [float_ends(Line(low, high)) for low, high in sides]


def _outside(setting: Space, read: FloatArray, name: str) -> ValueError:
    """Which point is not in the box."""
    low, high = (np.array(corner) for corner in zip(*_ends(setting), strict=True))
    fine = ((read >= low) & (read <= high)).all(axis=-1)
    return _wrong(
        read,
        name,
        tuple(np.argwhere(~fine)[0].tolist()),
        (f"it must be finite and lie between {show_all(setting.low)} and {show_all(setting.high)}"),
    )


def _require_listed(setting: Space, read: FloatArray, name: str) -> None:
    """Raise `ValueError` unless all points are among those of the space, if it lists them."""
    if setting.points is None:
        return
    rows = read.reshape(-1, setting.dimensions)
    distinct, first = np.unique(rows, axis=0, return_index=True)
    allowed = {tuple(map(float, point)) for point in setting.points}
    wrong = [
        k for row, k in zip(distinct.tolist(), first, strict=True) if tuple(row) not in allowed
    ]
    if wrong:
        *profile, _ = read.shape
        place = divmod(min(wrong), profile[-1])[2 - len(profile) :]
        raise _wrong(read, name, place, f"it must be a point of {setting}")


def _wrong(read: FloatArray, name: str, place: tuple[int, ...], rule: str) -> ValueError:
    index = ", ".join(map(str, place))
    return ValueError(f"{name}[{index}] is {show_all(read[place].tolist())}: {rule}")
