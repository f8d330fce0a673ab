r"""Medians of reports and phantoms: all that rules of this kind share.

A rule says where its phantoms are for n agents, by ``phantoms(agents)``, and that is all in which
it differs from the others.  There are :math:`n - 1` phantoms :math:`p_1 \le \dots \le p_{n-1}`, or
:math:`n + 1` of them :math:`p_0 \le \dots \le p_n`, and the outcome is

.. math:: f(x) = \mathrm{med}(x_1, \dots, x_n, p_0, \dots, p_n)
          = \min_{0 \le k \le n} \max(x_{(k)}, p_{n-k}),

where :math:`x_{(0)} = -\infty`, and :math:`p_0 = -\infty`, :math:`p_n = \infty` where there are
:math:`n - 1`.  Rounding to floats is monotone and a median commutes with what is monotone, so
arrays of floats give the exact outcome, rounded, to the last bit.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast, overload

import numpy as np

from .._numbers import Number
from ..declared import Term, median, reports
from ..population import FloatArray, Population, is_array
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, float_ends, read_batch, require_inside
from ._kernels import crossing, has_floats
from ._one_pass import Curve, OutsideError, crossing_of_array
from ._rows import NOWHERE, median_rows


@dataclass(frozen=True, eq=False)
class Phantoms(Sequence[Point]):
    """Phantoms in increasing order, like a tuple; each is computed when it is asked for.

    Parameters
    ----------
    size : int
        How many there are.
    place : callable
        ``place(k)`` for ``0 <= k < size``.

    Examples
    --------
    >>> halves = Phantoms(10**8, lambda k: 0.5)
    >>> len(halves), halves[-1]
    (100000000, 0.5)
    """

    size: int
    place: Callable[[int], Point]

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Point: ...
    @overload
    def __getitem__(self, index: slice) -> Points: ...
    def __getitem__(self, index: int | slice) -> Point | Points:
        if isinstance(index, slice):
            return tuple(map(self.place, range(self.size)[index]))
        return self.place(range(self.size)[index])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return tuple(self) == tuple(cast(Sequence[Any], other))

    def __hash__(self) -> int:
        return hash(tuple(self))


class PhantomRule(Protocol):
    """A rule that says where its phantoms are."""

    @property
    def setting(self) -> Line:
        """The line."""
        ...

    def phantoms(self, agents: int, /) -> Sequence[Point]:
        """One phantom fewer than agents, or one more, in increasing order."""
        ...

    def __hash__(self) -> int: ...


def median_with_phantoms(rule: PhantomRule, reports: Points) -> Point:
    """The definition.  O(n log n)."""
    phantoms = rule.phantoms(len(reports))
    outcome = sorted((*reports, *phantoms))[(len(reports) + len(phantoms)) // 2]
    return float(outcome) if any(isinstance(report, float) for report in reports) else outcome


def declared_median(rule: PhantomRule, agents: int) -> Term:
    """The same, as a term."""
    return median(*reports(agents), *rule.phantoms(agents))


def median_of_population(rule: PhantomRule, population: Population) -> Point:
    """The same for a population, however many the phantoms.

    O(n) for an array in which each value counts once, O(c log c) for c classes.
    """
    agents = len(population)
    curve = falling(rule.phantoms(agents), agents)
    if is_array(population.values) and len(population.values) == agents:
        return crossing_of_array(population.values, _floats(curve))
    outcome = crossing(population, curve)
    return float(outcome) if has_floats(population) else outcome


def median_of_array(rule: PhantomRule, reports: FloatArray) -> Point:
    """The same for an (agents,) array, which is read at the door in the same pass.  O(n).

    Raises
    ------
    ValueError
        If a report is no number of the line.
    """
    if rule.setting.points is None:
        curve = falling(rule.phantoms(len(reports)), len(reports))
        try:
            return crossing_of_array(reports, _floats(curve), *float_ends(rule.setting))
        except OutsideError:
            pass  # reading it again says which report it is
    return median_of_population(rule, rule.setting.read(Population(reports)))


def medians_of_batch(rule: PhantomRule, profiles: Batch) -> FloatArray:
    """The same for each row of a (batch, agents) array.  O(n log n) a row, and no sort.

    Raises
    ------
    ValueError
        If a report is no number of the line; it names the row and the column.
    """
    batch = read_batch(profiles)
    agents = batch.shape[1]
    curve = _curve(rule, agents)
    places = np.empty(len(batch))
    inside = np.empty(agents + 1)
    ends = float_ends(rule.setting)
    for rows, part in blocks(rule.setting, batch, checked=False):
        if median_rows(part, curve, *ends, places[rows], inside) != NOWHERE:
            require_inside(rule.setting, part, rows.start)
    return places


def falling(phantoms: Sequence[Point], agents: int) -> Callable[[int], Number]:
    """The curve ``k -> p_(n-k)``, for k from 0 to n.

    Raises
    ------
    ValueError
        If there are neither one phantom fewer than agents nor one more.
    """
    if len(phantoms) not in (agents - 1, agents + 1):
        raise ValueError(
            f"there are {len(phantoms)} phantoms for {agents} agents: "
            f"it takes {agents - 1} or {agents + 1} of them"
        )
    least = 0 if len(phantoms) > agents else 1

    def curve(k: int) -> Number:
        place = agents - k - least
        if place < 0:
            return -math.inf
        return phantoms[place] if place < len(phantoms) else math.inf

    return curve


def _floats(curve: Callable[[int], Number]) -> Curve:
    return lambda k: float(curve(k))


@lru_cache(maxsize=64)
def _curve(rule: PhantomRule, agents: int) -> FloatArray:
    """The whole curve in floats, (agents + 1,), computed once for all blocks of all batches."""
    curve = falling(rule.phantoms(agents), agents)
    return np.array([float(curve(k)) for k in range(agents + 1)])
