"""The data behind the pictures: the right bars, the right places, the caller's axes."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mechsim import Election, Finite, Line, Population, plot
from mechsim.algorithms.rounding import Rounded
from mechsim.facility import Mean, RandomRank

POINTS = (Fraction(0), Fraction(0), Fraction(1, 2), Fraction(1))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


class TestReports:
    """One bar a point, as high as the number of agents there."""

    def test_bars(self) -> None:
        axes = plot.reports(POINTS)
        bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
        assert [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars] == [
            (0.0, 2.0),
            (0.5, 1.0),
            (1.0, 1.0),
        ]

    def test_many_points_become_a_histogram(self) -> None:
        axes = plot.reports(tuple(Fraction(k, 100) for k in range(101)))
        heights = [bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)]
        assert sum(heights) == 101
        assert len(heights) < 41

    def test_draws_on_the_axes_given(self) -> None:
        axes = Figure().add_subplot()
        assert plot.reports(POINTS, ax=axes) is axes
        assert plot.outcomes({"mean": Mean()(POINTS)}, ax=axes) is axes


class TestOutcomes:
    """A diamond at an outcome; for a lottery, discs of area proportional to probability."""

    def test_places_and_areas(self) -> None:
        axes = plot.outcomes({"mean": Mean()(POINTS), "random rank": RandomRank()(POINTS)})
        diamond, mean = axes.lines
        assert np.asarray(diamond.get_xdata()).tolist() == [0.375]
        assert np.asarray(mean.get_xdata()).tolist() == [0.375, 0.375]
        (discs,) = (c for c in axes.collections if isinstance(c, PathCollection))
        assert np.asarray(discs.get_offsets()).tolist() == [[0, 1], [0.5, 1], [1, 1]]
        assert discs.get_sizes()[0] == 2 * discs.get_sizes()[1]

    @pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
    def test_saved(self, tmp_path: Path, ending: str) -> None:
        """A path may be text, and axes are saved with the figure that they are in."""
        axes = plot.outcomes({"mean": Fraction(1, 2)})
        path = f"{tmp_path}/picture.{ending}"
        plot.save(axes, path)
        assert Path(path).stat().st_size > 0
        plot.save(plot.placement(POINTS, {"mean": Fraction(1, 2)}), Path(path))
        nothing: Any = None
        with pytest.raises(ValueError, match="picture is None: it must be a figure, or axes"):
            plot.save(nothing, path)

    def test_off_the_line(self) -> None:
        """The line is the interval from 0 to 1 unless another one is named."""
        told = r"outcomes\['far'\] is 2: it must lie on Line\(0, 1\); another line is said by"
        for far in (2, Finite({Fraction(0): Fraction(1, 2), Fraction(2): Fraction(1, 2)})):
            with pytest.raises(ValueError, match=told):
                plot.placement(POINTS, {"near": 1, "far": far})
            with pytest.raises(ValueError, match=told):
                plot.fairness(POINTS, {"near": 1, "far": far})
        plot.placement(POINTS, {"far": 2}, setting=Line(0, 2))
        plot.placement(POINTS, {"far": 2}, setting=Line())
        plot.fairness(POINTS, {"far": 2}, setting=Line(0, 2))
        with pytest.raises(ValueError, match=r"reports\[0\] is 3: it must lie in \[0, 1\]"):
            plot.placement((Fraction(3),), {})

    def test_names_the_mechanisms(self) -> None:
        figure = plot.placement(POINTS, {"mean": Mean()(POINTS)}, title="t", unit="u")
        above, below = figure.axes
        assert below.get_yticklabels()[0].get_text() == "mean\n0.375"
        assert above.get_title(loc="left") == "t"
        assert below.get_xlabel().startswith("u\n")


class TestFunding:
    """Of many projects the uncertain ones are drawn, and what is left out is said as it is."""

    @pytest.mark.parametrize(
        ("sure", "uncertain", "told"),
        [
            (50, 3, "not shown: 13 funded for sure, 5 not funded"),
            (2, 45, "not shown: 5 uncertain, 2 funded for sure, 5 not funded"),
            (20, 10, ""),
        ],
    )
    def test_more_than_there_is_room_for(self, sure: int, uncertain: int, told: str) -> None:
        parts = (*[Fraction(1)] * sure, *(Fraction(k + 1, 99) for k in range(uncertain)))
        parts += (Fraction(0),) * 5
        costs = (Fraction(1),) * len(parts)
        names = tuple(f"p{k}" for k in range(len(parts)))
        axes = plot.funding(
            Election(names, costs, len(parts)),
            Population((frozenset({0}),), (3,)),
            Rounded(parts, costs),
            ax=Figure().add_subplot(),
        )
        assert axes.get_title("left") == told
        widths = [bar.get_width() for bar in axes.patches if isinstance(bar, Rectangle)]
        assert widths == sorted(widths, reverse=True)
        likely = sorted((float(p) for p in parts if 0 < p < 1), reverse=True)[:40]
        assert [w for w in widths if 0 < w < 1] == likely
