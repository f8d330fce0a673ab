"""Random Rank (Aziz, Lam, Lee, Walsh, arXiv:2205.14798): its theorems, on grids and by hand."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from finite_lotteries import rows_of
from finite_rules import (
    Honesty,
    Points,
    Rules,
    Table,
    by_distance,
    grid,
    single_peaked,
    strongly_proportional,
    unanimous,
)
from hypothesis import given
from hypothesis import strategies as st
from programs import optimum
from strategies import Profile, exact, points, profiles

from mechsim import Anonymous, Finite, Line, Proved, Strategyproof, Universally, mix, sure, verify
from mechsim.facility import RandomRank
from mechsim.program import Draft, Infeasible, Optimum, Terms

UNIT = Line(0, 1)
HALF = Fraction(1, 2)


def mean(x: Sequence[Fraction]) -> Fraction:
    return sum(x, Fraction(0)) / len(x)


def random_rank(x: Points) -> dict[Fraction, Fraction]:
    """Every report with probability 1/n."""
    return {place: Fraction(x.count(place), len(x)) for place in x}


def average_or_random_rank(x: Points, weight: Fraction = HALF) -> Finite[Fraction]:
    """The mean with probability ``weight``, otherwise Random Rank."""
    parts = [(weight, mean(x))] + [((1 - weight) / len(x), report) for report in x]
    return mix((share, sure(place)) for share, place in parts if share)


def cost(lottery: Finite[Any], peak: Fraction) -> Fraction:
    return exact(lottery.expect(lambda place: abs(place - peak)))


def gullible(peak: Fraction, honest: Fraction, lied: Fraction) -> bool:
    """An agent who is content with everything."""
    return True


def lie(x: Points, agent: int, report: Fraction) -> Points:
    return (*x[:agent], report, *x[agent + 1 :])


class TestNoStrategyproofRuleIsStronglyProportional:
    """No rule divides any two points as the agents are divided between them, and is truthful."""

    def test_by_hand(self) -> None:
        """f(0, 1/2) = 1/4 and f(0, 1) = 1/2 are forced: who is at 1/2 says 1 and is served."""
        eighths = grid(8)
        forced = [
            [y for y in eighths if strongly_proportional(x, y)]
            for x in ((Fraction(0), HALF), (Fraction(0), Fraction(1)))
        ]
        assert forced == [[Fraction(1, 4)], [HALF]]
        assert [y for y in eighths if strongly_proportional((HALF, HALF), y)] == [HALF]
        assert not by_distance(HALF, forced[0][0], forced[1][0])

    @pytest.mark.parametrize("honesty", [by_distance, single_peaked], ids=["distance", "all"])
    @pytest.mark.parametrize(
        ("agents", "steps", "places"), [(2, 4, 8), (3, 3, 9)], ids=["two agents", "three agents"]
    )
    def test_exhaustively(self, agents: int, steps: int, places: int, honesty: Honesty) -> None:
        """On grids that have all places that strong proportionality asks for."""
        rules = Rules(grid(steps), grid(places), agents, honesty, (strongly_proportional,))
        assert not rules.exist()

    def test_either_alone_is_possible(self) -> None:
        """The mean is strongly proportional, and strategyproof rules are unanimous."""
        assert Rules(grid(2), grid(4), 2, gullible, (strongly_proportional,)).exist()
        assert Rules(grid(4), grid(8), 2, by_distance, (unanimous,)).exist()

    def test_halves_are_the_smallest_grid(self) -> None:
        """With agents at 0 and 1 only there is such a rule: the two points decide nothing."""
        assert Rules(grid(1), grid(2), 2, by_distance, (strongly_proportional,)).exist()
        assert not Rules(grid(2), grid(4), 2, by_distance, (strongly_proportional,)).exist()


class TestRandomRankHasItAll:
    """Each rule it draws is strategyproof and anonymous; two groups expect equal total costs."""

    @given(x=profiles(min_agents=2), report=points)
    def test_universally_truthful(self, x: Profile, report: Fraction) -> None:
        drawn = list(RandomRank(UNIT).rules(len(x)))
        assert sum(share for share, _ in drawn) == 1
        for _, rule in drawn:
            assert single_peaked(x[0], exact(rule(x)), exact(rule(lie(x, 0, report))))

    @given(x=profiles(max_agents=4))
    def test_universally_anonymous(self, x: Profile) -> None:
        for _, rule in RandomRank(UNIT).rules(len(x)):
            assert len({rule(y) for y in permutations(x)}) == 1

    @pytest.mark.parametrize("axiom", [Strategyproof(), Anonymous()], ids=lambda a: str(a)[:9])
    def test_the_library_proves_it_on_a_grid(self, axiom: Strategyproof | Anonymous) -> None:
        for line in (UNIT.grid(6), UNIT.grid(3)):
            verdict = verify(RandomRank(line), Universally(axiom), line, agents=2)
            assert isinstance(verdict, Proved)

    @given(a=points, b=points, k=st.integers(0, 5), others=st.integers(0, 5))
    def test_strongly_proportional_in_expectation(
        self, a: Fraction, b: Fraction, k: int, others: int
    ) -> None:
        n = k + others
        if n:
            lottery = RandomRank(UNIT)((a,) * others + (b,) * k)
            assert exact(lottery.expect(lambda y: y)) == a + (b - a) * Fraction(k, n)
            assert others * cost(lottery, a) == k * cost(lottery, b)


def likeliest(
    rules: Sequence[Table], places: Points, proportional: Sequence[Points]
) -> dict[tuple[Points, Fraction], Fraction]:
    """The most that P(f(x) = y) can be, over all lotteries over ``rules``, for all x and y.

    They must be strongly proportional in expectation at the profiles ``proportional``.  As the
    probabilities at x sum to 1, all are forced if the largest values do so as well.
    """
    steps = len(places) - 1
    outcome = np.array([[int(rule[x] * steps) for rule in rules] for x in rules[0]])
    where = [k for k, x in enumerate(rules[0]) if x in set(proportional)]
    due = [mean(x) * steps for x in rules[0] if x in set(proportional)]
    draft = Draft()
    weight = draft.variables("weight of rule {0}", (range(len(rules)),))
    draft.equal("one rule is drawn", (), 1, Terms(weight))
    draft.equal(
        "expected place at {x}", (proportional,), due, Terms(weight, outcome[where], rows_of(due))
    )
    return {
        (x, y): optimum(draft.maximize(Terms(weight, (outcome[k] == j).astype(int)))).value
        for k, x in enumerate(rules[0])
        for j, y in enumerate(places)
    }


def at_most_two_points(x: Points) -> bool:
    return len(set(x)) <= 2


class TestRandomRankIsUnique:
    """All lotteries over truthful anonymous rules that are strongly proportional are Random Rank's.

    The columns are all strategyproof rules on the grid, with any single-peaked preferences; the
    largest value of each probability comes with an exact certificate.
    """

    @pytest.mark.parametrize(
        ("agents", "steps", "anonymous", "columns"),
        [
            pytest.param(2, 4, True, 35, id="two agents"),
            pytest.param(3, 3, True, 35, id="three agents"),
            pytest.param(2, 4, False, 105, id="two agents with names"),
            pytest.param(3, 2, False, 168, id="three agents with names"),
        ],
    )
    def test_every_probability_is_forced(
        self, agents: int, steps: int, anonymous: bool, columns: int
    ) -> None:
        """Also over rules that know names: the lottery, though not the mixture, is unique."""
        places = grid(steps)
        rules = list(Rules(places, places, agents, anonymous=anonymous))
        assert len(rules) == columns
        forced = likeliest(rules, places, [*filter(at_most_two_points, rules[0])])
        assert all(most == random_rank(x).get(y, 0) for (x, y), most in forced.items())

    def test_unanimous_profiles_count(self) -> None:
        """Where all agree nothing would follow from two groups: up to 1/2 is then undetermined."""
        places = grid(4)
        rules = list(Rules(places, places, 2, anonymous=True))
        two = [x for x in rules[0] if len(set(x)) == 2]
        gaps = {
            (x, y): most - random_rank(x).get(y, 0)
            for (x, y), most in likeliest(rules, places, two).items()
            if most != random_rank(x).get(y, 0)
        }
        low, high = (Fraction(0),) * 2, (Fraction(1),) * 2
        assert gaps == {(low, Fraction(1, 4)): HALF, (high, Fraction(3, 4)): HALF}

    def test_mixtures_with_names_differ(self) -> None:
        """A fair draw of the two dictators makes the same lottery as of the two ranks."""
        for x in product(grid(4), repeat=2):
            assert mix((HALF, sure(r)) for r in x) == mix((HALF, sure(r)) for r in sorted(x))
            assert RandomRank(UNIT)(x).probability == random_rank(x)


class TestAverageOrRandomRank:
    """The mean with probability 1/2, else Random Rank: truthful in expectation, not universally."""

    @given(x=profiles(min_agents=2), report=points, weight=points)
    def test_what_a_lie_costs(self, x: Profile, report: Fraction, weight: Fraction) -> None:
        """Saying x_i + n t moves the mean by t, and the agent's own place by n t."""
        shift = (report - x[0]) / len(x)
        honest, lied = (average_or_random_rank(y, weight) for y in (x, lie(x, 0, report)))
        assert cost(lied, x[0]) - cost(honest, x[0]) >= (1 - 2 * weight) * abs(shift)

    def test_a_larger_weight_fails(self) -> None:
        """At (1/4, 0) with weight 51/100: saying 1/2 brings the mean to 1/4 and gains 1/400."""
        x, weight = (Fraction(1, 4), Fraction(0)), Fraction(51, 100)
        honest, lied = (average_or_random_rank(y, weight) for y in (x, lie(x, 0, HALF)))
        assert cost(honest, x[0]) - cost(lied, x[0]) == Fraction(1, 400)

    @pytest.mark.parametrize("agents", [2, 3, 4])
    def test_one_half_is_the_largest_weight(self, agents: int) -> None:
        """The expected cost is linear in the weight: one lie on a grid proves the bound."""
        lies = [
            (x, report)
            for x in product(grid(4), repeat=agents)
            if x[1:] == tuple(sorted(x[1:]))
            for report in grid(4)
            if report != x[0]
        ]
        loss = [
            [
                cost(average_or_random_rank(lie(x, 0, report), weight), x[0])
                - cost(average_or_random_rank(x, weight), x[0])
                for weight in (Fraction(0), Fraction(1))
            ]
            for x, report in lies
        ]
        draft = Draft()
        weight = draft.variables("weight of the mean", high=1)
        draft.at_least(
            "strategyproof: agent 0 at {profile} says {lie}",
            tuple(zip(*lies, strict=True)),
            [-random for random, _ in loss],
            Terms(weight, [[average - random] for random, average in loss], rows_of(lies)),
        )
        found = draft.maximize(Terms(weight)).solve()
        assert isinstance(found, Optimum)
        assert found.value == HALF
        assert len(found.proof().rows) == 1

    def test_not_universally_truthful_by_hand(self) -> None:
        """A truthful rule with f(1, 0) = 1/2 has f(1, 1/2) = 1/2, but 1/2 is likelier there.

        Otherwise the agent at 1/2 would say 0.
        """
        before, after = (average_or_random_rank(x) for x in ((1, 0), (1, HALF)))  # type: ignore
        assert before.probability[HALF] == HALF
        assert after.probability[HALF] == Fraction(1, 4)

    @pytest.mark.parametrize(
        ("honesty", "columns"), [(by_distance, 49), (single_peaked, 9)], ids=["distance", "all"]
    )
    def test_not_universally_truthful_in_any_way(self, honesty: Honesty, columns: int) -> None:
        """No lottery over truthful rules that stay in its support makes its lottery."""

        def can_be_drawn(x: Points, y: Fraction) -> bool:
            return y in average_or_random_rank(x).support

        rules = list(Rules(grid(2), grid(4), 2, honesty, (can_be_drawn,)))
        assert len(rules) == columns
        wanted = [
            (x, y, p)
            for x in product(grid(2), repeat=2)
            for y, p in average_or_random_rank(x).probability.items()
        ]
        has = [[int(rule[x] == y) for rule in rules] for x, y, _ in wanted]
        profile, place, probability = zip(*wanted, strict=True)
        draft = Draft()
        weight = draft.variables("weight of rule {0}", (range(len(rules)),))
        draft.equal(
            "probability of {place} at {profile}",
            (place, profile),
            probability,
            Terms(weight, has, rows_of(has)),
        )
        assert isinstance(draft.minimize().solve(), Infeasible)

    @given(x=profiles(max_agents=4))
    def test_strongly_proportional_with_probability_one_half(self, x: Profile) -> None:
        lottery = average_or_random_rank(x)
        held = sum(p for y, p in lottery.probability.items() if strongly_proportional(x, y))
        assert held >= HALF
        if at_most_two_points(x):
            assert lottery.expect(lambda y: y) == mean(x)
