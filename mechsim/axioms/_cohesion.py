r"""Groups of voters that could pay for projects out of their part of the budget.

A group :math:`S` can pay for :math:`T` if :math:`|S| B \ge n\, \mathrm{cost}(T)`.  Axioms of
representation say what such a group must get, depending on how its members agree on :math:`T`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import ceil, lcm
from typing import Any, ClassVar, Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import show
from .._text import many
from ..population import tally
from ..setting import Instance, require, unpriced
from ._base import Undecided

Integers: TypeAlias = npt.NDArray[np.int64]
Projects: TypeAlias = frozenset[int]

LISTED = 16
"""All sets of up to so many projects are listed."""


class Budgets(Protocol):
    """A setting whose alternatives are sets of projects, and whose types are such sets too."""

    @property
    def costs(self) -> tuple[int | Fraction, ...]:
        """What each project costs."""
        ...

    @property
    def budget(self) -> int | Fraction:
        """What all may cost together."""
        ...

    def cost(self, outcome: Any, /) -> Fraction:
        """What an outcome costs; of a fractional one, what its parts cost."""
        ...


@dataclass(frozen=True)
class Coalition:
    """Groups of voters who could pay for ``projects``."""

    instance: Instance
    projects: Projects

    def validate(self) -> None:
        """Raise `ValueError` unless these are projects of the setting."""
        known = len(cast(Budgets, self.instance.setting).costs)
        if not self.projects or not all(0 <= c < known for c in self.projects):
            raise ValueError(f"projects is {sorted(self.projects)}: they must be of the election")


@dataclass(frozen=True)
class Group:
    """Voters with these ``ballots``, who get ``short`` less than the projects are worth to them."""

    ballots: tuple[Projects, ...]
    voters: int
    short: Fraction


@dataclass(frozen=True)
class Unseen:
    """No group gets too little, if one may believe ``granted``."""

    granted: str


Found: TypeAlias = Projects | Unseen | None
"""The projects of a group that gets too little; if there is no such group, None."""


class Cohesive(ABC):
    """What axioms about groups have in common; they say which voters of a coalition suffer.

    One case a set of projects that all voters together could pay for.  More projects never hurt:
    the axioms are monotone.
    """

    monotone: ClassVar = True

    def cases(self, instance: Instance, /) -> Iterator[Coalition]:
        """Each set of projects that voters approve of and could pay for."""
        require_budget(instance.setting)
        found = electorate(instance)
        for chosen in found.sets.tolist():
            yield Coalition(instance, found.members(chosen))

    def binding(self, lottery: Any, instance: Instance, /) -> Iterable[Coalition]:
        """Of a sure outcome, a set of projects of a group that suffers most, if one does."""
        require_budget(instance.setting)
        if len(lottery.support) != 1:
            return self.cases(instance)
        worst = searched(self, electorate(instance), funded(lottery.support[0]))
        return [Coalition(instance, worst)] if isinstance(worst, frozenset) else []

    def granted(self, lottery: Any, instance: Instance, /) -> tuple[str, ...]:
        """What must be believed for `binding` to be right that there is no group."""
        if len(lottery.support) != 1:
            return ()
        found = searched(self, electorate(instance), funded(lottery.support[0]))
        return (found.granted,) if isinstance(found, Unseen) else ()

    def outcome_violation(self, outcome: Any, case: Coalition, /) -> Fraction:
        """By how much the group that could pay for the projects gets too little, or 0."""
        found = self.group(outcome, case)
        return Fraction(0) if found is None else found.short

    def group(self, outcome: Any, case: Coalition, /) -> Group | None:
        """The group that could pay for the projects and gets too little, if there is one."""
        require_budget(case.instance.setting)
        return self.suffering(electorate(case.instance), funded(outcome), case.projects)

    @abstractmethod
    def suffering(self, voters: "Electorate", chosen: Projects, wanted: Projects) -> Group | None:
        """The same, for an outcome and a set of projects."""

    @abstractmethod
    def search(self, voters: "Electorate", chosen: Projects) -> Found:
        """The projects of a group that gets too little, if there is one."""

    def explain_outcome(self, when: str, violation: Any, case: Coalition, /) -> str:
        """What the group could pay for, and how much it lacks."""
        instance = case.instance
        return (
            f"at {instance.tell_reports()}, {when}, a group of voters that could pay for "
            f"{instance.tell(case.projects)} gets {show(violation)} less than it deserves"
        )


def require_budget(setting: Any) -> None:
    """Raise `Undecided` unless the setting has costs and a budget."""
    require(setting, "costs")
    require(setting, "budget")


def require_ballots(types: Iterable[Any]) -> None:
    """Raise `Undecided` unless these are sets of projects."""
    if not all(isinstance(type_, frozenset) for type_ in types):
        raise Undecided(
            "the axiom is about sets of projects that voters approve of, and these give points"
        )


def wanted(instance: Instance) -> list[int]:
    """The projects that are worth something to somebody, and that the budget can pay for."""
    require(instance.setting, "points")
    setting: Any = instance.setting
    found = {c for type_, _ in tally(instance.reports) for c in setting.points(type_)}
    return sorted(c for c in found if setting.costs[c] <= setting.budget)


def funded(outcome: Any) -> Projects:
    """The outcome as a set of projects."""
    alternative = unpriced(outcome)
    if isinstance(alternative, tuple):
        raise Undecided("this axiom is about sets of projects, and this is an outcome in parts")
    return cast(Projects, alternative)


@dataclass(frozen=True, eq=False)
class Electorate:
    """The classes of voters of an instance, and the sets of projects they approve of, as bits.

    Parameters
    ----------
    costs : tuple of Fraction
    budget : Fraction
    ballots : tuple of ballots
        All different.
    sizes : int array
        How many voters cast each.
    """

    costs: tuple[Fraction, ...]
    budget: Fraction
    ballots: tuple[Projects, ...]
    sizes: Integers

    @property
    def voters(self) -> int:
        """How many there are."""
        return int(self.sizes.sum())

    @cached_property
    def projects(self) -> tuple[int, ...]:
        """Those that somebody approves of and the budget can pay for."""
        wanted = frozenset[int]().union(*self.ballots)
        return tuple(sorted(c for c in wanted if self.costs[c] <= self.budget))

    def needed(self, cost: Fraction) -> int:
        """The fewest voters who can pay so much."""
        return ceil(cost * self.voters / self.budget)

    def bits(self, chosen: Iterable[int]) -> int:
        """A set as bits, in the order of `projects`; others are left out."""
        wanted = set(chosen)
        return sum(1 << k for k, c in enumerate(self.projects) if c in wanted)

    @cached_property
    def masks(self) -> Integers:
        """The ballots as bits."""
        return np.array([self.bits(ballot) for ballot in self.ballots], np.int64)

    @cached_property
    def sets(self) -> Integers:
        """All sets of projects but the empty one, as bits, that all voters together could pay for.

        Raises
        ------
        Undecided
            If there are more than `LISTED` projects.
        """
        self.require_few()
        every = np.arange(1, 1 << len(self.projects), dtype=np.int64)
        return every[self.needs_of(every, self._costs) <= self.voters]

    @cached_property
    def needs(self) -> Integers:
        """For each of the `sets` the fewest voters who can pay for it."""
        return self.needs_of(self.sets, self._costs)

    @property
    def _costs(self) -> list[Fraction]:
        return [self.costs[c] for c in self.projects]

    @property
    def too_many(self) -> bool:
        """Whether there are too many projects to list all sets."""
        return len(self.projects) > LISTED

    def require_few(self) -> None:
        """Raise `Undecided` if there are too many sets of projects to list."""
        if self.too_many:
            raise Undecided(
                f"there are {many(len(self.projects), 'project')} to choose from: sets of more "
                f"than {LISTED} are not listed"
            )

    def needs_of(self, sets: Integers, costs: list[Fraction]) -> Integers:
        """The fewest voters who can pay for sets of projects, as bits in the order of ``costs``."""
        unit = lcm(self.budget.denominator, *(cost.denominator for cost in costs))
        whole = [int(cost * unit) for cost in costs]
        large = max(sum(whole), int(self.budget * unit), 1) * self.voters >= 2**62
        total: npt.NDArray[Any] = np.zeros(len(sets), dtype=object if large else np.int64)
        for k, cost in enumerate(whole):
            total = total + (sets >> k & 1).astype(total.dtype) * cost
        return np.asarray(-(-total * self.voters // int(self.budget * unit)), np.int64)

    def measured(self, sets: Any, measure: str) -> npt.NDArray[Any]:
        """What sets of projects, as bits, are worth by a measure: their number, or their cost."""
        if measure == "cardinality":
            return np.asarray(np.bitwise_count(np.asarray(sets)), np.int64)
        listed = np.asarray(sets)
        total: npt.NDArray[Any] = np.full(listed.shape, Fraction(0), dtype=object)
        for k, c in enumerate(self.projects):
            inside: npt.NDArray[Any] = (listed >> k & 1).astype(object)
            total = total + inside * self.costs[c]
        return total

    def members(self, chosen: int) -> Projects:
        """The set that bits stand for."""
        return frozenset(c for k, c in enumerate(self.projects) if chosen >> k & 1)

    def among(self, who: npt.NDArray[np.bool_], short: Any) -> Group:
        """The voters of some classes."""
        ballots = tuple(b for b, inside in zip(self.ballots, who.tolist(), strict=True) if inside)
        return Group(ballots, int(self.sizes[who].sum()), Fraction(short))

    def can_pay(self, who: npt.NDArray[np.bool_], wanted: Projects) -> bool:
        """Whether the voters of some classes, if there are any, could pay for projects."""
        paying = int(self.sizes[who].sum())
        cost = sum((self.costs[c] for c in wanted), Fraction(0))
        return paying > 0 and paying >= self.needed(cost)


def gets_of(voters: Electorate, chosen: Projects) -> Integers:
    """How many funded projects each class approves of."""
    return np.array([len(b & chosen) for b in voters.ballots], np.int64)


def electorate(instance: Instance) -> Electorate:
    """The voters of an instance."""
    return _electorate(instance.setting, tally(instance.reports))


@lru_cache(maxsize=64)
def searched(axiom: Cohesive, voters: Electorate, chosen: Projects) -> Found:
    """What the search of an axiom finds."""
    return axiom.search(voters, chosen)


@lru_cache(maxsize=64)
def _electorate(setting: Any, classes: tuple[tuple[Projects, int], ...]) -> Electorate:
    require_ballots(ballot for ballot, _ in classes)
    costs = tuple(map(Fraction, setting.costs))
    sizes = np.array([count for _, count in classes], np.int64)
    return Electorate(costs, Fraction(setting.budget), tuple(b for b, _ in classes), sizes)
