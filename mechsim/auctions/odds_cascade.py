r"""A truthful half of a cascade: run the multinomial auction on odds, and thin what is shown.

The best of a cascade is NP-hard to find.  The multinomial auction with weights
:math:`w_{ij} = p_{ij} / (1 - p_{ij})` is not, and its clicks :math:`c_e = w_e / (1 + W)` can be
brought about in a cascade: scan what it shows in any order, and show each :math:`e` with
probability

.. math:: \theta_e = \frac{c_e}{p_e \bigl(1 - \sum_{f \text{ before } e} c_f\bigr)} \ \le\ 1,

independently.  Then clicks are exactly :math:`c_e`, so that the multinomial VCG payments make it
strategyproof in expectation.  Its welfare is at least half of the best of the cascade: with
:math:`\lambda` that of the multinomial auction, every matching gives at most
:math:`\lambda + \sum p_e (v_e - \lambda)^+ \le 2 \lambda`, as :math:`p_e \le w_e`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy.typing as npt

from .._numbers import Number
from ..lottery import Finite, mix, sure
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.click_models import Cascade, Multinomial, Shown
from ..preferences.sponsored import Sponsored
from ..setting import Priced
from .sales import Sales
from .sponsored_vcg import SponsoredVCG


@dataclass(frozen=True)
class OddsCascade:
    """The multinomial auction on odds, thinned; the lottery lists all that may be shown.

    Exponential in how many are shown.  Probabilities must be below 1.

    Examples
    --------
    >>> half, fifth = Fraction(1, 2), Fraction(1, 5)
    >>> cascade = Cascade(((half, fifth), (2 * fifth, half), (Fraction(3, 10), 4 * fifth)))
    >>> lottery = OddsCascade(Sponsored(cascade))([10, 6, 4])
    >>> print(*next(iter(lottery.probability)).payments)
    26/17 5/3 0
    """

    setting: Sponsored

    def __post_init__(self) -> None:
        if not isinstance(self.setting.model, Cascade):
            raise ValueError(f"setting is {self.setting}: it must be that of a Cascade")

    @cached_property
    def multinomial(self) -> SponsoredVCG:
        """The auction that decides."""
        model = self.setting.model
        assert isinstance(model, Cascade)
        return SponsoredVCG(
            Sponsored(Multinomial.of_probabilities(model.probabilities, model.capacity))
        )

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Finite[Priced]:
        """What may be shown and how likely, and what each pays in expectation."""
        priced = self.multinomial(reports)
        return mix(
            (chance, sure(Priced(shown, priced.payments)))
            for shown, chance in self._thinned(priced.alternative)
        )

    def of_batch(self, bids: npt.ArrayLike, /) -> Sales:
        """Positions before thinning, expected clicks and payments of each row, compiled."""
        return replace(self.multinomial.of_batch(bids), setting=self.setting)

    def thinning(self, shown: Shown) -> tuple[Number, ...]:
        """With which probability each is shown, in the order of rendering."""
        model = self.setting.model
        assert isinstance(model, Cascade)
        rates = self.multinomial.setting.model.clicks(shown)
        left: Number = Fraction(1)
        found: list[Number] = []
        for i, j in shown:
            found.append(rates[i] / (model.probabilities[i][j] * left))
            left -= rates[i]
        return tuple(found)

    def _thinned(self, shown: Shown) -> Iterator[tuple[Shown, Fraction]]:
        kept: list[tuple[Shown, Fraction]] = [((), Fraction(1))]
        thetas: list[Fraction] = [Fraction(theta) for theta in self.thinning(shown)]
        for pair, theta in zip(shown, thetas, strict=True):
            kept = [
                (more, chance * p)
                for some, chance in kept
                for more, p in (((*some, pair), theta), (some, 1 - theta))
                if p > 0
            ]
        yield from kept


@dataclass(frozen=True)
class UnthinnedOdds:
    """What the multinomial auction on odds shows, all of it, by falling bids; a foil.

    More clicks than `OddsCascade` brings, but they may fall as a bid rises.  Payments are those of
    the multinomial auction.
    """

    setting: Sponsored

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        priced = OddsCascade(self.setting).multinomial(reports)
        shown: Shown = priced.alternative
        order = tuple(sorted(shown, key=lambda pair: -reports[pair[0]]))
        return Priced(order, priced.payments)
