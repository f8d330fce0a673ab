"""What `mechsim place` says of a file that is too long for memory: asked of the stream."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar

import numpy as np

from ..facility.streaming import Costs, Few, LargestGroup, Outcome, Rank, Steps, Unclear, ask
from ..facility.streaming.questions import has_form
from ..lottery import Finite, is_finite, sure
from ..population import EXPANDABLE, FloatArray, Population
from ..preferences.columns import Stream
from ..preferences.single_peaked import ROUNDING, Line
from ._crowd import QUANTILES, Chances, Crowd, View, chances, expected_distances, farthest

STREAMED = EXPANDABLE
"""Columns of more floats than this are streamed."""

GATHERED = 2**25
"""Columns of at most so many floats are read into memory where a mechanism asks for it."""


@dataclass(frozen=True)
class Portrait:
    """Where ``rule`` builds, the mean distance, and the groups that may be wronged."""

    rule: Any
    setting: Line
    summed: ClassVar[bool] = True

    def __call__(self, steps: Steps, /) -> "Portrayed | Unclear":
        """All of it, or the cells that it depends on."""
        placed = Outcome(self.rule)(steps)
        if isinstance(placed, Unclear):
            return placed
        lottery: Finite[Any] = placed if is_finite(placed) else sure(placed)
        drawn = chances(lottery)
        costs = [Costs(place)(steps) for place in lottery.probability]
        length = float(self.setting.length)
        groups = [
            LargestGroup(harm, length, length * (1 + ROUNDING))(steps)
            for harm in (partial(expected_distances, drawn), partial(_farthest, drawn))
        ]
        unclear = [x for x in (*costs, *groups) if isinstance(x, Unclear)]
        if unclear:
            return Unclear(tuple(cell for x in unclear for cell in x.cells))
        mean = sum(
            p * cost[0]
            for p, cost in zip(lottery.probability.values(), costs, strict=True)
            if not isinstance(cost, Unclear)
        )
        wronged = {v: m for group in groups if not isinstance(group, Unclear) for v, m in group}
        places = sorted(wronged)
        crowd = Crowd(
            np.array(places, np.float64),
            np.array([wronged[place] for place in places], np.int64),
            steps.agents,
        )
        return Portrayed(lottery, float(mean / steps.agents), crowd)


@dataclass(frozen=True, eq=False)
class Portrayed:
    """What is known of one mechanism."""

    lottery: Finite[Any]
    mean: float
    groups: Crowd


def _farthest(drawn: Chances, places: FloatArray) -> FloatArray:
    worst: FloatArray = farthest(drawn, places)
    return worst


def _agents(steps: Steps) -> int:
    return steps.agents


def survey(
    stream: Stream, setting: Line, mechanisms: Mapping[str, Any], most: int
) -> Population | tuple[View, dict[str, Finite[Any]]]:
    """The reports counted, if at most ``most`` differ; otherwise what tables say of them.

    Raises
    ------
    ValueError
        If a row is no report, or if a mechanism cannot be asked of a stream.
    """
    formless = [name for name, rule in mechanisms.items() if not has_form(rule)]
    asked = {name: rule for name, rule in mechanisms.items() if name not in formless}
    questions: Sequence[Any] = (
        Few(most),
        *(Rank(Fraction(share)) for share in QUANTILES.values()),
        *(Portrait(rule, setting) for rule in asked.values()),
        _agents,
    )
    few, *found = ask(stream.reports, questions, setting)
    if few is not None:
        values, counts = zip(*few, strict=True)
        return Population(np.array(values), np.array(counts, np.int64))
    if formless:
        raise ValueError(
            f"mechanism is {formless[0]!r}: it cannot be placed for the {stream.rows:,} rows of "
            f"{stream.source}, because it asks for all reports in memory, which are read there if "
            f"there are at most {GATHERED:,}"
        )
    ranked, portraits, agents = found[: len(QUANTILES)], found[len(QUANTILES) : -1], found[-1]
    view = View(
        agents,
        list(QUANTILES),
        np.array([place for place, _ in ranked]),
        np.array([count for _, count in ranked], np.int64),
        {name: portrait.mean for name, portrait in zip(asked, portraits, strict=True)},
        {name: portrait.groups for name, portrait in zip(asked, portraits, strict=True)},
    )
    return view, {name: x.lottery for name, x in zip(asked, portraits, strict=True)}


def is_streamed(stream: Stream | None, mechanisms: Mapping[str, Any]) -> bool:
    """Whether a column is not read into memory: it is long, or short but all can be asked of it."""
    if stream is None or stream.rows <= STREAMED:
        return False
    return stream.rows > GATHERED or all(map(has_form, mechanisms.values()))
