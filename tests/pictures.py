"""Axes to draw on, and what is found on them."""

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from mechsim import Line

UNIT = Line(0, 1)
HALF = Fraction(1, 2)
FEW = settings(max_examples=8)  # a picture takes its time
FIVE = (Fraction(0), Fraction(0), Fraction(1, 3), Fraction(5, 6), Fraction(1))


def blank() -> Axes:
    """Axes that pyplot does not know of."""
    return Figure().add_subplot()


def xy(line: Line2D) -> list[Any]:
    """The points of a line."""
    x, y = (np.asarray(data, np.float64).tolist() for data in line.get_data())
    return list(zip(x, y, strict=True))


def figure_of(axes: Axes) -> Figure:
    """The figure that the axes are in."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


def lines(axes: Axes, **look: str) -> list[Line2D]:
    """The lines of the axes that have this marker, line style, ..."""
    return [line for line in axes.lines if all(line.properties()[k] == v for k, v in look.items())]


def words(axes: Axes) -> list[str]:
    """The key."""
    legend = axes.get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]
