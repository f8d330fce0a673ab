r"""Laws that values of indivisible goods are drawn from.

A law draws a matrix of whole numbers, a row an agent and a column a good:

==================  ==============================================================================
uniform             :math:`v_{ig}` uniform on :math:`0, \dots, K`
correlated          :math:`v_{ig} = c_g + e_{ig}`: a component that all agents share, uniform on
                    :math:`0, \dots, C`, and an agent's own, uniform on :math:`0, \dots, E`
bivalued            :math:`v_{ig} = b` with probability :math:`p`, and :math:`a < b` if not
tight               each agent can cut the goods into :math:`n` parts that are worth the same to
                    it, up to 1: nobody has anything to spare
==================  ==============================================================================

Where all values are tight, :math:`v_i(M) - n\,\mathrm{MMS}_i \le 1`, an agent that gets more than
its share takes it from another, so these are the instances to try when an allocation that gives
everybody its maximin share seems to exist always.

References
----------
Feige, Sapir, Tauber. A tight negative example for MMS fair allocations. WINE 2021.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from .._numbers import Number, real, show, whole

Integers: TypeAlias = npt.NDArray[np.int64]
Size: TypeAlias = tuple[int, int]
"""How many agents, and how many goods."""


class ValueLaw(Protocol):
    """A law of values."""

    def sample(self, rng: np.random.Generator, size: Size, /) -> Integers:
        """Values, (agents, goods).  They depend on the state of ``rng`` and on ``size`` only."""
        ...


@dataclass(frozen=True)
class UniformValues:
    """Every value is uniform on the whole numbers from 0 to ``high``, independently.

    Parameters
    ----------
    high : int
        At least 0.

    Examples
    --------
    >>> UniformValues(9).sample(np.random.default_rng(1), (2, 5)).tolist()
    [[4, 5, 7, 9, 0], [1, 8, 9, 2, 3]]
    """

    high: int

    def __post_init__(self) -> None:
        whole(self.high, "high", least=0)

    def sample(self, rng: np.random.Generator, size: Size, /) -> Integers:
        """Values.  O(1) an entry."""
        return rng.integers(0, self.high, size=_shape(size), endpoint=True)


@dataclass(frozen=True)
class CorrelatedValues:
    """What a good is worth to all, and what it is worth besides to each agent on its own.

    Parameters
    ----------
    common, own : int
        The largest that the two can be; at least 0.  The correlation of two agents' values is
        :math:`C(C + 2) / (C(C + 2) + E(E + 2))`.
    """

    common: int
    own: int

    def __post_init__(self) -> None:
        whole(self.common, "common", least=0)
        whole(self.own, "own", least=0)

    def sample(self, rng: np.random.Generator, size: Size, /) -> Integers:
        """Values, after the component that is shared.  O(1) an entry."""
        shape = _shape(size)
        shared = rng.integers(0, self.common, size=shape[1], endpoint=True)
        return shared + rng.integers(0, self.own, size=shape, endpoint=True)


@dataclass(frozen=True)
class BivaluedValues:
    """Every good is worth one of two numbers to every agent, independently.

    Parameters
    ----------
    low, high : int
        The two, at least 0, the first one smaller.
    p : Number
        Between 0 and 1: how likely the higher one is.
    """

    low: int
    high: int
    p: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        whole(self.low, "low", least=0)
        whole(self.high, "high", least=0)
        if self.low >= self.high:
            raise ValueError(f"low is {self.low}: it must be below high, {self.high}")
        object.__setattr__(self, "p", real(self.p, "p"))
        if not 0 <= self.p <= 1:
            raise ValueError(f"p is {show(self.p)}: it must lie between 0 and 1")

    def sample(self, rng: np.random.Generator, size: Size, /) -> Integers:
        """Values.  O(1) an entry."""
        return np.where(rng.random(_shape(size)) < float(self.p), self.high, self.low)


@dataclass(frozen=True)
class TightValues:
    """Every agent has a partition, drawn for it, whose parts are worth ``share``, one perhaps more.

    So its maximin share is ``share``, with two agents or more.  A part is worth ``share`` by a
    random composition of this number into as many values, each at least ``least``; one part in
    every other row, drawn at random, is worth 1 more.

    Parameters
    ----------
    share : int
        At least 0.
    least : int
        What each good is worth at least.

    Examples
    --------
    >>> from mechsim.algorithms.partition_batches import maximin_share_arrays
    >>> drawn = TightValues(40).sample(np.random.default_rng(2), (3, 9))
    >>> drawn.sum(axis=1).tolist(), maximin_share_arrays(drawn, 3).worst.tolist()
    ([121, 120, 120], [40, 40, 40])
    """

    share: int
    least: int = 0

    def __post_init__(self) -> None:
        whole(self.share, "share", least=0)
        whole(self.least, "least", least=0)

    def sample(self, rng: np.random.Generator, size: Size, /) -> Integers:
        """Values.  O(goods log goods) an agent.

        Raises
        ------
        ValueError
            If there are fewer goods than agents, or so many that a part could be worth more.
        """
        agents, goods = _shape(size)
        if goods < agents:
            raise ValueError(f"size is {size}: each of the agents needs a good of its own")
        if (goods - agents + 1) * self.least > self.share:
            raise ValueError(
                f"least is {self.least}: {goods - agents + 1} such goods are worth more than "
                f"{self.share}"
            )
        drawn = np.empty((agents, goods), np.int64)
        for row in drawn:
            part = np.concatenate((np.arange(agents), rng.integers(0, agents, goods - agents)))
            extra = int(rng.integers(0, agents)) if rng.random() < 0.5 else -1
            rng.shuffle(part)
            for k in range(agents):
                mine = np.flatnonzero(part == k)
                row[mine] = _composed(rng, self.share + (k == extra), len(mine), self.least)
        return drawn


def _composed(rng: np.random.Generator, total: int, count: int, least: int) -> Integers:
    """So many whole numbers from ``least`` up with this sum; what is spare is cut anywhere."""
    spare = total - count * least
    cuts = np.sort(rng.integers(0, spare, size=count - 1, endpoint=True))
    return least + np.diff(cuts, prepend=0, append=spare)


def _shape(size: Size) -> Size:
    agents, goods = size
    return whole(agents, "size[0]", least=1), whole(goods, "size[1]", least=1)
