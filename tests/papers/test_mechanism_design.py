"""Optimal mechanisms of the literature, by `optimize`, as exact numbers."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from math import comb
from typing import Any

import pytest
from worlds import Correlated, Items, PublicGood, Tables, Trade

from mechsim import (
    Anonymous,
    BayesianIncentiveCompatible,
    ExAnte,
    IndividuallyRational,
    Line,
    Neutral,
    Positions,
    Rankings,
    SDStrategyproof,
    Strategyproof,
    UnanimousFairShare,
)
from mechsim.axioms import (
    BudgetBalanced,
    BudgetBalancedOnAverage,
    InterimIndividuallyRational,
)
from mechsim.design import Designed, Revenue, Welfare, optimize
from mechsim.objectives import MaxCost, Utilitarian
from mechsim.program import Draft, Optimum, Terms

F = Fraction
SP, BIC = Strategyproof(), BayesianIncentiveCompatible()
IR, IIR = ExAnte(IndividuallyRational()), InterimIndividuallyRational()
BB = ExAnte(BudgetBalanced())
HALVES = (F(1, 2), F(1, 2))


def best(objective: Any, axioms: Iterable[Any], setting: Any, agents: int) -> Fraction:
    found = optimize(objective, axioms, setting, agents=agents)
    assert isinstance(found, Designed)
    return found.value


class TestMaximumCost:
    """No strategyproof lottery approximates the maximum cost better than 3/2 (Procaccia,
    Tennenholtz 2013, Theorem 3.4); three points do not show it."""

    def test_three_points(self) -> None:
        assert best(MaxCost(), [SP], Line(0, 1).grid(2), 2) == F(4, 3)

    @pytest.mark.parametrize(("agents", "steps"), [(2, 4), (3, 4), (4, 4), (3, 6), (2, 8)])
    def test_more_points(self, agents: int, steps: int) -> None:
        axioms = [SP, Anonymous(), Neutral()]
        assert best(MaxCost(), axioms, Line(0, 1).grid(steps), agents) == F(3, 2)

    def test_seven_rows_prove_it(self) -> None:
        found = optimize(MaxCost(), [SP], Line(0, 1).grid(4), agents=2)
        assert isinstance(found, Designed)
        assert len(found.proof().rows) == 7
        assert len(str(found.proof())) < 1_000


class TestWelfareUnderFairShares:
    """With unanimous fair share in expectation, a strategyproof lottery for three agents may lose
    a sixth of the welfare and need not lose more."""

    @pytest.mark.parametrize("steps", [4, 8])
    def test_three_agents(self, steps: int) -> None:
        axioms = [SP, ExAnte(UnanimousFairShare()), Anonymous()]
        assert best(Utilitarian(), axioms, Line(0, 1).grid(steps), 3) == F(5, 6)

    def test_two_agents_lose_nothing(self) -> None:
        axioms = [SP, ExAnte(UnanimousFairShare()), Anonymous()]
        assert best(Utilitarian(), axioms, Line(0, 1).grid(4), 2) == 1


class TestBordaShare:
    """The share of the best Borda score that an SD-strategyproof, anonymous, neutral lottery
    guarantees."""

    @pytest.mark.parametrize(
        ("agents", "candidates", "value"),
        [
            (3, 3, F(4, 5)),
            (4, 3, F(4, 5)),
            (5, 3, F(82, 103)),
            (6, 3, F(4, 5)),
            (8, 3, F(43, 54)),
            (2, 4, F(11, 14)),
            (3, 4, F(65, 87)),
        ],
    )
    def test_values(self, agents: int, candidates: int, value: Fraction) -> None:
        axioms = [SDStrategyproof(), Anonymous(), Neutral()]
        vote = Rankings(tuple("abcd"[:candidates]))
        assert best(Utilitarian(), axioms, vote, agents) == value

    def test_symmetry_costs_nothing(self) -> None:
        """Averaging over agents and candidates makes any mechanism symmetric."""
        vote = Rankings(("a", "b", "c"))
        assert best(Utilitarian(), [SDStrategyproof()], vote, 2) == best(
            Utilitarian(), [SDStrategyproof(), Anonymous(), Neutral()], vote, 2
        )


def auction(k: int) -> Positions:
    return Positions((1,), values=tuple(F(j, k) for j in range(1, k + 1)), prior=(F(1, k),) * k)


class TestOneItem:
    """Myerson's auction for uniform values on {1/k, ..., 1}: the expected revenue."""

    @pytest.mark.parametrize("k", [2, 4, 10])
    @pytest.mark.parametrize("axioms", [[SP, IR], [BIC, IIR]], ids=["dominant", "bayesian"])
    def test_two_bidders(self, k: int, axioms: list[Any]) -> None:
        assert best(Revenue(), axioms, auction(k), 2) == F(5, 12) + F(3, 4 * k) - F(1, 6 * k * k)

    @pytest.mark.parametrize("k", [2, 4, 10])
    def test_one_bidder(self, k: int) -> None:
        assert best(Revenue(), [SP, IR], auction(k), 1) == F(1, 4) + F(1, 2 * k)

    def test_three_bidders(self) -> None:
        assert best(Revenue(), [SP, IR], auction(6), 3) == virtual_surplus(6, 3)

    def test_needs_somebody_to_have_an_interest(self) -> None:
        with pytest.raises(ValueError, match=r"no bound, as nothing keeps paid by agent 0 at"):
            optimize(Revenue(), [SP], auction(2), agents=2)


