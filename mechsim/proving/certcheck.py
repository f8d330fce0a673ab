"""Check a certificate, from its file alone: ``python certcheck.py FILE.json``.

It needs nothing but Python, shares no code with the library, and believes nothing: whatever follows
from the statement is derived again in fractions, and so is the sentence that says what is claimed.
A certificate of kind ``table``, ``lp``, ``division`` or ``contradiction`` holds all there is to
know.  One of kind ``witness``, ``exhaustion``, ``paths``, ``mixture`` or ``no mixture`` is about a
mechanism that must be there to be played; then this imports what the certificate names, says so
before, and compares the source first.  It makes and calls data classes of mechsim; other packages,
and plain functions, have to be trusted by name.

Each profile is played twice, which finds what answers in two ways; no check of this kind can find
all that does.  It is one long file so that it can be taken elsewhere, and read, as a whole.

Exit codes: 0 accepted, 4 rejected, 2 no certificate, or not checked, as its mechanism is not there
or not trusted.
"""

import argparse
import dataclasses
import hashlib
import importlib
import importlib.util
import json
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from itertools import (
    combinations,
    combinations_with_replacement,
    islice,
    pairwise,
    permutations,
    product,
)
from math import floor, isfinite, lcm, prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

SCHEMA = "mechsim/certificate/1"
SEARCHED = 100_000  # nodes, after which a search for a lighter rule is given up
MOST_CUTS = 10**6  # ways to cut goods, of which the best is sought
MOST_PARTS = 10**6  # boxes, or ways to put several facilities into boxes
TOLERANCE = Fraction(1, 10**9)  # of floats, in units of the largest number of the setting
ZERO = Fraction(0)
Reports = tuple[Any, ...]
Case = tuple[Any, ...]
Outcome = tuple[Any, ...]  # an alternative, and with money the payments
Lottery = dict[Outcome, Fraction]
Bound = tuple[Fraction, int]  # 1 if what it bounds is larger, -1 if smaller, 0 if it may be equal
Play = Callable[[Reports], Lottery]


class NoCertificate(Exception):  # noqa: N818 - it is an answer
    """There is nothing to check."""


class Rejected(Exception):  # noqa: N818 - it is an answer
    """What is wrong with the certificate."""


class NotChecked(Rejected):
    """Why the mechanism was not played: it is not there, or is not trusted."""


def need(condition: object, reason: str) -> None:
    """Reject unless ``condition``."""
    if not condition:
        raise Rejected(reason)


# ---- Data.  Whatever is not exactly of its form is rejected.


def is_a(data: Any, kind: type) -> bool:
    """Whether data are of this type, and not of one derived from it, as true is of int."""
    return type(data) is kind


def text(data: Any) -> str:
    """Data in canonical form."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def shown(data: Any) -> str:
    """The beginning of data, for a message."""
    return text(data) if len(text(data)) <= 80 else f"{text(data)[:80]}..."


def record(data: Any, *keys: str) -> list[Any]:
    """The entries of an object with exactly these keys."""
    if not is_a(data, dict) or set(data) != set(keys):
        raise Rejected(f"{shown(data)} must be an object with the keys {', '.join(keys)}")
    return [data[key] for key in keys]


def entries(data: Any, length: int | None = None) -> list[Any]:
    """Those of a list, of this length if one is given."""
    if not is_a(data, list) or length not in (None, len(data)):
        raise Rejected(f"{shown(data)} must be a list" + (f" of {length}" if length else ""))
    return list(data)


def rational(data: Any) -> Fraction:
    """A number, written in lowest terms."""
    fits = is_a(data, str) and re.fullmatch(r"-?\d+(/\d*[1-9]\d*)?", data)
    if not fits or str(Fraction(data)) != data:
        raise Rejected(f'{shown(data)} is no number in lowest terms, such as "1/2"')
    return Fraction(data)


def whole(data: Any, below: int) -> int:
    """An index."""
    if not is_a(data, int) or not 0 <= data < below:
        raise Rejected(f"{shown(data)} must be a whole number below {below}")
    return int(data)


def value(data: Any) -> Any:
    """A type or an alternative: a number, a text, nothing, or a tuple or set of such."""
    if data is None or is_a(data, int):
        return data
    if is_a(data, str):
        return rational(data)
    if is_a(data, list):
        return tuple(map(value, data))
    ((form, content),) = data.items()
    need(form == "set" or (form == "text" and is_a(content, str)), f"{form!r} is no value")
    if form == "text":
        return content
    need(entries(content) == sorted(content, key=text), "the entries of a set must be in order")
    return frozenset(distinct(map(value, content)))


def distinct(found: Any) -> tuple[Any, ...]:
    """The entries, none of which is there twice."""
    listed = tuple(found)
    need(len(set(listed)) == len(listed), "entries must differ")
    return listed


def told(found: Any) -> str:
    """A value in words."""
    if is_a(found, tuple):
        return f"({', '.join(map(told, found))})"
    if is_a(found, frozenset):
        return f"{{{', '.join(sorted(map(told, found)))}}}"
    return repr(found) if is_a(found, str) else str(found)


def many(count: int, noun: str) -> str:
    """So many of them."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# ---- Settings: what agents may report, and what outcomes are worth to them.


class Space(NamedTuple):
    """A type is made of so many numbers, each from ``low`` to ``high``, by ``make``."""

    numbers: int
    low: Fraction | None
    high: Fraction | None
    make: Callable[[Sequence[Any]], Any]


def alone(numbers: Sequence[Any]) -> Any:
    """The type that is one number."""
    return numbers[0]


def exchanged(listed: Sequence[Any], first: int, second: int) -> tuple[Any, ...]:
    """What is listed an agent, after two of them have traded it."""
    changed = list(listed)
    changed[first], changed[second] = listed[second], listed[first]
    return tuple(changed)


@dataclass(frozen=True)
class Line:
    """An agent has a peak; a place is worth minus the distance, or the distance if obnoxious."""

    low: Fraction | None
    high: Fraction | None
    points: tuple[Fraction, ...] | None
    tastes: str

    @property
    def length(self) -> Fraction:
        """From end to end."""
        if self.low is None or self.high is None:
            raise Rejected("the line must have two ends")
        return self.high - self.low

    @property
    def scale(self) -> Fraction:
        """How large its numbers are."""
        if self.low is None or self.high is None:
            return Fraction(1)
        return max(abs(self.low), abs(self.high))

    @property
    def agents(self) -> int | None:
        """How many there must be."""
        return None

    @property
    def space(self) -> "Space":
        """What numbers a type is made of."""
        need(self.points is None, "paths are about all of a line")
        return Space(1, self.low, self.high, alone)

    def traded(self, alternative: Any, first: int, second: int) -> Any:
        """That in which two agents have traded shares, if there are shares."""
        raise Rejected("on a line nobody has a share")

    def alternative(self, found: Any, slack: Fraction = ZERO) -> Fraction:
        """A place on the line."""
        need(is_a(found, int) or is_a(found, Fraction), "an outcome on a line must be a number")
        above = self.low is None or found >= self.low - slack
        if not above or (self.high is not None and found > self.high + slack):
            raise Rejected(f"{found} is not on the line")
        return Fraction(found)

    def read(self, data: Any) -> Fraction:
        """A place in a certificate."""
        return self.alternative(rational(data))

    def types(self, agent: int) -> tuple[Any, ...]:
        """The peaks, where they are finitely many."""
        if self.points is None:
            raise Rejected("the line must list its points")
        return self.points

    def report(self, agent: int, data: Any) -> Fraction:
        """A peak in a certificate."""
        peak = self.read(data)
        need(self.points is None or peak in self.points, "a report is no point of the line")
        return peak

    def worth(self, agent: int, peak: Fraction, place: Fraction) -> Fraction:
        """What a place is worth."""
        need(self.tastes != "single_peaked", "of single-peaked agents only an order is known")
        return abs(place - peak) if self.tastes == "obnoxious" else -abs(place - peak)

    def __str__(self) -> str:
        low = "minus infinity" if self.low is None else self.low
        high = "infinity" if self.high is None else self.high
        peaks = "" if self.points is None else f", peaks {told(self.points)}"
        return f"the line from {low} to {high}{peaks}, tastes {self.tastes}"


def line(data: Any) -> Line:
    """A line in a certificate."""
    _, low, high, points, tastes = record(data, "kind", "low", "high", "points", "tastes")
    need(tastes in ("distance", "single_peaked", "obnoxious"), f"{shown(tastes)} are no tastes")
    ends = [None if end is None else rational(end) for end in (low, high)]
    found = Line(ends[0], ends[1], None, tastes)
    need(None in ends or found.length > 0, "the high end must exceed the low end")
    if points is None:
        return found
    inside = distinct(map(found.read, entries(points)))
    need(inside and inside == tuple(sorted(inside)), "points must be there and increase")
    return dataclasses.replace(found, points=inside)


@dataclass(frozen=True)
class Values:
    """Finitely many types an agent, alternatives, and a table of what each is worth to whom."""

    listed: tuple[dict[str, Any], ...]
    alternatives: dict[str, Any]
    table: dict[tuple[int, Any, Any], Fraction]

    @property
    def scale(self) -> Fraction:
        """How large its numbers are."""
        return max([Fraction(1), *map(abs, self.table.values())])

    @property
    def agents(self) -> int | None:
        """How many there must be."""
        return len(self.listed)

    @property
    def space(self) -> Space:
        """None: there are finitely many types."""
        raise Rejected("types are listed: paths are about all numbers")

    def traded(self, alternative: Any, first: int, second: int) -> Any:
        """That in which two agents have traded shares."""
        fits = is_a(alternative, tuple) and len(alternative) == len(self.listed)
        need(fits, "each agent must have its share")
        return exchanged(alternative, first, second)

    def alternative(self, found: Any, slack: Fraction = ZERO) -> Any:
        """One of the alternatives."""
        need(found in self.alternatives.values(), "an outcome is none of the alternatives")
        return found

    def read(self, data: Any) -> Any:
        """An alternative in a certificate."""
        need(text(data) in self.alternatives, "an outcome is none of the alternatives")
        return self.alternatives[text(data)]

    def types(self, agent: int) -> tuple[Any, ...]:
        """Those of an agent."""
        return tuple(self.listed[agent].values())

    def report(self, agent: int, data: Any) -> Any:
        """A type in a certificate."""
        need(text(data) in self.listed[agent], f"a report of agent {agent} is none of its types")
        return self.listed[agent][text(data)]

    def worth(self, agent: int, type_: Any, alternative: Any) -> Fraction:
        """What an alternative is worth."""
        need((agent, type_, alternative) in self.table, "a value is not there")
        return self.table[agent, type_, alternative]

    def __str__(self) -> str:
        return (
            f"the setting of {many(len(self.alternatives), 'alternative')} whose values are listed"
        )


def values(data: Any) -> Values:
    """A table of values in a certificate; null where nobody asks for them."""
    _, agents, alternatives, table = record(data, "kind", "types", "alternatives", "values")

    def keyed(listed: Any) -> dict[str, Any]:
        found = distinct(map(value, entries(listed)))
        need(found, "there must be a type and an alternative")
        return dict(zip(map(text, listed), found, strict=True))

    each, some = tuple(map(keyed, entries(agents))), keyed(alternatives)
    worth: dict[tuple[int, Any, Any], Fraction] = {}
    tables = [] if table is None else entries(table, len(each))
    for agent, rows in enumerate(tables):
        for type_, row in zip(each[agent].values(), entries(rows), strict=True):
            for one, number in zip(some.values(), entries(row), strict=True):
                worth[agent, type_, one] = rational(number)
    return Values(each, some, worth)


@dataclass(frozen=True)
class Orders(Values):
    """Voters rank candidates strictly, best first, and alternatives are a rank each candidate."""

    candidates: int

    def worth(self, agent: int, type_: Any, alternative: Any) -> Fraction:
        """Nobody knows."""
        raise Rejected("what an order of candidates is worth to a voter is not known")

    def own(self, ranking: tuple[int, ...]) -> tuple[int, ...]:
        """The order of a voter who has this ranking."""
        return tuple(map(ranking.index, range(self.candidates)))

    def __str__(self) -> str:
        return f"the setting of orders of {many(self.candidates, 'candidate')}"


def orders(data: Any) -> Orders:
    """Rankings and orders in a certificate."""
    _, agents, alternatives = record(data, "kind", "types", "alternatives")
    found = values(
        {"kind": "values", "types": agents, "alternatives": alternatives, "values": None}
    )
    candidates = len(entries(alternatives[0]))
    for mine in found.listed:
        for ranking in mine.values():
            fits = is_a(ranking, tuple) and all(is_a(one, int) for one in ranking)
            fits = fits and sorted(ranking) == list(range(candidates))
            need(fits, f"{told(ranking)} does not rank {many(candidates, 'candidate')}")
    for order in found.alternatives.values():
        fits = is_a(order, tuple) and len(order) == candidates
        fits = fits and all(is_a(rank, int) for rank in order)
        need(fits, f"{told(order)} is no rank of each of {many(candidates, 'candidate')}")
    return Orders(found.listed, found.alternatives, {}, candidates)


@dataclass(frozen=True)
class Slots:
    """A bidder has a value of a click, and a slot brings its effect times the bidder's quality."""

    effects: tuple[Fraction, ...]
    qualities: tuple[Fraction, ...] | None
    scale = Fraction(1)

    @property
    def agents(self) -> int | None:
        """How many there must be."""
        return None if self.qualities is None else len(self.qualities)

    @property
    def space(self) -> Space:
        """A value of a click."""
        return Space(1, ZERO, None, alone)

    def types(self, agent: int) -> tuple[Any, ...]:
        """None are listed."""
        raise Rejected("values of a click are any numbers")

    def report(self, agent: int, data: Any) -> Any:
        """A value of a click in a certificate."""
        return positive(data)

    def alternative(self, found: Any, slack: Fraction = ZERO) -> Any:
        """A slot or none for each bidder, and none given twice."""
        need(is_a(found, tuple), "slots must be a tuple")
        given: list[Any] = [slot for slot in found if slot is not None]
        known = all(is_a(slot, int) and 0 <= slot < len(self.effects) for slot in given)
        need(known and len(set(given)) == len(given), "these are no slots, or one is given twice")
        return found

    def read(self, data: Any) -> Any:
        """Slots in a certificate."""
        return self.alternative(value(data))

    def traded(self, alternative: Any, first: int, second: int) -> Any:
        """That in which two bidders have traded slots."""
        return exchanged(alternative, first, second)

    def every(self, agents: int) -> list[Any]:
        """All alternatives."""
        slots = (None, *range(len(self.effects)))
        listed = product(slots, repeat=agents)
        return [one for one in listed if all(one.count(slot) < 2 for slot in slots[1:])]

    def worth(self, agent: int, type_: Any, alternative: Any) -> Any:
        """What a bidder's own slot is worth to it."""
        slot: int | None = alternative[agent]
        if slot is None:
            return ZERO
        quality = Fraction(1) if self.qualities is None else self.qualities[agent]
        return type_ * (quality * self.effects[slot])

    def __str__(self) -> str:
        qualities = "" if self.qualities is None else f", qualities {told(self.qualities)}"
        return f"slots of effects {told(self.effects)}{qualities}, values of a click from 0"


def positive(data: Any) -> Fraction:
    """A number in a certificate that is not below 0."""
    found = rational(data)
    need(found >= 0, f"{found} is below 0")
    return found


def slots(data: Any) -> Slots:
    """Slots in a certificate."""
    _, effects, qualities = record(data, "kind", "effects", "qualities")
    found = tuple(map(positive, entries(effects)))
    need(found, "there must be a slot")
    each = None if qualities is None else tuple(map(positive, entries(qualities)))
    return Slots(found, each)


