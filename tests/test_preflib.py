"""PrefLib files are read exactly, and what is wrong with one is said by file and line."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from election_strategies import ballots
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Election, Population, Rankings
from mechsim.preferences import PreflibFile, PreflibWarning, read_preflib
from mechsim.preferences._preflib_reader import Reader

ORDERS = """# FILE NAME: lunch.toi
# TITLE: Lunch
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 8
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: soup
# ALTERNATIVE NAME 2: rice: fried
# ALTERNATIVE NAME 3: cake
# ALTERNATIVE NAME 4: tea
4: 3,{1,2},4
3: 2, {1, 3}
1: 4
"""
STRICT = (
    ORDERS.replace("toi", "soc").replace("3,{1,2},4", "3,1,2,4").replace("2, {1, 3}", "2,1,3,4")
).replace("1: 4\n", "1: 4,3,2,1\n")
CATEGORIES = (
    ORDERS.replace("toi", "cat")
    .replace("UNIQUE ORDERS: 3", "UNIQUE PREFERENCES: 3\n# NUMBER CATEGORIES: 2")
    .replace(
        "# ALTERNATIVE NAME 1",
        "# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: No\n# ALTERNATIVE NAME 1",
    )
    .replace("3,{1,2},4", "{1,2},{3,4}")
    .replace("2, {1, 3}", "{},{1, 2,3,4}")
    .replace("1: 4\n", "1: 4, {}\n")
)
NAMES = ("soup", "rice: fried", "cake", "tea")


def written(folder: Path, text: str, name: str = "lunch.toi") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sets(*given: str) -> tuple[frozenset[int], ...]:
    return ballots(*given)


class TestReading:
    """Orders with ties are sequences of sets, best first; each is counted."""

    def test_orders(self, tmp_path: Path) -> None:
        found = read_preflib(written(tmp_path, ORDERS))
        assert (found.title, found.data_type, found.alternatives) == ("Lunch", "toi", NAMES)
        assert found.votes == Population(
            (sets("c", "ab", "d"), sets("b", "ac"), sets("d")), (4, 3, 1)
        )
        assert found.meta["NUMBER VOTERS"] == "8"
        assert repr(found) == "PreflibFile(Lunch: 8 voters, 4 alternatives, toi)"
        assert found.tell(found.votes.values[0]) == "cake > {soup, rice: fried} > tea"

    def test_categories(self, tmp_path: Path) -> None:
        found = read_preflib(written(tmp_path, CATEGORIES, "lunch.cat"))
        assert found.categories == ("Yes", "No")
        votes = (sets("ab", "cd"), sets("", "abcd"), sets("d", ""))
        assert found.votes == Population(votes, (4, 3, 1))
        assert found.tell(votes[0]) == "{soup, rice: fried}, {cake, tea}"

    @pytest.mark.parametrize(
        "text",
        [
            ORDERS.replace("\n", "\r\n"),
            "\ufeff" + ORDERS,
            ORDERS.replace("# ", "#"),
            ORDERS.replace("1: 4\n", "\n  1 :{4}  \n\n"),
            ORDERS.replace("DATA TYPE: toi", "DATA TYPE: TOI"),
            ORDERS.replace("# DATA", "# SOURCE 1: here\n# SOURCE 2: there: far\n# DATA"),
            ORDERS.replace("# DATA TYPE: toi\n", ""),
            ORDERS.replace("# NUMBER VOTERS: 8\n", "").replace("# NUMBER UNIQUE ORDERS: 3\n", ""),
            ORDERS.replace("4: 3,{1,2},4\n", "1: 3,{2,1},4\n3: 3,{1,2},4\n"),
        ],
    )
    def test_what_does_not_matter(self, tmp_path: Path, text: str) -> None:
        """Spaces, line ends, a byte order mark, what can be counted, and counting twice."""
        expected = read_preflib(written(tmp_path, ORDERS))
        found = read_preflib(written(tmp_path, text))
        assert (found.votes, found.alternatives) == (expected.votes, expected.alternatives)

    @given(
        st.lists(
            st.tuples(
                st.lists(st.integers(0, 4), min_size=1, unique=True),
                st.lists(st.booleans(), min_size=5, max_size=5),
                st.integers(1, 9),
            ),
            min_size=1,
        )
    )
    def test_any_orders(self, drawn: Any) -> None:
        """What is written by hand, the sets of each order and its count, is what is read."""
        expected: Counter[tuple[frozenset[int], ...]] = Counter()
        lines = [f"# ALTERNATIVE NAME {k}: x{k}" for k in range(1, 6)]
        for order, joined, count in drawn:
            tied: list[list[int]] = []
            for one, join in zip(order, joined, strict=False):
                if tied and join:
                    tied[-1].append(one)
                else:
                    tied.append([one])
            expected[tuple(map(frozenset, tied))] += count
            told = ["{" + ",".join(str(a + 1) for a in same) + "}" for same in tied]
            lines.append(f"{count}: {','.join(t[1:-1] if len(t) == 3 else t for t in told)}")
        found = Reader("x.toi", True).read("\n".join(lines))
        assert dict(found.votes.classes()) == expected


class TestConversions:
    """Strict complete orders are rankings; categories and tops of orders are approval ballots."""

    def test_rankings(self, tmp_path: Path) -> None:
        vote, cast = read_preflib(written(tmp_path, STRICT, "lunch.soc")).rankings
        assert vote == Rankings(NAMES)
        assert cast == Population(((2, 0, 1, 3), (1, 0, 2, 3), (3, 2, 1, 0)), (4, 3, 1))
        assert vote.read(cast) == cast

    def test_other_orders_are_no_rankings(self, tmp_path: Path) -> None:
        found = read_preflib(written(tmp_path, ORDERS))
        message = r"toi: the vote cake > \{soup, rice: fried\} > tea is no strict ranking of 4 alt"
        with pytest.raises(ValueError, match=message):
            _ = found.rankings
        found = read_preflib(written(tmp_path, CATEGORIES, "lunch.cat"))
        with pytest.raises(ValueError, match=r"data_type is cat: rankings is about orders"):
            _ = found.rankings

    def test_approvals(self, tmp_path: Path) -> None:
        found = read_preflib(written(tmp_path, CATEGORIES, "lunch.cat"))
        election, cast = found.approvals(2)
        assert election == Election(NAMES, (1, 1, 1, 1), 2)
        assert cast == Population(ballots("ab", "", "d"), (4, 3, 1))
        assert found.approvals(2, "Yes") == (election, cast)
        assert found.approvals(1, category="No")[1] == Population(
            ballots("cd", "abcd", ""), (4, 3, 1)
        )
        with pytest.raises(ValueError, match="category is 'Maybe': it must be one of Yes, No"):
            found.approvals(1, "Maybe")
        with pytest.raises(ValueError, match="committee is 5: it must be at most 4"):
            found.approvals(5)
        with pytest.raises(ValueError, match="data_type is cat: top is about orders"):
            found.top(1, 1)

    @pytest.mark.parametrize(
        ("places", "expected"),
        [
            (1, {"c": 4, "b": 3, "d": 1}),
            (2, {"abc": 7, "d": 1}),
            (3, {"abc": 7, "d": 1}),
            (4, {"abcd": 4, "abc": 3, "d": 1}),
        ],
    )
    def test_top(self, tmp_path: Path, places: int, expected: dict[str, int]) -> None:
        """An alternative is approved of if fewer than ``places`` are ranked above it."""
        found = read_preflib(written(tmp_path, ORDERS))
        election, cast = found.top(3, places)
        assert election == Election(NAMES, (1, 1, 1, 1), 3)
        assert cast == Population(ballots(*expected), tuple(expected.values()))

    def test_doors(self, tmp_path: Path) -> None:
        found = read_preflib(written(tmp_path, ORDERS))
        with pytest.raises(ValueError, match="places is 0: it must be a whole number"):
            found.top(1, 0)
        with pytest.raises(ValueError, match="data_type is toi: only votes of type cat have cat"):
            found.approvals(1)


FAULTS = [
    ("toi", ORDERS, "3,{1,2},4", "3,{1,2},5", "lunch.toi, line 11: the vote has '5': alternative"),
    ("toi", ORDERS, "3,{1,2},4", "3,{1,2},0", "line 11: the vote has '0': alternatives are numb"),
    ("toi", ORDERS, "3,{1,2},4", "3,{1,2},x", "line 11: the vote has 'x': alternatives are numb"),
    ("toi", ORDERS, "3,{1,2},4", "3,{1,2},1", "line 11: the vote has 1 twice"),
    ("toi", ORDERS, "3,{1,2},4", "3,{1,2,4", "line 11: the vote is '3,{1,2,4': braces and commas"),
    ("toi", ORDERS, "3,{1,2},4", "3,,4", "line 11: the vote is '3,,4': braces and commas do not"),
    ("toi", ORDERS, "3,{1,2},4", "3,{},4", "line 11: the vote has {}: nothing is tied there"),
    ("toi", ORDERS, "4: 3", "-4: 3", "line 11: the count is '-4': it must be a positive whole"),
    ("toi", ORDERS, "4: 3", "0: 3", "line 11: the count is '0': it must be a positive whole"),
    ("toi", ORDERS, "4: 3", ": 3", "line 11: the count is '': it must be a positive whole"),
    ("toi", ORDERS, "4: 3", "3", "line 11: '3,{1,2},4' is not 'count: vote'"),
    ("toi", ORDERS, "1: 4\n", "", "line 5: NUMBER VOTERS is 8, but there are 7"),
    ("toi", ORDERS, "VOTERS: 8", "VOTERS: -8", "line 5: NUMBER VOTERS is -8, but there are 8"),
    ("toi", ORDERS, "ORDERS: 3", "ORDERS: 4", "line 6: NUMBER UNIQUE ORDERS is 4, but there are"),
    ("toi", ORDERS, "TIVES: 4", "TIVES: 5", "line 4: NUMBER ALTERNATIVES is 5, but there are 4"),
    ("toi", ORDERS, "NAME 4: tea", "NAME 4: soup", "line 10: ALTERNATIVE NAME 4 is 'soup': names"),
    ("toi", ORDERS, "NAME 4: tea", "NAME 4:", "line 10: ALTERNATIVE NAME 4 is '': names must dif"),
    ("toi", ORDERS, "4: tea", "4: tea\n# ALTERNATIVE NAME 4: x", "line 11: ALTERNATIVE NAME 4 is"),
    ("toi", ORDERS, "# TITLE: Lunch", "# TITLE: a\n# TITLE: b", "line 3: TITLE is given twice"),
    ("toi", ORDERS, "# TITLE: Lunch", "# ate it all", "line 2: '# ate it all' is not '# KEY: val"),
    ("toi", ORDERS, "TYPE: toi", "TYPE: toc", "line 3: DATA TYPE is toc, but the file's name end"),
    ("toi", ORDERS, "1: 4\n", "1:\n", "line 13: the vote is empty"),
    ("soc", STRICT, "3,1,2,4", "3,{1,2},4", "lunch.soc, line 11: the vote has ties: votes"),
    ("soc", STRICT, "3,1,2,4", "3,1,4", "lunch.soc, line 11: the vote lacks 1 alternative:"),
    ("cat", CATEGORIES, "{1,2},{3,4}", "{1,2}", "line 14: the vote has 1 categories, but there"),
    ("cat", CATEGORIES, "{1,2},{3,4}", "1,2,3", "line 14: the vote has 3 categories, but there"),
    ("cat", CATEGORIES, "CATEGORIES: 2", "CATEGORIES: 3", "line 7: NUMBER CATEGORIES is 3, but"),
]  # fmt: skip
HOPELESS = [
    ("", "lunch: the file is empty"),
    (" \n\n", "lunch: the file is empty"),
    (ORDERS[: ORDERS.index("4: 3")], "lunch: there are no votes below the header"),
    ("3\n1,ann\n2,bob\n", "there is no line '# ALTERNATIVE NAME 1: ...': this is no PrefLib file"),
    (ORDERS.replace("TYPE: toi", "TYPE: wmd"), "line 3: DATA TYPE is 'wmd': it must be one of"),
    (ORDERS.replace("NAME 4", "NAME 6"), "no ALTERNATIVE NAME 4, but there is one with the n"),
    (ORDERS.replace("NAME 1", "NAME 0"), "no ALTERNATIVE NAME 1, but there is one with the n"),
    (ORDERS.replace("TYPE: toi", "TYPE: cat"), "there is no line '# CATEGORY NAME 1: ...'"),
]  # fmt: skip


class TestFaults:
    """What contradicts the format is an error, or a warning that says what was done."""

    @pytest.mark.parametrize(("ending", "text", "old", "new", "message"), FAULTS)
    def test_said(
        self, tmp_path: Path, ending: str, text: str, old: str, new: str, message: str
    ) -> None:
        assert text.count(old) == 1 or old in ("4: tea", "4: 3")
        path = written(tmp_path, text.replace(old, new, 1), f"lunch.{ending}")
        with pytest.raises(ValueError, match=re.escape(message)):
            read_preflib(path)
        with pytest.warns(PreflibWarning) as caught:
            found = read_preflib(path, strict=False)
        assert isinstance(found, PreflibFile)
        assert caught[0].filename == __file__
        assert any(str(one.message).startswith(f"{path}, line") for one in caught)

    @pytest.mark.parametrize(
        ("old", "new", "vote"),
        [
            ("3,{1,2},4", "3,{1,2},5", sets("c", "ab")),
            ("3,{1,2},4", "3,{1,2},1,4", sets("c", "ab", "d")),
            ("3,{1,2},4", "3,{},{3,1},4", sets("c", "a", "d")),
            ("3,{1,2},4", "3,{1,2,4", sets("b", "ac")),
        ],
    )
    def test_understood(
        self, tmp_path: Path, old: str, new: str, vote: tuple[frozenset[int], ...]
    ) -> None:
        with pytest.warns(PreflibWarning):
            found = read_preflib(written(tmp_path, ORDERS.replace(old, new)), strict=False)
        assert found.votes.values[0] == vote

    def test_categories_understood(self, tmp_path: Path) -> None:
        for new, vote in (("{1,2}", sets("ab", "")), ("1,2,3", sets("a", "b"))):
            text = CATEGORIES.replace("{1,2},{3,4}", new)
            with pytest.warns(PreflibWarning, match="missing ones are empty, more are left out"):
                found = read_preflib(written(tmp_path, text, "lunch.cat"), strict=False)
            assert found.votes.values[0] == vote

    def test_names_understood(self, tmp_path: Path) -> None:
        with pytest.warns(PreflibWarning, match=r"it is called 'soup \(4\)'"):
            found = read_preflib(written(tmp_path, ORDERS.replace("tea", "soup")), strict=False)
        assert found.alternatives == (*NAMES[:3], "soup (4)")

    def test_made_up_names_differ_from_real_ones(self) -> None:
        """A repeated or empty name is called what nothing else in the file is."""
        for names in (("a", "a (3)", "a"), ("2", "", "c"), ("a", "a (3) (3)", "a (3)", "a")):
            header = [f"# ALTERNATIVE NAME {k}: {name}" for k, name in enumerate(names, start=1)]
            found = Reader("x.toi", False).read("\n".join([*header, "1: 1"]))
            assert len(set(found.alternatives)) == len(names)

    def test_digits_are_ascii(self) -> None:
        """A number in other digits is no number."""
        three = "\u0663"
        for old, new in (("4: 3", f"{three}: 3"), ("1: 4\n", f"1: {three}\n")):
            with pytest.raises(ValueError, match=three):
                Reader("x.toi", True).read(ORDERS.replace(old, new))

    @pytest.mark.parametrize("mark", "\u2028\x85\x0b\x1c")
    def test_lines_end_at_line_ends_only(self, mark: str) -> None:
        """Other characters at which text may be broken are part of a name."""
        found = Reader("x.toi", True).read(ORDERS.replace("cake", f"ca{mark}ke"))
        assert found.alternatives[2] == f"ca{mark}ke"

    @pytest.mark.parametrize(("text", "message"), HOPELESS)
    def test_hopeless(self, tmp_path: Path, text: str, message: str) -> None:
        """What cannot be understood is an error in any case."""
        path = written(tmp_path, text, "lunch")
        for strict in (True, False):
            with pytest.raises(ValueError, match=re.escape(message)):
                read_preflib(path, strict=strict)

    def test_is_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.toi"
        path.write_bytes(ORDERS.replace("tea", "th\u00e9").encode("latin-1"))
        with pytest.raises(ValueError, match=r"latin.toi: .* at byte \d+: save it as UTF-8"):
            read_preflib(path)
        with pytest.warns(PreflibWarning, match="it is read as Latin-1") as caught:
            found = read_preflib(path, strict=False)
        assert caught[0].filename == __file__
        assert found.alternatives[3] == "th\u00e9"

    @pytest.mark.parametrize("text", [ORDERS, STRICT, CATEGORIES])
    def test_truncated(self, tmp_path: Path, text: str) -> None:
        """A file that ends early is refused, wherever it ends."""
        for end in range(len(text) - 2):
            with pytest.raises(ValueError, match=r"lunch"):
                read_preflib(written(tmp_path, text[:end], f"lunch.{text[:20].split('.')[1][:3]}"))
