r"""How an agent with a peak :math:`x_i` on a line likes the places :math:`y` of it.

A taste is a value: a line has one, and everything that depends on what agents like asks it.  Some
tastes are known up to a number, and these have ``value``; of `SinglePeaked` agents only the peak
and the order on either side of it are known, and what a lie gains is asked of ``gain``.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any, Protocol

import numpy as np

from .._numbers import Number, distance, sequence, whole
from ..lottery import is_finite
from ..population import FloatArray
from ..setting import Undecided


class Taste(Protocol):
    """What agents on a line like."""

    def value(self, agent: int, peak: Number, place: Number, /) -> Any:
        """What ``place`` is worth to ``agent``."""
        ...

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """The same for arrays: (batch, agents) peaks and (batch,) places to (batch, agents)."""
        ...


@dataclass(frozen=True)
class Distance:
    """Distance hurts, either way alike: the value is :math:`-|y - x_i|`."""

    def value(self, agent: int, peak: Number, place: Number, /) -> Any:
        """Minus the distance."""
        return -distance(peak, place)

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """Minus the distances."""
        return -np.abs(peaks - places[:, None])


@dataclass(frozen=True)
class Obnoxious:
    """The facility is a nuisance to all: the value is :math:`|y - x_i|`.

    References
    ----------
    Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
    arXiv:2301.04340.
    """

    def value(self, agent: int, peak: Number, place: Number, /) -> Any:
        """The distance."""
        return distance(peak, place)

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """The distances."""
        return np.abs(peaks - places[:, None])


@dataclass(frozen=True)
class Hybrid:
    """The facility is a nuisance to the agents ``obnoxious``; the others want it near.

    Parameters
    ----------
    obnoxious : tuple of int
        Agents, counted from 0, increasing.
    """

    obnoxious: tuple[int, ...]

    def __post_init__(self) -> None:
        agents = tuple(
            whole(a, "obnoxious", least=0) for a in sequence(self.obnoxious, "obnoxious")
        )
        if list(agents) != sorted(set(agents)):
            raise ValueError(f"obnoxious is {agents}: it must be increasing")
        object.__setattr__(self, "obnoxious", agents)

    def value(self, agent: int, peak: Number, place: Number, /) -> Any:
        """The distance, or minus the distance."""
        return distance(peak, place) if agent in self.obnoxious else -distance(peak, place)

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """The distances, with their signs."""
        signs = np.full(peaks.shape[1], -1.0)
        signs[list(self.obnoxious)] = 1.0
        return signs * np.abs(peaks - places[:, None])


@dataclass(frozen=True)
class SinglePeaked:
    r"""Any single-peaked preference: of two places on one side of the peak the nearer is better.

    An agent reports its peak, and its preference may be any that has this peak; two places on
    different sides may be liked either way.  What is best for all such preferences at once is an
    order on lotteries: a single-peaked utility is a mixture of indicators of intervals around the
    peak, so one lottery is surely no worse than another if it puts no less mass on each of them.

    References
    ----------
    Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
    Ehlers, Peters, Storcken. Strategy-proof probabilistic decision schemes for one-dimensional
    single-peaked preferences. Journal of Economic Theory 105, 2002.
    """

    def value(self, agent: int, peak: Number, place: Number, /) -> Any:
        """Not known: only the order is.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided(
            "of single-peaked agents only an order is known, and what was asked needs numbers; "
            "where distance is what hurts, ask it of a line without tastes"
        )

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """Not known either."""
        raise Undecided("of single-peaked agents only an order is known")

    def gain(self, agent: int, peak: Number, honest: Any, lied: Any, /) -> Fraction:
        r"""The most that a utility between 0 and 1 with this ``peak`` gains by the lie.

        .. math:: \max_{a \le x_i \le b} \Pr[f(r, x_{-i}) \in [a, b]] - \Pr[f(x) \in [a, b]]

        over all intervals that contain the peak; 0 if the truth dominates the lie.  The two ends
        are chosen independently, so this takes one sort of the outcomes.
        """
        if not (is_finite(honest) and is_finite(lied)):
            raise Undecided("dominance compares probabilities, and a lottery does not list them")
        change: dict[Number, Fraction] = {}
        known = _same_floats((peak, *honest.support, *lied.support))
        for sign, lottery in ((-1, honest), (1, lied)):
            for drawn, p in lottery.probability.items():
                place = known[drawn]
                change[place] = change.get(place, Fraction(0)) + sign * p
        places = sorted(change)
        first = bisect_left(places, peak)
        at_peak = first < len(places) and places[first] == peak
        below, above = places[:first], places[first + at_peak :]
        middle = change[peak] if at_peak else Fraction(0)
        gain = middle + _best(change[y] for y in reversed(below)) + _best(change[y] for y in above)
        return max(gain, Fraction(0))


def _same_floats(places: Iterable[Number]) -> dict[Number, Number]:
    """For each place the first of those that are the same but for the rounding of floats."""
    listed = list(places)
    if not any(isinstance(place, float) for place in listed):
        return {place: place for place in listed}
    same: dict[Number, Number] = {}
    for place in listed:
        near = (
            one for one in same.values() if math.isclose(one, place, rel_tol=1e-9, abs_tol=1e-9)
        )
        same[place] = next(near, place)
    return same


def _best(changes: Iterable[Fraction]) -> Fraction:
    """The largest sum of the first few, or of none."""
    return max(accumulate(changes, initial=Fraction(0)))
