"""Axioms about groups in elections with too many projects to list all sets of them."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from time import monotonic
from typing import Any

import numpy as np
import pytest
from election_strategies import ballots, election, instances, one_by_one, subsets
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import Election, Instance, Proved, judge
from mechsim.algorithms.rounding import Rounded
from mechsim.axioms import EJR, FJR, JR, PJR, Core, Undecided
from mechsim.axioms import _cohesion as cohesion
from mechsim.axioms import _groups_by_program as by_program
from mechsim.axioms import fully_justified as joining
from mechsim.axioms import justified as agreeing
from mechsim.axioms._agreeing import Agreement
from mechsim.axioms._closure import most_owed
from mechsim.axioms._cohesion import Electorate, Found, Unseen, electorate, gets_of
from mechsim.axioms._groups_by_program import TRUSTED, Sought, candidates
from mechsim.axioms._joining import Joiners, projects_of, reduced

AXIOMS: list[Any] = [PJR(), EJR(), FJR(), Core()]


def drawn(count: int) -> Iterator[tuple[Electorate, frozenset[int]]]:
    """Small random elections with outcomes that often leave a group with too little."""
    rng = np.random.default_rng(5)
    for number in range(count):
        projects, agents, kinds = (int(k) for k in rng.integers((2, 2, 1), (8, 12, 7)))
        costs: list[int] = rng.integers(1, 7 if number % 2 else 2, size=projects).tolist()
        budget = int(rng.integers(min(costs), sum(costs) + 1))
        approved: list[list[bool]] = (rng.random((kinds, projects)) < 0.6).tolist()
        cast: list[int] = rng.integers(0, kinds, size=agents).tolist()
        listed = [frozenset(c for c, yes in enumerate(row) if yes) for row in approved]
        order: list[int] = rng.permutation(projects).tolist()
        chosen: set[int] = set()
        for c in order[: int(rng.integers(0, projects + 1))]:
            if sum(costs[d] for d in chosen) + costs[c] <= budget:
                chosen.add(c)
        instance = Instance(election(budget, *costs), tuple(listed[k] for k in cast))
        yield electorate(instance), frozenset(chosen)


def with_expensive(setting: Election, reports: Any, count: int) -> tuple[Election, Any]:
    """The same with ``count`` projects that cost the budget and have few supporters each."""
    names = tuple(f"expensive {k}" for k in range(count))
    first = len(setting.projects)
    costs = (*setting.costs, *(setting.budget for _ in names))
    more = [
        b | {first + k for k in range(count) if k % len(reports) == place}
        for place, b in enumerate(reports)
    ]
    return Election((*setting.projects, *names), costs, setting.budget), tuple(more)


def ring(size: int, length: int, budget: int) -> tuple[Election, tuple[frozenset[int], ...]]:
    """Voters on a ring, each of whom approves of so many projects from its own on; all cost 1."""
    wanted = (frozenset((k + j) % size for j in range(length)) for k in range(size))
    return Election(tuple(map(str, range(size))), (1,) * size, budget), tuple(wanted)


class TestWaysAgree:
    """Listing, exact reductions and integer programs find a group where there is one."""

    @pytest.mark.parametrize("axiom", AXIOMS, ids=str)
    def test_on_random_elections(self, axiom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        cases = list(drawn(150))
        listed = [axiom.search(*case) for case in cases]
        assert 30 < sum(found is None for found in listed) < 120
        monkeypatch.setattr(cohesion, "LISTED", 0)
        self.compare(axiom, cases, listed, [axiom.search(*case) for case in cases])
        monkeypatch.setattr(joining, "LISTED", 0)
        if isinstance(axiom, (PJR, EJR)):
            solved = [agreeing._agreeing_by_program(axiom, *case, 1) for case in cases]
        else:
            solved = [axiom.search(*case) for case in cases]
        self.compare(axiom, cases, listed, solved)
        assert any(isinstance(found, Unseen) for found in solved)

    def compare(self, axiom: Any, cases: Any, listed: list[Found], found: list[Found]) -> None:
        for (voters, chosen), one, other in zip(cases, listed, found, strict=True):
            assert isinstance(one, frozenset) == isinstance(other, frozenset)
            if isinstance(other, frozenset):
                group = axiom.suffering(voters, chosen, other)
                cost = sum(voters.costs[c] for c in other)
                assert group.short > 0
                assert group.voters * voters.budget >= voters.voters * cost

    @pytest.mark.parametrize(("length", "budget"), [(9, 9), (10, 5), (12, 9)])
    def test_on_rings(self, length: int, budget: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of 18 projects: all 2^18 sets as well."""
        setting, reports = ring(18, length, budget)
        voters = electorate(Instance(setting, reports))
        for chosen in (frozenset(range(budget)), frozenset(range(0, 2 * budget, 2))):
            for axiom in AXIOMS[1:]:
                found = axiom.search(voters, chosen)
                with monkeypatch.context() as patch:
                    patch.setattr(cohesion, "LISTED", 18)
                    listed = axiom.search(voters, chosen)
                assert isinstance(found, frozenset) == isinstance(listed, frozenset)


