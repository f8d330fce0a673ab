r"""Proportionality: agents at two places share the line between them in proportion.

If :math:`n - k` agents are at :math:`a` and :math:`k` at :math:`b > a`,

.. math:: y = a + (b - a) \tfrac kn .

Strong proportionality (SPROP) asks this for any two places, so that both groups bear the same
total cost; proportionality (PROP) only for the two ends of the line.  If all are at one place, so
is the facility: this is part of both, and without it Random Rank would not be the only lottery
over strategyproof rules that is strongly proportional.

An equation is two inequalities, and these are the cases; so in expectation it reads
:math:`E\,Y = a + (b - a) k/n`.  If the facility is surely between the two places, this says that
both groups bear the same expected total cost; if not, it says less.

References
----------
Freeman, Pennock, Peters, Vaughan. Truthful Aggregation of Budget Proposals. Journal of Economic
Theory 193, 2021.
Aziz, Lam, Lee, Walsh. Random Rank: The One and Only Strategyproof and Proportionally Fair
Randomized Facility Location Mechanism. arXiv:2205.14798.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from .._numbers import Number, show, show_all
from ..population import tally
from ..preferences.single_peaked import Point, extremes
from ..setting import Instance, unpriced
from ._chosen import Chosen
from .intervals import Interval, on_a_line


@dataclass(frozen=True)
class Split:
    """Everybody is at ``low`` or at ``high``; the facility is too high if ``above``, or too low."""

    instance: Instance
    low: Point
    high: Point
    above: bool

    def validate(self) -> None:
        """Raise `ValueError` unless everybody is at one of the two places."""
        if not self.low <= self.high:
            raise ValueError(f"high is {show(self.high)}: it must not be below {show(self.low)}")
        for place, _ in tally(self.instance.reports):
            if place not in (self.low, self.high):
                told = f"{show(self.low)} or {show(self.high)}"
                raise ValueError(f"instance has a report {show(place)}: all must be at {told}")

    @cached_property
    def extremes(self) -> Interval:
        """The lowest and the highest report."""
        return extremes(self.instance.reports)

    @cached_property
    def place(self) -> Point:
        """Where the facility should be."""
        if self.low == self.high:
            return self.low
        up = sum(count for place, count in tally(self.instance.reports) if place == self.high)
        return self.low + (self.high - self.low) * Fraction(up, self.instance.agents)


@dataclass(frozen=True)
class Proportional:
    """With all agents at the ends of the line, the facility divides it in proportion.

    The violation is how far it is above, or below, where it should be.
    """

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents.

        It is about how many are at each place.  Of profiles
        that differ in the names of alternatives it is asked one by one.
        """
        return not chosen.renamed

    def cases(self, instance: Instance, /) -> Iterator[Split]:
        """Both sides of the equation, where everybody is at an end."""
        line = on_a_line(instance)
        line.require_bounds("proportionality")
        yield from _both(instance, line.low, line.high)

    def outcome_violation(self, outcome: Point, case: Split, /) -> Number:
        """How far the outcome is on the wrong side."""
        line = on_a_line(case.instance)
        _require_places(case, (line.low, line.high), "the ends of the line")
        return _excess(unpriced(outcome), case)

    def explain_outcome(self, when: str, violation: Any, case: Split, /) -> str:
        """Where the facility should be, and how far from it it is."""
        return _explained(when, violation, case)


@dataclass(frozen=True)
class StronglyProportional:
    """With all agents at two places, or at one, the facility divides them in proportion.

    The violation is how far it is above, or below, where it should be.
    """

    def is_impartial(self, chosen: Chosen, /) -> bool:
        """It asks the same of profiles that differ in the order of agents.

        It is about how many are at each place.  Of profiles
        that differ in the names of alternatives it is asked one by one.
        """
        return not chosen.renamed

    def cases(self, instance: Instance, /) -> Iterator[Split]:
        """Both sides of the equation, where there are at most two places."""
        on_a_line(instance)
        yield from _both(instance, *extremes(instance.reports))

    def outcome_violation(self, outcome: Point, case: Split, /) -> Number:
        """How far the outcome is on the wrong side."""
        _require_places(case, case.extremes, "the lowest and the highest report")
        return _excess(unpriced(outcome), case)

    def explain_outcome(self, when: str, violation: Any, case: Split, /) -> str:
        """Where the facility should be, and how far from it it is."""
        return _explained(when, violation, case)


def _both(instance: Instance, low: Point, high: Point) -> Iterator[Split]:
    """Both sides of the equation, if everybody is at one of two places."""
    if all(place in (low, high) for place, _ in tally(instance.reports)):
        yield Split(instance, low, high, above=True)
        yield Split(instance, low, high, above=False)


def _require_places(case: Split, places: tuple[Point, Point], which: str) -> None:
    if (case.low, case.high) != places:
        told = f"{show(case.low)} and {show(case.high)}"
        raise ValueError(f"low and high are {told}: they must be {which}, {show_all(places)}")


def _excess(outcome: Point, case: Split) -> Number:
    return outcome - case.place if case.above else case.place - outcome


def _explained(when: str, violation: Any, case: Split) -> str:
    side = "above" if case.above else "below"
    return (
        f"at {case.instance.tell_reports()}, the facility is {show(violation)} {side} "
        f"{show(case.place)}, the place in proportion, {when}"
    )
