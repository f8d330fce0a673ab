r"""Very many reports, as the values that occur and how often each does.

A `Population` stands for the tuple in which each value is repeated as often as its count says.
Whatever a mechanism or an axiom says of the one it says of the other:

.. math:: f(\text{population}) = f(\text{expanded}).
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeGuard, TypeVar, cast

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=Hashable)

FloatArray: TypeAlias = npt.NDArray[np.float64]
CountArray: TypeAlias = npt.NDArray[np.int64]


def is_array(values: object, dtype: type = np.float64) -> TypeGuard[FloatArray]:
    """Whether reports are kept as an array of this type (float64 by default)."""
    return isinstance(values, np.ndarray) and cast(Any, values).dtype == dtype


EXPANDABLE = 1_000_000
"""Populations up to this size may be written out as a tuple."""


@dataclass(frozen=True, eq=False)
class Population:
    """``counts[k]`` agents report ``values[k]``.

    Parameters
    ----------
    values : tuple, or (classes,) float64 array
        An array is kept as one, read-only and without a copy; anything else becomes a tuple.
        A value may be listed more than once.
    counts : tuple of int, or (classes,) int64 array, optional
        Positive; one each by default.

    Examples
    --------
    >>> Population(("left", "right"), (3, 2)).expanded()
    ('left', 'left', 'left', 'right', 'right')
    >>> len(Population((0, 1), (10**8, 10**8)))
    200000000
    """

    values: "tuple[Any, ...] | FloatArray"
    counts: "tuple[int, ...] | CountArray | None" = None

    def __post_init__(self) -> None:
        values = _kept(self.values, np.float64)
        object.__setattr__(self, "values", values)
        if self.counts is None:  # ones that take no memory
            ones = np.broadcast_to(np.int64(1), len(values))
            object.__setattr__(self, "counts", _kept(ones, np.int64))
            return
        object.__setattr__(self, "counts", _kept(self.counts, np.int64))
        if len(self.multiplicities) != len(values):
            raise ValueError(
                f"counts has {len(self.multiplicities)} entries: "
                f"it must have one for each of the {len(values)} values"
            )
        if isinstance(self.multiplicities, tuple) and {*map(type, self.multiplicities)} - {int}:
            place = [type(count) is int for count in self.multiplicities].index(False)
            raise ValueError(
                f"counts[{place}] is {self.multiplicities[place]!r}: it must be an int"
            )
        if len(values) and np.min(np.asarray(self.multiplicities)) < 1:
            place = int(np.argmin(np.asarray(self.multiplicities)))
            raise ValueError(
                f"counts[{place}] is {self.multiplicities[place]}: it must be positive"
            )

        most = float(np.sum(np.asarray(self.multiplicities, dtype=np.float64)))
        if most >= 2.0**62:
            raise ValueError(f"counts sums to {most:.3g}: a population has fewer than 2^62 reports")

    @property
    def multiplicities(self) -> "tuple[int, ...] | CountArray":
        """The counts, never None."""
        return cast("tuple[int, ...] | CountArray", self.counts)

    def classes(self) -> Iterator[tuple[Any, int]]:
        """Each value and its count, as Python numbers."""
        values = self.values.tolist() if isinstance(self.values, np.ndarray) else self.values
        yield from zip(values, map(int, self.multiplicities), strict=True)

    def expanded(self) -> tuple[Any, ...]:
        """The tuple that this stands for."""
        if len(self) > EXPANDABLE:
            raise ValueError(
                f"reports is a population of {len(self):,}: more than {EXPANDABLE:,} are not "
                "written out, and what was asked needs them one by one"
            )
        return tuple(value for value, count in self.classes() for _ in range(count))

    def __len__(self) -> int:
        return sum(map(int, self.multiplicities)) if len(self.values) < 64 else self._total

    @cached_property
    def _total(self) -> int:
        counts = np.asarray(self.multiplicities, dtype=np.int64)
        if counts.strides == (0,):  # all of them are one number
            return len(counts) * int(counts[0])
        return int(np.sum(counts))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Population):
            return NotImplemented
        return dict(_tally(self.classes())) == dict(_tally(other.classes()))

    def __hash__(self) -> int:
        return self._hash

    def __getstate__(self) -> dict[str, Any]:
        """Without what is remembered: hashes of text differ between processes."""
        return {"values": self.values, "counts": self.counts}

    @cached_property
    def _hash(self) -> int:
        return hash((len(self), min(map(hash, self.values), default=0)))

    def __str__(self) -> str:
        return f"{len(self):,} reports of {len(self.values):,} values"


Reports: TypeAlias = "tuple[Any, ...] | Population"
"""One report an agent, written out or counted."""


def tally(reports: "Sequence[T] | Population") -> tuple[tuple[T, int], ...]:
    """The different reports and how often each occurs, in order of first appearance."""
    if isinstance(reports, Population):
        return _tally(reports.classes())
    return _tally((report, 1) for report in reports)


def _tally(classes: Iterable[tuple[Any, int]]) -> tuple[tuple[Any, int], ...]:
    total: dict[Any, int] = {}
    for value, count in classes:
        total[value] = total.get(value, 0) + count
    return tuple(total.items())


def _kept(entries: Any, dtype: type) -> Any:
    """A read-only view of an array of ``dtype``; a tuple of anything else."""
    if is_array(entries, dtype):
        view = entries.view()
        view.flags.writeable = False
        return view
    return tuple(entries.tolist() if isinstance(entries, np.ndarray) else entries)
