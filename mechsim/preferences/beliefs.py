r"""A forecaster with a belief :math:`p` about which of finitely many states comes true.

An alternative pays it a score :math:`s_k` in each state :math:`k`, and is worth what it expects:

.. math:: v(p, s) = \sum_k p_k s_k.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import combinations, count, pairwise
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from .._numbers import Number, distance, is_ball, real, sequence, show
from ..algorithms.balls import ball
from ..setting import Strand

Belief: TypeAlias = tuple[Number, ...]
"""One probability a state."""

ROUNDING = 1e-9
"""The probabilities of a belief that is given in floats sum to 1 up to this."""


def distribution(given: object, name: str, states: tuple[str, ...]) -> Belief:
    """``given`` as one probability a state, or a `ValueError` that names the entry or the sum."""
    if isinstance(given, (float, Fraction)):
        raise ValueError(
            f"{name} is {show(given)}: a belief has one probability a state, "
            "as in [(Fraction(1, 4), Fraction(3, 4))] for one forecaster"
        )
    entries = sequence(given, name)
    if len(entries) != len(states):
        raise ValueError(
            f"{name} has {len(entries)} probabilities: "
            f"it must have one for each of the states {', '.join(states)}"
        )
    belief = tuple(real(p, f"{name}[{k}]") for k, p in enumerate(entries))
    for k, p in enumerate(belief):
        if p < 0:
            raise ValueError(f"{name}[{k}], of {states[k]}, is {show(p)}: it must not be negative")
    total: Number = sum(belief, Fraction(0))
    rounded = any(isinstance(p, float) for p in belief)
    if distance(total, Fraction(1)) > (ROUNDING if rounded else 0):
        raise ValueError(f"{name} sums to {show(total)}: it must sum to 1")
    return belief


def expect(belief: Iterable[Number], scores: Iterable[Any]) -> Any:
    """The expectation of ``scores``: exact where both are, a ball where a score is one."""
    first, *others = (
        score * ball(p) if is_ball(score) else p * score
        for p, score in zip(belief, scores, strict=True)
    )
    return sum(others, first)


@dataclass(frozen=True, repr=False)
class Beliefs:
    """Beliefs about which of the ``states`` comes true.

    Parameters
    ----------
    states : tuple of str
        The states' names, two or more.
    steps : int, optional
        Beliefs are those with all probabilities positive multiples of ``1 / steps``; None means
        any belief, of which those with positive probabilities only are searched.
    agents : tuple of str
        Who forecasts.

    Examples
    --------
    >>> Beliefs(("rain", "sun"), steps=4).types(0)[1]
    (Fraction(1, 4), Fraction(3, 4))
    >>> Beliefs(("rain", "sun")).value(0, (Fraction(1, 4), Fraction(3, 4)), (8, 0))
    Fraction(2, 1)
    """

    states: tuple[str, ...]
    steps: int | None = None
    agents: tuple[str, ...] = ("the forecaster",)

    def __post_init__(self) -> None:
        for k, state in enumerate(self.states):
            if state in self.states[:k]:
                raise ValueError(f"states[{k}] is {state!r} again: names must differ")
        if len(self.states) < 2:
            raise ValueError(f"states is {self.states}: there must be two or more")
        if self.steps is not None and self.steps < len(self.states):
            raise ValueError(
                f"steps is {self.steps}: positive probabilities of {len(self.states)} states "
                f"need at least {len(self.states)} steps"
            )

    def types(self, agent: int, /) -> tuple[Belief, ...] | None:
        """The beliefs of the grid, coarse ones first."""
        return None if self.steps is None else _interior(len(self.states), self.steps)

    def value(self, agent: int, type_: Belief, alternative: Any, /) -> Any:
        """The expected score."""
        return expect(type_, alternative)

    def admits(self, alternative: object, /) -> bool:
        """Whether this is one score a state."""
        size = getattr(alternative, "__len__", None)
        return size is not None and size() == len(self.states)

    def read(self, given: Iterable[Any] | npt.NDArray[Any], /) -> tuple[Belief, ...]:
        """One belief for each forecaster, from lists, tuples or arrays; numbers keep their kind.

        Raises
        ------
        ValueError
            If nobody reports, a belief is no distribution over the states, or it is off the grid.
        """
        matrix = isinstance(given, np.ndarray) and cast(Any, given).ndim == 2
        rows = list(cast(Any, given)) if matrix else sequence(cast(object, given), "reports")
        if not rows:
            raise ValueError("reports is empty: at least one agent must report")
        beliefs = tuple(
            distribution(row, f"reports[{agent}]", self.states) for agent, row in enumerate(rows)
        )
        for agent, belief in enumerate(beliefs):
            if belief not in (self.types(agent) or (belief,)):
                raise ValueError(
                    f"reports[{agent}] is {self.tell_type(belief)}: "
                    f"it must be one of the beliefs of {self}"
                )
        return beliefs

    def tell(self, alternative: Iterable[Any], /) -> str:
        """The score in each state: ``rain pays 1, sun pays 0``."""
        scored = zip(self.states, alternative, strict=True)
        return ", ".join(f"{state} pays {show(score)}" for state, score in scored)

    def tell_type(self, type_: Belief, /) -> str:
        """The probability of each state: ``rain 1/4, sun 3/4``."""
        likely = zip(self.states, type_, strict=True)
        return ", ".join(f"{state} {show(p)}" for state, p in likely)

    def misreports(self, agent: int, reports: tuple[Belief, ...], /) -> Iterator[Belief]:
        """The uniform belief, what others report, and the truth sharpened, dulled or rotated."""
        truth = reports[agent]
        squares = sum(p * p for p in truth)
        uniform = tuple(Fraction(1, len(truth)) for _ in truth)
        proposed = (
            uniform,
            *reports,
            tuple(p * p / squares for p in truth),
            tuple((p + q) / 2 for p, q in zip(truth, uniform, strict=True)),
            *(tuple((p + (j == k)) / 2 for j, p in enumerate(truth)) for k in range(len(truth))),
            *(truth[k:] + truth[:k] for k in range(len(truth))),
        )
        yield from (belief for belief in dict.fromkeys(proposed) if belief != truth)

    def strands(self, agent: int, reports: tuple[Belief, ...], /) -> Iterator[Strand]:
        """The probability of one state, for each state; the others keep their proportions."""
        for state in range(len(self.states)):
            at = partial(_with, reports[agent], state)
            yield Strand(Fraction(1, 100), Fraction(99, 100), at)

    def simpler(self, type_: Belief, /) -> Iterator[Belief]:
        """Beliefs of coarser grids, coarsest first."""
        fineness = math.lcm(*(Fraction(p).denominator for p in type_))
        for steps in range(len(type_), min(fineness, 13)):
            yield from (p for p in _interior(len(type_), steps) if _fineness(p) == steps)

    def profiles(self, agents: int, rng: np.random.Generator, /) -> Iterator[tuple[Belief, ...]]:
        """Beliefs of small grids in full for one forecaster, then random ones of finer grids."""
        n = len(self.states)
        if agents == 1:
            yield from ((belief,) for steps in range(n, n + 4) for belief in _interior(n, steps))
        for _ in count():
            steps = int(rng.choice([n, 2 * n, 12 * n, 9_973]))
            drawn = rng.integers(1, steps // n + 1, size=(agents, n - 1)).tolist()
            yield tuple(
                tuple(Fraction(int(part), steps) for part in (*row, steps - sum(row)))
                for row in drawn
            )

    def __repr__(self) -> str:
        states = ", ".join(self.states)
        return f"Beliefs({states})" if self.steps is None else f"Beliefs({states}; {self.steps})"


def _with(belief: Belief, state: int, probability: Number) -> Belief:
    rest = sum(p for k, p in enumerate(belief) if k != state)
    return tuple(
        probability if k == state else p * (1 - probability) / rest for k, p in enumerate(belief)
    )


def _fineness(belief: Belief) -> int:
    return math.lcm(*(Fraction(p).denominator for p in belief))


@lru_cache(maxsize=64)
def _interior(states: int, steps: int) -> tuple[Belief, ...]:
    """The beliefs whose probabilities are positive multiples of ``1 / steps``."""
    beliefs = (
        tuple(Fraction(b - a, steps) for a, b in pairwise((0, *cuts, steps)))
        for cuts in combinations(range(1, steps), states - 1)
    )
    return tuple(sorted(sorted(beliefs), key=_fineness))
