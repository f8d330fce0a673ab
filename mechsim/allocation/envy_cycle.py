r"""Envy-cycle elimination: the next good goes to somebody whom nobody envies.

Goods are handed out one by one.  If everybody is envied, going from an agent to one who envies it,
and on, leads round a cycle :math:`i_1, i_2, \dots, i_k`: agent :math:`i_{j+1}` envies :math:`i_j`,
and :math:`i_1` envies :math:`i_k`.  Each takes the bundle that it envies,

.. math:: A_{i_2} \leftarrow A_{i_1},\ \dots,\ A_{i_k} \leftarrow A_{i_{k-1}},\
          A_{i_1} \leftarrow A_{i_k},

until somebody is not envied.  Envy is then never more than the last good in the bundle envied.

References
----------
Lipton, Markakis, Mossel, Saberi. On approximately fair allocations of indivisible goods.
ACM Conference on Electronic Commerce, 2004.
"""

from dataclasses import dataclass
from typing import Any

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, require_goods


@dataclass(frozen=True)
class EnvyCycle:
    """Goods and agents in their order, lower indices first.  O(m n^3).

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(EnvyCycle(goods)([[2, 2, 0], [1, 1, 3]]))
    'ann: {car, egg}, bob: {dog}'
    """

    setting: Divisible

    def __post_init__(self) -> None:
        require_goods(self.setting, "EnvyCycle")

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        bundles: Bundles = tuple(frozenset[int]() for _ in reports)
        for good in range(len(self.setting.names)):
            bundles = self._without_cycles(reports, bundles)
            poor = next(i for i in range(len(reports)) if not self._enviers(reports, bundles, i))
            bundles = (*bundles[:poor], bundles[poor] | {good}, *bundles[poor + 1 :])
        return bundles

    def _enviers(self, reports: tuple[Any, ...], bundles: Bundles, envied: int) -> list[int]:
        """Those who like the bundle of ``envied`` better than their own."""
        value = self.setting.share_value
        return [
            agent
            for agent, type_ in enumerate(reports)
            if value(agent, type_, bundles[envied]) > value(agent, type_, bundles[agent])
        ]

    def _without_cycles(self, reports: tuple[Any, ...], bundles: Bundles) -> Bundles:
        """The bundles, passed round cycles until somebody is not envied."""
        while all(self._enviers(reports, bundles, agent) for agent in range(len(reports))):
            path = [0]
            while (envier := self._enviers(reports, bundles, path[-1])[0]) not in path:
                path.append(envier)
            cycle = path[path.index(envier) :]  # each envies the one before, the first the last
            taken = {agent: bundles[cycle[k - 1]] for k, agent in enumerate(cycle)}
            bundles = tuple(taken.get(agent, bundle) for agent, bundle in enumerate(bundles))
        return bundles
