"""How a race is measured, and the unit in which limits are told."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

SHORTEST = 5e-3
"""Seconds of CPU that one timing should last at least: shorter jobs are repeated within it."""


def stream(array: FloatArray) -> Callable[[], object]:
    """The limit of whatever must look at every number: one pass that reads them all."""
    return array.max


@dataclass(frozen=True)
class Race:
    """Two ways of doing a job, and what their ratio should be.

    Parameters
    ----------
    job : str
        What is done, in words.
    ours : callable
        The library's way.
    against : str
        What the ratio refers to.
    rival : callable
        The peer, or a limit such as one `stream` read.
    goal : float
        Against a limit: how many times its cost ours may take.  Against a peer: how many times
        faster ours must be.
    limit : bool
        Whether the rival is a limit.
    rounds : int, optional
        How often both are timed, where that takes long.
    """

    job: str
    ours: Callable[[], Any]
    against: str
    rival: Callable[[], Any]
    goal: float
    limit: bool = False
    rounds: int | None = None


@dataclass(frozen=True)
class Measured:
    """The median ratio of a race and the middle half of its rounds."""

    race: Race
    ratio: float
    low: float
    high: float

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.race.goal if self.race.limit else self.ratio >= self.race.goal

    def row(self) -> tuple[str, ...]:
        """The cells of a table."""
        goal = f"at most {self.race.goal:g}" if self.race.limit else f"at least {self.race.goal:g}"
        spread = f"{_digits(self.low)} to {_digits(self.high)}"
        mark = "" if self.reached else " (missed)"
        return self.race.job, self.race.against, f"{_digits(self.ratio)}", spread, goal + mark


def _digits(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}"


def measure(race: Race, rounds: int) -> Measured:
    """Run both sides in turn, ``rounds`` times, after one round that is not counted."""
    repeats = [_repeats(side) for side in (race.ours, race.rival)]
    ratios: list[float] = []
    for _ in range(rounds):
        ours, theirs = (
            _cpu(side, times) for side, times in zip((race.ours, race.rival), repeats, strict=True)
        )
        ratios.append(ours / theirs if race.limit else theirs / ours)
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else (ratios[0],) * 3
    return Measured(race, middle, low, high)


def _repeats(job: Callable[[], Any]) -> int:
    job()  # the first call may compile, import or page in
    once = _cpu(job, 1)
    return max(1, min(10_000, round(SHORTEST / max(once, 1e-7))))


def _cpu(job: Callable[[], Any], times: int) -> float:
    """CPU seconds of one run, also of the processes that it starts and waits for."""
    start = _clock()
    for _ in range(times):
        job()
    return (_clock() - start) / times


def _clock() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
