r"""Leaving out the highest bid: what is best to show among the others, each click for its bid.

Some buyers strike off the most extreme bid as not serious.  A bid that becomes the highest loses
all, so that no payment makes it strategyproof.  It is a foil for any click model.

References
----------
Decarolis. Awarding Price, Contract Performance, and Bids Screening. American Economic Journal:
Applied Economics 6, 2014.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.sponsored import Sponsored
from ..setting import Priced


@dataclass(frozen=True)
class ExcludeHighest:
    """What is best to show without the highest bidder; of two the one with the lower index goes.

    Examples
    --------
    >>> from mechsim.preferences import Matrix
    >>> ExcludeHighest(Sponsored(Matrix(((1,), (1,)))))([3, 2]).alternative
    ((1, 0),)
    """

    setting: Sponsored

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        highest = reports.index(max(reports))
        shown = self.setting.model.best((*reports[:highest], Fraction(0), *reports[highest + 1 :]))
        pairs = zip(reports, self.setting.model.clicks(shown), strict=True)
        return Priced(shown, tuple(bid * rate for bid, rate in pairs))
