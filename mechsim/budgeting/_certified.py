"""Equal Shares of very many voters: floats where they decide, exact fractions where they do not.

The kernel buys as long as its bounds single out one project.  Where they do not, as in a tie, what
was bought is paid for again in exact money, the next project is chosen exactly, and the kernel goes
on from there, its floats renewed.  So every winner is the exact rule's winner.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from ..preferences.approvals import Approvals

Floats = npt.NDArray[np.float64]

UNIT = 2.0**-52
"""A float is no further from what it was rounded from, relative to it."""


class Accounts:
    """What every class of voters has left, exactly, by purse: all who have equally much."""

    def __init__(self, approvals: Approvals, share: Fraction) -> None:
        self.approvals = approvals
        self.amounts = [share]
        self._known = {share: 0}
        self.purse = np.zeros(len(approvals.sizes), np.int64)
        self.weight = approvals.sizes.astype(np.float64)

    def price(self, project: int, cost: Fraction) -> Fraction | None:
        """The least that supporters must pay at most; None if they cannot."""
        who = self.approvals.supporters(project)
        voters = np.bincount(self.purse[who], weights=self.weight[who])
        held = np.flatnonzero(voters)
        purses = zip(held.tolist(), voters[held].tolist(), strict=True)
        return price_of(cost, ((self.amounts[p], int(count)) for p, count in purses))

    def pay(self, project: int, price: Fraction) -> None:
        """Let each supporter pay ``price``, or all it has."""
        who = self.approvals.supporters(project)
        moved = np.zeros(len(self.amounts), np.int64)
        for p in np.flatnonzero(np.bincount(self.purse[who])).tolist():
            left = max(self.amounts[p] - price, Fraction(0))
            moved[p] = self._known.setdefault(left, len(self.amounts))
            if moved[p] == len(self.amounts):
                self.amounts.append(left)
        self.purse[who] = moved[self.purse[who]]

    @property
    def left(self) -> tuple[Fraction, ...]:
        """What each voter of each class has."""
        return tuple(self.amounts[p] for p in self.purse.tolist())

    def floats(self) -> tuple[Floats, Floats]:
        """The same, rounded, and how far that may be from it."""
        rounded = np.array([float(amount) for amount in self.amounts])[self.purse]
        return rounded, rounded * UNIT


@dataclass(frozen=True)
class Market:
    """Projects, what they cost, and what one is worth to whoever approves of it.

    ``pick`` chooses one of several projects with the lowest price.
    """

    approvals: Approvals
    costs: tuple[Fraction, ...]
    worth: tuple[Fraction, ...]
    pick: Callable[[list[int]], int]

    def order(self, share: Fraction) -> list[int]:
        """What is bought, in this order, if each voter starts with ``share``."""
        from ._equal_shares_kernels import buy

        starts, classes = self.approvals.by_project
        cost, worth = _rounded(self.costs), _rounded(self.worth)
        accounts, paid, order = Accounts(self.approvals, share), 0, list[int]()
        least = _at_least(cost, worth, self.approvals.votes)
        bought = np.empty(len(cost), np.int64)
        work = np.empty((2, int(np.diff(starts).max(initial=0))))
        while True:
            left, away = accounts.floats()
            count, waiting = buy(
                starts, classes, accounts.weight, cost, worth, left, away, least, bought, work
            )
            order += bought[:count].tolist()
            if not waiting:
                return order
            for c in order[paid:]:
                self.settle(accounts, c)
            chosen = self.choose(accounts, least)
            if chosen is None:
                return order
            order.append(chosen)
            self.settle(accounts, chosen)
            least[chosen], paid = np.inf, len(order)

    def settle(self, accounts: Accounts, project: int) -> Fraction:
        """Let the supporters of a project pay for it, exactly; returns its price."""
        price = accounts.price(project, self.costs[project])
        if price is None:
            raise ArithmeticError(f"project {project} was bought, and its supporters cannot pay")
        accounts.pay(project, price)
        return price

    def choose(self, accounts: Accounts, least: Floats) -> int | None:
        """The project that is bought next, exactly, given lower bounds of prices; if one is."""
        best: Fraction | None = None
        tied: list[int] = []
        lowest_first: list[int] = np.argsort(least, kind="stable").tolist()
        for c in lowest_first:
            if least[c] == np.inf or (best is not None and best < float(least[c])):
                break
            price = accounts.price(c, self.costs[c])
            if price is None:
                least[c] = np.inf
                continue
            per_worth = price / self.worth[c]
            if best is None or per_worth < best:
                best, tied = per_worth, []
            if per_worth == best:
                tied.append(c)
        return self.pick(sorted(tied)) if tied else None


def price_of(cost: Fraction, purses: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """The least that supporters must pay at most; None if they cannot.

    ``purses`` are amounts and how many supporters have each.
    """
    purses = sorted(purses)
    voters = sum(count for _, count in purses)
    for amount, count in purses:
        if amount * voters >= cost:
            return cost / voters
        cost -= amount * count
        voters -= count
    return None


def _rounded(amounts: tuple[Fraction, ...]) -> Floats:
    return np.array([float(amount) for amount in amounts])


def _at_least(cost: Floats, worth: Floats, votes: npt.NDArray[np.int64]) -> Floats:
    """Prices per worth if all supporters can pay alike, rounded down; inf without supporters."""
    least = np.full(len(cost), np.inf)
    np.divide(cost * (1 - 8 * UNIT), worth * votes, out=least, where=votes > 0)
    return least
