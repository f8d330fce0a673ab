"""What all auctions of separable positions share: who gets which position."""

from fractions import Fraction

from .._numbers import Number, real, show
from ..preferences.bidders import Bids
from ..preferences.positions import Positions, Slot

NO_RESERVE = Fraction(0)


def scores(setting: Positions, bids: Bids) -> list[Number]:
    """Bid times quality, for each bidder."""
    return [bid * setting.quality(agent) for agent, bid in enumerate(bids)]


def ranking(setting: Positions, bids: Bids, reserve: Number = NO_RESERVE) -> list[int]:
    """The bidders by falling score; of two with equal scores the one with the lower index first.

    Who bids less than the reserve is left out.
    """
    score = scores(setting, bids)
    able = [agent for agent, bid in enumerate(bids) if bid >= reserve]
    return sorted(able, key=lambda agent: -score[agent])


def slots(setting: Positions, bids: Bids, reserve: Number = NO_RESERVE) -> tuple[Slot, ...]:
    """The slot of each bidder: the k-th in the ranking gets the k-th position."""
    slot: list[Slot] = [None] * len(bids)
    for k, agent in enumerate(ranking(setting, bids, reserve)[: len(setting.effects)]):
        slot[agent] = k
    return tuple(slot)


def ranked_scores(setting: Positions, bids: Bids, reserve: Number = NO_RESERVE) -> list[Number]:
    """Scores in falling order, followed by a 0 for each position: what is left if all are sold."""
    score = scores(setting, bids)
    ranked = [score[agent] for agent in ranking(setting, bids, reserve)]
    return [*ranked, *[Fraction(0)] * (len(setting.effects) + 1)]


def require_reserve(reserve: object) -> Number:
    """A reserve price per click, at least 0."""
    number = real(reserve, "reserve")
    if number < 0:
        raise ValueError(f"reserve is {show(number)}: it must be at least 0")
    return number
