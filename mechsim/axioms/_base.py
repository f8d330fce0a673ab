"""An axiom says: in no case does the mechanism do wrong.  A witness is a case in which it does.

So an axiom is two functions, ``cases`` and ``violation``; trying, replaying and shrinking are
written once, here, for all of them.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

from .._numbers import same, show
from ..lottery import is_finite
from ..mechanism import Playable, play
from ..population import Population
from ..setting import Domain, Instance, Priced
from ._memory import remembered
from .verdict import Misbehaved, Refuted, Unknown

TOLERANCE = 1e-9
"""Float violations up to this are rounding; exact ones have no tolerance."""


class Case(Protocol):
    """One way in which a mechanism could do wrong, at an instance."""

    @property
    def instance(self) -> Instance: ...


class Axiom(Protocol):
    """``violation`` is positive exactly where ``case`` refutes the axiom, and says by how much.

    A violation is a fraction, a float, or a ball.  An axiom that is not about single profiles says
    where it is judged by a further method, ``instances(setting, agents)`` (see `places`).
    """

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        """Every way in which a mechanism could break the axiom at ``instance``."""
        ...

    def violation(self, mechanism: Playable, case: Any, /) -> Any:
        """By how much ``mechanism`` breaks the axiom in ``case``; not positive if it does not."""
        ...


@runtime_checkable
class OutcomeAxiom(Protocol):
    """An axiom of a single outcome; `ExPost` and `ExAnte` read it for mechanisms."""

    def cases(self, instance: Instance, /) -> Iterator[Any]:
        """Every way in which an outcome could break the axiom at ``instance``."""
        ...

    def outcome_violation(self, outcome: Any, case: Any, /) -> Any:
        """By how much ``outcome`` breaks the axiom in ``case``; not positive if it does not."""
        ...


@runtime_checkable
class Explains(Protocol):
    """An axiom that can say in words what goes wrong in a case."""

    def explain(self, mechanism: Playable, case: Any, /) -> str: ...


class Undecided(Exception):  # noqa: N818 - it is an answer, not an error
    """Raised by an axiom that cannot judge this mechanism at all; says why."""


def places(axiom: Axiom, domain: Domain) -> Iterable[Instance]:
    """Where ``axiom`` is judged: all instances of the domain, or those it asks for itself.

    Axioms about a prior, as Bayesian incentive compatibility, integrate over the reports of
    others; they have a method ``instances(setting, agents)`` that lists what is left.
    """
    own = getattr(axiom, "instances", None)
    return domain if own is None else own(domain.setting, domain.agents)


@dataclass(frozen=True)
class Tally:
    """What was tried without finding a violation."""

    instances: int
    cases: int


def positive(violation: Any) -> bool:
    """Whether this is a violation: exactly above zero, all of a ball, a float beyond rounding."""
    return bool(violation > (TOLERANCE if isinstance(violation, float) else 0))


def check(
    axiom: Axiom,
    mechanism: Playable,
    instances: Iterable[Instance],
    limit: int | None = None,
) -> Refuted | Misbehaved | Unknown | Tally:
    """Try every case at every instance, up to the first that refutes or ``limit`` cases.

    Each profile is played once and remembered.  The witness returned has been played afresh with
    the same result; a mechanism whose second answer differs is reported as misbehaved.
    """
    seen = cases = 0
    recalled = remembered(mechanism)
    for instance in instances:
        seen += 1
        stray = outside(axiom, mechanism, recalled, instance)
        if stray is not None:
            return stray
        for case in axiom.cases(instance):
            cases += 1
            verdict = judge(axiom, mechanism, case, recalled)
            if verdict is not None:
                return verdict
            if cases == limit:
                return Tally(seen, cases)
    return Tally(seen, cases)


@dataclass(frozen=True)
class Played:
    """The case in which a mechanism does no more than answer the reports of ``instance``."""

    instance: Instance


def outside(
    axiom: Axiom, mechanism: Playable, recalled: Playable, instance: Instance
) -> Misbehaved | None:
    """Misbehaviour, if the setting says what outcomes there are and one is none of them.

    Axioms that are judged elsewhere than at reports are not asked.
    """
    admits = getattr(instance.setting, "admits", None)
    if admits is None or hasattr(axiom, "instances"):
        return None
    try:
        lottery = play(recalled, instance.reports)
    except Exception as error:  # a user's mechanism may raise anything; that is a finding
        what = f"raises {type(error).__name__}: {error}"
        return Misbehaved(mechanism, axiom, Played(instance), what)
    for outcome in lottery.support if is_finite(lottery) else ():
        alternative = outcome.alternative if isinstance(outcome, Priced) else outcome
        if not admits(alternative):
            what = f"returns {show(outcome)}, which is no outcome of {instance.setting}"
            return Misbehaved(mechanism, axiom, Played(instance), what)
    return None


def judge(
    axiom: Axiom, mechanism: Playable, case: Any, recalled: Playable
) -> Refuted | Misbehaved | Unknown | None:
    """The verdict that ``case`` alone gives: a refutation, misbehaviour, or None.

    ``recalled`` is the mechanism with its memory; a refutation is replayed without it.
    """
    try:
        violation = axiom.violation(recalled, case)
        if isinstance(violation, float) and math.isnan(violation):
            return Misbehaved(mechanism, axiom, case, "returns a number that is not one (NaN)")
        if not positive(violation):
            return None
        again = axiom.violation(mechanism, case)
    except Undecided as why:
        return Unknown(mechanism, axiom, str(why), spent=0)
    except Exception as error:  # a user's mechanism may raise anything; that is a finding
        return Misbehaved(mechanism, axiom, case, f"raises {type(error).__name__}: {error}")
    if not same(again, violation):
        return Misbehaved(mechanism, axiom, case, "answers the same reports in two ways")
    return Refuted(mechanism, axiom, case, violation)


def confirm(witness: Refuted) -> bool:
    """Does the recorded case, run afresh, still refute by exactly what it says?"""
    axiom: Axiom = witness.axiom
    return positive(witness.violation) and same(
        axiom.violation(witness.mechanism, witness.case), witness.violation
    )


def shrink(witness: Refuted) -> Refuted:
    """Follow simpler reports while some case at them still refutes.

    One report at a time is replaced by a simpler one of its setting or by another agent's;
    the result has no such simpler neighbour that refutes.
    """
    axiom: Axiom = witness.axiom
    for instance in _simpler(witness.case.instance):
        simpler = check(axiom, witness.mechanism, [instance])
        if isinstance(simpler, Refuted):
            return shrink(simpler)
    return witness


def _simpler(instance: Instance) -> Iterator[Instance]:
    here = _complexity(instance)
    if isinstance(instance.reports, Population):
        return
    for agent, report in enumerate(instance.reports):
        others = dict.fromkeys(r for r in instance.reports if r != report)
        for candidate in (*instance.simpler(agent), *others):
            neighbour = instance.replace(agent, candidate)
            if _complexity(neighbour) < here:
                yield neighbour


def _complexity(instance: Instance) -> tuple[int, int]:
    """Distinct reports and the size of what they are written with: what a reader must take in."""
    return len(set(instance.profile)), sum(map(_size, instance.profile))


def _size(report: object) -> int:
    return report.denominator + abs(report.numerator) if isinstance(report, Fraction) else 0
