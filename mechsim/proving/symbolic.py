"""A mechanism that is played on reports that stand for numbers."""

import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import numpy as np

from ..axioms._patience import CLOCK, Hangs
from ..lottery import Finite, is_finite, is_lottery
from ..mechanism import Draw, Playable, answer, draws_rule
from ..setting import Priced, Undecided
from .affine import Affine, Unsupported
from .whitebox import Box


@dataclass(frozen=True, repr=False)
class Symbolic:
    """A mechanism whose outcomes are forms, and which is seen to keep no state."""

    mechanism: Playable
    setting: Any
    judge: Any
    box: Box
    last: list[Any] = field(default_factory=list[Any])

    def __call__(self, reports: Any, /) -> Any:
        """The outcome, or lottery, with forms in it."""
        if self.last and self.last[0] is reports:
            return self.last[1]
        judge = self.judge
        outer, CLOCK.began = CLOCK.began, time.monotonic()
        if judge is not None:
            judge.playing = True
        try:
            found = answer(self.mechanism, reports)
        except Hangs:
            raise Undecided("it has not answered in time") from None
        finally:
            CLOCK.began = outer
            if judge is not None:
                judge.playing = False
        if judge is not None and judge.refused:
            raise Unsupported(judge.refused)
        self.box.require_unchanged()
        outcome = self._lottery(found, len(reports))
        self.last[:] = [reports, outcome]
        return outcome

    def _lottery(self, found: Any, agents: int) -> Any:
        if not is_lottery(found):
            return self._outcome(found, agents)
        if not is_finite(found) or type(found) is not Finite:
            raise Undecided("it returns a lottery that does not list its outcomes")
        pairs = [(self._outcome(o, agents), p) for o, p in found.probability.items()]
        return Finite(pairs)  # type: ignore[arg-type]

    def _outcome(self, outcome: Any, agents: int) -> Any:
        priced = isinstance(outcome, Priced)
        if priced and type(outcome) is not Priced:
            raise Undecided(f"it returns a {type(outcome).__name__}, which is no plain outcome")
        place = self._number(outcome.alternative if priced else outcome)
        admits = getattr(self.setting, "admits", None)
        shares = hasattr(self.setting, "share_value") and isinstance(cast(object, place), tuple)
        wrong = shares and len(place) != agents
        if wrong or (admits is not None and not admits(place)):
            raise Undecided("it returns what is no outcome of the setting")
        if not priced:
            return place
        if len(outcome.payments) != agents:
            raise Undecided("it does not return a payment an agent")
        return Priced(place, tuple(map(self._number, outcome.payments)))

    def _number(self, found: Any) -> Any:
        """A number as an exact one, and a form where forms are; anything else as it is."""
        if isinstance(found, np.generic):
            found = cast(Any, found).item()
        if (
            type(found) is Affine
            or type(found) is bool
            or not isinstance(found, (int, float, Fraction))
        ):
            return found
        number = Fraction(found)
        return number if self.judge is None else self.judge.constant(number)

    def __getattr__(self, name: str) -> Any:
        if name == "rules" and draws_rule(self.mechanism):
            return self._rules
        raise AttributeError(name)

    def _rules(self, agents: int, /) -> Draw[Any, Any]:
        rules: Any = self.mechanism
        for probability, rule in rules.rules(agents):
            yield probability, Symbolic(rule, self.setting, self.judge, self.box)
