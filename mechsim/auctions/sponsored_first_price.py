r"""First price for any click model: show what is best, and charge everyone its bid a click.

Bidder :math:`i` pays :math:`b_i\,\mathrm{CTR}_i` in expectation, so that who bids the truth gains
nothing, and a lower bid that is still shown gains.  It is a foil of `SponsoredVCG`.
"""

from dataclasses import dataclass

import numpy.typing as npt

from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.sponsored import Sponsored
from ..setting import Priced
from . import _batches
from .sales import Sales, read_bids_batch


@dataclass(frozen=True)
class SponsoredFirstPrice:
    """What is best to show, each for its own bid.  Ties are decided by the click model.

    Examples
    --------
    >>> from mechsim.preferences import Multinomial
    >>> auction = SponsoredFirstPrice(Sponsored(Multinomial(((1, 2), (2, 1)))))
    >>> print(*auction([10, 6]).payments)
    20/3 0
    """

    setting: Sponsored

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        model = self.setting.model
        shown = model.best(reports)
        pairs = zip(reports, model.clicks(shown), strict=True)
        return Priced(shown, tuple(bid * rate for bid, rate in pairs))

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """The same, for each row of a (batch, bidders) array of floats, compiled."""
        return _batches.first_price(self.setting, read_bids_batch(bids, self.setting.bidders))
