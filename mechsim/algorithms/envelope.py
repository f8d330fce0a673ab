r"""The kinks of the upper envelope of lines that can only be asked for its line at a point.

For fixed bids of the others, the best total as a function of one bid,
:math:`V(z) = \max_x c(x)\, z + r(x)`, is such an envelope; its slopes are the clicks of the bidder,
and its kinks the bids at which these change.  Two lines that are on top at the ends of an interval
meet within it; if the envelope there is no higher, that is its only kink, else the line that is on
top there divides the interval.

References
----------
Eisner, Severance. Mathematical techniques for efficient record segmentation in large shared
databases. Journal of the ACM 23, 1976.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from .._numbers import Number

Line: TypeAlias = tuple[Number, Number]
"""Slope and height at 0."""

SEEN = 1e-12
"""In floats an envelope that is higher by no more than this, relatively, is taken as no higher."""


@dataclass(frozen=True)
class Kink:
    """Where the slope rises: ``before``, ``there`` (as ties are decided) and ``after``."""

    place: Number
    before: Number
    there: Number
    after: Number


def kinks(line: Callable[[Number], Line], low: Number, high: Number) -> Iterator[Kink]:
    """The kinks between two points, in increasing order.

    Parameters
    ----------
    line : callable
        A line that is on top at a point; asked at most twice for each kink, and twice more.
    low, high : Number
        ``low < high``.

    Examples
    --------
    >>> from fractions import Fraction
    >>> pairs = [(0, 3), (1, 2), (3, -3)]
    >>> lines = [(Fraction(slope), Fraction(height)) for slope, height in pairs]
    >>> top = lambda z: max(lines, key=lambda line: line[0] * z + line[1])
    >>> [str(kink.place) for kink in kinks(top, Fraction(0), Fraction(5))]
    ['1', '5/2']
    """
    yield from _between(line, line(low), line(high))


def _between(line: Callable[[Number], Line], left: Line, right: Line) -> Iterator[Kink]:
    if not right[0] > left[0]:
        return
    place = (left[1] - right[1]) / (right[0] - left[0])
    meeting = left[0] * place + left[1]
    top = line(place)
    height = top[0] * place + top[1]
    if height <= meeting or _unseen(height, meeting):
        there = sorted([left[0], top[0], right[0]])[1]  # which it is, but for rounding
        yield Kink(place, left[0], there, right[0])
        return
    yield from _between(line, left, top)
    yield from _between(line, top, right)


def _unseen(height: Number, meeting: Number) -> bool:
    if not (isinstance(height, float) or isinstance(meeting, float)):
        return False
    above, below = float(height), float(meeting)
    return above - below <= SEEN * max(abs(above), abs(below))
