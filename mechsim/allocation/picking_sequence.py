r"""Picking sequences: agents take turns in a given order, and each takes the good it likes best.

With the order :math:`\sigma`, at turn :math:`t = 1, \dots, m` agent :math:`\sigma_t` takes

.. math:: g_t \in \arg\max_{g \notin \{g_1, \dots, g_{t-1}\}} v_{\sigma_t g}.

Taking turns is the order :math:`1, 2, \dots, n, 1, 2, \dots`; it gains who comes first.  Balanced
alternation makes up for it: the order is that of Thue and Morse, in which turn :math:`t`, counted
from 0, belongs to the agent whose number is the sum of the digits of :math:`t` in base :math:`n`,
modulo :math:`n`; with two agents 0, 1, 1, 0, 1, 0, 0, 1.

References
----------
Brams, Taylor. The Win-Win Solution. Norton, 1999.
Bouveret, Lang. A general elicitation-free protocol for allocating indivisible goods.
International Joint Conference on Artificial Intelligence, 2011.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from .._numbers import sequence, whole
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, bundles, in_turns, require_items, table


@dataclass(frozen=True)
class PickingSequence:
    """Agents pick in the order given; of goods liked equally the first is taken.  O(n m + m^2).

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance, or `Chores`.
    order : tuple of int
        Whose turn it is, a turn for each good; agents are counted from 0.

    Raises
    ------
    ValueError
        If there is not one turn for each good, or a turn belongs to nobody.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg", "fan"), agents=("ann", "bob"))
    >>> rule = PickingSequence(goods, balanced_alternation(agents=2, goods=4))
    >>> rule.order
    (0, 1, 1, 0)
    >>> goods.tell(rule([[4, 3, 2, 1], [4, 3, 2, 1]]))
    'ann: {car, fan}, bob: {dog, egg}'
    """

    setting: Divisible
    order: tuple[int, ...]

    def __post_init__(self) -> None:
        require_items(self.setting, "PickingSequence")
        turns = sequence(self.order, "order")
        order = tuple(whole(agent, f"order[{t}]", 0) for t, agent in enumerate(turns))
        object.__setattr__(self, "order", order)
        if len(order) != len(self.setting.names):
            raise ValueError(
                f"order has {len(order)} turns: it must have one for each of "
                f"{len(self.setting.names)} goods"
            )

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        if max(self.order) >= len(rows):
            raise ValueError(
                f"order has a turn of agent {max(self.order)}: there are only {len(rows)} reports"
            )
        taken = in_turns(rows, self.order, set(range(len(self.order))))
        return bundles(tuple(taken[good] for good in range(len(taken))), len(rows))


def taking_turns(agents: int, goods: int) -> tuple[int, ...]:
    """The order of round robin, a turn for each good.

    Examples
    --------
    >>> taking_turns(agents=3, goods=5)
    (0, 1, 2, 0, 1)
    """
    agents, goods = whole(agents, "agents", 1), whole(goods, "goods", 1)
    return tuple(turn % agents for turn in range(goods))


def balanced_alternation(agents: int, goods: int) -> tuple[int, ...]:
    """The order of Thue and Morse, a turn for each good.

    Examples
    --------
    >>> balanced_alternation(agents=3, goods=9)
    (0, 1, 2, 1, 2, 0, 2, 0, 1)
    """
    agents, goods = whole(agents, "agents", 1), whole(goods, "goods", 1)
    order = [0]
    while len(order) < goods:
        order = [(first + later) % agents for first in range(max(agents, 2)) for later in order]
    return tuple(islice(order, goods))
