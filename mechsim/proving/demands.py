"""Axioms as questions about a form: what reports must satisfy to be a witness against it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias, cast

from .._text import brief
from ..axioms import (
    Anonymous,
    Axiom,
    ExAnte,
    ExPost,
    IndividualFairShare,
    ParetoOptimal,
    Proportional,
    ProportionallyFair,
    Strategyproof,
    StronglyProportional,
    StronglyProportionallyFair,
    Unanimous,
    UnanimousFairShare,
)
from ..declared import Form, Term, drawn, mentioned
from ..preferences.single_peaked import Line
from ..preferences.tastes import Distance, Obnoxious, SinglePeaked
from ..setting import Undecided
from .formulas import Formula, World

Parts: TypeAlias = Sequence[tuple[Fraction, Formula]]
"""What may be drawn, with its probabilities."""

BOUNDED = (IndividualFairShare, UnanimousFairShare, ProportionallyFair, Proportional)
"""Axioms that ask for the ends of the line."""

ANY = (Distance, SinglePeaked, Obnoxious)

ASKED: dict[type, tuple[type, ...]] = {
    IndividualFairShare: (Distance,),
    UnanimousFairShare: (Distance,),
    ProportionallyFair: (Distance,),
    StronglyProportionallyFair: (Distance,),
    Proportional: ANY,
    StronglyProportional: ANY,
}
"""Tastes for which an axiom is known as a formula; of others, that distance hurts or only order."""


@dataclass(frozen=True)
class Question:
    """Whether there are reports that meet a demand.

    In it agents who are ``alike`` may be exchanged.  If ``agent`` departs its lie is the last of
    the numbers that are asked for.
    """

    demand: Callable[[World], Sequence[Formula]]
    alike: tuple[range, ...]
    agent: int | None = None


def questions(
    axiom: Axiom, form: Form, line: Line, agents: int, alike: Sequence[range]
) -> Iterator[Question]:
    """Questions that all have the answer no exactly if the form satisfies the axiom.

    Raises
    ------
    Undecided
        If the axiom cannot be asked like this, or not of agents with such tastes.
    """
    if type(axiom) is Strategyproof:
        if type(line.tastes) not in GAINS:
            raise Undecided(f"what a lie gains is not known for {brief(line.tastes)}")
        yield from _departures(form, line, alike)
    elif type(axiom) is Anonymous:
        yield from _trades(form, agents, alike)
    elif type(axiom) in (ExPost, ExAnte):
        inner: Any = axiom.axiom  # type: ignore[attr-defined]
        _require_known(inner, line)
        for parts in [drawn(form)] if type(axiom) is ExAnte else _each(form):
            yield Question(partial(_breaks, inner, line, parts), tuple(alike))
    else:
        raise Undecided(f"{brief(axiom)} is not known as a formula")


def outside(form: Form, alike: Sequence[range]) -> Question:
    """Whether something may be drawn that is beyond the ends."""

    def demand(world: World) -> Sequence[Formula]:
        low, high = world.ends
        places = [world.value(term, world.reports) for _, term in drawn(form)]
        below = [] if low is None else [place < world.number(low) for place in places]
        above = [] if high is None else [place > world.number(high) for place in places]
        world.demand(world.any_of([*below, *above]))
        return world.reports

    return Question(demand, tuple(alike))


def _each(form: Form) -> list[tuple[tuple[Fraction, Term], ...]]:
    """Each term that may be drawn, as if it were surely."""
    return [((Fraction(1), term),) for term in dict.fromkeys(term for _, term in drawn(form))]


def _values(
    world: World, parts: Sequence[tuple[Fraction, Term]], reports: tuple[Formula, ...]
) -> Parts:
    return [(p, world.value(term, reports)) for p, term in parts]


# ---- Departures


def _departures(form: Form, line: Line, alike: Sequence[range]) -> Iterator[Question]:
    """One agent of those who may be exchanged lies; what does not depend on it stays the same."""
    for block in alike:
        agent = block[0]
        parts = [(p, term) for p, term in drawn(form) if agent in mentioned(term)]
        others = tuple(other[1:] if other is block else other for other in alike)
        if parts:
            yield Question(partial(_lies, line, parts, agent), others, agent)


def _lies(
    line: Line, parts: Sequence[tuple[Fraction, Term]], agent: int, world: World
) -> Sequence[Formula]:
    truth, lie = world.reports, world.fresh("lie")
    world.demand_inside(lie)
    honest = _values(world, parts, truth)
    lied = _values(world, parts, (*truth[:agent], lie, *truth[agent + 1 :]))
    world.demand(GAINS[type(line.tastes)](world, truth[agent], honest, lied))
    return (*truth, lie)


def _nearer(world: World, peak: Formula, honest: Parts, lied: Parts) -> Formula:
    return _away(world, lied, peak) < _away(world, honest, peak)


def _farther(world: World, peak: Formula, honest: Parts, lied: Parts) -> Formula:
    return _away(world, lied, peak) > _away(world, honest, peak)


def _likelier(world: World, peak: Formula, honest: Parts, lied: Parts) -> Formula:
    """Some interval around the peak is likelier."""
    low, high = world.fresh("low"), world.fresh("high")
    world.demand(world.all_of([low <= peak, peak <= high]))

    def inside(parts: Parts) -> Formula:
        return world.chance((p, world.all_of([low <= y, y <= high])) for p, y in parts)

    return inside(lied) > inside(honest)


GAINS: dict[type, Callable[[World, Formula, Parts, Parts], Formula]] = {
    Distance: _nearer,
    Obnoxious: _farther,
    SinglePeaked: _likelier,
}
"""When a lie pays, by tastes."""


def _away(world: World, parts: Parts, place: Formula) -> Formula:
    """The expected distance from a place."""
    return world.expected((p, world.distance(y, place)) for p, y in parts)


def _trades(form: Form, agents: int, alike: Sequence[range]) -> Iterator[Question]:
    """The last agent of some who may be exchanged trades with the first of the next."""
    for block, following in pairwise(alike):
        first, second = block[-1], following[0]
        others = tuple(
            other[:-1] if other is block else other[1:] if other is following else other
            for other in alike
        )
        yield Question(partial(_differs, form, first, second), others)


def _differs(form: Form, first: int, second: int, world: World) -> Sequence[Formula]:
    """Some place is an upper bound more likely before the trade than after it."""
    traded = list(world.reports)
    traded[first], traded[second] = traded[second], traded[first]
    before = _values(world, drawn(form), world.reports)
    after = _values(world, drawn(form), tuple(traded))
    place = world.fresh("place")
    upto = [world.chance((p, y <= place) for p, y in parts) for parts in (before, after)]
    world.demand(upto[0] > upto[1])
    return world.reports


# ---- Axioms of outcomes


def _require_known(axiom: Any, line: Line) -> None:
    kind, tastes = cast(Any, type(axiom)), type(line.tastes)
    if kind not in BREAKS:
        raise Undecided(f"{brief(axiom)} is not known as a formula")
    if getattr(axiom, "benchmark", "fractional") != "fractional":
        raise Undecided("there is no budget on a line")
    if tastes not in ASKED.get(kind, (Distance, SinglePeaked)):
        raise Undecided(f"{brief(axiom)} is not known as a formula for {brief(line.tastes)}")
    if kind in BOUNDED and not line.bounded:
        raise Undecided(f"{brief(axiom)} needs two finite ends")


def _breaks(
    axiom: Any, line: Line, parts: Sequence[tuple[Fraction, Term]], world: World
) -> Sequence[Formula]:
    values = _values(world, parts, world.reports)
    world.demand(BREAKS[type(axiom)](world, values, line))
    return world.reports


def _all_agree(world: World, values: Parts, line: Line) -> Formula:
    """All report the same, and something else may be drawn."""
    first, *others = world.reports
    for report in others:
        world.demand(report == first)
    return world.any_of(place != first for _, place in values)


def _beyond_all(world: World, values: Parts, line: Line) -> Formula:
    """Something may be drawn that is below or above all reports."""
    return world.any_of(
        formula
        for _, place in values
        for formula in (
            world.all_of(place < report for report in world.reports),
            world.all_of(place > report for report in world.reports),
        )
    )


def _short_alone(world: World, values: Parts, line: Line) -> Formula:
    """An agent is farther away than its own share allows."""
    reach = _reach(world, line, 1)
    return world.any_of(_away(world, values, report) > reach for report in world.reports)


def _short_together(world: World, values: Parts, line: Line) -> Formula:
    """So many are at one place, which is farther away than their share allows."""
    place = world.fresh("place")
    here = [world.all_of([report <= place, report >= place]) for report in world.reports]
    away = _away(world, values, place)
    return world.any_of(
        world.all_of([world.at_least(size, here), away > _reach(world, line, size)])
        for size in range(1, len(here) + 1)
    )


def _short_nearby(world: World, values: Parts, line: Line) -> Formula:
    """A group from one report to another is excused less than a member at an end is away."""
    return _group(world, values, world.number(_length(line)))


def _short_within(world: World, values: Parts, line: Line) -> Formula:
    """The same, on the interval that the reports span."""
    reports = world.reports
    span = world.ranked(len(reports), reports) - world.ranked(1, reports)
    return _group(world, values, span)


def _group(world: World, values: Parts, scale: Formula) -> Formula:
    """What a sure outcome y must satisfy is one bound for each number of agents below, or above."""
    reports, agents = world.reports, len(world.reports)
    shares = [world.number(Fraction(agents - size, agents)) * scale for size in range(agents + 1)]
    if len(values) == 1:
        ((_, place),) = values
        low = (
            world.at_least(size, [report < place - shares[size] for report in reports])
            for size in range(1, agents + 1)
        )
        high = (
            world.at_least(size, [report > place + shares[size] for report in reports])
            for size in range(1, agents + 1)
        )
        return world.any_of([*low, *high])
    first, last, member = (world.fresh(name) for name in ("first", "last", "member"))
    world.demand(world.any_of(first == report for report in reports))
    world.demand(world.any_of(last == report for report in reports))
    world.demand(world.any_of([member == first, member == last]))
    inside = [world.all_of([first <= report, report <= last]) for report in reports]
    excess = _away(world, values, member) - (last - first)
    return world.any_of(
        world.all_of([world.at_least(size, inside), excess > shares[size]])
        for size in range(1, agents + 1)
    )


def _out_of_proportion(world: World, values: Parts, line: Line) -> Formula:
    """All are at the ends of the line, which the facility does not divide as they do."""
    low, high = (world.number(Fraction(end)) for end in (line.low, line.high))
    return _undivided(world, values, low, high)


def _out_of_any_proportion(world: World, values: Parts, line: Line) -> Formula:
    """All are at two places, which the facility does not divide as they do."""
    low, high = world.fresh("low"), world.fresh("high")
    world.demand(low <= high)
    return _undivided(world, values, low, high)


def _undivided(world: World, values: Parts, low: Formula, high: Formula) -> Formula:
    agents = len(world.reports)
    down, up = ([r == end for r in world.reports] for end in (low, high))
    world.demand(world.all_of(world.any_of(ends) for ends in zip(down, up, strict=True)))
    place = world.expected(values)
    return world.any_of(
        world.all_of(
            [
                world.at_least(agents - size, down),
                world.at_least(size, up),
                place != low + (high - low) * world.number(Fraction(size, agents)),
            ]
        )
        for size in range(agents + 1)
    )


def _length(line: Line) -> Fraction:
    return Fraction(line.high) - Fraction(line.low)


def _reach(world: World, line: Line, size: int) -> Formula:
    """How far from so many agents at one place the facility may be."""
    return world.number(_length(line) * (1 - Fraction(size, len(world.reports))))


BREAKS: dict[type, Callable[[World, Parts, Line], Formula]] = {
    Unanimous: _all_agree,
    ParetoOptimal: _beyond_all,
    IndividualFairShare: _short_alone,
    UnanimousFairShare: _short_together,
    ProportionallyFair: _short_nearby,
    StronglyProportionallyFair: _short_within,
    Proportional: _out_of_proportion,
    StronglyProportional: _out_of_any_proportion,
}
"""When an outcome, or an expectation of outcomes, breaks an axiom."""
