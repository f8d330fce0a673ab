r"""An objective is a number that one wants small or large: a function of what each agent bears.

What an agent bears is its cost :math:`d_i = -v_i(y)` or its utility :math:`u_i`, the worth of the
outcome to it, which is not negative; on a line of length :math:`L` these are the distance and
:math:`L - d_i`.  An objective sees the vector of these numbers and knows no family; the setting
says what they are.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Protocol, TypeAlias

import numpy as np

from .._numbers import is_ball, show
from .._text import brief
from ..batch import Lotteries
from ..lottery import Lottery, is_finite, is_lottery, sure
from ..mechanism import Playable, answer
from ..population import FloatArray, Population
from ..preferences.single_peaked import Line
from ..preferences.tastes import Hybrid
from ..setting import Instance, Priced, Undecided, require, utility

Borne: TypeAlias = Sequence[tuple[Any, int]]
"""What agents bear: each number, and how many agents bear it."""

Agents: TypeAlias = Sequence[tuple[int, Any, int]]
"""An agent, its type, and how many are of this type and treated alike."""


class Measure(Protocol):
    """What an agent bears of an outcome."""

    def of(self, setting: Any, agent: int, type_: Any, outcome: Any, /) -> Any:
        """The number for one agent."""
        ...

    def of_batch(self, line: Line, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """On a line, (batch, agents) peaks and (batch,) places to (batch, agents)."""
        ...


@dataclass(frozen=True)
class Cost:
    """What an agent loses: minus its value of the outcome, plus what it pays."""

    def of(self, setting: Any, agent: int, type_: Any, outcome: Any, /) -> Any:
        """Minus the utility."""
        return -utility(setting, agent, type_, outcome)

    def of_batch(self, line: Line, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """Minus the values."""
        return -line.values(peaks, places)


@dataclass(frozen=True)
class Worth:
    """What an outcome is worth to an agent: its utility, measured so that it is not negative."""

    def of(self, setting: Any, agent: int, type_: Any, outcome: Any, /) -> Any:
        """What the setting says it is worth."""
        require(setting, "worth")
        return setting.worth(agent, type_, outcome)

    def of_batch(self, line: Line, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """The values, each with what the line adds to that agent's."""
        first, place = peaks[0].tolist(), float(places[0])
        added = [line.worth(i, x, place) - line.value(i, x, place) for i, x in enumerate(first)]
        return line.values(peaks, places) + np.array(added, dtype=np.float64)


COST, WORTH = Cost(), Worth()


@dataclass(frozen=True)
class Optimum:
    """A best outcome and the value of the objective there."""

    place: Any
    value: Any


class Objective(Protocol):
    """What is to be small (``minimised``) or large."""

    minimised: ClassVar[bool]
    measure: ClassVar[Measure]
    heading: ClassVar[str]

    def of(self, borne: Borne, /) -> Any:
        """The objective of what the agents bear: exact of fractions, a float of floats."""
        ...

    def of_batch(self, borne: FloatArray, /) -> FloatArray:
        """The same for each row: (batch, agents) to (batch,)."""
        ...

    def best_on_line(self, line: Line, agents: Agents, low: Any, high: Any, /) -> Optimum:
        """A best place between ``low`` and ``high``, and the value there."""
        ...

    def places_of_batch(self, line: Line, peaks: FloatArray, /) -> FloatArray:
        """Places one of which is best where nearness is wanted: (batch, agents) to (batch, k)."""
        ...


class Convention(Protocol):
    """What an objective means of a lottery."""

    heading: ClassVar[str]

    def value(self, objective: Objective, instance: Instance, lottery: Lottery[Any], /) -> Any:
        """The objective of ``lottery``."""
        ...

    def of_batch(
        self, objective: Objective, line: Line, peaks: FloatArray, lotteries: Lotteries, /
    ) -> FloatArray:
        """The same for each row: (batch, agents) peaks to (batch,)."""
        ...


@dataclass(frozen=True)
class Expected:
    """The expectation of the objective: what it is of each outcome, by its probability."""

    heading: ClassVar[str] = "{}"

    def value(self, objective: Objective, instance: Instance, lottery: Lottery[Any], /) -> Any:
        """The expectation of the objective."""
        return lottery.expect(lambda outcome: evaluate(objective, instance, outcome))

    def of_batch(
        self, objective: Objective, line: Line, peaks: FloatArray, lotteries: Lotteries, /
    ) -> FloatArray:
        """The objective at each place that may be drawn, and its expectation."""
        measured = (
            objective.of_batch(objective.measure.of_batch(line, peaks, places))
            for places in lotteries.outcomes.T
        )
        return lotteries.expect(np.column_stack(list(measured)))


