r"""Reductions and bags: everybody gets at least three quarters of its maximin share.

Agents whose maximin share is 0 are content with nothing; let the shares of the :math:`n` others
be 1.  First all agents are made to agree which goods are best: in the *ordered* instance the good
:math:`t` is worth to each agent what its :math:`t`-th best good is.  There, with
:math:`\alpha = 3/4` and goods counted from 1 in the order of those left, while for somebody

.. math:: \{1\},\quad \{n, n + 1\},\quad \{2n - 1, 2n, 2n + 1\} \quad\text{or}\quad \{1, 2n + 1\}

is worth :math:`\alpha`, the first such set goes to it, and :math:`n` falls by one.  This does not
lower the shares of the others: in a partition into :math:`n` parts, one part has two of the first
:math:`n + 1` goods, or three of the first :math:`2n + 1`; and :math:`\{1, 2n + 1\}` is worth less
than :math:`\alpha + \alpha / 3 \le 1` where the sets before it are not enough.  Then the bags

.. math:: \{1, 2n\},\ \{2, 2n - 1\},\ \dots,\ \{n, n + 1\}

are filled up one after the other, with goods after :math:`2n`, until somebody left has
:math:`\alpha`.

Back in the true instance the holder of the ordered good :math:`t` takes what it likes best of what
is left, for :math:`t = 1, 2, \dots`.  Before it fewer than :math:`t` goods are taken, so what it
gets is at least worth its :math:`t`-th best.

References
----------
Garg, Taki. An improved approximation algorithm for maximin shares. Artificial Intelligence 300,
2021.
Bouveret, Lemaitre. Characterizing conflicts in fair division of indivisible goods using a scale
of criteria. Autonomous Agents and Multi-Agent Systems 30, 2016.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from typing import Any

from .._numbers import Number, real, show
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._values import Divisible, Table, bundles, in_turns, require_goods, shares, table


@dataclass(frozen=True)
class ThreeQuartersMaximinShare:
    """Agents in their order, lower indices first.

    When all have enough, they take turns for what is left over.  O(n^2 m), once the maximin shares
    are known, which is NP-hard.

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance.
    alpha : Number
        The part of its maximin share that is enough for an agent; above 0, at most 3/4.

    Raises
    ------
    ValueError
        If ``alpha`` is not above 0, or above 3/4, which this cannot promise; or of chores.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(ThreeQuartersMaximinShare(goods)([[4, 2, 2], [3, 2, 1]]))
    'ann: {car}, bob: {dog, egg}'
    """

    setting: Divisible
    alpha: Number = Fraction(3, 4)

    def __post_init__(self) -> None:
        require_goods(self.setting, "ThreeQuartersMaximinShare")
        object.__setattr__(self, "alpha", real(self.alpha, "alpha"))
        if not 0 < self.alpha <= Fraction(3, 4):
            raise ValueError(f"alpha is {show(self.alpha)}: it must be above 0, at most 3/4")

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        due = tuple(Fraction(self.alpha) * share for share in shares(self.setting, reports))
        ordered = tuple(tuple(sorted(row, reverse=True)) for row in rows)
        turns = reduce_and_fill(ordered, due)
        everything = set(range(len(self.setting.names)))
        holder = in_turns(rows, (turns[good] for good in sorted(turns)), everything)
        holder |= in_turns(rows, cycle(range(len(rows))), everything - holder.keys())
        return bundles(tuple(holder[good] for good in range(len(holder))), len(rows))


def reduce_and_fill(ordered: Table, due: tuple[Fraction, ...]) -> dict[int, int]:
    """Who has which good of an ordered instance, when everybody has what is due to it.

    Raises
    ------
    ArithmeticError
        If the goods run out before, which they do not where ``due`` is at most 3/4 of each share.
    """
    waiting = [agent for agent, least in enumerate(due) if least]
    left = list(range(len(ordered[0])))
    holder: dict[int, int] = {}
    while found := _first_content(ordered, due, waiting, _reductions(left, len(waiting))):
        agent, given = found
        waiting.remove(agent)
        left = [good for good in left if good not in given]
        holder |= dict.fromkeys(given, agent)
    agents = len(waiting)
    spare = left[2 * agents :]
    for bag in (left[k : k + 1] + left[2 * agents - 1 - k : 2 * agents - k] for k in range(agents)):
        while not (found := _first_content(ordered, due, waiting, [bag])):
            if not spare:
                raise ArithmeticError(f"the goods are handed out, and agents {waiting} wait")
            bag.append(spare.pop(0))
        agent, given = found
        waiting.remove(agent)
        holder |= dict.fromkeys(given, agent)
    return holder


def _reductions(left: list[int], agents: int) -> Iterator[list[int]]:
    """The four sets, of those goods that there are; no set where nobody waits."""
    if agents:
        yield left[:1]
        yield left[agents - 1 : agents + 1]
        yield left[2 * agents - 2 : 2 * agents + 1]
        yield left[:1] + left[2 * agents : 2 * agents + 1]


def _first_content(
    rows: Table,
    due: tuple[Fraction, ...],
    waiting: list[int],
    sets: Iterator[list[int]] | list[list[int]],
) -> tuple[int, list[int]] | None:
    """The first set that is enough for somebody, and the first agent for whom it is."""
    for given in sets:
        for agent in waiting:
            if sum(rows[agent][good] for good in given) >= due[agent]:
                return agent, given
    return None
