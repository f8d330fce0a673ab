"""Budgeting by points: rules and axioms against definitions that list all voters and groups."""

import os
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from election_strategies import project_set, scored_instances, scored_sweep, subsets, sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Election, Instance, Population, ScoredElection, judge, verify
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic, Priority, Refuse
from mechsim.axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    Coalition,
    Core,
    EJRPlus,
    EJRPlusX,
    ExAnte,
    Exhaustive,
    GroupFairShare,
    IndividualFairShare,
    ScoredCore,
    ScoredEJR,
    ScoredFJR,
    ScoredJR,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
    UnanimousFairShare,
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
from mechsim.preferences.elections import Ballots
from mechsim.preferences.scored import Scorings
from mechsim.program import Draft, Optimum, Terms

F = Fraction
FIRST = Lexicographic()
Drawn = tuple[ScoredElection, Scorings]


def scored(setting: Election, reports: Ballots, money: bool = False) -> Drawn:
    """Approvals as points: 1 for each project, or its cost."""
    other = ScoredElection(setting.projects, setting.costs, setting.budget)
    rows = [{c: setting.costs[c] if money else 1 for c in ballot} for ballot in reports]
    return other, other.read(rows)


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


def coalitions(drawn: Drawn) -> Iterator[tuple[list[dict[int, Fraction]], frozenset[int]]]:
    """The points of every group of voters with every set of projects that it could pay for."""
    setting, reports = drawn
    for voters in subsets(range(len(reports))):
        for projects in subsets(range(len(setting.costs))):
            afford = len(voters) * setting.budget >= len(reports) * setting.cost(projects)
            if voters and projects and afford:
                yield [setting.points(reports[i]) for i in voters], projects


def lacking(axiom: Any, drawn: Drawn, outcome: frozenset[int]) -> Fraction:
    """The most that a group lacks, by the definition: all groups, all sets of projects."""

    def worth(row: dict[int, Fraction], chosen: frozenset[int]) -> Fraction:
        return sum((row.get(c, F(0)) for c in chosen), F(0))

    worst = F(0)
    for group, projects in coalitions(drawn):
        gets = max(worth(row, outcome) for row in group)
        agreed = sum((min(row.get(c, F(0)) for row in group) for c in projects), F(0))
        match axiom:
            case ScoredJR():
                short = agreed - gets if len(projects) == 1 else F(0)
            case ScoredEJR("none"):
                short = agreed - gets
            case ScoredEJR("one"):
                content = any(
                    worth(row, outcome) >= agreed
                    or any(worth(row, outcome | {c}) > agreed for c in projects - outcome)
                    for row in group
                )
                short = F(0) if content else agreed - gets
            case ScoredFJR():
                short = min(worth(row, projects) for row in group) - gets
            case ScoredCore():
                short = min(worth(row, projects) - worth(row, outcome) for row in group)
            case _:
                raise AssertionError(axiom)
        worst = max(worst, short)
    return worst


AXIOMS: list[Any] = [ScoredJR(), ScoredEJR("one"), ScoredEJR(), ScoredFJR(), ScoredCore()]


@st.composite
def with_outcome(draw: st.DrawFn) -> tuple[Drawn, frozenset[int]]:
    setting, reports = draw(scored_instances(max_agents=5, max_projects=3))
    every = subsets(range(len(setting.costs)))
    feasible = [w for w in every if setting.cost(w) <= setting.budget]
    return (setting, reports), draw(st.sampled_from(feasible))


