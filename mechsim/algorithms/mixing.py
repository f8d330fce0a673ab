r"""The largest part of given lotteries that is a mixture of selections, by column generation.

At each place :math:`p` option :math:`o` has probability :math:`P_{po}`.  A mixture draws selection
:math:`s` with weight :math:`\lambda_s`.  The largest part of the lotteries that it makes is

.. math:: \max_{\lambda \ge 0} \sum_s \lambda_s \quad\text{where}\quad
    \sum_{s : s_p = o} \lambda_s \le P_{po} \quad \forall p, o,

and the lotteries are a mixture exactly if that is 1.  Multipliers :math:`y \ge 0` prove that it is
no more than :math:`\sum P_{po} y_{po}` if every selection has
:math:`\sum_p y_{p s_p} \ge 1`.  Selections are added as long as one is cheaper than 1, which an
exact search for the cheapest one decides; the programs are solved exactly as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..program import Draft, Optimum, Terms
from .selections import Patience, Prices, Selection, Selections

NODES = 100_000
"""Nodes that searches may visit in all, before they are given up."""


@dataclass(frozen=True, eq=False)
class Part:
    """The largest part of lotteries that is a mixture of selections, and why none is larger.

    Parameters
    ----------
    chances : tuple of tuples of Fraction
        How likely each option is, at each place.
    drawn : tuple of (Fraction, Selection)
        Selections and their weights.
    prices : tuple of tuples of Fraction
        Multipliers: every selection costs at least 1, as a search has shown.
    unreached : tuple of (place, option)
        Choices with a chance that no selection contains.

    Raises
    ------
    ArithmeticError
        If the selections are drawn more often than the lotteries allow, or the prices prove no
        more than another bound.
    """

    chances: Prices
    drawn: tuple[tuple[Fraction, Selection], ...]
    prices: Prices
    unreached: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        rest = [list(listed) for listed in self.chances]
        for weight, selection in self.drawn:
            if weight <= 0:
                raise ArithmeticError(f"weight {weight} of a selection is not positive")
            for place, option in enumerate(selection):
                rest[place][option] -= weight
        if any(chance < 0 for listed in rest for chance in listed):
            raise ArithmeticError("selections are drawn more often than their options")
        if any(price < 0 for listed in self.prices for price in listed):
            raise ArithmeticError("a multiplier is negative")
        if self.bound != self.share:
            raise ArithmeticError(f"the multipliers prove {self.bound}, not {self.share}")

    @property
    def share(self) -> Fraction:
        """How much of the lotteries it is: 1 if all."""
        return sum((weight for weight, _ in self.drawn), Fraction(0))

    @property
    def bound(self) -> Fraction:
        """What the options cost on average."""
        return mean(self.chances, self.prices)


def mean(chances: Prices, prices: Prices) -> Fraction:
    """What is paid on average if each option is as likely as ``chances`` say."""
    pairs = zip(chances, prices, strict=True)
    products = (p * y for row, paid in pairs for p, y in zip(row, paid, strict=True))
    return sum(products, Fraction(0))


def largest_part(selections: Selections, chances: Prices, patience: Patience) -> Part:
    """The largest part of lotteries that is a mixture of selections.

    Parameters
    ----------
    selections : Selections
    chances : tuple of tuples of Fraction
        How likely each option is, at each place; positive, and 1 in total.
    patience : Patience
        A solution of a program counts as many nodes as there are options.

    Raises
    ------
    OutOfPatience
        If that does not suffice.

    Examples
    --------
    Two coins that agree always, or in three of four cases.

    >>> agree = Selections((2, 2), [((0, 0), (1, 1)), ((0, 1), (1, 0))])
    >>> fair, bent = (Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 4), Fraction(3, 4))
    >>> largest_part(agree, (fair, fair), Patience(100)).share
    Fraction(1, 1)
    >>> largest_part(agree, (fair, bent), Patience(100)).share
    Fraction(3, 4)
    """
    for place, (listed, count) in enumerate(zip(chances, selections.options, strict=True)):
        if len(listed) != count or min(listed) <= 0 or sum(listed) != 1:
            raise ValueError(f"chances[{place}] must have {count} positive entries that sum to 1")
    peeled = _peel(selections, chances, patience)
    if sum(weight for weight, _ in peeled) == 1:
        return Part(chances, peeled, _one_place(chances), ())
    through, unreached = _through_each(selections, patience)
    columns = list(dict.fromkeys((*(selection for _, selection in peeled), *through)))
    while True:
        patience.spend(sum(selections.options))
        weights, prices = _program(columns, chances)
        cheaper = selections.cheapest(prices, Fraction(1), patience)
        if cheaper is None:
            drawn = tuple((w, s) for w, s in zip(weights, columns, strict=True) if w)
            return Part(chances, drawn, prices, unreached)
        columns.append(cheaper)


def _peel(
    selections: Selections, chances: Prices, patience: Patience
) -> tuple[tuple[Fraction, Selection], ...]:
    """Selections taken off one by one, each as often as can be, until none is left.

    Of what is left, the selection whose least likely option is most likely.
    """
    rest = [list(listed) for listed in chances]
    found: list[tuple[Fraction, Selection]] = []
    while True:
        levels = sorted({chance for listed in rest for chance in listed if chance}, reverse=True)
        widest: Selection | None = None
        low, high = 0, len(levels) - 1
        while low <= high:
            middle = (low + high) // 2
            allowed = [
                [o for o, chance in enumerate(listed) if chance >= levels[middle]]
                for listed in rest
            ]
            within = selections.within(allowed, patience)
            if within is None:
                low = middle + 1
            else:
                widest, high = within, middle - 1
        if widest is None:
            return tuple(found)
        weight = min(rest[place][option] for place, option in enumerate(widest))
        for place, option in enumerate(widest):
            rest[place][option] -= weight
        found.append((weight, widest))


def _through_each(
    selections: Selections, patience: Patience
) -> tuple[list[Selection], tuple[tuple[int, int], ...]]:
    """Selections that together contain every choice that some selection contains; and the rest."""
    found: list[Selection] = []
    seen: set[tuple[int, int]] = set()
    unreached: list[tuple[int, int]] = []
    for choice in selections.choices:
        if choice not in seen:
            through = selections.containing([choice], patience)
            if through is None:
                unreached.append(choice)
            else:
                found.append(through)
                seen |= set(enumerate(through))
    return found, tuple(unreached)


def _program(columns: Sequence[Selection], chances: Prices) -> tuple[tuple[Fraction, ...], Prices]:
    """The weights of the best mixture of these, and the multipliers that prove it best."""
    if not columns:
        return (), tuple((Fraction(0),) * len(listed) for listed in chances)
    ends = np.cumsum([0, *map(len, chances)])
    rows = np.array(columns) + ends[:-1]
    draft = Draft()
    weights = draft.variables("weight of selection {0}", (range(len(columns)),))
    choices = [(p, o) for p, listed in enumerate(chances) for o in range(len(listed))]
    draft.at_most(
        "option {0} is drawn no more often than it is likely",
        (choices,),
        [chance for listed in chances for chance in listed],
        Terms(np.repeat(weights, len(chances)), 1, rows.ravel()),
    )
    found = draft.maximize(Terms(weights)).solve()
    if not isinstance(found, Optimum):
        raise ArithmeticError("the program of the largest part has an optimum, and none was found")
    dual = iter(found.dual)
    prices = tuple(tuple(next(dual) for _ in listed) for listed in chances)
    return found.primal, prices


def _one_place(chances: Prices) -> Prices:
    """Prices at which every selection costs 1: that of the first place."""
    return tuple((Fraction(int(place == 0)),) * len(row) for place, row in enumerate(chances))
