r"""Outcomes on a line that satisfy a guarantee of nearness form an interval, which is found fast.

A guarantee says of some agents that the facility may be at most so far from them,
:math:`|y - x_i| \le r_i`.  The places that keep all guarantees of an axiom are therefore an
interval.  The axioms know its ends by closed forms that take one sort of the reports; the cases of
the axioms are the definition.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Protocol, TypeAlias, runtime_checkable

from .._numbers import Number, distance, is_ball
from .._text import brief
from ..lottery import Finite
from ..population import Reports, tally
from ..preferences.single_peaked import Line, Point
from ..preferences.tastes import Distance
from ..setting import Instance, unpriced
from ._base import Undecided

Interval: TypeAlias = tuple[Point, Point]


@runtime_checkable
class HasInterval(Protocol):
    """An axiom whose outcomes at an instance are an interval of the line."""

    def interval(self, instance: Instance, /) -> Interval:
        """The ends of the interval."""
        ...


def fair_interval(axiom: object, instance: Instance) -> Interval:
    """The places that satisfy ``axiom`` at ``instance``: all those between two ends, and no others.

    Parameters
    ----------
    axiom : IndividualFairShare, UnanimousFairShare, ProportionallyFair, ...
        An axiom of nearness; it has a method ``interval(instance)``.
    instance : Instance
        A bounded line on which distance hurts, and the reports on it.

    Returns
    -------
    (low, high) : tuple of Number
        Never empty, and inside the line.  Exact where the reports are.  O(n log n).

    Examples
    --------
    >>> from fractions import Fraction
    >>> from mechsim.axioms import ProportionallyFair
    >>> low, high = fair_interval(ProportionallyFair(), Instance(Line(0, 1), (0, Fraction(1, 4))))
    >>> print(low, high)
    0 1/4
    """
    if isinstance(axiom, type) or not isinstance(axiom, HasInterval):
        raise ValueError(
            f"axiom is {brief(axiom)}: it must have an interval of outcomes at each instance, "
            "as ProportionallyFair()"
        )
    return axiom.interval(instance)


def on_a_line(instance: Instance) -> Line:
    """The line that the agents of ``instance`` are on, or a `ValueError`."""
    if not isinstance(instance.setting, Line):
        raise ValueError(
            f"setting is {brief(instance.setting)}: the axiom is about places on a Line"
        )
    return instance.setting


def require_nearness(line: Line) -> None:
    """Raise `Undecided` unless distance is what hurts the agents on ``line``."""
    if line.tastes != Distance():
        raise Undecided(f"fair shares are of nearness, and agents on {line} want other things")


def standing(reports: Reports) -> tuple[list[Point], list[int]]:
    """The places where agents are, increasing, and how many are at each or below."""
    classes = sorted(tally(reports))
    return [place for place, _ in classes], list(accumulate(count for _, count in classes))


def within(line: Line, low: Number, high: Number) -> Interval:
    """The part of an interval that lies on the line; not empty, whatever floats make of it."""
    low, high = max(line.low, low), min(line.high, high)
    return low, max(low, high)


def expected_distances(lottery: Finite[Point], places: Sequence[Point]) -> list[Number]:
    r"""The expected distance of a lottery's outcome from each of the increasing ``places``.

    With the mass :math:`P` and the partial mean :math:`M` of outcomes up to :math:`v`,

    .. math:: E|Y - v| = v (2 P - 1) + E Y - 2 M,

    so one pass over outcomes and places together suffices once the outcomes are sorted.
    """
    drawn = sorted((unpriced(place), p) for place, p in lottery.probability.items())
    if len(drawn) == 1:
        return [distance(drawn[0][0], place) for place in places]
    mean = lottery.expect(_itself)
    found: list[Number] = []
    mass: Any = 0
    partial: Any = 0
    k = 0
    for place in places:
        while k < len(drawn) and drawn[k][0] <= place:
            outcome, p = drawn[k]
            mass, partial, k = mass + p, partial + p * outcome, k + 1
        found.append(place * (2 * mass - 1) + mean - 2 * partial)
    return found


def irrational(lottery: Finite[Any]) -> bool:
    """Whether an outcome is a ball, so that which case is the worst one may not be certain."""
    return any(map(is_ball, lottery.support))


def _itself(outcome: Point) -> Point:
    return outcome