@dataclass(frozen=True)
class Shown:
    """A bidder has a value of a click; of what may be shown, each bidder's clicks are listed.

    What is shown are pairs of a bidder and a position.
    """

    clicks: dict[Any, tuple[Fraction, ...]]
    bidders: int
    scale = Fraction(1)

    @property
    def agents(self) -> int | None:
        """How many there must be."""
        return self.bidders

    @property
    def space(self) -> Space:
        """A value of a click."""
        return Space(1, ZERO, None, alone)

    def types(self, agent: int) -> tuple[Any, ...]:
        """None are listed."""
        raise Rejected("values of a click are any numbers")

    def report(self, agent: int, data: Any) -> Any:
        """A value of a click in a certificate."""
        return positive(data)

    def alternative(self, found: Any, slack: Fraction = ZERO) -> Any:
        """What may be shown."""
        need(found in self.clicks, "this may not be shown")
        return found

    def read(self, data: Any) -> Any:
        """What is shown, in a certificate."""
        return self.alternative(value(data))

    def traded(self, alternative: Any, first: int, second: int) -> Any:
        """That in which two bidders have traded places."""
        other = {first: second, second: first}
        return self.alternative(tuple((other.get(i, i), place) for i, place in alternative))

    def every(self, agents: int) -> list[Any]:
        """All alternatives."""
        return list(self.clicks)

    def worth(self, agent: int, type_: Any, alternative: Any) -> Any:
        """What a bidder's clicks are worth to it."""
        return type_ * self.clicks[alternative][agent]

    def __str__(self) -> str:
        listed = many(len(self.clicks), "alternative")
        return f"the setting of {listed} whose clicks are listed, values of a click from 0"


def shown_ads(data: Any) -> Shown:
    """What may be shown, and what clicks it brings, in a certificate."""
    _, bidders, listed = record(data, "kind", "bidders", "clicks")
    pairs = [entries(pair, 2) for pair in entries(listed)]
    need(is_a(bidders, int) and bidders > 0 and pairs, "there must be bidders and alternatives")
    rows = [tuple(map(positive, entries(row, bidders))) for _, row in pairs]
    shown_ = distinct(value(one) for one, _ in pairs)
    for one in shown_:
        fits = is_a(one, tuple) and all(is_a(pair, tuple) and len(pair) == 2 for pair in one)
        need(fits and all(is_a(i, int) and 0 <= i < bidders for i, _ in one), "no pairs are shown")
    return Shown(dict(zip(shown_, rows, strict=True)), bidders)


@dataclass(frozen=True)
class Goods:
    """An agent has a value for each good; each good is given to somebody, and values add up."""

    goods: int
    agents = None
    scale = Fraction(1)

    @property
    def space(self) -> Space:
        """A value for each good."""
        return Space(self.goods, ZERO, None, tuple)

    def types(self, agent: int) -> tuple[Any, ...]:
        """None are listed."""
        raise Rejected("values of goods are any numbers")

    def report(self, agent: int, data: Any) -> Any:
        """Values in a certificate."""
        return tuple(map(positive, entries(data, self.goods)))

    def alternative(self, found: Any, slack: Fraction = ZERO) -> Any:
        """A bundle for each agent; together they hold each good once."""
        fits = is_a(found, tuple) and all(is_a(bundle, frozenset) for bundle in found)
        need(fits, "bundles must be a tuple of frozen sets")
        held = [good for bundle in found for good in bundle]
        need(all(is_a(good, int) for good in held), "goods are whole numbers")
        need(sorted(held) == list(range(self.goods)), "each good must be given to one agent")
        return found

    def read(self, data: Any) -> Any:
        """Bundles in a certificate."""
        return self.alternative(value(data))

    def traded(self, alternative: Any, first: int, second: int) -> Any:
        """That in which two agents have traded bundles."""
        return exchanged(alternative, first, second)

    def every(self, agents: int) -> list[Any]:
        """All alternatives."""
        return [
            tuple(frozenset(g for g, i in enumerate(to) if i == agent) for agent in range(agents))
            for to in product(range(agents), repeat=self.goods)
        ]

    def of_bundle(self, type_: Any, bundle: Any) -> Any:
        """What a bundle is worth."""
        return sum((type_[good] for good in sorted(bundle)), ZERO)

    def worth(self, agent: int, type_: Any, alternative: Any) -> Any:
        """What an agent's own bundle is worth to it."""
        return self.of_bundle(type_, alternative[agent])

    def __str__(self) -> str:
        return f"{many(self.goods, 'good')}, values from 0 that add up"


def goods(data: Any) -> Goods:
    """Goods in a certificate."""
    _, number = record(data, "kind", "goods")
    need(is_a(number, int) and number > 0, "there must be a good")
    return Goods(number)


World = Line | Values | Slots | Shown | Goods
SETTINGS: dict[str, Callable[[Any], World]] = {
    "line": line,
    "values": values,
    "orders": orders,
    "slots": slots,
    "shown": shown_ads,
    "goods": goods,
}


def a_world(data: Any) -> World:
    """The setting in a certificate."""
    known = is_a(data, dict) and data.get("kind") in SETTINGS
    need(known, f"a setting must be one of {', '.join(SETTINGS)}")
    return SETTINGS[data["kind"]](data)


def a_number(world: World, data: Any) -> int:
    """How many agents there are."""
    need(is_a(data, int) and data > 0, f"{shown(data)} must be a number of agents")
    need(world.agents in (None, data), f"there must be {many(world.agents or 0, 'agent')}")
    return int(data)


def profile(world: World, data: Any) -> Reports:
    """One report an agent."""
    a_number(world, len(entries(data)))
    return tuple(world.report(agent, report) for agent, report in enumerate(data))


def of_all(world: World, agents: int, alternative: Any) -> Any:
    """The alternative; where it is a share for each agent there are as many as agents."""
    fits = not isinstance(world, (Slots, Goods)) or len(alternative) == agents
    need(fits, "each agent must have a share, and nobody else")
    return alternative


def lottery(world: World, agents: int, data: Any) -> Lottery:
    """Pairs of an outcome and its probability, in the order of their texts."""
    need(entries(data) == sorted(data, key=text), "the outcomes of a lottery must be in order")
    found: Lottery = {}
    for outcome, chance in (entries(entry, 2) for entry in data):
        parts: Outcome = (outcome,)
        if is_a(outcome, dict) and "payments" in outcome:
            alternative, paid = record(outcome, "alternative", "payments")
            parts = (alternative, tuple(map(rational, entries(paid, agents))))
        drawn = (of_all(world, agents, world.read(parts[0])), *parts[1:])
        need(drawn not in found, "an outcome is there twice")
        need(rational(chance) > 0, "a probability must be positive")
        found[drawn] = rational(chance)
    need(sum(found.values()) == 1, "the probabilities of a lottery must sum to 1")
    return found


# ---- Axioms, in words of this file.  The excess is positive in a case that breaks the axiom.


def fraction(number: Any) -> Fraction:
    """A whole number as a fraction; what is a fraction to all who look as it is."""
    found: Fraction = ZERO + number
    return found


def mean(drawn: Lottery, worth: Callable[[Outcome], Fraction]) -> Fraction:
    """The expectation."""
    return sum((chance * worth(outcome) for outcome, chance in drawn.items()), ZERO)


def utility(world: World, agent: int, type_: Any, outcome: Outcome) -> Fraction:
    """What the alternative is worth to an agent, less what it pays."""
    return world.worth(agent, type_, outcome[0]) - sum((paid[agent] for paid in outcome[1:]), ZERO)


def each_lie(world: World, reports: Reports) -> Iterator[Case]:
    """Each agent with each other type."""
    for agent, truth in enumerate(reports):
        yield from ((agent, lie) for lie in world.types(agent) if lie != truth)


def each_rise(world: World, reports: Reports) -> Iterator[Case]:
    """Each agent with each higher report."""
    return ((agent, lie) for agent, lie in each_lie(world, reports) if lie > reports[agent])


def gain(world: World, play: Play, reports: Reports, agent: int, lie: Any) -> Fraction:
    """What the agent expects to gain; the most, if no more than its peak is known.

    A single-peaked utility is a mixture of utilities that are 1 on an interval around the peak.
    """
    truth = reports[agent]
    honest, lied = play(reports), play((*reports[:agent], lie, *reports[agent + 1 :]))

    def gained(worth: Callable[[Outcome], Fraction]) -> Fraction:
        return mean(lied, worth) - mean(honest, worth)

    def inside(low: Fraction, high: Fraction) -> Callable[[Outcome], Fraction]:
        return lambda outcome: Fraction(low <= outcome[0] <= high)

    if not (isinstance(world, Line) and world.tastes == "single_peaked"):
        return gained(lambda outcome: utility(world, agent, truth, outcome))
    places = {truth, *(place for (place,) in (*honest, *lied))}
    around = [(a, b) for a in places for b in places if a <= truth <= b]
    return max(gained(inside(a, b)) for a, b in around)


def each_trade(world: World, reports: Reports) -> Iterator[Case]:
    """Each two agents who report differently."""
    pairs = combinations(range(len(reports)), 2)
    return ((first, second) for first, second in pairs if reports[first] != reports[second])


def asymmetry(world: World, play: Play, reports: Reports, first: int, second: int) -> Fraction:
    """How much probability moves when two agents trade reports."""
    traded = list(reports)
    traded[first], traded[second] = reports[second], reports[first]
    before, after = play(reports), play(tuple(traded))
    return sum((max(p - after.get(y, ZERO), ZERO) for y, p in before.items()), ZERO)


def asymmetry_of_shares(
    world: World, play: Play, reports: Reports, first: int, second: int
) -> Fraction:
    """How much probability moves when two agents trade reports, and shares and payments back."""

    def back(outcome: Outcome) -> Outcome:
        alternative, *money = outcome
        return (
            world.traded(alternative, first, second),
            *(exchanged(paid, first, second) for paid in money),
        )

    before = {back(outcome): chance for outcome, chance in play(reports).items()}
    after = play(exchanged(reports, first, second))
    return sum((max(p - after.get(y, ZERO), ZERO) for y, p in before.items()), ZERO)


def fall(world: World, play: Play, reports: Reports, agent: int, lie: Any) -> Fraction:
    """How far the expected outcome falls when a report rises."""
    need(isinstance(world, Line), "an outcome falls on a line")
    risen = (*reports[:agent], lie, *reports[agent + 1 :])
    before, after = (mean(play(told), alone) for told in (reports, risen))
    return before - after


def no_rise(world: World, play: Play, reports: Reports, agent: int, lie: Any) -> Fraction:
    """1 if the expected outcome does not rise with a report."""
    return Fraction(fall(world, play, reports, agent, lie) >= 0)


def unclamped(world: Any, play: Play, reports: Reports, agent: int) -> Fraction:
    """How far the outcome is from the agent's report, clamped to what the others leave to it."""
    need(world.length, "the line must have two ends")
    told = [(*reports[:agent], end, *reports[agent + 1 :]) for end in (world.low, world.high)]
    found = [list(play(at)) for at in (reports, *told)]
    need(all(len(drawn) == 1 for drawn in found), "it draws, and the clamp identity is of rules")
    ((here,),), ((low,),), ((high,),) = found
    return fraction(abs(here - sorted((reports[agent], low, high))[1]))


def each_agent(world: World, reports: Reports) -> Iterator[Case]:
    """Each agent."""
    return ((agent,) for agent in range(len(reports)))


def loss(world: World, reports: Reports, outcome: Outcome, agent: int) -> Fraction:
    """What the agent loses by taking part."""
    return -utility(world, agent, reports[agent], outcome)


def each_two(world: World, reports: Reports) -> Iterator[Case]:
    """Each agent, and another."""
    return iter(permutations(range(len(reports)), 2))


def envy(world: World, reports: Reports, outcome: Outcome, agent: int, other: int) -> Fraction:
    """What the agent would gain by trading shares and payments with another."""
    alternative, *money = outcome
    traded = (
        world.traded(alternative, agent, other),
        *(exchanged(paid, agent, other) for paid in money),
    )
    worth = [utility(world, agent, reports[agent], one) for one in (outcome, traded)]
    return worth[1] - worth[0]


def paid_out(world: World, reports: Reports, outcome: Outcome, agent: int) -> Fraction:
    """What the agent receives."""
    return -sum((paid[agent] for paid in outcome[1:]), ZERO)


def deficit(world: World, reports: Reports, outcome: Outcome) -> Fraction:
    """What all agents together receive."""
    return -sum((sum(paid, ZERO) for paid in outcome[1:]), ZERO)


def forgone(world: World, reports: Reports, outcome: Outcome) -> Fraction:
    """How much more some alternative is worth to all together."""

    def total(alternative: Any) -> Fraction:
        return sum((world.worth(i, type_, alternative) for i, type_ in enumerate(reports)), ZERO)

    need(isinstance(world, (Slots, Shown, Goods)), "alternatives are not listed")
    return max(map(total, world.every(len(reports)))) - total(outcome[0])  # type: ignore[union-attr]


def of_bundles(world: World, reports: Reports, agent: int) -> Callable[[Any], Fraction]:
    """What bundles are worth to an agent."""
    if not isinstance(world, Goods):
        raise Rejected("the axiom is about goods")
    return lambda bundle: world.of_bundle(reports[agent], bundle)


def without_one(bundle: Any) -> list[Any]:
    """The bundle less each of its goods."""
    return [bundle - {good} for good in sorted(bundle)]


def envy_but_one(
    world: World, reports: Reports, outcome: Outcome, agent: int, other: int
) -> Fraction:
    """The envy that is left if the good is gone that leaves the least."""
    worth, (held,) = of_bundles(world, reports, agent), outcome
    less = [held[other], *without_one(held[other])]
    return min(map(worth, less)) - worth(held[agent])


def envy_but_any(
    world: World, reports: Reports, outcome: Outcome, agent: int, other: int
) -> Fraction:
    """The envy that is left if the good is gone that leaves the most."""
    worth, (held,) = of_bundles(world, reports, agent), outcome
    less = without_one(held[other]) or [held[other]]
    return max(map(worth, less)) - worth(held[agent])


def envy_but_valued(
    world: World, reports: Reports, outcome: Outcome, agent: int, other: int
) -> Fraction:
    """The same of goods that are worth something to the agent."""
    worth, (held,) = of_bundles(world, reports, agent), outcome
    less = [rest for rest in without_one(held[other]) if worth(rest) < worth(held[other])]
    return max(map(worth, less or [held[other]])) - worth(held[agent])


def shortfall(world: Any, reports: Reports, outcome: Outcome, agent: int) -> Fraction:
    """What the agent misses of its part of everything."""
    worth, (held,) = of_bundles(world, reports, agent), outcome
    return worth(range(world.goods)) * Fraction(1, len(reports)) - worth(held[agent])


def shortfall_but_one(world: Any, reports: Reports, outcome: Outcome, agent: int) -> Fraction:
    """What it misses of it with the best good of others."""
    worth, (held,) = of_bundles(world, reports, agent), outcome
    more = [held[agent], *(held[agent] | {g} for g in range(world.goods))]
    return worth(range(world.goods)) * Fraction(1, len(reports)) - max(map(worth, more))


def wasted(world: World, reports: Reports, outcome: Outcome, agent: int, other: int) -> Fraction:
    """What a good is worth to another at most, of those that are worth nothing to the agent."""
    mine, theirs = (of_bundles(world, reports, i) for i in (agent, other))
    useless = [{g} for g in sorted(outcome[0][agent]) if mine({g}) <= 0]
    return max(map(theirs, useless), default=ZERO)


def everybody(world: World, reports: Reports) -> Iterator[Case]:
    """One case, of all agents."""
    return iter([()])


def domination(world: World, reports: Reports, outcome: Outcome) -> Fraction:
    """How far the outcome is from the peaks; elsewhere 1 if an alternative dominates it."""
    (here,) = outcome
    if isinstance(world, Line):
        need(world.tastes != "obnoxious", "Pareto optimality on a line is about peaks here")
        return fraction(max(min(reports) - here, here - max(reports), 0))
    if not isinstance(world, Values):
        raise Rejected("alternatives are not listed")
    mine, *others = (
        [world.worth(agent, type_, one) for agent, type_ in enumerate(reports)]
        for one in (here, *world.alternatives.values())
    )
    better = (all(map(Fraction.__ge__, theirs, mine)) and theirs != mine for theirs in others)
    return Fraction(any(better))


