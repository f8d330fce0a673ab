"""Families of variables and rows: a name template, what fills it, and integers over a denominator.

A family is stored as arrays, however many members it has; the name of a member is put together
when somebody asks for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from string import Formatter
from typing import Any, Literal, NamedTuple, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show, show_all

Columns: TypeAlias = npt.NDArray[np.int64]
"""Numbers of variables, or of rows."""

Integers: TypeAlias = npt.NDArray[Any]
"""Exact integers: int64, or Python's own (dtype object) where those do not fit."""

Exact: TypeAlias = int | Fraction | Sequence[Any] | npt.NDArray[Any]
"""Exact numbers of any shape: integers, fractions, (nested) lists or arrays of them."""

Sense: TypeAlias = Literal[">=", "<=", "="]

_INT64 = 2**63


class Terms(NamedTuple):
    """What is summed in some rows: ``numerator / denominator`` times variable ``column``.

    ``column``, ``numerator`` and ``row`` are broadcast against each other, so a whole family is
    written as one block: ``row`` of shape (rows, 1), ``column`` and ``numerator`` (rows, entries).
    Terms of the same row and column add up.

    Parameters
    ----------
    column : int or integer array
        Variables, as `Draft.variables` gave them.
    numerator : exact numbers
        Integers; fractions too, which are brought to a common denominator.
    row : int or integer array
        Rows, counted within the family.
    denominator : int
        Positive, shared by all of them.
    """

    column: int | Sequence[int] | npt.NDArray[Any]
    numerator: Exact = 1
    row: int | Sequence[int] | npt.NDArray[Any] = 0
    denominator: int = 1


def fields(name: str) -> tuple[str, ...]:
    """The blanks of a name template: numbered ones by number, named ones in order."""
    found = dict.fromkeys(blank for _, blank, _, _ in Formatter().parse(name) if blank is not None)
    if not all(blank.isidentifier() or blank.isdigit() for blank in found):
        raise ValueError(
            f"name is {name!r}: a blank is a name or a number, as in {{agent}} or {{0}}"
        )
    if found and all(blank.isdigit() for blank in found):
        return tuple(sorted(found, key=int))
    return tuple(found)


def fill(name: str, entries: Iterable[object]) -> str:
    """A name template with ``entries`` in its blanks."""
    told = {
        blank: show_all(cast(tuple[object, ...], entry))
        if isinstance(entry, tuple)
        else show(entry)
        for blank, entry in zip(fields(name), entries, strict=True)
    }
    return "".join(
        text + (told[blank] if blank is not None else "")
        for text, blank, _, _ in Formatter().parse(name)
    )


def _check_blanks(name: str, given: int, what: str) -> None:
    if len(fields(name)) != given:
        raise ValueError(
            f"name is {name!r}: its {len(fields(name))} blanks need one entry each of {what}, "
            f"which has {given}"
        )


