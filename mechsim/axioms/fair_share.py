r"""Fair shares: what one agent is due, and what agents of one mind are due together.

A group :math:`S` of agents with the same type :math:`\theta` may ask for what its share
:math:`|S|/n` of the agents is worth:

.. math:: v_i(\theta, y) \ge \mathrm{share}\bigl(\theta, |S|/n\bigr) \qquad \forall i \in S.

This is unanimous fair share (UFS); for groups of one it is individual fair share (IFS).  On an
interval of length :math:`L` they read

.. math:: |y - x_i| \le L (1 - |S|/n), \qquad |y - x_i| \le L (1 - 1/n).

The largest group at each type binds, so those groups are the cases.

Where the agents share a budget :math:`B`, they are due :math:`\frac{|S|}{n} V(B)`, with
:math:`V(B)` the most that the budget can be worth to one of them.  That may be the worth of whole
projects only, or of projects in part too, which is never less: with two approved projects, of costs
3 and 2, a budget of 4 is worth 1, or 5/3.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Literal, Protocol, cast, get_args

from .._numbers import Number, show
from ..lottery import Finite
from ..population import tally
from ..preferences.single_peaked import Line, extremes
from ..setting import Instance, require, unpriced
from ._chosen import Chosen
from ._screening import suspects
from .intervals import Interval, expected_distances, irrational, on_a_line, standing, within

Benchmark = Literal["fractional", "integral"]
"""Whether what a budget could be worth to a voter may be projects in part, or whole ones only."""


class SharesFairly(Protocol):
    """A setting that says what a share of the agents is due."""

    def fair_share(self, type_: Any, share: Fraction, /) -> Number:
        """What a group of this share of the agents, all of this type, may ask for."""
        ...


class Shares(Protocol):
    """A setting with a budget, of which voters may ask for a part."""

    def best(self, type_: Any, money: Fraction, benchmark: str = "fractional", /) -> Fraction:
        """The most that a voter could get for so much money, alone."""
        ...

    @property
    def budget(self) -> int | Fraction:
        """What all may cost together."""
        ...

    def value(self, agent: int, type_: Any, alternative: Any, /) -> Fraction:
        """What an outcome is worth to a voter."""
        ...


def due(instance: Instance, type_: Any, size: int, benchmark: Benchmark = "fractional") -> Number:
    """What ``size`` agents of this type may ask for, by the setting."""
    share = Fraction(size, instance.agents)
    if benchmark == "integral":
        require(instance.setting, "best")
        setting = cast(Shares, instance.setting)
        return share * setting.best(type_, Fraction(setting.budget), benchmark)
    require(instance.setting, "fair_share")
    return cast(SharesFairly, instance.setting).fair_share(type_, share)


def require_benchmark(benchmark: str) -> None:
    """Raise `ValueError` unless it is one."""
    if benchmark not in get_args(Benchmark):
        raise ValueError(f"benchmark is {benchmark!r}: it must be 'fractional' or 'integral'")


def _worth(outcome: Any, case: Any) -> Number:
    """What the outcome is worth to an agent of the case's type."""
    worth: Number = case.instance.setting.value(0, case.type_, unpriced(outcome))
    return worth


def _reach(instance: Instance, size: int, benchmark: Benchmark) -> Number:
    """How far from so many agents at one place on a line the facility may be."""
    return -due(instance, on_a_line(instance).low, size, benchmark)


@dataclass(frozen=True)
class Individual:
    """One of the agents whose type is ``type_``."""

    instance: Instance
    type_: Any

    def validate(self) -> None:
        """Raise `ValueError` unless somebody reports this."""
        if self.type_ not in dict(tally(self.instance.reports)):
            told = self.instance.tell_type(self.type_)
            raise ValueError(f"type_ is {told}: nobody reports it")


