"""Equal Shares on arrays: floats with bounds, and fractions where these do not decide."""

from fractions import Fraction
from typing import Literal

import numpy as np
import pytest
from election_strategies import ballots, election, instances, sweep
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Election
from mechsim.algorithms.ties import Lexicographic, Priority
from mechsim.budgeting import EqualShares, _certified, equal_shares
from mechsim.population import Population, tally
from mechsim.preferences.approvals import Approvals
from mechsim.preferences.elections import Ballots

F = Fraction
FIRST = Lexicographic()
Satisfaction = Literal["cardinality", "cost"]
MEASURES: tuple[Satisfaction, ...] = ("cardinality", "cost")


def agree(setting: Election, reports: Ballots, satisfaction: Satisfaction) -> None:
    """Insist that arrays give what the definition gives: winners, order, prices and money left."""
    rule = EqualShares(FIRST, setting, satisfaction)
    classes = tally(reports)
    share = F(setting.budget) / len(reports)
    expected = rule.define(classes, share)
    arrays = Approvals.of(reports, len(setting.costs))
    assert rule.of_approvals(arrays) == expected.funded
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(equal_shares, "MANY", 0)
        assert rule.spend(classes) == expected


def crowded(rng: np.random.Generator) -> tuple[Election, Ballots]:
    """Costs that are hardly different, with as many votes each: all projects are nearly tied."""
    projects, voters = int(rng.integers(4, 12)), 24
    near = F(1, 10 ** int(rng.integers(12, 22)))
    costs = [5 + near * int(k) for k in rng.integers(-3, 4, projects)]
    approved = np.zeros((voters, projects), np.bool_)
    for c in range(projects):
        approved[rng.permutation(voters)[:8], c] = True
    listed = tuple(frozenset(np.flatnonzero(row).tolist()) for row in approved)
    names = tuple(f"p{c}" for c in range(projects))
    return Election(names, tuple(costs), F(sum(costs) * int(rng.integers(3, 12)), 10)), listed


def twins(rng: np.random.Generator, projects: int, voters: int) -> tuple[Election, Ballots]:
    """Two towns that are alike, in another order: ties that floats, added otherwise, may miss."""
    approved = rng.random((voters, projects)) < 0.45
    costs = [F(int(c), 3) for c in rng.integers(3, 30, projects)]
    places = rng.permutation(2 * projects)
    of_town = places[:projects], places[projects:]
    priced = dict(zip(places.tolist(), costs * 2, strict=True))
    listed = [
        frozenset(town[np.flatnonzero(row)].tolist())
        for town in of_town
        for row in rng.permutation(approved)
    ]
    names = tuple(f"p{c}" for c in range(2 * projects))
    budget = F(sum(costs) * int(rng.integers(8, 14)), 10)
    return Election(names, tuple(priced[c] for c in range(2 * projects)), budget), tuple(listed)


