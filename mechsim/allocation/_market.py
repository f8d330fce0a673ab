"""An equilibrium of a market, in floats by a convex program, and what is exact about it."""

import importlib
import math
import warnings
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

Exact = Sequence[Sequence[Fraction]]


def spending(values: Exact, income: Sequence[Fraction]) -> tuple[list[float], list[list[float]]]:
    """Prices, and what each agent spends on each good, in floats: the program of Eisenberg, Gale.

    Agents without an income stay out.  What an agent values is scaled to at most 1, and incomes to
    1 in all, which changes no share.
    """
    import numpy as np

    cp: Any = importlib.import_module("cvxpy")

    buyers = [agent for agent, b in enumerate(income) if b]
    wanted = [g for g in range(len(values[0])) if any(values[agent][g] for agent in buyers)]
    tops = {agent: max(values[agent]) for agent in buyers}
    worth = np.array([[float(values[i][g] / tops[i]) for g in wanted] for i in buyers])
    total = sum(income)
    weight = np.array([float(income[i] / total) for i in buyers])
    shares = cp.Variable(worth.shape, nonneg=True)
    sold = cp.sum(shares, axis=0) <= 1
    utility = cp.sum(cp.multiply(worth, shares), axis=1)
    program = cp.Problem(cp.Maximize(weight @ cp.log(utility)), [sold])
    try:
        with warnings.catch_warnings():  # what is inaccurate shows when it is made exact
            warnings.simplefilter("ignore")
            program.solve(solver=cp.CLARABEL)
    except cp.error.SolverError as error:
        raise ArithmeticError(f"the program of the market is not solved: {error}") from error
    if shares.value is None or sold.dual_value is None:
        raise ArithmeticError(
            f"the rows 'each good is sold once' of the market are not solved: {program.status}"
        )
    prices = [0.0] * len(values[0])
    money = [[0.0] * len(values[0]) for _ in values]
    for column, g in enumerate(wanted):
        prices[g] = max(0.0, float(sold.dual_value[column])) * float(total)
        for row, agent in enumerate(buyers):
            money[agent][g] = max(0.0, float(shares.value[row, column])) * prices[g]
    return prices, money


def purchases(
    values: Exact,
    income: Sequence[Fraction],
    prices: Sequence[float],
    money: Sequence[Sequence[float]],
    tolerance: float,
) -> list[list[int]]:
    """What each agent seems to buy: that on which it spends more than a part of all incomes.

    A good too cheap for that is bought by who would pay most for it, at the rate at which its money
    buys other goods; an agent too poor for that buys what gives it most for its money.
    """
    goods, least = range(len(prices)), tolerance * float(sum(income))
    bought = [
        [g for g in goods if paid[g] > least and row[g]]
        for paid, row in zip(money, values, strict=True)
    ]
    for agent, row in enumerate(values):
        if income[agent] and not bought[agent]:
            offered = [(row[g] / Fraction(prices[g]), -g) for g in goods if row[g] and prices[g]]
            bought[agent] = [-max(offered)[1]] if offered else []
    rates = [
        max((Fraction(prices[g]) / row[g] for g in found), default=Fraction(0))
        for row, found in zip(values, bought, strict=True)
    ]
    for g in goods:
        if not any(g in found for found in bought):
            offers = [rate * row[g] for rate, row in zip(rates, values, strict=True)]
            if max(offers) > 0:
                bought[offers.index(max(offers))].append(g)
    return bought


def prices_by_spending(
    values: Exact, income: Sequence[Fraction], bought: Sequence[Sequence[int]]
) -> list[Fraction] | None:
    """The prices at which each agent likes equally, for its money, all that it buys.

    Agents and goods are connected by what is bought.  In each connected part the prices are known
    up to a factor, and they sum to the incomes there.  None where an agent buys what is worth
    nothing to it, or a good that is wanted has no price.
    """
    prices = [Fraction(0)] * len(values[0])
    buyers: list[list[int]] = [[] for _ in prices]
    for agent, goods in enumerate(bought):
        for g in goods:
            if not values[agent][g]:
                return None
            buyers[g].append(agent)
    for start, asked in enumerate(buyers):
        if not asked or prices[start]:
            continue
        prices[start] = Fraction(1)
        part, waiting, seen = [start], [start], set[int]()
        while waiting:
            known = waiting.pop()
            for agent in buyers[known]:
                seen.add(agent)
                for g in bought[agent]:
                    if not prices[g]:
                        prices[g] = prices[known] * values[agent][g] / values[agent][known]
                        part.append(g)
                        waiting.append(g)
        total = sum((prices[g] for g in part), Fraction(0))
        factor = sum((income[agent] for agent in seen), Fraction(0)) / total
        for g in part:
            prices[g] *= factor
    if any(
        b and v and not q
        for b, row in zip(income, values, strict=True)
        for v, q in zip(row, prices, strict=True)
    ):
        return None
    return prices


def most_for_money(values: Exact, prices: Sequence[Fraction]) -> list[list[int]]:
    """The goods that give each agent most for its money, of those that cost something."""
    found: list[list[int]] = []
    for row in values:
        rates = {g: row[g] / q for g, q in enumerate(prices) if q}
        best = max(rates.values())
        found.append([g for g, rate in rates.items() if rate == best and best])
    return found


def money_flow(
    values: Exact, income: Sequence[Fraction], prices: Sequence[Fraction]
) -> list[list[Fraction]] | None:
    """The shares of an equilibrium at these prices, or None if there is none.

    Money flows from each agent to the goods that give it most for its money, and from these to
    their prices; all incomes must arrive.  Then all is sold, as prices sum to the incomes.
    """
    nx: Any = importlib.import_module("networkx")

    scale = math.lcm(*(one.denominator for one in (*income, *prices)))
    graph = nx.DiGraph()
    best = most_for_money(values, prices)
    for g, price in enumerate(prices):
        graph.add_edge(("good", g), "sold", capacity=int(price * scale))
    for agent, b in enumerate(income):
        if b:
            graph.add_edge("all", ("agent", agent), capacity=int(b * scale))
            graph.add_edges_from((("agent", agent), ("good", g)) for g in best[agent])
    arrived, flow = nx.maximum_flow(graph, "all", "sold")
    if arrived != scale * sum(income) or sum(income) != sum(prices):
        return None
    shares = [[Fraction(0)] * len(prices) for _ in income]
    for agent, b in enumerate(income):
        for target, paid in flow["agent", agent].items() if b else ():
            g = target[1]
            shares[agent][g] = Fraction(paid, scale) / prices[g]
    return shares
