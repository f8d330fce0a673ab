"""``python -m benchmarks.budgeting [--write]``: races of participatory budgeting, with pabutools.

Against limits, one gather of all approvals or one product with their matrix, no peer is needed, and
`races` takes part in ``python -m benchmarks``.  The table of this module adds pabutools in its
fastest setting (equal ballots together, floats, additive satisfaction known to be 0 or 1), reading
of files included; run it in an environment that has mechsim and pabutools.  Where MECHSIM_DATA
names a folder with Pabulib files, Łódź 2022 and all other approval files are added.
"""

import argparse
import os
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from mechsim import Population
from mechsim._tables import Table
from mechsim.algorithms.rounding import Rounded
from mechsim.algorithms.ties import Lexicographic
from mechsim.axioms import _screening
from mechsim.budgeting import BWMES, EqualShares
from mechsim.preferences import (
    Election,
    ImpartialCulture,
    draw_election,
    read_pabulib_file,
    to_pabutools,
)
from mechsim.preferences.approvals import Approvals

from .limit import Race, measure

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGIN, END = "<!-- the elections begin -->", "<!-- the elections end -->"
HEADER = ("job", "against", "ratio", "middle half", "goal")
LODZ = "Poland_Lodz_2022.pb"
MEASURES: tuple[Literal["cardinality", "cost"], ...] = ("cardinality", "cost")
FIRST = Lexicographic()


def drawn(quick: bool) -> tuple[str, Election, Population]:
    """A synthetic city: some ten approvals each; projects differ in popularity, as they do."""
    voters = 9_000 if quick else 90_000
    rng = np.random.default_rng(1)
    popular = np.minimum(rng.lognormal(size=130) / 20, 0.9)
    cast = Counter(tuple(np.flatnonzero(row)) for row in rng.random((voters, 130)) < popular)
    ballots = Population(tuple(map(frozenset, cast)), tuple(cast.values()))
    election, _ = draw_election(ImpartialCulture(0), 130, 1, rng)
    return f"{voters:,} voters, 130 projects", election, election.read(ballots)


def data() -> Path | None:
    """The folder of real files, if there is one."""
    folder = os.environ.get("MECHSIM_DATA")
    found = Path(folder) / "pabulib" if folder else None
    return found if found is not None and found.is_dir() else None


def cities(quick: bool) -> Iterator[tuple[str, Election, Population]]:
    """The synthetic city, and Łódź where it is at hand."""
    yield drawn(quick)
    folder = data()
    if folder is not None and not quick:
        file = read_pabulib_file(folder / LODZ)
        yield "Łódź 2022", file.election, file.approvals


def gather(ballots: Approvals) -> Any:
    """One number a class, read once for each approval, in the order of projects."""
    _, classes = ballots.by_project
    money = np.random.default_rng(0).random(len(ballots.sizes))
    out = np.empty(len(classes))
    return partial(np.take, money, classes, out=out)


def product(ballots: Approvals) -> Any:
    """The sparse matrix of approvals times a vector."""
    from scipy.sparse import csr_matrix

    shape = (len(ballots.sizes), ballots.projects)
    ones = np.ones(len(ballots.approved))
    matrix = csr_matrix((ones, ballots.approved, ballots.starts), shape=shape)
    vector = np.random.default_rng(0).random(ballots.projects)
    return partial(matrix.dot, vector)


def one_by_one(lottery: Rounded, size: int) -> list[frozenset[int]]:
    """Draws in fractions of money, a step at a time, in Python."""
    rng = np.random.default_rng(2)
    return [lottery.sample(rng, 1)[0] for _ in range(size)]


