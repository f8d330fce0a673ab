r"""What a PrefLib file says: alternatives, and votes that order them or sort them into categories.

A vote is a sequence of disjoint sets of alternatives, :math:`(C_1, \dots, C_k)`.  As an order with
ties it prefers :math:`a \in C_i` to :math:`b \in C_j` exactly if :math:`i < j`, and leaves out what
is in no set; as a categorical vote it puts :math:`C_i` into category :math:`i`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from .._numbers import whole
from .._text import many
from ..population import Population
from .elections import Ballot, Election
from .rankings import Ranking, Rankings

ORDERS = ("soc", "soi", "toc", "toi")
"""Types of orders: strict or with ties, then complete or incomplete."""
STRICT = ("soc", "soi")
COMPLETE = ("soc", "toc")
TYPES = (*ORDERS, "cat")

Sorted: TypeAlias = tuple[frozenset[int], ...]
"""Alternatives, counted from 0: those ranked alike, best first; or those in each category."""


class PreflibWarning(UserWarning):
    """Something in a file contradicts its format, and how it was understood nevertheless."""


@dataclass(frozen=True, repr=False)
class PreflibFile:
    """What a file says.

    Parameters
    ----------
    source : str
        The file.
    title : str
    data_type : str
        ``"soc"``, ``"soi"``, ``"toc"``, ``"toi"`` or ``"cat"``.
    alternatives : tuple of str
        Their names, all different; the file counts them from 1, and everything here from 0.
    votes : Population
        The different votes, in the order of the file, and how many voters cast each.
    categories : tuple of str, optional
        Their names, the best first as a rule; for ``"cat"`` only.
    meta : dict of str to str
        The header, without the names of alternatives and categories.

    Notes
    -----
    preflibtools reads these files too.  It is not a dependency, as its licence, the GPL, would bind
    whoever passes on this library together with it.
    """

    source: str
    title: str
    data_type: str
    alternatives: tuple[str, ...]
    votes: Population
    categories: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def rankings(self) -> tuple[Rankings, Population]:
        """The vote with strict rankings of all alternatives as types, and the ballots, counted.

        Raises
        ------
        ValueError
            If some vote has ties or leaves alternatives out.
        """
        self._require_orders("rankings")
        count = len(self.alternatives)
        for vote in self.votes.values:
            if len(vote) != count:  # as none is empty, none has two
                raise ValueError(
                    f"{self.source}: the vote {self.tell(vote)} is no strict ranking of "
                    f"{many(count, 'alternative')}; `top` takes the first of any order"
                )

        def ranking(vote: Sorted) -> Ranking:
            return tuple(alternative for one in vote for alternative in one)

        return Rankings(self.alternatives), self._counted(ranking)

    def approvals(self, committee: int, category: str | None = None) -> tuple[Election, Population]:
        """The election of a committee in which a voter approves of what it puts in one category.

        Parameters
        ----------
        committee : int
            How many alternatives are elected: all cost 1, and this is the budget.
        category : str, optional
            By default the first one.

        Raises
        ------
        ValueError
            If the votes are orders, or there is no such category.
        """
        if self.data_type != "cat":
            raise ValueError(
                f"{self.source}: data_type is {self.data_type}: only votes of type cat have "
                "categories; `top` takes the first of an order"
            )
        if category is not None and category not in self.categories:
            raise ValueError(
                f"category is {category!r}: it must be one of {', '.join(self.categories)}"
            )
        place = 0 if category is None else self.categories.index(category)
        return self._election(committee), self._counted(lambda vote: vote[place])

    def top(self, committee: int, places: int) -> tuple[Election, Population]:
        """The election of a committee in which a voter approves of the top of its order.

        That is of all alternatives with fewer than ``places`` others above them: the first ones of
        a strict order, or more if there is a tie for the last place.

        Parameters
        ----------
        committee : int
            How many alternatives are elected: all cost 1, and this is the budget.
        places : int
            At least 1.

        Raises
        ------
        ValueError
            If the votes are categories.
        """
        self._require_orders("top")
        whole(places, "places", least=1)

        def ballot(vote: Sorted) -> Ballot:
            best = Ballot()
            for tied in vote:
                if len(best) >= places:
                    break
                best |= tied
            return best

        return self._election(committee), self._counted(ballot)

    def tell(self, vote: Sorted) -> str:
        """The vote by names, as in ``{ann, bob} > cat``."""
        parts = [", ".join(self.alternatives[a] for a in sorted(one)) for one in vote]
        told = [
            part if len(one) == 1 else f"{{{part}}}" for part, one in zip(parts, vote, strict=True)
        ]
        return (" > " if self.data_type != "cat" else ", ").join(told) or "nothing"

    def _require_orders(self, what: str) -> None:
        if self.data_type not in ORDERS:
            raise ValueError(
                f"{self.source}: data_type is {self.data_type}: {what} is about orders; "
                "`approvals` takes a category"
            )

    def _election(self, committee: int) -> Election:
        size = whole(committee, "committee", least=1)
        if size > len(self.alternatives):
            raise ValueError(
                f"committee is {size}: it must be at most {len(self.alternatives)}, the number of "
                "alternatives"
            )
        return Election(self.alternatives, (1,) * len(self.alternatives), size)

    def _counted(self, read: Callable[[Sorted], object]) -> Population:
        """The votes, each read so; what is read alike is counted together."""
        counts: dict[object, int] = {}
        for vote, voters in self.votes.classes():
            counts[read(vote)] = counts.get(read(vote), 0) + voters
        return Population(tuple(counts), tuple(counts.values()))

    def __repr__(self) -> str:
        who = f"{many(len(self.votes), 'voter')}, {many(len(self.alternatives), 'alternative')}"
        return f"PreflibFile({self.title or self.source}: {who}, {self.data_type})"