class TestAgreement:
    """Extending sets finds each set that a group agrees on, could pay for, and lacks; once."""

    @given(instances(max_projects=5), st.frozensets(st.integers(0, 4)), st.integers(1, 4))
    @settings(max_examples=60)
    def test_as_defined(self, case: Any, chosen: frozenset[int], level: int) -> None:
        setting, reports = case
        voters = electorate(Instance(setting, reports))
        expected = set[frozenset[int]]()
        for wanted in map(frozenset, combinations(range(len(setting.costs)), level)):
            short = [b for b in reports if wanted <= b and len(b & chosen) < level]
            if short and len(short) * setting.budget >= len(reports) * setting.cost(wanted):
                expected.add(wanted)
        found = list(Agreement(voters, gets_of(voters, chosen), np.inf).sets(level))
        assert len(found) == len(expected)
        assert set(found) == expected

    def test_large_numbers_stay_exact(self) -> None:
        """One unit of 10^30 too expensive, or not."""
        cost = Fraction(10**30, 3)
        for more, count in ((0, 1), (1, 0)):
            setting = election(2 * cost, cost + more, cost)
            voters = electorate(Instance(setting, ballots("a", "b")))
            found = list(Agreement(voters, np.zeros(2, np.int64), np.inf).sets(1))
            assert len(found) == 1 + count


class TestReduction:
    """What cannot matter is left out, and nothing else."""

    def test_projects_that_supporters_cannot_pay_for(self) -> None:
        """Of 3 voters with 1 each, 2 can pay for a, and 1 cannot for b; c needs b."""
        setting = election(3, 2, 2, 1)
        voters = electorate(Instance(setting, ballots("a", "a", "bc")))
        joiners = [Joiners(b, len(b), 2 - k) for k, b in enumerate(voters.ballots)]
        assert reduced(voters, joiners) == (Joiners(frozenset({0}), 1, 2),)

    def test_projects_that_spoil_every_set(self) -> None:
        """Four voters who want 2 of 3 projects that cost 3/4 of the budget: never together."""
        setting = election(4, 3, 3, 3)
        voters = electorate(Instance(setting, ballots("abc", "abc", "abc", "abc")))
        assert reduced(voters, [Joiners(frozenset({0, 1, 2}), 2, 4)]) == ()

    def test_equal_ballots_are_merged(self) -> None:
        """Ballots that differ in what is left out."""
        setting = election(3, 1, 3, 3)
        voters = electorate(Instance(setting, ballots("ab", "ac", "a")))
        joiners = [Joiners(b, 1, 1) for b in voters.ballots]
        assert reduced(voters, joiners) == (Joiners(frozenset({0}), 1, 3),)
        assert projects_of(reduced(voters, joiners)) == (0,)


class TestKnownExamples:
    """Counterexamples of the literature, among projects that nobody could pay for."""

    def test_equal_shares_fails_fjr(self) -> None:
        """Ten voters: nine could pay for a and three more, two of them for each; all have one."""
        setting = election(400, 90, 89, 90, 90, 90)
        reports = ballots("ac", "ac", "ad", "ad", "ae", "ae", "bcd", "bde", "bce", "b")
        setting, reports = with_expensive(setting, reports, 14)
        instance = Instance(setting, reports)
        chosen = one_by_one(setting, reports)[0]
        assert chosen == {0, 1}
        for axiom in (JR(), PJR(), EJR()):
            assert judge(chosen, axiom, instance).word == "proved"
        for broken in (FJR(), Core()):
            verdict: Any = judge(chosen, broken, instance)
            assert verdict.word == "refuted"
            assert verdict.case.projects == {0, 2, 3, 4}
            assert verdict.violation == 1
            group: Any = broken.group(chosen, verdict.case)
            assert group.voters == 9

    def test_phragmen_fails_ejr_and_not_pjr(self) -> None:
        """Of 24 voters and 12 seats, 4 could pay for a and b; each has one project, all two."""
        setting = election(12, *(1,) * 14)
        others = "".join(chr(ord("c") + k) for k in range(12))
        cast = ["abc"] * 2 + ["abd"] * 2 + [others] * 6 + [others[1:]] * 5 + [others[2:]] * 9
        setting, reports = with_expensive(setting, ballots(*cast), 4)
        chosen = frozenset(range(2, 14))
        instance = Instance(setting, reports)
        assert judge(chosen, PJR(), instance).word == "proved"
        verdict: Any = judge(chosen, EJR(), instance)
        assert verdict.case.projects == {0, 1}
        assert verdict.violation == 1


