"""Optimal lotteries of elections: linear programs against lists of all groups and all outcomes."""

import re
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import pytest
from election_strategies import ballots, election, instances, scored_instances
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import (
    ExAnte,
    IndividualFairShare,
    Instance,
    Line,
    ScoredElection,
    Strategyproof,
    UnanimousFairShare,
    judge,
)
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import (
    EJR,
    JR,
    BudgetBalancedUpToOne,
    Core,
    ExPost,
    GroupFairShare,
    StrongUnanimousFairShare,
    WithinBudget,
)
from mechsim.budgeting import (
    BWMES,
    BestLottery,
    FractionalRandomDictator,
    LeximinUtility,
    NoLottery,
    best_lottery,
    best_parts,
    best_within_budget,
    price_of_fairness,
)
from mechsim.budgeting.best_lottery import affordable, up_to_one
from mechsim.objectives import Egalitarian, Utilitarian
from mechsim.population import tally
from mechsim.preferences.elections import Ballots
from mechsim.program import Draft, Optimum, Terms
from mechsim.proving import certificate

F = Fraction
SHARES = UnanimousFairShare(), StrongUnanimousFairShare(), GroupFairShare()
BALANCED = st.sampled_from([Utilitarian(), Egalitarian()])
OBJECTIVES = st.sampled_from([Utilitarian(), Egalitarian(), LeximinUtility()])


def votes(instance: Instance) -> Ballots:
    """The ballots, one a voter."""
    assert isinstance(instance.reports, tuple)
    return instance.reports


def wanted(instance: Instance) -> bool:
    """Whether somebody wants what the budget can pay for."""
    return any(b & set(instance.setting.affordable) for b in votes(instance))


@st.composite
def towns(draw: st.DrawFn) -> Instance:
    setting, reports = draw(instances(max_projects=5))
    town = Instance(setting, setting.read(reports))
    return town if wanted(town) else Instance(election(2, 1, 2), ballots("a", "b", "ab"))


def found_best(found: Any) -> BestLottery:
    assert isinstance(found, BestLottery)
    return found


def utilities(found: BestLottery) -> list[F]:
    """Of each voter who wants what the budget can pay for, sorted."""
    p, affordable_ones = found.marginals, set(found.instance.setting.affordable)
    voters = [b for b in votes(found.instance) if b & affordable_ones]
    return sorted(sum((p[c] for c in b), F(0)) for b in voters)


class TestPartsAreLotteries:
    """Parts that cost the budget are lotteries over sets that cost it up to one project."""

    @given(towns(), BALANCED, st.sampled_from([(), *((axiom,) for axiom in SHARES)]))
    def test_two_programs_agree(self, town: Instance, objective: Any, axioms: Any) -> None:
        small = found_best(best_parts(objective, axioms, town))
        lifted = [a if isinstance(a, GroupFairShare) else ExAnte(a) for a in axioms]
        large = best_lottery(objective, lifted, town, outcomes=up_to_one(town))
        assert found_best(large).value == small.value

    @given(towns(), st.sampled_from(SHARES))
    def test_axioms_hold(self, town: Instance, axiom: Any) -> None:
        found = found_best(best_parts(Utilitarian(), [axiom], town))
        asked = axiom if isinstance(axiom, GroupFairShare) else ExAnte(axiom)
        assert judge(found.lottery, asked, town).word == "proved"
        if sum(town.setting.costs) >= town.setting.budget:
            assert judge(found.lottery, BudgetBalancedUpToOne(), town).word == "proved"

    @given(towns())
    def test_no_lottery_with_the_same_guarantee_is_better(self, town: Instance) -> None:
        strong = found_best(best_parts(Utilitarian(), [StrongUnanimousFairShare()], town))
        known = BWMES(Lexicographic(), town.setting)(votes(town))
        assert strong.value >= sum(
            (known.marginals[c] for ballot in votes(town) for c in ballot), F(0)
        )

    def test_what_every_outcome_contains(self) -> None:
        """Two of three voters could pay for b; all outcomes have it, and so satisfy EJR."""
        town = Instance(election(3, 2, 2), ballots("a", "b", "b"))
        found = found_best(
            best_parts(Utilitarian(), [UnanimousFairShare()], town, containing=frozenset({1}))
        )
        assert found.marginals == (F(1, 2), F(1))
        assert judge(found.lottery, EJR(), town).word == "proved"