def virtual_surplus(k: int, bidders: int) -> Fraction:
    """The expectation of the largest virtual value that is positive: v - (1 - F(v)) / f(v)."""
    virtual = [F(2 * j - k, k) for j in range(1, k + 1)]
    surplus = (max(F(0), *drawn) for drawn in product(virtual, repeat=bidders))
    total: Fraction = sum(surplus, F(0))
    return total / F(k**bidders)


class TestSeveralItems:
    """Revenue from additive buyers (Daskalakis, Deckelbaum, Tzamos 2017; Yao 2017)."""

    @pytest.mark.parametrize(
        ("values", "chances", "revenue"),
        [
            ((1, 2), HALVES, F(9, 4)),
            ((0, 1), HALVES, F(1)),
            ((0, 1, 2), (F(1, 3),) * 3, F(13, 9)),
            ((1, 2, 4), (F(1, 6), F(1, 2), F(1, 3)), F(61, 18)),
        ],
    )
    def test_one_buyer(
        self, values: tuple[int, ...], chances: tuple[Fraction, ...], revenue: Fraction
    ) -> None:
        assert best(Revenue(), [SP, IR], Items(tuple(map(F, values)), chances), 1) == revenue

    def test_lotteries_beat_prices(self) -> None:
        """Values 1, 2, 4: no list of prices for bundles earns more than 10/3 < 61/18."""
        world = Items((F(1), F(2), F(4)), (F(1, 6), F(1, 2), F(1, 3)))
        prices = range(9)
        most = max(_sold(world, menu) for menu in product(prices, repeat=3))
        assert most == F(10, 3)

    @pytest.mark.parametrize(
        ("values", "chances", "bayesian", "dominant"),
        [
            ((1, 2), HALVES, F(51, 16), F(25, 8)),
            ((0, 1), HALVES, F(3, 2), F(3, 2)),
            ((1, 3), HALVES, F(9, 2), F(9, 2)),
            ((1, 2), (F(3, 10), F(7, 10)), F(91, 25), F(91, 25)),
        ],
    )
    def test_two_bidders(
        self,
        values: tuple[int, ...],
        chances: tuple[Fraction, ...],
        bayesian: Fraction,
        dominant: Fraction,
    ) -> None:
        """Dominant strategies may cost revenue."""
        world = Items(tuple(map(F, values)), chances)
        assert best(Revenue(), [BIC, IIR], world, 2) == bayesian
        assert best(Revenue(), [SP, IR], world, 2) == dominant


