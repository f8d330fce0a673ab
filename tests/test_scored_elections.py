"""Elections with points: what a row is and how one is read, what it is worth, what files say."""

import json
import os
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from election_strategies import scored_instances, subsets
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Domain, Instance, Population, ScoredElection, Strategyproof, verify
from mechsim._json import decode, encode
from mechsim.algorithms.ties import Lexicographic
from mechsim.budgeting import EqualSharesOfScores, FractionalRandomDictator
from mechsim.preferences import read_pabulib_file
from mechsim.preferences.scored import Scores, Scorings

F = Fraction
TOWN = ScoredElection(("park", "pool", "road"), (2, 3, 4), 5)
BOTH: Scores = ((0, F(1)), (2, F(3)))


REFUSED: list[Any] = [
    ([], "reports is empty: at least one agent must report"),
    ([{"park": -1}], r"reports\[0\], the points of park, is -1: it must be at least 0"),
    ([{}, [0, -0.5, 0]], r"reports\[1\], the points of pool, is -0.5: it must be at least"),
    ([{"park": float("nan")}], r"reports\[0\], the points of park, is nan: it must be fin"),
    ([{"park": 0.5}], r"the points of park, is 0.5 \(float\): points are exact"),
    ([{"park": True}], r"the points of park, is True \(bool\): it must be a real number"),
    ([{"park": None}], r"the points of park, is None"),
    ([{"pol": 1}], r"reports\[0\] has 'pol', which is no project .*; did you mean 'pool'"),
    ([{3: 1}], r"reports\[0\] has 3: a project is named, or counted from 0 to 2"),
    ([{"park": 1, 0: 2}], "the points of park, is there twice: a project is named once"),
    ([[1, 2]], r"reports\[0\] has 2 entries: it must have one for each of 3 projects"),
    (["park"], r"reports\[0\] is 'park' \(str\): points are a mapping of projects"),
    ([{"park"}], r"reports\[0\] is \{'park'\} \(set\): points are a mapping"),
    (
        Population(((1, 2, 3), (1, 2, -3)), (1, 1)),
        r"values\[1\], the points of road, is -3",
    ),
]


