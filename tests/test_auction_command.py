"""`mechsim auction` reads bidders from a file, and says who is where and what is paid."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mechsim.__main__ import main
from mechsim.preferences.bid_files import read_bids

CASCADE = "bidder,value,slot1,slot2\nAnn,10,1/2,0.2\nBob,6,0.4,0.5\nCid,4,0.3,0.8\n"
WEIGHTS = "bidder,value,slot1,slot2\nAnn,10,1,1/2\nBob,6,2,1\nCid,4,1,3\n"
QUALITY = "bidder,value,quality\nAnn,10,1\nBob,4,1\nCid,2,1\n"


def ask(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> Any:
    assert main(["auction", str(path), *options, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "mechsim/auction/1"
    return {row.pop("bidder"): row for row in found["bidders"]}


def write(folder: Path, text: str) -> Path:
    path = folder / "bids.csv"
    path.write_text(text)
    return path


class TestVectors:
    """The numbers of MNL-1, CAS-1 and of Edelman, Ostrovsky and Schwarz."""

    def test_weights(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = write(tmp_path, WEIGHTS)
        options = ("--mechanism", "mnl-vcg", "--weights", "--capacity")
        one, two = (ask(capsys, path, *options, capacity) for capacity in ("1", "2"))
        assert one["Ann"] == {
            "value": "10",
            "position": 1,
            "shown": "1",
            "clicks": "1/2",
            "payment": "4",
            "per_click": "8",
        }
        assert one["Bob"]["position"] is None
        assert (two["Ann"]["payment"], two["Bob"]["payment"]) == ("2", "5/3")
        assert (two["Ann"]["per_click"], two["Bob"]["per_click"]) == ("6", "5")

    def test_cascade(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = write(tmp_path, CASCADE)
        best = ask(capsys, path, "--mechanism", "cascade-vcg")
        assert (best["Ann"]["payment"], best["Cid"]["payment"]) == ("68/25", "3/2")
        thinned = ask(capsys, path, "--mechanism", "odds-cascade")
        assert (thinned["Ann"]["shown"], thinned["Bob"]["shown"]) == ("2/3", "1")
        assert (thinned["Ann"]["payment"], thinned["Bob"]["payment"]) == ("26/17", "5/3")
        assert thinned["Ann"]["clicks"] == "1/3"

    @pytest.mark.parametrize(
        ("mechanism", "payments"),
        [("gsp", ("800", "200")), ("vcg", ("600", "200")), ("first-price", ("2000", "400"))],
    )
    def test_separable(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], mechanism: str, payments: Any
    ) -> None:
        path = write(tmp_path, QUALITY)
        found = ask(capsys, path, "--mechanism", mechanism, "--effects", "200,100")
        assert (found["Ann"]["payment"], found["Bob"]["payment"]) == payments
        assert found["Cid"]["per_click"] is None

    def test_probabilities_are_odds(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = ask(capsys, write(tmp_path, CASCADE), "--mechanism", "mnl-vcg")
        assert found["Ann"]["clicks"] == "1/3", "1/2 shown alone is the weight 1"

    def test_table(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["auction", str(write(tmp_path, WEIGHTS)), "--mechanism", "mnl-vcg",
                     "--weights", "--capacity", "2"]) == 0  # fmt: skip
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "3 bidders, mnl-vcg"
        assert lines[4].split() == ["Ann", "10", "1", "0.3333", "2", "6", "1.333"]
        assert lines[-1] == "revenue 3.667, welfare 5.333; ties go to earlier bidders"


class TestFiles:
    """Names and exact numbers come back; what is wrong has its row and column named."""

    def test_parquet(self, tmp_path: Path) -> None:
        path = tmp_path / "bids.parquet"
        frame = pd.DataFrame({"bidder": ["a", "b"], "value": [1, 2], "slot1": [0.5, 0.25]})
        frame.to_parquet(path)
        found = read_bids(path)
        assert found.bidders == ("a", "b")
        assert list(found.values) == [1, 2]
        assert found.slots == ((0.5,), (0.25,))

    def test_slots_in_any_order(self, tmp_path: Path) -> None:
        found = read_bids(write(tmp_path, "slot2,value,slot1,bidder\n0.2,3,0.1,a\n"))
        assert found.slots == ((Fraction(1, 10), Fraction(1, 5)),)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "is empty: the first line names the columns"),
            ("bidder,value\n", "has no bidders"),
            ("bidder,slot1\na,1\n", "there is no column 'value'"),
            ("bidder,value,price\na,1,2\n", "column 3 is 'price': it must be bidder, value"),
            ("bidder,value,value\na,1,2\n", "there are 2 columns 'value'"),
            ("bidder,value,slot2\na,1,0.5\n", "the slots are slot2: they must be slot1"),
            ("bidder,value,slot1\na,1\n", "row 1: it has 2 entries for 3 columns"),
            ("bidder,value,slot1\na,x,1\n", "row 1: value is 'x': it must be a number"),
            ("bidder,value,slot1\na,1,1\nb,-1,1\n", "row 2: value is -1: it must be at least 0"),
            ("bidder,value,slot1\na,1,1\na,1,1\n", "row 2: bidder is 'a', as in another row"),
            ("bidder,value,slot1\n ,1,1\n", "row 1: bidder is empty"),
        ],
    )
    def test_refusals(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(ValueError) as error:  # noqa: PT011 - compared below
            read_bids(write(tmp_path, text))
        assert message in str(error.value)

    @pytest.mark.parametrize(
        ("text", "options", "message"),
        [
            (CASCADE, ["gsp"], "mechanism is gsp: it needs --effects"),
            (QUALITY, ["mnl-vcg"], "mechanism is mnl-vcg: it needs columns slot1"),
            (CASCADE, ["cascade-vcg", "--weights"], "weights are given: cascade-vcg needs"),
            (WEIGHTS, ["mnl-vcg"], r"probabilities[1][0] is 2: it must be between 0 and 1"),
            (CASCADE, ["mnl-vcg", "--capacity", "3"], "capacity is 3: there are only 2 positions"),
            (QUALITY, ["gsp", "--effects", "2", "--capacity", "1"], "capacity is given"),
        ],
    )
    def test_options(
        self,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        text: str,
        options: list[str],
        message: str,
    ) -> None:
        assert main(["auction", str(write(tmp_path, text)), "--mechanism", *options]) == 2
        assert message in capsys.readouterr().err

    def test_no_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["auction", str(tmp_path / "no.csv"), "--mechanism", "gsp"]) == 2
        assert "there is no such file" in capsys.readouterr().err
