"""``python -m benchmarks.allocation [--write]``: races of maximin shares and of allocations.

`races` needs no peer and takes part in ``python -m benchmarks``.  The tables of this module add
peers that compute maximin shares: CP-SAT of OR-tools on one thread, prtpy's complete greedy search,
and HiGHS, by way of PuLP.  Install them in an environment of its own that has mechsim, by
``pip install ortools prtpy``; those that are missing are left out, and said to be.  Each is raced
in a process of its own, as OR-tools and HiGHS cannot share one.  All must find the same shares.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from mechsim import Goods, Instance
from mechsim._tables import Table
from mechsim.algorithms.dividing_program import divide_by_program
from mechsim.algorithms.partition import NodeLimit, forget, maximin_share
from mechsim.algorithms.partition_batches import maximin_share_arrays
from mechsim.allocation import RoundRobin, maximin_allocation
from mechsim.preferences import UniformValues

from .limit import Race, measure

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the shares begin -->", "<!-- the shares end -->"
HEADER = ("job", "against", "ratio", "middle half", "goal")
PATIENCE = 4.0
"""Seconds that a peer may take for a share in the table of hard ones."""

EASY = ((100, 3, 10), (100, 5, 25), (100, 10, 20))
"""The largest value, how many parts, and how many goods."""

HARD = (
    (100, 10, 30),
    (100, 10, 40),
    (10**6, 3, 20),
    (10**6, 5, 25),
    (10**6, 3, 40),
    (10**6, 5, 40),
    (10**6, 10, 30),
    (10**6, 10, 40),
)
DRAWS = 3

Row: TypeAlias = tuple[int, ...]
Found: TypeAlias = tuple[int, bool]
"""A share, and whether it is proved."""


def drawn(high: int, goods: int) -> list[Row]:
    """Values of some agents, uniform on the whole numbers up to the largest."""
    values = UniformValues(high).sample(np.random.default_rng(goods), (DRAWS, goods))
    return [tuple(row) for row in values.tolist()]


def ours(row: Row, parts: int) -> Found:
    """The library's way, computed anew."""
    forget()
    share = maximin_share(row, parts)
    return int(share.worst), share.proven


def cp_sat(row: Row, parts: int) -> Found:
    """A model of whole numbers with what is known about the names of parts."""
    cp: Any = import_module("ortools.sat.python.cp_model")
    model = cp.CpModel()
    x = [[model.new_bool_var("") for _ in range(min(parts, g + 1))] for g in range(len(row))]
    worst = model.new_int_var(0, sum(row), "")
    for choices in x:
        model.add_exactly_one(choices)
    for part in range(parts):
        held = (value * x[g][part] for g, value in enumerate(row) if part < len(x[g]))
        model.add(sum(held) >= worst)
    model.maximize(worst)
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = PATIENCE
    proved = solver.solve(model) == cp.OPTIMAL
    return int(solver.objective_value), proved


def complete_greedy(row: Row, parts: int) -> Found:
    """The search of prtpy, which says nothing of bounds: it is believed if it ends in time."""
    prtpy: Any = import_module("prtpy")
    start = time.perf_counter()
    try:
        found = prtpy.partition(
            algorithm=prtpy.partitioning.complete_greedy,
            numbins=parts,
            items=list(row),
            objective=prtpy.obj.MaximizeSmallestSum,
            outputtype=prtpy.out.SmallestSum,
            time_limit=PATIENCE,
        )
    except TypeError:  # there is no partition yet when its time is over
        return 0, False
    return int(found), time.perf_counter() - start < PATIENCE


def highs(row: Row, parts: int) -> Found:
    """The program, by HiGHS."""
    program: Any = import_module("mechsim.algorithms.partition_program")
    share = program.share_by_program(row, parts, seconds=PATIENCE)
    return int(share.worst), share.proven


PEERS: dict[str, tuple[str, str, Callable[[Row, int], Found], float]] = {
    "ortools": ("ortools", "CP-SAT", cp_sat, 300),
    "prtpy": ("prtpy", "prtpy", complete_greedy, 20),
    "highs": ("highspy", "HiGHS", highs, 300),
}
"""What must be installed, what it is called, how it is asked, and how much faster to be."""


def each(way: Callable[[Row, int], Found], rows: list[Row], parts: int) -> list[Found]:
    """A share for every row, one by one."""
    return [way(row, parts) for row in rows]


def against(peer: str) -> dict[str, list[list[str]]]:
    """The races with a peer, and what it proves of the hard ones."""
    _, name, way, goal = PEERS[peer]
    raced: list[list[str]] = []
    for high, parts, goods in EASY:
        rows = drawn(high, goods)
        mine, theirs = each(ours, rows, parts), each(way, rows, parts)
        if any(a != b for a, b in zip(mine, theirs, strict=True) if b[1]):
            raise ArithmeticError(f"{parts} parts of {goods} goods: {name} finds {theirs}")
        job = f"share of {parts} parts, {goods} goods worth up to {high:,}"
        race = Race(
            job, partial(each, ours, rows, parts), name, partial(each, way, rows, parts), goal
        )
        raced.append(list(measure(race, 3).row()))
    proved = [list(hard(way, high, parts, goods)) for high, parts, goods in HARD]
    return {"races": raced, "hard": proved}