class TestArraysGiveTheExactWinners:
    """Whatever the ties, the winners, prices and leftovers are those of the definition."""

    @given(instances(max_projects=6), st.sampled_from(MEASURES))
    def test_small(self, instance: tuple[Election, Ballots], satisfaction: Satisfaction) -> None:
        agree(*instance, satisfaction)

    @pytest.mark.parametrize("satisfaction", MEASURES)
    def test_overlapping_groups(self, satisfaction: Satisfaction) -> None:
        for setting, reports in sweep(120):
            agree(setting, reports, satisfaction)

    @pytest.mark.parametrize("satisfaction", MEASURES)
    def test_differences_below_the_accuracy_of_floats(self, satisfaction: Satisfaction) -> None:
        rng = np.random.default_rng(5)
        for _ in range(60):
            agree(*crowded(rng), satisfaction)

    @pytest.mark.parametrize("satisfaction", MEASURES)
    def test_towns_that_are_alike(self, satisfaction: Satisfaction) -> None:
        rng = np.random.default_rng(8)
        for projects, voters in [(7, 25)] * 40 + [(12, 400)] * 6:
            agree(*twins(rng, projects, voters), satisfaction)

    @pytest.mark.parametrize("tiny", [0, F(1, 10**30), -F(1, 10**30)])
    def test_money_that_is_just_enough_or_just_not(self, tiny: Fraction) -> None:
        """Three of seven voters have 3 B / 7, which pays for their project, or does not."""
        setting = election(7, 3 + tiny, 7)
        reports = ballots("a", "a", "a", "", "", "", "")
        agree(setting, reports, "cardinality")
        funded = EqualShares(FIRST, setting).of_approvals(Approvals.of(reports, 2))
        assert funded == (frozenset({0}) if tiny <= 0 else frozenset())

    def test_ties_are_broken_by_the_policy(self) -> None:
        setting, reports = election(2, 1, 1, 1), ballots("abc", "abc")
        rule = EqualShares(Priority((2, 1, 0)), setting)
        assert rule.of_approvals(Approvals.of(reports, 3)) == {1, 2}

    def test_who_pays_often_is_followed(self) -> None:
        """Money that many purchases were paid from, with amounts no float can hold."""
        rng = np.random.default_rng(11)
        approved = rng.random((200, 40)) < 0.3
        listed = tuple(frozenset(np.flatnonzero(row).tolist()) for row in approved)
        costs = tuple(F(int(c), 7) for c in rng.integers(20, 90, 40))
        setting = Election(tuple(f"p{c}" for c in range(40)), costs, sum(costs, F(0)) / 2)
        for satisfaction in MEASURES:
            agree(setting, listed, satisfaction)

    @pytest.mark.parametrize("completion", ["add1", "add1u"])
    def test_completions(self, completion: Literal["add1", "add1u"]) -> None:
        for setting, reports in sweep(60):
            rule = EqualShares(FIRST, setting, "cost", completion, F(1, 3))
            arrays = Approvals.of(reports, len(setting.costs))
            assert rule.of_approvals(arrays) == rule(reports)


class TestFloatsDecideWhatTheyCan:
    """Where no two prices are close, nothing is bought in fractions; in a tie, something is."""

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        found: list[int] = []
        real = _certified.Market.choose

        def counting(*given: object) -> int | None:
            found.append(1)
            return real(*given)  # type: ignore[arg-type]  # passed on as they came

        monkeypatch.setattr(_certified.Market, "choose", counting)
        return found

    def test_no_ties(self, asked: list[int]) -> None:
        rng = np.random.default_rng(2)
        approved = rng.random((500, 25)) < 0.3
        listed = tuple(frozenset(np.flatnonzero(row).tolist()) for row in approved)
        costs = tuple(rng.integers(10_000, 90_000, 25).tolist())
        setting = Election(tuple(f"p{c}" for c in range(25)), costs, sum(costs) // 2)
        rule = EqualShares(FIRST, setting)
        assert len(rule.of_approvals(Approvals.of(listed, 25))) > 4
        assert not asked

    def test_a_tie(self, asked: list[int]) -> None:
        rule = EqualShares(FIRST, election(2, 1, 1))
        assert rule.of_approvals(Approvals.of(ballots("a", "b"), 2)) == {0, 1}
        assert asked


class TestApprovals:
    """Arrays hold the ballots they were made of, by class and by project."""

    @given(instances(max_projects=6))
    def test_round_trip(self, instance: tuple[Election, Ballots]) -> None:
        setting, reports = instance
        found = Approvals.of(reports, len(setting.costs))
        rows = np.split(found.approved, found.starts[1:-1])
        held = [(frozenset(row.tolist()), int(n)) for row, n in zip(rows, found.sizes, strict=True)]
        assert tuple(held) == tally(reports)
        for c in range(len(setting.costs)):
            classes = found.supporters(c).tolist()
            assert classes == [k for k, (ballot, _) in enumerate(held) if c in ballot]
            assert found.votes[c] == sum(c in ballot for ballot in reports)

    def test_a_population_and_sets(self) -> None:
        population = Population((frozenset({0}), frozenset({1, 2})), (2, 1))
        found = Approvals.of(({0}, {0}, {2, 1}), 3)  # type: ignore[arg-type]  # sets will do
        assert found.voters == 3
        assert found is Approvals.of(population, 3)
