r"""Generalized medians: all rules that are strategyproof for single-peaked preferences.

For a number :math:`a_S` for each set :math:`S` of agents, increasing in :math:`S`,

.. math:: f(x) = \max_{S \subseteq N} \min\bigl(a_S,\ \min_{i \in S} x_i\bigr).

:math:`a_S` is the outcome where the agents of :math:`S` report the high end of the line and the
others the low end.  The rule is onto exactly if :math:`a_\emptyset` and :math:`a_N` are the ends.
If :math:`a_S` depends on the size of :math:`S` only, it is a phantom median; if it is an end for
every :math:`S`, agents vote by committees.

References
----------
Moulin. On strategy-proofness and single peakedness. Public Choice 35, 1980.
Border, Jordan. Straightforward elections, unanimity and phantom voters. Review of Economic Studies
50, 1983.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np

from .._numbers import Number, real, sequence, show
from ..declared import Term, largest, reports, smallest
from ..mechanism import accepts_reports
from ..population import FloatArray
from ..preferences.single_peaked import Line, Point, Points
from ._batches import Batch, blocks, read_batch

R = TypeVar("R")


@dataclass(frozen=True)
class GeneralizedMedian:
    """The max of mins over the sets of agents.  O(2^n), so it is for few agents.

    Parameters
    ----------
    heights : tuple of Number
        ``heights[s]`` is the share of the line, from 0 to 1, at which :math:`a_S` lies, where agent
        i is in S if bit i of s is set: :math:`2^n` of them, increasing in S.
    setting : Line
        An interval.

    Examples
    --------
    >>> second_and_third_against_the_first = (0, 0, 0, 1, 0, 1, 1, 1)  # a majority of three
    >>> GeneralizedMedian(second_and_third_against_the_first)([0.9, 0.1, 0.4])
    0.4
    """

    heights: tuple[Number, ...]
    setting: Line = Line(0, 1)

    def __post_init__(self) -> None:
        self.setting.require_bounds("a generalized median")
        given = sequence(self.heights, "heights")
        heights = tuple(real(height, f"heights[{s}]") for s, height in enumerate(given))
        object.__setattr__(self, "heights", heights)
        if len(heights) < 2 or len(heights) & (len(heights) - 1):
            raise ValueError(
                f"heights has {len(heights)} entries: there must be 2^n, one a set of agents"
            )
        for s, height in enumerate(heights):
            if not 0 <= height <= 1:
                raise ValueError(f"heights[{s}] is {show(height)}: it must be between 0 and 1")
            for less in _without_one(s):
                if heights[less] > height:
                    raise ValueError(
                        f"heights[{s}] is {show(height)}: it must be at least heights[{less}], "
                        f"{show(heights[less])}, which has fewer agents"
                    )

    @property
    def agents(self) -> int:
        """How many agents report."""
        return len(self.heights).bit_length() - 1

    def declared(self, agents: int, /) -> Term:
        """The largest of the smallest, as a term."""
        self._require(agents)
        every = reports(agents)
        sets = (
            smallest(self.setting.at(Fraction(height)), *_chosen(every, s))
            for s, height in enumerate(self.heights)
        )
        return largest(*sets)

    @accepts_reports
    def __call__(self, reports: Points, /) -> Point:
        """Where to build."""
        self._require(len(reports))
        outcome = max(
            min((self.setting.at(Fraction(height)), *_chosen(reports, s)))
            for s, height in enumerate(self.heights)
        )
        return float(outcome) if any(isinstance(report, float) for report in reports) else outcome

    def of_batch(self, profiles: Batch, /) -> FloatArray:
        """The same, for each row of a (batch, agents) array.  O(n log n) a row.

        As heights increase, of all sets with the same least report the largest counts, so n + 1
        sets are looked at: no agent, the agent farthest to the right, the two farthest, ...
        """
        batch = read_batch(profiles)
        self._require(batch.shape[1])
        heights = np.array([float(self.setting.at(Fraction(height))) for height in self.heights])
        places = np.empty(len(batch))
        for rows, part in blocks(self.setting, batch):
            order = np.argsort(-part, axis=1)
            sets = np.cumsum(1 << order, axis=1)
            falling = np.take_along_axis(part, order, axis=1)
            best = np.minimum(falling, heights[sets]).max(axis=1)
            places[rows] = np.maximum(best, heights[0])
        return places

    def _require(self, agents: int) -> None:
        if agents != self.agents:
            raise ValueError(f"reports has {agents} entries: heights are for {self.agents} agents")


def _without_one(s: int) -> Iterator[int]:
    """The sets that lack one agent of this one."""
    return (s & ~(1 << agent) for agent in range(s.bit_length()) if s >> agent & 1)


def _chosen(reports: Sequence[R], s: int) -> Iterator[R]:
    """What the agents of a set report."""
    return (report for agent, report in enumerate(reports) if s >> agent & 1)
