r"""Worst cases and what people meet: approximation ratios of nine mechanisms.

**Question.**  A ratio says how many times the best cost a mechanism costs at its worst profile.
How much of that is there in profiles of agents who look like people: spread evenly, split into two
camps, or like the answers of a survey (ANES 1996)?

**What the table answers.**  One row a population, number of agents, mechanism and replicate; all
mechanisms see the same profiles on [0, 1].  A replicate draws many profiles, and

- ``total``, ``total 95%``, ``total largest`` are the mean, the 95% quantile and the largest of the
  ratios of total cost, and ``max``, ``max 95%``, ``max largest`` those of the cost of the farthest
  agent; costs are expectations over the mechanism's lottery, the optimum is that of the best place;
- ``total worst`` and ``max worst`` are the largest ratios at profiles that the literature names for
  so many agents: all but one at an end and one at the other, at 1/n or in the middle, and any two
  groups at the ends.  For these mechanisms no profile is known to be worse.

**What is found.**  Worst cases of total cost grow with the number of agents; what people meet falls
towards 1 with it, but for Random Rank, its mixture and left-right-middle.  Uniform Phantom may cost
50 times the optimum of 51 agents; spread evenly it costs them half a per cent more, and in two
camps 9%.
Of the farthest agent's cost the bounds are met: two camps bring the median and Random Rank close to
2, and left-right-middle is at 3/2 everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from mechsim import Population, anes96
from mechsim.batch import Lotteries
from mechsim.facility import (
    AverageOrRandomRank,
    ConstrainedMedian,
    LeftRightMiddle,
    Mean,
    Median,
    MidOrNearest,
    Midrange,
    RandomRank,
    UniformPhantom,
)
from mechsim.objectives import MaxCost, TotalCost
from mechsim.objectives.ratio import over_optima
from mechsim.population import FloatArray
from mechsim.preferences import Empirical, Line, Sampler, TwoGroups, Uniform
from mechsim.studies import Results, Study, product

UNIT = Line(0, 1)
ONE = Fraction(1)
OBJECTIVES: dict[str, Any] = {"total": TotalCost(), "max": MaxCost()}


@dataclass(frozen=True)
class Crowd:
    """A population and what it is called."""

    name: str
    law: Sampler

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    population: Crowd
    agents: int
    mechanism: Any


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Ratios at drawn profiles, and at those that are known to be bad."""
    size = (max(50, 4_000 // point.agents), point.agents)
    drawn = ratios(point.mechanism, np.sort(point.population.law.sample(rng, size), axis=1))
    worst = ratios(point.mechanism, bad_profiles(point.agents))
    found: dict[str, float] = {}
    for name, column in drawn.items():
        found[name] = float(column.mean())
        found[f"{name} 95%"] = float(np.quantile(column, 0.95))
        found[f"{name} largest"] = float(column.max())
        found[f"{name} worst"] = float(worst[name].max())
    return found


def ratios(mechanism: Any, profiles: FloatArray) -> dict[str, FloatArray]:
    """The ratio of each objective at each row of sorted profiles."""
    answer = mechanism.of_batch(profiles)
    lotteries = answer if isinstance(answer, Lotteries) else Lotteries(answer[:, None], (ONE,))
    costs = {name: np.zeros(len(profiles)) for name in OBJECTIVES}
    for weight, places in zip(lotteries.weights, lotteries.outcomes.T, strict=True):
        distances = np.abs(profiles - places[:, None])
        for name, objective in OBJECTIVES.items():
            costs[name] += float(weight) * objective.of_batch(distances)
    return {
        name: over_optima(objective, UNIT, profiles, costs[name])
        for name, objective in OBJECTIVES.items()
    }


def bad_profiles(agents: int) -> FloatArray:
    """Profiles at which some mechanism is at its worst, and their mirror images, sorted."""
    zeros = np.zeros(agents - 1)
    alone = [np.append(zeros, place) for place in (1.0, 1 / agents, 0.5)]
    split = [np.repeat([0.0, 1.0], [agents - k, k]) for k in range(1, agents)]
    profiles = np.array([*alone, *split])
    return np.sort(np.concatenate([profiles, 1 - profiles]), axis=1)


def figure(results: Results) -> Any:
    """Averages beside worst cases, total cost beside that of the farthest agent."""
    from mechsim import plot

    measures = {
        "total": "total cost:\naverage ratio",
        "total 95%": "total cost:\n95% of profiles are below",
        "total worst": "total cost:\nworst known profile",
        "max": "farthest agent:\naverage ratio",
        "max 95%": "farthest agent:\n95% of profiles are below",
        "max worst": "farthest agent:\nworst known profile",
    }
    return plot.comparison(
        results.summary(), measures, compared="mechanism", panels="population", series="agents"
    )


SURVEY = Population(tuple((answer - 1) / 6 for answer in anes96()))
POPULATIONS = (
    Crowd("uniform", Uniform()),
    Crowd("polarised", TwoGroups(Fraction(1, 10), Fraction(9, 10), Fraction(1, 20))),
    Crowd("survey", Empirical(SURVEY)),
)
MECHANISMS = (
    Median(UNIT),
    Mean(UNIT),
    Midrange(UNIT),
    MidOrNearest(UNIT),
    ConstrainedMedian(UNIT),
    UniformPhantom(UNIT),
    RandomRank(UNIT),
    AverageOrRandomRank(setting=UNIT),
    LeftRightMiddle(UNIT),
)
POINTS = product(Point, POPULATIONS, (5, 15, 51), MECHANISMS)
STUDY = Study(
    name="facility-ratios",
    question="How far are worst-case ratios from those that people meet?",
    points=POINTS,
    measure=measure,
    replicates=20,
    common=("mechanism",),
    quick_points=tuple(point for point in POINTS if point.agents == 5),
    figure=figure,
    conclusion="Worst cases of total cost grow with the agents, and people get away from them.\n"
    "Those of the farthest agent are met: two camps bring the median close to its 2.",
)