class TestLotteries:
    """An outcome that is drawn and leaves a group with too little refutes, of many projects too."""

    def test_half_of_all_projects(self) -> None:
        """Each of 20 voters could pay for its own project, and half of them are funded."""
        setting = Election(tuple(map(str, range(20))), (1,) * 20, 20)
        instance = Instance(setting, tuple(frozenset({k}) for k in range(20)))
        half = Rounded((Fraction(1, 2),) * 20, (Fraction(1),) * 20)
        for axiom in (JR(), *AXIOMS):
            assert judge(half, axiom, instance).word == "refuted"
        for axiom in (JR(), *AXIOMS):
            assert judge(frozenset(range(20)), axiom, instance).word == "proved"


class TestGranted:
    """What only HiGHS says is proved if HiGHS is right, and a verdict tells."""

    SETTING, REPORTS = ring(18, 12, 9)
    CHOSEN = frozenset(range(9))

    def test_told(self) -> None:
        instance = Instance(self.SETTING, self.REPORTS)
        verdict = judge(self.CHOSEN, Core(), instance)
        assert isinstance(verdict, Proved)
        assert verdict.assuming == (TRUSTED,)
        assert f"granted {TRUSTED}:" in str(verdict)
        assert "overlooks no solution" in str(verdict.to_json())

    def test_not_where_all_is_exact(self) -> None:
        verdict = judge(self.CHOSEN, EJR(), Instance(self.SETTING, self.REPORTS))
        assert isinstance(verdict, Proved)
        assert verdict.assuming == ()

    def test_no_time_decides_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(joining, "SECONDS", 1e-6)
        voters = electorate(Instance(self.SETTING, self.REPORTS))
        with pytest.raises(Undecided, match="18 kinds of voters could pay for some of 18 projects"):
            Core().search(voters, self.CHOSEN)

    def test_programs_follow_where_extending_sets_takes_too_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So that what is refuted is so by either."""
        voters = electorate(Instance(self.SETTING, self.REPORTS))
        for axiom in (EJR(), PJR()):
            assert isinstance(axiom.search(voters, frozenset({0})), frozenset)
        monkeypatch.setattr(Agreement, "sets", self.too_long)
        for axiom in (EJR(), PJR()):
            wanted = axiom.search(voters, frozenset({0}))
            assert isinstance(wanted, frozenset)
            assert axiom.suffering(voters, frozenset({0}), wanted) is not None

    def too_long(self, level: int) -> Iterator[frozenset[int]]:
        raise TimeoutError


class TestRounding:
    """A set that voters can pay for but less than `EPSILON` of one is looked at only."""

    VOTERS = Electorate(
        (Fraction(49), Fraction(1)), Fraction(160),
        (frozenset({0}), frozenset[int]()), np.array([3, 7]),
    )  # fmt: skip
    JOINERS = (Joiners(frozenset({0}), 1, 3),)  # and 49/16 would be needed

    def test_proposed_once_and_refused(self) -> None:
        found = list(candidates(Sought(self.VOTERS, self.JOINERS), monotonic() + 5))
        assert found == [frozenset({0})]
        assert Core().suffering(self.VOTERS, frozenset(), frozenset({0})) is None

    def test_too_often(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(by_program, "REJECTED", 1)
        with pytest.raises(Undecided, match="1 sets of projects solve an integer program only"):
            list(candidates(Sought(self.VOTERS, self.JOINERS), monotonic() + 5))


class TestMostOwed:
    """Leaving out projects that are worth what is owed changes nothing."""

    @given(
        st.lists(
            st.tuples(st.frozensets(st.integers(0, 4)), st.integers(0, 6)), min_size=1, max_size=6
        ),
        st.lists(st.integers(0, 9), min_size=5, max_size=5),
    )
    @settings(max_examples=60)
    def test_as_defined(self, classes: Any, worth: list[int]) -> None:
        wanted: list[frozenset[int]] = [b for b, _ in classes]
        owed: list[Fraction] = [Fraction(d, 2) for _, d in classes]
        p = [Fraction(q, 3) for q in worth]

        def lack(group: Iterable[int]) -> Fraction:
            union = frozenset[int]().union(*(wanted[k] for k in group))
            due = sum((owed[k] for k in group), Fraction(0))
            return due - sum((p[c] for c in union), Fraction(0))

        group, value = most_owed(wanted, owed, p)
        assert value == lack(group) == max(map(lack, subsets(range(len(wanted)))))
