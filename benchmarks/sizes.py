"""``python -m benchmarks.sizes [--seconds 60] [--write]``: the largest programs solved in time.

Each size runs in a process of its own, exactly and proved, and the next larger one is tried until
one does not end in time.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from mechsim import Line, Positions
from mechsim._tables import Table
from mechsim.axioms import (
    Anonymous,
    BayesianIncentiveCompatible,
    ExAnte,
    IndividuallyRational,
    InterimIndividuallyRational,
    Strategyproof,
)
from mechsim.design import Designed, Revenue, WorstCaseValue
from mechsim.design.optimize import Question, ask, best
from mechsim.objectives import MaxCost

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the sizes begin -->", "<!-- the sizes end -->"
HEADER = ("question", "largest", "variables", "rows", "seconds")


@dataclass(frozen=True)
class Kind:
    """A question that grows: for ``agents`` agents, with the ``sizes`` that are tried."""

    name: str
    agents: int
    sizes: tuple[int, ...]
    unit: str

    def ask(self, size: int) -> Question:
        """The question of this size."""
        if self.unit == "points":
            line = Line(0, 1).grid(size - 1)
            goal = WorstCaseValue(MaxCost(), regret=True)
            return ask(goal, [Strategyproof(), Anonymous()], line, self.agents, line.points)
        values = tuple(Fraction(k, size) for k in range(1, size + 1))
        setting = Positions((1,), values=values, prior=(Fraction(1, size),) * size)
        dominant: list[Any] = [Strategyproof(), ExAnte(IndividuallyRational())]
        interim: list[Any] = [BayesianIncentiveCompatible(), InterimIndividuallyRational()]
        return ask(Revenue(), interim if "BIC" in self.name else dominant, setting, self.agents)


KINDS = (
    Kind("facility, DSIC, anonymous", 2, (20, 30, 35, 40, 45, 50, 60), "points"),
    Kind("facility, DSIC, anonymous", 3, (10, 14, 16, 18, 20, 22), "points"),
    Kind("facility, DSIC, anonymous", 4, (6, 8, 10, 11, 12, 13), "points"),
    Kind("auction, DSIC", 2, (20, 40, 60, 80, 100), "values"),
    Kind("auction, DSIC", 3, (8, 12, 16, 20, 24), "values"),
    Kind("auction, BIC", 2, (30, 50, 70, 100, 130), "values"),
    Kind("auction, BIC", 3, (10, 15, 20, 25, 30), "values"),
)


def solve(kind: Kind, size: int) -> str:
    """Solve one size; what is said of it."""
    start = time.perf_counter()
    found = best(kind.ask(size))
    if not isinstance(found, Designed):
        raise ArithmeticError(f"{kind.name} of size {size} has no optimum: {found}")
    rows, columns = found.program.shape
    return f"{columns:,} {rows:,} {time.perf_counter() - start:.1f}"


def largest(seconds: float) -> Iterator[tuple[str, ...]]:
    """One row a question."""
    for number, kind in enumerate(KINDS):
        last = ("none", "", "", "")
        for size in kind.sizes:
            command = [sys.executable, "-m", "benchmarks.sizes", "--one", str(number), str(size)]
            try:
                done = subprocess.run(
                    command, capture_output=True, text=True, timeout=seconds, check=True
                )
            except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
                break
            columns, rows, spent = done.stdout.split()
            last = (f"{size} {kind.unit}", columns, rows, spent)
        yield f"{kind.name}, {kind.agents} agents", *last


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizes", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long a size may take")
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    parser.add_argument("--one", nargs=2, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        number, size = options.one
        print(solve(KINDS[number], size))
        return
    rows = tuple(largest(options.seconds))
    print(Table(HEADER, rows))
    if options.write:
        lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        tail = rest.split(END)[1]
        table = "\n".join(lines)
        PAGE.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
