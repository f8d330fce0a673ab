"""Trying the cases of an axiom and replaying a witness: written once for all."""

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, cast

from .._numbers import is_ball, same
from ..mechanism import Playable
from ..setting import Instance
from ._base import Axiom, Tally, Undecided, positive, scale_at
from ._memory import TWO_WAYS, Misbehaviour, Watched, WatchedDraw, alike, watched
from ._patience import ticking
from .verdict import Misbehaved, Played, Refuted, RefutedAt, Unknown

PRECISIONS = (212, 848)
"""Bits at which a ball that contains zero is computed again, to learn on which side it lies."""

Found = Refuted | Misbehaved | Unknown


def check(
    axiom: Axiom,
    mechanism: Playable,
    instances: Iterable[Instance],
    limit: int | None = None,
    calls: int | None = None,
) -> Found | Tally:
    """Try every case at every instance, up to the first that refutes.

    It ends sooner after ``limit`` cases, or where the mechanism has been played ``calls`` times.

    Each profile is played once and remembered.  The witness returned has been played afresh with
    the same result.  Before a mechanism is said to have passed, a sample of the profiles is played
    again; one that answers the same reports in two ways has misbehaved.
    """
    with ticking():
        return _check(axiom, mechanism, instances, limit, calls)


def _check(
    axiom: Axiom,
    mechanism: Playable,
    instances: Iterable[Instance],
    limit: int | None,
    calls: int | None,
) -> Found | Tally:
    seen = cases = 0
    rounded = enclosed = False
    recalled: Watched | WatchedDraw | None = None
    instance: Instance | None = None
    ended = False
    granted: dict[str, None] = {}
    for place in _each(lambda: instances):
        if isinstance(place, Undecided):
            return Unknown(mechanism, axiom, str(place), cases)
        instance = cast(Instance, place)
        seen += 1
        if recalled is None:
            recalled = watched(mechanism, instance.setting)
        for case in binding(axiom, recalled, instance):
            cases += 1
            if isinstance(case, (Misbehaviour, Undecided)):
                return stopped(axiom, mechanism, Played(instance), case, cases)
            found = try_case(axiom, mechanism, case, recalled, cases)
            if isinstance(found, (Refuted, Misbehaved, Unknown)):
                return found
            rounded = rounded or isinstance(found, float)
            enclosed = enclosed or is_ball(found)
            ended = cases == limit or (calls is not None and recalled.calls > calls)
            if ended:
                break
        granted |= dict.fromkeys(_granted(axiom, recalled, instance))
        if ended:
            break
    if recalled is not None and instance is not None:
        found = replayed(axiom, mechanism, recalled, instance.setting)
        if found is not None:
            return found
    played = 0 if recalled is None else recalled.calls
    return Tally(seen, cases, rounded, played, not ended, tuple(granted), enclosed)


def replayed(
    axiom: Axiom, mechanism: Playable, recalled: Watched | WatchedDraw, setting: Any
) -> Misbehaved | None:
    """Play a sample of the remembered profiles again; what is answered otherwise is a finding."""
    for reports, what in recalled.disagreements():
        return Misbehaved(mechanism, axiom, Played(Instance(setting, reports)), what)
    return None


def binding(axiom: Axiom, mechanism: Playable, instance: Instance) -> Iterator[Any]:
    """The cases that decide at ``instance``: all, or those that the axiom says suffice.

    What stops an axiom from saying which is yielded in place of a case.
    """
    sufficient = getattr(axiom, "binding", None)
    if sufficient is None:
        yield from _each(partial(axiom.cases, instance))
        return
    try:
        decisive = list(sufficient(mechanism, instance))
    except (Misbehaviour, Undecided) as why:
        decisive = [why]
    yield from decisive


def chooses(axiom: Any) -> bool:
    """Whether the axiom, or the one that it reads, says which of its cases suffice."""
    if getattr(axiom, "binding", None) is None:
        return False
    if getattr(axiom, "seeks", False):
        return True
    read = getattr(axiom, "axiom", None)
    own = (getattr(read, name, None) for name in ("binding", "by_rounding"))
    return read is None or any(one is not None for one in own)


def _granted(axiom: Axiom, mechanism: Playable, instance: Instance) -> tuple[str, ...]:
    """What must be believed for the binding cases to suffice."""
    told = getattr(axiom, "granted", None)
    return () if told is None else tuple(told(mechanism, instance))


def _each(listed: Callable[[], Iterable[Any]]) -> Iterator[Any]:
    """What is listed, and in place of the rest what stops an axiom from listing it."""
    try:
        yield from listed()
    except Undecided as why:
        yield why


def stopped(
    axiom: Axiom, mechanism: Playable, case: Any, why: Exception, spent: int
) -> Misbehaved | Unknown:
    """The verdict where the mechanism misbehaved, or the axiom could not judge it."""
    if isinstance(why, Misbehaviour):
        if why.reports is not None:  # which may not be those of the instance, but of a lie
            case = Played(Instance(case.instance.setting, why.reports))
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
        scale = scale_at(case)
        if not positive(violation, scale):
            return violation
        again = evaluate(axiom, mechanism, case)
    except (Misbehaviour, Undecided) as why:
        return stopped(axiom, mechanism, case, why, spent)
    if not same(again, violation) or _is_fickle(axiom, mechanism, case):
        return Misbehaved(mechanism, axiom, case, TWO_WAYS)
    return Refuted(mechanism, axiom, case, violation)


def _is_fickle(axiom: Axiom, mechanism: Playable, case: Any) -> bool:
    """Whether a profile of this case is answered otherwise if asked twice in a row.

    A mechanism that counts its calls may repeat itself over a whole case, and not over one profile.
    """
    setting = case.instance.setting
    recalled = watched(mechanism, setting)
    axiom.violation(recalled, case)
    return any(
        not alike(watched(mechanism, setting)(reports), answer)
        for reports, answer in recalled.remembered()
        for _ in range(2)
    )


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


def confirm(witness: Refuted | RefutedAt) -> bool:
    """Whether the recorded case, run afresh, still refutes by exactly what it says.

    Raises
    ------
    ValueError
        If the case is no case of the axiom, for example a group that is not of one mind; or if
        the axiom was refuted at a level only, which is no witness.
    """
    if isinstance(witness, RefutedAt):
        raise ValueError(
            f"witness is {witness.word}: no single case shows it; replay(witness) bets once more"
        )
    validate = getattr(witness.case, "validate", None)
    if validate is not None:
        validate()
    try:
        violation = evaluate(witness.axiom, witness.mechanism, witness.case)
    except (Misbehaviour, Undecided):
        return False
    scale = scale_at(witness.case)
    return positive(witness.violation, scale) and same(violation, witness.violation)
