r"""Maximum Nash welfare: the product of what all agents get is as large as can be.

Of all allocations, those are looked at in which the most agents have something that is worth more
than 0 to them; and of these, one is taken that maximises

.. math:: \prod_{i : v_i(A_i) > 0} v_i(A_i)^{w_i},

where :math:`w_i` is what agent :math:`i` is entitled to, 1 by default.  Nobody can be better off
with nobody worse off, and with equal entitlements nobody envies by more than one good; with unequal
ones somebody may, if all compare what they get for their entitlements.  In which unit an agent
reports does not matter, unless only some agents can have something: which of them have it then
depends on it.

References
----------
Nash. The bargaining problem. Econometrica 18, 1950.
Caragiannis, Kurokawa, Moulin, Procaccia, Shah, Wang. The unreasonable fairness of maximum Nash
welfare. ACM Transactions on Economics and Computation 7, 2019.
Chakraborty, Igarashi, Suksompong, Zick. Weighted envy-freeness in indivisible item allocation.
ACM Transactions on Economics and Computation 9, 2021.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._numbers import sequence, whole
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._nash_search import largest_product
from ._values import (
    Divisible,
    Holders,
    Table,
    bundles,
    every_division,
    require_goods,
    table,
    worths_of,
)

FEW = 1_000
"""So many allocations are looked at one by one."""

SMALL = 64
"""The powers are written out if no exponent, in lowest terms, is larger."""


@dataclass(frozen=True)
class MaximumNashWelfare:
    """Of allocations equally good, the one whose tuple of holders of the goods is smallest.

    NP-hard; exact, by a search that merges and prunes, and gives up after about a minute.  Five
    agents and fifteen goods take some hundredths of a second.

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance.
    entitlements : tuple of int, optional
        What each agent is entitled to, whole numbers from 1; by default all to the same.

    Raises
    ------
    ValueError
        If an entitlement is no whole number from 1, or there is not one for each agent; or of
        chores, whose values are no factors.
    TimeoutError
        When called, if the search takes too long, as it may do from ten agents and forty goods.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(MaximumNashWelfare(goods)([[3, 2, 0], [5, 2, 4]]))
    'ann: {car, dog}, bob: {egg}'
    >>> goods.tell(MaximumNashWelfare(goods, entitlements=(1, 3))([[3, 2, 0], [5, 2, 4]]))
    'ann: {dog}, bob: {car, egg}'
    """

    setting: Divisible
    entitlements: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        require_goods(self.setting, "MaximumNashWelfare")
        given = sequence(self.entitlements, "entitlements")
        weights = tuple(whole(weight, f"entitlements[{k}]", 1) for k, weight in enumerate(given))
        object.__setattr__(self, "entitlements", weights)

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        if self.entitlements and len(self.entitlements) != len(rows):
            raise ValueError(
                f"entitlements has {len(self.entitlements)} entries: it must have one for each of "
                f"{len(rows)} agents"
            )
        given = self.entitlements or (1,) * len(rows)
        weights = tuple(weight // math.gcd(*given) for weight in given)
        few = len(rows) ** len(rows[0]) <= FEW and max(weights) <= SMALL
        holders = (by_definition if few else largest_product)(rows, weights)
        return bundles(holders, len(rows))


def by_definition(rows: Table, weights: tuple[int, ...]) -> Holders:
    """The first of all allocations with the most agents served and then the largest product."""

    def welfare(holders: Holders) -> tuple[int, Fraction]:
        worths = worths_of(rows, holders)
        served = [(worth, weight) for worth, weight in zip(worths, weights, strict=True) if worth]
        return len(served), math.prod(
            (worth**weight for worth, weight in served), start=Fraction(1)
        )

    return max(every_division(len(rows), len(rows[0])), key=welfare)
