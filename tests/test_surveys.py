"""Answers are read exactly, and the survey that ships is what its source says."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from mechsim import anes96, read_column


class TestAnes96:
    """944 respondents; the counts of self-placements from left to right."""

    def test_self_placement(self) -> None:
        expected = {1: 16, 2: 103, 3: 147, 4: 256, 5: 170, 6: 218, 7: 34}
        assert Counter(anes96()) == expected

    @pytest.mark.parametrize("column", ["selfLR", "ClinLR", "DoleLR"])
    def test_placements_are_on_the_scale(self, column: str) -> None:
        answers = anes96(column)
        assert len(answers) == 944
        assert set(answers) <= set(range(1, 8))

    def test_no_such_column(self) -> None:
        with pytest.raises(ValueError, match=r"anes96.csv has no column 'selfRL'; its columns are"):
            anes96("selfRL")


class TestReadColumn:
    """A decimal in a file is a rational number."""

    @pytest.mark.parametrize(
        ("entry", "number"),
        [
            ("0.1", Fraction(1, 10)),
            (" 3 ", Fraction(3)),
            ("-2.50", Fraction(-5, 2)),
            ("1e-3", Fraction(1, 1000)),
            (".5", Fraction(1, 2)),
            ("5.", Fraction(5)),
            ("+1/3", Fraction(1, 3)),
        ],
    )
    def test_exactly(self, tmp_path: Path, entry: str, number: Fraction) -> None:
        path = tmp_path / "one.csv"
        path.write_text(f"a,x\n,{entry}\n")
        assert read_column(path, "x") == (number,)

    @pytest.mark.parametrize("entry", ["1_000", "0x10", "1,5", "inf", "--1", "1e4000", "½"])
    def test_what_is_no_number(self, tmp_path: Path, entry: str) -> None:
        path = tmp_path / "one.csv"
        path.write_text(f'a,x\n,"{entry}"\n', encoding="utf-8")
        with pytest.raises(ValueError, match="line 2: x is"):
            read_column(path, "x")

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, tmp_path: Path) -> None:
        path = tmp_path / "excel.csv"
        path.write_text("x,y\n1,2\n", encoding="utf-8-sig")
        assert read_column(path, "x") == (Fraction(1),)

    def test_lines_of_the_file_are_counted(self, tmp_path: Path) -> None:
        path = tmp_path / "quoted.csv"
        path.write_text('x,y\n1,"two\nlines"\nbad,2\n')
        with pytest.raises(ValueError, match="line 4: x is 'bad'"):
            read_column(path, "x")