def agreement(world: World, reports: Reports) -> Iterator[Case]:
    """One case, if some alternative is best for all agents."""
    if isinstance(world, Line):
        need(world.tastes != "obnoxious", "unanimity on a line is about peaks here")
        return iter([()] if len(set(reports)) == 1 else [])
    if not isinstance(world, Values):
        raise Rejected("alternatives are not listed")
    best = any(regret(world, reports, (one,)) == 0 for one in world.alternatives.values())
    return iter([()] if best else [])


def regret(world: World, reports: Reports, outcome: Outcome) -> Fraction:
    """How much worse the outcome is for somebody than what it likes best."""
    (here,) = outcome
    if isinstance(world, Line):
        return fraction(max(abs(here - peak) for peak in reports))
    if not isinstance(world, Values):
        raise Rejected("alternatives are not listed")
    return max(
        world.worth(agent, type_, one) - world.worth(agent, type_, here)
        for agent, type_ in enumerate(reports)
        for one in world.alternatives.values()
    )


def each_place(world: World, reports: Reports) -> Iterator[Case]:
    """Each report that occurs."""
    return ((place,) for place in dict.fromkeys(reports))


def each_group(world: World, reports: Reports) -> Iterator[Case]:
    """All agents from one report to another, seen by a member at either end.

    Other groups ask for less: whoever is between may join and makes the group no wider, and the
    expected distance of a member is a convex function of where it is.
    """
    for low, high in combinations_with_replacement(sorted(set(reports)), 2):
        yield from ((low, high, member) for member in dict.fromkeys((low, high)))


def too_far(
    world: World, outcome: Outcome, peak: Fraction, length: Fraction, share: Fraction
) -> Fraction:
    """How much farther the outcome is from a peak than a share of the agents excuses."""
    near = isinstance(world, Line) and world.tastes == "distance"
    need(near, "fair shares are of nearness on a line")
    return fraction(abs(outcome[0] - peak)) - length * (1 - share)


def one_share(world: Any, reports: Reports, outcome: Outcome, at: Fraction) -> Fraction:
    """How much too far away it is for one agent at a place."""
    return too_far(world, outcome, at, world.length, Fraction(1, len(reports)))


def all_shares(world: Any, reports: Reports, outcome: Outcome, at: Fraction) -> Fraction:
    """How much too far away it is for all agents at a place."""
    return too_far(world, outcome, at, world.length, Fraction(reports.count(at), len(reports)))


def group_shares(world: Any, reports: Reports, outcome: Outcome, *case: Any) -> Fraction:
    """How much too far away it is for a member of a group, which is excused its range."""
    low, high, member = case
    share = Fraction(sum(low <= report <= high for report in reports), len(reports))
    return too_far(world, outcome, member, world.length, share) - fraction(high - low)


def spanned_shares(world: Any, reports: Reports, outcome: Outcome, *case: Any) -> Fraction:
    """The same on the interval that the reports span."""
    spanned = dataclasses.replace(world, low=min(reports), high=max(reports))
    return group_shares(spanned, reports, outcome, *case)


def each_side(world: World, reports: Reports) -> Iterator[Case]:
    """Too high or too low, where there are at most two places."""
    return iter([("above",), ("below",)] if len(set(reports)) <= 2 else [])


def each_side_at_ends(world: Any, reports: Reports) -> Iterator[Case]:
    """Too high or too low, where everybody is at an end of the line."""
    need(world.length, "the line must have two ends")
    at_ends = all(report in (world.low, world.high) for report in reports)
    return each_side(world, reports) if at_ends else iter([])


def imbalance(world: Any, reports: Reports, outcome: Outcome, side: str) -> Fraction:
    """How far it is to one side of the mean, to which k agents at b and others at a pull it."""
    need(isinstance(world, Line), "proportions are on a line")
    above = outcome[0] - sum(reports, ZERO) / len(reports)
    return fraction(above if side == "above" else -above)


class Axiom(NamedTuple):
    """What is asked; what a case is, beside the reports; all cases; by how much one breaks it."""

    words: str
    keys: tuple[str, ...]
    cases: Callable[[Any, Reports], Iterator[Case]]
    excess: Callable[..., Fraction]


def ex_post(excess: Callable[..., Fraction]) -> Callable[..., Fraction]:
    """That of the worst outcome that may be drawn."""

    def worst(world: World, play: Play, reports: Reports, *case: Any) -> Fraction:
        return max(excess(world, reports, outcome, *case) for outcome in play(reports))

    return worst


def ex_ante(excess: Callable[..., Fraction]) -> Callable[..., Fraction]:
    """The expected one."""

    def expected(world: World, play: Play, reports: Reports, *case: Any) -> Fraction:
        return mean(play(reports), lambda outcome: excess(world, reports, outcome, *case))

    return expected


LIE, TRADE, GROUP = ("agent", "lie"), ("first", "second"), ("low", "high", "member")
PAIR, ALONE = ("agent", "other"), ("agent",)
LONG, SPAN = "on a line of length L, ", "where reports span a length R, "
OF_OUTCOMES = {
    "unanimous": Axiom("what is best for all is the outcome", (), agreement, regret),
    "pareto optimal": Axiom(
        "no alternative is better for somebody and worse for nobody", (), everybody, domination
    ),
    "individually rational": Axiom("no utility is negative", ALONE, each_agent, loss),
    "envy free": Axiom(
        "no agent would rather trade shares and payments with another",
        PAIR,
        each_two,
        envy,
    ),
    "individual fair share": Axiom(
        f"{LONG}each of n agents is within L(1 - 1/n) of the outcome",
        ("at",),
        each_place,
        one_share,
    ),
    "unanimous fair share": Axiom(
        f"{LONG}k of n agents at one place are within L(1 - k/n) of the outcome",
        ("at",),
        each_place,
        all_shares,
    ),
    "proportionally fair": Axiom(
        f"{LONG}k of n agents in an interval of length r are within r + L(1 - k/n) of the outcome",
        GROUP,
        each_group,
        group_shares,
    ),
    "strongly proportionally fair": Axiom(
        f"{SPAN}k of n agents in an interval of length r are within r + R(1 - k/n) of the outcome",
        GROUP,
        each_group,
        spanned_shares,
    ),
    "proportional": Axiom(
        "where agents are at the ends of the line only, their mean is the outcome",
        ("side",),
        each_side_at_ends,
        imbalance,
    ),
    "strongly proportional": Axiom(
        "where agents are at two places only, or at one, their mean is the outcome",
        ("side",),
        each_side,
        imbalance,
    ),
}
OF_SHARES = {
    "envy free up to one good": Axiom(
        "some good less ends all envy of whoever has it", PAIR, each_two, envy_but_one
    ),
    "envy free up to any good": Axiom(
        "any good less ends all envy of whoever has it", PAIR, each_two, envy_but_any
    ),
    "envy free up to any valued good": Axiom(
        "any good less that the envious value ends all envy of whoever has it",
        PAIR,
        each_two,
        envy_but_valued,
    ),
    "proportional share": Axiom(
        "each of n agents has what is worth to it 1/n of everything", ALONE, each_agent, shortfall
    ),
    "proportional up to one good": Axiom(
        "each of n agents has what is worth to it 1/n of everything, or would with a good more",
        ALONE,
        each_agent,
        shortfall_but_one,
    ),
    "non wasteful": Axiom(
        "nobody has a good that it does not value and another does", PAIR, each_two, wasted
    ),
    "efficient": Axiom("no alternative is worth more to all together", (), everybody, forgone),
    "no positive transfers": Axiom("nobody receives money", ALONE, each_agent, paid_out),
    "no deficit": Axiom("payments do not sum to less than 0", (), everybody, deficit),
}
AXIOMS = {
    "strategyproof": Axiom("no agent expects to gain by another report", LIE, each_lie, gain),
    "anonymous": Axiom(
        "the lottery is the same if two agents trade reports", TRADE, each_trade, asymmetry
    ),
    "anonymous with shares": Axiom(
        "the lottery is the same if two agents trade reports, shares and payments",
        TRADE,
        each_trade,
        asymmetry_of_shares,
    ),
    "monotone": Axiom("the expected outcome never falls with a report", LIE, each_rise, fall),
    "strictly monotone": Axiom("the expected outcome rises with a report", LIE, each_rise, no_rise),
    "clamp identity": Axiom(
        "the outcome is a report, clamped between the outcomes with that report at either end",
        ALONE,
        each_agent,
        unclamped,
    ),
}


def by_distance(excess: Callable[..., Fraction]) -> Callable[..., Fraction]:
    """The same of agents at these peaks who mind distance, whatever their tastes are."""

    def of_peaks(world: Any, *case: Any) -> Fraction:
        need(isinstance(world, Line), "distances are on a line")
        return excess(dataclasses.replace(world, tastes="distance"), *case)

    return of_peaks


for _name in (
    "individual fair share",
    "unanimous fair share",
    "proportionally fair",
    "strongly proportionally fair",
):
    OF_OUTCOMES[f"{_name} by distance"] = OF_OUTCOMES[_name]._replace(
        excess=by_distance(OF_OUTCOMES[_name].excess)
    )
for _name, _one in OF_SHARES.items():
    AXIOMS[f"{_name} ex post"] = _one._replace(
        words=f"{_one.words}, whatever is drawn", excess=ex_post(_one.excess)
    )
for _name, _one in OF_OUTCOMES.items():
    _post, _ante = f"{_one.words}, whatever is drawn", f"{_one.words}, in expectation"
    AXIOMS[f"{_name} ex post"] = _one._replace(words=_post, excess=ex_post(_one.excess))
    AXIOMS[f"{_name} ex ante"] = _one._replace(words=_ante, excess=ex_ante(_one.excess))


def axiom(data: Any) -> Axiom:
    """One that is known here."""
    need(data in AXIOMS, f"{shown(data)} is none of the axioms known here: {', '.join(AXIOMS)}")
    return AXIOMS[data]


def read_case(world: World, reports: Reports, asked: Axiom, data: Any) -> Case:
    """A case in a certificate; it must be one."""
    found: list[Any] = []
    for key, entry in zip(asked.keys, record(data, *asked.keys), strict=True):
        if key in ("agent", "other", "first", "second"):
            found.append(whole(entry, len(reports)))
        elif key == "side":
            found.append(entry)
        else:  # a report: a lie of the agent, or one that is there
            found.append(world.report(found[0] if key == "lie" else 0, entry))
    if "lie" in asked.keys:  # on a line there are too many to list
        need(found[1] != reports[found[0]], "the lie is the truth")
        need(asked.cases != each_rise or found[1] > reports[found[0]], "the report does not rise")
    else:
        need(tuple(found) in asked.cases(world, reports), f"{shown(data)} is no case")
    return tuple(found)


def exhaust(world: World, agents: int, asked: Axiom, play: Play) -> int:
    """How many cases there are; rejects if one breaks the axiom."""
    cases = 0
    for reports in product(*map(world.types, range(agents))):
        for case in asked.cases(world, reports):
            cases += 1
            found = asked.excess(world, play, reports, *case)
            if found > 0:
                raise Rejected(f"at {told(reports)}, {told(case)} breaks the axiom by {found}")
    return cases


# ---- Rules that are sought: one alternative at each profile.  What is written about them is by
# number: a type by its place among those of its agent, an alternative by its place among those that
# may be chosen.  If a clause is wrong about a rule, this says what the rule may choose at some
# profiles.  The clause follows from an axiom if every such choice breaks it, which a function for
# each axiom decides.

Profile = tuple[int, ...]
Members = frozenset[int]
Said = tuple[Profile, Members]  # that the outcome at a profile is one of these
Renaming = tuple[tuple[int, ...], tuple[int, ...]]  # of types, and of alternatives


def numbers(data: Any) -> tuple[int, ...]:
    """Whole numbers in a text, with single spaces between them."""
    found = tuple(map(int, data.split(" "))) if is_a(data, str) and data else ()
    if " ".join(map(str, found)) != data:
        raise Rejected(f"{shown(data)} must be whole numbers in a text")
    return found


def two_parts(data: Any) -> list[tuple[int, ...]]:
    """Whole numbers before and after a colon."""
    parts: list[str] = data.split(": ") if is_a(data, str) else []
    if len(parts) != 2:
        raise Rejected(f"{shown(data)} must be whole numbers, a colon, and whole numbers")
    return list(map(numbers, parts))


def may_prefer(peak: Any, new: Any, old: Any) -> bool:
    """Whether some agent with this peak, of whom no more is known, likes the new place better."""
    return not min(peak, new) <= old <= max(peak, new)


def with_a_list(world: World) -> Values:
    """The setting, which must list its alternatives."""
    if isinstance(world, Values):
        return world
    raise Rejected(f"the outcomes on {world} are not listed")


def is_best(world: World, agent: int, type_: Any, one: Any) -> bool:
    """Whether the agent likes nothing better."""
    if isinstance(world, Line):
        need(world.tastes != "obnoxious", "what is best on a line is about peaks here")
        return bool(one == type_)
    if isinstance(world, Orders):
        return bool(one == world.own(type_))
    table = with_a_list(world)
    most = max(table.worth(agent, type_, other) for other in table.alternatives.values())
    return table.worth(agent, type_, one) == most


@dataclass(frozen=True)
class Between:
    """Two agents at points, who mind the straight distance, and parts of the way between them.

    To places outside the segment that joins the agents both prefer one of it; so Pareto optimal
    places are at some share of the way, from the point that is first in order, and the shares from
    k/N to (k + 1)/N are part k.  Only bounds are known of the distance to a place in a part.
    """

    points: tuple[tuple[Fraction, ...], ...]
    parts: int

    def types(self, agent: int) -> tuple[Any, ...]:
        """The points."""
        return self.points

    @property
    def choices(self) -> tuple[Any, ...]:
        """The parts by number."""
        return tuple(range(self.parts))

    def bounds(self, reports: Reports, point: Any, part: int) -> tuple[Bound, Bound]:
        """The least and the largest square of a distance from a point to places of a part."""
        start, end = sorted(reports)
        way = [b - a for a, b in zip(start, end, strict=True)]
        ends = [Fraction(part, self.parts), Fraction(part + 1, self.parts)]

        def square(share: Fraction) -> Fraction:
            gone = zip(start, way, point, strict=True)
            return sum(((a + share * d - x) ** 2 for a, d, x in gone), ZERO)

        length = sum((d * d for d in way), ZERO)
        ahead = sum(((x - a) * d for a, d, x in zip(start, way, point, strict=True)), ZERO)
        nearest = min(max(ahead / length, ends[0]), ends[1]) if length else ends[0]
        return (square(nearest), 0), (max(map(square, ends)), 0)

    def beaten(self, reports: Reports, part: int) -> bool:
        """Never: nothing dominates what is between."""
        return False

    def __str__(self) -> str:
        return f"the points {told(self.points)} who mind the straight distance"


def between(data: Any) -> Between:
    """Points and the number of parts of the way in a certificate."""
    _, listed, parts = record(data, "kind", "points", "parts")
    points = distinct(tuple(map(rational, entries(point))) for point in entries(listed))
    need(points and points[0], "there must be points")
    need(len(set(map(len, points))) == 1, "points must have as many numbers each")
    need(is_a(parts, int) and parts > 0, f"{shown(parts)} must be a number of parts")
    return Between(points, parts)


@dataclass(frozen=True)
class Stretches:
    """A line on which agents mind distance, and parts of it: points, and what is between them.

    The points are the low end and each further one at an equal distance; part 2k is point k, and
    part 2k + 1 has all places between it and the next.
    """

    line: Line
    parts: int

    @property
    def choices(self) -> tuple[Any, ...]:
        """The parts by number."""
        return tuple(range(2 * self.parts + 1))

    def types(self, agent: int) -> tuple[Any, ...]:
        """The peaks."""
        return self.line.types(agent)

    def ends(self, part: int) -> tuple[Fraction, Fraction]:
        """Those of a part; the same place twice if it is a point."""
        step, low = self.line.length / self.parts, self.line.low or ZERO
        return low + part // 2 * step, low + (part + 1) // 2 * step

    def bounds(self, reports: Reports, peak: Any, part: int) -> tuple[Bound, Bound]:
        """The least and the largest distance from a peak to places of a part."""
        low, high = self.ends(part)
        near, far = sorted((abs(low - peak), abs(high - peak)))
        if low == high:
            return (near, 0), (far, 0)
        return (ZERO, 0) if low < peak < high else (near, 1), (far, -1)

    def beaten(self, reports: Reports, part: int) -> bool:
        """Nobody asks."""
        raise Rejected("parts of a line are not known to be Pareto optimal or not")

    def __str__(self) -> str:
        low, high = self.line.low, self.line.high
        return f"the points {told(self.line.points)} from {low} to {high} who mind the distance"


