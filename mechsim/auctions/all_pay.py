r"""All pay: everyone pays for the top position, whatever it gets.

Bidders are ranked by score :math:`s_i = b_i q_i`, and the :math:`k`-th, :math:`k \le S`, gets
position :math:`k`; each of them pays :math:`\alpha_1 s_i`.  A model of contests: the effort is
spent, whoever wins.

References
----------
Barut, Kovenock. The symmetric multiple prize all-pay auction with complete information. European
Journal of Political Economy 14, 1998.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..setting import Priced
from ._ranking import slots


@dataclass(frozen=True)
class AllPay:
    """Positions by score, each for one's bid for the top one.  O(n log n).

    Of two bidders with equal scores the one with the lower index is placed first.

    Examples
    --------
    >>> print(*AllPay(Positions((200, 100)))([10, 4, 2]).payments)
    2000 800 400
    """

    setting: Positions

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays."""
        paid = (bid * self.setting.clicks(agent, 0) for agent, bid in enumerate(reports))
        return Priced(slots(self.setting, reports), tuple(paid))
