"""What all ways of looking for a violation share: whom they ask, and how they draw."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias, cast

import numpy as np

from .._numbers import is_ball
from ..axioms import Axiom
from ..axioms._memory import Misbehaviour, Watched, WatchedDraw
from ..axioms.checking import binding
from ..lottery import is_finite, is_lottery, sure
from ..mechanism import Playable
from ..setting import Instance, Priced, itself

Profile: TypeAlias = tuple[Any, ...]

FINE = 999_983
"""A uniform number is a multiple of one part in this many (a prime, so no grid is favoured)."""

GRIDS = (2, 4, 10, 12, 28)
"""Steps of the grids on which profiles are drawn."""

DEPARTING = 3
"""Agents whose departures are tried at a profile that is not examined in full."""

STEEP = 8
"""How much faster than a report the scores may move that are paid for it."""

LOOKED_AT = 16
"""Numbers of a profile and its outcome from which turning points are made."""


class Stopped(Exception):  # noqa: N818 - it ends a search with a finding
    """The mechanism misbehaved, or the axiom could not judge it, at an instance."""

    def __init__(self, instance: Instance, why: Exception) -> None:
        self.instance, self.why = instance, why


@dataclass(frozen=True)
class Swept:
    """A round of a way in which so many misreports were tried at once, in floats."""

    pairs: int


@dataclass(frozen=True)
class Quest:
    """What is looked for: a case in which ``mechanism``, here ``recalled``, breaks ``axiom``."""

    axiom: Axiom
    mechanism: Playable
    recalled: Watched | WatchedDraw
    setting: Any
    agents: int
    rng: np.random.Generator

    @cached_property
    def types(self) -> list[Any]:
        """The types of each agent, or None where they are infinitely many."""
        return [self.setting.types(agent) for agent in range(self.agents)]

    @cached_property
    def start(self) -> Profile:
        """Some profile of the setting, to begin with."""
        first: Profile = next(iter(self.setting.profiles(self.agents, self.rng)))
        return first

    def instance(self, reports: Profile) -> Instance:
        """The instance in which so is reported."""
        return Instance(self.setting, reports)

    def ask(self, reports: Profile) -> Any:
        """The lottery at ``reports``."""
        try:
            outcome = self.recalled(reports)
        except Misbehaviour as why:
            raise Stopped(self.instance(reports), why) from why
        return outcome if is_lottery(outcome) else sure(outcome)

    def cases(self, reports: Profile) -> Iterator[Any]:
        """Those of the axiom at ``reports``."""
        instance = self.instance(reports)
        for case in binding(self.axiom, self.recalled, instance):
            if isinstance(case, Exception):
                raise Stopped(instance, case)
            yield case

    def some_cases(self, reports: Profile) -> Iterator[Any]:
        """Those of the axiom; of departures, where agents are many, those of a few agents."""
        deviation = getattr(self.axiom, "deviation", None)
        if deviation is None or self.agents <= DEPARTING:
            yield from self.cases(reports)
            return
        instance = self.instance(reports)
        for agent in self.rng.choice(self.agents, DEPARTING, replace=False).tolist():
            for lie in instance.misreports(agent):
                yield deviation(instance, agent, lie)

    def departures(self, reports: Profile, agent: int, lies: Iterable[Any]) -> Iterator[Any]:
        """The cases in which ``agent`` departs to one of ``lies``.

        Of an axiom that is not about departures, all cases at the profiles before and after.
        """
        deviation = getattr(self.axiom, "deviation", None)
        instance = self.instance(reports)
        if deviation is None:
            yield from self.cases(reports)
        for lie in lies:
            if lie == reports[agent]:
                continue
            if deviation is not None:
                yield deviation(instance, agent, lie)
            else:
                yield from self.cases(replaced(reports, agent, lie))

    def pick(self, pool: Iterable[Any]) -> Any:
        """One of ``pool``, drawn uniformly."""
        listed = pool if isinstance(pool, tuple) else tuple(pool)
        return listed[int(self.rng.integers(len(listed)))]

    def agent(self) -> int:
        """An agent, drawn uniformly."""
        return int(self.rng.integers(self.agents))

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return bool(self.rng.random() < probability)

    def share(self, steps: int) -> Fraction:
        """A uniform multiple of ``1 / steps`` between 0 and 1."""
        return Fraction(int(self.rng.integers(steps + 1)), steps)

    def drawn(self, steps: int) -> Profile:
        """A profile with every number of every type drawn uniformly from a grid of its line."""
        if all(self.types):
            return tuple(self.pick(listed) for listed in self.types)
        reports = list(self.start)  # one that changes, as a tuple for each number is quadratic
        for agent in range(self.agents):
            for place in range(sum(1 for _ in self.setting.strands(agent, reports))):
                strand = list(self.setting.strands(agent, reports))[place]
                t = strand.low + (strand.high - strand.low) * self.share(steps)
                reports[agent] = strand.at(t)
        return tuple(reports)

    def tied(self, steps: int | None = None) -> Profile:
        """A profile of few different types, on a grid."""
        reports = self.drawn(self.pick((*GRIDS, FINE)) if steps is None else steps)
        few = reports[: int(self.rng.integers(1, self.agents + 1))]
        return tuple(self.pick(few) for _ in reports)

    def numbers(self, reports: Profile, agent: int) -> tuple[list[Any], list[Any]]:
        """The numbers in the type of ``agent``, and those in all types and in the outcome."""
        lottery = self.ask(reports)
        there = (*_flat(reports), *(n for outcome in _support(lottery) for n in _flat(outcome)))
        seen = [*dict.fromkeys(there)]
        return _flat(reports[agent])[:LOOKED_AT], seen[:LOOKED_AT]


def replaced(reports: Profile, agent: int, report: Any) -> Profile:
    """The profile in which ``agent`` reports ``report``."""
    return (*reports[:agent], report, *reports[agent + 1 :])


def jumps(first: Any, last: Any, moved: Any) -> bool:
    """Whether one lottery differs from another by more than a report that ``moved`` explains."""
    if not (is_finite(first) and is_finite(last)):
        return False
    if len(first.support) == len(last.support) == 1:
        return _moves(first.support[0], last.support[0], moved)
    means = [_mean(lottery) for lottery in (first, last)]
    if None in means:
        return bool(first != last)
    return bool(abs(means[1] - means[0]) > moved or _spread(first, last) > moved)


def _moves(first: Any, last: Any, moved: Any) -> bool:
    """Whether an outcome changed by more than a number that moves along."""
    if isinstance(first, Priced) and isinstance(last, Priced):
        paid = zip(first.payments, last.payments, strict=True)
        return first.alternative != last.alternative or any(abs(b - a) > moved for a, b in paid)
    if isinstance(first, (Fraction, float)) and isinstance(last, (Fraction, float)):
        return bool(abs(last - first) > moved)
    before, after = _scores(first), _scores(last)
    if before and len(before) == len(after):  # scores, which move with every report
        return any(abs(b - a) > STEEP * moved for a, b in zip(before, after, strict=True))
    return bool(first != last)


def _scores(outcome: Any) -> list[Any]:
    """The numbers in an outcome, also in one that computes them when they are asked for."""
    if isinstance(outcome, tuple) or not hasattr(outcome, "__getitem__"):
        return _flat(outcome)
    numbers = [float(one.mid()) if is_ball(one) else one for one in outcome]
    return _flat(tuple(numbers)) if all(map(_is_finite, numbers)) else []


def _is_finite(number: Any) -> bool:
    return isinstance(number, Fraction) or (isinstance(number, float) and math.isfinite(number))


def _mean(lottery: Any) -> Any:
    """The expected place; None where outcomes are no numbers."""
    numbers = all(isinstance(outcome, (Fraction, float)) for outcome in lottery.support)
    return lottery.expect(itself) if numbers else None


def _spread(first: Any, last: Any) -> Any:
    """How far the extremes of two lotteries are apart."""
    ends = [(min(lottery.support), max(lottery.support)) for lottery in (first, last)]
    return max(abs(a - b) for a, b in zip(*ends, strict=True))


def _support(lottery: Any) -> tuple[Any, ...]:
    return lottery.support if is_finite(lottery) else ()


def _flat(value: Any) -> list[Any]:
    """The numbers in a type or an outcome."""
    if isinstance(value, Priced):
        return _flat(value.payments)
    if isinstance(value, tuple):
        return [number for part in cast(Profile, value) for number in _flat(part)]
    if isinstance(value, float) and abs(value) < 1e15:
        return [Fraction(value)]
    return [value] if isinstance(value, Fraction) else []
