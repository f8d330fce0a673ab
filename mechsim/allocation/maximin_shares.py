r"""Maximin shares: what each agent could be sure of by cutting first.

With :math:`n` agents, the share of agent :math:`i` is

.. math:: \mathrm{MMS}_i = \max_{P_1, \dots, P_n} \min_j v_i(P_j),

over all partitions of the goods.  It is NP-hard to compute; what the search did not prove comes
with a bound.

References
----------
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, TypeAlias

import numpy.typing as npt

from .._numbers import show
from .._tables import Table
from ..algorithms.partition import USUAL, Division, NodeLimit
from ..population import Population
from ..preferences.additive import Goods
from ..preferences.chores import Chores
from ..preferences.cost_utilities import CostUtilities

Divisible: TypeAlias = Goods | Chores | CostUtilities


@dataclass(frozen=True)
class MaximinShares:
    """Each agent's maximin share, the partition that attains it, and a bound on it."""

    setting: Divisible
    divisions: tuple[Division, ...]

    @property
    def proven(self) -> bool:
        """Whether all shares are proved to be what they are."""
        return all(division.proven for division in self.divisions)

    def __len__(self) -> int:
        return len(self.divisions)

    def __getitem__(self, agent: int) -> Division:
        return self.divisions[agent]

    def _table(self) -> Table:
        who = self.setting.agents or [f"agent {agent}" for agent in range(len(self.divisions))]
        rows = (
            (
                name,
                show(one.worst),
                "proved" if one.proven else f"at most {show(one.bound)}",
                " | ".join(map(self.setting.tell_bundle, one.bundles)),
            )
            for name, one in zip(who, self.divisions, strict=True)
        )
        return Table(("agent", "maximin share", "bound", "how it would cut"), tuple(rows))

    def __str__(self) -> str:
        return str(self._table())

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self.setting))}</p>{self._table().html()}"


def maximin_shares(
    setting: Divisible,
    reports: Population | Iterable[Any] | npt.NDArray[Any],
    /,
    *,
    limit: NodeLimit = USUAL,
) -> MaximinShares:
    """What each agent could be sure of by cutting first, and how it would cut.

    Parameters
    ----------
    setting : Goods, Chores or CostUtilities
        What is divided.
    reports : matrix
        A row of values for each agent, or what it wants, in any form that the setting reads.
    limit : NodeLimit
        When to give up on a share; agents who agree cost it once.

    Examples
    --------
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> print(maximin_shares(goods, [[4, 0, 0], [3, 2, 1]]))
    agent  maximin share   bound      how it would cut
    -----  -------------  ------  --------------------
    ann                0  proved  {car, dog, egg} | {}
    bob                3  proved    {car} | {dog, egg}
    """
    share: Any = setting.maximin_share
    read = setting.read(reports)
    return MaximinShares(setting, tuple(share(row, len(read), limit) for row in read))
