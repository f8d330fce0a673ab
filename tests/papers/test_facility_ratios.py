r"""Worst ratios of the mechanisms on [0, 1], each at its worst profile and against small grids.

With :math:`W(n) = \max_k a/(a^2 + (1-a)^2)`, :math:`a = k/n`, and the families

.. math:: E = (0^{n-1}, 1), \quad E' = (0^{n-1}, 1/n), \quad H_k = (0^{n-k}, 1^k).

A number that is known from a search only is tested to be attained, not to be the largest.

Sources: Procaccia, Tennenholtz, EC 2009; Aziz, Lam, Lee, Walsh, arXiv:2111.01566 and 2205.14798;
Walsh, arXiv:2506.10460.  Values not found in them were derived here or found by exhaustion.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import UNIT, Profile, exact, points

from mechsim import Instance, Population
from mechsim._numbers import is_ball
from mechsim.axioms import IndividualFairShare, UnanimousFairShare, fair_interval
from mechsim.catalogue import Increasing
from mechsim.facility import (
    AverageOrRandomRank,
    ConstrainedMedian,
    HighMedian,
    LeftRightMiddle,
    Mean,
    Median,
    MidOrNearest,
    Midrange,
    OrderStatistic,
    PhantomMedian,
    RandomDictatorship,
    RandomRank,
    UniformPhantom,
)
from mechsim.objectives import (
    ComplementedGini,
    Egalitarian,
    EnvyRatio,
    Gini,
    MaxCost,
    NashWelfare,
    Objective,
    OfExpectation,
    SquaredCost,
    TotalCost,
    Utilitarian,
    evaluate,
    optimum,
    ratio,
    ratios,
)
from mechsim.objectives.ratio import over_optimum

F = Fraction
INF = math.inf
SC, MC, SQ, UW, EW = TotalCost(), MaxCost(), SquaredCost(), Utilitarian(), Egalitarian()
CG, NW = ComplementedGini(), NashWelfare()
SUPREMUM = (1 + math.sqrt(2)) / 2
AGENTS = range(2, 7)
GRIDS = {2: 12, 3: 6, 4: 4}
"""Steps of the grids that are exhausted exactly, by the number of agents."""
FINE = {2: 60, 3: 24, 4: 12, 5: 10, 6: 8}
"""Steps of the grids that are exhausted in floats."""

Formula = Callable[[int], Any]
Where = Callable[[int], Profile]


def here(profile: Profile) -> Instance:
    return Instance(UNIT, profile)


def groups(*sizes: tuple[Fraction | int, int]) -> Profile:
    """So many agents at each place."""
    return tuple(F(place) for place, size in sizes for _ in range(size))


def far(n: int) -> Profile:
    """E: one agent at the other end."""
    return groups((0, n - 1), (1, 1))


def near(n: int) -> Profile:
    """E': one agent a step of 1/n away."""
    return groups((0, n - 1), (F(1, n), 1))


