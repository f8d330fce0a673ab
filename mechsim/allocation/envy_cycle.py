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

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, require_goods, table, whole_rows


@dataclass(frozen=True)
class EnvyCycle:
    """Goods and agents in their order, lower indices first.  O(m n^3).

    What each bundle is worth to each agent is kept; floats are added as the fractions that they
    are.

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
        rows = whole_rows(table(self.setting, reports))
        held = [_Held(frozenset(), (0,) * len(rows)) for _ in rows]
        for good, column in enumerate(zip(*rows, strict=True)):
            while (poor := _unenvied(held)) is None:
                held = _passed_on(held)
            old = held[poor]
            worths = tuple(worth + more for worth, more in zip(old.worths, column, strict=True))
            held[poor] = _Held(old.bundle | {good}, worths)
        return tuple(own.bundle for own in held)


@dataclass(frozen=True)
class _Held:
    """A bundle, and what it is worth to each agent."""

    bundle: frozenset[int]
    worths: tuple[int, ...]


def _enviers(held: list[_Held], envied: int) -> Iterator[int]:
    """Those who like the bundle of ``envied`` better than their own."""
    for agent, worth in enumerate(held[envied].worths):
        if worth > held[agent].worths[agent]:
            yield agent


def _unenvied(held: list[_Held]) -> int | None:
    """The first whom nobody envies."""
    agents = range(len(held))
    return next((agent for agent in agents if next(_enviers(held, agent), None) is None), None)


def _passed_on(held: list[_Held]) -> list[_Held]:
    """The bundles, passed on once round a cycle, where everybody is envied."""
    path = [0]
    while (envier := next(_enviers(held, path[-1]))) not in path:
        path.append(envier)
    cycle = path[path.index(envier) :]  # each envies the one before, the first the last
    taken = {agent: held[cycle[k - 1]] for k, agent in enumerate(cycle)}
    return [taken.get(agent, own) for agent, own in enumerate(held)]
