r"""The Groves scheme for separable positions: everyone is paid what the others get, for a fee.

Bidder :math:`i` pays :math:`h - \sum_{k \ne i} b_k q_k \alpha_{s(k)}`.  The truth is best for any
fee :math:`h`, but none is right: without one the auctioneer pays, and with one who has nothing to
gain loses it.  It is a foil of `VCG`, whose fee for each is what the others would get without it.

References
----------
Groves. Incentives in Teams. Econometrica 41, 1973.
"""

from dataclasses import dataclass
from fractions import Fraction

from .._numbers import Number, real
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions
from ..setting import Priced
from ._ranking import slots


@dataclass(frozen=True)
class Groves:
    """Positions by score; each pays a fee, and is paid what the others' clicks are worth.

    Examples
    --------
    >>> print(*Groves(Positions((1,)))([3, 2]).payments)
    1 -2
    """

    setting: Positions
    fee: Number = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fee", real(self.fee, "fee"))

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays in expectation, less than 0 if it is paid."""
        slot = slots(self.setting, reports)
        worth = [bid * self.setting.clicks(i, slot[i]) for i, bid in enumerate(reports)]
        total = sum(worth, Fraction(0))
        return Priced(slot, tuple(self.fee - (total - own) for own in worth))
