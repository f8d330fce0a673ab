"""Who is where, and how far from the facility: for a handful of exact reports or for millions.

Arrays hold Fractions as objects where reports are exact, and floats where there is one; the same
lines compute with both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..batch import Empirical
from ..lottery import Finite
from ..population import Population, Reports, tally
from ..preferences.single_peaked import ROUNDING, Line

Numbers: TypeAlias = npt.NDArray[Any]
"""Fractions as objects, or floats."""

Placed: TypeAlias = Finite[Any] | Empirical
"""A lottery that lists its places."""


QUANTILES = {
    "lowest ": "0",
    "lower quartile ": "1/4",
    "median ": "1/2",
    "upper quartile ": "3/4",
    "highest ": "1",
}
"""Which of many agents are shown, and their shares of the way from the lowest to the highest."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """``counts[k]`` of ``agents`` agents are at ``places[k]``; places increase.

    They are all agents, or some groups of them.
    """

    places: Numbers
    counts: npt.NDArray[np.int64]
    agents: int

    @property
    def exact(self) -> bool:
        """Whether all places are exact."""
        return self.places.dtype == object

    def quantiles(self) -> list[int]:
        """Where the lowest, the quartiles, the median and the highest agent are."""
        last = self.agents - 1
        ranks = (0, last // 4, last // 2, -(-3 * last // 4), last)
        found: list[int] = np.searchsorted(np.cumsum(self.counts), ranks, side="right").tolist()
        return found

    def mean(self, numbers: Numbers) -> Any:
        """The mean over the agents of a number for each place."""
        if self.exact:
            return (self.counts.astype(object) * numbers).sum() / self.agents
        return float(self.counts @ numbers) / self.agents

    def due(self, setting: Line) -> Numbers:
        """The farthest that each like-minded group may be from the facility."""
        sizes, which = np.unique(self.counts, return_inverse=True)
        shares = (Fraction(size, self.agents) for size in sizes.tolist())
        due = np.array([-setting.fair_share(0, share) for share in shares], self.places.dtype)
        return due[which]

    def slack(self, setting: Line) -> float:
        """How much of a distance is no more than rounding."""
        return 0.0 if self.exact else ROUNDING * float(setting.length)


def crowd(reports: Reports) -> Crowd:
    """The different reports and how many agents make each of them."""
    if isinstance(reports, Population) and isinstance(reports.values, np.ndarray):
        if len(reports) == len(reports.values):
            return Crowd(*np.unique(reports.values, return_counts=True), len(reports))
        places, cells = np.unique(reports.values, return_inverse=True)
        counts = np.zeros(len(places), np.int64)
        np.add.at(counts, cells, np.asarray(reports.multiplicities))
        return Crowd(places, counts, len(reports))
    listed: list[tuple[Any, int]] = sorted(tally(reports))
    exact = all(isinstance(place, Fraction) for place, _ in listed)
    places = np.array([place for place, _ in listed], object if exact else np.float64)
    return Crowd(places, np.array([count for _, count in listed], np.int64), len(reports))


@dataclass(frozen=True, eq=False)
class View:
    """What is told of a crowd.

    Parameters
    ----------
    agents : int
    names : list of str
        What the shown agents are called.
    places, counts : (shown,) arrays
        Where they are, and how many agents are there.
    means : mapping
        The mean of all distances, for each mechanism.
    groups : mapping
        The groups among which is the one that is worst off, for each mechanism.
    """

    agents: int
    names: list[str]
    places: Numbers
    counts: npt.NDArray[np.int64]
    means: Mapping[str, Any]
    groups: Mapping[str, Crowd]


def view(who: Crowd, lotteries: Mapping[str, Placed], most: int) -> View:
    """All places if there are at most ``most``, otherwise five quantiles."""
    few = len(who.places) <= most
    shown = list(range(len(who.places))) if few else who.quantiles()
    names = ["" for _ in shown] if few else list(QUANTILES)
    means = {
        name: who.mean(expected_distances(chances(lottery), who.places))
        for name, lottery in lotteries.items()
    }
    groups = dict.fromkeys(lotteries, who)
    return View(who.agents, names, who.places[shown], who.counts[shown], means, groups)


@dataclass(frozen=True, eq=False)
class Chances:
    """``places[k]`` is drawn with probability ``weights[k]``; places increase."""

    places: Numbers
    weights: Numbers

    @property
    def mean(self) -> Any:
        """The expected place."""
        return (self.places * self.weights).sum()


def chances(lottery: Placed) -> Chances:
    """What a lottery draws, from the lowest place to the highest."""
    if isinstance(lottery, Empirical):
        return Chances(lottery.outcomes, lottery.counts / lottery.total)
    drawn = sorted(lottery.probability.items())
    floats = any(isinstance(place, float) for place, _ in drawn)
    kind = np.float64 if floats else object
    return Chances(np.array([y for y, _ in drawn], kind), np.array([p for _, p in drawn], kind))


def expected_distances(drawn: Chances, places: Numbers) -> Numbers:
    """The expected distance of each place from the facility.  O((s + p) log s)."""
    mass = np.append(drawn.weights[:1] * 0, np.cumsum(drawn.weights))
    moment = np.append(mass[:1], np.cumsum(drawn.weights * drawn.places))
    k = np.searchsorted(drawn.places, places, side="right")
    below: Numbers = places * mass[k] - moment[k]
    above: Numbers = (moment[-1:] - moment[k]) - places * (mass[-1:] - mass[k])
    return below + above


def farthest(drawn: Chances, places: Numbers) -> Numbers:
    """The largest distance of each place from the facility; the farthest place is at an end."""
    worst: Numbers = np.maximum(*(np.abs(places - end) for end in drawn.places[[0, -1]]))
    return worst
