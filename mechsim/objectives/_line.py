"""Where on a line an objective is best: what the objectives share."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from .._numbers import Number
from ..population import FloatArray
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance
from ..setting import Undecided
from ._base import Agents, Objective, Optimum, borne


def best(objective: Objective, line: Line, agents: Agents, places: Iterable[Any]) -> Optimum:
    """The first of the best of ``places``."""
    valued = ((y, objective.of(borne(objective.measure, line, agents, y))) for y in places)
    choose = min if objective.minimised else max
    place, value = choose(valued, key=lambda pair: pair[1])
    return Optimum(place, value)


def wants_nearness(line: Line) -> bool:
    """Whether all agents want the facility near and mind distance alike."""
    return line.tastes == Distance()


def require_nearness(objective: str, line: Line) -> None:
    """Raise `Undecided` where some agents do not want the facility near."""
    if not wants_nearness(line):
        raise Undecided(f"where {objective} is best is known for nearness only, not for {line}")


def clamp(place: Number, low: Number, high: Number) -> Number:
    """The point of an interval nearest to ``place``."""
    return low if place < low else min(place, high)


def median(agents: Agents) -> Number:
    """The lower median peak."""
    half, seen = (sum(count for _, _, count in agents) + 1) // 2, 0
    peaks: list[tuple[Number, int]] = sorted((peak, count) for _, peak, count in agents)
    for peak, count in peaks:
        seen += count
        if seen >= half:
            return peak
    raise ValueError("agents is empty: there is no median of nobody")


def midrange(agents: Agents) -> Number:
    """Halfway between the extreme peaks."""
    peaks: list[Number] = [peak for _, peak, _ in agents]
    low, high = min(peaks), max(peaks)
    return low + (high - low) / 2


def mean(agents: Agents) -> Number:
    """The average peak; of floats the exact one, rounded once."""
    whole = sum((Fraction(peak) * count for _, peak, count in agents), Fraction(0))
    average = whole / sum(count for _, _, count in agents)
    return float(average) if any(isinstance(peak, float) for _, peak, _ in agents) else average


def kinks(line: Line, agents: Agents, low: Number, high: Number) -> list[Number]:
    """Where between ``low`` and ``high`` a utility bends, two of them meet, or the interval ends.

    Between neighbouring kinks every utility is linear in the place and their order stays, so that
    a sum of them, an extreme one, a ratio of two, or a ratio of two weighted sums of them in order
    is best at a kink.  O(c^2) of them for c different peaks.
    """
    peaks = list(dict.fromkeys(peak for _, peak, _ in agents))
    found: list[Any] = [low, high, *peaks]
    pairs = [(a, b) for k, a in enumerate(peaks) for b in peaks[:k]]
    found += [(a + b) / 2 for a, b in pairs]
    if not wants_nearness(line) and line.bounded:  # one wants it near, the other far
        both = [*pairs, *((a, a) for a in peaks)]
        found += [(a + b + sign * line.length) / 2 for a, b in both for sign in (-1, 1)]
    return sorted({y for y in found if low <= y <= high})


def midranges(peaks: FloatArray) -> FloatArray:
    """Halfway between the extremes of each row, (batch, agents) to (batch, 1)."""
    middle: FloatArray = (peaks.min(axis=1, keepdims=True) + peaks.max(axis=1, keepdims=True)) / 2
    return middle


def medians(peaks: FloatArray) -> FloatArray:
    """The lower median of each row, (batch, agents) to (batch, 1)."""
    rank = (peaks.shape[1] + 1) // 2 - 1
    return np.partition(peaks, rank, axis=1)[:, [rank]]


def all_kinks(line: Line, peaks: FloatArray) -> FloatArray:
    """`kinks` of each row where nearness is wanted: (batch, agents) to (batch, k)."""
    distinct = _distinct(peaks)
    first, second = np.triu_indices(distinct.shape[1])
    ends = np.full((len(peaks), 2), (float(line.low), float(line.high)))
    return np.hstack([(distinct[:, first] + distinct[:, second]) / 2, ends])


def _distinct(peaks: FloatArray) -> FloatArray:
    """The different entries of each row, in as many columns as some row needs."""
    ordered: FloatArray = np.sort(peaks, axis=1)
    repeated = ordered[:, 1:] == ordered[:, :-1]
    ordered[:, 1:] = np.where(repeated, ordered[:, :1], ordered[:, 1:])
    ordered.sort(axis=1)  # what is repeated now stands first
    return ordered[:, int(repeated.sum(axis=1).min()) :]
