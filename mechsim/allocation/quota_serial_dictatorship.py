r"""Serial dictatorship with quotas: one agent after the other takes its share at once.

Agent :math:`i = 1, \dots, n` takes the :math:`q_i` goods that it likes best of those left, where
:math:`q_1 + \dots + q_n = m`:

.. math:: A_i \in \arg\max \Bigl\{ v_i(S) : S \subseteq M \setminus (A_1 \cup \dots \cup A_{i-1}),\
          |S| = q_i \Bigr\}.

What an agent may choose from depends on those before it only, so nobody gains by a lie.

References
----------
Svensson. Strategy-proof allocation of indivisible goods. Social Choice and Welfare 16, 1999.
Papai. Strategyproof multiple assignment using quotas. Review of Economic Design 5, 2000.
"""

from dataclasses import dataclass
from typing import Any

from .._numbers import sequence, whole
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, require_items
from .picking_sequence import PickingSequence


@dataclass(frozen=True)
class QuotaSerialDictatorship:
    """Agents choose in their order; of goods liked equally the first is taken.  O(n m + m^2).

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance, or `Chores`.
    quotas : tuple of int
        How many goods each agent takes, as many together as there are goods.

    Raises
    ------
    ValueError
        If quotas do not add up to the number of goods, or there is not one for each agent.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(QuotaSerialDictatorship(goods, (1, 2))([[1, 3, 2], [1, 2, 3]]))
    'ann: {dog}, bob: {car, egg}'
    """

    setting: Divisible
    quotas: tuple[int, ...]

    def __post_init__(self) -> None:
        require_items(self.setting, "QuotaSerialDictatorship")
        given = sequence(self.quotas, "quotas")
        quotas = tuple(whole(quota, f"quotas[{k}]", 0) for k, quota in enumerate(given))
        object.__setattr__(self, "quotas", quotas)
        if sum(quotas) != len(self.setting.names):
            raise ValueError(
                f"quotas add up to {sum(quotas)}: they must to {len(self.setting.names)}, "
                "the number of goods"
            )

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        if len(reports) != len(self.quotas):
            raise ValueError(
                f"quotas has {len(self.quotas)} entries: it must have one for each of "
                f"{len(reports)} agents"
            )
        order = tuple(agent for agent, quota in enumerate(self.quotas) for _ in range(quota))
        return PickingSequence(self.setting, order)(reports)
