r"""What can be asked of a stream: each question is a function of what is known, `Steps`.

It returns the answer, or which cells that depends on.  All answers are those of the definitions,
not estimates: floats are exact values rounded once.

Where nothing tells where the answer lies, a question bounds what each cell can contribute and
looks into those only that may still hold the best.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol, TypeAlias

import numpy as np

from ..._numbers import show, whole
from ...population import FloatArray
from ...preferences.single_peaked import Line
from .._phantoms import falling
from ..constant import Constant
from ..fairness import Guarantee, individual, proportional, unanimous
from ..farther_end import FartherEnd
from ..left_right_middle import LeftRightMiddle
from ..mean import Mean
from ..midrange import Midrange
from .steps import Steps, Unclear, bracketed, rounded

SLACK = 1e-12
"""By this share of the numbers in it a bound in floats may be wrong."""


class Question(Protocol):
    """A function of what is known of a stream; where it has ``summed``, true, of sums too."""

    def __call__(self, steps: Steps, /) -> Any:
        """The answer, or `Unclear`."""
        ...


Form: TypeAlias = Callable[[Any, Steps], Any]


def _midrange(rule: Midrange, steps: Steps) -> float:
    low, high = steps.ends
    return low + (high - low) / 2


def _mean(rule: Mean, steps: Steps) -> float:
    return float(steps.total / steps.agents)


def _left_right_middle(rule: LeftRightMiddle, steps: Steps) -> Any:
    return rule(steps.ends)  # it looks at the ends only


def _farther_end(rule: FartherEnd, steps: Steps) -> float | Unclear:
    low, high = rule.setting.low, rule.setting.high
    middle = rule.setting.at(Fraction(1, 2))
    place = float(middle)
    if place > middle:
        place = float(np.nextafter(place, -np.inf))
    lower = steps.upto_place(place)
    if isinstance(lower, Unclear):
        return lower
    return float(high if 2 * lower >= steps.agents else low)


FORMS: dict[type, Form] = {
    Constant: lambda rule, steps: float(rule.place),
    FartherEnd: _farther_end,
    LeftRightMiddle: _left_right_middle,
    Mean: _mean,
    Midrange: _midrange,
}
"""Rules that have no phantoms and yet a form for streams."""


def has_form(rule: Any) -> bool:
    """Whether where ``rule`` builds can be asked of a stream."""
    return hasattr(rule, "phantoms") or type(rule) in FORMS


@dataclass(frozen=True)
class Outcome:
    """Where a rule builds: that of the definition, to the last bit; a lottery if it is one.

    Parameters
    ----------
    rule : mechanism
        One with phantoms, or the mean, the midrange, left-right-middle, the farther end, or a
        constant.

    Raises
    ------
    ValueError
        If the rule has no form for streams, as Random Rank, whose lottery lists all reports.
    """

    rule: Any

    def __post_init__(self) -> None:
        if not has_form(self.rule):
            raise ValueError(
                f"rule is {self.rule}: it has no form for streams; those with phantoms have, and "
                + ", ".join(sorted(kind.__name__ for kind in FORMS))
            )

    @property
    def summed(self) -> bool:
        """Whether sums are needed."""
        return isinstance(self.rule, Mean)

    def __call__(self, steps: Steps, /) -> Any:
        """The outcome."""
        if hasattr(self.rule, "phantoms"):
            curve = falling(self.rule.phantoms(steps.agents), steps.agents)
            return steps.crossing(bracketed(curve))
        return FORMS[type(self.rule)](self.rule, steps)


@dataclass(frozen=True)
class Rank:
    """The report at ``share`` of the way from the lowest agent to the highest, and its agents.

    Its rank from 0 is ``share * (n - 1)``, rounded down below the middle and up above it.
    """

    share: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"share is {show(self.share)}: it must be between 0 and 1")

    def __call__(self, steps: Steps, /) -> tuple[float, int] | Unclear:
        """The report, and how many agents make it."""
        position = Fraction(self.share) * (steps.agents - 1)
        down = self.share * 2 <= 1
        return steps.ranked((position // 1 if down else -(-position // 1)) + 1)


@dataclass(frozen=True)
class Costs:
    r"""The total distance of all agents to a place, and the largest one.

    The total is :math:`\sum_{x_i > y} x_i - \sum_{x_i \le y} x_i + y (2 N(y) - n)`, computed
    exactly, so that it depends neither on the order of the reports nor on who read which.

    Parameters
    ----------
    where : question
        What gives the place, such as an `Outcome`; or a number.
    """

    where: Any
    summed: ClassVar[bool] = True

    def __call__(self, steps: Steps, /) -> tuple[Fraction, Fraction] | Unclear:
        """Total and largest distance, exactly."""
        asked: Any = self.where
        place: Any = asked(steps) if callable(asked) else asked
        if isinstance(place, Unclear):
            return place
        split = steps.split(float(place))
        if isinstance(split, Unclear):
            return split
        below, lower = split
        exact = Fraction(place)
        total = steps.total - 2 * lower + exact * (2 * below - steps.agents)
        return total, max(abs(Fraction(end) - exact) for end in steps.ends)


@dataclass(frozen=True)
class Few:
    """The different reports and how many agents make each; None if there are more than ``most``."""

    most: int

    def __post_init__(self) -> None:
        whole(self.most, "most", least=1)

    def __call__(self, steps: Steps, /) -> tuple[tuple[float, int], ...] | Unclear | None:
        """The reports, increasing."""
        taken = np.flatnonzero(steps.counts)
        if len(taken) > self.most:
            return None
        unclear = taken[~steps.clear[taken]]
        if len(unclear):
            return Unclear(tuple(unclear.tolist()))
        places = (steps.places[taken] + 0.0).tolist()
        return tuple(zip(places, steps.counts[taken].tolist(), strict=True))


@dataclass(frozen=True)
class LargestGroup:
    r"""The agents at one place that are worst off: where :math:`g(v) + w m_v / n` is largest.

    Parameters
    ----------
    harm : callable
        Convex, of an array of places.
    weight : float
        At least 0.
    least : float
        Values below it are of no interest.

    Returns
    -------
    tuple of pairs
        Places and numbers of agents that are within rounding of the largest value, increasing;
        empty if the largest is below ``least``.
    """

    harm: Callable[[FloatArray], FloatArray]
    weight: float
    least: float = -np.inf

    def __call__(self, steps: Steps, /) -> tuple[tuple[float, int], ...] | Unclear:
        """The groups."""
        taken = np.flatnonzero(steps.counts)
        places, counts = steps.places[taken] + 0.0, steps.counts[taken]
        ends = self.harm(steps.firsts[taken] + 0.0), self.harm(places)
        bound = np.maximum(*ends) + self.weight * (counts / steps.agents)
        clear = steps.clear[taken]
        slack = SLACK * (1 + float(np.abs(bound).max()))
        one = self.weight / steps.agents  # somebody is at either end
        sure = [ends[0][0] + one, ends[1][-1] + one, *bound[clear]]
        near = np.flatnonzero(bound >= max(float(np.max(sure)), self.least) - slack)
        unclear = near[~clear[near]]
        if len(unclear):
            return Unclear(tuple(taken[unclear].tolist()))
        return tuple(zip(places[near].tolist(), counts[near].tolist(), strict=True))


@dataclass(frozen=True)
class FairInterval:
    """The places that are fair to all: the least and the greatest, rounded once.

    Parameters
    ----------
    setting : Line
        An interval.
    guarantee : `individual`, `unanimous` or `proportional`
        As in `mechsim.facility.fairness`.  The first looks at the ends only.  The others look
        into the cells that may bind: few for `unanimous`, and for `proportional` a share of the
        line that is the smaller the more agents there are, if they are spread evenly.
    """

    setting: Line
    guarantee: Guarantee = proportional

    def __post_init__(self) -> None:
        self.setting.require_bounds("a fair share")
        if self.guarantee not in (individual, unanimous, proportional):
            raise ValueError(
                f"guarantee is {self.guarantee}: a stream has a form for individual, unanimous "
                "and proportional fairness"
            )

    def __call__(self, steps: Steps, /) -> tuple[float, float] | Unclear:
        """The ends of the interval."""
        lower, upper = self._bound(steps, 1), self._bound(steps, -1)
        if isinstance(lower, Unclear):
            return Unclear(lower.cells + (upper.cells if isinstance(upper, Unclear) else ()))
        if isinstance(upper, Unclear):
            return upper
        low, high = Fraction(self.setting.low), Fraction(self.setting.high)
        return rounded(max(lower, low)), rounded(min(-upper, high))

    def _bound(self, steps: Steps, sign: int) -> Fraction | Unclear:
        """The largest of what groups ask for, seen from the low end or the high end."""
        length, agents = Fraction(self.setting.length), steps.agents
        if self.guarantee is individual:
            return sign * Fraction(steps.ends[(1 + sign) // 2]) - length * Fraction(
                agents - 1, agents
            )
        if self.guarantee is unanimous:
            groups = LargestGroup(lambda places: sign * places, float(length))(steps)
            if isinstance(groups, Unclear):
                return groups
            return max(sign * Fraction(v) - length * (1 - Fraction(m, agents)) for v, m in groups)
        taken = np.flatnonzero(steps.counts)
        counts = steps.counts[taken]
        behind = steps.upto[taken] - counts if sign > 0 else agents - steps.upto[taken]
        share = float(length) / agents
        far, near = (steps.places, steps.firsts) if sign > 0 else (-steps.firsts, -steps.places)
        bound = far[taken] - share * behind
        sure = near[taken] - share * behind
        slack = SLACK * (1 + float(np.abs(bound).max()) + float(length))
        best = np.flatnonzero(bound >= sure.max() - slack)
        unclear = best[~steps.clear[taken][best]]
        if len(unclear):
            return Unclear(tuple(taken[unclear].tolist()))
        return max(
            sign * Fraction(place) - length * Fraction(ahead, agents)
            for place, ahead in zip(
                steps.places[taken[best]].tolist(), behind[best].tolist(), strict=True
            )
        )