class TestDefinitions:
    """Each tester finds what the most lacking group lacks, and its witness is such a group."""

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    @given(case=with_outcome())
    @settings(max_examples=50)
    def test_as_defined(self, axiom: Any, case: tuple[Drawn, frozenset[int]]) -> None:
        (setting, reports), outcome = case
        self._as_defined(axiom, setting, reports, outcome)

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    def test_as_defined_in_a_sweep(self, axiom: Any) -> None:
        found = [
            self._as_defined(axiom, setting, reports, frozenset({k % 3}))
            for k, (setting, reports) in enumerate(scored_sweep(25))
        ]
        assert sum(found) > 5

    def _as_defined(
        self, axiom: Any, setting: ScoredElection, reports: Scorings, outcome: frozenset[int]
    ) -> bool:
        instance = Instance(setting, reports)
        verdict: Any = judge(outcome, axiom, instance)
        worst = lacking(axiom, (setting, reports), outcome)
        assert verdict.word == ("refuted" if worst else "proved")
        listed = [axiom.outcome_violation(outcome, c) for c in axiom.cases(instance)]
        assert max(listed, default=F(0)) == worst
        if worst:
            assert verdict.violation == worst
            assert confirm(verdict)
            group, wanted = axiom.group(outcome, verdict.case), verdict.case.projects
            members = tuple(row for row in reports if row in group.ballots)
            assert group.voters == len(members)
            assert group.voters * setting.budget >= len(reports) * setting.cost(wanted)
            rescaled = ScoredElection(
                setting.projects, setting.costs, F(setting.budget) * len(members) / len(reports)
            )  # in which the group is all there are
            assert lacking(axiom, (rescaled, members), outcome) >= worst
        return bool(worst)

    def test_of_approvals(self) -> None:
        """Where all points are 1 they are the axioms of approvals; also asked of approvals."""
        pairs: list[tuple[Any, Any]] = [
            (ScoredJR(), JR()),
            (ScoredEJR(), EJR()),
            (ScoredEJR("one"), EJR("cardinality", "one")),
            (ScoredFJR(), FJR()),
            (ScoredCore(), Core()),
        ]
        for k, (setting, reports) in enumerate(sweep(60)):
            instance = Instance(*scored(setting, reports))
            outcome = frozenset({k % 3}) if k % 2 else EqualShares(FIRST, setting)(reports)
            for points, approvals in pairs:
                word = judge(outcome, approvals, Instance(setting, reports)).word
                assert judge(outcome, points, instance).word == word
                assert judge(outcome, points, Instance(setting, reports)).word == word

    @given(case=with_outcome(), more=st.integers(0, 2))
    def test_chain_and_monotony(self, case: tuple[Drawn, frozenset[int]], more: int) -> None:
        """The core implies FJR, EJR, and JR and EJR-1; more projects never hurt."""
        (setting, reports), outcome = case
        instance = Instance(setting, reports)
        one, other = (
            {a: judge(w, a, instance).word == "proved" for a in AXIOMS}
            for w in (outcome, outcome | {more % len(setting.costs)})
        )
        assert one[ScoredFJR()] >= one[ScoredCore()]
        assert one[ScoredEJR()] >= one[ScoredFJR()]
        assert one[ScoredJR()] >= one[ScoredEJR()]
        assert one[ScoredEJR("one")] >= one[ScoredEJR()]
        assert all(other[axiom] >= one[axiom] for axiom in AXIOMS)

    @pytest.mark.parametrize(
        ("holds", "fails", "costs", "budget", "rows", "outcome"),
        [
            (ScoredEJR("one"), ScoredJR(), (1, 2), 2, ("23",), "a"),
            (ScoredJR(), ScoredEJR("one"), (1, 1), 2, ("11",), "a"),
            (ScoredJR(), ScoredEJR(), (3, 1, 1), 3, ("221",), "a"),
            (ScoredEJR("one"), ScoredEJR(), (3, 1, 1), 3, ("221",), "a"),
            (ScoredEJR(), ScoredFJR(), (3, 1), 4, ("20", "11"), "b"),
            (ScoredFJR(), ScoredCore(), (2, 2), 2, ("10", "21"), "b"),
        ],
    )
    def test_nothing_else_follows(
        self,
        holds: Any,
        fails: Any,
        costs: tuple[int, ...],
        budget: int,
        rows: tuple[str, ...],
        outcome: str,
    ) -> None:
        """JR and EJR-1 are incomparable, and no implication of the chain can be turned."""
        setting = ScoredElection(tuple("abc"[: len(costs)]), costs, budget)
        instance = Instance(setting, setting.read([list(map(int, row)) for row in rows]))
        assert judge(project_set(outcome), holds, instance).word == "proved"
        assert judge(project_set(outcome), fails, instance).word == "refuted"

    def test_told(self) -> None:
        setting = ScoredElection(("shed", "hall"), (1, 2), 2)
        instance = Instance(setting, setting.read([[2, F(7, 2)]]))
        verdict = judge(frozenset({0}), ScoredJR(), instance)
        assert "could pay for {hall} gets 3/2 less, in points, than it deserves" in str(verdict)
        assert verdict.case == Coalition(instance, frozenset({1}))  # type: ignore[union-attr]

    def test_large_points_are_exact(self) -> None:
        """Beyond 64 bits; a hair less than what a group deserves is less."""
        setting = ScoredElection(("a", "b"), (1, 1), 1)
        instance = Instance(setting, setting.read([[F(10**30), F(10**30) + F(1, 10**9)]]))
        for axiom in (ScoredJR(), ScoredEJR(), ScoredFJR(), ScoredCore()):
            verdict: Any = judge(frozenset({0}), axiom, instance)
            assert verdict.violation == F(1, 10**9)

    def test_door(self) -> None:
        with pytest.raises(ValueError, match="up_to is 'any': it must be 'none' or 'one'"):
            ScoredEJR("any")  # type: ignore[arg-type]

    def test_too_many_projects(self) -> None:
        """Where sets cannot be listed nothing is claimed; JR is about single projects."""
        setting = ScoredElection(tuple(f"p{k}" for k in range(20)), (1,) * 20, 5)
        instance = Instance(setting, setting.read([[1] * 20]))
        assert judge(frozenset({0}), ScoredCore(), instance).word == "unknown"
        assert judge(frozenset({0}), ScoredJR(), instance).word == "proved"

    @pytest.mark.parametrize("axiom", [JR(), PJR(), EJR(), FJR(), Core(), EJRPlus(), EJRPlusX()])
    def test_axioms_of_approvals_do_not_judge_points(self, axiom: Any) -> None:
        setting = ScoredElection(("a", "b"), (1, 1), 2)
        instance = Instance(setting, setting.read([[1, 2]]))
        verdict = judge(frozenset[int](), axiom, instance)
        assert verdict.word == "unknown"
        assert "points" in str(verdict)

    @given(case=with_outcome())
    def test_exhaustive(self, case: tuple[Drawn, frozenset[int]]) -> None:
        """No project that has points fits any more."""
        (setting, reports), outcome = case
        fits = any(
            c not in outcome and setting.cost(outcome | {c}) <= setting.budget
            for row in reports
            for c, _ in row
        )
        found = judge(outcome, Exhaustive(), Instance(setting, reports)).word
        assert found == ("refuted" if fits else "proved")