def stretches(data: Any) -> Stretches:
    """A line and the number of parts in a certificate."""
    _, whole_line, parts = record(data, "kind", "line", "parts")
    found = a_world(whole_line)
    if not (isinstance(found, Line) and found.points is not None and found.tastes == "distance"):
        raise Rejected("parts are of a line with peaks whom distance hurts")
    need(found.length > 0, "the line must have two ends")
    need(is_a(parts, int) and parts > 0, f"{shown(parts)} must be a number of parts")
    return Stretches(found, parts)


Box = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
METRICS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "euclidean": lambda apart: sum((x * x for x in apart), ZERO),
    "manhattan": lambda apart: sum(apart, ZERO),
    "chebyshev": max,
}
"""What grows with the distance, of the distances in each dimension."""


@dataclass(frozen=True)
class Cells:
    """Agents at points who mind the distance to the nearest facility, and boxes for these.

    The boxes are those of a grid, in which a facility may be anywhere, and each part is as many of
    them as there are facilities.
    """

    low: tuple[Fraction, ...]
    high: tuple[Fraction, ...]
    points: tuple[tuple[Fraction, ...], ...]
    grid: tuple[int, ...]
    metric: str
    facilities: int

    @cached_property
    def built(self) -> list[tuple[Box, ...]]:
        """The boxes of each part: they cover the space."""
        sides = [
            [[low + (high - low) * Fraction(k + j, count) for j in (0, 1)] for k in range(count)]
            for low, high, count in zip(self.low, self.high, self.grid, strict=True)
        ]
        boxes = [
            (tuple(low for low, _ in side), tuple(high for _, high in side))
            for side in product(*sides)
        ]
        return list(combinations_with_replacement(boxes, self.facilities))

    @property
    def choices(self) -> tuple[Any, ...]:
        """The parts by number."""
        return tuple(range(len(self.built)))

    def types(self, agent: int) -> tuple[Any, ...]:
        """The points."""
        return self.points

    def apart(self, point: Any, places: Iterable[Any]) -> Fraction:
        """What grows with the distance to the nearest of several places."""
        size = METRICS[self.metric]
        return min(
            size([abs(a - b) for a, b in zip(point, place, strict=True)]) for place in places
        )

    def bounds(self, reports: Reports, point: Any, part: int) -> tuple[Bound, Bound]:
        """The least and the largest that it can be."""
        near = [
            tuple(min(max(a, x), b) for a, x, b in zip(low, point, high, strict=True))
            for low, high in self.built[part]
        ]
        far = [
            tuple(a if x - a > b - x else b for a, x, b in zip(low, point, high, strict=True))
            for low, high in self.built[part]
        ]
        return (self.apart(point, near), 0), (self.apart(point, far), 0)

    def beaten(self, reports: Reports, part: int) -> bool:
        """Whether something is better for somebody and worse for nobody, wherever they are built.

        In a plane with straight distances one facility that is outside the hull of the agents'
        points could be moved there, nearer to all of them.  Facilities at points are tried too.
        """
        if self.facilities == 1 and self.metric == "euclidean" and len(self.low) == 2:
            return are_apart(reports, self.built[part][0])
        least = [self.bounds(reports, point, part)[0][0] for point in reports]
        for places in combinations_with_replacement(self.points, self.facilities):
            away = [self.apart(point, places) for point in reports]
            pairs = list(zip(away, least, strict=True))
            if all(a <= b for a, b in pairs) and any(a < b for a, b in pairs):
                return True
        return False

    def __str__(self) -> str:
        built = "one facility" if self.facilities == 1 else f"{self.facilities} facilities"
        box = f"the box from {told(self.low)} to {told(self.high)}"
        return f"the points {told(self.points)} in {box}, with {self.metric} distances and {built}"


def are_apart(points: Iterable[Any], box: Box) -> bool:
    """Whether a line separates a box of the plane from the hull of points."""
    listed = list(dict.fromkeys(points))
    ways = [(Fraction(1), ZERO), (ZERO, Fraction(1))]
    ways += [(p[1] - q[1], q[0] - p[0]) for p, q in combinations(listed, 2)]
    for a, b in ways:
        hull = [a * x + b * y for x, y in listed]
        sides = [a * x + b * y for x, y in product(*zip(*box, strict=True))]
        if max(hull) < min(sides) or max(sides) < min(hull):
            return True
    return False


def cells(data: Any) -> Cells:
    """Points and boxes in a certificate."""
    _, low, high, points, grid, metric, facilities = record(
        data, "kind", "low", "high", "points", "parts", "metric", "facilities"
    )
    corners = [tuple(map(rational, entries(corner))) for corner in (low, high)]
    wide = len(corners[0])
    fits = wide and len(corners[1]) == wide
    fits = fits and all(a < b for a, b in zip(*corners, strict=True))
    need(fits, "each number of the high corner must exceed that of the low one")
    listed = distinct(tuple(map(rational, entries(point, wide))) for point in entries(points))
    need(listed, "there must be points")
    for point in listed:
        inside = all(a <= x <= b for a, x, b in zip(corners[0], point, corners[1], strict=True))
        need(inside, f"{told(point)} is not in the box")
    counts = entries(grid, wide)
    need(all(is_a(k, int) and k > 0 for k in counts), f"{shown(grid)} must be numbers of parts")
    need(is_a(metric, str) and metric in METRICS, f"{shown(metric)} is no metric")
    need(is_a(facilities, int) and facilities > 0, f"{shown(facilities)} must be a number")
    need(prod(counts) ** facilities <= MOST_PARTS, f"there are more than {MOST_PARTS} parts")
    return Cells(corners[0], corners[1], listed, tuple(counts), metric, facilities)


Parts = Between | Stretches | Cells
PARTS: dict[str, Callable[[Any], Parts]] = {
    "between": between,
    "stretches": stretches,
    "cells": cells,
}
"""Settings with any place as an outcome, of which parts are told apart that cover all places."""


@dataclass(frozen=True)
class Sought:
    """A rule that is asked for, and which profiles axioms make alike."""

    world: Any
    agents: int
    alternatives: tuple[Any, ...]
    anonymous: bool
    renamings: tuple[Renaming, ...]

    @cached_property
    def types(self) -> tuple[tuple[Any, ...], ...]:
        """Those of each agent."""
        return tuple(map(self.world.types, range(self.agents)))

    @cached_property
    def everything(self) -> Members:
        """All alternatives."""
        return frozenset(range(len(self.alternatives)))

    @cached_property
    def better(self) -> list[list[list[Members]]]:
        """What an agent of a type likes better than an alternative, or might."""

        def than_each(agent: int, type_: Any) -> list[Members]:
            some, world = self.alternatives, self.world
            if isinstance(world, Line) and world.tastes == "single_peaked":
                return [
                    frozenset(k for k, new in enumerate(some) if may_prefer(type_, new, old))
                    for old in some
                ]
            worth = [world.worth(agent, type_, one) for one in some]
            return [frozenset(k for k, new in enumerate(worth) if new > old) for old in worth]

        return [
            [than_each(agent, type_) for type_ in mine] for agent, mine in enumerate(self.types)
        ]

    @cached_property
    def best(self) -> list[list[Members]]:
        """What an agent of a type likes best."""
        return [
            [
                frozenset(
                    k
                    for k, one in enumerate(self.alternatives)
                    if is_best(self.world, agent, type_, one)
                )
                for type_ in self.types[agent]
            ]
            for agent in range(self.agents)
        ]

    def profiles(self) -> Iterator[Profile]:
        """All of them."""
        return product(*(range(len(mine)) for mine in self.types))

    def reports(self, profile: Profile) -> Reports:
        """What is reported at a profile."""
        return tuple(mine[k] for mine, k in zip(self.types, profile, strict=True))

    def ordered(self, profile: Profile) -> Profile:
        """The profile, with the agents in order if they may be exchanged."""
        return tuple(sorted(profile)) if self.anonymous else profile

    def alike(self, profile: Profile, members: Members) -> Iterator[Said]:
        """What else must hold if the outcome there is one of these: first the same, ordered."""
        for new, names in self.renamings:
            renamed = tuple(new[k] for k in profile)
            yield self.ordered(renamed), frozenset(names[k] for k in members)

    def said(self, data: Any) -> Said:
        """A profile and alternatives in a certificate, such as ``0 3: 1``."""
        profile, members = two_parts(data)
        if len(profile) != self.agents:
            raise Rejected(f"{shown(data)} must have a type for each agent")
        for mine, k in zip(self.types, profile, strict=True):
            whole(k, len(mine))
        ordered = members and members == tuple(sorted(set(members)))
        if not ordered or not self.everything.issuperset(members):
            raise Rejected(f"{shown(data)} must list alternatives in order")
        return profile, frozenset(members)

    def contrary(self, clause: Sequence[tuple[Said, bool]]) -> "Contrary":
        """What is left to be chosen where nothing that the clause says is so."""
        left: dict[Profile, Members] = {}
        for (profile, members), holds in clause:
            for at, some in self.alike(profile, self.everything - members if holds else members):
                left[at] = left.get(at, self.everything) & some
        return Contrary(self, tuple(dict.fromkeys(at for (at, _), _ in clause)), left)


@dataclass(frozen=True)
class Contrary:
    """A rule about which a clause is wrong: what it may choose, and the profiles that are named."""

    sought: Sought
    profiles: tuple[Profile, ...]
    left: dict[Profile, Members]

    def at(self, profile: Profile) -> Members:
        """What it may choose there."""
        return self.left.get(self.sought.ordered(profile), self.sought.everything)


def chooses_nothing(sought: Sought, contrary: Contrary) -> bool:
    """Whether nothing is left at some profile."""
    return not all(contrary.left.values())


def changes(contrary: Contrary) -> Iterator[tuple[int, Profile, Profile]]:
    """Each agent that alone reports something else at one of the profiles than at another."""
    for before, after in permutations(contrary.profiles, 2):
        differ = [k for k, (was, now) in enumerate(zip(before, after, strict=True)) if was != now]
        if len(differ) == 1:
            yield differ[0], before, after


def is_paid(sought: Sought, contrary: Contrary, agent: int, honest: Profile, lied: Profile) -> bool:
    """Whether the agent gains from the one profile to the other, whatever is chosen there."""
    better = sought.better[agent][honest[agent]]
    return all(contrary.at(lied) <= better[old] for old in contrary.at(honest))


def lie_pays(sought: Sought, contrary: Contrary) -> bool:
    """Whether an agent gains by a lie from one profile to another, whatever is chosen there."""
    return any(is_paid(sought, contrary, *change) for change in changes(contrary))


def lie_surely_pays(sought: Sought, contrary: Contrary) -> bool:
    """The same for all places of the parts that are left."""
    for agent, honest, lied in changes(contrary):
        truth = sought.types[agent][honest[agent]]

        def bounds(at: Profile, truth: Any = truth) -> list[tuple[Bound, Bound]]:
            reports, left = sought.reports(at), contrary.at(at)
            return [sought.world.bounds(reports, truth, part) for part in left]

        far = [most for _, most in bounds(lied)]
        near = [least for least, _ in bounds(honest)]
        if not far or not near or max(far) < min(near):
            return True
    return False


def surely_beaten(sought: Sought, contrary: Contrary) -> bool:
    """Whether at some profile there is something better than all places of the parts left."""
    return any(
        all(sought.world.beaten(sought.reports(profile), part) for part in contrary.at(profile))
        for profile in contrary.profiles
    )


def breaks_at_one(judged: Axiom) -> Callable[[Sought, Contrary], bool]:
    """Whether the outcome at some profile breaks an axiom of outcomes, whatever is chosen there."""

    def broken(world: World, reports: Reports, outcome: Any) -> bool:
        def play(asked: Reports) -> Lottery:
            return {(outcome,): Fraction(1)}

        cases = judged.cases(world, reports)
        return any(judged.excess(world, play, reports, *case) > 0 for case in cases)

    def breaks(sought: Sought, contrary: Contrary) -> bool:
        return any(
            all(
                broken(sought.world, sought.reports(profile), sought.alternatives[k])
                for k in contrary.at(profile)
            )
            for profile in contrary.profiles
        )

    return breaks


def chosen_nowhere(sought: Sought, contrary: Contrary) -> bool:
    """Whether some alternative is left at no profile."""
    return frozenset[int]().union(*map(contrary.at, sought.profiles())) < sought.everything


def dictates(sought: Sought, contrary: Contrary) -> bool:
    """Whether all that is left anywhere is what one agent likes best."""
    every = [(profile, contrary.at(profile)) for profile in sought.profiles()]
    return any(
        all(left <= sought.best[agent][profile[agent]] for profile, left in every)
        for agent in range(sought.agents)
    )


def gives_up(sought: Sought, contrary: Contrary) -> bool:
    """Whether what is chosen is given up where one agent changes and it falls below nothing."""
    for agent, before, after in changes(contrary):
        was, now = (sought.better[agent][at[agent]] for at in (before, after))
        left = contrary.at(before)
        if left.isdisjoint(contrary.at(after)) and all(now[k] <= was[k] for k in left):
            return True
    return False


def pairwise_winner(sought: Sought, profile: Profile) -> int | None:
    """The alternative that beats every other one in pairs, if one does."""

    def beats(one: int, other: int) -> bool:
        likes = [sought.better[agent][k] for agent, k in enumerate(profile)]
        return sum((one in mine[other]) - (other in mine[one]) for mine in likes) > 0

    every = sought.everything
    return next((k for k in every if all(k == j or beats(k, j) for j in every)), None)


def passes_the_winner_over(sought: Sought, contrary: Contrary) -> bool:
    """Whether somebody wins who does not beat all others, where one does."""
    for profile in contrary.profiles:
        winner = pairwise_winner(sought, profile)
        if winner is not None and winner not in contrary.at(profile):
            return True
    return False


def absence_pays(absent: Any) -> Callable[[Sought, Contrary], bool]:
    """Whether an agent gains where it makes this report, which is to stay away."""

    def pays(sought: Sought, contrary: Contrary) -> bool:
        return any(
            is_paid(sought, contrary, agent, there, away)
            for agent, there, away in changes(contrary)
            if sought.types[agent][away[agent]] == absent
        )

    return pays


def ranks(sought: Sought) -> Orders:
    """The setting, in which candidates are ranked."""
    if isinstance(sought.world, Orders):
        return sought.world
    raise Rejected(f"on {sought.world} no candidates are ranked")


def agreed_on(world: Orders, reports: Reports) -> Iterator[tuple[int, int]]:
    """Pairs of candidates of whom everybody ranks the first above the second."""
    own = [world.own(ranking) for ranking in reports]
    for one, other in permutations(range(world.candidates), 2):
        if all(mine[one] < mine[other] for mine in own):
            yield one, other


def ranks_against_all(sought: Sought, contrary: Contrary) -> bool:
    """Whether at some profile each order that is left does not rank a pair as everybody does."""
    world = ranks(sought)
    for profile in contrary.profiles:
        pairs = list(agreed_on(world, sought.reports(profile)))
        left = [sought.alternatives[k] for k in contrary.at(profile)]
        if all(any(not order[one] < order[other] for one, other in pairs) for order in left):
            return True
    return False


def compared(order: tuple[int, ...], one: int, other: int) -> int:
    """1 if the one is below the other, 0 if they share a rank, and -1 if it is above."""
    return (order[one] > order[other]) - (order[one] < order[other])


