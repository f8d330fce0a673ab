r"""The reporting game of a rule: agents who want the facility near choose what to report.

Let :math:`f` be continuous and strictly monotone on :math:`[l, h]`: a report that rises raises the
outcome.  Given what the others report, agent :math:`i` with peak :math:`x_i` can bring about every
outcome from :math:`f(l, r_{-i})` to :math:`f(h, r_{-i})` and no other, so reports :math:`r` are an
equilibrium, in which no agent gains by another report, exactly if

.. math:: f(r) = \mathrm{med}\bigl(x_i,\ f(l, r_{-i}),\ f(h, r_{-i})\bigr) \qquad \forall i.

**Theorem.**  Let :math:`a_S` be the outcome where the agents of :math:`S` report :math:`h` and the
others :math:`l`.  All equilibria have one outcome, the only :math:`y` with

.. math:: a_{\{i : x_i > y\}} \ \le\ y \ \le\ a_{\{i : x_i \ge y\}},
   \qquad y = \max_S \min\bigl(a_S,\ \min_{i \in S} x_i\bigr).

*Proof.*  In an equilibrium with outcome :math:`y` whoever has :math:`x_i < y` reports :math:`l`, as
a lower report would lower the outcome, and whoever has :math:`x_i > y` reports :math:`h`.  Whatever
the others report, :math:`y` lies between the two outcomes above.  There is one such :math:`y`: for
:math:`y' > y`, :math:`a_{\{x_i \ge y'\}} \le a_{\{x_i > y\}} \le y < y'`.  And the agents with
:math:`x_i = y`, if they all move from :math:`l` to :math:`h`, pass an equilibrium.

So what a manipulable rule does in equilibrium is a generalized median of the peaks, which is
strategyproof.  If the rule is proportional, :math:`a_S` lies :math:`|S|/n` of the way from
:math:`l` to :math:`h`, and the outcome is that of Uniform Phantom.  Strictness is needed: Uniform
Phantom itself has equilibria with other outcomes.

References
----------
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location.
arXiv:2111.01566.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import Number, distance, real, sequence, whole
from .._text import brief
from ..mechanism import Playable
from ..preferences.single_peaked import Line, Point, Points
from ..preferences.tastes import Distance, SinglePeaked
from .trajectory import Trajectory

Given: TypeAlias = Sequence[Number] | npt.NDArray[Any]
"""One number an agent: a tuple, a list, an array or a column."""

HALVINGS = 64
"""How often an interval of reports is halved in search of one that fractions may not contain."""


def gains(rule: Playable, peaks: Given, reports: Given, setting: Line | None = None) -> Points:
    """How much nearer to its peak each agent could bring the outcome by another report.

    Two outcomes an agent are computed.  Where ``setting`` has finitely many points, all of them
    are tried as reports, and nothing is asked of the rule.

    Parameters
    ----------
    rule : rule or function
        From reports to an outcome; continuous and monotone, not necessarily strictly.
    peaks : (agents,) numbers
        Where the agents want the facility, any unit of length.
    reports : (agents,) numbers
        What they say.
    setting : Line, optional
        Where reports may lie; by default that of the rule, and [0, 1] if it says nothing, as plain
        functions and rules for the whole line do.

    Raises
    ------
    ValueError
        If the setting lacks an end, its agents do not want the facility near, or the rule returns
        a lottery.
    """
    game = _Game.of(rule, peaks, reports, setting)
    return tuple(game.gain(agent) for agent in range(len(game.peaks)))


def is_equilibrium(
    rule: Playable, peaks: Given, reports: Given, setting: Line | None = None
) -> bool:
    """Whether no agent gains by another report, exactly where numbers are exact; as `gains`.

    Of floats ask whether `gains` are small.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from mechsim.facility import Mean
    >>> is_equilibrium(Mean(), peaks=(0, Fraction(1, 4), 1), reports=(0, 0, 1))
    True
    >>> is_equilibrium(Mean(), peaks=(0, Fraction(1, 2), 1), reports=(0, 0, 1))
    False
    """
    game = _Game.of(rule, peaks, reports, setting)
    return not any(game.gain(agent) for agent in range(len(game.peaks)))


def equilibrium_outcome(rule: Playable, peaks: Given, setting: Line | None = None) -> Point:
    """The outcome of every equilibrium, from at most ``agents + 1`` outcomes of the rule.

    Parameters
    ----------
    rule : rule or function
        Continuous and strictly monotone, or the answer means nothing.
    peaks, setting
        As in `gains`.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from mechsim.facility import Mean
    >>> equilibrium_outcome(Mean(), (0, Fraction(1, 2), 1))
    Fraction(1, 2)
    >>> equilibrium_outcome(Mean(), (0, Fraction(1, 4), 1))
    Fraction(1, 3)
    """
    return _Game.of(rule, peaks, peaks, setting).outcome()


def equilibrium(rule: Playable, peaks: Given, setting: Line | None = None) -> Points:
    """Reports in equilibrium: the outcome is that of `equilibrium_outcome`.

    Agents with lower peaks report the low end, those with higher peaks the high end, and those
    whose peak it is all report the same.  Where that report is the solution of a piecewise linear
    equation it is exact, which affine rules always give; otherwise, as for the mean of squares, it
    is known to ``2**-64`` of the length, and of floats as well as they can.

    Parameters
    ----------
    rule : rule or function
        Continuous and strictly monotone, or the answer means nothing.
    peaks, setting
        As in `gains`.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from mechsim.facility import Mean
    >>> print(*equilibrium(Mean(), (0, Fraction(1, 2), Fraction(1, 2))))
    0 3/4 3/4
    """
    game = _Game.of(rule, peaks, peaks, setting)
    outcome = game.outcome()
    return game.reporting(outcome, game.report_for(lambda t: game.reporting(outcome, t), outcome))


def best_response_dynamics(
    rule: Playable,
    peaks: Given,
    start: Given,
    rng: np.random.Generator | None = None,
    *,
    rounds: int = 10_000,
    setting: Line | None = None,
) -> Trajectory:
    """Agents take turns to report what is best for them, until nobody gains any more.

    With a continuous and strictly monotone rule that happens after finitely many moves.  Once the
    outcome is among the peaks, those with the highest peak only ever raise their reports, each time
    bringing the outcome back to their peak or ending at the high end; that cannot go on forever,
    and when it is over the same holds for those with the highest peak but one.  It takes long where
    two peaks beside the outcome are close, as every move is then a short one.

    Parameters
    ----------
    rule : rule or function
        Monotone in each report.
    peaks, setting
        As in `gains`.
    start : (agents,) numbers
        The first reports.
    rng : numpy Generator, optional
        Each round is in a random order; by default in that of the agents.
    rounds : int
        How many rounds at most.

    Returns
    -------
    Trajectory
        Every move, and whether the last round had none.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from mechsim.facility import Mean
    >>> print(best_response_dynamics(Mean(), (0, Fraction(1, 4), 1), (0, 0, 0)))
    Mean, peaks (0, 1/4, 1): settled after 3 moves at 1/3
    move   agent  report  outcome
    -----  -----  ------  -------
    start                       0
    1          1     3/4      1/4
    2          2       1     7/12
    3          1       0      1/3
    """
    whole(rounds, "rounds", least=1)
    game = _Game.of(rule, peaks, start, setting)
    agents = len(game.peaks)
    movers: list[int] = []
    states = [game.reports]
    outcomes = [game.play(game.reports)]
    settled = False
    for _ in range(rounds):
        before = len(movers)
        for agent in range(agents) if rng is None else rng.permutation(agents).tolist():
            report = game.best_response(agent)
            changed = game.replace(agent, report)
            outcome = game.play(changed.reports)
            peak = game.peaks[agent]
            if distance(outcome, peak) < distance(outcomes[-1], peak):
                game = changed
                movers.append(agent)
                states.append(game.reports)
                outcomes.append(outcome)
        settled = len(movers) == before
        if settled:
            break
    return Trajectory(rule, game.peaks, tuple(movers), tuple(states), tuple(outcomes), settled)


@dataclass(frozen=True)
class _Game:
    """A rule, what the agents want, and what they say now."""

    rule: Playable
    line: Line
    peaks: Points
    reports: Points

    @staticmethod
    def of(rule: Playable, peaks: Given, reports: Given, setting: Line | None) -> "_Game":
        """The game, if the arguments make one."""
        line = setting if setting is not None else getattr(rule, "setting", Line())
        if setting is None and (line.low, line.high) == (-math.inf, math.inf):
            line = Line(0, 1, tastes=line.tastes)
        line.require_bounds("the reporting game")
        if not isinstance(line.tastes, (Distance, SinglePeaked)):
            raise ValueError(f"setting is {line}: its agents must want the facility near")
        wanted = Line(line.low, line.high)._read(sequence(peaks, "peaks"), "peaks")
        said = line._read(sequence(reports, "reports"), "reports")
        if len(wanted) != len(said):
            raise ValueError(f"reports has {len(said)} entries: there are {len(wanted)} peaks")
        if any(isinstance(number, float) for number in (*wanted, *said)):
            line = Line(float(line.low), float(line.high), line.points, line.tastes)
        return _Game(rule, line, wanted, said)

    def play(self, reports: Points) -> Point:
        """The outcome, which must be a number."""
        outcome: Any = self.rule(reports)
        if isinstance(outcome, (Fraction, float)):  # the name is put together only to complain
            return outcome
        return real(outcome, f"the outcome of {brief(self.rule)}")

    def replace(self, agent: int, report: Point) -> "_Game":
        """The same, but ``agent`` says something else."""
        reports = (*self.reports[:agent], report, *self.reports[agent + 1 :])
        return _Game(self.rule, self.line, self.peaks, reports)

    def gain(self, agent: int) -> Number:
        """How much nearer to its peak ``agent`` can bring the outcome."""
        peak, ends = self.peaks[agent], self.line.points or (self.line.low, self.line.high)
        outcomes = [self.play(self.replace(agent, end).reports) for end in ends]
        if self.line.points is None:
            least, most = outcomes
            outcomes = [min(max(peak, least), most)]
        best = min(distance(outcome, peak) for outcome in outcomes)
        return distance(self.play(self.reports), peak) - best

    def best_response(self, agent: int) -> Point:
        """A report of ``agent`` that brings the outcome as near to its peak as can be."""
        peak = self.peaks[agent]

        def reports(report: Point) -> Points:
            return self.replace(agent, report).reports

        if self.line.points is None:
            return self.report_for(reports, peak)
        return min(self.line.points, key=lambda t: distance(self.play(reports(t)), peak))

    def outcome(self) -> Point:
        """The outcome of every equilibrium, if the rule is continuous and strictly monotone."""
        if self.line.points is not None:
            raise ValueError(f"setting is {self.line}: reports must lie anywhere between the ends")
        low, high = self.line.low, self.line.high
        best = self.play((low,) * len(self.peaks))
        for peak in dict.fromkeys(self.peaks):
            height = self.play(tuple(high if other >= peak else low for other in self.peaks))
            best = max(best, min(peak, height))
        return best

    def reporting(self, outcome: Point, report: Point) -> Points:
        """Those whose peak is ``outcome`` say ``report``, all others exaggerate."""
        low, high = self.line.low, self.line.high
        return tuple(low if x < outcome else high if x > outcome else report for x in self.peaks)

    def report_for(self, reports: Callable[[Point], Points], outcome: Point) -> Point:
        """The report that makes the outcome of ``reports(report)`` this, or an end of the line.

        Halving finds it in the end; the zeros of lines through what is known on either side, and
        through both, are tried on the way.  On a piecewise linear curve one of them is it as soon
        as two points are on its piece.
        """
        low, high = self.line.low, self.line.high
        below, above = [(low, self.play(reports(low)))], [(high, self.play(reports(high)))]
        if below[0][1] >= outcome or above[0][1] <= outcome:
            return low if below[0][1] >= outcome else high
        for _ in range(HALVINGS):
            for line in ((below[-1], above[-1]), *pairwise(below[-2:]), *pairwise(above[-2:])):
                report = _zero(line, outcome)
                if report is not None and below[-1][0] < report < above[-1][0]:
                    reached = self.play(reports(report))
                    if reached == outcome:
                        return report
            middle = (below[-1][0] + above[-1][0]) / 2
            if not below[-1][0] < middle < above[-1][0]:
                break
            reached = self.play(reports(middle))
            if reached == outcome:
                return middle
            (below if reached < outcome else above).append((middle, reached))
        return min(below[-1], above[-1], key=lambda point: distance(point[1], outcome))[0]


def _zero(line: tuple[tuple[Point, Point], tuple[Point, Point]], outcome: Point) -> Point | None:
    """Where the line through two points of a curve attains ``outcome``."""
    (a, at_a), (b, at_b) = line
    return None if at_a == at_b else a + (outcome - at_a) * (b - a) / (at_b - at_a)
