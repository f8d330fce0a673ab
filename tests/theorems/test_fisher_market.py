"""Competitive equilibria of divisible goods: one class for each statement."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mechsim import DivisibleGoods, EnvyFree, Instance, ParetoOptimal, Strategyproof
from mechsim.allocation import EqualDivision, FisherMarket, MarketEquilibrium
from mechsim.axioms import Envy, Everybody, Misreport

F = Fraction
Rows = list[list[int]]
TWO = DivisibleGoods(("land", "wine"), agents=("ann", "bob"))

few = settings(max_examples=10)


def goods(number: int) -> DivisibleGoods:
    return DivisibleGoods(tuple(f"good {k}" for k in range(number)))


@st.composite
def markets(draw: st.DrawFn, agents: int | None = None) -> tuple[Rows, list[int]]:
    """Values and incomes; somebody values each good, and everybody some good."""
    n = agents or draw(st.integers(1, 4))
    m = draw(st.integers(1, 5))
    high = draw(st.sampled_from([1, 4, 10**4]))
    rows = [[draw(st.integers(0, high)) for _ in range(m)] for _ in range(n)]
    for i in range(max(n, m)):
        rows[i % n][i % m] = max(1, rows[i % n][i % m])
    return rows, [draw(st.integers(1, 4)) for _ in range(n)]


def equilibrium(rows: Any, incomes: Any = ()) -> MarketEquilibrium:
    return FisherMarket(goods(len(rows[0])), tuple(incomes)).equilibrium(rows)


def of_two(rows: Rows, incomes: list[int]) -> list[Fraction]:
    """The prices among two agents: goods in the order of the first one's advantage, cut once."""
    total = F(sum(incomes))
    order = sorted(
        range(len(rows[0])),
        key=lambda g: F(rows[0][g], rows[1][g]) if rows[1][g] else F(10**9),
        reverse=True,
    )
    for cut in range(len(order)):
        # The good at the cut is bought by both: all prices follow from its price.
        mine, shared, others = order[:cut], order[cut], order[cut + 1 :]
        if not rows[0][shared] or not rows[1][shared]:
            continue
        price = {shared: F(1)}
        price |= {g: F(rows[0][g], rows[0][shared]) for g in mine}
        price |= {g: F(rows[1][g], rows[1][shared]) for g in others}
        unit = total / sum(price.values())
        before = sum((price[g] * unit for g in mine), F(0))
        if before <= incomes[0] <= before + unit:
            return [price[g] * unit for g in range(len(order))]
    for cut in range(len(order) + 1):
        # Nothing is bought by both: each pays for its goods by what they are worth to it.
        parts = (order[:cut], order[cut:])
        price = dict[int, Fraction]()
        for agent, part in enumerate(parts):
            worth = sum(rows[agent][g] for g in part)
            if worth:
                price |= {g: F(incomes[agent] * rows[agent][g], worth) for g in part}
        if len(price) == len(order) and all(price.values()):
            rates = [
                {g: rows[agent][g] / price[g] for g in range(len(order))} for agent in range(2)
            ]
            if all(
                rates[agent][g] == max(rates[agent].values())
                for agent, part in enumerate(parts)
                for g in part
            ):
                return [price[g] for g in range(len(order))]
    raise AssertionError("there is an equilibrium")


class TestEquilibrium:
    """Everybody buys, for its income, what gives it most for its money, and all is sold."""

    @few
    @given(market=markets())
    def test_exactly(self, market: tuple[Rows, list[int]]) -> None:
        rows, incomes = market
        found = equilibrium(rows, incomes)
        assert found.exact
        for row, income, shares in zip(rows, incomes, found.shares, strict=True):
            assert sum(q * x for q, x in zip(found.prices, shares, strict=True)) == income
            best = max(F(v) / F(q) for v, q in zip(row, found.prices, strict=True))
            assert all(
                v == best * q for v, q, x in zip(row, found.prices, shares, strict=True) if x
            )
        assert all(sum(column) == 1 for column in zip(*found.shares, strict=True))

    @few
    @given(market=markets(agents=2))
    def test_two_agents_by_one_cut(self, market: tuple[Rows, list[int]]) -> None:
        rows, incomes = market
        assert list(equilibrium(rows, incomes).prices) == of_two(rows, incomes)

    @few
    @given(market=markets(), scales=st.tuples(*[st.integers(1, 9)] * 4))
    def test_units_do_not_matter(
        self, market: tuple[Rows, list[int]], scales: tuple[int, ...]
    ) -> None:
        rows, incomes = market
        scaled = [[s * v for v in row] for s, row in zip(scales, rows, strict=False)]
        assert equilibrium(scaled, incomes).prices == equilibrium(rows, incomes).prices
        richer = equilibrium(rows, [3 * b for b in incomes])
        assert richer.prices == tuple(3 * q for q in equilibrium(rows, incomes).prices)

    @pytest.mark.parametrize(
        ("rows", "incomes"),
        [
            ([[10**12, 1], [10**12, 1]], (1, 1)),
            ([[4, 8, 4 * 10**8], [3, 3 * 10**8, 4]], (1, 1)),
            ([[1, 2], [2, 1]], (1, 10**9)),
            ([[10**400, 1], [1, 10**400]], (1, 1)),
            ([[0.1, 0.2], [0.3, 0.1]], (1, 1)),
        ],
    )
    def test_cheap_goods_and_poor_agents(self, rows: Any, incomes: Any) -> None:
        assert equilibrium(rows, incomes).exact

    def test_who_values_nothing_and_what_nobody_values(self) -> None:
        found = equilibrium([[0, 0, 0], [2, 1, 0]])
        assert found.exact
        assert list(found.prices) == [F(2, 3), F(1, 3), 0]
        assert list(map(list, found.shares)) == [[0, 0, 0], [1, 1, 0]]
        assert equilibrium([[0], [0]]).utilities == (0, 0)


