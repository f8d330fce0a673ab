"""Ways to read an axiom: in expectation, for each outcome or rule drawn, with a probability."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from .._numbers import Number, is_ball, real, show
from .._text import brief
from ..algorithms.rounding import ENUMERABLE, Rounded
from ..lottery import is_finite, is_lottery, sure
from ..mechanism import Playable, answer, compound, draws_rule, play
from ..setting import Instance
from ._base import Axiom, OutcomeAxiom, Undecided, positive, require_axiom, scale_at, scale_of
from ._chosen import Chosen, Literal, Words, clauses_of_outcomes
from ._memory import Misbehaviour, alike
from ._sought import Sought, expected_rows, outcome_rows

SAMPLES = 1_000
"""How many outcomes are drawn from a lottery that cannot be listed."""

FIRST = 3
"""Of so many of these it is asked in which cases they go wrong, before all cases are tried."""


@dataclass(frozen=True)
class ExPost:
    """Every outcome that may be drawn satisfies ``axiom``.  The worst outcome's violation.

    A lottery that lists its outcomes is judged at each.  Of a `Rounded` lottery the part that all
    outcomes share is judged, which decides an axiom that is ``monotone`` (what contains an outcome
    that satisfies it satisfies it too); otherwise its outcomes are listed where they are few, and
    where they are many `SAMPLES` are drawn, which may refute and never proves.
    """

    axiom: OutcomeAxiom
    of_lotteries: ClassVar = True

    heading: ClassVar = "{} ex post"

    def __post_init__(self) -> None:
        _require_outcome_axiom(self.axiom)

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        """Those of the axiom."""
        return self.axiom.cases(instance)

    def binding(self, mechanism: Playable, instance: Instance, /) -> Iterable[Any]:
        """Those that suffice at the outcomes drawn, where the axiom says which."""
        binding = getattr(self.axiom, "binding", None)
        by_rounding = getattr(self.axiom, "by_rounding", None)
        if binding is None and by_rounding is None:
            return self.cases(instance)
        lottery = play(mechanism, instance.reports)
        if by_rounding is not None and isinstance(lottery, Rounded):
            return [] if by_rounding(lottery, instance) else self.cases(instance)
        if binding is None:
            return self.cases(instance)
        if isinstance(lottery, Rounded) and getattr(self.axiom, "monotone", False):
            if not list(binding(sure(lottery.core), instance)):
                return []  # what every outcome contains satisfies it, and more never hurts
            first = lottery.sample(np.random.default_rng(0), FIRST)  # as `violation` draws them
            broken = (found for o in first if (found := list(binding(sure(o), instance))))
            return next(broken, None) or self.cases(instance)
        if not is_finite(lottery):
            return self.cases(instance)
        return dict.fromkeys(c for o in lottery.support for c in binding(sure(o), instance))

    def granted(self, mechanism: Playable, instance: Instance, /) -> tuple[str, ...]:
        """What must be believed for those to suffice, where the axiom says that."""
        granted = getattr(self.axiom, "granted", None)
        if granted is None:
            return ()
        lottery = play(mechanism, instance.reports)
        if isinstance(lottery, Rounded):
            return tuple(granted(sure(lottery.core), instance))
        outcomes = lottery.support if is_finite(lottery) else ()
        return tuple(dict.fromkeys(g for o in outcomes for g in granted(sure(o), instance)))

    def violation(self, mechanism: Playable, case: Any, /) -> Any:
        """The largest violation over the support."""
        lottery = play(mechanism, case.instance.reports)
        if is_finite(lottery) and len(lottery.support) == 1:
            return self.axiom.outcome_violation(lottery.support[0], case)
        return self.axiom.outcome_violation(self._worst(mechanism, case), case)

    def _worst(self, mechanism: Playable, case: Any) -> Any:
        lottery = play(mechanism, case.instance.reports)
        if is_finite(lottery):
            return max(lottery.support, key=lambda o: self.axiom.outcome_violation(o, case))
        if not isinstance(lottery, Rounded):
            raise Undecided("ex post is about every outcome, and this lottery does not list them")
        core = lottery.core  # every outcome contains it
        satisfied = not positive(self.axiom.outcome_violation(core, case))
        if satisfied and getattr(self.axiom, "monotone", False):
            return core
        if len(lottery.fractional) <= ENUMERABLE:
            listed = lottery.finite().support
            return max(listed, key=lambda o: self.axiom.outcome_violation(o, case))
        for outcome in lottery.sample(np.random.default_rng(0), SAMPLES):
            if positive(self.axiom.outcome_violation(outcome, case)):
                return outcome
        raise Undecided(
            f"{SAMPLES:,} of up to 2^{len(lottery.fractional)} outcomes were drawn and satisfy it"
        )

    def clauses(self, chosen: Chosen, /) -> None:
        """No outcome that breaks the axiom is chosen."""
        clauses_of_outcomes(chosen, self.axiom, self)

    def explain_clause(self, words: Words, literals: tuple[Literal, ...], /) -> str:
        """What cannot be chosen, and by which axiom."""
        (one,) = literals
        return (
            f"{words.some(one.members)} cannot be chosen at {words.profile(one.profile)}, "
            f"by {brief(self.axiom)}"
        )

    def rows(self, sought: Sought, /) -> None:
        """No probability for outcomes that break the axiom: one row a profile."""
        outcome_rows(sought, self.axiom, f"{brief(self.axiom)} holds of all that is drawn at {{0}}")

    def explain(self, mechanism: Playable, case: Any, /) -> str:
        """The outcome that goes wrong, and for whom."""
        outcome = self._worst(mechanism, case)
        violation = self.axiom.outcome_violation(outcome, case)
        told = case.instance.tell(outcome)
        listed = play(mechanism, case.instance.reports)
        alone = is_finite(listed) and len(listed.support) == 1
        when = f"with outcome {told}" if alone else f"if {told} is drawn"
        return _drawn_judged(self.axiom, outcome, when, violation, case)


@dataclass(frozen=True)
class ExAnte:
    """``axiom`` holds in expectation.  The expected violation.

    For axioms whose violation is affine in the agents' values, as all guarantees of the form
    "at least this much" are; then the expected violation is the violation of expected values.  A
    `Rounded` lottery is judged by its marginals, as a fractional outcome.
    """

    axiom: OutcomeAxiom
    of_lotteries: ClassVar = True

    heading: ClassVar = "{} ex ante"

    def __post_init__(self) -> None:
        _require_outcome_axiom(self.axiom)

    @property
    def straight(self) -> bool:
        """Whether it is linear between the listed alternatives of a line, as its axiom is."""
        return bool(getattr(self.axiom, "straight", False))

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        """Those of the axiom."""
        return self.axiom.cases(instance)

    def binding(self, mechanism: Playable, instance: Instance, /) -> Iterable[Any]:
        """Those that suffice in expectation, where the axiom says which."""
        binding = getattr(self.axiom, "binding", None)
        lottery = None if binding is None else play(mechanism, instance.reports)
        if isinstance(lottery, Rounded):
            lottery = sure(lottery.marginals)
        if binding is None or not is_finite(lottery):
            return self.cases(instance)
        sufficient: Iterable[Any] = binding(lottery, instance)
        return sufficient

    def violation(self, mechanism: Playable, case: Any, /) -> Any:
        """The expectation of the violation."""
        lottery = play(mechanism, case.instance.reports)
        if isinstance(lottery, Rounded):  # the violation is affine, so its mean is at the mean
            return self.axiom.outcome_violation(lottery.marginals, case)
        return lottery.expect(lambda outcome: self.axiom.outcome_violation(outcome, case))

    def rows(self, sought: Sought, /) -> None:
        """One row a profile and case."""
        own = getattr(self.axiom, "rows_in_expectation", None)
        if own is not None:  # the same rows, all at once
            own(sought)
            return
        expected_rows(sought, self.axiom, brief(self.axiom) + " in expectation at {0}{1}")

    def explain(self, mechanism: Playable, case: Any, /) -> str:
        """By how much the lottery falls short, and for whom."""
        return _judged(self.axiom, "in expectation", self.violation(mechanism, case), case)

    def explain_mean(self, violation: float, case: Any, /) -> str:
        """By how much its draws seem to fall short on average."""
        return _judged(self.axiom, "on average", violation, case)


@dataclass(frozen=True)
class Universally:
    """``axiom`` holds for every rule that the mechanism may draw.  The worst rule's violation.

    A deterministic mechanism is its own only rule.  A mechanism that returns lotteries without
    saying which rules it draws cannot be judged.
    """

    axiom: Axiom | OutcomeAxiom

    heading: ClassVar = "univ. {}"

    def __post_init__(self) -> None:
        lift(self.axiom)

    @property
    def reading(self) -> Axiom:
        """The axiom as it is asked of each rule: one of outcomes ex post."""
        return lift(self.axiom)

    @property
    def deviation(self) -> Any:
        """How an agent departs from an instance, if the axiom is about that."""
        return getattr(self.axiom, "deviation", None)

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        """Those of the axiom."""
        return self.axiom.cases(instance)

    def violation(self, mechanism: Playable, case: Any, /) -> Any:
        """The largest violation over the rules."""
        return self.reading.violation(self._worst(mechanism, case), case)

    def _worst(self, mechanism: Playable, case: Any) -> Playable:
        rules = rules_of(mechanism, case.instance)
        return max(rules, key=lambda rule: self.reading.violation(rule, case))

    def explain(self, mechanism: Playable, case: Any, /) -> str:
        """The rule that goes wrong, and how."""
        rule = self._worst(mechanism, case)
        explain = getattr(self.reading, "explain", None)
        if explain is None:
            return f"it may draw {brief(rule)}, which breaks it in {brief(case)}"
        return f"it may draw {brief(rule)}; {explain(rule, case)}"


@dataclass(frozen=True)
class Drawing:
    """What may be drawn at ``instance``."""

    instance: Instance


@dataclass(frozen=True)
class WithProbability:
    """With probability ``least`` or more the outcome drawn satisfies ``axiom`` in all its cases.

    The violation is the probability that is missing; one case an instance.  With 1 this is
    `ExPost`.

    Parameters
    ----------
    axiom : OutcomeAxiom
    least : int, float or Fraction
        Above 0, at most 1.

    Examples
    --------
    >>> from mechsim.axioms import UnanimousFairShare
    >>> WithProbability(UnanimousFairShare(), Fraction(1, 2)).heading
    'P>=1/2 {}'
    """

    axiom: OutcomeAxiom
    of_lotteries: ClassVar = True
    least: Number

    def __post_init__(self) -> None:
        _require_outcome_axiom(self.axiom)
        object.__setattr__(self, "least", real(self.least, "least"))
        if not 0 < self.least <= 1:
            raise ValueError(f"least is {show(self.least)}: it must be above 0 and at most 1")

    @property
    def heading(self) -> str:
        """How tables call it."""
        return f"P>={show(self.least)} {{}}"

    def cases(self, instance: Instance, /) -> Iterator[Drawing]:
        """One."""
        yield Drawing(instance)

    def violation(self, mechanism: Playable, case: Drawing, /) -> Number:
        """The probability that is missing; a float if some outcome was judged in floats."""
        judged = self._judged(mechanism, case.instance)
        rounded = any(isinstance(violation, float) for *_, violation, _ in judged)
        satisfied = self._satisfied(judged, case.instance)
        return self.least - (float(satisfied) if rounded else satisfied)

    def explain(self, mechanism: Playable, case: Drawing, /) -> str:
        """How likely it is that the axiom holds, and an outcome for which it does not."""
        judged = self._judged(mechanism, case.instance)
        satisfied = self._satisfied(judged, case.instance)
        _, outcome, violation, worst = max(judged, key=lambda found: found[2])
        when = f"if {case.instance.tell(outcome)} is drawn"
        why = _drawn_judged(self.axiom, outcome, when, violation, worst)
        return f"it holds with probability {show(satisfied)} only: {why}"

    def explain_mean(self, missing: float, case: Drawing, /) -> str:
        """How likely it seems that the axiom holds."""
        seldom = show(max(0.0, float(self.least) - missing))
        return f"at {case.instance.tell_reports()} it holds with probability {seldom} only, about"

    def _satisfied(self, judged: list[tuple[Fraction, Any, Any, Any]], instance: Instance) -> Any:
        scale = scale_of(instance.setting)
        bad = (
            p
            for p, _, violation, case in judged
            if positive(violation, scale if case is None else scale_at(case))
        )
        return 1 - sum(bad, Fraction(0))

    def _judged(
        self, mechanism: Playable, instance: Instance
    ) -> list[tuple[Fraction, Any, Any, Any]]:
        """Each outcome's probability, the outcome, its largest violation, and the case of that."""
        lottery = play(mechanism, instance.reports)
        if isinstance(lottery, Rounded) and len(lottery.fractional) <= ENUMERABLE:
            lottery = lottery.finite()
        if not is_finite(lottery):
            raise Undecided("a probability is asked for, and this lottery does not list outcomes")
        return [(p, o, *self._worst(o, instance)) for o, p in lottery.probability.items()]

    def _worst(self, outcome: Any, instance: Instance) -> tuple[Any, Any]:
        binding = getattr(self.axiom, "binding", None)
        cases = self.axiom.cases(instance) if binding is None else binding(sure(outcome), instance)
        judged = [(self.axiom.outcome_violation(outcome, case), case) for case in cases]
        if any(is_ball(v) and not (v > 0 or v <= 0) for v, _ in judged):
            raise Undecided("whether an outcome satisfies the axiom is not decided: it is a ball")
        return max(judged, key=lambda found: found[0], default=(Fraction(0), None))