def races(quick: bool) -> Iterator[Race]:
    """Equal Shares against a gather, draws, and testers against a product."""
    for city, election, population in cities(quick):
        ballots = Approvals.of(population, len(election.costs))
        for satisfaction in MEASURES:
            rule = EqualShares(FIRST, election, satisfaction)
            job = f"Equal Shares ({satisfaction}), {city}"
            ours = partial(rule.of_approvals, ballots)
            yield Race(job, ours, "one gather of all approvals", gather(ballots), 5, limit=True)
        lottery = BWMES(FIRST, election).of_population(population)
        p = np.array([float(part) for part in lottery.marginals])
        cost = _screening.prices(election.costs)
        budget = float(election.budget)
        shares = partial(_screening.short_of_shares, ballots, cost, budget, p)
        against = "one product with their matrix"
        for name, together, goal in (("individual", False, 4), ("unanimous", True, 2)):
            job = f"{name} fair share of all, {city}"
            ours = partial(shares, together=together, strong=False)
            yield Race(job, ours, against, product(ballots), goal, limit=True)
        job = f"EJR+x of money, {city}"
        ours = partial(_screening.short_of_projects, ballots, cost, budget, lottery.core)
        yield Race(job, ours, against, product(ballots), 3, limit=True)
    rng = np.random.default_rng(3)
    parts = rng.integers((1, 900), (900, 1_000), (130, 2)).tolist()
    costs = tuple(Fraction(int(c)) for c in rng.integers(1_000, 90_000, 130))
    wide = Rounded(tuple(Fraction(a, b) for a, b in parts), costs)
    size = 2_000
    draws = partial(wide.draws, np.random.default_rng(4), size)
    job = f"{size:,} draws of 130 projects in part"
    rate = partial(time_passes, size / 250_000)
    yield Race(job, draws, "a rate of 250,000 a second", rate, 1, limit=True)
    yield Race(job, draws, "a loop in Python", partial(one_by_one, wide, size), 50)


def time_passes(seconds: float) -> None:
    """CPU time, spent."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def peer_races() -> Iterator[Race]:
    """Equal Shares and reading, against pabutools, which must have the same winners."""
    elections: Any = import_module("pabutools.election")
    rules: Any = import_module("pabutools.rules")
    cast(Any, import_module("pabutools.fractions")).FRACTION = "float"
    for city, election, population in cities(quick=False):
        ballots = Approvals.of(population, len(election.costs))
        instance, profile = to_pabutools(election, population)
        measures = zip(MEASURES, (elections.Cardinality_Sat, elections.Cost_Sat), strict=True)
        for satisfaction, theirs in measures:
            ours = partial(EqualShares(FIRST, election, satisfaction).of_approvals, ballots)
            rival = partial(
                rules.method_of_equal_shares,
                instance,
                profile,
                sat_class=theirs,
                binary_sat=True,
            )
            funded = {election.projects.index(str(project)) for project in rival()}
            if funded != ours():
                raise ArithmeticError(f"{city}: pabutools funds {sorted(funded)}")
            job = f"Equal Shares ({satisfaction}), {city}"
            yield Race(job, ours, "pabutools", rival, 2_000, rounds=3)
    folder = data()
    if folder is not None:
        path = folder / LODZ
        parse = partial(elections.parse_pabulib, str(path))
        yield Race(f"read {LODZ}", partial(read, path), "pabutools", parse, 20, rounds=5)


def read(path: Path) -> Population:
    """The votes of a file, counted."""
    return read_pabulib_file(path).approvals


def memory() -> Iterator[tuple[str, float]]:
    """The peak of Equal Shares on arrays, over the size of the arrays themselves."""
    for city, election, population in cities(quick=False):
        ballots = Approvals.of(population, len(election.costs))
        starts, classes = ballots.by_project
        own = (ballots.sizes, ballots.starts, ballots.approved, starts, classes)
        rule = EqualShares(FIRST, election)
        rule.of_approvals(ballots)
        tracemalloc.start()
        rule.of_approvals(ballots)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        yield city, peak / sum(array.nbytes for array in own)


def main() -> None:
    """Measure and print; renew the documentation if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.budgeting", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    options = parser.parse_args()
    every = (*races(quick=False), *peer_races())
    rows = tuple(measure(race, race.rounds or 9).row() for race in every)
    print(Table(HEADER, rows))
    peaks = "; ".join(f"{city}: {ratio:.1f}" for city, ratio in memory())
    told = f"Memory of Equal Shares at its peak, as a multiple of the ballots' arrays: {peaks}."
    print(told)
    if options.write:
        lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        tail = rest.split(END)[1]
        table = "\n".join([*lines, "", told])
        PAGE.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