def _sold(world: Items, menu: tuple[int, ...]) -> Fraction:
    """The revenue of prices for the first item, the second, and both; ties go to the seller."""
    first, second, both = menu
    total = F(0)
    for type_ in world.types(0):
        offers = [(F(0), F(0)), (type_[0] - first, F(first)), (type_[1] - second, F(second))]
        offers.append((type_[0] + type_[1] - both, F(both)))
        total += world.likely(type_) * max(offers)[1]
    return total


class TestCorrelatedValues:
    """Where values are correlated, interim rationality leaves the seller the whole surplus (Crémer,
    McLean 1988); ex post it does not."""

    @pytest.mark.parametrize(
        ("axioms", "revenue"), [([SP, IIR], F(8, 5)), ([BIC, IIR], F(8, 5)), ([SP, IR], F(3, 2))]
    )
    def test_revenue(self, axioms: list[Any], revenue: Fraction) -> None:
        assert best(Revenue(), axioms, Correlated(), 2) == revenue

    def test_independent(self) -> None:
        assert best(Revenue(), [SP, IIR], Correlated(F(1, 2)), 2) == F(3, 2)


class TestBilateralTrade:
    """The gains from trade that rational agents realise without a subsidy (Myerson, Satterthwaite
    1983): 9/64 in the continuum, and 1/8 in dominant strategies."""

    @pytest.mark.parametrize(
        ("k", "gains"), [(5, F(4, 25)), (10, F(189, 1250)), (20, F(323, 2200))]
    )
    def test_bayesian(self, k: int, gains: Fraction) -> None:
        assert best(Welfare(), [BIC, IIR, BB], Trade(k), 2) == gains

    @pytest.mark.parametrize("k", [4, 10])
    def test_dominant(self, k: int) -> None:
        gains = F(1, 8) + F(1, 8 * k) - F(1, 4 * k * k)
        assert best(Welfare(), [SP, IR, BB], Trade(k), 2) == gains
        assert gains == max(_posted(k, price) for price in Trade(k).types(0))

    def test_five_values_can_be_traded_efficiently(self) -> None:
        """On a coarse grid the impossibility does not show."""
        assert best(Welfare(), [BIC, IIR, BB], Trade(5), 2) == best(Welfare(), [], Trade(5), 2)
        assert best(Welfare(), [BIC, IIR, BB], Trade(10), 2) < best(Welfare(), [], Trade(10), 2)


def _posted(k: int, price: Fraction) -> Fraction:
    """The gains from trade at a posted price."""
    values = Trade(k).types(0)
    traded = (v - c for v, c in product(values, repeat=2) if v >= price >= c)
    return sum(traded, F(0)) / k**2


class TestPublicGood:
    """Two agents, values 1/5 or 1: what dominant strategies and a balanced budget cost."""

    @pytest.mark.parametrize(
        ("price", "first_best", "bayesian", "dominant", "dominant_on_average"),
        [
            (F(1), F(7, 20), F(1, 3), F(5, 16), F(1, 3)),
            (F(11, 10), F(11, 40), F(9, 35), F(81, 320), F(9, 35)),
        ],
    )
    def test_welfare(
        self,
        price: Fraction,
        first_best: Fraction,
        bayesian: Fraction,
        dominant: Fraction,
        dominant_on_average: Fraction,
    ) -> None:
        world, average = PublicGood(price), BudgetBalancedOnAverage()
        assert best(Welfare(), [], world, 2) == first_best
        assert best(Welfare(), [BIC, IIR, BB], world, 2) == bayesian
        assert best(Welfare(), [BIC, IIR, average], world, 2) == bayesian
        assert best(Welfare(), [SP, IR, BB], world, 2) == dominant
        assert best(Welfare(), [SP, IR, average], world, 2) == dominant_on_average


