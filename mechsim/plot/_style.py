"""What all pictures share: colours, and how they are saved."""

# matplotlib leaves the types of its **kwargs open:
# pyright: reportUnknownMemberType=false

from pathlib import Path

from matplotlib.figure import Figure

INK = "#222222"
BARS = "#9ecae1"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Colours that stay apart for colour-blind readers and in grey print (Okabe and Ito)."""


def save(figure: Figure, path: Path) -> None:
    """Write ``figure`` to ``path`` at 150 dots an inch; the ending says the format."""
    require_format(path)
    figure.savefig(path, dpi=150)


def require_format(path: Path) -> None:
    """Raise `ValueError` unless ``path`` ends in a format that pictures can be saved in."""
    known = Figure().canvas.get_supported_filetypes()
    if path.suffix.removeprefix(".") not in known:
        raise ValueError(f"{path}: a picture must end in .png, .pdf or .svg")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"{path}: there is no folder {path.parent}")
