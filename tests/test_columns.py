"""Files that store numbers are read as what was written, and what is no report is named."""

import io
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_files import arrow, parquet, stored

from mechsim import Line, Population
from mechsim.facility import Mean, UniformPhantom
from mechsim.preferences import _blocks, read_reports
from mechsim.preferences.columns import load

UNIT = Line(0, 1)


BINARY = pytest.mark.parametrize("suffix", [".npy", ".parquet"])


class TestWhatWasWritten:
    """Reports are those that were written, of the kind they were written in."""

    @BINARY
    @given(floats=st.lists(st.floats(-9, 9), min_size=1, max_size=20))
    def test_floats(self, suffix: str, floats: list[float]) -> None:
        with TemporaryDirectory() as folder:
            read = read_reports(stored(Path(folder), floats, suffix))
            assert isinstance(read, Population)
            assert isinstance(read.values, np.ndarray)
            assert read.values.tolist() == floats

    @BINARY
    @given(whole=st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=20))
    def test_whole_numbers_are_exact(self, suffix: str, whole: list[int]) -> None:
        with TemporaryDirectory() as folder:
            read = read_reports(stored(Path(folder), np.array(whole, np.int64), suffix))
            assert read == Population(tuple(map(Fraction, whole)))
            assert all(type(value) is Fraction for value in getattr(read, "values", ()))

    def test_decimals_are_exact(self, tmp_path: Path) -> None:
        written = [Decimal("0.1"), Decimal("0.3"), Decimal("0.1")]
        read = read_reports(stored(tmp_path, written, ".parquet", arrow.decimal128(3, 2)))
        assert read == Population((Fraction(1, 10), Fraction(3, 10)), (2, 1))

    @pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt", ""])
    def test_text_is_exact(self, tmp_path: Path, suffix: str) -> None:
        assert read_reports(stored(tmp_path, ["0.1", "1/3"], suffix)) == (
            Fraction(1, 10),
            Fraction(1, 3),
        )

    @pytest.mark.parametrize("kind", ["f2", "f4", ">f8", "<f8"])
    def test_other_floats(self, tmp_path: Path, kind: str) -> None:
        read = read_reports(stored(tmp_path, np.array([0.5, 0.25], kind), ".npy"), setting=UNIT)
        assert read == Population(np.array([0.5, 0.25]))

    @pytest.mark.parametrize("kind", ["u1", "i2", ">i4", "u8"])
    def test_other_whole_numbers(self, tmp_path: Path, kind: str) -> None:
        read = read_reports(stored(tmp_path, np.array([7, 1, 7], kind), ".npy"))
        assert read == Population((Fraction(1), Fraction(7)), (1, 2))

    def test_categories(self, tmp_path: Path) -> None:
        """Columns that are stored by reference to a dictionary are columns like others."""
        path = tmp_path / "x.parquet"
        parquet.write_table(arrow.table({"x": arrow.array([5, 6, 5]).dictionary_encode()}), path)
        assert read_reports(path) == Population((Fraction(5), Fraction(6)), (2, 1))

    def test_mechanisms_take_it(self, tmp_path: Path) -> None:
        floats = np.linspace(0, 1, 1001)
        read = read_reports(stored(tmp_path, floats, ".npy"))
        assert UniformPhantom()(read) == UniformPhantom()(floats)
        assert Mean()(read) == 0.5


