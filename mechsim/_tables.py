"""Small tables, as text for a terminal and as HTML for a notebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import repeat


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

    def folded(self, width: int = 100) -> str:
        """The table as text, in parts of at most so many characters a line, each with the rows."""
        cells = list(zip(self.header, *self.rows, strict=True))
        sizes = [max(map(len, column)) + 2 for column in cells]
        parts: list[list[int]] = [[]]
        room = width - sizes[0]
        for column, size in enumerate(sizes[1:], start=1):
            if size > room and parts[-1]:
                parts.append([])
                room = width - sizes[0]
            parts[-1].append(column)
            room -= size
        return "\n\n".join(str(self._columns((0, *part))) for part in parts)

    def _columns(self, chosen: tuple[int, ...]) -> "Table":
        header, *rows = (
            tuple(line[column] for column in chosen) for line in (self.header, *self.rows)
        )
        return Table(header, tuple(rows))

    def html(self, bars: Sequence[float] = ()) -> str:
        """The table for a notebook; ``bars``, from 0 to 1, are drawn at the ends of the rows."""

        def line(cells: tuple[str, ...], tag: str, more: str) -> str:
            told = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
            return f"<tr>{told}{more}</tr>"

        head = line(self.header, "th", "<th></th>" if bars else "")
        ends = map(_bar, bars) if bars else repeat("")
        body = "".join(line(row, "td", end) for row, end in zip(self.rows, ends, strict=False))
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"

    def _repr_html_(self) -> str:
        return self.html()


def _bar(share: float) -> str:
    """A cell with a bar, as a small picture."""
    return (
        '<td><svg width="100" height="10" aria-hidden="true">'
        f'<rect width="{100 * share:.4g}" height="10" fill="#56b4e9"/></svg></td>'
    )
