"""Mechanisms that are known by their draws only: what they return is drawn, and no law is written.

A simulation, a protocol with coins, a program that was learnt: where nobody can list the lottery,
a function ``draw(reports, rng)`` gives one outcome of it.  Nothing about its expectations can be
proved by playing it; what can be said, and at which level, `mechsim.proving.bet_against` says.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeGuard, cast

import numpy as np

from ._numbers import whole
from ._text import brief
from .population import FloatArray
from .setting import Undecided

WIDEST = 10_000
"""Uniform numbers of a draw, at most, where many draws are made at once."""

Draw: TypeAlias = Callable[[Any, np.random.Generator], Any]
"""Reports and a generator to one outcome, drawn with the numbers of that generator alone."""


class Sampler(Protocol):
    """A mechanism that can be drawn from, and says no more of its lottery."""

    @property
    def draw(self) -> Draw:
        """One outcome for these reports, by the numbers of a generator."""
        ...

    def __call__(self, reports: Any, /) -> "Drawn":
        """The lottery, which can be sampled and not computed."""
        ...


@dataclass(frozen=True)
class Drawn:
    """What ``mechanism`` draws at ``reports``: it can be sampled, and its law is not known."""

    mechanism: Sampler
    reports: Any

    def expect(self, value: Callable[[Any], Any], /) -> Any:
        """Not known.

        Raises
        ------
        Undecided
            Always.
        """
        raise Undecided(
            f"{brief(self.mechanism)} is known by its draws only, so that its expectations are not "
            "computed; verify tests them by bets"
        )

    def sample(self, rng: np.random.Generator, size: int, /) -> list[Any]:
        """``size`` independent draws."""
        return [self.mechanism.draw(self.reports, rng) for _ in range(size)]

    def __str__(self) -> str:
        return f"a lottery that {brief(self.mechanism)} draws"


@dataclass(frozen=True)
class Sampled:
    """The mechanism whose outcomes ``draw`` draws.

    Parameters
    ----------
    draw : callable
        ``draw(reports, rng)`` is one outcome, and all chance in it comes from ``rng``: the same
        reports and the same state of the generator give the same outcome.

    Examples
    --------
    >>> def somebody(reports, rng):
    ...     return reports[rng.integers(len(reports))]
    >>> Sampled(somebody)((0, 1)).sample(np.random.default_rng(0), 5)
    [1, 1, 1, 0, 0]
    """

    draw: Draw

    def __call__(self, reports: Any, /) -> Drawn:
        """The lottery at ``reports``."""
        return Drawn(self, tuple(reports))

    def __str__(self) -> str:
        return brief(self.draw)


@dataclass(frozen=True)
class FromUniforms:
    """The same where outcomes are numbers, and many are computed at once from uniform numbers.

    Parameters
    ----------
    outcomes : callable
        From ``(agents,)`` float64 reports and ``(size, width)`` float64 numbers, uniform on
        ``[0, 1)``, to ``(size,)`` outcomes.  Row k of the numbers alone decides outcome k.
    width : int
        How many uniform numbers a draw takes.

    Examples
    --------
    >>> def somebody(reports, uniforms):
    ...     return reports[(len(reports) * uniforms[:, 0]).astype(int)]
    >>> FromUniforms(somebody, 1)((0, 1)).sample(np.random.default_rng(0), 5)
    [1.0, 0.0, 0.0, 0.0, 1.0]
    """

    outcomes: Callable[[FloatArray, FloatArray], FloatArray]
    width: int

    def __post_init__(self) -> None:
        if whole(self.width, "width", least=1) > WIDEST:
            raise ValueError(f"width is {self.width:,}: a draw takes at most {WIDEST:,} numbers")

    def draw(self, reports: Any, rng: np.random.Generator, /) -> float:
        """One outcome."""
        return float(self.batch(reports, rng.random((1, self.width)))[0])

    def batch(self, reports: Any, uniforms: FloatArray, /) -> FloatArray:
        """One outcome for each row of ``uniforms``: (size, width) to (size,)."""
        drawn = np.asarray(self.outcomes(np.array([float(r) for r in reports]), uniforms))
        if drawn.shape != (len(uniforms),):
            raise ValueError(
                f"outcomes has the shape {drawn.shape}: it must be ({len(uniforms)},), one a row"
            )
        return drawn.astype(np.float64, copy=False)

    def __call__(self, reports: Any, /) -> Drawn:
        """The lottery at ``reports``."""
        return Drawn(self, tuple(reports))

    def __str__(self) -> str:
        return brief(self.outcomes)


@dataclass(frozen=True)
class Seeded:
    """The rule that ``mechanism`` becomes if its generator starts from ``seed`` each time.

    What it returns may be drawn, so an outcome of it that breaks an axiom is a witness that anyone
    can draw again.
    """

    mechanism: Sampler
    seed: int

    def __call__(self, reports: Any, /) -> Any:
        """The outcome."""
        return self.mechanism.draw(reports, np.random.default_rng(self.seed))

    def __str__(self) -> str:
        return f"{brief(self.mechanism)} drawn with seed {self.seed}"


@dataclass
class Stream:
    """Random numbers for draws that are counted: each has a stretch of its own, of 2^128 words.

    Draws are independent, as stretches of a counter-based generator are, and each can be repeated.
    """

    key: tuple[int, int]

    def __post_init__(self) -> None:
        self._bits = np.random.Philox(key=np.array(self.key, dtype=np.uint64))
        self._start: Any = self._bits.state
        self._generator = np.random.Generator(self._bits)

    def at(self, draw: int) -> np.random.Generator:
        """The generator at the beginning of the stretch of this draw."""
        self._start["state"]["counter"][2] = draw
        self._bits.state = self._start
        return self._generator


def is_sampler(mechanism: object) -> TypeGuard[Sampler]:
    """Whether a mechanism says that it can be drawn from."""
    return callable(getattr(mechanism, "draw", None)) and callable(mechanism)


def as_sampler(mechanism: object) -> Sampler | None:
    """The sampler that is meant, also by a plain function of ``(reports, rng)``; None if none is.

    A function is one if it needs two arguments and calls the second ``rng``.
    """
    if is_sampler(mechanism):
        return mechanism
    if callable(mechanism) and tuple(_needed(mechanism))[1:] == ("rng",):
        return Sampled(cast(Draw, mechanism))
    return None


def _needed(function: Callable[..., Any]) -> Iterator[str]:
    """The arguments that must be given in order."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):  # of compiled code nothing may be known
        return
    for one in parameters:
        given = one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        if given and one.default is one.empty:
            yield one.name
