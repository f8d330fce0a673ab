"""Approval ballots as arrays: which classes of voters approve of which projects, sparse."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..population import CountArray, Population, tally
from .elections import Ballot, Ballots

Indices: TypeAlias = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Approvals:
    """Equal ballots together, as compressed rows: one row a class of voters.

    Class k has ``sizes[k]`` voters, and approves of
    ``approved[starts[k] : starts[k + 1]]``, in the order of projects.  Memory is 4 bytes an
    approval in each of the two orders, and 16 a class.

    Parameters
    ----------
    projects : int
        How many projects the election has.
    sizes : (classes,) int64 array
    starts : (classes + 1,) int64 array
    approved : (approvals,) int32 array

    Examples
    --------
    >>> found = Approvals.of(({0, 2}, {1}, {0, 2}), 3)
    >>> found.sizes, found.approved
    (array([2, 1]), array([0, 2, 1], dtype=int32))
    >>> found.supporters(2)
    array([0], dtype=int32)
    """

    projects: int
    sizes: CountArray
    starts: CountArray
    approved: Indices

    @staticmethod
    def of(reports: Ballots | Population, projects: int) -> "Approvals":
        """The same ballots as arrays; kept for the next who asks, if they are many."""
        return of_classes(tally(_frozen(reports)), projects)

    @cached_property
    def voters(self) -> int:
        """How many there are."""
        return int(self.sizes.sum())

    @cached_property
    def by_project(self) -> tuple[CountArray, Indices]:
        """Compressed columns: where the supporters of each project start, and the classes."""
        rows = np.repeat(np.arange(len(self.sizes), dtype=np.int32), np.diff(self.starts))
        narrow = self.approved.astype(np.int16 if self.projects < 2**15 else np.int32)
        order = np.argsort(narrow, kind="stable")
        counts = np.bincount(self.approved, minlength=self.projects)
        starts = np.concatenate(([0], np.cumsum(counts)))
        return starts.astype(np.int64), rows[order]

    def supporters(self, project: int) -> Indices:
        """The classes that approve of a project, in order."""
        starts, classes = self.by_project
        return classes[starts[project] : starts[project + 1]]

    @cached_property
    def votes(self) -> CountArray:
        """How many voters approve of each project: (projects,) int64."""
        each = np.repeat(self.sizes, np.diff(self.starts)).astype(np.float64)
        counted = np.bincount(self.approved, weights=each, minlength=self.projects)
        return counted.astype(np.int64)


def _frozen(reports: Ballots | Population) -> Ballots | Population:
    if isinstance(reports, Population):
        return reports
    return tuple(map(frozenset, reports))


@lru_cache(maxsize=8)
def of_classes(classes: tuple[tuple[Ballot, int], ...], projects: int) -> Approvals:
    """Arrays of different ballots and how many cast each."""
    lengths = np.fromiter((len(ballot) for ballot, _ in classes), np.int64, len(classes))
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    flat = chain.from_iterable(sorted(ballot) for ballot, _ in classes)
    approved = np.fromiter(flat, np.int32, int(starts[-1]))
    sizes = np.fromiter((voters for _, voters in classes), np.int64, len(classes))
    for array in (starts, approved, sizes):
        array.flags.writeable = False
    return Approvals(projects, sizes, starts, approved)
