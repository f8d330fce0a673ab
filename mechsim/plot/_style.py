"""What all pictures share: colours, marks, keys, and how they are saved."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from textwrap import fill
from typing import Any, cast

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import ScaledTranslation

INK = "#222222"
PALE = "#dddddd"
BARS = "#9ecae1"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Colours that stay apart for colour-blind readers and in grey print (Okabe and Ito)."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
"""One more than there are colours, so that 56 series differ in one of the two."""
LINES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)))


def canvas(ax: Axes | None, *, width: float = 7.0, height: float = 3.8) -> Axes:
    """``ax``, or the axes of a new figure of this size in inches, which pyplot shows and closes."""
    if ax is None:
        ax = plt.figure(figsize=(width, height), layout="constrained").add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def key(axes: Axes, handles: Sequence[Artist]) -> None:
    """Say what the marks mean below the label of the axis, where words cover no data.

    As many columns as fit side by side; a label that is too wide for one is broken.
    """
    small = _points("small")
    figure = axes.get_figure(root=True)
    assert figure is not None
    room = 72 * figure.get_figwidth() * axes.get_position().width
    letters = int(room / (0.56 * small)) - 6
    labels = [fill(str(handle.get_label()), max(letters, 12)) for handle in handles]
    widths = [_width(label, small) + 5 * small for label in labels]  # with the mark and the gap
    ticks, label = (_points(mpl.rcParams[name]) for name in ("xtick.labelsize", "axes.labelsize"))
    below = ScaledTranslation(0, -(12 + 1.3 * (ticks + label)) / 72, figure.dpi_scale_trans)
    axes.legend(
        handles,
        labels,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=axes.transAxes + below,
        ncols=_columns(widths, room),
        fontsize="small",
        frameon=False,
        borderaxespad=0,
    )


def _columns(widths: Sequence[float], room: float) -> int:
    """The most columns in which entries of these widths fit, where a column is filled first."""
    for columns in range(len(widths), 1, -1):
        rows, more = divmod(len(widths), columns)
        starts = [k * rows + min(k, more) for k in range(columns + 1)]
        if sum(max(widths[a:b]) for a, b in pairwise(starts)) <= room:
            return columns
    return 1


def _width(label: str, size: float) -> float:
    """How wide a label of this size is, in points."""
    font = FontProperties(size=size)
    return max(TextPath((0, 0), line, prop=font).get_extents().width for line in label.split("\n"))


def _points(size: str | float) -> float:
    return float(FontProperties(size=size).get_size_in_points())


def save(picture: Figure | Axes, path: str | Path) -> None:
    """Write a picture to ``path`` at 150 dots an inch; the ending says the format.

    Of axes the whole figure is written that they are in.
    """
    figure = picture.get_figure(root=True) if isinstance(picture, Axes) else picture
    if not isinstance(cast(object, figure), Figure):
        raise ValueError(f"picture is {figure!r}: it must be a figure, or axes in one")
    path = Path(path)
    require_format(path)
    cast(Figure, figure).savefig(path, dpi=150)


def require_format(path: Path) -> None:
    """Raise `ValueError` unless ``path`` ends in a format that pictures can be saved in."""
    known = Figure().canvas.get_supported_filetypes()
    if path.suffix.removeprefix(".") not in known:
        raise ValueError(f"{path}: a picture must end in .png, .pdf or .svg")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"{path}: there is no folder {path.parent}")
