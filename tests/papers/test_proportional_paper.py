"""Strategyproof and proportional facility location (Aziz, Lam, Lee, Walsh, arXiv:2111.01566)."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb, sqrt

import pytest
from finite_rules import (
    Demand,
    Points,
    Rules,
    Table,
    by_distance,
    generalized_median,
    grid,
    individual_fair_share,
    monotone_heights,
    pareto_optimal,
    proportional,
    proportionally_fair,
    unanimous,
    unanimous_fair_share,
    uniform_phantom,
    with_phantoms,
)
from hypothesis import given
from strategies import Profile, points, profiles

Rule = Callable[[Points], Fraction]
Ratio = Callable[[Points, Fraction], Fraction]
SIZES = pytest.mark.parametrize(
    ("agents", "steps"), [(2, 2), (2, 4), (3, 3), (3, 6)], ids=lambda k: str(k)
)


def mean(x: Points) -> Fraction:
    return sum(x, Fraction(0)) / len(x)


def constrained_median(x: Points) -> Fraction:
    """Phantoms at 1/n, one more of them if there is an odd one, and at 1 - 1/n."""
    n = len(x)
    return with_phantoms(x, [Fraction(1, n)] * (n // 2) + [1 - Fraction(1, n)] * ((n - 1) // 2))


def near_ends(n: int) -> Points:
    """The ends and the phantoms of the constrained median."""
    return tuple(sorted({*grid(1), Fraction(1, n), 1 - Fraction(1, n)}))


def mid_or_nearest(x: Points) -> Fraction:
    """All phantoms at 1/2."""
    return with_phantoms(x, [Fraction(1, 2)] * (len(x) - 1))


def total_cost(x: Points, y: Fraction) -> Fraction:
    return sum((abs(y - report) for report in x), Fraction(0))


def cost_ratio(x: Points, y: Fraction) -> Fraction:
    """The total cost over the least, which the median has; 1 where both are nothing."""
    least = total_cost(x, sorted(x)[len(x) // 2])
    if not least:
        assert y == x[0], "where all agree the ratio is unbounded unless they are served"
        return Fraction(1)
    return total_cost(x, y) / least


def welfare_ratio(x: Points, y: Fraction) -> Fraction:
    """The most that utilities, 1 less the distance, can sum to, over what they sum to."""
    n = len(x)
    return (n - total_cost(x, sorted(x)[n // 2])) / (n - total_cost(x, y))


def worst(ratio: Ratio, rule: Rule, places: Points, n: int) -> Fraction:
    r"""The largest ratio over all profiles of ``n`` agents on [0, 1], exactly.

    ``places`` are 0, 1 and the rule's phantoms.  Between the hyperplanes where two reports or a
    report and a phantom coincide, the rule and the median follow one report or stay, so both sides
    of the ratio are linear there.  Such a ratio is largest at a corner, where every report is at
    one of ``places``; a corner where both sides are nothing does not count.
    """
    return max(ratio(x, rule(x)) for x in combinations_with_replacement(places, n))


class TestMoulin:
    """The strategyproof rules of the grid are the medians with phantoms, or generalized medians.

    Preferences are all single-peaked ones; Moulin (1980).
    """

    @SIZES
    def test_anonymous_rules(self, agents: int, steps: int) -> None:
        """As many as there are n + 1 phantoms on m points: C(m + n, n + 1) of them."""
        places = grid(steps)
        found = list(Rules(places, places, agents, anonymous=True))
        assert len(found) == comb(steps + 1 + agents, agents + 1)
        medians = [
            {x: with_phantoms(x, phantoms) for x in found[0]}
            for phantoms in combinations_with_replacement(places, agents + 1)
        ]
        assert all(median in found for median in medians)
        assert len({tuple(median.values()) for median in medians}) == len(found)

    @SIZES
    def test_anonymous_unanimous_rules(self, agents: int, steps: int) -> None:
        """As many as there are n - 1 phantoms on m points; unanimous ones are Pareto optimal."""
        places = grid(steps)
        for demand in (unanimous, pareto_optimal):
            rules = Rules(places, places, agents, demands=(demand,), anonymous=True)
            assert rules.count() == comb(steps + agents - 1, agents - 1)

    @pytest.mark.parametrize(
        ("agents", "steps", "number"), [(2, 2, 20), (2, 4, 105), (3, 2, 168)], ids=lambda k: str(k)
    )
    def test_rules_that_know_names(self, agents: int, steps: int, number: int) -> None:
        places = grid(steps)
        found = list(Rules(places, places, agents))
        wanted = [
            {x: generalized_median(x, heights) for x in found[0]}
            for heights in monotone_heights(places, agents)
        ]
        assert len(found) == len(wanted) == number
        assert all(rule in wanted for rule in found)

    @pytest.mark.parametrize(
        ("agents", "steps", "medians", "number"),
        [(2, 2, 3, 5), (2, 3, 4, 10), (2, 4, 5, 20), (3, 2, 6, 14), (3, 3, 10, 43)],
        ids=lambda k: str(k),
    )
    def test_there_are_more_if_only_distance_hurts(
        self, agents: int, steps: int, medians: int, number: int
    ) -> None:
        """On a grid, agents who mind both directions alike are easier to be truthful for."""
        places = grid(steps)
        rules = [
            Rules(places, places, agents, demands=(pareto_optimal,), anonymous=True),
            Rules(places, places, agents, by_distance, (pareto_optimal,), anonymous=True),
        ]
        assert [family.count() for family in rules] == [medians, number]


class TestIndividualFairShare:
    """Unanimous strategyproof rules give it iff their phantoms are from 1/n to 1 - 1/n."""

    @pytest.mark.parametrize(
        ("agents", "steps", "number"), [(2, 4, 1), (3, 3, 3), (3, 6, 6), (4, 4, 10)], ids=str
    )
    def test_anonymous_rules(self, agents: int, steps: int, number: int) -> None:
        places = grid(steps)
        demands = (unanimous, individual_fair_share)
        found = list(Rules(places, places, agents, demands=demands, anonymous=True))
        inside = [y for y in places if Fraction(1, agents) <= y <= 1 - Fraction(1, agents)]
        wanted = [
            {x: with_phantoms(x, phantoms) for x in found[0]}
            for phantoms in combinations_with_replacement(inside, agents - 1)
        ]
        assert len(found) == len(wanted) == number
        assert all(rule in wanted for rule in found)

    def test_rules_that_know_names(self) -> None:
        """Then what groups that are not everybody can do is from 1/n to 1 - 1/n."""
        places = grid(3)
        found = list(Rules(places, places, 3, demands=(unanimous, individual_fair_share)))
        wanted = [
            {x: generalized_median(x, heights) for x in found[0]}
            for heights in monotone_heights(places, 3)
            if heights[0] == 0
            and heights[-1] == 1
            and all(Fraction(1, 3) <= height <= Fraction(2, 3) for height in heights[1:-1])
        ]
        assert len(found) == len(wanted) == 18
        assert all(rule in wanted for rule in found)


class TestUniformPhantomIsTheOnlyOne:
    """Of all strategyproof rules only Uniform Phantom is fair to groups of one mind."""

    @pytest.mark.parametrize(("agents", "steps"), [(2, 4), (3, 3), (2, 6)], ids=str)
    @pytest.mark.parametrize(
        "demands",
        [
            pytest.param((unanimous, proportional), id="unanimous and proportional"),
            pytest.param((unanimous_fair_share,), id="unanimous fair share"),
            pytest.param((proportionally_fair,), id="proportionally fair"),
        ],
    )
    def test_nothing_else_is_left(
        self, agents: int, steps: int, demands: tuple[Demand, ...]
    ) -> None:
        """Anonymity comes for free; all three demands leave the same."""
        found = list(Rules(grid(steps), grid(steps), agents, demands=demands))
        assert found == [{x: uniform_phantom(x) for x in product(grid(steps), repeat=agents)}]

    def test_distance_leaves_sixteen_on_a_grid(self) -> None:
        """If only distance hurts, two agents on five points have 15 more such rules."""
        for demands in ((unanimous_fair_share,), (proportionally_fair,)):
            rules = list(Rules(grid(4), grid(4), 2, by_distance, demands))
            assert len(rules) == 16
            assert {x: uniform_phantom(x) for x in rules[0]} in rules

    def test_unanimity_comes_free_with_all_preferences(self) -> None:
        for agents, steps in ((2, 4), (3, 3)):
            assert Rules(grid(steps), grid(steps), agents, demands=(proportional,)).count() == 1


def rounded(x: Points) -> Fraction:
    """Round every report to a multiple of 1/n, ties down, then Uniform Phantom."""
    n = len(x)
    return uniform_phantom(tuple(-((1 - 2 * n * report) // 2) * Fraction(1, n) for report in x))


class TestUnanimityCannotBeDroppedIfOnlyDistanceHurts:
    """Rounding to multiples of 1/n first is strategyproof and proportional, and another rule."""

    def test_it_rounds_ties_down(self) -> None:
        at = [Fraction(k, 8) for k in range(9)]
        assert [rounded((y, y)) * 2 for y in at] == [0, 0, 0, 1, 1, 1, 1, 2, 2]

    @given(x=profiles(min_agents=2, max_agents=5), report=points)
    def test_strategyproof(self, x: Profile, report: Fraction) -> None:
        assert by_distance(x[0], rounded(x), rounded((report, *x[1:])))

    def test_on_a_grid_it_is_among_what_is_found(self) -> None:
        places = grid(4)
        table: Table = {x: rounded(x) for x in product(places, repeat=2)}
        found = list(Rules(places, places, 2, by_distance, (proportional,)))
        assert table in found
        assert not unanimous((Fraction(1, 4),) * 2, table[Fraction(1, 4), Fraction(1, 4)])
        assert table not in list(Rules(places, places, 2, by_distance, (proportional, unanimous)))

    @given(x=profiles(max_agents=5))
    def test_proportional(self, x: Profile) -> None:
        ends = tuple(Fraction(round(report)) for report in x)
        assert proportional(ends, rounded(ends))


class TestWelfare:
    """Fairness to each costs 1 + (n-2)/(n^2-2n+2) of welfare; to groups max a/(a^2 + (1-a)^2)."""

    @pytest.mark.parametrize("n", range(2, 8))
    def test_individual_fair_share(self, n: int) -> None:
        """At (0, ..., 0, 1) it forces y >= 1/n; the constrained median does no worse anywhere."""
        floor = 1 + Fraction(n - 2, n * n - 2 * n + 2)
        x = (Fraction(0),) * (n - 1) + (Fraction(1),)
        fair = [y for y in grid(4 * n) if individual_fair_share(x, y)]
        assert min(fair) == Fraction(1, n)
        assert min(welfare_ratio(x, y) for y in fair) == floor
        assert floor == Fraction(n * (n - 1), (n - 1) ** 2 + 1)
        assert worst(welfare_ratio, constrained_median, near_ends(n), n) == floor

    @pytest.mark.parametrize(
        ("n", "value"),
        [(2, "1"), (3, "6/5"), (4, "6/5"), (5, "20/17"), (6, "6/5"), (7, "35/29")],
        ids=str,
    )
    def test_groups(self, n: int, value: str) -> None:
        """UFS leaves one place where all are at the ends, so this holds of all rules that have it.

        Also of manipulable ones: Uniform Phantom, which does no worse anywhere, has the best
        welfare of all.
        """
        floor = Fraction(0)
        for k in range(n + 1):
            x = (Fraction(0),) * (n - k) + (Fraction(1),) * k
            assert [y for y in grid(4 * n) if unanimous_fair_share(x, y)] == [Fraction(k, n)]
            assert [y for y in grid(4 * n) if proportional(x, y)] == [Fraction(k, n)]
            floor = max(floor, welfare_ratio(x, Fraction(k, n)))
        shares = [Fraction(k, n) for k in range(n + 1) if 2 * k >= n]
        assert floor == max(a / (a**2 + (1 - a) ** 2) for a in shares) == Fraction(value)
        assert worst(welfare_ratio, uniform_phantom, grid(n), n) == floor

    def test_groups_in_the_limit(self) -> None:
        """The supremum over n is (1 + sqrt 2)/2, at a share of 1/sqrt 2."""
        most = max(
            Fraction(k, n) / (Fraction(k, n) ** 2 + (1 - Fraction(k, n)) ** 2)
            for n in range(2, 100)
            for k in range(n + 1)
        )
        assert (1 + sqrt(2)) / 2 - 1e-4 < most < (1 + sqrt(2)) / 2

    @pytest.mark.parametrize(
        ("n", "value"), [(2, "1"), (3, "6/5"), (4, "6/5"), (5, "20/17"), (6, "15/13")], ids=str
    )
    def test_the_constrained_median(self, n: int, value: str) -> None:
        assert worst(welfare_ratio, constrained_median, near_ends(n), n) == Fraction(value)


class TestTotalCost:
    """Strategyproof and fair costs a factor of n - 1; fair alone, 2 - 2/n."""

    @pytest.mark.parametrize("n", range(2, 8))
    def test_three_rules_attain_n_minus_1(self, n: int) -> None:
        assert worst(cost_ratio, uniform_phantom, grid(n), n) == n - 1
        assert worst(cost_ratio, constrained_median, near_ends(n), n) == n - 1
        assert worst(cost_ratio, mid_or_nearest, grid(2), n) == n - 1

    @pytest.mark.parametrize(("agents", "steps"), [(2, 4), (3, 6), (4, 4)], ids=str)
    def test_no_strategyproof_fair_rule_has_less(self, agents: int, steps: int) -> None:
        """The others at 0, one agent at the lowest phantom, which is at least 1/n, is served."""
        places = grid(steps)
        demands = (unanimous, individual_fair_share)
        for rule in Rules(places, places, agents, demands=demands, anonymous=True):
            zeros = (Fraction(0),) * (agents - 1)
            lowest = rule[(*zeros, Fraction(1))]
            assert lowest >= Fraction(1, agents)
            assert rule[(*zeros, lowest)] == lowest
            assert cost_ratio((*zeros, lowest), lowest) == agents - 1

    def test_nor_if_it_knows_names(self) -> None:
        places = grid(3)
        demands = (unanimous, individual_fair_share)
        for rule in Rules(places, places, 3, demands=demands):
            assert max(cost_ratio(x, y) for x, y in rule.items()) >= 2

    @pytest.mark.parametrize("n", range(2, 8))
    def test_fairness_alone(self, n: int) -> None:
        x = (Fraction(0),) * (n - 1) + (Fraction(1),)
        fair = [y for y in grid(4 * n) if individual_fair_share(x, y)]
        assert min(cost_ratio(x, y) for y in fair) == 2 - Fraction(2, n)

    @pytest.mark.parametrize("n", range(2, 12))
    def test_the_mean_attains_that(self, n: int) -> None:
        """Its ratio is largest at a corner: ``a`` agents at 0, ``b`` at 1, the others at the mean.

        Between the hyperplanes where reports meet each other or the mean both costs are linear.
        """
        corners = [
            (Fraction(0),) * a + (Fraction(b, a + b),) * (n - a - b) + (Fraction(1),) * b
            for a in range(1, n)
            for b in range(1, n - a + 1)
        ]
        assert all(set(x) <= {0, 1, mean(x)} for x in corners)
        assert max(cost_ratio(x, mean(x)) for x in corners) == 2 - Fraction(2, n)

    @given(x=profiles(min_agents=2))
    def test_nor_does_it_exceed_that(self, x: Profile) -> None:
        if len(set(x)) > 1:
            assert cost_ratio(x, mean(x)) <= 2 - Fraction(2, len(x))

    @given(x=profiles(max_agents=5))
    def test_so_uniform_phantom_is_not_the_best_fair_rule(self, x: Profile) -> None:
        """Among manipulable rules it is not: the mean is as fair, and cheaper from three on."""
        assert unanimous_fair_share(x, mean(x))
        assert proportionally_fair(x, mean(x))
