r"""The Groves scheme as it stands: everyone is paid what the others get, and charged a fee.

Bidder :math:`i` pays :math:`h - \sum_{k \ne i} b_k\,\mathrm{CTR}_k`.  As its utility is then the
total value less :math:`h`, the truth is best for any fee; but no fee is right: without one the
auctioneer pays, and with one who has nothing to gain loses it.  It is a foil of `SponsoredVCG`,
whose fee for each is what the others would get without it.

References
----------
Groves. Incentives in Teams. Econometrica 41, 1973.
"""

from dataclasses import dataclass
from fractions import Fraction

from .._numbers import Number, real
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.sponsored import Sponsored
from ..setting import Priced


@dataclass(frozen=True)
class SponsoredGroves:
    """What is best to show; each pays a fee, and is paid what the others' clicks are worth.

    Examples
    --------
    >>> from mechsim.preferences import Matrix
    >>> item = Sponsored(Matrix(((1,), (1,))))
    >>> print(*SponsoredGroves(item)([3, 2]).payments)
    2 -1
    """

    setting: Sponsored
    fee: Number = Fraction(2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fee", real(self.fee, "fee"))

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation, less than 0 if it is paid."""
        shown = self.setting.model.best(reports)
        clicks = self.setting.model.clicks(shown)
        worth = [bid * rate for bid, rate in zip(reports, clicks, strict=True)]
        total = sum(worth, Fraction(0))
        return Priced(shown, tuple(self.fee - (total - own) for own in worth))
