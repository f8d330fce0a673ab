"""Rules that do not listen: one winner, or one order of the candidates, whatever voters say.

They are strategyproof and independent of irrelevant alternatives, and show that this is not enough.
"""

from dataclasses import dataclass

from ..mechanism import accepts_reports
from ..preferences.rankings import Ballots, Rankings
from ..preferences.social_orders import Order, SocialOrders


@dataclass(frozen=True)
class FixedWinner:
    """``winner``, a candidate counted from 0.  O(1)."""

    winner: int
    setting: Rankings

    def __post_init__(self) -> None:
        if not self.setting.admits(self.winner):
            raise ValueError(f"winner is {self.winner!r}: it must be a candidate, counted from 0")

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> int:
        """Who wins."""
        return self.winner


@dataclass(frozen=True)
class FixedOrder:
    """``order``, the rank of each candidate.  O(1)."""

    order: Order
    setting: SocialOrders

    def __post_init__(self) -> None:
        if not self.setting.admits(self.order):
            raise ValueError(f"order is {self.order!r}: it must be a rank for each candidate")

    @accepts_reports
    def __call__(self, reports: Ballots, /) -> Order:
        """The order of the candidates."""
        return self.order
