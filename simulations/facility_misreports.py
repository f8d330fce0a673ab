r"""What becomes of mean, median and Uniform Phantom when agents learn to misreport.

**Question.**  Agents with random peaks on [0, 1] begin with the truth; then those who are strategic
move, in random order, to reports that bring the facility nearest to their peak.  Where does it end,
and at what cost, if some, or all, are strategic?

**What the table answers.**  One row a rule, number of agents, share of strategic agents and
replicate; the peaks are the same for all rules.

- ``moves``: moves until nobody gains by another; ``settled``: whether that was reached.
- ``shift``: how far the facility ends from where truthful reports put it.
- ``from phantom``: how far it ends from where Uniform Phantom puts it for the true peaks.
- ``at ends``: the share of strategic agents whose last report is 0 or 1.
- ``cost``, ``truthful cost``: distance of the average agent from the facility at the end, and with
  truthful reports; ``farthest``, ``truthful farthest``: of the farthest agent.
- ``gain``: the most that a strategic agent could still gain.

**What is found.**  Under the mean, all strategic agents but one or two exaggerate to an end, and
the facility ends where Uniform Phantom puts it, to the last digit: the equilibrium theorem.  With
fewer of them it moves part of the way.  Under the median and Uniform Phantom nobody ever moves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mechsim.facility import Mean, Median, UniformPhantom, best_response_dynamics, gains
from mechsim.preferences import Line
from mechsim.studies import Results, Study, product

UNIT = Line(0.0, 1.0)
NEAR = 1e-9


@dataclass(frozen=True)
class Point:
    """Where the study measures: ``strategic`` is the share of agents who are."""

    rule: Any
    agents: int
    strategic: float


@dataclass(frozen=True)
class Beside:
    """A rule among agents of whom some always report the same."""

    rule: Any
    fixed: tuple[float, ...]

    def __call__(self, reports: Sequence[Any]) -> Any:
        """Where to build for the reports of the others."""
        return self.rule((*reports, *self.fixed))


def measure(point: Point, rng: np.random.Generator) -> Mapping[str, float]:
    """Moves from the truth until nobody gains."""
    peaks = rng.random(point.agents).tolist()
    moving = round(point.strategic * point.agents)
    rule = Beside(point.rule, tuple(peaks[moving:]))
    truth = float(point.rule(tuple(peaks)))
    moves, settled, reports = 0, True, tuple(peaks[:moving])
    if moving:
        play = best_response_dynamics(rule, reports, reports, rng, setting=UNIT)
        moves, settled, reports = len(play), play.settled, tuple(map(float, play.final))
    outcome = float(rule(reports))
    left = gains(rule, peaks[:moving], reports, UNIT) if moving else (0.0,)
    away, before = (np.abs(np.array(peaks) - place) for place in (outcome, truth))
    return {
        "moves": float(moves),
        "settled": float(settled),
        "shift": abs(outcome - truth),
        "from phantom": abs(outcome - float(UniformPhantom(UNIT)(tuple(peaks)))),
        "at ends": float(np.mean([r in (0.0, 1.0) for r in reports])) if moving else 0.0,
        "cost": float(away.mean()),
        "truthful cost": float(before.mean()),
        "farthest": float(away.max()),
        "truthful farthest": float(before.max()),
        "gain": float(max(left)),
    }


def figure(results: Results) -> Any:
    """Against the share of strategic agents: how far from truth, and from Uniform Phantom."""
    from mechsim import plot

    measures = {
        "shift": "distance from the\ntruthful outcome",
        "from phantom": "distance from\nUniform Phantom's outcome",
        "at ends": "share of the strategic\nwho report an end",
        "moves": "moves",
    }
    return plot.curves(
        results.summary(),
        measures,
        along="strategic",
        series="rule",
        panels="agents",
        label="share of strategic agents",
    )


RULES = (Mean(UNIT), Median(UNIT), UniformPhantom(UNIT))
POINTS = product(Point, RULES, (5, 11, 21), (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
STUDY = Study(
    name="facility-misreports",
    question="Where does misreporting lead under mean, median and Uniform Phantom?",
    points=POINTS,
    measure=measure,
    replicates=60,
    common=("rule", "strategic"),
    quick_points=tuple(point for point in POINTS if point.agents == 5),
    quick_replicates=5,
    figure=figure,
    conclusion="If all are strategic the mean builds where Uniform Phantom would for the truth.\n"
    "Under the median and Uniform Phantom nobody ever moves.",
)
