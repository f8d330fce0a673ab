"""Allocations that give everybody its maximin share, and proofs that there are none."""

import json
from copy import deepcopy
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from divisions import FEIGE_SAPIR_TAUBER, KUROKAWA_PROCACCIA_WANG, matrices, setting
from hypothesis import given, settings
from hypothesis import strategies as st

from mechsim import CostUtilities, Goods, Instance, MaximinShare, certificate, judge, save
from mechsim.__main__ import main
from mechsim.algorithms.dividing import NoDivision, TooLong, divide, worthiest
from mechsim.algorithms.dividing_program import divide_by_program
from mechsim.algorithms.partition import Bundles
from mechsim.allocation import (
    LaminarMaximin,
    MaximinAllocation,
    MaximinDivision,
    ThreeAgents,
    maximin_allocation,
)
from mechsim.allocation.laminar_maximin import Forest
from mechsim.catalogue import NoAllocation, entries
from mechsim.preferences import (
    ImpartialCulture,
    LaminarApprovals,
    UniformValues,
    draw_cost_utilities,
    draw_goods,
    is_laminar,
    random_laminar,
)
from mechsim.proving import certcheck

F = Fraction
Row = tuple[int, ...]
SEED = 20231


def town(rows: list[Row] | tuple[Row, ...]) -> Instance:
    goods = setting(rows)
    return Instance(goods, goods.read(rows))


def every(rows: list[Row]) -> list[tuple[list[int], Bundles]]:
    """What each agent gets in each allocation."""
    agents, goods = range(len(rows)), range(len(rows[0]))
    found: list[tuple[list[int], Bundles]] = []
    for holders in product(agents, repeat=len(goods)):
        bundles = tuple(frozenset(g for g in goods if holders[g] == i) for i in agents)
        found.append(([sum(rows[i][g] for g in bundles[i]) for i in agents], bundles))
    return found


def gives_shares(goods: Any, reports: Any, bundles: Bundles) -> bool:
    """Whether this is an allocation that gives everybody its maximin share."""
    return bool(goods.admits(bundles)) and all(
        goods.share_value(i, wanted, bundles[i]) >= goods.maximin_share(wanted, len(reports)).worst
        for i, wanted in enumerate(reports)
    )


def random_costs(goods: int, rng: np.random.Generator) -> CostUtilities:
    costs: list[int] = rng.integers(1, 12, goods).tolist()
    return CostUtilities(tuple(f"good {g}" for g in range(goods)), tuple(costs))


