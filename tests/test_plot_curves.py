"""Lines with bands: every number of the table is in its panel, where it belongs."""

import math
from typing import Any

import numpy as np
import pytest

from mechsim import plot
from mechsim.studies import Records

TABLE = Records(
    ("round", "rule", "agents", "cost", "cost se", "gain"),
    tuple(
        (k, rule, n, scale * (k + 1.0), 0.25, scale * 10.0 ** -(2 * k * (n == 3)))
        for n in (3, 9)
        for rule, scale in (("Mean", 1.0), ("UniformPhantom", 2.0))
        for k in range(8)
    ),
)


def drawn(**more: Any) -> Any:
    return plot.curves(
        TABLE, {"cost": "the cost", "gain": "a gain"}, along="round", series="rule", **more
    )


class TestCurves:
    """A row of panels an entry, a column a measure, a line a series."""

    def test_lines(self) -> None:
        figure = drawn(panels="agents")
        assert len(figure.axes) == 4
        cost = figure.axes[0]
        assert [line.get_xdata().tolist() for line in cost.lines] == [list(range(8))] * 2
        assert cost.lines[1].get_ydata().tolist() == [2.0 * (k + 1) for k in range(8)]
        assert cost.get_title() == "the cost"
        assert cost.get_ylabel() == "agents 3"
        assert figure.axes[2].get_xlabel() == "round"
        assert [text.get_text() for text in figure.legends[0].get_texts()] == [
            *("Mean", "Uniform Phantom"),
        ]

    def test_bands_are_two_errors_either_way(self) -> None:
        (band, _) = drawn(panels="agents").axes[0].collections
        corners = band.get_paths()[0].vertices
        at_three = np.sort(corners[np.isclose(corners[:, 0], 3)][:, 1])
        assert (at_three[0], at_three[-1]) == pytest.approx((3.5, 4.5))

    def test_logarithms_have_a_floor(self) -> None:
        axes = drawn(panels="agents", log=("gain",)).axes[1]
        assert axes.get_yscale() == "log"
        assert min(axes.lines[0].get_ydata()) == pytest.approx(2e-9)
        assert axes.lines[0].get_ydata()[:3].tolist() == pytest.approx([1, 1e-2, 1e-4])

    def test_series_differ_in_colour_and_mark(self) -> None:
        first, second = drawn(panels="agents").axes[0].lines
        assert first.get_color() != second.get_color()
        assert first.get_marker() != second.get_marker()

    def test_without_panels_and_without_numbers(self) -> None:
        table = Records(("x", "s", "y"), ((1, "a", 2.0), (2, "a", math.nan), (1, "b", math.nan)))
        figure: Any = plot.curves(table, {"y": "y"}, along="x", series="s")
        (axes,) = figure.axes
        assert [line.get_xdata().tolist() for line in axes.lines] == [[1.0]]
