r"""Rules that put the candidates into an order.

`OrderDictatorship` takes one voter's ranking.  `BordaOrder` ranks by Borda's scores,

.. math:: r(a) < r(b) \iff \sum_i \mathrm{worse}_i(a) > \sum_i \mathrm{worse}_i(b),

where :math:`\mathrm{worse}_i(a)` is how many candidates voter :math:`i` ranks below :math:`a`.

References
----------
Arrow. Social Choice and Individual Values. 1951, second edition 1963.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.rankings import Ballots
from ..preferences.social_orders import Order, SocialOrders


@dataclass(frozen=True)
class OrderDictatorship:
    """The ranking of ``agent``, counted from 0.  O(m) for m candidates.

    Examples
    --------
    >>> vote = SocialOrders(("ann", "bob"))
    >>> vote.tell(OrderDictatorship(0, vote)([["bob", "ann"], ["ann", "bob"]]))
    'bob > ann'
    """

    agent: int
    setting: SocialOrders

    def __post_init__(self) -> None:
        if self.agent < 0:
            raise ValueError(f"agent is {self.agent}: agents are counted from 0")

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Order:
        """The order of the candidates."""
        if self.agent >= len(reports):
            raise ValueError(f"agent is {self.agent}: there are only {len(reports)} reports")
        ranking = reports[self.agent]
        return tuple(ranking.index(one) for one in range(len(ranking)))


@dataclass(frozen=True)
class BordaOrder:
    """Candidates by their Borda scores; those with equal scores are tied.  O(n m).

    Examples
    --------
    >>> vote = SocialOrders(("ann", "bob", "cat"))
    >>> vote.tell(BordaOrder(vote)([["ann", "bob", "cat"], ["bob", "ann", "cat"]]))
    'ann = bob > cat'
    """

    setting: SocialOrders

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Order:
        """The order of the candidates."""
        behind = [0] * len(self.setting.candidates)
        for ranking in reports:
            for rank, one in enumerate(ranking):
                behind[one] += rank
        levels = sorted(set(behind))
        return tuple(levels.index(total) for total in behind)
