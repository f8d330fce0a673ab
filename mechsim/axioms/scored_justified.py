r"""Justified representation of voters to whom projects are worth different amounts.

Let :math:`u_i(W) = \sum_{c \in W} u_i(c)`, and :math:`S` a group that could pay for :math:`T`, that
is :math:`|S| B \ge n\, \mathrm{cost}(T)`.  The outcome :math:`W` satisfies an axiom if in each such
group some member :math:`i` has as much as it deserves:

=========  =======================================================================================
JR         :math:`u_i(W) \ge \min_{j \in S} u_j(c)`, if :math:`T = \{c\}` is one project
EJR        :math:`u_i(W) \ge \sum_{c \in T} \min_{j \in S} u_j(c)`
EJR-1      that, or more than that with one project of :math:`T \setminus W` on top
FJR        :math:`u_i(W) \ge \min_{j \in S} u_j(T)`
core       :math:`u_i(W) \ge u_i(T)`
=========  =======================================================================================

The core implies FJR, which implies EJR, which implies JR and EJR-1.  If all points are 1 these are
the axioms of approval ballots.  All but JR are coNP-hard to test; all sets of at most 16 projects
are listed, and for each set the worst group is found from the levels of points.

References
----------
Peters, Pierczyński, Skowron. Proportional Participatory Budgeting with Additive Utilities.
NeurIPS 2021, arXiv:2008.13276.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations
from math import ceil, lcm
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from .._numbers import show
from .._text import many
from ..population import tally
from ..setting import Instance, require
from ._base import Undecided
from ._cohesion import LISTED, Coalition, Group, Projects, funded, require_budget, wanted

Points = npt.NDArray[Any]
"""Points as integers, in a common unit: int64, or Python's where they are large."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Electors:
    """The classes of voters of an instance, and what projects are worth to them.

    Parameters
    ----------
    costs : tuple of Fraction
    budget : Fraction
    types : tuple of types
        All different.
    sizes : (classes,) int64 array
        How many voters are of each.
    points : (classes, projects) array of integers
        In units of ``1 / unit`` points.
    unit : int
    projects : list of int
        Those worth something to somebody that the budget can pay for.
    """

    costs: tuple[Fraction, ...]
    budget: Fraction
    types: tuple[Any, ...]
    sizes: npt.NDArray[np.int64]
    points: Points
    unit: int
    projects: list[int]

    def needed(self, projects: Projects) -> int:
        """The fewest voters who can pay for projects."""
        cost = sum((self.costs[c] for c in projects), Fraction(0))
        return ceil(cost * int(self.sizes.sum()) / self.budget)

    def worth(self, projects: Projects) -> Points:
        """What projects are worth together, to each class."""
        total: Points = self.points[:, sorted(projects)].sum(axis=1)
        return total

    @cached_property
    def sets(self) -> tuple[Projects, ...]:
        """All sets of projects but the empty one that all voters together could pay for.

        Raises
        ------
        Undecided
            If there are more than `LISTED` projects.
        """
        if len(self.projects) > LISTED:
            raise Undecided(
                f"there are {many(len(self.projects), 'project')} to choose from: groups are "
                f"looked for in all sets of at most {LISTED}"
            )
        every = (
            chosen
            for size in range(1, len(self.projects) + 1)
            for chosen in combinations(self.projects, size)
        )
        return tuple(
            frozenset(chosen)
            for chosen in every
            if sum(self.costs[c] for c in chosen) <= self.budget
        )

    def group(self, who: Mask, short: int) -> Group:
        """The voters of some classes."""
        types = tuple(t for t, inside in zip(self.types, who.tolist(), strict=True) if inside)
        return Group(types, int(self.sizes[who].sum()), Fraction(short, self.unit))


