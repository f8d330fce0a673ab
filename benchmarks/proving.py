"""Proofs for all reports of a continuum: how many paths, how many seconds, and by which oracle.

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

from mechsim import Goods, Line, Positions
from mechsim._tables import Table
from mechsim.allocation import PickingSequence
from mechsim.auctions import VCG
from mechsim.axioms import (
    Anonymous,
    ClampIdentity,
    EnvyFreeUpToOne,
    Explored,
    ProportionallyFair,
    Proved,
    Strategyproof,
    UnanimousFairShare,
    Verdict,
)
from mechsim.budget import Budget
from mechsim.facility import LeftRightMiddle, Median, UniformPhantom
from mechsim.proving import attempt, prove
from mechsim.proving.region import Oracle

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the table of proofs begins -->", "<!-- the table of proofs ends -->"
HEADER = ("question, for all reports", "verdict", "paths", "CPU seconds", "simplex alone", "goal")
UNIT, SLOTS, FOUR = Line(0, 1), Positions((2, 1)), Goods(("a", "b", "c", "d"))
PATHS = Budget(20_000)


@dataclass(frozen=True)
class Question:
    """What is asked, in words and as arguments of `prove`, and within how many seconds."""

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
        return prove(
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
    yield unit("median of 5: clamp identity", Median(), ClampIdentity(), agents=5)
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
    draft = PickingSequence(FOUR, (0, 1, 1, 0))
    yield Question("snake draft, 2 agents, 4 goods: EF1", draft, EnvyFreeUpToOne(), FOUR, 2)
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
    usual = attempt.Oracle
    try:
        attempt.Oracle = partial(Oracle, shortcut=False)  # type: ignore[misc, assignment]
        start = process_time()
        question.ask()
        return process_time() - start
    finally:
        attempt.Oracle = usual  # type: ignore[misc]


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proving", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    rows = tuple(map(row, questions()))
    print(Table(HEADER, rows))
    if options.write:
        lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
        lines += ["| " + " | ".join(cells) + " |" for cells in rows]
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        written = "\n".join([BEGIN, *lines, END])
        PAGE.write_text(f"{before}{written}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
