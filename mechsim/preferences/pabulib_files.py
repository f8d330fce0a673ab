"""What a Pabulib file says: its entries, its election, and its votes of any type."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ..population import Population
from .elections import Ballot, Election

SETS = ("approval", "choose-1")
"""Vote types in which a vote is a set of projects."""
POINTS = ("cumulative", "scoring")
"""Vote types in which a vote gives points."""
TYPES = (*SETS, *POINTS, "ordinal")

Row = dict[str, str]
Rows = tuple[list[str], ...]


class PabulibWarning(UserWarning):
    """Something in a file contradicts its format, and how it was understood nevertheless."""


class Vote(NamedTuple):
    """What a voter said: projects by number, in its order, and the points of each, if any."""

    projects: tuple[int, ...]
    points: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class PabulibFile:
    """What a file says.

    Parameters
    ----------
    source : str
        The file.
    meta : dict
        The entries of META, as text.
    election : Election
        Projects are known by their ids, and told by their names where the file has any.
    projects : tuple of dict
        The entries of PROJECTS, as text, by the names of the columns.
    votes : tuple of (Vote, int)
        The different votes, in the order in which they come first, and how many there are of each.
    others : dict of str to tuples of lists
        Sections of other names, row by row.
    """

    source: str
    meta: dict[str, str]
    election: Election
    projects: tuple[Row, ...]
    votes: tuple[tuple[Vote, int], ...]
    others: dict[str, tuple[list[str], ...]] = field(
        default_factory=dict[str, "tuple[list[str], ...]"]
    )

    @property
    def vote_type(self) -> str:
        """One of approval, choose-1, cumulative, scoring and ordinal."""
        return self.meta["vote_type"]

    @cached_property
    def approvals(self) -> Population:
        """The votes as sets of projects, counted: all that are named, unless with no points."""
        counts: dict[Ballot, int] = {}
        for (projects, points), count in self.votes:
            if points:
                pairs = zip(projects, points, strict=True)
                ballot = frozenset(c for c, given in pairs if given > 0)
            else:
                ballot = frozenset(projects)
            counts[ballot] = counts.get(ballot, 0) + count
        return Population(tuple(counts), tuple(counts.values()))

    @property
    def selected(self) -> frozenset[int] | None:
        """The projects that were really funded, if the file has a column ``selected``."""
        if not self.projects or "selected" not in self.projects[0]:
            return None
        return frozenset(
            c for c, row in enumerate(self.projects) if row["selected"] not in ("", "0")
        )
