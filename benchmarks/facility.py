"""Races of facility location: one huge profile, batches of profiles, and sweeps for lies."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from mechsim import Line, Strategyproof, verify
from mechsim._text import brief
from mechsim.axioms import UnanimousNuisanceShare
from mechsim.budget import Budget
from mechsim.facility import (
    CoordinatewiseMedian,
    EgalitarianFair,
    Median,
    UniformPhantom,
    UtilitarianFair,
    expected_costs,
    simulate,
)
from mechsim.preferences.samplers import Uniform
from mechsim.proving.sweep import sweep
from mechsim.proving.tables import largest_gain, tabulated

from .limit import FloatArray, Race, stream

UNIT = Line(0, 1)
CONCATENATED = "numpy: median of the concatenation"


def textbook(reports: FloatArray) -> float:
    """Uniform Phantom as it is usually written."""
    agents = len(reports)
    return float(np.median(np.concatenate([reports, np.arange(1, agents) / agents])))


def textbook_rows(profiles: FloatArray) -> FloatArray:
    """The same for each row of a batch."""
    batch, agents = profiles.shape
    phantoms = np.broadcast_to(np.arange(1, agents) / agents, (batch, agents - 1))
    return np.median(np.concatenate([profiles, phantoms], axis=1), axis=1)


def loop(profiles: FloatArray) -> list[float]:
    """The same, one profile at a time in plain Python."""
    found: list[float] = []
    for row in profiles.tolist():
        agents = len(row)
        points = sorted([*row, *(k / agents for k in range(1, agents))])
        found.append(points[agents - 1])
    return found


def quadratic_costs(profiles: FloatArray) -> FloatArray:
    """Expected distances of Random Rank by their definition, with broadcasting."""
    return np.abs(profiles[:, :, None] - profiles[:, None, :]).mean(axis=2)


def textbook_pipeline(rng: np.random.Generator, profiles: int, agents: int) -> FloatArray:
    """Draw, place by the textbook, and sum costs, each for everything at once."""
    drawn = rng.random((profiles, agents))
    places = textbook_rows(drawn)
    costs = np.abs(drawn - places[:, None])
    return np.stack([costs.sum(axis=1), costs.max(axis=1)])


def one_lie_at_a_time(profiles: FloatArray, misreports: FloatArray) -> float:
    """The gains of a sweep, one call of the textbook rule each."""
    best = 0.0
    for row in profiles:
        honest = textbook(row)
        for agent in range(len(row)):
            lied = row.copy()
            for report in misreports:
                lied[agent] = report
                best = max(best, abs(row[agent] - honest) - abs(row[agent] - textbook(lied)))
    return best


def textbook_fair(profiles: FloatArray) -> FloatArray:
    """The farthest place in total that leaves everybody 1/2n, by trying all ends, row by row."""
    agents = profiles.shape[1]
    found = np.empty(len(profiles))
    for b, row in enumerate(profiles):
        places = np.concatenate([[0.0, 1.0], row - 0.5 / agents, row + 0.5 / agents])
        distances = np.abs(places[:, None] - row)
        fair = (distances >= 0.5 / agents - 1e-12).all(axis=1) & (places >= 0) & (places <= 1)
        found[b] = places[np.where(fair, distances.sum(axis=1), -1.0).argmax()]
    return found


def races(quick: bool) -> Iterator[Race]:
    """Every race of the family."""
    yield from one_profile(quick)
    yield from in_the_plane(quick)
    yield from batches(quick)
    yield from nuisances(quick)
    yield from lies(quick)


def one_profile(quick: bool) -> Iterator[Race]:
    """Uniform Phantom of a million reports and more."""
    rng = np.random.default_rng(1)
    rule = UniformPhantom()
    goals: list[tuple[int, float, float]] = [(10**6, 8, 8), (10**7, 4, 20), (10**8, 3.5, 35)]
    for size, most, least in goals[: 1 if quick else 3]:
        reports = rng.random(size)
        job = f"Uniform Phantom of 1e{len(str(size)) - 1} reports"
        ours = partial(rule, reports)
        yield Race(job, ours, "one read of them", stream(reports), most, limit=True)
        yield Race(job, ours, CONCATENATED, partial(textbook, reports), least)


def in_the_plane(quick: bool) -> Iterator[Race]:
    """The coordinatewise median of a million points and more, in rows and in columns."""
    rng = np.random.default_rng(5)
    rule = CoordinatewiseMedian()
    line = Median(UNIT)
    for size in (10**6, 10**7)[: 1 if quick else 2]:
        rows = rng.random((size, 2))
        columns = np.asfortranarray(rows)
        alone = columns[:, 0]
        for points, kept in ((rows, "rows"), (columns, "columns")):
            job = f"coordinatewise median of 1e{len(str(size)) - 1} points in {kept}"
            ours = partial(rule.of_array, points)
            yield Race(
                job,
                ours,
                "two medians of one coordinate",
                partial(_twice, line, alone),
                2,
                limit=True,
            )
            yield Race(
                job, ours, "numpy: median of each column", partial(np.median, points, axis=0), 3
            )


def _twice(rule: Median, reports: FloatArray) -> None:
    rule.of_array(reports)
    rule.of_array(reports)


def batches(quick: bool) -> Iterator[Race]:
    """Many profiles at once: outcomes, expected costs, and a whole simulation."""
    rng = np.random.default_rng(2)
    rule = UniformPhantom()
    shapes: list[tuple[int, int, float, float]] = [
        (200_000, 11, 18, 3.5),
        (40_000, 101, 8, 7),
        (5_000, 1_001, 10, 5),
    ]
    costs = {11: 2.0, 101: 10.0, 1_001: 70.0}
    for count, agents, most, least in shapes[: 2 if quick else 3]:
        profiles = rng.random((count // (10 if quick else 1), agents))
        job = f"Uniform Phantom of {len(profiles):,} profiles of {agents:,}"
        ours = partial(rule.of_batch, profiles)
        yield Race(job, ours, "one read of them", stream(profiles), most, limit=True)
        yield Race(job, ours, CONCATENATED, partial(textbook_rows, profiles), least)
        few = profiles[:2_000] if agents > 500 else profiles[:20_000]
        yield Race(
            f"Uniform Phantom of {len(few):,} profiles of {agents:,}",
            partial(rule.of_batch, few),
            "a loop in Python",
            partial(loop, few),
            8,
        )
        job = f"expected costs of Random Rank, {len(profiles):,} profiles of {agents:,}"
        ours = partial(expected_costs, profiles)
        yield Race(job, ours, "one read of them", stream(profiles), 35, limit=True)
        small = profiles[: 4_000_000 // agents**2]
        yield Race(
            f"expected costs of Random Rank, {len(small):,} profiles of {agents:,}",
            partial(expected_costs, small),
            "numpy: all pairs",
            partial(quadratic_costs, small),
            costs[agents],
        )
    count = 4_000 if quick else 40_000
    profiles = rng.random((count, 101))
    job = f"draw, place and sum costs, {count:,} profiles of 101"
    ours = partial(simulate, rule, Uniform(), 101, count, rng)
    yield Race(job, ours, "one read of them", stream(profiles), 16, limit=True)
    yield Race(job, ours, "numpy, all at once", partial(textbook_pipeline, rng, count, 101), 9)


def nuisances(quick: bool) -> Iterator[Race]:
    """The best fair place for a facility that nobody wants near."""
    rng = np.random.default_rng(4)
    profiles = rng.random((10_000 if quick else 100_000, 101))
    few = profiles[:1_000]
    for rule, most in (
        (UtilitarianFair(), 110.0),
        (UtilitarianFair(UnanimousNuisanceShare()), 200.0),
        (EgalitarianFair(), 200.0),
    ):
        job = f"{brief(rule)} of {len(profiles):,} profiles of 101"
        ours = partial(rule.of_batch, profiles)
        yield Race(job, ours, "one read of them", stream(profiles), most, limit=True)
    yield Race(
        f"{brief(UtilitarianFair())} of {len(few):,} profiles of 101",
        partial(UtilitarianFair().of_batch, few),
        "numpy: all ends against all agents",
        partial(textbook_fair, few),
        20,
    )


def lies(quick: bool) -> Iterator[Race]:
    """Sweeps of misreports through batches and through tables of outcomes."""
    rng = np.random.default_rng(3)
    grid = np.linspace(0, 1, 21)
    profiles = grid[rng.integers(0, 21, (200 if quick else 2_000, 11))]
    few = profiles[:20]
    yield Race(
        f"sweep of {few.size * 21:,} misreports of 11 agents",
        partial(sweep, UniformPhantom().of_batch, UNIT, few, grid),
        "one call of numpy each",
        partial(one_lie_at_a_time, few, grid),
        75,
    )
    pairs = profiles.size * 21
    yield Race(
        f"sweep of {pairs:,} misreports of 11 agents",
        partial(sweep, UniformPhantom().of_batch, UNIT, profiles, grid),
        f"{pairs:,} at 5 million a second",
        partial(_spin, pairs / 5e6),
        1,
        limit=True,
    )
    yield from tables(quick)


def tables(quick: bool) -> Iterator[Race]:
    """Every misreport of five agents on thirteen points, looked up."""
    line = UNIT.grid(6 if quick else 12)
    table = tabulated(Median(), line, 5)
    rows = np.ascontiguousarray(table.ids.reshape(-1, table.ids.shape[0]))
    worth: Any = table._worth(0)
    pairs = rows.size * (rows.shape[1] - 1)
    yield Race(
        f"{pairs:,} misreports in a table of outcomes",
        partial(largest_gain, rows, worth),
        f"{pairs:,} at a billion a second",
        partial(_spin, pairs / 1e9),
        1,
        limit=True,
    )
    small = UNIT.grid(3)
    one_by_one = partial(verify, Median(), Strategyproof(), small, agents=3, budget=Budget(100))
    table = tabulated(Median(), small, 3)
    yield Race(
        "all misreports of three agents on four points, by a table",
        table.best_lie,
        "verify, one by one",
        one_by_one,
        10,
    )


def _spin(seconds: float) -> None:
    """Use so many seconds of CPU: a rate, as a rival."""
    import time

    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
