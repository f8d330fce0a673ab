"""Axioms of budgeting by points, against definitions that list all groups."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from election_strategies import project_set, scored, scored_instances, scored_sweep, subsets, sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Instance, ScoredElection, judge, verify
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic
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
    FractionalRandomDictator,
    GreedyByScore,
)
from mechsim.preferences.scored import Scorings
from mechsim.program import Draft, Optimum, Terms

F = Fraction
FIRST = Lexicographic()
Drawn = tuple[ScoredElection, Scorings]


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
