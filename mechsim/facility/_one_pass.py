r"""Where the rising reports meet a falling curve, for an array of 1e8 reports in one pass.

Every median of reports and phantoms has the form

.. math:: y = \min_{0 \le k \le n} \max(x_{(k)}, q_k), \qquad x_{(0)} = -\infty,

with a curve :math:`q_0 \ge \dots \ge q_n` made of the phantoms, and is the smallest :math:`y` with
:math:`q_{N(y)} \le y`, where :math:`N(y)` reports are at most :math:`y`.  So to know :math:`N` at
two places shows whether the outcome lies between them.

Two places that very likely enclose it come from a sample of :math:`s` reports, whose distribution
function is within :math:`\sqrt{\ln(2/\delta) / 2s}` of the true one with probability
:math:`1 - \delta`.  One pass counts the reports up to each and collects those between, a share of
about :math:`s^{-1/2}`, among which the same question is asked again.  The counts are exact: a
sample that misleads costs another pass and cannot change the outcome.

References
----------
Massart. The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality. Annals of Probability
18, 1990.
"""

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from ..algorithms.compiled import compiled
from ..population import CountArray, FloatArray

Curve: TypeAlias = Callable[[int], float]
"""The curve: falls in k, for k from 0 to the number of reports."""

MISSED = 1e-2
"""A bound on the probability that a sample misleads; at one place it does ten times less often."""

GROUP = 32
"""Reports that are counted together; where none is to be collected, nothing else happens."""

TILE = 2**15
"""Reports of a column that are brought together at a time where they are not side by side."""

NOWHERE = -1


class OutsideError(Exception):
    """Some report is no number of the line."""


@dataclass(frozen=True)
class Sizes:
    """How an array is worked through; the outcome does not depend on it.

    Parameters
    ----------
    sorted : int
        Arrays of at most so many reports are sorted.
    collected : int
        The same for reports that were collected, when there is no compiling to wait for.
    sampled : float
        A sample of n reports has this many times :math:`n^{2/3}`.
    """

    sorted: int = 2**16
    collected: int = 2**13
    sampled: float = 1.0


USUAL = Sizes()


@dataclass(frozen=True)
class Bracket:
    """The outcome is above ``low`` and at most ``high``; so many reports are at most each."""

    low: float
    high: float
    below: int
    upto: int

    @property
    def inside(self) -> int:
        """How many reports are above ``low`` and at most ``high``."""
        return self.upto - self.below


def crossing_of_array(
    values: FloatArray,
    curve: Curve,
    least: float = -math.inf,
    most: float = math.inf,
    sizes: Sizes = USUAL,
) -> float:
    """The smallest over k of ``max(x_(k), curve(k))``.

    Parameters
    ----------
    values : (n,) float64 array
        Not sorted, not changed, and not copied; in any order.
    curve : callable
        ``curve(k)`` for ``0 <= k <= n``.  O(log n) points of it are computed.
    least, most : float
        What a report may be; all are looked at.
    sizes : Sizes
        For tests: small arrays go the long way where it says so.

    Returns
    -------
    float
        O(n) time, and memory for O(n^(2/3)) numbers.

    Raises
    ------
    OutsideError
        If a report is NaN, below ``least`` or above ``most``.
    """
    return crossings_of_columns(values[:, np.newaxis], curve, [(least, most)], sizes)[0]


def crossings_of_columns(
    points: FloatArray,
    curve: Curve,
    ends: Sequence[tuple[float, float]],
    sizes: Sizes = USUAL,
) -> list[float]:
    """The same for each column of an (n, d) array, all of which are read in one pass.

    Parameters
    ----------
    points : (n, d) float64 array
        In rows or in columns.
    curve : callable
        That of every column.
    ends : sequence of d pairs
        The least and the most that a report in a column may be.

    Raises
    ------
    OutsideError
        If a report is NaN, or beyond the ends of its column.
    """
    found = [math.nan] * len(ends)
    sought = {k: _crossing(points[:, k], curve, *ends[k], sizes) for k in range(len(ends))}
    while True:
        asked: dict[int, _Pass] = {}
        for k, column in [*sought.items()]:
            try:
                asked[k] = next(column)
            except StopIteration as stop:
                found[k] = stop.value
                del sought[k]
        if not sought:
            return found
        for part in _tiles(points):
            for k, one in asked.items():
                one.over(part[k])