def depends_on_others(sought: Sought, contrary: Contrary) -> bool:
    """Whether a pair is ranked otherwise after a change of a report that leaves it as it was."""
    world = ranks(sought)
    for agent, before, after in changes(contrary):
        own = [world.own(sought.types[agent][at[agent]]) for at in (before, after)]
        for pair in combinations(range(world.candidates), 2):
            if compared(own[0], *pair) == compared(own[1], *pair):
                was, now = (
                    {compared(sought.alternatives[k], *pair) for k in contrary.at(at)}
                    for at in (before, after)
                )
                if was.isdisjoint(now):
                    return True
    return False


def a_set(found: Any) -> frozenset[Any]:
    """A ballot or a committee."""
    need(is_a(found, frozenset), f"{told(found)} is no set of candidates")
    return frozenset(found)


def part_pays(sought: Sought, contrary: Contrary) -> bool:
    """Whether a part of a ballot surely gets its voter more of it, and all that the ballot got."""
    for agent, honest, lied in changes(contrary):
        truth, part = (a_set(sought.types[agent][at[agent]]) for at in (honest, lied))
        if part and part < truth:
            before, after = (
                [truth & a_set(sought.alternatives[k]) for k in contrary.at(at)]
                for at in (honest, lied)
            )
            if all(old < new for old, new in product(before, after)):
                return True
    return False


def leaves_out(costs: Sequence[Fraction], budget: Fraction) -> Callable[[Sought, Contrary], bool]:
    """Whether at some profile each committee that is left lacks whom enough voters want alone."""

    def breaks(sought: Sought, contrary: Contrary) -> bool:
        for profile in contrary.profiles:
            ballots = list(map(a_set, sought.reports(profile)))
            alone = [ballots.count(frozenset({one})) for one in range(len(costs))]
            due = {
                one
                for one, (voters, cost) in enumerate(zip(alone, costs, strict=True))
                if voters and cost <= budget and voters * budget >= len(ballots) * cost
            }
            left = [a_set(sought.alternatives[k]) for k in contrary.at(profile)]
            if not any(due <= committee for committee in left):
                return True
        return False

    return breaks


def breaks_never(sought: Sought, contrary: Contrary) -> bool:
    """What is said of an axiom that makes profiles alike, and says no more."""
    return False


class Demand(NamedTuple):
    """What is asked of a rule, and whether every rule breaks it about which a clause is wrong."""

    words: str
    breaks: Callable[[Sought, Contrary], bool]
    judged: Axiom | None = None


# Of what axioms clauses can be: one function each, which is told what the contrary leaves.
ONE_OUTCOME = "one outcome"
DEMANDS: dict[str, Demand] = {
    "strategyproof": Demand(AXIOMS["strategyproof"].words, lie_pays),
    "anonymous": Demand("the outcome is the same if two agents trade reports", breaks_never),
    "onto": Demand("each of these is chosen at some profile", chosen_nowhere),
    "nondictatorial": Demand("no agent gets what it likes best at every profile", dictates),
    "maskin monotonic": Demand(
        "what is chosen stays chosen where it falls below nothing in anybody's opinion", gives_up
    ),
    "condorcet consistent": Demand(
        "one of these that beats every other in pairs is chosen", passes_the_winner_over
    ),
    "subset strategyproof": Demand(
        "no part of a ballot gets its voter more of it and all that it gets", part_pays
    ),
}
ORDERS: dict[str, Demand] = {
    "onto": DEMANDS["onto"],
    "nondictatorial": Demand("no voter's own ranking is the order at every profile", dictates),
    "weakly pareto ex post": Demand(
        "of two candidates whom all voters rank alike the order does too", ranks_against_all
    ),
    "independent of irrelevant alternatives": Demand(
        "two candidates stay ranked as they are where nobody ranks these two otherwise",
        depends_on_others,
    ),
    "anonymous": DEMANDS["anonymous"],
}
for _name in OF_OUTCOMES:
    for _kind in ("ex post", "ex ante"):
        _one = AXIOMS[f"{_name} {_kind}"]
        DEMANDS[f"{_name} {_kind}"] = Demand(_one.words, breaks_at_one(_one))


PARETO = "pareto optimal ex post"
OF_PARTS = {
    "strategyproof": Demand(AXIOMS["strategyproof"].words, lie_surely_pays),
    "anonymous": DEMANDS["anonymous"],
    PARETO: Demand(AXIOMS[PARETO].words, surely_beaten),
}


def participation(sought: Sought, data: Any) -> Demand:
    """Nobody gains by a report that stands for staying away."""
    absent = value(data)
    return Demand(
        f"no agent expects to gain by the report {told(absent)}, which is to stay away",
        absence_pays(absent),
    )


def singletons(sought: Sought, data: Any) -> Demand:
    """Whom enough voters want alone is elected; candidates are numbered as their costs are."""
    listed, money = record(data, "costs", "budget")
    costs, budget = list(map(rational, entries(listed))), rational(money)
    need(costs and min(costs) > 0 and budget > 0, "costs and the budget must be positive")
    return Demand(
        f"of candidates that cost {told(tuple(costs))} one is elected if as large a share of the "
        f"voters as its cost is of {budget} want it alone",
        leaves_out(costs, budget),
    )


def nuisance_share(of_groups: bool) -> Callable[[Sought, Any], Demand]:
    """Nobody, or no group at one place, is nearer to a nuisance than a share of the line."""

    def read(sought: Sought, data: Any) -> Demand:
        (alpha,) = (rational(number) for number in record(data, "alpha"))
        need(alpha >= 1, f"{alpha} must be at least 1")
        need(isinstance(sought.world, Line), "a share of distance is on a line")

        def missing(world: Line, reports: Reports, outcome: Outcome, at: Fraction) -> Fraction:
            need(world.tastes == "obnoxious", "a share of distance is of a nuisance")
            share = Fraction(reports.count(at) if of_groups else 1, len(reports))
            return fraction(world.length * share / alpha - abs(outcome[0] - at))

        whom, due = "of n agents each", "L"
        if of_groups:
            whom, due = "of k of n agents at one place each", "k L"
        words = f"on a line of length L, {whom} is at least {due}/({alpha} n) away"
        return demand_of(Axiom(words, ("at",), each_place, ex_post(missing)))

    return read


def demand_of(judged: Axiom) -> Demand:
    """What is asked of each outcome."""
    return Demand(judged.words, breaks_at_one(judged), judged)


@cache
def maximin(values: tuple[Fraction, ...], parts: int) -> Fraction:
    """What the worst part is worth if goods are cut into parts as well as they can be."""
    need(parts ** len(values) <= MOST_CUTS, "there are too many ways to cut the goods")

    def worst(to: tuple[int, ...]) -> Fraction:
        worth = [ZERO] * parts
        for part, number in zip(to, values, strict=True):
            worth[part] += number
        return min(worth)

    return max(map(worst, product(range(parts), repeat=len(values))))


def maximin_shares(sought: Sought, data: Any) -> Demand:
    """Each agent gets a multiple of its maximin share."""
    (alpha,) = (rational(number) for number in record(data, "alpha"))
    need(alpha > 0, f"{alpha} must be positive")

    def missing(world: World, reports: Reports, outcome: Outcome, agent: int) -> Fraction:
        values, (held,) = reports[agent], outcome
        fits = is_a(values, tuple) and all(is_a(x, int) or is_a(x, Fraction) for x in values)
        need(fits, "a report must be a value for each good")
        fits = is_a(held, tuple) and len(held) == len(reports)
        fits = fits and all(is_a(one, frozenset) for one in held)
        need(fits, "an outcome must be a bundle for each agent")
        goods = [good for bundle in held for good in bundle]
        fits = all(is_a(good, int) and 0 <= good < len(values) for good in goods)
        need(fits and len(set(goods)) == len(goods), "goods must be numbers, and given once")
        got = sum((Fraction(values[good]) for good in held[agent]), ZERO)
        return alpha * maximin(tuple(map(Fraction, values)), len(reports)) - got

    words = (
        f"each agent's goods are worth at least {alpha} of what it could be sure of by cutting all "
        "goods, whose values it reports, into as many parts as there are agents"
    )
    return demand_of(Axiom(words, ALONE, each_agent, ex_post(missing)))


def apart_from(line: Line, reports: Reports, place: Fraction) -> list[Fraction]:
    """The distances of agents who mind them."""
    need(line.tastes == "distance", "costs are distances of agents who mind them")
    return [abs(place - peak) for peak in reports]


def utilities(line: Line, reports: Reports, place: Fraction) -> list[Fraction]:
    """What agents have of a place: its distance from a nuisance, else what the line exceeds it."""
    need(line.tastes != "single_peaked", "of single-peaked agents only an order is known")
    away = [abs(place - peak) for peak in reports]
    return away if line.tastes == "obnoxious" else [line.length - x for x in away]


def total(each: list[Fraction]) -> Fraction:
    """The sum."""
    return sum(each, ZERO)


def gini(each: list[Fraction]) -> Fraction:
    """Half the mean difference of two utilities, over the mean utility; 1 if all have nothing."""
    differences = sum((abs(a - b) for a, b in product(each, each)), ZERO)
    return differences / (2 * len(each) * sum(each)) if any(each) else Fraction(1)


def evenness(each: list[Fraction]) -> Fraction:
    """One less the Gini index."""
    return 1 - gini(each)


class Objective(NamedTuple):
    """Whether it is to be small, what each agent bears of a place, and what it is of that."""

    small: bool
    borne: Callable[[Line, Reports, Fraction], list[Fraction]]
    of: Callable[[list[Fraction]], Fraction]

    def at(self, line: Line, reports: Reports, place: Fraction) -> Fraction:
        """What it is of a place."""
        return self.of(self.borne(line, reports, place))


OBJECTIVES: dict[str, Objective] = {
    "total cost": Objective(True, apart_from, total),
    "max cost": Objective(True, apart_from, max),
    "Gini": Objective(True, utilities, gini),
    "welfare": Objective(False, utilities, total),
    "least utility": Objective(False, utilities, min),
    "1 - Gini": Objective(False, utilities, evenness),
}


def within(sought: Sought, data: Any) -> Demand:
    """An objective is within a multiple of what it is at each of some places of the line.

    So it is if it is within that multiple of the best there is.
    """
    objective, multiple, strictly, listed = record(data, "objective", "bound", "strictly", "places")
    need(is_a(objective, str) and objective in OBJECTIVES, f"{shown(objective)} is not known")
    need(is_a(strictly, bool), f"{shown(strictly)} must be true or false")
    bound = None if multiple is None else rational(multiple)
    need(bound is not None or not strictly, "there must be a multiple to be missed")
    need(bound is None or bound >= 1, "the multiple must be at least 1")
    world, judged = sought.world, OBJECTIVES[objective]
    small, measure = judged.small, judged.at
    line = world.line if isinstance(world, Stretches) else world
    if not isinstance(line, Line):
        raise Rejected("ratios are on lines")
    places = distinct(map(line.read, entries(listed)))
    need(places, "there must be a place to compare with")

    def achieved(reports: Reports, part: int) -> Fraction:
        if not isinstance(world, Stretches):
            return measure(line, reports, sought.alternatives[part])
        need(objective in ("total cost", "max cost"), "of parts of a line only costs are known")
        low, high = world.ends(part)
        kinks = [(a + b) / 2 for a, b in combinations_with_replacement(reports, 2)]
        some = [low, high, *(kink for kink in kinks if low < kink < high)]
        return min(measure(line, reports, place) for place in some)  # between them it is linear

    def is_beyond(found: Fraction, best: Fraction) -> bool:
        less, more = (best, found) if small else (found, best)
        if bound is None:
            return less == 0 < more
        return more > bound * less or (strictly and more == bound * less and more > 0)

    def breaks(sought: Sought, contrary: Contrary) -> bool:
        for profile in contrary.profiles:
            reports = sought.reports(profile)
            each = [measure(line, reports, place) for place in places]
            best = min(each) if small else max(each)
            if all(is_beyond(achieved(reports, part), best) for part in contrary.at(profile)):
                return True
        return False

    than = "less than" if strictly else "at most"
    there = f"what it is at each of {told(places)}"
    if bound is None:
        words = f"{objective} is {'' if small else 'not '}0 where it is so at one of {told(places)}"
    elif small:
        words = f"{objective} is {than} {bound} times {there}, unless it is 0"
    else:
        words = f"{bound} times {objective} is {'more than' if strictly else 'at least'} {there}"
        words += ", unless that is 0"
    return Demand(words, breaks)


WITH_DATA: dict[str, Callable[[Sought, Any], Demand]] = {
    "individual nuisance share ex post": nuisance_share(of_groups=False),
    "unanimous nuisance share ex post": nuisance_share(of_groups=True),
    "maximin share ex post": maximin_shares,
    "within": within,
    "participation": participation,
    "singleton proportional ex post": singletons,
}
"""Axioms that need more said of them than their name."""


def exchangeable(sought: Sought) -> bool:
    """Whether agents have the same types and like the same."""
    if isinstance(sought.world, Parts | Orders):
        return sought.types == sought.types[:1] * sought.agents
    alike = list(zip(sought.types, sought.better, strict=True))
    return alike == alike[:1] * sought.agents


def read_renaming(sought: Sought, data: Any) -> Renaming:
    """New names of types and alternatives, such as ``1 0: 1 0``, which leave tastes as they are."""
    types, names = two_parts(data)
    need(sorted(names) == sorted(sought.everything), f"{shown(data)} must rename all alternatives")
    for mine, better in zip(sought.types, sought.better, strict=True):
        need(mine == sought.types[0], "agents have different types: these cannot be renamed")
        need(sorted(types) == list(range(len(mine))), f"{shown(data)} must rename all types")
        for k, old in product(range(len(mine)), sought.everything):
            renamed = frozenset(names[new] for new in better[k][old])
            need(renamed == better[types[k]][names[old]], f"after {shown(data)} tastes are others")
    return types, names


def ways(sought: Sought, asked: Any) -> tuple[Renaming, ...]:
    """In which ways everything may be renamed, where neutrality is asked for."""
    (listed,) = record(asked, "neutral")
    return distinct(read_renaming(sought, data) for data in entries(listed))


def detailed(sought: Sought, asked: Any) -> Demand:
    """An axiom of which more is said than its name."""
    name = str(next(iter(asked), None))
    need(name in WITH_DATA, f"{shown(asked)} is none of the axioms known here")
    (data,) = record(asked, name)
    return WITH_DATA[name](sought, data)


def neutrality(found: tuple[Renaming, ...]) -> str:
    """What is asked for."""
    return f"if types and alternatives are renamed, so is the outcome, in {many(len(found), 'way')}"


def demanded(sought: Sought, asked: Any) -> tuple[Sought, dict[str, Demand]]:
    """The rule, with the profiles that axioms make alike, and the axioms by their names."""
    found: dict[str, Demand] = {}
    new: tuple[Renaming, ...] = ()
    in_parts = isinstance(sought.world, Parts)
    demands = OF_PARTS if in_parts else ORDERS if isinstance(sought.world, Orders) else DEMANDS
    for one in entries(asked):
        more = is_a(one, dict)
        name = str(next(iter(one), None)) if more else one
        need(is_a(name, str) and name not in found, f"{shown(name)} must be an axiom, once")
        known_here = not more or demands is DEMANDS or (in_parts and name == "within")
        need(known_here, f"{shown(name)} is none of the axioms known here")
        if more and name == "neutral":
            new = ways(sought, one)
            found[name] = Demand(neutrality(new), breaks_never)
        elif more:
            found[name] = detailed(sought, one)
        else:
            known = ", ".join(demands)
            need(name in demands, f"{shown(name)} is none of the axioms known here: {known}")
            found[name] = demands[name]
    anonymous = "anonymous" in found
    need(not anonymous or exchangeable(sought), "agents differ: they cannot be exchanged")
    renamings = (*sought.renamings, *new)
    return dataclasses.replace(sought, anonymous=anonymous, renamings=renamings), found


def sought_rule(world: World | Parts, agents: int, some: tuple[Any, ...]) -> Sought:
    """A rule of which nothing is known yet."""
    types = max(len(world.types(agent)) for agent in range(agents))
    return Sought(world, agents, some, False, ((tuple(range(types)), tuple(range(len(some)))),))


