"""Proofs for all reports of a continuum, by what mechanisms declare to be: seconds for many agents.

``python -m benchmarks.declarations [--write]``
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

from mechsim import Line
from mechsim._tables import Table
from mechsim.axioms import (
    ByForm,
    ExAnte,
    ProportionallyFair,
    Proved,
    Strategyproof,
    StronglyProportional,
    UnanimousFairShare,
)
from mechsim.facility import (
    AverageOrRandomRank,
    LeftRightMiddle,
    Mean,
    RandomRank,
    UniformPhantom,
)
from mechsim.proving import prove_declared

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN = "<!-- the table of declarations begins -->"
END = "<!-- the table of declarations ends -->"
SIZES = (5, 10, 20, 40)
HEADER = ("question, for all reports", "shown by", *(f"n = {n}, CPU seconds" for n in SIZES))
UNIT = Line(0, 1)


def questions() -> Iterator[tuple[str, Any, Any]]:
    """Questions about what is declared: in words, and the mechanism and axiom."""
    phantom, sp = UniformPhantom(), Strategyproof()
    yield "Uniform Phantom: strategyproof", phantom, sp
    yield "Uniform Phantom: unanimous fair share", phantom, UnanimousFairShare()
    yield "Uniform Phantom: proportionally fair", phantom, ProportionallyFair()
    yield "left-right-middle: in expectation", LeftRightMiddle(), sp
    yield "Average or Random Rank: in expectation", AverageOrRandomRank(), sp
    yield "Random Rank: strongly proportional", RandomRank(), ExAnte(StronglyProportional())
    yield "mean: strategyproof", Mean(), sp


def row(words: str, mechanism: Any, axiom: Any) -> tuple[str, ...]:
    """The cells of `HEADER`."""
    cells: list[str] = []
    shown = ""
    for agents in SIZES:
        start = process_time()
        found = prove_declared(mechanism, axiom, UNIT, agents=agents)
        cells.append(f"{process_time() - start:.2f}")
        shown = found.word
        if isinstance(found, Proved):
            by_form = isinstance(found.certificate, ByForm)
            shown = "its form" if by_form else found.certificate.solver
    return words, shown, *cells


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.declarations", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    rows = tuple(row(*question) for question in questions())
    print(Table(HEADER, rows))
    if options.write:
        lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
        lines += ["| " + " | ".join(cells) + " |" for cells in rows]
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text("\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"]), encoding="utf-8")


if __name__ == "__main__":
    main()
