"""What budgeting rules have in common: counting, and funding one after the other."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from ..algorithms.ties import Ties
from ..preferences.elections import Ballot, Election, Funded
from ..preferences.scored import ScoredElection
from ._ties import pick

Classes: TypeAlias = tuple[tuple[Ballot, int], ...]
"""Different ballots, and how many cast each."""


def voters_of(classes: tuple[tuple[Any, int], ...]) -> int:
    """How many voters there are."""
    return sum(voters for _, voters in classes)


def approvals(classes: Classes) -> dict[int, int]:
    """How many approve of each project that somebody approves of."""
    found: dict[int, int] = {}
    for ballot, voters in classes:
        for c in ballot:
            found[c] = found.get(c, 0) + voters
    return found


def totals(
    setting: Election | ScoredElection, classes: tuple[tuple[Any, int], ...]
) -> dict[int, Fraction]:
    """What each project is worth to all voters together; those worth nothing are left out."""
    found: dict[int, Fraction] = {}
    for type_, voters in classes:
        for c, points in setting.points(type_).items():
            found[c] = found.get(c, Fraction(0)) + voters * points
    return found


def supporters(classes: Classes) -> dict[int, list[int]]:
    """The classes that approve of each project, in order."""
    found: dict[int, list[int]] = {}
    for k, (ballot, _) in enumerate(classes):
        for c in ballot:
            found.setdefault(c, []).append(k)
    return found


def in_turn(
    election: Election,
    merit: Mapping[int, Fraction | int],
    ties: Ties,
    funded: Funded = frozenset(),
) -> Funded:
    """The projects with merit, best first, each if it still fits beside what is ``funded``."""
    chosen = set(funded)
    spent = election.cost(frozenset(chosen))
    waiting = {c: m for c, m in merit.items() if c not in chosen}
    while waiting:
        most = max(waiting.values())
        c = pick(ties, sorted(c for c, m in waiting.items() if m == most))
        del waiting[c]
        if spent + election.costs[c] <= election.budget:
            chosen.add(c)
            spent += election.costs[c]
    return frozenset(chosen)
