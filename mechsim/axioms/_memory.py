"""A mechanism that remembers its answers, so that exhausting a domain plays each profile once."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Generic, TypeVar

from .._text import brief
from ..mechanism import Draw, DrawsRule, Rule

T = TypeVar("T", bound=Hashable)

CAPACITY = 2**18
"""Profiles remembered; later ones are played afresh each time."""


@dataclass(frozen=True, repr=False)
class Remembered(Generic[T]):
    """``mechanism``, played once at each of the first `CAPACITY` profiles."""

    mechanism: Rule[T, Any]
    answers: dict[tuple[T, ...], Any] = field(default_factory=dict[tuple[T, ...], Any])

    def __call__(self, reports: tuple[T, ...], /) -> Any:
        if reports in self.answers:
            return self.answers[reports]
        answer = self.mechanism(reports)
        if len(self.answers) < CAPACITY:
            self.answers[reports] = answer
        return answer

    def __repr__(self) -> str:
        return brief(self.mechanism)


@dataclass(frozen=True, repr=False)
class RememberedDraw(Generic[T]):
    """A mechanism that draws a rule, remembered together with each rule."""

    mechanism: Remembered[T]
    draws: DrawsRule[T, Any]
    drawn: dict[int, tuple[tuple[Fraction, Remembered[T]], ...]] = field(
        default_factory=dict[int, tuple[tuple[Fraction, Remembered[T]], ...]]
    )

    def rules(self, agents: int, /) -> Draw[T, Any]:
        """Those of the mechanism, each remembering."""
        if agents not in self.drawn:
            rules = self.draws.rules(agents)
            self.drawn[agents] = tuple((p, Remembered(rule)) for p, rule in rules)
        yield from self.drawn[agents]

    def __call__(self, reports: tuple[T, ...], /) -> Any:
        return self.mechanism(reports)

    def __repr__(self) -> str:
        return repr(self.mechanism)


def remembered(mechanism: Rule[T, Any]) -> Rule[T, Any]:
    """``mechanism`` with a memory; it says which rules it draws if ``mechanism`` does."""
    if isinstance(mechanism, DrawsRule):
        return RememberedDraw(Remembered(mechanism), mechanism)
    return Remembered(mechanism)
