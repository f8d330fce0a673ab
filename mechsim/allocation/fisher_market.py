r"""Competitive equilibrium from given incomes, for divisible goods: the market of Fisher.

There is one unit of each good, and agent :math:`i` has the income :math:`b_i > 0`, which is worth
nothing to it.  Prices :math:`q` and shares :math:`x` are an equilibrium if each agent spends its
income on what gives most for its money, and all that has a price is sold:

.. math::

   \sum_g q_g x_{ig} = b_i, \qquad
   x_{ig} > 0 \Rightarrow \frac{v_{ig}}{q_g} = \max_h \frac{v_{ih}}{q_h}, \qquad
   \sum_i x_{ig} \le 1, \quad\text{with } = \text{ if } q_g > 0.

A good that nobody values has the price 0 and is left over; an agent that values nothing buys
nothing and keeps its income.

Eisenberg and Gale: the equilibria are the divisions with the largest :math:`\sum_i b_i \log
v_i(x_i)`, and the prices are the multipliers of the goods.  So with equal incomes a competitive
equilibrium is the same thing as the largest Nash welfare, the product of the utilities.  Prices
and utilities are unique.  Nobody envies if incomes are equal, everybody gets its part of all, and
no division is better for all; but reports can be shaded.

The program is solved in floats; from who spends on what, prices that are exact follow by a linear
system, and exact shares by a flow of money.  The equilibrium conditions are then checked exactly.

References
----------
Eisenberg, Gale. Consensus of subjective probabilities: the pari-mutuel method. Annals of
Mathematical Statistics 30, 1959.
Varian. Equity, envy, and efficiency. Journal of Economic Theory 9, 1974.
Devanur, Papadimitriou, Saberi, Vazirani. Market equilibrium via a primal-dual algorithm for a
convex program. Journal of the ACM 55, 2008.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .._numbers import Number, real, show
from .._tables import Table
from ..mechanism import accepts_reports
from ..preferences.additive import Matrix, Values
from ..preferences.divisible import DivisibleGoods, Shares
from ._market import money_flow, most_for_money, prices_by_spending, purchases, spending


@dataclass(frozen=True)
class MarketEquilibrium:
    """Prices and shares, and what is certain of them.

    Parameters
    ----------
    setting : DivisibleGoods
    values : Matrix
        The reports: (agents, goods).
    incomes : tuple of Number
        Of each agent, above 0, in units of money.
    prices : tuple of Number
        Of each whole good, in units of money; 0 of what nobody values.
    shares : Shares
        How much of each good each agent gets: (agents, goods), parts of 1.
    """

    setting: DivisibleGoods
    values: Matrix
    incomes: Values
    prices: Values
    shares: Shares

    @property
    def exact(self) -> bool:
        """Whether all numbers are fractions and the conditions hold without any error."""
        rounded = any(isinstance(one, float) for row in (self.prices, *self.shares) for one in row)
        return not rounded and self.error == 0

    @property
    def utilities(self) -> Values:
        """What each agent's shares are worth to it, in the units of the reports."""
        rows = zip(self.values, self.shares, strict=True)
        return tuple(self.setting.share_value(0, type_, share) for type_, share in rows)

    @property
    def error(self) -> Fraction:
        """By how much the conditions of an equilibrium are missed, as a part of all incomes.

        The largest of these, in fractions that stand for the floats exactly: what is not sold of a
        good, in money; the income that an agent does not spend, or overspends; what its utility
        would cost less at its best rate.  Agents who value nothing spend nothing.
        """
        prices = [Fraction(q) for q in self.prices]
        shares = [[Fraction(x) for x in row] for row in self.shares]
        values = [[Fraction(v) for v in row] for row in self.values]
        total = sum((Fraction(b) for b in self.incomes), Fraction(0))
        missed = [
            abs(1 - sum(column)) * q
            for q, column in zip(prices, zip(*shares, strict=True), strict=True)
        ]
        for b, row, worth in zip(self.incomes, shares, values, strict=True):
            spent = sum((q * x for q, x in zip(prices, row, strict=True)), Fraction(0))
            if not any(worth):
                missed.append(abs(spent))
                continue
            utility = sum((v * x for v, x in zip(worth, row, strict=True)), Fraction(0))
            missed.append(abs(Fraction(b) - spent))
            if any(v and not q for v, q in zip(worth, prices, strict=True)):
                missed.append(total)  # something that the agent values is free
            else:
                best = max(v / q for v, q in zip(worth, prices, strict=True) if q)
                missed.append(spent - utility / best)
        worst: Fraction = max(missed)
        return worst / total

    def table(self) -> Table:
        """One row an agent, one column a good, and the prices below."""
        names = self.setting.agents or tuple(f"agent {k}" for k in range(len(self.shares)))
        rows = zip(names, self.shares, self.utilities, strict=True)
        body = tuple((who, *map(show, row), show(utility)) for who, row, utility in rows)
        return Table(
            ("", *self.setting.names, "utility"), (*body, ("price", *map(show, self.prices), ""))
        )

    def _words(self) -> str:
        if self.exact:
            return "The conditions of an equilibrium hold exactly."
        return f"In floats; the conditions are missed by {float(self.error):.2g} of all incomes."

    def __str__(self) -> str:
        return f"{self.table()}\n{self._words()}"

    def _repr_html_(self) -> str:
        return f"{self.table().html()}<p>{self._words()}</p>"


