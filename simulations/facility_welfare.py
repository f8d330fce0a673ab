r"""Welfare and fairness of ten mechanisms, over populations and sizes.

**Question.**  A facility is placed by reports of agents who look like people: spread evenly, split
into two camps, crowding on one side, gathered in clusters, or like the answers of a real survey
(ANES 1996, self-placement from left to right).  What does each of ten mechanisms cost, and how
often is its outcome fair?

**What the table answers.**  One row a population, number of agents, mechanism and replicate; all
mechanisms see the same profiles.  A replicate draws many profiles on [0, 1], and the columns are
means over them:

- ``cost``, ``farthest``: distance of the average and of the farthest agent, in expectation over the
  mechanism's lottery; ``cost ratio``: total cost relative to that of the best place.
- ``utilitarian``, ``egalitarian``: utility of the average agent, and of the one who is off worst,
  where an agent at distance d has the utility 1 - d; ``egalitarian ex ante``: of the agent who
  expects least.
- ``1 - Gini``: how equal utilities are.
- ``IFS``, ``UFS``, ``PF``: the share of profiles at which individual fair share, unanimous fair
  share and proportional fairness hold whatever is drawn; with ``ex ante``, at which they hold in
  expectation.

**What is found.**  Uniform Phantom, which nobody can manipulate, is proportionally fair at every
profile, and in none of these populations does it cost a quarter more than the best place.  The
median is the best place, and nearly always fair to people like those of the survey; of two camps it
serves the larger one alone.  Random Rank, and its mixture with the mean, are proportionally fair in
expectation at every profile, and whatever is drawn at almost none once agents are many, unless they
gather in clusters; except between two camps, Random Rank costs a third more than the median, or
somewhat more.  The mean and the Nash rule do well in every column, but both can be manipulated, and
here all are honest.
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
    Nash,
    RandomRank,
    UniformPhantom,
)
from mechsim.objectives import ComplementedGini, Egalitarian, MaxCost, TotalCost
from mechsim.objectives.ratio import over_optima
from mechsim.population import FloatArray
from mechsim.preferences import Beta, Clustered, Empirical, Line, Sampler, TwoGroups, Uniform
from mechsim.studies import Results, Study

UNIT = Line(0, 1)
TOLERANCE = 1e-9
"""Where a bound is attained, rounding is no violation."""


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


def profiles_of(agents: int) -> int:
    """How many profiles a replicate draws: few of many agents."""
    return max(20, 4_000 // agents)


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Means over profiles, which are drawn alike for all mechanisms."""
    agents = point.agents
    drawn = point.population.law.sample(rng, (profiles_of(agents), agents))
    profiles = np.sort(drawn, axis=1)
    answer = point.mechanism.of_batch(profiles)
    lotteries = answer if isinstance(answer, Lotteries) else Lotteries(answer[:, None], (ONE,))
    outcomes, weights = lotteries.outcomes, list(map(float, lotteries.weights))
    away = np.zeros_like(profiles)
    total, worst, equal = (np.zeros(len(profiles)) for _ in range(3))
    for weight, places in zip(weights, outcomes.T, strict=True):
        distances = np.abs(profiles - places[:, None])
        away += weight * distances
        total += weight * TotalCost().of_batch(distances)
        worst += weight * MaxCost().of_batch(distances)
        equal += weight * ComplementedGini().of_batch(1 - distances)
    ends = outcomes.min(axis=1), outcomes.max(axis=1)
    ratio = over_optima(TotalCost(), UNIT, profiles, total)
    found = {
        "cost": total / agents,
        "cost ratio": ratio,
        "farthest": worst,
        "utilitarian": 1 - total / agents,
        "egalitarian": 1 - worst,
        "egalitarian ex ante": Egalitarian().of_batch(1 - away),
        "1 - Gini": equal,
        "IFS": within(ends, individual(profiles)),
        "UFS": within(ends, unanimous(profiles)),
        "PF": within(ends, proportional(profiles)),
        "IFS ex ante": (away <= 1 - 1 / agents + TOLERANCE).all(axis=1),
        "UFS ex ante": (away <= 1 - companions(profiles) / agents + TOLERANCE).all(axis=1),
        "PF ex ante": proportional_ex_ante(profiles, away),
    }
    return {name: float(column.mean()) for name, column in found.items()}


ONE = Fraction(1)
Interval = tuple[FloatArray, FloatArray]