# ---- What is said of all profiles of a table together.


def reaches_all(world: World, agents: int, play: Play) -> bool:
    """Whether each alternative has a positive probability somewhere."""
    table = with_a_list(world)
    drawn = {outcome for at in product(*map(table.types, range(agents))) for outcome in play(at)}
    return all((one,) in drawn for one in table.alternatives.values())


def dictated_by_nobody(world: World, agents: int, play: Play) -> bool:
    """Whether each agent somewhere may get less than what it likes best."""

    def loses(agent: int, at: Reports) -> bool:
        return not all(is_best(world, agent, at[agent], here) for (here,) in play(at))

    every = list(product(*map(world.types, range(agents))))
    return all(any(loses(agent, at) for at in every) for agent in range(agents))


def neighbours(sought: Sought, profile: Profile) -> Iterator[Profile]:
    """The profiles at which one agent reports something else."""
    for agent, mine in enumerate(sought.types):
        for k in range(len(mine)):
            if k != profile[agent]:
                yield (*profile[:agent], k, *profile[agent + 1 :])


def by_profiles(
    breaks: Callable[[Sought, Contrary], bool],
) -> Callable[[World, int, Play], bool]:
    """Whether a table without lots breaks nothing that is said of a profile, or of a change."""

    def holds(world: World, agents: int, play: Play) -> bool:
        table = with_a_list(world)
        sought = sought_rule(table, agents, tuple(table.alternatives.values()))
        number = {one: k for k, one in enumerate(sought.alternatives)}
        chosen: dict[Profile, Members] = {}
        for profile in sought.profiles():
            drawn = list(play(sought.reports(profile)))
            need(len(drawn) == 1, "it draws lots")
            chosen[profile] = frozenset(number[one] for one in drawn[0])
        return not any(
            breaks(sought, Contrary(sought, pair, chosen))
            for profile in chosen
            for pair in [(profile,), *((profile, other) for other in neighbours(sought, profile))]
        )

    return holds


OF_TABLES: dict[str, tuple[str, Callable[[World, int, Play], bool]]] = {
    "onto": ("every alternative has a positive probability at some profile", reaches_all),
    "nondictatorial": (
        "no agent surely gets what it likes best at every profile",
        dictated_by_nobody,
    ),
    "maskin monotonic": (DEMANDS["maskin monotonic"].words, by_profiles(gives_up)),
    "condorcet consistent": (
        DEMANDS["condorcet consistent"].words,
        by_profiles(passes_the_winner_over),
    ),
    "subset strategyproof": (DEMANDS["subset strategyproof"].words, by_profiles(part_pays)),
    "weakly pareto ex post": (
        ORDERS["weakly pareto ex post"].words,
        by_profiles(ranks_against_all),
    ),
    "independent of irrelevant alternatives": (
        ORDERS["independent of irrelevant alternatives"].words,
        by_profiles(depends_on_others),
    ),
}


def keeps_names(sought: Sought, play: Play, found: tuple[Renaming, ...]) -> bool:
    """Whether outcomes are renamed with everything else."""
    number = {one: k for k, one in enumerate(sought.alternatives)}
    for profile, (new, names) in product(sought.profiles(), found):
        drawn = play(sought.reports(profile)).items()
        renamed = {(sought.alternatives[names[number[here]]],): chance for (here,), chance in drawn}
        if play(sought.reports(tuple(new[k] for k in profile))) != renamed:
            return False
    return True


def upheld(world: World, agents: int, play: Play, asked: Any) -> str:
    """The axiom in words, if the table satisfies it."""
    if is_a(asked, dict) and "neutral" not in asked:
        need("within" not in asked, "of tables it is not computed what would be best")
        demand, name = detailed(sought_rule(world, agents, ()), asked), next(iter(asked))
        if demand.judged:
            exhaust(world, agents, demand.judged, play)
            return f"{name!r} ({demand.words})"
        need(by_profiles(demand.breaks)(world, agents, play), f"it does not satisfy {name}")
        return f"{name!r} ({demand.words})"
    if is_a(asked, dict):
        table = with_a_list(world)
        sought = sought_rule(table, agents, tuple(table.alternatives.values()))
        found = ways(sought, asked)
        need(keeps_names(sought, play, found), "it is not neutral")
        return f"'neutral' ({neutrality(found)})"
    if is_a(asked, str) and asked in OF_TABLES:
        words, holds = OF_TABLES[asked]
        need(holds(world, agents, play), f"it is not {asked}")
        return f"{asked!r} ({words})"
    exhaust(world, agents, axiom(asked), play)
    return f"{asked!r} ({axiom(asked).words})"


# ---- Lemmas of a contradiction.


def follow(clauses: Sequence[frozenset[int]], lemma: frozenset[int], hints: Sequence[int]) -> None:
    """Reject unless a lemma cannot be wrong: hints leave one thing to be true, the last none."""
    true = {-literal for literal in lemma}
    if not true.isdisjoint(lemma):
        return
    for hint in hints:
        clause = clauses[whole(hint, len(clauses))]
        left = [literal for literal in clause if -literal not in true]
        if not left:
            return
        need(len(left) == 1, f"clause {hint} leaves {len(left)} possibilities")
        true.update(left)
    raise Rejected(f"a lemma does not follow from the clauses {list(hints)[:9]}")


# ---- Mechanisms: imported by name, after their source has been compared, and played.


def announce(path: str) -> None:
    """Say what is about to be imported."""
    print(f"imports {path}", flush=True)


class Door(NamedTuple):
    """Which packages may be imported beyond mechsim, and who is told before anything is."""

    trust: tuple[str, ...] = ()
    say: Callable[[str], object] = announce

    def trusts(self, path: Any, *more: str) -> bool:
        """Whether what is at ``package.module:name`` is in a package that is trusted."""
        fits = is_a(path, str) and re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*", path)
        need(fits, f"{shown(path)} is no path such as package.module:name")
        return any(re.match(rf"{re.escape(one)}[.:]", path) for one in (*self.trust, *more))

    def imported(self, path: Any, digest: str | None = None) -> Any:
        """What is at a path, in a source with this hash if one is given."""
        trusted, (module, _, name) = self.trusts(path, "mechsim"), path.partition(":")
        if not trusted:
            raise NotChecked(f"{module} is not trusted; if you trust it, say --trust {module}")
        self.say(path)
        try:
            spec = importlib.util.find_spec(module)
        except ImportError:
            spec = None
        if spec is None or spec.origin is None:
            raise NotChecked(f"{module} cannot be imported; say where it lies with --path")
        if digest is not None:
            source = hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()
            need(source == digest, f"the source of {module} is another one, of sha256 {source}")
        try:
            found: Any = importlib.import_module(module)
        except (Exception, SystemExit) as error:  # a module may raise anything
            raise NotChecked(f"importing {module} raises {type(error).__name__}: {error}") from None
        for part in name.split("."):
            found = getattr(found, part)
        need((found.__module__, found.__qualname__) == (module, name), f"{path} is from elsewhere")
        return found

    def made(self, found: Any, arguments: Any) -> Any:
        """A data class with all of its arguments."""
        frozen = isinstance(found, type) and getattr(found, "__dataclass_params__", None)
        need(frozen and frozen.frozen, f"{found} is no frozen data class")
        names = [one.name for one in dataclasses.fields(found) if one.init]
        given = zip(names, record(arguments, *names), strict=True)
        return found(**{name: self.argument(entry) for name, entry in given})

    def argument(self, data: Any) -> Any:
        """An argument: a value, true or false, a float, a mapping, or a data class again."""
        if is_a(data, bool):
            return data
        if is_a(data, list):
            return tuple(map(self.argument, data))
        if not is_a(data, dict) or "text" in data or "set" in data:
            return value(data)
        if "float" in data:
            (number,) = record(data, "float")
            return float(number if number in ("inf", "-inf") else rational(number))
        if "map" in data:
            pairs = [entries(pair, 2) for pair in entries(*record(data, "map"))]
            return {self.argument(key): self.argument(entry) for key, entry in pairs}
        path, arguments = record(data, "import", "arguments")
        return self.made(self.imported(path), arguments)

    def mechanism(self, data: Any) -> tuple[str, Callable[[Reports], Any]]:
        """What it is called, and the mechanism."""
        path, arguments, digest = record(data, "import", "arguments", "sha256")
        need(is_a(digest, str), "sha256 must be text")
        if arguments is None:
            trusted, (module, _, _) = self.trusts(path), path.partition(":")
            if not trusted:
                raise NotChecked(f"{path} is a function; if you trust it, say --trust {module}")
            found = self.imported(path, digest)
            need(isinstance(found, types.FunctionType), f"{path} is no function")
            return path, found
        made = self.made(self.imported(path, digest), arguments)
        need(callable(made), f"{path} cannot be called")
        return f"{path.partition(':')[0]}:{spelt(data)}", made


def spelt(data: Any) -> str:
    """A data class and its arguments, as one would write them."""
    if is_a(data, list):
        return f"({', '.join(map(spelt, data))})"
    if not is_a(data, dict) or "import" not in data:
        return str(data) if is_a(data, str) else text(data)
    arguments = (f"{name}={spelt(entry)}" for name, entry in data["arguments"].items())
    return f"{data['import'].partition(':')[2]}({', '.join(arguments)})"


def exact(found: Any) -> Any:
    """What a mechanism returned, its floats as the fractions that they are."""
    if type(found) in (tuple, frozenset):
        return type(found)(map(exact, found))
    if hasattr(found, "item"):  # a number of numpy
        found = found.item()
    need(type(found) in (int, float, Fraction, str, type(None)), f"{found!r} is no plain outcome")
    return Fraction(found) if is_a(found, float) else found


def has_floats(found: Any) -> bool:
    """Whether something in it may have been rounded."""
    if type(found) in (tuple, frozenset):
        return any(map(has_floats, found))
    return isinstance(found, float) or (hasattr(found, "item") and has_floats(found.item()))


@dataclass
class Played:
    """A mechanism, played twice at each profile; what it answered, and whether in floats."""

    world: World
    answer: Callable[[Reports], Any]
    seen: dict[Reports, Lottery] = field(default_factory=dict[Reports, Lottery])
    floats: bool = False

    def __call__(self, reports: Reports) -> Lottery:  # noqa: D102 - plays
        if reports not in self.seen:
            self.seen[reports] = first = self.once(reports)
            need(self.once(reports) == first, "it answers the same reports in two ways")
        return self.seen[reports]

    def once(self, reports: Reports) -> Lottery:
        """The lottery, played afresh."""
        try:
            answer = self.answer(reports)
        except (Exception, SystemExit) as error:  # a mechanism may raise anything
            raise Rejected(f"the mechanism raises {type(error).__name__}: {error}") from None
        listed = hasattr(answer, "probability") or not hasattr(answer, "expect")
        need(listed, "the lottery does not list its outcomes")
        weights: Any = getattr(answer, "probability", None) or {answer: Fraction(1)}
        drawn: Lottery = {}
        for found, chance in weights.items():
            need(is_a(chance, Fraction) and chance > 0, "probabilities must be fractions")
            parts: Outcome = (found,)
            if hasattr(found, "alternative") and hasattr(found, "payments"):
                parts = (found.alternative, found.payments)
                need(len(found.payments) == len(reports), "each agent must have a payment")
            self.floats = self.floats or has_floats(parts)
            slack = TOLERANCE * self.world.scale if has_floats(parts) else ZERO
            alternative, *money = exact(parts)
            here = of_all(self.world, len(reports), self.world.alternative(alternative, slack))
            outcome = (here, *money)
            drawn[outcome] = drawn.get(outcome, ZERO) + chance
        need(sum(drawn.values()) == 1, "the probabilities must sum to 1")
        return drawn


# ---- Numbers that stand for all reports: affine forms, compared by what a certificate says.


Row = tuple[Fraction, ...]  # coefficients, the constant last
Inequality = tuple[Row, bool]  # of row . (x, 1), which is at most 0, or below 0 where strict


class Beyond(BaseException):
    """Something is asked of a report that a form has not; says what."""


if TYPE_CHECKING:
    Number = object  # whose operators may be of any type
else:
    Number = Fraction


