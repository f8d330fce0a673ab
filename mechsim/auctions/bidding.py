r"""Bidding in the generalized second price: best replies, dynamics, and what equilibria may cost.

What a bidder gets depends on its rank only, so that among the ties with others' scores and one bid
between any two there is a best reply, and whether bids are an equilibrium is decided exactly.

*Balanced bidding* is a best reply that leaves no regret: at the others' present bids a bidder with
score :math:`w` aims at the position :math:`k` that is best for it at its price :math:`p_k`, and
bids :math:`s` such that it would as well have the position above for its own bid,

.. math:: \alpha_k (w - p_k) = \alpha_{k-1} (w - s), \qquad \alpha_{-1} := 2 \alpha_0.

One bidder after the other in random order, this ends in the lowest envy-free equilibrium, where
effects fall and the highest scores differ.

References
----------
Cary, Das, Edelman, Giotis, Heimerl, Karlin, Mathieu, Schwarz. Greedy bidding strategies for keyword
auctions. EC 2007.
Caragiannis, Kaklamanis, Kanellopoulos, Kyropoulou, Lucier, Paes Leme, Tardos. Bounding the
inefficiency of outcomes in generalized second price auctions. Journal of Economic Theory 156, 2015.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np

from .._numbers import Number, show, show_all
from ..preferences.bidders import Bids
from ..setting import utility
from ._ranking import ranking
from .gsp import GSP

MANY_PROFILES = 1_000_000
"""More profiles of bids than this are not tried."""


def best_reply(auction: GSP, values: Any, bids: Any, agent: int) -> tuple[Number, Number]:
    """A best bid of an agent against the others' bids, and how much more it brings than its own.

    Exact for exact bids; ties are decided as in the auction.  O(n) auctions.

    Examples
    --------
    >>> from mechsim.preferences import Positions
    >>> bid, gain = best_reply(GSP(Positions((200, 199))), (10, 4, 2), (10, 4, 2), 0)
    >>> print(bid, gain)
    2 392
    """
    setting = auction.setting
    worth, told = setting.read(values), setting.read(bids)

    def gets(bid: Number) -> Number:
        outcome = auction((*told[:agent], bid, *told[agent + 1 :]))
        got: Number = utility(setting, agent, worth[agent], outcome)
        return got

    now = gets(told[agent])
    best, gain = told[agent], now - now
    top = max(t * setting.quality(i) for i, t in enumerate(told)) / setting.quality(agent)
    for bid in {*setting.misreports(agent, told), auction.reserve, 2 * top + 1}:
        more = gets(bid) - now
        if more > gain or (more == gain > 0 and bid < best):
            best, gain = bid, more
    return best, gain


def bidding_gains(auction: GSP, values: Any, bids: Any) -> tuple[Number, ...]:
    """How much each bidder would gain by its best reply: all 0 in a Nash equilibrium.

    Examples
    --------
    >>> from mechsim.preferences import Positions
    >>> half = Fraction(1, 2)
    >>> print(*bidding_gains(GSP(Positions((1, half))), (1, half), (0, half)))
    0 0
    """
    return tuple(best_reply(auction, values, bids, i)[1] for i in range(len(bids)))


@dataclass(frozen=True)
class Bidding:
    """The bids of each round, the first as they were, and whether nobody changes any more."""

    rounds: tuple[Bids, ...]
    settled: bool

    @property
    def final(self) -> Bids:
        """The last bids."""
        return self.rounds[-1]


def balanced_bidding(
    auction: GSP, values: Any, start: Any, rng: np.random.Generator, *, rounds: int = 1_000
) -> Bidding:
    """Balanced bids, in each round one bidder after the other in random order.

    Parameters
    ----------
    auction : GSP
        Without a reserve.
    values, start : one number a bidder
        What a click is worth, and what is bid at first.
    rng : numpy.random.Generator
    rounds : int
        How many at most.

    Examples
    --------
    >>> from mechsim.preferences import Positions
    >>> auction = GSP(Positions((Fraction(1, 2), Fraction(3, 10), Fraction(1, 10))))
    >>> play = balanced_bidding(auction, (10, 8, 5, 3), (0, 0, 0, 0), np.random.default_rng(7))
    >>> print(play.settled, *play.final[1:])
    True 29/5 13/3 3
    """
    if auction.reserve:
        raise ValueError(f"reserve is {show(auction.reserve)}: balanced bids are for none")
    worth = auction.setting.read(values)
    told = list(auction.setting.read(start))
    if len(set(auction.setting.effects)) < len(auction.setting.effects):
        raise ValueError(
            f"effects is {show_all(auction.setting.effects)}: balanced bids need them to fall"
        )
    if len(told) != len(worth):
        raise ValueError(f"start has {len(told)} bids: there are {len(worth)} values")
    played: list[Bids] = [tuple(told)]
    for _ in range(rounds):
        for agent in rng.permutation(len(told)).tolist():
            told[agent] = _balanced(auction, worth, told, agent)
        played.append(tuple(told))
        if played[-1] == played[-2] and _is_fixed(auction, worth, told):
            return Bidding(tuple(played), True)
    return Bidding(tuple(played), False)


def _is_fixed(auction: GSP, worth: Bids, told: Sequence[Number]) -> bool:
    return all(_balanced(auction, worth, told, i) == told[i] for i in range(len(told)))


def _balanced(auction: GSP, worth: Bids, told: Sequence[Number], agent: int) -> Number:
    setting = auction.setting
    quality = setting.quality(agent)
    own = worth[agent] * quality
    others = sorted(
        (told[i] * setting.quality(i) for i in range(len(told)) if i != agent), reverse=True
    )
    effects = setting.effects[: len(told)]
    best, bid = Fraction(0) * own, own  # no position: nothing is lost by bidding the value
    for k, effect in enumerate(effects):
        price = others[k] if k < len(others) else Fraction(0)
        above = effects[k - 1] if k else 2 * effect
        if effect * (own - price) > best:
            best, bid = effect * (own - price), own - effect * (own - price) / above
    return bid / quality


@dataclass(frozen=True)
class Anarchy:
    """The worst of the equilibria that were found.

    Parameters
    ----------
    ratio : Number
        The best welfare over that of the worst equilibrium.
    bids : Bids
        That equilibrium.
    equilibria : int
        How many profiles of bids are one.
    """

    ratio: Number
    bids: Bids
    equilibria: int


def price_of_anarchy(auction: GSP, values: Any, bids: Sequence[Sequence[Number]]) -> Anarchy:
    """The worst Nash equilibrium among all profiles of these bids that nobody overbids.

    Deviations to any bid count, so that each is an equilibrium among all bids; finer lists can only
    find worse ones.

    Parameters
    ----------
    auction : GSP
    values : one number a bidder
    bids : for each bidder those that are tried
        Above its value are left out.

    Raises
    ------
    ValueError
        If there are more than a million profiles, or none is an equilibrium.

    Examples
    --------
    >>> from mechsim.preferences import Positions
    >>> half = Fraction(1, 2)
    >>> auction = GSP(Positions((1, half)))
    >>> print(price_of_anarchy(auction, (1, half), [(0, half, 1), (0, half)]).ratio)
    5/4
    """
    setting = auction.setting
    if auction.reserve:
        raise ValueError(f"reserve is {show(auction.reserve)}: prices of anarchy are for none")
    worth = setting.read(values)
    lists = [[b for b in row if b <= v] for row, v in zip(bids, worth, strict=True)]
    if prod(map(len, lists)) > MANY_PROFILES:
        raise ValueError(
            f"bids makes {prod(map(len, lists)):,} profiles: {MANY_PROFILES:,} are tried at most"
        )
    found: list[tuple[Number, Bids]] = []
    for profile in product(*lists):
        told = setting.read(profile)
        if max(bidding_gains(auction, worth, told)) <= 0:
            found.append((_welfare(auction, worth, told), told))
    if not found:
        raise ValueError(f"bids has no equilibrium for {show_all(worth)}: try more of them")
    least, told = min(found, key=lambda pair: pair[0])
    ratio = _welfare(auction, worth, worth) / least if least else float("inf")
    return Anarchy(ratio, told, len(found))


def _welfare(auction: GSP, worth: Bids, bids: Bids) -> Number:
    """What the clicks are worth, if nobody is left out."""
    setting = auction.setting
    order = ranking(setting, bids)[: len(setting.effects)]
    clicks = (worth[i] * setting.clicks(i, k) for k, i in enumerate(order))
    return sum(clicks, Fraction(0))
