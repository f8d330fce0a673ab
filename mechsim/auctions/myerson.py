r"""Myerson's auction for any click model: show what is best for ironed virtual values.

Values are independent.  What is shown maximises
:math:`\sum_i \bar\varphi_i(v_i)\,\mathrm{CTR}_i`, bidders of negative ironed virtual value left
out; with :math:`c_i(z)` the clicks of bidder i were its value :math:`z`, it pays

.. math:: t_i(v) = v\, c_i(v) - \int_0^v c_i(z)\, dz,

for finitely many values :math:`v_a c_i(v_a) - \sum_{b < a} (v_{b+1} - v_b)\, c_i(v_b)`, and no
mechanism that is incentive compatible and individually rational brings more revenue.

Clicks are steps, whose places are the kinks of :math:`V(\bar\varphi_i) = \max_x \sum_k
\bar\varphi_k \mathrm{CTR}_k(x)`; at each the bidder pays, for the clicks that it adds, the least
value that reaches that level of its ironed virtual value, or that goes beyond it if ties are
decided against it.  No grid is needed, and few searches for what is best.

References
----------
Myerson. Optimal Auction Design. Mathematics of Operations Research 6, 1981.
Eisner, Severance. Mathematical techniques for efficient record segmentation in large shared
databases. Journal of the ACM 23, 1976.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .._numbers import Number
from ..algorithms.envelope import kinks
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.sponsored import Sponsored
from ..preferences.values import Law
from ..setting import Priced
from . import _batches
from .sales import Sales, read_bids_batch


@dataclass(frozen=True)
class Myerson:
    """The optimal auction of a setting with a prior.

    Ties are decided by the click model, in favour of earlier bidders and positions; a bidder whose
    ironed virtual value is 0 is not shown.  A bid outside of the support of its law is treated by
    the formula of the nearer end.

    Examples
    --------
    >>> from mechsim.preferences import Matrix
    >>> third = (Fraction(1, 3),) * 3
    >>> item = Sponsored(Matrix(((1,), (1,))), values=(1, 2, 3), prior=third)
    >>> print(*Myerson(item)([3, 2]).payments)
    2 0
    >>> from mechsim.preferences import values
    >>> item = Sponsored(Matrix(((1,), (1,))), prior=(values.Uniform(0, 1), values.Uniform(0, 2)))
    >>> print(*Myerson(item)([Fraction(1, 2), Fraction(7, 5)]).payments)
    0 1
    """

    setting: Sponsored

    def __post_init__(self) -> None:
        if self.setting.prior is None:
            raise ValueError(f"setting is {self.setting}: it must have a prior")

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """For each bidder the law of its value."""
        return tuple(map(self.setting.law, range(self.setting.bidders)))

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        virtual = self.virtual(reports)
        shown = self.setting.model.best(virtual)
        paid: list[Number] = [Fraction(0)] * len(reports)
        for agent, _ in shown:
            paid[agent] = self.threshold_payment(virtual, agent)
        return Priced(shown, tuple(paid))

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """The same, for each row of a (batch, bidders) array of floats, compiled."""
        read = read_bids_batch(bids, self.setting.bidders)
        columns = zip(self.laws, read.T, strict=True)
        virtual = np.column_stack([law.ironed(column) for law, column in columns])
        return _batches.thresholds(self.setting, np.maximum(virtual, 0.0), self.laws)

    def virtual(self, bids: Bids) -> Bids:
        """Ironed virtual values, 0 for those that are negative."""
        ironed = (law.ironed(bid) for law, bid in zip(self.laws, bids, strict=True))
        return tuple(max(level, Fraction(0)) for level in ironed)

    def threshold_payment(self, virtual: Bids, agent: int) -> Number:
        """What an agent pays: for each click the least value that brings it."""
        model, law = self.setting.model, self.laws[agent]

        def line(level: Number) -> tuple[Number, Number]:
            at = (*virtual[:agent], level, *virtual[agent + 1 :])
            clicks = model.clicks(model.best(at))
            own = clicks[agent]
            total = sum((v * c for v, c in zip(at, clicks, strict=True)), Fraction(0))
            return own, total - level * own

        paid: Number = Fraction(0)
        for kink in kinks(line, Fraction(0), virtual[agent]):
            paid += (kink.there - kink.before) * law.least(kink.place)
            if kink.after > kink.there:  # else it may be that nothing is beyond
                paid += (kink.after - kink.there) * law.beyond(kink.place)
        return paid
