"""What is sold in many auctions at once: arrays whose rows are outcomes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .._numbers import show
from ..population import FloatArray
from ..preferences.positions import Positions
from ..preferences.sponsored import Sponsored
from ..setting import Priced

NOT_SHOWN = -1


@dataclass(frozen=True, eq=False)
class Sales:
    """In auction ``b`` bidder ``i`` has ``positions[b, i]``, and pays ``payments[b, i]``.

    Parameters
    ----------
    setting : Positions or Sponsored
    positions : (batch, bidders) int64 array
        -1 where a bidder has none.
    clicks, payments : (batch, bidders) float64 arrays
        In expectation.

    Examples
    --------
    >>> from mechsim.auctions import GSP
    >>> sales = GSP(Positions((200, 100))).of_batch([[10, 4, 2], [1, 1, 5]])
    >>> sales.payments.sum(axis=1)
    array([1000.,  300.])
    >>> sales.row(1).alternative
    (1, None, 0)
    """

    setting: Positions | Sponsored
    positions: npt.NDArray[np.int64]
    clicks: FloatArray
    payments: FloatArray

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def revenue(self) -> FloatArray:
        """What all pay: (batch,)."""
        paid: FloatArray = self.payments.sum(axis=1)
        return paid

    def welfare(self, values: npt.ArrayLike) -> FloatArray:
        """What all clicks are worth, where a click is worth ``values``: (batch,)."""
        worth: FloatArray = (np.asarray(values, np.float64) * self.clicks).sum(axis=1)
        return worth

    def utilities(self, values: npt.ArrayLike) -> FloatArray:
        """What each bidder's clicks are worth, less what it pays: (batch, bidders)."""
        left: FloatArray = np.asarray(values, np.float64) * self.clicks - self.payments
        return left

    @property
    def per_click(self) -> FloatArray:
        """What each pays for a click, 0 where it gets none: (batch, bidders)."""
        nothing = np.zeros_like(self.payments)
        price: FloatArray = np.divide(
            self.payments, self.clicks, out=nothing, where=self.clicks > 0
        )
        return price

    def row(self, b: int) -> Priced:
        """What auction ``b`` ends with, as the definition tells it."""
        paid = tuple(self.payments[b].tolist())
        given = [None if k == NOT_SHOWN else k for k in self.positions[b].tolist()]
        if isinstance(self.setting, Positions):
            return Priced(tuple(given), paid)
        placed = sorted((k, i) for i, k in enumerate(given) if k is not None)
        return Priced(tuple((i, k) for k, i in placed), paid)

    def __str__(self) -> str:
        means = (show(float(self.revenue.mean())), show(float(self.clicks.sum(axis=1).mean())))
        return f"{len(self):,} auctions, revenue {means[0]} and clicks {means[1]} on average"


def read_bids_batch(given: npt.ArrayLike, bidders: int | None) -> FloatArray:
    """Bids as a (batch, bidders) array, each at least 0.

    Raises
    ------
    ValueError
        If they have another shape, or one is no finite number from 0.
    """
    bids = np.ascontiguousarray(given, dtype=np.float64)
    if bids.ndim != 2 or bids.shape[1] == 0 or bidders not in (None, bids.shape[1]):
        rule = "(batch, bidders)" if bidders is None else f"(batch, {bidders}), one column a bidder"
        raise ValueError(f"bids has the shape {bids.shape}: it must be {rule}")
    if not (bids.size == 0 or (bids.min() >= 0 and bids.max() < np.inf)):
        fine = np.isfinite(bids) & (bids >= 0)
        b, i = np.argwhere(~fine)[0].tolist()
        raise ValueError(f"bids[{b}, {i}] is {bids[b, i]}: it must be finite and at least 0")
    return bids
