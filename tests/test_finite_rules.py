"""The helper that enumerates rules on grids finds what trying all tables finds."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import TypeAlias

import pytest
from finite_rules import (
    Demand,
    Honesty,
    Points,
    Rules,
    Table,
    by_distance,
    grid,
    single_peaked,
    sort,
    unanimous,
)

from mechsim import Instance, Line, SinglePeaked, Strategyproof

NAMED = pytest.mark.parametrize("honesty", [by_distance, single_peaked], ids=lambda f: f.__name__)

Shape: TypeAlias = tuple[Points, Points, int, bool, tuple[Demand, ...]]
SHAPES: dict[str, Shape] = {
    "two anonymous agents": (grid(2), grid(2), 2, True, ()),
    "two anonymous agents, unanimous": (grid(2), grid(2), 2, True, (unanimous,)),
    "more places than points": (grid(1), grid(3), 2, False, ()),
    "two agents, unanimous": (grid(2), grid(2), 2, False, (unanimous,)),
    "three anonymous agents": (grid(1), grid(2), 3, True, ()),
    "one agent": (grid(3), grid(2), 1, False, ()),
}


def tables(rules: Rules) -> Iterator[Table]:
    """Every table that meets the demands, strategyproof or not."""
    rows = [
        [y for y in rules.places if all(demand(x, y) for demand in rules.demands)]
        for x in rules.profiles
    ]
    for chosen in product(*rows):
        yield dict(zip(rules.profiles, chosen, strict=True))


def is_strategyproof(rules: Rules, table: Table) -> bool:
    """The definition: every agent of every profile, every lie."""

    def outcome(x: Points) -> Fraction:
        return table[sort(x) if rules.anonymous else x]

    return all(
        rules.honesty(x[i], outcome(x), outcome((*x[:i], lie, *x[i + 1 :])))
        for x in product(rules.points, repeat=rules.agents)
        for i in range(rules.agents)
        for lie in rules.points
    )


class TestNothingIsMissedAndNothingIsExtra:
    """The tables found are those that satisfy the definitions, each found once."""

    @NAMED
    @pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
    def test_against_all_tables(self, honesty: Honesty, shape: Shape) -> None:
        points, places, agents, anonymous, demands = shape
        rules = Rules(points, places, agents, honesty, demands, anonymous)
        wanted = [table for table in tables(rules) if is_strategyproof(rules, table)]
        found = list(rules)
        assert len(found) == len(wanted) == rules.count()
        assert all(table in wanted for table in found)
        assert rules.exist() == bool(wanted)

    def test_nothing_to_be_found(self) -> None:
        rules = Rules(grid(2), grid(2), 2, demands=(lambda x, y: False,))
        assert not rules.exist()


class TestTheLibraryAgrees:
    """`Strategyproof` says of each of the 729 tables on three points what the helper says."""

    @pytest.mark.parametrize(
        ("honesty", "line"),
        [(by_distance, Line(0, 1)), (single_peaked, Line(0, 1, tastes=SinglePeaked()))],
        ids=["distance", "single-peaked"],
    )
    def test_verdicts(self, honesty: Honesty, line: Line) -> None:
        setting = line.grid(2)
        rules = Rules(grid(2), grid(2), 2, honesty, anonymous=True)
        cases = [
            case
            for x in product(grid(2), repeat=2)
            for case in Strategyproof().cases(Instance(setting, x))
        ]
        found = list(rules)
        for table in tables(rules):

            def rule(x: Points, table: Table = table) -> Fraction:
                return table[sort(x)]

            proof = all(Strategyproof().violation(rule, case) <= 0 for case in cases)
            assert proof == (table in found)
