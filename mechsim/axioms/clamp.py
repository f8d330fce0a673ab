r"""The clamp identity: seen from one agent, the outcome is its report, clamped to an interval.

With :math:`a` and :math:`b` the lowest and the highest report there is,

.. math:: f(x) = \mathrm{med}\bigl(x_i,\ f(a, x_{-i}),\ f(b, x_{-i})\bigr) \qquad \forall i,\ x.

*What it implies.*  A report moves the outcome only within an interval that the others set, and the
truth brings it as near to the peak as that interval allows: so no agent can manipulate, nor any
coalition, whatever single-peaked preference goes with a peak.

*What implies it.*  Suppose no agent can manipulate, whatever single-peaked preference it has, and
:math:`y = f(x) < x_i`.  No other report of the agent brings more than :math:`y`, which some
preference with peak :math:`x_i` would like better; and with peak :math:`b` it would like :math:`y`
better than anything less.  So :math:`f(a, x_{-i}) \le y = f(b, x_{-i})`, and the identity holds.
Likewise for :math:`y > x_i`.  If :math:`y = x_i`, then with peak :math:`a` it would like :math:`y`
better than anything more, so :math:`f(a, x_{-i}) \le y`, and likewise :math:`y \le f(b, x_{-i})`.
No continuity is used.

*Its limits.*  It takes two further outcomes an agent where strategyproofness takes one for each
misreport, but it proves something about an agent's reports only once it holds for all of them.
Where agents mind distance alone, on either side alike, it is not necessary: building at the nearer
of two points is then strategyproof and no clamp.  There a profile that breaks it calls for a
search for an actual gain.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
Border, Jordan. Straightforward elections, unanimity and phantom voters. Review of Economic
Studies 50, 1983.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import distance, is_ball, show
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..setting import Instance, Undecided, unpriced
from .intervals import Interval, on_a_line


@dataclass(frozen=True)
class Seen:
    """The outcome as ``agent`` sees it: its report, clamped."""

    instance: Instance
    agent: int

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent."""
        if not 0 <= self.agent < self.instance.agents:
            raise ValueError(f"agent is {self.agent}: there are {self.instance.agents} agents")

    @property
    def extremes(self) -> Interval:
        """The lowest and the highest report that the agent might make."""
        line = on_a_line(self.instance)
        if line.points is not None:
            return line.points[0], line.points[-1]
        line.require_bounds("the clamp identity")
        return line.low, line.high


@dataclass(frozen=True)
class ClampIdentity:
    """The outcome is each agent's report, clamped.  The violation is the distance from there.

    It is about rules; `Universally` asks it of each rule that a mechanism with chance may draw.
    """

    def cases(self, instance: Instance, /) -> Iterator[Seen]:
        """Each agent."""
        on_a_line(instance)
        for agent in range(instance.agents):
            yield Seen(instance, agent)

    def violation(self, mechanism: Playable, case: Seen, /) -> Any:
        """How far the outcome is from the clamped report."""
        outcome, clamped, _, _ = _clamped(mechanism, case)
        return Fraction(0) if clamped is outcome else distance(outcome, clamped)

    def explain(self, mechanism: Playable, case: Seen, /) -> str:
        """Where the clamped report is, and where the outcome."""
        outcome, clamped, low, high = _clamped(mechanism, case)
        instance = case.instance
        a, b = map(show, case.extremes)
        return (
            f"at {instance.tell_reports()}, the outcome would be {show(low)} if "
            f"{instance.name(case.agent)} reported {a} and {show(high)} if it reported {b}; its "
            f"report clamped between them is {show(clamped)}, and the outcome is {show(outcome)}"
        )


def _clamped(mechanism: Playable, case: Seen) -> tuple[Any, Any, Any, Any]:
    """The outcome, the clamped report, and what it is clamped between."""
    instance, agent = case.instance, case.agent
    low, high = (_outcome(mechanism, instance.replace(agent, extreme)) for extreme in case.extremes)
    outcome, report = _outcome(mechanism, instance), instance.profile[agent]
    clamped = _median(report, low, high)
    if report in case.extremes:  # then the outcome is low or high, though a ball cannot tell
        other = high if report == case.extremes[0] else low
        if report <= outcome <= other or other <= outcome <= report:
            clamped = outcome
    return outcome, clamped, low, high


def _median(*numbers: Any) -> Any:
    """The middle of three; of balls a ball that surely covers it."""
    if not any(map(is_ball, numbers)):
        return sorted(numbers)[1]
    a, b, c = numbers
    low, high = (a + b - abs(a - b)) / 2, (a + b + abs(a - b)) / 2
    below = (high + c - abs(high - c)) / 2  # the smaller of the higher of a and b, and c
    return (low + below + abs(low - below)) / 2


def _outcome(mechanism: Playable, instance: Instance) -> Any:
    lottery = play(mechanism, instance.reports)
    if is_finite(lottery) and len(lottery.support) == 1:
        return unpriced(lottery.support[0])
    raise Undecided(
        "the clamp identity is about rules, and here chance decides; "
        "Universally asks it of each rule that may be drawn"
    )
