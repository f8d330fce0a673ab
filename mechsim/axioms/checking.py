"""Trying the cases of an axiom, replaying a witness, and shrinking it: written once for all."""

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, cast

from .._numbers import is_ball, same
from ..mechanism import Playable
from ..population import Population
from ..setting import Instance
from ._base import Axiom, Tally, Undecided, positive, scale_of
from ._memory import Misbehaviour, Watched, WatchedDraw, watched
from .verdict import Misbehaved, Played, Refuted, Unknown

SHRINKING = 5_000
"""Cases that may be evaluated to make a witness simpler."""

PRECISIONS = (212, 848)
"""Bits at which a ball that contains zero is computed again, to learn on which side it lies."""

Found = Refuted | Misbehaved | Unknown


def check(
    axiom: Axiom,
    mechanism: Playable,
    instances: Iterable[Instance],
    limit: int | None = None,
) -> Found | Tally:
    """Try every case at every instance, up to the first that refutes or ``limit`` cases.

    Each profile is played once and remembered.  The witness returned has been played afresh with
    the same result.  Before a mechanism is said to have passed, a sample of the profiles is played
    again; one that answers the same reports in two ways has misbehaved.
    """
    seen = cases = 0
    rounded = False
    recalled: Watched | WatchedDraw | None = None
    instance: Instance | None = None
    for instance in instances:
        seen += 1
        if recalled is None:
            recalled = watched(mechanism, instance.setting)
        for case in _binding(axiom, recalled, instance):
            cases += 1
            if isinstance(case, (Misbehaviour, Undecided)):
                return _stopped(axiom, mechanism, Played(instance), case, cases)
            found = try_case(axiom, mechanism, case, recalled, cases)
            if isinstance(found, (Refuted, Misbehaved, Unknown)):
                return found
            rounded = rounded or isinstance(found, float)
            if cases == limit:
                break
        if cases == limit:
            break
    if recalled is not None and instance is not None:
        for reports, what in recalled.disagreements():
            played = Played(Instance(instance.setting, reports))
            return Misbehaved(mechanism, axiom, played, what)
    return Tally(seen, cases, rounded)


def _binding(axiom: Axiom, mechanism: Playable, instance: Instance) -> Iterator[Any]:
    """The cases that decide at ``instance``: all, or those that the axiom says suffice.

    What stops an axiom from saying which is yielded in place of a case.
    """
    binding = getattr(axiom, "binding", None)
    if binding is None:
        yield from axiom.cases(instance)
        return
    try:
        decisive = list(binding(mechanism, instance))
    except (Misbehaviour, Undecided) as why:
        decisive = [why]
    yield from decisive


def _stopped(
    axiom: Axiom, mechanism: Playable, case: Any, why: Exception, spent: int
) -> Misbehaved | Unknown:
    if isinstance(why, Misbehaviour):
        return Misbehaved(mechanism, axiom, case, str(why))
    return Unknown(mechanism, axiom, str(why), spent)


def try_case(
    axiom: Axiom, mechanism: Playable, case: Any, recalled: Playable, spent: int = 1
) -> Any:
    """The verdict that ``case`` alone gives, or the violation if it does not refute.

    ``recalled`` is the mechanism with its memory; a refutation is replayed without it.
    """
    try:
        violation = axiom.violation(recalled, case)
        if isinstance(violation, float) and not math.isfinite(violation):
            return Misbehaved(mechanism, axiom, case, f"makes the violation {violation}")
        if straddles(violation):
            violation = evaluate(axiom, mechanism, case)
        scale = scale_of(case.instance.setting)
        if not positive(violation, scale):
            return violation
        again = evaluate(axiom, mechanism, case)
    except (Misbehaviour, Undecided) as why:
        return _stopped(axiom, mechanism, case, why, spent)
    if not same(again, violation):
        return Misbehaved(mechanism, axiom, case, "answers the same reports in two ways")
    return Refuted(mechanism, axiom, case, violation)


def straddles(violation: Any) -> bool:
    """Whether this is a ball that neither is positive nor certainly is not."""
    return is_ball(violation) and not (violation > 0 or violation <= 0)


def evaluate(axiom: Axiom, mechanism: Playable, case: Any) -> Any:
    """The violation, played afresh; a ball that contains zero is refined before that is given up.

    Raises
    ------
    Undecided
        If the ball still contains zero at the last of the `PRECISIONS`.
    """
    violation = axiom.violation(watched(mechanism, case.instance.setting), case)
    if not straddles(violation):
        return violation
    import flint

    for bits in PRECISIONS:
        with flint.ctx.workprec(bits):
            violation = axiom.violation(watched(mechanism, case.instance.setting), case)
        if not straddles(violation):
            return violation
    raise Undecided(
        f"a violation may be zero: it is irrational, and {PRECISIONS[-1]} bits do not decide"
    )


def confirm(witness: Refuted) -> bool:
    """Whether the recorded case, run afresh, still refutes by exactly what it says.

    Raises
    ------
    ValueError
        If the case is no case of the axiom, for example a group that is not of one mind.
    """
    validate = getattr(witness.case, "validate", None)
    if validate is not None:
        validate()
    try:
        violation = evaluate(witness.axiom, witness.mechanism, witness.case)
    except (Misbehaviour, Undecided):
        return False
    scale = scale_of(witness.case.instance.setting)
    return positive(witness.violation, scale) and same(violation, witness.violation)


def shrink(witness: Refuted, limit: int = SHRINKING) -> Refuted:
    """Follow simpler reports while some case at them still refutes, for ``limit`` cases.

    One report at a time is replaced by a simpler one of its setting or by another agent's.
    Within the limit the result has no such simpler neighbour that refutes.
    """
    spent, simpler = 0, True
    while simpler and spent < limit:
        simpler = False
        for instance in _simpler(witness.case.instance):
            found = check(witness.axiom, witness.mechanism, [instance], limit - spent)
            spent += found.cases if isinstance(found, Tally) else 1
            if isinstance(found, Refuted) and found.case.instance == instance:
                witness, simpler = found, True
                break
            if spent >= limit:
                break
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


def _complexity(instance: Instance) -> tuple[int, Any]:
    """Distinct reports and the size of what they are written with: what a reader must take in."""
    sizes = [_size(instance, agent) for agent in range(instance.agents)]
    return len(set(instance.profile)), sum(sizes)


def _size(instance: Instance, agent: int) -> int:
    """Fractions by their digits, other types by their place in the list of their setting."""
    report, types = instance.profile[agent], instance.setting.types(agent)
    if types is not None and not isinstance(report, Fraction):
        return int(types.index(report))
    return _digits(report)


def _digits(report: object) -> int:
    """The size of the fractions that something is made of."""
    if isinstance(report, tuple):
        return sum(map(_digits, cast(tuple[object, ...], report)))
    return report.denominator + abs(report.numerator) if isinstance(report, Fraction) else 0
