"""Sweeps for lies that pay: millions of misreports an hour would be few, so whole batches at once.

A mechanism that plays batches is asked at profiles and at all that one agent may report instead.
What is found is a lead, computed in floats; `confirm_lead` plays it exactly and gives the verdict.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, Protocol, TypeAlias, TypeGuard, runtime_checkable

import numpy as np
import numpy.typing as npt

from ..axioms import Misreport, Strategyproof
from ..axioms._memory import watched
from ..axioms.checking import try_case
from ..batch import Lotteries
from ..mechanism import Playable
from ..population import FloatArray
from ..setting import Instance

Plays: TypeAlias = Callable[[FloatArray], "FloatArray | Lotteries"]
"""(batch, agents) profiles to a place for each, or to lotteries."""

PLAYED = 2**18
"""Reports of a block, that is, profiles times agents."""

DENOMINATORS = (12, 1_000, 10**9)
"""A lead is tried at fractions near its floats, simple ones first, and last at the floats."""


@runtime_checkable
class ValuesBatches(Protocol):
    """A setting of numbers from one interval that says what they are worth, in arrays."""

    def values(self, peaks: FloatArray, places: FloatArray, /) -> FloatArray:
        """(batch, agents) peaks and (batch,) places to (batch, agents) values."""
        ...


@dataclass(frozen=True)
class Lead:
    """The lie that paid most: at ``profile``, ``agent`` reports ``misreport`` and gains ``gain``.

    ``pairs`` profiles with a misreport were tried.
    """

    gain: float
    profile: tuple[float, ...]
    agent: int
    misreport: float
    pairs: int


def sweep(
    play: Plays, setting: ValuesBatches, profiles: npt.ArrayLike, misreports: npt.ArrayLike
) -> Lead:
    """The most that one agent gains at one of ``profiles`` by one of ``misreports``, in floats.

    Parameters
    ----------
    play : callable
        A mechanism's ``of_batch``.
    setting : ValuesBatches
        Values a batch, as `Line` does.
    profiles : (batch, agents) array
    misreports : (g,) array
        What each agent may report instead, at every profile.

    Returns
    -------
    Lead
        Its gain is not positive, up to rounding, if no such lie pays.  One outcome is computed for
        each profile, agent and misreport, block by block.

    Examples
    --------
    >>> from mechsim import Line
    >>> from mechsim.facility import Mean
    >>> lead = sweep(Mean().of_batch, Line(0, 1), [[0.0, 0.5]], [0.0, 0.5, 1.0])
    >>> lead.gain, lead.agent, lead.misreport
    (0.25, 1, 1.0)
    """
    truths = np.ascontiguousarray(profiles, dtype=np.float64)
    lies = np.ascontiguousarray(misreports, dtype=np.float64)
    if truths.ndim != 2 or not truths.size:
        raise ValueError(f"profiles has the shape {truths.shape}: it must be (batch, agents)")
    if lies.ndim != 1 or not len(lies):
        raise ValueError(f"misreports has the shape {lies.shape}: it must be (g,), with an entry")
    agents = truths.shape[1]
    step = max(1, PLAYED // (agents * agents * len(lies)))
    best: Lead | None = None
    for start in range(0, len(truths), step):
        part = truths[start : start + step]
        gains = _gains(play, setting, part, lies)
        row, agent, lie = np.unravel_index(int(np.argmax(gains)), gains.shape)
        gain = float(gains[row, agent, lie])
        if best is None or gain > best.gain:
            profile = tuple(part[row].tolist())
            pairs = truths.size * len(lies)
            best = Lead(gain, profile, int(agent), float(lies[lie]), pairs)
    assert best is not None
    return best


def _gains(play: Plays, setting: ValuesBatches, part: FloatArray, lies: FloatArray) -> FloatArray:
    """What each agent gains by each lie: (batch, agents, g)."""
    agents: int = part.shape[1]
    batch = len(part)
    lied = np.empty((batch, agents, len(lies), agents))
    lied[...] = part[:, None, None, :]
    every = np.arange(agents)
    lied[:, every, :, every] = lies
    honest = _worth(setting, part, play(part))
    outcomes = play(lied.reshape(-1, agents))
    peaks = np.empty_like(lied)
    peaks[...] = part[:, None, None, :]
    worth = _worth(setting, peaks.reshape(-1, agents), outcomes).reshape(lied.shape)
    own: FloatArray = worth[:, every, :, every].transpose(1, 0, 2)
    gains: FloatArray = own - honest[:, :, None]
    return gains


def _worth(setting: ValuesBatches, peaks: FloatArray, played: "FloatArray | Lotteries") -> Any:
    """What each agent of each row expects: (batch, agents)."""
    if not isinstance(played, Lotteries):
        return setting.values(peaks, played)
    total = np.zeros(peaks.shape)
    for column, weight in enumerate(played.weights):
        total += float(weight) * setting.values(peaks, played.outcomes[:, column])
    return total


def confirm_lead(mechanism: Playable, setting: Any, lead: Lead) -> Any:
    """What ``mechanism`` itself says to a lead, exactly.

    The floats of the lead are read as fractions near them, or as the points of a line that has only
    some, and the first that refute give the verdict.

    Returns
    -------
    Refuted, Misbehaved, Unknown, or the violation where the lead was rounding
    """
    found: Any = Fraction(0)
    for case in readings(setting, lead):
        found = try_case(Strategyproof(), mechanism, case, watched(mechanism, setting))
        if hasattr(found, "word"):
            return found
    return found


def readings(setting: Any, lead: Lead) -> Iterator[Misreport]:
    """The lead in exact numbers, the simplest first."""
    for read in _ways_to_read(setting):
        profile = tuple(map(read, lead.profile))
        lie = read(lead.misreport)
        if lie != profile[lead.agent]:
            yield Misreport(Instance(setting, profile), lead.agent, lie)


def is_sweepable(setting: Any) -> TypeGuard[ValuesBatches]:
    """Whether a setting values batches, and not only orders places."""
    return isinstance(setting, ValuesBatches) and getattr(setting, "gain", None) is None


def _ways_to_read(setting: Any) -> list[Callable[[float], Any]]:
    """Ways to read a float exactly, the one with the simplest numbers first."""
    points = setting.types(0)
    if points is not None:
        return [lambda number: min(points, key=lambda point: abs(point - number))]
    return [*(partial(_near, most) for most in DENOMINATORS), Fraction]


def _near(most: int, number: float) -> Fraction:
    return Fraction(number).limit_denominator(most)