@dataclass(frozen=True)
class FisherMarket:
    """The shares of a competitive equilibrium.

    One convex program of n m variables, then a flow.  Of several equilibria, which all are worth
    the same to each agent, one is taken.

    Parameters
    ----------
    setting : DivisibleGoods
    incomes : tuple of Number, optional
        What each agent may spend, above 0 and in any unit; by default 1.

    Examples
    --------
    >>> goods = DivisibleGoods(("land", "wine"), agents=("ann", "bob"))
    >>> print(FisherMarket(goods).equilibrium([[3, 1], [1, 1]]))
           land  wine  utility
    -----  ----  ----  -------
    ann       1     0        3
    bob       0     1        1
    price     1     1
    The conditions of an equilibrium hold exactly.
    """

    setting: DivisibleGoods
    incomes: Values = ()

    def __post_init__(self) -> None:
        read = tuple(real(b, f"incomes[{agent}]") for agent, b in enumerate(self.incomes))
        for agent, income in enumerate(read):
            if income <= 0:
                raise ValueError(f"incomes[{agent}] is {show(income)}: it must be above 0")
        object.__setattr__(self, "incomes", read)

    @accepts_reports
    def __call__(self, reports: Matrix, /) -> Shares:
        """How much of each good each agent gets."""
        return self._found(reports).shares

    @accepts_reports
    def equilibrium(self, reports: Matrix, /) -> MarketEquilibrium:
        """The same, with prices."""
        return self._found(reports)

    def _found(self, reports: Matrix) -> MarketEquilibrium:
        incomes = self.incomes or (Fraction(1),) * len(reports)
        if len(incomes) != len(reports):
            raise ValueError(
                f"incomes has {len(incomes)} of them: there must be one for each of "
                f"{len(reports)} agents"
            )
        prices, shares = _equilibrium(reports, incomes)
        return MarketEquilibrium(self.setting, reports, incomes, prices, shares)


TOLERANCES = (1e-3, 1e-4, 1e-5, 1e-2, 1e-6, 1e-7)
"""What an agent spends on a good counts if it is more than one of these, as a part of all."""

REPAIRS = 3
"""So often purchases are tried; after each failure those are added that the prices suggest."""


@lru_cache(maxsize=4096)
def _equilibrium(values: Matrix, incomes: Values) -> tuple[Values, Shares]:
    """Prices and shares: exact ones if they can be recovered, and else floats."""
    rows = [[Fraction(v) for v in row] for row in values]
    income = [
        Fraction(b) if any(row) else Fraction(0) for b, row in zip(incomes, rows, strict=True)
    ]
    goods = range(len(rows[0]))
    if not any(income):
        nothing: Values = (Fraction(0),) * len(goods)
        return nothing, (nothing,) * len(rows)
    rough, money = spending(rows, income)
    for tolerance in TOLERANCES:
        bought = purchases(rows, income, rough, money, tolerance)
        for _ in range(REPAIRS):
            prices = prices_by_spending(rows, income, bought)
            if prices is None:
                break
            shares = money_flow(rows, income, prices)
            if shares is not None:
                return tuple(prices), tuple(map(tuple, shares))
            best = most_for_money(rows, prices)
            pairs = zip(bought, best, strict=True)
            bought = [sorted({*found, *more}) for found, more in pairs]
    parts: list[tuple[Number, ...]] = [
        tuple(row[g] / rough[g] if rough[g] else 0.0 for g in goods) for row in money
    ]
    return tuple(rough), tuple(parts)
