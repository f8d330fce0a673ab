r"""Proportional fairness (PF): agents who are close to one another are due their share, nearly.

Any group :math:`S`, of range :math:`r = \max_S x - \min_S x`, may ask on an interval of length
:math:`L` that the facility be no farther from any of its members than it would have to be if they
were at one place, and their range:

.. math:: |y - x_i| \le r + L \bigl(1 - |S|/n\bigr) \qquad \forall i \in S.

Strong proportional fairness (SPF) asks the same on the interval that the reports span: :math:`L`
is replaced by :math:`R = \max_i x_i - \min_i x_i`.

*Few groups bind.*  Adding agents between two members makes a group larger and not wider, and
:math:`E|Y - x|` is convex in :math:`x`; so the cases are all agents between two reports, seen by a
member at an end.

*An interval of outcomes.*  For a left end :math:`x_{(i)} \le y` of the agents ranked
:math:`i, \dots, j` the range cancels, :math:`y \le x_{(j)} + s(1 - (j-i+1)/n)`, which binds for
:math:`i = 1`; likewise from above.  With :math:`s = L` (or :math:`R`),

.. math:: \max_i \bigl(x_{(i)} - s\tfrac{i-1}n\bigr) \le y
          \le \min_j \bigl(x_{(j)} + s\tfrac{n-j}n\bigr).

*In expectation* a left end asks for :math:`E|Y - x_{(i)}| + x_{(i)} - s(i-1)/n \le
\min_{j \ge i} \bigl(x_{(j)} + s(1 - j/n)\bigr)`, and right ends likewise: two passes find the group
that falls short the most.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
Aziz, Lam, Lee, Walsh. Random Rank: The One and Only Strategyproof and Proportionally Fair
Randomized Facility Location Mechanism. arXiv:2205.14798.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from .._numbers import Number, distance, show
from ..lottery import Finite
from ..preferences.single_peaked import Point, extremes
from ..setting import Instance, unpriced
from .fair_share import due
from .intervals import (
    Interval,
    expected_distances,
    irrational,
    on_a_line,
    require_nearness,
    standing,
    within,
)


@dataclass(frozen=True)
class Neighbours:
    """The ``size`` agents whose reports lie from ``low`` to ``high``, and one of them."""

    instance: Instance
    low: Point
    high: Point
    size: int
    member: Point

    def validate(self) -> None:
        """Raise `ValueError` unless these are all agents from one report to another."""
        places, upto = standing(self.instance.reports)
        for name, place in (("low", self.low), ("high", self.high)):
            if place not in places:
                raise ValueError(f"{name} is {show(place)}: nobody reports it")
        counts = [0, *upto]
        found = counts[bisect_right(places, self.high)] - counts[bisect_left(places, self.low)]
        if self.size != found:
            between = f"from {show(self.low)} to {show(self.high)}"
            raise ValueError(f"size is {self.size}: there are {found} reports {between}")
        if self.member not in places or not self.low <= self.member <= self.high:
            between = f"from {show(self.low)} to {show(self.high)}"
            raise ValueError(f"member is {show(self.member)}: nobody {between} reports it")

    @property
    def range(self) -> Number:
        """How far apart they are."""
        return self.high - self.low

    @cached_property
    def span(self) -> Number:
        """How far apart all agents are."""
        return _span(self.instance)


@dataclass(frozen=True)
class ProportionallyFair:
    """No group of agents is farther from the facility than its size and range excuse.

    The violation is by how much a member is; the setting says what a share is worth, by
    ``fair_share(type, share)``.  At most two cases for each pair of different reports.
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def cases(self, instance: Instance, /) -> Iterator[Neighbours]:
        """All agents between two reports, seen from either end."""
        yield from _groups(instance)

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[Neighbours]:
        """The group that falls short the most, O(n log n); all, if outcomes are irrational."""
        scale = self._scale(instance)
        return _groups(instance) if irrational(lottery) else [_worst(lottery, instance, scale)]

    def outcome_violation(self, outcome: Point, case: Neighbours, /) -> Number:
        """How far the member is, beyond what the group excuses."""
        excused = case.range - due(case.instance, case.member, case.size)
        return distance(unpriced(outcome), case.member) - excused

    def interval(self, instance: Instance, /) -> Interval:
        """The places that satisfy it.  O(n log n)."""
        return _interval(instance, self._scale(instance))

    def _scale(self, instance: Instance) -> Number:
        return -due(instance, on_a_line(instance).low, 0)

    def explain_outcome(self, when: str, violation: Any, case: Neighbours, /) -> str:
        """Which member of which group is how much too far away."""
        return _explained(when, violation, case)


