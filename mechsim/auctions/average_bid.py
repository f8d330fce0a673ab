r"""The average-bid auction: who is nearest to the average wins, and pays its bid.

Some public buyers used it against bids that are too good to be true.  Scores are ranked by
:math:`|s_i - \frac{1}{n} \sum_k s_k|`; a higher bid may leave the average behind and lose, so that
no payment makes it strategyproof.  It is a foil.

References
----------
Decarolis. Awarding Price, Contract Performance, and Bids Screening. American Economic Journal:
Applied Economics 6, 2014.
"""

from dataclasses import dataclass
from fractions import Fraction

from .._numbers import distance
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.positions import Positions, Slot
from ..setting import Priced
from ._ranking import scores


@dataclass(frozen=True)
class AverageBid:
    """Positions by nearness to the average score, each click for its bid.  O(n log n).

    Of two that are equally near the one with the lower index is placed first.

    Examples
    --------
    >>> AverageBid(Positions((1,)))([1, 5, 9]).alternative
    (None, 0, None)
    """

    setting: Positions

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """Who gets which slot, and what each pays in expectation."""
        score = scores(self.setting, reports)
        average = sum(score, Fraction(0)) / len(score)
        order = sorted(range(len(score)), key=lambda agent: distance(score[agent], average))
        slot: list[Slot] = [None] * len(score)
        for k, agent in enumerate(order[: len(self.setting.effects)]):
            slot[agent] = k
        paid = (bid * self.setting.clicks(i, slot[i]) for i, bid in enumerate(reports))
        return Priced(tuple(slot), tuple(paid))
