"""Budgeting rules against definitions that go voter by voter, and the vectors of the papers."""

import re
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Election, ScoredElection
from mechsim.algorithms.knapsack import best_set
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic
from mechsim.budgeting import (
    BWGCR,
    BWMES,
    PAV,
    EqualShares,
    EqualSharesOfScores,
    FractionalRandomDictator,
    GreedyByScore,
    GreedyCohesive,
    GreedyRatio,
    MaxUtility,
    Phragmen,
    SequentialPAV,
    SequentialThiele,
    Thiele,
)
from mechsim.catalogue import entries

F = Fraction
FIRST = Lexicographic()
HALL = Election(("ann", "bob"), (1, 1), 1)
POINTS = ScoredElection(HALL.projects, HALL.costs, HALL.budget)


@st.composite
def elections(draw: st.DrawFn) -> tuple[Election, tuple[frozenset[int], ...]]:
    m, n = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    costs = tuple(F(draw(st.integers(1, 12)), 2) for _ in range(m))
    budget = draw(st.integers(int(max(costs)) + 1, int(sum(costs)) + 2))
    election = Election(tuple("abcde"[:m]), costs, budget)
    few = [draw(st.frozensets(st.integers(0, m - 1))) for _ in range(3)]
    return election, tuple(draw(st.sampled_from(few)) for _ in range(n))


@st.composite
def committees(draw: st.DrawFn) -> tuple[Election, tuple[frozenset[int], ...]]:
    """Seven candidates for six seats, so that many are elected one after the other."""
    election = Election(tuple("abcdefg"), (1,) * 7, 6)
    ballot = st.frozensets(st.integers(0, 6), min_size=1)
    return election, tuple(draw(ballot) for _ in range(draw(st.integers(3, 7))))


def subsets(items: Any) -> list[frozenset[int]]:
    listed = list(items)
    found = chain.from_iterable(combinations(listed, k) for k in range(len(listed) + 1))
    return [frozenset(one) for one in found]


class TestLotteries:
    """The vectors of the implementation that the authors published."""

    @pytest.mark.parametrize(
        ("budget", "costs", "votes", "gcr", "mes"),
        [
            (33000, (21000, 10000, 2000), ("ab", "bc"), "1 1 1", "1 1 1"),
            (
                30000,
                (8000, 8000, 12000, 12000),
                ("ac", "cd", "bd"),
                "1 1 1 1/6",
                "1/2 1 1 1/2",
            ),
            (5000, (1000, 5000), ("ab", "b", "b", "b"), "1 4/5", "1 4/5"),
            (
                80000,
                (8000, 15000, 10000, 10000, 6000, 12000, 9000, 9000, 5000, 5000),
                ("abc", "abc", "abd", "abd", "ab", "ef", "gh", "ij"),
                "1 1 1 1 1 11/12 1 1/9 1 1",
                "1 1 1 1 1 11/12 1 1/9 1 1",
            ),
            (15000, (5000, 5000, 6000), ("abc", "abc", "ab"), "1 1 5/6", "1 1 5/6"),
        ],
    )
    def test_vectors(
        self, budget: int, costs: tuple[int, ...], votes: tuple[str, ...], gcr: str, mes: str
    ) -> None:
        election = Election(tuple("abcdefghij"[: len(costs)]), costs, budget)
        reports = [list(vote) for vote in votes]
        for rule, expected in ((BWGCR(election), gcr), (BWMES(FIRST, election), mes)):
            assert rule(reports).marginals == tuple(map(F, expected.split()))

    def test_rounding(self) -> None:
        """Costs 2, 3, 5 with chances 1/2, 1/3, 2/5: six sets, all within a project of 4."""
        lottery = Rounded((F(1, 2), F(1, 3), F(2, 5)), (F(2), F(3), F(5)))
        expected = {"ac": "1/5", "a": "3/10", "bc": "1/15", "b": "4/15", "c": "2/15", "": "1/30"}
        assert dict(lottery.finite().probability) == {
            frozenset("abc".index(x) for x in name): F(p) for name, p in expected.items()
        }

    @given(elections())
    @settings(max_examples=60)
    def test_filled(self, case: Any) -> None:
        """All of the budget is spent in expectation, or all is funded; what W has is sure."""
        election, ballots = case
        every = election.cost(frozenset(election.affordable))
        for rule, core in (
            (BWMES(FIRST, election), EqualShares(FIRST, election)),
            (BWGCR(election), GreedyCohesive(election)),
        ):
            lottery = rule(ballots)
            assert lottery.cost == min(F(election.budget), every)
            assert core(ballots) <= lottery.core

    @given(elections())
    @settings(max_examples=40)
    def test_random_dictator(self, case: Any) -> None:
        """The mean of what each would fund alone; without parts it is a lottery over voters."""
        election, ballots = case
        lottery = FractionalRandomDictator(election)(ballots)
        for ballot in set(ballots):
            alone = FractionalRandomDictator(election)([ballot])
            assert election.value(0, ballot, alone.marginals) == election.best(
                ballot, F(election.budget)
            )
        total = [
            sum(FractionalRandomDictator(election)([b]).marginals[c] for b in ballots)
            for c in range(len(election.costs))
        ]
        assert lottery.marginals == tuple(t / len(ballots) for t in total)


