r"""Groups of voters who join if enough of their projects are paid for, and need not agree.

Voter :math:`i` joins those who pay for :math:`T` if :math:`|A_i \cap T| \ge d_i`.  Let :math:`s_c`
be the voters who could join and approve of :math:`c`, and :math:`p_c = n\, \mathrm{cost}(c) / B`
the voters who must pay for it.  If a group could pay for some set, then, of such sets, take one by
which most voters are spared.

- It has no project with :math:`s_c < p_c`: without that more voters would be spared.
- Each member has :math:`d_i` of its projects, so
  :math:`\sum_{c \in T} g_c \ge 0` with :math:`g_c = \sum_{i: c \in A_i} 1/d_i - p_c`, and a
  project with :math:`g_c < -\sum_{c': g_{c'} > 0} g_{c'}` is not in it.

Without such projects some voters cannot join, and then further projects are out.  This is exact,
and of large elections it leaves a few projects or none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ._cohesion import Electorate, Projects


@dataclass(frozen=True)
class Joiners:
    """So many ``voters`` join if ``wants`` of the projects of ``ballot``, or more, are paid for."""

    ballot: Projects
    wants: int
    voters: int


def reduced(voters: Electorate, joiners: Iterable[Joiners]) -> tuple[Joiners, ...]:
    """Those who matter, and of their ballots what matters: some group blocks as before, or none.

    O(approvals) a round, of which there are at most as many as projects.
    """
    price = {c: voters.costs[c] * voters.voters / voters.budget for c in voters.projects}
    left, open_ = list(joiners), frozenset(price)
    while True:
        left = [Joiners(j.ballot & open_, j.wants, j.voters) for j in left]
        left = [j for j in left if len(j.ballot) >= j.wants]
        support = _support(left)
        gain = {
            c: sum((Fraction(s, wants) for wants, s in by.items()), -price[c])
            for c, by in support.items()
        }
        spare = sum((g for g in gain.values() if g > 0), Fraction(0))
        kept = frozenset(
            c for c, by in support.items() if sum(by.values()) >= price[c] and gain[c] + spare >= 0
        )
        if kept == open_:
            return _merged(left)
        open_ = kept


def listed(voters: Electorate, joiners: tuple[Joiners, ...]) -> Projects | None:
    """Of all sets of their projects, the first that those who then join could pay for."""
    projects = projects_of(joiners)
    place = {c: k for k, c in enumerate(projects)}
    sets = np.arange(1, 1 << len(projects), dtype=np.int64)
    paying = np.zeros(len(sets), np.int64)
    for j in joiners:
        mask = sum(1 << place[c] for c in j.ballot)
        paying += np.where(np.bitwise_count(sets & mask) >= j.wants, j.voters, 0)
    costs = [voters.costs[c] for c in projects]
    for bits in sets[(paying > 0) & (paying >= voters.needs_of(sets, costs))].tolist():
        return frozenset(c for k, c in enumerate(projects) if bits >> k & 1)
    return None


def projects_of(joiners: Iterable[Joiners]) -> tuple[int, ...]:
    """All projects on their ballots."""
    return tuple(sorted(frozenset[int]().union(*(j.ballot for j in joiners))))


def _support(joiners: list[Joiners]) -> dict[int, dict[int, int]]:
    """Of each project, how many who want so many projects approve of it."""
    support: dict[int, dict[int, int]] = {}
    for j in joiners:
        for c in j.ballot:
            by = support.setdefault(c, {})
            by[j.wants] = by.get(j.wants, 0) + j.voters
    return support


def _merged(joiners: list[Joiners]) -> tuple[Joiners, ...]:
    sizes: dict[tuple[Projects, int], int] = {}
    for j in joiners:
        sizes[j.ballot, j.wants] = sizes.get((j.ballot, j.wants), 0) + j.voters
    return tuple(Joiners(ballot, wants, size) for (ballot, wants), size in sizes.items())
