"""A search for a violation, where not every case can be tried.

Several ways of looking take turns by the calls that they cost, so that a fault which one of them
cannot see is left to the others.  A seed determines everything; time does not enter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from tqdm import tqdm

from ..axioms import Axiom
from ..axioms._memory import Watched, WatchedDraw, watched
from ..axioms._patience import ticking
from ..axioms.checking import Found, replayed, stopped, try_case
from ..axioms.verdict import Misbehaved, Played, Refuted, Unknown
from ..budget import CASES_A_CALL, SWEPT_A_CALL, Budget
from ..mechanism import Playable
from .quest import Quest, Stopped, Swept
from .strategies import ways

END = object()
"""What comes after the last case of a way."""


@dataclass
class Way:
    """One way of looking, and what it has cost so far."""

    name: str
    share: int
    cases: Iterator[Any]
    calls: int = 0
    tried: int = 0
    rounds: int = 0
    swept: int = 0

    @property
    def turn(self) -> float:
        """Whoever has the least is next; what costs no call costs a little too."""
        small = (self.tried + self.rounds) / CASES_A_CALL + self.swept / SWEPT_A_CALL
        return (self.calls + small) / self.share


@dataclass(frozen=True)
class Searched:
    """What was tried without finding a violation."""

    calls: int
    cases: int
    independent: int
    """Departures drawn independently and uniformly, or profiles examined in full."""
    swept: int
    """Misreports played in batches of floats, which are not among the cases."""
    rounded: bool
    interrupted: bool


def search(
    axiom: Axiom,
    mechanism: Playable,
    setting: Any,
    *,
    agents: int,
    budget: Budget,
    progress: bool = False,
) -> Found | Searched:
    """Look until something is found or the mechanism has been played as often as it may.

    An interrupt from the keyboard ends the search and not the program: what was tried until then
    is the answer.
    """
    recalled = watched(mechanism, setting)
    chosen = ways(setting, agents)
    seeds = np.random.SeedSequence(budget.seed).spawn(len(chosen))
    turns: list[Way] = []
    for (name, share, look), own in zip(chosen, seeds, strict=True):
        quest = Quest(axiom, mechanism, recalled, setting, agents, np.random.default_rng(own))
        turns.append(Way(name, share, look(quest)))
    everything = list(turns)
    rounded = interrupted = False
    bar = tqdm(total=budget.calls, unit=" calls", leave=False, disable=None if progress else True)
    try:
        with ticking(), bar:
            for way in _in_turn(turns, everything, recalled, budget):
                before = recalled.calls
                try:
                    case = next(way.cases, END)
                except Stopped as end:
                    at = Played(end.instance)
                    return stopped(axiom, mechanism, at, end.why, recalled.calls)
                if case is END:
                    turns.remove(way)
                elif case is None:
                    way.rounds += 1
                elif isinstance(case, Swept):
                    way.swept += case.pairs
                else:
                    found = try_case(axiom, mechanism, case, recalled, recalled.calls)
                    if isinstance(found, Refuted):
                        fickle = replayed(axiom, mechanism, recalled, setting)
                        return found if fickle is None else fickle
                    if isinstance(found, (Misbehaved, Unknown)):
                        return found
                    rounded = rounded or isinstance(found, float)
                    way.tried += 1
                way.calls += recalled.calls - before
                bar.update(recalled.calls - before)
    except KeyboardInterrupt:
        interrupted = True
    again = replayed(axiom, mechanism, recalled, setting)
    if again is not None:
        return again
    cases = sum(way.tried for way in everything)
    departures = hasattr(axiom, "deviation")  # of which each is drawn for itself
    independent = sum(
        way.tried if departures else way.rounds for way in everything if way.name == "uniform"
    )
    swept = sum(way.swept for way in everything)
    return Searched(recalled.calls, cases, independent, swept, rounded, interrupted)


def _in_turn(
    turns: list[Way], everything: list[Way], recalled: Watched | WatchedDraw, budget: Budget
) -> Iterator[Way]:
    """The way that has cost least for its share, until the budget is spent."""
    steps = 0
    while turns and steps < budget.cases:
        if recalled.calls + sum(way.swept for way in everything) // SWEPT_A_CALL >= budget.calls:
            return
        yield min(turns, key=lambda way: way.turn)
        steps += 1
