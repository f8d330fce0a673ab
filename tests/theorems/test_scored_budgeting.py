"""Budgeting rules for points, against definitions that go voter by voter."""

import os
from fractions import Fraction
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from election_strategies import scored, scored_instances, scored_sweep, subsets, sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Instance, Population, ScoredElection, judge
from mechsim.algorithms.ties import Lexicographic, Priority, Refuse
from mechsim.axioms import (
    ScoredEJR,
    ScoredJR,
    confirm,
)
from mechsim.budgeting import (
    EqualShares,
    EqualSharesOfScores,
    FractionalRandomDictator,
    GreedyAV,
    GreedyByScore,
    GreedyRatio,
    MaxUtility,
)
from mechsim.population import tally
from mechsim.preferences import read_pabulib_file
from mechsim.preferences.scored import Scorings

F = Fraction
FIRST = Lexicographic()
Drawn = tuple[ScoredElection, Scorings]


def one_by_one(
    setting: ScoredElection, reports: Scorings, last: bool = False, more: int | Fraction = 0
) -> tuple[frozenset[int], list[Fraction]]:
    """Equal Shares by its definition: whoever may pay all it has is guessed, for each price.

    Of tied projects the first is funded, or the ``last``.  Each voter has B/n, and so much more.
    """
    left = [F(setting.budget) / len(reports) + more] * len(reports)
    points = [setting.points(row) for row in reports]
    funded: list[int] = []

    def price(c: int) -> Fraction | None:
        who = [i for i, row in enumerate(points) if c in row]
        for poor in subsets(who):
            rich = [i for i in who if i not in poor]
            if rich:
                rho = F(setting.costs[c] - sum(left[i] for i in poor)) / sum(
                    points[i][c] for i in rich
                )
                if sum(min(left[i], rho * points[i][c]) for i in who) == setting.costs[c]:
                    return rho
        return None

    while True:
        prices = {c: price(c) for c in range(len(setting.projects)) if c not in funded}
        payable = [(rho, c) for c, rho in prices.items() if rho is not None]
        if not payable:
            return frozenset(funded), left
        rho, c = min(payable, key=lambda found: (found[0], -found[1] if last else found[1]))
        funded.append(c)
        left = [b - min(b, rho * row.get(c, 0)) for b, row in zip(left, points, strict=True)]


class TestEqualSharesByHand:
    """Worked elections: what is bought, at which prices of a point, and what is left."""

    def test_a_voter_who_runs_out(self) -> None:
        """Ann has 2 and gives 3 points, Bob has 2 and gives 1: at a price of 1 Ann pays all."""
        setting = ScoredElection(("a",), (3,), 4)
        spending = EqualSharesOfScores(FIRST, setting).spend(tally(setting.read([[3], [1]])))
        assert spending.bought == ((0, F(1)),)
        assert spending.left == (F(0), F(1))

    def test_cheap_points_first(self) -> None:
        """The shed has 2 points for 1, the hall 3 for 2; then too little is left for the hall."""
        setting = ScoredElection(("shed", "hall"), (1, 2), 2)
        spending = EqualSharesOfScores(FIRST, setting).spend(tally(setting.read([[2, 3]])))
        assert spending.bought == ((0, F(1, 2)),)
        assert spending.left == (F(1),)
        assert spending.funded == {0}

    def test_whoever_wants_it_more_pays_more(self) -> None:
        setting = ScoredElection(("a", "b"), (4, 2), 12)
        spending = EqualSharesOfScores(FIRST, setting).spend(
            tally(setting.read([[3, 0], [1, 0], [0, 1]]))
        )
        assert spending.bought == ((0, F(1)), (1, F(2)))
        assert spending.left == (F(1), F(3), F(2))

    def test_nothing_is_affordable(self) -> None:
        setting = ScoredElection(("a", "b"), (2, 2), 2)
        assert EqualSharesOfScores(FIRST, setting)([[1, 0], [0, 5]]) == frozenset()


