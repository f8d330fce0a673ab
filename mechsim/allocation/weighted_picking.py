r"""Weighted picking: the next turn is of the agent with the fewest goods for its entitlement.

Agent :math:`i` is entitled to :math:`w_i > 0`, in any unit.  When it has taken :math:`t_i` goods,
the next turn belongs to

.. math:: i \in \arg\min_j \frac{t_j}{w_j},

the first of equals, who takes the good that it likes best of those left.  Up to one good nobody
envies, if all compare what they get for their entitlements; with equal ones this is round robin.

References
----------
Chakraborty, Igarashi, Suksompong, Zick. Weighted envy-freeness in indivisible item allocation.
ACM Transactions on Economics and Computation 9, 2021.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import Number, real, sequence, show, whole
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, require_goods
from .picking_sequence import PickingSequence


@dataclass(frozen=True)
class WeightedPicking:
    """Turns by entitlement; of goods liked equally the first is taken.  O(n m + m^2).

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance.
    entitlements : tuple of Number
        What each agent is entitled to, above 0 and in any unit.

    Raises
    ------
    ValueError
        If an entitlement is not above 0, or there is not one for each agent; or of chores, which
        nobody is entitled to.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(WeightedPicking(goods, (1, 2))([[3, 2, 1], [3, 2, 1]]))
    'ann: {car}, bob: {dog, egg}'
    """

    setting: Divisible
    entitlements: tuple[Number, ...]

    def __post_init__(self) -> None:
        require_goods(self.setting, "WeightedPicking")
        object.__setattr__(self, "entitlements", _entitlements(self.entitlements))

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        if len(reports) != len(self.entitlements):
            raise ValueError(
                f"entitlements has {len(self.entitlements)} entries: it must have one for each of "
                f"{len(reports)} agents"
            )
        order = weighted_turns(self.entitlements, len(self.setting.names))
        return PickingSequence(self.setting, order)(reports)


def weighted_turns(entitlements: Iterable[Number], goods: int) -> tuple[int, ...]:
    """The order of weighted picking, a turn for each good.

    Examples
    --------
    >>> weighted_turns((1, 2), goods=6)
    (0, 1, 1, 0, 1, 1)
    """
    weights = [Fraction(weight) for weight in _entitlements(entitlements)]
    order: list[int] = []
    taken = [0] * len(weights)
    for _ in range(whole(goods, "goods", 1)):
        agent = min(range(len(weights)), key=lambda i: taken[i] / weights[i])
        taken[agent] += 1
        order.append(agent)
    return tuple(order)


def _entitlements(given: Iterable[Number]) -> tuple[Number, ...]:
    weights = tuple(
        real(weight, f"entitlements[{k}]")
        for k, weight in enumerate(sequence(given, "entitlements"))
    )
    if not weights:
        raise ValueError("entitlements is empty: it must have one for each agent")
    for k, weight in enumerate(weights):
        if weight <= 0:
            raise ValueError(f"entitlements[{k}] is {show(weight)}: it must be above 0")
    return weights