class TestWhatIsNotExact:
    """Where ties and almost ties cannot be told apart in floats, it says how far off it is."""

    def test_almost_ties(self) -> None:
        found = equilibrium([[10**9, 10**9 + 1], [10**9 + 1, 10**9]])
        assert not found.exact
        assert 0 < found.error < F(1, 1000)
        assert "In floats; the conditions are missed by" in str(found)

    @pytest.mark.parametrize(
        ("prices", "shares", "error"),
        [
            ((1, 1), ((1, 0), (0, F(1, 2))), F(1, 4)),  # half of a good is not sold
            ((1, 1), ((1, 1), (0, 0)), F(1, 2)),  # one spends too much, the other nothing
            ((1, 1), ((0, 1), (1, 0)), F(1, 3)),  # each has what gives it least
            ((2, 0), ((1, 0), (0, 1)), F(1)),  # something wanted is free
        ],
    )
    def test_the_error(self, prices: Any, shares: Any, error: Fraction) -> None:
        values = ((F(3), F(1)), (F(1), F(3)))
        found = MarketEquilibrium(TWO, values, (F(1), F(1)), prices, shares)
        assert found.error == error
        assert not found.exact


class TestEisenbergGale1959:
    """The equilibria have the largest product of utilities, each to the power of an income."""

    @few
    @given(market=markets(), seed=st.integers(0, 99))
    def test_no_division_has_more(self, market: tuple[Rows, list[int]], seed: int) -> None:
        """As log is concave, it suffices that no direction leads up: a sum of ratios."""
        rows, incomes = market
        found = equilibrium(rows, incomes)
        rng = np.random.default_rng(seed)
        drawn = rng.integers(0, 4, size=(len(rows), len(rows[0])))
        drawn[0] += drawn.sum(axis=0) == 0
        other = [
            [F(int(x), int(s)) for x, s in zip(r, drawn.sum(axis=0), strict=True)] for r in drawn
        ]
        slope = sum(
            (
                b * (sum(v * x for v, x in zip(row, new, strict=True)) / F(u) - 1)
                for b, row, new, u in zip(incomes, rows, other, found.utilities, strict=True)
            ),
            F(0),
        )
        assert slope <= 0


class TestVarian1974:
    """From equal incomes nobody envies, everybody gets its part, and no division is better."""

    @few
    @given(market=markets())
    def test_from_equal_incomes(self, market: tuple[Rows, list[int]]) -> None:
        rows, _ = market
        setting = goods(len(rows[0]))
        here, shares = Instance(setting, setting.read(rows)), FisherMarket(setting)(rows)
        assert all(EnvyFree().outcome_violation(shares, c) <= 0 for c in EnvyFree().cases(here))
        for row, own in zip(rows, shares, strict=True):
            assert len(rows) * sum(v * x for v, x in zip(row, own, strict=True)) >= sum(row)
        assert ParetoOptimal().outcome_violation(shares, Everybody(here)) == 0

    def test_not_from_others(self) -> None:
        here = Instance(TWO, TWO.read([[1, 1], [1, 1]]))
        shares = FisherMarket(TWO, (1, 3))(here.reports)
        assert EnvyFree().outcome_violation(shares, Envy(here, 0, 1)) == 1

    def test_reports_can_be_shaded(self) -> None:
        """Ann makes her price of land fall, and buys some wine too."""
        case = Misreport(Instance(TWO, TWO.read([[2, 1], [1, 2]])), 0, (F(2), F(3)))
        assert Strategyproof().violation(FisherMarket(TWO), case) == F(1, 6)

    def test_incomes_are_wages_of_identical_agents(self) -> None:
        """An agent with the income 2 gets what two agents like it get together."""
        rows = [[5, 1, 2], [2, 3, 1], [1, 1, 4]]
        one, two = equilibrium(rows, (2, 1, 1)), equilibrium([rows[0], *rows])
        assert one.prices == two.prices
        assert one.utilities[0] == two.utilities[0] + two.utilities[1]