class Form(Number):
    """An affine form.  It is a fraction to all who look, and compared as its walk says."""

    __slots__ = ("row", "walk")
    row: Row
    walk: "Walk"

    def __reduce__(self) -> Any:
        raise self.walk.beyond("a copy")

    def plus(self, other: Any, sign: int) -> Any:
        """The sum or the difference."""
        if is_a(other, Form):
            pairs = zip(self.row, other.row, strict=True)
            return self.walk.form(tuple(a + sign * b for a, b in pairs))
        if type(other) not in (int, Fraction):
            raise self.walk.beyond(f"a sum with a {type(other).__name__}")
        return self.walk.form((*self.row[:-1], self.row[-1] + sign * other))

    def times(self, other: Any) -> Any:
        """The product with a number."""
        if is_a(other, Form):
            if any(self.row[:-1]):
                if any(other.row[:-1]):
                    raise self.walk.beyond("a product of two")
                return self.times(other.row[-1])
            return other.times(self.row[-1])
        if type(other) not in (int, Fraction):
            raise self.walk.beyond(f"a product with a {type(other).__name__}")
        return self.walk.form(tuple(other * a for a in self.row))

    def below(self, other: Any, strict: bool, sign: int) -> bool:
        """Whether ``sign * (self - other)`` is below 0, or not above it."""
        if is_a(other, float):
            if not isfinite(other):
                return bool(sign * other > 0)
            other = Fraction(other)
        return self.walk.below(self.plus(other, -1).times(sign).row, strict)

    def __hash__(self) -> int:
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_name in ("__hash__", "<genexpr>"):
            frame = frame.f_back
        module, name = frame.f_globals.get("__name__"), frame.f_code.co_name
        table = module == "mechsim.lottery" and name != "__eq__"
        if not (table if self.walk.playing else module == __name__):
            raise self.walk.beyond("a hash")
        return 0

    def __add__(self, other: Any) -> Any:
        return self.plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return self.plus(other, -1)

    def __rsub__(self, other: Any) -> Any:
        return self.times(-1).plus(other, 1)

    def __mul__(self, other: Any) -> Any:
        return self.times(other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if type(other) not in (int, Fraction):
            raise self.walk.beyond("a quotient")
        return self.times(1 / Fraction(other))

    def __neg__(self) -> Any:
        return self.times(-1)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return -self if self < 0 else self

    def __lt__(self, other: Any) -> bool:
        return self.below(other, True, 1)

    def __le__(self, other: Any) -> bool:
        return self.below(other, False, 1)

    def __gt__(self, other: Any) -> bool:
        return self.below(other, True, -1)

    def __ge__(self, other: Any) -> bool:
        return self.below(other, False, -1)

    def __eq__(self, other: object) -> bool:
        return self.below(other, False, 1) and self.below(other, False, -1)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        return self != 0


REFUSED = (
    "rtruediv floordiv rfloordiv mod rmod divmod rdivmod pow rpow round floor ceil trunc int float "
    "complex str repr format copy deepcopy"
)


def refused(name: str) -> Callable[..., Any]:
    """An operator that no form has."""

    def refuse(self: Any, *_: Any) -> Any:
        raise self.walk.beyond(name)

    return refuse


for _name in REFUSED.split():
    setattr(Form, f"__{_name}__", refused(_name))
for _name in ("numerator", "denominator", "_numerator", "_denominator"):
    setattr(Form, _name, property(refused(_name.strip("_"))))


def contradict(given: Sequence[Inequality], data: Any) -> None:
    """Reject unless these multipliers of the inequalities say that 0 is below 0."""
    total, strict = [ZERO] * len(given[0][0]), False
    for place, weight in (entries(pair, 2) for pair in entries(data)):
        row, sharp = given[whole(place, len(given))]
        need(rational(weight) > 0, "a multiplier must be positive")
        strict = strict or sharp
        total = [a + rational(weight) * b for a, b in zip(total, row, strict=True)]
    *left, constant = total
    shown = not any(left) and (constant > 0 or (constant == 0 and strict))
    need(shown, "multipliers of inequalities show no contradiction")


def opposite(asked: Inequality) -> Inequality:
    """What holds if the inequality does not."""
    return tuple(-a for a in asked[0]), not asked[1]


Supply = Callable[[Sequence[Inequality], "Inequality | None", Any], Any]


@dataclass
class Walk:
    """All paths of a program, as ``supply`` says: which answers each comparison may have.

    To a comparison it says "B", that both are possible, or which one, with multipliers that show
    that the other is not.  At the end of a path it shows that the excess is positive nowhere.
    """

    start: list[Inequality]
    supply: Supply
    playing: bool = False
    wrong: str = ""
    given: list[Inequality] = field(default_factory=list[Inequality])
    trail: list[tuple[Inequality, bool, int | None]] = field(
        default_factory=list[tuple[Inequality, bool, "int | None"]]
    )
    known: dict[Inequality, bool] = field(default_factory=dict[Inequality, bool])
    place: int = 0

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.start[0][0]) - 1

    def form(self, row: Row) -> Form:
        """The form with these coefficients."""
        made: Form = object.__new__(Form)
        made.row, made.walk = row, self
        return made

    def number(self, number: Any) -> Form:
        """A number as a form."""
        return (
            number if is_a(number, Form) else self.form((ZERO,) * self.size + (Fraction(number),))
        )

    def beyond(self, what: str) -> Beyond:
        """To be raised where a form has not what is asked for; kept, should that be swallowed."""
        self.wrong = self.wrong or f"{what} of a report is asked for"
        return Beyond(self.wrong)

    def below(self, row: Row, strict: bool) -> bool:
        """The answer to a comparison; what is wrong with it no code that asks can swallow."""
        try:
            return self.compared(row, strict)
        except Exception as error:
            self.wrong = self.wrong or str(error) or type(error).__name__
            raise Beyond(self.wrong) from None

    def compared(self, row: Row, strict: bool) -> bool:
        """The answer to a comparison."""
        asked = (row, strict)
        if not any(row[:-1]):
            return row[-1] < 0 if strict else row[-1] <= 0
        if asked not in self.known:
            if self.place == len(self.trail):
                self.trail.append(self.answered(asked))
            need(self.trail[self.place][0] == asked, "it asks something else when it is run again")
            self.known[asked] = self.trail[self.place][1]
            self.place += 1
        return self.known[asked]

    def answered(self, asked: Inequality) -> tuple[Inequality, bool, int | None]:
        """A comparison, its answer, and where the path forks how many inequalities there were."""
        said = self.supply(self.given, asked, None)
        if said == "B":
            self.given.append(asked)
            return asked, True, len(self.given) - 1
        answer, multipliers = entries(said, 2)
        need(answer in ("T", "F"), f"{shown(answer)} is no answer")
        no = asked if answer == "F" else opposite(asked)
        contradict([*self.given, no], multipliers)
        return asked, answer == "T", None

    def all(self, program: Callable[[], Any], plain: Callable[[Sequence[Fraction]], Any]) -> int:
        """Walk all paths; how many have an excess.  Rejects unless it is shown never positive."""
        self.given, found = list(self.start), 0
        while True:
            self.place, self.known, self.playing = 0, {}, False
            excess = program()
            if self.wrong:
                raise Beyond(self.wrong)
            need(self.place == len(self.trail), "it asks less when it is run again")
            if excess is not None:
                found += 1
                self.end(self.number(excess), plain)
            while self.trail and self.trail[-1][2] is None:
                self.trail.pop()
            if not self.trail:
                return found
            asked, _, size = self.trail.pop()
            self.given[size:] = [opposite(asked)]
            self.trail.append((asked, False, None))

    def end(self, excess: Form, plain: Callable[[Sequence[Fraction]], Any]) -> None:
        """The end of a path: the excess is not positive, and at a point is what the form says."""
        positive: Inequality = (tuple(-a for a in excess.row), True)
        multipliers, listed = entries(self.supply(self.given, None, positive), 2)
        contradict([*self.given, positive], multipliers)
        point = [rational(x) for x in entries(listed, self.size)]

        def at(row: Row) -> Fraction:
            return sum((a * x for a, x in zip(row, (*point, Fraction(1)), strict=True)), ZERO)

        inside = all(at(row) < 0 or (at(row) == 0 and not strict) for row, strict in self.given)
        need(inside, "the point is not on its path")
        for _ in range(2):
            need(plain(point) == at(excess.row), "the mechanism answers fractions otherwise")


@dataclass
class PlayedForms:
    """A rule or a mechanism, played on forms or on fractions."""

    world: World
    answer: Callable[[Reports], Any]
    walk: Walk | None

    def __call__(self, reports: Reports) -> Lottery:  # noqa: D102 - plays
        if self.walk is not None:
            self.walk.playing = True
        found = self.answer(reports)
        if self.walk is not None:
            self.walk.playing = False
            if self.walk.wrong:
                raise Beyond(self.walk.wrong)
        listed = hasattr(found, "probability") or not hasattr(found, "expect")
        need(listed, "the lottery does not list its outcomes")
        weights = list(found.probability.items()) if hasattr(found, "probability") else [(found, 1)]
        drawn: Lottery = {}
        for one, chance in weights:
            need(type(chance) in (int, Fraction) and chance > 0, "probabilities must be fractions")
            outcome: Outcome
            if not (hasattr(one, "alternative") and hasattr(one, "payments")):
                outcome = (self.alternative(one, len(reports)),)
            else:
                need(is_a(one.payments, tuple), "payments must be a tuple")
                need(len(one.payments) == len(reports), "each agent must have a payment")
                here = self.alternative(one.alternative, len(reports))
                outcome = (here, tuple(map(self.number, one.payments)))
            drawn[outcome] = drawn.get(outcome, ZERO) + chance
        need(sum(drawn.values()) == 1, "the probabilities must sum to 1")
        return drawn

    def alternative(self, found: Any, agents: int) -> Any:
        """An alternative; on a line it is a number, and may be a form."""
        if not isinstance(self.world, Line):
            return of_all(self.world, agents, self.world.alternative(exact(found)))
        here = self.number(found)
        low, high = self.world.low, self.world.high
        inside = (low is None or here >= low) and (high is None or here <= high)
        need(inside, "an outcome is not on the line")
        return here

    def number(self, found: Any) -> Any:
        """A fraction, or a form where forms are."""
        number = exact(found) if not is_a(found, Form) else found
        need(type(number) in (int, Fraction, Form), f"{type(found).__name__} is no kind of number")
        return Fraction(number) if self.walk is None else self.walk.number(number)


DEPARTURES = ("strategyproof", "monotone", "strictly monotone")


def walk_all(statement: Any, door: Door, supply: Supply) -> str:
    """The claim that an axiom holds for all reports, if ``supply`` shows it."""
    named, setting, number, asked, granted = record(
        statement, "mechanism", "setting", "agents", "axiom", "granted"
    )
    world, judged = a_world(setting), axiom(asked)
    space = world.space
    shares = isinstance(world, (Slots, Goods))
    need(asked != "anonymous" or isinstance(world, Line), "who gets what is traded too")
    need(asked != "anonymous with shares" or shares, "there are no shares to trade")
    need(granted in ([], ["anonymous"]), "no more than anonymity can be granted")
    need(not granted or isinstance(world, Line), "anonymity is granted on a line")
    agents = a_number(world, number)
    called, answer = door.mechanism(named)
    lies = asked in DEPARTURES
    each = space.numbers
    size = each * (agents + lies)
    units = [(*(Fraction(k == place) for k in range(size)), ZERO) for place in range(size)]
    start: list[Inequality] = [((ZERO,) * (size + 1), False)]
    for unit in units:
        if space.low is not None:
            start.append(((*(-a for a in unit[:-1]), space.low), False))
        if space.high is not None:
            start.append(((*unit[:-1], -space.high), False))
    if granted:
        for one, next_ in pairwise(units[lies:agents]):
            start.append((tuple(a - b for a, b in zip(one, next_, strict=True)), False))
    paths = first = 0
    while True:
        walk = Walk(start, supply)

        def excess(values: Sequence[Any], walk: Walk | None, first: int = first) -> Any:
            types = [space.make(values[k : k + each]) for k in range(0, size, each)]
            reports, lie = tuple(types[:agents]), types[-1]
            play: Any = PlayedForms(world, answer, walk)
            if lies and judged.cases == each_rise and not lie > reports[first]:
                return None
            cases = iter([(first, lie)]) if lies else judged.cases(world, reports)
            case = next(islice(cases, 0 if lies else first, None), None)
            return None if case is None else judged.excess(world, play, reports, *case)

        found = walk.all(
            lambda walk=walk, excess=excess: excess([walk.form(u) for u in units], walk),  # type: ignore[misc]
            lambda point, excess=excess: excess(point, None),  # type: ignore[misc]
        )
        paths, first = paths + found, first + 1
        if (not lies and not found) or (lies and first == (1 if granted else agents)):
            break
    need(paths, "no case arises")
    told_ = ", if it is granted to be anonymous" if granted else ""
    return (
        f"{called} satisfies {asked!r} ({judged.words}) for {many(agents, 'agent')} with any "
        f"reports on {world}, in exact arithmetic{told_}: none of {many(paths, 'path')} breaks it, "
        "if its code is a function of the reports that does not look at what numbers are made of"
    )


# ---- Kinds of certificates.  Each derives the claim from the statement, with the proof's help.


def witness(statement: Any, proof: Any, door: Door) -> str:
    """The mechanism breaks the axiom in a case."""
    named, setting, asked, given, case, violation, arithmetic = record(
        statement, "mechanism", "setting", "axiom", "reports", "case", "violation", "arithmetic"
    )
    world, judged = a_world(setting), axiom(asked)
    reports = profile(world, given)
    found = read_case(world, reports, judged, case)
    called, answer = door.mechanism(named)
    play = Played(world, answer)
    excess = judged.excess(world, play, reports, *found)
    need(excess == rational(violation), f"the violation is {excess} and not {violation}")
    need(excess > (TOLERANCE * world.scale if play.floats else 0), f"{excess} is no violation")
    ordinal = asked == "anonymous" or (isinstance(world, Line) and world.tastes == "single_peaked")
    need(not (ordinal and play.floats), "it answers in floats, which rounding may have set apart")
    kind = "float" if play.floats else "exact"
    need(arithmetic == kind, f"the arithmetic is {kind} and not {shown(arithmetic)}")
    pairs = [entries(pair, 2) for pair in entries(*record(proof, "outcomes"))]
    played = [(profile(world, at), lottery(world, len(reports), y)) for at, y in pairs]
    need(played == [*play.seen.items()], "the outcomes are others")
    what = "".join(f", {key} {told(one)}" for key, one in zip(judged.keys, found, strict=True))
    rounded = ", in floats read as the fractions that they are" if play.floats else ""
    return (
        f"{called} fails {asked!r} ({judged.words}) on {world}: at reports {told(reports)}{what}, "
        f"by {excess}{rounded}"
    )


def exhaustion(statement: Any, proof: Any, door: Door) -> str:
    """The mechanism satisfies the axiom in all cases of a finite domain."""
    named, setting, number, asked = record(statement, "mechanism", "setting", "agents", "axiom")
    profiles, cases = (whole(count, 10**12) for count in record(proof, "profiles", "cases"))
    world, judged = a_world(setting), axiom(asked)
    agents = a_number(world, number)
    size = prod(len(world.types(agent)) for agent in range(agents))
    need(profiles == size, f"there are {size} profiles and not {profiles}")
    called, answer = door.mechanism(named)
    play = Played(world, answer)
    found = exhaust(world, agents, judged, play)
    need(not play.floats, "it answers in floats, and these prove nothing")
    need(found == cases, f"there are {found} cases and not {cases}")
    return (
        f"{called} satisfies {asked!r} ({judged.words}) for {many(agents, 'agent')} on {world}: "
        f"none of {many(cases, 'case')} at {many(profiles, 'profile')} breaks it"
    )


def table(statement: Any, proof: Any, door: Door) -> str:
    """The mechanism that is this table satisfies axioms."""
    setting, number, listed, asked = record(statement, "setting", "agents", "table", "axioms")
    record(proof)
    world = a_world(setting)
    agents = a_number(world, number)
    rows = [entries(row, 2) for row in entries(listed)]
    drawn = {profile(world, at): lottery(world, agents, outcome) for at, outcome in rows}
    domain = list(product(*map(world.types, range(agents))))
    need(len(rows) == len(domain) and list(drawn) == domain, "the table must list all profiles")
    need(distinct(map(text, entries(asked))), "some axiom must be claimed")
    satisfied = ", ".join(upheld(world, agents, drawn.__getitem__, one) for one in asked)
    chance = "lottery" if any(len(lottery) > 1 for lottery in drawn.values()) else "outcome"
    return (
        f"the mechanism whose {chance} at each of {many(len(rows), 'profile')} is listed satisfies "
        f"{satisfied} for {many(agents, 'agent')} on {world}"
    )


def lp(statement: Any, proof: Any, door: Door) -> str:
    """The linear program has this optimum, or no solution."""
    goal, columns, costs, listed, answer = record(
        statement, "goal", "variables", "objective", "rows", "answer"
    )
    best = {"minimize": "minimum", "maximize": "maximum"}[goal]
    variables = [record(column, "name", "low", "high") for column in entries(columns)]
    rows = [record(row, "name", "terms", "sense", "bound") for row in entries(listed)]
    for named in (variables, rows):
        need(all(is_a(name, str) for name, *_ in named), "names must be text")
    ends = [[None if end is None else rational(end) for end in bounds] for _, *bounds in variables]

    def terms(data: Any) -> dict[int, Fraction]:
        pairs = [entries(pair, 2) for pair in entries(data)]
        found = {whole(place, len(variables)): rational(number) for place, number in pairs}
        need([place for place, _ in pairs] == sorted(found), "terms must be in order")
        return found

    sign = 1 if goal == "minimize" else -1
    cost = {place: sign * number for place, number in terms(costs).items()}
    matrix = [(terms(row), sense, rational(bound)) for _, row, sense, bound in rows]
    need(all(sense in (">=", "<=", "=") for _, sense, _ in matrix), "a sense is >=, <= or =")

    def least(weights: list[Fraction], cost: Mapping[int, Fraction]) -> Fraction:
        """What the cost is at least, where all rows and bounds hold, by weights of the rows."""
        left, total = dict(cost), ZERO
        for (row, sense, bound), weight in zip(matrix, weights, strict=True):
            wrong = weight < 0 if sense == ">=" else weight > 0
            need(not wrong or sense == "=", f"weight {weight} of a row with {sense}: wrong sign")
            total += weight * bound
            for place, number in row.items():
                left[place] = left.get(place, ZERO) - weight * number
        for place, number in left.items():
            end = ends[place][0 if number > 0 else 1] if number else ZERO
            if end is None:
                raise Rejected(f"{number} of variable {variables[place][0]!r} has no bound")
            total += number * end
        return total

    size = f"this program of {many(len(variables), 'variable')} and {many(len(rows), 'row')}"
    if answer == "infeasible":
        (weights,) = record(proof, "multipliers")
        contradiction = least(list(map(rational, entries(weights, len(rows)))), {})
        need(contradiction > 0, f"the rows say that 0 is at least {contradiction}, and it is")
        return f"no point satisfies {size}"
    primal, dual = record(proof, "primal", "dual")
    point = list(map(rational, entries(primal, len(variables))))
    for number, (low, high), (name, *_) in zip(point, ends, variables, strict=True):
        inside = (low is None or number >= low) and (high is None or number <= high)
        need(inside, f"variable {name!r} is {number}, which is out of bounds")
    for (row, sense, bound), (name, *_) in zip(matrix, rows, strict=True):
        total = sum((number * point[place] for place, number in row.items()), ZERO)
        holds = {">=": total >= bound, "<=": total <= bound, "=": total == bound}[sense]
        need(holds, f"row {name!r} is {total}, which is not {sense} {bound}")
    optimum = rational(*record(answer, "optimum"))
    attained = sum((number * point[place] for place, number in cost.items()), ZERO)
    bound = least([sign * rational(weight) for weight in entries(dual, len(rows))], cost)
    need(sign * attained == optimum, f"the point attains {sign * attained} and not {optimum}")
    need(bound == attained, f"the weights prove no more than {sign * bound}")
    return f"the {best} of {size} is {optimum}"


