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

import numpy as np
import numpy.typing as npt

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, bundles, in_turns, require_items, table


@dataclass(frozen=True)
class RoundRobin:
    """Turns in the order of the agents; of goods liked equally the first is taken.  O(m^2).

    Of `Chores` each takes the one that it minds least, and is envy-free up to one as well.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(RoundRobin(goods)([[4, 0, 0], [3, 2, 1]]))
    'ann: {car, egg}, bob: {dog}'
    """

    setting: Divisible

    def __post_init__(self) -> None:
        require_items(self.setting, "RoundRobin")

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        goods = range(len(self.setting.names))
        taken = in_turns(rows, cycle(range(len(rows))), set(goods))
        return bundles(tuple(taken[good] for good in goods), len(rows))

    def of_batch(self, values: npt.ArrayLike, /) -> npt.NDArray[np.int64]:
        """Who takes each good, (batch, goods), for many profiles at once.  O(m^2) a profile.

        Parameters
        ----------
        values : (batch, agents, goods) numbers
            What each good is worth to each agent; compared as they are, and not added.

        Raises
        ------
        ValueError
            If these are no such values of the setting's goods.

        Examples
        --------
        >>> from mechsim import Goods
        >>> RoundRobin(Goods(("car", "dog", "egg"))).of_batch([[[4, 0, 0], [3, 2, 1]]])
        array([[0, 1, 0]])
        """
        from ._round_robin_kernels import take_turns

        given = np.asarray(values)
        if given.ndim != 3 or given.shape[1] == 0 or given.shape[2] != len(self.setting.names):
            raise ValueError(
                f"values has the shape {given.shape}: it must be (batch, agents, goods) with "
                f"{len(self.setting.names)} goods"
            )
        floats = given.dtype == np.float64
        if not floats and (given.dtype == bool or not np.can_cast(given.dtype, np.int64)):
            raise ValueError(f"values has the kind {given.dtype}: it must be int64 or float64")
        if floats and not np.isfinite(given).all():
            raise ValueError("values has an entry that is no finite number")
        holders = np.empty((given.shape[0], given.shape[2]), np.int64)
        take_turns(np.ascontiguousarray(given, np.float64 if floats else np.int64), holders)
        return holders
