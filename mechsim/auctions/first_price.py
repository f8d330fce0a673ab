r"""The generalized first price: every click costs what was bid for it.

Bidders are ranked by score :math:`s_i = b_i q_i`, and the :math:`k`-th, :math:`k \le S`, gets
position :math:`k` and pays, in expectation, :math:`\alpha_k \, s_{(k)}`.

References
----------
Edelman, Ostrovsky. Strategic bidder behavior in sponsored search auctions. Decision Support
Systems 43, 2007.
"""

from dataclasses import dataclass

import numpy.typing as npt

from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..setting import Priced
from ._ranking import NO_RESERVE, slots
from ._separable import BID, sell
from .sales import Sales


@dataclass(frozen=True)
class FirstPrice:
    """Positions by score, each click for one's own bid.  O(n log n).

    Of two bidders with equal scores the one with the lower index is placed first.

    Examples
    --------
    >>> print(*FirstPrice(Positions((200, 100)))([10, 4, 2]).payments)
    2000 400 0
    """

    setting: Positions

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays in expectation."""
        slot = slots(self.setting, reports)
        paid = (bid * self.setting.clicks(i, slot[i]) for i, bid in enumerate(reports))
        return Priced(slot, tuple(paid))

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """The same, for each row of a (batch, bidders) array of floats, compiled."""
        return sell(self.setting, bids, NO_RESERVE, BID)