def division(statement: Any, proof: Any, door: Door) -> str:
    """No division gives every agent more than such a part of what its cut makes it sure of.

    Goods are handed out one by one, in every way that could matter, until what is left is worth too
    little to meet what is still due: to one agent, or to all by weights.
    """
    told, cuts, above = record(statement, "values", "cuts", "more than")
    (nodes,) = record(proof, "nodes")
    ratio = rational(above)
    listed = [list(map(rational, entries(row))) for row in entries(told)]
    goods, agents = range(len(listed[0]) if listed else 0), range(len(listed))
    need(len(goods) and all(len(row) == len(goods) for row in listed), "rows differ in length")
    need(ratio >= 0 and all(v >= 0 for row in listed for v in row), "a number is below 0")
    units = [lcm(*(v.denominator for v in row)) for row in listed]
    rows = [[int(v * unit) for v in row] for row, unit in zip(listed, units, strict=True)]
    demands: list[int] = []
    for row, cut in zip(rows, entries(cuts, len(rows)), strict=True):
        parts = [[whole(g, len(goods)) for g in entries(p)] for p in entries(cut, len(rows))]
        once = sorted(g for part in parts for g in part) == list(goods)
        need(once, "a cut does not hold each good once")
        share = min(sum(row[g] for g in part) for part in parts)
        demands.append(floor(ratio * share) + 1 if share else 0)
    need(any(demands), "no cut makes anybody sure of anything")

    def most(good: int) -> Fraction:
        """The largest part of its demand that a good is to an agent."""
        return max(Fraction(rows[i][good], demands[i]) for i in agents if demands[i])

    order = sorted(goods, key=lambda good: -most(good))
    weights = [[int(i == j) for j in agents] for i in agents]
    for totals in (demands, [sum(row) for row in rows]):
        scale = lcm(*(total for total in totals if total))
        weights.append([scale // total if total else 0 for total in totals])
    refuted: set[tuple[int, tuple[int, ...]]] = set()

    def hopeless(place: int, due: tuple[int, ...]) -> bool:
        """Whether what is left is worth too little by some weights."""
        needy = [i for i in agents if due[i]]
        for w in weights:
            left = sum(max(w[i] * rows[i][g] for i in needy) for g in order[place:])
            if left < sum(w[i] * due[i] for i in needy):
                return True
        return False

    def refute(place: int, due: tuple[int, ...]) -> None:
        """Reject if the goods from this place on can be handed out so that nothing is due."""
        need(any(due), "there is such a division")
        if (place, due) in refuted or hopeless(place, due):
            return
        good, gave = order[place], False
        for i in agents:  # of agents who are alike, the first; of others, who wants it and needs it
            alike = any(rows[j] == rows[i] and due[j] == due[i] for j in range(i))
            if rows[i][good] and due[i] and not alike:
                refute(place + 1, (*due[:i], max(0, due[i] - rows[i][good]), *due[i + 1 :]))
                gave = True
        if not gave:
            refute(place + 1, due)
        refuted.add((place, due))

    refute(0, tuple(demands))
    need(
        is_a(nodes, int) and nodes == len(refuted),
        f"the search goes on from {len(refuted)} places, not {nodes}",
    )
    return (
        f"no way to divide {many(len(goods), 'good')} among {many(len(rows), 'agent')} gives every "
        f"one of them, who has a maximin share above 0, more than {ratio} of it"
    )


def contradiction(statement: Any, proof: Any, door: Door) -> str:
    """No rule satisfies the axioms: what they say of some profiles cannot hold together."""
    setting, number, listed, asked = record(
        statement, "setting", "agents", "alternatives", "axioms"
    )
    variables, groups, lemmas = record(proof, "variables", "clauses", "lemmas")
    if is_a(setting, dict) and setting.get("kind") in PARTS:
        parted = PARTS[setting["kind"]](setting)
        need(is_a(number, int) and number > 0, f"{shown(number)} must be a number of agents")
        world: World | Parts = parted
        agents, some = number, parted.choices
        need(text(listed) == text(list(some)), "the parts must be listed")
        if isinstance(parted, Between):
            need(number == 2, "there must be two agents")
            why = "outcomes are between agents only if they are Pareto optimal"
            need(PARETO in entries(asked), why)
        what, who = "a place", f"{many(agents, 'agent')} at any of {world}"
    else:
        world = a_world(setting)
        agents = a_number(world, number)
        some = distinct(map(world.read, entries(listed)))
        need(some, "there must be something to choose")
        what, who = f"one of {told(some)}", f"{many(agents, 'agent')} on {world}"
    sought, axioms = demanded(sought_rule(world, agents, some), asked)
    need(axioms, "some axiom must be claimed")
    said = list(map(sought.said, entries(variables)))
    known: dict[tuple[Any, ...], int] = {}
    which: list[int] = []
    for one in said:  # what must be true together is one variable
        first = min((at, tuple(sorted(members))) for at, members in sought.alike(*one))
        which.append(known.setdefault(first, len(known) + 1))

    def read(data: Any) -> tuple[int, ...]:
        found = numbers(data)
        if not all(0 < abs(one) <= len(said) for one in found):
            raise Rejected(f"{shown(data)} has other variables")
        return found

    def merged(clause: tuple[int, ...]) -> frozenset[int]:
        return frozenset(which[one - 1] if one > 0 else -which[-one - 1] for one in clause)

    clauses: list[frozenset[int]] = []
    breaks = {name: axiom.breaks for name, axiom in axioms.items()} | {ONE_OUTCOME: chooses_nothing}
    for name, group in (entries(pair, 2) for pair in entries(groups)):
        need(is_a(name, str) and name in breaks, f"{shown(name)} is none of the axioms")
        for clause in map(read, entries(group)):
            contrary = sought.contrary([(said[abs(one) - 1], one > 0) for one in clause])
            follows = breaks[name](sought, contrary)
            need(follows, f"clause {len(clauses)} does not follow from {name!r}")
            clauses.append(merged(clause))
    for lemma, hints in (entries(pair, 2) for pair in entries(lemmas)):
        step = merged(read(lemma))
        follow(clauses, step, numbers(hints))
        clauses.append(step)
    need(clauses and not clauses[-1], "the last lemma must be empty")
    demands = ", ".join(f"{name!r} ({axiom.words})" for name, axiom in axioms.items())
    return f"no rule that chooses {what} at each profile of {who} satisfies {demands}"


def mixture(statement: Any, proof: Any, door: Door) -> str:
    """The lotteries are those of a mixture of strategyproof rules, which are listed."""
    named, setting, number = record(statement, "mechanism", "setting", "agents")
    (rules,) = record(proof, "rules")
    world = a_world(setting)
    agents = a_number(world, number)
    domain = list(product(*map(world.types, range(agents))))
    made: list[Lottery] = [{} for _ in domain]
    need(entries(rules) == sorted(rules, key=text), "the rules must be in order")
    for written, listed in (entries(rule, 2) for rule in rules):
        weight = rational(written)
        need(weight > 0, f"weight {weight} of a rule is not positive")
        drawn = [lottery(world, agents, [[one, "1"]]) for one in entries(listed, len(domain))]
        rule = dict(zip(domain, drawn, strict=True))
        exhaust(world, agents, AXIOMS["strategyproof"], rule.__getitem__)
        for there, (outcome,) in zip(made, drawn, strict=True):
            there[outcome] = there.get(outcome, ZERO) + weight
    called, answer = door.mechanism(named)
    play = Played(world, answer)
    for reports, there in zip(domain, made, strict=True):
        need(play(reports) == there, f"at {told(reports)} the mixture has another lottery")
    need(not play.floats, "it answers in floats, and these prove nothing")
    return (
        f"the lotteries of {called} for {many(agents, 'agent')} on {world} are those of a mixture "
        f"of {many(len(rules), 'rule')} each of which satisfies 'strategyproof' "
        f"({AXIOMS['strategyproof'].words}), at {many(len(domain), 'profile')}"
    )


def no_mixture(statement: Any, proof: Any, door: Door) -> str:
    """No more than such a part of the lotteries is made by a mixture of strategyproof rules.

    A rule of the mixture chooses what may be drawn.  By the weights that are given each such rule
    weighs at least 1, which a search shows, and the lotteries weigh less on average.
    """
    named, setting, number, share = record(statement, "mechanism", "setting", "agents", "share")
    (listed,) = record(proof, "weights")
    world = a_world(setting)
    agents = a_number(world, number)
    called, answer = door.mechanism(named)
    play = Played(world, answer)
    drawn = {reports: play(reports) for reports in product(*map(world.types, range(agents)))}
    need(not play.floats, "it answers in floats, and these prove nothing")
    weights: dict[tuple[Reports, Outcome], Fraction] = {}
    need(entries(listed) == sorted(listed, key=text), "the weights must be in order")
    for at, one, weight in (entries(entry, 3) for entry in listed):
        (outcome,) = lottery(world, agents, [[one, "1"]])
        reports = profile(world, at)
        need(outcome in drawn[reports], f"{shown(one)} is not drawn at {told(reports)}")
        need((reports, outcome) not in weights, "an outcome is weighed twice at one profile")
        need(rational(weight) > 0, "a weight must be positive")
        weights[reports, outcome] = rational(weight)
    average = sum((drawn[at][y] * weight for (at, y), weight in weights.items()), ZERO)
    need(average == rational(share), f"the lotteries weigh {average}, and not {shown(share)}")
    need(average < 1, f"the lotteries weigh {average}, which is not less than 1")
    none_lighter(world, {at: list(there) for at, there in drawn.items()}, weights)
    return (
        f"no more than {average} of the lotteries of {called} for {many(agents, 'agent')} on "
        f"{world} is made by any mixture of rules that satisfy 'strategyproof' "
        f"({AXIOMS['strategyproof'].words}), at {many(len(drawn), 'profile')}"
    )


def none_lighter(
    world: World,
    drawn: dict[Reports, list[Outcome]],
    weights: Mapping[tuple[Reports, Outcome], Fraction],
) -> None:
    """Reject if a strategyproof rule that chooses what may be drawn weighs less than 1.

    What is chosen at one profile leaves, at those that one agent can turn it into, only outcomes
    for which no lie pays.  Where the rest weighs 1 at least the search turns back.
    """
    known: dict[Any, bool] = {}
    nodes = 0

    def pays(agent: int, truth: Reports, honest: Outcome, other: Reports, lied: Outcome) -> bool:
        key = agent, truth[agent], honest, lied
        if key not in known:
            surely = {truth: {honest: Fraction(1)}, other: {lied: Fraction(1)}}
            known[key] = gain(world, surely.__getitem__, truth, agent, other[agent]) > 0
        return known[key]

    def fits(agent: int, at: Reports, here: Outcome, other: Reports, there: Outcome) -> bool:
        return not (pays(agent, at, here, other, there) or pays(agent, other, there, at, here))

    def narrowed(left: dict[Reports, list[Outcome]], at: list[Reports]) -> bool:
        """Whether something is left everywhere, when all has been struck out that fits nothing."""
        while at:
            here = at.pop()
            for agent, lie in each_lie(world, here):
                other = (*here[:agent], lie, *here[agent + 1 :])
                kept = [
                    y
                    for y in left[other]
                    if any(fits(agent, here, x, other, y) for x in left[here])
                ]
                if len(kept) < len(left[other]):
                    left[other] = kept
                    at.append(other)
                if not kept:
                    return False
        return True

    def spread(at: Reports, there: list[Outcome]) -> Fraction:
        """How much may be at stake."""
        found = [weights.get((at, y), ZERO) for y in there]
        return max(found) - min(found)

    start = dict(drawn)
    stack = [start] if narrowed(start, list(start)) else []
    while stack:
        left, nodes = stack.pop(), nodes + 1
        need(nodes <= SEARCHED, f"the search is given up after {SEARCHED} nodes")
        weight = sum((min(weights.get((at, y), ZERO) for y in ys) for at, ys in left.items()), ZERO)
        if weight >= 1:
            continue
        undecided = [at for at, there in left.items() if len(there) > 1]
        need(undecided, f"a rule weighs only {weight}")
        at = max(undecided, key=lambda at: spread(at, left[at]))
        for one in left[at]:
            chosen = left | {at: [one]}
            if narrowed(chosen, [at]):
                stack.append(chosen)


def paths(statement: Any, proof: Any, door: Door) -> str:
    """The mechanism satisfies the axiom for all reports of a continuum."""
    said = iter(entries(*record(proof, "tree")))

    def supply(given: Any, asked: Any, positive: Any) -> Any:
        return next(said)

    try:
        claim = walk_all(statement, door, supply)
    except Beyond as why:
        raise Rejected(str(why)) from None
    need(next(said, None) is None, "the tree goes on after the last path")
    return claim


KINDS: dict[str, Callable[[Any, Any, Door], str]] = {
    "witness": witness,
    "exhaustion": exhaustion,
    "paths": paths,
    "table": table,
    "lp": lp,
    "division": division,
    "contradiction": contradiction,
    "mixture": mixture,
    "no mixture": no_mixture,
}


# ---- Certificates.


class Accepted(NamedTuple):
    """What has been checked, and the arithmetic of the mechanism's answers."""

    kind: str
    claim: str
    arithmetic: str


def derive(kind: Any, statement: Any, proof: Any, door: Door) -> str:
    """The claim that the statement makes, if the proof holds; it ends with the statement's hash."""
    need(
        is_a(kind, str) and kind in KINDS,
        f"{shown(kind)} is no kind known here: {', '.join(KINDS)}",
    )
    try:
        sentence = KINDS[kind](statement, proof, door)
    except Rejected:
        raise
    except (Exception, SystemExit) as error:  # whatever else goes wrong, nothing is shown
        raise Rejected(f"it is malformed: {type(error).__name__}: {error}") from error
    return f"{sentence} [statement {hashlib.sha256(text(statement).encode()).hexdigest()}]"


def check(data: Any, door: Door) -> Accepted:
    """Accept a certificate, as it was read from its file, or raise `Rejected`."""
    if not is_a(data, dict) or data.get("schema") != SCHEMA:
        raise NoCertificate(f"its schema is not {SCHEMA}")
    _, kind, claim, statement, proof = record(data, "schema", "kind", "claim", "statement", "proof")
    derived = derive(kind, statement, proof, door)
    need(claim == derived, f"the claim does not follow; what follows is: {derived}")
    return Accepted(kind, derived, statement.get("arithmetic", "exact"))


def read(path: Path) -> Any:
    """The data in a file: JSON in which no key is there twice and all numbers are whole."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError(f"a key is there twice in {[key for key, _ in pairs]}")
        return dict(pairs)

    def refuse(number: str) -> None:
        raise ValueError(f"{number} is written as a float")

    try:
        written = path.read_text(encoding="utf-8")
        return json.loads(
            written, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse
        )
    except (OSError, ValueError, RecursionError) as error:
        raise NoCertificate(f"it cannot be read: {error}") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file named on the command line."""
    parser = argparse.ArgumentParser(description="Check a certificate of mechsim.")
    parser.add_argument("file", type=Path, metavar="FILE.json")
    for name, metavar in (("--trust", "MODULE"), ("--path", "FOLDER")):
        told = "may be imported and called" if name == "--trust" else "where such modules lie"
        parser.add_argument(name, action="append", default=[], metavar=metavar, help=told)
    options = parser.parse_args(arguments)
    sys.path[:0] = options.path
    try:
        found = check(read(options.file), Door(tuple(options.trust)))
    except NoCertificate as reason:
        print(f"no certificate: {reason}")
        return 2
    except NotChecked as reason:
        print(f"not checked: {reason}")
        return 2
    except Rejected as reason:
        print(f"rejected: {reason}")
        return 4
    print(f"accepted, {found.kind}, arithmetic {found.arithmetic}: {found.claim}")
    return 0


if __name__ == "__main__":
    sys.path[:] = [folder for folder in sys.path if folder != str(Path(__file__).parent)]
    sys.exit(main())
