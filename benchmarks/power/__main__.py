"""``python -m benchmarks.power [--seeds 7] [--calls 100000] [--only WORD] [--write]``."""

import argparse
from pathlib import Path

from tqdm.auto import tqdm

from mechsim._tables import Table

from . import acceptance
from .catalogue import PLANTED
from .planted import Planted
from .runner import HEADER, run, totals
from .spec_nine import SPEC_NINE

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "power.md"
BEGIN, END = "<!-- the table begins -->", "<!-- the table ends -->"


def markdown(title: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table for the documentation."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([f"## {title}", "", *lines, ""])


def parts(only: str) -> dict[str, list[Planted]]:
    """The faults whose name or family contains a word, by where they come from."""
    listed = {"Faults of all families": PLANTED, "Nine faults of a median": SPEC_NINE}
    chosen = {
        title: [one for one in entries if only in one.name or only in one.family]
        for title, entries in listed.items()
    }
    return {title: entries for title, entries in chosen.items() if entries}


def main() -> None:
    """Ask, print, and renew the documentation if told so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.power", description=__doc__)
    parser.add_argument("--seeds", type=int, default=7, help="questions about each fault")
    parser.add_argument("--calls", type=int, default=100_000, help="the budget of a question")
    parser.add_argument("--only", default="", help="faults whose name or family has this word")
    parser.add_argument("--write", action="store_true", help=f"renew the tables of {PAGE.name}")
    options = parser.parse_args()
    if options.seeds < 1:
        parser.error(f"--seeds is {options.seeds}: at least one question must be asked")
    written = [f"{options.seeds} seeds, a budget of {options.calls:,} calls a question."]
    for title, entries in parts(options.only).items():
        seeds = range(options.seeds)
        results = [run(entry, seeds, options.calls) for entry in tqdm(entries, leave=False)]
        rows = [result.row() for result in results]
        print(f"{title}\n\n{Table(HEADER, tuple(rows))}\n")
        print(*totals(results), sep="\n", end="\n\n")
        written.append("\n".join([markdown(title, HEADER, rows), *totals(results)]))
    if not options.only:
        title = "Questions with known answers"
        rows = [question.row() for question in tqdm(acceptance.QUESTIONS, leave=False)]
        print(f"{title}\n\n{Table(acceptance.HEADER, tuple(rows))}")
        written.append(markdown(title, acceptance.HEADER, rows).rstrip())
    if options.write:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        tail = rest.split(END)[1]
        table = "\n\n".join(written)
        PAGE.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
