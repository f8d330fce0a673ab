"""Ways of looking for a violation, each a stream of cases worth trying that need not end.

A way is a function of a `Quest`; it may play the mechanism to decide where to look next.  After
each round it yields None, so that one which finds no cases does not keep the others waiting.  No
way finds every fault, so `mechsim.proving.search` takes them in turn.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import count, pairwise
from typing import Any, TypeAlias

import numpy as np

from ..axioms import Strategyproof
from ..axioms._base import positive
from ..setting import Strand, is_searchable, is_stranded
from .literals import literals
from .quest import FINE, GRIDS, Profile, Quest, Swept, jumps, replaced
from .sweep import is_sweepable, readings, sweep

Way: TypeAlias = Callable[[Quest], Iterator[Any]]

ON_A_LINE = 24
"""Reports tried along a line before its jumps are sought."""

NEXT_TO = (Fraction(1, 10**6), Fraction(1, 200))
"""How far "next to" a number is, as a share of the line."""

COMPARED = 128
"""Reports along a line of which all pairs are compared; of more, so many that are spread evenly."""

BISECTIONS = 40
"""Steps by which a jump is pinned down: to 1e-12 of the line."""

LIES = 8
"""Misreports of every agent at every profile of a batch."""

PAIRS = 2**15
"""Misreports of a batch, if it has room for so many."""

CROWD = 128
"""Agents of whom batches are tried: every lie takes a row of them all."""


def ways(setting: Any, agents: int) -> list[tuple[str, int, Way]]:
    """The ways that a setting allows, by name, with the share of the calls that each may take."""
    if all(setting.types(agent) for agent in range(agents)):
        return [("uniform", 1, uniform), ("few types", 1, few_types)]
    if not is_searchable(setting):
        raise ValueError(
            f"setting is {setting}: it must list its types or have profiles() to search"
        )
    if not _has_strands(setting, agents):
        return [("the setting's own", 1, familiar)]
    return [
        ("the setting's own", 20, familiar),
        ("uniform", 20, uniform),
        ("grids", 15, grids),
        ("ties", 15, ties),
        ("constants in the code", 10, constants),
        ("lines", 20, lines),
        ("batches", 20, batches),
    ]


def _has_strands(setting: Any, agents: int) -> bool:
    if not is_stranded(setting):
        return False
    reports = next(setting.profiles(agents, np.random.default_rng(0)))
    return any(True for _ in setting.strands(0, reports))


def familiar(quest: Quest) -> Iterator[Any]:
    """The profiles that the setting proposes, simple ones first, with all their cases."""
    for reports in quest.setting.profiles(quest.agents, quest.rng):
        yield from quest.some_cases(reports)
        yield None


def few_types(quest: Quest) -> Iterator[Any]:
    """Random profiles of a setting that lists its types, of few different types."""
    for turn in count():
        reports = quest.drawn(FINE)
        few = reports[: 1 + turn % quest.agents]
        shared = tuple(quest.pick(few) for _ in reports)
        if all(type_ in quest.types[agent] for agent, type_ in enumerate(shared)):
            reports = shared
        yield from quest.some_cases(reports)
        yield None


def uniform(quest: Quest) -> Iterator[Any]:
    """Profiles, agents and misreports drawn independently and uniformly: the law of `Survived`."""
    while True:
        reports = quest.drawn(FINE)
        agent = quest.agent()
        yield from quest.departures(reports, agent, [quest.drawn(FINE)[agent]])
        yield None


def grids(quest: Quest) -> Iterator[Any]:
    """The same on coarse grids, where ties and simple numbers are frequent."""
    while True:
        steps = quest.pick(GRIDS)
        reports = quest.drawn(steps)
        agent = quest.agent()
        yield from quest.departures(reports, agent, [quest.drawn(steps)[agent] for _ in range(3)])
        yield None


def ties(quest: Quest) -> Iterator[Any]:
    """Profiles with many ties; an agent departs to where the mechanism may change its mind."""
    while True:
        reports = quest.tied()
        agent = quest.agent()
        for strand in quest.setting.strands(agent, reports):
            numbers = turning_points(quest, strand, reports, agent)
            yield from quest.departures(reports, agent, [strand.at(t) for t in numbers])
        yield None


def constants(quest: Quest) -> Iterator[Any]:
    """Profiles and misreports made of the numbers in the mechanism's code, and next to them."""
    written = literals(quest.mechanism)
    steps = [int(n) for n in written if n.denominator == 1 and 2 < n <= 60]
    while written:
        changed = list(quest.tied(quest.pick(steps) if steps and quest.chance(0.5) else 12))
        for agent in range(quest.agents):
            if quest.chance(0.6):
                changed[agent] = _constant(quest, changed, agent, written)
        reports, agent = tuple(changed), quest.agent()
        lies = [_constant(quest, reports, agent, written) for _ in range(3)]
        yield from quest.departures(reports, agent, lies)
        yield None


def _constant(
    quest: Quest, reports: Sequence[Any], agent: int, written: tuple[Fraction, ...]
) -> Any:
    """A type with a number of the code in it, or one next to it, if there is room for it."""
    strand: Strand = quest.pick(quest.setting.strands(agent, reports))
    length = strand.high - strand.low
    number = quest.pick(written)
    near = length * quest.pick((0, 0, 0, 1, -1)) * quest.pick(NEXT_TO)
    for t in (number + near, strand.low + length * number + near, strand.high - number + near):
        if strand.low <= t <= strand.high:
            return strand.at(t)
    return strand.at(strand.low + length * quest.share(12))


