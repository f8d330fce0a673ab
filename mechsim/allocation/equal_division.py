r"""Equal division: everybody gets the same part of each divisible good.

.. math:: x_{ig} = \frac{1}{n}.

Nobody envies or can lie; but agents may want to trade.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..mechanism import accepts_reports
from ..preferences.additive import Matrix
from ..preferences.divisible import DivisibleGoods, Shares


@dataclass(frozen=True)
class EqualDivision:
    """The n-th part of everything for each of n agents.  O(n m).

    Examples
    --------
    >>> goods = DivisibleGoods(("land", "wine"), agents=("ann", "bob"))
    >>> goods.tell(EqualDivision(goods)([[3, 1], [1, 1]]))
    'ann: 1/2 land, 1/2 wine; bob: 1/2 land, 1/2 wine'
    """

    setting: DivisibleGoods

    @accepts_reports
    def __call__(self, reports: Matrix, /) -> Shares:
        """How much of each good each agent gets."""
        row = (Fraction(1, len(reports)),) * len(self.setting.names)
        return (row,) * len(reports)
