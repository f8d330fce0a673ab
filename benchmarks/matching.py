"""``python -m benchmarks.matching [--peers PYTHON] [--write]``: races of deferred acceptance.

The peers are matching and algmatch, each in the interpreter ``PYTHON`` of an environment of their
own (``pip install matching algmatch``), which need not have mechsim; by default in this one.  Both
sides get the same random lists, full and strict, and must find the same assignment.  Ours are
charged for checking the lists and for turning those of the objects into places; the peers are
charged for solving alone, and in rows of their own for making their market as well.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from mechsim import Houses
from mechsim._tables import Table
from mechsim.allocation import DeferredAcceptance, deferred_acceptance

from .limit import Measured, Race, measure
from .matching_peers import PEERS, Answer, Lists, market

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the matchings begin -->", "<!-- the matchings end -->"
HEADER = ("job", "against", "ratio", "middle half", "goal")
SIZES = ((100, 9), (300, 5), (1_000, 1))
"""How many agents, and how many rounds: the peers take half a minute for the largest."""

REPEATS = 10
"""How often ours is run for one timing."""


def ours(wanted: Lists, asked: Lists) -> list[int]:
    """From lists of both sides to the assignment."""
    places = np.empty_like(asked)
    np.put_along_axis(places, asked, np.arange(asked.shape[1])[None], axis=1)
    held: list[int] = deferred_acceptance(wanted[None], places, complete=True)[0].tolist()
    return held


def raced(peer: str, python: str) -> Iterator[Measured]:
    """The ratios with a peer; none where it is missing."""
    child = Path(__file__).parent / "matching_peers.py"
    with subprocess.Popen(  # -P, as this folder has a module of the peer's name
        [python, "-P", str(child)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for agents, rounds in SIZES:
            ratios: list[tuple[float, float]] = []
            for seed in range(rounds):
                told = _asked(process, [peer, agents, seed])
                if told is None:
                    print(f"{peer} is left out: pip install {peer}")
                    return
                made, solved, held = told
                lists = market(agents, seed)
                if ours(*lists) != held:
                    raise ArithmeticError(f"{agents} agents, seed {seed}: {peer} finds {held}")
                start = time.process_time()
                for _ in range(REPEATS):
                    ours(*lists)
                seconds = (time.process_time() - start) / REPEATS
                ratios.append((solved / seconds, (made + solved) / seconds))
            job = f"deferred acceptance, {agents:,} x {agents:,}"
            for what, column in zip(
                ("solving alone", "from lists"), zip(*ratios, strict=True), strict=True
            ):
                yield _middle(Race(job, _nothing, f"{peer}, {what}", _nothing, 100), column)


def _asked(process: "subprocess.Popen[str]", job: list[Any]) -> Answer | None:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()
    told: Answer | None = json.loads(process.stdout.readline())
    return told


def _middle(race: Race, ratios: tuple[float, ...]) -> Measured:
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else (ratios[0],) * 3
    return Measured(race, middle, low, high)


def _nothing() -> None:
    pass


def one_by_one(rule: DeferredAcceptance, profiles: list[Any]) -> list[Any]:
    """A loop in Python over the definition."""
    return [rule(profile) for profile in profiles]


def races(quick: bool) -> Iterator[Race]:
    """Against a read of the lists, and against the definition."""
    agents = 300 if quick else 1_000
    wanted, asked = market(agents, 0)
    read = partial(_both_read, wanted, asked)
    job = f"deferred acceptance, {agents:,} x {agents:,}"
    yield Race(job, partial(ours, wanted, asked), "one read of the lists", read, 30, limit=True)
    rng = np.random.default_rng(1)
    profiles = rng.permuted(np.tile(np.arange(10), (1_000, 10, 1)), axis=2)
    priorities = tuple(map(tuple, rng.integers(0, 3, (10, 10)).tolist()))
    rule = DeferredAcceptance(priorities, Houses(tuple(f"school {k}" for k in range(10))))
    batch, alone = partial(rule.of_batch, profiles), partial(one_by_one, rule, profiles.tolist())
    yield Race(
        "deferred acceptance of 1,000 profiles, 10 x 10", batch, "a loop in Python", alone, 100
    )


def _both_read(wanted: Lists, asked: Lists) -> int:
    return int(wanted.max()) + int(asked.max())


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--peers", default=sys.executable, help="the peers' Python interpreter")
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    results = [measure(race, race.rounds or 9) for race in races(quick=False)]
    results += [result for peer in PEERS for result in raced(peer, options.peers)]
    rows = tuple(result.row() for result in results)
    print(Table(HEADER, rows))
    if options.write:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        tail = rest.split(END)[1]
        lines = [HEADER, ("---",) * len(HEADER), *rows]
        told = "\n".join("| " + " | ".join(line) + " |" for line in lines)
        PAGE.write_text(f"{head}{BEGIN}\n\n{told}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
