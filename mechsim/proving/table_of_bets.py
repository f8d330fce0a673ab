"""A table at which bets are made: cases to bet on, and a mechanism to draw from."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .._numbers import show
from .._text import brief
from ..axioms._memory import Misbehaviour, Watched, alike
from ..budget import SWEPT_A_CALL
from ..lottery import is_lottery
from ..population import FloatArray
from ..sampler import FromUniforms, Sampler, Stream
from .betting import EVEN
from .expected import Expectation

FIRST = 16
"""Draws at a case before anything is staked on it."""

KEPT = 2**17
"""Draws at one case that are remembered for intervals."""

SPREAD = 0.01
"""A variance that is taken for granted, as one draw, before anything is seen."""


@dataclass
class Arm:
    """A case to bet on, and what was drawn there, as shares of its bound.

    ``seen`` is how many draws there were, their sum, and that of their squares: a row of what
    `most_hopeful` sees.
    """

    what: Expectation
    seen: FloatArray
    logs: FloatArray = field(default_factory=EVEN.copy)
    kept: list[FloatArray] = field(default_factory=list[FloatArray])

    @property
    def drawn(self) -> int:
        """How many draws there were."""
        return int(self.seen[0])

    def add(self, shares: FloatArray, logs: FloatArray) -> None:
        """Remember these draws; ``logs`` is what a purse that bets here alone is by now."""
        if self.drawn < KEPT:
            self.kept.append(shares)
        self.seen += (len(shares), shares.sum(), np.square(shares).sum())
        self.logs = logs

    @property
    def shares(self) -> FloatArray:
        """What was drawn."""
        return np.concatenate(self.kept)


def most_hopeful(seen: FloatArray) -> int:
    """The arm of the highest upper confidence bound, from (arms, 3) counts, sums and squares.

    An arm at which nothing was drawn comes first.
    """
    drawn, total, squares = seen.T
    if not drawn.all():
        return int(np.argmin(drawn))
    mean = total / drawn
    variance = (SPREAD + np.maximum(0.0, squares - total * mean)) / (drawn + 1)
    return int(np.argmax(mean + np.sqrt(2 * math.log(drawn.sum()) / drawn * variance)))


@dataclass
class Table:
    """Where bets are made: a mechanism to draw from, and how often it has been."""

    sampler: Sampler
    setting: Any
    stream: Stream
    draws: int = 0
    calls: float = 0.0

    def draw(self, what: Expectation, size: int) -> FloatArray:
        """So many further independent draws of the number, as shares of its bound: (size,).

        Raises
        ------
        ValueError
            If one is beyond the bound: then no level can be promised.
        """
        first, self.draws = self.draws, self.draws + size
        if isinstance(self.sampler, FromUniforms) and what.of_arrays is not None:
            numbers = self._at_once(self.sampler, what, first, size)
            self.calls += size * len(what.played) / SWEPT_A_CALL
        else:
            numbers = np.array([float(self._one(what, first + k)) for k in range(size)])
            self.calls += size * len(what.played)
        farthest = float(np.abs(numbers).max())
        if not farthest <= what.unit:
            raise ValueError(
                f"bound is {show(what.bound)}: {show(farthest)} was drawn, in {brief(what.case)}"
            )
        return what.shares(numbers)

    def _one(self, what: Expectation, draw: int) -> Any:
        return what.of(*(self.outcome(reports, draw) for reports in what.played))

    def outcome(self, reports: Any, draw: int) -> Any:
        """The outcome at ``reports`` with the random numbers of this draw."""
        sampler, stream = self.sampler, self.stream
        watch = Watched(lambda given: sampler.draw(given, stream.at(draw)), self.setting)
        found = watch.afresh(reports)
        if is_lottery(found):
            raise _at(reports, "returns a lottery where it is given a generator to draw with")
        return found

    def _at_once(
        self, sampler: FromUniforms, what: Expectation, first: int, size: int
    ) -> FloatArray:
        uniforms = self.stream.at(first).random((size, sampler.width))
        played = [self._rows(sampler, reports, uniforms) for reports in what.played]
        assert what.of_arrays is not None
        return what.of_arrays(*played)

    def _rows(self, sampler: FromUniforms, reports: Any, uniforms: FloatArray) -> FloatArray:
        try:
            outcomes = sampler.batch(reports, uniforms)
        except (Exception, SystemExit) as error:  # a user's mechanism may raise anything
            raise _at(reports, f"raises {type(error).__name__}: {error}") from error
        admits = getattr(self.setting, "admits", None)
        for extreme in (float(outcomes.min()), float(outcomes.max())):
            if admits is not None and not admits(extreme):
                raise _at(
                    reports, f"returns {extreme:g}, which is no outcome of {brief(self.setting)}"
                )
        return outcomes

    def require_alike(self, what: Expectation) -> None:
        """Raise `Misbehaviour` if the first draw comes out otherwise when it is repeated.

        Of a batch, the last row is computed alone once more: rows must not depend on others.
        """
        for reports in what.played:
            if isinstance(self.sampler, FromUniforms):
                uniforms = self.stream.at(0).random((FIRST, self.sampler.width))
                all_, alone = (
                    self._rows(self.sampler, reports, rows) for rows in (uniforms, uniforms[-1:])
                )
                if all_[-1] != alone[0]:
                    raise _at(reports, "computes a row that depends on other rows, or on chance")
            elif not alike(self.outcome(reports, 0), self.outcome(reports, 0)):
                raise _at(
                    reports,
                    "draws two outcomes with the same numbers of its generator (all chance must "
                    "come from rng)",
                )


def _at(reports: Any, what: str) -> Misbehaviour:
    found = Misbehaviour(what)
    found.reports = reports
    return found
