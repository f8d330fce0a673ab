"""Very many profiles, drawn, played and judged a few at a time, so that memory does not grow."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .._numbers import whole
from .._text import brief
from ..batch import Lotteries
from ..population import FloatArray
from .costs import cost_rows

CHUNK = 2**18
"""Reports drawn at a time: 2 MB, which the rule works through in blocks of its own."""


class Draws(Protocol):
    """A law that profiles are drawn from."""

    def sample(self, rng: np.random.Generator, size: Any, /) -> FloatArray:
        """Reports: an array of the shape ``size``, (batch, agents)."""
        ...


class PlaysBatches(Protocol):
    """A mechanism with a form for batches."""

    def of_batch(self, profiles: Any, /) -> FloatArray | Lotteries:
        """A place for each row of a (batch, agents) array, or a lottery."""
        ...


@dataclass(frozen=True, eq=False)
class Simulated:
    """What happened at each profile drawn.

    Parameters
    ----------
    places : (profiles,) float64 array
        Where the facility was built; drawn, if the mechanism draws.
    totals, largest : (profiles,) float64 arrays
        The sum of the agents' distances from there, and the largest of them.
    """

    places: FloatArray
    totals: FloatArray
    largest: FloatArray

    def __len__(self) -> int:
        return len(self.places)


def simulate(
    rule: PlaysBatches, sampler: Draws, agents: int, profiles: int, rng: np.random.Generator
) -> Simulated:
    """Draw ``profiles`` profiles, play each, and add up what it costs.

    Parameters
    ----------
    rule : mechanism
        With a form ``of_batch``; of a lottery one place is drawn.
    sampler : Draws
        Where profiles come from.
    agents, profiles : int
        How many agents a profile has, and how many profiles there are.
    rng : numpy.random.Generator
        The same state gives the same profiles and places.

    Returns
    -------
    Simulated
        O(n) a profile for phantom medians, and memory for a block and three numbers a profile.

    Examples
    --------
    >>> from mechsim.facility import UniformPhantom
    >>> class Even:
    ...     def sample(self, rng, size):
    ...         return rng.random(size)
    >>> found = simulate(UniformPhantom(), Even(), 11, 1_000, np.random.default_rng(1))
    >>> bool(abs(found.places.mean() - 0.5) < 0.02)
    True
    """
    whole(agents, "agents", least=1)
    whole(profiles, "profiles", least=0)
    play: Callable[[Any], FloatArray | Lotteries] | None = getattr(rule, "of_batch", None)
    if play is None:
        raise ValueError(f"rule is {brief(rule)}: it has no of_batch, which plays many profiles")
    places, totals, largest = (np.empty(profiles) for _ in range(3))
    step = max(1, CHUNK // agents)
    for start in range(0, profiles, step):
        rows = slice(start, min(start + step, profiles))
        drawn = sampler.sample(rng, (rows.stop - start, agents)).view()
        drawn.flags.writeable = False
        played = play(drawn)
        places[rows] = played.sample(rng) if isinstance(played, Lotteries) else played
        cost_rows(drawn, places[rows], totals[rows], largest[rows])
    return Simulated(places, totals, largest)