@dataclass(frozen=True)
class IndividualFairShare:
    """Every agent gets one share of ``1/n``.  The violation is the shortfall in value.

    The setting says what a share is worth, by ``fair_share(type, share)``, and values types
    alike for all agents.  One case for each type that occurs.

    Parameters
    ----------
    benchmark : str
        Whether the budget that is shared may buy parts of projects: ``"fractional"``, the stronger
        demand, or ``"integral"``, which is for settings with a budget only.
    """

    benchmark: Benchmark = "fractional"

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents or in names only."""
        return True

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def __post_init__(self) -> None:
        require_benchmark(self.benchmark)

    def cases(self, instance: Instance, /) -> Iterator[Individual]:
        """One agent of each type that occurs."""
        for type_, _ in tally(instance.reports):
            yield Individual(instance, type_)

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[Individual]:
        """On a line, an agent at each end: expected distances are convex.  O(n).

        Of very many ballots those that may lack something.
        """
        if not isinstance(instance.setting, Line):
            found = suspects(lottery, instance, together=False, strong=False)
            if found is None:
                return self.cases(instance)
            return [Individual(instance, type_) for type_, _ in found]
        return [Individual(instance, place) for place in dict.fromkeys(extremes(instance.reports))]

    def outcome_violation(self, outcome: Any, case: Individual, /) -> Number:
        """What the agent is due, less what it gets."""
        return due(case.instance, case.type_, 1, self.benchmark) - _worth(outcome, case)

    def interval(self, instance: Instance, /) -> Interval:
        """The places on a line that satisfy it.  O(n)."""
        reach = _reach(instance, 1, self.benchmark)
        lowest, highest = extremes(instance.reports)
        return within(on_a_line(instance), highest - reach, lowest + reach)

    def explain_outcome(self, when: str, violation: Any, case: Individual, /) -> str:
        """Who is due how much, and what is missing."""
        instance = case.instance
        type_, missing = instance.tell_type(case.type_), show(violation)
        who = f"an agent who reports {type_} gets {missing} less than its own share"
        return f"at {instance.tell_reports()}, {who} {when}"


@dataclass(frozen=True)
class LikeMinded:
    """All ``size`` agents whose type is ``type_``."""

    instance: Instance
    type_: Any
    size: int

    def validate(self) -> None:
        """Raise `ValueError` unless so many agents report this."""
        found = dict(tally(self.instance.reports)).get(self.type_, 0)
        if self.size != found or not found:
            told = self.instance.tell_type(self.type_)
            raise ValueError(f"size is {self.size}: {found} agents report {told}")

    @property
    def share(self) -> Fraction:
        """Their share of the agents."""
        return Fraction(self.size, self.instance.agents)


@dataclass(frozen=True)
class UnanimousFairShare:
    """Every like-minded group gets its share.  The violation is the shortfall in value.

    The setting says what a share is worth, by ``fair_share(type, share)``, and values types
    alike for all agents.  One case for each type that occurs.

    Parameters
    ----------
    benchmark : str
        Whether the budget that is shared may buy parts of projects: ``"fractional"``, the stronger
        demand, or ``"integral"``, which is for settings with a budget only.
    """

    benchmark: Benchmark = "fractional"

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents or in names only."""
        return True

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def __post_init__(self) -> None:
        require_benchmark(self.benchmark)

    def cases(self, instance: Instance, /) -> Iterator[LikeMinded]:
        """The group of all agents at each type that occurs."""
        for type_, size in tally(instance.reports):
            yield LikeMinded(instance, type_, size)

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[LikeMinded]:
        """On a line, the group that falls short the most, O(n log n).

        All groups if there is one outcome only, or one that is irrational.  Of very many ballots
        those that may lack something.
        """
        found = suspects(lottery, instance, together=True, strong=False)
        if found is not None:
            return [LikeMinded(instance, type_, size) for type_, size in found]
        one = len(lottery.support) == 1
        if one or irrational(lottery) or not isinstance(instance.setting, Line):
            return self.cases(instance)
        groups = _groups(instance)
        away = expected_distances(lottery, [group.type_ for group in groups])
        reach = (_reach(instance, group.size, self.benchmark) for group in groups)
        short = [e - r for e, r in zip(away, reach, strict=True)]
        return [groups[short.index(max(short))]]

    def outcome_violation(self, outcome: Any, case: LikeMinded, /) -> Number:
        """What the group is due, less what it gets."""
        return due(case.instance, case.type_, case.size, self.benchmark) - _worth(outcome, case)

    def interval(self, instance: Instance, /) -> Interval:
        """The places on a line that satisfy it.  O(n log n)."""
        groups = _groups(instance)
        reach = {
            size: _reach(instance, size, self.benchmark)
            for size in {group.size for group in groups}
        }
        reaches = [(group.type_, reach[group.size]) for group in groups]
        return within(
            on_a_line(instance),
            max(place - reach for place, reach in reaches),
            min(place + reach for place, reach in reaches),
        )

    def explain_outcome(self, when: str, violation: Any, case: LikeMinded, /) -> str:
        """Who is due how much, and what is missing."""
        instance = case.instance
        type_, missing = instance.tell_type(case.type_), show(violation)
        if case.size == 1:
            who = f"the agent who reports {type_} gets {missing} less than its share"
        else:
            who = f"the {case.size} agents who report {type_} get {missing} less than their share"
        return f"at {instance.tell_reports()}, {who} {when}"


def _groups(instance: Instance) -> list[LikeMinded]:
    """The like-minded groups on a line, from the lowest place to the highest."""
    places, upto = standing(instance.reports)
    sizes = [after - before for before, after in pairwise([0, *upto])]
    return [LikeMinded(instance, place, size) for place, size in zip(places, sizes, strict=True)]
