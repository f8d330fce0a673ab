"""Spending money on parts of projects, exactly."""

from collections.abc import Iterable
from fractions import Fraction

from ..preferences.elections import Election


def spend_on(
    election: Election, p: list[Fraction], projects: Iterable[int], money: Fraction
) -> Fraction:
    """Raise ``p`` in this order of projects, each up to 1; returns the money that is left."""
    for c in projects:
        part = min(1 - p[c], money / election.costs[c])
        p[c] += part
        money -= part * election.costs[c]
    return money


def fill(election: Election, p: list[Fraction]) -> None:
    """Raise ``p`` in the order of projects until all of the budget is spent, or all are funded."""
    left = election.budget - election.cost(tuple(p))
    spend_on(election, p, election.affordable, Fraction(left))