@dataclass(frozen=True)
class OfExpectation:
    """The objective of what each agent bears in expectation, before the outcome is drawn."""

    heading: ClassVar[str] = "{} ex ante"

    def value(self, objective: Objective, instance: Instance, lottery: Lottery[Any], /) -> Any:
        """The objective of the expectations."""
        measure, setting = objective.measure, instance.setting

        def expected(agent: int, type_: Any) -> Any:
            return lottery.expect(lambda outcome: measure.of(setting, agent, type_, outcome))

        agents = agents_of(instance)
        return objective.of([(expected(i, type_), count) for i, type_, count in agents])

    def of_batch(
        self, objective: Objective, line: Line, peaks: FloatArray, lotteries: Lotteries, /
    ) -> FloatArray:
        """What each agent bears at each place that may be drawn, its expectation, and of those."""
        expected = np.zeros_like(peaks)
        for weight, places in zip(lotteries.weights, lotteries.outcomes.T, strict=True):
            expected += float(weight) * objective.measure.of_batch(line, peaks, places)
        return objective.of_batch(expected)


def agents_of(instance: Instance) -> Agents:
    """The agents, those of one type together where they were counted and are treated alike."""
    tastes = getattr(instance.setting, "tastes", None)
    if isinstance(instance.reports, Population) and not isinstance(tastes, Hybrid):
        return [(0, type_, count) for type_, count in instance.reports.classes()]
    return [(agent, type_, 1) for agent, type_ in enumerate(instance.profile)]


def evaluate(objective: Objective, instance: Instance, outcome: Any) -> Any:
    """The objective of one outcome.

    Exact where what agents bear is exact.  A population of c classes takes O(c log c).

    Raises
    ------
    Undecided
        If the setting does not say what the objective asks for.

    Examples
    --------
    >>> from mechsim import Line
    >>> from mechsim.objectives import Gini, TotalCost
    >>> line = Line(0, 1)
    >>> here = Instance(line, line.read([0, 0, 1]))
    >>> evaluate(TotalCost(), here, 0), evaluate(Gini(), here, 0)
    (Fraction(1, 1), Fraction(1, 3))
    """
    return objective.of(borne(objective.measure, instance.setting, agents_of(instance), outcome))


def borne(measure: Measure, setting: Any, agents: Agents, outcome: Any) -> Borne:
    """What each agent bears of ``outcome``."""
    return [(measure.of(setting, i, type_, outcome), count) for i, type_, count in agents]


def measured(
    mechanism: Playable, objective: Objective, instance: Instance, convention: Convention
) -> Any:
    """The objective of what ``mechanism`` does at ``instance``."""
    return convention.value(objective, instance, played(mechanism, instance))


def played(mechanism: Playable, instance: Instance) -> Lottery[Any]:
    """What ``mechanism`` does at ``instance``.

    Raises
    ------
    ValueError
        If it raises anything, or returns what the setting does not admit.
    """
    who = f"mechanism is {brief(mechanism)}: at {instance}, it"
    try:
        found = answer(mechanism, instance.reports)
        lottery = found if is_lottery(found) else sure(found)
    except Undecided:
        raise
    except (Exception, SystemExit) as error:  # a user's mechanism may raise anything
        raise ValueError(f"{who} raises {type(error).__name__}: {error}") from error
    admits: Callable[[Any], bool] | None = getattr(instance.setting, "admits", None)
    if admits is None or not is_finite(lottery):
        return lottery
    for outcome in lottery.support:
        if not admits(outcome.alternative if isinstance(outcome, Priced) else outcome):
            raise ValueError(
                f"{who} returns {show(outcome)}, which is no outcome of {brief(instance.setting)}"
            )
    return lottery


def require_question(mechanism: object, objective: object) -> None:
    """Raise `ValueError` unless these are a mechanism and an objective."""
    for name, given in (("mechanism", mechanism), ("objective", objective)):
        if isinstance(given, type):
            raise ValueError(
                f"{name} is the class {brief(given)}: make one first, as in {brief(given)}()"
            )
    if not callable(mechanism):
        raise ValueError(f"mechanism is {mechanism!r}: it must be a function of reports")
    if not hasattr(objective, "measure"):
        raise ValueError(f"objective is {brief(objective)}: it must be one, as TotalCost()")


def total(terms: Iterable[Any]) -> Any:
    """The sum: exact of fractions, of floats the exact sum rounded once, of balls a ball."""
    listed = list(terms)
    if are_exact(listed):
        whole, unit = integers(listed)
        return Fraction(sum(whole), unit)
    if any(is_ball(term) for term in listed):
        first, *others = listed
        return sum(others, first)
    return math.fsum(listed)


def are_exact(numbers: Iterable[Any]) -> bool:
    """Whether all of them are fractions or whole numbers."""
    return all(isinstance(number, (Fraction, int)) for number in numbers)


def integers(numbers: Sequence[Any]) -> tuple[list[int], int]:
    """Fractions as whole numbers over one denominator: much faster to compute with."""
    unit = math.lcm(*(number.denominator for number in numbers))
    return [number.numerator * (unit // number.denominator) for number in numbers], unit
