"""What each report would cost an agent: the numbers behind the picture of its misreports."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from .._numbers import Number, distance
from ..axioms._base import TOLERANCE, positive, scale_of
from ..mechanism import LARGE, Playable, play
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line
from ..setting import Instance, utility
from ._marks import ends
from ._reading import MANY, classes

STEPS = 96
"""A continuum is tried at so many equal steps, and where the cost bends or jumps between them."""

PEAKS = 40
"""So many of the others' reports are tried too."""

HALVINGS = 6
"""How often a stretch in which the cost jumps is halved."""


@dataclass(frozen=True)
class Tried:
    """The cost of each report, by increasing report.

    ``exhaustive`` says that there are no other reports, ``scale`` how large the numbers are.
    """

    truth: Number
    costs: dict[Number, Any]
    scale: float
    exhaustive: bool

    @property
    def reports(self) -> FloatArray:
        """The reports, (tried,) float64, any unit of length."""
        return np.array([float(report) for report in self.costs])

    @property
    def honest(self) -> Any:
        """The cost of the truth."""
        return self.costs[self.truth]

    @property
    def best(self) -> Number:
        """The report that costs least; of several the one nearest to the truth."""
        return min(self.costs, key=lambda r: (self.costs[r], distance(r, self.truth)))

    @property
    def gain(self) -> Any:
        """What the best report saves, exactly where numbers are; 0 if that is but rounding."""
        gain = self.honest - self.costs[self.best]
        return gain if positive(gain, self.scale) else 0


def try_reports(mechanism: Playable, instance: Instance, agent: int) -> Tried:
    """Every type where they are finitely many; else a grid, others' reports, bends and jumps."""
    cost = cost_of(mechanism, instance, agent)
    setting, profile = instance.setting, instance.profile
    truth, types, scale = profile[agent], setting.types(agent), scale_of(setting)
    if types is not None:
        all_types = sorted({truth, *types})
        return Tried(truth, {report: cost(report) for report in all_types}, scale, exhaustive=True)
    line = setting
    if not setting.bounded:
        peaks = classes(instance)[0]
        reach = np.ptp(peaks)
        low, high = ends(setting, peaks - reach, peaks + reach)
        line = Line(Fraction(low), Fraction(high))
    grid = [line.at(Fraction(k, STEPS)) for k in range(STEPS + 1)]
    others = list(dict.fromkeys(profile))[:PEAKS]
    costs = {report: cost(report) for report in sorted({truth, *grid, *others})}
    for look in (bends, bends, *[jumps] * HALVINGS):
        found = {report: cost(report) for report in look(costs, TOLERANCE * scale)}
        costs = dict(sorted((costs | found).items()))
    return Tried(truth, costs, scale, exhaustive=False)


def cost_of(mechanism: Playable, instance: Instance, agent: int) -> Callable[[Number], Any]:
    """The expected cost of a report to ``agent``, as a function of the report."""
    setting, profile = instance.setting, instance.profile
    truth = profile[agent]
    counted = hasattr(mechanism, "of_population") and len(profile) > MANY
    array = np.array(profile, np.float64) if counted and len(profile) > LARGE else None

    def told(report: Number) -> Any:
        if array is not None:
            lied = array.copy()
            lied[agent] = report
            return Population(lied)
        reports = (*profile[:agent], report, *profile[agent + 1 :])
        return Population(reports) if counted else reports

    def cost(report: Number) -> Any:
        lottery = play(mechanism, told(report))
        return -lottery.expect(lambda outcome: utility(setting, agent, truth, outcome))

    return cost


def bends(costs: dict[Number, Any], rounding: float) -> Iterator[Number]:
    """Where the straight lines before and after a stretch meet inside it.

    If the cost is piecewise linear with one bend in the stretch, that is where it bends, exactly.
    """
    points = list(costs.items())
    slopes = [(d - c) / (s - r) for (r, c), (s, d) in pairwise(points)]
    for k in range(1, len(slopes) - 1):
        (r, c), (s, d) = points[k : k + 2]
        before, here, after = slopes[k - 1 : k + 2]
        off = (abs(one - other) * (s - r) for one, other in ((before, here), (here, after)))
        if before != after and min(off) > rounding:
            report = (d - c + before * r - after * s) / (before - after)
            if r < report < s:
                yield report


def jumps(costs: dict[Number, Any], rounding: float) -> Iterator[Number]:
    """The middle of each stretch in which the cost changes by a good part of all its changes."""
    good_part = max((max(costs.values()) - min(costs.values())) / 20, rounding)
    for (r, c), (s, d) in pairwise(costs.items()):
        if abs(d - c) > good_part:
            yield (r + s) / 2