class TestGroupFairShareIsAFlow:
    """A row for each of all groups gives the same optimum as the flow (Hall)."""

    @given(towns(), st.sampled_from(["integral", "fractional"]))
    def test_all_groups(self, town: Instance, benchmark: Any) -> None:
        self.compare(town, benchmark)

    @given(scored_instances(), st.sampled_from(["integral", "fractional"]))
    def test_all_groups_with_points(self, case: Any, benchmark: Any) -> None:
        found = self.compare(Instance(*case), benchmark)
        assert judge(found.lottery, GroupFairShare(benchmark), found.instance).word == "proved"

    def test_points_that_differ(self) -> None:
        """Two who give a project 3 and 1 are due 4/3 together, and want 3 of it: 4/9 is enough."""
        setting = ScoredElection(("park", "pool"), (2, 2), 2)
        town = Instance(setting, setting.read([[3, 0], [1, 0], [0, 5]]))
        found = found_best(best_parts(Utilitarian(), [GroupFairShare()], town))
        assert found.marginals == (F(4, 9), F(5, 9))

    def compare(self, town: Instance, benchmark: Any) -> BestLottery:
        """The best lottery, which is as good as that of the program with a row a group."""
        setting, classes = town.setting, tally(town.reports)
        draft = Draft()
        p = draft.variables("p[{c}]", (setting.projects,), high=1)
        draft.at_most("budget", (), F(setting.budget), Terms(p, setting.costs))
        dear = [c for c, cost in enumerate(setting.costs) if cost > setting.budget]
        if dear:
            draft.equal("not funded", (), 0, Terms(p[dear]))
        groups = chain.from_iterable(
            combinations(range(len(classes)), size) for size in range(1, len(classes) + 1)
        )
        for number, group in enumerate(groups):
            most: dict[int, F] = {}
            for k in group:
                for c, points in setting.points(classes[k][0]).items():
                    most[c] = max(points, most.get(c, F(0)))
            due = sum(
                classes[k][1] * setting.best(classes[k][0], F(setting.budget), benchmark)
                for k in group
            )
            if most:
                wanted = Terms(p[list(most)], list(most.values()))
                draft.at_least(f"group {number}", (), F(due) / town.agents, wanted)
        weights = [
            sum((n * setting.value(0, type_, {c}) for type_, n in classes), F(0))
            for c in range(len(p))
        ]
        expected = draft.maximize(Terms(p, weights)).solve()
        found = best_parts(Utilitarian(), [GroupFairShare(benchmark)], town)
        assert isinstance(expected, Optimum)
        assert found_best(found).value == expected.value
        return found_best(found)

    @given(towns())
    def test_random_dictators_satisfy_it(self, town: Instance) -> None:
        """So there always is such a lottery, and the best one is at least as good."""
        found = found_best(best_parts(Utilitarian(), [GroupFairShare("fractional")], town))
        known = FractionalRandomDictator(town.setting)(votes(town)).marginals
        assert found.value >= sum((known[c] for ballot in votes(town) for c in ballot), F(0))


class TestWithinTheBudget:
    """Outcomes that are found when needed give what a list of all of them gives."""

    @given(towns(), OBJECTIVES, st.booleans())
    def test_all_outcomes(self, town: Instance, objective: Any, fair: bool) -> None:
        axioms = [ExAnte(IndividualFairShare())] if fair else []
        few = best_within_budget(objective, axioms, town)
        every = best_lottery(objective, axioms, town)
        if isinstance(every, NoLottery):
            assert isinstance(few, NoLottery)
        else:
            assert not isinstance(few, NoLottery)
            assert few.best.value == every.value
            assert few.gap == 0
            if isinstance(objective, LeximinUtility):
                assert utilities(few.best) == utilities(found_best(every))

    def test_a_level_that_needs_an_outcome_of_its_own(self) -> None:
        """The least is 1 in any case; only {a, b}, which it does not need, gives 2 to the other."""
        town = Instance(election(6, 2, 1), ballots("b", "ab"))
        found = best_within_budget(LeximinUtility(), [], town)
        assert not isinstance(found, NoLottery)
        assert utilities(found.best) == [1, 2]
        assert found.gap == 0

    @given(towns())
    @settings(max_examples=20)
    def test_each_level_has_its_bound(self, town: Instance) -> None:
        """Where rounds end early, no first level of a leximin optimum is above it by the gap."""
        few = best_within_budget(LeximinUtility(), [], town, rounds=1)
        assert not isinstance(few, NoLottery)
        best = found_best(best_lottery(LeximinUtility(), [], town))
        reached = [found_best(b).levels[0].value for b in (few.best, best)]
        assert reached[0] <= reached[1] <= reached[0] + few.gap

    def test_rounds_end(self) -> None:
        """With no new outcomes it says how far from the best it may be, and that is true."""
        town = Instance(election(4, 2, 2, 3), ballots("ab", "ab", "c"))
        found = best_within_budget(Utilitarian(), [], town, rounds=0)
        assert not isinstance(found, NoLottery)
        assert (found.best.value, found.bound) == (F(2), F(4))
        assert "no lottery within the budget is worth more than 4" in str(found)


