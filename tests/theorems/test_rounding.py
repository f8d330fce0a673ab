"""Dependent rounding (Aziz, Lu, Suzuki, Vollen, Walsh, arXiv:2404.05198)."""

import math
from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from election_strategies import ballots, election, instances, project_set
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Election, Instance, judge
from mechsim.algorithms.rounding import Rounded
from mechsim.axioms import BudgetBalancedUpToOne
from mechsim.axioms.representation import Total
from mechsim.preferences.elections import Ballots

F = Fraction


@st.composite
def lotteries(draw: st.DrawFn, max_items: int = 6) -> Rounded:
    items = draw(st.integers(1, max_items))
    shares = st.fractions(0, 1, max_denominator=6)
    marginals = draw(st.lists(shares, min_size=items, max_size=items))
    costs = draw(st.lists(st.integers(1, 6), min_size=items, max_size=items))
    return Rounded(tuple(marginals), tuple(map(F, costs)))


def up_to_one_item(lottery: Rounded, drawn: frozenset[int]) -> bool:
    """BB1: the cost is right, or one item more or less brings it to the right one or past it."""
    spent, due = sum(lottery.costs[c] for c in drawn), lottery.cost
    if spent > due:
        return any(spent - lottery.costs[c] <= due for c in drawn)
    others = set(range(len(lottery.costs))) - drawn
    return spent == due or any(spent + lottery.costs[c] >= due for c in others)


class TestDistribution:
    """The whole distribution, worked out by hand: costs 2, 3, 5 and parts 1/2, 1/3, 2/5."""

    def test_three_items(self) -> None:
        lottery = Rounded((F(1, 2), F(1, 3), F(2, 5)), (F(2), F(3), F(5)))
        expected = {
            "ac": F(1, 5), "a": F(3, 10), "bc": F(1, 15),
            "b": F(4, 15), "c": F(2, 15), "": F(1, 30),
        }  # fmt: skip
        found = lottery.finite().probability
        assert found == {project_set(drawn): p for drawn, p in expected.items()}
        assert lottery.cost == 4

    def test_one_fractional_item(self) -> None:
        lottery = Rounded((F(1), F(1), F(5, 6)), (F(5000), F(5000), F(6000)))
        assert lottery.finite().probability == {
            project_set("abc"): F(5, 6),
            project_set("ab"): F(1, 6),
        }


class TestMarginals:
    """Each item is drawn with its probability, exactly."""

    @given(lottery=lotteries())
    def test_exactly(self, lottery: Rounded) -> None:
        listed = lottery.finite().probability.items()
        for item, p in enumerate(lottery.marginals):
            assert sum(q for drawn, q in listed if item in drawn) == p

    @given(lottery=lotteries())
    def test_what_is_certain_and_what_is_impossible(self, lottery: Rounded) -> None:
        possible = lottery.core | set(lottery.fractional)
        assert all(lottery.core <= drawn <= possible for drawn in lottery.finite().support)


class TestUpToOneItem:
    """Every outcome costs the expected cost up to one item (BB1)."""

    @given(lottery=lotteries())
    def test_every_outcome(self, lottery: Rounded) -> None:
        assert all(up_to_one_item(lottery, drawn) for drawn in lottery.finite().support)

    def test_never_more_is_impossible(self) -> None:
        """Parts 3/4 of two items of cost 2 at expected cost 3: sets that cost 3 or less hold one
        item, and one item is too few."""
        lottery = Rounded((F(3, 4), F(3, 4)), (F(2), F(2)))
        assert max(2 * len(drawn) for drawn in lottery.finite().support) == 4


class TestSampling:
    """Draws follow the distribution, within five standard errors, and are outcomes of it."""

    @given(lottery=lotteries(), seed=st.integers(0, 2**32))
    def test_draws_are_outcomes(self, lottery: Rounded, seed: int) -> None:
        drawn = lottery.sample(np.random.default_rng(seed), 5)
        assert len(drawn) == 5
        assert set(drawn) <= set(lottery.finite().support)

    def test_frequencies(self) -> None:
        lottery = Rounded((F(1, 2), F(1, 3), F(2, 5), F(6, 7)), (F(2), F(3), F(5), F(1)))
        size = 20_000
        counted = Counter(lottery.sample(np.random.default_rng(0), size))
        for outcome, p in lottery.finite().probability.items():
            error = math.sqrt(p * (1 - p) / size)
            assert abs(counted[outcome] / size - p) < 5 * error

    def test_many_items(self) -> None:
        """With 200 items outcomes cannot be listed; marginals are seen, and BB1 holds."""
        rng = np.random.default_rng(1)
        marginals = tuple(F(int(k), 60) for k in rng.integers(1, 60, size=200))
        costs = tuple(F(int(k)) for k in rng.integers(1, 100, size=200))
        lottery = Rounded(marginals, costs)
        with pytest.raises(ValueError, match="marginals has 200 fractional items: outcomes are"):
            lottery.finite()
        drawn = lottery.sample(rng, 400)
        assert all(up_to_one_item(lottery, outcome) for outcome in drawn)
        for item, p in enumerate(marginals):
            frequency = sum(item in outcome for outcome in drawn) / 400
            assert abs(frequency - p) < 5 * math.sqrt(p * (1 - p) / 400)


