r"""VCG for separable positions: everyone pays the harm that its presence does to the others.

Bidders are ranked by score :math:`s_i = b_i q_i`, and the :math:`k`-th, :math:`k \le S`, gets
position :math:`k`.  Without it everyone below would move up by one, so it pays, in expectation,

.. math:: P_{(k)} = \sum_{l=k}^{S} (\alpha_l - \alpha_{l+1}) \, s_{(l+1)}, \qquad
          \alpha_{S+1} = 0.

With a reserve price :math:`r` per click who bids less is left out, and in what :math:`i` pays every
score below :math:`r q_i` is raised to it.  For bidders alike and regular it is Myerson's auction if
:math:`\varphi(r) = 0`.

References
----------
Vickrey. Counterspeculation, auctions, and competitive sealed tenders. Journal of Finance 16, 1961.
Edelman, Ostrovsky, Schwarz. Internet advertising and the generalized second-price auction.
American Economic Review 97, 2007.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy.typing as npt

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..setting import Priced
from ._ranking import NO_RESERVE, ranked_scores, require_reserve, slots
from ._separable import HARM, sell
from .sales import Sales


@dataclass(frozen=True)
class VCG:
    """Positions by score, each for the harm done to others.  O(n log n + S^2).

    Of two bidders with equal scores the one with the lower index is placed first.

    Examples
    --------
    >>> print(*VCG(Positions((200, 100)))([10, 4, 2]).payments)
    600 200 0
    """

    setting: Positions
    reserve: Number = NO_RESERVE

    def __post_init__(self) -> None:
        object.__setattr__(self, "reserve", require_reserve(self.reserve))

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays in expectation."""
        setting, reserve = self.setting, self.reserve
        zero = Fraction(0)
        score = ranked_scores(setting, reports, reserve)
        steps = [a - b for a, b in pairwise((*setting.effects, zero))]
        slot = slots(setting, reports, reserve)
        paid: list[Number] = []
        for agent, k in enumerate(slot):
            least = reserve * setting.quality(agent)
            below = () if k is None else range(k, len(steps))
            paid.append(sum((steps[m] * max(score[m + 1], least) for m in below), zero))
        return Priced(slot, tuple(paid))

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """The same, for each row of a (batch, bidders) array of floats, compiled."""
        return sell(self.setting, bids, self.reserve, HARM)
