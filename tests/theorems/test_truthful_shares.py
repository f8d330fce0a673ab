"""Whether strategyproof rules can give maximin shares to two agents, and when they cannot."""

from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from mechsim import CostUtilities, Goods, MaximinShare, ParetoOptimal, Strategyproof, verify
from mechsim.axioms import Proved
from mechsim.design import NoRule, SomeRule, impossible
from mechsim.design.refutation import solver

TRUTHFUL: tuple[Any, ...] = (Strategyproof(), MaximinShare())
FIVE = (2, 2, 2, 3, 3)


def goods(count: int, *values: int) -> Goods:
    """So many goods, each of which may have one of these values."""
    return Goods(tuple("abcdef"[:count]), grid=values)


def costly(*costs: int) -> CostUtilities:
    """Goods with these costs."""
    return CostUtilities(tuple("abcdef"[: len(costs)]), costs)


class TestTwoGoods:
    """No rule for two agents and two goods worth 0, 1 or 2 is strategyproof and Pareto optimal and
    gives maximin shares; with any two of these there is one."""

    AXIOMS: tuple[Any, ...] = (*TRUTHFUL, ParetoOptimal())

    def test_none_is_all_three(self) -> None:
        found = impossible(self.AXIOMS, goods(2, 0, 1, 2), agents=2)
        assert isinstance(found, NoRule)
        assert len(found.profiles) == 7

    @pytest.mark.parametrize("spared", AXIOMS)
    def test_any_two(self, spared: Any) -> None:
        setting = goods(2, 0, 1, 2)
        others = [axiom for axiom in self.AXIOMS if axiom is not spared]
        rule = impossible(others, setting, agents=2)
        assert isinstance(rule, SomeRule)
        assert all(isinstance(verify(rule, axiom, setting, agents=2), Proved) for axiom in others)

    @pytest.mark.parametrize("values", [(0, 1), (1, 2)])
    def test_of_two_values_there_is_one(self, values: tuple[int, int]) -> None:
        for count in (2, 3):
            rule = impossible(self.AXIOMS, goods(count, *values), agents=2)
            assert isinstance(rule, SomeRule)


class TestMaximinSharesAlone:
    """Three goods leave a strategyproof rule for two agents that gives maximin shares, and so do
    four of values 0 and 1, or 1 and 2; four goods worth 1 or 3 leave none.

    Four types make the contradiction: all goods are worth 1, or one of three is worth 3.
    """

    @pytest.mark.parametrize("values", [(1, 3), (0, 3)])
    def test_three_goods_leave_one(self, values: tuple[int, ...]) -> None:
        assert isinstance(impossible(TRUTHFUL, goods(3, *values), agents=2), SomeRule)

    @pytest.mark.slow
    @pytest.mark.parametrize(("count", "values"), [(3, (1, 2, 3)), (4, (1, 2)), (4, (0, 1))])
    def test_more_of_these(self, count: int, values: tuple[int, ...]) -> None:
        assert isinstance(impossible(TRUTHFUL, goods(count, *values), agents=2), SomeRule)

    def test_four_goods_leave_none(self) -> None:
        assert isinstance(impossible(TRUTHFUL, goods(4, 1, 3), agents=2), NoRule)

    def test_a_second_way(self) -> None:
        types = [(1, 1, 1, 1), *((1,) * k + (3,) + (1,) * (3 - k) for k in range(3))]
        assert not _is_possible(_additive(types))
        for spared in types:
            assert _is_possible(_additive([one for one in types if one != spared]))
        assert _is_possible(_additive(list(product((1, 2), repeat=4))))


class TestCostUtilities:
    """Of goods that cost so much to everybody who wants them: Botan, Ritossa, Suzuki and Walsh
    (SAGT 2023) have a strategyproof rule that gives maximin shares for two goods more than agents.
    For three more there need be none, if all goods are given: for two agents, and costs 2, 2, 2, 3
    and 3, there is none; no other costs up to 3 exclude it."""

    @pytest.mark.parametrize("costs", [(1, 1, 2, 3), (2, 2, 3, 3)])
    def test_two_goods_more(self, costs: tuple[int, ...]) -> None:
        assert isinstance(impossible(TRUTHFUL, costly(*costs), agents=2), SomeRule)

    @pytest.mark.slow
    def test_three_goods_more(self) -> None:
        found = impossible(TRUTHFUL, costly(*FIVE), agents=2)
        assert isinstance(found, NoRule)

    @pytest.mark.slow
    def test_a_second_way(self) -> None:
        assert not _is_possible(_wanted(FIVE))
        assert not _is_possible(_wanted((3, 2, 3, 2, 2)))
        for costs in ((1, 2, 2, 3, 3), (2, 2, 2, 2, 3), (2, 2, 3, 3, 3)):
            assert _is_possible(_wanted(costs))

    @pytest.mark.slow
    def test_four_goods_a_second_way(self) -> None:
        for costs in combinations_with_replacement((1, 2, 3), 4):
            assert _is_possible(_wanted(costs))


Values = list[list[int]]
"""What each set of goods, as a number of bits, is worth to each type."""


def _additive(types: list[tuple[int, ...]]) -> Values:
    sets = range(2 ** len(types[0]))
    return [[sum(v for g, v in enumerate(row) if s >> g & 1) for s in sets] for row in types]


def _wanted(costs: tuple[int, ...]) -> Values:
    sets = range(2 ** len(costs))
    worth = [sum(c for g, c in enumerate(costs) if s >> g & 1) for s in sets]
    return [[worth[s & wanted] for s in sets] for wanted in sets]


def _is_possible(values: Values) -> bool:
    """Whether a strategyproof rule gives maximin shares: by thresholds of what is got.

    A variable says that the first agent gets a set of goods, another that the agent of a type
    would get a value or more; a lie must not lead to more than the truth.
    """
    everything = len(values[0]) - 1
    share = [max(min(row[s], row[everything - s]) for s in range(everything + 1)) for row in values]
    types = range(len(values))
    counter, clauses = 0, list[list[int]]()
    given: dict[tuple[int, int], dict[int, int]] = {}
    for one in types:
        for other in types:
            row: dict[int, int] = {}
            for s in range(everything + 1):
                if values[one][s] >= share[one] and values[other][everything - s] >= share[other]:
                    counter += 1
                    row[s] = counter
            given[one, other] = row
            clauses.append(list(row.values()))
    reached: dict[tuple[tuple[int, int], int, int], dict[int, int]] = {}
    for profile, row in given.items():
        for agent in (0, 1):
            partner = profile[1 - agent]
            for truth in types:
                mine = {s: values[truth][s if agent == 0 else everything - s] for s in row}
                levels: dict[int, int] = {}
                for level in sorted(set(mine.values())):
                    counter += 1
                    levels[level] = counter
                    for s, variable in row.items():
                        clauses.append([-variable, counter if mine[s] >= level else -counter])
                reached[(truth, partner), agent, profile[agent]] = levels
    for (profile, agent, lie), levels in reached.items():
        honest = reached[profile, agent, profile[0]]
        for level, variable in levels.items():
            above = [honest[one] for one in sorted(honest) if one >= level][:1]
            if lie != profile[0] and min(honest) < level:
                clauses.append([-variable, *above])
    with solver(clauses) as engine:
        return bool(engine.solve())