class TestFairShares:
    """The axioms of shares ask the setting, and mean the same for points."""

    @given(
        drawn=scored_instances(max_agents=4),
        quarters=st.lists(st.integers(0, 4), min_size=4, max_size=4),
        parts=st.booleans(),
    )
    def test_group_fair_share(self, drawn: Drawn, quarters: list[int], parts: bool) -> None:
        """The closure program finds the group that lacks most."""
        setting, reports = drawn
        n, name = len(reports), "fractional" if parts else "integral"
        p = tuple(F(q, 4) for q in quarters[: len(setting.costs)])
        points = [setting.points(row) for row in reports]
        due = [setting.best(row, F(setting.budget), name) / n for row in reports]
        lack = max(
            sum((due[i] for i in group), F(0))
            - sum(
                q * max((points[i].get(c, F(0)) for i in group), default=F(0))
                for c, q in enumerate(p)
            )
            for group in subsets(range(n))
        )
        lottery = Rounded(p, tuple(map(F, setting.costs)))
        axiom = GroupFairShare(name)  # type: ignore[arg-type]
        verdict: Any = judge(lottery, axiom, Instance(setting, reports))
        assert verdict.word == ("refuted" if lack > 0 else "proved")
        if lack > 0:
            assert verdict.violation == lack

    @given(drawn=scored_instances(), quarters=st.lists(st.integers(0, 4), min_size=4, max_size=4))
    def test_logic(self, drawn: Drawn, quarters: list[int]) -> None:
        """Strong UFS implies strong IFS and UFS; each of those IFS; GFS implies UFS."""
        setting, reports = drawn
        p = Rounded(
            tuple(F(q, 4) for q in quarters[: len(setting.costs)]), tuple(map(F, setting.costs))
        )
        strong_ufs, strong_ifs, ufs, ifs, gfs = (
            judge(p, axiom, Instance(setting, reports)).word == "proved"
            for axiom in (
                ExAnte(StrongUnanimousFairShare()),
                ExAnte(StrongIndividualFairShare()),
                ExAnte(UnanimousFairShare()),
                ExAnte(IndividualFairShare()),
                GroupFairShare("fractional"),
            )
        )
        assert strong_ifs >= strong_ufs
        assert ufs >= strong_ufs
        assert ifs >= ufs
        assert ifs >= strong_ifs
        assert ufs >= gfs

    @given(drawn=scored_instances())
    def test_random_dictator_gives_groups_their_share(self, drawn: Drawn) -> None:
        """Each member's own part of the outcome is worth its share to it."""
        setting, reports = drawn
        lottery = FractionalRandomDictator(setting)(reports)
        verdict = judge(lottery, GroupFairShare("fractional"), Instance(setting, reports))
        assert verdict.word == "proved"

    def test_strong_shares(self) -> None:
        """Two of three have 2 of the budget of 3; one has 1, which is half of the hall."""
        setting = ScoredElection(("hall", "park"), (2, 1), 3)
        reports = setting.read([[6, 1], [6, 1], [1, 2]])
        nothing = Instance(setting, reports)
        verdict: Any = judge(frozenset[int](), StrongUnanimousFairShare(), nothing)
        assert verdict.violation == 6
        individual = StrongIndividualFairShare()
        lacks = [
            individual.outcome_violation(frozenset[int](), c) for c in individual.cases(nothing)
        ]
        assert lacks == [3, 2]
        whole = StrongIndividualFairShare("integral")
        lacks = [whole.outcome_violation(frozenset[int](), c) for c in whole.cases(nothing)]
        assert lacks == [1, 2]


