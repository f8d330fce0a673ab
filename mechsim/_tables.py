"""Small tables, as text for a terminal and as HTML for a notebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Table:
    """Rows of cells below a header; the first column is aligned left, the others right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"rows has {row!r}: {len(self.header)} cells are a row")

    def __str__(self) -> str:
        lines: Sequence[tuple[str, ...]] = [self.header, *self.rows]
        width = [max(len(line[column]) for line in lines) for column in range(len(self.header))]

        def text(line: tuple[str, ...]) -> str:
            first = line[0].ljust(width[0])
            others = (cell.rjust(w) for cell, w in zip(line[1:], width[1:], strict=True))
            return "  ".join([first, *others]).rstrip()

        return "\n".join(
            [text(self.header), "  ".join("-" * w for w in width), *map(text, lines[1:])]
        )

    def _repr_html_(self) -> str:
        def line(cells: tuple[str, ...], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

        head = f"<thead>{line(self.header, 'th')}</thead>"
        body = "".join(line(row, "td") for row in self.rows)
        return f"<table>{head}<tbody>{body}</tbody></table>"
