r"""Maximin-share allocation: everybody gets its maximin share, or all get the same part of it.

With the shares :math:`\mu_i`, the most that agent :math:`i` could be sure of by cutting the goods
itself, let

.. math:: \alpha = \max_A \min_{i : \mu_i > 0} \frac{v_i(A_i)}{\mu_i}.

If :math:`\alpha \ge 1` there are allocations that give everybody its share, otherwise there are
none.  Of the allocations that give everybody :math:`\min(1, \alpha)` of its share one is taken that
is worth most in total, :math:`\sum_i v_i(A_i)`, so that it is Pareto optimal; or the best that was
found, where goods are so many that neither a search nor an integer program ends in time.

That there is no better allocation is shown by a search that others can repeat.

References
----------
Budish. The combinatorial assignment problem. Journal of Political Economy 119, 2011.
Kurokawa, Procaccia, Wang. Fair enough: guaranteeing approximate maximin shares.
Journal of the ACM 65, 2018.
Feige, Sapir, Tauber. A tight negative example for MMS fair allocations. WINE, 2021.
"""

import math
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from .._numbers import Number, show, whole
from .._tables import Table
from .._text import many
from ..algorithms.dividing import (
    NODES,
    NoBetterDivision,
    NoDivision,
    TooLong,
    divide,
    worthiest,
)
from ..algorithms.dividing_program import divide_by_program
from ..algorithms.partition import Bundles, Division
from ..mechanism import accepts_reports
from ..preferences.chores import Chores
from ..setting import Instance
from ._values import Table as Values
from ._values import shares as shares_of
from ._values import table as values_of

SECONDS = 60.0
"""So long an integer program may take, where a search takes too long."""

Rows = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class MaximinDivision:
    """What can be divided so that everybody gets its maximin share, or as much of it as possible.

    Parameters
    ----------
    instance : Instance
        The goods and the agents.
    shares : tuple of Division
        Each agent's maximin share, and how it would cut.
    bundles : Bundles
        The allocation.
    ratio : Fraction, optional
        The part of its share that everybody gets at least; None where no share is positive.
    better : NoBetterDivision, optional
        Why nothing gives everybody a larger part, where this is less than 1; for `certificate`.
    """

    instance: Instance
    shares: tuple[Division, ...]
    bundles: Bundles
    ratio: Fraction | None
    better: NoBetterDivision | None = None

    @property
    def exists(self) -> bool | None:
        """Whether everybody gets its maximin share; if not, no allocation gives it to everybody.

        None where shares are known only up to bounds, which not everybody gets.
        """
        if self.better is not None:
            return False
        return True if all(self._enough(agent) for agent in range(len(self.bundles))) else None

    def _enough(self, agent: int) -> bool:
        type_, bundle = self.instance.profile[agent], self.bundles[agent]
        worth: Number = self.instance.setting.share_value(agent, type_, bundle)
        return self.shares[agent].proven or worth >= self.shares[agent].bound

    def table(self) -> Table:
        """What each agent gets, and what it could be sure of by cutting."""
        setting, profile = self.instance.setting, self.instance.profile
        rows: list[tuple[str, ...]] = []
        for agent, (bundle, share) in enumerate(zip(self.bundles, self.shares, strict=True)):
            worth = setting.share_value(agent, profile[agent], bundle)
            ratio = show(worth / share.worst) if share.worst else "-"
            told = setting.tell_bundle(bundle)
            rows.append((self.instance.name(agent), told, show(worth), show(share.worst), ratio))
        return Table(("agent", "bundle", "value", "maximin share", "ratio"), tuple(rows))

    def __str__(self) -> str:
        return f"{self.table()}\n{self.sentence}"

    @property
    def sentence(self) -> str:
        """Whether everybody gets its share, and if not, why."""
        if self.exists:
            return "everybody gets its maximin share"
        if self.better is None:
            return "everybody gets as much as the best partition found would make it sure of"
        return f"not everybody can have its maximin share: {self.better}"

    def _repr_html_(self) -> str:
        return f"{self.table().html()}<p>{self.sentence}.</p>"