class TestReading:
    """Rows are mappings, pairs, or one number for each project; zeros are left out."""

    @pytest.mark.parametrize(
        "reports",
        [
            [{"park": 1, "road": 3}, {"pool": F(1, 2)}, {}],
            ({2: 3, 0: 1}, {1: F(1, 2), "park": 0}, []),
            [[1, 0, 3], (0, F(1, 2), 0), [0, 0, 0]],
            [np.array([1, 0, 3]), [0, F(1, 2), 0], ()],
            [BOTH, ((1, F(1, 2)),), ()],
            [(("road", 3), ("park", 1)), [("pool", F(1, 2))], {"pool": 0}],
            pd.Series([{"road": 3, "park": 1, "pool": 0}, {"pool": F(1, 2)}, {}]),
        ],
    )
    def test_all_kinds(self, reports: Any) -> None:
        assert TOWN.read(reports) == (BOTH, ((1, F(1, 2)),), ())

    def test_matrices(self) -> None:
        matrix = np.array([[1, 0, 3], [0, 0, 2]])
        assert TOWN.read(matrix) == (BOTH, ((2, F(2)),))

    def test_populations(self) -> None:
        counted: Any = Population(((("park", 1), ("road", 3)), (0, 0, 2)), (3, 4))
        assert TOWN.read(counted) == Population((BOTH, ((2, F(2)),)), (3, 4))

    @pytest.mark.parametrize(
        ("reports", "message"),
        REFUSED,
    )
    def test_what_is_refused(self, reports: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            EqualSharesOfScores(Lexicographic(), TOWN)(reports)


class TestElection:
    """An election that cannot be is refused when it is made."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (((), (), 1), "projects is empty: an election has at least one project"),
            ((("a", "b"), (1,), 1), "costs has 1 entries: it must have one for each of 2 projects"),
            ((("a",), (0.5,), 1), r"costs\[0\] is 0.5 \(float\): money is exact"),
            ((("a",), (1,), 0), "budget is 0: it must be positive"),
            ((("a",), (1,), 1, (), (1, 2)), r"grid is \(1, 2\): it must increase strictly from 0"),
            ((("a",), (1,), 1, (), (0, 2, 2)), r"grid is \(0, 2, 2\): it must increase strictly"),
            ((("a",), (1,), 1, (), ()), r"grid is \(\): it must increase strictly from 0"),
            ((("a",), (1,), 1, (), (0, 0.5)), r"grid\[1\] is 0.5 \(float\): points are exact"),
        ],
    )
    def test_refuses(self, arguments: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            ScoredElection(*arguments)

    def test_off_the_grid(self) -> None:
        election = ScoredElection(("a", "b"), (1, 1), 1, grid=(0, 1, 3))
        assert election.read([{"a": 3}]) == (((0, F(3)),),)
        with pytest.raises(ValueError, match=r"the points of b, is 2: it must be one of \(0, 1, 3"):
            election.read([{"b": 2}])

    def test_is_a_value(self) -> None:
        given_: Any = (["park", "pool", "road"], [2, 3, 4], 5)
        assert ScoredElection(*given_) == TOWN
        assert hash(ScoredElection(*given_)) == hash(TOWN)
        instance = Instance(TOWN, TOWN.read([{"park": F(1, 2)}, {}]))
        assert decode(json.loads(json.dumps(encode(instance)))) == instance

    def test_text(self) -> None:
        assert repr(TOWN) == "ScoredElection(park: 2, pool: 3, road: 4; budget 5)"
        assert TOWN.tell(frozenset({2, 0})) == "{park, road}"
        assert TOWN.tell((F(1), F(0), F(1, 2))) == "{park: 1, road: 1/2}"
        assert Instance(TOWN, (BOTH, ())).tell_reports() == "({park: 1, road: 3}, {})"
        titled = ScoredElection(("1",), (1,), 1, ("Park",))
        assert titled.tell_type(((0, F(2)),)) == "{Park: 2}"
        many = ScoredElection(tuple("abcdefghi"), (1,) * 9, 3)
        assert many.tell_type(many.read([[1] * 9])[0]) == "points for 9 projects"

    def test_outcomes(self) -> None:
        """As with approval ballots: the budget may be passed by part of one project."""
        assert TOWN.admits(frozenset({0, 1, 2}))
        assert not ScoredElection(tuple("abc"), (2, 1, 2), 2).admits(frozenset({0, 1, 2}))
        assert frozenset({0, 1}) in TOWN.alternatives(2)
        assert frozenset({0, 2}) not in TOWN.alternatives(2)


class TestValues:
    """Points of what is funded add up, and parts count in part."""

    @given(drawn=scored_instances(), data=st.data())
    def test_parts_that_are_whole(
        self, drawn: tuple[ScoredElection, Scorings], data: st.DataObject
    ) -> None:
        setting, reports = drawn
        funded = data.draw(st.frozensets(st.integers(0, len(setting.projects) - 1)))
        parts = tuple(F(c in funded) for c in range(len(setting.projects)))
        assert setting.cost(funded) == setting.cost(parts)
        for row in reports:
            points = setting.points(row)
            assert setting.value(0, row, funded) == setting.value(0, row, parts)
            assert setting.value(0, row, funded) == sum(points.get(c, 0) for c in funded)
            assert setting.worth(0, row, parts) == setting.value(0, row, parts)

    @pytest.mark.parametrize(
        ("money", "row", "parts", "whole"),
        [
            (5, [1, 3, 3], F(3) + F(2) * F(3, 4), F(4)),
            (4, [4, 3, 3], F(4) + F(2), F(4)),
            (1, [1, 3, 3], F(1), F(0)),
            (0, [1, 3, 3], F(0), F(0)),
            (5, [F(1, 2), F(1, 3), 0], F(5, 6), F(5, 6)),
            (4, [F(1, 2), F(2, 3), F(3, 4)], F(1, 2) + F(4, 9), F(3, 4)),
        ],
    )
    def test_best(self, money: int, row: Any, parts: Fraction, whole: Fraction) -> None:
        (type_,) = TOWN.read([row])
        assert TOWN.best(type_, F(money)) == parts
        assert TOWN.best(type_, F(money), "integral") == whole

    def test_what_cannot_be_funded_is_worth_nothing(self) -> None:
        election = ScoredElection(("a", "b"), (6, 2), 5)
        (type_,) = election.read([{"a": 100, "b": 1}])
        assert election.best(type_, F(5)) == election.best(type_, F(5), "integral") == 1
        with pytest.raises(ValueError, match="benchmark is 'some': it must be 'fractional' or"):
            election.best(type_, F(5), "some")

    @given(drawn=scored_instances(), money=st.fractions(0, 12, max_denominator=3))
    def test_best_is_best(self, drawn: tuple[ScoredElection, Scorings], money: Fraction) -> None:
        """Of all whole sets; and of all sets with one project in part, which is enough."""
        setting, reports = drawn
        points = {c: p for c, p in reports[0] if c in setting.affordable}
        whole, parts = F(0), F(0)
        for chosen in subsets(points):
            left = money - setting.cost(chosen)
            if left >= 0:
                value = sum((points[c] for c in chosen), F(0))
                rest = (
                    min(F(1), left / setting.costs[c]) * points[c] for c in points.keys() - chosen
                )
                whole, parts = max(whole, value), max(parts, value + max(rest, default=F(0)))
        assert setting.best(reports[0], money, "integral") == whole
        assert setting.best(reports[0], money) == parts >= whole
        bought = setting.buys(reports[0], money)
        assert sum((part * setting.costs[c] for c, part in bought.items()), F(0)) <= money

    @given(drawn=scored_instances(), share=st.fractions(0, 1, max_denominator=6))
    def test_fair_share_is_less_than_the_share_could_buy(
        self, drawn: tuple[ScoredElection, Scorings], share: Fraction
    ) -> None:
        """As the most that money is worth is concave in it."""
        setting, reports = drawn
        assert setting.fair_share(reports[0], share) <= setting.best(
            reports[0], share * setting.budget
        )


class TestLookingForWitnesses:
    """A small grid is exhausted; without one, searches find rows of this election."""

    def test_all_rows(self) -> None:
        election = ScoredElection(("a", "b"), (1, 2), 2, grid=(0, 1, 5))
        types = election.types(0)
        assert types is not None
        assert len(set(types)) == 9
        assert types[0] == ()
        assert set(types) == set(election.read([[a, b] for a in (0, 1, 5) for b in (0, 1, 5)]))
        assert sum(1 for _ in Domain(election, 2)) == 81
        assert TOWN.types(0) is None

    @pytest.mark.parametrize("grid", [None, (0, 1), (0, F(1, 2), 4)])
    @given(seed=st.integers(0, 2**32), agents=st.integers(1, 4))
    def test_without_a_list(self, grid: Any, seed: int, agents: int) -> None:
        setting = ScoredElection(tuple("abcdefghijklm"), (1,) * 13, 9, grid=grid)
        for reports in islice(setting.profiles(agents, np.random.default_rng(seed)), 20):
            assert setting.read(reports) == reports
            assert len(reports) == agents
            for other in setting.misreports(0, reports):
                assert setting.read([other]) == (other,)
                assert other != reports[0]
            for simple in setting.simpler(reports[0]):
                assert setting.read([simple]) == (simple,)
                assert sum(p for _, p in simple) < sum(p for _, p in reports[0])

    def test_a_lie_is_found(self) -> None:
        rule = EqualSharesOfScores(Lexicographic(), TOWN)
        assert verify(rule, Strategyproof(), TOWN, agents=2).word == "refuted"

    def test_a_random_dictator_is_not_fooled(self) -> None:
        """Each part of the budget is spent as its voter wants."""
        election = ScoredElection(("a", "b"), (1, 2), 2, grid=(0, 1, 3))
        verdict = verify(FractionalRandomDictator(election), Strategyproof(), election, agents=2)
        assert verdict.word == "proved"


HEAD = "META\nkey;value\nbudget;5\n{meta}PROJECTS\nproject_id;cost\na;2\nb;3\nc;1\nVOTES\n"


def written(folder: Path, meta: str, votes: str) -> Path:
    path = folder / "small.pb"
    path.write_text(HEAD.format(meta=meta) + votes, encoding="utf-8")
    return path


class TestFiles:
    """Votes of any type are rows of points."""

    @pytest.mark.parametrize(
        ("meta", "votes", "rows"),
        [
            ("vote_type;approval\n", "voter_id;vote\n1;a,b\n2;b\n3;b,a\n", {"110": 2, "010": 1}),
            ("vote_type;choose-1\n", "voter_id;vote\n1;c\n2;c\n", {"001": 2}),
            (
                "vote_type;cumulative\n",
                "voter_id;vote;points\n1;c,a;1,4\n2;a,c;4,1\n3;b;0\n",
                {"401": 2, "000": 1},
            ),
            (
                "vote_type;scoring\ndefault_score;2\n",
                "voter_id;vote;points\n1;c,a;1,4\n2;b;0\n",
                {"421": 1, "202": 1},
            ),
            ("vote_type;ordinal\n", "voter_id;vote\n1;b,a\n2;a,b,c\n", {"230": 1, "321": 1}),
            (
                "vote_type;ordinal\nmax_length;4\nscoring_fn;Borda\n",
                "voter_id;vote\n1;b,a\n2;c\n",
                {"340": 1, "004": 1},
            ),
        ],
    )
    def test_points(self, tmp_path: Path, meta: str, votes: str, rows: dict[str, int]) -> None:
        file = read_pabulib_file(written(tmp_path, meta, votes))
        election = file.scored_election
        listed = tuple([int(points) for points in row] for row in rows)
        assert election.read(file.scores) == file.scores
        assert file.scores == Population(election.read(listed), tuple(rows.values()))
        assert election.approval == file.election

    @pytest.mark.parametrize(
        ("meta", "message"),
        [
            ("vote_type;ordinal\nscoring_fn;Dowdall\n", "scoring_fn is 'Dowdall': rankings are"),
            ("vote_type;ordinal\nmax_length;1\n", "max_length is '1': a vote ranks 2 projects"),
            ("vote_type;ordinal\nmax_length;some\n", "max_length is 'some': a vote ranks 2"),
            ("vote_type;scoring\ndefault_score;-1\n", "default_score is '-1': it must be a number"),
        ],
    )
    def test_what_is_refused(self, tmp_path: Path, meta: str, message: str) -> None:
        votes = "voter_id;vote;points\n1;b,a;2,1\n"
        file = read_pabulib_file(written(tmp_path, meta, votes))
        with pytest.raises(ValueError, match=rf"small\.pb: {message}"):
            _ = file.scores


FOLDER = Path(os.environ.get("MECHSIM_DATA", "")) / "pabulib"


@pytest.mark.skipif(
    "MECHSIM_DATA" not in os.environ or not FOLDER.is_dir(),
    reason="MECHSIM_DATA names no folder with pabulib/ in it",
)
class TestRealFiles:
    """The points of each project, all votes together, are what the files state as its score."""

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("France_Toulouse_2019.pb", "cumulative"),
            ("Poland_Czestochowa_2020_Grabowka.pb", "cumulative"),
            ("Poland_Krakow_2018_Bienczyce.pb", "ordinal"),
        ],
    )
    def test_totals(self, name: str, kind: str) -> None:
        file = read_pabulib_file(FOLDER / name)
        assert file.vote_type == kind
        total = [F(0)] * len(file.projects)
        for row, voters in file.scores.classes():
            for c, points in row:
                total[c] += voters * points
        assert total == [int(row["score"]) for row in file.projects]