class TestRules:
    """One voter after the other, as the papers say it."""

    @given(st.one_of(elections(), committees()))
    @settings(max_examples=200)
    def test_phragmen(self, case: Any) -> None:
        election, ballots = case
        load = [F(0)] * len(ballots)
        chosen: set[int] = set()
        while True:
            times: dict[int, Fraction] = {}
            for c in range(len(election.costs)):
                who = [i for i, b in enumerate(ballots) if c in b]
                if who and c not in chosen:
                    times[c] = (election.costs[c] + sum(load[i] for i in who)) / len(who)
            if not times:
                break
            c = min(times, key=lambda d: (times[d], d))
            if election.cost(frozenset(chosen | {c})) > election.budget:
                break
            chosen.add(c)
            load = [times[c] if c in b else t for b, t in zip(ballots, load, strict=True)]
        assert Phragmen(FIRST, election)(ballots) == chosen

    @given(elections(), st.booleans())
    @settings(max_examples=80)
    def test_equal_shares(self, case: Any, money: bool) -> None:
        election, ballots = case
        has = [F(election.budget) / len(ballots)] * len(ballots)
        chosen: set[int] = set()
        while True:
            best: tuple[Fraction, int, Fraction] | None = None
            for c, cost in enumerate(election.costs):
                who = [i for i, b in enumerate(ballots) if c in b and c not in chosen]
                if not who or sum(has[i] for i in who) < cost:
                    continue
                left, rest = F(cost), sorted(has[i] for i in who)
                while rest and rest[0] * len(rest) < left:
                    left -= rest.pop(0)
                price = left / len(rest)
                merit = price / cost if money else price
                if best is None or merit < best[0]:
                    best = merit, c, price
            if best is None:
                break
            _, c, price = best
            chosen.add(c)
            has = [h - min(h, price) if c in b else h for b, h in zip(ballots, has, strict=True)]
        kind: Any = "cost" if money else "cardinality"
        assert EqualShares(FIRST, election, kind)(ballots) == chosen

    @given(elections())
    @settings(max_examples=80)
    def test_max_utility(self, case: Any) -> None:
        election, ballots = case
        worth = {
            w: sum(len(b & w) for b in ballots)
            for w in subsets(range(len(election.costs)))
            if election.cost(w) <= election.budget
        }
        chosen = MaxUtility(election)(ballots)
        assert worth[chosen] == max(worth.values())

    @given(
        st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=8),
        st.integers(0, 30),
    )
    @settings(max_examples=150)
    def test_knapsack(self, items: list[tuple[int, int]], budget: int) -> None:
        """The first of the best sets, by whether they have the first item, the second, ..."""
        costs = tuple(cost for _, cost in items)
        found = best_set({c: w for c, (w, _) in enumerate(items)}, costs, budget)
        useful = [c for c, (w, _) in enumerate(items) if w]
        feasible = [w for w in subsets(useful) if sum(costs[c] for c in w) <= budget]
        best = max(sum(items[c][0] for c in w) for w in feasible)
        optimal = [w for w in feasible if sum(items[c][0] for c in w) == best]
        assert found == max(optimal, key=lambda w: [c in w for c in range(len(items))])

    @given(elections())
    @settings(max_examples=40)
    def test_cohesive(self, case: Any) -> None:
        """Each step is for a group that deserves most: more, then cheaper, then larger."""
        election, ballots = case
        active = list(ballots)
        classes = tuple(dict.fromkeys(ballots))
        counted = tuple((b, ballots.count(b)) for b in classes)

        def best() -> tuple[int, Fraction, int] | None:
            merits = [
                (level, -election.cost(w), size)
                for w in subsets(range(len(election.costs)))
                for level in range(1, len(w) + 1)
                if (size := sum(len(b & w) >= level for b in active))
                and size * election.budget >= len(ballots) * election.cost(w)
            ]
            return max(merits, default=None)

        rule = GreedyCohesive(election)
        assert all(step.level <= rule.bound(counted) for step in rule.steps(counted))
        for step in rule.steps(counted):
            assert best() == (step.level, -election.cost(step.projects), step.voters)
            active = [b for b in active if len(b & step.projects) < step.level]
        assert best() is None

    def test_what_is_known_of_many_projects(self) -> None:
        """Six of ten voters, 6/10 of 10, and projects of 2: they may deserve three of them."""
        election = Election(tuple(f"p{c}" for c in range(19)), (2,) * 19, 10)
        votes = election.read([list(range(19))] * 6 + [[0]] * 4)
        with pytest.raises(ValueError, match="no group deserves more than 3 of them each"):
            GreedyCohesive(election)(votes)
        assert GreedyCohesive(election).bound(((votes[0], 6), (votes[-1], 4))) == 3

    def test_ratio(self) -> None:
        election = Election(("a", "b", "c"), (4, 1, 3), 4)
        assert GreedyRatio(FIRST, election)([["a", "c"], ["a", "c"], ["b"]]) == {1, 2}

    def test_completions(self) -> None:
        """With larger shares the third project is bought; what is left goes to what fits."""
        election = Election(("a", "b", "c"), (4, 4, 2), 9)
        votes = [["a"], ["a"], ["b"]]
        plain = EqualShares(FIRST, election, "cost")(votes)
        assert plain == {0}
        assert EqualShares(FIRST, election, "cost", "add1")(votes) == {0, 1}
        more = [["a"], ["a"], ["b", "c"], []]
        assert EqualShares(FIRST, election, "cost", "add1u")(more) >= {0}

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"satisfaction": "much"}, "satisfaction is 'much'"),
            ({"completion": "all"}, "completion is 'all'"),
            ({"step": 0}, "step is 0: it must be positive"),
        ],
    )
    def test_door(self, options: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            EqualShares(FIRST, Election(("a",), (1,), 1), **options)


class TestArguments:
    """What is no election of the kind, or no policy, is refused when the rule is made."""

    @pytest.mark.parametrize(
        ("rule", "arguments", "message"),
        [
            (EqualShares, (HALL, FIRST), "ties is Election(ann: 1, bob: 1; budget 1): it must be"),
            (EqualShares, (Lexicographic, HALL), "ties is Lexicographic: it must be a policy"),
            (BWMES, (FIRST, POINTS), "budget 1): it must be an Election, with ballots that approv"),
            (EqualSharesOfScores, (FIRST, HALL), "it must be a ScoredElection, with points for"),
            (GreedyByScore, (FIRST, HALL), "it must be a ScoredElection, with points for"),
            (MaxUtility, (FIRST,), "it must be an Election, with ballots that approve of project"),
            (PAV, (FIRST,), "setting is Lexicographic: it must be an Election"),
            (Thiele, (FIRST, HALL), "weights is Lexicographic: it must have weight, as Harmonic"),
            (SequentialPAV, (HALL, FIRST), "ties is Election"),
            (SequentialThiele, (FIRST, FIRST, HALL), "weights is Lexicographic: it must have"),
        ],
    )
    def test_refused(self, rule: Any, arguments: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            rule(*arguments)

    def test_no_rule_takes_anything(self) -> None:
        """All rules of the catalogue refuse what is no election, in the same words."""
        rules = [e.card.rule for e in entries() if e.family == "budgeting"]
        assert len(rules) > 12
        for rule in rules:
            with pytest.raises(ValueError, match=r"setting is Lexicographic: it must be an? "):
                rule(FIRST)