@st.composite
def divisions(draw: st.DrawFn) -> tuple[Rows, list[list[Fraction]]]:
    rows, _ = draw(markets(agents=3))
    shares = [[F(0)] * len(rows[0]) for _ in range(3)]
    for good in range(len(rows[0])):
        holders = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
        for holder in holders:
            if holder < 3:
                shares[holder][good] += F(1, len(holders))
    return rows, shares


class TestParetoOptimalDivisions:
    """No circle in which each gives what is worth less to it than what it gets, and no waste."""

    @settings(max_examples=30)
    @given(case=divisions())
    def test_linear_program(self, case: tuple[Rows, list[list[Fraction]]]) -> None:
        rows, given_ = case
        setting, shares = goods(len(rows[0])), tuple(map(tuple, given_))
        profile = setting.read(rows)
        found = setting.dominating(profile, shares)
        now = [float(setting.value(i, t, shares)) for i, t in enumerate(profile)]
        values = np.array(rows, dtype=float)
        agents, number = values.shape
        held = np.kron(np.eye(agents), np.ones(number)) * np.tile(values, (1, agents))
        most = linprog(
            -held.sum(axis=0),
            A_ub=np.vstack([-held, np.tile(np.eye(number), (1, agents))]),
            b_ub=np.concatenate([-np.array(now), np.ones(number)]),
            bounds=(0, None),
        )
        assert most.fun is not None
        assert (found is not None) == (-most.fun > sum(now) + 1e-7 * values.max())
        if found is not None:
            assert setting.admits(found)
            gains = [
                setting.value(i, t, found) - F(setting.value(i, t, shares))
                for i, t in enumerate(profile)
            ]
            assert min(gains) >= 0
            assert max(gains) > 0

    def test_a_circle_of_three(self) -> None:
        """No two of them would trade; all but one come out even."""
        rows, number = [[2, 5, 0], [0, 3, 7], [9, 0, 4]], goods(3)
        whole = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
        profile = number.read(rows)
        found = number.dominating(profile, whole)
        assert found is not None
        assert number.admits(found)
        gains = [number.value(i, t, found) - rows[i][i] for i, t in enumerate(profile)]
        assert sorted(gains)[:2] == [0, 0]
        assert max(gains) > 0

    def test_equal_division_is_not(self) -> None:
        found = TWO.dominating(TWO.read([[2, 1], [1, 2]]), EqualDivision(TWO)([[2, 1], [1, 2]]))
        assert found in {((1, F(1, 4)), (0, F(3, 4))), ((F(3, 4), 0), (F(1, 4), 1))}


class TestDivisibleGoodsRead:
    """What is a division, what is told, what is refused."""

    def test_divisions(self) -> None:
        assert TWO.admits(((1, F(1, 2)), (0, 0.5)))
        no_divisions: tuple[object, ...] = (
            ((1, 1), (0, F(1, 2))),
            ((1, -1), (0, 0)),
            ((1,), (0,)),
            ((1, 0),),
            0,
            ("ab",),
        )
        for bad in no_divisions:
            assert not TWO.admits(bad)
        assert TWO.tell(((1, F(1, 2)), (0, 0))) == "ann: all land, 1/2 wine; bob: nothing"
        assert repr(DivisibleGoods(("a",), grid=(0, 1))) == "DivisibleGoods(a) worth (0, 1)"

    @pytest.mark.parametrize(
        ("incomes", "message"),
        [
            ((1, 0), r"incomes\[1\] is 0: it must be above 0"),
            ((1, "x"), r"incomes\[1\] is 'x' \(str\): it must be a real number"),
            ((1,), "incomes has 1 of them: there must be one for each of 2 agents"),
        ],
    )
    def test_what_are_no_incomes(self, incomes: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            FisherMarket(TWO, incomes)([[1, 1], [1, 1]])

    def test_a_notebook_shows_prices(self) -> None:
        found = FisherMarket(TWO).equilibrium([[3, 1], [4, 1]])
        assert "<td>3/2</td>" in found._repr_html_()
        assert "hold exactly" in found._repr_html_()