@dataclass(frozen=True, eq=False)
class Variables:
    """A family of variables, one for each combination of the entries of ``axes``.

    Parameters
    ----------
    name : str
        A template such as ``"p[{profile},{outcome}]"``, with one blank an axis.
    axes : tuple of sequences
        What fills the blanks; the last one varies fastest.
    low, high : Fraction or None
        Bounds of every variable; None is no bound.
    integer : bool
        Whether they must be integers.
    first : int
        The number of the first of them among the program's variables.
    """

    name: str
    axes: tuple[Sequence[Any], ...]
    low: Fraction | None
    high: Fraction | None
    integer: bool
    first: int

    def __post_init__(self) -> None:
        _check_blanks(self.name, len(self.axes), "axes")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low is {self.low} and high {self.high}: none of {self.name!r} fits")

    def __len__(self) -> int:
        return prod(self.shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many entries each axis has."""
        return tuple(len(axis) for axis in self.axes)

    @property
    def columns(self) -> Columns:
        """The numbers of the variables, in the shape of the axes."""
        return np.arange(self.first, self.first + len(self), dtype=np.int64).reshape(self.shape)

    def label(self, member: int) -> str:
        """The name of one of them."""
        places = np.unravel_index(member, self.shape) if self.axes else ()
        return fill(self.name, (axis[int(k)] for axis, k in zip(self.axes, places, strict=True)))


@dataclass(frozen=True, eq=False)
class Family:
    """Rows ``sum numerator * x[column] (sense) bound``, all of it over one denominator.

    Parameters
    ----------
    name : str
        A template such as ``"agent {0} at {1} says {2}"``.
    index : tuple of sequences
        What fills its blanks: each has one entry a row.
    row, column, numerator : (entries,) integer arrays
        Sorted by row, then column, without zeros and without repetitions.
    bound : (rows,) integer array
        The right sides, times the denominator.
    denominator : int
        Positive.
    sense : ">=", "<=" or "="
        How the two sides compare.
    """

    name: str
    index: tuple[Sequence[Any], ...]
    row: Columns
    column: Columns
    numerator: Integers
    bound: Integers
    denominator: int
    sense: Sense

    def __post_init__(self) -> None:
        _check_blanks(self.name, len(self.index), "index")
        for place, entries in enumerate(self.index):
            if len(entries) != len(self.bound):
                raise ValueError(
                    f"index[{place}] of {self.name!r} has {len(entries)} entries: "
                    f"there are {len(self.bound)} rows"
                )
        for array in (self.row, self.column, self.numerator, self.bound):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.bound)

    def label(self, member: int) -> str:
        """The name of one of the rows."""
        return fill(self.name, (entries[member] for entries in self.index))


def literal(text: str) -> str:
    """Text that stands for itself in the name of a family, braces included."""
    return text.replace("{", "{{").replace("}", "}}")


def exact(given: Exact, name: str) -> tuple[Integers, int]:
    """Exact numbers as integers over their least common denominator.

    Raises
    ------
    ValueError
        If one of them is a float, which would be rounded before anybody looked.
    """
    array: npt.NDArray[Any] = given if isinstance(given, np.ndarray) else _listed(given)
    if array.dtype.kind in "iu":
        return fitted(array), 1
    entries: list[Any] = array.ravel().tolist()
    for entry in entries:
        if isinstance(entry, bool) or not isinstance(entry, (int, Fraction, np.integer)):
            raise ValueError(
                f"{name} has {entry!r} ({type(entry).__name__}): it must be an int or a Fraction"
            )
    denominator = lcm(*(int(entry.denominator) for entry in entries))
    scaled = [int(entry.numerator) * (denominator // int(entry.denominator)) for entry in entries]
    return fitted(_listed(scaled).reshape(array.shape)), denominator


def _listed(given: object) -> npt.NDArray[Any]:
    return np.array(given, dtype=object)


def fitted(array: Integers) -> Integers:
    """The integers as int64 where all of them fit."""
    if array.dtype == np.int64:
        return array
    return array.astype(np.int64 if _largest(array) < _INT64 else object)


def scaled(array: Integers, factor: int) -> Integers:
    """The integers times ``factor``, past the range of int64 if need be."""
    if factor == 1:
        return array
    fits = array.dtype == np.int64 and max(_largest(array), 1) * abs(factor) < _INT64
    whole = array if fits else array.astype(object)
    return whole * factor


def multiplied(first: Integers, second: Integers) -> Integers:
    """The products, past the range of int64 if need be."""
    fits = first.dtype == second.dtype == np.int64
    if not fits or max(_largest(first), 1) * max(_largest(second), 1) >= _INT64:
        first, second = first.astype(object), second.astype(object)
    products: Integers = first * second
    return products


def _largest(array: Integers) -> int:
    return max(abs(int(array.max())), abs(int(array.min()))) if array.size else 0


def collect(
    terms: Iterable[Terms], shape: tuple[int, int]
) -> tuple[Columns, Columns, Integers, int]:
    """Row, column, numerator and denominator of all terms; equal places are summed.

    Parameters
    ----------
    terms : iterable
        The parts.
    shape : (rows, columns)
        How many there are; terms beyond raise `ValueError`.
    """
    parts: list[tuple[Columns, Columns, Integers, int]] = []
    for term in terms:
        numerator, denominator = exact(term.numerator, "numerator")
        if term.denominator < 1:
            raise ValueError(f"denominator is {term.denominator}: it must be a positive integer")
        row = _numbered(term.row, shape[0], "row")
        column = _numbered(term.column, shape[1], "column")
        parts.append((row, column, numerator, denominator * term.denominator))
    common = lcm(*(denominator for *_, denominator in parts))
    keys: list[Columns] = [np.zeros(0, dtype=np.int64)]
    numerators: list[Integers] = [np.zeros(0, dtype=np.int64)]
    width = max(shape[1] - 1, 0).bit_length()
    for row, column, numerator, denominator in parts:
        key: Columns = (row << width) + column
        below = np.broadcast_shapes(key.shape, numerator.shape)
        multiplied = scaled(numerator, common // denominator)
        keys.append(np.broadcast_to(key, below).ravel())
        numerators.append(np.broadcast_to(multiplied, below).ravel())
    key, numerator = _summed(np.concatenate(keys), np.concatenate(numerators))
    return key >> width, key & ((1 << width) - 1), numerator, common


def _numbered(given: object, size: int, name: str) -> Columns:
    array: npt.NDArray[Any] = np.asarray(given)
    if array.size and array.dtype.kind not in "iu":
        raise ValueError(f"{name} has {array.dtype} entries: it must hold integers")
    if array.size and not 0 <= array.min() <= array.max() < size:
        raise ValueError(
            f"{name} runs from {array.min()} to {array.max()}: it must lie in 0..{size - 1}"
        )
    return array.astype(np.int64, copy=False)


def _summed(key: Columns, numerator: Integers) -> tuple[Columns, Integers]:
    """Places in order, and the sum at each of them; zeros are left out."""
    key, numerator = _without_zeros(key, numerator)
    if (key[1:] > key[:-1]).all():
        return key, numerator
    order = np.argsort(key, kind="stable")  # which merges: each term by itself mostly is in order
    key, numerator = key[order], numerator[order]
    new = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=new[1:])
    if new.all():
        return key, numerator
    starts = np.flatnonzero(new)
    repeated = int(np.diff(starts, append=len(key)).max())
    if _largest(numerator) * repeated >= _INT64:
        numerator = numerator.astype(object)
    return _without_zeros(key[starts], fitted(np.add.reduceat(numerator, starts)))


def _without_zeros(key: Columns, numerator: Integers) -> tuple[Columns, Integers]:
    kept = numerator != 0
    return (key, numerator) if kept.all() else (key[kept], numerator[kept])
