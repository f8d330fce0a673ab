"""A mechanism is a function from reports, one for each agent, to a lottery over outcomes.

Reports are a tuple.  A deterministic mechanism, a `Rule`, returns the outcome itself.  Plain
functions qualify: nothing has to be inherited or registered.
"""

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeAlias, TypeGuard, TypeVar

import numpy as np
import numpy.typing as npt

from ._text import brief
from .lottery import Finite, Lottery, is_lottery, mix, sure
from .population import FloatArray, Population, Reports, is_array

T = TypeVar("T", bound=Hashable)  # one agent's type: a point, a ranking, a row of values
O = TypeVar("O", bound=Hashable)  # an outcome: a point, a committee, an allocation with payments
R = TypeVar("R")

Rule: TypeAlias = Callable[[tuple[T, ...]], O]
"""A deterministic mechanism: reports to an outcome."""

Mechanism: TypeAlias = Callable[[tuple[T, ...]], Lottery[O]]
"""Reports to a lottery over outcomes."""

Playable: TypeAlias = Callable[[Any], Any]
"""A rule or a mechanism, also a user's plain function: what can be played on reports."""

Draw: TypeAlias = Iterator[tuple[Fraction, Rule[T, O]]]


class DrawsRule(Protocol):
    """A mechanism that draws a rule before it sees the reports, and says which rules.

    "Universally" strategyproof, anonymous, ... is about ``rules``; "in expectation" is about
    the lottery.  Two mechanisms can agree in every lottery and differ in their rules.
    """

    def rules(self, agents: int, /) -> Draw[Any, Any]:
        """The probability of each rule, and the rule, for this number of agents."""
        ...

    def __call__(self, reports: Any, /) -> Any:
        """The lottery."""
        ...


def draws_rule(mechanism: object) -> TypeGuard[DrawsRule]:
    """Whether a mechanism says which rules it draws."""
    return hasattr(mechanism, "rules")


LARGE = 10_000
"""Arrays of more floats than this are populations."""


def require_mechanism(mechanism: object) -> None:
    """Raise `ValueError` unless this can be played."""
    if not callable(mechanism):
        raise ValueError(f"mechanism is {mechanism!r}: it must be a function of reports")
    if isinstance(mechanism, type):
        name = brief(mechanism)
        raise ValueError(f"mechanism is the class {name}: make one first, as in {name}()")


def answer(mechanism: Playable, reports: Reports) -> Any:
    """What ``mechanism`` says to ``reports``; a plain function gets populations written out."""
    if isinstance(reports, Population):
        counts = hasattr(mechanism, "of_population")
        if not counts and not hasattr(type(mechanism).__call__, "__wrapped__"):
            return mechanism(reports.expanded())
    return mechanism(reports)


def play(mechanism: Playable, reports: Reports) -> Lottery[Any]:
    """The lottery of ``mechanism`` at ``reports``; a rule's outcome is drawn surely."""
    outcome = answer(mechanism, reports)
    return outcome if is_lottery(outcome) else sure(outcome)


def compound(rules: Iterable[tuple[Fraction, Rule[T, O]]], reports: tuple[T, ...]) -> Finite[O]:
    """The lottery of drawing a rule and applying it to ``reports``."""
    return mix((probability, sure(rule(reports))) for probability, rule in rules)


@dataclass(frozen=True)
class Sure(Generic[T, O]):
    """A rule, as a mechanism without chance."""

    rule: Rule[T, O]

    def rules(self, agents: int, /) -> Draw[T, O]:
        """The one rule."""
        yield Fraction(1), self.rule

    def __call__(self, reports: tuple[T, ...], /) -> Finite[O]:
        """The rule's outcome, drawn surely."""
        return sure(self.rule(reports))


class World(Protocol):
    """What the door asks of a setting: to read reports, or say what is wrong with them."""

    def read(self, given: Any, /) -> Any:
        """Reports from whatever a caller gave: a tuple, or a population where one was given."""
        ...


class InWorld(Protocol):
    """A mechanism that knows the setting it acts in."""

    @property
    def setting(self) -> World:
        """The setting."""
        ...


M = TypeVar("M", bound=InWorld)


def accepts_reports(
    call: Callable[[M, tuple[T, ...]], R],
) -> Callable[[M, Iterable[Any] | npt.NDArray[Any] | Population], R]:
    """Put the door on a mechanism's ``__call__``: its setting reads whatever the caller gave.

    Lists, arrays and data-frame columns become the tuple that the definition works on; what is
    not a profile raises `ValueError`.  Inputs are never modified.  The definition itself stays
    within reach as ``__wrapped__``.

    A `Population`, and an array of more than `LARGE` floats, goes to the mechanism's
    ``of_population`` where it has one; otherwise it is written out.  A mechanism with a form
    ``of_array`` reads so large an array itself.
    """

    @functools.wraps(call)
    def at_the_door(self: M, reports: Iterable[Any] | npt.NDArray[Any] | Population, /) -> R:
        counted: Callable[[Population], R] | None = getattr(self, "of_population", None)
        streamed: Callable[[FloatArray], R] | None = getattr(self, "of_array", None)
        given: object = reports
        axes = 2 if hasattr(self.setting, "dimensions") else 1
        if streamed is not None and _is_large(given, axes):
            return streamed(given)
        if counted is not None and _is_large(given, axes):
            given = Population(given)
        read: tuple[T, ...] | Population = self.setting.read(given)
        if not isinstance(read, Population):
            return call(self, read)
        return call(self, read.expanded()) if counted is None else counted(read)

    return at_the_door


def _is_large(given: object, axes: int = 1) -> TypeGuard[FloatArray]:
    """Whether these are very many floats, or points in the rows of an array with two axes."""
    masked = isinstance(given, np.ma.MaskedArray)
    return is_array(given) and not masked and given.ndim == axes and given.size > LARGE
