r"""VCG for any click model: show what is best, and charge everyone the harm done to the others.

With :math:`V(v)` the most that :math:`\sum_i v_i\,\mathrm{CTR}_i` can be, bidder :math:`i` pays, in
expectation,

.. math:: P_i = V(0, v_{-i}) - \bigl(V(v) - v_i\,\mathrm{CTR}_i\bigr) \ \le\ v_i\,\mathrm{CTR}_i,

which is :math:`P_i / \mathrm{CTR}_i` a click.  :math:`V` is convex in :math:`v_i` with slope
:math:`\mathrm{CTR}_i`, whatever the externalities, so clicks rise with the bid.

References
----------
Balseiro et al. Position Auctions in AI-Generated Content. arXiv:2506.03309.
Leonard. Elicitation of Honest Preferences for the Assignment of Individuals to Positions. Journal
of Political Economy 91, 1983.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy.typing as npt

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.sponsored import Sponsored
from ..setting import Priced
from . import _batches
from .sales import Sales, read_bids_batch


@dataclass(frozen=True)
class SponsoredVCG:
    """What is best to show, each for the harm done to others: one more best for each that is shown.

    Ties are decided by the click model, in favour of earlier bidders and positions.

    Examples
    --------
    >>> from mechsim.preferences import Multinomial
    >>> auction = SponsoredVCG(Sponsored(Multinomial(((1, Fraction(1, 2)), (2, 1), (1, 3)), 2)))
    >>> print(*auction([10, 6, 4]).payments)
    2 5/3 0
    """

    setting: Sponsored

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        model = self.setting.model
        shown = model.best(reports)
        clicks = model.clicks(shown)
        worth = [bid * rate for bid, rate in zip(reports, clicks, strict=True)]
        total = sum(worth, Fraction(0))
        paid: list[Number] = [Fraction(0)] * len(reports)
        for agent, _ in shown:
            without = (*reports[:agent], Fraction(0), *reports[agent + 1 :])
            others = model.clicks(model.best(without))
            best = sum((b * c for b, c in zip(without, others, strict=True)), Fraction(0))
            paid[agent] = best - (total - worth[agent])
        return Priced(shown, tuple(paid))

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """The same, for each row of a (batch, bidders) array of floats, compiled."""
        return _batches.vcg(self.setting, read_bids_batch(bids, self.setting.bidders))
