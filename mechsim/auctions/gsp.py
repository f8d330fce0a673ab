r"""The generalized second price: for each click the least bid that would have kept the position.

Bidders are ranked by score :math:`s_i = b_i q_i`, and the :math:`k`-th, :math:`k \le S`, gets
position :math:`k` at :math:`s_{(k+1)} / q_i` per click, which in expectation is

.. math:: P_{(k)} = \alpha_k \, s_{(k+1)}.

With a reserve price :math:`r` per click who bids less is left out, and nobody pays less.

References
----------
Edelman, Ostrovsky, Schwarz. Internet advertising and the generalized second-price auction.
American Economic Review 97, 2007.
Varian. Position auctions. International Journal of Industrial Organization 25, 2007.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy.typing as npt

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..setting import Priced
from ._ranking import NO_RESERVE, ranked_scores, require_reserve, slots
from ._separable import NEXT, sell
from .sales import Sales


@dataclass(frozen=True)
class GSP:
    """Positions by score, each click for the next score over one's quality.  O(n log n).

    Of two bidders with equal scores the one with the lower index is placed first.

    Examples
    --------
    >>> print(*GSP(Positions((200, 100)))([10, 4, 2]).payments)
    800 200 0
    """

    setting: Positions
    reserve: Number = NO_RESERVE

    def __post_init__(self) -> None:
        object.__setattr__(self, "reserve", require_reserve(self.reserve))

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays in expectation."""
        setting, reserve = self.setting, self.reserve
        score = ranked_scores(setting, reports, reserve)
        slot = slots(setting, reports, reserve)
        zero: Number = Fraction(0)
        paid = (
            zero
            if k is None
            else setting.effects[k] * max(score[k + 1], reserve * setting.quality(agent))
            for agent, k in enumerate(slot)
        )
        return Priced(slot, tuple(paid))

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """The same, for each row of a (batch, bidders) array of floats, compiled."""
        return sell(self.setting, bids, self.reserve, NEXT)
