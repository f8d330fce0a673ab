"""``python -m benchmarks.power [--seeds 7] [--calls 20000] [--only WORD] [--write]``."""

import argparse
from pathlib import Path

from tqdm.auto import tqdm

from mechsim._tables import Table

from . import acceptance, by_paths
from .catalogue import PLANTED
from .planted import Planted
from .runner import HEADER, run, totals
from .spec_nine import SPEC_NINE

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "power.md"
FAULTS, NINE = "Faults of all families", "Nine faults of a median"
PATHS, WHY_NOT = "By paths", "Twins that are not proved"
KNOWN = "Questions with known answers"
LONGER = {NINE: 5}
"""The nine faults are given so many times the budget."""


def markdown(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table for the documentation."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, ""])


def parts(only: str) -> dict[str, list[Planted]]:
    """The faults whose name or family contains a word, by where they come from."""
    listed = {FAULTS: PLANTED, NINE: SPEC_NINE}
    chosen = {
        title: [one for one in entries if only in one.name or only in one.family]
        for title, entries in listed.items()
    }
    return {title: entries for title, entries in chosen.items() if entries}


def main() -> None:
    """Ask, print, and renew the documentation if told so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.power", description=__doc__)
    parser.add_argument("--seeds", type=int, default=7, help="questions about each fault")
    parser.add_argument("--calls", type=int, default=20_000, help="the budget of a question")
    parser.add_argument("--only", default="", help="faults whose name or family has this word")
    parser.add_argument("--write", action="store_true", help=f"renew the tables of {PAGE.name}")
    options = parser.parse_args()
    if options.seeds < 1:
        parser.error(f"--seeds is {options.seeds}: at least one question must be asked")
    written: dict[str, str] = {}
    for title, entries in parts(options.only).items():
        seeds, calls = range(options.seeds), options.calls * LONGER.get(title, 1)
        results = [run(entry, seeds, calls) for entry in tqdm(entries, leave=False)]
        rows = [result.row() for result in results]
        print(f"{title}\n\n{Table(HEADER, tuple(rows))}\n")
        print(*totals(results), sep="\n", end="\n\n")
        asked = f"{options.seeds} seeds, a budget of {calls:,} calls a question."
        written[title] = "\n".join([markdown(HEADER, rows), asked, *totals(results)])
    if options.only in PATHS:
        asked_paths = by_paths.table([*PLANTED, *SPEC_NINE])
        rows, why_not = asked_paths.rows, asked_paths.why_not
        print(f"{PATHS}\n\n{Table(by_paths.HEADER, tuple(rows))}\n\n{asked_paths.told}\n")
        print(f"{WHY_NOT}\n\n{Table(by_paths.WHY_NOT, tuple(why_not))}\n")
        written[PATHS] = "\n".join([markdown(by_paths.HEADER, rows), asked_paths.told])
        written[WHY_NOT] = markdown(by_paths.WHY_NOT, why_not).rstrip()
    if options.only in KNOWN:
        acceptance.warm_up()
        rows = [question.row() for question in tqdm(acceptance.QUESTIONS, leave=False)]
        print(f"{KNOWN}\n\n{Table(acceptance.HEADER, tuple(rows))}")
        written[KNOWN] = markdown(acceptance.HEADER, rows).rstrip()
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        for title, table in written.items():
            page = replaced(page, title, table)
        PAGE.write_text(page, encoding="utf-8")


def replaced(page: str, title: str, table: str) -> str:
    """The page with another table under one of its headings."""
    head, rest = page.split(f"## {title}\n", 1)
    ends = [rest.index(mark) for mark in ("\n## ", "\n<!-- ") if mark in rest]
    return f"{head}## {title}\n\n{table}\n{rest[min(ends) :]}"


if __name__ == "__main__":
    main()
