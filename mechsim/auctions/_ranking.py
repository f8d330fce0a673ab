"""What all auctions of separable positions share: who gets which position."""

from fractions import Fraction

from .._numbers import Number
from ..preferences.bidders import Bids
from ..preferences.positions import Positions, Slot


def scores(setting: Positions, bids: Bids) -> list[Number]:
    """Bid times quality, for each bidder."""
    return [bid * setting.quality(agent) for agent, bid in enumerate(bids)]


def ranking(setting: Positions, bids: Bids) -> list[int]:
    """The bidders by falling score; of two with equal scores the one with the lower index first."""
    score = scores(setting, bids)
    return sorted(range(len(bids)), key=lambda agent: -score[agent])


def slots(setting: Positions, bids: Bids) -> tuple[Slot, ...]:
    """The slot of each bidder: the k-th in the ranking gets the k-th position."""
    slot: list[Slot] = [None] * len(bids)
    for k, agent in enumerate(ranking(setting, bids)[: len(setting.effects)]):
        slot[agent] = k
    return tuple(slot)


def ranked_scores(setting: Positions, bids: Bids) -> list[Number]:
    """Scores in falling order, followed by a 0 for each position: what is left if all are sold."""
    score = scores(setting, bids)
    return [*sorted(score, reverse=True), *[Fraction(0)] * len(setting.effects)]
