"""A mechanism that is watched: each profile is played once, and every answer is looked at."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any, TypeGuard, cast

from .._numbers import real, same, show
from .._text import brief
from ..lottery import is_finite
from ..mechanism import Draw, DrawsRule, Playable, draws_rule
from ..mechanism import answer as ask
from ..setting import Priced, Undecided
from ._patience import CLOCK, Hangs

CAPACITY = 2**18
"""Profiles remembered; later ones are played afresh each time."""

LOTTERY = "mechsim.uniform([...]), Finite({outcome: probability}) or mix([(weight, lottery)])"
"""How a mechanism returns what it draws from."""

TWO_WAYS = (
    f"answers the same reports in two ways (a mechanism draws nothing; it returns {LOTTERY}, or it "
    "is a function of (reports, rng) and draws with rng only)"
)
"""What is wrong with a mechanism that is no function of the reports."""

REPLAYED = 64
"""How many remembered answers are played again before a mechanism is trusted."""


class Misbehaviour(Exception):  # noqa: N818 - it is a finding about a mechanism
    """A mechanism raised, returned what is no outcome, or contradicted itself; says how.

    ``reports`` is where, if it shows at one profile.
    """

    reports: Any = None


@dataclass(frozen=True, repr=False)
class Watched:
    """``mechanism``, played once at each of the first `CAPACITY` profiles.

    An answer that ``admits`` refuses, and whatever the mechanism raises, is `Misbehaviour`.
    """

    mechanism: Playable
    setting: Any = None
    answers: dict[Any, tuple[Any, Any]] = field(default_factory=dict[Any, tuple[Any, Any]])
    played: Counter[str] = field(default_factory=Counter[str])

    @property
    def calls(self) -> int:
        """How often the mechanism was played; what is remembered costs nothing."""
        return self.played["calls"]

    def __call__(self, reports: Any, /) -> Any:
        key = _key(reports)
        if key in self.answers:
            return self.answers[key][1]
        answer = self.afresh(reports)
        if len(self.answers) < CAPACITY:
            self.answers[key] = reports, answer
        return answer

    def afresh(self, reports: Any, /) -> Any:
        """The answer of a play of its own, which is not remembered."""
        try:
            return self._play(reports)
        except Misbehaviour as what:
            what.reports = reports
            raise

    def _play(self, reports: Any) -> Any:
        self.played["calls"] += 1
        outer, CLOCK.began = CLOCK.began, time.monotonic()
        try:
            answer = ask(self.mechanism, reports)
        except Hangs:
            raise Misbehaviour(f"has not answered after {CLOCK.patience:g} s") from None
        except (Exception, SystemExit) as error:  # a user's mechanism may raise anything
            raise Misbehaviour(_raised(error)) from error
        finally:
            CLOCK.began = outer
        _require_hash(answer)
        self._require_outcomes(answer, reports)
        return answer

    def _require_outcomes(self, answer: Any, reports: Any) -> None:
        admits: Callable[[Any], bool] | None = getattr(self.setting, "admits", None)
        for outcome in answer.support if is_finite(answer) else [answer]:
            if hasattr(outcome, "expect"):
                continue  # a lottery that does not list its outcomes
            if isinstance(outcome, Priced):
                _require_payments(outcome.payments, len(reports))
            if admits is None:
                continue
            alternative = outcome.alternative if isinstance(outcome, Priced) else outcome
            shares = hasattr(self.setting, "share_value") and isinstance(
                cast(object, alternative), tuple
            )
            if not admits(alternative) or (shares and len(alternative) != len(reports)):
                raise Misbehaviour(
                    f"returns {show(outcome)}, which is no outcome of {brief(self.setting)}"
                )

    def remembered(self) -> Iterator[tuple[Any, Any]]:
        """The profiles that were played, and the answers."""
        yield from self.answers.values()

    def disagreements(self) -> Iterator[tuple[Any, str]]:
        """Profiles, of `REPLAYED` spread over those remembered, that are answered otherwise now."""
        step = max(1, len(self.answers) // REPLAYED)
        again = Watched(self.mechanism, self.setting)
        for reports, answer in islice(self.answers.values(), 0, None, step):
            try:
                if not alike(again(reports), answer):
                    yield reports, TWO_WAYS
            except Misbehaviour as what:
                yield reports, str(what)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.mechanism, name)

    def __repr__(self) -> str:
        return brief(self.mechanism)


def _key(reports: Any) -> Any:
    """What tells reports apart.  Of fractions the parts do, and are hashed ten times as fast."""
    if _is_tuple(reports) and all(type(report) is Fraction for report in reports):
        return tuple([report.as_integer_ratio() for report in reports])
    return reports


def _raised(error: BaseException) -> str:
    """What a mechanism raised, and what a beginner may have meant."""
    said = f"raises {type(error).__name__}: {error}"
    if isinstance(error, AttributeError) and "'tuple' object" in str(error):
        return f"{said} (reports are a tuple, which cannot be changed: take sorted(...) of it)"
    return said


def _require_hash(answer: Any) -> None:
    if hasattr(answer, "expect"):
        return
    try:
        hash(answer)
    except TypeError:
        several = type(answer) in (dict, list)
        hint = "a tuple or a frozenset can" + (f", and a lottery is {LOTTERY}" if several else "")
        raise Misbehaviour(f"returns {show(answer)}, which cannot be hashed: {hint}") from None


def _require_payments(payments: tuple[Any, ...], agents: int) -> None:
    if len(payments) != agents:
        raise Misbehaviour(f"returns {len(payments)} payments for {agents} agents")
    for agent, payment in enumerate(payments):
        try:
            real(payment, f"payments[{agent}]")
        except ValueError as error:
            raise Misbehaviour(f"returns a payment that is none: {error}") from None


@dataclass(frozen=True, repr=False)
class WatchedDraw:
    """A mechanism that draws a rule, watched together with each rule."""

    mechanism: Watched
    draws: DrawsRule
    drawn: dict[int, tuple[tuple[Fraction, Watched], ...]] = field(
        default_factory=dict[int, tuple[tuple[Fraction, Watched], ...]]
    )

    def rules(self, agents: int, /) -> Draw[Any, Any]:
        """Those of the mechanism, each watched."""
        if agents not in self.drawn:
            setting = self.mechanism.setting
            rules = _listed(self.draws, agents)
            self.drawn[agents] = tuple((p, Watched(rule, setting)) for p, rule in rules)
        yield from self.drawn[agents]

    @property
    def calls(self) -> int:
        """How often the mechanism and its rules were played."""
        rules = (rule for drawn in self.drawn.values() for _, rule in drawn)
        return self.mechanism.calls + sum(rule.calls for rule in rules)

    def remembered(self) -> Iterator[tuple[Any, Any]]:
        """What the mechanism itself was asked."""
        return self.mechanism.remembered()

    def disagreements(self) -> Iterator[tuple[Any, str]]:
        """Those of the mechanism itself."""
        return self.mechanism.disagreements()

    def __call__(self, reports: Any, /) -> Any:
        return self.mechanism(reports)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.draws, name)

    def __repr__(self) -> str:
        return repr(self.mechanism)


def _listed(mechanism: DrawsRule, agents: int) -> tuple[tuple[Fraction, Any], ...]:
    """The rules that a mechanism says it draws, if they are drawn with probabilities."""
    try:
        rules: tuple[Any, ...] = tuple(mechanism.rules(agents))
    except Undecided:
        raise
    except (Exception, SystemExit) as error:  # as whatever it raises when it is played
        raise Misbehaviour(f"{_raised(error)} (asked which rules it draws)") from error
    for one in rules:
        pair = cast("tuple[Any, ...]", one) if isinstance(one, (tuple, list)) else ()
        if len(pair) != 2 or not callable(pair[1]):
            told = show(cast(object, one))
            raise Misbehaviour(f"says it draws {told}, which is no (probability, rule)")
        probability, rule = pair
        if type(probability) not in (int, Fraction) or probability <= 0:
            raise Misbehaviour(
                f"says it draws {brief(rule)} with probability {show(probability)}: it must be a "
                "fraction above 0"
            )
    if sum(p for p, _ in rules) != 1:
        raise Misbehaviour("says it draws rules whose probabilities do not sum to 1")
    return rules


def watched(mechanism: Playable, setting: Any = None) -> Watched | WatchedDraw:
    """``mechanism`` with a memory; it says which rules it draws if ``mechanism`` does.

    ``setting`` says by ``admits(outcome)`` what outcomes there are, if it can.
    """
    if draws_rule(mechanism):
        return WatchedDraw(Watched(mechanism, setting), mechanism)
    return Watched(mechanism, setting)


def alike(first: Any, second: Any) -> bool:
    """Equality of outcomes that takes balls for what they are, also inside tuples."""
    if isinstance(first, float) and isinstance(second, float):
        return first == second or (first != first and second != second)
    if _is_tuple(first) and _is_tuple(second):
        return len(first) == len(second) and all(map(alike, first, second))
    return same(first, second)


def _is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    return type(value) is tuple