class TestLeximin:
    """The smallest utility first, then the next: no other lottery is better lexicographically."""

    @given(towns())
    def test_levels(self, town: Instance) -> None:
        leximin = found_best(best_parts(LeximinUtility(), [], town))
        least = found_best(best_parts(Egalitarian(), [], town))
        most = found_best(best_parts(Utilitarian(), [], town))
        assert utilities(leximin)[0] == least.value
        assert utilities(leximin) >= utilities(least)
        assert utilities(leximin) >= utilities(most)

    @given(towns(), st.data())
    def test_against_any_parts(self, town: Instance, data: st.DataObject) -> None:
        leximin = found_best(best_parts(LeximinUtility(), [], town))
        p = [data.draw(st.fractions(0, 1, max_denominator=4)) for _ in town.setting.costs]
        cost = town.setting.cost(tuple(p))
        scale = min(F(1), F(town.setting.budget) / cost) if cost else F(1)
        payable = set(town.setting.affordable)
        other = sorted(
            sum((p[c] * scale for c in b & payable), F(0)) for b in votes(town) if b & payable
        )
        assert utilities(leximin) >= other


class TestImpossible:
    """Lotteries that cannot be, with the rows that contradict each other."""

    def test_group_shares_and_justified_representation(self) -> None:
        """A project for all, and two for each of five voters (spec: slack -1/9 at best)."""
        setting = election(10, 6, *(5,) * 10)
        town = Instance(setting, ballots("abc", "ade", "afg", "ahi", "ajk"))
        for outcomes in (None, up_to_one(town)):
            found = best_lottery(
                Utilitarian(), [GroupFairShare(), ExPost(JR())], town, outcomes=outcomes
            )
            assert isinstance(found, NoLottery)
            assert any("take what is due" in row for row in found.core)
            assert certificate(found.infeasible)["kind"] == "lp"  # which the checker accepts
            alone = best_lottery(Utilitarian(), [GroupFairShare()], town, outcomes=outcomes)
            assert isinstance(alone, BestLottery)
        strong = ExAnte(StrongUnanimousFairShare())
        found = best_lottery(Utilitarian(), [strong, JR()], town, outcomes=up_to_one(town))
        assert judge(found_best(found).lottery, JR(), town).word == "proved"
        assert judge(found_best(found).lottery, strong, town).word == "proved"

    def test_outcomes_within_the_budget_may_be_unfair(self) -> None:
        """Costs 1 and 3 of 3, ballots a, a, b, a: JR needs a, and then b is never paid for."""
        town = Instance(election(3, 1, 3), ballots("a", "a", "b", "a"))
        asked = [JR(), ExAnte(IndividualFairShare())]
        assert isinstance(best_lottery(Utilitarian(), asked, town), NoLottery)
        found = found_best(best_lottery(Utilitarian(), asked, town, outcomes=up_to_one(town)))
        assert judge(found.lottery, JR(), town).word == "proved"
        assert judge(found.lottery, ExPost(WithinBudget()), town).word == "refuted"


class TestPriceOfFairness:
    """The best without the axioms over the best with them; 1 if they cost nothing."""

    def test_a_number(self) -> None:
        """Four voters for a, one for b: a fifth of b's cost is a fifth of a, which four lose."""
        town = Instance(election(1, 1, 1), ballots("a", "a", "a", "a", "b"))
        assert price_of_fairness(Utilitarian(), [UnanimousFairShare()], town) == F(20, 17)

    def test_one_axiom_is_no_list(self) -> None:
        one: Any = UnanimousFairShare()
        with pytest.raises(ValueError, match="axioms is UnanimousFairShare: it must be a list"):
            price_of_fairness(Utilitarian(), one, Instance(election(1, 1), ballots("a")))

    @given(towns())
    def test_at_least_one(self, town: Instance) -> None:
        prices = [price_of_fairness(Utilitarian(), [axiom], town) for axiom in SHARES]
        assert min(prices) >= 1
        assert prices[0] <= prices[1]
        assert prices[0] <= prices[2]


