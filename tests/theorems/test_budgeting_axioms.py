"""Axioms of representation and fair shares, against definitions that list all groups."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Election, Instance, Line, judge
from mechsim.algorithms.rounding import Rounded
from mechsim.axioms import (
    EJR,
    FJR,
    JR,
    PJR,
    BudgetBalancedUpToOne,
    Coalition,
    Core,
    EJRPlusX,
    Everyone,
    ExAnte,
    Exhaustive,
    GroupFairShare,
    Individual,
    IndividualFairShare,
    LikeMinded,
    StrongIndividualFairShare,
    StrongUnanimousFairShare,
    UnanimousFairShare,
)
from mechsim.axioms._base import Undecided
from mechsim.axioms.fair_share import Benchmark
from mechsim.axioms.names import label

F = Fraction
BENCHMARKS: tuple[Benchmark, ...] = ("fractional", "integral")


def subsets(items: Any) -> Iterator[frozenset[int]]:
    listed = list(items)
    return map(
        frozenset, chain.from_iterable(combinations(listed, k) for k in range(len(listed) + 1))
    )


def coalitions(
    election: Election, ballots: Any
) -> Iterator[tuple[tuple[int, ...], frozenset[int]]]:
    """Every group of voters with every set of projects that it could pay for."""
    n, budget = len(ballots), election.budget
    for voters in subsets(range(n)):
        for projects in subsets(range(len(election.costs))):
            if voters and projects and len(voters) * budget >= n * election.cost(projects):
                yield tuple(sorted(voters)), projects


def measure(election: Election, projects: frozenset[int], name: str) -> Fraction:
    return F(len(projects)) if name == "cardinality" else election.cost(projects)


def relaxed(
    election: Election, got: Fraction, projects: frozenset[int], outcome: Any, name: str, up_to: str
) -> bool:
    """Whether a group that has this much is left with too little."""
    worth = measure(election, projects, name)
    lacking = projects - outcome
    more = [measure(election, frozenset({c}), name) for c in lacking]
    if got >= worth:
        return False
    if up_to == "one":
        return not any(got + m > worth for m in more)
    if up_to == "any":
        return not all(got + m > worth for m in more)
    return True


def violates(axiom: Any, election: Election, ballots: Any, outcome: frozenset[int]) -> bool:
    """The definition: some group and some set of projects."""
    for voters, projects in coalitions(election, ballots):
        agree = all(projects <= ballots[i] for i in voters)
        match axiom:
            case JR():
                if len(projects) == 1 and agree and not any(ballots[i] & outcome for i in voters):
                    return True
            case PJR(name, up_to):
                together = frozenset[int]().union(*(ballots[i] & outcome for i in voters))
                got = measure(election, together, name)
                if agree and relaxed(election, got, projects, outcome, name, up_to):
                    return True
            case EJR(name, up_to):
                each = [measure(election, ballots[i] & outcome, name) for i in voters]
                if agree and all(
                    relaxed(election, got, projects, outcome, name, up_to) for got in each
                ):
                    return True
            case FJR():
                for level in range(1, len(projects) + 1):
                    if all(
                        len(ballots[i] & projects) >= level > len(ballots[i] & outcome)
                        for i in voters
                    ):
                        return True
            case Core():
                if all(len(ballots[i] & projects) > len(ballots[i] & outcome) for i in voters):
                    return True
            case _:
                raise AssertionError(axiom)
    return False


@st.composite
def elections(draw: st.DrawFn) -> tuple[Election, tuple[frozenset[int], ...], frozenset[int]]:
    """A small election, its ballots, and a feasible outcome."""
    m, n = draw(st.integers(2, 4)), draw(st.integers(1, 5))
    costs = tuple(draw(st.integers(1, 6)) for _ in range(m))
    budget = draw(st.integers(max(1, min(costs)), sum(costs)))
    election = Election(tuple("abcd"[:m]), costs, budget)
    few = [draw(st.frozensets(st.integers(0, m - 1))) for _ in range(draw(st.integers(1, 3)))]
    ballots = tuple(draw(st.sampled_from(few)) for _ in range(n))
    feasible = [w for w in subsets(range(m)) if election.cost(w) <= budget]
    return election, ballots, draw(st.sampled_from(feasible))


RELAXED = [
    kind(name, up_to)
    for kind in (PJR, EJR)
    for name in ("cardinality", "cost")
    for up_to in ("none", "one", "any")
]
AXIOMS: list[Any] = [JR(), *RELAXED, FJR(), Core()]


class TestDefinitions:
    """Each tester says what the definition says, and its witness is a group that suffers."""

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    @given(elections())
    @settings(max_examples=60)
    def test_as_defined(self, axiom: Any, case: Any) -> None:
        election, ballots, outcome = case
        verdict: Any = judge(outcome, axiom, Instance(election, ballots))
        broken = violates(axiom, election, ballots, outcome)
        assert verdict.word == ("refuted" if broken else "proved")
        if broken:
            group = axiom.group(outcome, verdict.case)
            assert group.short == verdict.violation > 0
            members = [b for b in ballots if b in group.ballots]
            assert group.voters == len(members)
            cost = election.cost(verdict.case.projects)
            assert group.voters * election.budget >= len(ballots) * cost

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    @given(elections())
    @settings(max_examples=15)
    def test_the_search_finds_the_worst(self, axiom: Any, case: Any) -> None:
        """No listed case is worse than the one that the search proposes."""
        election, ballots, outcome = case
        instance = Instance(election, ballots)
        worst = max(
            (axiom.outcome_violation(outcome, c) for c in axiom.cases(instance)), default=F(0)
        )
        verdict: Any = judge(outcome, axiom, instance)
        assert (verdict.violation if verdict.word == "refuted" else 0) == worst

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    @given(elections())
    @settings(max_examples=5)
    def test_money_has_no_unit(self, axiom: Any, case: Any) -> None:
        """In a unit so small that costs do not fit in 64 bits all is judged alike."""
        setting, ballots, outcome = case
        unit = 3**50
        costs = tuple(cost * unit for cost in setting.costs)
        small = Election(setting.projects, costs, setting.budget * unit)
        verdict = judge(outcome, axiom, Instance(setting, ballots))
        again = judge(outcome, axiom, Instance(small, ballots))
        assert again.word == verdict.word

    @given(elections())
    @settings(max_examples=60)
    def test_ejr_plus_x(self, case: Any) -> None:
        election, ballots, outcome = case
        n = len(ballots)
        broken = any(
            all(
                c in ballots[i]
                and election.cost(ballots[i] & outcome) + election.costs[c]
                <= len(voters) * election.budget / n
                for i in voters
            )
            for c in range(len(election.costs))
            if c not in outcome and election.costs[c] <= election.budget
            for voters in subsets(range(n))
            if voters
        )
        verdict = judge(outcome, EJRPlusX(), Instance(election, ballots))
        assert verdict.word == ("refuted" if broken else "proved")

    @given(elections())
    @settings(max_examples=60)
    def test_budget_use(self, case: Any) -> None:
        election, ballots, outcome = case
        instance = Instance(election, ballots)
        fits = any(
            c not in outcome and election.cost(outcome | {c}) <= election.budget
            for c in frozenset[int]().union(*ballots)
        )
        assert judge(outcome, Exhaustive(), instance).word == ("refuted" if fits else "proved")
        cost, others = election.cost(outcome), set(range(len(election.costs))) - outcome
        met = (
            cost == election.budget
            or (
                cost < election.budget
                and any(cost + election.costs[c] >= election.budget for c in others)
            )
            or (
                cost > election.budget
                and any(cost - election.costs[c] <= election.budget for c in outcome)
            )
        )
        found = judge(outcome, BudgetBalancedUpToOne(), instance).word
        assert found == ("proved" if met else "refuted")


class TestImplications:
    """What follows from what, on random elections and outcomes."""

    CARDINAL = (Core(), FJR(), EJR(), PJR(), JR())
    MONEY = (EJRPlusX(), EJR("cost", "any"), EJR("cost", "one"))

    @given(elections())
    @settings(max_examples=150)
    def test_chains(self, case: Any) -> None:
        election, ballots, outcome = case
        instance = Instance(election, ballots)
        for chain_ in (
            self.CARDINAL,
            self.MONEY,
            (EJR("cost"), EJR("cost", "any"), PJR("cost", "any")),
            (EJR("cost"), PJR("cost"), PJR("cost", "any")),
        ):
            holds = [judge(outcome, axiom, instance).word == "proved" for axiom in chain_]
            assert holds == sorted(holds), (chain_, holds)

    @given(elections(), st.lists(st.integers(0, 4), min_size=4, max_size=4))
    @settings(max_examples=150)
    def test_shares(self, case: Any, quarters: list[int]) -> None:
        """Strong UFS implies strong IFS and UFS; each of those IFS; GFS implies UFS."""
        election, ballots, _ = case
        instance = Instance(election, ballots)
        p = Rounded(tuple(F(q, 4) for q in quarters[: len(election.costs)]), tuple(election.costs))
        strong_ufs, strong_ifs, ufs, ifs, gfs = (
            judge(p, axiom, instance).word == "proved"
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


class TestGroupFairShare:
    """The closure program finds the group that lacks most."""

    @given(elections(), st.lists(st.integers(0, 4), min_size=4, max_size=4), st.booleans())
    @settings(max_examples=100)
    def test_as_defined(self, case: Any, quarters: list[int], parts: bool) -> None:
        election, ballots, _ = case
        n, name = len(ballots), "fractional" if parts else "integral"
        p = tuple(F(q, 4) for q in quarters[: len(election.costs)])
        lack = max(
            sum((election.best(ballots[i], election.budget, name) for i in voters), F(0)) / n
            - sum((p[c] for c in frozenset[int]().union(*(ballots[i] for i in voters))), F(0))
            for voters in subsets(range(n))
        )
        axiom = GroupFairShare(name)  # type: ignore[arg-type]
        everyone = Everyone(Instance(election, ballots))
        verdict: Any = judge(Rounded(p, tuple(election.costs)), axiom, everyone.instance)
        assert verdict.word == ("refuted" if lack > 0 else "proved")
        if lack > 0:
            assert verdict.violation == lack

    def test_benchmarks_differ(self) -> None:
        """One voter, costs 3 and 2, budget 4: 1 project, or 5/3 in parts."""
        election = Election(("a", "b"), (3, 2), 4)
        both = frozenset({0, 1})
        assert election.best(both, F(4)) == F(5, 3)
        assert election.best(both, F(4), "integral") == 1

    def test_general_impossibility_instance(self) -> None:
        """Costs 1 and 3, budget 3: with EJR+ of money the voter for b gets nothing."""
        election = Election(("a", "b"), (1, 3), 3)
        instance = Instance(election, election.read([["a"], ["a"], ["b"], ["a"]]))
        verdict: Any = judge(frozenset({0}), StrongIndividualFairShare(), instance)
        assert verdict.word == "refuted"
        assert verdict.violation == F(1, 4)


class TestBenchmarks:
    """What a budget could be worth in parts is no less than what it could be worth in whole.

    So each axiom of fair shares is stronger with the fractional benchmark.
    """

    AXIOMS: tuple[Any, ...] = (
        IndividualFairShare,
        UnanimousFairShare,
        StrongIndividualFairShare,
        StrongUnanimousFairShare,
    )

    @given(elections(), st.lists(st.integers(0, 4), min_size=4, max_size=4))
    @settings(max_examples=100)
    def test_fractional_is_stronger(self, case: Any, quarters: list[int]) -> None:
        election, ballots, _ = case
        instance = Instance(election, ballots)
        p = Rounded(tuple(F(q, 4) for q in quarters[: len(election.costs)]), tuple(election.costs))
        for axiom in self.AXIOMS:
            for one in axiom().cases(instance):
                lack = axiom("fractional").outcome_violation(p.marginals, one)
                assert lack >= axiom("integral").outcome_violation(p.marginals, one)
        every = Everyone(instance)
        lacking = [GroupFairShare(b).violation(lambda _: p, every) for b in BENCHMARKS]
        assert lacking[0] >= lacking[1]

    @given(elections(), st.lists(st.integers(0, 4), min_size=4, max_size=4))
    @settings(max_examples=100)
    def test_integral_as_defined(self, case: Any, quarters: list[int]) -> None:
        """The most projects of a ballot that fit into the budget, from all sets of projects."""
        election, ballots, _ = case
        instance, n = Instance(election, ballots), len(ballots)
        p = tuple(F(q, 4) for q in quarters[: len(election.costs)])

        def whole(ballot: frozenset[int], money: Fraction) -> int:
            return max(len(w) for w in subsets(ballot) if election.cost(w) <= money)

        cast: set[frozenset[int]] = set(ballots)
        for ballot in cast:
            like, gets = ballots.count(ballot), sum((p[c] for c in ballot), F(0))
            one, all_ = Individual(instance, ballot), LikeMinded(instance, ballot, like)
            most, budget = whole(ballot, election.budget), F(election.budget)
            for axiom, asked, due in (
                (IndividualFairShare, one, F(most, n)),
                (UnanimousFairShare, all_, F(most * like, n)),
                (StrongIndividualFairShare, one, F(whole(ballot, budget / n))),
                (StrongUnanimousFairShare, all_, F(whole(ballot, budget * like / n))),
            ):
                assert axiom("integral").outcome_violation(p, asked) == due - gets  # type: ignore[arg-type]

    def test_one_voter(self) -> None:
        """One voter, costs 3 and 2, budget 4: due are 1 project, or 5/3 in parts."""
        election = Election(("a", "b"), (3, 2), 4)
        instance = Instance(election, election.read([["a", "b"]]))
        for axiom in self.AXIOMS:
            assert judge(frozenset({1}), axiom("integral"), instance).word == "proved"
            verdict: Any = judge(frozenset({1}), axiom("fractional"), instance)
            assert (verdict.word, verdict.violation) == ("refuted", F(2, 3))
            assert axiom() == axiom("fractional")

    def test_whole_projects_are_no_concave_worth(self) -> None:
        """With whole projects the strong axiom does not imply the plain one.

        Half of a budget that pays for one project pays for none.
        """
        election = Election(("a",), (2,), 2)
        instance = Instance(election, election.read([["a"], ["a"]]))
        strong = judge(frozenset(), StrongIndividualFairShare("integral"), instance)
        plain: Any = judge(frozenset(), IndividualFairShare("integral"), instance)
        assert (strong.word, plain.word, plain.violation) == ("proved", "refuted", F(1, 2))

    @pytest.mark.parametrize("axiom", [*AXIOMS, GroupFairShare])
    def test_others_are_refused(self, axiom: Any) -> None:
        with pytest.raises(ValueError, match="benchmark is 'whole': it must be 'fractional' or"):
            axiom("whole")

    def test_told_apart_in_tables(self) -> None:
        assert label(ExAnte(IndividualFairShare())) == "IFS ex ante"
        assert label(ExAnte(IndividualFairShare("integral"))) == "IFS(benchmark=integral) ex ante"

    def test_a_line_has_no_budget(self) -> None:
        line = Line(0, 1)
        instance = Instance(line, line.read([0, 1]))
        for axiom in (IndividualFairShare("integral"), UnanimousFairShare("integral")):
            with pytest.raises(Undecided, match="does not say best"):
                axiom.interval(instance)


class TestWitnesses:
    """Coalitions are checked, and words say what is missing."""

    def test_told(self) -> None:
        election = Election(("a", "b", "c"), (1, 1, 1), 3)
        instance = Instance(election, election.read([["a", "b", "c"]]))
        verdict: Any = judge(frozenset({0}), EJR(), instance)
        assert verdict.violation == 2
        assert "could pay for {a, b, c} gets 2 less than it deserves" in str(verdict)

    def test_bad_coalitions(self) -> None:
        election = Election(("a",), (1,), 1)
        instance = Instance(election, election.read([["a"]]))
        for wrong in (frozenset[int](), frozenset({3})):
            with pytest.raises(ValueError, match="they must be of the election"):
                Coalition(instance, wrong).validate()

    def test_too_many_projects(self) -> None:
        """Of what is decided by listing sets nothing is claimed where there are too many."""
        names = tuple(f"p{k}" for k in range(20))
        election = Election(names, (1,) * 20, 5)
        instance = Instance(election, election.read([list(names)]))
        verdict = judge(frozenset({0}), EJR("cost"), instance)
        assert verdict.word == "unknown"
        assert "sets of more than 16 are not listed" in str(verdict)
        assert judge(frozenset({0}), JR(), instance).word == "proved"
