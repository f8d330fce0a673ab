"""Two tempting ways to fill a cascade, which no payment makes strategyproof: clicks may fall as a
bid rises.  They are foils.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import Number
from ..mechanism import accepts_reports
from ..preferences.bidders import Bids
from ..preferences.click_models import Cascade, Matrix, Shown
from ..preferences.sponsored import Sponsored
from ..setting import Priced


def _cascade(setting: Sponsored) -> Cascade:
    if not isinstance(setting.model, Cascade):
        raise ValueError(f"setting is {setting}: it must be that of a Cascade")
    return setting.model


def _sold(setting: Sponsored, bids: Bids, shown: Shown) -> Priced:
    """What is shown by falling bids, everyone for its own bid."""
    order = tuple(sorted(shown, key=lambda pair: -bids[pair[0]]))
    clicks = setting.model.clicks(order)
    return Priced(order, tuple(b * c for b, c in zip(bids, clicks, strict=True)))


@dataclass(frozen=True)
class GreedyCascade:
    """Add the bidder and position that bring most, again and again; pay what was bid a click.

    At least a third of the best welfare (Fisher, Nemhauser, Wolsey 1978, for two matroids).
    """

    setting: Sponsored

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        model = _cascade(self.setting)
        most = model.capacity or len(model.probabilities[0])

        def welfare(shown: Shown) -> Number:
            order = tuple(sorted(shown, key=lambda pair: -reports[pair[0]]))
            pairs = zip(reports, model.clicks(order), strict=True)
            return sum((bid * rate for bid, rate in pairs), Fraction(0))

        shown: Shown = ()
        while len(shown) < most:
            better = _best_addition(model, shown, welfare)
            if better is None:
                break
            shown = better
        return _sold(self.setting, reports, shown)


def _best_addition(model: Cascade, shown: Shown, welfare: Callable[[Shown], Any]) -> Shown | None:
    bidders, positions = ({pair[k] for pair in shown} for k in (0, 1))
    best, found = welfare(shown), None
    for i in range(model.bidders):
        for j in range(len(model.probabilities[0])):
            if i not in bidders and j not in positions:
                tried = (*shown, (i, j))
                if welfare(tried) > best:
                    best, found = welfare(tried), tried
    return found


@dataclass(frozen=True)
class IgnoreExternality:
    """Show what would be best if users looked at everything; pay what was bid a click."""

    setting: Sponsored

    @accepts_reports
    def __call__(self, reports: Bids, /) -> Priced:
        """What is shown, and what each pays in expectation."""
        model = _cascade(self.setting)
        shown = Matrix(model.probabilities, model.capacity).best(reports)
        return _sold(self.setting, reports, shown)
