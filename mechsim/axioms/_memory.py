"""A mechanism that remembers its answers, so that exhausting a domain plays each profile once."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .._text import brief
from ..mechanism import Draw, DrawsRule, Playable, draws_rule

CAPACITY = 2**18
"""Profiles remembered; later ones are played afresh each time."""


@dataclass(frozen=True, repr=False)
class Remembered:
    """``mechanism``, played once at each of the first `CAPACITY` profiles."""

    mechanism: Playable
    answers: dict[tuple[Any, ...], Any] = field(default_factory=dict[tuple[Any, ...], Any])

    def __call__(self, reports: tuple[Any, ...], /) -> Any:
        if reports in self.answers:
            return self.answers[reports]
        answer = self.mechanism(reports)
        if len(self.answers) < CAPACITY:
            self.answers[reports] = answer
        return answer

    def __repr__(self) -> str:
        return brief(self.mechanism)


@dataclass(frozen=True, repr=False)
class RememberedDraw:
    """A mechanism that draws a rule, remembered together with each rule."""

    mechanism: Remembered
    draws: DrawsRule
    drawn: dict[int, tuple[tuple[Fraction, Remembered], ...]] = field(
        default_factory=dict[int, tuple[tuple[Fraction, Remembered], ...]]
    )

    def rules(self, agents: int, /) -> Draw[Any, Any]:
        """Those of the mechanism, each remembering."""
        if agents not in self.drawn:
            rules = self.draws.rules(agents)
            self.drawn[agents] = tuple((p, Remembered(rule)) for p, rule in rules)
        yield from self.drawn[agents]

    def __call__(self, reports: tuple[Any, ...], /) -> Any:
        return self.mechanism(reports)

    def __repr__(self) -> str:
        return repr(self.mechanism)


def remembered(mechanism: Playable) -> Playable:
    """``mechanism`` with a memory; it says which rules it draws if ``mechanism`` does."""
    if draws_rule(mechanism):
        return RememberedDraw(Remembered(mechanism), mechanism)
    return Remembered(mechanism)
