r"""Monotonicity: when reports rise, the outcome does not fall; strictly, it rises.

.. math:: x' \ge x \implies f(x') \ge f(x), \qquad\qquad
          x' \ge x,\ x' \ne x \implies f(x') > f(x).

One report rising at a time leads from any profile to any higher one, so such increases are the
cases; where reports are finitely many, steps to the next higher one.

Of lotteries the expected outcomes are compared, and nothing else: a lottery may become wider.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from .._numbers import is_ball, show
from ..lottery import Lottery
from ..mechanism import Playable, play
from ..population import Reports
from ..program import Terms
from ..setting import Instance, Undecided
from ._base import positive, scale_of
from ._sought import Sought, replaced, share
from .intervals import on_a_line
from .strategyproof import Misreport
from .unanimous import is_number

SEEN = 1e-6
"""Increases above this, in units of the line, must raise an outcome that is a float."""


@dataclass(frozen=True)
class Increase:
    """``agent`` reports ``report``, which is higher than what it reports in ``instance``."""

    instance: Instance
    agent: int
    report: Any

    def validate(self) -> None:
        """Raise `ValueError` unless this is an agent and its report rises to another type."""
        Misreport(self.instance, self.agent, self.report).validate()
        before = self.instance.profile[self.agent]
        if not self.report > before:
            raise ValueError(f"report is {show(self.report)}: it must be above {show(before)}")

    @property
    def reports(self) -> Reports:
        """What the mechanism is told after the increase."""
        return self.instance.replace(self.agent, self.report).reports


@dataclass(frozen=True)
class Monotone:
    """No increase of a report lowers the outcome.  The violation is by how much it falls.

    Of a lottery this is about the expected outcome.
    """

    straight: ClassVar[bool] = True
    """On a line it is linear between peaks and what is halfway between two of them."""

    def cases(self, instance: Instance, /) -> Iterator[Increase]:
        """Each agent, rising to the next of its types, or to any that its setting proposes."""
        on_a_line(instance)
        for agent, report in enumerate(instance.profile):
            higher = [other for other in instance.misreports(agent) if other > report]
            if higher and instance.setting.types(agent) is not None:
                higher = [min(higher)]
            for other in higher:
                yield Increase(instance, agent, other)

    def violation(self, mechanism: Playable, case: Increase, /) -> Any:
        """By how much the expected outcome falls."""
        before, after = play(mechanism, case.instance.reports), play(mechanism, case.reports)
        return _place(before) - _place(after)

    def rows(self, sought: Sought, /) -> None:
        """One row an agent, profile and next higher report."""
        place_of = [share(_number(one), "an alternative") for one in sought.alternatives]
        for agent in range(sought.agents):
            order = np.argsort(np.array([float(one) for one in sought.types[agent]]))
            rank = np.argsort(order)
            place, lie = sought.departures(agent)
            told = sought.profiles[place]
            rises = rank[lie] == rank[told[:, agent]] + 1
            place, lie, told = place[rises], lie[rises], told[rises]
            row = np.arange(len(place))[:, None]
            sought.at_most(
                f"the outcome at {{0}} is not above that where agent {agent} reports {{1}}",
                (sought.told(place), sought.told_types(agent, lie)),
                0,
                Terms(sought.lottery(told), place_of, row),
                Terms(sought.lottery(replaced(told, agent, lie)), [-y for y in place_of], row),
            )

    def explain(self, mechanism: Playable, case: Increase, /) -> str:
        """The increase, and how far the outcome falls."""
        return _explained(mechanism, case)


@dataclass(frozen=True)
class StrictlyMonotone:
    """Every increase of a report raises the outcome.

    The violation is 1 where the outcome does not rise: a tie breaks the axiom, though nothing
    falls.  Where the difference is a ball that may or may not be positive, it is the violation.
    Of a lottery this is about the expected outcome.  An outcome in floats is not asked to rise with
    a report that rises by less than a millionth of the line.
    """

    def cases(self, instance: Instance, /) -> Iterator[Increase]:
        """Those of monotonicity."""
        return Monotone().cases(instance)

    def violation(self, mechanism: Playable, case: Increase, /) -> Any:
        """Whether the expected outcome fails to rise."""
        fall = Monotone().violation(mechanism, case)
        if is_ball(fall) and not (fall < 0 or fall >= 0):
            return fall  # to be refined, or given up, by whoever asked
        if not isinstance(fall, float):
            return Fraction(fall >= 0)
        rise = case.report - case.instance.profile[case.agent]
        unseen = rise <= SEEN * scale_of(case.instance.setting)  # a float may be too coarse for it
        return float(positive(fall) if unseen else fall >= 0)

    def explain(self, mechanism: Playable, case: Increase, /) -> str:
        """The increase that does not raise the outcome."""
        return _explained(mechanism, case)


def _place(lottery: Lottery[Any]) -> Any:
    """The expected outcome."""
    return lottery.expect(_number)


def _number(outcome: Any) -> Any:
    if not is_number(outcome):
        raise Undecided(f"monotonicity is about numbers, and {show(outcome)} is none")
    return outcome


def _explained(mechanism: Playable, case: Increase) -> str:
    instance = case.instance
    lotteries = play(mechanism, instance.reports), play(mechanism, case.reports)
    before, after = map(_place, lotteries)
    chance = any(len(getattr(lottery, "support", ())) != 1 for lottery in lotteries)
    what = "the expected outcome" if chance else "the outcome"
    stays = f"{what} stays at {show(before)}"
    falls = f"{what} falls from {show(before)} to {show(after)}"
    was = show(instance.profile[case.agent])
    return (
        f"at {instance.tell_reports()}, {instance.name(case.agent)} reports {show(case.report)} "
        f"instead of {was}, and {stays if before == after else falls}"
    )
