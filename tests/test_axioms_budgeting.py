"""EJR+ and the budget: foils with smallest witnesses, and the definitions written out."""

from fractions import Fraction
from typing import Any

import pytest
from election_strategies import (
    ballots,
    election,
    instances,
    project_set,
    satisfies_ejr,
    subsets,
    sweep,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from mechsim import (
    EJRPlus,
    Election,
    ExAnte,
    ExPost,
    Instance,
    Population,
    Refuted,
    UnanimousFairShare,
    Unknown,
    WithinBudget,
    judge,
    verify,
    village,
)
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import EJR, Deserving, Exhaustion, LikeMinded, Total, Undecided
from mechsim.axioms.names import label
from mechsim.budgeting import BWMES, EqualShares, GreedyAV
from mechsim.preferences.elections import Ballots, Funded

FIRST = Lexicographic()
TOWN = election(2, 2, 1)
SPLIT = Instance(TOWN, ballots("a", "b"))
EJR_PLUS = EJRPlus()


class TestFoils:
    """Every axiom has a mechanism that breaks it, by a smallest witness that we can name."""

    @pytest.mark.parametrize(
        ("axiom", "foil", "case", "violation"),
        [
            (EJR_PLUS, GreedyAV(FIRST, TOWN), Deserving(SPLIT, 1), 1),
            (
                WithinBudget(),
                BWMES(FIRST, TOWN),
                Total(Instance(TOWN, ballots("b", "b"))),
                1,
            ),
            (
                ExAnte(UnanimousFairShare()),
                GreedyAV(FIRST, TOWN),
                LikeMinded(SPLIT, frozenset({1}), 1),
                Fraction(1, 2),
            ),
        ],
    )
    def test_witness(self, axiom: Any, foil: Any, case: Any, violation: Any) -> None:
        verdict = verify(foil, axiom, TOWN, agents=2)
        assert isinstance(verdict, Refuted)
        assert verdict.case == case
        assert verdict.violation == violation
        assert verdict.arithmetic == "exact"

    def test_in_words(self) -> None:
        town = Election(("hall", "park"), TOWN.costs, TOWN.budget)
        assert str(verify(GreedyAV(FIRST, town), EJR_PLUS, town, agents=2)).endswith(
            "at ({hall}, {park}), with outcome {hall}, {park} is lacking although a group of those "
            "who approve of it could pay for 1 project like it more than any of them gets"
        )
        assert str(verify(BWMES(FIRST, town), WithinBudget(), town, agents=2)).endswith(
            "at ({park}, {park}), 1 too much is spent if {hall, park} is drawn"
        )

    def test_names(self) -> None:
        assert label(ExPost(EJR_PLUS)) == "EJR+ ex post"


def ejr_plus(setting: Election, reports: Ballots, funded: Funded) -> bool:
    """EJR+ by its definition, over all groups."""
    for c in set(range(len(setting.projects))) - funded:
        supporters = [i for i, ballot in enumerate(reports) if c in ballot]
        for group in subsets(supporters):
            if not group:
                continue
            money = setting.budget * Fraction(len(group), len(reports))
            for times in range(1, len(setting.projects) + 2):
                short = all(len(reports[i] & funded) < times for i in group)
                if short and times * setting.costs[c] <= money:
                    return False
    return True


def worst(setting: Election, reports: Ballots, funded: Funded) -> Fraction:
    cases = EJR_PLUS.cases(Instance(setting, reports))
    return max(EJR_PLUS.outcome_violation(funded, case) for case in cases)


class TestEJRPlus:
    """The polynomial test is the definition; unit costs give that of Brill and Peters."""

    @given(drawn=instances(), data=st.data())
    def test_is_the_definition(self, drawn: tuple[Election, Ballots], data: st.DataObject) -> None:
        setting, reports = drawn
        funded = data.draw(st.frozensets(st.integers(0, len(setting.projects) - 1)))
        assert (worst(setting, reports, funded) <= 0) == ejr_plus(setting, reports, funded)

    def test_is_the_definition_in_a_sweep(self) -> None:
        """At every set that holds at most two projects, which is where groups lack some."""
        for setting, reports in sweep(60):
            for funded in subsets(range(len(setting.projects))):
                if len(funded) <= 2:
                    found = worst(setting, reports, funded) <= 0
                    assert found == ejr_plus(setting, reports, funded)

    @given(drawn=instances(unit=True), data=st.data())
    def test_with_unit_costs_it_implies_ejr(
        self, drawn: tuple[Election, Ballots], data: st.DataObject
    ) -> None:
        setting, reports = drawn
        funded = data.draw(st.frozensets(st.integers(0, len(setting.projects) - 1)))
        assume(worst(setting, reports, funded) <= 0)
        assert satisfies_ejr(setting, reports, funded)

    def test_with_unit_costs_it_is_stronger(self) -> None:
        """All four voters want a, which is lacking; beyond that only pairs agree, on b and on c."""
        setting, reports = election(2, 1, 1, 1), ballots("ab", "ab", "ac", "ac")
        assert satisfies_ejr(setting, reports, project_set("bc"))
        assert worst(setting, reports, project_set("bc")) == 1

    def test_with_other_costs_it_does_not_imply_ejr(self) -> None:
        """A voter with budget 4 likes a (cost 1) and b (cost 3), and could have both."""
        setting, reports = election(4, 1, 3), ballots("ab")
        assert worst(setting, reports, project_set("a")) <= 0
        assert not satisfies_ejr(setting, reports, project_set("a"))

    @given(drawn=instances(max_agents=8, max_projects=5))
    def test_equal_shares_satisfies_it(self, drawn: tuple[Election, Ballots]) -> None:
        setting, reports = drawn
        assert worst(setting, reports, EqualShares(FIRST, setting)(reports)) <= 0

    def test_equal_shares_satisfies_it_in_a_sweep(self) -> None:
        for setting, reports in sweep():
            assert worst(setting, reports, EqualShares(FIRST, setting)(reports)) <= 0

    def test_equal_shares_fails_it_with_money_for_numbers(self) -> None:
        """cost(A_i and W) + cost(c) <= |S| B/n is another axiom: b would be due to all three."""
        setting, reports = election(6, 1, 5, 1, 6, 2), ballots("abd", "abd", "bce")
        funded = EqualShares(FIRST, setting)(reports)
        assert funded == project_set("ac")
        assert all(setting.cost(b & funded) + setting.costs[1] <= setting.budget for b in reports)

    @given(drawn=instances(), data=st.data())
    def test_monotone(self, drawn: tuple[Election, Ballots], data: st.DataObject) -> None:
        setting, reports = drawn
        sets = st.frozensets(st.integers(0, len(setting.projects) - 1))
        less, more = data.draw(sets), data.draw(sets)
        for case in EJR_PLUS.cases(Instance(setting, reports)):
            before = EJR_PLUS.outcome_violation(less, case)
            assert EJR_PLUS.outcome_violation(less | more, case) <= before

    @given(drawn=instances(), copies=st.integers(2, 10**9))
    def test_counted_ballots(self, drawn: tuple[Election, Ballots], copies: int) -> None:
        setting, reports = drawn
        many = Instance(setting, Population(reports, (copies,) * len(reports)))
        for funded in subsets(range(len(setting.projects))):
            found = [EJR_PLUS.outcome_violation(funded, case) for case in EJR_PLUS.cases(many)]
            few = EJR_PLUS.cases(Instance(setting, reports))
            assert found == [EJR_PLUS.outcome_violation(funded, case) for case in few]

    def test_is_about_sets(self) -> None:
        (case, _) = EJR_PLUS.cases(SPLIT)
        with pytest.raises(Undecided, match=r"EJR\+ is about sets of projects"):
            EJR_PLUS.outcome_violation((Fraction(1), Fraction(0)), case)
        read = ExAnte(EJR_PLUS)
        assert isinstance(verify(BWMES(FIRST, TOWN), read, TOWN, agents=2), Unknown)


class TestExPostOfRoundedLotteries:
    """What all outcomes share decides a monotone axiom; few outcomes are listed."""

    @given(drawn=instances())
    def test_is_the_worst_outcome(self, drawn: tuple[Election, Ballots]) -> None:
        setting, reports = drawn
        mechanism = BWMES(FIRST, setting)
        outcomes = mechanism(reports).finite().support
        axioms: tuple[Any, ...] = (EJR_PLUS, WithinBudget(), UnanimousFairShare())
        for axiom in axioms:
            for case in axiom.cases(Instance(setting, reports)):
                listed = max(axiom.outcome_violation(outcome, case) for outcome in outcomes)
                found = ExPost(axiom).violation(mechanism, case)
                assert (found > 0) == (listed > 0)
                assert found <= 0 or found == listed

    def test_many_outcomes_are_sampled(self) -> None:
        half = Fraction(1, 2)
        setting = election(10, *[1] * 20)
        lottery = Rounded((half,) * 20, (Fraction(1),) * 20)
        one = Instance(setting, ballots("a"))
        assert judge(lottery, EJR_PLUS, one).word == "refuted"  # half of the draws lack a
        assert judge(lottery, WithinBudget(), one).word == "unknown"


class TestGivenOutcomes:
    """A user who holds an outcome can have it judged."""

    def test_outcomes(self) -> None:
        assert judge(project_set("a"), EJR_PLUS, SPLIT).word == "refuted"
        assert judge(project_set("b"), EJR_PLUS, SPLIT).word == "proved"
        assert judge(project_set("ab"), WithinBudget(), SPLIT).word == "refuted"
        assert judge(project_set("ab"), EJR_PLUS, SPLIT).word == "proved"

    def test_what_is_no_outcome(self) -> None:
        assert judge(frozenset({7}), EJR_PLUS, SPLIT).word == "misbehaved"

    @pytest.mark.parametrize("typed", [{"a"}, frozenset({"a"}), ["a"], {0}, [0]])
    def test_by_name_or_number(self, typed: Any) -> None:
        verdict = judge(typed, EJR_PLUS, SPLIT)
        assert verdict == judge(project_set("a"), EJR_PLUS, SPLIT)

    def test_no_such_project(self) -> None:
        with pytest.raises(ValueError, match="outcome has 'z', which is no project of Election"):
            judge({"z"}, EJR_PLUS, SPLIT)


class TestWhatAProofTells:
    """A proof by the axiom's own search says so, and does not look as if there had been no case."""

    def test_words(self) -> None:
        town = Instance(*village())
        funded = EqualShares(FIRST, town.setting)(town.reports)
        told = str(judge(funded, EJR(), town))
        assert told.endswith(": a search of 1 profile finds no case that could refute it")
        few = Exhaustion(2, 3, chosen=True)
        assert str(few) == "3 cases at 2 profiles decide it and were evaluated"
        one = judge(project_set("a"), WithinBudget(), town)
        assert str(one).endswith(": the 1 case at 1 profile was evaluated")
