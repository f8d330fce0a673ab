r"""The price of fairness of a facility that nobody wants near.

**Question.**  A group of :math:`m` of :math:`n` agents at one place is owed a distance of
:math:`m / 2n` from an obnoxious facility on [0, 1] (2-UFS; 2-IFS owes :math:`1 / 2n` to everybody
alone).  How much welfare does the best fair place cost against the best place: at its worst, and
for agents who look like people?

**What the table answers.**  One row a population, kind of fairness, number of agents and replicate.
A replicate draws many profiles; utility is the distance from the facility, and

- ``total``: the best total utility over that of the best fair place, on average; ``total largest``:
  the largest of them;
- ``least``, ``least largest``: the same for the utility of the agent who is off worst;
- ``total bound``, ``least bound``: what these ratios are proven not to exceed: :math:`2` for even n
  and :math:`2n^2 / (n^2 + 1)` for odd n; :math:`n - 1` for the least utility under 2-UFS, and 1
  under 2-IFS.

The populations ``pulled apart``, ``two crowds`` and ``crowd and one`` are the worst cases, short of
the bound by a gap of 1/100 and 1/10,000.

**What is found.**  The bounds are met in the limit, as the theorem says, and far from what people
meet: of random profiles a fair place costs a few per cent of the total on average, a quarter only
where three agents are in two camps, and nothing at all of the least utility under 2-IFS.

References
----------
Lam, Aziz, Li, Ramezani, Walsh. Proportional Fairness in Obnoxious Facility Location.
arXiv:2301.04340.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from mechsim import Population, anes96
from mechsim.axioms import IndividualNuisanceShare, UnanimousNuisanceShare
from mechsim.facility import EgalitarianFair, UtilitarianFair
from mechsim.population import FloatArray
from mechsim.preferences import Clustered, Empirical, TwoGroups, Uniform
from mechsim.studies import Results, Study, product

PROFILES = 100


class Law(Protocol):
    """Where profiles come from."""

    def sample(self, rng: np.random.Generator, size: tuple[int, int], /) -> FloatArray:
        """Profiles, one a row."""
        ...


@dataclass(frozen=True)
class Crowd:
    """A population and what it is called."""

    name: str
    law: Any

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class PulledApart:
    """Agents at the middles of n stretches, the lower half moved down by up to ``gap``, others up.

    The worst case of the total for 2-IFS: all stretches overlap, but for a gap between the halves.
    """

    gap: Fraction

    def sample(self, rng: np.random.Generator, size: tuple[int, int], /) -> FloatArray:
        """The same profile, again and again."""
        agents, half = size[1], size[1] // 2
        places = (2 * np.arange(1, agents + 1) - 1) / (2 * agents)
        places[:half] -= float(self.gap) * np.arange(1, half + 1) / half
        places[half:] += float(self.gap) * np.arange(agents - half, 0, -1) / (agents - half)
        return np.tile(places, (size[0], 1))


@dataclass(frozen=True)
class TwoCrowds:
    """Two groups as equal as can be, at the middles of what they are owed, moved apart by ``gap``.

    The worst case of the total for 2-UFS.
    """

    gap: Fraction

    def sample(self, rng: np.random.Generator, size: tuple[int, int], /) -> FloatArray:
        """The same profile, again and again."""
        agents, half = size[1], size[1] // 2
        places = [half / (2 * agents) - float(self.gap), (agents + half) / (2 * agents)]
        places[1] += float(self.gap)
        return np.tile(np.repeat(places, [half, agents - half]), (size[0], 1))


@dataclass(frozen=True)
class CrowdAndOne:
    """All agents but one at the middle of what they are owed, and one beyond, moved apart.

    The worst case of the least utility for 2-UFS.
    """

    gap: Fraction

    def sample(self, rng: np.random.Generator, size: tuple[int, int], /) -> FloatArray:
        """The same profile, again and again."""
        agents, gap = size[1], float(self.gap)
        places = [(agents - 1) / (2 * agents) - gap, 1 - 1 / (2 * agents) + gap]
        return np.tile(np.repeat(places, [agents - 1, 1]), (size[0], 1))


@dataclass(frozen=True)
class Fairness:
    """What is owed, to everybody alone or to groups at one place."""

    name: str
    share: IndividualNuisanceShare | UnanimousNuisanceShare

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    population: Crowd
    fairness: Fairness
    agents: int


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Ratios over drawn profiles."""
    size = (PROFILES, point.agents)
    rows = prices(point.population.law.sample(rng, size), point.fairness)
    n, found = point.agents, dict[str, float]()
    for k, name in enumerate(("total", "least")):
        found[name] = float(rows[:, k].mean())
        found[f"{name} largest"] = float(rows[:, k].max())
    found["total bound"] = 2.0 if n % 2 == 0 else 2 * n * n / (n * n + 1)
    found["least bound"] = float(n - 1) if point.fairness == GROUPS else 1.0
    return found