@pytest.mark.parametrize(
    ("marginals", "costs", "message"),
    [
        ((F(1), F(1)), (F(1),), "marginals has 2 entries and costs 1"),
        ((F(3, 2),), (F(1),), r"marginals\[0\] is 3/2: a probability lies in \[0, 1\]"),
        ((F(1, 2),), (F(0),), r"costs\[0\] is 0: it must be positive"),
        ((0.5,), (F(1),), r"marginals\[0\] is 0.5: it must be an int or a Fraction"),
        ((F(1, 2),), (1.0,), r"costs\[0\] is 1.0: it must be an int or a Fraction"),
        ((True,), (F(1),), r"marginals\[0\] is True: it must be an int or a Fraction"),
    ],
)
def test_what_is_no_lottery(marginals: Any, costs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rounded(marginals, costs)


def test_integers_and_lists_become_fractions_and_tuples() -> None:
    given_: Any = ([1, F(1, 2)], (2, 3))
    lottery = Rounded(*given_)
    assert lottery == Rounded((F(1), F(1, 2)), (F(2), F(3)))
    assert type(lottery.marginals[0]) is Fraction


@given(lottery=lotteries())
def test_expectations_are_exact(lottery: Rounded) -> None:
    assert lottery.expect(lambda drawn: sum(lottery.costs[c] for c in drawn)) == lottery.cost


def sets_of(drawn: Any) -> list[frozenset[int]]:
    """The rows of an array as sets."""
    return [frozenset(np.flatnonzero(row).tolist()) for row in drawn]


def wide(rng: np.random.Generator, items: int) -> Rounded:
    """Marginals whose common unit of money no float can hold."""
    shares = rng.integers((1, 900), (900, 1000), (items, 2)).tolist()
    costs = rng.integers(1_000, 90_000, items).tolist()
    return Rounded(tuple(F(a, b) for a, b in shares), tuple(map(F, costs)))


class TestManyDraws:
    """Draws in floats are those in fractions, from the same uniform numbers."""

    @given(lotteries(), st.integers(0, 2**32))
    def test_small(self, lottery: Rounded, seed: int) -> None:
        one_by_one = lottery.sample(np.random.default_rng(seed), 50)
        assert sets_of(lottery.draws(np.random.default_rng(seed), 50)) == one_by_one

    @pytest.mark.parametrize("items", [1, 13, 130])
    def test_large(self, items: int) -> None:
        lottery = wide(np.random.default_rng(items), items)
        one_by_one = lottery.sample(np.random.default_rng(3), 100)
        assert sets_of(lottery.draws(np.random.default_rng(3), 100)) == one_by_one
        assert all(up_to_one_item(lottery, drawn) for drawn in one_by_one)

    def test_marginals_of_many(self) -> None:
        """Each within five standard errors, at a fixed seed; items for sure are always drawn."""
        some = wide(np.random.default_rng(1), 40)
        lottery = Rounded((F(1), *some.marginals, F(0)), (F(7), *some.costs, F(2)))
        size = 40_000
        found = lottery.draws(np.random.default_rng(2), size).mean(axis=0)
        expected = np.array([float(p) for p in lottery.marginals])
        errors = np.sqrt(expected * (1 - expected) / size)
        assert (abs(found - expected) <= 5 * errors).all()
        drawn = lottery.sample(np.random.default_rng(2), 1_000)
        assert sets_of(lottery.draws(np.random.default_rng(2), 1_000)) == drawn

    def test_nothing_to_draw(self) -> None:
        lottery = Rounded((F(1), F(0)), (F(2), F(3)))
        assert sets_of(lottery.draws(np.random.default_rng(0), 3)) == [frozenset({0})] * 3


class TestRoundingIsBudgetBalanced:
    """A rounded lottery of parts that cost the budget satisfies BB1 in every outcome."""

    @given(instances(max_projects=6), st.data())
    def test_as_listed(self, case: tuple[Election, Ballots], data: st.DataObject) -> None:
        setting, reports = case
        parts = [F(0)] * len(setting.costs)
        left = F(setting.budget)
        for c in data.draw(st.permutations(range(len(parts)))):
            share = data.draw(st.fractions(0, 1, max_denominator=4))
            parts[c] = min(share, left / setting.costs[c])
            left -= parts[c] * setting.costs[c]
        for c, cost in enumerate(setting.costs):
            more = min(1 - parts[c], left / cost)
            parts[c] += more
            left -= more * cost
        lottery = Rounded(tuple(parts), tuple(map(F, setting.costs)))
        instance = Instance(setting, setting.read(reports))
        axiom = BudgetBalancedUpToOne()
        assert axiom.by_rounding(lottery, instance)
        assert all(
            axiom.outcome_violation(o, Total(instance)) == 0 for o in lottery.finite().support
        )
        assert judge(lottery, axiom, instance).word == "proved"

    def test_parts_that_cost_less(self) -> None:
        """They may leave two projects' money: nothing follows from the rounding."""
        setting = election(4, 1, 1, 1, 1)
        instance = Instance(setting, ballots("a"))
        lottery = Rounded((F(1, 2),) * 4, (F(1),) * 4)
        assert not BudgetBalancedUpToOne().by_rounding(lottery, instance)
        assert judge(lottery, BudgetBalancedUpToOne(), instance).word == "refuted"
