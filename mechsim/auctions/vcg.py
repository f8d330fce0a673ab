r"""VCG for separable positions: everyone pays the harm that its presence does to the others.

Bidders are ranked by score :math:`s_i = b_i q_i`, and the :math:`k`-th, :math:`k \le S`, gets
position :math:`k`.  Without it everyone below would move up by one, so it pays, in expectation,

.. math:: P_{(k)} = \sum_{l=k}^{S} (\alpha_l - \alpha_{l+1}) \, s_{(l+1)}, \qquad
          \alpha_{S+1} = 0.

References
----------
Vickrey. Counterspeculation, auctions, and competitive sealed tenders. Journal of Finance 16, 1961.
Edelman, Ostrovsky, Schwarz. Internet advertising and the generalized second-price auction.
American Economic Review 97, 2007.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..setting import Priced
from ._ranking import ranked_scores, slots


@dataclass(frozen=True)
class VCG:
    """Positions by score, each for the harm done to others.  O(n log n).

    Of two bidders with equal scores the one with the lower index is placed first.

    Examples
    --------
    >>> print(*VCG(Positions((200, 100)))([10, 4, 2]).payments)
    600 200 0
    """

    setting: Positions

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays in expectation."""
        zero = Fraction(0)
        effects = (*self.setting.effects, zero)
        score = ranked_scores(self.setting, reports)
        steps = [(a - b) * score[k + 1] for k, (a, b) in enumerate(pairwise(effects))]
        harm: list[Number] = [*accumulate(reversed(steps))][::-1]
        slot = slots(self.setting, reports)
        return Priced(slot, tuple(zero if k is None else harm[k] for k in slot))