class Deserts(ABC):
    """What these axioms have in common; each says which group deserves most beyond what it has.

    One case a set of projects that all voters together could pay for.  The violation is the
    largest amount of points by which a group deserves more than its best-served member has.  More
    projects never hurt: the axioms are monotone.
    """

    monotone: ClassVar = True

    def cases(self, instance: Instance, /) -> Iterator[Coalition]:
        """Each set of projects that are worth something, and that all could pay for."""
        require_budget(instance.setting)
        for projects in self.sets(electors(instance)):
            yield Coalition(instance, projects)

    def sets(self, voters: Electors) -> Iterable[Projects]:
        """The sets of projects that the axiom is about."""
        return voters.sets

    def binding(self, lottery: Any, instance: Instance, /) -> Iterable[Coalition]:
        """Of a sure outcome, a set of projects for which a group lacks most, if one lacks any."""
        require_budget(instance.setting)
        if len(lottery.support) != 1:
            return self.cases(instance)
        voters, chosen = electors(instance), funded(lottery.support[0])
        worst, found = Fraction(0), None
        for projects in self.sets(voters):
            group = self.suffering(voters, chosen, projects)
            if group is not None and group.short > worst:
                worst, found = group.short, projects
        return [] if found is None else [Coalition(instance, found)]

    def outcome_violation(self, outcome: Any, case: Coalition, /) -> Fraction:
        """By how many points the group that could pay for the projects gets too little, or 0."""
        found = self.group(outcome, case)
        return Fraction(0) if found is None else found.short

    def group(self, outcome: Any, case: Coalition, /) -> Group | None:
        """The group that could pay for the projects and lacks most, if one lacks any."""
        require_budget(case.instance.setting)
        return self.suffering(electors(case.instance), funded(outcome), case.projects)

    @abstractmethod
    def suffering(self, voters: Electors, chosen: Projects, projects: Projects) -> Group | None:
        """The same, for an outcome and a set of projects."""

    def explain_outcome(self, when: str, violation: Any, case: Coalition, /) -> str:
        """What the group could pay for, and how much it lacks."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {when}, a group of voters that could pay for "
            f"{instance.tell(case.projects)} gets {show(violation)} less, in points, than it "
            "deserves"
        )


def electors(instance: Instance) -> Electors:
    """The voters of an instance."""
    require(instance.setting, "points")
    return _electors(instance.setting, tally(instance.reports), tuple(wanted(instance)))


@lru_cache(maxsize=64)
def _electors(
    setting: Any, classes: tuple[tuple[Any, int], ...], projects: tuple[int, ...]
) -> Electors:
    rows: list[dict[int, Fraction]] = [setting.points(type_) for type_, _ in classes]
    unit = lcm(*(points.denominator for row in rows for points in row.values()))
    most = max((sum(row.values()) for row in rows), default=0)
    points = np.zeros((len(rows), len(setting.costs)), object if most * unit >= 2**62 else np.int64)
    for k, row in enumerate(rows):
        for c, worth in row.items():
            points[k, c] = int(worth * unit)
    return Electors(
        tuple(map(Fraction, setting.costs)),
        Fraction(setting.budget),
        tuple(type_ for type_, _ in classes),
        np.array([size for _, size in classes], np.int64),
        points,
        unit,
        list(projects),
    )


def _least(amounts: Points, sizes: npt.NDArray[np.int64], need: int) -> int | None:
    """The lowest level that so many voters are at or below; None if they are too few."""
    order = np.argsort(amounts, kind="stable")
    place = int(np.searchsorted(np.cumsum(sizes[order]), need))
    return int(amounts[order[place]]) if place < len(order) else None


def _most(amounts: Points, sizes: npt.NDArray[np.int64], need: int) -> int | None:
    """The highest level that so many voters are at or above; None if they are too few."""
    least = _least(-amounts, sizes, need)
    return None if least is None else -least


def _weakly(voters: Electors, chosen: Projects, projects: Projects) -> Group | None:
    """Of groups of whom projects are worth so much to each, the one that lacks most."""
    need = voters.needed(projects)
    worth, gets = voters.worth(projects), voters.worth(chosen)
    if (_most(worth - gets, voters.sizes, need) or 0) <= 0:
        return None  # no group gains: not even the core is violated
    short, best = 0, None
    for level in sorted(set(worth.tolist()), reverse=True):
        reaching = worth >= level
        least = _least(gets[reaching], voters.sizes[reaching], need)
        if least is not None and level - least > short:
            short, best = level - least, reaching & (gets <= least)
    return None if best is None else voters.group(best, short)


@dataclass(frozen=True)
class ScoredJR(Deserts):
    """No group could pay for a project that is worth more to each than what any of it has.

    Polynomial.
    """

    def sets(self, voters: Electors) -> Iterable[Projects]:
        """Single projects."""
        return [frozenset({c}) for c in voters.projects]

    def suffering(self, voters: Electors, chosen: Projects, projects: Projects) -> Group | None:
        """Those to whom the one project is worth most, of all levels that can pay."""
        return _weakly(voters, chosen, projects) if len(projects) == 1 else None


@dataclass(frozen=True)
class ScoredFJR(Deserts):
    """No group could pay for projects that are worth more to each than what any of it has."""

    def suffering(self, voters: Electors, chosen: Projects, projects: Projects) -> Group | None:
        """Those to whom the projects are worth most, of all levels that can pay."""
        return _weakly(voters, chosen, projects)


@dataclass(frozen=True)
class ScoredCore(Deserts):
    """No group could pay for projects that are worth more to each than what it has.

    The violation is how much more, for the member who gains least.
    """

    def suffering(self, voters: Electors, chosen: Projects, projects: Projects) -> Group | None:
        """Those who gain most, as many as must pay."""
        gains = voters.worth(projects) - voters.worth(chosen)
        gain = _most(gains, voters.sizes, voters.needed(projects))
        return None if gain is None or gain <= 0 else voters.group(gains >= gain, gain)


@dataclass(frozen=True)
class ScoredEJR(Deserts):
    """No group could pay for projects that are worth more to it than what any of it has.

    Each project counts for what it is worth to the member to whom it is worth least.  The groups
    for a set of projects are searched by branch and bound: exponential in its size at worst.

    Parameters
    ----------
    up_to : str
        ``"none"``; or ``"one"``: a member who lacks a project of those may count one more, and must
        then have more than the group deserves.
    """

    up_to: Literal["none", "one"] = "none"

    def __post_init__(self) -> None:
        if self.up_to not in ("none", "one"):
            raise ValueError(f"up_to is {self.up_to!r}: it must be 'none' or 'one'")

    def suffering(self, voters: Electors, chosen: Projects, projects: Projects) -> Group | None:
        """Of all choices of levels, one a project, those who reach them and lack most."""
        if self.up_to == "one" and projects <= chosen:
            return None
        need, gets = voters.needed(projects), voters.worth(chosen)
        columns, may_count = voters.points[:, sorted(projects)], gets
        if self.up_to == "one":
            may_count = gets + voters.points[:, sorted(projects - chosen)].max(axis=1)
        short, best = 0, None
        everybody: Mask = np.ones(len(gets), np.bool_)
        waiting: list[tuple[int, int, Mask]] = [(0, 0, everybody)]  # levels chosen, their sum, who
        while waiting:
            place, claim, who = waiting.pop()
            sizes = voters.sizes[who]
            fewest, least = _least(gets[who], sizes, need), _least(may_count[who], sizes, need)
            if fewest is None or least is None:
                continue
            most = claim + sum(_most(column, sizes, need) or 0 for column in columns[who, place:].T)
            if most - fewest <= short or most < least:
                continue  # whatever levels follow, no group here lacks more than the best one
            if place < columns.shape[1]:
                column = columns[:, place]
                levels: list[int] = sorted(set(column[who].tolist()) - {0})
                waiting += [(place + 1, claim + k, who & (column >= k)) for k in levels]
                continue
            who = who & (may_count <= claim)
            fewest = _least(gets[who], voters.sizes[who], need)
            if fewest is not None and claim - fewest > short:
                short, best = claim - fewest, who & (gets <= fewest)
        return None if best is None else voters.group(best, short)
