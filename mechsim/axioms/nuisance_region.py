r"""Places where a nuisance is fair: not one interval but what lies between open intervals.

A share of distance forbids an open interval around each place where agents are,
:math:`(v - r_v,\ v + r_v)` with :math:`r_v > 0`.  What is left between two neighbouring places
:math:`v_k < v_{k+1}` is

.. math:: \Bigl[\max_{j \le k} (v_j + r_j),\ \min_{j > k} (v_j - r_j)\Bigr],

which is empty, a point or an interval, so that one sort and two passes find all of them.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Protocol, TypeAlias, runtime_checkable

from .._numbers import Number
from .._text import brief
from ..preferences.single_peaked import Line, Point
from ..setting import Instance
from .intervals import Interval

Region: TypeAlias = tuple[Interval, ...]
"""Closed intervals, increasing and apart from each other; a point has two equal ends."""


@runtime_checkable
class HasRegion(Protocol):
    """An axiom whose outcomes at an instance are intervals of the line."""

    def region(self, instance: Instance, /) -> Region:
        """The intervals, increasing."""
        ...


def fair_region(axiom: object, instance: Instance) -> Region:
    """The places that satisfy ``axiom`` at ``instance``: those of some intervals, and no others.

    Parameters
    ----------
    axiom : IndividualNuisanceShare, UnanimousNuisanceShare, ProportionalNuisanceShare, ...
        An axiom of places far from a nuisance; it has a method ``region(instance)``.
    instance : Instance
        A line with two finite ends and agents who mind the facility, and their reports.

    Returns
    -------
    tuple of (low, high)
        Closed intervals, increasing; some may be points.  Empty if no place satisfies the axiom.
        Exact where the reports are; of floats each end is the exact one, rounded.  O(n log n).

    Examples
    --------
    >>> from mechsim import Instance, Line
    >>> from mechsim.axioms import UnanimousNuisanceShare
    >>> from mechsim.preferences import Obnoxious
    >>> line = Line(0, 1, tastes=Obnoxious())
    >>> here = Instance(line, line.read([Fraction(1, 4), Fraction(1, 4), 1]))
    >>> for low, high in fair_region(UnanimousNuisanceShare(), here):
    ...     print(low, high)
    7/12 5/6
    """
    if isinstance(axiom, type) or not isinstance(axiom, HasRegion):
        raise ValueError(
            f"axiom is {brief(axiom)}: it must have intervals of outcomes at each instance, "
            "as UnanimousNuisanceShare()"
        )
    return axiom.region(instance)


def left_over(
    line: Line,
    places: Sequence[Point],
    radii: Sequence[Number],
    within: tuple[Number, Number] | None = None,
) -> Region:
    """What of the line, or of an interval of it, is at least ``radii`` away from all ``places``.

    Parameters
    ----------
    line : Line
        With two finite ends.
    places : sequence of Number
        Where agents are, increasing.
    radii : sequence of Number
        How far from each the facility must be, positive.
    within : (Number, Number), optional
        The interval that counts, by default the line; nothing is left of one that is empty.
    """
    low, high = (Fraction(end) for end in within or (line.low, line.high))
    wide = [(Fraction(v), Fraction(r)) for v, r in zip(places, radii, strict=True)]
    above: list[Fraction] = list(accumulate((v + r for v, r in wide), max))
    below: list[Fraction] = list(accumulate((v - r for v, r in reversed(wide)), min))
    starts = [max(low, start) for start in (low, *above)]
    ends = [min(high, end) for end in (*reversed(below), high)]
    kept = [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]
    if any(isinstance(number, float) for number in (line.low, line.high, *places)):
        return tuple((float(start), float(end)) for start, end in kept)
    return tuple(kept)
