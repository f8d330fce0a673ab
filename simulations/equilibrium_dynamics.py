r"""The equilibrium theorem as dynamics: many rules, three ways to learn, one outcome.

**Question.**  A rule that is continuous and strictly monotone has one equilibrium outcome, a
generalized median of the peaks (see `mechsim.facility.reporting_game`); of proportional rules it is
that of Uniform Phantom.  Do agents who know nothing of that get there from random reports, how
fast, and what if the rule is not strict?

**What the table answers.**  One row a rule, way to learn, number of agents, replicate and round.
In a round every agent moves once:

- ``in turn``: to a best response, one after the other, in random order;
- ``at once``: all of them half of the way to a best response to the last reports;
- ``gradient``: all of them towards their peak, by twice the distance between it and the outcome, as
  a gradient of the squared distance would have them.

``distance`` is that between the outcome and the one of the theorem, ``arrived`` the share of plays
in which it is below a millionth, and ``gain`` the most that an agent could gain by another report.

**What is found.**  Best responses in turn arrive: nine plays of ten within five rounds, and all but
one of 360 within twenty; moves get short where two peaks are close beside the outcome.  Halves of
best responses at once take twenty to forty rounds, and a few plays go round in a cycle; gradients
are slower, and of nine agents half to nine tenths of the plays have arrived after forty.  The
median is not strict: best responses lead to the median of the peaks all the same, gradients come to
rest far from it, and where others still gain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mechsim.facility import equilibrium_outcome
from mechsim.population import FloatArray
from mechsim.preferences import Line
from mechsim.studies import Results, Study, product

UNIT = Line(0.0, 1.0)
ROUNDS = 40
NEAR = 1e-6
HALVINGS = 50


@dataclass(frozen=True)
class Blend:
    """The median's and the mean's outcome, and the midrange, mixed: strict if the mean has weight.

    Weights sum to one.
    """

    name: str
    mean: float
    median: float
    midrange: float

    def __call__(self, reports: Sequence[Any] | FloatArray) -> float:
        """Where to build."""
        x = np.sort(np.asarray(reports, np.float64))
        middle = x[(len(x) - 1) // 2]
        ends = (x[0] + x[-1]) / 2
        return float(self.mean * x.mean() + self.median * middle + self.midrange * ends)

    def __str__(self) -> str:
        return self.name


Learn = Callable[[Blend, FloatArray, FloatArray, np.random.Generator], None]


def in_turn(rule: Blend, peaks: FloatArray, reports: FloatArray, rng: np.random.Generator) -> None:
    """Best responses, one agent after the other."""
    for agent in rng.permutation(len(peaks)).tolist():
        reports[agent] = best_response(rule, peaks, reports, agent)


def at_once(rule: Blend, peaks: FloatArray, reports: FloatArray, rng: np.random.Generator) -> None:
    """Half of the way to best responses, all agents at once."""
    answers = [best_response(rule, peaks, reports, agent) for agent in range(len(peaks))]
    reports += (np.array(answers) - reports) / 2


def gradient(rule: Blend, peaks: FloatArray, reports: FloatArray, rng: np.random.Generator) -> None:
    """Towards the peak, as far as the outcome misses it."""
    np.clip(reports + 2 * (peaks - rule(reports)), 0, 1, out=reports)


def best_response(rule: Blend, peaks: FloatArray, reports: FloatArray, agent: int) -> float:
    """A report that brings the outcome nearest to the peak; the present one if that does."""
    peak = peaks[agent]

    def outcome(report: float) -> float:
        tried = reports.copy()
        tried[agent] = report
        return rule(tried)

    if outcome(reports[agent]) == peak:
        return float(reports[agent])
    low, high = 0.0, 1.0
    if outcome(low) >= peak or outcome(high) <= peak:
        end = low if outcome(low) >= peak else high
        same = outcome(end) == outcome(reports[agent])
        return float(reports[agent]) if same else end
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if outcome(middle) < peak:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True)
class Way:
    """A way to learn, and what it is called."""

    name: str
    move: Learn

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Point:
    """Where the study measures."""

    rule: Blend
    learning: Way
    agents: int


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, Any]:
    """Distances from the outcome of the theorem, round by round."""
    peaks, reports = rng.random((2, point.agents))
    wanted = float(equilibrium_outcome(point.rule, peaks, UNIT))
    distances: list[float] = []
    left: list[float] = []
    for _ in range(ROUNDS + 1):
        distances.append(abs(point.rule(reports) - wanted))
        left.append(largest_gain(point.rule, peaks, reports))
        point.learning.move(point.rule, peaks, reports, rng)
    arrived = [float(distance < NEAR) for distance in distances]
    rounds = list(range(ROUNDS + 1))
    return {"round": rounds, "distance": distances, "arrived": arrived, "gain": left}


def largest_gain(rule: Blend, peaks: FloatArray, reports: FloatArray) -> float:
    """The most that an agent could gain by another report."""
    now = rule(reports)
    most = 0.0
    for agent, peak in enumerate(peaks.tolist()):
        ends: list[float] = []
        for end in (0.0, 1.0):
            tried = reports.copy()
            tried[agent] = end
            ends.append(rule(tried))
        best = abs(min(max(peak, ends[0]), ends[1]) - peak)
        most = max(most, abs(now - peak) - best)
    return most


def figure(results: Results) -> Any:
    """Who has arrived, and what is still to be gained, round by round."""
    from mechsim import plot

    most = max(results.records.column("agents"))
    table = results.summary().where("agents", most)
    measures = {
        "arrived": f"share of plays that are at\nthe theorem's outcome, {most} agents",
        "gain": "largest gain by\nanother report",
    }
    return plot.curves(
        table, measures, along="round", series="rule", panels="learning", log=("gain",)
    )


RULES = (
    Blend("mean", 1.0, 0.0, 0.0),
    Blend("half mean, half median", 0.5, 0.5, 0.0),
    Blend("half mean, half midrange", 0.5, 0.0, 0.5),
    Blend("median", 0.0, 1.0, 0.0),
)
WAYS = (Way("in turn", in_turn), Way("at once", at_once), Way("gradient", gradient))
POINTS = product(Point, RULES, WAYS, (3, 5, 9))
STUDY = Study(
    name="equilibrium-dynamics",
    question="Do agents learn the equilibrium of the theorem, and how fast?",
    points=POINTS,
    measure=measure,
    replicates=40,
    common=("rule", "learning"),
    quick_points=tuple(point for point in POINTS if point.agents == 3),
    figure=figure,
    conclusion="Best responses reach the outcome of the theorem within a few rounds under every "
    "strict rule.\nMoves at once take some forty; under the median, which is not, gradients fail.",
    index="round",
)
