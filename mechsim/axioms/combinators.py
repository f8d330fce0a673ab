"""Ways to read an axiom: in expectation, for each outcome drawn, for each rule drawn."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

from .._numbers import Number, show
from .._text import brief
from ..lottery import is_finite, is_lottery
from ..mechanism import DrawsRule, Rule, play
from ..setting import Instance
from ._base import Axiom, Case, OutcomeAxiom, Undecided

T = TypeVar("T", bound=Hashable)
C = TypeVar("C", bound=Case)


@dataclass(frozen=True)
class ExPost(Generic[T, C]):
    """Every outcome that may be drawn satisfies ``axiom``.  The worst outcome's violation."""

    axiom: OutcomeAxiom[T, C]

    heading: ClassVar = "{} ex post"

    def cases(self, instance: Instance[T], /) -> Iterator[C]:
        """Those of the axiom."""
        return self.axiom.cases(instance)

    def violation(self, mechanism: Rule[T, Any], case: C, /) -> Number:
        """The largest violation over the support."""
        return self.axiom.outcome_violation(self._worst(mechanism, case), case)

    def _worst(self, mechanism: Rule[T, Any], case: C) -> Any:
        lottery = play(mechanism, case.instance.reports)
        if not is_finite(lottery):
            raise Undecided("ex post is about every outcome, and this lottery does not list them")
        return max(lottery.support, key=lambda o: self.axiom.outcome_violation(o, case))

    def explain(self, mechanism: Rule[T, Any], case: C, /) -> str:
        """The outcome that goes wrong, and for whom."""
        outcome = self._worst(mechanism, case)
        violation = self.axiom.outcome_violation(outcome, case)
        return _judged(self.axiom, f"if {show(outcome)} is drawn", violation, case)


@dataclass(frozen=True)
class ExAnte(Generic[T, C]):
    """``axiom`` holds in expectation.  The expected violation.

    For axioms whose violation is affine in the agents' values, as all guarantees of the form
    "at least this much" are; then the expected violation is the violation of expected values.
    """

    axiom: OutcomeAxiom[T, C]

    heading: ClassVar = "{} ex ante"

    def cases(self, instance: Instance[T], /) -> Iterator[C]:
        """Those of the axiom."""
        return self.axiom.cases(instance)

    def violation(self, mechanism: Rule[T, Any], case: C, /) -> Number:
        """The expectation of the violation."""
        lottery = play(mechanism, case.instance.reports)
        return lottery.expect(lambda outcome: self.axiom.outcome_violation(outcome, case))

    def explain(self, mechanism: Rule[T, Any], case: C, /) -> str:
        """By how much the lottery falls short, and for whom."""
        return _judged(self.axiom, "in expectation", self.violation(mechanism, case), case)


@dataclass(frozen=True)
class Universally(Generic[T, C]):
    """``axiom`` holds for every rule that the mechanism may draw.  The worst rule's violation.

    A deterministic mechanism is its own only rule.  A mechanism that returns lotteries without
    saying which rules it draws cannot be judged.
    """

    axiom: Axiom[T, C]

    heading: ClassVar = "univ. {}"

    def cases(self, instance: Instance[T], /) -> Iterator[C]:
        """Those of the axiom."""
        return self.axiom.cases(instance)

    def violation(self, mechanism: Rule[T, Any], case: C, /) -> Number:
        """The largest violation over the rules."""
        return self.axiom.violation(self._worst(mechanism, case), case)

    def _worst(self, mechanism: Rule[T, Any], case: C) -> Rule[T, Any]:
        rules = rules_of(mechanism, case.instance)
        return max(rules, key=lambda rule: self.axiom.violation(rule, case))

    def explain(self, mechanism: Rule[T, Any], case: C, /) -> str:
        """The rule that goes wrong, and how."""
        rule = self._worst(mechanism, case)
        explain = getattr(self.axiom, "explain", None)
        if explain is None:
            return f"it may draw {brief(rule)}, which breaks it in {brief(case)}"
        return f"it may draw {brief(rule)}; {explain(rule, case)}"


def rules_of(mechanism: Rule[T, Any], instance: Instance[T]) -> list[Rule[T, Any]]:
    """The rules that ``mechanism`` may draw for this many agents."""
    if isinstance(mechanism, DrawsRule):
        draws = cast(DrawsRule[T, Any], mechanism)
        return [rule for _, rule in draws.rules(instance.agents)]
    if is_lottery(mechanism(instance.reports)):
        raise Undecided(
            f"{brief(mechanism)} returns lotteries but does not say which rules it draws"
        )
    return [mechanism]


def _judged(axiom: Any, when: str, violation: Number, case: Any) -> str:
    explain = getattr(axiom, "explain_outcome", None)
    if explain is not None:
        return str(explain(when, violation, case))
    return f"it is violated by {show(violation)} {when}, in {brief(case)}"
