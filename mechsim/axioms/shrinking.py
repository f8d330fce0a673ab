"""Making a witness simpler while it still refutes: written once for all axioms.

A simpler witness has fewer different reports, these are written with smaller numbers, and they
stand in increasing order.  Every step is a case that was played and refutes; a witness is never
rounded into something untried.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any, cast

from ..population import Population
from ..setting import Instance, is_stranded
from ._base import Tally
from ._memory import Misbehaviour, Watched, WatchedDraw, watched
from ._patience import ticking
from .checking import check, try_case
from .verdict import Misbehaved, Played, Refuted

SHRINKING = 5_000
"""Cases that may be evaluated to make a witness simpler."""

ROUNDED = (20, 50, 100, 1_000, 10_000, 1_000_000)
"""Denominators to which a number that has no simple neighbour is rounded."""


def shrink(witness: Refuted, limit: int = SHRINKING, *, fewer: bool = False) -> Refuted:
    """Follow simpler cases while one still refutes, for ``limit`` cases.

    First the case itself is simplified: a report, or the misreport, becomes a simpler one of its
    setting or another that occurs; all that report the same move together; truth and lie move
    together.  Where that ends, every case at the profiles with one simpler report is tried.
    Within the limit the result has no such simpler neighbour that refutes.

    Parameters
    ----------
    witness : Refuted
    limit : int
        Cases that may be evaluated.
    fewer : bool
        Whether agents may be left out.  The result is then about fewer agents than the question
        was, and the mechanism must take any number.

    Examples
    --------
    >>> from mechsim import Line, Strategyproof, verify
    >>> from mechsim.facility import Mean
    >>> print(shrink(verify(Mean(), Strategyproof(), Line(0, 1), agents=4), fewer=True))
    Mean fails Strategyproof on Line(0, 1): at (0, 1/2), agent 1 reports 1 instead of 1/2, \
