"""What a Pabulib file says: its entries, its election, and its votes of any type."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ..population import Population
from .elections import Ballot, Election
from .scored import ScoredElection, Scores
from .surveys import _NUMBER

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

    @cached_property
    def scored_election(self) -> ScoredElection:
        """The same projects, costs and budget, for voters who give points."""
        election = self.election
        return ScoredElection(election.projects, election.costs, election.budget, election.titles)

    @cached_property
    def scores(self) -> Population:
        """The votes as points for projects, of `scored_election`, counted.

        They are the points themselves, if votes give points; a project that is not named gets the
        ``default_score`` of META, which is 0 if it is not stated, and one that is named twice gets
        both.  Projects that are approved of
        get 1 point each.  Of a ranking of up to ``k`` projects the first gets ``k`` points, the
        second ``k - 1``, and so on, with the entry ``max_length`` of META for ``k``; where that is
        not stated, it is the length of the longest vote.

        Raises
        ------
        ValueError
            If META has another ``scoring_fn`` than Borda, a ``default_score`` that is no number
            from 0, or a ``max_length`` that votes exceed.
        """
        counts: dict[Scores, int] = {}
        for vote, count in self.votes:
            points: dict[int, Fraction] = {}
            for c, more in self._points(vote):
                points[c] = points.get(c, Fraction(0)) + more
            if self._default:
                points = dict.fromkeys(range(len(self.projects)), self._default) | points
            scores = tuple((c, points[c]) for c in sorted(points) if points[c])
            counts[scores] = counts.get(scores, 0) + count
        return Population(tuple(counts), tuple(counts.values()))

    def _points(self, vote: Vote) -> Iterable[tuple[int, Fraction]]:
        """The projects of a vote and the points of each."""
        if self.vote_type in POINTS:
            return zip(vote.projects, vote.points, strict=True)
        if self.vote_type in SETS:
            return dict.fromkeys(vote.projects, Fraction(1)).items()
        return ((c, Fraction(self._places - place)) for place, c in enumerate(vote.projects))

    @cached_property
    def _default(self) -> Fraction:
        stated = self.meta.get("default_score") or "0"
        if self.vote_type not in POINTS:
            return Fraction(0)
        if not _NUMBER.fullmatch(stated) or Fraction(stated) < 0:
            raise ValueError(
                f"{self.source}: default_score is {stated!r}: it must be a number from 0"
            )
        return Fraction(stated)

    @cached_property
    def _places(self) -> int:
        """How many points the first project of a ranking gets."""
        rule = self.meta.get("scoring_fn") or "Borda"
        if rule.lower() != "borda":
            raise ValueError(f"{self.source}: scoring_fn is {rule!r}: rankings are read as Borda")
        longest = max(len(vote.projects) for vote, _ in self.votes)
        stated = self.meta.get("max_length") or str(longest)
        if not stated.isdecimal() or int(stated) < longest:
            raise ValueError(
                f"{self.source}: max_length is {stated!r}: a vote ranks {longest} projects"
            )
        return int(stated)

    @property
    def selected(self) -> frozenset[int] | None:
        """The projects that were really funded, if the file has a column ``selected``."""
        if not self.projects or "selected" not in self.projects[0]:
            return None
        return frozenset(
            c for c, row in enumerate(self.projects) if row["selected"] not in ("", "0")
        )
