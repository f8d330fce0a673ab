"""Maximin shares, round robin and envy cycles: one class for each statement."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from divisions import FEIGE_SAPIR_TAUBER, KUROKAWA_PROCACCIA_WANG, matrices, setting
from hypothesis import given
from hypothesis import strategies as st

from mechsim import Goods
from mechsim.algorithms.partition import Bundles, maximin, maximin_share, satisfy
from mechsim.allocation import EnvyCycle, OneTakesAll, RoundRobin

Row = tuple[int, ...]

RULES = pytest.mark.parametrize("rule", [RoundRobin, EnvyCycle])


def worth(row: Row, bundle: frozenset[int]) -> int:
    return sum(row[good] for good in bundle)


def everywhere(rows: Sequence[Row]) -> list[list[int]]:
    """What each agent gets in each of the n^m allocations."""
    found: list[list[int]] = []
    for holders in product(range(len(rows)), repeat=len(rows[0])):
        got = [0] * len(rows)
        for good, agent in enumerate(holders):
            got[agent] += rows[agent][good]
        found.append(got)
    return found


def by_subsets(row: Row, parts: int) -> int:
    """The maximin share by dynamic programming over sets of goods."""
    everything = (1 << len(row)) - 1
    value = [sum(v for g, v in enumerate(row) if mask >> g & 1) for mask in range(everything + 1)]
    best = value[:]
    for _ in range(parts - 1):
        previous, best = best, [0] * (everything + 1)
        for mask in range(everything + 1):
            sub = mask
            while True:
                best[mask] = max(best[mask], min(value[sub], previous[mask ^ sub]))
                if not sub:
                    break
                sub = (sub - 1) & mask
    return best[everything]


def envy_up_to_one(rows: Sequence[Row], bundles: Bundles) -> int:
    """The most envy that is left by taking out the good most liked, by the definition."""
    worst = 0
    for row, own in zip(rows, bundles, strict=True):
        for other in bundles:
            dearest = max((row[good] for good in other), default=0)
            worst = max(worst, worth(row, other) - dearest - worth(row, own))
    return worst


class TestMaximinShare:
    """The best that the worst of n parts can be, and a partition that attains it."""

    @given(row=st.lists(st.integers(0, 9), min_size=1, max_size=6), parts=st.integers(1, 4))
    def test_all_partitions(self, row: list[int], parts: int) -> None:
        best = max(min(got) for got in everywhere([tuple(row)] * parts))
        assert maximin_share(tuple(row), parts).worst == best

    @given(row=st.lists(st.integers(0, 60), min_size=7, max_size=8), parts=st.integers(2, 4))
    def test_dynamic_programming_over_subsets(self, row: list[int], parts: int) -> None:
        assert maximin_share(tuple(row), parts).worst == by_subsets(tuple(row), parts)

    @given(
        row=st.lists(st.fractions(0, 5, max_denominator=6), min_size=1, max_size=7),
        parts=st.integers(1, 4),
    )
    def test_is_attained(self, row: list[Fraction], parts: int) -> None:
        share = maximin_share(tuple(row), parts)
        assert len(share.bundles) == parts
        assert sorted(good for part in share.bundles for good in part) == [*range(len(row))]
        assert (
            min(sum((row[g] for g in part), Fraction(0)) for part in share.bundles) == share.worst
        )

    @given(
        row=st.lists(st.fractions(0, 5, max_denominator=6), min_size=1, max_size=6),
        parts=st.integers(1, 3),
        unit=st.fractions(Fraction(1, 7), 7, max_denominator=7),
    )
    def test_unit_is_immaterial(self, row: list[Fraction], parts: int, unit: Fraction) -> None:
        scaled = maximin_share(tuple(unit * value for value in row), parts).worst
        assert scaled == unit * maximin_share(tuple(row), parts).worst

    def test_floats_stay_floats(self) -> None:
        share = maximin_share((0.5, 0.25, 0.25), 2).worst
        assert (type(share), share) == (float, 0.5)

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: maximin_share((1, 2), 0), "parts is 0: it must be a whole number, at least 1"),
            (lambda: maximin([(1, -1)]), "rows has an entry below 0"),
            (lambda: maximin([(1, 1), (1,)]), "rows must have one entry a good, as many for each"),
            (lambda: satisfy([(1, 1)], [1, 1]), "demands has 2 entries: it must have one a row, 1"),
        ],
    )
    def test_refuses(self, call: Any, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            call()


class TestSatisfy:
    """Bundles that meet all demands are found exactly if one of the n^m allocations meets them."""

    @given(rows=matrices(1, 3), data=st.data())
    def test_all_allocations(self, rows: list[Row], data: st.DataObject) -> None:
        demands = [data.draw(st.integers(0, sum(row))) for row in rows]
        possible = any(
            all(g >= d for g, d in zip(got, demands, strict=True)) for got in everywhere(rows)
        )
        found = satisfy(rows, demands)
        assert (found is not None) == possible
        if found is not None:
            assert sorted(good for part in found for good in part) == [*range(len(rows[0]))]
            for row, part, due in zip(rows, found, demands, strict=True):
                assert worth(row, part) >= due

    @given(rows=matrices(1, 3))
    def test_maximin(self, rows: list[Row]) -> None:
        assert maximin(rows).worst == max(min(got) for got in everywhere(rows))

    @given(rows=matrices(2, 2))
    def test_two_agents_can_both_have_their_share(self, rows: list[Row]) -> None:
        """One cuts, the other chooses."""
        assert satisfy(rows, [maximin_share(row, 2).worst for row in rows]) is not None


class TestNoMaximinShareAllocation:
    """Three agents for whom no allocation gives everybody its maximin share."""

    def test_feige_sapir_tauber_shares(self) -> None:
        for row in FEIGE_SAPIR_TAUBER:
            assert sum(row) == 120
            assert maximin_share(row, 3).worst == by_subsets(row, 3) == 40

    def test_feige_sapir_tauber_by_search(self) -> None:
        assert satisfy(FEIGE_SAPIR_TAUBER, (40, 40, 40)) is None
        assert maximin(FEIGE_SAPIR_TAUBER).worst / 40 == Fraction(39, 40)
        for demands in ((39, 40, 40), (40, 39, 40), (40, 40, 39)):
            assert satisfy(FEIGE_SAPIR_TAUBER, demands) is not None

    def test_feige_sapir_tauber_by_exhaustion(self) -> None:
        profiles = everywhere(FEIGE_SAPIR_TAUBER)
        assert len(profiles) == 3**9
        assert max(map(min, profiles)) == 39
        assert max(sorted(got) for got in profiles) == [39, 40, 43]

    def test_kurokawa_procaccia_wang(self) -> None:
        share = 4_055_000
        for row in KUROKAWA_PROCACCIA_WANG:
            assert (sum(row), maximin_share(row, 3).worst) == (3 * share, share)
        assert satisfy(KUROKAWA_PROCACCIA_WANG, [share] * 3) is None
        assert satisfy(KUROKAWA_PROCACCIA_WANG, [share - 1] * 3) is not None


@RULES
class TestEnvyFreeUpToOne:
    """Round robin and envy-cycle elimination: one good less ends all envy."""

    @given(rows=matrices())
    def test_at_every_profile(self, rule: Any, rows: list[Row]) -> None:
        assert envy_up_to_one(rows, rule(setting(rows))(rows)) == 0

    @given(rows=matrices())
    def test_every_good_is_given_to_one_agent(self, rule: Any, rows: list[Row]) -> None:
        goods = setting(rows)
        assert goods.admits(rule(goods)(rows))

    @given(rows=matrices(high=9))
    def test_gives_an_nth_of_the_maximin_share(self, rule: Any, rows: list[Row]) -> None:
        """EF1 implies 1/n of the maximin share."""
        for row, bundle in zip(rows, rule(setting(rows))(rows), strict=True):
            assert len(rows) * worth(row, bundle) >= maximin_share(row, len(rows)).worst


class TestRoundRobin:
    """Nobody envies whoever picks later, and bundles differ in size by at most one."""

    @given(rows=matrices())
    def test_no_envy_of_those_who_pick_later(self, rows: list[Row]) -> None:
        bundles = RoundRobin(setting(rows))(rows)
        for agent, row in enumerate(rows):
            for later in bundles[agent + 1 :]:
                assert worth(row, bundles[agent]) >= worth(row, later)

    @given(rows=matrices())
    def test_sizes(self, rows: list[Row]) -> None:
        sizes = [len(bundle) for bundle in RoundRobin(setting(rows))(rows)]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[0] - sizes[-1] <= 1

    @pytest.mark.parametrize(
        ("rows", "bundles"),
        [([(4, 0, 0), (3, 2, 1)], ({0, 2}, {1})), ([(0, 0), (1, 4)], ({0}, {1}))],
    )
    def test_vectors(self, rows: list[Row], bundles: Any) -> None:
        assert RoundRobin(setting(rows))(rows) == bundles


class TestEnvyCycle:
    """Somebody is not envied, whenever a good is handed out; cycles of envy are resolved."""

    @pytest.mark.parametrize(
        ("rows", "bundles"),
        [
            ([(2, 2, 0), (1, 1, 3)], ({0, 2}, {1})),
            ([(0, 1), (1, 0)], ({0}, {1})),
            ([(1, 2, 1), (2, 1, 1)], ({1, 2}, {0})),  # both envy, so they change bundles
            # 0 has good 0, 1 has good 1, 2 has good 2, and each envies the next: all move on
            ([(1, 2, 0, 1), (1, 1, 2, 1), (2, 1, 1, 1)], ({1, 3}, {2}, {0})),
            # 0 has good 0, 1 has good 1, 2 has good 2; 2 envies both, 1 envies 2: these two change
            ([(1, 0, 0, 0), (0, 0, 1, 0), (1, 2, 0, 0)], ({0, 3}, {2}, {1})),
        ],
    )
    def test_vectors(self, rows: list[Row], bundles: Any) -> None:
        assert EnvyCycle(setting(rows))(rows) == bundles

    def test_many_goods(self) -> None:
        """Two thousand goods at once: bundles are not added up afresh for each of them."""
        rows = [tuple(pow(7 * i + 3, g % 5, 11) for g in range(2000)) for i in range(4)]
        bundles = EnvyCycle(setting(rows))(rows)
        assert envy_up_to_one(rows, bundles) == 0

    def test_floats_are_added_exactly(self) -> None:
        """The sums that decide are of fractions."""
        rows = [[0.1, 0.3, 0.1, 0.1], [0.3, 0.1, 0.1, 0.1]]
        exact = [[Fraction(v) for v in row] for row in rows]
        rule = EnvyCycle(Goods(("a", "b", "c", "d")))
        assert rule(rows) == rule(exact)

    @given(rows=matrices(goods=5))
    def test_without_the_last_good_somebody_was_not_envied(self, rows: list[Row]) -> None:
        """The bundle with the last good, without it, is envied by nobody."""
        last = len(rows[0]) - 1
        bundles = EnvyCycle(setting(rows))(rows)
        without = [bundle - {last} for bundle in bundles]
        (holder,) = (agent for agent, bundle in enumerate(bundles) if last in bundle)
        for agent, row in enumerate(rows):
            assert worth(row, without[agent]) >= worth(row, without[holder])


class TestOneTakesAll:
    """Everything goes to one agent, who must be there."""

    def test_refuses(self) -> None:
        with pytest.raises(ValueError, match="agent is -1: it must be a whole number"):
            OneTakesAll(-1, Goods(("car",)))
        with pytest.raises(ValueError, match="agent is 2: there are only 2 reports"):
            OneTakesAll(2, Goods(("car",)))([[1], [1]])

    @given(rows=matrices(2, 4))
    def test_takes_all(self, rows: list[Row]) -> None:
        first, second, *_ = OneTakesAll(1, setting(rows))(rows)
        assert (len(first), len(second)) == (0, len(rows[0]))
