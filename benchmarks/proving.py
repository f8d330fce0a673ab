"""Proofs for all reports of a continuum: by paths and their oracles, and by declaration.

``python -m benchmarks.proving [--write]``
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from mechsim import Line, Positions
from mechsim._tables import Table
from mechsim.auctions import VCG
from mechsim.axioms import (
    Anonymous,
    ByForm,
    ExAnte,
    Explored,
    ProportionallyFair,
    Proved,
    Strategyproof,
    StronglyProportional,
    UnanimousFairShare,
    Verdict,
)
from mechsim.budget import Budget
from mechsim.facility import (
    AverageOrRandomRank,
    LeftRightMiddle,
    Mean,
    Median,
    RandomRank,
    UniformPhantom,
)
from mechsim.proving import continuum, prove_by_paths, prove_declared
from mechsim.proving.region import Oracle

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the table of proofs begins -->", "<!-- the table of proofs ends -->"
FORMS = "<!-- the table of declarations begins -->", "<!-- the table of declarations ends -->"
HEADER = ("question, for all reports", "verdict", "paths", "CPU seconds", "simplex alone", "goal")
SIZES = (5, 10, 20, 40)
DECLARED = ("question, for all reports", "shown by", *(f"n = {n}, CPU seconds" for n in SIZES))
UNIT, SLOTS = Line(0, 1), Positions((2, 1))
PATHS = Budget(20_000)


@dataclass(frozen=True)
class Question:
    """What is asked, in words and as arguments of `prove_by_paths`, and within how many seconds."""

    words: str
    mechanism: Any
    axiom: Any
    setting: Any
    agents: int
    goal: float | None = None
    anonymous: bool = False

    def ask(self) -> Verdict:
        """The verdict."""
        assuming = (Anonymous(),) if self.anonymous else ()
        return prove_by_paths(
            self.mechanism,
            self.axiom,
            self.setting,
            agents=self.agents,
            budget=PATHS,
            assuming=assuming,
        )


def tie(reports: tuple[Any, ...]) -> Any:
    """The median, and the highest report where the two lowest are equal and others are not."""
    ranked = sorted(reports)
    if ranked[0] == ranked[1] and ranked[0] < ranked[-1]:
        return ranked[-1]
    return ranked[(len(ranked) - 1) // 2]


def strip(reports: tuple[Any, ...]) -> Any:
    """The median, and halfway between the ends on a strip of width one in a million."""
    ranked = sorted(reports)
    spread = ranked[-1] - ranked[0]
    if Fraction(1, 2) <= spread <= Fraction(1, 2) + Fraction(1, 10**6):
        return (ranked[0] + ranked[-1]) / 2
    return ranked[(len(ranked) - 1) // 2]


def questions() -> Iterator[Question]:
    """All of them."""
    unit = partial(Question, setting=UNIT)
    sp, granted = Strategyproof(), ", granted anonymity"
    yield unit("median of 3: strategyproof", Median(), sp, agents=3)
    yield unit("median of 4: strategyproof", Median(), sp, agents=4)
    yield unit("median of 5: strategyproof", Median(), sp, agents=5)
    yield unit("median of 5: anonymous", Median(), Anonymous(), agents=5)
    yield unit(
        f"median of 5: strategyproof{granted}", Median(), sp, agents=5, goal=2, anonymous=True
    )
    for agents, goal in ((3, None), (4, None), (5, 20)):
        words = f"Uniform Phantom of {agents}: strategyproof{granted}"
        yield unit(words, UniformPhantom(), sp, agents=agents, goal=goal, anonymous=True)
    phantom = UniformPhantom()
    yield unit(
        "Uniform Phantom of 3: unanimous fair share", phantom, UnanimousFairShare(), agents=3
    )
    yield unit("Uniform Phantom of 3: proportionally fair", phantom, ProportionallyFair(), agents=3)
    yield unit("left-right-middle of 3: in expectation", LeftRightMiddle(), sp, agents=3)
    yield Question(
        "Vickrey, 4 bidders: strategyproof", VCG(Positions((1,))), sp, Positions((1,)), 4, 1
    )
    yield Question("VCG, 2 slots, 4 bidders: strategyproof", VCG(SLOTS), sp, SLOTS, 4, 1)
    yield unit("median of 5, wrong where the two lowest tie", tie, sp, agents=5, goal=1)
    yield unit("median of 5, wrong on a strip of width 1e-6", strip, sp, agents=5, goal=1)


def row(question: Question) -> tuple[str, ...]:
    """The cells of `HEADER`."""
    start = process_time()
    found = question.ask()
    seconds = process_time() - start
    paths = "first"
    if isinstance(found, Proved) and isinstance(found.certificate, Explored):
        paths = f"{found.certificate.paths:,}"
    alone = _by_simplex_alone(question)
    goal = "" if question.goal is None else f"{question.goal:g}"
    missed = " (missed)" if question.goal is not None and seconds > question.goal else ""
    return question.words, found.word, paths, f"{seconds:.2f}", f"{alone:.2f}", goal + missed


def _by_simplex_alone(question: Question) -> float:
    """Seconds that the same takes without shortest paths."""
    usual = continuum.Oracle
    try:
        continuum.Oracle = partial(Oracle, shortcut=False)  # type: ignore[misc, assignment]
        start = process_time()
        question.ask()
        return process_time() - start
    finally:
        continuum.Oracle = usual  # type: ignore[misc]


def declarations() -> Iterator[tuple[str, Any, Any]]:
    """Questions about what is declared: in words, and the mechanism and axiom."""
    phantom, sp = UniformPhantom(), Strategyproof()
    yield "Uniform Phantom: strategyproof", phantom, sp
    yield "Uniform Phantom: unanimous fair share", phantom, UnanimousFairShare()
    yield "Uniform Phantom: proportionally fair", phantom, ProportionallyFair()
    yield "left-right-middle: in expectation", LeftRightMiddle(), sp
    yield "Average or Random Rank: in expectation", AverageOrRandomRank(), sp
    yield "Random Rank: strongly proportional", RandomRank(), ExAnte(StronglyProportional())
    yield "mean: strategyproof", Mean(), sp


def declared_row(words: str, mechanism: Any, axiom: Any) -> tuple[str, ...]:
    """The cells of `DECLARED`."""
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


def _renewed(page: str, marks: tuple[str, str], header: tuple[str, ...], rows: Any) -> str:
    """The page with this table between the marks."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    before, _, rest = page.partition(marks[0])
    return "\n".join([f"{before}{marks[0]}", *lines, marks[1]]) + rest.partition(marks[1])[2]


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proving", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    forms = tuple(declared_row(*question) for question in declarations())
    print(Table(DECLARED, forms))
    rows = tuple(map(row, questions()))
    print(Table(HEADER, rows))
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        page = _renewed(page, (BEGIN, END), HEADER, rows)
        PAGE.write_text(_renewed(page, FORMS, DECLARED, forms), encoding="utf-8")


if __name__ == "__main__":
    main()