@dataclass(eq=False)
class _Pass:
    """What is counted and collected in one pass over a column."""

    edges: list[float]
    least: float
    most: float
    room: int
    filled: int = 0

    def __post_init__(self) -> None:
        self.counts = np.zeros(4, dtype=np.int64)
        self.kept = np.empty(self.room + GROUP)
        self._places = np.array(self.edges)

    def over(self, part: FloatArray) -> None:
        """The next reports of the column, side by side."""
        self.filled = _count_and_collect(
            part, self.least, self.most, self._places, self.counts, self.kept, self.filled
        )
        if self.filled == NOWHERE:
            raise OutsideError


def _crossing(
    values: FloatArray, curve: Curve, least: float, most: float, sizes: Sizes
) -> Generator[_Pass, None, float]:
    """Asks for passes over ``values`` until it knows the crossing, which it returns."""
    count = len(values)
    if count <= sizes.sorted:
        ordered = np.sort(values)  # NaN comes last
        if count and not (ordered[0] >= least and ordered[-1] <= most):
            raise OutsideError
        return crossing_of_sorted(ordered, curve)
    bracket = Bracket(-math.inf, math.inf, 0, count)
    room = max(count // 32, sizes.collected, GROUP)
    inner = replace(sizes, sorted=max(sizes.collected, GROUP))
    attempt = 0
    while True:
        if bracket.inside <= room:
            edges = [bracket.low, bracket.low, bracket.high, bracket.high]
        else:
            attempt += 1
            edges = _edges(_sample(values, bracket, attempt, sizes), curve, bracket)
        made = _Pass(edges, least, most, room)
        yield made
        bracket, between = _narrowed(bracket, edges, made.counts, curve)
        if between and made.filled <= room:
            inside = made.kept[: made.filled]
            return crossing_of_array(inside, _shifted(curve, bracket.below), sizes=inner)
        if math.nextafter(bracket.low, math.inf) >= bracket.high:
            return bracket.high  # the only float in it


def crossing_of_sorted(ordered: FloatArray, curve: Curve) -> float:
    """The same for reports in order.  O(log n)."""
    low, high = 0, len(ordered)  # the first rank k at which x_(k) has reached the curve
    while low < high:
        middle = (low + high) // 2
        if middle and ordered[middle - 1] >= curve(middle):
            high = middle
        else:
            low = middle + 1
    reached = max(float(ordered[low - 1]), curve(low)) if low else math.inf
    return min(reached, curve(max(low - 1, 0)))


def _tiles(points: FloatArray) -> Iterator[FloatArray]:
    """All columns, as rows; where their reports are not side by side, copies of a few of each."""
    if points.flags.f_contiguous:
        yield points.T
        return
    buffer = np.empty((points.shape[1], TILE))
    for start in range(0, len(points), TILE):
        part = points[start : start + TILE].T
        tile = buffer[:, : part.shape[1]]
        np.copyto(tile, part)
        yield tile


def _shifted(curve: Curve, below: int) -> Curve:
    return lambda k: curve(below + k)


def _sample(values: FloatArray, bracket: Bracket, attempt: int, sizes: Sizes) -> FloatArray:
    """Reports inside the bracket, one from each stretch of the array, in order.

    Where in its stretch a report is taken changes from one to the next and with each attempt, so
    that no period of the array misleads for long; and each attempt takes more of them.
    """
    count = len(values)
    size = min(count, attempt * max(16, int(sizes.sampled * count ** (2 / 3))))
    steps = np.arange(size, dtype=np.float64)
    within = steps * (math.sqrt(5) / 2 * attempt)
    within -= np.floor(within)
    steps += within
    steps *= count / size
    drawn = values[steps.astype(np.int64)]
    if bracket.inside < count:
        drawn = drawn[(drawn > bracket.low) & (drawn <= bracket.high)]
    drawn.sort()
    return drawn


def _edges(ordered: FloatArray, curve: Curve, bracket: Bracket) -> list[float]:
    """Four increasing places; the reports to collect lie between the second and the third.

    Where the sample has many reports at one place these may be too many to collect.  Such a place
    is an edge, and so is the float below it: the counts at both tell all about it.
    """
    size = len(ordered)
    if not size:
        return [bracket.low, bracket.low, bracket.high, bracket.high]
    spread = math.sqrt(math.log(2 / MISSED) / (2 * size))

    def bent(error: float) -> Curve:
        def estimate(k: int) -> float:
            rank = bracket.below + round((k / size + error) * bracket.inside)
            return curve(min(max(rank, bracket.below), bracket.upto))

        return estimate

    low = max(crossing_of_sorted(ordered, bent(spread)), math.nextafter(bracket.low, math.inf))
    high = min(crossing_of_sorted(ordered, bent(-spread)), bracket.high)
    before_low, before_high = math.nextafter(low, -math.inf), math.nextafter(high, -math.inf)
    if low >= high:
        return [before_low, low, low, low]
    first = (before_low, low if _share(ordered, low) > spread else before_low)
    last = (before_high if _share(ordered, high) > spread else high, high)
    return [*first, *last]


def _share(ordered: FloatArray, place: float) -> float:
    """The share of the sample that is at this place."""
    first, last = (np.searchsorted(ordered, place, side) for side in ("left", "right"))
    return float(last - first) / len(ordered)


def _narrowed(
    bracket: Bracket, edges: list[float], counts: CountArray, curve: Curve
) -> tuple[Bracket, bool]:
    """The part of the bracket that has the outcome, and whether its reports were collected."""
    places = [bracket.low, *edges, bracket.high]
    ranks = [bracket.below, *counts.tolist(), bracket.upto]
    k = 1
    while k < len(edges) + 1 and not curve(ranks[k]) <= places[k]:
        k += 1
    return Bracket(places[k - 1], places[k], ranks[k - 1], ranks[k]), k == 3


@compiled
def _count_and_collect(
    values: FloatArray,
    least: float,
    most: float,
    edges: FloatArray,
    counts: CountArray,
    kept: FloatArray,
    filled: int,
) -> int:
    """Count the reports that are at most each of four edges, and keep those in the middle.

    Parameters
    ----------
    values : (n,) float64 array
    least, most : float
        What a report may be.
    edges : (4,) float64 array
        Increasing.
    counts : (4,) int64 array
        The number of reports up to each edge is added.
    kept : (room + GROUP,) float64 array
        Takes the reports above ``edges[1]`` and at most ``edges[2]``, from ``filled`` on.
    filled : int
        How many are kept already.

    Returns
    -------
    int
        How many reports are kept, more than ``room`` if there is no room for all of them, and
        `NOWHERE` if some report is none.
    """
    room = len(kept) - GROUP
    first, second, third, fourth = edges[0], edges[1], edges[2], edges[3]
    apart = first != second or third != fourth  # only where many reports are at one place
    start = 0
    while start + GROUP <= len(values):
        group = values[start : start + GROUP]
        to_first, to_second, to_third, to_fourth, fine = 0, 0, 0, 0, 0
        for k in range(GROUP):
            report = group[k]
            to_second += report <= second
            to_third += report <= third
            fine += (report >= least) & (report <= most)
        if fine != GROUP:
            return -1
        if apart:
            for k in range(GROUP):
                to_first += group[k] <= first
                to_fourth += group[k] <= fourth
        else:
            to_first, to_fourth = to_second, to_third
        counts[0] += to_first
        counts[1] += to_second
        counts[2] += to_third
        counts[3] += to_fourth
        if to_second != to_third and filled <= room:
            for k in range(GROUP):
                kept[filled] = group[k]
                filled += (group[k] > second) & (group[k] <= third)
        start += GROUP
    for place in range(start, len(values)):
        report = values[place]
        if not (report >= least and report <= most):
            return -1
        counts[0] += report <= first
        counts[1] += report <= second
        counts[2] += report <= third
        counts[3] += report <= fourth
        if report > second and report <= third and filled <= room:
            kept[filled] = report
            filled += 1
    return filled