def half(n: int) -> Profile:
    """H: the smaller half of the agents at the upper end."""
    return groups((0, n - n // 2), (1, n // 2))


def most(n: int) -> Profile:
    """All but one at the upper end."""
    return groups((0, 1), (1, n - 1))


def shifted(n: int) -> Profile:
    """All but one at 1 - 1/n."""
    return groups((0, 1), (1 - F(1, n), n - 1))


def to_the_middle(n: int) -> Profile:
    """All but one at an end, the last in the middle."""
    return groups((0, n - 1), (F(1, 2), 1))


def split(n: int) -> Profile:
    """H where W(n) is attained."""
    shares = [F(k, n) for k in range((n + 1) // 2, n)]
    best = max(shares, key=bent)
    return groups((0, int(n * best)), (1, n - int(n * best)))


def bent(a: Fraction) -> Fraction:
    return a / (a * a + (1 - a) * (1 - a))


def w(n: int) -> Fraction:
    return max(bent(F(k, n)) for k in range((n + 1) // 2, n + 1))


def halves(n: int) -> Fraction:
    """2 for even n, 2n/(n+1) for odd n."""
    return F(2) if n % 2 == 0 else F(2 * n, n + 1)


def nash_split(n: int) -> Profile:
    """A group at its share of the line, as large as is worst for the product."""
    k = 2 if n == 6 else 1
    return groups((0, n - k), (F(k, n), k))


def middle_gini(n: int) -> Fraction:
    b = max((F(k, n) for k in range(n)), key=lambda b: b * (1 - b) / (1 + b))
    return 1 / (1 - b * (1 - b) / (1 + b))


def worst_middle(n: int) -> Profile:
    k = max(range(1, n), key=lambda k: F(k, n) * (1 - F(k, n)) / (1 + F(k, n)))
    return groups((0, n - k), (F(1, 2), k))


def welfare_of_ifs(n: int) -> Fraction:
    return F(n * (n - 1), (n - 1) ** 2 + 1)


TABLE: dict[Any, dict[Objective, tuple[Formula, Where]]] = {
    Median(UNIT): {
        SC: (lambda n: 1, far),
        MC: (lambda n: 2, far),
        SQ: (halves, half),
        UW: (lambda n: 1, far),
        EW: (lambda n: INF, far),
        CG: (halves, half),
        NW: (lambda n: INF, far),
    },
    OrderStatistic(1, UNIT): {
        SC: (lambda n: n - 1, most),
        MC: (lambda n: 2, far),
        SQ: (lambda n: n, most),
        UW: (lambda n: n - 1, most),
        EW: (lambda n: INF, far),
        CG: (lambda n: n, most),
        NW: (lambda n: INF, far),
    },
    Mean(UNIT): {
        SC: (lambda n: 2 - F(2, n), far),
        MC: (lambda n: 2 - F(2, n), far),
        SQ: (lambda n: 1, far),
        UW: (w, split),
        EW: (lambda n: F(n, 2), far),
    },
    Midrange(UNIT): {
        SC: (lambda n: F(n, 2), far),
        MC: (lambda n: 1, far),
        SQ: (lambda n: max(F(1), F(n * n, 4 * (n - 1))), far),
        UW: (lambda n: 2 - F(2, n), far),
        EW: (lambda n: 1, far),
        EnvyRatio(): (lambda n: 1, far),
    },
    UniformPhantom(UNIT): {
        SC: (lambda n: n - 1, near),
        MC: (lambda n: 2, near),
        SQ: (lambda n: n, near),
        UW: (w, split),
        EW: (lambda n: F(n + 1, 2), shifted),
        NW: (lambda n: (F(9, 8), F(3, 2), F(16, 9), F(125, 64), F(9, 4))[n - 2], nash_split),
    },
    ConstrainedMedian(UNIT): {
        SC: (lambda n: n - 1, near),
        MC: (lambda n: 2, near),
        SQ: (lambda n: n, near),
        UW: (welfare_of_ifs, far),
        EW: (lambda n: F(n + 1, 2), shifted),
    },
    MidOrNearest(UNIT): {
        SC: (lambda n: n - 1, to_the_middle),
        MC: (lambda n: 2, to_the_middle),
        SQ: (lambda n: n, to_the_middle),
        UW: (lambda n: 2 - F(2, n), far),
        EW: (lambda n: F(3, 2), to_the_middle),
        CG: (middle_gini, worst_middle),
        NW: (lambda n: F(9, 8) if n == 2 else 2 ** (n - 2), to_the_middle),
        EnvyRatio(): (lambda n: 2, to_the_middle),
    },
    RandomRank(UNIT): {
        SC: (lambda n: 2 - F(2, n), far),
        MC: (lambda n: 2, far),
        SQ: (lambda n: 2, far),
        UW: (w, split),
        EW: (lambda n: INF, far),
        CG: (lambda n: 2 if n % 2 == 0 else F(2 * n * n, n * n + 1), half),
        NW: (lambda n: INF, far),
    },
    AverageOrRandomRank(F(1, 2), UNIT): {
        SC: (lambda n: 2 - F(2, n), far),
        MC: (lambda n: 2 - F(1, n), far),
        SQ: (lambda n: F(3, 2), far),
        UW: (w, split),
        EW: (lambda n: n, far),
    },
    LeftRightMiddle(UNIT): {
        SC: (lambda n: F(n, 2), far),
        MC: (lambda n: F(3, 2), far),
        UW: (lambda n: 2 - F(2, n), far),
        EW: (lambda n: 2, far),
        CG: (lambda n: F(4, 3), far),  # for no more than 8 agents
    },
}
CELLS = [
    pytest.param(mechanism, objective, *cell, id=f"{type(mechanism).__name__}-{objective.heading}")
    for mechanism, row in TABLE.items()
    for objective, cell in row.items()
]


@pytest.mark.parametrize(("mechanism", "objective", "value", "where"), CELLS)
class TestTable:
    """Every cell is attained at its profile, and exceeded at none of the small grids."""

    def test_attained(
        self, mechanism: Any, objective: Objective, value: Formula, where: Where
    ) -> None:
        for n in AGENTS:
            assert ratio(mechanism, objective, here(where(n))) == value(n), n

    def test_exhausted(
        self, mechanism: Any, objective: Objective, value: Formula, where: Where
    ) -> None:
        for n, steps in GRIDS.items():
            for instance in Increasing(UNIT.grid(steps), agents=n):
                found = ratio(mechanism, objective, instance)
                assert not found > value(n), instance

    def test_exhausted_in_floats(
        self, mechanism: Any, objective: Objective, value: Formula, where: Where
    ) -> None:
        for n, steps in FINE.items():
            listed = combinations_with_replacement(np.arange(steps + 1) / steps, n)
            found = ratios(mechanism, objective, UNIT, np.array(list(listed)))
            assert found.max() <= float(value(n)) * (1 + 1e-9), n


class TestSameLottery:
    """Random dictatorship is Random Rank, and the high median the low one seen from above."""

    @given(x=st.lists(points, min_size=2, max_size=5).map(tuple))
    def test_ratios(self, x: Profile) -> None:
        mirrored = tuple(1 - p for p in x)
        for objective in (SC, MC, SQ, UW, EW, CG):
            ranked = ratio(RandomRank(), objective, here(x))
            assert ratio(RandomDictatorship(), objective, here(x)) == ranked
            low = ratio(Median(), objective, here(mirrored))
            assert ratio(HighMedian(), objective, here(x)) == low


class TestOrderStatistics:
    """The k-th report has the ratio max((k-1)/(n-k+1), (n-k)/k) of total cost, if that is above 1.

    With k - 1 agents at one end and the others at the other, or n - k of them.
    """

    @pytest.mark.parametrize("n", AGENTS)
    def test_attained_and_exhausted(self, n: int) -> None:
        for k in range(1, n + 1):
            left, right = F(k - 1, n - k + 1), F(n - k, k)
            value = max(F(1), left, right)
            below = groups((0, k - 1), (1, n - k + 1))
            above = groups((0, k), (1, n - k))
            worst = below if left > right else above
            assert ratio(OrderStatistic(k), SC, here(worst)) == value
            assert ratio(OrderStatistic(k), MC, here(far(n) if k < n else most(n))) == 2
            if n in GRIDS:
                for instance in Increasing(UNIT.grid(GRIDS[n]), agents=n):
                    assert ratio(OrderStatistic(k), SC, instance) <= value
                    assert ratio(OrderStatistic(k), MC, instance) <= 2


class TestEveryProfileAlike:
    """Random Rank's squared cost is twice the least at every profile, the mixture's 3/2 of it."""

    @given(x=st.lists(points, min_size=2, max_size=6).map(tuple))
    def test_squares(self, x: Profile) -> None:
        differ = len(set(x)) > 1
        assert ratio(RandomRank(), SQ, here(x)) == (2 if differ else 1)
        assert ratio(AverageOrRandomRank(), SQ, here(x)) == (F(3, 2) if differ else 1)


class TestExAnte:
    """Least utilities before the draw: LRM is optimal, the mean's mixtures are far from it."""

    def test_left_right_middle(self) -> None:
        for n, steps in GRIDS.items():
            for instance in Increasing(UNIT.grid(steps), agents=n):
                assert ratio(LeftRightMiddle(), EW, instance, OfExpectation()) == 1

    @pytest.mark.parametrize("mechanism", [RandomRank(), AverageOrRandomRank()])
    def test_one_far_agent(self, mechanism: Any) -> None:
        """It expects 1/n, where 1/2 could be had by all."""
        for n in AGENTS:
            assert ratio(mechanism, EW, here(far(n)), OfExpectation()) == F(n, 2)


class TestWelfareOfProportionalRules:
    """W(n) stays below (1 + sqrt 2)/2 and comes as near to it as one likes."""

    def test_values(self) -> None:
        assert [w(n) for n in AGENTS] == [1, F(6, 5), F(6, 5), F(20, 17), F(6, 5)]

    @given(n=st.integers(1, 200))
    def test_bound(self, n: int) -> None:
        """a/(a^2 + (1-a)^2) is largest at a = 1/sqrt 2, which no fraction is."""
        assert float(w(n)) < SUPREMUM
        assert float(bent(F(round(n * math.sqrt(1 / 2)), n))) > SUPREMUM - 2 / n**2

    def test_forty_agents(self) -> None:
        x = here(split(40))
        assert ratio(UniformPhantom(), UW, x) == ratio(Mean(), UW, x) == w(40)


class TestLeftRightMiddleSquared:
    """Its squared cost: values found by search for two and three agents, then 3n^2/(8(n-1))."""

    @pytest.mark.parametrize(
        ("profile", "value"),
        [
            (far(2), F(3, 2)),
            ((F(0), F(1, 2), F(1)), F(7, 4)),
            (far(4), F(2)),
            (far(5), F(75, 32)),
            (far(6), F(27, 10)),
        ],
    )
    def test_attained(self, profile: Profile, value: Fraction) -> None:
        n = len(profile)
        assert ratio(LeftRightMiddle(), SQ, here(profile)) == value
        if n >= 4:
            assert value == F(3 * n * n, 8 * (n - 1))
        listed = combinations_with_replacement(np.arange(FINE[n] + 1) / FINE[n], n)
        found = ratios(LeftRightMiddle(), SQ, UNIT, np.array(list(listed)))
        assert found.max() <= float(value) + 1e-9


class TestComplementedGini:
    """Families on which the ratio of 1 - G is as large as the searches found."""

    def crowd(self, *classes: tuple[Fraction | int, int]) -> Instance:
        places, sizes = zip(*classes, strict=True)
        return Instance(UNIT, Population(tuple(map(F, places)), sizes))

    def test_uniform_phantom(self) -> None:
        """Groups at 0 and at b, where b is the share of the second: it builds at b."""
        for n, k, value in ((2, 1, F(6, 5)), (3, 2, F(21, 17)), (1_000, 639, F(1_237, 1_000))):
            b = F(k, n)
            found = ratio(UniformPhantom(), CG, self.crowd((0, n - k), (b, k)))
            assert found == 1 / (1 - b * b * (1 - b) / (b + (1 - b) ** 2))
            assert found >= value

    def test_mean(self) -> None:
        """A share b at the upper end: 20/17 for a quarter, and 1.1767 at most."""
        shares = [F(k, 400) for k in range(1, 400)]
        found = [
            ratio(Mean(), CG, self.crowd((0, 400 - int(400 * b)), (1, int(400 * b))))
            for b in shares
        ]
        assert found[99] == F(20, 17)
        assert found == [
            1 / (1 - b * (1 - b) * abs(1 - 2 * b) / (b * b + (1 - b) ** 2)) for b in shares
        ]
        assert 1.1766 < float(max(found)) < 1.1768

    def test_midrange(self) -> None:
        """Optimal for up to three agents; with many at an end and in the middle (1 + sqrt 2)/2."""
        for n in (2, 3):
            for instance in Increasing(UNIT.grid(8), agents=n):
                assert ratio(Midrange(), CG, instance) == 1
        found = [
            float(ratio(Midrange(), CG, self.crowd((0, k), (F(1, 2), 10**e - k - 1), (1, 1))))
            for e, k in ((1, 6), (2, 59), (4, 5_858))
        ]
        assert found == sorted(found)
        assert SUPREMUM - 1e-3 < found[-1] < SUPREMUM

    def test_mid_or_nearest(self) -> None:
        """6/5, but 35/29 for five agents; (1 + sqrt 2)/2 at the share sqrt 2 - 1."""
        assert [middle_gini(n) for n in AGENTS] == [F(6, 5)] * 3 + [F(35, 29), F(6, 5)]
        found = ratio(MidOrNearest(), CG, self.crowd((0, 5_858), (F(1, 2), 4_142)))
        assert SUPREMUM - 1e-6 < float(found) < SUPREMUM

    def test_constrained_median(self) -> None:
        """Half at each end: 1/n is hardly better than the end itself."""
        found = [ratio(ConstrainedMedian(), CG, here(half(n))) for n in range(2, 41, 2)]
        assert found == sorted(found)
        assert 1.9 < found[-1] < 2

    def test_average_or_random_rank(self) -> None:
        """Thirteen against seven."""
        found = ratio(AverageOrRandomRank(), CG, self.crowd((0, 13), (1, 7)))
        assert found == F(43_600, 30_951)
        assert found > F(1_408, 1_000)

    def test_left_right_middle(self) -> None:
        """4/3 for few agents, and more from ten on: 1.3387, and 1.40 with a thousand."""
        ten = self.crowd((0, 7), (F(1, 2), 2), (1, 1))
        assert ratio(LeftRightMiddle(), CG, ten) == F(6_288, 4_697)
        many = self.crowd((0, 750), (F(1, 2), 249), (1, 1))
        assert float(ratio(LeftRightMiddle(), CG, many)) > 1.4


class TestNashWelfare:
    """Geometric means: Uniform Phantom loses at most a sixth of them as far as is known."""

    def test_geometric_means(self) -> None:
        products = [TABLE[UniformPhantom(UNIT)][NW][0](n) for n in AGENTS]
        roots = [float(p) ** (1 / n) for p, n in zip(products, AGENTS, strict=True)]
        assert roots[:4] == pytest.approx([1.0607, 1.1447, 1.1547, 1.1433], abs=5e-5)
        assert all(root < 1.1561 for root in roots)

    def test_the_family(self) -> None:
        """A share b of the agents at b: (1 - b)^(2b - 1), about 1.156 at b = 0.27."""
        share = F(27, 100)
        x = groups((0, 73), (share, 27))
        found = ratio(UniformPhantom(), NW, here(x))
        assert found == (1 - share) ** -46
        assert float(found) ** (1 / 100) == pytest.approx(1.1558, abs=1e-4)

    @pytest.mark.parametrize("n", range(1, 8))
    def test_uniform_phantom_is_optimal_at_the_ends(self, n: int) -> None:
        for k in range(n + 1):
            assert ratio(UniformPhantom(), NW, here(groups((0, n - k), (1, k)))) == 1

    def test_the_mean_of_mid_or_nearest_tends_to_two(self) -> None:
        found = [float(2 ** (n - 2)) ** (1 / n) for n in (3, 10, 100, 1_000)]
        assert found == sorted(found)
        assert found[-1] > 1.99


class TestFloors:
    """What fair share costs any mechanism, whether strategyproof or not (arXiv:2111.01566)."""

    def floor(self, objective: Objective, axiom: Any, profile: Profile) -> Any:
        best = optimum(objective, here(profile), within=fair_interval(axiom, here(profile)))
        return over_optimum(objective, best.value, optimum(objective, here(profile)).value)

    @pytest.mark.parametrize("n", AGENTS)
    def test_individual_fair_share(self, n: int) -> None:
        """At (0, .., 0, 1) the facility is at 1/n or above: that costs welfare and distance."""
        assert fair_interval(IndividualFairShare(), here(far(n)))[0] == F(1, n)
        assert self.floor(UW, IndividualFairShare(), far(n)) == welfare_of_ifs(n)
        assert welfare_of_ifs(n) == 1 + F(n - 2, n * n - 2 * n + 2)
        assert self.floor(SC, IndividualFairShare(), far(n)) == 2 - F(2, n)

    @pytest.mark.parametrize("n", AGENTS)
    def test_unanimous_fair_share(self, n: int) -> None:
        """With all at the ends the place is the share of those at the upper end."""
        for k in range(1, n):
            ends = groups((0, n - k), (1, k))
            assert fair_interval(UnanimousFairShare(), here(ends)) == (F(k, n), F(k, n))
        assert self.floor(UW, UnanimousFairShare(), split(n)) == w(n)

    def test_the_mean_is_fair_and_nearer_to_the_least_total_cost_than_uniform_phantom(self) -> None:
        """So the latter is the best of the strategyproof ones only."""
        for n in range(3, 7):
            assert TABLE[Mean(UNIT)][SC][0](n) < TABLE[UniformPhantom(UNIT)][SC][0](n)

    def test_against_every_fair_place(self) -> None:
        """The floor is the least over the whole interval, not only at its ends."""
        for objective in (SC, MC, SQ, UW, EW, NW, CG, EnvyRatio()):
            for n in (2, 3, 4):
                low, high = fair_interval(UnanimousFairShare(), here(near(n)))
                best = optimum(objective, here(near(n)), within=(low, high))
                if is_ball(best.value):
                    continue
                for k in range(25):
                    value = evaluate(objective, here(near(n)), low + (high - low) * F(k, 24))
                    worse = value >= best.value if objective.minimised else value <= best.value
                    assert worse, (objective, n, k)


phantoms = st.integers(2, 6).flatmap(
    lambda n: st.lists(points, min_size=n - 1, max_size=n - 1).map(lambda p: tuple(sorted(p)))
)


class TestNoStrategyproofRuleDoesBetter:
    """Lower bounds for anonymous unanimous strategyproof rules: medians with n - 1 phantoms.

    With the agents at the ends such a rule builds at some y, say at 1/2 or above.  Moving those at
    1 to y one by one changes nothing, so that it builds at y also when they all are there.
    """

    @given(p=phantoms)
    def test_ratios(self, p: tuple[Fraction, ...]) -> None:
        n = len(p) + 1
        k = n // 2
        rule = PhantomMedian(p)
        y = exact(rule(groups((0, n - k), (1, k))))
        moved = groups((0, n - k), (y, k)) if y >= F(1, 2) else groups((y, n - k), (1, k))
        assert rule(moved) == y
        assert ratio(rule, MC, here(moved)) == 2
        assert ratio(rule, EW, here(moved)) >= F(3, 2)
        assert ratio(rule, EnvyRatio(), here(moved)) >= 2
        assert ratio(rule, Gini(), here(moved)) == INF
        if n % 2 == 0:
            assert ratio(rule, CG, here(moved)) >= F(6, 5)
        if n == 2:
            assert ratio(rule, NW, here(moved)) >= F(9, 8)

    @given(p=phantoms)
    def test_total_cost_of_fair_ones(self, p: tuple[Fraction, ...]) -> None:
        """With its phantoms in [1/n, 1 - 1/n], n - 1 agents at 0 and one at the first phantom."""
        n = len(p) + 1
        fair = tuple(F(1, n) + (1 - F(2, n)) * x for x in p)
        rule = PhantomMedian(fair)
        x = groups((0, n - 1), (fair[0], 1))
        assert rule(x) == fair[0]
        assert ratio(rule, SC, here(x)) == n - 1

    def test_they_are_attained(self) -> None:
        """MidOrNearest has the least ratio of least utility, of envy, and of 1 - G for two."""
        assert {TABLE[MidOrNearest(UNIT)][EW][0](n) for n in AGENTS} == {F(3, 2)}
        assert TABLE[MidOrNearest(UNIT)][NW][0](2) == F(9, 8)
        assert middle_gini(2) == F(6, 5)


class TestGiniIsUnbounded:
    """No strategyproof rule bounds the ratio of the Gini index (arXiv:2506.10460, Theorem 1).

    All are equal at 1/4 for (0, 1/2) and at 1/2 for (0, 1).  A rule that builds there gains the
    agent at 1/2 by reporting 1: it is built where it stands.
    """

    @given(p=points)
    def test_two_profiles_are_enough(self, p: Fraction) -> None:
        rule = PhantomMedian((p,))
        found = [ratio(rule, Gini(), here((F(0), x))) for x in (F(1, 2), F(1))]
        assert INF in found

    def test_the_lie(self) -> None:
        for rule in (Midrange(), Mean()):
            assert [rule((F(0), x)) for x in (F(1, 2), F(1))] == [F(1, 4), F(1, 2)]
            assert ratio(rule, Gini(), here((F(0), F(1, 2)))) == 1