@dataclass(frozen=True)
class StronglyProportionallyFair:
    """Proportional fairness on the interval that the reports span; the unit and ends do not matter.

    The violation is by how much a member is too far away.  It holds for the mean, on any line.
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def cases(self, instance: Instance, /) -> Iterator[Neighbours]:
        """All agents between two reports, seen from either end."""
        yield from _groups(instance)

    def binding(self, lottery: Finite[Any], instance: Instance, /) -> Iterable[Neighbours]:
        """The group that falls short the most, O(n log n); all, if outcomes are irrational."""
        scale = self._scale(instance)
        return _groups(instance) if irrational(lottery) else [_worst(lottery, instance, scale)]

    def outcome_violation(self, outcome: Point, case: Neighbours, /) -> Number:
        """How far the member is, beyond what the group excuses."""
        require_nearness(on_a_line(case.instance))
        without = 1 - Fraction(case.size, case.instance.agents)
        excused = case.range + case.span * without
        return distance(unpriced(outcome), case.member) - excused

    def interval(self, instance: Instance, /) -> Interval:
        """The places that satisfy it.  O(n log n)."""
        return _interval(instance, self._scale(instance))

    def _scale(self, instance: Instance) -> Number:
        require_nearness(on_a_line(instance))
        return _span(instance)

    def explain_outcome(self, when: str, violation: Any, case: Neighbours, /) -> str:
        """Which member of which group is how much too far away."""
        return _explained(when, violation, case)


def _span(instance: Instance) -> Number:
    lowest, highest = extremes(instance.reports)
    return highest - lowest


def _groups(instance: Instance) -> Iterator[Neighbours]:
    """Narrow groups first, so that the first that refutes is easy to see."""
    on_a_line(instance)
    places, upto = standing(instance.reports)
    counts = [0, *upto]
    for width in range(len(places)):
        for first, low in enumerate(places[: len(places) - width]):
            high, size = places[first + width], counts[first + width + 1] - counts[first]
            for member in dict.fromkeys((low, high)):
                yield Neighbours(instance, low, high, size, member)


def _worst(lottery: Finite[Point], instance: Instance, scale: Number) -> Neighbours:
    """The case with the largest expected violation, if a group is excused ``scale`` at most."""
    places, upto = standing(instance.reports)
    below, n, last = [0, *upto], instance.agents, len(places) - 1
    away = expected_distances(lottery, places)
    from_above = [v + scale * (1 - Fraction(k, n)) for v, k in zip(places, upto, strict=True)]
    from_below = [v - scale * Fraction(k, n) for v, k in zip(places, below, strict=False)]
    candidates: list[tuple[Number, int, int, Point]] = []
    other = last
    for first in range(last, -1, -1):  # a left end, and the right end that asks the most with it
        other = first if from_above[first] <= from_above[other] else other
        short = away[first] + from_below[first] - from_above[other]
        candidates.append((short, first, other, places[first]))
    other = 0
    for right in range(last + 1):
        other = right if from_below[right] >= from_below[other] else other
        short = away[right] + from_below[other] - from_above[right]
        candidates.append((short, other, right, places[right]))
    _, low, high, member = max(candidates, key=lambda found: (found[0], found[1] - found[2]))
    return Neighbours(instance, places[low], places[high], upto[high] - below[low], member)


def _interval(instance: Instance, scale: Number) -> Interval:
    places, upto = standing(instance.reports)
    n = instance.agents
    return within(
        on_a_line(instance),
        max(v - scale * Fraction(k, n) for v, k in zip(places, [0, *upto], strict=False)),
        min(v + scale * Fraction(n - k, n) for v, k in zip(places, upto, strict=True)),
    )


def _explained(when: str, violation: Any, case: Neighbours) -> str:
    instance, missing, place = case.instance, show(violation), show(case.member)
    if case.size == 1:
        told = f"the agent at {place} is {missing} farther from the facility than its share allows"
    elif case.low == case.high:
        who = f"the {case.size} agents at {place}"
        told = f"{who} are {missing} farther from the facility than their share allows"
    else:
        group = f"the group of {case.size} from {show(case.low)} to {show(case.high)}"
        told = f"an agent at {place} is {missing} farther from the facility than {group} allows"
    return f"at {instance.tell_reports()}, {told} {when}"