class TestMemory:
    """A column is in memory once, or not at all."""

    def test_arrays_are_mapped(self, tmp_path: Path) -> None:
        read = read_reports(stored(tmp_path, np.linspace(0, 1, 1000), ".npy"))
        assert isinstance(read, Population)
        assert isinstance(read.values, np.ndarray)
        base: Any = read.values
        while base is not None and not isinstance(base, np.memmap):
            base = base.base
        assert isinstance(base, np.memmap)
        assert not read.values.flags.writeable

    def test_parquet_is_streamed(self, tmp_path: Path) -> None:
        """What arrow holds at a time is a small part of one large row group."""
        floats = np.random.default_rng(0).random(1_000_000)
        path = tmp_path / "large.parquet"
        parquet.write_table(arrow.table({"x": floats}), path)
        assert parquet.ParquetFile(path).num_row_groups == 1
        code = (
            "import sys, pyarrow; from mechsim.preferences import read_reports\n"
            "read = read_reports(sys.argv[1])\n"
            "print(len(read), pyarrow.default_memory_pool().max_memory())"
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True)
        rows, most = map(int, done.stdout.split())
        assert rows == len(floats)
        assert 0 < most < 0.8 * floats.nbytes

    def test_blocks_are_joined(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """However many rows are looked at together, the reports are the same."""
        floats, whole = np.linspace(0, 1, 50), np.arange(50) % 7
        for suffix in (".npy", ".parquet"):
            for entries in (floats, whole, np.array([*floats, np.nan])):
                path = stored(tmp_path, entries, suffix)
                expected = read_reports(path, missing=("nan",))
                for module in (_blocks, sys.modules["mechsim.preferences.columns"]):
                    monkeypatch.setattr(module, "ROWS", 4)
                assert read_reports(path, missing=("nan",)) == expected
                monkeypatch.undo()


class TestMissing:
    """Entries that mean no answer are left out and counted."""

    @pytest.mark.parametrize(
        ("suffix", "entries", "missing"),
        [
            (".parquet", [0.5, None, float("nan"), -99.0, 0.25, 1.5], ("", "NaN", "-99", "1.5")),
            (".parquet", [1, None, -99, 0, -98], ("", "-99", "-98", "0.5", "left")),
            (".parquet", [None, 1, None], ("",)),
            (".npy", [0.5, float("nan"), -99.0], ("nan", "-99", "")),
            (".npy", [1, -99, 0], ("-99",)),
            (".csv", ["1", "NA", "0", "-9"], ("NA", "-9")),
        ],
    )
    def test_left_out(
        self, tmp_path: Path, suffix: str, entries: list[Any], missing: tuple[str, ...]
    ) -> None:
        column = load(stored(tmp_path, entries, suffix), missing=missing, setting=UNIT)
        answers = [x for x in entries if x in (0, 0.25, 0.5, 1, "0", "1")]
        reports = column.reports
        read = reports.expanded() if isinstance(reports, Population) else reports
        assert sorted(read) == sorted(map(Fraction, answers))
        assert column.missing == len(entries) - len(answers)

    def test_decimals(self, tmp_path: Path) -> None:
        path = stored(tmp_path, [Decimal("0.1"), None, Decimal(-9)], ".parquet")
        assert read_reports(path, missing=("", "-9")) == Population((Fraction(1, 10),))

    def test_rows_that_are_left_out_count_as_rows(self, tmp_path: Path) -> None:
        path = stored(tmp_path, [None, 0.5, -99.0, 2.0], ".parquet")
        with pytest.raises(ValueError, match="row 3: x is 2: it must lie in"):
            read_reports(path, missing=("", "-99"), setting=UNIT)


def structure() -> Any:
    return np.zeros(2, [("x", "f8")])


class TestRefusals:
    """What is no report is named: the file, the row, the column, the entry, and the rule."""

    @pytest.mark.parametrize(
        ("suffix", "entries", "message"),
        [
            (".parquet", [0.5] * 4 + [None], "row 4: x is null: it must be a number"),
            (".parquet", [1] * 4 + [None], "row 4: x is null: it must be a number"),
            (".parquet", [None, None], "row 0: x is null: it must be a number"),
            (".parquet", [0.5, float("nan")], "row 1: x is nan: it must be finite"),
            (".parquet", [0.5, 0.1, -float("inf")], "row 2: x is -inf: it must be finite"),
            (".parquet", [None, "left", None], "row 1: x is 'left' (string): it must be a number"),
            (".parquet", [True, False], "row 0: x is True (bool): it must be a number"),
            (".parquet", [[1.0]], "row 0: x is [1.0] (list<"),
            (".parquet", [0.5, 1.5, 2.5], "row 1: x is 1.5: it must lie in [0, 1]"),
            (".parquet", [1, 0, 0, 0, 3], "row 4: x is 3: it must lie in [0, 1]"),
            (".parquet", [Decimal("1.1")], "row 0: x is 11/10: it must lie in [0, 1]"),
            (".parquet", [], " has no answers: x is empty"),
            (".npy", np.array([0.5, np.nan]), "row 1: entry is nan: it must be finite"),
            (".npy", np.array([0.5, 1.5]), "row 1: entry is 1.5: it must lie in [0, 1]"),
            (".npy", np.array([0, 1, 2**62]), "row 2: entry is 4611686018427387904: it must lie"),
            (".npy", np.array([]), " has no answers: entry is empty"),
            (".npy", np.array([[0.5]]), ": its shape is (1, 1): it must be (agents,)"),
            (".npy", np.array(0.5), ": its shape is (): it must be (agents,)"),
            (".npy", np.array([True]), ": it stores bool: it must store integers or floats"),
            (".npy", np.array(["left"]), ": it stores <U4: it must store integers or floats"),
            (".npy", structure(), ": it stores [('x', '<f8')]: it must store integers or floats"),
            (".npy", np.array([0.5], object), ": it is no array of numbers: "),
            (".csv", ["0.5", "1.5"], "line 3: x is 3/2: it must lie in [0, 1]"),
            (".csv", [], " has no answers below its header: x is empty"),
            (".xlsx", ["0.5"], ": its suffix is '.xlsx': it must be one of .csv, .tsv, .txt, .pa"),
        ],
    )
    def test_rows(self, tmp_path: Path, suffix: str, entries: Any, message: str) -> None:
        path = stored(tmp_path, entries, suffix)
        with pytest.raises(ValueError, match=re.escape(message)) as error:
            read_reports(path, setting=UNIT)
        assert str(error.value).startswith(str(path))

    def test_rows_far_down(self, tmp_path: Path) -> None:
        floats = np.full(200_000, 0.5)
        floats[[150_000, 170_000]] = np.nan
        for suffix in (".npy", ".parquet"):
            path = tmp_path / f"far{suffix}"
            if suffix == ".npy":
                np.save(path, floats)
            else:
                parquet.write_table(arrow.table({"x": floats}), path, row_group_size=70_001)
            with pytest.raises(ValueError, match=r"row 150000: (x|entry) is nan"):
                read_reports(path)

    @pytest.mark.parametrize("entry", [np.inf, -np.inf, np.nan])
    def test_anywhere_is_not_nowhere(self, tmp_path: Path, entry: float) -> None:
        with pytest.raises(ValueError, match=f"row 1: entry is {entry}: it must be finite"):
            read_reports(stored(tmp_path, [0.5, entry], ".npy"))

    def test_ends_are_compared_exactly(self, tmp_path: Path) -> None:
        """The float next to 1/3 is less than 1/3."""
        path = stored(tmp_path, [1 / 3], ".npy")
        with pytest.raises(ValueError, match="it must lie in"):
            read_reports(path, setting=Line(Fraction(1, 3), 1))
        assert len(read_reports(path, setting=Line(0, Fraction(1, 3)))) == 1

    @pytest.mark.parametrize(
        ("column", "message"),
        [
            (None, " has 2 columns: name one of 'selfLR', 'PID'"),
            ("selflr", " has no column 'selflr'; its columns are: 'selfLR', 'PID'; did you mean"),
        ],
    )
    @pytest.mark.parametrize("suffix", [".csv", ".parquet"])
    def test_columns(self, tmp_path: Path, suffix: str, column: str | None, message: str) -> None:
        path = tmp_path / f"survey{suffix}"
        if suffix == ".csv":
            path.write_text("selfLR,PID\n1,2\n")
        else:
            parquet.write_table(arrow.table({"selfLR": [1], "PID": [2]}), path)
        with pytest.raises(ValueError, match=re.escape(f"{path}{message}")):
            read_reports(path, column)
        assert len(read_reports(path, "PID")) == 1

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("0.1\n0.5\n0.7\n", None),
            ("1/3\n1\n", None),
            ("Ann,1\nBob,2\n", "1"),
            ("0,1;x;y\n0,5;y;z\n", "0,1"),
        ],
    )
    def test_a_header_row_is_needed(self, tmp_path: Path, text: str, column: str | None) -> None:
        """The first report is no header, and is not dropped silently."""
        path = tmp_path / "nohead.csv"
        path.write_text(text)
        with pytest.raises(ValueError, match=r"line 1: .* is a number: the first line must be a"):
            read_reports(path, column)

    def test_arrays_have_no_columns(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"column is 'x': .* has one column, and it has no"):
            read_reports(stored(tmp_path, [0.5], ".npy"), "x")

    @BINARY
    def test_files_that_are_something_else(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"x{suffix}"
        path.write_text("x\n0.5\n")
        with pytest.raises(ValueError, match=f"{path}: it is no (array|Parquet file)"):
            read_reports(path)
        with pytest.raises(FileNotFoundError):
            read_reports(tmp_path / f"none{suffix}")

    @BINARY
    def test_files_that_are_cut_off(self, tmp_path: Path, suffix: str) -> None:
        path = stored(tmp_path, np.linspace(0, 1, 100), suffix)
        path.write_bytes(path.read_bytes()[:-80])
        with pytest.raises(ValueError, match=f"{path}: it is no (array|Parquet file)"):
            read_reports(path)

    def test_pickles_are_never_loaded(self, tmp_path: Path) -> None:
        path = tmp_path / "evil.npy"
        held = io.BytesIO()
        np.save(held, np.array([Trap()], object), allow_pickle=True)
        path.write_bytes(held.getvalue())
        with pytest.raises(ValueError, match="it is no array of numbers"):
            read_reports(path)

    def test_many_different_exact_numbers(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_blocks, "EXPANDABLE", 3)
        path = stored(tmp_path, np.arange(4), ".npy")
        with pytest.raises(ValueError, match="more than 3 different exact numbers: store it as fl"):
            read_reports(path)

    def test_without_pyarrow(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = stored(tmp_path, [0.5], ".parquet")
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ValueError, match=r"needs pyarrow: pip install 'mechsim\[data\]'"):
            read_reports(path)


class Trap:
    """Breaks whoever unpickles it."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return (pytest.fail, ("a pickle was loaded",))
