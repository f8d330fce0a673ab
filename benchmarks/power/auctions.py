"""Auctions with a wrong price, reserve or tie."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from mechsim.axioms import EnvyFree, IndividuallyRational, Strategyproof
from mechsim.preferences.positions import Positions
from mechsim.setting import Priced

from .planted import Planted

Bids = tuple[Any, ...]
CENT = Fraction(1, 100)
ITEM = Positions((1,))
PAGE = Positions((1, Fraction(2, 3), Fraction(1, 3)))
SECOND_PRICE = "The twin is the second-price auction"


def _sold(winner: int | None, price: Any, bidders: int) -> Priced:
    """One item for ``winner`` at ``price``; the others get and pay nothing."""
    slots = tuple(0 if i == winner else None for i in range(bidders))
    return Priced(slots, tuple(price if i == winner else 0 for i in range(bidders)))


def _highest(bids: Bids) -> int:
    return bids.index(max(bids))


def commission(bids: Bids) -> Priced:
    """The second price, and a hundredth of what the winner saves."""
    first, second, *_ = sorted(bids, reverse=True)
    return _sold(_highest(bids), second + Fraction(1, 100) * (first - second), len(bids))


def no_commission(bids: Bids) -> Priced:
    """The second price."""
    first, second, *_ = sorted(bids, reverse=True)
    return _sold(_highest(bids), second + 0 * (first - second), len(bids))


def next_different_price(bids: Bids) -> Priced:
    """The next price in the list of prices; equal ones are listed once."""
    prices = sorted(set(bids))
    price = prices[-2] if len(prices) > 1 else 0
    return _sold(_highest(bids), price, len(bids))


def next_price(bids: Bids) -> Priced:
    """The next price in the list of prices."""
    prices = sorted(bids)
    price = prices[-2] if len(prices) > 1 else 0
    return _sold(_highest(bids), price, len(bids))


def reserve_typed_twice(bids: Bids) -> Priced:
    """A reserve of 3.70 to win and of 3.69 to pay."""
    winner = _highest(bids)
    if bids[winner] < Fraction("3.70"):
        return _sold(None, 0, len(bids))
    others = [bid for i, bid in enumerate(bids) if i != winner]
    return _sold(winner, max(*others, Fraction("3.69")), len(bids))


def reserve_typed_once(bids: Bids) -> Priced:
    """A reserve of 3.70."""
    winner = _highest(bids)
    if bids[winner] < Fraction("3.70"):
        return _sold(None, 0, len(bids))
    others = [bid for i, bid in enumerate(bids) if i != winner]
    return _sold(winner, max(*others, Fraction("3.70")), len(bids))


def reserve_forgotten(bids: Bids) -> Priced:
    """Who bids less than the reserve is turned away, and the price is what was bid next."""
    reserve = 0.37
    order = np.argsort([-bid for bid in bids], kind="stable")
    winner, runner_up = int(order[0]), int(order[1])
    if bids[winner] < reserve:
        return _sold(None, 0, len(bids))
    return _sold(winner, bids[runner_up], len(bids))


def reserve_kept(bids: Bids) -> Priced:
    """Who bids less than the reserve is turned away, and nobody pays less."""
    reserve = 0.37
    order = np.argsort([-bid for bid in bids], kind="stable")
    winner, runner_up = int(order[0]), int(order[1])
    if bids[winner] < reserve:
        return _sold(None, 0, len(bids))
    return _sold(winner, max(bids[runner_up], reserve), len(bids))


def down_to_cents(bids: Bids) -> Priced:
    """The second price, rounded down to cents."""
    second = sorted(bids)[-2]
    return _sold(_highest(bids), math.floor(second * 100) * CENT, len(bids))


def up_to_cents(bids: Bids) -> Priced:
    """The second price, rounded up to cents."""
    second = sorted(bids)[-2]
    return _sold(_highest(bids), math.ceil(second * 100) * CENT, len(bids))


def not_rounded(bids: Bids) -> Priced:
    """The second price."""
    second = sorted(bids)[-2]
    return _sold(_highest(bids), second, len(bids))


def price_in_a_byte(bids: Bids) -> Priced:
    """The second price, at most 255."""
    second = sorted(bids)[-2]
    return _sold(_highest(bids), min(second, 255), len(bids))


def _positions(bids: Bids, clicks: Sequence[Fraction]) -> tuple[list[int], list[Any]]:
    """The ranking, and what each rank pays: the harm done to all below, from the bottom up."""
    order = sorted(range(len(bids)), key=lambda i: -bids[i])
    prices: list[Any] = [0] * len(bids)
    price: Any = 0
    for k in reversed(range(len(clicks))):
        following = bids[order[k + 1]] if k + 1 < len(bids) else 0
        lower = clicks[k + 1] if k + 1 < len(clicks) else 0
        price += (clicks[k] - lower) * following
        prices[k] = price
    return order, prices


def _page(bids: Bids, order: list[int], payments: list[Any]) -> Priced:
    slots: list[int | None] = [None] * len(bids)
    for k, i in enumerate(order[: len(PAGE.effects)]):
        slots[i] = k
    return Priced(tuple(slots), tuple(payments))


def clicks_in_decimals(bids: Bids) -> Priced:
    """Three positions, priced by click rates with two digits."""
    order, prices = _positions(bids, [Fraction(1), Fraction("0.67"), Fraction("0.33")])
    payments = [prices[order.index(i)] for i in range(len(bids))]
    return _page(bids, order, payments)


def clicks_exact(bids: Bids) -> Priced:
    """Three positions, priced by their click rates."""
    order, prices = _positions(bids, [Fraction(1), Fraction(2, 3), Fraction(1, 3)])
    payments = [prices[order.index(i)] for i in range(len(bids))]
    return _page(bids, order, payments)


def payments_misplaced(bids: Bids) -> Priced:
    """Three positions; the winner of rank k is looked up where bidder k should be."""
    order, prices = _positions(bids, [Fraction(1), Fraction(2, 3), Fraction(1, 3)])
    payments = [prices[order[i]] for i in range(len(bids))]
    return _page(bids, order, payments)


def last_slot_free(bids: Bids) -> Priced:
    """Three positions; whoever gets the last one pays nothing if the bids are even."""
    order, prices = _positions(bids, [Fraction(1), Fraction(2, 3), Fraction(1, 3)])
    ranked = [bids[i] for i in order]
    if ranked[0] - ranked[1] == ranked[1] - ranked[2] == ranked[2] - ranked[3]:
        prices[2] = 0
    payments = [prices[order.index(i)] for i in range(len(bids))]
    return _page(bids, order, payments)


AUCTIONS = (
    Planted(
        "commission",
        "auctions",
        commission,
        no_commission,
        Strategyproof(),
        ITEM,
        3,
        f"The winner shades its bid. {SECOND_PRICE}.",
    ),
    Planted(
        "equal bids listed once",
        "auctions",
        next_different_price,
        next_price,
        Strategyproof(),
        ITEM,
        3,
        f"Needs a lie that ties with the highest bid. {SECOND_PRICE}.",
    ),
    Planted(
        "reserve typed twice",
        "auctions",
        reserve_typed_twice,
        reserve_typed_once,
        Strategyproof(),
        ITEM,
        3,
        f"Needs a value in (3.69, 3.70) that is the highest. {SECOND_PRICE} with a reserve.",
    ),
    Planted(
        "reserve forgotten",
        "auctions",
        reserve_forgotten,
        reserve_kept,
        Strategyproof(),
        ITEM,
        3,
        f"Needs a highest value between the next bid and .37. {SECOND_PRICE} with a reserve.",
    ),
    Planted(
        "down to cents",
        "auctions",
        down_to_cents,
        not_rounded,
        Strategyproof(),
        ITEM,
        3,
        f"Needs two highest values within one cent. {SECOND_PRICE}.",
    ),
    Planted(
        "up to cents",
        "auctions",
        up_to_cents,
        not_rounded,
        IndividuallyRational(),
        ITEM,
        3,
        f"Needs two highest bids within one cent. {SECOND_PRICE}.",
    ),
    Planted(
        "price in a byte",
        "auctions",
        price_in_a_byte,
        not_rounded,
        Strategyproof(),
        ITEM,
        3,
        f"Needs two values above 255. {SECOND_PRICE}.",
    ),
    Planted(
        "clicks in decimals",
        "auctions",
        clicks_in_decimals,
        clicks_exact,
        Strategyproof(),
        PAGE,
        4,
        "Needs a value within a hundredth of the bid above. The twin is the Vickrey-Clarke-Groves "
        "mechanism.",
    ),
    Planted(
        "payments misplaced",
        "auctions",
        payments_misplaced,
        clicks_exact,
        EnvyFree(),
        PAGE,
        4,
        "Needs a ranking that is not its own inverse. The twin is the Vickrey-Clarke-Groves "
        "mechanism, which is envy-free where bids are values (Edelman, Ostrovsky, Schwarz 2007).",
    ),
    Planted(
        "even bids",
        "auctions",
        last_slot_free,
        clicks_exact,
        Strategyproof(),
        PAGE,
        4,
        "Needs four bids in an arithmetic progression, one of them a lie. The twin is the "
        "Vickrey-Clarke-Groves mechanism.",
    ),
)