def maximin_allocation(instance: Instance, /, *, nodes: int = NODES) -> MaximinDivision:
    """An allocation that gives everybody its maximin share, or the largest part of it that can be.

    Parameters
    ----------
    instance : Instance
        Goods, and the agents' values or approvals.
    nodes : int, optional
        How long each search may take before an integer program is solved instead.

    Returns
    -------
    MaximinDivision

    Raises
    ------
    TimeoutError
        If neither suffices.  The problem is NP-hard; the time is exponential at worst.

    Examples
    --------
    Feige, Sapir and Tauber's goods, of which everybody could cut bundles worth 40.

    >>> from mechsim import Goods, Instance
    >>> goods = Goods(tuple("abcdefghi"))
    >>> rows = [
    ...     [1, 16, 23, 26, 4, 10, 12, 19, 9],
    ...     [1, 16, 22, 26, 4, 9, 13, 20, 9],
    ...     [1, 15, 23, 25, 4, 10, 13, 20, 9],
    ... ]
    >>> found = maximin_allocation(Instance(goods, goods.read(rows)))
    >>> found.exists, found.ratio
    (False, Fraction(39, 40))
    """
    if not isinstance(cast(object, instance), Instance):
        raise ValueError(f"instance is {instance!r}: it must be Instance(setting, reports)")
    whole(nodes, "nodes", least=0)
    setting, profile = instance.setting, instance.profile
    if isinstance(setting, Chores):
        raise ValueError(
            f"instance is of {setting}: it must be of goods; chores are for round robin, picking "
            "sequences and leximin"
        )
    shares = tuple(setting.maximin_share(type_, len(profile)) for type_ in profile)
    values = values_of(setting, profile)
    due = list(shares_of(setting, profile))
    first = _divided(values, due, nodes)
    part, better = Fraction(1), None
    if first is None or isinstance(first, NoDivision):
        part, first, search = _best(values, due, nodes)
        cuts = tuple(share.bundles for share in shares)
        better = NoBetterDivision(values, cuts, part, search)
    demands = [part * share for share in due]
    bundles = _worthiest(*_in_one_unit(values, demands), first, nodes)
    ratio = _least(values, due, bundles) if any(due) else None
    return MaximinDivision(instance, shares, bundles, ratio, better)


@dataclass(frozen=True)
class MaximinAllocation:
    """Everybody gets its maximin share if that can be, or as much of it as can be.

    Exact; the time is exponential at worst.  `maximin_allocation` also says why there is nothing
    better.

    Parameters
    ----------
    setting : Goods, CostUtilities or the like
        It says what bundles and maximin shares are worth.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(MaximinAllocation(goods)([[4, 0, 0], [3, 2, 1]]))
    'ann: {car}, bob: {dog, egg}'
    """

    setting: Any

    @accepts_reports
    def __call__(self, reports: Any, /) -> Bundles:
        """Who gets which goods."""
        return maximin_allocation(Instance(self.setting, reports)).bundles


def _divided(values: Values, demands: list[Fraction], nodes: int) -> Bundles | NoDivision | None:
    """A division, or why there is none; None if that is the word of HiGHS alone."""
    found = divide(values, demands, nodes)
    if not isinstance(found, TooLong):
        return found
    try:
        return divide_by_program(*_in_one_unit(values, demands), seconds=SECONDS)
    except (ValueError, TimeoutError) as why:
        raise TimeoutError(
            f"{nodes:,} nodes do not suffice to divide {many(len(values[0]), 'good')} among "
            f"{many(len(values), 'agent')}, and neither does an integer program: {why}"
        ) from None


def _worthiest(rows: Rows, demands: tuple[int, ...], start: Bundles, nodes: int) -> Bundles:
    try:
        return worthiest(rows, demands, start, nodes)
    except TimeoutError:
        with suppress(TimeoutError, ValueError):
            return divide_by_program(rows, demands, seconds=SECONDS) or start
        return start


def _best(
    values: Values, due: list[Fraction], nodes: int
) -> tuple[Fraction, Bundles, NoDivision | None]:
    """The largest part of what is due that everybody can get, and why no larger one.

    In units of an agent's own its values are whole, so a larger part is at least one unit more.
    """
    units = [math.lcm(*(value.denominator for value in row)) for row in values]

    def above(ratio: Fraction) -> list[Fraction]:
        return [
            Fraction(math.floor(ratio * share * unit) + 1, unit) if share else Fraction(0)
            for share, unit in zip(due, units, strict=True)
        ]

    goods = range(len(values[0]))
    bundles = tuple(frozenset(() if agent else goods) for agent in range(len(values)))
    low, high = Fraction(0), Fraction(1)
    while True:
        ahead = _divided(values, above(low), nodes)
        if ahead is None or isinstance(ahead, NoDivision):
            return low, bundles, ahead
        low, bundles = _least(values, due, ahead), ahead
        middle = (low + high) / 2
        found = _divided(values, above(middle), nodes)
        if found is None or isinstance(found, NoDivision):
            high = middle
        else:
            low, bundles = _least(values, due, found), found


def _least(values: Values, due: list[Fraction], bundles: Bundles) -> Fraction:
    """The smallest part of what is due that anybody gets to whom anything is."""
    return min(
        sum((row[g] for g in bundle), Fraction(0)) / share
        for row, share, bundle in zip(values, due, bundles, strict=True)
        if share
    )


def _in_one_unit(values: Values, demands: list[Fraction]) -> tuple[Rows, tuple[int, ...]]:
    """Values and demands as multiples of one unit that all share."""
    scale = math.lcm(*(v.denominator for row in [*values, demands] for v in row))
    rows = tuple(tuple(int(value * scale) for value in row) for row in values)
    return rows, tuple(int(due * scale) for due in demands)
