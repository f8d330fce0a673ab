"""Goods to divide, drawn at random: values by a law; or approvals by a law, and costs.

Laws of values are in `mechsim.preferences.valuation_sampling`, those of approvals in
`mechsim.preferences.approval_sampling`; laminar approvals are here.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .._numbers import whole
from ..setting import Instance
from .additive import Goods
from .approval_sampling import BoolArray, Size
from .cost_utilities import CostUtilities, random_laminar
from .valuation_sampling import ValueLaw


class Wanting(Protocol):
    """A law of which agents want which goods."""

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """A matrix, (agents, goods), true where an agent wants a good."""
        ...


@dataclass(frozen=True)
class LaminarApprovals:
    """Of any two agents' sets one holds the other, or they have no good in common.

    The goods, in random order, are split in two at random, and the parts again, down to single
    goods; every agent wants one of the parts, drawn with equal chances, or by their sizes, or by
    the squares of these.

    Examples
    --------
    >>> LaminarApprovals().sample(np.random.default_rng(2), (3, 6)).astype(int).tolist()
    [[1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]]
    """

    def sample(self, rng: np.random.Generator, size: Size, /) -> BoolArray:
        """A matrix, (agents, goods), true where an agent wants a good."""
        agents, goods = size
        drawn = np.zeros(
            (whole(agents, "size[0]", least=1), whole(goods, "size[1]", least=1)), bool
        )
        for agent, wanted in enumerate(random_laminar(goods, agents, rng)):
            drawn[agent, sorted(wanted)] = True
        return drawn


def draw_goods(law: ValueLaw, goods: int, agents: int, rng: np.random.Generator, /) -> Instance:
    """Goods called ``g1``, ``g2`` and so on, and what they are worth to whom.

    Parameters
    ----------
    law : ValueLaw
        Of the values.
    goods, agents : int
        At least 1.
    rng : numpy.random.Generator

    Examples
    --------
    >>> from mechsim.preferences import UniformValues
    >>> print(draw_goods(UniformValues(9), 3, 2, np.random.default_rng(1)))
    ((4, 5, 7), (9, 0, 1)) on Goods(g1, g2, g3)
    """
    setting = Goods(_names(goods))
    size = whole(agents, "agents", least=1), goods
    return Instance(setting, setting.read(law.sample(rng, size)))


def draw_cost_utilities(
    law: Wanting, goods: int, agents: int, rng: np.random.Generator, /, *, most: int = 10
) -> Instance:
    """Goods called ``g1``, ``g2`` and so on with public costs, and who wants which.

    Parameters
    ----------
    law : Wanting
        `LaminarApprovals`, or a law of approval ballots, such as `ImpartialCulture`.
    goods, agents : int
        At least 1.
    rng : numpy.random.Generator
        Costs are drawn after what is wanted.
    most : int, optional
        Costs are uniform on the whole numbers from 1 to this.

    Examples
    --------
    >>> print(draw_cost_utilities(LaminarApprovals(), 4, 2, np.random.default_rng(1)))
    ({g1, g2, g3, g4}, {g1, g2, g3, g4}) on CostUtilities(g1: 10, g2: 3, g3: 9, g4: 3)
    """
    names = _names(goods)
    drawn = law.sample(rng, (whole(agents, "agents", least=1), goods))
    high = whole(most, "most", least=1)
    costs: list[int] = rng.integers(1, high, size=goods, endpoint=True).tolist()
    setting = CostUtilities(names, tuple(costs))
    return Instance(setting, setting.read([np.flatnonzero(row) for row in drawn]))


def _names(goods: int) -> tuple[str, ...]:
    return tuple(f"g{good + 1}" for good in range(whole(goods, "goods", least=1)))
