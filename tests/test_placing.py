"""`mechsim place` reads all kinds of files, of a handful of reports or of very many."""

import json
import re
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_files import stored
from strategies import points, profiles

from mechsim import Line, Population
from mechsim.__main__ import main
from mechsim._numbers import distance
from mechsim.commands._crowd import Chances, chances, crowd, expected_distances
from mechsim.facility import RandomRank

UNIT = Line(0, 1)

MECHANISMS = ["--mechanism", "median", "uniform-phantom", "mean", "random-rank"]


def placed(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> dict[str, Any]:
    """What `mechsim place` says of a file, in JSON."""
    assert main(["place", str(path), "--range", "0", "6", *MECHANISMS, *options, "--json"]) == 0
    written: dict[str, Any] = json.loads(capsys.readouterr().out)
    return written


class TestPlace:
    """The command says the same of the same reports, whatever file they are in."""

    def test_whole_numbers(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        answers = np.array([0, 0, 1, 3, 6, 6, 6])
        text, *stores = (
            placed(capsys, stored(tmp_path, answers, suffix))
            for suffix in (".csv", ".npy", ".parquet")
        )
        for store in stores:
            assert store["placed"] == text["placed"]
            assert store["agents"] == 7

    def test_floats(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Floats are computed with as floats; outcomes and distances are those of the text."""
        answers = [0.5, 0.5, 1.25, 5.75]
        text = placed(capsys, stored(tmp_path, answers, ".csv"), "--column", "x")
        store = placed(capsys, stored(tmp_path, answers, ".parquet"), "--missing", "nan", "")
        for exact, rounded in zip(text["placed"], store["placed"], strict=True):
            assert [x["decimal"] for x in rounded["lottery"]] == pytest.approx(
                [x["decimal"] for x in exact["lottery"]]
            )
            assert [x["expected"] for x in rounded["distances"]] == pytest.approx(
                [float(Fraction(x["expected"])) for x in exact["distances"]]
            )
            kept = exact["fair_share"] == "every like-minded group gets its fair share"
            assert (rounded["fair_share"] == exact["fair_share"]) or not kept

    def test_many_floats_are_told_at_five_quantiles(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = stored(tmp_path, np.linspace(0, 6, 20_001), ".npy")
        assert main(["place", str(path), "--range", "0", "6", "--mechanism", "mean", "--json"]) == 0
        (mean,) = json.loads(capsys.readouterr().out)["placed"]
        assert [x["expected"] for x in mean["distances"]] == pytest.approx([3, 1.5, 0, 1.5, 3])
        assert main(["place", str(path), "--range", "0", "6", "--mechanism", "median"]) == 0
        out = capsys.readouterr().out
        assert re.search(r"all, mean +20001 +1.5\n", out)
        assert "median: every like-minded group gets its fair share." in out

    def test_lotteries_over_many_floats(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Of places 0 to 6 drawn alike the middle is 3 away from the ends, 3/2 from the middle."""
        path = stored(tmp_path, np.linspace(0, 6, 20_001), ".npy")
        call = ["place", str(path), "--range", "0", "6", "--mechanism", "random-rank"]
        assert main([*call, "--json"]) == 0
        (drawn,) = json.loads(capsys.readouterr().out)["placed"]
        assert drawn["places"] == 20_001
        assert [(x["outcome"], x["probability"]) for x in drawn["lottery"]] == [
            (0, "1/20001"),
            (6, "1/20001"),
        ]
        away = [x["expected"] for x in drawn["distances"]]
        assert away == pytest.approx([3, 1.875, 1.5, 1.875, 3], rel=1e-3)
        assert main(call) == 0
        out = capsys.readouterr().out
        assert re.search(r"random-rank +0 to 6 +20001 places +expected 3\n", out)
        assert "in expectation every like-minded group gets its fair share; if 6 is drawn" in out
        assert f"the agent at 0 is {6 / 20_001:.6g} farther away" in out

    def test_a_place_that_is_irrational(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The Nash rule's place is a root; it is known up to a radius, and so are distances."""
        path = stored(tmp_path, ["0", "0", "1/8", "1/4"], ".csv")
        call = ["place", str(path), "--range", "0", "1", "--mechanism", "nash"]
        assert main(call) == 0
        out = capsys.readouterr().out
        assert re.search(r"nash +0\.0959001 +1 +0\.0959\n", out)
        assert re.search(r"all, mean +4 +0\.09375\n", out)
        assert "nash: every like-minded group gets its fair share." in out
        assert main([*call, "--json"]) == 0
        (nash,) = json.loads(capsys.readouterr().out)["placed"]
        slope = sum(
            (1 if x > nash["lottery"][0]["decimal"] else -1)
            / (1 - abs(x - nash["lottery"][0]["decimal"]))
            for x in (0, 0, 1 / 8, 1 / 4)
        )
        assert slope == pytest.approx(0, abs=1e-9)

    def test_rounding_is_no_injustice(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A group that is due a distance and gets it to the last bit but one is not wronged."""
        answers = [0.0] * 2 + [1.0]
        path = stored(tmp_path, answers, ".npy")
        call = ["place", str(path), "--range", "0", "1", "--mechanism", "uniform-phantom"]
        assert main(call) == 0
        assert "uniform-phantom: every like-minded group" in capsys.readouterr().out

    def test_a_picture(self, tmp_path: Path) -> None:
        path = stored(tmp_path, [0.5, 3.0], ".npy")
        picture = tmp_path / "picture.svg"
        call = ["place", str(path), "--range", "0", "6", *MECHANISMS, "--picture", str(picture)]
        assert main(call) == 0
        assert "2 reports in reports.npy" in picture.read_text()

    @pytest.mark.parametrize(
        ("suffix", "message"),
        [
            (".parquet", "row 1: x is 7.5: it must lie in [0, 6]"),
            (".npy", "row 1: entry is 7.5: it must lie in [0, 6]"),
            (".csv", "line 3: x is 15/2: it must lie in [0, 6]"),
        ],
    )
    def test_bad_rows_are_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str, message: str
    ) -> None:
        path = stored(tmp_path, [0.5, 7.5], suffix)
        assert main(["place", str(path), "--range", "0", "6", *MECHANISMS]) == 2
        assert capsys.readouterr().err == f"mechsim: {path}, {message}\n"


class TestCrowd:
    """Distances from a lottery are what the definition says, exactly or in floats."""

    @given(profile=profiles(), places=st.lists(points, min_size=1, max_size=5))
    def test_distances(self, profile: tuple[Fraction, ...], places: list[Fraction]) -> None:
        lottery = RandomRank()(profile)
        drawn = chances(lottery)
        found = expected_distances(drawn, np.array(places, object)).tolist()
        assert found == [lottery.expect(partial(distance, x)) for x in places]
        floats = Chances(drawn.places.astype(np.float64), drawn.weights.astype(np.float64))
        rounded = expected_distances(floats, np.array(places, np.float64)).tolist()
        assert rounded == pytest.approx(list(map(float, found)))

    @given(profile=profiles(), counts=st.lists(st.integers(1, 3), min_size=6, max_size=6))
    def test_counted_or_written_out(self, profile: tuple[Fraction, ...], counts: list[int]) -> None:
        floats = np.array(profile, np.float64)
        population = Population(floats, np.array(counts[: len(profile)]))
        who, exact = crowd(population), crowd(population.expanded())
        assert who.places.tolist() == sorted(set(population.expanded()))
        assert (who.places.tolist(), who.counts.tolist()) == (
            exact.places.tolist(),
            exact.counts.tolist(),
        )
        assert who.agents == len(population)
        ordered = sorted(population.expanded())
        last = len(ordered) - 1
        found = [float(who.places[k]) for k in who.quantiles()]
        assert found == [ordered[k] for k in (0, last // 4, last // 2, -(-3 * last // 4), last)]
        assert who.mean(who.places) == pytest.approx(sum(ordered) / len(ordered))

    @given(profile=profiles(min_agents=2))
    def test_due(self, profile: tuple[Fraction, ...]) -> None:
        who = crowd(profile)
        shares = [Fraction(profile.count(place), len(profile)) for place in sorted(set(profile))]
        assert who.due(UNIT).tolist() == [1 - share for share in shares]
        assert who.exact
        assert who.slack(UNIT) == 0