class TestWithoutMoney:
    """A lottery may do better than every rule (Conitzer, Sandholm 2002)."""

    def test_lottery(self) -> None:
        assert best(Welfare(), [SP], Tables(), 2) == F(37, 8)

    def test_rules(self) -> None:
        """All 81 rules, tried one by one."""
        world, types = Tables(), ("first", "second")
        profiles = list(product(types, repeat=2))
        values: list[Fraction] = []
        for chosen in product("xyz", repeat=4):
            rule = dict(zip(profiles, chosen, strict=True))
            if all(
                world.value(agent, profile[agent], rule[profile])
                >= world.value(agent, profile[agent], rule[lied])
                for agent in range(2)
                for profile in profiles
                for lied in profiles
                if lied[1 - agent] == profile[1 - agent]
            ):
                worth = (world.value(i, p[i], rule[p]) for p in profiles for i in range(2))
                values.append(sum(worth, F(0)) / 4)
        assert max(values) == F(9, 2)


class TestRedistribution:
    """The share of the Vickrey payment that can be paid back at worst (Guo, Conitzer 2009)."""

    @pytest.mark.parametrize(
        ("agents", "share"), [(3, F(1, 3)), (4, F(4, 7)), (5, F(11, 15)), (6, F(26, 31))]
    )
    def test_one_unit(self, agents: int, share: Fraction) -> None:
        draft = Draft()
        worst = draft.variables("share")
        paid = draft.variables("c[{0}]", (range(agents - 1),), low=None)
        for high in range(agents + 1):  # the first ``high`` of the sorted values are 1, others 0
            back = [F(0)] * (agents - 1)
            for agent in range(agents):
                others = [int(k < high) for k in range(agents) if k != agent]
                back = [b + o for b, o in zip(back, others, strict=True)]
            vickrey = int(high >= 2)
            name = f"of {high} high values "
            draft.at_most(name + "no deficit", (), vickrey, Terms(paid, back))
            draft.at_least(name + "the share", (), 0, Terms(paid, back), Terms(worst, -vickrey))
        found = draft.maximize(Terms(worst)).solve()
        assert isinstance(found, Optimum)
        assert found.value == share
        below = sum(comb(agents - 1, j) for j in range(1, agents))
        assert share == 1 - F(comb(agents - 1, 1), below)


class TestRandomRankAlone:
    """Random Rank is the only mixture of phantom medians that is unanimous and strongly
    proportional in expectation: its lottery is forced at every profile."""

    @pytest.mark.parametrize(("agents", "steps"), [(2, 3), (3, 2)])
    def test_every_probability_is_forced(self, agents: int, steps: int) -> None:
        points = [F(k, steps) for k in range(steps + 1)]
        inner = [p for p in product(points, repeat=agents - 1) if list(p) == sorted(p)]
        phantoms = [(points[0], *p, points[-1]) for p in inner]  # the outer ones: unanimity
        forced = 0
        for profile in product(points, repeat=agents):
            if list(profile) != sorted(profile):
                continue
            for place in set(profile):
                share = F(profile.count(place), agents)
                for sign in (1, -1):
                    draft = Draft()
                    weight = draft.variables("w[{0}]", (range(len(phantoms)),))
                    draft.equal("weights sum to 1", (), 1, Terms(weight))
                    for a, b in product(points, repeat=2):
                        for k in range(1, agents):
                            if a < b:
                                at = (*[a] * (agents - k), *[b] * k)
                                mean = a + (b - a) * F(k, agents)
                                built = [_median(at, p) for p in phantoms]
                                name = f"{k} at {b}, others at {a}"
                                draft.equal(name, (), mean, Terms(weight, built))
                    hits = [sign * int(_median(profile, p) == place) for p in phantoms]
                    found = draft.minimize(Terms(weight, hits)).solve()
                    assert isinstance(found, Optimum)
                    assert sign * found.value == share
                    forced += 1
        assert forced > 10


def _median(reports: tuple[Fraction, ...], phantoms: tuple[Fraction, ...]) -> Fraction:
    points = sorted((*reports, *phantoms))
    return points[len(points) // 2]
