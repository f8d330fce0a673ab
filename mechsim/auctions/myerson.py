r"""Myerson's auction for any click model: show what is best for ironed virtual values.

Values are independent and finitely many.  What is shown maximises
:math:`\sum_i \bar\varphi_i(v_i)\,\mathrm{CTR}_i`, bidders of negative ironed virtual value left
out; with :math:`c_i(v_a)` the clicks of bidder i were its value :math:`v_a`, it pays

.. math:: t_i(v_a) = v_a\, c_i(v_a) - \sum_{b < a} (v_{b+1} - v_b)\, c_i(v_b),

and no mechanism that is incentive compatible and individually rational brings more revenue.

References
----------
Myerson. Optimal Auction Design. Mathematics of Operations Research 6, 1981.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from .._numbers import Number
from ..algorithms.ironing import ironed_values
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.click_models import Shown
from ..preferences.sponsored import Sponsored
from ..setting import Priced


@dataclass(frozen=True)
class Myerson:
    """The optimal auction of a setting with values and a prior.

    Ties are decided by the click model, in favour of earlier bidders and positions; a bidder whose
    ironed virtual value is 0 is not shown.

    Examples
    --------
    >>> from mechsim.preferences import Matrix
    >>> third = (Fraction(1, 3),) * 3
    >>> item = Sponsored(Matrix(((1,), (1,))), values=(1, 2, 3), prior=third)
    >>> print(*Myerson(item)([3, 2]).payments)
    2 0
    """

    setting: Sponsored

    def __post_init__(self) -> None:
        if self.setting.values is None or self.setting.prior is None:
            raise ValueError(f"setting is {self.setting}: it must have values and a prior")

    @cached_property
    def ironed(self) -> tuple[dict[Number, Number], ...]:
        """For each bidder its ironed virtual value at each value."""
        tables: list[dict[Number, Number]] = []
        for agent in range(self.setting.bidders):
            values = self.setting.types(agent) or ()
            virtual = ironed_values(values, self.setting.type_chances(agent))
            tables.append(dict(zip(values, virtual, strict=True)))
        return tuple(tables)

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        shown = self._shown(reports)
        clicks = self.setting.model.clicks(shown)
        paid: list[Number] = [Fraction(0)] * len(reports)
        for agent, _ in shown:
            lower = [v for v in self.setting.types(agent) or () if v <= reports[agent]]
            rent = sum(
                (
                    (above - here) * self._clicks(reports, agent, here)
                    for here, above in pairwise(lower)
                ),
                Fraction(0),
            )
            paid[agent] = reports[agent] * clicks[agent] - rent
        return Priced(shown, tuple(paid))

    def _shown(self, bids: Bids) -> Shown:
        virtual = [table[bid] for table, bid in zip(self.ironed, bids, strict=True)]
        return self.setting.model.best([max(x, Fraction(0)) for x in virtual])

    def _clicks(self, bids: Bids, agent: int, bid: Number) -> Number:
        """The clicks of an agent if it bids this."""
        changed = (*bids[:agent], bid, *bids[agent + 1 :])
        return self.setting.model.clicks(self._shown(changed))[agent]
