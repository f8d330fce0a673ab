"""What no strategyproof mechanism on [0, 1] can do better, whatever else it does.

Each bound is shown twice: by the literature's argument, and by leaving nothing out on a grid,
which for lotteries is a linear program with an exact certificate.  Bounds of deterministic rules on
a grid are statements about that grid; those of lotteries hold for all places, as said there.

References
----------
Procaccia, Tennenholtz. Approximate Mechanism Design without Money. EC 2009.
Aziz, Lam, Lee, Walsh. Strategyproof and Proportionally Fair Facility Location. arXiv:2111.01566.
Walsh. Equitable Mechanism Design for Facility Location. arXiv:2506.10460.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from itertools import combinations_with_replacement

import pytest
from finite_lotteries import Lotteries, rows_of
from finite_rules import (
    Honesty,
    Points,
    Rules,
    by_distance,
    grid,
    single_peaked,
    sort,
    with_phantoms,
)
from hypothesis import given
from programs import optimum
from strategies import Profile, points, profiles

from mechsim.program import Program, Terms

HALF = Fraction(1, 2)
Loss = Callable[[Points, Fraction], Fraction]
"""How many times worse than the best place a place is, at a profile."""

HOPELESS = Fraction(10**6)
"""For a place that is worth nothing, or costs something where the best costs nothing."""


def over(numerator: Fraction, denominator: Fraction) -> Fraction:
    if denominator:
        return numerator / denominator
    return HOPELESS if numerator else Fraction(1)


def max_cost(x: Points, y: Fraction) -> Fraction:
    return over(max(abs(y - r) for r in x), (max(x) - min(x)) / 2)


def egalitarian(x: Points, y: Fraction) -> Fraction:
    return over(1 - (max(x) - min(x)) / 2, 1 - max(abs(y - r) for r in x))


def gini(x: Points, y: Fraction) -> Fraction:
    """The sum of all differences in utility over 2n times the sum of utilities."""
    u = [1 - abs(y - r) for r in x]
    return sum((abs(a - b) for a in u for b in u), Fraction(0)) / (2 * len(u) * sum(u))


@cache
def equality(x: Points, y: Fraction) -> Fraction:
    """One minus the Gini index, the best over the best.

    Between the kinks at reports, midpoints and ends it is a ratio of linear functions.
    """
    kinks = {Fraction(0), Fraction(1), *((a + b) / 2 for a in x for b in x)}
    return over(*(max(_equal(x, z) for z in places) for places in (kinks, {y})))


def _equal(x: Points, y: Fraction) -> Fraction:
    return 1 - gini(x, y) if any(abs(y - r) < 1 for r in x) else Fraction(0)


def nash(x: Points, y: Fraction) -> Fraction:
    """The product of utilities, of two agents: the midpoint is best."""
    a, b = x
    return over((1 - abs(b - a) / 2) ** 2, (1 - abs(y - a)) * (1 - abs(y - b)))


def least_ratio(
    loss: Loss, agents: int, points: Points, places: Points, honesty: Honesty
) -> Fraction:
    """The smallest worst case among all anonymous strategyproof rules on a grid."""

    def attains(bound: Fraction) -> bool:
        def good(x: Points, y: Fraction) -> bool:
            return loss(x, y) <= bound

        return Rules(points, places, agents, honesty, (good,), anonymous=True).exist()

    profiles = combinations_with_replacement(points, agents)
    ratios = sorted({loss(x, y) for x in profiles for y in places})
    low, high = 0, len(ratios) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if attains(ratios[middle]) else (middle + 1, high)
    return ratios[low]


class TestTheOutcomeIsKeptByWhoeverMovesThere:
    """If f(x) = y then f(y, x_-i) = y: the agent at y would otherwise report x_i.

    So from f(0, .., 0, 1, .., 1) = y with y >= 1/2 the whole upper group can move to y, one after
    the other, and the outcome is still y; if y < 1/2, the lower group can.
    """

    @pytest.mark.parametrize("honesty", [by_distance, single_peaked], ids=["distance", "all"])
    @pytest.mark.parametrize("agents", [2, 3])
    def test_all_rules_on_three_points(self, agents: int, honesty: Honesty) -> None:
        for rule in Rules(grid(2), grid(2), agents, honesty, anonymous=True):
            for x, y in rule.items():
                assert all(rule[sort((*x[:i], y, *x[i + 1 :]))] == y for i in range(agents))

    @pytest.mark.parametrize(
        ("loss", "agents", "lower", "bound"),
        [
            pytest.param(max_cost, 2, 1, "2", id="max cost"),
            pytest.param(max_cost, 5, 2, "2", id="max cost, five agents"),
            pytest.param(egalitarian, 2, 1, "3/2", id="egalitarian"),
            pytest.param(egalitarian, 5, 2, "3/2", id="egalitarian, five agents"),
            pytest.param(equality, 2, 1, "6/5", id="one minus Gini"),
            pytest.param(equality, 6, 3, "6/5", id="one minus Gini, six agents"),
            pytest.param(nash, 2, 1, "9/8", id="Nash welfare"),
        ],
    )
    def test_where_that_leads(self, loss: Loss, agents: int, lower: int, bound: str) -> None:
        """Wherever y is, one of the two profiles at which it is kept is as bad as the bound."""
        bad: list[Fraction] = []
        for y in grid(24):
            moved = (
                (Fraction(0),) * lower + (y,) * (agents - lower)
                if y >= HALF
                else (y,) * lower + (Fraction(1),) * (agents - lower)
            )
            bad.append(loss(moved, y))
        assert min(bad) == Fraction(bound)
        assert bad[12] == Fraction(bound)


class TestRulesOnGrids:
    """Anonymous strategyproof rules on a grid have no smaller ratios than these; some have them."""

    @pytest.mark.parametrize("agents", [2, 3])
    @pytest.mark.parametrize("steps", [2, 4])
    @pytest.mark.parametrize("honesty", [by_distance, single_peaked], ids=["distance", "all"])
    def test_agents_and_facility_on_one_grid(
        self, honesty: Honesty, steps: int, agents: int
    ) -> None:
        least = partial(least_ratio, points=grid(steps), places=grid(steps), honesty=honesty)
        assert least(max_cost, agents) == 2
        assert least(egalitarian, agents) == Fraction(3, 2)
        if agents == 2:
            assert least(equality, agents) == Fraction(6, 5)
            assert least(nash, agents) == Fraction(9, 8)

    @pytest.mark.parametrize(("agents", "steps"), [(2, 2), (3, 2), (2, 3), (3, 3), (2, 4), (3, 4)])
    def test_max_cost_on_a_finer_grid_for_all_preferences(self, agents: int, steps: int) -> None:
        assert least_ratio(max_cost, agents, grid(steps), grid(2 * steps), single_peaked) == 2

    @pytest.mark.parametrize(
        ("points", "ratio"),
        [
            (3, "3/2"),
            (4, "3/2"),
            (5, "5/3"),
            pytest.param(7, "7/4", marks=pytest.mark.slow),
            pytest.param(9, "9/5", marks=pytest.mark.slow),
        ],
    )
    def test_max_cost_on_a_finer_grid_if_distance_hurts(self, points: int, ratio: str) -> None:
        """A place at which nobody can be has room to lie; the bound tends to 2 as that goes."""
        places = grid(2 * points - 2)
        assert least_ratio(max_cost, 2, grid(points - 1), places, by_distance) == Fraction(ratio)

    def test_four_agents_and_equality(self) -> None:
        for places in (grid(2), grid(4)):
            assert least_ratio(equality, 4, grid(2), places, by_distance) == Fraction(6, 5)


class TestRulesThatAttainTheBounds:
    """The median has max cost 2; the place nearest to 1/2 among the agents, egalitarian 3/2."""

    @given(x=profiles(min_agents=2, max_agents=5))
    def test_median(self, x: Profile) -> None:
        assert max_cost(x, sorted(x)[len(x) // 2]) <= 2

    @given(x=profiles(min_agents=2, max_agents=5))
    def test_mid_or_nearest(self, x: Profile) -> None:
        assert egalitarian(x, with_phantoms(x, [HALF] * (len(x) - 1))) <= Fraction(3, 2)

    @given(a=points, b=points)
    def test_mid_or_nearest_of_two(self, a: Fraction, b: Fraction) -> None:
        y = with_phantoms((a, b), [HALF])
        assert equality(sort((a, b)), y) <= Fraction(6, 5)
        assert nash((a, b), y) <= Fraction(9, 8)


def equally_far(x: Points, y: Fraction) -> bool:
    return abs(y - x[0]) == abs(y - x[1])


class TestGiniIsUnbounded:
    """A strategyproof rule cannot make all equally well off wherever that is possible [Walsh 2025].

    Any bound on the ratio of the Gini index would say that it does.
    """

    def test_by_hand(self) -> None:
        """Of two agents that asks for the midpoint: who is at 1/2 beside one at 0 reports 1."""
        assert [y for y in grid(8) if gini((Fraction(0), HALF), y) == 0] == [Fraction(1, 4)]
        assert [y for y in grid(8) if gini((Fraction(0), Fraction(1)), y) == 0] == [HALF]
        assert not by_distance(HALF, Fraction(1, 4), HALF)

    @pytest.mark.parametrize("honesty", [by_distance, single_peaked], ids=["distance", "all"])
    @pytest.mark.parametrize("steps", [2, 3, 4])
    def test_exhaustively(self, steps: int, honesty: Honesty) -> None:
        """Two agents on a grid that has all midpoints; names do not help."""
        assert not Rules(grid(steps), grid(2 * steps), 2, honesty, (equally_far,)).exist()

    def test_agents_at_the_ends_only_are_no_obstacle(self) -> None:
        assert Rules(grid(1), grid(2), 2, by_distance, (equally_far,)).exist()


def best_max_cost(world: Lotteries, *, truthful: bool = True) -> Program:
    """The least ratio of expected maximum cost to the least maximum cost."""
    draft, p = world.draft()
    ratio = draft.variables("ratio")
    if truthful:
        world.require_truth(draft, p)
    least = [[-(x[-1] - x[0]) / 2] for x in world.profiles]
    draft.at_most(
        "maximum cost at {profile}",
        (world.profiles,),
        0,
        world.expected(p, lambda x, y: max(abs(y - r) for r in x)),
        Terms(ratio, least, rows_of(least)),
    )
    return draft.minimize(Terms(ratio))


def welfare(x: Points, y: Fraction) -> Fraction:
    return sum((1 - abs(y - r) for r in x), Fraction(0))


def best_fair_welfare(world: Lotteries, *, fair: bool = True) -> Program:
    """The largest share of the best welfare that is always had in expectation, truthfully."""
    draft, p = world.draft()
    share = draft.variables("share")
    world.require_truth(draft, p)
    best = [[-welfare(x, x[len(x) // 2])] for x in world.profiles]
    draft.at_least(
        "welfare at {profile}",
        (world.profiles,),
        0,
        world.expected(p, welfare),
        Terms(share, best, rows_of(best)),
    )
    if fair:
        groups = [(k, x, r) for k, x in enumerate(world.profiles) for r in dict.fromkeys(x)]
        number, profile, place = zip(*groups, strict=True)
        far = [[abs(y - r) for y in world.places] for _, _, r in groups]
        draft.at_most(
            "fair share of the group at {place} in {profile}",
            (place, profile),
            [1 - Fraction(x.count(r), world.agents) for _, x, r in groups],
            Terms(p[list(number)], far, rows_of(groups)),
        )
    return draft.maximize(Terms(share))


class TestLotteriesForMaxCost:
    """No lottery that is truthful in expectation has a smaller ratio of maximum cost than 3/2.

    That is so already of two or three agents on five points, as the rows of the proof show.
    """

    @pytest.mark.parametrize(
        ("agents", "peaks", "ratio"),
        [
            (2, 3, "4/3"),
            (3, 3, "4/3"),
            (2, 5, "3/2"),
            (3, 5, "3/2"),
            (4, 5, "3/2"),
            (2, 9, "3/2"),
            pytest.param(3, 9, "3/2", marks=pytest.mark.slow),
            pytest.param(2, 17, "3/2", marks=pytest.mark.slow),
        ],
    )
    def test_value(self, agents: int, peaks: int, ratio: str) -> None:
        found = optimum(best_max_cost(Lotteries(agents, grid(peaks - 1), grid(2 * peaks - 2))))
        assert found.value == Fraction(ratio)
        assert found.bound == Fraction(ratio)

    @pytest.mark.parametrize("peaks", [3, 5])
    def test_finer_places_change_nothing(self, peaks: int) -> None:
        coarse, fine = (
            optimum(best_max_cost(Lotteries(2, grid(peaks - 1), grid(k * (peaks - 1))))).value
            for k in (2, 6)
        )
        assert coarse == fine

    def test_without_truth_the_best_is_to_be_had(self) -> None:
        found = optimum(best_max_cost(Lotteries(3, grid(4), grid(8)), truthful=False))
        assert found.value == 1

    def test_three_profiles_prove_it(self) -> None:
        """Two agents far apart, one of them next to a third place: nothing else is used."""
        proof = optimum(best_max_cost(Lotteries(2, grid(4), grid(8)))).proof()
        assert sum(name.startswith("lottery at") for name, _ in proof.rows) == 3
        assert sum(name.startswith("maximum cost at") for name, _ in proof.rows) == 2
        assert sum(name.startswith("strategyproof:") for name, _ in proof.rows) == 2
        assert len(proof.rows) == 7

    @given(x=profiles(min_agents=2, max_agents=5), report=points)
    def test_left_right_middle_attains_it(self, x: Profile, report: Fraction) -> None:
        """Each extreme with probability 1/4, halfway between them with 1/2."""

        def lottery(x: Points) -> list[tuple[Fraction, Fraction]]:
            low, high = min(x), max(x)
            return [(low, HALF / 2), (high, HALF / 2), ((low + high) / 2, HALF)]

        peak = x[0]

        def suffered(x: Points) -> Fraction:
            return sum((p * abs(y - peak) for y, p in lottery(x)), Fraction(0))

        assert suffered(x) <= suffered((report, *x[1:]))
        worst = sum((p * max(abs(y - r) for r in x) for y, p in lottery(x)), Fraction(0))
        assert worst == Fraction(3, 2) * (max(x) - min(x)) / 2


class TestFairLotteriesForWelfare:
    """Fair to groups in expectation, no lottery has a better welfare ratio than Uniform Phantom.

    The ratio of that is max a/(a^2 + (1-a)^2) over shares a = k/n, 6/5 for three agents.
    """

    @pytest.mark.parametrize(
        ("agents", "peaks", "ratio"),
        [
            (2, 3, "1"),
            (3, 3, "6/5"),
            (3, 4, "6/5"),
            (3, 7, "6/5"),
            (4, 3, "6/5"),
            (5, 3, "20/17"),
            (6, 3, "6/5"),
        ],
    )
    def test_value(self, agents: int, peaks: int, ratio: str) -> None:
        found = optimum(best_fair_welfare(Lotteries(agents, grid(peaks - 1), grid(peaks - 1))))
        assert 1 / found.value == Fraction(ratio)
        shares = [Fraction(k, agents) for k in range(agents + 1)]
        assert Fraction(ratio) == max(a / (a**2 + (1 - a) ** 2) for a in shares)

    def test_one_profile_proves_it(self) -> None:
        """Where all are at the ends fairness fixes what both groups expect; truth is not used."""
        proof = optimum(best_fair_welfare(Lotteries(3, grid(3), grid(3)))).proof()
        assert len(proof.rows) == 3
        assert not any(name.startswith("strategyproof") for name, _ in proof.rows)
        (profile,) = {name[name.rindex("(") :] for name, _ in proof.rows}
        assert profile in ("(0, 0, 1)", "(0, 1, 1)")

    def test_without_fairness_the_median_is_best(self) -> None:
        assert optimum(best_fair_welfare(Lotteries(3, grid(3), grid(3)), fair=False)).value == 1
