"""Reports that are rows: read from a list of lists, a matrix or a data frame."""

from collections.abc import Hashable, Sequence
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import sequence

Labels: TypeAlias = tuple[Hashable, ...] | None


def rows(given: Any, name: str, entry: str) -> list[list[Any]]:
    """One list for each agent, or a `ValueError` that says what ``given`` is instead.

    Lists, tuples and columns of rows qualify, also two-dimensional arrays and data frames, whose
    columns keep their kinds of number.  ``entry`` is what a row has one of, for the message.
    """
    if isinstance(given, np.ma.MaskedArray):
        raise ValueError(f"{name} is a masked array: drop or fill the masked entries first")
    if _is_frame(given):
        columns = [list(given[column]) for column in given.columns]
        listed = [list(row) for row in zip(*columns, strict=True)]
    elif getattr(given, "ndim", 1) == 2:
        listed = [list(row) for row in given]
    else:
        outer = enumerate(sequence(given, name))
        listed = [_row(row, f"{name}[{agent}]", entry) for agent, row in outer]
    if not listed:
        raise ValueError(f"{name} is empty: at least one agent must report")
    return listed


def _row(given: object, name: str, entry: str) -> list[Any]:
    if isinstance(given, (str, bytes)) or not isinstance(given, (Sequence, np.ndarray)):
        raise ValueError(
            f"{name} is {given!r} ({type(given).__name__}): "
            f"it must be a list with one entry a {entry}"
        )
    return list(sequence(cast(object, given), name))


def labels(given: object) -> tuple[Labels, Labels]:
    """What the rows and the columns of a data frame are called; None where they are numbered."""
    if not _is_frame(given):
        return None, None
    return _texts(getattr(given, "index", ())), _texts(cast(Any, given).columns)


def _is_frame(given: object) -> bool:
    return hasattr(given, "columns") and hasattr(given, "to_numpy")


def _texts(axis: Any) -> Labels:
    found: tuple[Hashable, ...] = tuple(axis)
    return found if any(isinstance(one, str) for one in found) else None


def require_names(names: tuple[str, ...], name: str) -> None:
    """Raise `ValueError` unless these are different texts."""
    for place, one in enumerate(cast(tuple[object, ...], names)):
        if not isinstance(one, str):
            raise ValueError(f"{name}[{place}] is {one!r} ({type(one).__name__}): it must be text")
    if len(set(names)) < len(names):
        doubled = next(one for one in names if names.count(one) > 1)
        raise ValueError(f"{name} has {doubled!r} twice: names must differ")