def within(ends: Interval, fair: Interval) -> FloatArray:
    """Whether all that may be drawn lies in the interval of fair places."""
    inside = (ends[0] >= fair[0] - TOLERANCE) & (ends[1] <= fair[1] + TOLERANCE)
    kept: FloatArray = inside.astype(np.float64)
    return kept


def companions(profiles: FloatArray) -> FloatArray:
    """How many agents are where each agent is, itself included."""
    together = profiles[:, :, None] == profiles[:, None, :]
    counts: FloatArray = together.sum(axis=2).astype(np.float64)
    return counts


def individual(profiles: FloatArray) -> Interval:
    """The places that are nobody's more than 1 - 1/n away."""
    reach = 1 - 1 / profiles.shape[1]
    return profiles[:, -1] - reach, profiles[:, 0] + reach


def unanimous(profiles: FloatArray) -> Interval:
    """The same for groups at one place, whose reach is 1 less their share."""
    reach = 1 - companions(profiles) / profiles.shape[1]
    return (profiles - reach).max(axis=1), (profiles + reach).min(axis=1)


def proportional(profiles: FloatArray) -> Interval:
    """The places that every group has near enough for its size and range."""
    agents = profiles.shape[1]
    ranks: FloatArray = np.arange(agents, dtype=np.float64) / agents
    return (profiles - ranks).max(axis=1), (profiles + ranks[::-1]).min(axis=1)


def proportional_ex_ante(profiles: FloatArray, away: FloatArray) -> FloatArray:
    """Whether expected distances are what proportional fairness excuses.

    An agent at the left end of a group of ranks i to j is excused
    :math:`x_j - x_i + 1 - (j - i + 1)/n`, and one at the right end likewise; rows are sorted.
    """
    agents = profiles.shape[1]
    below: FloatArray = np.arange(agents, dtype=np.float64) / agents
    lowest = profiles - below
    highest = profiles + below[::-1]
    tightest = np.minimum.accumulate(highest[:, ::-1], axis=1)[:, ::-1]
    widest = np.maximum.accumulate(lowest, axis=1)
    left = np.all(away + lowest <= tightest + TOLERANCE, axis=1)
    right = np.all(away - highest <= -widest + TOLERANCE, axis=1)
    kept: FloatArray = (left & right).astype(np.float64)
    return kept


def figure(results: Results) -> Any:
    """Six of the measures, in small panels: one row a population, one line a mechanism."""
    from mechsim import plot

    measures = {
        "cost ratio": "total cost,\nrelative to the best",
        "farthest": "distance of the\nfarthest agent",
        "1 - Gini": "equality\n(1 - Gini)",
        "UFS": "unanimous fair share\nwhatever is drawn",
        "PF": "proportionally fair\nwhatever is drawn",
        "PF ex ante": "proportionally fair\nin expectation",
    }
    return plot.comparison(
        results.summary(), measures, compared="mechanism", panels="population", series="agents"
    )


SURVEY = Population(tuple((answer - 1) / 6 for answer in anes96()))
POPULATIONS = (
    Crowd("uniform", Uniform()),
    Crowd("polarised", TwoGroups(Fraction(1, 10), Fraction(9, 10), Fraction(1, 20))),
    Crowd("skewed", Beta(2, 5)),
    Crowd("clustered", Clustered(3)),
    Crowd("survey", Empirical(SURVEY)),
)
MECHANISMS = (
    Median(UNIT),
    Mean(UNIT),
    Midrange(UNIT),
    MidOrNearest(UNIT),
    ConstrainedMedian(UNIT),
    UniformPhantom(UNIT),
    Nash(UNIT),
    RandomRank(UNIT),
    AverageOrRandomRank(setting=UNIT),
    LeftRightMiddle(UNIT),
)
SIZES = (5, 11, 51, 201)
POINTS = tuple(Point(p, n, f) for p in POPULATIONS for n in SIZES for f in MECHANISMS)
STUDY = Study(
    name="facility-welfare",
    question="What do ten mechanisms cost, and how often are they fair, to agents like people?",
    points=POINTS,
    measure=measure,
    replicates=20,
    common=("mechanism",),
    quick_points=tuple(point for point in POINTS if point.agents <= 11),
    figure=figure,
    conclusion="Uniform Phantom is proportionally fair at every profile, at a quarter more cost at "
    "most.\nThe median is the best place, and serves the larger of two camps alone.",
)