def _require_outcome_axiom(axiom: object) -> None:
    require_axiom(axiom)
    if getattr(axiom, "of_lotteries", False):
        raise ValueError(
            f"axiom is {brief(axiom)}: it must be about an outcome, and is about lotteries "
            "already; ask for it as it is"
        )
    if not isinstance(axiom, OutcomeAxiom):
        raise ValueError(
            f"axiom is {brief(axiom)}: it must be about an outcome, by outcome_violation, and is "
            "about what a mechanism does"
        )


def lift(axiom: Axiom | OutcomeAxiom) -> Axiom:
    """An axiom of mechanisms as it is; one of outcomes ex post."""
    require_axiom(axiom)
    return ExPost(axiom) if isinstance(axiom, OutcomeAxiom) else axiom


def rules_of(mechanism: Playable, instance: Instance) -> list[Playable]:
    """The rules that ``mechanism`` may draw for this many agents.

    Raises
    ------
    Misbehaviour
        If the lottery of drawing one of them is not the mechanism's own.
    """
    if draws_rule(mechanism):
        rules = list(mechanism.rules(instance.agents))
        if not alike(compound(rules, instance.profile), play(mechanism, instance.reports)):
            raise Misbehaviour("says it draws rules that do not make its lottery")
        return [rule for _, rule in rules]
    if is_lottery(answer(mechanism, instance.reports)):
        raise Undecided(f"{brief(mechanism)} does not say which rules it draws")
    return [mechanism]


def _judged(axiom: Any, when: str, violation: Any, case: Any) -> str:
    explain = getattr(axiom, "explain_outcome", None)
    if explain is not None:
        return str(explain(when, violation, case))
    return f"it is violated by {show(violation)} {when}, in {brief(case)}"


def _drawn_judged(axiom: Any, outcome: Any, when: str, violation: Any, case: Any) -> str:
    """The axiom's words on one outcome, where it has some that name more than the violation."""
    explain = getattr(axiom, "explain_drawn", None)
    if explain is not None:
        return str(explain(outcome, when, violation, case))
    return _judged(axiom, when, violation, case)
