r"""Bag filling: everybody gets at least half of its maximin share.

Agents whose maximin share :math:`\mathrm{MMS}_i` is 0 are content with nothing.  While there is an
agent for whom a single good is enough, :math:`v_{ig} \ge \mathrm{MMS}_i / 2`, it gets the good and
leaves.  A good and an agent less do not lower the shares of the others.  Then goods are put into
a bag :math:`B` one after the other until

.. math:: v_i(B) \ge \tfrac{1}{2} \mathrm{MMS}_i

for somebody, who takes it and leaves; and so on.  Each bag is worth less than
:math:`\mathrm{MMS}_j` to any :math:`j` who is still there, as it was not enough before the last
good, and no good is; so what is left is enough.

References
----------
Ghodsi, Hajiaghayi, Seddighin, Seddighin, Yami. Fair allocation of indivisible goods: improvement.
Mathematics of Operations Research 46, 2021.
Garg, McGlaughlin, Taki. Approximating maximin share allocations.
Symposium on Simplicity in Algorithms, 2019.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from typing import Any

from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, Table, bundles, in_turns, require_goods, shares, table


@dataclass(frozen=True)
class HalfMaximinShare:
    """Agents and goods in their order, lower indices first.

    For whom a single good is enough takes the one it likes best.  When all are content, they take
    turns for what is left over.  O(n m^2), once the maximin shares are known, which is NP-hard.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(HalfMaximinShare(goods)([[4, 0, 0], [3, 2, 1]]))
    'ann: {dog}, bob: {car, egg}'
    """

    setting: Divisible

    def __post_init__(self) -> None:
        require_goods(self.setting, "HalfMaximinShare")

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        enough = tuple(share / 2 for share in shares(self.setting, reports))
        holder = fill_bags(rows, enough)
        left = set(range(len(self.setting.names))) - holder.keys()
        holder |= in_turns(rows, cycle(range(len(rows))), left)
        return bundles(tuple(holder[good] for good in range(len(holder))), len(rows))


def fill_bags(rows: Table, enough: tuple[Fraction, ...]) -> dict[int, int]:
    """Who has which good when everybody has ``enough``, or all goods are in the bag."""
    waiting = [agent for agent, least in enumerate(enough) if least]
    left = list(range(len(rows[0])))
    holder: dict[int, int] = {}
    while single := _single(rows, enough, waiting, left):
        agent, good = single
        waiting.remove(agent)
        left.remove(good)
        holder[good] = agent
    bag: list[int] = []
    for good in left:
        bag.append(good)
        content = (i for i in waiting if sum(rows[i][g] for g in bag) >= enough[i])
        taker = next(content, None)
        if taker is not None:
            waiting.remove(taker)
            holder |= dict.fromkeys(bag, taker)
            bag = []
    return holder


def _single(
    rows: Table, enough: tuple[Fraction, ...], waiting: list[int], left: list[int]
) -> tuple[int, int] | None:
    """The first agent for whom one good is enough, with its best."""
    for agent in waiting:
        best = max(left, key=rows[agent].__getitem__, default=None)
        if best is not None and rows[agent][best] >= enough[agent]:
            return agent, best
    return None
