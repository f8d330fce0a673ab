"""``python -m benchmarks.interchange``: pabutools and abcvoting fund what we fund.

Elections go to the other package and come back as equal, and its rules, in exact arithmetic, have
the winners of ours: Equal Shares by number and by cost, the two greedy rules and sequential
Phragmen, on random elections and, where MECHSIM_DATA names a folder, on its approval files.  Ties
go to earlier projects; with abcvoting, which has its own ties, our committee is one of its winners.

Two things are known to differ.  pabutools also funds what nobody approves of, which is left out
here; and its Phragmen never sees projects that cost more than the budget, and stops where *any* of
several projects with the smallest load does not fit, ours where the first does not.  So that rule
is not compared on random elections with ties; on real ones it agrees nevertheless.

It runs in an environment of its own, which has mechsim, pabutools and abcvoting:
``pip install . pabutools abcvoting``.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from tqdm.auto import tqdm

from mechsim import Election, Population, read_pabulib
from mechsim.algorithms.ties import Lexicographic
from mechsim.budgeting import EqualShares, GreedyAV, GreedyRatio, Phragmen
from mechsim.preferences import (
    DisjointResampling,
    Euclidean,
    ImpartialCulture,
    PartyLists,
    Resampling,
    Urn,
    draw_election,
    from_abcvoting,
    from_pabutools,
    to_abcvoting,
    to_pabutools,
)

LAWS = (
    ImpartialCulture(0.4),
    Resampling(0.3, 0.4),
    DisjointResampling(0.3, 0.2, 3),
    Urn(ImpartialCulture(0.3), 0.1),
    Euclidean(2, 0.4),
    PartyLists((0.5, 0.3, 0.2)),
)
FIRST = Lexicographic()

Case = tuple[str, Election, Population]
Funded = frozenset[int]


def with_ties(count: int, seed: int) -> Iterator[Case]:
    """Small elections in which much costs the same, some of it a fraction."""
    rng = np.random.default_rng(seed)
    for k in range(count):
        projects, voters = (int(x) for x in rng.integers((2, 1), (9, 15)))
        median, law = int(rng.integers(1, 6)), LAWS[k % len(LAWS)]
        election, ballots = draw_election(law, projects, voters, rng, median=median, share=0.5)
        if k % 3 == 0:
            costs = tuple(Fraction(cost, 7) for cost in election.costs)
            election = Election(election.projects, costs, Fraction(election.budget, 7))
        yield f"with ties {k}", election, ballots


def without_ties(count: int, seed: int) -> Iterator[Case]:
    """Larger elections in which all costs differ, and none exceeds the budget."""
    rng = np.random.default_rng(seed)
    for k in range(count):
        projects, voters = (int(x) for x in rng.integers((3, 5), (20, 60)))
        law = LAWS[k % len(LAWS)]
        election, ballots = draw_election(law, projects, voters, rng, median=10**6, share=0.5)
        if len(election.affordable) == len(set(election.costs)) == projects:
            yield f"without ties {k}", election, ballots


def committees(count: int, seed: int) -> Iterator[Case]:
    """Committees of candidates that somebody approves of."""
    rng = np.random.default_rng(seed)
    for k in range(count):
        candidates, voters = (int(x) for x in rng.integers((2, 1), (8, 12)))
        law, share = LAWS[k % len(LAWS)], Fraction(int(rng.integers(1, candidates + 1)), candidates)
        election, ballots = draw_election(
            law, candidates, voters, rng, median=1, dispersion=0, share=share
        )
        if len(wanted(ballots)) == candidates:
            yield f"committee {k}", election, ballots


def files() -> Iterator[Case]:
    """The approval elections of the shared data, small ones first; pabutools reads them alike."""
    folder = Path(os.environ.get("MECHSIM_DATA", "")) / "pabulib"
    if "MECHSIM_DATA" not in os.environ:
        return
    for path in sorted(folder.glob("*.pb"), key=lambda p: p.stat().st_size):
        try:
            election, ballots = read_pabulib(path)
        except ValueError as error:
            print(f"left out: {str(error).removeprefix(str(folder))}")
            continue
        theirs = from_pabutools(*import_module("pabutools.election").parse_pabulib(str(path)))
        assert theirs == (election, ballots), f"{path.name} is read differently by pabutools"
        yield path.stem, election, ballots


def wanted(ballots: Population) -> Funded:
    """The projects that somebody approves of."""
    return frozenset[int]().union(*ballots.values)


def pabutools_rules(election: Election) -> dict[str, tuple[Any, Callable[..., Any]]]:
    """Each of our rules, and theirs."""
    measures = import_module("pabutools.election")
    rules = import_module("pabutools.rules")
    ties = import_module("pabutools.tiebreaking")
    place = {name: c for c, name in enumerate(election.projects)}

    def earlier(instance: Any, profile: Any, project: Any) -> int:
        return place[project.name]  # the text of a project differs by rule

    first = ties.TieBreakingRule(earlier)
    count, cost = {"sat_class": measures.Cardinality_Sat}, {"sat_class": measures.Cost_Sat}
    shares, greedy = rules.method_of_equal_shares, rules.greedy_utilitarian_welfare
    by_cost = EqualShares(FIRST, election, satisfaction="cost")
    return {
        "Equal Shares": (
            EqualShares(FIRST, election),
            partial(shares, tie_breaking=first, **count),
        ),
        "Equal Shares of cost": (by_cost, partial(shares, tie_breaking=first, **cost)),
        "greedy": (GreedyAV(FIRST, election), partial(greedy, tie_breaking=first, **cost)),
        "greedy ratio": (
            GreedyRatio(FIRST, election),
            partial(greedy, tie_breaking=first, **count),
        ),
        "Phragmen": (
            Phragmen(FIRST, election),
            partial(rules.sequential_phragmen, tie_breaking=first),
        ),
    }


def compare_pabutools(case: Case, but: str = "") -> int:
    """How many rules agree, all ``but`` one."""
    name, election, ballots = case
    instance, profile = to_pabutools(election, ballots)
    assert from_pabutools(instance, profile) == (election, ballots), f"{name}: no round trip"
    number = {project: c for c, project in enumerate(election.projects)}
    rules = {rule: both for rule, both in pabutools_rules(election).items() if rule != but}
    for rule, (ours, theirs) in rules.items():
        found = frozenset(number[str(p)] for p in theirs(instance, profile)) & wanted(ballots)
        expected = ours(ballots)
        assert found == expected, (
            f"{name}, {rule}: pabutools funds {election.tell(found)}, "
            f"mechsim {election.tell(expected)}"
        )
    return len(rules)


def compare_abcvoting(case: Case) -> int:
    """How many rules agree."""
    name, election, ballots = case
    profile, size = to_abcvoting(election, ballots)
    assert from_abcvoting(profile, size) == (election, ballots), f"{name}: no round trip"
    abcrules = import_module("abcvoting.abcrules")
    exact = {"algorithm": "standard-fractions", "resolute": False}
    for ours, winners in (
        (
            EqualShares(FIRST, election),
            abcrules.compute_equal_shares(profile, size, completion=None, **exact),
        ),
        (Phragmen(FIRST, election), abcrules.compute_seqphragmen(profile, size, **exact)),
    ):
        found = ours(ballots)
        assert found in [frozenset(winner) for winner in winners], (
            f"{name}: {type(ours).__name__} elects {election.tell(found)}, abcvoting {winners}"
        )
    return 2


def main() -> None:
    """Compare, and print how often all agreed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.interchange", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="random elections, by default 300")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    count, seed = options.count, options.seed
    for package, compare, cases in (
        ("pabutools", partial(compare_pabutools, but="Phragmen"), with_ties(count, seed)),
        ("pabutools", compare_pabutools, without_ties(count, seed)),
        ("abcvoting", compare_abcvoting, committees(count, seed)),
    ):
        found = [compare(case) for case in tqdm(list(cases), desc=package, leave=False)]
        print(f"{package}: {len(found)} random elections, {sum(found)} outcomes, all equal")
    for case in files():
        start = time.perf_counter()
        rules = compare_pabutools(case)
        print(f"pabutools: {case[0]}, {rules} outcomes equal, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