def hard(way: Callable[[Row, int], Found], high: int, parts: int, goods: int) -> tuple[str, str]:
    """How many shares of a size are proved, and the CPU seconds that one takes."""
    rows = drawn(high, goods)
    way(rows[0], parts)
    start = time.process_time()
    found = each(way, rows, parts)
    seconds = (time.process_time() - start) / len(rows)
    return f"{sum(proved for _, proved in found)} of {len(rows)}", f"{seconds:.2g} s"


def one_by_one(rule: RoundRobin, values: list[Any]) -> list[Any]:
    """A loop in Python."""
    return [rule(profile) for profile in values]


def time_passes(seconds: float) -> None:
    """CPU time, spent."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def races(quick: bool) -> Iterator[Race]:
    """Against rates, and against a loop in Python."""
    nodes = 3_000_000 if quick else 30_000_000
    hardest = UniformValues(10**6).sample(np.random.default_rng(40), (1, 40))
    search = partial(maximin_share_arrays, hardest, 10, NodeLimit(nodes))
    rate = partial(time_passes, nodes / 3e7)
    job = f"a search that tries {nodes:,} goods in parts"
    yield Race(job, search, "a rate of 30 million a second", rate, 1, rounds=5, limit=True)
    agents = UniformValues(100).sample(np.random.default_rng(12), (1_000, 12))
    many = partial(maximin_share_arrays, agents, 5)
    rate = partial(time_passes, 1_000 * 15e-6)
    yield Race("shares of 1,000 agents, 12 goods", many, "15 us each", rate, 1, limit=True)
    values = np.random.default_rng(10).integers(0, 100, (100_000, 4, 10))
    rule = RoundRobin(Goods(tuple(f"g{good}" for good in range(10))))
    few = values[:1_000]
    alone = partial(one_by_one, rule, few.tolist())
    batch = partial(rule.of_batch, few)
    yield Race("round robin of 1,000 profiles, 4 x 10", batch, "a loop in Python", alone, 100)
    for agents, goods in ((3, 9), (6, 24)):
        yield existence(agents, goods)
    rate = partial(time_passes, len(values) / 2e6)
    whole = partial(rule.of_batch, values)
    job = f"round robin of {len(values):,} profiles, 4 x 10"
    yield Race(job, whole, "a rate of 2 million a second", rate, 1, limit=True)


def existence(agents: int, goods: int) -> Race:
    """Whether everybody can have its maximin share, against an integer program that is told it."""
    setting = Goods(tuple(f"g{good}" for good in range(goods)))
    drawn_values = UniformValues(100).sample(np.random.default_rng(24), (agents, goods))
    here = Instance(setting, setting.read(drawn_values))
    shares = [int(maximin_share(row, agents).worst) for row in here.profile]
    rows = [[int(value) for value in row] for row in here.profile]
    job = f"who gets what, so that {agents} agents have their shares of {goods} goods"
    ask = partial(maximin_allocation, here)
    return Race(job, ask, "HiGHS", partial(divide_by_program, rows, shares), 1, rounds=5)


def asked(peer: str) -> dict[str, list[list[str]]] | None:
    """What a process of its own says of a peer; None where the peer is missing."""
    if find_spec(PEERS[peer][0]) is None:
        return None
    command = [sys.executable, "-m", "benchmarks.allocation", "--against", peer]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, list[list[str]]] = json.loads(told.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.allocation", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew the tables in {PAGE.name}")
    parser.add_argument("--against", choices=PEERS, help="race one peer, in this process")
    options = parser.parse_args()
    if options.against:
        print(json.dumps(against(options.against)))
        return
    rows = [measure(race, race.rounds or 9).row() for race in races(quick=False)]
    proofs = [
        (f"up to {high:,}, {parts} parts, {goods} goods", *hard(ours, high, parts, goods))
        for high, parts, goods in HARD
    ]
    header = ["shares", "ours", "each"]
    for peer, (package, name, _, _) in PEERS.items():
        answer = asked(peer)
        if answer is None:
            print(f"{name} is left out: pip install {package}")
            continue
        rows += [tuple(row) for row in answer["races"]]
        header += [name, "each"]
        proofs = [(*row, *more) for row, more in zip(proofs, answer["hard"], strict=True)]
    tables = (Table(HEADER, tuple(rows)), Table(tuple(header), tuple(proofs)))
    for table in tables:
        print(table, end="\n\n")
    if options.write:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        tail = rest.split(END)[1]
        told = "\n\n".join(map(markdown, tables))
        PAGE.write_text(f"{head}{BEGIN}\n\n{told}\n\n{END}{tail}", encoding="utf-8")


def markdown(table: Table) -> str:
    """A table for the documentation."""
    lines = [table.header, ("---",) * len(table.header), *table.rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