class TestDivide:
    """A division is found if there is one; otherwise a search shows that there is none."""

    @given(matrices(goods=5), st.data())
    def test_as_by_trying_all(self, rows: list[Row], data: st.DataObject) -> None:
        demands = [data.draw(st.integers(0, sum(row) // len(rows) + 2)) for row in rows]
        exists = any(
            all(w >= due for w, due in zip(got, demands, strict=True)) for got, _ in every(rows)
        )
        found = divide(rows, demands)
        assert not isinstance(found, TooLong)
        assert exists == (not isinstance(found, NoDivision))
        if not isinstance(found, NoDivision):
            assert setting(rows).admits(found)
            worth = [sum(row[g] for g in part) for row, part in zip(rows, found, strict=True)]
            assert all(w >= due for w, due in zip(worth, demands, strict=True))

    @given(matrices(goods=5))
    def test_worth_most(self, rows: list[Row]) -> None:
        demands = tuple(sum(row) // (2 * len(rows)) for row in rows)
        start = divide(rows, demands)
        if isinstance(start, (NoDivision, TooLong)):
            return
        best = worthiest(rows, demands, start)
        worth = [sum(row[g] for g in part) for row, part in zip(rows, best, strict=True)]
        assert all(w >= due for w, due in zip(worth, demands, strict=True))
        enough = [
            sum(got)
            for got, _ in every(rows)
            if all(w >= due for w, due in zip(got, demands, strict=True))
        ]
        assert sum(worth) == max(enough)

    def test_given_up(self) -> None:
        found = divide(KUROKAWA_PROCACCIA_WANG, [4_055_000] * 3, nodes=100)
        assert found == TooLong(100)
        large = town([tuple(10**9 * v for v in row) for row in KUROKAWA_PROCACCIA_WANG])
        with pytest.raises(TimeoutError, match="100 nodes do not suffice to divide 12 goods"):
            maximin_allocation(large, nodes=100)

    @given(matrices(goods=4))
    @settings(max_examples=10)
    def test_as_a_program(self, rows: list[Row]) -> None:
        """HiGHS finds divisions where the search does, worth as much."""
        demands = tuple(sum(row) // len(rows) for row in rows)
        found, program = divide(rows, demands), divide_by_program(rows, demands)
        assert (program is None) == isinstance(found, NoDivision)
        if program is not None and isinstance(found, tuple):
            best = worthiest(rows, demands, found)
            totals = [
                sum(row[g] for row, part in zip(rows, bundles, strict=True) for g in part)
                for bundles in (best, program)
            ]
            assert totals[0] == totals[1]

    def test_a_program_instead(self) -> None:
        """Where the search takes too long, HiGHS is asked, and what it says is granted."""
        found = maximin_allocation(town(FEIGE_SAPIR_TAUBER), nodes=10)
        assert found.better is not None
        assert found.better.ratio == F(39, 40)
        assert found.better.search is None
        assert "if HiGHS overlooks no solution" in str(found)
        with pytest.raises(ValueError, match="rests on the word of HiGHS"):
            certificate(found.better)

    def test_bad_input(self) -> None:
        with pytest.raises(ValueError, match="demands has 1 entries: it must have one a row, 2"):
            divide([(1,), (1,)], [1])
        with pytest.raises(ValueError, match=r"rows\[1\] has an entry below 0"):
            divide([(1,), (-1,)], [1, 1])
        with pytest.raises(ValueError, match="rows must have one entry a good"):
            divide([(1,), (1, 2)], [1, 1])


class TestMaximinAllocation:
    """Everybody gets the largest part of its share that everybody can, up to all of it."""

    @given(matrices(fewest=2, most=3, goods=5))
    def test_as_by_trying_all(self, rows: list[Row]) -> None:
        """First the part, then the total: compared with all n^m allocations."""
        found = maximin_allocation(town(rows))
        due = [F(share.worst) for share in found.shares]

        def part(got: list[int]) -> F:
            parts = [F(w) / share for w, share in zip(got, due, strict=True) if share]
            return min(F(1), *parts) if parts else F(1)

        best = max((part(got), sum(got)) for got, _ in every(rows))
        got = [sum(row[g] for g in b) for row, b in zip(rows, found.bundles, strict=True)]
        assert (part(got), sum(got)) == best
        assert found.exists == (best[0] == 1)
        assert MaximinAllocation(found.instance.setting)(rows) == found.bundles

    @pytest.mark.parametrize(
        ("rows", "ratio"),
        [(FEIGE_SAPIR_TAUBER, F(39, 40)), (KUROKAWA_PROCACCIA_WANG, F(4_054_999, 4_055_000))],
    )
    def test_there_is_none(self, rows: tuple[Row, ...], ratio: F) -> None:
        """Feige, Sapir, Tauber: at best 39/40; Kurokawa, Procaccia, Wang: one unit less."""
        found = maximin_allocation(town(rows))
        assert not found.exists
        assert found.ratio == ratio
        assert found.better is not None
        assert found.better.ratio == ratio
        assert judge(found.bundles, MaximinShare(), found.instance).word == "refuted"
        assert f"more than {ratio} of its maximin share" in str(found)
        assert "not everybody can have its maximin share" in found._repr_html_()

    @pytest.mark.parametrize("short", range(3))
    def test_all_but_one(self, short: int) -> None:
        """Feige, Sapir, Tauber: two can have 40 if the third has 39, whoever it is."""
        demands = [40 - (agent == short) for agent in range(3)]
        assert isinstance(divide(FEIGE_SAPIR_TAUBER, demands), tuple)

    def test_names_come_back(self) -> None:
        goods = Goods(("car", "dog"), agents=("ann", "bob"))
        found = maximin_allocation(Instance(goods, goods.read([[0.5, 0.25], [F(1, 3), 1]])))
        assert "ann     {car}    0.5           0.25      2" in str(found)
        assert "everybody gets its maximin share" in str(found)

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.integers(1, 3))
    def test_agents_alike_with_floats(self, row: list[float], agents: int) -> None:
        """Who cuts alike can be given the parts; no rounding of a sum asks for more."""
        goods = Goods(tuple(map(str, range(len(row)))))
        found = maximin_allocation(Instance(goods, goods.read([row] * agents)))
        assert found.exists
        assert found.better is None

    def test_a_division_that_is_found_is_kept(self) -> None:
        """Where neither a search for what is worth most nor a program ends, it is not lost."""
        rows = [tuple(10**9 * v + 1 for v in row) for row in FEIGE_SAPIR_TAUBER]
        found = maximin_allocation(town([row[:8] for row in rows]), nodes=30)
        assert found.instance.setting.admits(found.bundles)

    def test_many_goods(self) -> None:
        found = maximin_allocation(town([(1,) * 1_100] * 2))
        assert [len(bundle) for bundle in found.bundles] == [550, 550]

    def test_bad_arguments(self) -> None:
        with pytest.raises(ValueError, match="nodes is -1"):
            maximin_allocation(town([(1,)]), nodes=-1)
        rows: Any = [[1, 2]]
        with pytest.raises(ValueError, match=r"instance is \[\[1, 2\]\]: it must be Instance"):
            maximin_allocation(rows)

    def test_nobody_is_due_anything(self) -> None:
        found = maximin_allocation(town([(1,), (2,)]))
        assert found.exists
        assert found.ratio is None
        assert found.bundles == (frozenset(), frozenset({0}))


class TestCertificateOfDivision:
    """That no allocation gives everybody more is checked again by who has the goods alone."""

    @pytest.fixture
    def found(self) -> MaximinDivision:
        return maximin_allocation(town(FEIGE_SAPIR_TAUBER))

    def test_accepted(
        self, found: MaximinDivision, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert found.better is not None
        save(certificate(found.better), tmp_path / "none.json")
        assert main(["check", str(tmp_path / "none.json")]) == 0
        assert "more than 39/40" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (("statement", "more than", "19/20"), "there is such a division"),
            (("statement", "more than", "-1"), "a number is below 0"),
            (("statement", "cuts", [[[0], [1], [2]]] * 3), "a cut does not hold each good once"),
            (("statement", "cuts", [[[*range(9)], [], []]] * 3), "no cut makes anybody sure"),
            (("statement", "values", [["1"], ["1", "2"], ["1"]]), "rows differ in length"),
            (("proof", "nodes", 74), "the search goes on from 73 places, not 74"),
        ],
    )
    def test_edited_and_rejected(
        self, found: MaximinDivision, change: tuple[str, str, Any], why: str
    ) -> None:
        assert found.better is not None
        edited = deepcopy(certificate(found.better))
        part, key, value = change
        edited[part][key] = value
        with pytest.raises(certcheck.Rejected, match=why):
            certcheck.derive("division", edited["statement"], edited["proof"], certcheck.Door())


class TestNoAllocation:
    """The claim that there is no allocation is derived again."""

    def test_of_what_can_be_divided(self) -> None:
        entry = next(entry for entry in entries() if entry.name == "maximin-allocation")
        claim = NoAllocation(town([(1, 1), (1, 1)]), F(1, 2), because="")
        found = claim.rederive(entry, ())
        assert not found.true
        assert found.verdict.word == "divided"
        assert "gets its maximin share" in json.dumps(found.verdict.to_json())

    def test_of_another_ratio(self) -> None:
        entry = next(entry for entry in entries() if entry.name == "maximin-allocation")
        claim = NoAllocation(town(FEIGE_SAPIR_TAUBER), F(19, 20), because="")
        found = claim.rederive(entry, ())
        assert not found.true
        assert "everybody can get 39/40" in found.note
        told = found.verdict.to_json()
        assert isinstance(told, dict)
        assert "certificate" in told


class TestLaminarMaximin:
    """Under laminar cost utilities everybody gets its share (Botan, Ritossa, Suzuki, Walsh)."""

    @pytest.mark.parametrize(
        "count", [500, pytest.param(10_000, marks=pytest.mark.slow)], ids=["some", "many"]
    )
    def test_never_fails(self, count: int) -> None:
        """Half of them with three levels or more, two goods an agent, and all shares positive."""
        rng = np.random.default_rng(SEED)
        hard = total = 0
        while total < count:
            agents = int(rng.integers(2, 6))
            size = int(rng.integers(2 * agents, 13)) if rng.random() < 0.9 else 2
            goods = random_costs(size, rng)
            reports = random_laminar(size, agents, rng)
            assert is_laminar(reports)
            levels = max(len({r for r in reports if r >= one}) for one in reports)
            shares = [goods.maximin_share(wanted, agents).worst for wanted in reports]
            if levels >= 3 and size >= 2 * agents and all(shares):
                hard += 1
            elif 2 * (total - hard) >= count:
                continue
            total += 1
            bundles = LaminarMaximin(goods)(reports)
            assert gives_shares(goods, reports, bundles), (goods, reports)
            wanted = frozenset[int]().union(*reports)
            assert sum(len(b & r) for b, r in zip(bundles, reports, strict=True)) == len(wanted)
        assert 2 * hard >= total

    def test_of_any_partition(self) -> None:
        """Those below a set get their shares; parts that cost as much as before are left."""
        rng = np.random.default_rng(SEED)
        for _ in range(150):
            agents, size = int(rng.integers(2, 6)), int(rng.integers(4, 9))
            goods, reports = random_costs(size, rng), random_laminar(size, agents, rng)
            forest = Forest(goods, reports)
            part_of: list[int] = rng.integers(0, agents, size).tolist()
            for root in forest.roots:
                below = [agent for agent in range(agents) if reports[agent] <= root]
                parts = tuple(frozenset(g for g in root if part_of[g] == j) for j in range(agents))
                handed, left = forest.served(root, parts)
                for agent in below:
                    due = forest.shares[reports[agent]].worst
                    got = handed.get(agent, frozenset[int]())
                    assert goods.share_value(agent, reports[agent], got) >= due
                assert len(left) >= agents - len(below)
                assert all(goods.cost(left[j]) >= goods.cost(parts[j]) for j in left)
                every = [*handed.values(), *left.values()]
                assert sum(map(len, every)) == len(frozenset[int]().union(*every))

    def test_what_is_not_laminar(self) -> None:
        goods = CostUtilities(("a", "b", "c"), (1, 1, 1))
        with pytest.raises(ValueError, match="of any two sets one must hold the other"):
            LaminarMaximin(goods)([["a", "b"], ["b", "c"]])


class TestThreeAgents:
    """Whoever cuts leaves enough for the other two."""

    def test_random_approvals(self) -> None:
        rng = np.random.default_rng(SEED)
        for _ in range(300):
            goods = random_costs(int(rng.integers(2, 9)), rng)
            drawn = rng.random((3, len(goods.names))) < rng.choice([0.5, 0.75, 1])
            reports = tuple(frozenset(map(int, np.flatnonzero(row))) for row in drawn)
            rule = ThreeAgents(goods)
            for cutter in range(3):
                handed = rule.cut(reports, cutter)
                assert handed is not None, (goods, reports, cutter)
                for agent, bundle in handed.items():
                    due = goods.maximin_share(reports[agent], 3).worst
                    assert goods.share_value(agent, reports[agent], bundle) >= due
            assert gives_shares(goods, reports, rule(reports))

    @pytest.mark.slow
    def test_all_small_ones(self) -> None:
        """All costs up to 3 of up to 5 goods, and all approvals."""
        for size in range(1, 5):
            for costs in product((1, 2, 3), repeat=size):
                if list(costs) == sorted(costs, reverse=True):
                    goods = CostUtilities(tuple("abcde"[:size]), costs)
                    for reports in product(goods.types(0) or (), repeat=3):
                        rule = ThreeAgents(goods)
                        assert all(rule.cut(reports, cutter) is not None for cutter in range(3))

    def test_others(self) -> None:
        goods = CostUtilities(("a", "b"), (1, 1))
        with pytest.raises(ValueError, match="reports has 2 of them: the rule is for three"):
            ThreeAgents(goods)([["a"], ["b"]])

    @given(st.lists(st.sets(st.integers(0, 4)), min_size=3, max_size=3))
    def test_as_the_complete_search(self, wanted: list[set[int]]) -> None:
        """Both give shares and are worth the same in total: every wanted good is used."""
        goods = CostUtilities(tuple("abcde"), (5, 4, 3, 2, 1))
        reports = goods.read(wanted)
        one, other = ThreeAgents(goods)(reports), MaximinAllocation(goods)(reports)
        assert gives_shares(goods, reports, one)
        assert gives_shares(goods, reports, other)
        totals = [
            sum(goods.share_value(i, reports[i], bundles[i]) for i in range(3))
            for bundles in (one, other)
        ]
        assert totals[0] == totals[1] == goods.cost(frozenset[int]().union(*reports))


class TestCostUtilities:
    """A bundle is worth what the goods in it cost that the agent approves of."""

    @given(st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=3))
    def test_as_additive_goods(self, wanted: list[set[int]]) -> None:
        """The same values, shares and allocations as with a row of values an agent."""
        goods = CostUtilities(tuple("abcd"), (4, F(3, 2), 2, 1))
        reports = goods.read(wanted)
        plain = Goods(tuple("abcd"))
        rows = plain.read([goods.values(type_) for type_ in reports])
        for bundle in (frozenset({0, 2}), frozenset({1}), frozenset[int]()):
            for agent, type_ in enumerate(reports):
                there = goods.share_value(agent, type_, bundle)
                assert there == plain.share_value(agent, rows[agent], bundle)
        assert MaximinAllocation(goods)(reports) == MaximinAllocation(plain)(rows)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ([["x"]], r"reports\[0\] has 'x': it must be one of a, b, c, or a number from 0 to 2"),
            ([[3]], r"reports\[0\] has 3"),
            ([["a", 0, "b"]], r"reports\[0\] is \['a', 0, 'b'\]: it has a good twice"),
            (["ab"], r"reports\[0\] is 'ab' \(str\): it must be a list or a set"),
            ([], "reports is empty"),
            ([["a"]], r"reports\[0\] is \{a\}: it must be one of \{a, b\}, \{c\}"),
        ],
    )
    def test_bad_reports(self, given: Any, message: str) -> None:
        goods = CostUtilities(("a", "b", "c"), (1, 2, 3), family=(("a", "b"), ("c",)))
        with pytest.raises(ValueError, match=message):
            goods.read(given)

    def test_true_and_false(self) -> None:
        goods = CostUtilities(("a", "b", "c"), (1, 2, 3))
        assert goods.read([[True, False, True]]) == (frozenset({0, 2}),)
        assert goods.read(np.array([[True, True, False]])) == (frozenset({0, 1}),)

    @pytest.mark.parametrize(
        ("costs", "message"),
        [
            ((1, 2), "costs has 2 entries: it must have one for each of 3 goods"),
            ((1, 2, 0), r"costs\[2\] is 0: it must be positive"),
            ((1, 2, 0.5), r"costs\[2\] is 0.5 \(float\): costs are exact"),
        ],
    )
    def test_bad_costs(self, costs: tuple[Any, ...], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            CostUtilities(("a", "b", "c"), costs)

    @given(st.lists(st.sets(st.integers(0, 3)), min_size=2, max_size=3), st.integers(0, 80))
    def test_domination(self, wanted: list[set[int]], number: int) -> None:
        """As found by trying all allocations."""
        goods = CostUtilities(tuple("abcd"), (4, F(3, 2), 2, 1))
        reports = goods.read(wanted)
        agents = range(len(reports))
        here = goods.alternatives(len(reports))[number % len(reports) ** 4]

        def worth(bundles: Bundles) -> list[F]:
            return [goods.share_value(i, reports[i], bundles[i]) for i in agents]

        def better(bundles: Bundles) -> bool:
            pairs = list(zip(worth(bundles), worth(here), strict=True))
            return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)

        found = goods.dominating(reports, here)
        assert (found is not None) == any(map(better, goods.alternatives(len(reports))))
        assert found is None or better(found)

    def test_drawn(self) -> None:
        """The same from the same seed; laminar if so asked; whatever the law of ballots."""
        for law in (LaminarApprovals(), ImpartialCulture(F(1, 2))):
            drawn = [draw_cost_utilities(law, 8, 4, np.random.default_rng(5)) for _ in range(2)]
            assert drawn[0] == drawn[1]
            assert law != LaminarApprovals() or is_laminar(drawn[0].profile)
            assert max(drawn[0].setting.costs) <= 10
        with pytest.raises(ValueError, match="most is 0"):
            draw_cost_utilities(LaminarApprovals(), 8, 4, np.random.default_rng(5), most=0)
        with pytest.raises(ValueError, match="goods is 0"):
            draw_goods(UniformValues(3), 0, 4, np.random.default_rng(5))
        values = draw_goods(UniformValues(3), 8, 4, np.random.default_rng(5)).profile
        assert {v for row in values for v in row} == {0, 1, 2, 3}

    @given(st.integers(1, 9), st.integers(1, 5), st.integers(0, 99))
    def test_random_laminar(self, goods: int, agents: int, seed: int) -> None:
        drawn = random_laminar(goods, agents, np.random.default_rng(seed))
        assert is_laminar(drawn)
        assert len(drawn) == agents
        assert all(wanted and wanted <= frozenset(range(goods)) for wanted in drawn)
