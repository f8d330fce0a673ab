"""Pabulib files are read exactly, and what is wrong with one is said by file and line."""

import csv
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from election_strategies import ballots, project_set
from riverside import text as riverside_text

from mechsim import EJRPlus, Election, Instance, Population, judge, read_pabulib, riverside, village
from mechsim.algorithms.ties import Lexicographic
from mechsim.budgeting import BWMES, EqualShares, GreedyAV
from mechsim.preferences import PabulibWarning, Vote, read_pabulib_file, write_pabulib

F = Fraction
DATA = Path(str(files("mechsim"))) / "data"
SMALL = """META
key;value
budget;5
vote_type;approval
PROJECTS
project_id;cost
a;2
b;3
VOTES
voter_id;vote
1;a,b
2;b
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "small.pb"
    path.write_text(text, encoding="utf-8")
    return path


class TestVillage:
    """The election that ships: quoted names, a decimal comma, ballots counted."""

    def test_is_read(self) -> None:
        election, reports = village()
        assert election == Election(
            ("well", "bridge", "lamps", "orchard", "hall", "swings"),
            (F(9000), F("12000.5"), F(3000), F(3000), F(6000), F(2000)),
            F("24000.5"),
            (
                "Repair the well",
                "Foot bridge; with railing",
                "Street lamps",
                "Orchard",
                'Paint the "old" hall',
                "Swings",
            ),
        )
        assert reports == Population(ballots("abc", "ab", "de", "def", "df"), (6, 1, 1, 3, 1))
        assert read_pabulib(DATA / "village.pb") == (election, reports)

    def test_the_greedy_rule_leaves_five_of_twelve_with_nothing(self) -> None:
        election, reports = village()
        instance, first = Instance(election, reports), Lexicographic()
        greedy = GreedyAV(first, election)(reports)
        assert greedy == project_set("abc")
        assert election.cost(greedy) == election.budget
        verdict = str(judge(greedy, EJRPlus(), instance))
        assert (
            "at 12 reports of 5 values, with outcome {Repair the well, Foot bridge; wi" in verdict
        )
        assert "{Orchard} is lacking although a group of those who approve of it could" in verdict
        funded = EqualShares(first, election)(reports)
        assert funded == project_set("acdf")
        assert judge(funded, EJRPlus(), instance).word == "proved"
        lottery = BWMES(first, election)(reports)
        assert lottery.core == funded
        assert judge(lottery, EJRPlus(), instance).word == "proved"


class TestRiverside:
    """The city that ships is what its script draws, and the greedy rule forgets an island."""

    def test_is_made_by_its_script(self) -> None:
        assert (DATA / "riverside.pb").read_text(encoding="utf-8") == riverside_text()

    def test_is_read(self) -> None:
        election, reports = riverside()
        assert read_pabulib(DATA / "riverside.pb") == (election, reports)
        assert (len(election.projects), len(reports), len(reports.values)) == (24, 600, 514)
        assert sum(len(b) * k for b, k in reports.classes()) == 2_782
        stated = [int(row["votes"]) for row in read_pabulib_file(DATA / "riverside.pb").projects]
        counted = [sum(k for b, k in reports.classes() if c in b) for c in range(24)]
        assert stated == counted

    def test_greedy_leaves_the_island_with_nothing(self) -> None:
        file, first = read_pabulib_file(DATA / "riverside.pb"), Lexicographic()
        election, reports, homes = file.election, file.approvals, by_home()
        instance = Instance(election, reports)
        greedy = GreedyAV(first, election)(reports)
        assert greedy == file.selected
        assert {len(ballot & greedy) for ballot in homes["Mill Island"]} == {0}
        assert {file.projects[c]["district"] for c in greedy} == {"Old Town", "Harbour"}
        assert judge(greedy, EJRPlus(), instance).word == "refuted"
        equal = EqualShares(first, election)(reports)
        districts = {file.projects[c]["district"] for c in equal}
        assert districts == {"Old Town", "Harbour", "Hillside", "Mill Island", "all"}
        assert judge(equal, EJRPlus(), instance).word == "proved"

    def test_the_lottery_gives_everybody_something(self) -> None:
        election, reports = riverside()
        lottery = BWMES(Lexicographic(), election)(reports)
        assert min(election.value(0, b, lottery.marginals) for b in reports.values) > 0
        assert lottery.cost == election.budget


def by_home() -> dict[str, list[frozenset[int]]]:
    """The ballots of each neighbourhood of Riverside."""
    election, _ = riverside()
    text = (DATA / "riverside.pb").read_text(encoding="utf-8")
    homes: dict[str, list[frozenset[int]]] = {}
    for row in csv.DictReader(text[text.index("voter_id;") :].splitlines(), delimiter=";"):
        (ballot,) = election.read([row["vote"].split(",")])
        homes.setdefault(row["neighborhood"], []).append(ballot)
    return homes


class TestSchool:
    """Choose-1 votes are ballots of one project, or of none."""

    def test_is_read(self) -> None:
        election, reports = read_pabulib(DATA / "school.pb")
        assert election.projects == ("1", "2", "3", "4", "5", "6")
        assert election.titles[3] == "Library: new shelves; new chairs"
        assert election.costs == (100, 250, F("150.5"), 200, F("75.5"), 100)
        counted = Population(ballots("a", "c", "d", "b", "e", "f", ""), (2, 3, 2, 1, 2, 1, 1))
        assert reports == counted
        assert len(reports) == 12


class TestFormat:
    """Spaces, case, line ends and a byte order mark do not matter; missing names are ids."""

    EXPECTED = (
        Election(("a", "b"), (F(2), F(3)), F(5)),
        Population(ballots("ab", "b"), (1, 1)),
    )

    @pytest.mark.parametrize(
        "text",
        [
            SMALL,
            SMALL.replace("\n", "\r\n"),
            "\ufeff" + SMALL,
            SMALL.replace(";", " ; ").replace("META", "Meta").replace("a,b", " b , a ,"),
            SMALL.replace("PROJECTS", "\nPROJECTS;"),
            SMALL.replace("budget;5", 'budget;"5.00"\ncomment;"two\nlines"\nmax_length'),
            SMALL.replace("a;2", "a;2;;"),
        ],
    )
    def test_is_lenient(self, tmp_path: Path, text: str) -> None:
        assert read_pabulib(written(tmp_path, text)) == self.EXPECTED

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("1;a,b", "1;a,c", r"small.pb, line 11: vote has 'c', which is the id of no project"),
            ("b;3", "b;-3", r"small.pb, line 8: cost is '-3': it must be a positive number"),
            ("b;3", "b;3.000,50", r"small.pb, line 8: cost is '3.000,50': it must be a positive"),
            (
                "b;3",
                "b;3,000,50",
                r"'3,000,50': it must be a positive number, with no",
            ),
            ("b;3", "b;3,000", r"line 8: cost is '3,000', which may be 3000 or 3.000: write that"),
            ("2;b\n", "1;b\n", r"small.pb, line 12: voter_id '1' is repeated, from line 11"),
            ("2;b\n", '" 1";b\n', r"small.pb, line 12: voter_id '1' is repeated, from line 11"),
            ("b;3", "b;", r"small.pb, line 8: cost is '': it must be a positive number"),
            ("b;3", "a;3", r"small.pb, line 8: project_id 'a' is repeated"),
            ("b;3", "b;3;4", r"small.pb, line 8: 3 entries, but the header names 2"),
            ("budget;5", "budget;0", r"small.pb, line 3: budget is '0': it must be a positive"),
            ("budget;5", "x;5", r"small.pb: META has no budget"),
            ("vote_type;approval", "x;y", r"small.pb: META has no vote_type"),
            ("approval", "ordinal", r"line 4: vote_type is 'ordinal': only approval and choose-1"),
            ("approval", "cumulative", r"line 4: vote_type is 'cumulative': only approval and"),
            ("approval", "choose-1", r"line 11: vote is 'a,b': a choose-1 vote has one project"),
            ("budget;5", "budget;5\nnum_votes;3", r"line 4: num_votes is 3, but there are 2"),
            ("budget;5", "budget;5\nnum_projects;3", r"line 4: num_projects is 3, but there are 2"),
            (";cost", ";price", r"small.pb, line 6: there is no column 'cost'"),
            (";vote\n", ";votes\n", r"small.pb, line 10: there is no column 'vote'"),
            ("META\n", "", r"small.pb, line 1: 'key' stands before any section"),
            ("1;a,b\n2;b\n", "", r"small.pb: there is no section VOTES, or nothing in it"),
            ("a;2\n", 'a;"' + "2" * 200_000 + '"\n', r"small.pb, line 7: field larger than"),
        ],
    )
    def test_says_what_is_wrong(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        assert old in SMALL
        with pytest.raises(ValueError, match=message):
            read_pabulib(written(tmp_path, SMALL.replace(old, new, 1)))

    def test_is_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.pb"
        path.write_bytes(SMALL.replace("voter_id", "w\u00e4hler;voter_id").encode("latin-1"))
        with pytest.raises(ValueError, match=r"latin.pb: .* at byte \d+: save it as UTF-8"):
            read_pabulib(path)


class TestWriting:
    """What is written is read as equal."""

    def test_round_trip(self, tmp_path: Path) -> None:
        election, reports = village()
        path = tmp_path / "copy.pb"
        chosen = frozenset({0, 2})
        write_pabulib(path, election, reports, meta={"country": "Nowhere"}, selected=chosen)
        assert read_pabulib(path) == (election, reports)
        found = read_pabulib_file(path)
        assert (found.meta["country"], found.selected) == ("Nowhere", chosen)

    def test_door(self, tmp_path: Path) -> None:
        election, reports = village()
        with pytest.raises(ValueError, match="meta has 'budget', which follows"):
            write_pabulib(tmp_path / "x.pb", election, reports, meta={"budget": "1"})
        thirds = Election(("a",), (F(1, 3),), 1)
        with pytest.raises(ValueError, match=r"costs\[0\] is 1/3: it is no decimal"):
            write_pabulib(tmp_path / "x.pb", thirds, Population(ballots("a"), (1,)))


class TestAllVoteTypes:
    """Points and ranks are kept, and can be taken for approvals."""

    POINTS = SMALL.replace("approval", "cumulative").replace(
        "voter_id;vote\n1;a,b\n2;b\n", "voter_id;vote;points\n1;a,b;3,0\n2;b;2\n"
    )

    def test_points(self, tmp_path: Path) -> None:
        found = read_pabulib_file(written(tmp_path, self.POINTS))
        assert found.votes == ((Vote((0, 1), (F(3), F(0))), 1), (Vote((1,), (F(2),)), 1))
        assert found.approvals == Population(ballots("a", "b"), (1, 1))

    def test_ranks(self, tmp_path: Path) -> None:
        text = SMALL.replace("approval", "ordinal").replace("1;a,b", "1;b,a")
        found = read_pabulib_file(written(tmp_path, text))
        assert found.votes[0] == (Vote((1, 0)), 1)

    def test_other_sections_are_kept(self, tmp_path: Path) -> None:
        text = SMALL.replace("VOTES\n", "NOTES\nsomething;else\nVOTES\n")
        assert read_pabulib_file(written(tmp_path, text)).others == {
            "NOTES": (["something", "else"],)
        }

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("1;a,b", "1;a,c,b", ballots("ab", "b")),
            ("b;3", "b;3\nb;4", ballots("ab", "b")),
            ("budget;5", "budget;5\nnum_votes;9", ballots("ab", "b")),
            ("2;b\n", "2;b;x\n", ballots("ab", "b")),
            ("2;b\n", "1;b\n", ballots("ab", "b")),
            ("b;3", "b;3,000", ballots("ab", "b")),
        ],
    )
    def test_lenient(self, tmp_path: Path, old: str, new: str, expected: object) -> None:
        """What is an error is a warning that says what was done, if one asks for that."""
        path = written(tmp_path, SMALL.replace(old, new, 1))
        with pytest.raises(ValueError, match=r"small\.pb, line"):
            read_pabulib(path)
        with pytest.warns(PabulibWarning, match=r"small\.pb, line"):
            _, reports = read_pabulib(path, strict=False)
        assert tuple(reports.values) == expected

    def test_faults_are_counted(self, tmp_path: Path) -> None:
        """One warning a kind of fault: the first of them, and how many there are."""
        votes = "".join(f"{k};a,{name}\n" for k, name in enumerate("ccd"))
        path = written(tmp_path, f"{SMALL}{votes}1;b\n2;a\n")
        with pytest.warns(PabulibWarning) as told:
            _, reports = read_pabulib(path, strict=False)
        assert sorted(str(one.message).partition(", ")[2] for one in told) == [
            "line 13: vote has 'c', which is the id of no project: it is left out "
            "(2 more like this)",
            "line 14: voter_id '1' is repeated, from line 11: all votes count (3 more like this)",
        ]
        assert {one.filename for one in told} == {__file__}
        assert len(reports) == 7

    @pytest.mark.parametrize("rows", ["x1;a\nx0;b\n", "x0;a\n\nx1;b\n", ";a\n;b\n", '"y";a\n'])
    def test_voters_that_differ(self, tmp_path: Path, rows: str) -> None:
        """In any order, without a name, on lines apart."""
        _, reports = read_pabulib(written(tmp_path, SMALL + rows))
        assert len(reports) == 2 + rows.count(";")

    def test_what_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "wide.pb"
        path.write_bytes(SMALL.encode("utf-16"))
        with pytest.raises(ValueError, match=r"wide\.pb: it is UTF-16: save it as UTF-8"):
            read_pabulib(path)
        with pytest.warns(PabulibWarning, match="it is UTF-16: it is read as that"):
            assert len(read_pabulib(path, strict=False)[1]) == 2
        path.write_bytes(SMALL.encode("utf-16-le"))
        with pytest.raises(ValueError, match="a zero at byte 1: it is no text"):
            read_pabulib(path, strict=False)
