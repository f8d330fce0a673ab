r"""Round robin: the agents take turns, and each takes the good it likes best of those left.

In turn :math:`t = 0, 1, \dots` agent :math:`i = t \bmod n` takes

.. math:: g_t \in \arg\max_{g \notin \{g_0, \dots, g_{t-1}\}} v_{ig}.

In each round nobody before :math:`i` takes a good that :math:`i` likes better than the one it took
itself a round earlier, so up to the first good taken nobody envies.

References
----------
Caragiannis, Kurokawa, Moulin, Procaccia, Shah, Wang. The unreasonable fairness of maximum Nash
welfare. ACM Transactions on Economics and Computation 7, 2019.
"""

from dataclasses import dataclass
from itertools import cycle
from typing import Any

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, bundles, in_turns, table


@dataclass(frozen=True)
class RoundRobin:
    """Turns in the order of the agents; of goods liked equally the first is taken.  O(m^2).

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(RoundRobin(goods)([[4, 0, 0], [3, 2, 1]]))
    'ann: {car, egg}, bob: {dog}'
    """

    setting: Divisible

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        goods = range(len(self.setting.names))
        taken = in_turns(rows, cycle(range(len(rows))), set(goods))
        return bundles(tuple(taken[good] for good in goods), len(rows))