which moves the outcome from 1/4 to 1/2 and gains it 1/4
    """
    with ticking():
        recalled = watched(witness.mechanism, witness.case.instance.setting)
        spent = 0
        while spent < limit:
            step, cost = _step(witness, recalled, limit - spent, fewer)
            spent += cost
            if step is None:
                break
            witness = step
    return witness


def simplify(found: Misbehaved, limit: int = SHRINKING) -> Misbehaved:
    """The same misbehaviour at simpler reports, where it shows at single profiles."""
    mechanism, setting = found.mechanism, found.case.instance.setting
    spent, simpler = 0, True
    with ticking():
        while simpler and spent < limit:
            simpler = False
            for instance in _simpler_instances(found.case.instance):
                spent += 1
                what = _misbehaviour(mechanism, setting, instance)
                if what is not None and what.split()[0] == found.what.split()[0]:
                    found = Misbehaved(mechanism, found.axiom, Played(instance), what)
                    simpler = True
                    break
                if spent >= limit:
                    break
    return found


def _misbehaviour(mechanism: Any, setting: Any, instance: Instance) -> str | None:
    """What is wrong with the answer at this profile alone; None if nothing is."""
    try:
        watched(mechanism, setting)(instance.reports)
    except Misbehaviour as what:
        return str(what)
    return None


def _step(
    witness: Refuted, recalled: Watched | WatchedDraw, limit: int, fewer: bool
) -> tuple[Refuted | None, int]:
    """The first simpler witness, or None, and how many cases were tried."""
    axiom, mechanism = witness.axiom, witness.mechanism
    spent = 0
    left_out = _without_one(witness.case) if fewer else ()
    for case in (*left_out, *_simpler_cases(witness.case)):
        found = try_case(axiom, mechanism, case, recalled)
        spent += 1
        if isinstance(found, Refuted):
            return found, spent
        if spent >= limit:
            return None, spent
    here = _complexity(witness.case)
    for instance in _simpler_instances(witness.case.instance):
        tried = check(axiom, mechanism, [instance], limit - spent)
        spent += tried.cases if isinstance(tried, Tally) else 1
        if isinstance(tried, Refuted) and _complexity(tried.case) < here:
            return tried, spent
        if spent >= limit:
            break
    return None, spent


def _simpler_cases(case: Any) -> Iterator[Any]:
    """Departures of one agent that are simpler than ``case``, if it is one."""
    if not hasattr(case, "report") or isinstance(case.instance.reports, Population):
        return
    here = _complexity(case)
    for reports, lie, agent in dict.fromkeys(_neighbours(case)):
        instance = Instance(case.instance.setting, reports)
        neighbour = replace(case, instance=instance, report=lie, agent=agent)
        if lie != reports[agent] and _complexity(neighbour) < here and _is_case(neighbour):
            yield neighbour


def _without_one(case: Any) -> Iterator[Any]:
    """The same departure where one other agent is not there, if agents have no names."""
    instance = case.instance
    reports = instance.reports
    named = getattr(instance.setting, "agents", ())
    if not hasattr(case, "report") or isinstance(reports, Population) or named:
        return
    for agent in range(len(reports)):
        if agent != case.agent:
            rest = Instance(instance.setting, (*reports[:agent], *reports[agent + 1 :]))
            yield replace(case, instance=rest, agent=case.agent - (agent < case.agent))


def _is_case(neighbour: Any) -> bool:
    """Whether this is a case of the axiom, if it can tell."""
    validate = getattr(neighbour, "validate", None)
    try:
        if validate is not None:
            validate()
    except ValueError:
        return False
    return True


def _neighbours(case: Any) -> Iterator[tuple[tuple[Any, ...], Any, int]]:
    """Profile, misreport and agent that differ from those of ``case`` in one respect."""
    instance, lie = case.instance, case.report
    reports: tuple[Any, ...] = instance.reports
    if all(map(_is_number, reports)):
        order = sorted(range(len(reports)), key=reports.__getitem__)
        yield tuple(reports[agent] for agent in order), lie, order.index(case.agent)
    occurring = tuple(dict.fromkeys((*reports, lie)))
    for agent, old in enumerate((*reports, lie)):
        liar = agent if agent < len(reports) else case.agent
        for new in (*_simpler(instance, liar, old), *occurring):
            if not _is_type(instance, liar, new):
                continue
            together = tuple(new if report == old else report for report in reports)
            yield together, new if lie == old else lie, case.agent
            if agent == len(reports):
                yield reports, new, case.agent
                continue
            alone = (*reports[:agent], new, *reports[agent + 1 :])
            yield alone, lie, case.agent
            numbers = _is_number(new) and _is_number(lie)
            if agent == case.agent and numbers and _is_type(instance, agent, lie + new - old):
                yield alone, lie + new - old, agent


def _simpler(instance: Instance, agent: int, type_: Any) -> Iterator[Any]:
    """Types that read more simply, simplest first."""
    setting = instance.setting
    types = setting.types(agent)
    if types is not None:
        yield from types[: types.index(type_)] if type_ in types else ()
        return
    yield from setting.simpler(type_) if hasattr(setting, "simpler") else ()
    if isinstance(type_, Fraction):
        yield from (Fraction(max(round(type_ * most), 1), most) for most in ROUNDED)
        yield from (type_.limit_denominator(most) for most in ROUNDED)


def _is_type(instance: Instance, agent: int, type_: Any) -> bool:
    """Whether an agent may report this: one of its list, or between the ends of its line."""
    types = instance.setting.types(agent)
    if types is not None:
        return type_ in types
    if not _is_number(type_) or not is_stranded(instance.setting):
        return True
    strands = instance.setting.strands(agent, instance.profile)
    return all(strand.low <= type_ <= strand.high for strand in strands)


def _is_number(type_: object) -> bool:
    return isinstance(type_, (Fraction, float))


def _simpler_instances(instance: Instance) -> Iterator[Instance]:
    """Instances in which one report is simpler, or reports stand in increasing order."""
    if isinstance(instance.reports, Population):
        return
    here = _size_of(instance, ())
    if all(map(_is_number, instance.reports)):
        ordered = Instance(instance.setting, tuple(sorted(instance.reports)))
        if _size_of(ordered, ()) < here:
            yield ordered
    for agent, report in enumerate(instance.reports):
        others = dict.fromkeys(r for r in instance.reports if r != report)
        for candidate in (*_simpler(instance, agent, report), *others):
            if not _is_type(instance, agent, candidate):
                continue
            together = tuple(candidate if r == report else r for r in instance.reports)
            alone = instance.replace(agent, candidate)
            for neighbour in (Instance(instance.setting, together), alone):
                if _size_of(neighbour, ()) < here:
                    yield neighbour


def _complexity(case: Any) -> tuple[int, int, int]:
    """What a reader of a case must take in."""
    departure = ((case.agent, case.report),) if hasattr(case, "report") else ()
    return _size_of(case.instance, departure)


def _size_of(instance: Instance, departures: tuple[tuple[int, Any], ...]) -> tuple[int, int, int]:
    """How many reports differ, the size of what they are written with, and their disorder."""
    profile = instance.profile
    reported = (*enumerate(profile), *departures)
    different = len({report for _, report in reported})
    disorder = 0
    if len(profile) <= 12 and all(map(_is_number, profile)):
        disorder = sum(a > b for a, b in combinations(profile, 2))
    return different, sum(_size(instance, agent, r) for agent, r in reported), disorder


def _size(instance: Instance, agent: int, report: Any) -> int:
    """Fractions by their digits, other types by their place in the list of their setting."""
    types = instance.setting.types(agent)
    if types is not None and not isinstance(report, Fraction):
        return int(types.index(report)) if report in types else len(types)
    return _digits(report)


def _digits(report: object) -> int:
    """The size of the fractions that something is made of."""
    if isinstance(report, tuple):
        return sum(map(_digits, cast(tuple[object, ...], report)))
    return report.denominator + abs(report.numerator) if isinstance(report, Fraction) else 0