class TestEqualSharesOfScores:
    """The definition on classes is the one voter by voter; whatever is bought is paid for."""

    @given(drawn=scored_instances())
    @settings(max_examples=60)
    def test_is_voter_by_voter(self, drawn: Drawn) -> None:
        self._agree(*drawn)

    def test_is_voter_by_voter_in_a_sweep(self) -> None:
        """Where many projects are bought, and some who pay run out of money."""
        poor = [self._agree(*drawn) for drawn in scored_sweep(150)]
        assert sum(poor) > 30

    def test_all_that_are_tied_are_found(self) -> None:
        """So that the policy may take the last; prices from before are looked at again."""
        differ = 0
        for setting, reports in scored_sweep(150):
            order = Priority(tuple(reversed(range(len(setting.projects)))))
            funded = EqualSharesOfScores(order, setting)(reports)
            assert funded == one_by_one(setting, reports, last=True)[0]
            differ += funded != EqualSharesOfScores(FIRST, setting)(reports)
        assert differ > 3
        equal = ScoredElection(tuple("abc"), (1, 2, 2), 5)
        bought = EqualSharesOfScores(Priority((2, 1, 0)), equal).spend(
            tally(equal.read([[2, 1, 1]]))
        )
        assert [c for c, _ in bought.bought] == [0, 2, 1]

    def _agree(self, setting: ScoredElection, reports: Scorings) -> bool:
        funded, left = one_by_one(setting, reports)
        spending = EqualSharesOfScores(FIRST, setting).spend(tally(reports))
        assert spending.funded == funded == EqualSharesOfScores(FIRST, setting)(reports)
        of_type = dict(zip(reports, left, strict=True))
        assert spending.left == tuple(of_type[row] for row, _ in spending.classes)
        return any(not b and any(c in funded for c, _ in r) for r, b in of_type.items())

    def test_payments_add_up(self) -> None:
        """Played again from the prices, which never fall; nobody could pay for another project."""
        for setting, reports in scored_sweep():
            spending = EqualSharesOfScores(FIRST, setting).spend(tally(reports))
            left, before = [F(setting.budget) / len(reports)] * len(spending.classes), F(0)
            for c, price in spending.bought:
                assert price >= before
                before, paid = price, F(0)
                for k, (row, voters) in enumerate(spending.classes):
                    pays = min(left[k], price * setting.points(row).get(c, 0))
                    left[k], paid = left[k] - pays, paid + voters * pays
                assert paid == setting.costs[c]
            assert tuple(left) == spending.left
            for c in set(range(len(setting.projects))) - spending.funded:
                counted = zip(spending.classes, left, strict=True)
                able = sum(v * b for (row, v), b in counted if c in setting.points(row))
                assert able < setting.costs[c]

    def test_ejr_up_to_one_project(self) -> None:
        """Peters, Pierczyński, Skowron: with any points and costs."""
        for setting, reports in scored_sweep():
            funded = EqualSharesOfScores(FIRST, setting)(reports)
            assert judge(funded, ScoredEJR("one"), Instance(setting, reports)).word == "proved"

    def test_of_approvals_and_of_money(self) -> None:
        """If all points are 1 it is Equal Shares; if they are costs, Equal Shares of money."""
        for setting, reports in sweep(300):
            ones, rows = scored(setting, reports)
            assert EqualSharesOfScores(FIRST, ones)(rows) == EqualShares(FIRST, setting)(reports)
            ones, rows = scored(setting, reports, money=True)
            money = EqualShares(FIRST, setting, "cost")(reports)
            assert EqualSharesOfScores(FIRST, ones)(rows) == money

    @pytest.mark.parametrize("completion", ["add1", "add1u"])
    def test_completions_of_approvals_and_of_money(self, completion: Any) -> None:
        for setting, reports in sweep(80):
            ones, rows = scored(setting, reports)
            plain = EqualShares(FIRST, setting, "cardinality", completion, F(1, 2))
            assert EqualSharesOfScores(FIRST, ones, completion, F(1, 2))(rows) == plain(reports)
        for setting, reports in sweep(80):
            ones, rows = scored(setting, reports, money=True)
            last = EqualShares(FIRST, setting, "cost", "add1", F(1, 2))(reports)
            assert EqualSharesOfScores(FIRST, ones, "add1", F(1, 2))(rows) == last

    def test_completions(self) -> None:
        """The last outcome within the budget as all get more; then most points first, what fits."""
        better = 0
        for setting, reports in scored_sweep(60):
            wanted = frozenset(c for row in reports for c, _ in row)
            last, _ = one_by_one(setting, reports)
            for more in count(1):
                funded, _ = one_by_one(setting, reports, more=F(more, 2))
                if last == wanted or setting.cost(funded) > setting.budget:
                    break
                last = funded
            assert EqualSharesOfScores(FIRST, setting, "add1", F(1, 2))(reports) == last
            rest = {
                c: -sum(setting.points(row).get(c, 0) for row in reports) for c in wanted - last
            }
            for c in sorted(rest, key=lambda c: (rest[c], c)):
                if setting.cost(last | {c}) <= setting.budget:
                    last, better = last | {c}, better + 1
            assert EqualSharesOfScores(FIRST, setting, "add1u", F(1, 2))(reports) == last
        assert better > 5

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"completion": "all"}, "completion is 'all': it must be 'none', 'add1' or 'add1u'"),
            ({"step": 0}, "step is 0: it must be positive"),
        ],
    )
    def test_door(self, options: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            EqualSharesOfScores(FIRST, ScoredElection(("a",), (1,), 1), **options)

    @given(drawn=scored_instances(), factor=st.fractions(F(1, 5), 9, max_denominator=5))
    def test_units_are_immaterial(self, drawn: Drawn, factor: Fraction) -> None:
        """Of money, and of points as long as all use the same."""
        setting, reports = drawn
        funded = EqualSharesOfScores(FIRST, setting)(reports)
        costs = tuple(cost * factor for cost in setting.costs)
        dearer = ScoredElection(setting.projects, costs, setting.budget * factor)
        assert EqualSharesOfScores(FIRST, dearer)(reports) == funded
        rows = [{c: points * factor for c, points in row} for row in reports]
        assert EqualSharesOfScores(FIRST, setting)(rows) == funded

    @given(drawn=scored_instances())
    def test_a_voter_alone_buys_points_for_their_cost(self, drawn: Drawn) -> None:
        """Best points per cost first, each if it fits: the greedy rule per cost."""
        setting, reports = drawn
        alone = reports[:1]
        greedy = GreedyByScore(FIRST, setting, per_cost=True)(alone)
        assert EqualSharesOfScores(FIRST, setting)(alone) == greedy

    def test_a_hundred_million_voters(self) -> None:
        setting = ScoredElection(tuple("abcdefgh"), tuple(10**8 + k for k in range(8)), 10**9)
        rows = setting.read([{k: 1 + k, (k + 1) % 8: 2} for k in range(8)])
        funded = EqualSharesOfScores(FIRST, setting)(Population(rows, (10**8,) * 8))
        assert funded == EqualSharesOfScores(FIRST, setting)(rows)


RULES: list[Any] = [
    partial(EqualSharesOfScores, FIRST),
    partial(GreedyByScore, FIRST),
    partial(GreedyByScore, FIRST, per_cost=True),
    MaxUtility,
    FractionalRandomDictator,
]


@pytest.mark.parametrize("rule", RULES, ids=["shares", "greedy", "ratio", "most", "dictator"])
class TestCountedRows:
    """f(population) = f(expanded), and neither depends on the order of voters."""

    @given(
        drawn=scored_instances(), copies=st.lists(st.integers(1, 9), min_size=5, max_size=5),
        data=st.data(),
    )  # fmt: skip
    @settings(max_examples=30)
    def test_populations(
        self, rule: Any, drawn: Drawn, copies: list[int], data: st.DataObject
    ) -> None:
        setting, reports = drawn
        population = Population(reports, tuple(copies[: len(reports)]))
        shuffled = tuple(data.draw(st.permutations(population.expanded())))
        assert rule(setting)(population) == rule(setting)(shuffled)


class TestOtherRules:
    """Each by its definition; and with points of 1 each is the rule for approvals."""

    def test_of_approvals(self) -> None:
        for setting, reports in sweep(200):
            ones, rows = scored(setting, reports)
            assert GreedyByScore(FIRST, ones)(rows) == GreedyAV(FIRST, setting)(reports)
            ratio = GreedyByScore(FIRST, ones, per_cost=True)
            assert ratio(rows) == GreedyRatio(FIRST, setting)(reports)
            assert MaxUtility(ones)(rows) == MaxUtility(setting)(reports)
            lottery = FractionalRandomDictator(ones)(rows)
            assert lottery == FractionalRandomDictator(setting)(reports)

    @given(drawn=scored_instances())
    def test_greedy(self, drawn: Drawn) -> None:
        """One pass over the sorted projects."""
        setting, reports = drawn
        total = [
            sum(setting.points(r).get(c, F(0)) for r in reports) for c in range(len(setting.costs))
        ]
        for per_cost in (False, True):
            merit = [t / setting.costs[c] if per_cost else t for c, t in enumerate(total)]
            funded: list[int] = []
            for c in sorted(range(len(total)), key=lambda c: -merit[c]):
                if merit[c] and setting.cost(frozenset([*funded, c])) <= setting.budget:
                    funded.append(c)
            assert GreedyByScore(FIRST, setting, per_cost)(reports) == frozenset(funded)

    @given(drawn=scored_instances())
    def test_max_utility(self, drawn: Drawn) -> None:
        """No set of projects that the budget pays for is worth more to all together."""
        setting, reports = drawn
        chosen = MaxUtility(setting)(reports)
        worth = {
            w: sum(setting.value(i, row, w) for i, row in enumerate(reports))
            for w in subsets(range(len(setting.costs)))
            if setting.cost(w) <= setting.budget
        }
        assert worth[chosen] == max(worth.values())

    @given(drawn=scored_instances(), parts=st.booleans())
    def test_random_dictator(self, drawn: Drawn, parts: bool) -> None:
        """The mean of what each would do alone, which is the best that it can."""
        setting, reports = drawn
        rule = FractionalRandomDictator(setting, parts)
        alone = [rule([row]).marginals for row in reports]
        mean = tuple(sum(row) / len(reports) for row in zip(*alone, strict=True))
        assert rule(reports).marginals == mean
        name = "fractional" if parts else "integral"
        for row, part in zip(reports, alone, strict=True):
            assert setting.value(0, row, part) == setting.best(row, F(setting.budget), name)

    @pytest.mark.parametrize("rule", [EqualSharesOfScores, GreedyByScore])
    def test_ties(self, rule: Any) -> None:
        """The policy decides between projects that are equally good, and only there."""
        setting = ScoredElection(("a", "b"), (1, 1), 1)
        assert rule(Lexicographic(), setting)([[2, 2]]) == {0}
        assert rule(Priority((1, 0)), setting)([[2, 2]]) == {1}
        assert rule(Refuse(), setting)([[1, 2]]) == {1}
        with pytest.raises(ValueError, match=r"reports tie \(0, 1\): this rule refuses ties"):
            rule(Refuse(), setting)([[2, 2]])


FOLDER = Path(os.environ.get("MECHSIM_DATA", "")) / "pabulib"


@pytest.mark.skipif(
    "MECHSIM_DATA" not in os.environ or not FOLDER.is_dir(),
    reason="MECHSIM_DATA names no folder with pabulib/ in it",
)
class TestRealElections:
    """What Equal Shares funds in three real elections, as another program says too."""

    @pytest.mark.parametrize(
        ("name", "funded"),
        [
            ("Poland_Czestochowa_2020_Grabowka.pb", {0, 4, 5, 6}),
            ("Poland_Krakow_2018_Bienczyce.pb", {1, 3, 7, 10}),
            (
                "France_Toulouse_2019.pb",
                {1, 2, 3, 4, 5, 7, 11, 13, 14, 15, 19, 21, 22, 23, 27},
            ),
        ],
    )
    def test_equal_shares(self, name: str, funded: set[int]) -> None:
        file = read_pabulib_file(FOLDER / name)
        rule = EqualSharesOfScores(FIRST, file.scored_election)
        assert rule(file.scores) == funded
        instance = Instance(file.scored_election, file.scores)
        word = "unknown" if len(file.projects) > 16 else "proved"
        assert judge(frozenset(funded), ScoredEJR("one"), instance).word == word
        assert judge(frozenset(funded), ScoredJR(), instance).word == "proved"

    def test_what_is_left_over(self) -> None:
        """With more for each voter another project is bought, and little is left."""
        file = read_pabulib_file(FOLDER / "Poland_Czestochowa_2020_Grabowka.pb")
        setting = file.scored_election
        funded = EqualSharesOfScores(FIRST, setting, "add1", 10)(file.scores)
        assert funded == {0, 1, 4, 5, 6}
        assert setting.budget - setting.cost(funded) == 10_568

    def test_toulouse(self) -> None:
        """The greedy rule leaves a group that could pay for a project short of a point."""
        file = read_pabulib_file(FOLDER / "France_Toulouse_2019.pb")
        funded = GreedyByScore(FIRST, file.scored_election)(file.scores)
        instance = Instance(file.scored_election, file.scores)
        verdict: Any = judge(funded, ScoredJR(), instance)
        assert verdict.violation == 1
        assert confirm(verdict)
