"""Elections: what a ballot is and how one is read, what outcomes are worth, what is told."""

import json
import re
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pytest
from election_strategies import LETTERS, ballots, election, instances, subsets
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Domain, Election, Instance, Population, ScoredElection, verify
from mechsim._json import decode, encode
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import EJRPlus, Survived
from mechsim.budgeting import EqualShares
from mechsim.preferences.elections import Ballots

TOWN = Election(("park", "pool", "road"), (Fraction(2), Fraction(3), Fraction(4)), Fraction(5))
F = Fraction


class TestReading:
    """Ballots are lists or sets of projects, by name or number."""

    @pytest.mark.parametrize(
        "reports",
        [
            [["park", "road"], [1], []],
            ({"park", "road"}, frozenset({"pool"}), ()),
            [[0, 2], np.array([1]), np.array([], dtype=int)],
            pd.Series([["road", "park", "park"], ["pool"], []]),
            [{"park": 1, "road": 1}.keys(), (np.int64(1),), set[int]()],
        ],
    )
    def test_all_kinds(self, reports: Any) -> None:
        assert TOWN.read(reports) == ballots("ac", "b", "")

    def test_populations(self) -> None:
        counted: Any = Population((("park", "road"), (1,)), (3, 4))
        assert TOWN.read(counted) == Population(ballots("ac", "b"), (3, 4))

    @pytest.mark.parametrize(
        ("reports", "message"),
        [
            ([], "reports is empty: at least one agent must report"),
            (["park"], r"reports\[0\] is 'park' \(str\): a ballot is a list or a set of projects"),
            ([["park"], 1], r"reports\[1\] is 1 \(int\): a ballot is a list or a set"),
            ([["pol"]], r"reports\[0\] has 'pol', which is no project of .*; did you mean 'pool'"),
            ([["zoo"]], r"reports\[0\] has 'zoo', which is no project of Election\(.*budget 5\)$"),
            ([[3]], r"reports\[0\] has 3: a project is named, or counted from 0 to 2"),
            ([[-1]], r"reports\[0\] has -1: a project is named, or counted from 0 to 2"),
            ([[True]], r"reports\[0\] has True: a project is named"),
            ([[0.0]], r"reports\[0\] has 0.0: a project is named"),
            ([[None]], r"reports\[0\] has None: a project is named"),
            ({"park"}, r"reports is \{'park'\} \(set\): it must be a list"),
            (Population(((1,), (7,)), (1, 1)), r"values\[1\] has 7: a project is named"),
        ],
    )
    def test_what_is_refused(self, reports: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            EqualShares(Lexicographic(), TOWN)(reports)


class TestElection:
    """An election that cannot be is refused when it is made."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (((), (), 1), "projects is empty: an election has at least one project"),
            ((("a", "b"), (1,), 1), "costs has 1 entries: it must have one for each of 2 projects"),
            ((("a", "a"), (1, 1), 1), r"projects\[1\] is 'a': it is named before"),
            (((1,), (1,), 1), r"projects\[0\] is 1: a name is a str"),
            ((("a",), (0,), 1), r"costs\[0\] is 0: it must be positive"),
            ((("a",), (0.5,), 1), r"costs\[0\] is 0.5 \(float\): money is exact"),
            ((("a",), (1,), -1), "budget is -1: it must be positive"),
            ((("a",), (1,), 1, ("A", "B")), "titles has 2 entries: it must have one for each of 1"),
        ],
    )
    def test_refuses(self, arguments: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            Election(*arguments)

    @pytest.mark.parametrize("kind", [Election, ScoredElection])
    def test_of_costs_by_name(self, kind: Any) -> None:
        assert kind.of({"park": 2, "pool": F(1, 2)}, 3) == kind(("park", "pool"), (2, F(1, 2)), 3)
        for costs, message in (
            ({"park": 0}, r"costs\[0\] is 0: it must be positive"),
            (["park"], r"costs is \['park'\]: it must be a mapping of projects to their costs"),
        ):
            with pytest.raises(ValueError, match=message):
                kind.of(costs, 3)

    def test_is_a_value(self) -> None:
        given_: Any = (["park", "pool", "road"], [2, 3, 4], 5)
        assert Election(*given_) == TOWN
        assert hash(Election(*given_)) == hash(TOWN)
        numbered = Election(("1", "2"), (F(1), F(1)), F(1), ("One", "Two"))
        instance = Instance(numbered, ballots("ab", "a"))
        assert decode(json.loads(json.dumps(encode(instance)))) == instance

    def test_text(self) -> None:
        assert repr(TOWN) == "Election(park: 2, pool: 3, road: 4; budget 5)"
        many = election(7, *range(1, 11))
        assert repr(many) == "Election of 10 projects, budget 7"
        assert TOWN.tell(frozenset({2, 0})) == "{park, road}"
        assert TOWN.tell((F(1), F(0), F(1, 2))) == "{park: 1, road: 1/2}"
        assert TOWN.tell(frozenset()) == "{}"
        assert many.tell(frozenset(range(9))) == "9 projects"
        titled = Election(("1",), (F(1),), F(1), ("Park",))
        assert titled.tell(frozenset({0})) == "{Park}"
        assert Instance(TOWN, ballots("ac", "")).tell_reports() == "({park, road}, {})"


class TestValues:
    """A voter counts the approved projects that are funded; parts count in part."""

    @given(drawn=instances(), data=st.data())
    def test_parts_that_are_whole(
        self, drawn: tuple[Election, Ballots], data: st.DataObject
    ) -> None:
        setting, reports = drawn
        funded = data.draw(st.frozensets(st.integers(0, len(setting.projects) - 1)))
        parts = tuple(F(c in funded) for c in range(len(setting.projects)))
        assert setting.cost(funded) == setting.cost(parts)
        for ballot in reports:
            assert setting.value(0, ballot, funded) == setting.value(0, ballot, parts)
            assert setting.value(0, ballot, funded) == sum(c in ballot for c in funded)

    @pytest.mark.parametrize(
        ("budget", "costs", "ballot", "worth"),
        [
            (4, (3, 2), "ab", F(5, 3)),
            (3, (3, 1), "ab", F(5, 3)),
            (5, (2, 3, 4), "abc", F(2)),
            (5, (2, 3, 6), "c", F(0)),
            (5, (2, 3, 4), "", F(0)),
        ],
    )
    def test_fair_share(self, budget: int, costs: Any, ballot: str, worth: Fraction) -> None:
        (read,) = ballots(ballot)
        assert election(budget, *costs).fair_share(read, F(1)) == worth
        assert election(budget, *costs).fair_share(read, F(1, 3)) == worth / 3

    @given(drawn=instances(), more=st.integers(0, 20))
    def test_fair_share_is_concave_in_the_budget(
        self, drawn: tuple[Election, Ballots], more: int
    ) -> None:
        setting, reports = drawn
        best = frozenset(setting.affordable)
        for size in range(1, 5):
            part = Election(setting.projects, setting.costs, setting.budget + more)
            whole = part.fair_share(reports[0] & best, F(1))
            assert setting.fair_share(reports[0], F(1)) <= whole
            assert setting.fair_share(reports[0], F(1, size)) * size <= whole


class TestTypedOutcomes:
    """An outcome is typed as a ballot is, by names or numbers."""

    @pytest.mark.parametrize("setting", [TOWN, ScoredElection(TOWN.projects, TOWN.costs, 5)])
    def test_read(self, setting: Election | ScoredElection) -> None:
        known: list[Any] = [["park", "pool"], {"pool", 0}, (0, 1), np.array([1, 0])]
        for typed in known:
            assert setting.funded(typed) == {0, 1}
        wrong: list[tuple[Any, str]] = [
            ("park", "outcome is 'park' (str): an outcome is a list or a set of projects"),
            ({3}, "outcome has 3: a project is named, or counted from 0 to 2"),
            ({"pol"}, "did you mean 'pool'?"),
        ]
        for typed, message in wrong:
            with pytest.raises(ValueError, match=re.escape(message)):
                setting.funded(typed)


class TestOutcomes:
    """Sets of projects whose cost exceeds the budget by no more than one of them."""

    @pytest.mark.parametrize(
        ("outcome", "admitted"),
        [
            (frozenset[int](), True),
            (frozenset({0, 1}), True),
            (frozenset({0, 1, 2}), True),
            (frozenset({3}), False),
            (frozenset({True}), False),
            ({0}, False),
            ((0,), False),
            ("park", False),
        ],
    )
    def test_admits(self, outcome: Any, admitted: bool) -> None:
        assert TOWN.admits(outcome) == admitted

    def test_two_projects_too_many(self) -> None:
        assert not election(2, 2, 1, 2).admits(frozenset({0, 1, 2}))


class TestLookingForWitnesses:
    """Few projects are exhausted; with many, searches find ballots of this election."""

    def test_all_ballots(self) -> None:
        types = TOWN.types(0)
        assert types is not None
        assert list(types) == list(subsets(range(3)))
        assert sum(1 for _ in Domain(TOWN, 2)) == 64
        assert election(9, *[1] * 7).types(0) is None

    @given(seed=st.integers(0, 2**32), agents=st.integers(1, 5))
    def test_many_projects(self, seed: int, agents: int) -> None:
        setting = election(9, *[1] * 9)
        for reports in islice(setting.profiles(agents, np.random.default_rng(seed)), 50):
            assert setting.read(reports) == reports
            assert len(reports) == agents
            for ballot in setting.misreports(0, reports):
                assert setting.read([ballot]) == (ballot,)
                assert ballot != reports[0]
            assert all(ballot < reports[0] for ballot in setting.simpler(reports[0]))

    def test_a_search_is_no_proof(self) -> None:
        setting = election(9, *[1 + k % 4 for k in range(9)])
        mechanism = EqualShares(Lexicographic(), setting)
        assert isinstance(verify(mechanism, EJRPlus(), setting, agents=4), Survived)

    def test_letters_are_enough(self) -> None:
        assert len(LETTERS) == 26