def lines(quest: Quest) -> Iterator[Any]:
    """One report varies along a line, jumps are pinned down, and all pairs on it are compared.

    A profile with ties is drawn and one number of one report varied over random and critical
    places.  Wherever the outcome moves by more than the report did, the jump is bisected.  Then
    every report on the line, or `COMPARED` of them, is taken as the truth and every other as the
    lie, which needs no further play.
    """
    while True:
        reports = quest.tied()
        agent = quest.agent()
        strand: Strand = quest.pick(quest.setting.strands(agent, reports))
        length = strand.high - strand.low
        numbers = {strand.low + length * quest.share(FINE) for _ in range(ON_A_LINE // 2)}
        numbers |= {strand.low + length * quest.share(28) for _ in range(ON_A_LINE // 4)}
        numbers |= set(turning_points(quest, strand, reports, agent)[: ON_A_LINE // 2])
        played = {t: quest.ask(replaced(reports, agent, strand.at(t))) for t in sorted(numbers)}
        for low, high in pairwise(sorted(numbers)):
            played |= bisected(quest, strand, reports, agent, low, high, played)
        yield from compared(quest, strand, reports, agent, played)
        yield None


def bisected(
    quest: Quest,
    strand: Strand,
    reports: Profile,
    agent: int,
    low: Any,
    high: Any,
    played: dict[Any, Any],
) -> dict[Any, Any]:
    """What was played on the way to the jump between ``low`` and ``high``, if there is one."""
    found: dict[Any, Any] = {}
    first, last = played[low], played[high]
    for _ in range(BISECTIONS):
        if not jumps(first, last, high - low):
            break
        middle = (low + high) / 2
        found[middle] = now = quest.ask(replaced(reports, agent, strand.at(middle)))
        if jumps(first, now, middle - low):
            high, last = middle, now
        else:
            low, first = middle, now
    return found


def compared(
    quest: Quest, strand: Strand, reports: Profile, agent: int, played: dict[Any, Any]
) -> Iterator[Any]:
    """The cases in which one played report is the truth and another the lie."""
    deviation, between = (getattr(quest.axiom, n, None) for n in ("deviation", "between"))
    points = sorted(played)
    if deviation is None:
        for t in points:
            yield from quest.cases(replaced(reports, agent, strand.at(t)))
        return
    if len(points) > COMPARED:
        points = [points[k * len(points) // COMPARED] for k in range(COMPARED)]
    lies = {_outcome(played[t]): t for t in points}  # one report for each different lottery
    for t in points:
        truth = strand.at(t)
        here = quest.instance(replaced(reports, agent, truth))
        for lie in lies.values():
            if lie == t:
                continue
            if between is None or positive(between(here, agent, truth, played[t], played[lie])):
                yield deviation(here, agent, strand.at(lie))


def _outcome(lottery: Any) -> Any:
    """What tells two lotteries apart: quickly where they are sure outcomes."""
    support: tuple[Any, ...] = getattr(lottery, "support", ())
    return support[0] if len(support) == 1 else lottery


def turning_points(quest: Quest, strand: Strand, reports: Profile, agent: int) -> list[Any]:
    """Where on a line a mechanism may change its mind, in random order.

    The ends, every number that is reported or in the outcome, reflections of one in another,
    their midpoints, and places next to all these.
    """
    length = strand.high - strand.low
    here, seen = quest.numbers(reports, agent)
    points = [strand.low, strand.high, *seen]
    points += [2 * a - b for a in here for b in seen] + [2 * b - a for a in here for b in seen]
    points += [(a + b) / 2 for a in here for b in seen]
    near = length * quest.pick((Fraction(1, 10**6), Fraction(1, 1000)))
    points += [point + near for point in (strand.low, *seen)]
    points += [point - near for point in (strand.high, *seen)]
    inside = [point for point in dict.fromkeys(points) if strand.low <= point <= strand.high]
    order = quest.rng.permutation(len(inside))
    return [inside[int(k)] for k in order[:ON_A_LINE]]


def batches(quest: Quest) -> Iterator[Any]:
    """Whole batches of profiles and lies in floats, where the mechanism plays batches.

    The lie that pays most becomes cases, at simple fractions near its floats.  Batches see what is
    rare at little cost; half of them have ties, and most lie on coarse grids.
    """
    play = getattr(quest.mechanism, "of_batch", None)
    strands: list[Strand] = list(quest.setting.strands(0, quest.start))
    whole = len(strands) == 1 and is_sweepable(quest.setting)
    if play is None or not whole or quest.axiom != Strategyproof() or quest.agents > CROWD:
        return
    low, high = float(strands[0].low), float(strands[0].high)
    rows = max(1, PAIRS // (quest.agents * LIES))
    while True:
        steps = quest.pick((*GRIDS, FINE))
        shares = quest.rng.integers(steps + 1, size=(rows, quest.agents))
        if quest.chance(0.5):
            few = int(quest.rng.integers(1, quest.agents + 1))
            shares = shares[:, quest.rng.integers(few, size=quest.agents)]
        lies = quest.rng.integers(steps + 1, size=LIES)
        profiles, instead = (low + (high - low) * (k / steps) for k in (shares, lies))
        try:
            lead = sweep(play, quest.setting, profiles, instead)
        except Exception:  # what is wrong shows, and is told, where single profiles are played
            return
        yield Swept(lead.pairs)
        if lead.gain > 0:
            yield from readings(quest.setting, lead)