class TestBadQuestions:
    """What cannot be asked is refused by name."""

    @pytest.mark.parametrize(
        ("ask", "objective", "axioms", "message"),
        [
            (best_parts, Utilitarian(), [ExPost(JR())], r"axioms has ExPost\(JR\)"),
            (best_parts, Utilitarian(), [JR()], "no demand of voters of one mind"),
            (best_parts, JR(), [], "objective is JR"),
            (best_lottery, Utilitarian(), [GroupFairShare], "axioms has"),
            (
                best_lottery,
                Utilitarian(),
                [Core()],
                "none of 1 outcome satisfies Core, which every",
            ),
            (best_lottery, Utilitarian(), [UnanimousFairShare()], r"is written ExAnte\(axiom\)"),
            (best_lottery, Utilitarian(), JR(), "axioms is JR: it must be a list of axioms"),
            (best_parts, Utilitarian(), GroupFairShare(), "axioms is GroupFairShare: it must be a"),
            (best_parts, Utilitarian(), [JR], r"axioms has JR: .* not a class, as in JR\(\)"),
            (best_parts, Utilitarian(), "JR", "axioms is JR: it must be a list"),
            (
                best_lottery,
                Utilitarian(),
                [Strategyproof()],
                "it must be about outcomes, or in exp",
            ),
            (best_within_budget, Utilitarian(), [JR()], "axioms has JR: it must be in expectation"),
            (
                best_within_budget,
                Utilitarian(),
                [UnanimousFairShare()],
                "it must be in expectation",
            ),
            (best_within_budget, Utilitarian(), [ExPost(JR())], "best_lottery lists them"),
        ],
    )
    def test_refused(self, ask: Any, objective: Any, axioms: Any, message: str) -> None:
        town = Instance(election(3, 1, 3), ballots("a", "b"))
        listed = {"outcomes": [frozenset[int]()]} if ask is best_lottery else {}
        with pytest.raises(ValueError, match=message):
            ask(objective, axioms, town, **listed)

    @pytest.mark.parametrize(
        ("ask", "named", "value", "message"),
        [
            (best_parts, "containing", {7}, "containing has 7: a project is named, or counted"),
            (best_parts, "containing", {"z"}, "containing has 'z', which is no project"),
            (best_parts, "containing", "ab", "containing is 'ab' (str): an outcome is a list or"),
            (best_lottery, "outcomes", [], "outcomes is empty: a lottery draws at least one"),
            (best_lottery, "outcomes", [{-1}], "outcomes[0] has -1: a project is named, or"),
            (best_lottery, "outcomes", ["a"], "outcomes[0] is 'a' (str): an outcome is a list"),
            (best_lottery, "outcomes", [0], "outcomes[0] is 0 (int): an outcome is a list"),
            (best_lottery, "outcomes", 3, "outcomes is 3: it must be a list of sets"),
            (best_within_budget, "rounds", -1, "rounds is -1: it must be a whole number, at least"),
            (best_within_budget, "rounds", "5", "rounds is '5': it must be a whole number"),
        ],
    )
    def test_arguments(self, ask: Any, named: str, value: Any, message: str) -> None:
        town = Instance(election(3, 1, 3), ballots("a", "b"))
        with pytest.raises(ValueError, match=re.escape(message)):
            ask(Utilitarian(), [], town, **{named: value})

    @pytest.mark.parametrize("ask", [best_parts, best_lottery, best_within_budget])
    def test_no_instance(self, ask: Any) -> None:
        for wrong in (election(3, 1, 3), Instance(Line(0, 1), (F(0),))):
            with pytest.raises(ValueError, match=r"it must be Instance\(election, reports\), of"):
                ask(Utilitarian(), [], wrong)

    def test_names_and_lists_do(self) -> None:
        """Projects by name or number, in lists or sets."""
        town = Instance(election(3, 1, 3), ballots("a", "b", "b"))
        wide: list[Any] = [["a"], {"a"}, (0,), {0}, frozenset({0})]
        for one in wide:
            found = found_best(best_parts(Utilitarian(), [], town, containing=one))
            assert found.marginals == (F(1), F(2, 3))
        found = found_best(best_lottery(Utilitarian(), [], town, outcomes=wide))
        assert found.lottery.support == (frozenset({0}),)

    def test_too_many_projects(self) -> None:
        town = Instance(election(3, *(1,) * 17), ballots("a", "b"))
        with pytest.raises(ValueError, match="17 projects: outcomes are listed of at most 16"):
            affordable(town)
        with pytest.raises(ValueError, match="or use best_within_budget or best_parts"):
            best_lottery(Utilitarian(), [], town)

    def test_nobody_wants_anything(self) -> None:
        with pytest.raises(ValueError, match="no voter who wants what the budget can pay for"):
            best_parts(Egalitarian(), [], Instance(election(1, 1, 3), ballots("b", "")))
