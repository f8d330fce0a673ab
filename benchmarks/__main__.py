"""``python -m benchmarks [--quick] [--only WORD] [--write]``: the races, as a table."""

import argparse
import platform
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from mechsim._tables import Table

from . import allocation, auctions, budgeting, design, facility, information, matching, start
from .limit import Measured, Race, measure

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the table begins -->", "<!-- the table ends -->"
HEADER = ("job", "against", "ratio", "middle half", "goal")


def races(quick: bool) -> Iterator[Race]:
    """All of them; the quick ones leave out what takes gigabytes."""
    yield from facility.races(quick)
    yield from auctions.races(quick)
    yield from allocation.races(quick)
    yield from matching.races(quick)
    yield from budgeting.races(quick)
    yield from design.races(quick)
    yield from information.races(quick)
    yield from start.races()


def machine() -> str:
    """What the numbers depend on."""
    found: object = np.show_config(mode="dicts")
    features = found.get("SIMD Extensions", {}) if isinstance(found, dict) else {}
    simd = (features.get("found") or features.get("baseline") or ["none"])[-1]
    return f"Python {platform.python_version()}, numpy {np.__version__}, SIMD up to {simd}"


def markdown(results: list[Measured]) -> str:
    """The table and what it was measured on, for the documentation."""
    lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
    lines += ["| " + " | ".join(result.row()) + " |" for result in results]
    return "\n".join([*lines, "", f"Measured with {machine()}, on one core."])


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds")
    parser.add_argument("--only", default="", help="races whose job contains this word")
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    chosen = [race for race in races(options.quick) if options.only in race.job]
    results = [
        measure(race, race.rounds or (3 if options.quick else 9))
        for race in tqdm(chosen, leave=False)
    ]
    print(Table(HEADER, tuple(result.row() for result in results)))
    print(f"\n{machine()}")
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        head, rest = text.split(BEGIN)
        tail = rest.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n\n{markdown(results)}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