class TestIndividualFairShareAgainstJR:
    """Costs 1, 1, 2 and a budget of 2: who gives 10 points to c is due 5, and JR leaves it 1.

    Voter 1 could pay for a, voter 2 for b, so JR asks for both, and then c is too dear.
    """

    SETTING = ScoredElection(tuple("abc"), (1, 1, 2), 2)
    REPORTS = SETTING.read([[1, 0, 10], [0, 1, 0]])

    def best(self, outcomes: list[frozenset[int]]) -> Fraction:
        """The largest slack of individual fair share over lotteries on these, exactly."""
        due = [self.SETTING.fair_share(row, F(1, 2)) for row in self.REPORTS]
        draft = Draft()
        chance = draft.variables("p[{outcome}]", (range(len(outcomes)),))
        slack = draft.variables("slack", low=None)
        draft.equal("p is a lottery", (), 1, Terms(chance))
        for agent, row in enumerate(self.REPORTS):
            worth = [self.SETTING.value(agent, row, outcome) for outcome in outcomes]
            name = f"voter {agent} gets its share and the slack"
            draft.at_least(name, (), due[agent], Terms(chance, worth), Terms(slack, -1))
        found = draft.maximize(Terms(slack)).solve()
        assert isinstance(found, Optimum)
        return F(found.value)

    def test_impossible(self) -> None:
        feasible = list(self.SETTING.alternatives(2))
        instance = Instance(self.SETTING, self.REPORTS)
        fair = [w for w in feasible if judge(w, ScoredJR(), instance).word == "proved"]
        assert fair == [frozenset({0, 1})]
        assert self.best(fair) == -4
        assert self.best(feasible) == F(1, 20)

    def test_by_parts(self) -> None:
        """The lottery of slack 1/20 satisfies the axiom and breaks JR ex post."""
        p = (F(11, 20), F(11, 20), F(9, 20))
        lottery, instance = Rounded(p, (F(1), F(1), F(2))), Instance(self.SETTING, self.REPORTS)
        axiom = IndividualFairShare()
        slacks = [-axiom.outcome_violation(p, case) for case in axiom.cases(instance)]
        assert slacks == [F(1, 20), F(1, 20)]
        assert judge(lottery, ExAnte(axiom), instance).word == "proved"
        assert judge(lottery, ScoredJR(), instance).word == "refuted"


class TestFoils:
    """The greedy rule is refuted by search, and the witness is replayed."""

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    def test_greedy(self, axiom: Any) -> None:
        setting = ScoredElection(("hall", "park"), (2, 1), 2)
        verdict: Any = verify(GreedyByScore(FIRST, setting), axiom, setting, agents=2)
        assert verdict.word == "refuted"
        assert confirm(verdict)


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
