r"""Myerson's lemma: if types are numbers, clicks rise with the bid and payments follow from them.

An agent of type :math:`v` that gets the amount :math:`c` (of clicks, or a share of an item) for the
payment :math:`t` has :math:`v c - t`.  For fixed reports of the others, :math:`c(z)` and
:math:`t(z)` are its *bid curve*, in expectation if there is chance.  A mechanism is strategyproof
if and only if on every bid curve

.. math:: c(z) \text{ never falls}, \qquad t(v) - t(u) = \int_u^v z \, dc(z) \quad \forall u < v.

On finitely many types, and on any points of a continuum, the second says that
:math:`z_k (c_{k+1} - c_k) \le t_{k+1} - t_k \le z_{k+1} (c_{k+1} - c_k)`, as nobody at one of two
neighbouring points gains by reporting the other.

References
----------
Myerson. Optimal Auction Design. Mathematics of Operations Research 6, 1981.
Archer, Tardos. Truthful Mechanisms for One-Parameter Agents. FOCS 2001.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, cast

from .._numbers import Number, show
from ..mechanism import Playable, play
from ..setting import Instance, Priced, require

Point = tuple[Any, Any, Any]
"""A bid, the amount that it gets, and the payment."""


class HasAmounts(Protocol):
    """A setting in which the value of an alternative is the type times an amount."""

    def amount(self, agent: int, alternative: Any, /) -> Number:
        """How much of it an agent gets."""
        ...


@dataclass(frozen=True)
class BidCurve:
    """What ``agent`` gets and pays for each of its reports, the others' being fixed."""

    instance: Instance
    agent: int

    def points(self, mechanism: Playable) -> list[Point]:
        """Each report with the amount and the payment, in increasing order of reports."""
        instance, agent = self.instance, self.agent
        require(instance.setting, "amount")
        setting = cast(HasAmounts, instance.setting)

        def amount(outcome: Any) -> Any:
            what = outcome.alternative if isinstance(outcome, Priced) else outcome
            return setting.amount(agent, what)

        def payment(outcome: Any) -> Any:
            return outcome.payments[agent] if isinstance(outcome, Priced) else 0

        found: list[Point] = []
        for report in sorted({instance.profile[agent], *instance.misreports(agent)}):
            lottery = play(mechanism, instance.replace(agent, report).reports)
            found.append((report, lottery.expect(amount), lottery.expect(payment)))
        return found


def _curves(instance: Instance) -> Iterator[BidCurve]:
    for agent in range(instance.agents):
        yield BidCurve(instance, agent)


@dataclass(frozen=True)
class MonotoneAllocation:
    """A higher bid never gets less.  The violation is the largest fall between two bids.

    The setting says how much an agent gets, by ``amount(agent, alternative)``.  A case is a whole
    bid curve: all types, or the reports that the setting proposes.
    """

    def cases(self, instance: Instance, /) -> Iterator[BidCurve]:
        """The bid curve of each agent."""
        return _curves(instance)

    def violation(self, mechanism: Playable, case: BidCurve, /) -> Any:
        """The largest fall."""
        _, _, fall = _largest_fall(case.points(mechanism))
        return fall

    def explain(self, mechanism: Playable, case: BidCurve, /) -> str:
        """Where it falls."""
        (low, more, _), (high, less, _), _ = _largest_fall(case.points(mechanism))
        who = case.instance.name(case.agent)
        return (
            f"against the others at {case.instance.tell_reports()}, {who} gets {show(more)} by "
            f"bidding {show(low)} and {show(less)} by bidding {show(high)}, which is more"
        )


@dataclass(frozen=True)
class PaymentIdentity:
    """What a higher bid pays more is what it gets more, at bids in between.

    The violation is the largest distance from what the identity allows between neighbouring bids.
    It says nothing where a higher bid gets less, which `MonotoneAllocation` forbids.
    """

    def cases(self, instance: Instance, /) -> Iterator[BidCurve]:
        """The bid curve of each agent."""
        return _curves(instance)

    def violation(self, mechanism: Playable, case: BidCurve, /) -> Any:
        """The largest distance."""
        _, _, distance = _furthest(case.points(mechanism))
        return distance

    def explain(self, mechanism: Playable, case: BidCurve, /) -> str:
        """Where the payment is furthest off."""
        (low, less, before), (high, more, after), _ = _furthest(case.points(mechanism))
        who = case.instance.name(case.agent)
        return (
            f"against the others at {case.instance.tell_reports()}, {who} pays "
            f"{show(after - before)} more by bidding {show(high)} instead of {show(low)}; the "
            f"{show(more - less)} it gets more are worth from {show(low * (more - less))} to "
            f"{show(high * (more - less))}"
        )


def _largest_fall(curve: list[Point]) -> tuple[Point, Point, Any]:
    """Two points with the largest fall from the one to a later one."""
    top = curve[0]
    worst = (curve[0], curve[0], 0 * curve[0][1])
    for point in curve[1:]:
        if top[1] - point[1] > worst[2]:
            worst = (top, point, top[1] - point[1])
        if point[1] > top[1]:
            top = point
    return worst


def _furthest(curve: list[Point]) -> tuple[Point, Point, Any]:
    worst = (curve[0], curve[0], 0 * curve[0][2])
    for low, high in pairwise(curve):
        rise, paid = high[1] - low[1], high[2] - low[2]
        if rise >= 0:
            distance = max(low[0] * rise - paid, paid - high[0] * rise)
            if distance > worst[2]:
                worst = (low, high, distance)
    return worst