def prices(profiles: FloatArray, fairness: Fairness) -> FloatArray:
    """The price of fairness of the total and of the least utility: (profiles, 2).

    Without fairness the total, which is convex in the place, is largest at an end of the line, and
    the least utility there or in the middle between two neighbours.
    """
    ordered = np.sort(profiles, axis=1)
    total = np.maximum(ordered.sum(axis=1), (1 - ordered).sum(axis=1))
    ends = np.maximum(ordered[:, 0], 1 - ordered[:, -1])
    least = np.maximum(ends, np.diff(ordered, axis=1).max(axis=1, initial=0) / 2)
    fair_total = UtilitarianFair(fairness.share).of_batch(ordered)
    fair_least = EgalitarianFair(fairness.share).of_batch(ordered)
    had_total = np.abs(ordered - fair_total[:, None]).sum(axis=1)
    had_least = np.abs(ordered - fair_least[:, None]).min(axis=1)
    return np.column_stack([total / had_total, least / had_least])


def figure(results: Results) -> Any:
    """Average and largest prices beside their bounds."""
    from mechsim import plot

    measures = {
        "total": "total utility:\naverage price",
        "total largest": "total utility:\nlargest price",
        "total bound": "total utility:\nproven bound",
        "least": "least utility:\naverage price",
        "least largest": "least utility:\nlargest price",
        "least bound": "least utility:\nproven bound",
    }
    return plot.comparison(
        results.summary(), measures, compared="population", panels="fairness", series="agents"
    )


SURVEY = Population(tuple((answer - 1) / 6 for answer in anes96()))
POPULATIONS = (
    Crowd("uniform", Uniform()),
    Crowd("polarised", TwoGroups(Fraction(1, 10), Fraction(9, 10), Fraction(1, 20))),
    Crowd("clustered", Clustered(3)),
    Crowd("survey", Empirical(SURVEY)),
    Crowd("pulled apart, 1/100", PulledApart(Fraction(1, 100))),
    Crowd("pulled apart, 1/10,000", PulledApart(Fraction(1, 10_000))),
    Crowd("two crowds, 1/100", TwoCrowds(Fraction(1, 100))),
    Crowd("two crowds, 1/10,000", TwoCrowds(Fraction(1, 10_000))),
    Crowd("crowd and one, 1/100", CrowdAndOne(Fraction(1, 100))),
    Crowd("crowd and one, 1/10,000", CrowdAndOne(Fraction(1, 10_000))),
)
ALONE = Fairness("2-IFS", IndividualNuisanceShare())
GROUPS = Fairness("2-UFS", UnanimousNuisanceShare())
POINTS = product(Point, POPULATIONS, (ALONE, GROUPS), (3, 6, 15, 30))
STUDY = Study(
    name="obnoxious-price-of-fairness",
    question="What does fairness cost where a facility is a nuisance?",
    points=POINTS,
    measure=measure,
    replicates=20,
    common=("fairness",),
    quick_points=tuple(point for point in POINTS if point.agents <= 6),
    figure=figure,
    conclusion="The bounds are met in the limit; people meet a few per cent of the total on "
    "average.\nThe least utility costs nothing under 2-IFS, and little under 2-UFS.",
)
