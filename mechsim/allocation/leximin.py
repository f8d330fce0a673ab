r"""Leximin: whoever has least has as much as can be; then whoever has second least; and so on.

Of the allocation :math:`A` the values :math:`v_i(A_i)` are sorted, the least first, and these
vectors are compared as words are in a dictionary:

.. math:: A \in \arg\max_{\text{lex}} \operatorname{sort}(v_1(A_1), \dots, v_n(A_n)).

Leximin++ sorts pairs of a value and a number of goods, :math:`(v_i(A_i), |A_i|)`, instead: of those
who have least, one should have as many goods as can be, before it is asked who has second least.
Agents who are alike then envy at most up to any good, but goods are spent on those who do not want
them.

Values of different agents are compared, so it matters in which unit each reports.  *Normalised*,
each agent's values add up to 1.

References
----------
Sen. Collective Choice and Social Welfare. Holden-Day, 1970.
Bogomolnaia, Moulin. Random matching under dichotomous preferences. Econometrica 72, 2004.
Plaut, Roughgarden. Almost envy-freeness with general valuations. SIAM Journal on Discrete
Mathematics 34, 2020.
"""

from dataclasses import dataclass
from typing import Any

from .._numbers import truth
from ..algorithms.partition import Bundles
from ..mechanism import accepts_reports
from ._leximin_search import largest_sorted
from ._states import Row, worths_of
from ._values import (
    Divisible,
    Holders,
    Table,
    bundles,
    every_division,
    require_goods,
    require_items,
    table,
    whole_rows,
)

FEW = 1_000
"""So many allocations are looked at one by one."""


@dataclass(frozen=True)
class Leximin:
    """Of allocations equally good, the one whose tuple of holders of the goods is smallest.

    NP-hard; exact, by a search that merges and prunes, and gives up after about a minute.  Four
    agents and twelve goods take some tenths of a second, five and fifteen mostly a few seconds.

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance, or `Chores`.
    normalised : bool
        Whether the values of each agent are divided by their sum, where that is not 0; not of
        chores, whose sum is below it.

    Raises
    ------
    ValueError
        If chores are to be normalised.
    TimeoutError
        When called, if the search takes too long, as it may do from five agents and twenty goods.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog", "egg"), agents=("ann", "bob"))
    >>> goods.tell(Leximin(goods)([[2, 9, 6], [0, 1, 1]]))
    'ann: {car}, bob: {dog, egg}'
    >>> goods.tell(Leximin(goods, normalised=True)([[2, 9, 6], [0, 1, 1]]))
    'ann: {car, dog}, bob: {egg}'
    """

    setting: Divisible
    normalised: bool = False

    def __post_init__(self) -> None:
        truth(self.normalised, "normalised")
        if self.normalised:
            require_goods(self.setting, "Leximin of normalised values")
        require_items(self.setting, "Leximin")

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        return bundles(_leximin(whole_rows(_normal(rows) if self.normalised else rows)), len(rows))


@dataclass(frozen=True)
class LeximinPlusPlus:
    """Values count first and the number of goods second; ties and parameters as of `Leximin`.

    Parameters
    ----------
    setting : Divisible
        The goods, `Goods` for instance.
    normalised : bool
        Whether the values of each agent are divided by their sum, where that is not 0.

    Raises
    ------
    ValueError
        Of chores, as whoever has least would be given more of them.
    TimeoutError
        When called, if the search takes too long.

    Examples
    --------
    >>> from mechsim import Goods
    >>> goods = Goods(("car", "dog"), agents=("ann", "bob"))
    >>> goods.tell(LeximinPlusPlus(goods)([[2, 0], [1, 0]]))
    'ann: {car}, bob: {dog}'
    """

    setting: Divisible
    normalised: bool = False

    def __post_init__(self) -> None:
        truth(self.normalised, "normalised")
        require_goods(self.setting, "LeximinPlusPlus")

    @accepts_reports
    def __call__(self, reports: tuple[Any, ...], /) -> Bundles:
        """Who gets which goods."""
        rows = table(self.setting, reports)
        exact = whole_rows(_normal(rows) if self.normalised else rows)
        # a good counts less than the least difference in value, and so do all of them
        unit = len(rows[0]) + 1
        counted = tuple(tuple(unit * value + 1 for value in row) for row in exact)
        return bundles(_leximin(counted), len(rows))


def by_definition(rows: tuple[Row, ...]) -> Holders:
    """The first of all allocations with the largest sorted vector."""
    return max(
        every_division(len(rows), len(rows[0])),
        key=lambda holders: sorted(worths_of(rows, holders)),
    )


def _leximin(rows: tuple[Row, ...]) -> Holders:
    few = len(rows) ** len(rows[0]) <= FEW
    return by_definition(rows) if few else largest_sorted(rows)


def _normal(rows: Table) -> Table:
    """Each agent's values, in units of all goods."""
    return tuple(tuple(value / (sum(row) or 1) for value in row) for row in rows)
